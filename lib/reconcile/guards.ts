// What the user forbade. Guards fail closed: what cannot be checked is refused.

import { describeValue, type Axis, type Step } from "../engine";
import type { ImmediateCharge } from "./prices";

export interface Guards {
  readonly onDowngrade: "schedule" | "deny";
  /** In the account's currency; null: no limit. */
  readonly maxImmediateCharge: number | null;
}

/** A change that a guard refuses. `guard` is stable and stands in the text as `[guard:…]`, for review tools. */
export interface GuardFinding {
  readonly guard: "on_downgrade" | "max_immediate_charge" | "read_only";
  readonly axis: Axis | null;
  readonly summary: string;
  readonly detail: string;
}

export function downgradeGuard(guards: Guards, steps: readonly Step[]): readonly GuardFinding[] {
  if (guards.onDowngrade !== "deny") return [];
  return steps
    .filter((step) => step.direction === "downgrade")
    .map((step) => ({
      guard: "on_downgrade",
      axis: step.axis,
      summary: `Downgrade of ${step.axis} refused by on_downgrade = "deny"`,
      detail:
        `${step.from === null ? "The present value" : describeValue(step.axis, step.from)} → ${describeValue(step.axis, step.to)} is a downgrade. ` +
        `Set on_downgrade = "schedule" to allow it, or keep the value. [guard:on_downgrade]`,
    }));
}

/** @param charge null when no planned call may charge */
export function chargeGuard(
  guards: Guards,
  steps: readonly Step[],
  charge: ImmediateCharge | null,
): GuardFinding | null {
  const limit = guards.maxImmediateCharge;
  if (limit === null || charge === null) return null;
  const axis = steps[0]?.axis ?? null;
  if (!charge.known) {
    return {
      guard: "max_immediate_charge",
      axis,
      summary: "Charge unknown: refused by max_immediate_charge",
      detail:
        `max_immediate_charge is ${limit}, but the price of this change cannot be had (${charge.reason}). ` +
        `Plan again later, or remove max_immediate_charge to accept an unknown charge. [guard:max_immediate_charge]`,
    };
  }
  // A millionth of tolerance, for prices are sums of binary fractions.
  if (charge.amount <= limit + 1e-6) return null;
  return {
    guard: "max_immediate_charge",
    axis,
    summary: `Charge of up to ${charge.amount} now: refused by max_immediate_charge = ${limit}`,
    detail:
      `This change may charge up to ${charge.amount} at once (price of the target less the price of the present value, full period, discounted); ` +
      `allowed are ${limit}. Raise max_immediate_charge to allow it, or choose a smaller change. [guard:max_immediate_charge]`,
  };
}

export function readOnlyGuard(steps: readonly Step[]): GuardFinding {
  return {
    guard: "read_only",
    axis: steps[0]?.axis ?? null,
    summary: "The provider is read-only: nothing was sent",
    detail:
      `This apply would call ${steps.map((step) => step.action).join(", ")}. read_only (or ZENLAYER_READ_ONLY) is set: ` +
      `unset it where applies are allowed. [guard:read_only]`,
  };
}
