// What calls charge now: about and at most, from prices that were asked, and unknown rather than wrong.
import type { Step } from "../../lib/engine";
import { immediateCharge, priceSteps } from "../../lib/reconcile";
import { explainCharge, type StepPrices } from "../../lib/reconcile/immediate-charge";
import { unpriced, type AxisPrice } from "../../lib/reconcile/prices";
import { bmc } from "../engine/machines";
import { FakeClient, periodPrice } from "../support/fake-client";
import { observation } from "../support/observations";

const ASKED = Date.parse("2026-01-22T00:00:00Z");
const MACHINE = { instanceChargeType: "PREPAID", period: 1, expiredTime: "2026-02-01T00:00:00Z" };
const BANDWIDTH: Step = {
  step: 2,
  action: "ModifyInstanceBandwidth",
  axis: "internet_max_bandwidth_out",
  from: 100,
  to: 110,
  direction: "upgrade",
  takesEffect: "immediately",
  effectiveAt: null,
  charge: "charged_now",
};
const TYPE: Step = {
  ...BANDWIDTH,
  step: 1,
  action: "ModifyInstanceType",
  axis: "instance_type",
  from: "c.2c4g",
  to: "c.4c8g",
};

const price = (amount: number, changes: Partial<AxisPrice> = {}): AxisPrice => ({
  axis: "internet_max_bandwidth_out",
  value: 1,
  listPrice: amount,
  price: amount,
  discounted: true,
  currency: "USD",
  unit: "PERIOD",
  estimated: false,
  reason: null,
  askedAt: ASKED,
  ...changes,
});

/** Prices of steps: from, to. */
function prices(...entries: readonly (readonly [step: Step, current: AxisPrice, target: AxisPrice])[]): StepPrices {
  return new Map(
    entries.map(([{ axis, from, to }, current, target]) => [JSON.stringify([axis, from, to]), { current, target }]),
  );
}
const RISE = prices([BANDWIDTH, price(380), price(418)]);

describe("prices of steps", () => {
  const CANCEL: Step = {
    ...BANDWIDTH,
    action: "CancelInstanceBandwidthDowngrade",
    direction: "cancel",
    charge: "none",
  };
  const { instance } = observation(bmc());
  const selling = (): FakeClient =>
    new FakeClient({ inquiryPriceBandwidth: (_id, bandwidth: number) => [periodPrice(bandwidth * 3.8)] });

  test("are those of the target and of the present value, and serve what the step charges", async () => {
    const fake = selling();
    const asked = await priceSteps(fake.client, instance, [BANDWIDTH]);
    expect([...asked.values()]).toEqual([
      { target: expect.objectContaining({ value: 110, price: 418 }), current: expect.objectContaining({ price: 380 }) },
    ]);
    expect(immediateCharge(instance, [BANDWIDTH], asked)).toMatchObject({ known: true, monthlyDifference: 38 });
  });

  test.each<[string, Step]>([
    ["charges nothing now", CANCEL],
    ["starts from a value that is not known", { ...BANDWIDTH, from: null }],
  ])("are not asked for where it %s", async (_name, step) => {
    const fake = selling();
    expect(await priceSteps(fake.client, instance, [step])).toEqual(new Map());
    expect(fake.asked).toEqual([]);
  });

  test("are asked for where Zenlayer decides whether it charges", async () => {
    expect(await priceSteps(selling().client, instance, [{ ...BANDWIDTH, charge: "unknown" }])).toHaveProperty(
      "size",
      1,
    );
  });

  test("are asked for with what the machine includes, until the caller stops", async () => {
    const fake = selling();
    const { signal } = new AbortController();
    await priceSteps(fake.client, instance, [BANDWIDTH], { signal, freeBandwidth: 100 });
    expect(fake.asked).toEqual([["bmc", "inquiryPriceBandwidth", instance.instanceId, 110, { signal }]]);
  });
});

test("ten days of thirty are left", () => {
  const charge = immediateCharge(MACHINE, [BANDWIDTH], RISE);
  expect(charge).toEqual({
    known: true,
    about: 12.666667,
    atMost: 38,
    monthlyDifference: 38,
    daysLeft: 10,
    periodMonths: 1,
  });
  expect(charge.known && explainCharge(charge)).toBe(
    "About is the difference of 38.00 a month, after discount, for the 10 days until the machine expires, 30 days a month. " +
      "At most is that difference for the whole period of 1 month or, if longer, for the days left rounded up and one more.",
  );
});

test("a year is months, and what does not become dearer is said so", () => {
  const year = { ...MACHINE, period: 12 };
  const rise = immediateCharge(year, [BANDWIDTH], RISE);
  expect(rise.known && explainCharge(rise)).toContain("period of 12 months or");
  const same = immediateCharge(MACHINE, [BANDWIDTH], prices([BANDWIDTH, price(380), price(380)]));
  expect(same.known && explainCharge(same)).toBe(
    "After discount, none of the targets costs more than the present value.",
  );
});

test("prices are for the whole period: the difference is by the month", () => {
  const machine = { ...MACHINE, period: 12, expiredTime: "2027-01-22T00:00:00Z" };
  expect(immediateCharge(machine, [BANDWIDTH], prices([BANDWIDTH, price(1200), price(1560)]))).toMatchObject({
    monthlyDifference: 30,
    about: 365,
    atMost: 366,
  });
});

test("a machine that was renewed early charges more than the difference for its period", () => {
  const machine = { ...MACHINE, expiredTime: "2026-07-01T00:00:00Z" };
  expect(immediateCharge(machine, [BANDWIDTH], RISE)).toMatchObject({ daysLeft: 160, atMost: 203.933333 });
});

test("what becomes cheaper gives nothing back to another call", () => {
  const both = prices([TYPE, price(56), price(28)], [BANDWIDTH, price(380), price(418)]);
  expect(immediateCharge(MACHINE, [TYPE, BANDWIDTH], both)).toMatchObject({ monthlyDifference: 38, atMost: 38 });
});

test("calls that charge nothing now need no price", () => {
  const free: Step = { ...TYPE, charge: "none" };
  expect(immediateCharge(MACHINE, [free, BANDWIDTH], RISE)).toMatchObject({ known: true, atMost: 38 });
});

test("the days count from the earliest answer: more of them, never fewer", () => {
  const later = prices([BANDWIDTH, price(380), price(418, { askedAt: ASKED + 86_400_000 })]);
  expect(immediateCharge(MACHINE, [BANDWIDTH], later)).toMatchObject({ daysLeft: 10 });
  const early = { askedAt: ASKED - 86_400_000 };
  const both = prices([TYPE, price(28), price(56)], [BANDWIDTH, price(380, early), price(418)]);
  expect(immediateCharge(MACHINE, [TYPE, BANDWIDTH], both)).toMatchObject({ daysLeft: 11 });
  const free = prices([BANDWIDTH, price(0, { askedAt: null }), price(38)]);
  expect(immediateCharge(MACHINE, [BANDWIDTH], free)).toMatchObject({ daysLeft: 10, atMost: 38 });
});

test("another look finds the machine renewed: the same prices charge more", () => {
  expect(immediateCharge(MACHINE, [BANDWIDTH], RISE)).toMatchObject({ atMost: 38 });
  const renewed = { ...MACHINE, expiredTime: "2026-03-01T00:00:00Z" };
  expect(immediateCharge(renewed, [BANDWIDTH], RISE)).toMatchObject({ atMost: (38 * 39) / 30 });
});

test.each<
  [string, Partial<typeof MACHINE> | { period: number | null; expiredTime: string | null }, StepPrices, RegExp]
>([
  ["no expiredTime", { period: 1, expiredTime: null }, RISE, /expiredTime is null/],
  ["an expiredTime that is none", { expiredTime: "soon" }, RISE, /expiredTime is "soon"/],
  ["no period", { period: null, expiredTime: MACHINE.expiredTime }, RISE, /no subscription period/],
  ["a period of 0", { period: 0 }, RISE, /no subscription period/],
  ["another charge type", { instanceChargeType: "SPOT" }, RISE, /no subscription period/],
  ["prices that were not asked", {}, new Map(), /present value/],
  [
    "no price of the target",
    {},
    prices([BANDWIDTH, price(380), unpriced("internet_max_bandwidth_out", 110, "not today")]),
    /internet_max_bandwidth_out 110: not today/,
  ],
  [
    "no price of the present value",
    {},
    prices([BANDWIDTH, unpriced("internet_max_bandwidth_out", 0, "unlimited"), price(418)]),
    /internet_max_bandwidth_out 0: unlimited/,
  ],
  [
    "a present price before discount against a target's after it",
    {},
    prices([BANDWIDTH, price(380, { discounted: false }), price(418)]),
    /the price of 1 is after discount, that of 1 before it/,
  ],
  ["two currencies", {}, prices([BANDWIDTH, price(380), price(418, { currency: "EUR" })]), /in EUR and USD/],
])("%s: unknown", (_name, changes, asked, reason) => {
  const charge = immediateCharge({ ...MACHINE, ...changes }, [BANDWIDTH], asked);
  expect(charge).toEqual({ known: false, reason: expect.stringMatching(reason) as string });
});

test("one call of several without a price: unknown, with every reason", () => {
  const unpricedType = unpriced("instance_type", "c.4c8g", "not today");
  const first = prices([TYPE, price(28), unpricedType], [BANDWIDTH, price(380), price(418)]);
  expect(immediateCharge(MACHINE, [TYPE, BANDWIDTH], first)).toEqual({
    known: false,
    reason: "instance_type c.4c8g: not today",
  });
  expect(immediateCharge(MACHINE, [TYPE, BANDWIDTH], prices([TYPE, price(28), unpricedType]))).toEqual({
    known: false,
    reason: "instance_type c.4c8g: not today; the present value of internet_max_bandwidth_out is not known",
  });
});

test("two calls in different currencies: unknown", () => {
  const euro = { currency: "EUR" };
  const both = prices([TYPE, price(28, euro), price(56, euro)], [BANDWIDTH, price(380), price(418)]);
  expect(immediateCharge(MACHINE, [TYPE, BANDWIDTH], both)).toMatchObject({
    known: false,
    reason: "the prices are in EUR and USD",
  });
});
