// What the package's documents promise: their links lead somewhere, and the first stack of the README synthesises as it stands there.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { transform } from "esbuild";
import manifest from "../../package.json";
import { PROVIDER_VERSION } from "../../lib/schema";
import { mustExecute } from "../support/execute";
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

test("the first stack of the README synthesises", async () => {
  await mustExecute(process.execPath, ["scripts/run.mjs", "build"], { cwd: ROOT });
  await mkdir(join(ROOT, ".tmp"), { recursive: true });
  const directory = await mkdtemp(join(ROOT, ".tmp", "readme-"));
  try {
    const [, sample = ""] = /```ts\n([\s\S]*?)```/.exec(await readFile(join(ROOT, "README.md"), "utf8")) ?? [];
    const { code } = await transform(sample, { loader: "ts", format: "cjs" });
    await writeFile(join(directory, "main.js"), code);
    await mustExecute(process.execPath, ["main.js"], { cwd: directory });
    const stack = JSON.parse(await readFile(join(directory, "cdktf.out/stacks/machines/cdk.tf.json"), "utf8")) as {
      resource: object;
    };
    expect(stack.resource).toMatchObject({
      zenlayer_vm_instance_spec: {
        web: {
          instance_type: "c.4c8g",
          internet_max_bandwidth_out: 200,
          on_downgrade: "deny",
          max_immediate_charge: 500,
        },
      },
      zenlayer_bmc_traffic_package: { edge: { traffic_package_size: 10 } },
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
