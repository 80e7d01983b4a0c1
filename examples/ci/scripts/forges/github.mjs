// GitHub: GITHUB_REPOSITORY, GITHUB_TOKEN, and FORGE_USER when the token is not that of a workflow.
// An approval is an artifact of the workflow that plans. Who may write to the repository can upload artifacts too, but only from workflows of their
// branches: which workflow made one, and from which branch, is what GitHub itself says of its run.
import { Client, request, required } from "./client.mjs";
import { onlyFileOf } from "./zip.mjs";

const { env } = process;
const PLAN_WORKFLOW = ".github/workflows/zenlayer-plan.yml";

export class GitHub extends Client {
  constructor() {
    super(`${env.GITHUB_API_URL ?? "https://api.github.com"}/repos/${required("GITHUB_REPOSITORY")}`, {
      authorization: `Bearer ${required("GITHUB_TOKEN")}`,
      accept: "application/vnd.github+json",
    });
  }

  /** Whose comments are ours. */
  async user() {
    return env.FORGE_USER || "github-actions[bot]";
  }

  async comments(number) {
    const comments = await this.list(`/issues/${number}/comments`);
    return comments.map(({ id, body, user }) => ({ id, body, user: user?.login }));
  }

  create(number, body) {
    return this.call("POST", `/issues/${number}/comments`, { body }, { once: true });
  }

  update(_number, id, body) {
    return this.call("PATCH", `/issues/comments/${id}`, { body });
  }

  /** The open request whose last commit this is, from this repository and no fork. */
  async open(commit) {
    const requests = await this.list(`/commits/${commit}/pulls`);
    return requests.find(
      ({ state, head }) => state === "open" && head.sha === commit && head.repo?.full_name === env.GITHUB_REPOSITORY,
    )?.number;
  }

  /** The merged requests that a push to the main branch brought: those whose merge commit is among its commits. */
  async merged(commit, before) {
    const commits = before ? (await this.call("GET", `/compare/${before}...${commit}`)).commits : [{ sha: commit }];
    const found = new Map();
    for (const { sha } of commits) {
      for (const { number, merge_commit_sha, merged_at, head } of await this.list(`/commits/${sha}/pulls`))
        if (merged_at !== null && commits.some((each) => each.sha === merge_commit_sha))
          found.set(number, { number, head: head.sha });
    }
    return [...found.values()];
  }

  /** The approval that the plan workflow of the main branch made for a commit; null where there is none. */
  async approval(stack, commit) {
    const { default_branch } = await this.call("GET", "");
    const name = artifactName(stack, commit);
    const artifacts = await this.list(`/actions/artifacts?name=${encodeURIComponent(name)}`, (page) => page.artifacts);
    const newest = artifacts.filter(({ expired }) => !expired).sort((a, b) => b.id - a.id);
    for (const { id, workflow_run } of newest) {
      const run = await this.call("GET", `/actions/runs/${workflow_run.id}`);
      if (
        run.path.split("@")[0] !== PLAN_WORKFLOW ||
        run.event !== "workflow_run" ||
        run.head_branch !== default_branch
      )
        continue;
      const { bytes } = await request(`${this.base}/actions/artifacts/${id}/zip`, { headers: this.headers });
      return onlyFileOf(bytes);
    }
    return null;
  }

  /** Whether this commit was applied to the end: GitHub keeps a deployment for each job with an environment. */
  async isApplied(environment, commit) {
    const deployments = await this.list(`/deployments?sha=${commit}&environment=${encodeURIComponent(environment)}`);
    for (const { id } of deployments) {
      const statuses = await this.list(`/deployments/${id}/statuses`);
      if (statuses.some(({ state }) => state === "success" || state === "inactive")) return true;
    }
    return false;
  }

  /** GitHub does so itself. */
  async recordApplied() {}
}

/** An artifact's name has no slash. */
export function artifactName(stack, commit) {
  return `approval-${stack.replaceAll("/", "+")}-${commit}`;
}
