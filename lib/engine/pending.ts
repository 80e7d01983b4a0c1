// The changes that are under way or waiting, as the attribute `pending` shows them.
import { AXES, type Axis, type Machine, type PendingChange } from "./types";
import { axisState } from "./values";

/** One entry per axis that is not settled. What is scheduled takes effect when the paid period ends (`expiredTime`). */
export function pendingChanges(machine: Machine, axes: readonly Axis[] = AXES): PendingChange[] {
  return axes.flatMap((axis) => {
    const state = axisState(machine, axis);
    if (state === undefined || state.phase === "settled") return [];
    const effectiveAt = state.phase === "scheduled" ? machine.expiredTime : null;
    return [{ axis, from: state.effective, to: state.target, phase: state.phase, effectiveAt }];
  });
}
