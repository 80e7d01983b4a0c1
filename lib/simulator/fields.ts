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
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Refusal(400, "INVALID_PARAMETER_TYPE", "The body must be a JSON object.");
  }
  const record = body as Body;
  const present = fields.filter((field) => record[field.name] !== undefined && record[field.name] !== null);
  for (const field of fields) {
    if (field.required === true && !present.includes(field)) {
      throw new Refusal(400, "MISSING_PARAMETER", `${field.name} is required.`);
    }
  }
  for (const field of present) {
    if (!TYPES[field.type](record[field.name])) {
      throw new Refusal(400, "INVALID_PARAMETER_TYPE", `${field.name} must be of type ${field.type}.`);
    }
  }
  for (const field of present) checkLimits(field, record[field.name]);
  return record;
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

export function booleanOf(body: Body, name: string): boolean | undefined {
  const value = body[name];
  return typeof value === "boolean" ? value : undefined;
}

/** The named object's fields; empty where it is missing. */
export function objectOf(body: Body, name: string): Body {
  const value = body[name];
  return isObject(value) ? value : {};
}

export function objectsOf(body: Body, name: string): readonly Body[] {
  const value = body[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textOf(body: Body, name: string): string | undefined {
  const value = body[name];
  return typeof value === "string" ? value : undefined;
}

export function numberOf(body: Body, name: string): number | undefined {
  const value = body[name];
  return typeof value === "number" ? value : undefined;
}

export function textsOf(body: Body, name: string): readonly string[] | undefined {
  const value = body[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : undefined;
}

export function integersOf(body: Body, name: string): readonly number[] | undefined {
  const value = body[name];
  return Array.isArray(value) ? value.filter((item): item is number => typeof item === "number") : undefined;
}

export const isObject = (value: unknown): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const TYPES: Readonly<Record<Field["type"], (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === "number" && Number.isFinite(value),
  boolean: (value) => typeof value === "boolean",
  strings: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
  integers: (value) => Array.isArray(value) && value.every((item) => Number.isInteger(item)),
  object: isObject,
  objects: (value) => Array.isArray(value) && value.every(isObject),
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
