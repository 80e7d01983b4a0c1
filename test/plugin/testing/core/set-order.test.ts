// Values as core holds them before it sends them. The orders of sets are those of go-cty 1.16.0.
import { type Type, UNKNOWN, type Value } from "../../../../lib/plugin";
import { dynamicType, rememberType } from "../../../../lib/plugin/cty/dynamic";
import { normalize } from "../../../../lib/plugin/testing/core/set-order";

const ab = (a: Value, b: Value): Value => ({ a, b });
const members = (a: Type, b: Type): Type => ["object", { a, b }];

test.each<[string, Type, readonly Value[]]>([
  ["text, by its bytes", "string", ["Z", "a", "b", "~", "é", "\uff5e", "\u{1f600}"]],
  ["numbers, by their value", "number", [-1, 1.5, 9, 10]],
  ["bools", "bool", [false, true]],
  ["what is not known and null, at the end", "string", ["z", UNKNOWN, null]],
  ["objects, by the text of their numbers", members("number", "string"), [ab(10, "x"), ab(9, "y"), ab(null, "z")]],
  [
    "objects, by ten digits of their numbers",
    members("number", "bool"),
    [ab(-3, false), ab(1, false), ab(1.00000000001, true), ab(1e11, true), ab(0.00001, true), ab(20, true)],
  ],
  ["objects, by quoted text", members("string", "bool"), [ab("A", true), ab("}", true), ab(null, true)]],
  ["objects, by bools", members("bool", "number"), [ab(false, 1), ab(true, 1), ab(null, 1)]],
  ["lists", ["list", "string"], [["a", "c"], ["a"], ["b"], []]],
  [
    "tuples",
    ["tuple", ["string", "number"]],
    [
      ["a", 2],
      ["b", 1],
    ],
  ],
  ["maps, by keys and elements", ["map", "string"], [{ j: "z" }, { k: "a", l: "c" }, { k: "b" }, {}]],
  ["sets", ["set", "number"], [[10], [1, 3], [2, 10]]],
])("a set of %s", (_name, type, ordered) => {
  for (const given of [ordered, [...ordered].reverse(), [...ordered.slice(2), ...ordered.slice(0, 2)]])
    expect(normalize(given, ["set", type])).toEqual(ordered);
});

test.each<[string, Value, Type, Value]>([
  ["text has one normal form", "e\u0301", "string", "\u00e9"],
  ["elements of a set that become equal are one", ["e\u0301", "\u00e9"], ["set", "string"], ["\u00e9"]],
  ["unknown elements stay apart", [UNKNOWN, UNKNOWN], ["set", "string"], [UNKNOWN, UNKNOWN]],
  ["a list keeps its order and its duplicates", ["b", "a", "b"], ["list", "string"], ["b", "a", "b"]],
  [
    "sets are found in every depth",
    { a: [{ k: [2, 1] }] },
    ["object", { a: ["tuple", [["map", ["set", "number"]]]] }],
    { a: [{ k: [1, 2] }] },
  ],
  [
    "null and unknown stay",
    [null, UNKNOWN],
    [
      "tuple",
      [
        ["set", "bool"],
        ["set", "bool"],
      ],
    ],
    [null, UNKNOWN],
  ],
])("%s", (_name, value, type, normal) => {
  expect(normalize(value, type)).toEqual(normal);
});

test("a dynamic value is ordered by the type that it has, and keeps it", () => {
  const held = normalize(rememberType(["b", "a"], ["set", "string"]), "dynamic");
  expect([held, dynamicType(held)]).toEqual([
    ["a", "b"],
    ["set", "string"],
  ]);
  expect(normalize(["b", "a"], "dynamic")).toEqual(["b", "a"]);
});
