// The package as npm delivers it, in a project that knows nothing of this repository.
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, normalize } from "node:path";
import { execute, mustExecute, TERRAFORM } from "../support/execute";
import { relativeLinks } from "../support/links";
import { encodeSchema } from "../../lib/plugin";
import { createProvider } from "../../lib/provider";
import manifest from "../../package.json";

const ROOT = join(__dirname, "..", "..");
const BINS = Object.keys(manifest.bin);

let base: string;
let project: string;
let packed: readonly string[];
let tarball: string;
let bytes: { readonly packed: number; readonly unpacked: number };

/** What npm install does with the tarball, but with the dependencies of this repository in place of a download. */
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "package-test-"));
  project = join(base, "project");
  const modules = join(project, "node_modules");
  await mkdir(join(modules, ".bin"), { recursive: true });
  await mkdir(join(modules, "@cdktf"));
  await mkdir(join(modules, "@types"));
  await mustExecute(process.execPath, ["scripts/run.mjs", "build"], { cwd: ROOT });
  const { stdout } = await mustExecute("npm", ["pack", "--ignore-scripts", "--json", `--pack-destination=${base}`], {
    cwd: ROOT,
  });
  const [pack] = JSON.parse(stdout) as [
    { filename: string; files: { path: string }[]; size: number; unpackedSize: number },
  ];
  packed = pack.files.map((file) => file.path);
  tarball = join(base, pack.filename);
  bytes = { packed: pack.size, unpacked: pack.unpackedSize };
  await mkdir(join(modules, manifest.name));
  await mustExecute("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, manifest.name)], {
    cwd: base,
  });
  for (const name of [
    ...Object.keys(manifest.dependencies),
    ...Object.keys(manifest.peerDependencies),
    "@types/node",
  ]) {
    await symlink(join(ROOT, "node_modules", name), join(modules, name));
  }
  for (const [name, file] of Object.entries(manifest.bin))
    await symlink(join("..", manifest.name, file), join(modules, ".bin", name));
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "project", private: true, type: "module" }));
});
afterAll(() => rm(base, { recursive: true, force: true }));

test("the tarball holds what is needed and nothing else", () => {
  expect(packed).toEqual(
    expect.arrayContaining(["package.json", "README.md", "LICENSE", "CHANGELOG.md", ...Object.values(manifest.bin)]),
  );
  const other = packed.filter((path) => !/^(dist\/(bin|lib|cdktn)\/|docs\/|examples\/|[^/]+$)/.test(path));
  expect(other).toEqual([]);
  const generated = /(^|\/)(cdktf\.out|terraform\.d|\.terraform|node_modules)\/|tfstate|\.terraform\.lock\.hcl$|\.log$/;
  expect(packed.filter((path) => generated.test(path))).toEqual([]);
  const published = packed.filter((path) => !path.startsWith("examples/"));
  expect(
    published.filter((path) =>
      /(^|\/)(test|\.tmp|\.digest|\.tsbuildinfo)(\/|$)|[^d]\.ts$|\.test\./.test(path.replace(/\.d\.ts$/, "")),
    ),
  ).toEqual([]);
});

test("the tarball is no larger than it was looked at", () => {
  // Half of it are the images of the README. Raise a bound with the reason in the commit.
  expect(bytes.packed).toBeLessThan(1_800_000);
  expect(bytes.unpacked).toBeLessThan(5_000_000);
});

test("publint finds nothing in what is delivered", async () => {
  const publint = join(ROOT, "node_modules", ".bin", "publint");
  const { code, stdout } = await execute(publint, [".", "--strict", "--pack", "false"], {
    cwd: join(project, "node_modules", manifest.name),
  });
  expect(stdout).toContain("All good!");
  expect(code).toBe(0);
});

test("the types are those of what is loaded, in every module mode (are the types wrong?)", async () => {
  const { code, stdout } = await execute(
    join(ROOT, "node_modules", ".bin", "attw"),
    [tarball, "--format", "json", "--no-emoji"],
    { cwd: base },
  );
  const { problems } = JSON.parse(stdout) as { readonly problems: object };
  expect({ code, problems }).toEqual({ code: 0, problems: {} });
});

test("the API is the one that was reviewed", async () => {
  const { code, stdout } = await execute(process.execPath, ["scripts/api-reports.mjs", "--check"], { cwd: ROOT });
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
});

test("every relative link of a document leads to something that is delivered too", async () => {
  const documents = packed.filter((path) => path.endsWith(".md"));
  expect(documents).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md", "examples/fleet/README.md"]));
  const dead: string[] = [];
  for (const path of documents) {
    const text = await readFile(join(project, "node_modules", manifest.name, path), "utf8");
    for (const link of relativeLinks(text)) {
      const target = normalize(join(dirname(path), link)).replace(/\/$/, "");
      if (!packed.some((each) => each === target || each.startsWith(`${target}/`))) dead.push(`${path}: ${link}`);
    }
  }
  expect(dead).toEqual([]);
});

test("what synthesis and Terraform leave in the examples is not delivered", async () => {
  const { files } = manifest;
  const copy = join(base, "copy");
  const left = [
    "cdktf.out/stacks/a",
    "terraform.d/a",
    ".terraform/a",
    ".terraform.lock.hcl",
    "terraform.tfstate.backup",
  ];
  for (const path of [...left, "main.tf"]) {
    const file = join(copy, "examples", "hcl", path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, "");
  }
  await writeFile(join(copy, "package.json"), JSON.stringify({ name: "copy", version: "1.0.0", files }));
  const { stdout } = await mustExecute("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], { cwd: copy });
  const [pack] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  expect(pack.files.map(({ path }) => path).sort()).toEqual(["examples/hcl/main.tf", "package.json"]);
});

test("no file names a directory of the machine that built it", async () => {
  for (const path of packed) {
    const text = await readFile(join(project, "node_modules", manifest.name, path), "utf8");
    if (text.includes(ROOT)) throw new Error(`${path} names ${ROOT}`);
  }
});

test("the provider's executable carries no test driver", async () => {
  const plugin = await readFile(
    join(project, "node_modules", manifest.name, "dist", "bin", "terraform-provider-zenlayer"),
    "utf8",
  );
  expect(plugin).toContain("PlanResourceChange");
  expect(plugin).not.toContain("planned for absence but config wants existence");
});

test.each(Object.keys(manifest.exports).filter((name) => !name.endsWith(".json")))(
  "%s can be required, imported and typed",
  async (subpath) => {
    const name = join(manifest.name, subpath);
    const script = `const required = require(${JSON.stringify(name)}); import(${JSON.stringify(name)}).then((imported) => {
    const names = Object.keys(required).filter((key) => key in imported);
    console.log(JSON.stringify({ required: Object.keys(required).length, imported: names.length }));
  })`;
    const { stdout } = await mustExecute(process.execPath, ["-e", script], { cwd: project });
    const counted = JSON.parse(stdout) as { required: number; imported: number };
    expect(counted.required).toBeGreaterThan(0);
    expect(counted.imported).toBe(counted.required);
  },
);

test.each([
  ["of ES modules", { module: "node16", moduleResolution: "node16" }],
  ["with a bundler", { module: "esnext", moduleResolution: "bundler" }],
  ["as cdktf init makes it", { module: "commonjs", moduleResolution: "node10" }],
])("a strict TypeScript project %s compiles against every subpath, declarations included", async (_name, kind) => {
  const imports = Object.keys(manifest.exports)
    .filter((name) => !name.endsWith(".json"))
    .map(
      (subpath, index) =>
        `import * as m${index} from ${JSON.stringify(join(manifest.name, subpath))};\nvoid m${index};`,
    );
  await writeFile(join(project, "main.ts"), imports.join("\n"));
  const starts = kind.module === "node16" ? await writeStarts() : [];
  const options = {
    target: "ES2022",
    ...kind,
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: ["node"],
  };
  await writeFile(
    join(project, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, files: ["main.ts", ...starts] }),
  );
  const { code, stdout } = await execute(
    process.execPath,
    [join(ROOT, "node_modules", "typescript", "bin", "tsc"), "-p", "."],
    { cwd: project },
  );
  expect(stdout).toBe("");
  expect(code).toBe(0);
});

/** The programs that the pages of the subpaths start with; test/package/starts.test.ts runs them. */
async function writeStarts(): Promise<readonly string[]> {
  const pages = ["plugin", "plugin-testing", "simulator", "reviewing-from-a-program", "engine"];
  for (const page of pages) {
    const text = await readFile(join(ROOT, "docs", `${page}.md`), "utf8");
    await writeFile(join(project, `${page}.ts`), /```ts\n([\s\S]*?)```/.exec(text)?.[1] ?? "");
  }
  return pages.map((page) => `${page}.ts`);
}

test.each(BINS)("%s is executable through npm's link", async (name) => {
  expect((await stat(join(project, "node_modules", ".bin", name))).mode & 0o111).toBe(0o111);
});

test("the command-line tool answers from node_modules/.bin", async () => {
  const { stdout } = await mustExecute(join(project, "node_modules", ".bin", "cdktf-zenlayer"), ["--version"], {
    cwd: project,
  });
  expect(stdout.trim()).toBe(manifest.version);
});

describe("the plugin, by the real Terraform", () => {
  const source = "registry.terraform.io/cdktf-zenlayer/zenlayer";
  const main = `terraform {
  required_providers {
    zenlayer = {
      source = "${source}"
    }
  }
}
`;

  async function directory(name: string): Promise<string> {
    const path = join(project, name);
    await mkdir(path);
    await writeFile(join(path, "main.tf"), main);
    await writeFile(join(path, "empty.tfrc"), "");
    return path;
  }

  async function schemaOf(cwd: string, cliConfig: string): Promise<readonly string[]> {
    const { stdout } = await mustExecute(TERRAFORM, ["providers", "schema", "-json"], {
      cwd,
      env: { TF_CLI_CONFIG_FILE: join(cwd, cliConfig) },
    });
    const { provider_schemas } = JSON.parse(stdout) as {
      provider_schemas: Record<string, { resource_schemas: Record<string, unknown> }>;
    };
    return Object.keys(provider_schemas[source]?.resource_schemas ?? {}).sort();
  }

  const RESOURCES = ["zenlayer_bmc_bandwidth", "zenlayer_bmc_traffic_package", "zenlayer_vm_instance_spec"];

  test("dev_overrides may point at node_modules/.bin, in a project of ES modules", async () => {
    const cwd = await directory("overrides");
    const overrides = `provider_installation {\n  dev_overrides {\n    "${source}" = "${join(project, "node_modules", ".bin")}"\n  }\n  direct {}\n}\n`;
    await writeFile(join(cwd, "overrides.tfrc"), overrides);
    expect(await schemaOf(cwd, "overrides.tfrc")).toEqual(RESOURCES);
  });

  test("plugin install makes terraform init find it, in a project of ES modules", async () => {
    const cwd = await directory("mirror");
    const cli = join(project, "node_modules", ".bin", "cdktf-zenlayer");
    const { stdout } = await mustExecute(cli, ["plugin", "install", "--json", "--dir", "terraform.d/plugins"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ address: source, version: manifest.version, changed: true });
    const env = { TF_CLI_CONFIG_FILE: join(cwd, "empty.tfrc") };
    await mustExecute(TERRAFORM, ["init", "-input=false", "-no-color"], { cwd, env });
    expect(await schemaOf(cwd, "empty.tfrc")).toEqual(RESOURCES);
    expect(await readdir(cwd)).toContain(".terraform.lock.hcl");
  });

  test("the schema that the build put in is the provider's, and framework and provider share one store of secrets", async () => {
    const plugin = await readFile(join(ROOT, "dist", "bin", "terraform-provider-zenlayer"), "utf8");
    const ready = Buffer.from(encodeSchema(createProvider())).toString("base64");
    expect(plugin).toContain(ready);
    expect(plugin.match(/function registerSecret\(/g)).toHaveLength(1);
  });

  test("a missing Node is told by Terraform in a sentence", async () => {
    const cwd = await directory("without-node");
    const bin = join(cwd, "bin");
    await mkdir(bin);
    const { stdout: terraform } = await mustExecute("sh", ["-c", `command -v ${TERRAFORM}`], { cwd });
    await symlink(terraform.trim(), join(bin, basename(TERRAFORM)));
    await writeFile(
      join(cwd, "overrides.tfrc"),
      `provider_installation {\n  dev_overrides {\n    "${source}" = "${join(project, "node_modules", ".bin")}"\n  }\n}\n`,
    );
    const result = await execute(basename(TERRAFORM), ["providers", "schema", "-json", "-no-color"], {
      cwd,
      env: { PATH: bin, TF_CLI_CONFIG_FILE: join(cwd, "overrides.tfrc") },
    });
    expect(result.code).toBe(1);
    expect(result.stderr.replace(/\s*\n[│ ]*/g, " ")).toContain(
      "terraform-provider-zenlayer needs Node 20.19 or newer, and there is no node on PATH.",
    );
  });
});
