// What the looks at a machine say about a call that was sent. Pure: a verdict is given each look in turn, and remembers what it must.

import { AXES, committed, outcomeOf, sameValue, type Axis, type AxisState, type AxisValue, type Step } from "../engine";
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

/**
 * Whether a change of somebody else that was being executed is over: at its target at once, elsewhere only after the grace period.
 *
 * @param target what it was seen going to
 */
export function whetherOver(axis: Axis, target: AxisValue, gracePeriod: number): Verdict<true> {
  let towards = target;
  let elsewhereSince: number | null = null;
  return ({ machine }, waited) => {
    const state: AxisState | undefined = machine.axes[axis];
    if (state === undefined) return true;
    if (state.phase === "processing") {
      towards = state.target;
      elsewhereSince = null;
      return null;
    }
    if (sameValue(axis, state.effective, towards) || sameValue(axis, committed(state), towards)) return true;
    elsewhereSince ??= waited;
    return waited - elsewhereSince >= gracePeriod ? true : null;
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
  let elsewhereSince: number | null = null;
  return ({ machine }, waited) => {
    const state = machine.axes[step.axis];
    const outcome = outcomeOf(state, step);
    if (outcome === "applied" || outcome === "scheduled") return outcome;
    if (outcome === "waiting") {
      elsewhereSince = null;
      // What somebody else has running says nothing about this order.
      sawProcessing ||= leadsTo(state, step);
      return null;
    }
    // Answers may come from a server that lags behind: what they deny is in doubt until they have agreed for the grace period.
    elsewhereSince ??= waited;
    if (waited - elsewhereSince < gracePeriod) return null;
    if (sawProcessing) return "failed";
    return state?.phase === "settled" && sameValue(step.axis, state.effective, step.from)
      ? "invisible"
      : "changed_elsewhere";
  };
}

/** Whether a change to the step's target is being executed. */
function leadsTo(state: AxisState | undefined, step: Step): boolean {
  return state?.phase === "processing" && sameValue(step.axis, state.target, step.to);
}
