// The package as npm installs it, where copies matter: two copies in one tree, cdktn alone, cdktn under cdktf's name, and the runners of users' tests.
// The trees are installed once for all tests here.
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import manifest from "../../package.json";
import { execute, mustExecute, type Executed } from "../support/execute";

const ROOT = join(__dirname, "..", "..");
const {
  cdktf,
  cdktn,
  constructs,
  typescript,
  jest: jestVersion,
} = {
  ...manifest.devDependencies,
  ...manifest.peerDependencies,
  ...manifest.devDependencies,
};

let base: string;
/** npm's words while it installed each tree. */
const said: { [tree: string]: string } = {};

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "installed-"));
  await mustExecute(process.execPath, ["scripts/run.mjs", "build"], { cwd: ROOT });
  const { stdout } = await mustExecute("npm", ["pack", "--ignore-scripts", "--json", `--pack-destination=${base}`], {
    cwd: ROOT,
  });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  const ours = `file:${join(base, filename)}`;
  /** A package of the tree that npm gives a copy of its own. */
  const fleet = {
    name: "fleet",
    version: "1.0.0",
    main: "index.js",
    dependencies: { "cdktf-zenlayer": `file:${await otherVersion(join(base, filename))}` },
  };
  await Promise.all([
    install("workspaces", {
      "package.json": {
        workspaces: ["packages/*"],
        dependencies: { "cdktf-zenlayer": ours, cdktf, constructs },
        devDependencies: {
          jest: jestVersion,
          "ts-jest": "^29.4.0",
          "@types/jest": "^30.0.0",
          "@types/node": manifest.devDependencies["@types/node"],
          typescript,
          vitest: "^4.0.0",
        },
      },
      "packages/fleet/package.json": fleet,
    }),
    install("cdktn", {
      "package.json": { workspaces: ["packages/*"], dependencies: { "cdktf-zenlayer": ours, cdktn, constructs } },
      "packages/fleet/package.json": fleet,
    }),
    install("alias", {
      "package.json": { dependencies: { "cdktf-zenlayer": ours, cdktf: `npm:cdktn@${cdktn}`, constructs } },
    }),
  ]);
}, 600_000);
afterAll(() => rm(base, { recursive: true, force: true }));

/** The same package under another version, so that npm cannot merge the two. */
async function otherVersion(tarball: string): Promise<string> {
  const folder = join(base, "other");
  await mkdir(folder);
  await mustExecute("tar", ["-xzf", tarball, "-C", folder], { cwd: base });
  const file = join(folder, "package", "package.json");
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), version: "0.1.1-other" }));
  const target = join(base, "other.tgz");
  await mustExecute("tar", ["-czf", target, "-C", folder, "package"], { cwd: base });
  return target;
}

async function install(tree: string, manifests: { readonly [path: string]: object }): Promise<void> {
  for (const [path, content] of Object.entries(manifests)) {
    await write(tree, path, JSON.stringify({ private: true, ...content }));
  }
  const { stdout, stderr } = await mustExecute("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], {
    cwd: join(base, tree),
  });
  said[tree] = stdout + stderr;
}

async function write(tree: string, path: string, text: string): Promise<string> {
  const file = join(base, tree, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

async function run(tree: string, program: string, file = "main.js"): Promise<Executed> {
  await write(tree, file, program);
  return execute(process.execPath, [file], { cwd: join(base, tree) });
}

/** What a program synthesised for its stack "stack". */
async function synthesised(
  tree: string,
  program: string,
): Promise<{ readonly resource: Blocks; readonly data: Blocks }> {
  const { code, stdout, stderr } = await run(tree, program);
  expect({ code, output: stdout + stderr }).toEqual({ code: 0, output: "" });
  return JSON.parse(await readFile(join(base, tree, "cdktf.out", "stacks", "stack", "cdk.tf.json"), "utf8")) as never;
}

type Blocks = { readonly [type: string]: { readonly [name: string]: { readonly [attribute: string]: unknown } } };

describe.each([
  { tree: "workspaces", library: "cdktf", subpath: "", build: "lib", hooks: "null_resource" },
  { tree: "cdktn", library: "cdktn", subpath: "/cdktn", build: "cdktn", hooks: "terraform_data" },
])(
  "two copies of the package in one tree (npm workspaces), with $library",
  ({ tree, library, subpath, build, hooks }) => {
    /** A library with a copy of its own makes a machine; the program guards it. */
    const FLEET = `
    const { VmInstanceSpec, LimitImmediateCharge, l1 } = require("cdktf-zenlayer${subpath}");
    exports.web = (scope) => new VmInstanceSpec(scope, "web", { instance: "1", bandwidth: 200, maxImmediateCharge: 1000 });
    exports.plain = (scope) => new l1.BmcBandwidth(scope, "plain", { instanceId: "2", internetMaxBandwidthOut: 500 });
    exports.limit = (amount) => new LimitImmediateCharge(amount);
    exports.home = require.resolve("cdktf-zenlayer${subpath}");
  `;
    const program = (body: string): string => `
    const { App, Aspects, TerraformStack } = require("${library}");
    const { ForbidDowngrades, LimitImmediateCharge, SynthesisError, VmInstanceSpec, ZenlayerProvider, l1 } = require("cdktf-zenlayer${subpath}");
    const fleet = require("fleet");
    if (fleet.home === require.resolve("cdktf-zenlayer${subpath}")) throw new Error("there is one copy only");
    const app = new App();
    const stack = new TerraformStack(app, "stack");
    new ZenlayerProvider(stack, "zenlayer", { plugin: false });
    ${body}
    try { app.synth(); } catch (error) { console.log(error instanceof SynthesisError, error.message); process.exitCode = 1; }
  `;

    beforeAll(() => write(tree, "packages/fleet/index.js", FLEET));

    test.each(["stack", "app"])("guards on the %s hold for the machines of both, the plain ones too", async (scope) => {
      const { resource } = await synthesised(
        tree,
        program(`
        fleet.web(stack);
        fleet.plain(stack);
        new VmInstanceSpec(stack, "own", { instance: "3", bandwidth: 200 });
        Aspects.of(${scope}).add(new ForbidDowngrades());
        Aspects.of(${scope}).add(fleet.limit(50));
      `),
      );
      const guarded = { on_downgrade: "deny", max_immediate_charge: 50 };
      expect(resource["zenlayer_vm_instance_spec"]).toMatchObject({ web: guarded, own: guarded });
      expect(resource["zenlayer_bmc_bandwidth"]).toMatchObject({ plain: guarded });
    });

    test("one machine in both copies is refused, and either copy knows the error", async () => {
      const { code, stdout } = await run(
        tree,
        program(`
        new VmInstanceSpec(stack, "own", { instance: "1", bandwidth: 200 });
        fleet.web(stack);
      `),
      );
      expect([code, stdout]).toEqual([
        1,
        expect.stringMatching(/^true stack\/web: the specification of machine 1 is already managed by stack\/own/),
      ]);
    });

    test("hooks, waves and dependencies take specifications of the other copy", async () => {
      const { resource } = await synthesised(
        tree,
        program(`
        const { ChangeHook, ChangeWaves } = require("cdktf-zenlayer${subpath}");
        const web = fleet.web(stack);
        const own = new VmInstanceSpec(stack, "own", { instance: "3", bandwidth: 200, dependsOn: [] });
        new ChangeWaves(stack, "waves", { waves: [[web], [own]] });
        new ChangeHook(stack, "hook", { command: "true", after: [web, own] });
      `),
      );
      expect(resource["zenlayer_vm_instance_spec"]?.["own"]?.["depends_on"]).toEqual(["zenlayer_vm_instance_spec.web"]);
      expect(Object.keys(resource[hooks] ?? {})).toEqual(["hook"]);
    });

    describe("that cannot work together", () => {
      const own = (): string => join(base, tree, "packages", "fleet", "node_modules");

      test("a library with a copy of the library of its own is told both paths and the cure, by constructs and plain classes", async () => {
        await cp(join(base, tree, "node_modules", library), join(own(), library), { recursive: true });
        try {
          for (const make of ["web", "plain"]) {
            const { stdout, stderr, code } = await run(tree, program(`fleet.${make}(stack);`));
            expect(code).toBe(1);
            const told = stdout + stderr;
            expect(told).toContain(join(base, tree, "node_modules", library));
            expect(told).toContain(join(own(), library));
            expect(told).toMatch(/cannot be mixed: .*npm dedupe/);
          }
        } finally {
          await rm(join(own(), library), { recursive: true });
        }
      });

      test("a version that speaks another language is told likewise, by guards of either side", async () => {
        const file = join(own(), "cdktf-zenlayer", "dist", build, "rendering", "copies.js");
        const text = await readFile(file, "utf8");
        await writeFile(file, text.replace(/PROTOCOL = 1\b/, "PROTOCOL = 2"));
        try {
          for (const body of [
            "fleet.web(stack); Aspects.of(stack).add(new LimitImmediateCharge(50));",
            'new l1.VmInstanceSpec(stack, "own", { instanceId: "3" }); Aspects.of(app).add(fleet.limit(50));',
          ]) {
            const { stdout, code } = await run(tree, program(body));
            expect(code).toBe(1);
            expect(stdout).toMatch(/^true stack.*: .* comes from another copy of cdktf-zenlayer/);
            expect(stdout).toContain(join(base, tree, "node_modules", "cdktf-zenlayer"));
            expect(stdout).toContain(join(own(), "cdktf-zenlayer"));
          }
        } finally {
          await writeFile(file, text);
        }
      });
    });
  },
);

/** A program that uses most of the package. */
const everything = (library: string, subpath: string): string => `
  const { App, Aspects, TerraformStack } = require("${library}");
  const zenlayer = require("cdktf-zenlayer${subpath}");
  const app = new App();
  const stack = new TerraformStack(app, "stack");
  new zenlayer.ZenlayerProvider(stack, "zenlayer");
  const web = new zenlayer.VmInstanceSpec(stack, "web", { instance: "1", bandwidth: 200 });
  const edge = new zenlayer.BmcTrafficPackage(stack, "edge", { instance: "2", trafficPackageSize: 10 });
  new zenlayer.MachineFleet(stack, "fleet", { machines: { a: { instance: "3" }, b: { instance: "4" } }, defaults: { bandwidth: 5 }, waves: { size: "50%" } });
  new zenlayer.ChangeWaves(stack, "waves", { waves: [[web], [edge]], check: { command: "true" } });
  Aspects.of(app).add(new zenlayer.LimitImmediateCharge(50));
  app.synth();
`;

describe("cdktn alone", () => {
  test("is installed without a warning, and without cdktf", async () => {
    expect(said["cdktn"]).not.toMatch(/warn|peer/i);
    const { stdout } = await execute("npm", ["ls", "--all", "--parseable"], { cwd: join(base, "cdktn") });
    expect(stdout).not.toMatch(/node_modules\/(cdktf|@cdktf\/.*)$/m);
  });

  test("is all that cdktf-zenlayer/cdktn loads, and hooks need no further provider", async () => {
    const loaded = `
      const foreign = Object.keys(require.cache).filter((file) => /node_modules[/\\\\](cdktf|@cdktf)[/\\\\]/.test(file));
      if (foreign.length > 0) throw new Error(foreign.join());
    `;
    const tf = await synthesised("cdktn", everything("cdktn", "/cdktn") + loaded);
    expect(Object.keys(tf.resource).sort()).toEqual([
      "terraform_data",
      "zenlayer_bmc_traffic_package",
      "zenlayer_vm_instance_spec",
    ]);
    expect(tf.resource["zenlayer_vm_instance_spec"]?.["web"]).toMatchObject({ max_immediate_charge: 50 });
    expect(Object.keys(tf.data)).toHaveLength(2);
  });

  test("refuses a null_resource with the reason", async () => {
    const { stderr } = await run(
      "cdktn",
      `${everything("cdktn", "/cdktn")} web.onChange("hook", { command: "true", engine: zenlayer.HookEngine.NULL_RESOURCE });`,
    );
    expect(stderr).toMatch(/stack\/web\/hook: .* cdktf-zenlayer\/cdktn has no null_resource/);
  });

  test("has types", async () => {
    await write(
      "cdktn",
      "types/main.ts",
      `import { TerraformStack, App } from "cdktn";
       import { VmInstanceSpec, type VmInstanceSpecProps } from "cdktf-zenlayer/cdktn";
       import * as l1 from "cdktf-zenlayer/cdktn/bindings";
       import { ZenlayerTestbed } from "cdktf-zenlayer/cdktn/testing";
       export const spec = (props: VmInstanceSpecProps) => new VmInstanceSpec(new TerraformStack(new App(), "s"), "web", props);
       export const synth = (bed: ZenlayerTestbed) => bed.synthesize((stack) => void new l1.DataZenlayerBalance(stack, "b"));`,
    );
    await expectTypes("cdktn", { module: "node16", moduleResolution: "node16", skipLibCheck: false });
    await expectTypes("cdktn", { module: "commonjs", moduleResolution: "node10" });
  });
});

test("cdktn under the name of cdktf is installed without a warning, and works", async () => {
  expect(said["alias"]).not.toMatch(/warn|peer/i);
  const { code } = await execute("npm", ["ls", "--all"], { cwd: join(base, "alias") });
  expect(code).toBe(0);
  const { resource } = await synthesised("alias", everything("cdktf", ""));
  expect(Object.keys(resource)).toContain("null_resource");
});

describe("types", () => {
  test("every optional property takes undefined, and every list is readonly", async () => {
    await write(
      "workspaces",
      "types/main.ts",
      `import { App, TerraformStack } from "cdktf";
       import { BmcBandwidth, ChangeHook, ChangeWaves, l1, LimitImmediateCharge, MachineFleet, VmInstance, VmInstanceSpec, ZenlayerProvider } from "cdktf-zenlayer";
       const stack = new TerraformStack(new App(), "stack");
       const nothing = undefined;
       const names: readonly string[] = ["/bin/sh", "-c"];
       new ZenlayerProvider(stack, "z", { plugin: nothing, alias: nothing, endpoint: nothing });
       const machine = new VmInstance(stack, "m", { instanceName: "a", instanceId: nothing, provider: nothing });
       const web = new VmInstanceSpec(stack, "web", {
         instance: machine, timeouts: { create: nothing }, provider: nothing, dependsOn: [machine.dataSource] as const, lifecycle: nothing,
         forEach: nothing, count: nothing, quote: { always: nothing }, import: nothing, onDestroy: nothing,
       });
       const hook = new ChangeHook(stack, "h", {
         command: "true", after: [web] as const, interpreter: names, environment: nothing, workingDir: nothing, engine: nothing, provider: nothing,
       });
       new ChangeWaves(stack, "w", { waves: [[web]] as const, check: nothing });
       new BmcBandwidth(stack, "b", { instance: "1", bandwidth: 5, dependsOn: [hook] as readonly [typeof hook] });
       const fleet = new MachineFleet(stack, "f", {
         machines: { a: { instance: "3", bandwidth: nothing, renamedFrom: nothing } }, defaults: { instanceType: "c.4c8g", quote: nothing },
         specification: nothing, waves: { size: [1, "10%"] as const, check: nothing },
       });
       fleet.specification("a").addDependency(hook);
       new MachineFleet(stack, "e", { specification: "BmcBandwidth", machines: { a: { instance: "4", bandwidth: 5 } }, waves: nothing, defaults: nothing });
       new LimitImmediateCharge(5, { except: nothing });
       new l1.VmInstanceSpec(stack, "p", { instanceId: "2", provider: nothing, dependsOn: nothing, count: nothing, lifecycle: nothing });
       new l1.DataZenlayerVmInstances(stack, "d", { zoneId: nothing, forEach: nothing });`,
    );
    await expectTypes("workspaces", { module: "node16", moduleResolution: "node16", exactOptionalPropertyTypes: true });
  });

  test("declarations of a project need no type of another package, where packages cannot see those of others (pnpm)", async () => {
    const store = join(base, "pnpm", "node_modules", ".pnpm");
    const packages = ["cdktf-zenlayer", "cdktf", "constructs"];
    for (const name of packages) {
      const home = join(store, `${name}@1`, "node_modules");
      await mkdir(home, { recursive: true });
      await cp(join(base, "workspaces", "node_modules", name), join(home, name), { recursive: true });
    }
    for (const name of packages) {
      for (const other of packages.filter((each) => each !== name)) {
        await symlink(
          join(store, `${other}@1`, "node_modules", other),
          join(store, `${name}@1`, "node_modules", other),
        );
      }
      await symlink(join(store, `${name}@1`, "node_modules", name), join(base, "pnpm", "node_modules", name));
    }
    await mkdir(join(base, "pnpm", "node_modules", "@types"));
    await symlink(join(ROOT, "node_modules", "@types", "node"), join(base, "pnpm", "node_modules", "@types", "node"));
    await write(
      "pnpm",
      "types/main.ts",
      `import type { TerraformStack } from "cdktf";
       import { BmcInstance, VmInstanceSpec, ZenlayerProvider } from "cdktf-zenlayer";
       export class Web {
         readonly spec; readonly hook; readonly resource; readonly quote; readonly pending; readonly provider; readonly edge; readonly price;
         constructor(stack: TerraformStack) {
           this.spec = new VmInstanceSpec(stack, "web", { instance: "1", bandwidth: 5 });
           this.hook = this.spec.onChange("hook", { command: "true" });
           this.resource = this.hook.resource;
           this.quote = this.spec.quote;
           this.pending = this.spec.pending.get(0);
           this.provider = new ZenlayerProvider(stack, "zenlayer");
           this.edge = BmcInstance.fromName(stack, "edge", "edge-1").dataSource;
           this.price = this.spec.addPriceOutput();
         }
       }`,
    );
    await expectTypes("pnpm", { module: "commonjs", moduleResolution: "node10", declaration: true });
  });
});

/** Compiles `types/main.ts` of a tree strictly. */
async function expectTypes(tree: string, options: object): Promise<void> {
  const compilerOptions = {
    target: "ES2022",
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [join(ROOT, "node_modules", "@types")],
    outDir: "compiled",
    ...options,
  };
  await write(tree, "types/tsconfig.json", JSON.stringify({ compilerOptions, files: ["main.ts"] }));
  const { stdout, code } = await execute(
    process.execPath,
    [join(ROOT, "node_modules", "typescript", "bin", "tsc"), "-p", "."],
    { cwd: join(base, tree, "types") },
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
}

describe("the test of docs/testing.md, pasted into a project", () => {
  const example = async (): Promise<string> => {
    const page = await readFile(join(ROOT, "docs", "testing.md"), "utf8");
    return /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  };
  const withImport = async (runner: string): Promise<string> =>
    `import { afterEach, beforeEach, test } from "${runner}";\n${await example()}`;
  const bin = (...parts: string[]): string => join(base, "workspaces", "node_modules", ...parts);

  test("runs under jest with ts-jest", async () => {
    await write("workspaces", "jest/stack.test.ts", await example());
    await write("workspaces", "jest/jest.config.js", 'module.exports = { preset: "ts-jest", testTimeout: 60000 };');
    const { code, stderr } = await execute(process.execPath, [bin("jest", "bin", "jest.js")], {
      cwd: join(base, "workspaces", "jest"),
    });
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining("1 passed, 1 total") });
  });

  test("runs under vitest", async () => {
    await write("workspaces", "vitest/stack.test.ts", await withImport("vitest"));
    await write(
      "workspaces",
      "vitest/vitest.config.mjs",
      "export default { test: { testTimeout: 60000, hookTimeout: 60000 } };",
    );
    const { code, stdout, stderr } = await execute(process.execPath, [bin("vitest", "vitest.mjs"), "run"], {
      cwd: join(base, "workspaces", "vitest"),
    });
    expect({ code, output: stdout + stderr }).toMatchObject({ code: 0, output: expect.stringMatching(/1 passed/) });
  });

  test("runs under Node's own runner", async () => {
    await write("workspaces", "node/stack.test.ts", await withImport("node:test"));
    const options = { target: "ES2022", module: "commonjs", moduleResolution: "node10", strict: true, types: ["node"] };
    await write("workspaces", "node/tsconfig.json", JSON.stringify({ compilerOptions: options }));
    const cwd = join(base, "workspaces", "node");
    await mustExecute(process.execPath, [bin("typescript", "bin", "tsc"), "-p", "."], { cwd });
    const { code, stdout } = await execute(process.execPath, ["--test", "stack.test.js"], { cwd });
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/pass 1/) });
  });
});
