// Several builds at once: test workers may each find dist/ out of date. In a small clone, so that the real dist/ stays as it is.
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, mustExecute } from "../support/execute";

const ROOT = join(__dirname, "..", "..");
const OUTPUTS = ["dist/lib/provider/main.js", "dist/bin/terraform-provider-zenlayer", "dist/bin/cdktf-zenlayer"];

let clone: string;

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "build-"));
  for (const path of ["scripts", "package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"]) {
    await cp(join(ROOT, path), join(clone, path), { recursive: true });
  }
  await symlink(join(ROOT, "node_modules"), join(clone, "node_modules"));
  for (const room of ["provider", "plugin", "launcher"]) await mkdir(join(clone, "lib", room), { recursive: true });
  // What the bundle asks of the library: the schema, ready made.
  await writeFile(join(clone, "lib", "provider", "index.ts"), "export const createProvider = (): object => ({});\n");
  await writeFile(join(clone, "lib", "plugin", "index.ts"), "export const encodeSchema = (): string => 'schema';\n");
  await writeFile(join(clone, "lib", "launcher", "launch.ts"), "export {};\n");
  await source("1");
});
afterEach(() => rm(clone, { recursive: true, force: true }));

function source(value: string): Promise<void> {
  return writeFile(join(clone, "lib", "provider", "main.ts"), `export const value: number = ${value};\n`);
}

function build() {
  return execute(process.execPath, ["scripts/run.mjs", "build"], { cwd: clone });
}

async function stamp(): Promise<string> {
  return readFile(join(clone, "dist", ".digest"), "utf8");
}

test("of three builds at once one builds, and none ends before dist is complete", async () => {
  const ends = await Promise.all(
    [1, 2, 3].map(async () => ({
      ...(await build()),
      complete: OUTPUTS.every((path) => existsSync(join(clone, path))),
    })),
  );
  expect(ends.map(({ code, stderr, complete }) => ({ code, stderr, complete }))).toEqual(
    ends.map(() => ({ code: 0, stderr: "", complete: true })),
  );
  expect(ends.filter(({ stdout }) => stdout.includes("Built dist"))).toHaveLength(1);
  expect(ends.filter(({ stdout }) => stdout === "")).toHaveLength(2);
  const first = await stamp();

  // A build that fails lets the next one in, and what changed is built anew.
  await source('"text"');
  expect(await build()).toMatchObject({ code: 1, stderr: expect.stringContaining("does not compile") });
  await source("2");
  expect(await build()).toMatchObject({ code: 0, stdout: expect.stringContaining("Built dist") });
  expect(await stamp()).not.toBe(first);
  expect(existsSync(join(clone, ".tmp", "build.lock"))).toBe(false);
});

test("the lock of a build that was killed is taken over", async () => {
  const { stdout: gone } = await mustExecute(process.execPath, ["-p", "process.pid"], { cwd: clone });
  await mkdir(join(clone, ".tmp", "build.lock"), { recursive: true });
  await writeFile(join(clone, ".tmp", "build.lock", "owner"), gone.trim());
  const ends = await Promise.all([build(), build()]);
  expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  expect(ends.filter(({ stdout }) => stdout.includes("Built dist"))).toHaveLength(1);
});

describe("the lock", () => {
  async function evaluate(script: string): Promise<string> {
    const start = `import { withLock } from "./scripts/tasks/lock.mjs"; import { appendFileSync } from "node:fs";`;
    const { stdout } = await mustExecute(process.execPath, ["--input-type=module", "-e", start + script], {
      cwd: clone,
    });
    return stdout.trim();
  }

  test("lets one process at a time in, also when it is fought for", async () => {
    const turn = `for (let turn = 0; turn < 5; turn++) await withLock("lock", async () => {
      appendFileSync("log", "in,"); await new Promise(setImmediate); appendFileSync("log", "out,"); });`;
    await Promise.all([1, 2, 3, 4].map(() => evaluate(turn)));
    expect(await readFile(join(clone, "log"), "utf8")).toBe("in,out,".repeat(20));
  });

  test("of a living process is waited for, until patience ends with a cure", async () => {
    await mkdir(join(clone, "lock"));
    await writeFile(join(clone, "lock", "owner"), String(process.pid));
    const attempt = `try { await withLock("lock", () => console.log("in"), { patienceMs: 0 }); } catch (error) { console.log(error.message); }`;
    expect(await evaluate(attempt)).toBe(
      "Another build holds lock for too long: wait for it, or remove that directory if none is running.",
    );
    expect(existsSync(join(clone, "lock", "owner"))).toBe(true);
  });
});
