// Protocol buffers from tables: what is written is read, what is not known is passed over, and no bytes do harm.
import {
  bool,
  bytes,
  integer,
  map,
  message,
  nested,
  optionalInteger,
  optionalString,
  repeated,
  string,
  type MessageTable,
} from "../../../lib/plugin/wire/protobuf";

const Inner = message({ name: string(1), size: integer(2) });
const Outer = message({
  text: string(1),
  data: bytes(2),
  flag: bool(3),
  number: integer(4),
  maybe: optionalString(5),
  count: optionalInteger(6),
  one: nested(7, () => Inner),
  many: repeated(8, () => Inner),
  named: map(
    9,
    nested(2, () => Inner),
  ),
  words: map(16, string(2)),
});
const NOTHING = {
  text: "",
  data: Buffer.alloc(0),
  flag: false,
  number: 0,
  maybe: undefined,
  count: undefined,
  one: undefined,
  many: [],
  named: new Map(),
  words: new Map(),
};

test("a message that says nothing has no bytes, and reads as the defaults", () => {
  expect(Outer.encode({ text: "", flag: false, number: 0, data: Buffer.alloc(0) })).toHaveLength(0);
  expect(Outer.decode(Buffer.alloc(0))).toEqual(NOTHING);
});

test("every kind of field comes back, negative and large numbers too", () => {
  const full = {
    text: "größe",
    data: Buffer.of(0, 255),
    flag: true,
    number: -1,
    maybe: "x",
    count: Number.MAX_SAFE_INTEGER,
    one: { name: "a", size: 300 },
    many: [
      { name: "b", size: 0 },
      { name: "", size: -5 },
    ],
    named: new Map([["k", { name: "c", size: 1 }]]),
    words: new Map([
      ["", ""],
      ["k", "v"],
    ]),
  };
  expect(Outer.decode(Outer.encode(full))).toEqual(full);
});

test("an optional field that is empty is not one that was not sent", () => {
  expect(Outer.decode(Outer.encode({ maybe: "", count: 0 }))).toMatchObject({ maybe: "", count: 0 });
});

test("fields of a later version are passed over", () => {
  const Later = message({ text: string(1), other: string(20), number: integer(21), deep: nested(22, () => Inner) });
  const sent = Later.encode({ text: "a", other: "b", number: 7, deep: { name: "c" } });
  expect(Outer.decode(sent)).toEqual({ ...NOTHING, text: "a" });
});

test("of a field that is sent twice the last one counts", () => {
  expect(Outer.decode(Buffer.concat([Outer.encode({ text: "a" }), Outer.encode({ text: "b" })])).text).toBe("b");
});

test.each([
  ["a length beyond the end", "0a05 61"],
  ["a tag without a value", "20"],
  ["a number without end", "20ffffffffffffffffffff01"],
  ["a text where a number belongs", "220161"],
  ["a number where a text belongs", "0801"],
  ["an integer beyond all that is safe", "20ffffffffffffffff7f"],
])("%s is refused", (_name, hex) => {
  const read = (): unknown => Outer.decode(Buffer.from(hex.replaceAll(" ", ""), "hex"));
  expect(read).toThrow(expect.objectContaining({ name: "ProtobufError" }));
});

test("nesting without end is refused", () => {
  interface Self {
    readonly self?: Self | undefined;
  }
  const table: MessageTable<unknown, Self> = message({ self: nested(1, (): MessageTable<unknown, Self> => table) });
  let deep: Self = {};
  for (let depth = 0; depth < 70; depth += 1) deep = { self: deep };
  expect(() => table.decode(table.encode(deep))).toThrow("nested too deeply");
});
