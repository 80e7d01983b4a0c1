// The tasks of the repository before anything is installed: what is missing is told in one sentence.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, mustExecute } from "../support/execute";

const ROOT = join(__dirname, "..", "..");

function run(task: string, env: Readonly<Record<string, string>> = {}) {
  return execute(process.execPath, ["scripts/run.mjs", task], { cwd: ROOT, env });
}

test.each(["verify", "quickstart"])("%s without Terraform ends with one sentence", async (task) => {
  const { code, stdout, stderr } = await run(task, { PATH: "/nonexistent" });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe(
    'Terraform was not found: put "terraform" on PATH (version 1.6 or newer), or name it in TERRAFORM_BINARY_NAME.\n',
  );
});

test("a task that does not exist names those that do", async () => {
  const { code, stderr } = await run("destroy");
  expect(code).toBe(1);
  expect(stderr).toBe('Unknown task "destroy": choose one of build, quickstart, verify.\n');
});

describe("versions", () => {
  async function evaluate(expression: string): Promise<string> {
    const script = `import { requireNode } from "./scripts/tasks/requirements.mjs"; try { ${expression}; console.log("fine"); } catch (error) { console.log(error.message); }`;
    const { stdout } = await mustExecute(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT });
    return stdout.trim();
  }

  test.each([
    ["20.19.0", "fine"],
    ["24.0.0", "fine"],
    ["20.18.3", "Node 20.19 or newer is needed, this is Node 20.18.3."],
    ["18.20.8", "Node 20.19 or newer is needed, this is Node 18.20.8."],
  ])("Node %s: %s", async (version, expected) => {
    expect(await evaluate(`requireNode("${version}")`)).toBe(expected);
  });
});

describe("installed dependencies are those of the lock file", () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "dependencies-"));
    await mkdir(join(directory, "node_modules"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function match(locked: object, installed: object | null): Promise<boolean> {
    await writeFile(join(directory, "package-lock.json"), JSON.stringify({ packages: { "": {}, ...locked } }));
    const hidden = join(directory, "node_modules", ".package-lock.json");
    if (installed !== null) await writeFile(hidden, JSON.stringify({ packages: installed }));
    const script = `import { dependenciesMatch } from "./scripts/tasks/dependencies.mjs"; console.log(dependenciesMatch(${JSON.stringify(directory)}));`;
    const { stdout } = await mustExecute(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT });
    return stdout.trim() === "true";
  }

  const a = { version: "1.0.0", integrity: "sha512-a" };

  test.each([
    ["the same", { "node_modules/a": a }, { "node_modules/a": a }, true],
    ["nothing installed", { "node_modules/a": a }, null, false],
    ["one missing", { "node_modules/a": a, "node_modules/b": a }, { "node_modules/a": a }, false],
    ["another version", { "node_modules/a": { ...a, version: "1.0.1" } }, { "node_modules/a": a }, false],
    ["other bytes", { "node_modules/a": { ...a, integrity: "sha512-b" } }, { "node_modules/a": a }, false],
    [
      "an optional one missing",
      { "node_modules/a": a, "node_modules/b": { ...a, optional: true } },
      { "node_modules/a": a },
      true,
    ],
  ])("%s", async (_name, locked, installed, expected) => {
    expect(await match(locked, installed)).toBe(expected);
  });
});
