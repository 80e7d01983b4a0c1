// GitLab: GITLAB_TOKEN, CI_API_V4_URL; MACHINES_PROJECT is the project of the stacks, CI_PROJECT_ID the one of the trusted pipeline that this runs in.
// Approvals are generic packages of the trusted project: who writes to the project of the stacks cannot write there.
import { Client, Refused, required, request } from "./client.mjs";

const { env } = process;

export class GitLab extends Client {
  constructor() {
    const api = required("CI_API_V4_URL");
    const token = { "private-token": required("GITLAB_TOKEN") };
    super(`${api}/projects/${encodeURIComponent(env.MACHINES_PROJECT || required("CI_PROJECT_ID"))}`, token);
    this.api = new Client(api, token);
    this.trusted = new Client(`${api}/projects/${encodeURIComponent(required("CI_PROJECT_ID"))}`, token);
  }

  async user() {
    return (await this.api.call("GET", "/user")).username;
  }

  async comments(number) {
    const notes = await this.list(`/merge_requests/${number}/notes`);
    return notes.map(({ id, body, author }) => ({ id, body, user: author?.username }));
  }

  create(number, body) {
    return this.call("POST", `/merge_requests/${number}/notes`, { body }, { once: true });
  }

  update(number, id, body) {
    return this.call("PUT", `/merge_requests/${number}/notes/${id}`, { body });
  }

  async open(commit) {
    const requests = await this.list(`/repository/commits/${commit}/merge_requests`);
    const ours = ({ state, sha, source_project_id, target_project_id }) =>
      state === "opened" && sha === commit && source_project_id === target_project_id;
    return requests.find(ours)?.iid;
  }

  /** The request whose merge commit this is; else its squash commit; else, after a fast-forward, its last one. */
  async merged(commit) {
    const requests = (await this.list(`/repository/commits/${commit}/merge_requests`)).filter(
      ({ state }) => state === "merged",
    );
    for (const field of ["merge_commit_sha", "squash_commit_sha", "sha"]) {
      const found = requests.filter((each) => each[field] === commit);
      if (found.length > 0) return found.map(({ iid, sha }) => ({ number: iid, head: sha }));
    }
    return [];
  }

  async approval(stack, commit) {
    try {
      const { bytes } = await request(this.trusted.base + packagePath(stack, commit), { headers: this.headers });
      return bytes.toString("utf8");
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return null;
      throw error;
    }
  }

  async storeApproval(stack, commit, text) {
    await request(this.trusted.base + packagePath(stack, commit), { method: "PUT", headers: this.headers, body: text });
  }

  async isApplied(environment, commit) {
    const deployments = await this.list(`/deployments?status=success&environment=${encodeURIComponent(environment)}`);
    return deployments.some(({ sha }) => sha === commit);
  }

  async recordApplied(environment, commit) {
    const ref = env.CI_DEFAULT_BRANCH || "main";
    await this.call("POST", "/deployments", { environment, sha: commit, ref, tag: false, status: "success" });
  }
}

/** A package's name and version have no slash. */
function packagePath(stack, commit) {
  return `/packages/generic/approval-${stack.replaceAll("/", ".").replaceAll("+", "_")}/${commit}/approval.json`;
}
