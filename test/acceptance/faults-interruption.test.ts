// Ctrl-C, SIGTERM and SIGKILL in the middle of an apply: what was ordered stands, nothing is ordered again, and nothing is left tainted.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectNoChanges, type CommandResult, type Plan } from "../../lib/testing";
import type { MachineSpec } from "../../lib/simulator";
import { TERRAFORM } from "../support/execute";
import { installPlugin, pluginsOf } from "../support/plugin-executable";
import { importBlock, resource, World, type WorldOptions } from "../support/world";

const ID = "900000000000000001";
const METAL = "900000000000000002";
const ADDRESS = "zenlayer_vm_instance_spec.web";
const FLEET: readonly MachineSpec[] = [
  { product: "vm", instanceId: ID, instanceName: "web-1", internetChargeType: "ByBandwidth", bandwidth: 400 },
  {
    product: "bmc",
    instanceId: METAL,
    instanceName: "edge-1",
    internetChargeType: "ByTrafficPackage",
    bandwidth: 100,
    trafficPackageSize: 10,
  },
];

let world: World;

async function start(workspace: WorldOptions["workspace"] = {}): Promise<void> {
  world = await World.start({ simulator: { fleet: FLEET }, workspace });
}

afterEach(async () => {
  world.neverBoughtOrReleased();
  await world.stop();
});

const upgrade = (): string =>
  resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: 600 });

/** Adopted at 400 Mbps; a plan to 600 that will be executed until the test lets it end. */
async function planEndlessUpgrade(): Promise<Plan> {
  await world.configure(
    importBlock(ADDRESS, ID) +
      resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: 400 }),
  );
  await world.mustApply();
  world.simulator.clearRequests();
  world.simulator.knobs.bandwidthLatency = Infinity;
  await world.configure(upgrade());
  return world.terraform.plan();
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

const ordered = (): boolean => world.simulator.orders.length > 0;

/** The next plan and apply pick up what happened: nothing to do while it is executed, nothing after, and one order in all. */
async function expectPickedUp(): Promise<void> {
  expectNoChanges(await world.terraform.plan());
  world.simulator.settle();
  expectNoChanges(await world.terraform.plan());
  const applied = await world.terraform.apply();
  expect([applied.exitCode, applied.errors]).toEqual([0, []]);
  expect(await world.terraform.attributes(ADDRESS)).toMatchObject({
    internet_max_bandwidth_out: 600,
    effective_internet_max_bandwidth_out: 600,
    pending: [],
  });
  expect(world.simulator.orders.map((order) => order.state)).toEqual(["applied"]);
  expect(world.simulator.writes()).toHaveLength(1);
}

function expectInterrupted(result: CommandResult): void {
  expect(result.exitCode).toBe(1);
  const told = result.errors.find((error) => error.summary.includes("interrupted while"));
  expect(told?.detail).toContain(`Order ${world.simulator.orders[0]?.number} stands.`);
}

describe("Ctrl-C", () => {
  beforeEach(() => start());

  test("while a change is executed ends the wait, keeps the order in the state, and orders nothing again", async () => {
    const plan = await planEndlessUpgrade();
    const applied = world.terraform.applyPlan(plan);
    await until(ordered);
    world.terraform.interrupt();
    expectInterrupted(await applied);
    expect(await world.terraform.attributes(ADDRESS)).toMatchObject({
      order_numbers: [world.simulator.orders[0]?.number],
      change_count: 1,
    });
    await expectPickedUp();
  });

  test("twice makes Terraform leave at once; the order is found by the next plan", async () => {
    const plan = await planEndlessUpgrade();
    const applied = world.terraform.applyPlan(plan);
    await until(ordered);
    world.terraform.interrupt();
    world.terraform.interrupt();
    expect((await applied).exitCode).not.toBe(0);
    // It may have been torn away from writing its state: then the machine is adopted anew, and nothing is ordered either.
    await world.mustApply();
    await expectPickedUp();
  });

  test("while the answer to the order is on its way waits for it: the number is worth it", async () => {
    const plan = await planEndlessUpgrade();
    world.simulator.fault({ kind: "slow", milliseconds: 300, action: "ModifyInstanceBandwidth" });
    const applied = world.terraform.applyPlan(plan);
    await until(ordered);
    world.terraform.interrupt();
    expectInterrupted(await applied);
    await expectPickedUp();
  });

  test("before anything was sent sends nothing", async () => {
    const plan = await planEndlessUpgrade();
    world.simulator.changeOutOfBand(ID, { instanceStatus: "REBOOT" });
    world.simulator.clearRequests();
    const applied = world.terraform.applyPlan(plan);
    await until(() => world.simulator.requests.length > 12);
    world.terraform.interrupt();
    const result = await applied;
    expect(result.exitCode).toBe(1);
    expect(result.errors.map((error) => error.detail).join()).toContain("Nothing was ordered.");
    expect(world.simulator.writes()).toEqual([]);
    world.simulator.changeOutOfBand(ID, { instanceStatus: "RUNNING" });
    world.simulator.knobs.bandwidthLatency = 10;
    await world.mustApply();
    expect(world.simulator.orders).toHaveLength(1);
  });

  test("during a first adoption leaves no object in the state, not even a tainted one", async () => {
    world.simulator.knobs.bandwidthLatency = Infinity;
    await world.configure(upgrade());
    const applied = world.terraform.apply();
    await until(ordered);
    world.terraform.interrupt();
    const result = await applied;
    expectInterrupted(result);
    expect(result.errors.map((error) => error.detail).join()).toContain("import {");
    expect(await world.terraform.attributes(ADDRESS)).toBeNull();
    const plan = await world.terraform.plan();
    expect(plan.changeFor(ADDRESS).change).toMatchObject({ actions: ["create"], after: { changes: [] } });
    world.simulator.settle();
    expect((await world.terraform.apply()).exitCode).toBe(0);
    expect(world.simulator.orders).toHaveLength(1);
  });

  test("while one resource waits for the turn of another on the same machine ends both, and the second sends nothing", async () => {
    const both = (size: number, bandwidth: number): string =>
      resource("zenlayer_bmc_traffic_package", "edge", { instance_id: METAL, traffic_package_size: size }) +
      resource("zenlayer_bmc_bandwidth", "edge", { instance_id: METAL, internet_max_bandwidth_out: bandwidth });
    await world.configure(
      importBlock("zenlayer_bmc_traffic_package.edge", METAL) +
        importBlock("zenlayer_bmc_bandwidth.edge", METAL) +
        both(10, 100),
    );
    await world.mustApply();
    world.simulator.knobs.bandwidthLatency = Infinity;
    world.simulator.knobs.packageLatency = Infinity;
    world.simulator.clearRequests();
    await world.configure(both(20, 200));
    const applied = world.terraform.apply();
    await until(() => world.simulator.writes().length > 0);
    await until(() => world.simulator.requests.length > 40);
    world.terraform.interrupt();
    const result = await applied;
    expect(result.exitCode).toBe(1);
    expect(world.simulator.writes()).toHaveLength(1);
    expect(result.errors.map((error) => error.summary).join("\n")).toMatch(
      /waiting for another change of this machine/,
    );
    expect(result.errors.map((error) => error.detail).join("\n")).toMatch(/Nothing was ordered\./);
  });
});

describe("SIGKILL of Terraform", () => {
  beforeEach(() => start());

  test("while a change is executed loses nothing: the next plan finds it", async () => {
    const plan = await planEndlessUpgrade();
    const applied = world.terraform.applyPlan(plan);
    await until(ordered);
    world.terraform.kill();
    expect((await applied).signal).toBe("SIGKILL");
    await expectPickedUp();
  });
});

describe("the plugin as a process of its own", () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "plugin-executable-"));
    await installPlugin(directory);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  beforeEach(async () => {
    world = await World.startWithPlugin(join(directory, "plugin.tfrc"), { simulator: { fleet: FLEET } });
  });

  test("SIGKILL of the plugin while a change is executed: the apply fails, the next plan finds the change", async () => {
    const plan = await planEndlessUpgrade();
    const applied = world.terraform.applyPlan(plan);
    await until(ordered);
    for (const pid of await pluginsOf(directory)) process.kill(pid, "SIGKILL");
    expect((await applied).exitCode).toBe(1);
    await expectPickedUp();
  });

  test("SIGKILL of Terraform and its plugin at once", async () => {
    const plan = await planEndlessUpgrade();
    const applied = world.terraform.applyPlan(plan);
    await until(ordered);
    world.terraform.kill("group");
    expect((await applied).signal).toBe("SIGKILL");
    await expectPickedUp();
    expect(await pluginsOf(directory)).toEqual([]);
  });

  test("SIGTERM, as a CI job that is cancelled sends it, is like Ctrl-C", async () => {
    const plan = await planEndlessUpgrade();
    const { terraform } = world;
    const child = spawn(TERRAFORM, ["apply", "-json", plan.file ?? ""], {
      cwd: terraform.directory,
      env: terraform.env,
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    await until(ordered);
    child.kill("SIGTERM");
    expect(await ended).toBe(1);
    expect(output).toContain(`Order ${world.simulator.orders[0]?.number} stands.`);
    await expectPickedUp();
  });
});
