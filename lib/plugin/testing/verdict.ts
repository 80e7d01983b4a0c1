// Core's verdict on what a provider answered: breaking a rule throws with the words that a user would have read.
import { pathText } from "../cty/type";
import { writeOnlyPaths } from "../server/validate";
import type { AttributePath, BlockSchema, ObjectValue } from "../types";
import { planProblems, type Problem } from "./core/plan-rules";
import { resultProblems, unknownPaths } from "./core/result-rules";

/** The provider broke a rule of Terraform's: a bug of the provider, which a user would read in these words. */
export class RuleViolation extends Error {
  public override readonly name = "RuleViolation";
}

/** What a plan may be. */
export function judgePlan(
  name: string,
  schema: BlockSchema,
  prior: ObjectValue | null,
  config: ObjectValue | null,
  planned: ObjectValue | null,
): void {
  if (config === null) {
    if (planned !== null) throw new RuleViolation(`${name}: planned a non-null destroy value`);
    return;
  }
  refuse(
    planProblems(schema, prior, config, planned),
    ({ path, problem }) =>
      `Provider produced invalid plan: the provider planned an invalid value for ${name}${pathText(path)}: ${problem}.`,
  );
}

/** What the second plan may be, which core asks for during the apply. */
export function judgeFinalPlan(
  name: string,
  schema: BlockSchema,
  first: { readonly action: string; readonly planned: ObjectValue | null },
  second: { readonly action: string; readonly planned: ObjectValue | null },
): void {
  const when = `When expanding the plan for ${name} to include new values learned so far during apply, the provider`;
  if (first.action !== second.action && !(first.action === "update" && second.action === "no-op")) {
    throw new RuleViolation(
      `Provider produced inconsistent final plan: ${when} changed the planned action from ${first.action} to ${second.action}.`,
    );
  }
  refuse(
    resultProblems(schema, first.planned, second.planned),
    ({ path, problem }) =>
      `Provider produced inconsistent final plan: ${when} produced an invalid new value for ${pathText(path)}: ${problem}.`,
  );
}

/** What an apply without errors may return. */
export function judgeResult(
  name: string,
  schema: BlockSchema,
  planned: ObjectValue | null,
  state: ObjectValue | null,
): void {
  if (planned === null) {
    if (state === null) return;
    throw new RuleViolation(
      `Provider returned invalid result object after apply: a non-null object for the destroyed ${name}`,
    );
  }
  refuseWriteOnly(name, schema, state, "after apply");
  const [unknown] = unknownPaths(state);
  if (unknown !== undefined) {
    throw new RuleViolation(
      `Provider returned invalid result object after apply: the provider still indicated an unknown value for ${name}${pathText(unknown)}`,
    );
  }
  refuse(
    resultProblems(schema, planned, state),
    ({ path, problem }) =>
      `Provider produced inconsistent result after apply: When applying changes to ${name}, the provider produced an unexpected new ` +
      `value: ${path.length === 0 ? "" : `${pathText(path)}: `}${problem}.`,
  );
}

/** What is read, imported or upgraded goes to the state: wholly known, and without write-only values. */
export function judgeStored(
  name: string,
  schema: BlockSchema,
  state: ObjectValue | null,
  step: "read" | "import" | "upgrade" | "move",
): void {
  const [unknown] = unknownPaths(state);
  if (unknown !== undefined) {
    throw new RuleViolation(
      `Provider produced invalid object: the ${step} of ${name} returned unknown values, first ${name}${pathText(unknown)}`,
    );
  }
  refuseWriteOnly(name, schema, state, `during the ${step}`);
}

/** A write-only value may stand in no plan and no state. */
export function refuseWriteOnly(name: string, schema: BlockSchema, value: ObjectValue | null, when: string): void {
  refuse(
    writeOnlyPaths(schema, value).map((path: AttributePath) => ({ path, problem: "" })),
    ({ path }) =>
      `Provider produced invalid object: the provider returned a value for the write-only attribute "${name}${pathText(path)}" ${when}`,
  );
}

function refuse(problems: readonly Problem[], text: (problem: Problem) => string): void {
  if (problems.length > 0) throw new RuleViolation(problems.map(text).join("\n"));
}
