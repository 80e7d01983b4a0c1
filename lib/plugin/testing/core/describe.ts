// Values in the words of Terraform's own error messages.
import { dynamicType } from "../../cty/dynamic";
import { isDecimal, numberText } from "../../cty/number";
import { isNull, isObject, isUnknown, memberType } from "../../cty/values";
import type { Type, Value } from "../../types";

/** A value as go-cty prints it: `cty.StringVal("alpha")`. */
export function describeValue(value: Value, schemaType: Type): string {
  const type = schemaType === "dynamic" ? (dynamicType(value) ?? schemaType) : schemaType;
  if (isNull(value)) return `cty.NullVal(${describeType(type)})`;
  if (isUnknown(value)) return type === "dynamic" ? "cty.DynamicVal" : `cty.UnknownVal(${describeType(type)})`;
  if (typeof value === "string") return `cty.StringVal(${JSON.stringify(value)})`;
  if (typeof value === "boolean") return value ? "cty.True" : "cty.False";
  if (typeof value === "number" || isDecimal(value)) {
    const text = numberText(value);
    return /^-?\d+$/.test(text) ? `cty.NumberIntVal(${text})` : `cty.NumberFloatVal(${text})`;
  }
  const member = (key: string | number): Type => memberType(type, key) ?? "dynamic";
  if (Array.isArray(value)) {
    const elements = value.map((element: Value, index) => describeValue(element, member(index)));
    return elements.length === 0
      ? emptyOf(type, "Tuple")
      : `${kindOf(type, "Tuple")}([]cty.Value{${elements.join(", ")}})`;
  }
  const members = isObject(value) ? Object.entries(value).sort(byKey) : [];
  const described = members.map(([key, element]) => `${JSON.stringify(key)}:${describeValue(element, member(key))}`);
  if (described.length === 0) return emptyOf(type, "Object");
  return `${kindOf(type, "Object")}(map[string]cty.Value{${described.join(", ")}})`;
}

function describeType(type: Type): string {
  if (type === "dynamic") return "cty.DynamicPseudoType";
  if (typeof type === "string") return `cty.${capital(type)}`;
  if (type[0] === "tuple")
    return type[1].length === 0 ? "cty.EmptyTuple" : `cty.Tuple([]cty.Type{${type[1].map(describeType).join(", ")}})`;
  if (type[0] !== "object") return `cty.${capital(type[0])}(${describeType(type[1])})`;
  const members = Object.entries(type[1]).sort(byKey);
  const described = members.map(([name, member]) => `${JSON.stringify(name)}:${describeType(member)}`);
  return described.length === 0 ? "cty.EmptyObject" : `cty.Object(map[string]cty.Type{${described.join(", ")}})`;
}

function kindOf(type: Type, otherwise: string): string {
  return `cty.${typeof type === "string" ? otherwise : capital(type[0])}Val`;
}

function emptyOf(type: Type, otherwise: string): string {
  if (typeof type === "string" || type[0] === "object" || type[0] === "tuple") return `cty.Empty${otherwise}Val`;
  return `cty.${capital(type[0])}ValEmpty(${describeType(type[1])})`;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
