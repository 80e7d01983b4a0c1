// What became of one resource by an apply: what was ordered, whatever happened next, and what nobody knows.
import { plannedSteps } from "../facts/changes";
import { numberAt, textsOf, at } from "../input/json";
import type { AppliedResource, LeftBehind } from "../input/log";
import type { ResourceChange, StateResource } from "../input/plan";

/**
 * What the apply did with a machine. `cancelled`: nothing was ordered, a schedule was cancelled. `adopted`: taken over as it
 * is. `updated`: only settings such as guards. `unknown`: nothing says it.
 */
type Outcome = "ordered" | "cancelled" | "adopted" | "updated" | "failed" | "untouched" | "unknown";

export interface Became {
  readonly outcome: Outcome;
  /** Whether it began and nobody knows how it ended: something may have been ordered. */
  readonly began: boolean;
  /** Numbers of what this apply ordered, whatever happened next; empty: ordered, and no number is known. Null: no order is known. */
  readonly placed: readonly string[] | null;
}

export interface Traces {
  /** Null: the state does not have it, or there is none. */
  readonly resource: StateResource | null;
  /** `none`: the plan does nothing with it. Null: there is no plan. */
  readonly change: ResourceChange | "none" | null;
  /** What the log says of it. */
  readonly entries: readonly AppliedResource[];
  readonly left: readonly LeftBehind[];
  /** `plan`: a log that tells of no apply. */
  readonly log: "none" | "plan" | "apply";
}

export function becameOf({ resource, change, entries, left, log }: Traces): Became {
  const began = entries.some(({ result }) => result === "began") || left.some(({ unknown }) => unknown);
  const failed = entries.some(({ result }) => result === "errored");
  const intended = change === null ? null : change === "none" ? "untouched" : intentOf(change);
  const told = left.flatMap(({ ordered }) => (ordered === null ? [] : [ordered]));
  const counted = intended === "ordered" ? countedOrders(resource, change) : null;
  const outcome = began ? "unknown" : failed ? "failed" : quietOutcome(intended, entries, log, counted, resource);
  const placed =
    told.length > 0
      ? told.flat()
      : counted === "more" || (outcome === "ordered" && counted !== "same")
        ? ownNumbers(resource, change)
        : outcome === "ordered"
          ? []
          : null;
  return { outcome, began, placed };
}

/** What a resource of ours comes to when its plan is applied; those that only apply knew count as orders. */
function intentOf(change: ResourceChange): Outcome {
  const planned = plannedSteps(change);
  if (planned.kind === "not_reviewable" || planned.steps.some((step) => step.direction !== "cancel")) return "ordered";
  if (planned.steps.length > 0) return "cancelled";
  if (change.importing !== null || change.actions.includes("create")) return "adopted";
  return change.actions.includes("update") ? "updated" : "untouched";
}

/** Where nothing went wrong with it. */
function quietOutcome(
  intended: Outcome | null,
  entries: readonly AppliedResource[],
  log: Traces["log"],
  counted: "more" | "same" | null,
  resource: StateResource | null,
): Outcome {
  const entry = entries.at(-1);
  if (log !== "apply") {
    // Only the state can say whether what was planned has been done.
    if (intended === "ordered") return counted === "more" ? "ordered" : "unknown";
    return log === "plan" || intended === null ? "unknown" : intended;
  }
  if (entry === undefined) {
    // An import without a change stands in no line of the log; that the machine is in the state says that it happened.
    return intended === "adopted" && resource !== null ? "adopted" : "untouched";
  }
  if (intended !== null) return intended;
  if (entry.action !== "create") return "ordered";
  if (resource === null) return "unknown";
  return (numberAt(resource.values, "change_count") ?? 0) > 0 ? "ordered" : "adopted";
}

/** Whether the state counts more ordered changes than before the plan; null: that cannot be compared. */
function countedOrders(resource: StateResource | null, change: Traces["change"]): "more" | "same" | null {
  if (resource === null || change === null || change === "none") return null;
  const [before, now] = [
    change.before === null || change.actions.includes("create") ? 0 : numberAt(change.before, "change_count"),
    numberAt(resource.values, "change_count"),
  ];
  return before === null || now === null ? null : now > before ? "more" : "same";
}

/** Numbers of the state, unless they stood there before. */
function ownNumbers(resource: StateResource | null, change: Traces["change"]): readonly string[] {
  const numbers = textsOf(at(resource?.values, "order_numbers"));
  const before = change === null || change === "none" ? [] : textsOf(at(change.before, "order_numbers"));
  return numbers.every((number) => before.includes(number)) ? [] : numbers;
}
