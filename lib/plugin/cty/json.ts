// State as JSON: numbers of any precision survive, attributes that an older provider did not write become null.
import type { AttributePath, Type, Value } from "../types";
import { ValueError } from "./decode";
import { rememberType } from "./dynamic";
import { Decimal, isDecimal, numberFromText, NumberLimitError } from "./number";
import { readType } from "./type";
import { isObject, own, setKey } from "./values";

const MAXIMUM_DEPTH = 256;
/** JSON strings hold a NUL only as an escape, so a string that starts with one is ours or gets another mark. */
const NUMBER_MARK = "\\u0000n";
const STRING_MARK = "\\u0000s";

/** `JSON.parse` that gives a `Decimal` where a JavaScript number would be rounded, and refuses deep nesting. */
export function parseExactJson(text: string): unknown {
  return JSON.parse(markNumbers(text), (_key, value: unknown) => {
    if (typeof value === "string" && value.startsWith("\u0000"))
      return value[1] === "n" ? new Decimal(value.slice(2)) : value.slice(2);
    return isObject(value) ? withoutMarks(value) : value;
  });
}

/** A key that starts with a NUL was marked like any other string. */
function withoutMarks(object: { readonly [key: string]: unknown }): unknown {
  if (!Object.keys(object).some((key) => key.startsWith("\u0000"))) return object;
  const members: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object))
    setKey(members, key.startsWith("\u0000") ? key.slice(2) : key, value);
  return members;
}

/** Values of parsed JSON. Missing attributes are null, additional ones are left out. */
export function valueFromJson(json: unknown, type: Type, path: AttributePath = []): Value {
  if (json === null || json === undefined) return null;
  if (type === "string" || type === "bool" || type === "number") return primitive(json, type, path);
  if (type === "dynamic") return dynamic(json, path);
  if (type[0] === "list" || type[0] === "set" || type[0] === "tuple") {
    if (!Array.isArray(json)) throw mismatch(path, `a ${type[0]}`, json);
    return json.map((element, index) => {
      const elementType = type[0] === "tuple" ? (type[1][index] ?? "dynamic") : type[1];
      return valueFromJson(element, elementType, [...path, index]);
    });
  }
  if (!isObject(json)) throw mismatch(path, type[0] === "map" ? "a map" : "an object", json);
  const members: Record<string, Value> = {};
  if (type[0] === "map") {
    for (const [key, element] of Object.entries(json)) {
      setKey(members, key, valueFromJson(element, type[1], [...path, key]));
    }
  } else {
    for (const [name, member] of Object.entries(type[1])) {
      setKey(members, name, valueFromJson(own(json, name), member, [...path, name]));
    }
  }
  return members;
}

function primitive(json: unknown, type: "string" | "bool" | "number", path: AttributePath): Value {
  if (type === "bool" && typeof json === "boolean") return json;
  // An older schema may have held a number where the present one holds text, and the other way round.
  if (type === "string") {
    if (typeof json === "string") return json;
    if (typeof json === "number" || typeof json === "boolean") return String(json);
    if (isDecimal(json)) return json.decimal;
  }
  if (type === "number") {
    if (typeof json === "number" || isDecimal(json)) return json;
    if (typeof json === "string") {
      try {
        return numberFromText(json);
      } catch (error) {
        if (error instanceof NumberLimitError) throw new ValueError(path, error.message);
        throw mismatch(path, "a number", json);
      }
    }
  }
  throw mismatch(path, `a ${type}`, json);
}

function dynamic(json: unknown, path: AttributePath): Value {
  if (!isObject(json) || !Object.hasOwn(json, "type")) throw mismatch(path, "an object of value and type", json);
  let type: Type;
  try {
    type = readType(own(json, "type"));
  } catch (error) {
    throw new ValueError(path, error instanceof Error ? error.message : "the type is wrong");
  }
  return rememberType(valueFromJson(own(json, "value"), type, path), type);
}

function mismatch(path: AttributePath, wanted: string, json: unknown): ValueError {
  return new ValueError(path, `${wanted} is required, not ${Array.isArray(json) ? "a list" : typeof json}`);
}

/** Quotes the number literals that a JavaScript number would damage. */
function markNumbers(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? "";
    if (character === '"') {
      if (text.startsWith("\\u0000", index + 1)) {
        parts.push(text.slice(copied, index + 1), STRING_MARK);
        copied = index + 1;
      }
      index = endOfString(text, index);
    } else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > MAXIMUM_DEPTH) throw new SyntaxError(`JSON nested deeper than ${MAXIMUM_DEPTH} levels`);
    } else if (character === "}" || character === "]") {
      depth -= 1;
    } else if (character === "-" || (character >= "0" && character <= "9")) {
      let end = index + 1;
      while (end < text.length && "0123456789+-.eE".includes(text[end] ?? " ")) end += 1;
      const literal = text.slice(index, end);
      if (isDecimal(exactNumber(literal))) {
        parts.push(text.slice(copied, index), `"${NUMBER_MARK}${literal}"`);
        copied = end;
      }
      index = end - 1;
    }
  }
  parts.push(text.slice(copied));
  return parts.join("");
}

/** Whatever is no number is left for JSON.parse to refuse; what is one and cannot be kept must not reach it. */
function exactNumber(literal: string): number | Decimal | null {
  try {
    return numberFromText(literal);
  } catch (error) {
    if (error instanceof NumberLimitError) throw error;
    return null;
  }
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
  return index;
}
