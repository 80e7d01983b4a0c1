// The tasks of the repository before anything is installed: what is missing is told in one sentence.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, mustExecute } from "../support/execute";

const ROOT = join(__dirname, "..", "..");

function run(task: string, env: Readonly<Record<string, string>> = {}) {
  return execute(process.execPath, ["scripts/run.mjs", task], { cwd: ROOT, env });
}

test.each([
  ["verify", {}, "terraform"],
  ["quickstart", { TERRAFORM_BINARY_NAME: "tofu" }, "tofu"],
] as const)("%s without Terraform ends with one sentence that says how to get it", async (task, env, name) => {
  const { code, stdout, stderr } = await run(task, { PATH: "/nonexistent", ...env });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe(
    `"${name}" was not found: install Terraform 1.6 or newer (https://developer.hashicorp.com/terraform/install) or OpenTofu ` +
      `(https://opentofu.org/docs/intro/install), put it on PATH, or name the executable in TERRAFORM_BINARY_NAME.\n`,
  );
});

test("a task that does not exist names those that do", async () => {
  const { code, stderr } = await run("destroy");
  expect(code).toBe(1);
  expect(stderr).toBe('Unknown task "destroy": choose one of build, quickstart, verify.\n');
});

describe("versions", () => {
  async function evaluate(expression: string): Promise<string> {
    const script = `import { requireNode, requireTerraform } from "./scripts/tasks/requirements.mjs"; try { ${expression}; console.log("fine"); } catch (error) { console.log(error.message); }`;
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

  /** As `tofu version -json` answers: warnings go to standard output too. */
  const document = (version: string): string =>
    JSON.stringify({ terraform_version: version, platform: "linux_amd64" }, null, 2);
  test.each([
    ["OpenTofu", document("1.12.6"), "fine"],
    ["a warning before it", `\nWarning: {Deprecated} setting\n\n  it goes\n\n${document("1.12.6")}`, "fine"],
    ["too old", document("1.5.7"), 'Version 1.6 or newer is needed, "TOFU" is 1.5.7.'],
    ["something else", "usage: tofu FILE", '"TOFU version" did not answer like Terraform.'],
  ])("%s", async (_name, answer, expected) => {
    const directory = await mkdtemp(join(tmpdir(), "tofu-"));
    try {
      const tofu = join(directory, "tofu");
      await writeFile(tofu, `#!/bin/sh\ncat <<'END'\n${answer}\nEND\n`, { mode: 0o755 });
      const told = await evaluate(`requireTerraform({ TERRAFORM_BINARY_NAME: "${tofu}", PATH: process.env.PATH })`);
      expect(told.replaceAll(tofu, "TOFU")).toBe(expected);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
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

describe("the notes of a release", () => {
  async function notes(tag: string, version: string, changelog: string): Promise<string> {
    const script = `import { releaseNotes } from "./scripts/release-notes.mjs";
      try { process.stdout.write(releaseNotes(...${JSON.stringify([tag, version, changelog])})); } catch (error) { console.log(error.message); }`;
    const { stdout } = await mustExecute(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT });
    return stdout;
  }
  const old = "## [0.1.0] - 2026-01-01\n\n- First.\n";

  test.each([
    [
      "are what stands under its heading",
      "v0.2.0",
      `# C\n\n## [Unreleased]\n\n## [0.2.0] - 2026-02-01\n\n- \`a\`: new.\n\n${old}`,
      "- `a`: new.\n",
    ],
    [
      "need a tag of the manifest's version",
      "v0.2.1",
      old,
      "The tag is v0.2.1, and package.json says 0.2.0: release the version that it says.\n",
    ],
    [
      "need a heading",
      "v0.2.0",
      `## [Unreleased]\n\n- a\n\n${old}`,
      "CHANGELOG.md says nothing of 0.2.0: give what is under [Unreleased] that heading.\n",
    ],
    [
      "leave nothing behind",
      "v0.2.0",
      `## [Unreleased]\n\n- b\n\n## [0.2.0]\n\n- a\n`,
      "CHANGELOG.md has changes under [Unreleased]: they would be in 0.2.0 and not in its notes.\n",
    ],
  ])("%s", async (_name, tag, changelog, expected) => {
    expect(await notes(tag, "0.2.0", changelog)).toBe(expected);
  });
});
