// The values that JavaScript lacks, unknown ones and nulls with a type, and the questions one asks of any value.
import type { AttributePath, NullValue, Refinement, Type, UnknownValue, Value } from "../types";
import { isDecimal } from "./number";

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

/** Null with a type of its own, as places of type dynamic may hold it. */
export class TypedNull implements NullValue {
  public constructor(public readonly nullOf: Type) {}
}

/** Whether there is no value: null, or in a place of type dynamic null with a type. */
export function isNull(value: unknown): value is null | NullValue {
  return value === null || value instanceof TypedNull;
}

export function isUnknown(value: unknown): value is UnknownValue {
  return value instanceof Unknown;
}

/** An object, block or map; not an array, number, unknown or null. */
export function isObject(value: unknown): value is { readonly [key: string]: Value } {
  return typeof value === "object" && !isNull(value) && !Array.isArray(value) && !isUnknown(value) && !isDecimal(value);
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

/** The type of a member of an object, map or list type. */
export function memberType(type: Type | undefined, key: string | number): Type | undefined {
  if (type === undefined || typeof type === "string") return undefined;
  if (type[0] === "object") return own(type[1], String(key));
  if (type[0] === "tuple") return type[1][Number(key)];
  return type[1];
}

/** The value at a path, or undefined where the path leads nowhere. */
export function valueAt(value: Value | undefined, path: AttributePath): Value | undefined {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current)) current = (current as readonly Value[])[Number(step)];
    else current = isObject(current) ? own(current, String(step)) : undefined;
  }
  return current;
}
