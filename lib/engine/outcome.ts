// After a call was submitted: what an observation of its axis says of it, and small questions about steps.
import type { AxisState, Step } from "./types";
import { sameValue } from "./values";

/**
 * `waiting`: a change of the axis is being executed. `applied`: in force. `scheduled`: will be in force with the next billing cycle.
 * `elsewhere`: at rest, and not where the step leads. That is a failure once the change was seen running; before that it may be a read that lags
 * behind acceptance, so whoever waits remembers whether it saw `processing`.
 */
export type Outcome = "waiting" | "applied" | "scheduled" | "elsewhere";

/** Classifies one observation after `step` was submitted. */
export function outcomeOf(state: AxisState | undefined, step: Pick<Step, "axis" | "direction" | "to">): Outcome {
  if (state === undefined) return "elsewhere";
  switch (state.phase) {
    case "processing":
      return "waiting";
    case "settled":
      return sameValue(step.axis, state.effective, step.to) ? "applied" : "elsewhere";
    case "scheduled":
      return step.direction !== "cancel" && sameValue(step.axis, state.target, step.to) ? "scheduled" : "elsewhere";
  }
}

/** The steps that order something. */
export function modifySteps(steps: readonly Step[]): Step[] {
  return steps.filter((step) => step.direction !== "cancel");
}

/** Whether a call may take money from the account when it is accepted. */
export function mayCharge(step: Pick<Step, "charge">): boolean {
  return step.charge === "charged_now" || step.charge === "unknown";
}
