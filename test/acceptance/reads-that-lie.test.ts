// Reads that lie, with the real Terraform: a machine is forgotten only with proof, and an order is not taken for failed too early.
import { expectNoChanges } from "../../lib/testing";
import { importBlock, resource, World } from "../support/world";

const ID = "900000000000000001";
const OTHER = "900000000000000002";
const ADDRESS = "zenlayer_vm_instance_spec.web";

let world: World;

beforeEach(async () => {
  world = await World.start({
    simulator: {
      fleet: [ID, OTHER].map((instanceId) => ({
        product: "vm",
        instanceId,
        instanceName: `web-${instanceId.slice(-1)}`,
        instanceChargeType: "PREPAID",
        internetChargeType: "ByBandwidth",
        bandwidth: 400,
        expiredTime: "2026-02-01T00:00:00Z",
      })),
    },
  });
});

afterEach(async () => {
  world.neverBoughtOrReleased();
  await world.stop();
});

const configure = (bandwidth: number): Promise<void> =>
  world.configure(
    importBlock(ADDRESS, ID) +
      resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: bandwidth }),
  );

describe("a machine that DescribeInstances leaves out", () => {
  beforeEach(async () => {
    await configure(400);
    await world.mustApply();
  });

  test("once is asked for again: the plan is empty", async () => {
    world.simulator.fault({ kind: "left_out", instanceId: ID });
    expectNoChanges(await world.terraform.plan());
  });

  test("for good, with an open order, is an error of the read: nothing is forgotten, nothing ordered again", async () => {
    await configure(600);
    world.simulator.knobs.unpaidOrders = true;
    expect((await world.terraform.apply()).exitCode).toBe(1);
    const lie = world.simulator.fault({ kind: "left_out", instanceId: ID, times: Infinity });
    const refreshed = await world.terraform.apply({ args: ["-refresh-only"] });
    expect(refreshed.exitCode).toBe(1);
    expect(refreshed.errors[0]?.summary).toContain("contradict each other");
    lie.remove();
    expect(await world.terraform.attributes(ADDRESS)).not.toBeNull();
    const again = await world.terraform.apply();
    expect(again.errors[0]?.summary).toMatch(/^Order .* is open: nothing was sent$/);
    expect(world.simulator.orders).toHaveLength(1);
  });

  test("and whose status is denied has gone", async () => {
    world.simulator.removeMachine(ID);
    expect((await world.terraform.apply({ args: ["-refresh-only"] })).errors).toEqual([]);
    expect(await world.terraform.attributes(ADDRESS)).toBeNull();
  });
});

test("an order that was seen running and then hidden by old answers is waited for", async () => {
  await configure(400);
  await world.mustApply();
  await configure(600);
  const { simulator } = world;
  simulator.knobs.bandwidthLatency = 150;
  simulator.clearRequests();
  const seesProcessing = (async () => {
    while (simulator.orders.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await new Promise((resolve) => setTimeout(resolve, 40));
    simulator.fault({ kind: "stale", action: "DescribeInstanceInternetStatus", times: 3 });
  })();
  const applied = await world.terraform.apply();
  await seesProcessing;
  expect(applied.errors).toEqual([]);
  expect(simulator.orders.map((order) => order.state)).toEqual(["applied"]);
});

test("one id that Zenlayer cannot read fails alone", async () => {
  const both = { web: ID, db: OTHER };
  await world.configure(
    Object.entries(both)
      .map(
        ([name, id]) =>
          importBlock(`zenlayer_vm_instance_spec.${name}`, id) +
          resource("zenlayer_vm_instance_spec", name, { instance_id: id, internet_max_bandwidth_out: 400 }),
      )
      .join(""),
  );
  world.simulator.fault({
    kind: "error",
    status: 422,
    code: "INVALID_PARAMETER_VALUE",
    action: "DescribeInstances",
    instanceId: OTHER,
    times: Infinity,
  });
  const plan = await world.terraform.plan();
  expect(plan.errors).toHaveLength(1);
  expect(plan.errors[0]?.summary).toContain(OTHER);
});
