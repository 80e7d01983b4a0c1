// Which resources a machine is adopted by and with which values. What cannot be set is left out, with the reason.
import {
  AXES,
  committed,
  describeFinding,
  formatValue,
  isUnlimited,
  pendingChanges,
  validateDesired,
  type Axis,
  type AxisNames,
  type AxisState,
  type AxisValue,
  type Desired,
  type Machine,
  type PendingChange,
} from "../../engine";
import type { Instance } from "../../api";
import { isGone, type Observation } from "../../reconcile";
import { KINDS, RESOURCE_TYPES, type ResourceTypeName } from "../../schema";
import type { Managed } from "./managed";

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
interface AdoptedSpecification {
  readonly type: ResourceTypeName;
  readonly desired: Desired;
}

/** A value that is left out. */
interface Omission {
  readonly axis: Axis;
  readonly value: AxisValue | null;
  readonly reason: string;
}

/** A machine that is left out altogether. */
export interface SkippedMachine {
  readonly instance: Instance;
  readonly reason: string;
  /** The addresses that it is managed under already. */
  readonly addresses?: readonly string[];
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

/** A machine all of whose specifications are managed already; null where one is not. */
export function skippedAsManaged(instance: Instance, managed: Managed): SkippedMachine | null {
  const types = RESOURCE_TYPES.filter((type) => KINDS[type].product === instance.product);
  const places = types.map((type) => managed.by(type, instance.instanceId));
  const known = places.filter((place) => place !== null);
  if (known.length < types.length) return null;
  const states = [...new Set(known.map(({ state }) => state))];
  const reason = `it is managed already by ${states.join(" and ")}`;
  return { instance, reason, addresses: known.map(({ address }) => address) };
}

/**
 * Decides on one machine that can be read.
 *
 * @param managed - What is managed already, and left out.
 * @param names - What reasons call the values.
 */
export function chooseFor(
  { instance, machine }: Observation,
  managed: Managed,
  names: AxisNames,
): AdoptedMachine | SkippedMachine {
  const reason = reasonToSkip(instance);
  if (reason !== null) return { instance, reason };
  const specifications: AdoptedSpecification[] = [];
  const omissions: Omission[] = [];
  for (const type of RESOURCE_TYPES) {
    const { product, axes } = KINDS[type];
    if (product !== instance.product) continue;
    const values: [Axis, AxisValue][] = [];
    const place = managed.by(type, instance.instanceId);
    for (const axis of axes) {
      const state: AxisState | undefined = machine.axes[axis];
      const value = spelled(axis, committed(state));
      const why =
        place === null
          ? reasonToOmit(machine, axis, value, names)
          : `it is managed already by ${place.state}, as ${place.address}`;
      if (why !== null || value === null) omissions.push({ axis, value, reason: why ?? "" });
      else values.push([axis, value]);
    }
    if (values.length > 0) specifications.push({ type, desired: Object.fromEntries(values) });
  }
  if (specifications.length === 0) {
    const reasons = omissions.map((each) => `${names[each.axis]}: ${each.reason}`);
    return { instance, reason: `nothing of it can be set (${reasons.join("; ")})` };
  }
  const axes = specifications.flatMap(({ desired }) => Object.keys(desired) as Axis[]);
  return { instance, specifications, omissions, pending: pendingChanges(machine, axes) };
}

export function isAdopted(choice: AdoptedMachine | SkippedMachine): choice is AdoptedMachine {
  return "specifications" in choice;
}

/** What a resource sets, in the order in which people read it. */
export function valuesOf(desired: Desired): readonly (readonly [Axis, AxisValue])[] {
  return AXES.flatMap((axis) => {
    const value: AxisValue | undefined = desired[axis];
    return value === undefined ? [] : [[axis, value] as const];
  });
}

function reasonToOmit(machine: Machine, axis: Axis, value: AxisValue | null, names: AxisNames): string | null {
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
  return finding === undefined ? null : describeFinding(finding, names).summary;
}

/** A package without the floating point noise of the API. */
function spelled(axis: Axis, value: AxisValue | null): AxisValue | null {
  return axis === "traffic_package_size" && typeof value === "number" ? Number(formatValue(axis, value)) : value;
}
