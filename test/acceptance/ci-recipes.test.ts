// The CI recipes: their files parsed and checked, and their shell steps run against a simulated account and a forge on loopback.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import {
  runAtlantisStage,
  runGitHubJob,
  runGitLabJob,
  type AtlantisStep,
  type GitHubJob,
  type JobResult,
} from "../support/ci-runner";
import { ensureBuilt, ROOT } from "../support/examples";
import { Forge } from "../support/forge";
import { importBlock, resource, World } from "../support/world";

const CI = join(ROOT, "examples", "ci");
const read = (file: string): string => readFileSync(join(CI, file), "utf8");

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, GitHubJob & { readonly environment?: string }>>;
}
interface GitLabJob {
  readonly script: readonly string[];
  readonly environment?: string;
}
type GitLabFile = Readonly<Record<string, GitLabJob>> & {
  readonly ".stack": { readonly before_script: readonly string[] };
};
interface AtlantisFile {
  readonly workflows: {
    readonly zenlayer: Readonly<Record<"plan" | "apply", { readonly steps: readonly AtlantisStep[] }>>;
  };
}

const workflow = (name: string): Workflow => parse(read(`github-actions/zenlayer-${name}.yml`)) as Workflow;
const gitlab = parse(read("gitlab/.gitlab-ci.yml")) as GitLabFile;
const atlantis = parse(read("atlantis/repos.yaml"), { merge: true }) as AtlantisFile;

describe("what the files say", () => {
  const files = readdirSync(CI, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(CI.length + 1));

  test("they are those that the guide describes", () => {
    expect([...files].sort()).toEqual([
      "README.md",
      "atlantis/atlantis.yaml",
      "atlantis/repos.yaml",
      "github-actions/zenlayer-apply.yml",
      "github-actions/zenlayer-drift.yml",
      "github-actions/zenlayer-plan.yml",
      "gitlab/.gitlab-ci.yml",
      "scripts/apply.sh",
      "scripts/common.sh",
      "scripts/drift.sh",
      "scripts/forge.mjs",
      "scripts/plan.sh",
    ]);
  });

  test.each(files)("%s refreshes by planning alone, and names only scripts that there are", (file) => {
    const text = read(file);
    const commands = text.split("\n").filter((line) => !/^\s*(#|\/\/)/.test(line));
    expect(commands.join("\n")).not.toContain("-refresh-only");
    for (const [, script = ""] of text.matchAll(/(?:ci\/scripts|\$ZENLAYER_CI)\/([\w.]+)/g)) {
      expect(existsSync(join(CI, "scripts", script))).toBe(true);
    }
  });

  test.each(["plan", "apply", "drift"])(
    "GitHub, %s: pinned actions, least rights, no wrapper, no expression in a shell",
    (name) => {
      const { permissions, jobs } = workflow(name);
      expect(
        Object.entries(permissions)
          .filter(([, right]) => right === "write")
          .map(([scope]) => scope),
      ).toEqual({ plan: ["pull-requests", "statuses"], apply: ["pull-requests"], drift: [] }[name]);
      for (const { steps } of Object.values(jobs)) {
        for (const step of steps) {
          // Text of a pull request in a script would be code.
          expect(step.run ?? "").not.toContain("${{");
          if (step.uses !== undefined) expect(step.uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
        }
        expect(JSON.stringify(steps)).toContain('"terraform_wrapper":false');
      }
    },
  );

  test("applying asks for approval, planning does not", () => {
    expect(workflow("apply").jobs["apply"]?.environment).toBe("production");
    expect(workflow("plan").jobs["plan"]?.environment).toBeUndefined();
    expect(gitlab["apply"]?.environment).toBe("production");
    expect(read("atlantis/repos.yaml")).toMatch(/apply_requirements: \[approved/);
  });
});

const WEB = "900000000000000001";
const HEAD = "a".repeat(40);
const MERGE = "b".repeat(40);

let world: World;
let forge: Forge;
let checkout: string;
let temporary: string;

beforeAll(ensureBuilt);

/** A machine at 400 Mbps, a checkout of the repository, and a forge whose token belongs to `user`. */
function aPipeline(user: string): void {
  beforeEach(async () => {
    temporary = mkdtempSync(join(tmpdir(), "ci-"));
    checkout = join(temporary, "checkout");
    mkdirSync(join(checkout, "ci"), { recursive: true });
    cpSync(join(CI, "scripts"), join(checkout, "ci", "scripts"), { recursive: true });
    // npm in a pipeline: `npm ci` has nothing to do here, `npm run synth` writes the stack.
    mkdirSync(join(temporary, "bin"));
    const npm = `#!/bin/sh
[ "$*" != "run synth" ] || { mkdir -p cdktf.out/stacks/machines && cp "${temporary}/main.tf" cdktf.out/stacks/machines/; }
`;
    writeFileSync(join(temporary, "bin", "npm"), npm);
    chmodSync(join(temporary, "bin", "npm"), 0o755);
    forge = await Forge.start(user);
    world = await World.start({ simulator: { fleet: [{ instanceId: WEB, instanceName: "web", bandwidth: 400 }] } });
  });
  afterEach(async () => {
    await forge.stop();
    await world.stop();
    rmSync(temporary, { recursive: true, force: true });
    world.neverBoughtOrReleased();
  });
}

/** What the repository says that the machine should be. */
async function desire(bandwidth: number, more = ""): Promise<void> {
  const address = "zenlayer_vm_instance_spec.web";
  await world.configure(
    importBlock(address, WEB) +
      resource("zenlayer_vm_instance_spec", "web", { instance_id: WEB, internet_max_bandwidth_out: bandwidth }, more),
  );
  cpSync(join(world.terraform.directory, "main.tf"), join(temporary, "main.tf"));
}

function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = "" } = process.env;
  return {
    ...world.terraform.env,
    PATH: `${join(temporary, "bin")}:${join(ROOT, "dist", "bin")}:${PATH}`,
    RUNNER_TEMP: temporary,
    ...more,
  };
}

function writes(): readonly string[] {
  return world.simulator.writes().map(({ action }) => action);
}

/** Nothing that may hold a secret is left when a job has ended. */
function secretsLeft(): readonly string[] {
  return readdirSync(temporary, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(tfplan|plan\.json|state\.json)$/.test(file),
  );
}

const github = {
  plan: () =>
    runGitHubJob(workflow("plan").jobs["plan"] ?? { steps: [] }, {
      cwd: checkout,
      env: environment({ GITHUB_API_URL: forge.endpoint, GITHUB_REPOSITORY: "acme/machines" }),
      contexts: {
        "github.event.pull_request.head.sha": HEAD,
        "github.event.pull_request.number": "7",
        "github.token": forge.token,
        "secrets.ZENLAYER_PLAN_KEY_ID": "unused",
        "secrets.ZENLAYER_PLAN_KEY_PASSWORD": "unused",
      },
    }),
  apply: (digest = "") =>
    runGitHubJob(workflow("apply").jobs["apply"] ?? { steps: [] }, {
      cwd: checkout,
      env: environment({ GITHUB_API_URL: forge.endpoint, GITHUB_REPOSITORY: "acme/machines" }),
      contexts: {
        "github.sha": MERGE,
        "github.token": forge.token,
        "inputs.digest": digest,
        "secrets.ZENLAYER_APPLY_KEY_ID": "unused",
        "secrets.ZENLAYER_APPLY_KEY_PASSWORD": "unused",
      },
    }),
  drift: () =>
    runGitHubJob(workflow("drift").jobs["drift"] ?? { steps: [] }, {
      cwd: checkout,
      env: environment(),
      contexts: { "secrets.ZENLAYER_PLAN_KEY_ID": "unused", "secrets.ZENLAYER_PLAN_KEY_PASSWORD": "unused" },
    }),
};

function gitlabJob(name: string, more: Readonly<Record<string, string>>): Promise<JobResult> {
  const lines = [...gitlab[".stack"].before_script, ...(gitlab[name]?.script ?? [])];
  return runGitLabJob(lines, {
    cwd: checkout,
    env: environment({
      STACK: "machines",
      REVIEW: join(checkout, ".review"),
      CI_API_V4_URL: `${forge.endpoint}/api/v4`,
      CI_PROJECT_ID: "42",
      GITLAB_TOKEN: forge.token,
      ...more,
    }),
  });
}

const SYSTEMS = [
  { name: "GitHub Actions", user: "github-actions[bot]", plan: github.plan, apply: github.apply, drift: github.drift },
  {
    name: "GitLab CI",
    user: "project_42_bot",
    plan: () => gitlabJob("plan", { REQUEST: "7", CI_COMMIT_SHA: HEAD }),
    apply: (digest = "") => gitlabJob("apply", { CI_COMMIT_SHA: MERGE, DIGEST: digest }),
    drift: () => gitlabJob("drift", {}),
  },
];

describe.each(SYSTEMS)("$name", ({ user, plan, apply, drift }) => {
  aPipeline(user);
  beforeEach(() => forge.merges.set(MERGE, HEAD));

  test("from the request to the nightly look: reviewed, applied, told, quiet", async () => {
    const stranger = forge.addComment("stranger", "<!-- cdktf-zenlayer:review:machines -->\nmine");
    await desire(600);
    expect(await plan()).toMatchObject({ code: 0 });
    await desire(100);
    expect(await plan()).toMatchObject({ code: 0, output: expect.stringContaining("400 Mbps") });
    expect(secretsLeft()).toEqual([]);
    expect(writes()).toEqual([]);
    // One comment, updated in place; that of a stranger is left alone.
    expect(stranger.body).toContain("mine");
    const [, review, ...others] = forge.comments;
    expect(others).toEqual([]);
    expect(review?.body).toMatch(/^<!-- cdktf-zenlayer:review:machines -->\n[\s\S]*100 Mbps/);

    expect(await apply()).toMatchObject({ code: 0 });
    expect(secretsLeft()).toEqual([]);
    expect(writes()).toEqual(["ModifyInstanceBandwidth"]);
    expect(forge.comments).toHaveLength(3);
    const applied = forge.comments.at(-1)?.body;
    expect(applied).toMatch(/^<!-- cdktf-zenlayer:applied:machines -->/);
    expect(applied).toContain(world.simulator.orders[0]?.number);
    expect(applied).toContain("scheduled");

    // The downgrade is only scheduled: no drift. Then somebody schedules another one in the console.
    expect(await drift()).toEqual({ code: 0, output: "" });
    world.simulator.changeOutOfBand(WEB, { scheduled: { bandwidth: 200 } });
    const found = await drift();
    expect(found.code).toBe(2);
    expect(found.output).toContain("200 Mbps");
    expect(writes()).toHaveLength(1);
  });

  test("a plan that does something else than what was reviewed is not applied, until that is reviewed too", async () => {
    await desire(600);
    expect(await plan()).toMatchObject({ code: 0 });
    // What somebody else recorded as reviewed does not count.
    const [own] = forge.statuses.splice(0);
    forge.addStatus(HEAD, own?.name ?? "", own?.description ?? "", "stranger");
    const unknown = await apply();
    expect(unknown.code).toBe(1);
    expect(unknown.output).toContain("has no review of machines");
    forge.addStatus(HEAD, own?.name ?? "", own?.description ?? "", user);

    world.simulator.changeOutOfBand(WEB, { bandwidth: 300 });
    const refused = await apply();
    expect(refused.code).toBe(3);
    expect(writes()).toEqual([]);
    expect(secretsLeft()).toEqual([]);
    expect(forge.comments).toHaveLength(1);
    // The comment has the digest of what would be done now.
    const [, digest] = /Digest of the changes: `(sha256:[0-9a-f]{64})`/.exec(forge.comments[0]?.body ?? "") ?? [];
    expect(digest).not.toBe(own?.description);
    expect(await apply(digest)).toMatchObject({ code: 0 });
    expect(writes()).toEqual(["ModifyInstanceBandwidth"]);
  });
});

describe("GitHub Actions, refusing", () => {
  aPipeline("github-actions[bot]");

  test("what a guard refuses is told in the comment and is not recorded as reviewed", async () => {
    await desire(100, '  on_downgrade = "deny"\n');
    expect(await github.plan()).toMatchObject({ code: 3 });
    expect(forge.comments).toHaveLength(1);
    expect(forge.comments[0]?.body).toContain("Refused by a guard");
    expect(forge.statuses).toEqual([]);
  });
});

describe("Atlantis", () => {
  aPipeline("atlantis-bot");

  function stage(name: "plan" | "apply"): Promise<JobResult> {
    const directory = join(checkout, "cdktf.out", "stacks", "machines");
    mkdirSync(directory, { recursive: true });
    cpSync(join(temporary, "main.tf"), join(directory, "main.tf"));
    return runAtlantisStage(atlantis.workflows.zenlayer[name].steps, {
      cwd: directory,
      env: environment({
        DIR: directory,
        PLANFILE: join(directory, "default.tfplan"),
        ZENLAYER_CI: join(checkout, "ci", "scripts"),
        BASE_REPO_OWNER: "acme",
        BASE_REPO_NAME: "machines",
        PULL_NUM: "7",
        ATLANTIS_GH_TOKEN: forge.token,
        ATLANTIS_GH_USER: forge.user,
        GITHUB_API_URL: forge.endpoint,
      }),
    });
  }

  test("exactly the reviewed plan is applied, and what was ordered is told", async () => {
    await desire(600);
    expect(await stage("plan")).toMatchObject({ code: 0 });
    expect(forge.comments.map(({ body }) => body)).toEqual([expect.stringContaining("600 Mbps")]);
    expect(await stage("apply")).toMatchObject({ code: 0 });
    expect(writes()).toEqual(["ModifyInstanceBandwidth"]);
    expect(forge.comments.at(-1)?.body).toMatch(/^<!-- cdktf-zenlayer:applied:machines -->/);
  });

  test("a plan that was exchanged after the review is not applied", async () => {
    await desire(600);
    expect(await stage("plan")).toMatchObject({ code: 0 });
    const review = join(checkout, "cdktf.out", "stacks", "machines", ".review", "review.json");
    const reviewed = readFileSync(review);
    await desire(700);
    expect(await stage("plan")).toMatchObject({ code: 0 });
    writeFileSync(review, reviewed);
    expect((await stage("apply")).code).toBe(3);
    expect(writes()).toEqual([]);
  });

  test("what was refused cannot be applied: its plan is gone", async () => {
    await desire(100, '  on_downgrade = "deny"\n');
    expect(await stage("plan")).toMatchObject({ code: 3 });
    expect(forge.comments[0]?.body).toContain("Refused by a guard");
    expect(existsSync(join(checkout, "cdktf.out", "stacks", "machines", "default.tfplan"))).toBe(false);
  });
});
