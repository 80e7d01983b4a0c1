// What the package's documents promise: their links lead somewhere.
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import manifest from "../../package.json";
import { PROVIDER_VERSION } from "../../lib/schema";
import { relativeLinks } from "../support/links";

const ROOT = join(__dirname, "..", "..");

/** What synthesis and Terraform leave in an example. */
const GENERATED = /^(cdktf\.out|terraform\.d|\.terraform|node_modules)$/;

async function documents(directory = ROOT): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    const visited = directory === ROOT ? ["docs", "examples"].includes(entry.name) : !GENERATED.test(entry.name);
    if (entry.isDirectory() && visited) found.push(...(await documents(path)));
    if (entry.isFile() && entry.name.endsWith(".md")) found.push(path);
  }
  return found;
}

test("every relative link of a document leads to a file", async () => {
  const broken: string[] = [];
  for (const path of await documents()) {
    for (const target of relativeLinks(await readFile(path, "utf8"))) {
      if (!existsSync(join(dirname(path), target))) broken.push(`${relative(ROOT, path)}: ${target}`);
    }
  }
  expect(broken).toEqual([]);
});

test("the differences that CONTRIBUTING shows fit the files that they name", async () => {
  const text = await readFile(join(ROOT, "CONTRIBUTING.md"), "utf8");
  const shown = [...text.matchAll(/```diff\n--- (\S+)\n@@\n([\s\S]*?)```/g)];
  expect(shown.map(([, path]) => path)).toEqual(["lib/schema/kinds.ts", "lib/schema/resources.ts"]);
  for (const [, path = "", difference = ""] of shown) {
    const before = difference
      .split("\n")
      .filter((line) => line.startsWith(" "))
      .map((line) => `${line.slice(1)}\n`);
    expect(await readFile(join(ROOT, path), "utf8")).toContain(before.join(""));
  }
});

test("provider and package have one version", () => {
  expect(PROVIDER_VERSION).toBe(manifest.version);
});
