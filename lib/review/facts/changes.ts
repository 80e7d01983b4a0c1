// What a plan will do with the machines: the calls, and the resources whose calls only apply will know.
import type { Axis, Charge, Direction, Product, TakesEffect } from "../../engine";
import type { ChangeFact, GuardFact, NotReviewableFact, Place } from "./facts";
import { at, isObject, listOf, numberAt, objectOf, scalarText, textAt } from "../input/json";
import { axisUnit, isAxis, machineOf, productOf, realInstanceId } from "./ours";
import type { Plan, ResourceChange } from "../input/plan";
import { priceOfChange, rounded, type Prices } from "./prices";
import { HIDDEN, isSensitive, isUnknown } from "./sensitive";

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
    price: priceOfChange(
      prices(product, instanceId, step.axis, step.from),
      prices(product, instanceId, step.axis, step.to),
      step.charge,
    ),
  }));
  const charges = priced.map(({ price }) => price.charged_now);
  const total = charges.some((charge) => charge === null)
    ? null
    : rounded(charges.reduce<number>((sum, charge) => sum + (charge ?? 0), 0));
  const changes = priced.map(({ step, price }): ChangeFact => {
    const hidden = isSensitive(change.afterSensitive, step.axis) || isSensitive(change.beforeSensitive, step.axis);
    return {
      ...common,
      step: step.step,
      action: step.action,
      axis: step.axis,
      axis_unit: axisUnit(step.axis),
      from: hidden && step.from !== null ? HIDDEN : step.from,
      to: hidden ? HIDDEN : step.to,
      direction: step.direction,
      takes_effect: step.takes_effect,
      effective_at: step.effective_at,
      charge: step.charge,
      price,
      guards: guardsOf(plan, change, step, total),
    };
  });
  return { changes, notReviewable: [] };
}

/** Whether the configuration itself says that nothing may be sent. */
export function isReadOnly(plan: Plan, change: ResourceChange): boolean {
  const configs = Object.values(objectOf(at(plan.document, "configuration", "provider_config"))).filter(
    (config) => textAt(config, "full_name") === change.provider,
  );
  return (
    configs.length > 0 && configs.every((config) => at(config, "expressions", "read_only", "constant_value") === true)
  );
}

function guardsOf(plan: Plan, change: ResourceChange, step: PlannedStep, total: number | null): readonly GuardFact[] {
  const found: GuardFact[] = [];
  const hidden = (name: string) => isSensitive(change.afterSensitive, name);
  if (step.direction === "downgrade") {
    const limit = textAt(change.after, "on_downgrade");
    if (isUnknown(change.afterUnknown, "on_downgrade")) {
      found.push({
        guard: "on_downgrade",
        result: "at_apply",
        limit: null,
        detail: "the guard is known only at apply",
      });
    } else if (limit === "deny") {
      found.push({ guard: "on_downgrade", result: "failed", limit, detail: "downgrades are denied" });
    }
  }
  if (step.charge === "charged_now" || step.charge === "unknown") {
    const limit = numberAt(change.after, "max_immediate_charge");
    if (isUnknown(change.afterUnknown, "max_immediate_charge")) {
      found.push({
        guard: "max_immediate_charge",
        result: "at_apply",
        limit: null,
        detail: "the guard is known only at apply",
      });
    } else if (limit !== null) {
      // The same tolerance as the provider: prices are sums of binary fractions.
      const exceeded = total !== null && total > limit + 1e-6;
      found.push({
        guard: "max_immediate_charge",
        result: exceeded ? "failed" : "passed",
        limit: hidden("max_immediate_charge") ? HIDDEN : limit,
        detail: exceeded
          ? `all calls together may charge ${total}`
          : total === null
            ? "checked by the provider when it planned"
            : `all calls together charge at most ${total}`,
      });
    }
  }
  if (isReadOnly(plan, change)) {
    found.push({
      guard: "read_only",
      result: "at_apply",
      limit: null,
      detail: "the provider will refuse to send this",
    });
  }
  return found;
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

/** Our resources of a plan with their product. */
export function ours(
  changes: readonly ResourceChange[],
): readonly { readonly change: ResourceChange; readonly product: Product }[] {
  return changes.flatMap((change) => {
    const product = productOf(change);
    return product === null ? [] : [{ change, product }];
  });
}
