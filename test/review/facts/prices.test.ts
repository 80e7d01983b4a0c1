// What a change costs: known, estimated or unknown, and never 0 for unknown.
import { collectFacts, renderMarkdown, reviewDocument, totalsOf } from "../../../lib/review";
import {
  bmcUpdate,
  cancel,
  CYCLE,
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
import { report, subject } from "../support";

const ID = "900000000000000001";
const downgradeTo500 = {
  ...upgrade,
  from: "1000",
  to: "500",
  direction: "downgrade",
  takes_effect: "next_billing_cycle",
  effective_at: CYCLE,
  charge: "none",
};

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
  ["an unknown period", [{ value: "200", price: 24 }], [{ value: "400", price: 36 }], null, "quote", null, null],
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
      { currency: "CNY", amount: -50, estimated: false },
      { currency: "USD", amount: 12, estimated: false },
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

  test("a move with an unknown half is unknown, never half a sum", () => {
    const found = totals({ changes: [vmUpdate([step(cancel), step(upgrade, { step: 2 })])], prior: [webQuote] });
    expect(found).toMatchObject({
      monthly_difference: [],
      monthly_difference_unknown: 1,
      charged_now: [{ amount: 12 }],
    });
  });

  test("a cancel followed by another change counts against the committed value", () => {
    // Scheduled from 1,000 to 100, now to 500: renewals rise from 100 to 632, whatever the machine costs today.
    const there = step(cancel, { from: "100", to: "1000" });
    const back = step(downgradeTo500, { step: 2 });
    const asked = committedQuote([["1000", 1_544]], [["500", 632]], [["100", 100]]);
    expect(totals({ changes: [vmUpdate([there, back])], prior: [asked] })).toMatchObject({
      monthly_difference: [{ currency: "USD", amount: 532 }],
      monthly_difference_unknown: 0,
      monthly_increase: [{ amount: 532 }],
    });
    const without = vmQuote([{ value: "1000", price: 1_544 }], [{ value: "500", price: 632 }]);
    expect(totals({ changes: [vmUpdate([there, back])], prior: [without] })).toMatchObject({
      monthly_difference: [],
      monthly_difference_unknown: 1,
    });
  });

  test.each([
    ["a downgrade", [step(downgradeTo500)], 0, 1_544],
    ["a cancel", [step(cancel, { from: "100", to: "1000" })], 0, 1_544],
    [
      "a cancel and another downgrade",
      [step(cancel, { from: "100", to: "1000" }), step(downgradeTo500, { step: 2 })],
      0,
      1_544,
    ],
    [
      "a cancel and an upgrade",
      [step(cancel, { from: "100", to: "1000" }), step(upgrade, { step: 2, from: "1000", to: "2000" })],
      456,
      2_000,
    ],
  ])("%s of what is not renewed saves nothing", (_, steps, difference, after) => {
    const asked = committedQuote(
      [["1000", 1_544]],
      [
        ["500", 632],
        ["2000", 2_000],
      ],
      [["100", 100]],
    );
    const found = totals({ changes: [vmUpdate(steps, { auto_renew: false }, { auto_renew: false })], prior: [asked] });
    expect(found).toMatchObject({
      monthly_difference: [{ amount: difference }],
      bill: [{ before: 1_544, after }],
    });
  });

  test("estimates are marked wherever they are summed", () => {
    const guessed = vmQuote([{ value: "200", price: 24 }], [{ value: "400", price: 36, estimated: true }]);
    expect(totals({ changes: [vmUpdate()], prior: [guessed] })).toMatchObject({
      charged_now: [{ amount: 12, estimated: true }],
      charged_about: [{ estimated: true }],
      monthly_difference: [{ amount: 12, estimated: true }],
      bill: [{ estimated: true }],
    });
    expect(report({ changes: [vmUpdate()], prior: [guessed] }).summary).toBe(
      "1 change on 1 machine · about 3.88 USD, at most 12.00 USD (estimated) charged at once · +12.00 USD a month (estimated)",
    );
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

describe("the charge", () => {
  const asked = (values: Values) => {
    const base = vmQuote([{ value: "200", price: 24 }], [{ value: "400", price: 36 }]);
    return { ...base, values: { ...(base["values"] as Values), ...values } };
  };

  test.each<readonly [string, Values, Values, number | null, number | null]>([
    ["by the quote's own clock", { expired_time: "2026-12-06T07:00:00Z", asked_at: "2026-11-26T07:00:00Z" }, {}, 4, 12],
    ["renewed early", { expired_time: "2027-01-20T07:00:00Z", asked_at: "2026-11-21T07:00:00Z" }, {}, 24, 24.4],
    ["a month of 31 days", { expired_time: "2026-12-22T07:00:00Z" }, {}, 12.4, 12.8],
    ["by the machine and the plan, for want of better", {}, {}, 3.8833, 12],
    ["without an end", {}, { expired_time: null }, null, null],
    ["with an end that nobody can read", {}, { expired_time: "soon" }, null, null],
    ["after the end", { expired_time: "2026-11-01T00:00:00Z" }, {}, 0, 12],
  ])("%s", (_, quoted, machine, about, most) => {
    const found = collectFacts([subject({ changes: [vmUpdate(undefined, machine, machine)], prior: [asked(quoted)] })])
      .changes[0]?.price;
    expect(found).toMatchObject({ charged_about: about, charged_now: most });
  });

  test("a lateral change is unknown, whatever its quote", () => {
    const lateral = step(upgrade, { direction: "lateral", charge: "unknown", takes_effect: "decided_by_zenlayer" });
    const found = report({ changes: [vmUpdate([lateral], { max_immediate_charge: 500 })], prior: [webQuote] });
    expect(found.facts.changes[0]).toMatchObject({
      price: { charged_now: null, charged_about: null, monthly_difference: 12, source: "quote" },
      guards: [{ guard: "max_immediate_charge", result: "failed" }],
    });
    expect(found.summary).toContain("an unknown amount charged at once");
  });

  test("what is not billed is 0, not unknown", () => {
    const free = step(upgrade, { charge: "none" });
    expect(price([free], [])[0]).toMatchObject({ source: "not_billed", charged_now: 0, monthly_difference: 0 });
    const said = { price: null, unit: "PERIOD", reason: "bandwidth is not billed on a ByTrafficPackage machine" };
    const unbilled = vmQuote([{ value: "200", ...said }], [{ value: "400", ...said }]);
    expect(price([step(upgrade)], [unbilled])[0]).toMatchObject({ source: "not_billed", monthly_difference: 0 });
    expect(totalsOf(collectFacts([subject({ changes: [vmUpdate()], prior: [unbilled] })])).bill).toMatchObject([
      { before: 0, after: 0, percent: 0 },
    ]);
  });
});

describe("what the provider warned of", () => {
  const web = "zenlayer_vm_instance_spec.web";
  const of = (summary: string, prior: readonly Values[] = [], steps = [step(upgrade)], address = web) =>
    collectFacts([
      subject({ changes: [vmUpdate(steps)], prior }, [{ severity: "warning", summary, address }]),
    ]).changes.map(({ price: found }) => found);

  test.each<readonly [string, number | null, number | null]>([
    ["web-1 (9): charges about 12.67 now, at most 38.00", 12.67, 38],
    ["web-1 (9): may charge about 0.00 now, at most 7.50", 0, 7.5],
    ["web-1 (9): charges up to 26.6 now", null, 26.6],
    ["web-1 (9): charges an unknown amount now", null, null],
    ["charges about 5 cows", null, null],
  ])("%s", (summary, about, most) => {
    expect(of(summary)[0]).toMatchObject({
      source: most === null ? "unknown" : "warning",
      charged_about: about,
      charged_now: most,
      monthly_difference: null,
    });
  });

  test("is used where no quote exists, and for its own resource", () => {
    const warned = "web-1 (9): charges about 1.00 now, at most 2.00";
    expect(of(warned, [webQuote])[0]).toMatchObject({ source: "quote", charged_now: 12 });
    expect(of(warned, [], undefined, "zenlayer_vm_instance_spec.other")[0]?.source).toBe("unknown");
  });

  test("covers all calls of the resource together, once", () => {
    const type = step(upgrade, { axis: "instance_type", from: "a", to: "b", step: 2 });
    const pack = step(upgrade, { axis: "traffic_package_size", from: "1", to: "2", step: 3 });
    const found = of("charges about 20.00 now, at most 30.00", [webQuote], [step(upgrade), type, pack]);
    expect(found.map(({ charged_now }) => charged_now)).toEqual([12, 18, 0]);
    expect(found.map(({ charged_about }) => charged_about)).toEqual([3.8833, 16.1167, 0]);
  });

  test("makes no lateral change known", () => {
    const lateral = step(upgrade, { direction: "lateral", charge: "unknown" });
    expect(of("may charge about 1.00 now, at most 2.00", [], [lateral])[0]?.charged_now).toBeNull();
  });
});

test("the bill counts each axis that a resource manages, and its gaps", () => {
  const always = quote(
    "zenlayer_vm_spec_quote",
    ID,
    [
      { value: "200", price: 24 },
      { axis: "instance_type", value: "c.2c4g", price: 30 },
    ],
    [{ value: "400", price: 36 }],
  );
  const found = report({ changes: [vmUpdate(), bmcUpdate()], prior: [always] });
  expect(found.totals).toMatchObject({
    bill: [{ currency: "USD", before: 54, after: 66, percent: 22.2, estimated: false }],
    bill_unknown: 1,
  });
  expect(renderMarkdown(reviewDocument(found))).toContain(
    "- Monthly bill of what has a price: **54.00 → 66.00 USD (+22.2 %)**, without 1 axis of unknown price",
  );
});

/** As constructs write it since quotes price the committed value, too. */
function committedQuote(...lists: readonly (readonly (readonly [string, number])[])[]): Values {
  const [current = [], desired = [], committed = []] = lists.map((list) =>
    list.map(([value, amount]) => ({ value, price: amount })),
  );
  const both = vmQuote(current, desired);
  const values = both["values"] as Values;
  const extra = vmQuote([], committed)["values"] as Values;
  return { ...both, values: { ...values, committed_prices: extra["prices"] ?? [] } };
}
