// Request bodies checked against a list of fields (zenlayer-api A.1 step 6): present, of the right type, within limits. Pure.
import { Refusal } from "./errors";

export type Body = Readonly<Record<string, unknown>>;

export interface Field {
  readonly name: string;
  readonly type: "string" | "integer" | "number" | "boolean" | "strings" | "integers" | "object" | "objects";
  readonly required?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maximumItems?: number;
  /** Names inside an object, or inside the objects of a list. */
  readonly inside?: readonly string[];
}

/** The body as an object with all fields as declared. Unknown fields are ignored. */
export function checkBody(body: unknown, fields: readonly Field[]): Body {
  if (!isObject(body)) throw new Refusal(400, "INVALID_PARAMETER_TYPE", "The body must be a JSON object.");
  const present = fields.filter(({ name }) => body[name] !== undefined && body[name] !== null);
  const missing = fields.find((field) => field.required === true && !present.includes(field));
  if (missing !== undefined) throw new Refusal(400, "MISSING_PARAMETER", `${missing.name} is required.`);
  const wrong = present.find(({ name, type }) => !TYPES[type](body[name]));
  if (wrong !== undefined)
    throw new Refusal(400, "INVALID_PARAMETER_TYPE", `${wrong.name} must be of type ${wrong.type}.`);
  for (const field of present) checkLimits(field, body[field.name]);
  return body;
}

/** What the body holds beyond the fields: told in the log, because the service would not say so. */
export function unknownNames(body: Body, fields: readonly Field[]): string[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const field = fields.find((candidate) => candidate.name === name);
    if (field === undefined) return [name];
    const { inside } = field;
    if (inside === undefined) return [];
    const inner = (Array.isArray(value) ? value : [value]).flatMap((item) => (isObject(item) ? Object.keys(item) : []));
    return [...new Set(inner)].filter((key) => !inside.includes(key)).map((key) => `${name}.${key}`);
  });
}

export const isObject = (value: unknown): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number";
const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";

/** Reads a field; undefined where there is none of this type. */
function reader<Value>(is: (value: unknown) => value is Value): (body: Body, name: string) => Value | undefined {
  return (body, name) => {
    const value = body[name];
    return is(value) ? value : undefined;
  };
}

function listOf<Item>(is: (value: unknown) => value is Item): (value: unknown) => value is readonly Item[] {
  return (value): value is readonly Item[] => Array.isArray(value) && value.every(is);
}

export const booleanOf = reader(isBoolean);
export const textOf = reader(isText);
export const numberOf = reader(isNumber);
export const textsOf = reader(listOf(isText));
export const integersOf = reader(listOf(isNumber));

/** The named object's fields; empty where it is missing. */
export function objectOf(body: Body, name: string): Body {
  const value = body[name];
  return isObject(value) ? value : {};
}

/** The objects of a list; what else is in it is ignored. */
export function objectsOf(body: Body, name: string): readonly Body[] {
  const value = body[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

const TYPES: Readonly<Record<Field["type"], (value: unknown) => boolean>> = {
  string: isText,
  integer: Number.isInteger,
  number: Number.isFinite,
  boolean: isBoolean,
  strings: listOf(isText),
  integers: (value) => Array.isArray(value) && value.every(Number.isInteger),
  object: isObject,
  objects: listOf(isObject),
};

function checkLimits(field: Field, value: unknown): void {
  if (typeof value === "number") {
    if (field.minimum !== undefined && value < field.minimum) {
      throw new Refusal(400, "INVALID_PARAMETER_LESS_MINIMUM", `${field.name} must be at least ${field.minimum}.`);
    }
    if (field.maximum !== undefined && value > field.maximum) {
      throw new Refusal(400, "INVALID_PARAMETER_EXCEED_MAXIMUM", `${field.name} must be at most ${field.maximum}.`);
    }
  }
  if (Array.isArray(value) && field.maximumItems !== undefined && value.length > field.maximumItems) {
    throw new Refusal(
      400,
      "INVALID_PARAMETER_EXCEED_LENGTH",
      `${field.name} takes at most ${field.maximumItems} items.`,
    );
  }
}
