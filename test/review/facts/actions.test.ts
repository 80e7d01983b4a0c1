// Actions that a plan invokes are changes: with a resource, by hand, or deferred.
import { renderMarkdown, reviewDocument, type Report } from "../../../lib/review";
import { action, change, planJson, vm, vmUpdate, type PlanOptions, type Values } from "../plans";
import { report } from "../support";

const ID = "900000000000000001";
const web = change("zenlayer_vm_instance_spec.web", ["no-op"], vm(), vm());

function of(actions: readonly Values[], options: PlanOptions = {}): Report {
  return report({ ...options, overrides: { action_invocations: actions, ...options.overrides } });
}

test("a plan that only invokes is not nothing to do, although it has no list of changes", () => {
  const { resource_changes: _, ...bare } = planJson({ applyable: false });
  const found = report({ overrides: { ...bare, resource_changes: null, action_invocations: [action()] } });
  expect(found).toMatchObject({ exit_code: 2, status: "changes" });
  expect(found.summary).toBe("An unknown amount charged at once · 1 action to invoke");
  expect(found.totals).toMatchObject({ changes: 0, charged_now_unknown: 1 });
});

test("an action is told with its trigger, above the fold", () => {
  const found = of(
    [
      action({ config_values: { instance_id: ID, force: true }, lifecycle: ["aws_a.a", "AfterUpdate"] }),
      action({ address: "action.acme_reboot.by_hand" }),
    ],
    { changes: [web] },
  );
  expect(found.facts.actions).toMatchObject([
    {
      address: "action.acme_reboot.now",
      trigger: "lifecycle",
      triggered_by: "aws_a.a",
      event: "AfterUpdate",
      on_failure: "halt",
      machine_ids: [ID],
      zenlayer: false,
    },
    { trigger: "invoke", triggered_by: null, event: null },
  ]);
  const text = renderMarkdown(reviewDocument(found))
    .replace(/<details>.*/s, "")
    .replaceAll("`", "")
    .replaceAll("\\", "");
  expect(text).toContain(
    "action.acme_reboot.now: after update of aws_a.a; force = true, instance_id = 900000000000000001",
  );
  expect(text).toContain("action.acme_reboot.by_hand: invoked by hand");
});

test("its marked values are hidden, although they stand in the plan in clear; unknown ones are said", () => {
  const found = of([
    action({
      config_values: { password: "s3cr3t-of-the-plan", user: "root", nested: { key: "also-s3cr3t" } },
      config_sensitive: { password: true, nested: { key: true } },
      config_unknown: { when: true },
    }),
  ]);
  expect(found.facts.actions[0]).toMatchObject({
    config: [
      { name: "nested", value: "(sensitive)" },
      { name: "password", value: "(sensitive)" },
      { name: "user", value: "root" },
      { name: "when", value: null },
    ],
    config_known: false,
  });
  expect(JSON.stringify(found) + renderMarkdown(reviewDocument(found))).not.toMatch(/s3cr3t/);
});

test("a deferred one is listed, and the plan incomplete", () => {
  const found = report({
    overrides: {
      deferred_action_invocations: [{ reason: "resource_config_unknown", action_invocation: action() }],
    },
  });
  expect(found.facts.actions).toMatchObject([{ deferred: "resource_config_unknown" }]);
  expect(found).toMatchObject({ exit_code: 1, totals: { charged_now_unknown: 0 } });
});

test("beside changes of ours, what it charges stays unknown", () => {
  expect(of([action()], { changes: [vmUpdate()] }).summary).toMatch(/an unknown amount charged at once/);
});
