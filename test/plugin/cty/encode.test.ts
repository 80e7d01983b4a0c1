// Values into MessagePack, led by their type: what does not fit is refused with its place, and what is written is read.
import fc from "fast-check";
import {
  Decimal,
  decodeMsgpack,
  encodeMsgpack,
  equalValues,
  numberFromText,
  type Type,
  unknown,
  UNKNOWN,
  type Value,
} from "../../../lib/plugin";

const roundTrip = (value: Value, type: Type): Value => decodeMsgpack(encodeMsgpack(value, type), type);

const types: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Type>("string", "number", "bool"),
    tie("type").map((type): Type => ["list", type]),
    tie("type").map((type): Type => ["set", type]),
    tie("type").map((type): Type => ["map", type]),
    fc
      .dictionary(fc.string({ minLength: 1, maxLength: 3 }), tie("type"), { maxKeys: 3 })
      .map((members): Type => ["object", { ...members }]),
    fc.array(tie("type"), { maxLength: 3 }).map((members): Type => ["tuple", members]),
  ),
})).type;

function valuesOf(type: Type): fc.Arbitrary<Value> {
  const some = (): fc.Arbitrary<Value> => {
    if (type === "string") return fc.string({ unit: "grapheme" });
    if (type === "bool") return fc.boolean();
    if (type === "number" || type === "dynamic") {
      return fc.oneof(
        fc.maxSafeInteger(),
        fc.bigInt().map((big) => numberFromText(String(big)) as Value),
      );
    }
    if (type[0] === "list" || type[0] === "set") return fc.array(valuesOf(type[1]), { maxLength: 3 });
    if (type[0] === "map")
      return fc.dictionary(fc.string(), valuesOf(type[1]), { maxKeys: 3 }).map((map) => ({ ...map }));
    if (type[0] === "tuple") return fc.tuple(...type[1].map(valuesOf));
    return fc.record(Object.fromEntries(Object.entries(type[1]).map(([name, member]) => [name, valuesOf(member)])), {
      noNullPrototype: true,
    });
  };
  return fc.oneof({ weight: 8, arbitrary: some() }, fc.constantFrom<Value>(null, UNKNOWN));
}

test("every value of every type survives the wire", () => {
  const typed = types.chain((type) => valuesOf(type).map((value) => ({ type, value })));
  fc.assert(
    fc.property(typed, ({ type, value }) => {
      expect(equalValues(roundTrip(value, type), value, type)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test.each<[string, Value, Type, string]>([
  ["a text", "a", "string", "a161"],
  ["a bool", true, "bool", "c3"],
  ["a number, as exact text", 0.1, "number", "a3302e31"],
  [
    "a number beyond a double",
    new Decimal("1e400"),
    "number",
    `da0191${Buffer.from(`1${"0".repeat(400)}`).toString("hex")}`,
  ],
  ["an infinity, which has no text", -Infinity, "number", "cbfff0000000000000"],
  ["null", null, ["list", "string"], "c0"],
  ["unknown", UNKNOWN, ["list", "string"], "d40000"],
  ["unknown with a promise", unknown({ prefix: "i-" }), "string", "c7050c8102a2692d"],
  ["a list", ["b", "b"], ["list", "string"], "92a162a162"],
  ["a set, each element once", ["b", "a", "b"], ["set", "string"], "92a162a161"],
  ["a tuple", ["a", false], ["tuple", ["string", "bool"]], "92a161c2"],
  ["a map", { k: true }, ["map", "bool"], "81a16bc3"],
  [
    "an object, in the order of its type",
    { b: "x", a: null },
    ["object", { a: "string", b: "string" }],
    "82a161c0a162a178",
  ],
  ["a dynamic value, with its type", "a", "dynamic", "92c40822737472696e6722a161"],
  ["null and unknown of no type", [null, UNKNOWN], ["list", "dynamic"], "92c0d40000"],
])("%s", (_name, value, type, hex) => {
  expect(encodeMsgpack(value, type).toString("hex")).toBe(hex);
});

const MEMBERS: Type = ["object", { a: "string", b: ["object", { c: "bool" }] }];

test.each<[string, unknown, Type, string]>([
  ["a missing attribute", { a: "x" }, MEMBERS, ".b: the attribute is missing; give null for no value"],
  ["one in the depth", { a: "x", b: {} }, MEMBERS, ".b.c: the attribute is missing; give null for no value"],
  [
    "one that every object inherits",
    {},
    ["object", JSON.parse('{"toString":"string"}')],
    ".toString: the attribute is missing; give null for no value",
  ],
  ["an additional attribute", { a: "x", b: null, d: 1 }, MEMBERS, ".d: the schema has no such attribute"],
  ["a number where a text belongs", { a: 1, b: null }, MEMBERS, ".a: a string is required, not a value of type number"],
  ["an element", [true, "x"], ["list", "bool"], "[1]: a bool is required, not a value of type string"],
  ["an element of a map", { k: [] }, ["map", "number"], ".k: a number is required, not a list"],
  ["an exact number where a text belongs", new Decimal("1e400"), "string", "a string is required, not a number"],
  ["NaN", NaN, "number", "a number is required, not NaN"],
  ["an object where a list belongs", {}, ["list", "bool"], "a list is required, not a value of type object"],
  ["a list where a map belongs", [], ["map", "bool"], "a map is required, not a list"],
  ["a list where an object belongs", [], ["object", {}], "an object is required, not a list"],
  ["a tuple of another length", ["x"], ["tuple", ["string", "string"]], "a tuple of 2 elements is required (1 given)"],
  ["nothing at all", undefined, "string", "the attribute is missing; give null for no value"],
])("%s is refused with its place", (_name, value, type, message) => {
  expect(() => encodeMsgpack(value as Value, type)).toThrow(expect.objectContaining({ name: "ValueError", message }));
});
