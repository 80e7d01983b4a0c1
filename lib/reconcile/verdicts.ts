// What the looks at a machine say about a call that was sent. Pure: a verdict is given each look in turn, and remembers what it must.

import { AXES, outcomeOf, sameValue, type AxisState, type Step } from "../engine";
import type { Observation } from "./observe";

/** Null: not to be told yet. `waited` is the time since the first of the looks, ms. */
export type Verdict<R> = (observation: Observation, waited: number) => R | null;

/** After a refusal that says the world has moved: whether it shows, or stays the same for the grace period. */
export function whetherMoved(step: Step, gracePeriod: number): Verdict<"moved" | "same"> {
  let sawOthers = false;
  return ({ machine }, waited) => {
    const state = machine.axes[step.axis];
    if (state === undefined) return null;
    const plannedFrom = step.direction === "cancel" ? step.to : step.from;
    const elsewhere = !sameValue(step.axis, state.effective, plannedFrom);
    const asExpected = step.direction === "cancel" ? state.phase === "scheduled" : state.phase === "settled";
    if (elsewhere || !asExpected) return "moved";
    // A change of another axis may stand in the way: once it is over, the call is decided anew.
    const busy = AXES.some((axis) => machine.axes[axis]?.phase === "processing");
    if (busy) {
      sawOthers = true;
      return null;
    }
    if (sawOthers) return "moved";
    return waited >= gracePeriod ? "same" : null;
  };
}

/** After an answer that was lost: whether the change shows, or stays hidden for the grace period. */
export function whetherShown(step: Step, gracePeriod: number): Verdict<"shown" | "hidden"> {
  return ({ machine }, waited) => {
    const state = machine.axes[step.axis];
    const outcome = outcomeOf(state, step);
    if (outcome === "applied" || outcome === "scheduled" || leadsTo(state, step)) return "shown";
    return waited >= gracePeriod ? "hidden" : null;
  };
}

export type Ending =
  /** In force. */
  | "applied"
  /** Will be in force when the next billing cycle begins. */
  | "scheduled"
  /** It was being executed and ended elsewhere. */
  | "failed"
  /** For the whole grace period, nothing of it could be seen. */
  | "invisible"
  /** Nothing of it could be seen, and the axis is not where it was either. */
  | "changed_elsewhere";

/** How a step that was accepted ended. */
export function howItEnded(step: Step, gracePeriod: number): Verdict<Ending> {
  let sawProcessing = false;
  let endedElsewhere = 0;
  return ({ machine }, waited) => {
    const state = machine.axes[step.axis];
    const outcome = outcomeOf(state, step);
    if (outcome === "applied" || outcome === "scheduled") return outcome;
    if (outcome !== "elsewhere") endedElsewhere = 0;
    if (outcome === "waiting") {
      // What somebody else has running says nothing about this order.
      sawProcessing ||= leadsTo(state, step);
      return null;
    }
    // One answer may come from a server that lags behind: it takes two in a row.
    if (sawProcessing) return (endedElsewhere += 1) >= 2 ? "failed" : null;
    if (waited < gracePeriod) return null;
    return state !== undefined && state.phase === "settled" && sameValue(step.axis, state.effective, step.from)
      ? "invisible"
      : "changed_elsewhere";
  };
}

/** Whether a change to the step's target is being executed. */
function leadsTo(state: AxisState | undefined, step: Step): boolean {
  return state?.phase === "processing" && sameValue(step.axis, state.target, step.to);
}
