// Small readings of Terraform values: what a known string, number or axis value is.

import type { Axis, AxisValue } from "../engine";
import { isDecimal, isUnknown, type ObjectValue, type Value } from "../plugin";

/** Null for null, unknown or anything that is no text. */
export function textOf(value: Value | undefined): string | null {
  return typeof value === "string" ? value : null;
}

/** Null for null, unknown or anything that is no number. Exact decimals beyond a double are rounded: no value of ours is that long. */
export function numberOf(value: Value | undefined): number | null {
  if (typeof value === "number") return value;
  return isDecimal(value) ? Number(value.decimal) : null;
}

export function axisValueOf(axis: Axis, value: Value | undefined): AxisValue | null {
  return axis === "instance_type" ? textOf(value) : numberOf(value);
}

/** An axis value that was written as text, as in `from` and `to`. */
export function parseAxisValue(axis: Axis, text: string): AxisValue {
  return axis === "instance_type" ? text : Number(text);
}

/** The objects of a list or set; empty for null and unknown. */
export function objectsOf(value: Value | undefined): readonly ObjectValue[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: Value): value is ObjectValue {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value) && !isDecimal(value);
}

export function objectOf(value: Value | undefined): ObjectValue | null {
  return value !== undefined && isObject(value) ? value : null;
}
