// Every row of the case tables (zenlayer-api 5.2): one machine per row, all of a kind in one plan. Across files, because a row is a plan, its warnings, its calls and the state.
import { ROWS, addressOf, isChange, ROW_IDS, type ChangeRow, type Row } from "../../support/case-rows";
import { DrivenTable, expectQuiet, type DrivenPlan, type Told } from "../../support/driven-table";
import type { Wanted } from "../../support/wanted";

const refused = ROWS.filter((row) => row.outcome === "refused");
const equal = ROWS.filter((row) => row.outcome === "equal");
const changing = ROWS.filter(isChange);

async function worldOf(rows: readonly Row[]): Promise<DrivenTable> {
  const table = rows.map((row): [string, Wanted] => [
    row.name,
    { machine: { ...row.machine, instanceId: row.instanceId }, desired: { [row.axis]: row.to }, type: row.type },
  ]);
  const world = await DrivenTable.start(Object.fromEntries(table));
  world.simulator.setPrice("g.2c8g", 56);
  return world;
}

const named = <R extends Row>(rows: readonly R[]): readonly (readonly [string, R])[] =>
  rows.map((row) => [`${row.id}: ${row.what}`, row] as const);

describe("rows that the API can never do are refused at plan", () => {
  let world: DrivenTable;
  let errors: readonly Told[];
  beforeAll(async () => {
    world = await worldOf(refused);
    const plan = await world.plan();
    ({ errors } = plan);
  });
  afterAll(() => world.stop());

  /** A BMC machine without a package is not what a resource for packages may adopt. */
  const isImportable = (row: Row): boolean => row.type !== "zenlayer_bmc_traffic_package" || row.from !== null;

  test.each(named(refused.filter((row) => !isImportable(row))))("%s", (_name, row) => {
    const mine = errors.filter(({ summary }) => summary.includes(row.instanceId));
    expect(mine).toMatchObject([
      {
        summary: expect.stringContaining(`has no ${row.axis}, so it cannot be imported as ${row.type}`),
        detail: expect.stringContaining("Import it as zenlayer_bmc_bandwidth."),
      },
    ]);
    expect(world.simulator.writes().filter((entry) => entry.instanceId === row.instanceId)).toEqual([]);
  });

  test.each(named(refused.filter(isImportable)))("%s", (_name, row) => {
    const mine = errors.filter((error) => error.address === addressOf(row));
    expect(mine).toHaveLength(1);
    expect(mine[0]?.summary).toContain(row.axis);
    expect(mine[0]?.attribute).toBe(row.axis);
    expect(mine[0]?.detail).toContain(`Remove ${row.axis}`);
    expect(world.simulator.writes().filter((entry) => entry.instanceId === row.instanceId)).toEqual([]);
  });

  test("nothing else is refused", () => {
    expect(errors).toHaveLength(refused.length);
  });
});

describe("an equal value is no change and no call", () => {
  let world: DrivenTable;
  let plan: DrivenPlan;
  beforeAll(async () => {
    world = await worldOf(equal);
    plan = await world.mustApply();
  });
  afterAll(() => world.stop());

  test.each(named(equal))("%s", (_name, row) => {
    const change = plan.changeFor(addressOf(row));
    expect(change.action).toBe("no-op");
    expect(change.after).toMatchObject({ changes: [], plan_summary: "", change_count: 0, order_numbers: [] });
  });

  test("nothing was written, ordered or priced", async () => {
    expect(world.simulator.writes()).toEqual([]);
    expect(world.simulator.orders).toEqual([]);
    expect(world.simulator.requests.filter((entry) => entry.action.startsWith("InquiryPrice"))).toEqual([]);
    expectQuiet(await world.plan());
  });
});

describe("every other row is exactly one call with the effect and the charge of its row", () => {
  let world: DrivenTable;
  let plan: DrivenPlan;
  let cash: number;
  beforeAll(async () => {
    world = await worldOf(changing);
    ({ cash } = world.simulator.account);
    plan = await world.mustApply();
  });
  afterAll(async () => {
    await world.stop();
  });

  test.each(named(changing))("%s", (_name, row) => {
    const change = plan.changeFor(addressOf(row));
    expect(change.after?.["changes"]).toEqual([
      {
        step: 1,
        action: row.action,
        axis: row.axis,
        from: String(row.from),
        to: String(row.to),
        direction: row.outcome.direction,
        takes_effect: row.outcome.takesEffect,
        effective_at: row.outcome.takesEffect === "next_billing_cycle" ? expiredTimeOf(row) : null,
        charge: row.outcome.charge,
      },
    ]);
    expect(change.unknown).toContain("change_count");
    const writes = world.simulator.writes().filter((entry) => entry.instanceId === row.instanceId);
    expect(writes.map(({ action, body }) => [action, body])).toEqual([
      [row.action, { instanceId: row.instanceId, [row.field]: row.to }],
    ]);
    const orders = world.simulator.orders.filter((order) => order.instanceId === row.instanceId);
    expect(orders.map(({ kind, to, number }) => [kind, to, number])).toEqual([
      [row.outcome.order, row.to, writes[0]?.orderNumber],
    ]);
    const amount = orders[0]?.amount ?? NaN;
    if (row.outcome.charge === "charged_now") expect(amount).toBeGreaterThan(0);
    else expect(amount).toBe(0);
    expect(amount).toBeLessThanOrEqual(announced(plan, row));
    const scheduled = row.outcome.order === "scheduled_decrease";
    expect(world.attributes(row.name)).toMatchObject({
      [row.axis]: row.to,
      [`effective_${row.axis}`]: scheduled ? row.from : row.to,
      order_numbers: [orders[0]?.number],
      change_count: 1,
      pending: scheduled ? [{ axis: row.axis, from: String(row.from), to: String(row.to), phase: "scheduled" }] : [],
    });
  });

  test("exactly what may charge is warned of, and exactly what was ordered is charged", () => {
    const warned = plan.warnings.filter((warning) => /charges? .*now/.test(warning.summary));
    expect(warned.map((warning) => warning.address).sort()).toEqual(
      changing
        .filter((row) => ["charged_now", "unknown"].includes(row.outcome.charge))
        .map(addressOf)
        .sort(),
    );
    const total = world.simulator.orders.reduce((sum, order) => sum + order.amount, 0);
    expect(world.simulator.account.cash).toBeCloseTo(cash - total, 2);
  });

  test("the next plan is empty, and so it is after the billing cycle", async () => {
    world.simulator.clearRequests();
    expectQuiet(await world.plan());
    world.simulator.rollCycle();
    expectQuiet(await world.plan());
    expect(world.simulator.writes()).toEqual([]);
  });

  test("from unlimited to a number is warned of, for it cannot be undone", () => {
    const warned = plan.warnings.filter((warning) => warning.summary.includes("cannot be undone"));
    expect(warned.map((warning) => warning.address).sort()).toEqual(
      changing
        .filter((row) => ["VB10", "BB7"].includes(row.id))
        .map(addressOf)
        .sort(),
    );
  });

  function expiredTimeOf(row: ChangeRow): unknown {
    return plan.changeFor(addressOf(row)).before?.["expired_time"];
  }
});

/** What the plan said is charged at most; 0 without a warning. */
function announced(plan: DrivenPlan, row: Row): number {
  const warning = plan.warnings.find((each) => each.address === addressOf(row) && /charges? .*now/.test(each.summary));
  // Without a warning, or with one that says that the prices do not rise, nothing may be charged.
  if (warning === undefined || warning.summary.endsWith("the prices asked do not rise")) return 0;
  return Number(/ now, at most ([\d.]+)$/.exec(warning.summary)?.[1] ?? NaN);
}

test("every row id of the tables is covered", () => {
  expect([...new Set(ROWS.map((row) => row.id))].sort()).toEqual([...ROW_IDS].sort());
});
