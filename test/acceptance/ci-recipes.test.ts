// The CI recipes: their files parsed and checked, and their shell steps run on a stack made by app.synth(), with the real Terraform and the packaged
// plugin, against a simulated account and a forge on loopback.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { startSimulator, type Simulator } from "../../lib/simulator";
import {
  runAtlantisStage,
  runGitHubJob,
  runGitLabJob,
  type AtlantisStep,
  type GitHubJob,
  type GitHubResult,
  type JobResult,
} from "../support/ci-runner";
import { ensureBuilt, ROOT } from "../support/examples";
import { Forge, PLAN_RUN } from "../support/forge";

const CI = join(ROOT, "examples", "ci");
const read = (file: string): string => readFileSync(join(CI, file), "utf8");

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      GitHubJob & { readonly environment?: string; readonly permissions?: Readonly<Record<string, string>> }
    >
  >;
}
interface GitLabJob {
  readonly script: readonly string[];
  readonly environment?: string;
}
interface AtlantisFile {
  readonly workflows: {
    readonly zenlayer: Readonly<Record<"plan" | "apply", { readonly steps: readonly AtlantisStep[] }>>;
  };
}

const WORKFLOWS = ["synth", "plan", "apply", "drift"] as const;
const workflow = (name: string): Workflow => parse(read(`github-actions/zenlayer-${name}.yml`)) as Workflow;
const gitlab = parseAllDocuments(read("gitlab/zenlayer-ci.gitlab-ci.yml"))[1]?.toJS() as Readonly<
  Record<string, GitLabJob>
>;
const atlantis = parse(read("atlantis/repos.yaml"), { merge: true }) as AtlantisFile;

describe("what the files say", () => {
  const files = readdirSync(CI, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(CI.length + 1));

  test.each(files)("%s refreshes by planning alone, names only scripts that there are, and no one's path", (file) => {
    const text = read(file);
    const commands = text.split("\n").filter((line) => !/^\s*(#|\/\/)/.test(line));
    expect(commands.join("\n")).not.toContain("-refresh-only");
    for (const [, script = ""] of text.matchAll(/(?:ci\/scripts|\$ZENLAYER_CI)\/([\w.]+)/g)) {
      expect(existsSync(join(CI, "scripts", script))).toBe(true);
    }
  });

  test.each(WORKFLOWS)("GitHub, %s: actions by commit, least rights, no wrapper, no expression in a shell", (name) => {
    const { permissions, jobs } = workflow(name);
    const rights = [permissions, ...Object.values(jobs).map((job) => job.permissions ?? {})];
    const writable = rights
      .flatMap((each) => Object.entries(each))
      .flatMap(([scope, right]) => (right === "write" ? [scope] : []));
    expect([...new Set(writable)]).toEqual(name === "plan" || name === "apply" ? ["pull-requests"] : []);
    for (const { steps } of Object.values(jobs)) {
      for (const step of steps) {
        // Text of a pull request in a script would be code.
        expect(step.run ?? "").not.toContain("${{");
        if (step.uses !== undefined) expect(step.uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      }
    }
  });

  test("no job that runs code of the repository holds a key, and no job that holds one runs such code", () => {
    const jobs = WORKFLOWS.flatMap((name) => Object.values(workflow(name).jobs));
    for (const job of jobs) {
      const text = JSON.stringify(job.steps);
      const runsCode = /npm run|npm ci(?! --ignore-scripts)/.test(text);
      expect({ job: job.steps.length, runsCode, keys: runsCode && text.includes("secrets.") }).toMatchObject({
        keys: false,
      });
    }
    expect(workflow("apply").jobs["apply"]?.environment).toBe("production");
    expect(workflow("plan").jobs["plan"]?.environment).toBe("plan");
    expect(gitlab["apply"]?.environment).toBe("production");
    expect(read("atlantis/repos.yaml")).toMatch(/apply_requirements: \[approved/);
    expect(read("atlantis/repos.yaml")).not.toContain("pre_workflow_hooks");
  });
});

const WEB = "900000000000000001";
const HEAD = "a".repeat(40);
const MERGE = "b".repeat(40);
const BEFORE = "c".repeat(40);

let simulator: Simulator;
let forge: Forge;
let temporary: string;
let checkout: string;

beforeAll(ensureBuilt);

function aPipeline(user: string): void {
  beforeEach(async () => {
    temporary = mkdtempSync(join(tmpdir(), "ci-"));
    checkout = join(temporary, "checkout");
    mkdirSync(join(checkout, "ci"), { recursive: true });
    cpSync(join(CI, "scripts"), join(checkout, "ci", "scripts"), { recursive: true });
    // npm in a pipeline: `npm ci` has nothing to do here, `npm run synth` runs the repository's program.
    mkdirSync(join(temporary, "bin"));
    program("npm", '[ "$*" != "run synth" ] || exec node main.js');
    program("cdktf-zenlayer", `exec "${join(ROOT, "dist", "bin", "cdktf-zenlayer")}" "$@"`);
    writeFileSync(join(temporary, "terraformrc"), "");
    forge = await Forge.start(user);
    simulator = await startSimulator({
      clock: { start: "2026-01-15T00:00:00Z" },
      knobs: { bandwidthLatency: 20 },
      fleet: [{ instanceId: WEB, instanceName: "web", bandwidth: 400 }],
    });
  });
  afterEach(async () => {
    await forge.stop();
    await simulator.stop();
    rmSync(temporary, { recursive: true, force: true });
  });
}

function program(name: string, text: string, directory = join(temporary, "bin")): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(directory, name), 0o755);
}

/** What the repository says that the machine should be. */
function desire(bandwidth: number, more = ""): void {
  writeFileSync(
    join(checkout, "main.js"),
    `const { App, TerraformStack } = require(${JSON.stringify(join(ROOT, "node_modules", "cdktf"))});
const { VmInstanceSpec, ZenlayerProvider, OnDowngrade } = require(${JSON.stringify(join(ROOT, "dist", "lib"))});
const app = new App({ outdir: "cdktf.out" });
const stack = new TerraformStack(app, "machines");
new ZenlayerProvider(stack, "zenlayer");
new VmInstanceSpec(stack, "web", { instance: "${WEB}", bandwidth: ${bandwidth}, ${more} });
app.synth();
`,
  );
}

function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = "" } = process.env;
  const {
    ZENLAYERCLOUD_ACCESS_KEY_ID: _id,
    ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: _password,
    ...endpoint
  } = simulator.env();
  return {
    ...endpoint,
    PATH: `${join(temporary, "bin")}:${PATH}`,
    HOME: temporary,
    TF_CLI_CONFIG_FILE: join(temporary, "terraformrc"),
    CHECKPOINT_DISABLE: "1",
    RUNNER_TEMP: temporary,
    FORGE_PATIENCE: "5",
    ...more,
  };
}

const STACK = "cdktf.out/stacks/machines";
const review = (file: string): string => join(temporary, "review", file);
const writes = (): readonly string[] =>
  simulator.requests.map(({ action }) => action).filter((action) => /^(Modify|Cancel)/.test(action));

/** Nothing that may hold a secret is left when a job has ended. */
function secretsLeft(): readonly string[] {
  return readdirSync(temporary, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(tfplan|plan\.json|state\.json)$/.test(file),
  );
}

function keys(kind: "PLAN" | "APPLY"): Record<string, string> {
  const { ZENLAYERCLOUD_ACCESS_KEY_ID = "", ZENLAYERCLOUD_ACCESS_KEY_PASSWORD = "" } = simulator.env();
  return {
    [`ZENLAYER_${kind}_KEY_ID`]: ZENLAYERCLOUD_ACCESS_KEY_ID,
    [`ZENLAYER_${kind}_KEY_PASSWORD`]: ZENLAYERCLOUD_ACCESS_KEY_PASSWORD,
  };
}

async function githubJob(
  name: string,
  job: string,
  contexts: Readonly<Record<string, string>> = {},
): Promise<GitHubResult> {
  const file = workflow(name);
  const found = file.jobs[job];
  if (found === undefined) throw new Error(`${name} has no job ${job}`);
  const secrets = Object.fromEntries(
    Object.entries({ ...keys("PLAN"), ...keys("APPLY") }).map(([key, value]) => [`secrets.${key}`, value]),
  );
  return runGitHubJob(
    { ...found, env: { ...file.env, ...found.env } },
    {
      cwd: checkout,
      env: environment({ GITHUB_API_URL: forge.endpoint, GITHUB_REPOSITORY: "acme/machines" }),
      contexts: {
        "github.event.workflow_run.head_sha": HEAD,
        "github.server_url": "https://forge.example",
        "github.repository": "acme/machines",
        "github.run_id": "11",
        "github.sha": MERGE,
        "github.event.before": BEFORE,
        "github.token": forge.token,
        "inputs.digest": "",
        ...secrets,
        ...contexts,
      },
    },
  );
}

function gitlabJob(name: string, more: Readonly<Record<string, string>>): Promise<JobResult> {
  const lines = (gitlab[name]?.script ?? []).map((line) =>
    line.replaceAll("$[[ inputs.commit ]]", more["COMMIT"] ?? ""),
  );
  return runGitLabJob(lines, {
    cwd: checkout,
    env: environment({
      STACK: "machines",
      ENVIRONMENT: "production",
      FORGE: "gitlab",
      REVIEW: join(temporary, "review"),
      CI_API_V4_URL: `${forge.endpoint}/api/v4`,
      CI_PROJECT_ID: "42",
      MACHINES_PROJECT: "acme/machines",
      GITLAB_TOKEN: forge.token,
      ...keys("PLAN"),
      ...keys("APPLY"),
      ...more,
    }),
  });
}

const synth = (): Promise<JobResult> => githubJob("synth", "synth");

interface System {
  readonly name: string;
  readonly user: string;
  /** Of a pull request. */
  plan(): Promise<JobResult>;
  /** After the merge: verify, and apply what it let through. `digest`: started by hand. */
  apply(digest?: string): Promise<JobResult>;
  drift(): Promise<JobResult>;
}

const SYSTEMS: readonly System[] = [
  {
    name: "GitHub Actions",
    user: "github-actions[bot]",
    plan: async () => {
      await synth();
      const done = await githubJob("plan", "plan");
      if (done.code === 0)
        forge.artifacts.push({
          name: `approval-machines-${HEAD}`,
          text: readFileSync(review("approval.json"), "utf8"),
          run: PLAN_RUN,
        });
      return done;
    },
    apply: async (digest = "") => {
      await githubJob("apply", "synth");
      const verified = await githubJob("apply", "plan", { "inputs.digest": digest });
      const approval = verified.outputs["approval"] ?? "";
      if (verified.code !== 0 || approval === "") return verified;
      const applied = await githubJob("apply", "apply", { "needs.plan.outputs.approval": approval });
      if (applied.code === 0) forge.deployments.push({ sha: MERGE, environment: "production" });
      return applied;
    },
    drift: async () => {
      await githubJob("drift", "synth");
      return githubJob("drift", "drift");
    },
  },
  {
    name: "GitLab CI",
    user: "project_42_bot",
    plan: async () => {
      await synth();
      return gitlabJob("plan", { COMMIT: HEAD });
    },
    apply: async () => {
      await synth();
      const verified = await gitlabJob("verify", { COMMIT: MERGE });
      return verified.code === 0 ? gitlabJob("apply", { COMMIT: MERGE }) : verified;
    },
    drift: async () => {
      await synth();
      return gitlabJob("drift", {});
    },
  },
];

describe.each(SYSTEMS)("$name", ({ user, plan, apply, drift }) => {
  aPipeline(user);

  test("from the request to the nightly look: reviewed, applied once, told, quiet", async () => {
    desire(600);
    expect(await plan()).toMatchObject({ code: 0 });
    desire(100);
    expect(await plan()).toMatchObject({ code: 0, output: expect.stringContaining("100 Mbps") });
    expect(secretsLeft()).toEqual([]);
    expect(writes()).toEqual([]);
    expect(forge.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^<!-- cdktf-zenlayer:review:machines -->\n[\s\S]*100 Mbps[\s\S]*Commit a{40}/),
    ]);

    forge.request.merge = MERGE;
    expect(await apply()).toMatchObject({ code: 0 });
    expect(secretsLeft()).toEqual([]);
    expect(writes()).toEqual(["ModifyInstanceBandwidth"]);
    const applied = forge.comments.at(-1)?.body;
    expect(applied).toMatch(/^<!-- cdktf-zenlayer:applied:machines -->/);
    expect(applied).toContain(simulator.orders[0]?.number);

    // The approval is used up: whatever a rerun would plan needs a request of its own.
    const again = await apply();
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining("used up") });

    // The downgrade is only scheduled: no drift. Then somebody schedules another one in the console.
    expect(await drift()).toMatchObject({ code: 0, output: "" });
    simulator.changeOutOfBand(WEB, { scheduled: { bandwidth: 200 } });
    const found = await drift();
    expect(found.code).toBe(2);
    expect(found.output).toContain("200 Mbps");
    expect(writes()).toHaveLength(1);
  });

  test("a plan that does something else than what was approved is not applied, and the comment says so", async () => {
    desire(600);
    expect(await plan()).toMatchObject({ code: 0 });
    forge.request.merge = MERGE;
    simulator.changeOutOfBand(WEB, { bandwidth: 300 });
    expect(await apply()).toMatchObject({ code: 3 });
    expect(writes()).toEqual([]);
    expect(forge.comments).toHaveLength(1);
    expect(forge.comments[0]?.body).toContain("This is not what was reviewed");
  });
});

describe("GitHub Actions", () => {
  aPipeline("github-actions[bot]");
  const [github] = SYSTEMS as readonly [System, ...System[]];

  test("started by hand, the digest of another review is applied", async () => {
    desire(600);
    await github.plan();
    const digest = readFileSync(review("digest"), "utf8").trim();
    expect(await github.apply(digest)).toMatchObject({ code: 0 });
    expect(writes()).toEqual(["ModifyInstanceBandwidth"]);
  });

  test("what a guard refuses is told in the comment and approves nothing", async () => {
    desire(100, "onDowngrade: OnDowngrade.DENY");
    expect(await github.plan()).toMatchObject({ code: 3 });
    expect(forge.comments[0]?.body).toContain("Refused by a guard");
    expect(existsSync(review("approval.json"))).toBe(false);
  });

  test("a run that fails replaces the older review", async () => {
    desire(600);
    await github.plan();
    await synth();
    writeFileSync(join(checkout, STACK, "broken.tf.json"), "{");
    const done = await githubJob("plan", "plan");
    expect(done.code).toBe(1);
    expect(forge.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/review:machines[\s\S]*no review[\s\S]*Commit a{40}/),
    ]);
  });

  test("nothing of the request is run or believed", async () => {
    desire(600);
    await synth();
    const marker = join(temporary, "marker");
    const evil = `echo "$0" >>"${marker}"; exit 1`;
    // A plugin in the place of ours, a tool in the stack's node_modules, and a lock file.
    const plugins = join(
      checkout,
      STACK,
      "terraform.d",
      "plugins",
      "registry.terraform.io",
      "cdktf-zenlayer",
      "zenlayer",
      "0.1.0",
    );
    for (const platform of readdirSync(plugins)) {
      for (const name of readdirSync(join(plugins, platform)))
        if (name.startsWith("terraform-provider")) program(name, evil, join(plugins, platform));
    }
    program("cdktf-zenlayer", evil, join(checkout, STACK, "node_modules", ".bin"));
    program("cdktf-zenlayer", evil, join(checkout, "cdktf.out", "node_modules", ".bin"));
    writeFileSync(join(checkout, STACK, ".terraform.lock.hcl"), "");
    expect(await githubJob("plan", "plan")).toMatchObject({ code: 0 });
    expect(existsSync(marker)).toBe(false);
  });

  test("a provider that is not listed is refused before it runs, and so is a link to a file of the machine", async () => {
    desire(600);
    await synth();
    const marker = join(temporary, "marker");
    const home = join(temporary, ".terraform.d", "plugins", "registry.terraform.io", "hashicorp", "external", "1.0.0");
    for (const platform of ["linux_amd64", "linux_arm64", "darwin_arm64", "darwin_amd64"])
      program("terraform-provider-external_v1.0.0", `echo ran >>"${marker}"; exit 1`, join(home, platform));
    writeFileSync(join(checkout, STACK, "more.tf"), 'data "external" "x" {\n  program = ["true"]\n}\n');
    const done = await githubJob("plan", "plan");
    expect(done).toMatchObject({ code: 1, output: expect.stringContaining("hashicorp/external") });
    expect(existsSync(marker)).toBe(false);
    rmSync(join(checkout, STACK, "more.tf"));
    symlinkSync("/proc/self/environ", join(checkout, STACK, "more.tf"));
    expect(await githubJob("plan", "plan")).toMatchObject({ code: 1, output: expect.stringContaining("is a link") });
  });

  test("an apply that is told to end says what it ordered, and leaves no plan file", async () => {
    desire(600);
    await github.plan();
    const approval = review("approval.json");
    cpSync(approval, join(temporary, "approval.json"));
    simulator.knobs.bandwidthLatency = Infinity;
    await synth();
    const { ZENLAYERCLOUD_ACCESS_KEY_ID = "", ZENLAYERCLOUD_ACCESS_KEY_PASSWORD = "" } = simulator.env();
    const child = spawn(
      "sh",
      ["ci/scripts/apply.sh", STACK, join(temporary, "review"), join(temporary, "approval.json")],
      {
        cwd: checkout,
        env: environment({ ZENLAYERCLOUD_ACCESS_KEY_ID, ZENLAYERCLOUD_ACCESS_KEY_PASSWORD }),
        stdio: "ignore",
      },
    );
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    while (simulator.orders.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill("SIGTERM");
    expect(await ended).not.toBe(0);
    expect(readFileSync(review("applied.md"), "utf8")).toContain(simulator.orders[0]?.number);
    expect(secretsLeft()).toEqual([]);
    expect(writes()).toEqual(["ModifyInstanceBandwidth"]);
  });
});

describe("Atlantis", () => {
  aPipeline("atlantis-bot");

  async function stage(name: "plan" | "apply"): Promise<JobResult> {
    // What is committed was synthesised elsewhere.
    if (name === "plan") await synth();
    const directory = join(checkout, STACK);
    const { ZENLAYERCLOUD_ACCESS_KEY_ID = "", ZENLAYERCLOUD_ACCESS_KEY_PASSWORD = "" } = simulator.env();
    return runAtlantisStage(atlantis.workflows.zenlayer[name].steps, {
      cwd: directory,
      env: environment({
        DIR: directory,
        REPO_REL_DIR: "stacks/machines",
        PLANFILE: join(temporary, "default.tfplan"),
        ZENLAYER_CI: join(checkout, "ci", "scripts"),
        BASE_REPO_OWNER: "acme",
        BASE_REPO_NAME: "machines",
        PULL_NUM: "7",
        ATLANTIS_GH_TOKEN: forge.token,
        ATLANTIS_GH_USER: forge.user,
        GITHUB_API_URL: forge.endpoint,
        ZENLAYERCLOUD_ACCESS_KEY_ID,
        ZENLAYERCLOUD_ACCESS_KEY_PASSWORD,
      }),
    });
  }

  test("exactly the reviewed plan is applied, and what was ordered is told", async () => {
    desire(600);
    expect(await stage("plan")).toMatchObject({ code: 0 });
    expect(forge.comments.map(({ body }) => body)).toEqual([expect.stringContaining("600 Mbps")]);
    expect(await stage("apply")).toMatchObject({ code: 0 });
    expect(writes()).toEqual(["ModifyInstanceBandwidth"]);
    expect(forge.comments.at(-1)?.body).toMatch(/^<!-- cdktf-zenlayer:applied:stacks\/machines -->/);
  });

  test("a plan that was exchanged after the review is not applied", async () => {
    desire(600);
    expect(await stage("plan")).toMatchObject({ code: 0 });
    const file = join(temporary, "default.tfplan.review", "review.json");
    const reviewed = readFileSync(file);
    desire(700);
    expect(await stage("plan")).toMatchObject({ code: 0 });
    writeFileSync(file, reviewed);
    expect((await stage("apply")).code).toBe(3);
    expect(writes()).toEqual([]);
  });

  test("what was refused cannot be applied: its plan is gone", async () => {
    desire(100, "onDowngrade: OnDowngrade.DENY");
    expect(await stage("plan")).toMatchObject({ code: 3 });
    expect(forge.comments[0]?.body).toContain("Refused by a guard");
    expect(existsSync(join(temporary, "default.tfplan"))).toBe(false);
  });
});
