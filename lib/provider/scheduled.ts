// Scheduled downgrades of a resource that goes: which there are, and what is said of those that stay.

import { describeValue, type Axis, type AxisValue, type Machine } from "../engine";
import type { Diagnostics } from "../plugin";

/** A cancel would bring the axis from the scheduled value back to the one in force. */
export interface Scheduled {
  readonly axis: Axis;
  readonly from: AxisValue;
  readonly to: AxisValue;
}

/** What a cancel could undo. */
export function scheduledIn(machine: Machine, axes: readonly Axis[]): readonly Scheduled[] {
  return axes.flatMap((axis) => {
    const state = machine.axes[axis];
    if (state?.phase !== "scheduled" || state.effective === null) return [];
    return [{ axis, from: state.target, to: state.effective }];
  });
}

/** Why `on_destroy = "cancel_scheduled"` leaves these: no plan announced the cancel. */
export function warnOfLeft(
  machine: Machine,
  left: readonly Scheduled[],
  { diagnostics }: { readonly diagnostics: Diagnostics },
): void {
  if (left.length === 0) return;
  const axes = left.map(({ axis }) => axis).join(" and ");
  diagnostics.warning(
    `Machine ${machine.instanceId}: ${axes} ${left.length > 1 ? "stay" : "stays"} scheduled`,
    left
      .map(({ axis, from, to }) => `${axis} goes from ${describeValue(axis, to)} to ${describeValue(axis, from)}.`)
      .join(" ") +
      ' on_destroy = "cancel_scheduled" cancels only what the plan of a destroy announces: a replacement, and what it left over, announces nothing, and what was scheduled ' +
      "since that plan is left alone. Let a resource manage the machine to go back, or cancel it in the Zenlayer console.",
  );
}
