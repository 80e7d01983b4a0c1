// What a plan will do with the machines: the calls, and the resources whose calls only apply will know.
import type { Axis, Charge, Direction, Product, TakesEffect } from "../../engine";
import type { ChangeFact, NotReviewableFact, Place } from "./facts";
import { guardsOf } from "./guards";
import { at, isObject, listOf, numberAt, scalarText, textAt } from "../input/json";
import { axisUnit, isAxis, machineOf, realInstanceId } from "./ours";
import type { Plan, ResourceChange } from "../input/plan";
import { priceOfChange, rounded, type Prices } from "./prices";
import { HIDDEN, isHidden, isSensitive, isUnknown } from "./sensitive";
import { withWarned, type Warned } from "./warned";

/** One call as the plan carries it, with its real values. */
export interface PlannedStep {
  readonly step: number;
  readonly action: string;
  readonly axis: Axis;
  readonly from: string | null;
  readonly to: string;
  readonly direction: Direction;
  readonly takes_effect: TakesEffect;
  readonly effective_at: string | null;
  readonly charge: Charge;
}

export type Planned =
  | { readonly kind: "steps"; readonly steps: readonly PlannedStep[] }
  | { readonly kind: "not_reviewable"; readonly reason: string };

const DIRECTIONS: readonly string[] = ["upgrade", "downgrade", "lateral", "cancel"] satisfies readonly Direction[];
const TAKES_EFFECT: readonly string[] = [
  "immediately",
  "next_billing_cycle",
  "decided_by_zenlayer",
] satisfies readonly TakesEffect[];
const CHARGES: readonly string[] = ["charged_now", "none", "usage_based", "unknown"] satisfies readonly Charge[];

/** Whether applying the change calls our create or update. A plan with nothing to do keeps the `changes` of an earlier apply. */
export function appliesSpecification(change: ResourceChange): boolean {
  return change.actions.includes("create") || change.actions.includes("update");
}

/** The calls of one of our resources, in order. */
export function plannedSteps(change: ResourceChange): Planned {
  if (!appliesSpecification(change)) return { kind: "steps", steps: [] };
  if (isUnknown(change.afterUnknown, "instance_id")) {
    return { kind: "not_reviewable", reason: "the machine is known only at apply" };
  }
  if (isUnknown(change.afterUnknown, "changes")) {
    return { kind: "not_reviewable", reason: "the values are known only at apply" };
  }
  if (isSensitive(change.afterSensitive, "changes")) {
    return { kind: "not_reviewable", reason: "the plan marks the changes as sensitive" };
  }
  const list = at(change.after, "changes");
  if (!Array.isArray(list)) return { kind: "not_reviewable", reason: "the plan has no list of changes" };
  const steps = listOf(list).map(plannedStep);
  if (steps.some((step) => step === null)) {
    return { kind: "not_reviewable", reason: "the plan lists a change that this review does not understand" };
  }
  const known = steps.filter((step) => step !== null);
  return { kind: "steps", steps: known.sort((a, b) => a.step - b.step) };
}

/** Rows of one resource. */
export function changeFacts(
  plan: Plan,
  change: ResourceChange,
  product: Product,
  place: Place,
  prices: Prices,
  warned: Warned | null,
): { readonly changes: readonly ChangeFact[]; readonly notReviewable: readonly NotReviewableFact[] } {
  const planned = plannedSteps(change);
  const machine = machineOf(change, product);
  const common = { ...place, resource_type: change.type, machine };
  if (planned.kind === "not_reviewable") {
    return { changes: [], notReviewable: [{ ...common, reason: planned.reason }] };
  }
  const instanceId = realInstanceId(change);
  const priced = planned.steps.map((step) => ({
    step,
    charge: step.charge,
    price: priceOfChange(
      prices(product, instanceId, step.axis, step.from),
      prices(product, instanceId, step.axis, step.to),
      {
        direction: step.direction,
        takesEffect: step.takes_effect,
        charge: step.charge,
        machine,
        plannedAt: plan.timestamp,
      },
    ),
  }));
  const calls = withWarned(priced, warned);
  const charges = calls.map(({ price }) => price.charged_now);
  const total = charges.some((charge) => charge === null)
    ? null
    : rounded(charges.reduce<number>((sum, charge) => sum + (charge ?? 0), 0));
  const changes = calls.map(({ step, price }): ChangeFact => ({
    ...common,
    step: step.step,
    action: step.action,
    axis: step.axis,
    axis_unit: axisUnit(step.axis),
    ...shownValues(change, step),
    direction: step.direction,
    takes_effect: step.takes_effect,
    effective_at: step.effective_at,
    charge: step.charge,
    price,
    guards: guardsOf(plan, change, step, total),
  }));
  return { changes, notReviewable: [] };
}

/** The values of a call as they may be shown. */
export function shownValues(
  change: ResourceChange,
  { axis, from, to }: { readonly axis: string; readonly from: string | null; readonly to: string },
): { readonly from: string | null; readonly to: string } {
  if (!isHidden(change, axis)) return { from, to };
  return { from: from === null ? null : HIDDEN, to: HIDDEN };
}

/** A call as the plan lists it; null when it is not one that we know. */
function plannedStep(item: unknown): PlannedStep | null {
  if (!isObject(item)) return null;
  const step = numberAt(item, "step");
  const action = textAt(item, "action");
  const axis = textAt(item, "axis");
  const to = scalarText(item["to"]);
  const direction = textAt(item, "direction");
  const takesEffect = textAt(item, "takes_effect");
  const charge = textAt(item, "charge");
  if (step === null || action === null || axis === null || !isAxis(axis) || to === null) return null;
  if (!oneOf<Direction>(direction, DIRECTIONS) || !oneOf<TakesEffect>(takesEffect, TAKES_EFFECT)) return null;
  if (!oneOf<Charge>(charge, CHARGES)) return null;
  return {
    step,
    action,
    axis,
    from: scalarText(item["from"]),
    to,
    direction,
    takes_effect: takesEffect,
    effective_at: textAt(item, "effective_at"),
    charge,
  };
}

function oneOf<T extends string>(value: string | null, allowed: readonly string[]): value is T {
  return value !== null && allowed.includes(value);
}
