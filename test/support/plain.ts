// Terraform values as `terraform show -json` has them, to be compared with.
import { isDecimal, isObject, isUnknown, numberText, type ObjectValue, type Value } from "../../lib/plugin";

export type Json = Readonly<Record<string, unknown>>;

/** As JSON has it: numbers as numbers, without what is unknown. */
export function plain(object: ObjectValue | null): Json | null {
  if (object === null) return null;
  const known = Object.entries(object).filter(([, value]) => !isUnknown(value));
  return Object.fromEntries(known.map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: Value): unknown {
  if (isDecimal(value)) return Number(numberText(value));
  if (Array.isArray(value)) return value.map((element: Value) => plainValue(element));
  return isObject(value) ? plain(value) : value;
}
