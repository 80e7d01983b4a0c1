// Values between the messages and the authors: decode requests, encode results, private data, blocks that Terraform wants empty and not null.
import { mapBlock } from "../cty/blocks";
import { decodeMsgpack } from "../cty/decode";
import { encodeMsgpack } from "../cty/encode";
import { parseExactJson, valueFromJson } from "../cty/json";
import { blockType } from "../cty/type";
import { isObject, own, setKey } from "../cty/values";
import type { BlockSchema, ObjectValue, Private, Type, Value } from "../types";
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
  return completeObject(value, schema);
}

/** Fills what is left out of an object, also in its blocks: no value, no blocks. */
export function completeObject(value: ObjectValue, schema: BlockSchema): ObjectValue {
  const complete: Record<string, Value> = { ...value };
  for (const name of Object.keys(schema.attributes)) complete[name] ??= null;
  for (const [name, nested] of Object.entries(schema.blocks ?? {})) {
    const held = own(value, name) ?? null;
    complete[name] =
      held === null
        ? emptyMember(schema, name)
        : mapBlock(nested, held, (element) => completeObject(element, nested.block));
  }
  return complete;
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

/** An object of which nothing is given. */
export function emptyObject(schema: BlockSchema): ObjectValue {
  return completeObject({}, schema);
}

/** No value: null, or no blocks; a group is always there. */
function emptyMember(schema: BlockSchema, name: string): Value {
  const nested = own(schema.blocks ?? {}, name);
  if (nested === undefined || nested.nesting === "single") return null;
  if (nested.nesting === "group") return emptyObject(nested.block);
  return nested.nesting === "map" ? {} : [];
}

/** Write-only attributes never leave the provider. */
export function withoutWriteOnly(value: ObjectValue, schema: BlockSchema): ObjectValue {
  if (!hasWriteOnly(schema)) return value;
  const cleaned: Record<string, Value> = { ...value };
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    if (attribute.writeOnly === true) cleaned[name] = null;
  }
  for (const [name, nested] of Object.entries(schema.blocks ?? {})) {
    const held = own(value, name);
    if (held !== undefined)
      cleaned[name] = mapBlock(nested, held, (element) => withoutWriteOnly(element, nested.block));
  }
  return cleaned;
}

function hasWriteOnly(schema: BlockSchema): boolean {
  return (
    Object.values(schema.attributes).some((attribute) => attribute.writeOnly === true) ||
    Object.values(schema.blocks ?? {}).some((nested) => hasWriteOnly(nested.block))
  );
}
