// The values that JavaScript lacks, unknown ones, and the questions one asks of any value.
import type { Refinement, Type, UnknownValue, Value } from "../types";
import { isDecimal, numberText } from "./number";

/** A value that only apply will know. */
export class Unknown implements UnknownValue {
  public readonly unknown = true;

  public constructor(public readonly refinement: Refinement | null = null) {}
}

/** Unknown, promising nothing. */
export const UNKNOWN: UnknownValue = new Unknown();

/** Unknown with promises that must hold after apply. */
export function unknown(refinement: Refinement): UnknownValue {
  return new Unknown(refinement);
}

export function isUnknown(value: unknown): value is UnknownValue {
  return value instanceof Unknown;
}

/** An object, block or map; not an array, number or unknown. */
export function isObject(value: unknown): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value) && !isDecimal(value);
}

export function isWhollyKnown(value: Value | undefined): boolean {
  if (isUnknown(value)) return false;
  if (Array.isArray(value)) return value.every((element: Value) => isWhollyKnown(element));
  return isObject(value) ? Object.values(value).every((element) => isWhollyKnown(element)) : true;
}

/** Sets a key as an own property, also one named `__proto__`. */
export function setKey<T>(target: Record<string, T>, key: string, value: T): void {
  if (key === "__proto__") {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/** The own value of a key; never one inherited from Object.prototype. */
export function own<T>(object: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * Text that is equal for equal values. With a type, sets are compared without order; without one every array is a list.
 * Unknowns are equal when their refinements are.
 */
export function canonicalText(value: Value | undefined, type?: Type): string {
  if (value === undefined || value === null) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" || isDecimal(value)) return numberText(value);
  if (isUnknown(value)) return `unknown${canonicalRefinement(value.refinement)}`;
  if (Array.isArray(value)) return canonicalArray(value, type);
  const object = value as { readonly [key: string]: Value };
  const keys = Object.keys(object).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(own(object, key), memberType(type, key))}`).join(",")}}`;
}

/** Whether Terraform would call two values the same. See `canonicalText` for sets. */
export function equalValues(left: Value | undefined, right: Value | undefined, type?: Type): boolean {
  return left === right || canonicalText(left, type) === canonicalText(right, type);
}

/** The type of a member of an object, map or list type. */
export function memberType(type: Type | undefined, key: string | number): Type | undefined {
  if (type === undefined || typeof type === "string") return undefined;
  if (type[0] === "object") return own(type[1], String(key));
  if (type[0] === "tuple") return type[1][Number(key)];
  return type[1];
}

function canonicalArray(value: readonly Value[], type: Type | undefined): string {
  const elements = value.map((element, index) => canonicalText(element, memberType(type, index)));
  const isSet = type !== undefined && typeof type !== "string" && type[0] === "set";
  return `[${(isSet ? [...new Set(elements)].sort() : elements).join(",")}]`;
}

function canonicalRefinement(refinement: Refinement | null): string {
  if (refinement === null) return "";
  const entries = Object.entries(refinement).filter(([, value]) => value !== undefined && value !== false);
  return entries.length === 0 ? "" : JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
