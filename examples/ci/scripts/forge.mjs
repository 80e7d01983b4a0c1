// What the recipes need of GitHub or GitLab: one comment per stack that is updated in place, and the digest of the review, kept as a status of
// the reviewed commit. Plain Node, no dependency.
//
//   node forge.mjs comment FILE...         posts pages of `cdktf-zenlayer review`; a file that does not exist is passed over
//   node forge.mjs record STACK DIGEST     remembers what was reviewed, on COMMIT
//   node forge.mjs reviewed STACK          prints what was reviewed in the request by which COMMIT came into the main branch
//
// COMMIT is the commit in question; REQUEST the number of the pull or merge request, else it is found by COMMIT.
// GitHub: GITHUB_REPOSITORY, GITHUB_TOKEN, and FORGE_USER when the token is not that of a workflow. GitLab: CI_PROJECT_ID, GITLAB_TOKEN.
import { existsSync, readFileSync } from "node:fs";

const { env } = process;
const PER_PAGE = 100;

class GitHub {
  constructor() {
    this.base = `${env.GITHUB_API_URL ?? "https://api.github.com"}/repos/${required("GITHUB_REPOSITORY")}`;
    this.headers = { authorization: `Bearer ${required("GITHUB_TOKEN")}`, accept: "application/vnd.github+json" };
  }

  /** Whose comments and statuses are trusted. */
  async user() {
    return env.FORGE_USER || "github-actions[bot]";
  }

  async comments(request) {
    const comments = await pages(this, `/issues/${request}/comments`);
    return comments.map(({ id, body, user }) => ({ id, body, user: user?.login }));
  }

  create = (request, body) => call(this, "POST", `/issues/${request}/comments`, { body });

  update = (_request, id, body) => call(this, "PATCH", `/issues/comments/${id}`, { body });

  /** The merged request that brought a commit. */
  async merged(commit) {
    const requests = await pages(this, `/commits/${commit}/pulls`);
    const found = requests.find(({ merged_at }) => merged_at !== null);
    return found && { number: found.number, head: found.head.sha };
  }

  /** Newest first. */
  async statuses(commit) {
    const statuses = await pages(this, `/commits/${commit}/statuses`);
    return statuses.map(({ context, description, creator }) => ({ name: context, description, user: creator?.login }));
  }

  setStatus = (commit, name, description) =>
    call(this, "POST", `/statuses/${commit}`, { state: "success", context: name, description });
}

class GitLab {
  constructor() {
    this.base = `${required("CI_API_V4_URL")}/projects/${encodeURIComponent(required("CI_PROJECT_ID"))}`;
    this.headers = { "private-token": required("GITLAB_TOKEN") };
  }

  async user() {
    return (await call({ base: required("CI_API_V4_URL"), headers: this.headers }, "GET", "/user")).username;
  }

  async comments(request) {
    const notes = await pages(this, `/merge_requests/${request}/notes`);
    return notes.map(({ id, body, author }) => ({ id, body, user: author?.username }));
  }

  create = (request, body) => call(this, "POST", `/merge_requests/${request}/notes`, { body });

  update = (request, id, body) => call(this, "PUT", `/merge_requests/${request}/notes/${id}`, { body });

  async merged(commit) {
    const requests = await pages(this, `/repository/commits/${commit}/merge_requests`);
    const found = requests.find(({ state }) => state === "merged");
    return found && { number: found.iid, head: found.sha };
  }

  async statuses(commit) {
    const statuses = await pages(this, `/repository/commits/${commit}/statuses`);
    return statuses
      .sort((a, b) => b.id - a.id)
      .map(({ name, description, author }) => ({ name, description, user: author?.username }));
  }

  setStatus = (commit, name, description) =>
    call(this, "POST", `/statuses/${commit}`, { state: "success", name, description });
}

async function call({ base, headers }, method, path, body) {
  const answer = await fetch(base + path, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${base}${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

async function pages(forge, path) {
  const items = [];
  for (let page = 1; ; page += 1) {
    const part = await call(forge, "GET", `${path}?per_page=${PER_PAGE}&page=${page}`);
    items.push(...part);
    if (part.length < PER_PAGE) return items;
  }
}

function required(name) {
  const value = env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}

async function comment(forge, files) {
  const request = env.REQUEST || (await forge.merged(required("COMMIT")))?.number;
  if (request === undefined) {
    console.log("No request belongs to this commit: nothing was posted.");
    return;
  }
  for (const file of files.filter((name) => existsSync(name))) {
    const body = readFileSync(file, "utf8");
    const [marker] = body.split("\n", 1);
    if (!/^<!-- cdktf-zenlayer:\S.* -->$/.test(marker))
      throw new Error(`${file} does not begin with a marker of a review`);
    // A comment of somebody else with the same marker is not ours: its author could edit it afterwards.
    const user = await forge.user();
    const ours = (await forge.comments(request)).find((each) => each.user === user && each.body.startsWith(marker));
    await (ours ? forge.update(request, ours.id, body) : forge.create(request, body));
  }
}

async function record(forge, stack, digest) {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest ?? ""))
    throw new Error(`${JSON.stringify(digest)} is not a digest of a review`);
  await forge.setStatus(required("COMMIT"), `zenlayer/${stack}`, digest);
}

async function reviewed(forge, stack) {
  const commit = required("COMMIT");
  const request = await forge.merged(commit);
  if (request === undefined) throw new Error(`${commit} did not come by a request, so nothing was reviewed`);
  const user = await forge.user();
  const statuses = await forge.statuses(request.head);
  const found = statuses.find((each) => each.name === `zenlayer/${stack}` && each.user === user);
  if (found === undefined)
    throw new Error(`request ${request.number} has no review of ${stack} at its last commit ${request.head}`);
  console.log(found.description);
}

const [command, ...args] = process.argv.slice(2);
const COMMANDS = {
  comment: (forge) => comment(forge, args),
  record: (forge) => record(forge, args[0], args[1]),
  reviewed: (forge) => reviewed(forge, args[0]),
};
try {
  const run = COMMANDS[command];
  if (run === undefined) throw new Error(`choose one of ${Object.keys(COMMANDS).join(", ")}`);
  await run(env.CI_PROJECT_ID ? new GitLab() : new GitHub());
} catch (error) {
  console.error(`forge.mjs: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
