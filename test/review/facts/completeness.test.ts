// Whether a plan is whole: what Terraform says of it, and what can be told of OpenTofu's, which say nothing.
import { buildReport, parseLog, parsePlan, renderMarkdown, reviewDocument, type Report } from "../../../lib/review";
import {
  change,
  logText,
  planJson,
  stateResource,
  vm,
  vmUpdate,
  type Json,
  type PlanOptions,
  type Values,
} from "../plans";
import { input, NOW } from "../support";

const WEB = "zenlayer_vm_instance_spec.web";
const quiet = change(WEB, ["no-op"], vm(), vm());
const targeting = { severity: "warning", summary: "Resource targeting is in effect" } as const;

/** As OpenTofu writes it: without the two marks. */
function tofu(options: PlanOptions = {}): Values {
  const { applyable: _a, complete: _c, ...rest } = planJson(options);
  return rest;
}

function configuration(...resources: readonly Values[]): Json {
  return { root_module: { resources } };
}

const configured = { address: WEB, mode: "managed", expressions: {} };
const state = (address: string) => stateResource(address, vm());

function review(plan: Values, log: string | null = null): Report {
  return buildReport(
    [{ name: "prod", plan: parsePlan(input(plan)), log: log === null ? null : parseLog(input(log, "plan.log")) }],
    { name: "prod", now: NOW },
  );
}

test.each<readonly [string, Values, string | null, string, number]>([
  [
    "each resource is listed",
    tofu({ changes: [quiet], configuration: configuration(configured) }),
    null,
    "complete",
    0,
  ],
  [
    "how many there are is not known",
    tofu({ changes: [quiet], configuration: configuration({ ...configured, count_expression: {} }) }),
    null,
    "unknown",
    2,
  ],
  ["it carries no configuration", { ...tofu({ changes: [quiet] }), configuration: {} }, null, "unknown", 2],
  [
    "a configured resource is not listed",
    tofu({
      changes: [quiet],
      configuration: configuration(configured, { ...configured, address: "zenlayer_vm_instance_spec.new" }),
    }),
    null,
    "unknown",
    2,
  ],
  [
    "the same, and the log goes on after its summary",
    tofu({ changes: [quiet], configuration: configuration(configured, { ...configured, address: "a.b" }) }),
    logText([{ severity: "warning", summary: "Careful" }]),
    "complete",
    0,
  ],
  [
    "the same, and the log ends with its summary",
    tofu({ changes: [quiet], configuration: configuration(configured, { ...configured, address: "a.b" }) }),
    logText([]),
    "unknown",
    2,
  ],
  [
    "the same, and the log ends in the middle of a line",
    tofu({ changes: [quiet], configuration: configuration(configured, { ...configured, address: "a.b" }) }),
    `${logText([{ severity: "warning", summary: "Careful" }])}\n{"@level":"warn","@mess`,
    "unknown",
    2,
  ],
  [
    "the same, and the log warns",
    tofu({ changes: [quiet], configuration: configuration(configured, { ...configured, address: "a.b" }) }),
    logText([targeting]),
    "incomplete",
    1,
  ],
  [
    "an object of the state is not listed",
    tofu({ changes: [quiet], prior: [state(WEB), state("zenlayer_vm_instance_spec.other")] }),
    null,
    "incomplete",
    1,
  ],
  [
    "the same, whatever the log says",
    tofu({ changes: [quiet], prior: [state(WEB), state("zenlayer_vm_instance_spec.other")] }),
    logText([{ severity: "warning", summary: "Careful" }]),
    "incomplete",
    1,
  ],
  [
    "an object that moved is listed under its new address",
    tofu({
      changes: [change(WEB, ["no-op"], vm(), vm(), { previous: "zenlayer_vm_instance_spec.old" })],
      prior: [state("zenlayer_vm_instance_spec.old")],
      configuration: configuration(configured),
    }),
    null,
    "complete",
    2,
  ],
  // Only refreshing plans list nothing, and so do those whose target is nothing.
  [
    "it lists nothing",
    { ...tofu({ prior: [state(WEB)], configuration: configuration(configured) }), resource_changes: [] },
    null,
    "unknown",
    2,
  ],
  [
    "it only refreshes, by its log",
    { ...tofu({ prior: [state(WEB)], configuration: configuration(configured) }), resource_changes: [] },
    logText([{ severity: "warning", summary: "Careful" }]),
    "complete",
    0,
  ],
  ["there is nothing at all", tofu(), null, "complete", 0],
])("a plan of OpenTofu: %s", (_, plan, log, completeness, exitCode) => {
  const found = review(plan, log);
  expect(found.facts.plans).toMatchObject([{ completeness, complete: completeness !== "incomplete" }]);
  expect(found.exit_code).toBe(exitCode);
});

test.each<readonly [string, PlanOptions, string]>([
  ["complete", { changes: [quiet] }, "complete"],
  ["not complete", { changes: [quiet], complete: false }, "incomplete"],
  ["complete, although an object of the state is not listed", { changes: [quiet], prior: [state("a.b")] }, "complete"],
])("a plan of Terraform is %s by what it says itself", (_, options, completeness) => {
  expect(review(planJson(options)).facts.plans).toMatchObject([{ completeness }]);
});

test("a plan that was limited did not fail", () => {
  const found = review(planJson({ changes: [quiet], complete: false }));
  expect(found.summary).toBe("The plan is incomplete");
  expect(found.reasons).toEqual([
    "prod: the plan is incomplete, so there is more to do than it shows: it was limited by -target or -exclude",
  ]);
  const page = renderMarkdown(reviewDocument(found));
  expect(page).not.toMatch(/failed|cannot be relied on/);
  expect(review(planJson({ changes: [vmUpdate()], complete: false })).summary).toMatch(
    /^The plan is incomplete; as far as it goes: 1 change/,
  );
});

test("the page says that it cannot tell", () => {
  const found = review({ ...tofu({ changes: [quiet] }), configuration: {} });
  expect(found.summary).toBe("Nothing planned, but whether the plan is complete cannot be told");
  expect(renderMarkdown(reviewDocument(found))).toMatch(/whether -target or -exclude limited it cannot be told/);
});

describe("a log that was cut off", () => {
  const whole = logText([{ severity: "warning", summary: "Careful" }]);

  test.each([
    ["before its summary", whole.split("\n").slice(0, 1).join("\n")],
    ["in the middle of a line", whole.slice(0, -5)],
  ])("%s is said", (_, log) => {
    const found = review(planJson({ changes: [vmUpdate()] }), log);
    expect(found.facts.plans[0]?.log).toBe("cut");
    expect(found.exit_code).toBe(2);
    expect(renderMarkdown(reviewDocument(found))).toContain("the log was cut off, so warnings may be missing");
  });

  test("before the error is told from one that has none", () => {
    const found = review(planJson({ changes: [quiet], errored: true }), whole.split("\n").slice(0, 1).join("\n"));
    expect(found.reasons).toEqual(["prod: planning failed, and the log was cut off before it says why"]);
  });

  test("is not a log whose error came before a summary", () => {
    const failed = logText([{ severity: "error", summary: "No" }]).replace(/^.*change_summary.*\n/m, "");
    expect(review(planJson({ changes: [quiet], errored: true }), failed).facts.plans[0]?.log).toBe("whole");
  });
});
