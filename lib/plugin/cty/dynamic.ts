// Values of type dynamic carry their own type: remembered for those that we were given, inferred for those that authors make.
import type { Type, Value } from "../types";
import { isDecimal } from "./number";
import { isObject, isUnknown, setKey, TypedNull, Unknown } from "./values";

const remembered = new WeakMap<object, Type>();

/** Keeps the type beside the value, so that a list comes back as a list and not as a tuple, and null as null of its type. */
export function rememberType(value: Value, type: Type): Value {
  if (type === "dynamic") return value;
  if (value === null) return new TypedNull(type);
  if (typeof value !== "object" || isDecimal(value)) return value;
  const kept = isUnknown(value) ? new Unknown(value.refinement) : value;
  remembered.set(kept, type);
  return kept;
}

/** The type of a value; null for nulls and unknowns that nobody typed. */
export function dynamicType(value: Value): Type | null {
  if (value === null) return null;
  if (value instanceof TypedNull) return value.nullOf;
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number" || isDecimal(value)) return "number";
  const known = remembered.get(value);
  if (known !== undefined) return known;
  if (isUnknown(value)) return null;
  if (Array.isArray(value)) return ["tuple", value.map((element: Value) => dynamicType(element) ?? "dynamic")];
  const members: Record<string, Type> = {};
  if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) setKey(members, name, dynamicType(member) ?? "dynamic");
  }
  return ["object", members];
}
