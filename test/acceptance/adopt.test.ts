// What adopt writes, planned and applied with the real Terraform: it imports everything, changes nothing, and then there is nothing to do.
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adoptCommand } from "../../lib/cli/adopt";
import { hclString } from "../../lib/cli/adopt/escape";
import type { FleetSpec } from "../../lib/simulator";
import { expectNoChanges, expectNothingDestroyed, TerraformWorkspace, type Plan } from "../../lib/testing";
import { ensureBuilt, ROOT } from "../support/examples";
import { mustExecute } from "../support/execute";
import { World } from "../support/world";

type MachineSpec = FleetSpec["machines"][number];

const id = (number: number): string => `9000000000000000${String(number).padStart(2, "0")}`;

/** Every billing model, everything that cannot be set, and names that try to break out. */
const MACHINES: readonly MachineSpec[] = [
  { instanceName: "web", bandwidth: 400 },
  { instanceName: "web", bandwidth: 300, autoRenew: false },
  { instanceName: "web-2", instanceStatus: "STOPPED" },
  { instanceName: "数据库", internetChargeType: "ByTrafficPackage", bandwidth: 200, trafficPackageSize: 2.5 },
  { instanceName: "noisy package", internetChargeType: "ByTrafficPackage", trafficPackageSize: 0.1 + 0.2 },
  { instanceName: "scheduled", bandwidth: 400, scheduled: { bandwidth: 100, instanceType: "c.1c2g" } },
  { instanceName: "processing", bandwidth: 400, processing: { bandwidth: 600 } },
  { instanceName: "unlimited", bandwidth: 0 },
  { instanceName: "pay as you go", instanceChargeType: "POSTPAID" },
  { instanceName: "postpaid-package", instanceChargeType: "POSTPAID", internetChargeType: "ByTrafficPackage" },
  { instanceName: "without-package", internetChargeType: "ByTrafficPackage", trafficPackageSize: null },
  { instanceName: "cluster", internetChargeType: "BandwidthCluster" },
  { instanceName: "in-the-bin", instanceStatus: "RECYCLE" },
  { instanceName: "failed", instanceStatus: "CREATE_FAILED" },
  { instanceName: "not-yet", instanceStatus: "DEPLOYING" },
  { instanceName: "rebooting", instanceStatus: "REBOOT" },
  { instanceName: "backend" },
  { instanceName: "zenlayer" },
  { instanceName: "constructor" },
  { instanceName: "__proto__" },
  { instanceName: "Default" },
  { instanceName: "9 lives" },
  { instanceName: "" },
  { instanceName: '"} ${path.root} %{ if true }\n*/ \\" \u202e // process.exit(1)\u2028process.exit(1)' },
].map((spec) => ({ product: "vm" as const, internetChargeType: "ByBandwidth", ...spec }));

const BARE_METAL: readonly MachineSpec[] = [
  { instanceName: "edge", internetChargeType: "ByTrafficPackage", bandwidth: 50, trafficPackageSize: 10 },
  { instanceName: "edge", internetChargeType: "ByBandwidth", bandwidth: 200 },
  { instanceName: "edge-bandwidth", internetChargeType: "ByInstanceBandwidth95", bandwidth: 1000 },
  { instanceName: "edge-postpaid", instanceChargeType: "POSTPAID", internetChargeType: "ByBandwidth", bandwidth: 100 },
  { instanceName: "edge-nothing", internetChargeType: "ByBandwidth", bandwidth: 0 },
  { instanceName: "edge-step", internetChargeType: "ByTrafficPackage", bandwidth: 50, trafficPackageSize: 7.03 },
  {
    instanceName: "edge-scheduled",
    internetChargeType: "ByTrafficPackage",
    bandwidth: 0,
    trafficPackageSize: 10,
    scheduled: { trafficPackageSize: 5.05 },
  },
].map((spec) => ({ product: "bmc" as const, ...spec }));

const FLEET = [...MACHINES, ...BARE_METAL].map((spec, index) => ({ ...spec, instanceId: id(index + 1) }));
/** All but three that are gone or not there yet and one of which nothing can be set; two bare-metal machines take two resources less one unlimited. */
const RESOURCES = MACHINES.length - 3 + 6 + 1;

let world: World;
let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "adopt-test-"));
  world = await World.start({
    simulator: { fleet: FLEET, knobs: { typeLatency: Infinity, bandwidthLatency: Infinity } },
  });
});
afterEach(async () => {
  expect(world.simulator.writes()).toEqual([]);
  world.neverBoughtOrReleased();
  await world.stop();
  await rm(base, { recursive: true, force: true });
});

/** Runs the command against the simulated account. Returns what it wrote. */
async function adopt(name: string, ...args: string[]): Promise<string> {
  const file = join(base, name);
  const codes: number[] = [];
  await adoptCommand({
    stdout: { write: () => true },
    stderr: { write: () => true },
    env: world.simulator.env(),
    home: base,
    exit: (code) => codes.push(code),
  }).parseAsync(["--out", file, ...args], { from: "user" });
  expect(codes).toEqual([0]);
  return readFile(file, "utf8");
}

async function expectImportOnly(plan: Plan, count: number): Promise<void> {
  expect(plan.errors).toEqual([]);
  expect(plan.exitCode).toBe(2);
  expect(await world.terraform.describePlan(plan)).toContain(
    `Plan: ${count} to import, 0 to add, 0 to change, 0 to destroy.`,
  );
  expectNothingDestroyed(plan);
}

async function expectAdopted(count: number): Promise<void> {
  const plan = await world.terraform.plan();
  await expectImportOnly(plan, count);
  expect((await world.terraform.applyPlan(plan)).exitCode).toBe(0);
  expectNoChanges(await world.terraform.plan());
}

test("HCL for a hostile account imports everything and changes nothing", async () => {
  const text = await adopt("adopted.tf");
  await world.terraform.write("main.tf", text);
  await expectAdopted(RESOURCES);
  expect(await adopt("again.tf")).toBe(text);
  const { stdout } = await world.terraform.run(["fmt", "-check", "-diff", "-no-color"]);
  expect(stdout).toBe("");
});

test("constructs for a hostile account compile strictly, import everything and change nothing", async () => {
  const text = await adopt("main.ts");
  expect(await adopt("again.ts")).toBe(text);
  const stack = await synthesise();
  await world.terraform.useStack(stack);
  await expectAdopted(RESOURCES);
  const synthesised = await readFile(join(stack, "cdk.tf.json"), "utf8");
  await adopt("main.js", "--force");
  await mustExecute(process.execPath, ["main.js"], { cwd: base });
  expect(await readFile(join(stack, "cdk.tf.json"), "utf8")).toBe(synthesised);
});

test("Terraform's JSON for a hostile account imports everything, and what its state manages is left out the next time", async () => {
  await world.terraform.write("main.tf.json", await adopt("adopted.tf.json"));
  await expectAdopted(RESOURCES);
  const told: string[] = [];
  await adoptCommand({
    stdout: { write: () => true },
    stderr: { write: (text) => told.push(text) },
    env: world.simulator.env(),
    home: base,
    exit: (code) => told.push(String(code)),
  }).parseAsync(["--state", world.terraform.directory], { from: "user" });
  expect(told.at(-1)).toBe("2");
  expect(told.join("")).toContain("it is managed already by");
});

test("endpoint and profile of the command line hold for the plans too", async () => {
  const endpoint = world.simulator.endpoint;
  const text = await adopt("adopted.tf", "--endpoint", endpoint, "--product", "bmc");
  expect(text).toContain(`provider "zenlayer" {\n  endpoint = "${endpoint}"\n}`);
  await world.terraform.write("main.tf", text);
  await expectImportOnly(await world.terraform.plan(), 7);
  expect(await adopt("main.ts", "--endpoint", endpoint, "--product", "bmc")).toContain(
    `new ZenlayerProvider(stack, "zenlayer", { endpoint: "${endpoint}" });`,
  );
});

test("Terraform reads every escaped text as it was", async () => {
  const texts = [
    "${a} %{b} $${c} %%{d} $ % { } $$ $$$${e}",
    '" \\ \\" \n \r \t \0 \u007f # // /* */ EOT \'',
    "\u202e\u2028\ufeff\u00a0\u{e0001} 😀 数据库 é",
    "~} ${~ x ~} %{~ if true ~}",
  ];
  const terraform = await TerraformWorkspace.create({
    files: {
      "main.tf": texts.map((text, index) => `output "t${index}" {\n  value = ${hclString(text)}\n}`).join("\n"),
    },
  });
  try {
    expect((await terraform.apply()).exitCode).toBe(0);
    const { stdout } = await terraform.run(["output", "-json"]);
    const outputs = JSON.parse(stdout) as Record<string, { readonly value: string }>;
    expect(Object.values(outputs).map(({ value }) => value)).toEqual(texts);
  } finally {
    await terraform.dispose();
  }
});

describe("the ways of docs/guides/adopting-machines.md for one machine", () => {
  const ADDRESS = "zenlayer_vm_instance_spec.web";
  let withImport: string;
  let without: string;

  beforeEach(async () => {
    const guide = await readFile(join(ROOT, "docs", "guides", "adopting-machines.md"), "utf8");
    [withImport = "", without = ""] = [...guide.matchAll(/```hcl\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  });

  test("an import block", async () => {
    await world.configure(withImport);
    await expectAdopted(1);
    await world.configure(without);
    expectNoChanges(await world.terraform.plan());
  });

  test("terraform import", async () => {
    await world.configure(without);
    expect((await world.terraform.import(ADDRESS, id(1))).exitCode).toBe(0);
    expectNoChanges(await world.terraform.plan());
  });

  test("without import: added to the state, and no call is made", async () => {
    await world.configure(without);
    const plan = await world.terraform.plan();
    expect(plan.changeFor(ADDRESS).change).toMatchObject({
      actions: ["create"],
      after: { changes: [], plan_summary: "", change_count: 0 },
    });
    expect((await world.terraform.applyPlan(plan)).exitCode).toBe(0);
    expectNoChanges(await world.terraform.plan());
  });
});

/** Compiles and runs `main.ts` in a project of a user: strict, and with the packages as they are published. */
async function synthesise(): Promise<string> {
  await ensureBuilt();
  const modules = join(base, "node_modules");
  await mkdir(modules);
  for (const name of ["cdktf", "constructs"]) await symlink(join(ROOT, "node_modules", name), join(modules, name));
  await symlink(ROOT, join(modules, "cdktf-zenlayer"));
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const strict = ["--strict", "--exactOptionalPropertyTypes", "--noUnusedLocals", "--skipLibCheck"];
  const target = ["--target", "ES2022", "--module", "node16", "main.ts"];
  await mustExecute(process.execPath, [compiler, ...strict, ...target], { cwd: base });
  await mustExecute(process.execPath, ["main.js"], { cwd: base });
  return join(base, "cdktf.out", "stacks", "adopted");
}
