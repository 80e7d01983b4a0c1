// What Zenlayer can never do (refusals), and what a user should know first (warnings).
import { directionOfTypeChange, typeFacts } from "./direction";
import type { Finding } from "./finding";
import {
  AXES,
  type Axis,
  type AxisValue,
  type Decision,
  type Desired,
  type Facts,
  type Machine,
  type Step,
} from "./types";
import { axisState, committed, isUnlimited, PACKAGE_TOLERANCE } from "./values";
import { isPackageStep, notAStep, notUnlimited, validateDesired } from "./validate";

/** A Modify… call that the tables ask for; `from` is null where the machine has no such value. */
export interface PlannedChange {
  readonly axis: Axis;
  readonly from: AxisValue | null;
  readonly to: AxisValue;
}

/** Everything the rules look at. */
export interface Situation {
  readonly machine: Machine;
  readonly desired: Desired;
  readonly facts: Facts;
  /** At most one per axis. */
  readonly changes: readonly PlannedChange[];
}

/** What the API can never do; asked only for axes whose value would be modified. */
export function refusalsOf(situation: Situation): Finding[] {
  return situation.changes.flatMap((change) => {
    const malformed = validateDesired(situation.machine.product, { [change.axis]: change.to });
    if (malformed.length > 0) return malformed;
    switch (change.axis) {
      case "instance_type":
        return refusalsOfType(situation, change);
      case "internet_max_bandwidth_out":
        return refusalsOfBandwidth(situation, change);
      case "traffic_package_size":
        return refusalsOfPackage(situation, change);
    }
  });
}

function refusalsOfType({ machine, desired, facts, changes }: Situation, { axis, from, to }: PlannedChange): Finding[] {
  if (from === null) return [noCurrentValue(axis, to)];
  const target = typeFacts(facts.types, to);
  if (target === null) return [{ code: "instance_type_unknown", axis, from, to }];
  if (isForbiddenConversion(String(from), String(to)))
    return [{ code: "instance_type_series", axis, from, to, series: seriesOf(String(from)) }];
  const limit = target?.bandwidthLimit ?? Infinity;
  // 0 is unlimited, which fits every type, as does no bandwidth at all.
  const bandwidth = desired.internet_max_bandwidth_out ?? committed(machine.axes.internet_max_bandwidth_out) ?? 0;
  // A bandwidth that changes as well is checked against the new type on its own axis.
  const bandwidthChanges = changes.some((change) => change.axis === "internet_max_bandwidth_out");
  if (bandwidth <= limit || bandwidthChanges) return [];
  return [{ code: "instance_type_bandwidth_limit", axis, to, limit, bandwidth }];
}

function refusalsOfBandwidth(
  { machine, desired, facts, changes }: Situation,
  { axis, from, to }: PlannedChange,
): Finding[] {
  if (from === null) return [noCurrentValue(axis, to)];
  if (isUnlimited(axis, to)) return [notUnlimited()];
  if (machine.product === "bmc") {
    const maximum = facts.maximumBandwidth;
    if (maximum === undefined || Number(to) <= maximum) return [];
    return [{ code: "bandwidth_above_maximum", axis, to, limit: maximum, bound: "model" }];
  }
  const type = desired.instance_type ?? committed(machine.axes.instance_type);
  const limit = typeFacts(facts.types, type)?.bandwidthLimit ?? null;
  if (limit !== null && Number(to) > limit)
    return [{ code: "bandwidth_above_maximum", axis, to, limit, bound: "type", type }];
  return refusalsUntilTypeIsInForce({ machine, desired, facts, changes }, { axis, from, to }, type);
}

/**
 * Whether the bandwidth changes before the type: the desired one allows less than it is now. Unlimited bandwidth, which is 0, fits every type; what is desired
 * fits as well, or it is refused.
 */
export function precedesType({ axis, from }: PlannedChange, desired: Desired, facts: Facts): boolean {
  const limit = typeFacts(facts.types, desired.instance_type)?.bandwidthLimit ?? Infinity;
  return axis === "internet_max_bandwidth_out" && Number(from) > limit;
}

/** A cheaper type may allow more bandwidth. On a PREPAID machine it comes only with the next billing cycle, and until then the type in force decides. */
function refusalsUntilTypeIsInForce(
  { machine, desired, facts, changes }: Situation,
  change: PlannedChange,
  type: AxisValue | null,
): Finding[] {
  const { axis, to } = change;
  const state = axisState(machine, "instance_type");
  const typeChange = changes.find((change) => change.axis === "instance_type");
  const inForce = typeChange?.from ?? (state?.phase === "scheduled" ? state.effective : null);
  const comesLater =
    typeChange === undefined ||
    (machine.instanceChargeType === "PREPAID" &&
      directionOfTypeChange(String(inForce), String(typeChange.to), facts.types) === "downgrade");
  const limit = typeFacts(facts.types, inForce)?.bandwidthLimit ?? null;
  if (limit === null || Number(to) <= limit) return [];
  if (!comesLater)
    return precedesType(change, desired, facts)
      ? [{ code: "bandwidth_above_maximum", axis, to, limit, bound: "type_before", inForce, type }]
      : [];
  const { expiredTime } = machine;
  return [{ code: "bandwidth_above_maximum", axis, to, limit, bound: "type_in_force", inForce, type, expiredTime }];
}

function refusalsOfPackage({ machine, facts }: Situation, { axis, from, to }: PlannedChange): Finding[] {
  const { internetChargeType } = machine;
  if (internetChargeType !== "ByTrafficPackage") return [{ code: "package_charge_type", axis, to, internetChargeType }];
  if (machine.instanceChargeType === "POSTPAID") return [{ code: "package_postpaid", axis, to }];
  if (from === null) return [noCurrentValue(axis, to)];
  const free = facts.freePackage;
  if (free === undefined || Number(to) > free - PACKAGE_TOLERANCE) return [];
  return [{ code: "package_below_free", axis, to, free }];
}

function noCurrentValue(axis: Axis, to: AxisValue): Finding {
  return { code: "no_current_value", axis, to };
}

/** What precedes the first dot of a type id. Only for the documented conversions; the name says nothing of price or size. */
function seriesOf(type: string): string {
  return type.split(".")[0] ?? type;
}

/** Documented are: within a series always; c, g and m into each other; s and h never into each other. For the rest Zenlayer decides. */
function isForbiddenConversion(from: string, to: string): boolean {
  const pair = [seriesOf(from), seriesOf(to)].sort().join();
  return pair === "h,s";
}

/** What to know before applying; `decision` holds the steps that would be issued. */
export function warningsOf(situation: Situation, decision: Pick<Decision, "steps">): Finding[] {
  const warnings = situation.changes.flatMap((change) => {
    switch (change.axis) {
      case "instance_type":
        return warningsOfType(situation, change);
      case "internet_max_bandwidth_out":
        return warningsOfBandwidth(change);
      case "traffic_package_size":
        return warningsOfPackage(situation, change);
    }
  });
  return [...warnings, ...warningsOfRenewal(situation, decision.steps)];
}

function warningsOfType({ machine, facts }: Situation, { axis, to }: PlannedChange): Finding[] {
  const target = typeFacts(facts.types, to);
  if (!target) return [];
  const { instanceChargeType, internetChargeType } = machine;
  if (!target.onSale) return [{ code: "instance_type_not_on_sale", axis, to, instanceChargeType }];
  const soldWith = target.internetChargeTypes;
  if (soldWith.length === 0 || soldWith.includes(internetChargeType)) return [];
  return [{ code: "instance_type_internet_charge_type", axis, to, internetChargeType, soldWith }];
}

function warningsOfBandwidth({ axis, from, to }: PlannedChange): Finding[] {
  return from === 0 ? [{ code: "leaving_unlimited_bandwidth", axis, to }] : [];
}

function warningsOfPackage({ machine }: Situation, { to }: PlannedChange): Finding[] {
  return machine.product !== "vm" || isPackageStep(Number(to)) ? [] : [notAStep(machine.product, Number(to))];
}

/** Without renewal the machine ends at the very moment a scheduled change would take effect. */
function warningsOfRenewal({ machine, desired }: Situation, steps: readonly Step[]): Finding[] {
  if (machine.autoRenew !== false) return [];
  const waiting = AXES.filter((axis) => {
    if (desired[axis] === undefined) return false;
    const own = steps.filter((step) => step.axis === axis);
    if (own.length > 0) return own.some((step) => step.takesEffect === "next_billing_cycle");
    return axisState(machine, axis)?.phase === "scheduled";
  });
  return waiting.map((axis) => ({ code: "scheduled_without_renewal", axis, expiredTime: machine.expiredTime }));
}
