// What a plan says about money, with the provider driven in this process: one warning per resource that may charge, and one when the account cannot pay it all.
import { DrivenTable, type DrivenPlan } from "../support/driven-table";
import type { Wanted } from "../support/wanted";

const VM = {
  product: "vm",
  instanceType: "c.4c8g",
  bandwidth: 100,
  expiredTime: "2026-01-25T00:00:00Z",
} as const;
/** Ten days before the machines expire, for as long as a plan takes. */
const CLOCK = { start: "2026-01-15T00:00:00Z", speed: 0 } as const;
const TABLE = {
  // 100 Mbps more at 4 a month, less 5 %.
  up: { machine: VM, desired: { internet_max_bandwidth_out: 200 } },
  // The same, and 112 − 56 for the type, less 5 %.
  two_calls: { machine: VM, desired: { instance_type: "c.8c16g", internet_max_bandwidth_out: 200 } },
  // What goes down gives nothing back: only what goes up counts.
  up_and_down: { machine: VM, desired: { instance_type: "c.8c16g", internet_max_bandwidth_out: 50 } },
  down: { machine: VM, desired: { internet_max_bandwidth_out: 50 } },
  by_use: { machine: { ...VM, instanceChargeType: "POSTPAID" }, desired: { internet_max_bandwidth_out: 200 } },
  from_unlimited: { machine: { ...VM, bandwidth: 0 }, desired: { internet_max_bandwidth_out: 200 } },
  cancel: { machine: { ...VM, scheduled: { bandwidth: 50 } }, desired: { internet_max_bandwidth_out: 100 } },
  quiet: { machine: VM, desired: { internet_max_bandwidth_out: 100 } },
} satisfies Record<string, Wanted>;

const TOTAL = 380 + 433.2 + 53.2;

async function planned(account: { cash: number; credit?: number }, deniedActions: readonly string[] = []) {
  const world = await DrivenTable.start(TABLE, { simulator: { account, clock: CLOCK } });
  try {
    Object.assign(world.simulator.keys[0] ?? {}, { deniedActions });
    const plan = await world.plan();
    const asked = world.simulator.requests.filter((entry) => entry.action === "DescribeCustomerBalance").length;
    return { plan, asked, world };
  } finally {
    await world.stop();
  }
}

const summaries = (plan: DrivenPlan): readonly string[] =>
  plan.warnings.map((each) => each.summary).filter((summary) => !summary.includes("cannot be undone"));

test("one warning per resource that charges, with its name and the sum of its calls", async () => {
  const { plan, asked } = await planned({ cash: 1000 });
  expect(plan.errors).toEqual([]);
  expect([...summaries(plan)].sort()).toEqual([
    "two_calls (930000000000000001): charges about 144.40 now, at most 433.20",
    "up (930000000000000000): charges about 126.67 now, at most 380.00",
    "up_and_down (930000000000000002): charges about 17.73 now, at most 53.20",
  ]);
  expect(asked).toBe(1);
});

test("charges beyond the purchasing power: one warning more, for the whole plan", async () => {
  const { plan } = await planned({ cash: 700, credit: 100 });
  const beyond = summaries(plan).filter((summary) => summary.includes("purchasing power"));
  expect(beyond).toHaveLength(1);
  const amount = Number(/at most ([\d.]+) so far\)/.exec(beyond[0] ?? "")?.[1]);
  expect(amount).toBeGreaterThan(800);
  expect(amount).toBeLessThanOrEqual(TOTAL + 1e-9);
  expect(beyond[0]).toContain("(800.00)");
  expect(summaries(plan)).toHaveLength(4);
});

test("exactly enough is enough", async () => {
  const { plan } = await planned({ cash: 866.4 });
  expect(summaries(plan)).toHaveLength(3);
});

test("a key that may not ask for the balance gets no word of it", async () => {
  const { plan } = await planned({ cash: 1 }, ["zbc:*"]);
  expect(plan.errors).toEqual([]);
  expect(summaries(plan)).toHaveLength(3);
});

test("prices that may not be asked are said to be unknown", async () => {
  const { plan, asked } = await planned({ cash: 1 }, ["InquiryPriceInstanceBandwidth"]);
  expect(plan.errors).toEqual([]);
  const found = summaries(plan);
  expect(found).toHaveLength(4);
  expect(found).toEqual(
    expect.arrayContaining([
      expect.stringContaining("purchasing power"),
      "two_calls (930000000000000001): charges an unknown amount now",
      "up (930000000000000000): charges an unknown amount now",
      "up_and_down (930000000000000002): charges about 17.73 now, at most 53.20",
    ]),
  );
  expect(asked).toBe(1);
});

test("a plan that charges nothing asks no price, and the account only once, for whose machines it imports", async () => {
  const { quiet, down, by_use, cancel } = TABLE;
  const world = await DrivenTable.start({ quiet, down, by_use, cancel });
  try {
    const plan = await world.plan();
    expect(plan.errors).toEqual([]);
    expect(plan.warnings).toEqual([]);
    const asked = world.simulator.requests.map((entry) => entry.action);
    expect(asked.filter((action) => /InquiryPrice|Balance/.test(action))).toEqual(["DescribeCustomerBalance"]);
  } finally {
    await world.stop();
  }
});
