// Values between the messages and the authors: decode requests, encode results, private data, blocks that Terraform wants empty and not null.
import { decodeMsgpack } from "../cty/decode";
import { encodeMsgpack } from "../cty/encode";
import { parseExactJson, valueFromJson } from "../cty/json";
import { blockType } from "../cty/type";
import { isObject, own, setKey } from "../cty/values";
import type { BlockSchema, NestedBlockSchema, ObjectValue, Private, Type, Value } from "../types";
import { DiagnosticError } from "./diagnostics";

export interface DynamicMessage {
  readonly msgpack?: Buffer | undefined;
  readonly json?: Buffer | undefined;
}

/** A message that Terraform should not have sent: no author's fault, so it gets its own words. */
export class RequestError extends DiagnosticError {
  public override readonly name = "RequestError";
}

/** The object of a request, or null. */
export function decodeObject(message: DynamicMessage | undefined, schema: BlockSchema): ObjectValue | null {
  try {
    const value = decodeValue(message, blockType(schema));
    if (value === null || isObject(value)) return value;
  } catch (error) {
    throw new RequestError(
      "Terraform sent a value that does not fit the schema",
      error instanceof Error ? error.message : String(error),
    );
  }
  throw new RequestError("Terraform sent a value that does not fit the schema", "An object was expected.");
}

export function requireObject(message: DynamicMessage | undefined, schema: BlockSchema, what: string): ObjectValue {
  const value = decodeObject(message, schema);
  if (value === null) throw new RequestError(`Terraform sent no ${what}`, `The ${what} must not be null in this call.`);
  return value;
}

export function encodeObject(value: Value | undefined, schema: BlockSchema): { readonly msgpack: Buffer } {
  const cleaned = isObject(value) ? withoutWriteOnly(value, schema) : value;
  return { msgpack: encodeMsgpack(cleaned, blockType(schema)) };
}

/**
 * As much of a wrong result as can be kept: attributes that cannot be encoded come from `fallback` or are null. A remote object that exists must
 * reach the state even when the provider described it wrongly.
 */
export function salvageObject(value: Value, schema: BlockSchema, fallback: ObjectValue | null): ObjectValue | null {
  if (!isObject(value)) return fallback;
  const type = blockType(schema);
  const members = typeof type !== "string" && type[0] === "object" ? type[1] : {};
  const kept: Record<string, Value> = {};
  for (const [name, member] of Object.entries(members)) {
    const candidates = [own(value, name), fallback === null ? undefined : own(fallback, name)];
    setKey(kept, name, candidates.find((candidate) => encodes(candidate, member)) ?? emptyMember(schema, name));
  }
  return kept;
}

/** Private data as the author's JSON. */
export function readPrivate(bytes: Buffer): Private {
  if (bytes.length === 0) return null;
  try {
    const parsed: unknown = JSON.parse(bytes.toString("utf8"));
    if (isObject(parsed)) return parsed;
  } catch {
    // Falls to the error below: the cause would only quote the data.
  }
  throw new RequestError(
    "The private data of the object cannot be read",
    "It was not written by this provider. Restore the state from a backup, or remove the object from the state and import it.",
  );
}

/** `undefined` keeps what there was. */
export function writePrivate(data: Private | undefined, previous: Buffer): Buffer {
  if (data === undefined) return previous;
  return data === null ? Buffer.alloc(0) : Buffer.from(JSON.stringify(data), "utf8");
}

/** State JSON as values: missing attributes are null, blocks that are missing are empty. */
export function stateFromJson(json: unknown, schema: BlockSchema): ObjectValue {
  const value = valueFromJson(json, blockType(schema));
  if (!isObject(value)) throw new DiagnosticError("The stored state is not an object");
  return withEmptyBlocks(value, schema);
}

/** Fills what an author left out of an imported object, also in its blocks. */
export function completeObject(value: ObjectValue, schema: BlockSchema): ObjectValue {
  const complete: Record<string, Value> = { ...value };
  for (const name of Object.keys(schema.attributes)) if (complete[name] === undefined) complete[name] = null;
  return mapBlocks(complete, schema, completeObject);
}

function decodeValue(message: DynamicMessage | undefined, type: Type): Value {
  if (message?.msgpack !== undefined && message.msgpack.length > 0) return decodeMsgpack(message.msgpack, type);
  if (message?.json !== undefined && message.json.length > 0) {
    return valueFromJson(parseExactJson(message.json.toString("utf8")), type);
  }
  return null;
}

function encodes(value: Value | undefined, type: Type): value is Value {
  try {
    encodeMsgpack(value, type);
    return true;
  } catch {
    return false;
  }
}

/** No value: null, or no blocks. */
export function emptyMember(schema: BlockSchema, name: string): Value {
  const nested = own(schema.blocks ?? {}, name);
  if (nested === undefined || nested.nesting === "single" || nested.nesting === "group") return null;
  return nested.nesting === "map" ? {} : [];
}

function withEmptyBlocks(value: ObjectValue, schema: BlockSchema): ObjectValue {
  return mapBlocks(value, schema, withEmptyBlocks);
}

/** Write-only attributes never leave the provider. */
function withoutWriteOnly(value: ObjectValue, schema: BlockSchema): ObjectValue {
  if (!hasWriteOnly(schema)) return value;
  const cleaned: Record<string, Value> = { ...value };
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    if (attribute.writeOnly === true) cleaned[name] = null;
  }
  return mapBlocks(cleaned, schema, withoutWriteOnly, false);
}

function hasWriteOnly(schema: BlockSchema): boolean {
  return (
    Object.values(schema.attributes).some((attribute) => attribute.writeOnly === true) ||
    Object.values(schema.blocks ?? {}).some((nested) => hasWriteOnly(nested.block))
  );
}

/** Applies a function to the object of every nested block. */
function mapBlocks(
  value: ObjectValue,
  schema: BlockSchema,
  change: (value: ObjectValue, schema: BlockSchema) => ObjectValue,
  fillEmpty = true,
): ObjectValue {
  const result: Record<string, Value> = { ...value };
  for (const [name, nested] of Object.entries(schema.blocks ?? {})) {
    const held = own(result, name);
    if (held === null || held === undefined) {
      if (fillEmpty) result[name] = emptyMember(schema, name);
    } else {
      result[name] = mapBlock(held, nested, change);
    }
  }
  return result;
}

function mapBlock(
  held: Value,
  nested: NestedBlockSchema,
  change: (value: ObjectValue, schema: BlockSchema) => ObjectValue,
): Value {
  const one = (element: Value): Value => (isObject(element) ? change(element, nested.block) : element);
  if (Array.isArray(held)) return held.map(one);
  if (nested.nesting !== "map" || !isObject(held)) return one(held);
  const entries: Record<string, Value> = {};
  for (const [key, element] of Object.entries(held)) setKey(entries, key, one(element));
  return entries;
}
