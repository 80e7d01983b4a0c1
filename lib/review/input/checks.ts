// Conditions that did not hold: a plan keeps them itself, apart from the errors of its log.
import { listOf, objectsOf, textAt } from "./json";

/** A failed `check` block, or a failed precondition or postcondition. */
export interface FailedCheck {
  /** `check` only warns; the others fail a plan. */
  readonly kind: "check" | "condition";
  readonly address: string;
  readonly message: string;
}

export function failedChecks(checks: unknown): readonly FailedCheck[] {
  return objectsOf(checks).flatMap((check) => {
    if (check["status"] !== "fail") return [];
    const kind = textAt(check, "address", "kind") === "check" ? "check" : "condition";
    const place = textAt(check, "address", "to_display") ?? "check";
    return objectsOf(check["instances"]).flatMap((instance) =>
      listOf(instance["problems"]).map((problem) => ({
        kind,
        address: kind === "check" ? place : (textAt(instance, "address", "to_display") ?? place),
        message: textAt(problem, "message") ?? "",
      })),
    );
  });
}
