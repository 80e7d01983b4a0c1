// Many machines at once: how often Zenlayer is asked, what a rate limit does, and that one machine is written to by one at a time.
import { expectNoChanges } from "../../lib/testing";
import type { MachineSpec, RequestEntry } from "../../lib/simulator";
import { importBlock, resource, World, type WorldOptions } from "../support/world";

let world: World;

async function start(options: WorldOptions["simulator"]): Promise<void> {
  world = await World.start({ simulator: { account: { cash: 1_000_000 }, ...options } });
}

afterEach(async () => {
  world.neverBoughtOrReleased();
  await world.stop();
});

const idOf = (index: number): string => `9000000000000${String(index).padStart(5, "0")}`;

function virtualMachines(count: number): readonly MachineSpec[] {
  return Array.from({ length: count }, (_, index) => ({
    product: "vm",
    instanceId: idOf(index),
    internetChargeType: "ByBandwidth",
    bandwidth: 400,
  }));
}

function bareMetal(count: number): readonly MachineSpec[] {
  return Array.from({ length: count }, (_, index) => ({
    product: "bmc",
    instanceId: idOf(index),
    internetChargeType: "ByTrafficPackage",
    trafficPackageSize: 10,
  }));
}

const vmSpecs = (count: number, bandwidth: number): string =>
  Array.from({ length: count }, (_, index) => index)
    .map((index) =>
      resource("zenlayer_vm_instance_spec", `m${index}`, {
        instance_id: idOf(index),
        internet_max_bandwidth_out: bandwidth,
      }),
    )
    .join("");

const importsOf = (type: string, count: number, first = 0): string =>
  Array.from({ length: count }, (_, index) => importBlock(`${type}.m${first + index}`, idOf(first + index))).join("");

function count(requests: readonly RequestEntry[], action: string): number {
  return requests.filter((entry) => entry.action === action).length;
}

test.each([
  [
    "zenlayer_vm_instance_spec",
    { internet_max_bandwidth_out: 400 },
    ["DescribeInstanceInternetStatus", "DescribeInstanceTypeStatus"],
  ],
  ["zenlayer_bmc_traffic_package", { traffic_package_size: 10 }, ["DescribeInstanceInternetStatus"]],
])("a plan without changes of 60 machines (%s) asks no more than it must", async (type, desired, statusActions) => {
  const machines = 60;
  await start({ fleet: type.includes("_vm_") ? virtualMachines(machines) : bareMetal(machines) });
  const specs = Array.from({ length: machines }, (_, index) =>
    resource(type, `m${index}`, { instance_id: idOf(index), ...desired }),
  );
  await world.configure(importsOf(type, machines) + specs.join(""));
  await world.mustApply();
  world.simulator.clearRequests();
  expectNoChanges(await world.terraform.plan());
  // Ten by id at the most, and one listing: with or without luck.
  expect(count(world.simulator.requests, "DescribeInstances")).toBeLessThanOrEqual(machines / 50 + 12);
  // Once each, and once more only where Terraform takes longer than what was read ahead may wait.
  for (const action of statusActions) {
    expect(count(world.simulator.requests, action)).toBeGreaterThanOrEqual(machines);
    expect(count(world.simulator.requests, action)).toBeLessThanOrEqual(2 * machines);
  }
  const actions = new Set(world.simulator.requests.map(({ action }) => action));
  expect(actions).toEqual(new Set(["DescribeInstances", ...statusActions]));
});

test("many upgrades at once under a rate limit place as many orders, one each", async () => {
  const machines = 20;
  await start({ fleet: virtualMachines(machines) });
  await world.configure(importsOf("zenlayer_vm_instance_spec", machines) + vmSpecs(machines, 400));
  await world.mustApply();
  world.simulator.clearRequests();
  world.simulator.knobs.requestsPerSecond = 60;
  await world.configure(vmSpecs(machines, 600));
  const applied = await world.terraform.apply({ args: ["-parallelism=20"] });
  expect([applied.exitCode, applied.errors]).toEqual([0, []]);
  expect(world.simulator.requests.some((entry) => entry.status === 429)).toBe(true);
  expect(world.simulator.orders).toHaveLength(machines);
  expect(new Set(world.simulator.orders.map((order) => order.instanceId)).size).toBe(machines);
  world.simulator.knobs.requestsPerSecond = 0;
  expectNoChanges(await world.terraform.plan());
});

test("two kinds of resource of one machine take turns: no call meets the other's change", async () => {
  await start({
    fleet: [
      {
        product: "bmc",
        instanceId: idOf(1),
        internetChargeType: "ByTrafficPackage",
        bandwidth: 100,
        trafficPackageSize: 10,
      },
    ],
    knobs: { processingBlocksOtherAxes: true, packageLatency: 150, bandwidthLatency: 150 },
  });
  const both = (size: number, bandwidth: number): string =>
    resource("zenlayer_bmc_traffic_package", "m1", { instance_id: idOf(1), traffic_package_size: size }) +
    resource("zenlayer_bmc_bandwidth", "m1", { instance_id: idOf(1), internet_max_bandwidth_out: bandwidth });
  await world.configure(
    importsOf("zenlayer_bmc_traffic_package", 1, 1) + importsOf("zenlayer_bmc_bandwidth", 1, 1) + both(10, 100),
  );
  await world.mustApply();
  world.simulator.clearRequests();
  await world.configure(both(20, 200));
  await world.mustApply();
  expect(world.simulator.writes().map((entry) => entry.code)).toEqual([null, null]);
  expect(world.simulator.orders.map((order) => order.state)).toEqual(["applied", "applied"]);
  expectNoChanges(await world.terraform.plan());
});

test("aliases of one account work side by side", async () => {
  await start({ fleet: virtualMachines(4) });
  const specs = [0, 1, 2, 3].map((index) =>
    resource(
      "zenlayer_vm_instance_spec",
      `m${index}`,
      { instance_id: idOf(index), internet_max_bandwidth_out: 600 },
      `  provider = zenlayer${index % 2 === 0 ? "" : ".other"}\n`,
    ),
  );
  await world.configure(`provider "zenlayer" {}\nprovider "zenlayer" {\n  alias = "other"\n}\n${specs.join("")}`);
  await world.mustApply();
  expect(world.simulator.orders).toHaveLength(4);
  expectNoChanges(await world.terraform.plan());
});

test("a plan never waits on a machine that is busy", async () => {
  await start({ fleet: virtualMachines(1), knobs: { bandwidthLatency: Infinity } });
  await world.configure(importsOf("zenlayer_vm_instance_spec", 1) + vmSpecs(1, 400));
  await world.mustApply();
  world.simulator.changeOutOfBand(idOf(0), { instanceStatus: "REBOOT", processing: { bandwidth: 500 } });
  world.simulator.clearRequests();
  await world.configure(vmSpecs(1, 600));
  const plan = await world.terraform.plan();
  expect(plan.exitCode).toBe(2);
  expect(plan.changeFor("zenlayer_vm_instance_spec.m0").change.after).toMatchObject({
    changes: [{ from: "500", to: "600" }],
  });
  expect(count(world.simulator.requests, "DescribeInstanceInternetStatus")).toBeLessThanOrEqual(2);
});
