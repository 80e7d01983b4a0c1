// Reads fields of an answer: null, absent and empty are alike, numbers may come as text, prices as object or list (zenlayer-api 1.12).
import { isObject, own, textOf } from "./answer";
import type { JsonObject } from "./answer";

/** A field that decides something makes no sense. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

/** A number that decides something: nonsense is not taken for "absent". */
export function numberOf(object: JsonObject, key: string): number | null {
  const value = own(object, key);
  if (value === null || value === undefined || value === "") return null;
  const number = toNumber(value);
  if (number === null) throw new Unreadable(`its field ${key} is not a number`);
  return number;
}

/** A number that only informs: nonsense counts as absent. */
export function looseNumberOf(object: JsonObject, key: string): number | null {
  return toNumber(own(object, key));
}

export function booleanOf(object: JsonObject, key: string): boolean | null {
  const value = own(object, key);
  if (typeof value === "boolean") return value;
  if (value === 1 || (typeof value === "string" && value.toLowerCase() === "true")) return true;
  if (value === 0 || (typeof value === "string" && value.toLowerCase() === "false")) return false;
  return null;
}

export function objectOf(object: JsonObject, key: string): JsonObject | null {
  const value = own(object, key);
  return isObject(value) ? value : null;
}

/** Objects of a list; one object stands for a list of one, anything else is skipped. */
export function objectsOf(object: JsonObject, key: string): readonly JsonObject[] {
  const value = own(object, key);
  if (Array.isArray(value)) return value.filter(isObject);
  return isObject(value) ? [value] : [];
}

export function textsOf(object: JsonObject, key: string): readonly string[] {
  const value = own(object, key);
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string" && item !== "") : [];
}

/**
 * The entries of a list that was asked for. An answer without it is not an empty list: taking it for one would make machines
 * disappear.
 */
export function entriesOf(response: JsonObject, key: string): readonly JsonObject[] {
  const value = own(response, key);
  if (Array.isArray(value)) {
    if (!value.every(isObject)) throw new Unreadable(`its list ${key} holds something that is not an object`);
    return value;
  }
  if ((value === null || value === undefined) && numberOf(response, "totalCount") === 0) return [];
  throw new Unreadable(`its list ${key} is missing`);
}

export function requiredText(object: JsonObject, key: string): string {
  const text = textOf(object, key);
  if (text === null) throw new Unreadable(`its field ${key} is missing`);
  return text;
}

function toNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const text = value.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}
