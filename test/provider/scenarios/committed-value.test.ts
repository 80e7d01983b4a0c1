// The first table of the design, row by row: what counts is what a machine is committed to. Across files, because each row is what is seen, planned, sent and stored.
import { DrivenTable, expectQuiet } from "../../support/driven-table";
import { SAMPLE_ID as ID, SAMPLE_VM } from "../../support/sample-vm";

describe("a PREPAID machine at 400 Mbps", () => {
  let world: DrivenTable;

  beforeEach(async () => {
    world = await DrivenTable.start({ web: { machine: SAMPLE_VM, desired: {} } });
  });

  afterEach(async () => {
    const forbidden = world.simulator.requests.filter(
      ({ action }) => /Terminate|CreateInstance|Release/.test(action) && !action.startsWith("InquiryPrice"),
    );
    expect(forbidden).toEqual([]);
    await world.stop();
  });

  const desire = (bandwidth: number): void => world.want("web", { internet_max_bandwidth_out: bandwidth });

  /** Adopts the machine as it is, and forgets the calls so far. */
  async function adoptAt(bandwidth: number): Promise<void> {
    desire(bandwidth);
    await world.mustApply();
    world.simulator.clearRequests();
  }

  const writes = (): readonly string[] => world.writesOf("web");

  test("adopting it as it is imports and changes nothing", async () => {
    desire(400);
    const plan = await world.plan();
    expect([...plan.entries.values()].map((each) => each.plan?.action)).toEqual(["no-op"]);
    expect(plan.changeFor(world.address("web")).before).toMatchObject({ id: ID, internet_max_bandwidth_out: 400 });
    expect(plan.warnings).toEqual([]);
    expect((await world.applyPlan(plan)).errors).toEqual([]);
    expectQuiet(await world.plan());
    expect(world.simulator.writes()).toEqual([]);
    expect(world.simulator.orders).toEqual([]);
  });

  test("an upgrade is one call, charged now, and then there is nothing to do", async () => {
    await adoptAt(400);
    desire(600);
    const plan = await world.plan();
    const change = plan.changeFor(world.address("web"));
    expect(change.action).toBe("update");
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
    expect([...change.unknown].sort()).toEqual([
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
    expect((await world.applyPlan(plan)).errors).toEqual([]);
    expect(writes()).toEqual(["ModifyInstanceBandwidth 600"]);
    expect(world.simulator.orders.map((order) => [order.kind, order.state, order.to])).toEqual([
      ["increase", "applied", 600],
    ]);
    expect(world.attributes("web")).toMatchObject({
      internet_max_bandwidth_out: 600,
      effective_internet_max_bandwidth_out: 600,
      pending: [],
      order_numbers: [world.simulator.orders[0]?.number],
      change_count: 1,
    });
    expectQuiet(await world.plan());
  });

  test("a downgrade is scheduled, the next plan is empty, and the cycle changes nothing in the plan", async () => {
    await adoptAt(400);
    desire(100);
    const plan = await world.mustApply();
    expect(plan.changeFor(world.address("web")).action).toBe("update");
    expect(world.stepsOf(plan, "web")).toMatchObject([
      {
        direction: "downgrade",
        takes_effect: "next_billing_cycle",
        effective_at: "2026-02-01T00:00:00Z",
        charge: "none",
      },
    ]);
    expect(plan.warnings).toEqual([]);
    expect(writes()).toEqual(["ModifyInstanceBandwidth 100"]);
    const empty = await world.plan();
    expectQuiet(empty);
    expect(empty.changeFor(world.address("web")).after).toMatchObject({
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
    const after = await world.plan();
    expectQuiet(after);
    expect(after.changeFor(world.address("web")).after).toMatchObject({
      effective_internet_max_bandwidth_out: 100,
      pending: [],
    });
    expect(writes()).toHaveLength(1);
  });

  test("a downgrade scheduled in the console is cancelled, and nothing is charged", async () => {
    await adoptAt(400);
    world.simulator.changeOutOfBand(ID, { scheduled: { bandwidth: 100 } });
    const plan = await world.mustApply();
    const change = plan.changeFor(world.address("web"));
    expect(change).toMatchObject({ action: "update", before: { internet_max_bandwidth_out: 100 } });
    expect(change.after).toMatchObject({ change_count: 0, order_numbers: [] });
    expect(writes()).toEqual(["CancelInstanceBandwidthDowngrade"]);
    expect(world.simulator.orders.every((order) => order.amount === 0)).toBe(true);
    expectQuiet(await world.plan());
  });

  test("going back up to the value in force only cancels", async () => {
    await adoptAt(400);
    desire(100);
    await world.mustApply();
    world.simulator.clearRequests();
    desire(400);
    await world.mustApply();
    expect(writes()).toEqual(["CancelInstanceBandwidthDowngrade"]);
    expect(world.simulator.orders.map((order) => order.state)).toEqual(["cancelled"]);
    expectQuiet(await world.plan());
  });

  test("going above the value in force cancels, then upgrades", async () => {
    await adoptAt(400);
    desire(100);
    await world.mustApply();
    world.simulator.clearRequests();
    desire(500);
    const plan = await world.mustApply();
    expect(plan.changeFor(world.address("web")).after).toMatchObject({ change_count: 2 });
    expect(writes()).toEqual(["CancelInstanceBandwidthDowngrade", "ModifyInstanceBandwidth 500"]);
    expectQuiet(await world.plan());
    expect(world.simulator.machine(ID).bandwidth).toBe(500);
  });

  test("going to another lower value cancels, then schedules that", async () => {
    await adoptAt(400);
    desire(100);
    await world.mustApply();
    world.simulator.clearRequests();
    desire(200);
    await world.mustApply();
    expect(writes()).toEqual(["CancelInstanceBandwidthDowngrade", "ModifyInstanceBandwidth 200"]);
    expectQuiet(await world.plan());
    expect(world.simulator.machine(ID).bandwidth).toBe(400);
  });

  test("a change that is being executed after our apply was killed is not ordered again", async () => {
    await adoptAt(400);
    world.simulator.knobs.bandwidthLatency = Infinity;
    world.simulator.changeOutOfBand(ID, { processing: { bandwidth: 600 } });
    desire(600);
    const plan = await world.plan();
    expectQuiet(plan);
    expect(plan.changeFor(world.address("web")).after).toMatchObject({
      pending: [{ phase: "processing", from: "400", to: "600" }],
    });
    expect(writes()).toEqual([]);
  });

  test("a machine changed out of band is brought back", async () => {
    await adoptAt(400);
    world.simulator.changeOutOfBand(ID, { bandwidth: 300 });
    const plan = await world.mustApply();
    expect(plan.changeFor(world.address("web"))).toMatchObject({
      before: { internet_max_bandwidth_out: 300 },
      after: {
        internet_max_bandwidth_out: 400,
        plan_summary: "upgrade internet_max_bandwidth_out 300 → 400 Mbps now (charged now)",
      },
    });
    expect(writes()).toEqual(["ModifyInstanceBandwidth 400"]);
    expectQuiet(await world.plan());
  });
});
