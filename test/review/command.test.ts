// The command itself: files in, pages out, and the exit code.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommanderError } from "commander";
import { reviewCommand } from "../../lib/cli/review";
import {
  applyLine,
  applyLog,
  bmcUpdate,
  change,
  logText,
  planJson,
  quote,
  stateJson,
  stateResource,
  step,
  upgrade,
  vm,
  vmUpdate,
  webQuote,
} from "./plans";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "review-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function file(name: string, content: unknown): string {
  const path = join(directory, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface World {
  readonly stdin?: unknown;
  readonly env?: Record<string, string>;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

async function review(args: readonly string[], world: World = {}): Promise<Outcome> {
  let [code, out, err]: [number | null, string, string] = [null, "", ""];
  const command = reviewCommand({
    stdout: { write: (text) => (out += text), isTTY: world.isTTY ?? false, columns: world.columns ?? 100 },
    stderr: { write: (text) => (err += text) },
    env: world.env ?? {},
    stdin: () => new TextEncoder().encode(JSON.stringify(world.stdin)),
    now: () => Date.parse("2026-11-21T08:00:00Z"),
    exit: (value) => {
      code = value;
    },
  })
    .exitOverride()
    .configureOutput({ writeErr: (text) => (err += text), writeOut: (text) => (out += text) });
  try {
    await command.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = error.exitCode;
  }
  return { code, out, err };
}

const changed = planJson({ changes: [vmUpdate()], prior: [webQuote] });
const doubled = quote(
  "zenlayer_vm_spec_quote",
  "900000000000000001",
  [{ value: "200", price: 24 }],
  [{ value: "400", price: 48 }],
);
const quiet = planJson({ changes: [change("zenlayer_vm_instance_spec.web", ["no-op"], vm(), vm())] });

describe("exit codes", () => {
  test("0: nothing to do", async () => {
    expect(await review([file("plan.json", quiet)])).toMatchObject({ code: 0, err: "" });
  });

  test("2: changes", async () => {
    const { code, out } = await review([file("plan.json", changed)]);
    expect(code).toBe(2);
    expect(out).toContain("at most 12.00 USD");
  });

  test("3: a guard refused, as the log says", async () => {
    const plan = file("plan.json", planJson({ errored: true }));
    const log = file(
      "plan.log",
      logText([{ severity: "error", summary: "denied", detail: "no. [guard:on_downgrade]" }]),
    );
    expect(await review([plan, "--log", log])).toMatchObject({ code: 3 });
    expect(await review([plan])).toMatchObject({ code: 1 });
    expect(await review(["--log", log])).toMatchObject({ code: 3 });
  });

  test("3: the policy denies", async () => {
    const policy = file("policy.yaml", "version: 1\nrules: {max_charge_total: {level: deny, amount: 1}}");
    expect(await review([file("plan.json", changed), "--policy", policy])).toMatchObject({ code: 3 });
  });

  test.each<readonly [string, () => readonly string[], RegExp]>([
    [
      "a file that does not exist",
      () => [join(directory, "none.json")],
      /none\.json cannot be read: it does not exist/,
    ],
    ["a directory", () => [directory], /it is a directory/],
    ["a damaged plan", () => [file("plan.json", "{")], /plan\.json is not JSON/],
    ["no plan", () => [], /give a plan/],
    [
      "more logs than plans",
      () => [file("p.json", quiet), "--log", file("a", logText([])), "--log", file("b", logText([]))],
      /2 logs for 1 plan/,
    ],
    [
      "a policy with a mistake",
      () => [file("p.json", quiet), "--policy", file("policy.yaml", "version: 1\nrules: {x: deny}")],
      /"x" is not known/,
    ],
    ["a time that is none", () => [file("p.json", quiet), "--at", "tomorrow"], /--at tomorrow is not a time/],
    ["--exact alone", () => [file("p.json", quiet), "--exact"], /--exact needs --verify/],
    ["a digest that was cut off", () => [file("p.json", quiet), "--verify", "sha256:0000"], /64 hexadecimal digits/],
    [
      "an unknown format",
      () => [file("p.json", quiet), "--format", "pdf"],
      /Allowed choices are markdown, json, html, text/,
    ],
    [
      "a place that cannot be written",
      () => [file("p.json", quiet), "--out", join(directory, "no", "where.md")],
      /cannot be written: it does not exist/,
    ],
    ["standard input twice", () => ["-", "-"], /only once/],
    [
      "--applied with a policy",
      () => ["--applied", file("s.json", stateJson([])), "--policy", "x"],
      /before the apply/,
    ],
  ])("1: %s, in one sentence and with nothing on standard output", async (_, args, message) => {
    const { code, out, err } = await review(args(), { stdin: quiet });
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe("formats", () => {
  test.each([
    ["markdown", /^<!-- cdktf-zenlayer:review:prod -->/],
    ["json", /^\{\n {2}"kind": "cdktf-zenlayer\/review"/],
    ["html", /^<!doctype html>/],
    ["text", /^Zenlayer review prod/],
  ])("%s", async (format, start) => {
    const { out } = await review([file("prod.json", changed), "--format", format]);
    expect(out).toMatch(start);
  });

  test("the ending of --out decides, and a line says what was written", async () => {
    const target = join(directory, "comment.md");
    const { out, err, code } = await review([file("prod.json", changed), "--out", target]);
    expect({ out, code }).toEqual({ out: "", code: 2 });
    expect(err).toContain("1 change on 1 machine");
    expect(readFileSync(target, "utf8")).toMatch(/^<!-- /);
  });

  test.each<readonly [string, World, boolean]>([
    ["a terminal", { isTTY: true }, true],
    ["a pipe", {}, false],
    ["NO_COLOR", { isTTY: true, env: { NO_COLOR: "1" } }, false],
    ["an empty NO_COLOR", { isTTY: true, env: { NO_COLOR: "" } }, true],
    ["FORCE_COLOR", { env: { FORCE_COLOR: "1" } }, true],
    ["NO_COLOR over FORCE_COLOR", { env: { FORCE_COLOR: "1", NO_COLOR: "1" } }, false],
    ["a dumb terminal", { isTTY: true, env: { TERM: "dumb" } }, false],
  ])("colours: %s", async (_, world, colored) => {
    const { out } = await review([file("prod.json", changed)], world);
    expect(out.includes("\u001b[")).toBe(colored);
  });
});

describe("names", () => {
  test.each([
    ["prod.json", "prod"],
    ["stacks/prod/plan.json", "prod"],
    ["stacks/eu/tfplan.json", "eu"],
    ["prod.tfplan.json", "prod"],
  ])("%s is called %s", async (path, name) => {
    const { out } = await review([file(path, quiet), "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({ name });
  });

  test("several plans make one report, whose name can be given", async () => {
    const files = [
      file("a/plan.json", changed),
      file("b/plan.json", planJson({ changes: [bmcUpdate()] })),
      file("c/a.json", quiet),
    ];
    expect((await review([...files, "--format", "markdown"])).out).toMatch(
      /<!-- cdktf-zenlayer:review:[^+]+\/a\+b\+c\/a -->/,
    );
    const { out, code } = await review([...files, "--format", "markdown", "--name", "all"]);
    expect(code).toBe(2);
    expect(out).toContain("<!-- cdktf-zenlayer:review:all -->");
    expect(out).toContain("| Plan | Machine |");
  });
});

test("standard input is read for -", async () => {
  expect(await review(["-"], { stdin: changed })).toMatchObject({ code: 2 });
});

test.each(["stack", "stack/cdk.tf.json"])("construct paths come from --stack %s", async (stack) => {
  file("stack/cdk.tf.json", {
    resource: { zenlayer_vm_instance_spec: { web: { "//": { metadata: { path: "prod/web/Resource" } } } } },
  });
  const { out } = await review([file("plan.json", changed), "--stack", join(directory, stack), "--format", "markdown"]);
  expect(out).toContain("prod/web/Resource");
  expect(out).toContain("zenlayer\\_vm\\_instance\\_spec.web");
});

test("freeze windows are tested against --at", async () => {
  const policy = file(
    "policy.yaml",
    'version: 1\nrules: {freeze_windows: {level: deny, windows: [{name: x, from: "2026-12-24T00:00:00Z", to: "2026-12-27T00:00:00Z"}]}}',
  );
  const plan = file("plan.json", changed);
  expect(await review([plan, "--policy", policy])).toMatchObject({ code: 2 });
  expect(await review([plan, "--policy", policy, "--at", "2026-12-25T00:00:00Z"])).toMatchObject({ code: 3 });
});

describe("--verify", () => {
  test("accepts a plan that does the same and refuses any other", async () => {
    const { out } = await review([file("plan.json", changed), "--format", "json"]);
    const earlier = file("review.json", out);
    const { digest, exact_digest: exact } = JSON.parse(out) as { digest: string; exact_digest: string };
    const again = file(
      "again.json",
      planJson({ changes: [vmUpdate()], prior: [webQuote], overrides: { terraform_version: "1.12.0" } }),
    );
    const unpriced = file("unpriced.json", planJson({ changes: [vmUpdate()] }));
    const other = file("other.json", planJson({ changes: [vmUpdate([step(upgrade, { to: "500" })])] }));
    expect(await review([again, "--verify", digest])).toMatchObject({ code: 2 });
    expect(await review([again, "--verify", earlier])).toMatchObject({ code: 2 });
    expect(await review([unpriced, "--verify", digest])).toMatchObject({ code: 2 });
    expect(await review([unpriced, "--verify", earlier])).toMatchObject({ code: 3 });
    expect(await review([again, "--verify", exact, "--exact"])).toMatchObject({ code: 3 });
    expect(await review([join(directory, "plan.json"), "--verify", earlier, "--exact"])).toMatchObject({ code: 2 });
    const refused = await review([other, "--verify", earlier]);
    expect(refused.code).toBe(3);
    expect(refused.out).toContain("200 → 500");
  });
});

test("the report of a plan that was refused approves nothing", async () => {
  const plan = file("plan.json", changed);
  const policy = file(
    "policy.yaml",
    "version: 1\nrules:\n  max_charge_total: { level: deny, amount: 1, currency: USD }\n",
  );
  const { code, out } = await review([plan, "--policy", policy, "--format", "json"]);
  expect(code).toBe(3);
  for (const extra of [[], ["--exact"]]) {
    const later = await review([plan, "--verify", file("review.json", out), ...extra]);
    expect(later.code).toBe(3);
    expect(later.out).toContain("nothing was approved by it");
  }
});

test("two stacks never share a name", async () => {
  const plans = [file("dev/machines/plan.json", changed), file("prod/machines/plan.json", changed)];
  const { out } = await review([...plans, "--format", "json"]);
  const { facts } = JSON.parse(out) as { facts: { plans: { name: string }[] } };
  expect(facts.plans.map(({ name }) => name)).toEqual(["dev/machines", "prod/machines"]);
});

describe("--approve-out", () => {
  test("writes an approval, which --verify takes", async () => {
    const approval = join(directory, "approval.json");
    expect(await review([file("plan.json", changed), "--approve-out", approval, "--expires-in", "1"])).toMatchObject({
      code: 2,
    });
    expect(JSON.parse(readFileSync(approval, "utf8"))).toMatchObject({ expires_at: "2026-11-22T08:00:00.000Z" });
    expect(await review([join(directory, "plan.json"), "--verify", approval])).toMatchObject({ code: 2 });
    // Time may be looked at ahead, never back.
    const later = [join(directory, "plan.json"), "--verify", approval, "--at"];
    expect(await review([...later, "2026-11-23T00:00:00Z"])).toMatchObject({ code: 3 });
    const dearer = file("dearer.json", planJson({ changes: [vmUpdate()], prior: [doubled] }));
    expect(await review([dearer, "--verify", approval])).toMatchObject({ code: 3 });
    expect(await review([dearer, "--verify", approval, "--tolerance", "100"])).toMatchObject({ code: 2 });
  });

  test("approves nothing that may not be applied, and leaves no older approval in its place", async () => {
    const approval = file("approval.json", "{}");
    const refused = planJson({ changes: [vmUpdate(undefined, { max_immediate_charge: 1 })], prior: [webQuote] });
    const found = await review([file("plan.json", refused), "--approve-out", approval]);
    expect(found).toMatchObject({ code: 3 });
    expect(found.err).toContain("No approval is written");
    expect(() => readFileSync(approval)).toThrow(/ENOENT/);
  });

  test.each([
    [["--tolerance", "5"], /--tolerance needs --verify/],
    [["--expires-in", "5"], /--expires-in needs --approve-out/],
    [["--verify", `sha256:${"0".repeat(64)}`, "--tolerance", "-5"], /--tolerance -5 is not a number from 0 to 1000/],
    [["--approve-out", "/no/such/file", "--expires-in", "soon"], /--expires-in soon is not a number/],
    [["--full-page", "javascript:x"], /not an address/],
    [["--out", "/dev/full"], /^Error: \/dev\/full cannot be written: the disk is full\n$/],
    [["--approve-out", "/no/such/directory/a.json"], /cannot be written: it does not exist/],
  ])("%s is a mistake", async (args, message) => {
    const found = await review([file("plan.json", changed), ...args]);
    expect(found.code).toBe(1);
    expect(found.err).toMatch(message);
  });
});

describe("--applied", () => {
  const state = stateJson([
    stateResource("zenlayer_vm_instance_spec.web", vm({ order_numbers: ["ORD-7"], change_count: 1 })),
  ]);
  const log = applyLog([applyLine("zenlayer_vm_instance_spec.web", "update")]);

  test("files may come in any order, each says what it is", async () => {
    const files = [file("apply.jsonl", log), file("state.json", state), file("plan.json", changed)];
    const { code, out } = await review(["--applied", ...files, "--name", "prod", "--format", "markdown"]);
    expect(code).toBe(2);
    expect(out).toMatch(/^<!-- cdktf-zenlayer:applied:prod -->/);
    expect(out).toContain("`ORD-7`");
  });

  test("a state that cannot be read leaves a page of the log, and says so", async () => {
    const { code, out } = await review([
      "--applied",
      file("empty.json", ""),
      "/no/state.json",
      file("apply.jsonl", log),
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/empty\.json is empty/);
    expect(out).toMatch(/\/no\/state\.json cannot be read/);
    expect(out).toContain("1 machine changed");
  });

  test("a plan alone tells of no apply", async () => {
    const { code, err } = await review(["--applied", file("plan.json", changed)]);
    expect(code).toBe(1);
    expect(err).toMatch(/a plan alone tells of no apply/);
  });

  test("a failed apply exits with 1", async () => {
    const failed = logText([{ severity: "error", summary: "outcome unknown" }]);
    expect(await review(["--applied", file("state.json", state), file("apply.jsonl", failed)])).toMatchObject({
      code: 1,
    });
  });
});

test("the help tells the exit codes", async () => {
  const { out } = await review(["--help"]);
  expect(out).toMatch(/3 {2}refused: by a guard, by the policy, or by --verify/);
});
