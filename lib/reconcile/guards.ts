// What the user forbade. Guards fail closed: what cannot be checked is refused.

import { describeValue, type Axis, type Step } from "../engine";
import { explainCharge, formatAmount, formatBound, type ImmediateCharge } from "./immediate-charge";

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

/**
 * Compares what the calls charge at most. A call of which Zenlayer decides whether it charges is refused, whatever the prices say.
 *
 * @param charge null when no planned call may charge
 * @param spent what calls sent before, under the same limit, charged at most
 */
export function chargeGuard(
  guards: Guards,
  steps: readonly Step[],
  charge: ImmediateCharge | null,
  spent = 0,
): GuardFinding | null {
  const limit = guards.maxImmediateCharge;
  if (limit === null || charge === null) return null;
  const axis = steps[0]?.axis ?? null;
  const undecided = steps.find((step) => step.charge === "unknown");
  if (undecided !== undefined || !charge.known) {
    const why =
      undecided === undefined
        ? "the price of this change cannot be had"
        : `whether ${undecided.action} charges, and how much, is for Zenlayer to decide`;
    return {
      guard: "max_immediate_charge",
      axis,
      summary: "Charge unknown: refused by max_immediate_charge",
      detail:
        `max_immediate_charge is ${limit}, but ${why}${charge.known ? "" : ` (${charge.reason})`}. ` +
        `${undecided === undefined ? "Plan again later, or remove" : "Remove"} max_immediate_charge to accept an unknown charge. [guard:max_immediate_charge]`,
    };
  }
  const total = charge.atMost + spent;
  // A millionth of tolerance, for prices are sums of binary fractions.
  if (total <= limit + 1e-6) return null;
  const atMost = formatBound(charge.atMost);
  const before = spent === 0 ? "" : `, and what this apply has sent already at most ${formatBound(spent)}`;
  return {
    guard: "max_immediate_charge",
    axis,
    summary: `Charge of at most ${formatBound(total)} now: refused by max_immediate_charge = ${limit}`,
    detail:
      `This change charges about ${formatAmount(charge.about)} now, at most ${atMost}${before}; allowed are ${limit}. ${explainCharge(charge)} ` +
      `Raise max_immediate_charge to allow it, or choose a smaller change. [guard:max_immediate_charge]`,
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
