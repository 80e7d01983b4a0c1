// What Zenlayer can never do (refusals), and what a user should know first (warnings).
import { directionOf, typeFacts } from "./direction";
import {
  AXES,
  type Axis,
  type AxisValue,
  type Decision,
  type Desired,
  type Facts,
  type Finding,
  type Machine,
  type Step,
} from "./types";
import { axisState, committed, describeValue, formatValue } from "./values";
import { isPackageStep, validateDesired } from "./validate";

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
  if (target === null) {
    return [
      {
        code: "instance_type_unknown",
        axis,
        summary: `${axis} "${to}": Zenlayer does not know this type`,
        detail: `Use a type id that exists, for example one that data source zenlayer_vm_instance_types lists for the machine's zone, or keep "${from}".`,
      },
    ];
  }
  if (isForbiddenConversion(String(from), String(to))) {
    return [
      {
        code: "instance_type_series",
        axis,
        summary: `${axis} "${from}" cannot become "${to}": series s and h are never converted into each other`,
        detail: `Use a type of series ${seriesOf(String(from))}, or buy a new machine of the other series.`,
      },
    ];
  }
  const limit = target?.bandwidthLimit ?? null;
  const bandwidth = desired.internet_max_bandwidth_out ?? committed(machine.axes.internet_max_bandwidth_out);
  // A bandwidth that changes as well is checked against the new type on its own axis.
  const bandwidthChanges = changes.some((change) => change.axis === "internet_max_bandwidth_out");
  if (limit === null || bandwidth === null || bandwidth <= limit || bandwidthChanges) return [];
  return [
    {
      code: "instance_type_bandwidth_limit",
      axis,
      summary: `${axis} "${to}" allows at most ${limit} Mbps, but the bandwidth is ${bandwidth} Mbps`,
      detail: `Set internet_max_bandwidth_out to ${limit} or less together with the type, or use a type with a higher limit.`,
    },
  ];
}

function refusalsOfBandwidth(
  { machine, desired, facts, changes }: Situation,
  { axis, from, to }: PlannedChange,
): Finding[] {
  if (from === null) return [noCurrentValue(axis, to)];
  if (machine.product === "bmc") {
    const maximum = facts.maximumBandwidth;
    if (maximum === undefined || Number(to) <= maximum) return [];
    return [
      {
        code: "bandwidth_above_maximum",
        axis,
        summary: `${axis} ${to} is above the maximum of this model`,
        detail: `Allowed is a whole number of Mbps from 1 to ${maximum}.`,
      },
    ];
  }
  const type = desired.instance_type ?? committed(machine.axes.instance_type);
  const limit = typeFacts(facts.types, type)?.bandwidthLimit ?? null;
  if (limit !== null && Number(to) > limit) {
    return [
      {
        code: "bandwidth_above_maximum",
        axis,
        summary: `${axis} ${to} is above the limit of type "${type}"`,
        detail: `Allowed is a whole number of Mbps from 1 to ${limit}; for more, use a type with a higher limit.`,
      },
    ];
  }
  return refusalsUntilTypeIsInForce({ machine, desired, facts, changes }, { axis, from, to }, type);
}

/** A cheaper type may allow more bandwidth. On a PREPAID machine it comes only with the next billing cycle, and until then the type in force decides. */
function refusalsUntilTypeIsInForce(
  { machine, facts, changes }: Situation,
  { axis, to }: PlannedChange,
  type: AxisValue | null,
): Finding[] {
  const state = axisState(machine, "instance_type");
  const typeChange = changes.find((change) => change.axis === "instance_type");
  const inForce = typeChange?.from ?? (state?.phase === "scheduled" ? state.effective : null);
  const comesLater =
    typeChange === undefined ||
    (machine.instanceChargeType === "PREPAID" &&
      typeChange.from !== null &&
      directionOf("instance_type", typeChange.from, typeChange.to, facts) === "downgrade");
  const limit = typeFacts(facts.types, inForce)?.bandwidthLimit ?? null;
  if (limit === null || !comesLater || Number(to) <= limit) return [];
  return [
    {
      code: "bandwidth_above_maximum",
      axis,
      summary: `${axis} ${to} is above the limit of type "${inForce}", which stays in force until the next billing cycle`,
      detail: `Allowed is at most ${limit} Mbps until type "${type}" takes effect${machine.expiredTime === null ? "" : ` (${machine.expiredTime})`}; raise the bandwidth after that.`,
    },
  ];
}

function refusalsOfPackage({ machine, facts }: Situation, { axis, from, to }: PlannedChange): Finding[] {
  if (machine.internetChargeType !== "ByTrafficPackage") {
    return [
      {
        code: "package_charge_type",
        axis,
        summary: `${axis} ${formatValue(axis, to)}: the network of this machine is billed ${machine.internetChargeType || "by an unknown model"}, and only ByTrafficPackage has traffic packages`,
        detail: "The network billing model of a machine cannot be changed by API. Remove traffic_package_size.",
      },
    ];
  }
  if (machine.instanceChargeType === "POSTPAID") {
    return [
      {
        code: "package_postpaid",
        axis,
        summary: `${axis} ${formatValue(axis, to)}: traffic packages are sold for PREPAID machines, this one is POSTPAID`,
        detail: "Zenlayer describes no package change for POSTPAID machines. Remove traffic_package_size.",
      },
    ];
  }
  if (from === null) return [noCurrentValue(axis, to)];
  const free = facts.freePackage;
  if (free === undefined || Number(to) > free - 1e-6) return [];
  return [
    {
      code: "package_below_free",
      axis,
      summary: `${axis} ${formatValue(axis, to)} is below the free package of ${describeValue(axis, free)}`,
      detail: `The free package is part of the machine's price and cannot be given back: use ${formatValue(axis, free)} TB or more.`,
    },
  ];
}

function noCurrentValue(axis: Axis, to: AxisValue): Finding {
  return {
    code: "no_current_value",
    axis,
    summary: `${axis} ${formatValue(axis, to)}: this machine has no such value now`,
    detail: `Zenlayer reports none, so there is nothing to change. Remove ${axis}, or check the machine in the console.`,
  };
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
  if (!target.onSale) {
    return [
      {
        code: "instance_type_not_on_sale",
        axis,
        summary: `${axis} "${to}" is not on sale now in the zone of this machine (${machine.instanceChargeType})`,
        detail:
          "That may change until the apply, which fails if it does not. Data source zenlayer_vm_instance_types lists what is on sale.",
      },
    ];
  }
  if (target.internetChargeTypes.length === 0 || target.internetChargeTypes.includes(machine.internetChargeType))
    return [];
  return [
    {
      code: "instance_type_internet_charge_type",
      axis,
      summary: `${axis} "${to}" is not sold with network billing ${machine.internetChargeType}, which this machine has`,
      detail: `It is sold with ${target.internetChargeTypes.join(", ")}. Zenlayer may refuse the change; a type sold with ${machine.internetChargeType} is safer.`,
    },
  ];
}

function warningsOfBandwidth({ axis, from, to }: PlannedChange): Finding[] {
  if (from !== 0) return [];
  return [
    {
      code: "leaving_unlimited_bandwidth",
      axis,
      summary: `${axis}: from unlimited to ${to} Mbps cannot be undone`,
      detail: "Unlimited bandwidth cannot be ordered by API. To keep it, leave the attribute out.",
    },
  ];
}

function warningsOfPackage({ machine }: Situation, { axis, to }: PlannedChange): Finding[] {
  if (machine.product !== "vm" || isPackageStep(Number(to))) return [];
  return [
    {
      code: "package_step",
      axis,
      summary: `${axis} ${formatValue(axis, to)} is not a multiple of 0.05 TB`,
      detail:
        "Bare-metal machines have steps of 0.05 TB; for virtual machines no step is documented, and Zenlayer may refuse this size. A multiple of 0.05 is safer.",
    },
  ];
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
  return waiting.map((axis) => ({
    code: "scheduled_without_renewal",
    axis,
    summary: `${axis}: the machine is not renewed${machine.expiredTime === null ? "" : ` after ${machine.expiredTime}`}, so the scheduled change never takes effect`,
    detail: "The machine ends instead. Turn auto-renewal on in the console if it should go on with the new value.",
  }));
}
