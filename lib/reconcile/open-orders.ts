// Orders that were accepted but cannot be seen yet: unpaid, or of unknown outcome. They live in private state until they show.

import type { Axis, AxisState, AxisValue, Machine } from "../engine";
import { committed, sameValue } from "../engine";

export interface OpenOrder {
  readonly axis: Axis;
  readonly target: AxisValue;
  /** null: the answer was lost, so the number is unknown. */
  readonly orderNumber: string | null;
  readonly requestId: string | null;
  /** When it was sent, ISO 8601. */
  readonly time: string;
}

/** Those that no look has shown yet: their target is neither in force, nor being executed, nor scheduled. */
export function stillInvisible(orders: readonly OpenOrder[], machine: Machine): readonly OpenOrder[] {
  return orders.filter(({ axis, target }) => {
    const state: AxisState | undefined = machine.axes[axis];
    const shown = [state?.effective ?? null, committed(state)];
    return !shown.some((value) => sameValue(axis, value, target));
  });
}

/** The order that forbids sending anything: one with a number that still cannot be seen. */
export function blockingOrder(orders: readonly OpenOrder[], machine: Machine): OpenOrder | null {
  return stillInvisible(orders, machine).find((order) => order.orderNumber !== null) ?? null;
}
