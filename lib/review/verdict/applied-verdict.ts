// The verdict on an apply: "nothing ordered" is only said when it is known.
import type { DiagnosticFact } from "../facts/facts";
import { capital, count } from "../facts/words";
import type { Log } from "../input/log";
import type { AppliedMachine, AppliedOther, AppliedReport, BegunFact } from "./applied";

interface Seen {
  readonly machines: readonly AppliedMachine[];
  readonly began: readonly BegunFact[];
  readonly others: readonly AppliedOther[];
  readonly unseen: readonly string[];
  readonly diagnostics: readonly DiagnosticFact[];
  readonly logs: readonly Log[];
  /** Whether an input could not be read. */
  readonly unread: boolean;
}

export function judgeApplied(seen: Seen): Pick<AppliedReport, "status" | "exit_code" | "summary" | "nothing_ordered"> {
  const { machines, began, others, unseen, diagnostics, logs, unread } = seen;
  const errors = diagnostics.filter((item) => item.severity === "error");
  const pending = machines.flatMap((item) => item.pending);
  const scheduled = pending.filter((item) => item.phase === "scheduled").length;
  const running = pending.length - scheduled;
  const cancelled = machines.filter((item) => item.outcome === "cancelled").length;
  const ordered = machines.some(({ placed }) => placed !== null);
  const nothing = !ordered && isKnown(seen);
  const parts = [
    ...orderParts(machines, others),
    began.length > 0 ? `the outcome of ${count(began.length, "change")} unknown` : "",
    nothing ? "nothing ordered" : "",
    cancelled > 0 ? `schedule of ${count(cancelled, "machine")} cancelled` : "",
    running > 0 ? `${count(running, "change")} running` : "",
    scheduled > 0 ? `${count(scheduled, "change")} scheduled` : "",
  ].filter((part) => part !== "");
  const blind = !nothing && !ordered && began.length + others.length === 0 && (logs.length > 0 || unread);
  const text = [...(blind ? ["whether anything was ordered is not known"] : []), ...parts].join(" · ");
  const said = text === "" ? "nothing is pending" : text;
  const summary = capital(said);
  if (
    errors.some((item) => item.guard === null) ||
    machines.some((item) => item.outcome === "failed" && !refusedByGuard(item, errors)) ||
    began.length > 0 ||
    unread ||
    logs.some((log) => !log.ended || log.broken)
  ) {
    return { status: "error", exit_code: 1, summary: `${endText(seen)}: ${said}`, nothing_ordered: nothing };
  }
  if (errors.length > 0) {
    return { status: "refused", exit_code: 3, summary: `Refused by a guard: ${said}`, nothing_ordered: nothing };
  }
  return ordered || cancelled + pending.length + others.length + unseen.length > 0
    ? { status: "changes", exit_code: 2, summary, nothing_ordered: nothing }
    : { status: "nothing_to_do", exit_code: 0, summary, nothing_ordered: nothing };
}

/** A guard that refuses during the apply fails the resource, and sends nothing. */
function refusedByGuard({ address, placed }: AppliedMachine, errors: readonly DiagnosticFact[]): boolean {
  const own = errors.filter((item) => item.address === address);
  return placed === null && own.length > 0 && own.every(({ guard }) => guard !== null);
}

/** That nothing was ordered: an apply ended, and of nothing that it did it is open what that charged. */
function isKnown({ machines, began, others, logs }: Seen): boolean {
  return (
    logs.length > 0 &&
    logs.every((log) => log.ended) &&
    began.length + others.length === 0 &&
    machines.every(({ outcome }) => outcome !== "unknown")
  );
}

function orderParts(machines: readonly AppliedMachine[], others: readonly AppliedOther[]): readonly string[] {
  const ordering = machines.filter(({ placed }) => placed !== null);
  const changed = ordering.filter(({ outcome }) => outcome === "ordered").length;
  const numbers = ordering.flatMap(({ placed }) => placed ?? []);
  const failed = ordering.filter(({ outcome }) => outcome === "failed").length;
  const orders = numbers.length > 0 ? `${count(numbers.length, "order")} placed` : "";
  const bought = others.filter(({ kind }) => kind === "resource").length;
  const invoked = others.length - bought;
  return [
    [changed > 0 ? `${count(changed, "machine")} changed` : "", orders].filter((part) => part !== "").join(", "),
    failed > 0 ? `${count(failed, "machine")} failed after its order` : "",
    bought > 0 ? `${count(bought, "machine")} bought or changed by other resources` : "",
    invoked > 0 ? `${count(invoked, "action")} invoked` : "",
  ];
}

function endText({ machines, began, diagnostics, logs }: Seen): string {
  const failed =
    began.length > 0 ||
    machines.some(({ outcome }) => outcome === "failed") ||
    diagnostics.some(({ severity }) => severity === "error") ||
    logs.some((log) => !log.ended);
  return failed ? "The apply did not finish" : "The apply cannot be seen as a whole";
}
