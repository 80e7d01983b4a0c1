// When a final value is what was planned, in core's words. Where core says so: `../core.test.ts`.
import { Decimal, type Refinement, type Type, unknown, UNKNOWN, type Value } from "../../../../lib/plugin";
import { rememberType } from "../../../../lib/plugin/cty/dynamic";
import { pathText } from "../../../../lib/plugin/cty/type";
import { TypedNull } from "../../../../lib/plugin/cty/values";
import { valueProblems } from "../../../../lib/plugin/testing/core/value-rules";

const told = (planned: Value, actual: Value, type: Type): readonly string[] =>
  valueProblems(planned, actual, type, ["it"]).map(({ path, problem }) => `${pathText(path)}: ${problem}`);
const list = (value: Value): Value => rememberType(value, ["list", "string"]);

test.each<[Value, Value, Type]>([
  ["a", "a", "string"],
  [0.1, new Decimal("0.10"), "number"],
  [null, null, "string"],
  [null, new TypedNull("string"), "dynamic"],
  [UNKNOWN, "a", "string"],
  [UNKNOWN, null, "string"],
  [UNKNOWN, list(["a"]), "dynamic"],
  [{ a: UNKNOWN }, { a: "x" }, ["object", { a: "dynamic" }]],
  [
    ["b", "a"],
    ["a", "b"],
    ["set", "string"],
  ],
  [["a", UNKNOWN], ["a"], ["set", "string"]],
  [
    [UNKNOWN, UNKNOWN],
    ["a", "b"],
    ["set", "string"],
  ],
  [
    [1, UNKNOWN],
    [1, 2],
    ["list", "number"],
  ],
  [[], [], ["map", "string"]],
])("%j may become %j", (planned, actual, type) => {
  expect(told(planned, actual, type)).toEqual([]);
});

test.each<[Value, Value, Type, string]>([
  ["a", "b", "string", '.it: was cty.StringVal("a"), but now cty.StringVal("b")'],
  ["a", null, "string", '.it: was cty.StringVal("a"), but now null'],
  [null, "a", "string", '.it: was null, but now cty.StringVal("a")'],
  ["a", UNKNOWN, "string", ".it: was known, but now unknown"],
  [[1, 2], [1, 3], ["list", "number"], ".it[1]: was cty.NumberIntVal(2), but now cty.NumberIntVal(3)"],
  [[1, 2], [1], ["list", "number"], ".it: element 1 has vanished"],
  [[1], [1, 2], ["list", "number"], ".it: new element 1 has appeared"],
  [{ k: 1 }, {}, ["map", "number"], '.it: element "k" has vanished'],
  [{}, { k: 1 }, ["map", "number"], '.it: new element "k" has appeared'],
  [
    { k: [1] },
    { k: [2] },
    ["map", ["list", "number"]],
    ".it.k[0]: was cty.NumberIntVal(1), but now cty.NumberIntVal(2)",
  ],
  [
    ["a"],
    ["b"],
    ["set", "string"],
    '.it: planned set element cty.StringVal("a") does not correlate with any element in actual',
  ],
  ["a", 1, "dynamic", ".it: wrong final value type: string required"],
  ["a", null, "dynamic", ".it: wrong final value type: string required"],
  [list(["a"]), ["a"], "dynamic", ".it: wrong final value type: list(string) required"],
  [["a"], ["a", "b"], "dynamic", ".it: wrong final value type: tuple[string] required"],
  [[1], ["a"], ["list", "dynamic"], ".it: wrong final value type: list(number) required"],
  [["a", "b"], ["a"], "dynamic", ".it: wrong final value type: tuple[string,string] required"],
  [{ a: "x" }, { a: 1 }, ["object", { a: "dynamic" }], '.it: wrong final value type: object{"a":string} required'],
  [{ a: "x" }, { b: "x" }, "dynamic", '.it: wrong final value type: object{"a":string} required'],
  [{ a: "x" }, { a: "x", b: "x" }, "dynamic", '.it: wrong final value type: object{"a":string} required'],
])("%j may not become %j", (planned, actual, type, problem) => {
  expect(told(planned, actual, type)).toEqual([problem]);
});

test("a set with an element more is refused for the element and for the count", () => {
  expect(told(["a"], ["a", "b"], ["set", "string"])).toEqual([
    '.it: actual set element cty.StringVal("b") does not correlate with any element in plan',
    ".it: length changed from 1 to 2",
  ]);
  expect(told([UNKNOWN], ["a", "b"], ["set", "string"])).toEqual([".it: length changed from 1 to 2"]);
});

test.each<[Refinement, Type, readonly Value[], readonly Value[]]>([
  [{ notNull: true }, "string", ["", UNKNOWN], [null]],
  [{ prefix: "i-" }, "string", ["i-", "i-1", null], ["i", "x-1"]],
  [{ lower: [1, true], upper: [3, false] }, "number", [1, 2.9], [0.9, 3]],
  [
    { lower: [1, false], upper: [3, true] },
    "number",
    [1.1, 3, new Decimal("2.00000000000000000001")],
    [1, 3.1, new Decimal("1e400")],
  ],
  [{ minLength: 1, maxLength: 2 }, ["list", "string"], [["a"], ["a", "b"]], [[], ["a", "b", "c"]]],
  [{ minLength: 1 }, ["map", "string"], [{ k: "a" }, UNKNOWN], [{}]],
])("the promise %j about a %j is kept or broken", (refinement, type, kept, broken) => {
  for (const actual of kept) expect(told(unknown(refinement), actual, type)).toEqual([]);
  for (const actual of broken) {
    expect(told(unknown(refinement), actual, type)).toEqual([
      expect.stringMatching(
        /^\.it: final value cty\..* does not conform to planning placeholder cty\.UnknownVal\(.*\) \(\{.*\}\)$/,
      ),
    ]);
  }
});
