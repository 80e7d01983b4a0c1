// Values as core holds them before it sends them: strings in one normal form, sets without duplicates and in core's order.
import { dynamicType, rememberType } from "../../cty/dynamic";
import { withoutDuplicates } from "../../cty/equality";
import { isDecimal, numberText } from "../../cty/number";
import { isNull, isObject, isUnknown, memberType, own, setKey } from "../../cty/values";
import type { Type, Value } from "../../types";

/** Digits of a number that count for the order of compound elements. */
const DIGITS = 10;

/** The value in the form in which Terraform holds it. */
export function normalize(value: Value, type: Type): Value {
  if (typeof value === "string") return value.normalize("NFC");
  if (isNull(value) || isUnknown(value) || isDecimal(value) || typeof value !== "object") return value;
  if (type === "dynamic") {
    const concrete = dynamicType(value);
    return concrete === null ? value : rememberType(normalize(value, concrete), concrete);
  }
  if (Array.isArray(value)) {
    const elements = value.map((element: Value, index) => normalize(element, memberType(type, index) ?? "dynamic"));
    return type[0] === "set" ? sorted(elements, type[1] as Type) : elements;
  }
  const members: Record<string, Value> = {};
  if (isObject(value)) {
    for (const [key, member] of Object.entries(value))
      setKey(members, key, normalize(member, memberType(type, key) ?? "dynamic"));
  }
  return members;
}

function sorted(elements: readonly Value[], type: Type): readonly Value[] {
  return [...withoutDuplicates(elements, type)].sort((a, b) => compare(a, b, type));
}

/** Known before unknown, both before null; then by value, compound ones by their text. */
function compare(a: Value, b: Value, type: Type): number {
  const rank = (value: Value): number => (isNull(value) ? 2 : isUnknown(value) ? 1 : 0);
  if (rank(a) !== rank(b) || rank(a) > 0) return rank(a) - rank(b);
  if (type === "number") return Number(text(a, type)) - Number(text(b, type));
  if (type === "bool") return Number(a) - Number(b);
  const bytes = (value: Value): Buffer => Buffer.from(typeof value === "string" ? value : text(value, type));
  return Buffer.compare(bytes(a), bytes(b));
}

function text(value: Value, type: Type): string {
  if (type === "dynamic") return text(value, dynamicType(value) ?? "string");
  if (isUnknown(value)) return "?";
  if (isNull(value)) return "~";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean") return value ? "T" : "F";
  if (typeof value === "number" || isDecimal(value)) return shortNumber(Number(numberText(value)));
  const member = (key: string | number): Type => memberType(type, key) ?? "dynamic";
  if (Array.isArray(value)) {
    const elements = value.map((element: Value, index) => `${text(element, member(index))};`).join("");
    return type[0] === "tuple" ? `<${elements}>` : `[${elements}]`;
  }
  const members = isObject(value) ? value : {};
  const keys = Object.keys(members).sort();
  const entries = keys.map((key) => [key, text(own(members, key) ?? null, member(key))] as const);
  if (type[0] === "map") return `{${entries.map(([key, element]) => `${JSON.stringify(key)}:${element};`).join("")}}`;
  return `<${entries.map(([, element]) => `${element};`).join("")}>`;
}

/** A number as Go's `%.10g`. */
function shortNumber(number: number): string {
  if (!Number.isFinite(number)) return number > 0 ? "+Inf" : "-Inf";
  const [mantissa = "", exponent = "0"] = number.toExponential(DIGITS - 1).split("e");
  const power = Number(exponent);
  if (power >= -4 && power < DIGITS) return String(Number(number.toPrecision(DIGITS)));
  const sign = power < 0 ? "-" : "+";
  return `${mantissa.replace(/\.?0+$/, "")}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}
