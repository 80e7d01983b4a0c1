// One account pays for all stacks: the balance against the sum of what they charge.
import { buildReport, renderMarkdown, reviewDocument } from "../../../lib/review";
import {
  bmcUpdate,
  data,
  quote,
  step,
  unevenQuote,
  upgrade,
  vmUpdate,
  webQuote,
  type PlanOptions,
  type Values,
} from "../plans";
import { NOW, subject } from "../support";

const web: PlanOptions = { changes: [vmUpdate()], prior: [webQuote] };
const edge: PlanOptions = {
  changes: [bmcUpdate([step(upgrade, { axis: "traffic_package_size", from: "10", to: "20" })])],
  prior: [
    quote(
      "zenlayer_bmc_traffic_package_quote",
      "900000000000000002",
      [{ axis: "traffic_package_size", value: "10", price: 70 }],
      [{ axis: "traffic_package_size", value: "20", price: 100 }],
    ),
  ],
};

function balances(...stacks: readonly (readonly [PlanOptions, Values | null])[]) {
  const subjects = stacks.map(([options, balance], index) =>
    subject(
      {
        ...options,
        prior: [...(options.prior ?? []), ...(balance === null ? [] : [data("zenlayer_balance", balance)])],
      },
      null,
      `stack-${index}`,
    ),
  );
  return buildReport(subjects, { name: "all", now: NOW });
}

test.each<readonly [string, number, boolean]>([
  ["enough for each, but not for all", 41.99, false],
  ["enough for all", 42, true],
])("one balance stands against the sum of all stacks: %s", (_, power, sufficient) => {
  const found = balances(
    [web, { purchasing_power: power, currency: "USD" }],
    [edge, { purchasing_power: power + 5, currency: "USD" }],
  );
  expect(found.totals.balances).toEqual([
    {
      plan: "stack-0+stack-1",
      plans: ["stack-0", "stack-1"],
      account_id: null,
      purchasing_power: power,
      currency: "USD",
      charged_now: 42,
      sufficient,
    },
  ]);
});

test("accounts that the plans tell apart are apart", () => {
  const found = balances(
    [web, { purchasing_power: 20, currency: "USD", account_id: "a" }],
    [edge, { purchasing_power: 20, currency: "USD", account_id: "b" }],
  );
  expect(found.totals.balances).toMatchObject([
    { account_id: "a", charged_now: 12, sufficient: true },
    { account_id: "b", charged_now: 30, sufficient: false },
  ]);
});

test("a stack that does not say its account is of the only one that is known", () => {
  const found = balances([web, { purchasing_power: 20, currency: "USD", account_id: "a" }], [edge, null]);
  expect(found.totals.balances).toMatchObject([{ plans: ["stack-0", "stack-1"], charged_now: 42, sufficient: false }]);
});

test("what one plan takes of it is said in cents, rounded up", () => {
  const report = balances([
    { ...web, prior: [unevenQuote] },
    { purchasing_power: 20, currency: "USD" },
  ]);
  expect(renderMarkdown(reviewDocument(report))).toContain("20.00 USD can be spent; at most 12.01 USD of it by this");
});

test("charges and schedules of all stacks stand in one timeline, each with its stack", () => {
  const page = renderMarkdown(reviewDocument(balances([web, null], [edge, null])));
  expect(page).toContain("- **When applied**: charged about 13.59 USD, at most 42.00 USD · +42.00 USD a month");
  expect(page).toContain("  - stack-1 **edge-1**: traffic package `10 TB` → `20 TB`");
});
