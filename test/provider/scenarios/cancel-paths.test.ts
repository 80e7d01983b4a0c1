// Scheduled downgrades of all five axes, and everything that may become of them. Across files: what a plan shows of a cancel, its apply sends, and the state tells.
import type { MachineSpec } from "../../../lib/simulator";
import { DrivenTable, expectQuiet, type DrivenPlan, type DrivenResult, type Told } from "../../support/driven-table";
import type { Wanted } from "../../support/wanted";

interface Axis {
  readonly type?: string;
  readonly attribute: string;
  readonly modify: string;
  readonly cancel: string;
  readonly machine: MachineSpec;
  /** The simulator's name of the property. */
  readonly property: "instanceType" | "bandwidth" | "trafficPackageSize";
  readonly effective: string | number;
  readonly scheduled: string | number;
  readonly lower: string | number;
  readonly higher: string | number;
}

const AXES: { readonly [name: string]: Axis } = {
  vm_type: {
    attribute: "instance_type",
    modify: "ModifyInstanceType",
    cancel: "CancelInstanceDowngrade",
    machine: { product: "vm", bandwidth: 100 },
    property: "instanceType",
    ...{ effective: "c.4c8g", scheduled: "c.2c4g", lower: "c.1c2g", higher: "c.8c16g" },
  },
  vm_bandwidth: {
    attribute: "internet_max_bandwidth_out",
    modify: "ModifyInstanceBandwidth",
    cancel: "CancelInstanceBandwidthDowngrade",
    machine: { product: "vm" },
    property: "bandwidth",
    ...{ effective: 400, scheduled: 100, lower: 200, higher: 500 },
  },
  vm_package: {
    attribute: "traffic_package_size",
    modify: "ModifyInstanceTrafficPackage",
    cancel: "CancelInstanceTrafficPackageDowngrade",
    machine: { product: "vm", internetChargeType: "ByTrafficPackage" },
    property: "trafficPackageSize",
    ...{ effective: 5, scheduled: 3, lower: 4.5, higher: 6 },
  },
  bmc_package: {
    type: "zenlayer_bmc_traffic_package",
    attribute: "traffic_package_size",
    modify: "ModifyInstanceTrafficPackage",
    cancel: "CancelInstanceTrafficPackageDowngrade",
    machine: { product: "bmc", internetChargeType: "ByTrafficPackage" },
    property: "trafficPackageSize",
    ...{ effective: 10, scheduled: 6, lower: 7.05, higher: 12 },
  },
  bmc_bandwidth: {
    type: "zenlayer_bmc_bandwidth",
    attribute: "internet_max_bandwidth_out",
    modify: "ModifyInstanceBandwidth",
    cancel: "CancelInstanceBandwidthDowngrade",
    machine: { product: "bmc", internetChargeType: "ByBandwidth" },
    property: "bandwidth",
    ...{ effective: 300, scheduled: 100, lower: 200, higher: 400 },
  },
};

/** What is wanted of a machine with a downgrade that somebody scheduled. */
const CASES = {
  as_scheduled: "scheduled",
  back: "effective",
  lower: "lower",
  higher: "higher",
  rolled_over: "effective",
  cancelled_meanwhile: "effective",
  cancelled_meanwhile_higher: "higher",
  cancel_finds_nothing: "effective",
  cancel_finds_nothing_higher: "higher",
  modify_refused: "higher",
  cancel_not_seen_at_once: "higher",
} as const;
type Case = keyof typeof CASES;

const nameOf = (axis: string, which: string): string => `${axis}_${which}`;

function table(): Record<string, Wanted> {
  return Object.fromEntries(
    Object.entries(AXES).flatMap(([axisName, axis]) =>
      Object.entries(CASES).map(([which, value]): [string, Wanted] => [
        nameOf(axisName, which),
        {
          machine: {
            ...axis.machine,
            [axis.property]: axis.effective,
            scheduled: { [axis.property]: axis.scheduled },
            expiredTime: which === "rolled_over" ? "2026-01-20T00:00:00Z" : "2026-02-15T00:00:00Z",
          },
          desired: { [axis.attribute]: axis[value] },
          ...(axis.type === undefined ? {} : { type: axis.type }),
        },
      ]),
    ),
  );
}

describe.each(Object.entries(AXES))("%s with a scheduled downgrade", (axisName, axis) => {
  const only = Object.fromEntries(Object.entries(table()).filter(([name]) => name.startsWith(`${axisName}_`)));
  const named = (which: Case): string => nameOf(axisName, which);
  let world: DrivenTable;
  let plan: DrivenPlan;
  let applied: DrivenResult;
  beforeAll(async () => {
    world = await DrivenTable.start(only);
    plan = await world.plan();
    expect(plan.errors).toEqual([]);
    const { simulator } = world;
    simulator.rollCycle(world.id(named("rolled_over")));
    for (const which of ["cancelled_meanwhile", "cancelled_meanwhile_higher"] as const)
      simulator.changeOutOfBand(world.id(named(which)), { scheduled: null });
    for (const which of ["cancel_finds_nothing", "cancel_finds_nothing_higher"] as const)
      // Somebody was faster by a moment: the plan is gone when our call arrives.
      simulator.fault({
        kind: "error",
        action: axis.cancel,
        instanceId: world.id(named(which)),
        executed: true,
        status: 403,
        code: "OPERATION_DENIED_DOWNGRADE_NOT_EXIST",
      });
    simulator.fault({
      kind: "error",
      action: axis.modify,
      instanceId: world.id(named("modify_refused")),
      status: 403,
      code: "SOME_NEW_CODE",
      body: "not today",
    });
    simulator.knobs.cancelReadLag = 2;
    applied = await world.applyPlan(plan);
  });
  afterAll(() => world.stop());

  const modified = (value: string | number): string => `${axis.modify} ${value}`;

  test.each<[Case, readonly string[]]>([
    ["as_scheduled", []],
    ["back", [axis.cancel]],
    ["lower", [axis.cancel, modified(axis.lower)]],
    ["higher", [axis.cancel, modified(axis.higher)]],
    ["cancelled_meanwhile", []],
    ["cancel_finds_nothing", [axis.cancel]],
    ["cancel_finds_nothing_higher", [axis.cancel, modified(axis.higher)]],
    ["cancel_not_seen_at_once", [axis.cancel, modified(axis.higher)]],
  ])("%s: done by exactly the calls that it takes", async (which, calls) => {
    expect(world.writesOf(named(which))).toEqual(calls);
    expect(world.errorsOf(applied, named(which))).toEqual([]);
    const wanted = axis[CASES[which]];
    const now = which === "as_scheduled" || which === "lower" ? axis.effective : wanted;
    expect(world.attributes(named(which))).toMatchObject({
      [axis.attribute]: wanted,
      [`effective_${axis.attribute}`]: now,
    });
  });

  test("the plan shows the cancel as what it is: from the scheduled value to the one in force, at no charge", () => {
    const cancel = {
      step: 1,
      action: axis.cancel,
      axis: axis.attribute,
      from: String(axis.scheduled),
      to: String(axis.effective),
      direction: "cancel",
      takes_effect: "immediately",
      effective_at: null,
      charge: "none",
    };
    expect(plan.changeFor(world.address(named("back")))).toMatchObject({
      before: { [axis.attribute]: axis.scheduled },
      after: { [axis.attribute]: axis.effective, change_count: 0, order_numbers: [] },
    });
    expect(world.stepsOf(plan, named("back"))).toEqual([cancel]);
    expect(world.stepsOf(plan, named("lower"))).toMatchObject([
      cancel,
      { step: 2, from: String(axis.effective), to: String(axis.lower), direction: "downgrade", charge: "none" },
    ]);
    expect(world.stepsOf(plan, named("higher"))).toMatchObject([
      cancel,
      { step: 2, from: String(axis.effective), to: String(axis.higher), direction: "upgrade", charge: "charged_now" },
    ]);
    expect(plan.changeFor(world.address(named("as_scheduled"))).action).toBe("no-op");
  });

  test("rolled over between plan and apply: stale, nothing is called", () => {
    const [error] = world.errorsOf(applied, named("rolled_over"));
    expect(error?.summary).toMatch(/plan is stale/);
    expect(error?.detail).toContain("Nothing was called and nothing was ordered");
    expect(world.writesOf(named("rolled_over"))).toEqual([]);
  });

  test("cancelled by another hand between plan and apply: done, with a warning", () => {
    expect(warned("cancelled_meanwhile")).toContainEqual(
      expect.stringContaining(`${axis.attribute} was at its target already`),
    );
    expect(warned("cancel_finds_nothing")).toContainEqual(expect.stringContaining("was gone already"));
  });

  test("cancelled by another hand, and more was planned: stale, nothing is called", () => {
    expect(world.errorsOf(applied, named("cancelled_meanwhile_higher"))[0]?.summary).toMatch(/plan is stale/);
    expect(world.writesOf(named("cancelled_meanwhile_higher"))).toEqual([]);
  });

  test("cancelled, and the change that follows is refused: the state tells it as it is, and the next plan goes on", async () => {
    const name = named("modify_refused");
    const [error] = world.errorsOf(applied, name);
    expect(error?.detail).toContain("not today");
    expect(error?.detail).toContain("SOME_NEW_CODE");
    expect(world.writesOf(name)).toEqual([axis.cancel, modified(axis.higher)]);
    expect(world.attributes(name)).toMatchObject({
      [axis.attribute]: axis.effective,
      pending: [],
      order_numbers: [],
      change_count: 0,
    });
    world.simulator.clearRequests();
    const next = await world.plan();
    expect(world.stepsOf(next, name)).toMatchObject([{ step: 1, action: axis.modify, to: String(axis.higher) }]);
    expect((await world.applyPlan(next)).errors).toEqual([]);
    expectQuiet(await world.plan());
    expect(world.writesOf(name)).toEqual([modified(axis.higher)]);
  });

  function warned(which: Case): readonly string[] {
    return world
      .said(applied, named(which))
      .filter((each: Told) => each.severity === "warning")
      .map((each) => each.summary);
  }
});

test.each([
  ["zenlayer_vm_instance_spec", { product: "vm" }],
  ["zenlayer_bmc_bandwidth", { product: "bmc", internetChargeType: "ByBandwidth" }],
] as const)("back to unlimited bandwidth (%s): cancelled, and nothing is modified", async (type, machine) => {
  const desired = { internet_max_bandwidth_out: 0 };
  const world = await DrivenTable.start({
    web: { type, machine: { ...machine, bandwidth: 0, scheduled: { bandwidth: 100 } }, desired },
  });
  try {
    const plan = await world.mustApply();
    expect(world.stepsOf(plan, "web")).toMatchObject([{ from: "100", to: "0", direction: "cancel", charge: "none" }]);
    expect(world.writesOf("web")).toEqual(["CancelInstanceBandwidthDowngrade"]);
    expect(world.attributes("web")).toMatchObject(desired);
    expectQuiet(await world.plan());
  } finally {
    await world.stop();
  }
});
