// The values of an axis: what a raw status means, what a machine is committed to, when two values are the same, how they are written.
import type { Axis, AxisState, AxisValue, Machine, Phase } from "./types";

/** Package sizes that differ by less (TB) are the same: the API returns floating point numbers. */
export const PACKAGE_TOLERANCE = 1e-6;

/** What a status action said of one axis, before it is normalised. */
export interface RawAxisStatus<V extends AxisValue = AxisValue> {
  /** The status word: Processing (Process), WaitToEnable, or anything else as `settled`. */
  readonly phase: Phase;
  /** The current value; null or absent where the machine has none. */
  readonly effective: V | null | undefined;
  /** The modified value; null, absent or empty when nothing is being changed. */
  readonly target: V | null | undefined;
}

/**
 * The normalised state of one axis: only a target that differs from the effective value, under a status word that says so,
 * is a change. A word without a target, or a target without a word, is settled.
 */
export function normaliseAxis<V extends AxisValue>(axis: Axis, raw: RawAxisStatus<V>): AxisState<V> {
  const effective = raw.effective === "" ? null : (raw.effective ?? null);
  const target = raw.target === "" ? null : (raw.target ?? null);
  if (raw.phase === "settled" || target === null || sameValue(axis, effective, target))
    return { phase: "settled", effective };
  return { phase: raw.phase, effective, target };
}

/** The value a machine is committed to: the target of a running or scheduled change, else the effective value. */
export function committed<V extends AxisValue>(state: AxisState<V> | undefined): V | null {
  if (state === undefined) return null;
  return state.phase === "settled" ? state.effective : state.target;
}

/** The state of an axis, for code that treats all axes alike; undefined when the product has no such axis. */
export function axisState(machine: Machine, axis: Axis): AxisState | undefined {
  return machine.axes[axis];
}

/** Type ids and bandwidths are compared exactly, packages within 1e-6 TB. Two nulls are the same. */
export function sameValue(axis: Axis, a: AxisValue | null, b: AxisValue | null): boolean {
  if (axis === "traffic_package_size" && typeof a === "number" && typeof b === "number") {
    return Math.abs(a - b) < PACKAGE_TOLERANCE;
  }
  return a === b;
}

/**
 * A value as `from` and `to` write it: the type id, or the number as its shortest decimal, never with an exponent. Unlimited bandwidth is `"0"`.
 * A package is rounded to the tolerance, so that floating point noise of the API never looks like a difference.
 */
export function formatValue(axis: Axis, value: AxisValue): string {
  // Stryker disable next-line ConditionalExpression: a bandwidth is whole, and rounding changes nothing.
  if (axis !== "traffic_package_size" || typeof value === "string") return String(value);
  return String(Number(value.toFixed(6)) || 0);
}

/** A value in prose: `c.4c8g`, `200 Mbps`, `unlimited`, `2.5 TB`, `none`. */
export function describeValue(axis: Axis, value: AxisValue | null): string {
  if (value === null) return "none";
  if (isUnlimited(axis, value)) return "unlimited";
  const unit = unitOf(axis);
  return unit === "" ? formatValue(axis, value) : `${formatValue(axis, value)} ${unit}`;
}

/** `Mbps`, `TB`, or nothing. */
function unitOf(axis: Axis): "" | "Mbps" | "TB" {
  switch (axis) {
    case "instance_type":
      return "";
    case "internet_max_bandwidth_out":
      return "Mbps";
    case "traffic_package_size":
      return "TB";
  }
}

/** A bandwidth of 0 reads as unlimited (up to the cap of the type or model). */
export function isUnlimited(axis: Axis, value: AxisValue | null): boolean {
  return axis === "internet_max_bandwidth_out" && value === 0;
}
