// forge.mjs of the CI recipes against a forge that fails, limits and forgets: what is posted, and whose approval counts.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, type Executed } from "../support/execute";
import { Forge, PLAN_RUN } from "../support/forge";

const SCRIPT = join(__dirname, "..", "..", "examples", "ci", "scripts", "forge.mjs");
const HEAD = "a".repeat(40);
const MERGE = "b".repeat(40);
const BEFORE = "c".repeat(40);
const DIGEST = `sha256:${"0".repeat(64)}`;
const APPROVAL = JSON.stringify({ version: 1, digest: DIGEST });
const PAGE = "<!-- cdktf-zenlayer:review:machines -->\nwhat would be done\n";

let forge: Forge;
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "forge-"));
});
afterEach(async () => {
  await forge.stop();
  rmSync(directory, { recursive: true, force: true });
});

const SYSTEMS = {
  github: {
    user: "github-actions[bot]",
    env: () => ({ GITHUB_API_URL: forge.endpoint, GITHUB_REPOSITORY: "acme/machines", GITHUB_TOKEN: forge.token }),
    comments: /^(POST|PATCH) \/repos\/acme\/machines\/issues/,
    approve: (text: string) => forge.artifacts.push({ name: `approval-machines-${HEAD}`, text, run: PLAN_RUN }),
  },
  gitlab: {
    user: "project_42_bot",
    env: () => ({
      CI_API_V4_URL: `${forge.endpoint}/api/v4`,
      CI_PROJECT_ID: "42",
      MACHINES_PROJECT: "acme/machines",
      GITLAB_TOKEN: forge.token,
    }),
    comments: /^(POST|PUT) \/api\/v4\/projects\/acme%2Fmachines\/merge_requests/,
    approve: (text: string) => forge.packages.set(`approval-machines/${HEAD}/approval.json`, text),
  },
  bitbucket: {
    user: "{b0b}",
    env: () => ({
      BITBUCKET_API_URL: `${forge.endpoint}/2.0`,
      BITBUCKET_WORKSPACE: "acme",
      BITBUCKET_REPO_SLUG: "machines",
      BITBUCKET_TOKEN: forge.token,
    }),
    comments: /^(POST|PUT) .*\/pullrequests/,
  },
  azure: {
    user: "build-service",
    env: () => ({
      SYSTEM_COLLECTIONURI: `${forge.endpoint}/azure/`,
      SYSTEM_TEAMPROJECT: "machines",
      BUILD_REPOSITORY_ID: "repo-1",
      SYSTEM_ACCESSTOKEN: forge.token,
    }),
    comments: /^(POST|PATCH) .*\/threads/,
  },
} as const;

type System = keyof typeof SYSTEMS;
/** Those on which a merge applies what was approved; on the others an apply is started by hand with a digest. */
const APPROVING = ["github", "gitlab"] as const;

async function start(system: System): Promise<void> {
  forge = await Forge.start(SYSTEMS[system].user);
}

function run(system: System, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Executed> {
  const all = { COMMIT: MERGE, BEFORE, FORGE_PATIENCE: "5", ...SYSTEMS[system].env(), ...env };
  return execute(process.execPath, [SCRIPT, ...args], { cwd: directory, env: all });
}

function page(name: string, text: string): string {
  writeFileSync(join(directory, name), text);
  return name;
}

describe.each(Object.keys(SYSTEMS) as System[])("%s, posting", (system) => {
  beforeEach(() => start(system));
  const comment = (files: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Executed> =>
    run(system, ["comment", ...files], { REQUEST: "7", ...env });

  test("a page is written once and updated in place; one of another stack, workspace or user is left alone", async () => {
    const stranger = forge.addComment("stranger", PAGE);
    for (const name of ["dev/machines", "prod/machines", "prod/machines+blue"])
      expect(await comment([page("c.md", `<!-- cdktf-zenlayer:review:${name} -->\n${name}`)])).toMatchObject({
        code: 0,
      });
    expect(await comment([page("c.md", "<!-- cdktf-zenlayer:review:prod/machines -->\nagain")])).toMatchObject({
      code: 0,
    });
    expect(stranger.body).toBe(PAGE);
    expect(forge.comments.map(({ body }) => body.split("\n")[1])).toEqual([
      "what would be done",
      "dev/machines",
      "again",
      "prod/machines+blue",
    ]);
  });

  test("the marker of a forge that shows HTML is found again too", async () => {
    const file = page("c.md", "[//]: # (cdktf-zenlayer:review:machines)\nfirst");
    await comment([file]);
    await comment([page("c.md", "[//]: # (cdktf-zenlayer:review:machines)\nsecond")]);
    expect(forge.comments.map(({ body }) => body.split("\n")[1])).toEqual(["second"]);
  });

  test("what fails for a moment is repeated: a limit after what it says, a broken gateway after a while", async () => {
    const { comments } = SYSTEMS[system];
    forge.faults.push({ call: /^GET .*(comments|notes|threads)$/, status: 502, times: 2 });
    forge.faults.push({ call: comments, status: 429, headers: { "retry-after": "1" }, times: 1 });
    expect(await comment([page("c.md", PAGE)])).toMatchObject({ code: 0 });
    expect(forge.comments).toHaveLength(1);
  });

  test("a comment that may have been posted is not posted a second time", async () => {
    forge.faults.push({ call: /^POST /, status: 500, times: 1 });
    const { code } = await comment([page("c.md", PAGE)]);
    expect(code).toBe(1);
    expect(forge.calls.filter((call) => call.startsWith("POST"))).toHaveLength(1);
  });

  test("patience ends", async () => {
    forge.faults.push({ call: /./, status: 503, times: 1000 });
    const { code, stderr } = await comment([page("c.md", PAGE)], { FORGE_PATIENCE: "1" });
    expect(code).toBe(1);
    expect(stderr).toContain("503");
  });

  test("a comment that was deleted meanwhile is written anew", async () => {
    await comment([page("c.md", PAGE)]);
    forge.faults.push({ call: /^(PATCH|PUT) /, status: 404, times: 1 });
    expect(await comment([page("c.md", `${PAGE}again`)])).toMatchObject({ code: 0 });
    expect(forge.comments.at(-1)?.body).toContain("again");
  });

  test("a page that is refused is printed and fails the job, and the next one is posted", async () => {
    forge.faults.push({ call: /^POST /, status: 422, times: 1 });
    const second = page("applied.md", "<!-- cdktf-zenlayer:applied:machines -->\nordered\n");
    const { code, stdout, stderr } = await comment([page("c.md", PAGE), second]);
    expect(code).toBe(1);
    expect(stdout).toContain("what would be done");
    expect(stderr).toContain("422");
    expect(forge.comments.map(({ body }) => body.split("\n")[1])).toEqual(["ordered"]);
  });

  test("a page that has nothing to say can be left out, unless there is an older one", async () => {
    writeFileSync(join(directory, "quiet"), "");
    await comment([page("c.md", PAGE)], { SKIP_QUIET: "1" });
    expect(forge.comments).toEqual([]);
    await comment(["c.md"]);
    await comment([page("c.md", `${PAGE}quiet now`)], { SKIP_QUIET: "1" });
    expect(forge.comments.map(({ body }) => body)).toEqual([expect.stringContaining("quiet now")]);
  });
});

describe.each(APPROVING)("%s, the approval of a merged request", (system) => {
  beforeEach(async () => {
    await start(system);
    forge.request.merge = MERGE;
  });
  const approval = (env: Readonly<Record<string, string>> = {}): Promise<Executed> =>
    run(system, ["approval", "machines", "approval.json"], env);

  test("is the one that the trusted pipeline made for its last commit", async () => {
    SYSTEMS[system].approve(APPROVAL);
    expect(await approval()).toMatchObject({ code: 0, stdout: `${DIGEST}\n` });
    expect(readFileSync(join(directory, "approval.json"), "utf8")).toBe(APPROVAL);
  });

  test("is missing where nothing was reviewed, or nothing was merged", async () => {
    expect((await approval()).stderr).toContain("no approval of machines");
    forge.request.merge = "d".repeat(40);
    expect((await approval()).stderr).toContain("did not come by a request");
  });

  test("is nothing else than an approval: no text of anybody gets any further", async () => {
    SYSTEMS[system].approve(JSON.stringify({ digest: "sha256:x\nNODE_OPTIONS=--require /tmp/x" }));
    expect(await approval()).toMatchObject({ code: 1, stdout: "" });
  });

  test("is used up by an apply that ended well", async () => {
    SYSTEMS[system].approve(APPROVAL);
    expect(await run(system, ["applied", "machines"], { ENVIRONMENT: "production" })).toMatchObject({ code: 0 });
    // GitHub records by itself what a job with an environment does.
    if (system === "github") forge.deployments.push({ sha: MERGE, environment: "production" });
    const { code, stderr } = await approval({ ENVIRONMENT: "production" });
    expect(code).toBe(1);
    expect(stderr).toContain("used up");
    expect(await approval({ ENVIRONMENT: "staging" })).toMatchObject({ code: 0 });
  });
});

describe("GitHub", () => {
  beforeEach(() => start("github"));

  test.each([
    ["another workflow", { ...PLAN_RUN, path: ".github/workflows/evil.yml" }],
    ["the branch of a request", { ...PLAN_RUN, head_branch: "feature" }],
    ["a push to a branch", { ...PLAN_RUN, event: "push" }],
  ])("an artifact that %s uploaded is no approval", async (_who, run_) => {
    forge.request.merge = MERGE;
    forge.artifacts.push({ name: `approval-machines-${HEAD}`, text: APPROVAL, run: run_ });
    const { code, stderr } = await run("github", ["approval", "machines", "a.json"]);
    expect(code).toBe(1);
    expect(stderr).toContain("no approval");
  });

  test("two requests in one push are refused", async () => {
    forge.request.merge = MERGE;
    forge.pushed.push("e".repeat(40));
    forge.others.set("e".repeat(40), 8);
    forge.artifacts.push({ name: `approval-machines-${HEAD}`, text: APPROVAL, run: PLAN_RUN });
    const { code, stderr } = await run("github", ["approval", "machines", "a.json"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/requests (7, 8|8, 7) came in one push/);
  });

  test("the open request of a commit is a number, and a fork has none", async () => {
    expect(await run("github", ["request"], { COMMIT: HEAD })).toMatchObject({ code: 0, stdout: "7\n" });
    Object.assign(forge.request, { own: false });
    expect((await run("github", ["request"], { COMMIT: HEAD })).code).toBe(1);
  });
});
