// Values of type dynamic: the type that they came with is kept, the one of what authors make is inferred.
import {
  Decimal,
  decodeMsgpack,
  encodeMsgpack,
  equalValues,
  isNull,
  type Type,
  unknown,
  UNKNOWN,
  type Value,
  valueFromJson,
} from "../../../lib/plugin";
import { dynamicType, rememberType } from "../../../lib/plugin/cty/dynamic";
import { TypedNull } from "../../../lib/plugin/cty/values";

test.each<[string, Value, Type | null]>([
  ["a text", "a", "string"],
  ["a bool", false, "bool"],
  ["a number", 1, "number"],
  ["an exact number", new Decimal("1e400"), "number"],
  ["null", null, null],
  ["null of a type", new TypedNull(["list", "bool"]), ["list", "bool"]],
  ["unknown", UNKNOWN, null],
  ["an array", ["a", 1, null], ["tuple", ["string", "number", "dynamic"]]],
  ["an object", { a: 1, b: { c: UNKNOWN } }, ["object", { a: "number", b: ["object", { c: "dynamic" }] }]],
  ["an empty object", {}, ["object", {}]],
])("%s that an author makes has its type", (_name, value, type) => {
  expect(dynamicType(value)).toEqual(type);
});

test("a key named __proto__ is a member like any other", () => {
  const type = dynamicType(JSON.parse('{"__proto__":1}') as Value);
  expect(Object.entries((type as ["object", object])[1])).toEqual([["__proto__", "number"]]);
});

describe("a type that is remembered", () => {
  test("tells a list from a tuple and a map from an object", () => {
    expect(dynamicType(rememberType([1], ["list", "number"]))).toEqual(["list", "number"]);
    expect(dynamicType(rememberType({ a: 1 }, ["map", "number"]))).toEqual(["map", "number"]);
    expect(dynamicType([rememberType([1], ["set", "number"])])).toEqual(["tuple", [["set", "number"]]]);
  });

  test("makes null null of a type, and leaves the unknown that all share as it is", () => {
    expect(rememberType(null, "string")).toEqual(new TypedNull("string"));
    const typed = rememberType(unknown({ prefix: "a" }), "string");
    expect([typed, dynamicType(typed)]).toEqual([unknown({ prefix: "a" }), "string"]);
    expect(dynamicType(rememberType(UNKNOWN, "bool"))).toBe("bool");
    expect(dynamicType(UNKNOWN)).toBeNull();
  });

  test("is never dynamic itself: what is known of the value stays", () => {
    expect(rememberType(null, "dynamic")).toBeNull();
    const list = rememberType([1], ["list", "number"]);
    expect(dynamicType(rememberType(list, "dynamic"))).toEqual(["list", "number"]);
  });
});

test("a dynamic value keeps the type it came with", () => {
  const bytes = Buffer.from([0x92, 0xc4, 17, ...Buffer.from('["list","string"]'), 0x91, 0xa1, 0x61]);
  expect(encodeMsgpack(decodeMsgpack(bytes, "dynamic"), "dynamic")).toEqual(bytes);
  const made = { a: [1, "x", null] };
  expect(decodeMsgpack(encodeMsgpack(made, "dynamic"), "dynamic")).toEqual(made);
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
