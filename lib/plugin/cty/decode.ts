// Reads values from MessagePack, led by their type; a wrong one is refused with the path of the place.
import type { AttributePath, Type, Value } from "../types";
import { MsgpackError, MsgpackReader } from "./msgpack";
import { numberFromBinary } from "./binary";
import { numberFromText } from "./number";
import { readRefinement, REFINED } from "./refinement";
import { rememberType } from "./dynamic";
import { pathText, readType } from "./type";
import { own, setKey, Unknown, UNKNOWN } from "./values";

const MAXIMUM_TYPE_BYTES = 1 << 20;

/** A value that is not of its type; the message starts with the path. */
export class ValueError extends Error {
  public override readonly name = "ValueError";

  public constructor(
    public readonly path: AttributePath,
    public readonly problem: string,
  ) {
    super(path.length === 0 ? problem : `${pathText(path)}: ${problem}`);
  }
}

export function decodeMsgpack(bytes: Uint8Array, type: Type): Value {
  const reader = new MsgpackReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    const value = decode(reader, type, []);
    if (!reader.atEnd) throw new ValueError([], "there are bytes after the value");
    return value;
  } catch (error) {
    // Types end, but a value of type dynamic may hold another one.
    if (error instanceof RangeError) throw new ValueError([], "the value is nested too deeply");
    throw error;
  }
}

function decode(reader: MsgpackReader, type: Type, path: AttributePath): Value {
  try {
    if (reader.nil()) return null;
    const extension = reader.extension();
    if (extension !== null) {
      const refinement = extension.type === REFINED ? readRefinement(extension.payload) : null;
      return refinement === null ? UNKNOWN : new Unknown(refinement);
    }
    if (type === "string") return reader.string();
    if (type === "bool") return reader.bool();
    if (type === "number") return decodeNumber(reader);
    if (type === "dynamic") return decodeDynamic(reader, path);
  } catch (error) {
    if (error instanceof MsgpackError || error instanceof TypeError) throw new ValueError(path, error.message);
    throw error;
  }
  switch (type[0]) {
    case "list":
    case "set":
      return decodeElements(
        reader,
        () => type[1],
        token(path, () => reader.arrayLength()),
        path,
      );
    case "tuple": {
      const length = token(path, () => reader.arrayLength());
      if (length !== type[1].length) {
        throw new ValueError(path, `a tuple of ${type[1].length} elements is required (${length} given)`);
      }
      return decodeElements(reader, (index) => type[1][index] ?? "dynamic", length, path);
    }
    case "map":
      return decodeEntries(reader, () => type[1], path);
    case "object": {
      const object = decodeEntries(reader, (name) => own(type[1], name), path);
      for (const name of Object.keys(type[1])) {
        if (!Object.hasOwn(object, name)) throw new ValueError([...path, name], "the attribute is missing");
      }
      return object;
    }
  }
}

function decodeElements(
  reader: MsgpackReader,
  typeOf: (index: number) => Type,
  length: number,
  path: AttributePath,
): Value[] {
  const elements: Value[] = [];
  for (let index = 0; index < length; index += 1) {
    elements.push(decode(reader, typeOf(index), [...path, index]));
  }
  return elements;
}

function decodeEntries(
  reader: MsgpackReader,
  typeOf: (key: string) => Type | undefined,
  path: AttributePath,
): Record<string, Value> {
  const entries: Record<string, Value> = {};
  for (let left = token(path, () => reader.mapLength()); left > 0; left -= 1) {
    const key = token(path, () => reader.string());
    const type = typeOf(key);
    if (type === undefined) throw new ValueError([...path, key], "there is no such attribute");
    if (Object.hasOwn(entries, key)) throw new ValueError([...path, key], "the key is given twice");
    setKey(entries, key, decode(reader, type, [...path, key]));
  }
  return entries;
}

function decodeNumber(reader: MsgpackReader): Value {
  const raw = reader.number();
  return typeof raw === "number" ? numberFromBinary(raw) : numberFromText(String(raw));
}

function decodeDynamic(reader: MsgpackReader, path: AttributePath): Value {
  if (reader.arrayLength() !== 2) throw new MsgpackError("a dynamic value has a type and a value");
  const json = reader.textBytes();
  if (json.length > MAXIMUM_TYPE_BYTES) throw new MsgpackError("the type is too long");
  let type: Type;
  try {
    type = readType(JSON.parse(json.toString("utf8")));
  } catch (error) {
    throw new MsgpackError(
      `the type of a dynamic value is wrong: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const value = decode(reader, type, path);
  return rememberType(value, type);
}

function token<T>(path: AttributePath, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MsgpackError) throw new ValueError(path, error.message);
    throw error;
  }
}
