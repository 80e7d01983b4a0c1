// Each subpath has a page in the docs with a start: a program that runs as it stands there and prints what the page says. One process runs them all.
// The start of docs/testing.md is a test file; test/package/installed.test.ts runs it under three runners.
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import { mustExecute } from "../support/execute";

const ROOT = join(__dirname, "..", "..");
const PAGES = {
  "cdktf-zenlayer/plugin": "plugin.md",
  "cdktf-zenlayer/plugin/testing": "plugin-testing.md",
  "cdktf-zenlayer/simulator": "simulator.md",
  "cdktf-zenlayer/review": "reviewing-from-a-program.md",
  "cdktf-zenlayer/engine": "engine.md",
};
const SEPARATOR = "=====";

let directory: string;
const printed: { [page: string]: string } = {};

beforeAll(async () => {
  await mustExecute(process.execPath, ["scripts/run.mjs", "build"], { cwd: ROOT });
  await mkdir(join(ROOT, ".tmp"), { recursive: true });
  // Inside the package, which so finds itself by its name.
  directory = await mkdtemp(join(ROOT, ".tmp", "starts-"));
  await copyFile(join(ROOT, "test", "review", "recorded", "opentofu-full.json"), join(directory, "plan.json"));
  const pages = Object.values(PAGES);
  for (const page of pages) {
    const [, start = ""] = /```ts\n([\s\S]*?)```/.exec(await text(page)) ?? [];
    await writeFile(join(directory, `${page}.mjs`), (await transform(start, { loader: "ts", format: "esm" })).code);
  }
  const runs = pages.map((page) => `await import("./${page}.mjs"); console.log("${SEPARATOR}");\n`);
  await writeFile(join(directory, "all.mjs"), runs.join(""));
  const { stdout } = await mustExecute(process.execPath, ["all.mjs"], { cwd: directory });
  stdout.split(`${SEPARATOR}\n`).forEach((part, index) => (printed[pages[index] ?? ""] = part));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function text(page: string): Promise<string> {
  return readFile(join(ROOT, "docs", page), "utf8");
}

test.each(Object.entries(PAGES))("the start for %s prints what docs/%s says", async (subpath, page) => {
  const [, start = "", said] =
    /```ts\n([\s\S]*?)```(?:\n\nprints\n\n```text\n([\s\S]*?)```)?/.exec(await text(page)) ?? [];
  expect(start).toContain(`from "${subpath}"`);
  if (said === undefined) expect(printed[page]).not.toBe("");
  else expect(printed[page]).toBe(said);
});

test("the start for cdktf-zenlayer/testing stands in docs/testing.md", async () => {
  expect(/```ts\n([\s\S]*?)```/.exec(await text("testing.md"))?.[1]).toContain('from "cdktf-zenlayer/testing"');
});
