// Which resources a machine is adopted by and with which values. What cannot be set is left out, with the reason.
import {
  committed,
  describeFinding,
  formatValue,
  isUnlimited,
  pendingChanges,
  validateDesired,
  type Axis,
  type AxisState,
  type AxisValue,
  type Desired,
  type Machine,
  type PendingChange,
} from "../../engine";
import type { Instance } from "../../api";
import { isGone, type Observation } from "../../reconcile";
import { KINDS, RESOURCE_TYPES, type ResourceTypeName } from "../../schema";

/** A machine, and how it is adopted. */
export interface AdoptedMachine {
  readonly instance: Instance;
  /** At least one. */
  readonly specifications: readonly AdoptedSpecification[];
  readonly omissions: readonly Omission[];
  /** Changes under way or scheduled: their targets are the values written. */
  readonly pending: readonly PendingChange[];
}

/** One resource, with the values that the machine is committed to. */
export interface AdoptedSpecification {
  readonly type: ResourceTypeName;
  readonly desired: Desired;
}

/** A value that is left out. */
export interface Omission {
  readonly axis: Axis;
  readonly value: AxisValue | null;
  readonly reason: string;
}

/** A machine that is left out altogether. */
export interface SkippedMachine {
  readonly instance: Instance;
  readonly reason: string;
}

const BEING_CREATED = new Set(["PENDING", "CREATING", "DEPLOYING"]);

/** Why a machine cannot be adopted by its state alone; null when nothing stands against it. */
export function reasonToSkip(instance: Instance): string | null {
  const status = instance.instanceStatus.toUpperCase();
  if (isGone(status)) return `its status is ${status}: it is in the recycle bin or on its way there`;
  if (status === "CREATE_FAILED") return `its status is ${status}: it was never created`;
  if (BEING_CREATED.has(status)) return `its status is ${status}: it is still being created; adopt it when it runs`;
  // No known id looks otherwise, and an id becomes part of configurations and commands.
  if (!/^[\w.:-]+$/.test(instance.instanceId)) return "its id holds other characters than letters, digits, . _ : and -";
  return null;
}

/** Decides on one machine that can be read. */
export function chooseFor({ instance, machine }: Observation): AdoptedMachine | SkippedMachine {
  const reason = reasonToSkip(instance);
  if (reason !== null) return { instance, reason };
  const specifications: AdoptedSpecification[] = [];
  const omissions: Omission[] = [];
  for (const type of RESOURCE_TYPES) {
    const { product, axes } = KINDS[type];
    if (product !== instance.product) continue;
    const values: [Axis, AxisValue][] = [];
    for (const axis of axes) {
      const state: AxisState | undefined = machine.axes[axis];
      const value = spelled(axis, committed(state));
      const why = reasonToOmit(machine, axis, value);
      if (why !== null || value === null) omissions.push({ axis, value, reason: why ?? "" });
      else values.push([axis, value]);
    }
    if (values.length > 0) specifications.push({ type, desired: Object.fromEntries(values) });
  }
  if (specifications.length === 0) {
    const reasons = omissions.map((each) => `${each.axis}: ${each.reason}`);
    return { instance, reason: `nothing of it can be set (${reasons.join("; ")})` };
  }
  const managed = specifications.flatMap(({ desired }) => Object.keys(desired) as Axis[]);
  return { instance, specifications, omissions, pending: pendingChanges(machine, managed) };
}

export function isAdopted(choice: AdoptedMachine | SkippedMachine): choice is AdoptedMachine {
  return "specifications" in choice;
}

export function isSkipped(choice: AdoptedMachine | SkippedMachine): choice is SkippedMachine {
  return !isAdopted(choice);
}

/** Names first, ids where names are equal; by code units, so that every machine and language sorts alike. */
export function byName(a: { readonly instance: Instance }, b: { readonly instance: Instance }): number {
  return (
    compare(a.instance.instanceName, b.instance.instanceName) || compare(a.instance.instanceId, b.instance.instanceId)
  );
}

function reasonToOmit(machine: Machine, axis: Axis, value: AxisValue | null): string | null {
  if (axis === "traffic_package_size") {
    if (machine.internetChargeType !== "ByTrafficPackage")
      return "only machines billed ByTrafficPackage have a traffic package";
    if (machine.instanceChargeType !== "PREPAID") return "traffic packages are sold for PREPAID machines only";
    if (value === null) return "it has no traffic package";
  }
  if (value === null) return "Zenlayer reports no value";
  if (isUnlimited(axis, value)) return "it is unlimited (reads as 0), and unlimited bandwidth cannot be ordered by API";
  if (axis === "instance_type" && !/^[\w.+-]+$/.test(String(value))) return "it is not a type id";
  const [finding] = validateDesired(machine.product, { [axis]: value });
  return finding === undefined ? null : describeFinding(finding).summary;
}

/** A package without the floating point noise of the API. */
function spelled(axis: Axis, value: AxisValue | null): AxisValue | null {
  return axis === "traffic_package_size" && typeof value === "number" ? Number(formatValue(axis, value)) : value;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
