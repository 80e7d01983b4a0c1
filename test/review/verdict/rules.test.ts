// What a policy says to the facts: each rule, and that the unknown is never allowed by silence.
import { collectFacts, evaluatePolicy, parsePolicy } from "../../../lib/review";
import { isFrozen, parseWeekTime, type FreezeWindow } from "../../../lib/review/verdict/windows";
import { bmcUpdate, cancel, change, step, upgrade, vm, vmUpdate, webQuote, type PlanOptions } from "../plans";
import { NOW, subject } from "../support";

function findings(rules: string, options: PlanOptions, now = NOW): readonly string[] {
  const policy = parsePolicy(`version: 1\nrules:\n  ${rules}`, "policy.yaml");
  return evaluatePolicy(policy, collectFacts([subject(options)]), now).map(
    ({ rule, level, message }) => `${rule} ${level}: ${message}`,
  );
}

const up: PlanOptions = { changes: [vmUpdate()], prior: [webQuote] };
const down: PlanOptions = { changes: [bmcUpdate()] };
const unpriced: PlanOptions = { changes: [vmUpdate()] };
const cancelOnly: PlanOptions = { changes: [vmUpdate([step(cancel)])] };
const unknown: PlanOptions = {
  changes: [change("zenlayer_vm_instance_spec.web", ["create"], null, {}, { after_unknown: { changes: true } })],
};
const lost: PlanOptions = {
  changes: [
    change("zenlayercloud_zvm_instance.a", ["delete"], { id: "7", instance_name: "db-1" }, null, {
      provider: "x/y/zenlayercloud",
    }),
  ],
};

test.each<readonly [string, string, PlanOptions, RegExp | null]>([
  ["a downgrade", "no_downgrade: deny", down, /^no_downgrade deny: Traffic package of edge-1 is a downgrade$/],
  [
    "a machine that would be destroyed",
    "no_destroy: deny",
    lost,
    /^no_destroy deny: zenlayercloud_zvm_instance\.a would be destroyed$/,
  ],
  ["a change under no_destroy", "no_destroy: deny", up, null],
  ["an upgrade under no_downgrade", "no_downgrade: deny", up, null],
  ["a cancel under no_downgrade", "no_downgrade: deny", cancelOnly, null],
  ["a charge at the ceiling", "max_charge_per_change: {level: deny, amount: 12}", up, null],
  [
    "a charge above the ceiling",
    "max_charge_per_change: {level: warn, amount: 11}",
    up,
    /^max_charge_per_change warn: .*may charge 12\.00 USD.*ceiling is 11\.00$/,
  ],
  ["an unknown charge", "max_charge_per_change: {level: deny, amount: 1000}", unpriced, /unknown amount/],
  [
    "a charge in another currency",
    "max_charge_per_change: {level: deny, amount: 1000, currency: EUR}",
    up,
    /charges in USD/,
  ],
  ["a downgrade under a ceiling", "max_charge_per_change: {level: deny, amount: 0}", down, null],
  [
    "a total above the ceiling",
    "max_charge_total: {level: deny, amount: 11}",
    up,
    /All changes together may charge 12\.00 USD/,
  ],
  ["a total within the ceiling", "max_charge_total: {level: deny, amount: 12}", up, null],
  [
    "a total that is unknown",
    "max_charge_total: {level: deny, amount: 1000}",
    unpriced,
    /1 of the changes charge an unknown amount/,
  ],
  ["a total in another currency", "max_charge_total: {level: deny, amount: 1000, currency: EUR}", up, /charge in USD/],
  ["an unknown price", "no_unknown_price: warn", unpriced, /has no known price: the plan has no quote for it/],
  ["a known price", "no_unknown_price: warn", up, null],
  ["an unknown price of what charges nothing", "no_unknown_price: warn", cancelOnly, null],
  [
    "a protected machine by name",
    'protected_machines: {level: deny, machines: ["web-*"]}',
    up,
    /machine protected by "web-\*"/,
  ],
  ["a protected machine by id", 'protected_machines: {level: deny, machines: ["900000000000000001"]}', up, /protected/],
  ["another machine", 'protected_machines: {level: deny, machines: ["db-*"]}', up, null],
  [
    "a protected machine that would be destroyed",
    'protected_machines: {level: deny, machines: ["db-*"]}',
    lost,
    /zenlayercloud_zvm_instance\.a would be destroyed/,
  ],
  ["what only apply knows", "no_downgrade: deny", unknown, /^not_reviewable deny:/],
  ["what only apply knows, under rules that warn", "no_downgrade: warn", unknown, /^not_reviewable warn:/],
])("%s", (_, rules, options, message) => {
  const found = findings(rules, options);
  if (message === null) expect(found).toEqual([]);
  else {
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  }
});

describe("freeze windows", () => {
  const window = (text: string) => `freeze_windows: {level: deny, windows: [{name: Freeze, ${text}}]}`;
  const dates = window('from: "2026-11-21T00:00:00+08:00", to: "2026-11-22T00:00:00+08:00"');

  test.each([
    ["within", "2026-11-21T15:59:59Z", 1],
    ["at its first moment", "2026-11-20T16:00:00Z", 1],
    ["at its end", "2026-11-21T16:00:00Z", 0],
    ["before", "2026-11-20T15:59:59Z", 0],
  ])("what takes effect when applied is tested against the time of applying: %s", (_, now, amount) => {
    expect(findings(dates, up, Date.parse(now))).toHaveLength(amount);
  });

  test("what is scheduled is tested against its own time", () => {
    expect(findings(dates, down)).toEqual([]);
    expect(findings(window('from: "2026-12-01T00:00:00Z", to: "2026-12-02T00:00:00Z"'), down)[0]).toMatch(
      /takes effect at 2026-12-01T00:00:00Z, within the freeze window "Freeze"/,
    );
  });

  test("a scheduled change without a time fits no window", () => {
    const row = bmcUpdate([
      step({
        ...upgrade,
        axis: "traffic_package_size",
        direction: "downgrade",
        takes_effect: "next_billing_cycle",
        charge: "none",
        from: "10",
        to: "5",
      }),
    ]);
    expect(findings(dates, { changes: [row] })[0]).toMatch(/unknown time/);
  });

  const weekend: FreezeWindow = {
    kind: "weekly",
    name: "w",
    from: minutes("Fri 18:00"),
    to: minutes("Mon 08:00"),
    offset: 480,
  };
  test.each([
    ["Friday 17:59", "2026-11-20T17:59:00+08:00", false],
    ["Friday 18:00", "2026-11-20T18:00:00+08:00", true],
    ["Sunday midnight", "2026-11-22T00:00:00+08:00", true],
    ["Monday 07:59", "2026-11-23T07:59:59+08:00", true],
    ["Monday 08:00", "2026-11-23T08:00:00+08:00", false],
    ["the same moment elsewhere", "2026-11-20T10:00:00Z", true],
    ["before 1970", "1969-12-26T18:00:00+08:00", true],
  ])("a week that runs over its end: %s", (_, time, frozen) => {
    expect(isFrozen(weekend, Date.parse(time))).toBe(frozen);
  });

  function minutes(text: string): number {
    const parsed = parseWeekTime(text);
    if (parsed === null) throw new Error(text);
    return parsed;
  }
});

test("a machine with a forgotten name is protected by its id", () => {
  const row = vmUpdate(undefined, { instance_name: null }, { instance_name: null });
  expect(
    findings('protected_machines: {level: deny, machines: ["9000*"]}', { changes: [row], prior: [] }),
  ).toHaveLength(1);
  expect(vm().instance_name).toBe("web-1");
});
