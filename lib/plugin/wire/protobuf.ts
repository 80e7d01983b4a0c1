// Protocol buffers from tables: a message is a table of fields, and the table gives the codec and the TypeScript types.

/** The bytes are not a message of the table. */
export class ProtobufError extends Error {
  public override readonly name = "ProtobufError";
}

/** How one field is written (`In`) and read (`Out`). Fields that were not sent read as their default. */
export interface Field<Out, In = Out> {
  readonly number: number;
  write(writer: Writer, value: In): void;
  /** Takes the next value of the field; `previous` is what the field held so far. */
  read(reader: Reader, wireType: number, previous: Out, depth: number): Out;
  initial(): Out;
}

type Fields = { readonly [name: string]: Field<unknown, unknown> };
type OutOf<F> = F extends { initial(): infer Out } ? Out : never;
type InOf<F> = F extends { write(writer: Writer, value: infer In): void } ? In : never;

export interface MessageTable<Out, In> {
  encode(message: In): Buffer;
  decode(bytes: Buffer, depth?: number): Out;
}

const MAXIMUM_DEPTH = 64;

export function message<F extends Fields>(
  fields: F,
): MessageTable<{ [K in keyof F]: OutOf<F[K]> }, { [K in keyof F]?: InOf<F[K]> | undefined }> {
  const table = Object.entries(fields);
  const byNumber = new Map(table.map(([name, field]) => [field.number, { name, field }]));
  return {
    encode(values) {
      const writer = new Writer();
      for (const [name, field] of table) {
        const value = (values as Record<string, unknown>)[name];
        if (value !== undefined) field.write(writer, value);
      }
      return writer.finish();
    },
    decode(bytes, depth = 0) {
      if (depth > MAXIMUM_DEPTH) throw new ProtobufError("nested too deeply");
      const result: Record<string, unknown> = {};
      for (const [name, field] of table) result[name] = field.initial();
      const reader = new Reader(bytes);
      while (!reader.atEnd) {
        const { number, wireType } = reader.tag();
        const entry = byNumber.get(number);
        if (entry === undefined) reader.skip(wireType);
        else result[entry.name] = entry.field.read(reader, wireType, result[entry.name], depth);
      }
      return result as { [K in keyof F]: OutOf<F[K]> };
    },
  };
}

export const string = (number: number): Field<string> => scalar(number, "", writeString, readString);
export const bytes = (number: number): Field<Buffer> => scalar(number, Buffer.alloc(0), writeBytes, readBytes);
export const bool = (number: number): Field<boolean> => scalar(number, false, writeBool, readBool);
/** int64 and enums. */
export const integer = (number: number): Field<number> => scalar(number, 0, writeInteger, readInteger);

/** Members of a oneof and `optional` fields: written also when empty, undefined when not sent. */
export const optionalString = (number: number): Field<string | undefined, string> =>
  scalar<string | undefined, string>(number, undefined, writeString, readString);
export const optionalInteger = (number: number): Field<number | undefined, number> =>
  scalar<number | undefined, number>(number, undefined, writeInteger, readInteger);

export function nested<Out, In>(number: number, table: () => MessageTable<Out, In>): Field<Out | undefined, In> {
  return {
    number,
    initial: () => undefined,
    write: (writer, value) => writer.bytes(number, table().encode(value)),
    read: (reader, wireType, _previous, depth) => table().decode(reader.bytes(wireType), depth + 1),
  };
}

export function repeated<Out, In>(number: number, table: () => MessageTable<Out, In>): Field<Out[], readonly In[]> {
  return {
    number,
    initial: () => [],
    write(writer, values) {
      for (const value of values) writer.bytes(number, table().encode(value));
    },
    read(reader, wireType, previous, depth) {
      previous.push(table().decode(reader.bytes(wireType), depth + 1));
      return previous;
    },
  };
}

/** `map<string, …>`, keys in the order given; `field` is the one of an entry's value, number 2. */
export function map<Out, In>(number: number, field: Field<Out, In>): Field<Map<string, Out>, ReadonlyMap<string, In>> {
  const entry = message({ key: string(1), value: field });
  return {
    number,
    initial: () => new Map(),
    write(writer, values) {
      for (const [key, value] of values) writer.bytes(number, entry.encode({ key, value }));
    },
    read(reader, wireType, previous, depth) {
      const { key, value } = entry.decode(reader.bytes(wireType), depth + 1);
      return previous.set(key, value);
    },
  };
}

/** The initial value is the default, which is not written. */
function scalar<Out, In>(
  number: number,
  initial: Out,
  write: (writer: Writer, number: number, value: In) => void,
  read: (reader: Reader, wireType: number) => Out,
): Field<Out, In> {
  return {
    number,
    initial: () => initial,
    write(writer, value) {
      if ((value as unknown) !== initial) write(writer, number, value);
    },
    read,
  };
}

function writeString(writer: Writer, number: number, value: string): void {
  writer.bytes(number, Buffer.from(value, "utf8"));
}
function readString(reader: Reader, wireType: number): string {
  return reader.bytes(wireType).toString("utf8");
}
function writeBytes(writer: Writer, number: number, value: Buffer): void {
  if (value.length > 0) writer.bytes(number, value);
}
function readBytes(reader: Reader, wireType: number): Buffer {
  return reader.bytes(wireType);
}
function writeBool(writer: Writer, number: number, value: boolean): void {
  writer.varint(number, value ? 1n : 0n);
}
function readBool(reader: Reader, wireType: number): boolean {
  return reader.integer(wireType) !== 0n;
}
function writeInteger(writer: Writer, number: number, value: number): void {
  writer.varint(number, BigInt.asUintN(64, BigInt(value)));
}
function readInteger(reader: Reader, wireType: number): number {
  const value = Number(BigInt.asIntN(64, reader.integer(wireType)));
  if (!Number.isSafeInteger(value)) throw new ProtobufError("an integer is out of range");
  return value;
}

class Writer {
  private readonly parts: Buffer[] = [];

  public varint(number: number, value: bigint): void {
    this.parts.push(varint(BigInt(number << 3)), varint(value));
  }

  public bytes(number: number, value: Buffer): void {
    this.parts.push(varint(BigInt((number << 3) | 2)), varint(BigInt(value.length)), value);
  }

  public finish(): Buffer {
    return Buffer.concat(this.parts);
  }
}

function varint(value: bigint): Buffer {
  const result: number[] = [];
  let rest = value;
  while (rest > 0x7fn) {
    result.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  result.push(Number(rest));
  return Buffer.from(result);
}

class Reader {
  private offset = 0;

  public constructor(private readonly source: Buffer) {}

  public get atEnd(): boolean {
    return this.offset >= this.source.length;
  }

  public tag(): { readonly number: number; readonly wireType: number } {
    const tag = this.varint();
    const number = Number(tag >> 3n);
    if (number < 1 || number > 0x1fffffff) throw new ProtobufError("a field number is out of range");
    return { number, wireType: Number(tag & 7n) };
  }

  public integer(wireType: number): bigint {
    if (wireType !== 0) throw new ProtobufError(`wire type ${wireType} where an integer belongs`);
    return this.varint();
  }

  public bytes(wireType: number): Buffer {
    if (wireType !== 2) throw new ProtobufError(`wire type ${wireType} where bytes belong`);
    return this.take(Number(this.varint()));
  }

  public skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 1) this.take(8);
    else if (wireType === 2) this.take(Number(this.varint()));
    else if (wireType === 5) this.take(4);
    else throw new ProtobufError(`wire type ${wireType} is not supported`);
  }

  private varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.source[this.offset];
      if (byte === undefined) throw new ProtobufError("the message ends too early");
      this.offset += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new ProtobufError("an integer is too long");
  }

  private take(size: number): Buffer {
    const end = this.offset + size;
    if (end > this.source.length) throw new ProtobufError("the message ends too early");
    const part = this.source.subarray(this.offset, end);
    this.offset = end;
    return part;
  }
}
