// Values out of MessagePack, led by their type: what does not fit is refused with its place.
import { Decimal, decodeMsgpack, isUnknown, type Type, type Value } from "../../../lib/plugin";
import { TypedNull } from "../../../lib/plugin/cty/values";

const decode = (hex: string, type: Type): Value => decodeMsgpack(Buffer.from(hex.replaceAll(" ", ""), "hex"), type);
/** A dynamic value: its type as JSON, then its value. */
const dynamic = (type: string, value: string): string =>
  `92 c4${type.length.toString(16).padStart(2, "0")} ${Buffer.from(type).toString("hex")} ${value}`;

test.each<[string, string, Type, Value]>([
  ["a text", "a161", "string", "a"],
  ["a bool", "c3", "bool", true],
  ["an integer", "05", "number", 5],
  ["an infinity", "cb7ff0000000000000", "number", Infinity],
  ["an integer beyond 53 bits, exactly", "cfffffffffffffffff", "number", new Decimal("18446744073709551615")],
  ["a number as text, exactly", "b2 393030373139393235343734303939332e31", "number", new Decimal("9007199254740993.1")],
  ["null of any type", "c0", ["list", "string"], null],
  ["a list", "92 01 02", ["list", "number"], [1, 2]],
  ["a set", "91 a161", ["set", "string"], ["a"]],
  ["a tuple", "92 a161 c2", ["tuple", ["string", "bool"]], ["a", false]],
  ["a map", "81 a16b 01", ["map", "number"], { k: 1 }],
  [
    "an object, its attributes in any order",
    "82 a162 01 a161 c0",
    ["object", { a: "string", b: "number" }],
    { a: null, b: 1 },
  ],
  ["null in a dynamic place, with its type", dynamic('"string"', "c0"), "dynamic", new TypedNull("string")],
  ["a dynamic value", dynamic('["list","number"]', "91 01"), "dynamic", [1]],
  [
    "a dynamic value in a dynamic value",
    dynamic('["list","dynamic"]', `91 ${dynamic('"bool"', "c3")}`),
    "dynamic",
    [true],
  ],
])("%s", (_name, hex, type, value) => {
  expect(decode(hex, type)).toEqual(value);
});

test.each(["d40000", "d46300", "c7020000aa"])("the extension %s is an unknown that promises nothing", (hex) => {
  const value = decode(hex, "string");
  expect(isUnknown(value) && value.refinement).toBeNull();
});

test.each<[string, string, Type, string]>([
  ["a number where a text belongs", "05", "string", "expected a string, found the byte 0x05"],
  ["NaN", "cb7ff8000000000000", "number", "NaN is not a Terraform number"],
  ["a text that is no number", "a3616263", "number", '"abc" is not a decimal number'],
  ["bytes after the value", "c0c0", "string", "there are bytes after the value"],
  ["no bytes", "", "string", "the value ends too early"],
  ["no list", "c3", ["list", "string"], "expected an array, found the byte 0xc3"],
  ["an element", "92 a161 05", ["list", "string"], "[1]: expected a string, found the byte 0x05"],
  ["a short tuple", "91 c0", ["tuple", ["bool", "bool"]], "a tuple of 2 elements is required (1 given)"],
  ["a long tuple", "92 c3 c3", ["tuple", ["bool"]], "a tuple of 1 elements is required (2 given)"],
  ["an element of a tuple", "92 c3 05", ["tuple", ["bool", "bool"]], "[1]: expected a bool, found the byte 0x05"],
  ["a key that is no text", "81 c0 c0", ["map", "string"], "expected a string, found the byte 0xc0"],
  ["a key that is given twice", "82 a16b c0 a16b c0", ["map", "string"], ".k: the key is given twice"],
  ["an attribute too many", "81 a162 c0", ["object", {}], ".b: there is no such attribute"],
  [
    "one that every object inherits",
    "81 a8 746f537472696e67 c0",
    ["object", {}],
    ".toString: there is no such attribute",
  ],
  ["an attribute too few", "80", ["object", { a: "string" }], ".a: the attribute is missing"],
  [
    "a place in the depth",
    "81 a161 91 81 a16b 05",
    ["object", { a: ["list", ["map", "bool"]] }],
    ".a[0].k: expected a bool, found the byte 0x05",
  ],
  ["a dynamic value of one part", "91 c0", "dynamic", "a dynamic value has a type and a value"],
  [
    "a dynamic value of no type",
    dynamic('"text"', "c0"),
    "dynamic",
    'the type of a dynamic value is wrong: "text" is not a type',
  ],
  ["a dynamic value of another type", dynamic('"bool"', "05"), "dynamic", "expected a bool, found the byte 0x05"],
])("%s is refused with its place", (_name, hex, type, message) => {
  expect(() => decode(hex, type)).toThrow(expect.objectContaining({ name: "ValueError", message }));
});

test.each([
  ["is no JSON", dynamic("{", "c0"), "the type of a dynamic value is wrong"],
  [
    "is nested without end",
    `92 c5ffff ${Buffer.from('["list",'.repeat(8192)).toString("hex").slice(0, 131070)}`,
    "wrong",
  ],
  ["is longer than any type", `92 c600100001 ${"20".repeat(0x100001)} c0`, "the type is too long"],
])("a dynamic value whose type %s is refused", (_name, hex, words) => {
  expect(() => decode(hex, "dynamic")).toThrow(words);
});

test("dynamic values in dynamic values without end are refused", () => {
  expect(() => decode(`${dynamic('"dynamic"', "").repeat(50_000)} c0`, "dynamic")).toThrow(
    expect.objectContaining({ name: "ValueError", message: "the value is nested too deeply" }),
  );
});

test("a key named __proto__ is a key like any other", () => {
  const value = decode("81 a95f5f70726f746f5f5f a178", ["map", "string"]);
  expect(Object.entries(value as object)).toEqual([["__proto__", "x"]]);
});
