// What an apply may give, by core's rules: known values stay, promises hold. Sets of blocks above all, of whose elements no path tells.
import type { BlockSchema, NestedBlockSchema, ObjectValue, Value } from "../../../../lib/plugin";
import { UNKNOWN, unknown } from "../../../../lib/plugin";
import { resultProblems, unknownPaths } from "../../../../lib/plugin/testing/core/result-rules";

const text = (more: object = {}) => ({ type: "string", description: "T.", optional: true, ...more }) as const;
const BLOCK: BlockSchema = { attributes: { key: text(), label: text({ computed: true }) } };
const blocks = (nesting: NestedBlockSchema["nesting"]): BlockSchema => ({
  attributes: { name: text(), secret: text({ sensitive: true }) },
  blocks: { it: { nesting, block: BLOCK } },
});
const el = (key: Value, label: Value = null): ObjectValue => ({ key, label });
const problems = (nesting: NestedBlockSchema["nesting"], planned: Value, actual: Value): readonly string[] =>
  resultProblems(
    blocks(nesting),
    { name: "a", secret: null, it: planned },
    { name: "a", secret: null, it: actual },
  ).map(({ path, problem }) => `${path.join(".")}: ${problem}`);

describe("a set of blocks", () => {
  test.each<[string, Value[], Value[]]>([
    ["in another order", [el("a"), el("b")], [el("b"), el("a")]],
    ["whose unknown parts have become known", [el("a", UNKNOWN), el("b", UNKNOWN)], [el("b", "2"), el("a", "1")]],
    ["two of which turn out one", [el("a", UNKNOWN), el("a", "1")], [el("a", "1")]],
    ["that is empty", [], []],
  ])("%s is what was planned", (_name, planned, actual) => {
    expect(problems("set", planned, actual)).toEqual([]);
  });

  test("that lost an element is refused, at the block and with the element", () => {
    expect(problems("set", [el("a"), el("b")], [el("a")])).toEqual([
      expect.stringMatching(/^it: planned set element .*"b".* does not correlate with any element in actual$/),
    ]);
  });

  test("that got one more is refused twice: for the element, and for the count", () => {
    expect(problems("set", [el("a")], [el("a"), el("b")])).toEqual([
      expect.stringMatching(/^it: actual set element .*"b".* does not correlate with any element in plan$/),
      "it: block set length changed from 1 to 2",
    ]);
  });

  test("that got more of what was planned is refused for the count alone", () => {
    expect(problems("set", [el("a", UNKNOWN)], [el("a", "1"), el("a", "2")])).toEqual([
      "it: block set length changed from 1 to 2",
    ]);
  });

  test("of which a known value changed is refused", () => {
    expect(problems("set", [el("a", "1")], [el("a", "2")])).toHaveLength(1);
  });
});

describe("other blocks", () => {
  test.each<["list" | "map", Value, Value, string]>([
    ["list", [el("a")], [], "it: block count changed from 1 to 0"],
    ["list", [], [el("a")], "it: block count changed from 0 to 1"],
    ["map", { k: el("a") }, {}, "it: block count changed from 1 to 0"],
    ["list", [el("a"), el("b")], [el("a"), el("c")], 'it.1.key: was cty.StringVal("b"), but now cty.StringVal("c")'],
  ])("a %s: %j to %j", (nesting, planned, actual, problem) => {
    expect(problems(nesting, planned, actual)).toEqual([problem]);
  });

  test("a single block may not come or go, but one that was not known may turn out none", () => {
    expect(problems("single", null, el("a"))).toEqual(["it: was absent, but now present"]);
    expect(problems("single", el("a"), null)).toEqual(["it: was present, but now absent"]);
    expect(problems("single", UNKNOWN, null)).toEqual([]);
  });
});

test("a sensitive value is not shown, and told once", () => {
  const schema = blocks("list");
  const state = { name: "a", it: [] };
  expect(resultProblems(schema, { ...state, secret: "one" }, { ...state, secret: "two" })).toEqual([
    { path: ["secret"], problem: "inconsistent values for sensitive attribute" },
  ]);
});

test("a promise about an unknown value must hold", () => {
  const schema: BlockSchema = { attributes: { name: text() } };
  const planned = { name: unknown({ notNull: true, prefix: "i-" }) as never };
  expect(resultProblems(schema, planned, { name: "i-1" })).toEqual([]);
  for (const name of ["x-1", null]) expect(resultProblems(schema, planned, { name })).toHaveLength(1);
});

test("what is still unknown is found in every depth", () => {
  expect(unknownPaths({ a: UNKNOWN, b: [1, { c: UNKNOWN }], d: null })).toEqual([["a"], ["b", 1, "c"]]);
});
