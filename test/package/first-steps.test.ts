// The first steps of a newcomer, from the packed package: the README's first stack, and what `init` writes, compiled by hand and planned by the real Terraform.
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleFleet, startSimulator, type Simulator } from "../../lib/simulator";
import manifest from "../../package.json";
import { execute, mustExecute } from "../support/execute";

const ROOT = join(__dirname, "..", "..");
const TSC = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const CLI = join("node_modules", "cdktf-zenlayer", "dist", "bin", "cdktf-zenlayer");

let base: string;
let simulator: Simulator;

/** What `npm install` does with the tarball, but with the dependencies of this repository in place of a download. */
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "first-steps-"));
  await mustExecute(process.execPath, ["scripts/run.mjs", "build"], { cwd: ROOT });
  await mustExecute("npm", ["pack", "--ignore-scripts", `--pack-destination=${base}`], { cwd: ROOT });
  simulator = await startSimulator({ fleet: sampleFleet() });
}, 120_000);
afterAll(async () => {
  await simulator.stop();
  await rm(base, { recursive: true, force: true });
});

async function project(name: string): Promise<string> {
  const directory = join(base, name);
  const modules = join(directory, "node_modules");
  await mkdir(join(modules, "cdktf-zenlayer"), { recursive: true });
  const tarball = join(base, `cdktf-zenlayer-${manifest.version}.tgz`);
  await mustExecute("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, "cdktf-zenlayer")], {
    cwd: base,
  });
  for (const each of [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)])
    await symlink(join(ROOT, "node_modules", each), join(modules, each));
  return directory;
}

/** Commands that must succeed and say nothing. */
async function quietly(cwd: string, ...commands: readonly (readonly string[])[]): Promise<void> {
  for (const args of commands) {
    const { code, stdout, stderr } = await execute(process.execPath, args, { cwd });
    expect({ args, code, output: stdout + stderr }).toEqual({ args, code: 0, output: "" });
  }
}

test("the first stack of the README runs as it stands after `npm init -y` and `npx tsc main.ts`", async () => {
  const directory = await project("readme");
  await mustExecute("npm", ["init", "-y"], { cwd: directory });
  const [, stack = ""] = /```ts\n([\s\S]*?)```/.exec(await readFile(join(ROOT, "README.md"), "utf8")) ?? [];
  await writeFile(join(directory, "main.ts"), stack);
  await quietly(directory, [TSC, "main.ts"], ["main.js"]);
  const synthesised = await readFile(join(directory, "cdktf.out/stacks/machines/cdk.tf.json"), "utf8");
  expect((JSON.parse(synthesised) as { resource: object }).resource).toMatchObject({
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
});

test.each([
  ["cdktn", [], "Plan: 2 to import, 0 to add, 0 to change, 0 to destroy."],
  ["cdktf", ["--account"], "+ virtual-machines    = ["],
])("what init writes for %s %j runs as it stands", async (library, options, planned) => {
  const directory = await project(`init-${library}`);
  await mustExecute(process.execPath, [CLI, "init", "--library", library, ...options], { cwd: directory });
  await quietly(directory, [TSC], ["main.js"]);
  const stack = { cwd: join(directory, "cdktf.out/stacks/machines"), env: simulator.env() };
  const terraform = process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";
  await mustExecute(terraform, ["init", "-input=false"], stack);
  const { stdout } = await mustExecute(terraform, ["plan", "-input=false", "-no-color"], stack);
  expect(stdout).toContain(planned);
});
