// What is read out of a plan: one behaviour a test.
import { collectFacts, parseStack, type Facts } from "../../../lib/review";
import {
  bmcUpdate,
  cancel,
  change,
  CYCLE,
  data,
  downgrade,
  planJson,
  step,
  unevenQuote,
  upgrade,
  vm,
  vmUpdate,
  webQuote,
  type PlanOptions,
  type Values,
} from "../plans";
import { input, plan, subject } from "../support";

function facts(options: PlanOptions): Facts {
  return collectFacts([subject(options)]);
}

describe("changes", () => {
  test("one row per call, in the order of the steps, whatever the order in the set", () => {
    const found = facts({ changes: [vmUpdate([step(upgrade, { step: 2 }), step(cancel)]), bmcUpdate()] }).changes;
    expect(found.map(({ address, step, direction }) => [address, step, direction])).toEqual([
      ["zenlayer_bmc_traffic_package.edge", 1, "downgrade"],
      ["zenlayer_vm_instance_spec.web", 1, "cancel"],
      ["zenlayer_vm_instance_spec.web", 2, "upgrade"],
    ]);
  });

  test("a row says machine, axis, values, effect and charge", () => {
    expect(facts({ changes: [bmcUpdate()] }).changes[0]).toMatchObject({
      plan: "prod",
      machine: { product: "bmc", id: "900000000000000002", name: "edge-1", instance_charge_type: "PREPAID" },
      axis: "traffic_package_size",
      axis_unit: "TB",
      from: "10",
      to: "2.5",
      takes_effect: "next_billing_cycle",
      effective_at: CYCLE,
      charge: "none",
    });
  });

  test("the changes of an earlier apply are not rows when nothing is planned", () => {
    const values = vm({ changes: [step(upgrade)], change_count: 1 });
    const found = facts({ changes: [change("zenlayer_vm_instance_spec.web", ["no-op"], values, values)] });
    expect(found.changes).toEqual([]);
    expect(found.plans[0]?.has_changes).toBe(false);
  });

  test("a replacement shows the calls on the new machine and forgets the old one", () => {
    const found = facts({
      changes: [
        change(
          "zenlayer_vm_instance_spec.web",
          ["delete", "create"],
          vm(),
          vm({ instance_id: "2", instance_name: "web-2", changes: [step(upgrade)] }),
        ),
      ],
    });
    expect(found.changes.map(({ machine }) => machine.name)).toEqual(["web-2"]);
    expect(found.forgotten).toMatchObject([{ machine: { name: "web-1" }, replaced: true, cancels: [] }]);
    expect(found.adoptions).toMatchObject([{ machine: { name: "web-2" }, by: "create", calls: 1 }]);
    expect(found.alarms).toEqual([]);
  });

  test.each<readonly [string, Values, RegExp]>([
    ["machine", { instance_id: true, changes: true }, /machine is known only at apply/],
    ["values", { changes: true }, /values are known only at apply/],
    ["one value", { changes: [{ to: true }] }, /values are known only at apply/],
  ])("an unknown %s makes the resource not reviewable", (_, unknown, reason) => {
    const found = facts({
      changes: [
        change("zenlayer_vm_instance_spec.web", ["create"], null, vm({ changes: [step(upgrade)] }), {
          after_unknown: unknown,
        }),
      ],
    });
    expect(found.changes).toEqual([]);
    expect(found.not_reviewable).toHaveLength(1);
    expect(found.not_reviewable[0]?.reason).toMatch(reason);
  });

  test("a machine known only at apply has no name of another machine", () => {
    const found = facts({
      changes: [
        change(
          "zenlayer_vm_instance_spec.web",
          ["delete", "create"],
          vm(),
          {},
          { after_unknown: { instance_id: true, changes: true } },
        ),
      ],
    });
    expect(found.not_reviewable[0]?.machine).toMatchObject({ id: null, name: null });
  });

  test.each([
    ["an unknown direction", [step(upgrade, { direction: "sideways" })]],
    ["an unknown axis", [step(upgrade, { axis: "cpu" })]],
    ["no list", null],
  ])("%s is not reviewable, never ignored", (_, changes) => {
    const found = facts({ changes: [vmUpdate([], { changes })] });
    expect(found.not_reviewable).toHaveLength(1);
  });

  test("a deferred resource is not reviewable, and the plan incomplete", () => {
    const found = facts({ deferred: [vmUpdate()] });
    expect(found.not_reviewable[0]?.reason).toMatch(/deferred/);
    expect(found.plans[0]?.complete).toBe(false);
  });
});

describe("guards", () => {
  const guards = (after: Values, steps = [step(upgrade)]) =>
    facts({ changes: [vmUpdate(steps, after)], prior: [webQuote] }).changes.map((row) =>
      row.guards.map(({ guard, result }) => `${guard} ${result}`),
    );

  test.each<readonly [string, Values, readonly string[]]>([
    ["no guard", {}, []],
    ["a limit above the price", { max_immediate_charge: 50 }, ["max_immediate_charge passed"]],
    ["a limit at the price", { max_immediate_charge: 12 }, ["max_immediate_charge passed"]],
    ["a limit below the price", { max_immediate_charge: 11.99 }, ["max_immediate_charge failed"]],
    ["never charge", { max_immediate_charge: 0 }, ["max_immediate_charge failed"]],
  ])("%s", (_, after, expected) => {
    expect(guards(after)).toEqual([expected]);
  });

  test.each([
    [12, "failed", "all calls together may charge at most 12.01"],
    [12.01, "passed", "all calls together charge at most 12.01"],
  ])("a bound between two cents is said as the upper one: limit %d", (limit, result, detail) => {
    const row = facts({ changes: [vmUpdate(undefined, { max_immediate_charge: limit })], prior: [unevenQuote] })
      .changes[0];
    expect(row?.guards[0]).toMatchObject({ result, detail });
  });

  test("deny refuses a downgrade and lets an upgrade pass", () => {
    expect(guards({ on_downgrade: "deny" }, [step(downgrade)])).toEqual([["on_downgrade failed"]]);
    expect(guards({ on_downgrade: "deny" })).toEqual([[]]);
  });

  test("what charges nothing needs no ceiling", () => {
    expect(guards({ max_immediate_charge: 0 }, [step(cancel)])).toEqual([[]]);
  });

  test("without a quote the provider has checked the ceiling when it planned", () => {
    const row = facts({ changes: [vmUpdate(undefined, { max_immediate_charge: 50 })] }).changes[0];
    expect(row?.guards[0]).toMatchObject({ result: "passed", detail: "checked by the provider when it planned" });
  });

  test("a guard known only at apply is decided then", () => {
    const found = change("zenlayer_vm_instance_spec.web", ["update"], vm(), vm({ changes: [step(upgrade)] }), {
      after_unknown: { max_immediate_charge: true },
    });
    expect(facts({ changes: [found] }).changes[0]?.guards[0]?.result).toBe("at_apply");
  });

  test("a read-only provider will refuse at apply", () => {
    const configuration = {
      provider_config: {
        zenlayer: {
          full_name: "registry.terraform.io/cdktf-zenlayer/zenlayer",
          expressions: { read_only: { constant_value: true } },
        },
      },
    };
    expect(facts({ changes: [vmUpdate()], configuration }).changes[0]?.guards[0]).toMatchObject({
      guard: "read_only",
      result: "at_apply",
    });
  });
});

describe("around the changes", () => {
  test("an import without a call is an adoption and something to do", () => {
    const found = facts({
      changes: [change("zenlayer_vm_instance_spec.web", ["no-op"], vm(), vm(), { importing: { id: "9" } })],
    });
    expect(found.adoptions).toMatchObject([{ by: "import", calls: 0 }]);
    expect(found.plans[0]?.has_changes).toBe(true);
  });

  test.each([
    ["destroy", ["delete"], false],
    ["removed", ["forget"], false],
  ])("%s forgets our resource without an alarm", (_, actions, replaced) => {
    const found = facts({ changes: [change("zenlayer_vm_instance_spec.web", actions, vm(), null)] });
    expect(found.forgotten).toMatchObject([{ replaced, cancels: [], machine: { name: "web-1" } }]);
    expect(found.alarms).toEqual([]);
  });

  const waiting = [
    { axis: "internet_max_bandwidth_out", from: "200", to: "100", phase: "scheduled", effective_at: CYCLE },
  ];

  test("destroying may cancel what is scheduled, and says so", () => {
    const before = vm({ on_destroy: "cancel_scheduled", pending: waiting });
    const found = facts({ changes: [change("zenlayer_vm_instance_spec.web", ["delete"], before, null)] });
    expect(found.forgotten[0]?.cancels).toEqual(["internet_max_bandwidth_out"]);
    expect(found.pending[0]?.cancelled_by_plan).toBe(true);
  });

  test.each([[["delete", "create"]], [["create", "delete"]]])(
    "replacing (%j) cancels nothing, whatever on_destroy says",
    (actions) => {
      const values = vm({ on_destroy: "cancel_scheduled", pending: waiting });
      const found = facts({ changes: [change("zenlayer_vm_instance_spec.web", actions, values, values)] });
      expect(found.forgotten[0]?.cancels).toEqual([]);
      expect(found.pending[0]?.cancelled_by_plan).toBe(false);
    },
  );

  test("what is pending is shown for a quiet plan too", () => {
    const values = vm({ pending: waiting });
    const found = facts({ changes: [change("zenlayer_vm_instance_spec.web", ["no-op"], values, values)] });
    expect(found.pending).toMatchObject([
      { to: "100", phase: "scheduled", effective_at: CYCLE, cancelled_by_plan: false },
    ]);
    expect(found.plans[0]?.has_changes).toBe(false);
  });

  test("what is pending outside of the targets comes from the prior state", () => {
    const resource = {
      address: "zenlayer_vm_instance_spec.x",
      mode: "managed",
      type: "zenlayer_vm_instance_spec",
      name: "x",
      provider_name: "p",
      values: vm({ pending: waiting }),
    };
    expect(facts({ prior: [resource] }).pending).toHaveLength(1);
  });

  test("a cancel in the plan is told of the pending change", () => {
    const found = facts({ changes: [vmUpdate([step(cancel)], {}, { pending: waiting })] });
    expect(found.pending[0]?.cancelled_by_plan).toBe(true);
  });

  test("an edited guard is a setting, with its values", () => {
    const found = facts({
      changes: [
        vmUpdate(
          [],
          { max_immediate_charge: 500, on_downgrade: null },
          { max_immediate_charge: 50, on_downgrade: "deny" },
        ),
      ],
    });
    expect(found.settings[0]).toMatchObject({
      with_calls: false,
      guards: [
        { guard: "on_downgrade", from: "deny", to: null },
        { guard: "max_immediate_charge", from: "50", to: "500" },
      ],
    });
  });

  test("the first guards of an imported machine are no edit", () => {
    const row = change("zenlayer_vm_instance_spec.web", ["update"], vm(), vm({ max_immediate_charge: 5 }), {
      importing: { id: "1" },
    });
    expect(facts({ changes: [row] }).settings).toMatchObject([{ attributes: ["max_immediate_charge"], guards: [] }]);
  });

  test("hooks that a change triggers are listed with their commands", () => {
    const configuration = {
      root_module: {
        module_calls: {
          m: {
            module: {
              resources: [
                {
                  address: "null_resource.smoke",
                  mode: "managed",
                  provisioners: [{ type: "local-exec", expressions: { command: { constant_value: "npm run smoke" } } }],
                  expressions: {
                    triggers: {
                      references: ["zenlayer_vm_instance_spec.web.change_count", "zenlayer_vm_instance_spec.web"],
                    },
                  },
                },
              ],
            },
          },
        },
      },
    };
    const found = facts({
      configuration,
      changes: [
        change('module.m["a.b"].null_resource.smoke', ["delete", "create"], { triggers: {} }, { triggers: {} }),
        change("null_resource.other", ["create"], null, { triggers: { x: "1" } }),
        change("terraform_data.named", ["create"], null, { triggers_replace: { change_count: 3 } }),
        change(
          "terraform_data.unknown",
          ["create"],
          null,
          { triggers_replace: {} },
          { after_unknown: { triggers_replace: { change_count: true } } },
        ),
      ],
    });
    expect(found.hooks).toMatchObject([
      { runs: "again", triggered_by: ['module.m["a.b"].zenlayer_vm_instance_spec.web'], commands: ["npm run smoke"] },
      { address: "terraform_data.named", runs: "first_time", triggered_by: [], commands: [] },
      { address: "terraform_data.unknown", runs: "first_time", triggered_by: [], commands: [] },
    ]);
    expect(found.others.map(({ address }) => address)).toEqual(["null_resource.other"]);
  });

  test("drift stands apart from intent, with values of our resources only", () => {
    const found = facts({
      drift: [
        change("zenlayer_vm_instance_spec.web", ["update"], vm(), vm({ internet_max_bandwidth_out: 300, pending: [] })),
        change("aws_thing.a", ["update"], { token: "one" }, { token: "two" }),
        change("zenlayer_vm_instance_spec.old", ["delete"], vm(), null),
      ],
    });
    expect(found.changes).toEqual([]);
    expect(found.drift).toMatchObject([
      { address: "aws_thing.a", attributes: [{ name: "token", from: null, to: null }] },
      { address: "zenlayer_vm_instance_spec.old", gone: true },
      { attributes: [{ name: "internet_max_bandwidth_out", from: "200", to: "300" }] },
    ]);
  });

  test("the balance is taken from its data source", () => {
    expect(facts({ prior: [data("zenlayer_balance", { purchasing_power: 10, currency: "USD" })] }).balances).toEqual([
      { plan: "prod", account_id: null, purchasing_power: 10, currency: "USD" },
    ]);
  });

  test("construct paths come from cdk.tf.json, for every instance of a resource", () => {
    const paths = parseStack(
      input(
        { resource: { zenlayer_vm_instance_spec: { web: { "//": { metadata: { path: "prod/web/Resource" } } } } } },
        "cdk.tf.json",
      ),
    );
    const found = collectFacts([
      {
        name: "prod",
        log: null,
        paths,
        plan: plan({ changes: [{ ...vmUpdate(), address: 'zenlayer_vm_instance_spec.web["a"]' }] }),
      },
    ]);
    expect(found.changes[0]?.construct_path).toBe("prod/web/Resource");
  });
});

describe("alarms", () => {
  const official = "registry.terraform.io/zenlayer/zenlayercloud";
  test.each<readonly [string, string, readonly string[], string, string | null]>([
    ["a destroyed VM", "zenlayercloud_zvm_instance.a", ["delete"], official, "destroy"],
    ["a replaced VM", "zenlayercloud_instance.a", ["delete", "create"], official, "replace"],
    ["one that is created before", "zenlayercloud_bmc_instance.a", ["create", "delete"], official, "replace"],
    ["one in a module", 'module.m["x"].zenlayercloud_bmc_instance.a', ["delete"], official, "destroy"],
    ["one of a mirror of the provider", "zec_instance.a", ["delete"], "example.com/x/zenlayercloud", "destroy"],
    ["one of a type of another Zenlayer provider", "zenlayer_instance.a", ["delete"], "example.com/x/other", "destroy"],
    ["an update in place", "zenlayercloud_zvm_instance.a", ["update"], official, null],
    ["one that is only forgotten", "zenlayercloud_zvm_instance.a", ["forget"], official, null],
    ["a subnet", "zenlayercloud_subnet.a", ["delete"], official, null],
    ["an instance of somebody else", "aws_instance.a", ["delete"], "registry.terraform.io/hashicorp/aws", null],
  ])("%s", (_, address, actions, provider, effect) => {
    const found = facts({ changes: [change(address, actions, { id: "1", instance_name: "n" }, {}, { provider })] });
    expect(found.alarms.map((alarm) => alarm.effect)).toEqual(effect === null ? [] : [effect]);
  });
});

describe("sensitive values", () => {
  const secret = "correct-horse-battery";
  test("never reach the facts", () => {
    const found = facts({
      changes: [
        change(
          "zenlayer_vm_instance_spec.web",
          ["update"],
          vm({ instance_type: secret }),
          vm({
            instance_type: "x",
            instance_id: secret,
            changes: [step(upgrade, { axis: "instance_type", from: secret, to: "x" })],
          }),
          {
            before_sensitive: { instance_type: true },
            after_sensitive: { instance_id: true },
          },
        ),
        change("zenlayercloud_zvm_instance.a", ["delete"], { id: secret }, null, { before_sensitive: { id: true } }),
      ],
      drift: [
        change("zenlayer_vm_instance_spec.web", ["update"], vm({ instance_type: secret }), vm(), {
          before_sensitive: { instance_type: true },
        }),
      ],
    });
    expect(JSON.stringify(found)).not.toContain(secret);
    expect(found.changes[0]).toMatchObject({ from: "(sensitive)", to: "(sensitive)", machine: { id: "(sensitive)" } });
  });

  test("are taken out of messages", () => {
    const found = collectFacts([
      subject(
        {
          variables: { password: { value: secret } },
          configuration: { root_module: { variables: { password: { sensitive: true } } } },
        },
        [{ severity: "warning", summary: `login with ${secret}`, detail: `again ${secret}` }],
      ),
    ]);
    expect(found.diagnostics[0]).toMatchObject({ summary: "login with (sensitive)", detail: "again (sensitive)" });
  });

  test("are taken out of messages as numbers too, but not as a part of other numbers", () => {
    const web = vmUpdate();
    const changes = [{ ...web, change: { ...web.change, after_sensitive: { internet_max_bandwidth_out: true } } }];
    const detail = "200 → 200.5 Mbps, 1200 or 3.200, up to 200.";
    const found = collectFacts([subject({ changes }, [{ severity: "warning", summary: "200", detail }])]);
    expect(found.diagnostics[0]).toMatchObject({
      summary: "(sensitive)",
      detail: "(sensitive) → 200.5 Mbps, 1200 or 3.200, up to (sensitive).",
    });
  });
});

test("a failed check is a warning when there is no log to say it", () => {
  const checks = [
    {
      address: { kind: "check", to_display: "check.health" },
      status: "fail",
      instances: [{ problems: [{ message: "it is down" }] }],
    },
  ];
  expect(facts({ checks }).diagnostics).toMatchObject([
    { severity: "warning", summary: "Check failed: check.health", detail: "it is down" },
  ]);
});

test("plan JSON of Terraform 1.1, without its later marks, is read", () => {
  const {
    applyable: _a,
    complete: _c,
    errored: _e,
    ...old
  } = planJson({ changes: [vmUpdate()], overrides: { format_version: "1.0" } });
  const found = collectFacts([{ name: "old", log: null, plan: plan({ overrides: old }) }]);
  expect(found.plans[0]).toMatchObject({ errored: false, complete: true, has_changes: true });
});
