// Errors and findings of the other rooms as diagnostics of Terraform.

import { takeNews, ZenlayerError } from "../api";
import { describeFinding, type Finding } from "../engine";
import { DiagnosticError, type AttributePath, type Diagnostics } from "../plugin";
import type { ConvergeResult, Failure, GuardFinding, Warning } from "../reconcile";

/** A machine as warnings name it: Terraform shows one of several with equal summaries, so that each must say which machine it is about. */
export function machineName(name: string | null, instanceId: string): string {
  return name === null || name === "" ? instanceId : `${name} (${instanceId})`;
}

export function refuseFinding(diagnostics: Diagnostics, finding: Finding): void {
  const { summary, detail } = describeFinding(finding);
  diagnostics.error(summary, detail, [finding.axis]);
}

export function warnOfFinding(diagnostics: Diagnostics, machine: string, finding: Finding): void {
  const { summary, detail } = describeFinding(finding);
  diagnostics.warning(`${machine}: ${summary}`, detail, [finding.axis]);
}

export function reportGuard(diagnostics: Diagnostics, finding: GuardFinding): void {
  const path =
    finding.guard === "max_immediate_charge"
      ? ["max_immediate_charge"]
      : finding.axis === null
        ? undefined
        : [finding.axis];
  diagnostics.error(finding.summary, finding.detail, path);
}

/** @param sent what had been sent when it stopped */
export function reportFailure(diagnostics: Diagnostics, failure: Failure, sent: Sent): void {
  const { summary, detail } = toldOf(failure);
  diagnostics.error(summary, (detail + markOf(failure, sent)).trim(), pathOf(failure));
}

export type Sent = Pick<ConvergeResult, "modifies" | "orderNumbers">;

/** For programs, such as `review --applied`: whether a call may have been executed, and what was ordered before it stopped. */
export function markOf({ code }: Failure, { modifies, orderNumbers }: Sent): string {
  const unknown = code === "OUTCOME_UNKNOWN";
  const ordered = orderNumbers.length > 0 || modifies > (unknown ? 1 : 0);
  return (unknown ? " [outcome:unknown]" : "") + (ordered ? ` [ordered:${orderNumbers.join(",")}]` : "");
}

/** What the user reads of a failure: of refused credentials the whole story once, else a line. */
export function toldOf({ summary, detail, refusal }: Failure): { readonly summary: string; readonly detail: string } {
  return refusal === undefined || takeNews(refusal.error)
    ? { summary, detail }
    : { summary: refusal.brief, detail: "" };
}

export function reportWarning(diagnostics: Diagnostics, warning: Warning): void {
  diagnostics.warning(warning.summary, warning.detail, warning.axis === null ? undefined : [warning.axis]);
}

/** Where the user looks first. */
export function pathOf(failure: Failure): AttributePath | undefined {
  const attribute = failure.attribute ?? failure.axis;
  return attribute === null ? undefined : [attribute];
}

/**
 * An error of the client, while doing `what`, as a diagnostic; anything else is thrown on as it is.
 *
 * @param attributes those that the user wrote and that the error may be about
 */
export function clientError(error: unknown, what: string, attributes: readonly string[] = []): unknown {
  if (!(error instanceof ZenlayerError)) return error;
  if (!takeNews(error)) return new DiagnosticError(`${what}: Zenlayer refused the credentials`);
  const { attribute } = error;
  return new DiagnosticError(
    `${what}: ${error.summary}`,
    error.detail,
    attribute !== null && attributes.includes(attribute) ? [attribute] : undefined,
  );
}
