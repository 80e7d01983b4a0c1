// What a policy says to the facts: each rule, and that the unknown is never allowed by silence.
import {
  collectFacts,
  evaluatePolicy,
  parsePolicy,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderText,
  reviewDocument,
} from "../../../lib/review";
import { isFrozen, parseWeekTime, type FreezeWindow } from "../../../lib/review/verdict/windows";
import { action, bmcUpdate, cancel, change, step, upgrade, vm, vmUpdate, webQuote, type PlanOptions } from "../plans";
import { NOW, report, subject } from "../support";

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

const official = { provider: "registry.terraform.io/zenlayer/zenlayercloud" };
const erased = change(
  "zenlayercloud_bmc_instance.db",
  ["update"],
  { id: "7", instance_name: "db-1", hostname: "db-1" },
  { id: "7", instance_name: "db-1", hostname: "Terraform-Instance" },
  official,
);
const quiet = change("zenlayer_vm_instance_spec.web", ["no-op"], vm(), vm());
const invoking = (values: Parameters<typeof action>[0]): PlanOptions => ({
  changes: [quiet],
  overrides: { action_invocations: [action(values)] },
});
const rebooting = invoking({ config_values: { instance_id: "900000000000000001" } });

describe("no_destroy and no_erase", () => {
  const database = change("aws_db_instance.main", ["delete"], {}, null);
  const replaced = change("module.db.aws_db_instance.main", ["create", "delete"], {}, {});
  const strange = change("aws_db_instance.odd", ["melt"], {}, {});

  test.each<readonly [string, string, PlanOptions, readonly string[]]>([
    ["no_erase", "no_erase: deny", { changes: [erased] }, ["zenlayercloud_bmc_instance.db would be erased"]],
    ["no_destroy does not cover erasing", "no_destroy: deny", { changes: [erased] }, []],
    ["no_erase does not cover destroying", "no_erase: deny", lost, []],
    ["machines of Zenlayer alone by default", "no_destroy: deny", { changes: [database] }, []],
    [
      "what carries the id of a machine of ours is a machine",
      "no_destroy: deny",
      { changes: [quiet, change("acme_server.a", ["delete"], { id: "900000000000000001" }, null)] },
      ["acme_server.a would be destroyed"],
    ],
    [
      "by type, over all providers",
      'no_destroy: {level: deny, types: ["aws_db_*"]}',
      { changes: [database, replaced, ...(lost.changes ?? [])] },
      ["aws_db_instance.main would be destroyed", "module.db.aws_db_instance.main would be replaced"],
    ],
    [
      "by type and address",
      'no_destroy: {level: deny, types: ["*"], addresses: ["module.db.*"]}',
      { changes: [database, replaced] },
      ["module.db.aws_db_instance.main would be replaced"],
    ],
    [
      "by address, of machines",
      'no_destroy: {level: deny, addresses: ["module.*"]}',
      { changes: [...(lost.changes ?? [])] },
      [],
    ],
    [
      "several scopes, each with its level",
      'no_destroy: [{level: warn}, {level: deny, types: ["aws_*"]}]',
      { changes: [database, ...(lost.changes ?? [])] },
      ["zenlayercloud_zvm_instance.a would be destroyed", "aws_db_instance.main would be destroyed"],
    ],
    [
      "a change that this review does not know",
      'no_destroy: {level: deny, types: ["aws_*"]}',
      { changes: [strange] },
      ["aws_db_instance.odd would be changed in a way that cannot be told"],
    ],
    [
      "an action on a machine",
      "no_destroy: deny",
      rebooting,
      ["action.acme_reboot.now would be invoked, and what it does cannot be told"],
    ],
    [
      "an action of a provider of Zenlayer",
      "no_erase: deny",
      invoking({ type: "zenlayercloud_reinstall" }),
      ["action.acme_reboot.now would be invoked, and what it does cannot be told"],
    ],
    ["an action that has nothing to do with machines", "no_destroy: deny", invoking({}), []],
  ])("%s", (_, rules, options, expected) => {
    expect(findings(rules, options).map((text) => text.replace(/^\S+ \S+: /, ""))).toEqual(expected);
  });
});

describe("protected machines and freeze windows cover whatever happens to a machine", () => {
  const freeze =
    'freeze_windows: {level: deny, windows: [{name: F, from: "2026-11-21T00:00:00Z", to: "2026-11-22T00:00:00Z"}]}';
  const guard = (names: string) => `protected_machines: {level: deny, machines: [${names}]}`;
  const pending = [{ axis: "instance_type", from: "b", to: "a", phase: "scheduled", effective_at: null }];

  test.each<readonly [string, string, PlanOptions, string]>([
    [
      "a guard that is edited",
      '"web-1"',
      { changes: [vmUpdate([], { max_immediate_charge: 9 }, { max_immediate_charge: 5 })] },
      "Guards of web-1 are edited",
    ],
    [
      "a guard that is removed",
      '"web-1"',
      { changes: [vmUpdate([], { on_downgrade: null }, { on_downgrade: "deny" })] },
      "Guards of web-1 are edited",
    ],
    [
      "forgetting it",
      '"web-1"',
      { changes: [change("zenlayer_vm_instance_spec.web", ["delete"], vm(), null)] },
      "web-1 is forgotten",
    ],
    ["erasing it", '"db-1"', { changes: [erased] }, "zenlayercloud_bmc_instance.db would be erased"],
    ["an action on it", '"900000000000000001"', rebooting, "action.acme_reboot.now would be invoked"],
    [
      "an action that its change triggers",
      '"web-1"',
      invoking({ lifecycle: ["zenlayer_vm_instance_spec.web", "AfterUpdate"] }),
      "action.acme_reboot.now would be invoked",
    ],
    ["its destruction by others", '"db-1"', lost, "zenlayercloud_zvm_instance.a would be destroyed"],
    [
      "its change by others",
      '"web-1"',
      {
        changes: [
          quiet,
          change("acme_server.a", ["update"], { id: "900000000000000001", a: 1 }, { id: "900000000000000001", a: 2 }),
        ],
      },
      "acme_server.a would update machine 900000000000000001",
    ],
  ])("%s", (_, names, options, what) => {
    const shielded = findings(guard(names), options);
    expect(shielded).toEqual([`protected_machines deny: ${what} although ${names} protects it`]);
    expect(findings(freeze, options)).toEqual([
      `freeze_windows deny: ${what} when applied, within the freeze window "F"`,
    ]);
    expect(findings(freeze, options, NOW + 7 * 86_400_000)).toEqual([]);
  });

  test("cancelling on destroy is one more", () => {
    const gone = change(
      "zenlayer_vm_instance_spec.web",
      ["delete"],
      vm({ pending, on_destroy: "cancel_scheduled" }),
      null,
    );
    expect(findings(guard('"web-1"'), { changes: [gone] })).toEqual([
      'protected_machines deny: web-1 is forgotten although "web-1" protects it',
      'protected_machines deny: The schedule of type of web-1 is cancelled although "web-1" protects it',
    ]);
  });

  test("an action that names no machine falls into a freeze window all the same", () => {
    expect(findings(freeze, invoking({}))).toHaveLength(1);
    expect(findings(guard('"web-1"'), invoking({}))).toEqual([]);
  });

  test.each<readonly [string, PlanOptions, boolean]>([
    [
      "a hidden id of ours",
      { changes: [{ ...vmUpdate(), change: { ...vmUpdate().change, after_sensitive: { instance_id: true } } }] },
      true,
    ],
    [
      "a hidden id of a machine of Zenlayer",
      {
        changes: [
          change("zenlayercloud_zvm_instance.a", ["delete"], { id: "7" }, null, {
            ...official,
            before_sensitive: { id: true },
          }),
        ],
      },
      true,
    ],
    [
      "an unknown value of an action of Zenlayer",
      invoking({ type: "zenlayercloud_reboot", config_unknown: { instance_id: true } }),
      true,
    ],
    ["an unknown value of another action", invoking({ config_unknown: { instance_id: true } }), false],
    ["an unknown id of another provider", { changes: [change("aws_instance.a", ["delete"], {}, null)] }, false],
  ])("%s: what is not known may be protected, where it is Zenlayer's", (_, options, found) => {
    const text = findings(guard('"db-9"'), options);
    expect(text).toHaveLength(found ? 1 : 0);
    if (found) expect(text[0]).toMatch(/hidden or known only at apply, and may be a protected one/);
  });
});

test.each<readonly [string, string, PlanOptions, RegExp | null]>([
  ["within the amount", "{level: deny, amount: 12}", up, null],
  [
    "above the amount",
    "{level: deny, amount: 11}",
    up,
    /raise what is paid a month by \+12\.00 USD; the ceiling is 11\.00$/,
  ],
  ["within the percentage", "{level: deny, percent: 50}", up, null],
  ["above the percentage", "{level: deny, percent: 49}", up, /rises by 50 %, to 36\.00 USD; the ceiling is 49 %/],
  ["another currency", "{level: deny, amount: 100, currency: EUR}", up, /\+12\.00 USD; the ceiling is 100\.00 EUR/],
  ["an unknown price", "{level: warn, amount: 1000}", unpriced, /1 change of unknown price/],
  ["a downgrade of unknown price", "{level: warn, percent: 1000}", down, /1 change of unknown price/],
])("the monthly increase: %s", (_, rule, options, message) => {
  const found = findings(`max_monthly_increase: ${rule}`, options);
  if (message === null) expect(found).toEqual([]);
  else expect(found.join()).toMatch(message);
});

test.each([
  "max_charge_per_change: {level: deny, amount: 100000}",
  "max_charge_total: {level: deny, amount: 100000}",
  "no_unknown_price: deny",
])("%s: an action, a machine that others buy and a lateral change are over it", (rule) => {
  const bought = change("zenlayercloud_instance.new", ["create"], null, {}, official);
  const lateral = vmUpdate([step(upgrade, { direction: "lateral", charge: "unknown" })]);
  expect(findings(rule, invoking({}))).toHaveLength(1);
  expect(findings(rule, { changes: [bought] })).toHaveLength(1);
  expect(findings(rule, { changes: [lateral], prior: [webQuote] })).toHaveLength(1);
});

describe("waivers", () => {
  const rules = "version: 1\nrules: {no_downgrade: deny, max_charge_total: {level: deny, amount: 1}}\nwaivers:\n";
  const waiver = (more: string) => `${rules}  - {owner: net, reason: moving out, ${more}}`;
  const both: PlanOptions = { changes: [vmUpdate(), bmcUpdate()], prior: [webQuote] };
  const review = (policyText: string) => report(both, { policyText });
  const open = (policyText: string) =>
    review(policyText)
      .policy.filter(({ waived }) => waived === null)
      .map(({ rule }) => rule);

  test.each<readonly [string, string, readonly string[]]>([
    ["of a rule", 'rule: no_downgrade, expires: "2026-12-31"', ["max_charge_total"]],
    ["of the last day", 'rule: no_downgrade, expires: "2026-11-21"', ["max_charge_total"]],
    ["of the day before", 'rule: no_downgrade, expires: "2026-11-20"', ["no_downgrade", "max_charge_total"]],
    ["until an hour", 'rule: no_downgrade, expires: "2026-11-21T16:00:01+08:00"', ["max_charge_total"]],
    [
      "until an hour ago",
      'rule: no_downgrade, expires: "2026-11-21T15:00:00+08:00"',
      ["no_downgrade", "max_charge_total"],
    ],
    ["of a machine", 'rule: no_downgrade, machines: ["edge-*"], expires: "2026-12-31"', ["max_charge_total"]],
    [
      "of another machine",
      'rule: no_downgrade, machines: ["web-*"], expires: "2026-12-31"',
      ["no_downgrade", "max_charge_total"],
    ],
    ["of an address", 'rule: no_downgrade, addresses: ["zenlayer_bmc_*"], expires: "2026-12-31"', ["max_charge_total"]],
    [
      "of another stack",
      'rule: no_downgrade, plans: ["dev"], expires: "2026-12-31"',
      ["no_downgrade", "max_charge_total"],
    ],
    ["of a sum", 'rule: max_charge_total, expires: "2026-12-31"', ["no_downgrade"]],
    [
      "of a sum, by machine",
      'rule: max_charge_total, machines: ["*"], expires: "2026-12-31"',
      ["no_downgrade", "max_charge_total"],
    ],
  ])("%s", (_, more, left) => {
    expect(open(waiver(more))).toEqual(left);
  });

  test("let a plan pass, and are shown in every format with who answers for it", () => {
    const one = waiver('rule: no_downgrade, expires: "2026-12-31"');
    const two = `${one}\n  - {owner: ops, reason: agreed, rule: max_charge_total, expires: "2026-12-31"}`;
    expect(review(one).exit_code).toBe(3);
    const passed = review(two);
    expect(passed).toMatchObject({ exit_code: 2, waivers: [{ state: "used", findings: 1 }, { state: "used" }] });
    const page = reviewDocument(passed);
    for (const text of [
      renderMarkdown(page),
      renderHtml(page),
      renderText(page, { color: false, width: 200 }),
      renderJson(passed),
    ]) {
      expect(text).toContain("moving out");
      expect(text).toContain("2026-12-31");
    }
    expect(renderMarkdown(page)).toContain("is a downgrade; waived by net until 2026-12-31: moving out");
  });

  test("that expired are said, and those that nothing needs are not", () => {
    const expired = review(waiver('rule: no_downgrade, expires: "2026-01-01"'));
    expect(expired.waivers).toMatchObject([{ state: "expired", findings: 1 }]);
    expect(renderMarkdown(reviewDocument(expired))).toContain("by net expired 2026-01-01");
    const unused = review(waiver('rule: no_erase, expires: "2026-12-31"'));
    expect(unused.waivers).toMatchObject([{ state: "unused" }]);
    expect(renderMarkdown(reviewDocument(unused))).not.toContain("moving out");
  });
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
