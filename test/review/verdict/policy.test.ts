// The policy file: what is read, and that every mistake is named with its place.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { parse } from "yaml";
import { parsePolicy, ReviewError } from "../../../lib/review";

const ROOT = join(__dirname, "..", "..", "..");
const schema = JSON.parse(readFileSync(join(ROOT, "docs/schemas/policy.v1.json"), "utf8")) as object;
const validate = new Ajv2020().compile(schema);

function mistakes(text: string): string {
  try {
    parsePolicy(text, "policy.yaml");
  } catch (error) {
    if (error instanceof ReviewError && error.code === "bad_policy") return error.message;
    throw error;
  }
  throw new Error("the policy was accepted");
}

test("the example is read, and fits its schema", () => {
  const text = readFileSync(join(ROOT, "examples/policy/policy.yaml"), "utf8");
  expect(parsePolicy(text, "policy.yaml")).toMatchObject({
    noDowngrade: "warn",
    maxChargePerChange: { level: "deny", amount: 200, currency: "USD" },
    protectedMachines: { machines: ["900000000000000042", "db-*"] },
  });
  expect(validate(parse(text))).toBe(true);
});

test("the guide shows a policy that is read, and names every rule and every fact", () => {
  const guide = readFileSync(join(ROOT, "docs/guides/policy.md"), "utf8");
  const sample = /```yaml\n(.*?)```/s.exec(guide)?.[1] ?? "";
  expect(parsePolicy(sample, "policy.md").maxChargeTotal).toMatchObject({ amount: 1000 });
  const rules = (schema as { properties: { rules: { properties: object } } }).properties.rules.properties;
  const report = JSON.parse(readFileSync(join(ROOT, "docs/schemas/review-report.v2.json"), "utf8")) as {
    $defs: { facts: { properties: object } };
  };
  const facts = Object.keys(report.$defs.facts.properties).filter((name) => name !== "version");
  for (const name of [...Object.keys(rules), ...facts]) expect(guide).toContain(`| \`${name}\` |`);
});

test("JSON is read as well", () => {
  expect(parsePolicy('{"version": 1, "rules": {"no_downgrade": {"level": "deny"}}}', "policy.json").noDowngrade).toBe(
    "deny",
  );
});

const wrong: readonly (readonly [string, string, RegExp])[] = [
  ["nothing", "", /the policy: must be an object/],
  ["another version", "version: 2\nrules: {no_downgrade: deny}", /version: must be 1; not 2/],
  ["no rules", "version: 1", /rules: must be an object.*it is missing/],
  ["an empty list of rules", "version: 1\nrules: {}", /rules: has no rule/],
  [
    "an unknown rule",
    "version: 1\nrules: {no_downgrades: deny}",
    /"no_downgrades" is not known; allowed are no_destroy, no_erase, no_downgrade,/,
  ],
  [
    "an unknown level",
    "version: 1\nrules: {no_downgrade: error}",
    /rules\.no_downgrade: must be warn or deny; not "error"/,
  ],
  [
    "a missing level",
    "version: 1\nrules: {max_charge_total: {amount: 1}}",
    /max_charge_total\.level: must be warn or deny; it is missing/,
  ],
  [
    "an amount in words",
    'version: 1\nrules: {max_charge_total: {level: deny, amount: "1"}}',
    /amount: must be a number of at least 0; not "1"/,
  ],
  ["a negative amount", "version: 1\nrules: {max_charge_total: {level: deny, amount: -1}}", /not -1/],
  ["an empty currency", 'version: 1\nrules: {max_charge_total: {level: deny, amount: 1, currency: ""}}', /currency/],
  [
    "an id that YAML made a number",
    "version: 1\nrules: {protected_machines: {level: deny, machines: [900000000000000042]}}",
    /machines\[0\]: must be an id.*in quotes/,
  ],
  ["no machines", "version: 1\nrules: {protected_machines: {level: deny, machines: []}}", /at least one/],
  [
    "a time without an offset",
    'version: 1\nrules: {freeze_windows: {level: deny, windows: [{name: x, from: "2026-12-24T18:00:00", to: "2026-12-25T00:00:00Z"}]}}',
    /windows\[0\]\.from: must be a time with its offset/,
  ],
  [
    "a weekly window without an offset",
    'version: 1\nrules: {freeze_windows: {level: deny, windows: [{name: x, weekly: {from: "Fri 18:00", to: "Mon 08:00"}}]}}',
    /utc_offset/,
  ],
  ["an increase without a limit", "version: 1\nrules: {max_monthly_increase: {level: deny}}", /needs amount, percent/],
  [
    "a negative percentage",
    "version: 1\nrules: {max_monthly_increase: {level: deny, percent: -1}}",
    /percent: must be a number of at least 0; not -1/,
  ],
  ["an empty list of types", "version: 1\nrules: {no_destroy: {level: deny, types: []}}", /types: must be a list/],
  ["an empty list of scopes", "version: 1\nrules: {no_erase: []}", /no_erase: must be a list/],
  ["a scope without a level", 'version: 1\nrules: {no_destroy: [{types: ["a"]}]}', /no_destroy\[0\]\.level/],
  [
    "a waiver without an owner",
    'version: 1\nrules: {no_downgrade: deny}\nwaivers: [{rule: no_downgrade, reason: x, expires: "2026-12-31"}]',
    /waivers\[0\]\.owner: must be who answers for it; it is missing/,
  ],
  [
    "a waiver without an end",
    "version: 1\nrules: {no_downgrade: deny}\nwaivers: [{rule: no_downgrade, owner: a, reason: x}]",
    /waivers\[0\]\.expires/,
  ],
  [
    "a waiver of no rule",
    'version: 1\nrules: {no_downgrade: deny}\nwaivers: [{rule: all, owner: a, reason: x, expires: "2026-12-31"}]',
    /waivers\[0\]\.rule: must be one of no_destroy,/,
  ],
  [
    "a window of both kinds",
    'version: 1\nrules: {freeze_windows: {level: deny, windows: [{name: x, from: "2026-12-24T18:00:00Z", to: "2026-12-25T00:00:00Z", weekly: {from: "Fri 18:00", to: "Mon 08:00", utc_offset: Z}}]}}',
    /both weekly and from\/to/,
  ],
];

test.each(wrong)("%s", (_, text, message) => {
  expect(mistakes(text)).toMatch(message);
  expect(mistakes(text)).toMatch(/^policy\.yaml is not a policy:/);
});

test.each(wrong)("the schema refuses it too: %s", (_, text) => {
  expect(validate(parse(text))).toBe(false);
});

test.each([
  [
    "a window that ends before it begins",
    'from: "2026-12-25T00:00:00Z", to: "2026-12-24T00:00:00Z"',
    /ends before it begins/,
  ],
  ["a day that does not exist", 'from: "2026-02-30T00:00:00Z", to: "2026-12-24T00:00:00Z"', /from: must be a time/],
  ["a week that is empty", 'weekly: {from: "Mon 00:00", to: "Mon 00:00", utc_offset: Z}', /same moment/],
  [
    "a day of the week that does not exist",
    'weekly: {from: "Fry 18:00", to: "Mon 00:00", utc_offset: Z}',
    /such as "Fri 18:00"/,
  ],
  ["an offset that does not exist", 'weekly: {from: "Fri 18:00", to: "Mon 00:00", utc_offset: "+25:00"}', /utc_offset/],
])("what no schema can say: %s", (_, window, message) => {
  expect(mistakes(`version: 1\nrules: {freeze_windows: {level: deny, windows: [{name: x, ${window}}]}}`)).toMatch(
    message,
  );
});

test("what no schema can say: a waiver that ends on no day", () => {
  const waiver = (expires: string) =>
    `version: 1\nrules: {no_downgrade: deny}\nwaivers: [{rule: no_downgrade, owner: a, reason: b, expires: "${expires}"}]`;
  expect(mistakes(waiver("2026-02-30"))).toMatch(/waivers\[0\]\.expires: must be a day such as/);
  expect(mistakes(waiver("soon"))).toMatch(/expires/);
});

test("all mistakes are told at once", () => {
  const text = mistakes("version: 1\nrules: {no_downgrade: maybe, max_charge_total: {level: deny}}");
  expect(text.split("\n")).toHaveLength(3);
});

test.each([
  ["broken YAML", "rules: [", /cannot be read as YAML or JSON/],
  ["a rule given twice", "version: 1\nrules:\n  no_downgrade: deny\n  no_downgrade: warn", /cannot be read/],
  [
    "aliases that explode",
    `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${"*a,".repeat(9)}]\nc: &c [${"*b,".repeat(9)}]\nd: [${"*c,".repeat(9)}]`,
    /cannot be read/,
  ],
])("%s is refused in one sentence", (_, text, message) => {
  expect(mistakes(text)).toMatch(message);
});
