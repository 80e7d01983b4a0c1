// The verdict: what a report says in one word, one line and one exit code; and that its JSON keeps to the published schema.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import {
  buildAppliedReport,
  buildReport,
  parseLog,
  renderJson,
  renderMarkdown,
  reviewDocument,
  type Report,
} from "../../../lib/review";
import {
  bmcUpdate,
  cancel,
  change,
  data,
  logText,
  step,
  upgrade,
  vm,
  vmUpdate,
  webQuote,
  type DiagnosticValues,
  type PlanOptions,
} from "../plans";
import { input, NOW, report, subject } from "../support";

const refusal: DiagnosticValues = {
  severity: "error",
  summary: "web-1: the downgrade of the bandwidth is denied",
  detail: "on_downgrade is deny. [guard:on_downgrade]",
  address: "zenlayer_vm_instance_spec.web",
};
const failure: DiagnosticValues = { severity: "error", summary: "Invalid value", detail: "bandwidth 0" };
const warning: DiagnosticValues = { severity: "warning", summary: "Careful" };
const quiet = change("zenlayer_vm_instance_spec.web", ["no-op"], vm(), vm());
const errored: PlanOptions = { changes: [quiet], errored: true };

test.each<readonly [string, number, PlanOptions, readonly DiagnosticValues[] | undefined, string | undefined]>([
  ["nothing planned", 0, { changes: [quiet] }, undefined, undefined],
  ["nothing planned, with warnings", 0, { changes: [quiet] }, [warning], undefined],
  ["a change", 2, { changes: [vmUpdate()] }, undefined, undefined],
  [
    "an import alone",
    2,
    { changes: [change("zenlayer_vm_instance_spec.web", ["no-op"], vm(), vm(), { importing: { id: "1" } })] },
    undefined,
    undefined,
  ],
  ["an update without a call", 2, { changes: [vmUpdate([], { max_immediate_charge: 5 })] }, undefined, undefined],
  ["a resource of somebody else", 2, { changes: [change("aws_thing.a", ["update"], {}, {})] }, undefined, undefined],
  [
    "a resource that moved",
    2,
    {
      changes: [
        change("zenlayer_vm_instance_spec.web", ["no-op"], vm(), vm(), { previous: "zenlayer_vm_instance_spec.old" }),
      ],
    },
    undefined,
    undefined,
  ],
  ["an output alone", 2, { outputs: { a: { actions: ["update"] } } }, undefined, undefined],
  ["a plan that Terraform calls applyable", 2, { changes: [quiet], applyable: true }, undefined, undefined],
  [
    "something not reviewable",
    2,
    { changes: [change("zenlayer_vm_instance_spec.web", ["create"], null, {}, { after_unknown: { changes: true } })] },
    undefined,
    undefined,
  ],
  [
    "a destroyed machine of another provider",
    2,
    { changes: [change("zenlayercloud_zvm_instance.a", ["delete"], {}, null, { provider: "a/b/zenlayercloud" })] },
    undefined,
    undefined,
  ],
  ["a failed plan without its log", 1, errored, undefined, undefined],
  ["a failed plan", 1, errored, [failure], undefined],
  ["a failed plan that shows changes", 1, { changes: [vmUpdate()], errored: true }, [failure], undefined],
  ["an incomplete plan with nothing in it", 1, { changes: [quiet], complete: false }, undefined, undefined],
  ["an incomplete plan with changes", 1, { changes: [vmUpdate()], complete: false }, undefined, undefined],
  ["a plan that looks well beside a log with an error", 1, { changes: [quiet] }, [failure], undefined],
  ["a plan refused by a guard", 3, errored, [refusal], undefined],
  ["a plan refused by a guard, and failed elsewhere", 1, errored, [refusal, failure], undefined],
  [
    "a guard that the prices exceed",
    3,
    { changes: [vmUpdate(undefined, { max_immediate_charge: 1 })], prior: [webQuote] },
    undefined,
    undefined,
  ],
  ["a policy that denies", 3, { changes: [bmcUpdate()] }, undefined, "no_downgrade: deny"],
  ["a policy that warns", 2, { changes: [bmcUpdate()] }, undefined, "no_downgrade: warn"],
  ["a policy that denies a failed plan", 1, { changes: [bmcUpdate()], errored: true }, [failure], "no_downgrade: deny"],
])("%s exits with %i", (_, exitCode, options, diagnostics, rules) => {
  const found = report(options, {
    ...(diagnostics === undefined ? {} : { diagnostics }),
    ...(rules === undefined ? {} : { policyText: `version: 1\nrules: {${rules}}` }),
  });
  expect(found.exit_code).toBe(exitCode);
  expect(found.status).toBe(["nothing_to_do", "error", "changes", "refused"][exitCode]);
  expect(found.reasons.length > 0).toBe(exitCode === 1 || exitCode === 3);
  if (exitCode !== 0) expect(found.summary).not.toMatch(/nothing to do/i);
});

describe("an error", () => {
  test("of the configuration names file and line", () => {
    const found = report(errored, {
      diagnostics: [{ severity: "error", summary: "Unsupported argument", detail: "No.", at: ["main.tf", 12] }],
    });
    expect(found.reasons).toEqual(["main.tf:12: Unsupported argument"]);
    expect(renderMarkdown(reviewDocument(found))).toContain("`main.tf:12`: **Unsupported argument**. No.");
  });

  test("of a condition stands in the plan, and is told from it; the log says it once", () => {
    const checks = [
      {
        address: { kind: "resource", to_display: "aws_a.a" },
        status: "fail",
        instances: [{ address: { to_display: "aws_a.a[0]" }, status: "fail", problems: [{ message: "Too small." }] }],
      },
    ];
    const alone = report({ ...errored, checks });
    expect(alone.reasons).toEqual(["aws_a.a[0]: A precondition or postcondition failed"]);
    expect(renderMarkdown(reviewDocument(alone))).toContain("Too small.");
    const logged = report(
      { ...errored, checks },
      {
        diagnostics: [
          { severity: "error", summary: "Resource precondition failed", detail: "Too small.", at: ["a.tf", 3] },
        ],
      },
    );
    expect(logged.facts.diagnostics).toHaveLength(1);
    expect(report({ changes: [quiet], checks })).toMatchObject({
      exit_code: 0,
      facts: { diagnostics: [{ severity: "warning" }] },
    });
  });
});

describe("a replacement of ours", () => {
  const web = "zenlayer_vm_instance_spec.web";
  const other = vm({ instance_id: "900000000000000009", instance_name: "web-9" });
  const undecided = { after_unknown: { instance_id: true, changes: true } };

  test.each([
    [
      "by the same machine (-replace, taint)",
      change(web, ["delete", "create"], vm(), vm()),
      true,
      /web: web-1 is forgotten and adopted again; the machine is left as it is/,
      /^1 machine forgotten and adopted again$/,
    ],
    [
      "by another machine",
      change(web, ["delete", "create"], vm(), other),
      false,
      /web only forgets web-1.* and manages another machine instead; the machine is left as it is/,
      /^1 machine adopted · 1 machine no longer managed$/,
    ],
    [
      "by a machine known only at apply",
      change(web, ["delete", "create"], vm(), {}, undecided),
      null,
      /web only forgets web-1.* and manages a machine known only at apply instead; the machine is left as it is/,
      /1 machine no longer managed/,
    ],
    ["by nothing", change(web, ["delete"], vm(), null), null, /web only forgets web-1[^;]*; the machine is left/, /^1/],
  ] as const)("%s", (_name, replacement, same, sentence, summary) => {
    const found = report({ changes: [replacement] });
    expect(found.facts.forgotten).toMatchObject([{ same_machine: same, machine: { name: "web-1" } }]);
    expect(renderMarkdown(reviewDocument(found)).replaceAll("`", "").replaceAll("\\", "")).toMatch(sentence);
    expect(found.summary).toMatch(summary);
  });
});

test("a digest that does not fit refuses, one that fits changes nothing", () => {
  const options: PlanOptions = { changes: [vmUpdate()] };
  const { digest } = report(options);
  expect(report(options, { reviewed: { digest: digest ?? "", changes: null } })).toMatchObject({
    exit_code: 2,
    verification: { matches: true },
  });
  expect(report(options, { reviewed: { digest: `sha256:${"0".repeat(64)}`, changes: null } })).toMatchObject({
    exit_code: 3,
    status: "refused",
  });
});

test("a log alone is an error, or a refusal when only guards refused", () => {
  const only = (diagnostics: readonly DiagnosticValues[]) =>
    buildReport([{ name: "prod", plan: null, log: parseLog(input(logText(diagnostics))) }], { name: "prod", now: NOW });
  expect(only([failure])).toMatchObject({ exit_code: 1, digest: null });
  expect(only([refusal])).toMatchObject({ exit_code: 3 });
  expect(only([])).toMatchObject({ exit_code: 1 });
});

test("the worst of several plans decides", () => {
  const build = (...options: readonly PlanOptions[]) =>
    buildReport(
      options.map((item, index) => subject(item, null, `stack-${index}`)),
      { name: "all", now: NOW },
    );
  expect(build({ changes: [quiet] }, { changes: [vmUpdate()] }).exit_code).toBe(2);
  expect(build({ changes: [vmUpdate()] }, errored).exit_code).toBe(1);
});

describe("the summary", () => {
  test.each<readonly [string, PlanOptions, string]>([
    [
      "one priced change",
      { changes: [vmUpdate()], prior: [webQuote] },
      "1 change on 1 machine · about 3.88 USD, at most 12.00 USD charged at once · +12.00 USD a month",
    ],
    [
      "an unknown price",
      { changes: [vmUpdate()] },
      "1 change on 1 machine · an unknown amount charged at once · monthly difference unknown",
    ],
    [
      "a cancel",
      { changes: [vmUpdate([step(cancel)])] },
      "1 change on 1 machine · nothing charged at once · monthly difference unknown",
    ],
    [
      "a known and an unknown price",
      {
        changes: [vmUpdate(), bmcUpdate([step(upgrade, { axis: "traffic_package_size", from: "10", to: "20" })])],
        prior: [webQuote],
      },
      "2 changes on 2 machines · about 3.88 USD, at most 12.00 USD and an unknown amount charged at once · +12.00 USD a month, without 1 change of unknown price",
    ],
    ["settings", { changes: [vmUpdate([], { on_destroy: "forget" })] }, "Only settings change, nothing is ordered"],
    ["an output", { outputs: { a: { actions: ["create"] } } }, "Only outputs or the state change"],
    ["nothing", { changes: [quiet] }, "Nothing to do"],
  ])("%s", (_, options, summary) => {
    expect(report(options).summary).toBe(summary);
  });
});

test("two hidden values that look the same are not taken for no difference", () => {
  const hidden = vmUpdate();
  const marks = { after_sensitive: { internet_max_bandwidth_out: true } };
  const found = report({ changes: [{ ...hidden, change: { ...hidden.change, ...marks } }] });
  expect(found.facts.changes[0]).toMatchObject({ from: "(sensitive)", to: "(sensitive)" });
  expect(found.totals).toMatchObject({ monthly_difference: [], monthly_difference_unknown: 1 });
});

describe("the JSON", () => {
  const schema = (name: string) =>
    JSON.parse(readFileSync(join(__dirname, "..", "..", "..", "docs", "schemas", name), "utf8")) as object;
  const ajv = new Ajv2020({ allowUnionTypes: true });
  const validate = ajv.compile(schema("review-report.v2.json"));
  const everything: PlanOptions = {
    changes: [
      vmUpdate(
        [step(cancel), step(upgrade, { step: 2 })],
        { max_immediate_charge: 5 },
        {
          pending: [
            { axis: "internet_max_bandwidth_out", from: "200", to: "100", phase: "scheduled", effective_at: null },
          ],
        },
      ),
      bmcUpdate(),
      change(
        "zenlayer_vm_instance_spec.new",
        ["create"],
        null,
        {},
        { after_unknown: { instance_id: true, changes: true } },
      ),
      change("zenlayer_vm_instance_spec.gone", ["delete"], vm({ on_destroy: "cancel_scheduled" }), null),
      change("zenlayercloud_zvm_instance.a", ["delete", "create"], { id: "1" }, {}, { provider: "a/b/zenlayercloud" }),
      change("null_resource.hook", ["create"], null, { triggers: { change_count: "1" } }),
    ],
    drift: [change("zenlayer_vm_instance_spec.web", ["update"], vm(), vm({ pending: [], instance_name: null }))],
    prior: [webQuote, data("zenlayer_balance", { purchasing_power: 3, currency: null })],
  };

  test.each<readonly [string, Report]>([
    [
      "with everything in it",
      report(everything, {
        diagnostics: [refusal, failure, warning],
        policyText: "version: 1\nrules: {no_downgrade: deny, max_charge_total: {level: warn, amount: 1}}",
        reviewed: { digest: "sha256:x", changes: [] },
      }),
    ],
    ["of a quiet plan", report({ changes: [quiet] })],
    ["of nothing", report({})],
    [
      "of a log alone",
      buildReport([{ name: "prod", plan: null, log: parseLog(input(logText([failure]))) }], { name: "prod", now: NOW }),
    ],
  ])("fits its schema: %s", (_, found) => {
    validate(JSON.parse(renderJson(found)));
    expect(validate.errors).toBeNull();
  });

  test("is checked by a schema that knows what it wants", () => {
    const { digest: _, ...broken } = JSON.parse(renderJson(report(everything))) as Record<string, unknown>;
    expect(validate(broken)).toBe(false);
    expect(validate({ ...broken, digest: null, more: 1 })).toBe(false);
  });

  test("of an apply fits its schema", () => {
    const applied = ajv.compile(schema("applied-report.v1.json"));
    const found = buildAppliedReport({
      name: "prod",
      plans: [],
      logs: [parseLog(input(logText([warning])))],
      states: [{ label: "s", resources: [], outputs: {}, raw: false }],
    });
    applied(JSON.parse(renderJson(found)));
    expect(applied.errors).toBeNull();
  });
});
