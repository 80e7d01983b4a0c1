// When Terraform calls two values the same.
import { equalValues, numberFromText, UNKNOWN, unknown, type Type, type Value } from "../../../lib/plugin";
import { rememberType } from "../../../lib/plugin/cty/dynamic";
import { withoutDuplicates } from "../../../lib/plugin/cty/equality";

const LISTED: Type = ["object", { a: ["list", "number"] }];

test.each<[string, Value | undefined, Value | undefined, Type | undefined, boolean]>([
  ["a number and its exact text", 0.1, numberFromText("0.10"), "number", true],
  [
    "numbers beyond a double",
    numberFromText("1180591620717411303424"),
    numberFromText("1180591620717411303425"),
    "number",
    false,
  ],
  ["a number and its words", 1, "1", undefined, false],
  ["nothing and null", undefined, null, undefined, true],
  ["null and empty", null, "", "string", false],
  ["false and null", false, null, "bool", false],
  ["members in another order", { a: 1, b: 2 }, { b: 2, a: 1 }, undefined, true],
  ["a member more", { a: 1 }, { a: 1, b: null }, undefined, false],
  ["members of other names", { a: null }, { b: null }, undefined, false],
  ["a set inside an object", { a: [1, 2] }, { a: [2, 1] }, ["object", { a: ["set", "number"] }], true],
  ["a list inside a map", { a: [1, 2] }, { a: [2, 1] }, ["map", ["list", "number"]], false],
  ["a promise inside an object", { a: unknown({ prefix: "a" }) }, { a: UNKNOWN }, undefined, false],
  ["an object and null", {}, null, ["map", "string"], false],
  [
    "members of two types in a dynamic place",
    { a: [1] },
    { a: rememberType([1], ["list", "number"]) },
    ["object", { a: "dynamic" }],
    false,
  ],
  ["objects of two types in a dynamic place", { a: [1] }, rememberType({ a: [1] }, LISTED), "dynamic", false],
  ["a list in another order", [1, 2], [2, 1], ["list", "number"], false],
  ["a set in another order", [1, 2], [2, 1], ["set", "number"], true],
  ["a set that holds one twice", [1, 1, 2], [2, 1], ["set", "number"], true],
  ["a set inside a list", [[1, 2]], [[2, 1]], ["list", ["set", "number"]], true],
  ["sets of unknown values, one and two", [UNKNOWN], [UNKNOWN, UNKNOWN], ["set", "number"], false],
  ["unknown values of one promise", unknown({ prefix: "a" }), unknown({ prefix: "a" }), "string", true],
  ["unknown values of two promises", unknown({ prefix: "a" }), unknown({ prefix: "b" }), "string", false],
  ["an unknown value and null", UNKNOWN, null, "string", false],
  ["a promise that says nothing", unknown({ notNull: false }), UNKNOWN, "string", true],
])("%s", (_name, left, right, type, equal) => {
  expect(equalValues(left, right, type)).toBe(equal);
  expect(equalValues(right, left, type)).toBe(equal);
});

test("promises may be left out of it", () => {
  expect(equalValues(unknown({ prefix: "a" }), UNKNOWN, "string", { refinements: false })).toBe(true);
  expect(equalValues({ a: unknown({ prefix: "a" }) }, { a: UNKNOWN }, undefined, { refinements: false })).toBe(true);
});

test("of a set each known element is held once, in the order given; unknown ones may yet turn out different", () => {
  expect(withoutDuplicates([2, UNKNOWN, 1, 2, UNKNOWN, 1], "number")).toEqual([2, UNKNOWN, 1, UNKNOWN]);
});
