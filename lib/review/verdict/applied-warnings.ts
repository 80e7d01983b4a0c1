// Which warnings in the log of an apply were those of its plan: Terraform prints them again, at the end and without a word of it.
import { isChargeWarning } from "../facts/warned";
import type { Diagnostic, Log } from "../input/log";

/** @param ofPlan logs of the plan that was applied, where they are at hand */
export function repeatsThePlan(item: Diagnostic, ofPlan: readonly Log[]): boolean {
  if (item.severity !== "warning") return false;
  // What a change would charge is said before it is ordered.
  if (isChargeWarning(item)) return true;
  return ofPlan.some((log) => log.diagnostics.some((known) => keyOf(known) === keyOf(item)));
}

/** Amounts move with the time between plan and apply. */
function keyOf({ address, summary }: Diagnostic): string {
  return JSON.stringify([address, summary.replace(/\d+(?:\.\d+)?/g, "0")]);
}
