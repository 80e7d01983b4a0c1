// Warnings and errors: those of the log, and the conditions that a plan itself knows to have failed.
import { guardOf, inOrder, type Diagnostic } from "../input/log";
import type { DiagnosticFact } from "./facts";
import type { Subject } from "./collect";

/** @param hide takes sensitive values out of a text */
export function diagnosticFacts(
  { name, plan, log }: Subject,
  hide: (text: string) => string,
): readonly DiagnosticFact[] {
  const logged = log?.diagnostics ?? [];
  const texts = logged.map(({ summary, detail }) => `${summary}\n${detail}`);
  // What the log says with its place need not be said twice; a log that was cut off may not say it.
  const failed = (plan?.failedChecks ?? [])
    .filter(({ message }) => message === "" || !texts.some((text) => text.includes(message)))
    .map(({ kind, address, message }): Diagnostic => {
      // A condition that fails stops the plan; one of a check block never does.
      const severity = kind === "condition" && plan?.errored === true ? "error" : "warning";
      const summary = kind === "check" ? `Check failed: ${address}` : "A precondition or postcondition failed";
      return { severity, summary, detail: message, address: kind === "check" ? null : address, file: null, line: null };
    });
  return inOrder([...logged, ...failed]).map((item) => ({
    plan: name,
    severity: item.severity,
    summary: hide(item.summary),
    detail: hide(item.detail),
    address: item.address,
    file: item.file,
    line: item.line,
    guard: guardOf(item),
  }));
}
