// Writes values as MessagePack, led by their type: numbers as exact text, sets without duplicates, objects complete.
import type { AttributePath, Type, Value } from "../types";
import { ValueError } from "./decode";
import { dynamicType } from "./dynamic";
import { withoutDuplicates } from "./equality";
import { MsgpackWriter } from "./msgpack";
import { isDecimal, numberText } from "./number";
import { REFINED, writeRefinement } from "./refinement";
import { isNull, isObject, isUnknown, own } from "./values";

export function encodeMsgpack(value: Value | undefined, type: Type): Buffer {
  const writer = new MsgpackWriter();
  encode(writer, value, type, []);
  return writer.finish();
}

function encode(writer: MsgpackWriter, value: Value | undefined, type: Type, path: AttributePath): void {
  if (value === undefined) throw new ValueError(path, "the attribute is missing; give null for no value");
  if (type === "dynamic") {
    encodeDynamic(writer, value, path);
  } else if (isNull(value)) {
    writer.nil();
  } else if (isUnknown(value)) {
    const payload = writeRefinement(value.refinement, type);
    if (payload === null) writer.extension(0, Buffer.of(0));
    else writer.extension(REFINED, payload);
  } else {
    encodeKnown(writer, value, type, path);
  }
}

function encodeKnown(writer: MsgpackWriter, value: Value, type: Exclude<Type, "dynamic">, path: AttributePath): void {
  if (type === "string") {
    if (typeof value !== "string") throw mismatch(path, "a string", value);
    writer.string(value);
  } else if (type === "bool") {
    if (typeof value !== "boolean") throw mismatch(path, "a bool", value);
    writer.bool(value);
  } else if (type === "number") {
    if ((typeof value !== "number" && !isDecimal(value)) || Number.isNaN(value))
      throw mismatch(path, "a number", value);
    // Text is exact; an infinity has none.
    if (value === Infinity || value === -Infinity) writer.double(value);
    else writer.string(numberText(value));
  } else if (type[0] === "map" || type[0] === "object") {
    if (!isObject(value)) throw mismatch(path, type[0] === "map" ? "a map" : "an object", value);
    encodeEntries(writer, value, type, path);
  } else {
    if (!Array.isArray(value)) throw mismatch(path, `a ${type[0]}`, value);
    encodeElements(writer, value, type, path);
  }
}

function encodeEntries(
  writer: MsgpackWriter,
  value: { readonly [key: string]: Value },
  type: Extract<Type, readonly ["map" | "object", unknown]>,
  path: AttributePath,
): void {
  if (type[0] === "map") {
    const entries = Object.entries(value);
    writer.mapLength(entries.length);
    for (const [key, element] of entries) {
      writer.string(key);
      encode(writer, element, type[1], [...path, key]);
    }
    return;
  }
  const members = Object.entries(type[1]);
  writer.mapLength(members.length);
  for (const [name, member] of members) {
    writer.string(name);
    encode(writer, own(value, name), member, [...path, name]);
  }
  const additional = Object.keys(value).find((name) => !Object.hasOwn(type[1], name));
  if (additional !== undefined) throw new ValueError([...path, additional], "the schema has no such attribute");
}

function encodeElements(
  writer: MsgpackWriter,
  value: readonly Value[],
  type: Extract<Type, readonly ["list" | "set" | "tuple", unknown]>,
  path: AttributePath,
): void {
  if (type[0] === "tuple" && type[1].length !== value.length) {
    throw new ValueError(path, `a tuple of ${type[1].length} elements is required (${value.length} given)`);
  }
  // Terraform refuses a set that holds an element twice.
  const elements = type[0] === "set" ? withoutDuplicates(value, type[1]) : value;
  writer.arrayLength(elements.length);
  elements.forEach((element, index) => {
    const elementType = type[0] === "tuple" ? (type[1][index] ?? "dynamic") : type[1];
    encode(writer, element, elementType, [...path, index]);
  });
}

function encodeDynamic(writer: MsgpackWriter, value: Value, path: AttributePath): void {
  const type = dynamicType(value);
  if (type === null || type === "dynamic") {
    if (value === null) writer.nil();
    else writer.extension(0, Buffer.of(0));
    return;
  }
  writer.arrayLength(2);
  writer.binary(Buffer.from(JSON.stringify(type)));
  encode(writer, value, type, path);
}

function mismatch(path: AttributePath, wanted: string, value: unknown): ValueError {
  const given = Array.isArray(value) ? "a list" : isDecimal(value) ? "a number" : `a value of type ${typeof value}`;
  return new ValueError(path, `${wanted} is required, not ${Number.isNaN(value) ? "NaN" : given}`);
}
