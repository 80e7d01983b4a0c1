// Values in the words of Terraform's own error messages.
import { isDecimal, numberText } from "../../cty/number";
import { isObject, isUnknown, memberType } from "../../cty/values";
import type { Type, Value } from "../../types";

/** A value as go-cty prints it: `cty.StringVal("alpha")`. */
export function describeValue(value: Value, type: Type | undefined): string {
  if (value === null) return `cty.NullVal(${describeType(type)})`;
  if (isUnknown(value)) return `cty.UnknownVal(${describeType(type)})`;
  if (typeof value === "string") return `cty.StringVal(${JSON.stringify(value)})`;
  if (typeof value === "boolean") return value ? "cty.True" : "cty.False";
  if (typeof value === "number" || isDecimal(value)) {
    const text = numberText(value);
    return /^-?\d+$/.test(text) ? `cty.NumberIntVal(${text})` : `cty.NumberFloatVal(${text})`;
  }
  if (Array.isArray(value)) {
    const elements = value.map((element: Value, index) => describeValue(element, memberType(type, index)));
    return `cty.${kindOf(type, "Tuple")}Val([]cty.Value{${elements.join(", ")}})`;
  }
  const members = isObject(value) ? Object.entries(value) : [];
  const described = members.map(
    ([key, member]) => `${JSON.stringify(key)}:${describeValue(member, memberType(type, key))}`,
  );
  return `cty.${kindOf(type, "Object")}Val(map[string]cty.Value{${described.join(", ")}})`;
}

function describeType(type: Type | undefined): string {
  if (type === undefined || type === "dynamic") return "cty.DynamicPseudoType";
  if (typeof type === "string") return `cty.${capital(type)}`;
  if (type[0] === "list" || type[0] === "set" || type[0] === "map")
    return `cty.${capital(type[0])}(${describeType(type[1])})`;
  return `cty.${capital(type[0])}`;
}

function kindOf(type: Type | undefined, otherwise: string): string {
  return type === undefined || typeof type === "string" ? otherwise : capital(type[0]);
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
