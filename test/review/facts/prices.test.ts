// What a change costs: known, estimated or unknown, and never 0 for unknown.
import { collectFacts, totalsOf } from "../../../lib/review";
import {
  bmcUpdate,
  cancel,
  data,
  downgrade,
  quote,
  step,
  upgrade,
  vmUpdate,
  webQuote,
  type PriceValues,
  type Values,
} from "../plans";
import { subject } from "../support";

const ID = "900000000000000001";

function price(steps: readonly Values[], prior: readonly Values[]) {
  return collectFacts([subject({ changes: [vmUpdate(steps)], prior })]).changes.map((row) => row.price);
}

function vmQuote(current: readonly PriceValues[], desired: readonly PriceValues[], period: number | null = 1) {
  return quote("zenlayer_vm_spec_quote", ID, current, desired, period);
}

test.each<
  readonly [string, readonly PriceValues[], readonly PriceValues[], number | null, string, number | null, number | null]
>([
  ["a period of one month", [{ value: "200", price: 24 }], [{ value: "400", price: 36 }], 1, "quote", 12, 12],
  ["a period of a year", [{ value: "200", price: 240 }], [{ value: "400", price: 360 }], 12, "quote", 120, 10],
  ["an unknown period", [{ value: "200", price: 24 }], [{ value: "400", price: 36 }], null, "quote", 12, null],
  [
    "a price per month",
    [{ value: "200", price: 24, unit: "MONTH" }],
    [{ value: "400", price: 36, unit: "MONTH" }],
    null,
    "quote",
    null,
    12,
  ],
  [
    "a price per hour",
    [{ value: "200", price: 0.1, unit: "HOUR" }],
    [{ value: "400", price: 0.2, unit: "HOUR" }],
    null,
    "estimate",
    null,
    73,
  ],
  ["an estimate", [{ value: "200", price: 24 }], [{ value: "400", price: 36, estimated: true }], 1, "estimate", 12, 12],
  ["a lower price", [{ value: "200", price: 24 }], [{ value: "400", price: 20 }], 1, "quote", 0, -4],
  ["a value written otherwise", [{ value: "200.0", price: 24 }], [{ value: "4e2", price: 36 }], 1, "quote", 12, 12],
  [
    "a price that cannot be had",
    [{ value: "200", price: 24 }],
    [{ value: "400", price: null, reason: "not sold" }],
    1,
    "unknown",
    null,
    null,
  ],
  ["no price of the old value", [], [{ value: "400", price: 36 }], 1, "unknown", null, null],
  ["a quote of another value", [{ value: "200", price: 24 }], [{ value: "500", price: 36 }], 1, "unknown", null, null],
  [
    "two currencies",
    [{ value: "200", price: 24, currency: "EUR" }],
    [{ value: "400", price: 36 }],
    1,
    "unknown",
    null,
    null,
  ],
  [
    "a unit that nobody knows",
    [{ value: "200", price: 1, unit: "MOON" }],
    [{ value: "400", price: 2, unit: "MOON" }],
    1,
    "unknown",
    null,
    null,
  ],
])("%s", (_, current, desired, period, source, charged, monthly) => {
  expect(price([step(upgrade)], [vmQuote(current, desired, period)])[0]).toMatchObject({
    source,
    charged_now: charged,
    monthly_difference: monthly,
  });
});

test("without a quote everything is unknown, and says why", () => {
  expect(price([step(upgrade)], [])[0]).toMatchObject({
    source: "unknown",
    reason: "the plan has no quote for it",
    charged_now: null,
    monthly_difference: null,
  });
});

test("what charges nothing charges 0 although its price is unknown", () => {
  expect(price([step(cancel)], [])[0]).toMatchObject({ source: "unknown", charged_now: 0, monthly_difference: null });
});

test("a quote of another machine or product is not used", () => {
  const prices = [[{ value: "200", price: 24 }], [{ value: "400", price: 36 }]] as const;
  expect(price([step(upgrade)], [quote("zenlayer_vm_spec_quote", "1", ...prices)])[0]?.source).toBe("unknown");
  expect(price([step(upgrade)], [quote("zenlayer_bmc_bandwidth_quote", ID, ...prices)])[0]?.source).toBe("unknown");
});

test("of two quotes the one that has a price is used", () => {
  const missing = vmQuote([{ value: "200", price: 24 }], [{ value: "400", price: null, reason: "unchanged" }]);
  expect(price([step(upgrade)], [missing, webQuote])[0]?.charged_now).toBe(12);
});

test("a sensitive quote is not shown", () => {
  expect(price([step(upgrade)], [{ ...webQuote, sensitive_values: { prices: true } }])[0]?.source).toBe("unknown");
});

describe("totals", () => {
  const totals = (options: Parameters<typeof subject>[0]) => totalsOf(collectFacts([subject(options)]));

  test("count what is unknown beside the sum", () => {
    expect(
      totals({ changes: [vmUpdate(), bmcUpdate([step(downgrade, { charge: "unknown" })])], prior: [webQuote] }),
    ).toMatchObject({
      changes: 2,
      machines: 2,
      charged_now: [{ currency: "USD", amount: 12 }],
      charged_now_unknown: 1,
      monthly_difference: [{ currency: "USD", amount: 12 }],
      monthly_difference_unknown: 1,
    });
  });

  test("keep currencies apart", () => {
    const yuan = quote(
      "zenlayer_bmc_traffic_package_quote",
      "900000000000000002",
      [{ axis: "traffic_package_size", value: "10", price: 70, currency: "CNY" }],
      [{ axis: "traffic_package_size", value: "2.5", price: 20, currency: "CNY" }],
    );
    expect(totals({ changes: [vmUpdate(), bmcUpdate()], prior: [webQuote, yuan] }).monthly_difference).toEqual([
      { currency: "CNY", amount: -50 },
      { currency: "USD", amount: 12 },
    ]);
  });

  test("a cancel and the change back are one move that costs nothing", () => {
    const there = step(cancel, { from: "100", to: "400" });
    const back = step(upgrade, { step: 2, from: "400", to: "100", direction: "downgrade", charge: "none" });
    expect(totals({ changes: [vmUpdate([there, back])] })).toMatchObject({
      monthly_difference_unknown: 0,
      monthly_difference: [{ amount: 0 }],
    });
  });

  test("a cancel of unknown price hides no known price of the change after it", () => {
    expect(
      totals({ changes: [vmUpdate([step(cancel), step(upgrade, { step: 2 })])], prior: [webQuote] }),
    ).toMatchObject({
      monthly_difference: [{ currency: "USD", amount: 12 }],
      monthly_difference_unknown: 1,
    });
  });

  test.each<readonly [string, number, readonly Values[], boolean | null]>([
    ["enough", 12, [webQuote], true],
    ["too little", 11.99, [webQuote], false],
    ["not to be told without a price", 1_000, [], null],
  ])("the balance is %s", (_, power, prior, sufficient) => {
    const found = totals({
      changes: [vmUpdate()],
      prior: [...prior, data("zenlayer_balance", { purchasing_power: power, currency: "USD" })],
    });
    expect(found.balances).toMatchObject([{ purchasing_power: power, sufficient }]);
  });
});
