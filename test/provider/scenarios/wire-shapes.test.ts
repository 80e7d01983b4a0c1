// The rows of the case tables once more, with everything that Zenlayer's answers may look like: nothing of it changes what is planned, sent or stored. Across files, as the rows.
import type { Knobs } from "../../../lib/simulator";
import { isChange, ROWS } from "../../support/case-rows";
import { DrivenTable, expectQuiet } from "../../support/driven-table";
import type { Wanted } from "../../support/wanted";

/** The first row of each id that is a call. */
const rows = ROWS.filter(isChange).filter((row, index, all) => all.findIndex((other) => other.id === row.id) === index);
const TABLE: Record<string, Wanted> = Object.fromEntries(
  rows.map((row) => [
    row.name,
    { machine: { ...row.machine, instanceId: row.instanceId }, desired: { [row.axis]: row.to }, type: row.type },
  ]),
);

test.each<[string, Partial<Knobs>]>([
  [
    "numbers as text, prices as objects, absent fields, old status words",
    { numbersAsStrings: true, bandwidthPriceAsObject: true, nulls: "absent", processingWord: "Process" },
  ],
  [
    "empty texts for nothing, modified values that repeat the present one, unknown status words",
    { nulls: "empty", settledTarget: "current", settledWord: "Disable", settledTypeWord: "Whatever" },
  ],
  ["reads that lag behind", { readLag: 3, describeInstancesLag: 8 }],
  ["changes that take no time at all", { typeLatency: 0, bandwidthLatency: 0, packageLatency: 0 }],
])("%s", async (_name, knobs) => {
  const world = await DrivenTable.start(TABLE, { simulator: { knobs } });
  try {
    world.simulator.setPrice("g.2c8g", 56);
    const plan = await world.mustApply();
    for (const row of rows) {
      expect(world.stepsOf(plan, row.name)).toMatchObject([
        { action: row.action, direction: row.outcome.direction, charge: row.outcome.charge },
      ]);
      expect(world.writesOf(row.name)).toEqual([`${row.action} ${row.to}`]);
    }
    expect(world.simulator.orders).toHaveLength(rows.length);
    expectQuiet(await world.plan());
  } finally {
    await world.stop();
  }
});

test.each(["absent", "empty"] as const)("order numbers that are %s: done, without numbers", async (orderNumber) => {
  const world = await DrivenTable.start(
    { web: { machine: { product: "vm", bandwidth: 100 }, desired: { internet_max_bandwidth_out: 200 } } },
    { simulator: { knobs: { orderNumber } } },
  );
  try {
    await world.mustApply();
    expect(world.attributes("web")).toMatchObject({ order_numbers: [], change_count: 1 });
    expectQuiet(await world.plan());
  } finally {
    await world.stop();
  }
});

test("a package of a virtual machine that is no multiple of 0.05 TB: a warning at plan, Zenlayer's refusal at apply", async () => {
  const machine = { product: "vm", internetChargeType: "ByTrafficPackage", trafficPackageSize: 5 } as const;
  const world = await DrivenTable.start({ web: { machine, desired: { traffic_package_size: 5.07 } } });
  try {
    world.simulator.knobs.vmPackageStep = true;
    const plan = await world.plan();
    expect(world.said(plan, "web").map((each) => each.summary)).toContainEqual(
      `web (${world.id("web")}): traffic_package_size 5.07 is not a multiple of 0.05 TB`,
    );
    const applied = await world.applyPlan(plan);
    expect(world.errorsOf(applied, "web")[0]?.summary).toContain("is not a multiple of 0.05 TB.");
    world.simulator.knobs.vmPackageStep = false;
    await world.mustApply();
    expect(world.simulator.machine(world.id("web")).trafficPackageSize).toBe(5.07);
    expectQuiet(await world.plan());
  } finally {
    await world.stop();
  }
});
