// After an apply: what was ordered by it, what is scheduled now, and what went wrong.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import {
  appliedDocument,
  buildAppliedReport,
  parseLog,
  parseState,
  renderJson,
  renderMarkdown,
  type AppliedReport,
} from "../../../lib/review";
import {
  applyLine,
  bmc,
  bmcUpdate,
  cancel,
  change,
  CYCLE,
  logText,
  stateJson,
  stateResource,
  step,
  vm,
  vmUpdate,
  type DiagnosticValues,
  type PlanOptions,
  type Values,
} from "../plans";
import { input, plan } from "../support";

const web = stateResource(
  "zenlayer_vm_instance_spec.web",
  vm({
    internet_max_bandwidth_out: 400,
    effective_internet_max_bandwidth_out: 400,
    order_numbers: ["ORD-1"],
    change_count: 1,
  }),
);
const edge = stateResource(
  "zenlayer_bmc_traffic_package.edge",
  bmc({
    traffic_package_size: 2.5,
    order_numbers: ["ORD-2"],
    change_count: 4,
    pending: [{ axis: "traffic_package_size", from: "10", to: "2.5", phase: "scheduled", effective_at: CYCLE }],
  }),
);

interface Given {
  readonly resources?: readonly Values[];
  readonly lines?: readonly Values[];
  readonly diagnostics?: readonly DiagnosticValues[];
  readonly planned?: PlanOptions;
}

function applied({ resources = [web, edge], lines, diagnostics = [], planned }: Given): AppliedReport {
  return buildAppliedReport({
    name: "prod",
    states: [parseState(input(stateJson(resources), "state.json"))],
    logs: lines === undefined ? [] : [parseLog(input(logText(diagnostics, lines), "apply.log"))],
    plans: planned === undefined ? [] : [plan(planned)],
  });
}

const outcomes = (found: AppliedReport) =>
  Object.fromEntries(found.machines.map(({ address, outcome }) => [address.split(".")[1], outcome]));

test("a state alone shows orders and schedules, but not of which apply", () => {
  const found = applied({});
  expect(outcomes(found)).toEqual({ web: "unknown", edge: "unknown" });
  expect(found.machines[0]).toMatchObject({
    order_numbers: ["ORD-2"],
    change_count: 4,
    pending: [{ to: "2.5", phase: "scheduled", effective_at: CYCLE }],
    values: [
      { axis: "instance_type" },
      { axis: "internet_max_bandwidth_out" },
      { axis: "traffic_package_size", committed: "2.5", effective: "10" },
    ],
  });
  expect(found).toMatchObject({ exit_code: 2, summary: "1 change scheduled" });
});

test("the log tells the machines of this apply from the others", () => {
  const found = applied({ lines: [applyLine("zenlayer_vm_instance_spec.web", "update")] });
  expect(outcomes(found)).toEqual({ web: "ordered", edge: "untouched" });
  expect(found.summary).toBe("1 machine changed, 1 order placed · 1 change scheduled");
});

test("an adoption without a change has ordered nothing", () => {
  const quiet = stateResource("zenlayer_vm_instance_spec.web", vm());
  const found = applied({ resources: [quiet], lines: [applyLine("zenlayer_vm_instance_spec.web", "create")] });
  expect(outcomes(found)).toEqual({ web: "adopted" });
  expect(found).toMatchObject({ exit_code: 0, summary: "Nothing ordered" });
});

test("with the plan an update that ordered nothing is not counted", () => {
  const planned: PlanOptions = { changes: [vmUpdate([], { max_immediate_charge: 5 }), bmcUpdate()] };
  const lines = [
    applyLine("zenlayer_vm_instance_spec.web", "update"),
    applyLine("zenlayer_bmc_traffic_package.edge", "update"),
  ];
  expect(outcomes(applied({ planned, lines }))).toEqual({ web: "updated", edge: "ordered" });
});

test("a cancelled schedule is no order, and the numbers of earlier orders are not taken for it", () => {
  const found = applied({
    planned: { changes: [vmUpdate([step(cancel)])] },
    lines: [applyLine("zenlayer_vm_instance_spec.web", "update")],
    resources: [web],
  });
  expect(outcomes(found)).toEqual({ web: "cancelled" });
  expect(found).toMatchObject({ exit_code: 2, summary: "Nothing ordered · schedule of 1 machine cancelled" });
});

test("an import without a change, which no line of the log tells, is an adoption", () => {
  const imported = change("zenlayer_vm_instance_spec.web", ["no-op"], vm(), vm(), { importing: { id: "1" } });
  const found = applied({ planned: { changes: [imported] }, lines: [], resources: [web, edge] });
  expect(outcomes(found)).toEqual({ web: "adopted", edge: "untouched" });
});

test.each<readonly [string, Given, number]>([
  ["a resource that failed", { lines: [applyLine("zenlayer_vm_instance_spec.web", "update", "apply_errored")] }, 1],
  ["an error", { lines: [], diagnostics: [{ severity: "error", summary: "outcome unknown" }] }, 1],
  [
    "a refusal by a guard",
    { lines: [], diagnostics: [{ severity: "error", summary: "read-only", detail: "[guard:read_only]" }] },
    3,
  ],
  ["nothing", { resources: [], lines: [] }, 0],
])("%s", (_, given, exitCode) => {
  expect(applied(given).exit_code).toBe(exitCode);
});

test("a log that was cut off is an error", () => {
  const cut = parseLog(input(JSON.stringify(applyLine("zenlayer_vm_instance_spec.web", "update"))));
  const found = buildAppliedReport({ name: "p", states: [], plans: [], logs: [cut] });
  expect(found).toMatchObject({ exit_code: 1, status: "error" });
});

test("sensitive values of the state are hidden", () => {
  const secret = stateResource("zenlayer_vm_instance_spec.web", vm({ instance_type: "top-secret" }), {
    instance_type: true,
  });
  const diagnostics = [{ severity: "warning", summary: "top-secret ordered" }] as const;
  const found = applied({ resources: [secret], lines: [], diagnostics });
  expect(found.diagnostics[0]?.summary).toBe("(sensitive) ordered");
  expect(JSON.stringify(found)).not.toContain("top-secret");
});

test("the comment has a marker of its own and tells orders and dates", () => {
  const text = renderMarkdown(
    appliedDocument(applied({ lines: [applyLine("zenlayer_vm_instance_spec.web", "update")] })),
  );
  expect(text).toMatch(/^<!-- cdktf-zenlayer:applied:prod -->\n/);
  expect(text).toContain(
    "| **web-1**<br>`900000000000000001`<br><sub>zenlayer\\_vm\\_instance\\_spec.web</sub> | ✓ changed |",
  );
  expect(text).toContain("`ORD-1`");
  expect(text).toContain("Traffic package `2.5 TB`, 2026-12-01 00:00 UTC");
  expect(text).toContain("of the last apply that placed any");
});

test("its JSON fits the schema", () => {
  const schema = JSON.parse(
    readFileSync(join(__dirname, "..", "..", "..", "docs/schemas/applied-report.v1.json"), "utf8"),
  ) as object;
  const validate = new Ajv2020().compile(schema);
  validate(JSON.parse(renderJson(applied({ lines: [], diagnostics: [{ severity: "warning", summary: "w" }] }))));
  expect(validate.errors).toBeNull();
});
