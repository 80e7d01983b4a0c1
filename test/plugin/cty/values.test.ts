// The values that JavaScript lacks, and the questions one asks of any value.
import {
  Decimal,
  isNull,
  isObject,
  isUnknown,
  isWhollyKnown,
  type Type,
  unknown,
  UNKNOWN,
  type Value,
} from "../../../lib/plugin";
import { memberType, own, setKey, TypedNull, valueAt } from "../../../lib/plugin/cty/values";

test.each<[string, Value, readonly ["null" | "unknown" | "object" | null, isWhollyKnown: boolean]]>([
  ["null", null, ["null", true]],
  ["null of a type", new TypedNull("string"), ["null", true]],
  ["unknown", UNKNOWN, ["unknown", false]],
  ["unknown with a promise", unknown({ notNull: true }), ["unknown", false]],
  ["an object that looks like one", { unknown: true, refinement: null }, ["object", true]],
  ["an object", { a: [{ b: null }] }, ["object", true]],
  ["an object with something unknown in its depth", { a: [{ b: UNKNOWN }] }, ["object", false]],
  ["an empty object", {}, ["object", true]],
  ["a list", [1], [null, true]],
  ["a list of unknown values", [1, UNKNOWN], [null, false]],
  ["an exact number", new Decimal("1e400"), [null, true]],
  ["a text", "", [null, true]],
])("what is asked of %s", (_name, value, [kind, known]) => {
  expect([isNull(value), isUnknown(value), isObject(value)]).toEqual(
    ["null", "unknown", "object"].map((each) => each === kind),
  );
  expect(isWhollyKnown(value)).toBe(known);
});

test("what was never given is no value that is not known", () => {
  expect([isWhollyKnown(undefined), isNull(undefined), isObject(undefined)]).toEqual([true, false, false]);
});

test("a key is one's own, whatever its name", () => {
  const target: Record<string, number> = {};
  for (const key of ["a", "__proto__", "toString"]) {
    expect(own(target, key)).toBeUndefined();
    setKey(target, key, 1);
    setKey(target, key, 2);
    expect(own(target, key)).toBe(2);
  }
  expect(Object.keys(target)).toEqual(["a", "__proto__", "toString"]);
  expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
});

test.each<[Type | undefined, string | number, Type | undefined]>([
  [["list", "bool"], 7, "bool"],
  [["set", "bool"], 0, "bool"],
  [["map", "bool"], "k", "bool"],
  [["object", { a: "bool" }], "a", "bool"],
  [["object", { a: "bool" }], "toString", undefined],
  [["tuple", ["bool", "string"]], 1, "string"],
  [["tuple", ["bool", "string"]], "1", "string"],
  [["tuple", ["bool"]], 1, undefined],
  ["string", 0, undefined],
  ["dynamic", "a", undefined],
  [undefined, "a", undefined],
])("of %j the member %p is a %j", (type, key, member) => {
  expect(memberType(type, key)).toEqual(member);
});

test.each<[readonly (string | number)[], Value | undefined]>([
  [[], { disk: [{ size: 1 }], tags: { k: "v" }, gone: null }],
  [["disk", 0, "size"], 1],
  [["disk", "0", "size"], 1],
  [["tags", "k"], "v"],
  [["gone"], null],
  [["disk", 1, "size"], undefined],
  [["gone", "a"], undefined],
  [["tags", "toString"], undefined],
  [["tags", "k", "length"], undefined],
])("the path %j leads to %j", (path, found) => {
  expect(valueAt({ disk: [{ size: 1 }], tags: { k: "v" }, gone: null }, path)).toEqual(found);
});
