// Values and types on the wire, both ways.
import fc from "fast-check";
import {
  decodeMsgpack,
  encodeMsgpack,
  equalValues,
  isNull,
  numberFromText,
  type Type,
  UNKNOWN,
  type Value,
  valueFromJson,
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

test("an object needs every attribute and no other", () => {
  const type: Type = ["object", { a: "string", b: ["object", { c: "bool" }] }];
  expect(() => encodeMsgpack({ a: "x" }, type)).toThrow(".b: the attribute is missing");
  expect(() => encodeMsgpack({ a: "x", b: {} }, type)).toThrow(".b.c: the attribute is missing");
  expect(() => encodeMsgpack({ a: "x", b: null, d: 1 }, type)).toThrow(".d: the schema has no such attribute");
  expect(() => encodeMsgpack({ a: 1, b: null }, type)).toThrow(".a: a string is required");
});

test("a set is written without duplicates and compared without order", () => {
  expect(roundTrip(["b", "a", "b"], ["set", "string"])).toEqual(["b", "a"]);
  expect(equalValues(["a", "b"], ["b", "a"], ["set", "string"])).toBe(true);
  expect(equalValues(["a", "b"], ["b", "a"], ["list", "string"])).toBe(false);
});

test("a dynamic value keeps the type it came with", () => {
  const bytes = Buffer.from([0x92, 0xc4, 17, ...Buffer.from('["list","string"]'), 0x91, 0xa1, 0x61]);
  expect(encodeMsgpack(decodeMsgpack(bytes, "dynamic"), "dynamic")).toEqual(bytes);
  expect(roundTrip({ a: [1, "x", null] }, "dynamic")).toEqual({ a: [1, "x", null] });
});

test.each<[string, string, string]>([
  ["a string", "92c40822737472696e6722c0", '{"value":null,"type":"string"}'],
  ["a list", "92c4115b226c697374222c22737472696e67225dc0", '{"value":null,"type":["list","string"]}'],
])("null of %s in a dynamic place keeps its type", (_name, hex, json) => {
  const bytes = Buffer.from(hex, "hex");
  const value = decodeMsgpack(bytes, "dynamic");
  expect(isNull(value)).toBe(true);
  expect(encodeMsgpack(value, "dynamic")).toEqual(bytes);
  expect(encodeMsgpack(valueFromJson(JSON.parse(json), "dynamic"), "dynamic")).toEqual(bytes);
  // Copied as authors copy, and inside a compound value.
  expect(encodeMsgpack({ ...{ any: value } }, ["object", { any: "dynamic" }]).toString("hex")).toContain(hex);
  expect(equalValues(value, decodeMsgpack(bytes, "dynamic"), "dynamic")).toBe(true);
  expect(equalValues(value, null, "dynamic")).toBe(false);
});

test("null without a type stays so, and null of a type is null where the place has one", () => {
  expect(decodeMsgpack(Buffer.from("c0", "hex"), "dynamic")).toBeNull();
  expect(
    encodeMsgpack(decodeMsgpack(Buffer.from("92c40822737472696e6722c0", "hex"), "dynamic"), "string").toString("hex"),
  ).toBe("c0");
  expect(valueFromJson({ value: null, type: "dynamic" }, "dynamic")).toBeNull();
});

test("dynamic values of two types are not equal, however alike they look", () => {
  const list = decodeMsgpack(encodeTyped(["list", "number"], [1]), "dynamic");
  expect(equalValues(list, [1], "dynamic")).toBe(false);
  expect(equalValues(list, decodeMsgpack(encodeTyped(["list", "number"], [1]), "dynamic"), "dynamic")).toBe(true);
  expect(equalValues({ b: 1, a: "x" }, { a: "x", b: 1 }, "dynamic")).toBe(true);
});

function encodeTyped(type: Type, value: Value): Buffer {
  const json = Buffer.from(JSON.stringify(type));
  return Buffer.concat([Buffer.of(0x92, 0xc4, json.length), json, encodeMsgpack(value, type)]);
}

test("a key named __proto__ is a key like any other", () => {
  const value = decodeMsgpack(Buffer.from([0x81, 0xa9, ...Buffer.from("__proto__"), 0xa1, 0x78]), ["map", "string"]);
  expect(Object.entries(value as object)).toEqual([["__proto__", "x"]]);
  expect(roundTrip(value, ["map", "string"])).toEqual(value);
});
