// What happens between a plan and its call: another hand, a rate limit, a price that is slow, and answers of gateways.
import type { OutOfBandChange } from "../../../lib/simulator";
import { DrivenTable, expectQuiet, type DrivenResult } from "../../support/driven-table";
import { impatientClock } from "../../support/impatient-clock";
import { FAST } from "../../support/world";

const MACHINE = {
  product: "vm",
  instanceChargeType: "PREPAID",
  internetChargeType: "ByBandwidth",
  bandwidth: 400,
  expiredTime: "2026-02-01T00:00:00Z",
} as const;
const MODIFY = { action: "ModifyInstanceBandwidth" };

let world: DrivenTable;

/** Planned from 400 Mbps, or what `desired` says. */
async function start(desired: Readonly<Record<string, unknown>> = {}): Promise<void> {
  world = await DrivenTable.start(
    { web: { machine: MACHINE, desired: { internet_max_bandwidth_out: 600, ...desired } } },
    { provider: { timing: FAST, clock: impatientClock() } },
  );
}
afterEach(() => world.stop());

/** Applies a plan; something happens as soon as an action was called. */
async function applyWhile(action: string, happens: () => unknown): Promise<DrivenResult> {
  const plan = await world.plan();
  expect(plan.errors).toEqual([]);
  world.simulator.clearRequests();
  const applied = world.applyPlan(plan);
  await Promise.race([called(action).then(happens), applied]);
  return applied;
}

async function called(action: string): Promise<void> {
  while (!world.simulator.requests.some((entry) => entry.action.startsWith(action)))
    await new Promise((resolve) => setTimeout(resolve, 2));
}

const summaries = (result: DrivenResult): readonly string[] => result.errors.map((each) => each.summary);

function expectNothingSent(result: DrivenResult, summary: string | RegExp): void {
  expect(summaries(result)).toEqual([expect.stringMatching(summary)]);
  expect(world.writesOf("web")).toEqual([]);
  expect(world.simulator.orders).toEqual([]);
}

describe("a plan that is stale by the time it is applied calls nothing and says what changed", () => {
  test.each<[string, OutOfBandChange, RegExp]>([
    ["the machine was changed", { bandwidth: 500 }, /planned with from 400 Mbps, now from 500 Mbps/],
    [
      "a downgrade was scheduled",
      { scheduled: { bandwidth: 100 } },
      /now CancelInstanceBandwidthDowngrade, then ModifyInstanceBandwidth/,
    ],
  ])("%s", async (_name, change, told) => {
    await start();
    const plan = await world.plan();
    world.simulator.changeOutOfBand(world.id("web"), change);
    const applied = await world.applyPlan(plan);
    expectNothingSent(applied, /^The plan is stale: web/);
    expect(applied.errors[0]?.detail).toMatch(told);
    expect(applied.errors[0]?.detail).toContain("Nothing was called and nothing was ordered. Run terraform plan again");
  });

  test("the cycle rolled over", async () => {
    await start();
    const { simulator } = world;
    simulator.changeOutOfBand(world.id("web"), { scheduled: { bandwidth: 100 } });
    const plan = await world.plan();
    expect(plan.changeFor(world.address("web")).unknown).toContain("change_count");
    simulator.rollCycle(world.id("web"));
    const applied = await world.applyPlan(plan);
    expectNothingSent(applied, /^The plan is stale: web/);
    expect(applied.errors[0]?.detail).toMatch(/now ModifyInstanceBandwidth \(100 Mbps → 600 Mbps\)/);
  });
});

test("what is at its target already is done, with a warning", async () => {
  await start();
  const plan = await world.plan();
  world.simulator.changeOutOfBand(world.id("web"), { bandwidth: 600 });
  const applied = await world.applyPlan(plan);
  expect(applied.errors).toEqual([]);
  expect(applied.warnings.map(({ summary }) => summary)).toContain(
    `web (${world.id("web")}): internet_max_bandwidth_out was at its target already`,
  );
  expect(world.writesOf("web")).toEqual([]);
  expectQuiet(await world.plan());
});

describe("a change that a rate limit refused", () => {
  test("is sent again after a wait, and ordered once", async () => {
    await start();
    world.simulator.fault({ kind: "rate_limit", times: 2, ...MODIFY });
    expect(summaries(await applyWhile("Modify", () => undefined))).toEqual([]);
    expect(world.writesOf("web")).toHaveLength(3);
    expect(world.simulator.orders).toHaveLength(1);
  });

  test("is not sent again once the price has risen above the limit", async () => {
    await start({ max_immediate_charge: 1000 });
    world.simulator.fault({ kind: "rate_limit", retryAfter: 1, ...MODIFY });
    const applied = await applyWhile("Modify", () => (world.simulator.knobs.discount = 300));
    expect(summaries(applied)).toEqual([expect.stringContaining("refused by max_immediate_charge = 1000")]);
    expect(world.simulator.orders).toEqual([]);
  });

  test("is not sent again once it would be another change", async () => {
    await start({ internet_max_bandwidth_out: 300 });
    world.simulator.fault({ kind: "rate_limit", retryAfter: 1, ...MODIFY });
    const applied = await applyWhile("Modify", () =>
      world.simulator.changeOutOfBand(world.id("web"), { bandwidth: 200 }),
    );
    expect(summaries(applied)).toEqual([expect.stringContaining("The plan is stale")]);
    expect(world.simulator.orders).toEqual([]);
  });

  test("is waited for within timeouts, and not longer", async () => {
    await start({ timeouts: { create: "1s", update: "1s" } });
    world.simulator.fault({ kind: "rate_limit", retryAfter: 60, ...MODIFY });
    const applied = await applyWhile("Modify", () => undefined);
    expect(summaries(applied)).toEqual([expect.stringContaining("the time for this operation is over")]);
    expect(world.writesOf("web")).toHaveLength(1);
    expect(world.simulator.orders).toEqual([]);
  });
});

test("a price that is slow to come leaves no room for another hand", async () => {
  await start({ max_immediate_charge: 5000 });
  const plan = await world.plan();
  world.simulator.clearRequests();
  world.simulator.fault({ kind: "slow", milliseconds: 200, action: "InquiryPrice*", times: 4 });
  const applied = world.applyPlan(plan);
  await called("InquiryPrice");
  world.simulator.changeOutOfBand(world.id("web"), { bandwidth: 100 });
  expectNothingSent(await applied, /^The plan is stale/);
});

test("a gateway's 499 that names an order: it is kept in the state, and nothing is sent while it is open", async () => {
  await start({ internet_max_bandwidth_out: 400 });
  await world.mustApply();
  world.want("web", { internet_max_bandwidth_out: 600 });
  world.simulator.knobs.unpaidOrders = true;
  world.simulator.fault({ kind: "foreign", status: 499, executed: true, orderNumber: "number", ...MODIFY });
  const applied = await world.apply();
  const number = world.simulator.orders[0]?.number ?? "";
  expect(summaries(applied)).toEqual([`web (${world.id("web")}): the outcome of ModifyInstanceBandwidth is unknown`]);
  expect(applied.errors[0]?.detail).toContain(`The answer names order ${number}`);
  expect(world.attributes("web")).toMatchObject({ order_numbers: [number] });
  expect(summaries(await world.apply())).toEqual([
    expect.stringMatching(`^Order ${number} of .* is open: nothing was sent$`),
  ]);
  expect(world.simulator.orders).toHaveLength(1);
});
