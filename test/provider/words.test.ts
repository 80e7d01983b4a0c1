// Errors and findings as diagnostics: where they stand, what programs read in them, and how often one refusal of credentials is told.
import { ZenlayerError } from "../../lib/api";
import { createCredentialGate } from "../../lib/api/credential-gate";
import type { Finding } from "../../lib/engine";
import type { DiagnosticError } from "../../lib/plugin";
import { CollectedDiagnostics } from "../../lib/plugin/server/diagnostics";
import {
  clientError,
  machineName,
  markOf,
  pathOf,
  refuseFinding,
  reportFailure,
  reportGuard,
  reportWarning,
  toldOf,
  warnOfFinding,
} from "../../lib/provider/words";
import type { Failure } from "../../lib/reconcile";

const FAILURE: Failure = { code: "REFUSED", axis: "instance_type", summary: "It was refused", detail: "Ask." };
const error = (fields: Partial<ConstructorParameters<typeof ZenlayerError>[0]> = {}): ZenlayerError =>
  new ZenlayerError({ code: "X", errorClass: "user", outcome: "refused", summary: "No.", cure: "Ask.", ...fields });
function told(report: (diagnostics: CollectedDiagnostics) => void) {
  const diagnostics = new CollectedDiagnostics();
  report(diagnostics);
  return diagnostics.entries;
}
/** Two errors of one refusal of credentials. */
function refusals(): readonly [ZenlayerError, ZenlayerError] {
  const gate = createCredentialGate();
  gate.enter().ended(error({ code: "AUTHFAILURE_SIGNATURE_FAILURE", requestId: "T" }));
  return [0, 1].map(() => gate.closedBy(false)) as unknown as [ZenlayerError, ZenlayerError];
}

test.each([
  ["web", "web (1)"],
  ["", "1"],
  [null, "1"],
])("a machine named %j is called %s: its id is always there", (name, words) => {
  expect(machineName(name, "1")).toBe(words);
});

describe("the mark of a failure, for programs", () => {
  test.each([
    ["nothing was sent", "REFUSED", 0, [], ""],
    ["an order was placed before", "REFUSED", 1, ["7"], " [ordered:7]"],
    ["two were", "REFUSED", 2, ["7", "8"], " [ordered:7,8]"],
    ["one without a number was", "REFUSED", 1, [], " [ordered:]"],
    ["the one call has an unknown outcome", "OUTCOME_UNKNOWN", 1, [], " [outcome:unknown]"],
    ["so has the second", "OUTCOME_UNKNOWN", 2, [], " [outcome:unknown] [ordered:]"],
    ["so has the one whose order is known", "OUTCOME_UNKNOWN", 1, ["7"], " [outcome:unknown] [ordered:7]"],
  ])("where %s", (_name, code, modifies, orderNumbers, mark) => {
    expect(markOf({ ...FAILURE, code }, { modifies, orderNumbers })).toBe(mark);
  });

  test("stands at the end of the error, also where nothing else is said", () => {
    const sent = { modifies: 1, orderNumbers: ["7"] };
    expect(told((to) => reportFailure(to, FAILURE, sent))).toEqual([
      { severity: "error", summary: "It was refused", detail: "Ask. [ordered:7]", path: ["instance_type"] },
    ]);
    expect(told((to) => reportFailure(to, { ...FAILURE, detail: "" }, sent))[0]?.detail).toBe("[ordered:7]");
  });
});

describe("where the user looks first", () => {
  test.each([
    ["where the cure is", { attribute: "instance_id" }, ["instance_id"]],
    ["else at the axis", {}, ["instance_type"]],
    ["else nowhere", { axis: null }, undefined],
  ] as const)("%s", (_name, more, path) => {
    expect(pathOf({ ...FAILURE, ...more })).toEqual(path);
  });

  test("a guard's refusal stands at the limit, or at the axis that is refused", () => {
    const finding = { summary: "S", detail: "D", axis: "instance_type" } as const;
    const paths = [
      { ...finding, guard: "max_immediate_charge" },
      { ...finding, guard: "on_downgrade" },
      { ...finding, guard: "read_only", axis: null },
    ] as const;
    expect(paths.map((each) => told((to) => reportGuard(to, each))[0])).toEqual([
      { severity: "error", summary: "S", detail: "D", path: ["max_immediate_charge"] },
      { severity: "error", summary: "S", detail: "D", path: ["instance_type"] },
      { severity: "error", summary: "S", detail: "D", path: [] },
    ]);
  });

  test("a warning stands at its axis, if it has one", () => {
    const paths = (["instance_type", null] as const).map(
      (axis) => told((to) => reportWarning(to, { axis, summary: "S", detail: "D" }))[0],
    );
    expect(paths).toEqual([
      { severity: "warning", summary: "S", detail: "D", path: ["instance_type"] },
      { severity: "warning", summary: "S", detail: "D", path: [] },
    ]);
  });
});

test("a finding is an error where it refuses, and a warning that names its machine where it does not", () => {
  const finding: Finding = { code: "instance_type_malformed", axis: "instance_type", value: "a b" };
  const [refused] = told((to) => refuseFinding(to, finding));
  const [warned] = told((to) => warnOfFinding(to, "web (1)", finding));
  expect(refused).toMatchObject({ severity: "error", path: ["instance_type"] });
  expect(warned).toEqual({ ...refused, severity: "warning", summary: `web (1): ${refused?.summary}` });
});

describe("refused credentials are told in full once", () => {
  test("then in a line, by failures", () => {
    const [first, second] = refusals();
    const failure = (each: ZenlayerError): Failure => ({ ...FAILURE, refusal: { error: each, brief: "Refused" } });
    expect(toldOf(failure(first))).toEqual({ summary: "It was refused", detail: "Ask." });
    expect(toldOf(failure(second))).toEqual({ summary: "Refused", detail: "" });
    expect(toldOf(FAILURE)).toEqual({ summary: "It was refused", detail: "Ask." });
  });

  test("then in a line that says what could not be done, by reads", () => {
    const [first, second] = refusals();
    expect(clientError(first, "Machine 1 cannot be read")).toMatchObject({
      summary: "Machine 1 cannot be read: No.",
      detail: expect.stringContaining("Ask."),
    });
    expect(clientError(second, "Machine 2 cannot be read")).toMatchObject({
      summary: "Machine 2 cannot be read: Zenlayer refused the credentials",
      detail: "",
    });
  });
});

describe("an error of the client", () => {
  test("stands at its attribute only where the user wrote that", () => {
    const at = (attributes: readonly string[]) =>
      (clientError(error({ attribute: "zone_id" }), "It failed", attributes) as DiagnosticError).path;
    expect(at(["name_pattern", "zone_id"])).toEqual(["zone_id"]);
    expect(at(["name_pattern"])).toEqual([]);
    expect(at([])).toEqual([]);
  });

  test("that is none is thrown on as it is", () => {
    const mistake = new TypeError("ours");
    expect(clientError(mistake, "It failed")).toBe(mistake);
  });
});
