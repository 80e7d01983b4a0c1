// The first table of the design, row by row, with the real Terraform: what counts is what a machine is committed to.
import { expectNoChanges, expectNothingDestroyed } from "../../lib/testing";
import { importBlock, resource, World } from "../support/world";

const ID = "900000000000000001";
const ADDRESS = "zenlayer_vm_instance_spec.web";

describe("a PREPAID machine at 400 Mbps", () => {
  let world: World;

  beforeEach(async () => {
    world = await World.start({
      simulator: {
        fleet: [
          {
            product: "vm",
            instanceId: ID,
            instanceName: "web-1",
            instanceType: "c.4c8g",
            instanceChargeType: "PREPAID",
            internetChargeType: "ByBandwidth",
            bandwidth: 400,
            expiredTime: "2026-02-01T00:00:00Z",
            autoRenew: true,
          },
        ],
      },
    });
  });

  afterEach(async () => {
    world.neverBoughtOrReleased();
    await world.stop();
  });

  async function desire(bandwidth: number): Promise<void> {
    await world.configure(
      importBlock(ADDRESS, ID) +
        resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: bandwidth }),
    );
  }

  /** Adopts the machine as it is, and forgets the calls so far. */
  async function adoptAt(bandwidth: number): Promise<void> {
    await desire(bandwidth);
    await world.mustApply();
    world.simulator.clearRequests();
  }

  function writes(): string[] {
    return world.simulator
      .writes()
      .map((entry) =>
        [entry.action, (entry.body as Record<string, unknown>)["internetMaxBandwidthOut"]].filter(Boolean).join(" "),
      );
  }

  test("adopting it as it is imports and changes nothing", async () => {
    await desire(400);
    const plan = await world.terraform.plan();
    expect(plan.exitCode).toBe(2);
    expect(
      plan.changes.map((change) => [change.address, change.change.actions, change.change.importing !== undefined]),
    ).toEqual([[ADDRESS, ["no-op"], true]]);
    expect(plan.warnings).toEqual([]);
    expect((await world.terraform.applyPlan(plan)).exitCode).toBe(0);
    expectNoChanges(await world.terraform.plan());
    expect(world.simulator.writes()).toEqual([]);
    expect(world.simulator.orders).toEqual([]);
  });

  test("an upgrade is one call, charged now, and then there is nothing to do", async () => {
    await adoptAt(400);
    await desire(600);
    const plan = await world.terraform.plan();
    expect(plan.exitCode).toBe(2);
    const { change } = plan.changeFor(ADDRESS);
    expect(change.actions).toEqual(["update"]);
    expect(change.after?.["changes"]).toEqual([
      {
        step: 1,
        action: "ModifyInstanceBandwidth",
        axis: "internet_max_bandwidth_out",
        from: "400",
        to: "600",
        direction: "upgrade",
        takes_effect: "immediately",
        effective_at: null,
        charge: "charged_now",
      },
    ]);
    const unknown = Object.entries(change.after_unknown ?? {}).filter(([, value]) => value === true);
    expect(unknown.map(([name]) => name).sort()).toEqual([
      "change_count",
      "effective_internet_max_bandwidth_out",
      "instance_status",
      "order_numbers",
      "pending",
    ]);
    expect(plan.warnings).toHaveLength(1);
    expect(plan.warnings[0]?.summary).toMatch(
      /^web-1 \(900000000000000001\): charges about [\d.]+ now, at most [\d.]+$/,
    );
    expect((await world.terraform.applyPlan(plan)).exitCode).toBe(0);
    expect(writes()).toEqual(["ModifyInstanceBandwidth 600"]);
    expect(world.simulator.orders.map((order) => [order.kind, order.state, order.to])).toEqual([
      ["increase", "applied", 600],
    ]);
    expect(await world.terraform.attributes(ADDRESS)).toMatchObject({
      internet_max_bandwidth_out: 600,
      effective_internet_max_bandwidth_out: 600,
      pending: [],
      order_numbers: [world.simulator.orders[0]?.number],
      change_count: 1,
    });
    expectNoChanges(await world.terraform.plan());
  });

  test("a downgrade is scheduled, the next plan is empty, and the cycle changes nothing in the plan", async () => {
    await adoptAt(400);
    await desire(100);
    const plan = await world.mustApply();
    expectNothingDestroyed(plan);
    expect(plan.changeFor(ADDRESS).change.after?.["changes"]).toMatchObject([
      {
        direction: "downgrade",
        takes_effect: "next_billing_cycle",
        effective_at: "2026-02-01T00:00:00Z",
        charge: "none",
      },
    ]);
    expect(plan.warnings).toEqual([]);
    expect(writes()).toEqual(["ModifyInstanceBandwidth 100"]);
    const empty = await world.terraform.plan();
    expectNoChanges(empty);
    expect(empty.changeFor(ADDRESS).change.after).toMatchObject({
      internet_max_bandwidth_out: 100,
      effective_internet_max_bandwidth_out: 400,
      pending: [
        {
          axis: "internet_max_bandwidth_out",
          from: "400",
          to: "100",
          phase: "scheduled",
          effective_at: "2026-02-01T00:00:00Z",
        },
      ],
    });
    world.simulator.rollCycle(ID);
    const after = await world.terraform.plan();
    expectNoChanges(after);
    expect(after.changeFor(ADDRESS).change.after).toMatchObject({
      effective_internet_max_bandwidth_out: 100,
      pending: [],
    });
    expect(writes()).toHaveLength(1);
  });

  test("a downgrade scheduled in the console is cancelled, and nothing is charged", async () => {
    await adoptAt(400);
    world.simulator.changeOutOfBand(ID, { scheduled: { bandwidth: 100 } });
    const plan = await world.mustApply();
    expect(plan.changeFor(ADDRESS).change).toMatchObject({
      actions: ["update"],
      before: { internet_max_bandwidth_out: 100 },
    });
    expect(plan.changeFor(ADDRESS).change.after).toMatchObject({ change_count: 0, order_numbers: [] });
    expect(writes()).toEqual(["CancelInstanceBandwidthDowngrade"]);
    expect(world.simulator.orders.every((order) => order.amount === 0)).toBe(true);
    expectNoChanges(await world.terraform.plan());
  });

  test("going back up to the value in force only cancels", async () => {
    await adoptAt(400);
    await desire(100);
    await world.mustApply();
    world.simulator.clearRequests();
    await desire(400);
    await world.mustApply();
    expect(writes()).toEqual(["CancelInstanceBandwidthDowngrade"]);
    expect(world.simulator.orders.map((order) => order.state)).toEqual(["cancelled"]);
    expectNoChanges(await world.terraform.plan());
  });

  test("going above the value in force cancels, then upgrades", async () => {
    await adoptAt(400);
    await desire(100);
    await world.mustApply();
    world.simulator.clearRequests();
    await desire(500);
    const plan = await world.mustApply();
    expect(plan.changeFor(ADDRESS).change.after).toMatchObject({ change_count: 2 });
    expect(writes()).toEqual(["CancelInstanceBandwidthDowngrade", "ModifyInstanceBandwidth 500"]);
    expectNoChanges(await world.terraform.plan());
    expect(world.simulator.machine(ID).bandwidth).toBe(500);
  });

  test("going to another lower value cancels, then schedules that", async () => {
    await adoptAt(400);
    await desire(100);
    await world.mustApply();
    world.simulator.clearRequests();
    await desire(200);
    await world.mustApply();
    expect(writes()).toEqual(["CancelInstanceBandwidthDowngrade", "ModifyInstanceBandwidth 200"]);
    expectNoChanges(await world.terraform.plan());
    expect(world.simulator.machine(ID).bandwidth).toBe(400);
  });

  test("a change that is being executed after our apply was killed is not ordered again", async () => {
    await adoptAt(400);
    world.simulator.knobs.bandwidthLatency = Infinity;
    world.simulator.changeOutOfBand(ID, { processing: { bandwidth: 600 } });
    await desire(600);
    const plan = await world.terraform.plan();
    expectNoChanges(plan);
    expect(plan.changeFor(ADDRESS).change.after).toMatchObject({
      pending: [{ phase: "processing", from: "400", to: "600" }],
    });
    expect(writes()).toEqual([]);
  });

  test("a machine changed out of band is brought back", async () => {
    await adoptAt(400);
    world.simulator.changeOutOfBand(ID, { bandwidth: 300 });
    const plan = await world.mustApply();
    expect(plan.changeFor(ADDRESS).change).toMatchObject({
      before: { internet_max_bandwidth_out: 300 },
      after: {
        internet_max_bandwidth_out: 400,
        plan_summary: "upgrade internet_max_bandwidth_out 300 → 400 Mbps now (charged now)",
      },
    });
    expect(writes()).toEqual(["ModifyInstanceBandwidth 400"]);
    expectNoChanges(await world.terraform.plan());
  });
});
