// When Terraform calls two values the same: by value and, in places of type dynamic, by type too; sets without order.
import type { Refinement, Type, Value } from "../types";
import { dynamicType } from "./dynamic";
import { isDecimal, numberText } from "./number";
import { typeText } from "./type";
import { isNull, isObject, isUnknown, isWhollyKnown, memberType, own } from "./values";

export interface EqualityOptions {
  /** Whether the promises of unknown values count. Default: true. */
  readonly refinements?: boolean;
}

/** Whether Terraform would call two values the same. Without a type every array is a list, and no place is dynamic. */
export function equalValues(
  left: Value | undefined,
  right: Value | undefined,
  type?: Type,
  options: EqualityOptions = {},
): boolean {
  if (left === right) return true;
  // Most objects that are compared are equal member for member.
  if (type !== "dynamic" && isObject(left) && isObject(right)) {
    const names = Object.keys(left);
    return (
      names.length === Object.keys(right).length &&
      names.every(
        (name) => Object.hasOwn(right, name) && equalValues(left[name], right[name], memberType(type, name), options),
      )
    );
  }
  return canonicalText(left, type, options) === canonicalText(right, type, options);
}

/** Text that is equal for values that `equalValues` calls equal. */
export function canonicalText(value: Value | undefined, type?: Type, options: EqualityOptions = {}): string {
  if (type === "dynamic") {
    const concrete = value === undefined ? null : dynamicType(value);
    return `${typeText(concrete ?? "dynamic")}:${canonicalText(value, concrete ?? undefined, options)}`;
  }
  if (value === undefined || isNull(value)) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" || isDecimal(value)) return numberText(value);
  if (isUnknown(value)) return `unknown${options.refinements === false ? "" : refinementText(value.refinement)}`;
  if (Array.isArray(value)) return arrayText(value, type, options);
  const members = isObject(value) ? value : {};
  const texts = Object.keys(members)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(own(members, key), memberType(type, key), options)}`);
  return `{${texts.join(",")}}`;
}

/** The elements of a set: each known one once; unknown ones may yet turn out different. */
export function withoutDuplicates(elements: readonly Value[], type: Type): readonly Value[] {
  const seen = new Set<string>();
  return elements.filter((element) => {
    if (!isWhollyKnown(element)) return true;
    const text = canonicalText(element, type);
    return !seen.has(text) && seen.add(text);
  });
}

function arrayText(value: readonly Value[], type: Type | undefined, options: EqualityOptions): string {
  const isSet = type !== undefined && typeof type !== "string" && type[0] === "set";
  const elements = isSet ? withoutDuplicates(value, memberType(type, 0) ?? "dynamic") : value;
  const texts = elements.map((element, index) => canonicalText(element, memberType(type, index), options));
  return `[${(isSet ? texts.sort() : texts).join(",")}]`;
}

function refinementText(refinement: Refinement | null): string {
  if (refinement === null) return "";
  const entries = Object.entries(refinement).filter(([, value]) => value !== undefined && value !== false);
  return entries.length === 0 ? "" : JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
