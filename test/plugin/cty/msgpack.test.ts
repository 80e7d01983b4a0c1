// MessagePack's own layer: tokens of every width, and no byte beyond the end.
import { MsgpackReader, MsgpackWriter } from "../../../lib/plugin/cty/msgpack";

const read = (hex: string): MsgpackReader => new MsgpackReader(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const written = (write: (writer: MsgpackWriter) => void): string => {
  const writer = new MsgpackWriter();
  write(writer);
  return writer.finish().toString("hex");
};

test.each<[string, bigint | number | string]>([
  ["00", 0n],
  ["7f", 127n],
  ["ff", -1n],
  ["e0", -32n],
  ["cc80", 128n],
  ["cd0100", 256n],
  ["ce00010000", 65536n],
  ["cfffffffffffffffff", 18446744073709551615n],
  ["d080", -128n],
  ["d1ff00", -256n],
  ["d2ffff0000", -65536n],
  ["d38000000000000001", -9223372036854775807n],
  ["ca3fc00000", 1.5],
  ["cb3ff8000000000000", 1.5],
  ["a3302e31", "0.1"],
  ["d903302e31", "0.1"],
])("the bytes %s are the number %p", (hex, number) => {
  const reader = read(hex);
  expect(reader.number()).toBe(number);
  expect(reader.atEnd).toBe(true);
});

test.each<[string, string, (reader: MsgpackReader) => unknown, unknown]>([
  ["a short text", "a161", (reader) => reader.string(), "a"],
  ["a text of 8 bits of length", "d90161", (reader) => reader.string(), "a"],
  ["a text of 16", "da000161", (reader) => reader.string(), "a"],
  ["a text of 32", "db0000000161", (reader) => reader.string(), "a"],
  ["binary data of 8", "c40161", (reader) => reader.string(), "a"],
  ["binary data of 16", "c5000161", (reader) => reader.string(), "a"],
  ["binary data of 32", "c60000000161", (reader) => reader.string(), "a"],
  ["true", "c3", (reader) => reader.bool(), true],
  ["false", "c2", (reader) => reader.bool(), false],
  ["nil", "c0", (reader) => reader.nil(), true],
])("%s", (_name, hex, take, value) => {
  const reader = read(hex);
  expect(take(reader)).toBe(value);
  expect(reader.atEnd).toBe(true);
});

test.each([
  ["inside the byte", "92", "82"],
  ["of 16 bits", "dc0002", "de0002"],
  ["of 32 bits", "dd00000002", "df00000002"],
])("a length %s counts elements, or entries of two", (_name, array, map) => {
  expect(read(`${array} c0c0`).arrayLength()).toBe(2);
  expect(read(`${map} c0c0c0c0`).mapLength()).toBe(2);
});

test.each([
  ["d40c aa", 12, "aa"],
  ["d50c aaaa", 12, "aaaa"],
  ["d80c 000102030405060708090a0b0c0d0e0f", 12, "000102030405060708090a0b0c0d0e0f"],
  ["c703ff aaaaaa", -1, "aaaaaa"],
  ["c8000100 aa", 0, "aa"],
  ["c90000000100 aa", 0, "aa"],
])("the extension %s", (hex, type, payload) => {
  expect(read(hex).extension()).toEqual({ type, payload: Buffer.from(payload, "hex") });
});

test("what is no nil and no extension is left where it is", () => {
  const reader = read("05");
  expect([reader.nil(), reader.extension(), reader.number()]).toEqual([false, null, 5n]);
});

test.each<[string, string, (reader: MsgpackReader) => unknown]>([
  ["an array that claims four billion elements", "ddffffffff", (reader) => reader.arrayLength()],
  ["an array that claims one more than there are", "92c0", (reader) => reader.arrayLength()],
  ["a map that claims four billion entries", "dfffffffff", (reader) => reader.mapLength()],
  ["a map whose last entry has no value", "82c0c0c0", (reader) => reader.mapLength()],
  ["one of 16 bits of length", "de0002c0c0c0", (reader) => reader.mapLength()],
  ["one of 32", "df00000002c0c0c0", (reader) => reader.mapLength()],
  ["a text longer than the message", "dbffffffff", (reader) => reader.string()],
  ["a length cut short", "da00", (reader) => reader.string()],
  ["a number cut short", "cb3ff8", (reader) => reader.number()],
  ["an extension longer than the message", "c7050c00", (reader) => reader.extension()],
  ["nothing", "", (reader) => reader.nil()],
])("%s ends too early", (_name, hex, take) => {
  const reader = read(hex);
  expect(() => take(reader)).toThrow(
    expect.objectContaining({ name: "MsgpackError", message: "the value ends too early" }),
  );
});

test.each<[string, (reader: MsgpackReader) => unknown]>([
  ["a bool", (reader) => reader.bool()],
  ["a string", (reader) => reader.string()],
  ["a number", (reader) => reader.number()],
  ["an array", (reader) => reader.arrayLength()],
  ["a map", (reader) => reader.mapLength()],
])("a byte that is no %s is named", (wanted, take) => {
  expect(() => take(read("c1"))).toThrow(`expected ${wanted}, found the byte 0xc1`);
});

test("binary data is no number, though text may be one", () => {
  expect(() => read("c40131").number()).toThrow("expected a number, found the byte 0xc4");
});

test.each([
  ["nil", "c0"],
  ["a bool", "c3"],
  ["a number", "cd0100"],
  ["a text", "a3616263"],
  ["binary data", "c4020000"],
  ["an extension", "c7030c000000"],
  ["an array of arrays", "92 91c0 90"],
  ["a map", "81a16b 82a16101a16202"],
])("%s is passed over as a whole", (_name, hex) => {
  const reader = read(`${hex} 05`);
  reader.skip();
  expect([reader.number(), reader.atEnd]).toEqual([5n, true]);
});

test("nesting without end is not passed over", () => {
  expect(() => read(`${"91".repeat(33)}c0`).skip()).toThrow("nested too deeply");
  expect(() => read(`${"91".repeat(32)}c0`).skip()).not.toThrow();
});

test.each<[string, (writer: MsgpackWriter, length: number) => void, [length: number, head: string][]]>([
  [
    "a text",
    (writer, length) => writer.string("x".repeat(length)),
    [
      [0, "a0"],
      [31, "bf"],
      [32, "d920"],
      [255, "d9ff"],
      [256, "da0100"],
      [65535, "daffff"],
      [65536, "db00010000"],
    ],
  ],
  [
    "binary data",
    (writer, length) => writer.binary(Buffer.alloc(length)),
    [
      [0, "c400"],
      [255, "c4ff"],
      [256, "c50100"],
      [65536, "c600010000"],
    ],
  ],
  [
    "an array",
    (writer, length) => writer.arrayLength(length),
    [
      [15, "9f"],
      [16, "dc0010"],
      [65536, "dd00010000"],
    ],
  ],
  [
    "a map",
    (writer, length) => writer.mapLength(length),
    [
      [15, "8f"],
      [16, "de0010"],
      [65536, "df00010000"],
    ],
  ],
  [
    "an extension",
    (writer, length) => writer.extension(12, Buffer.alloc(length)),
    [
      [1, "d40c"],
      [2, "c7020c"],
      [256, "c801000c"],
    ],
  ],
])("the head of %s is the shortest for its length", (_name, write, heads) => {
  for (const [length, head] of heads) {
    expect(written((writer) => write(writer, length)).slice(0, head.length)).toBe(head);
  }
});

test("text is counted in bytes", () => {
  expect(written((writer) => writer.string("é"))).toBe("a2c3a9");
});

test.each([
  [0, "00"],
  [127, "7f"],
  [128, "d30000000000000080"],
  [2 ** 53 - 1, "d3001fffffffffffff"],
])("the integer %d is written as %s", (number, hex) => {
  expect(written((writer) => writer.integer(number))).toBe(hex);
});

test("nil, bools and a fraction", () => {
  expect(
    written((writer) => {
      writer.nil();
      writer.bool(true);
      writer.bool(false);
      writer.double(1.5);
    }),
  ).toBe("c0c3c2cb3ff8000000000000");
});
