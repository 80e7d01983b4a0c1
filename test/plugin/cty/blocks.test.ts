// Nested blocks behind an index, a key or nothing: what is none, and what stays as it is.
import type { NestedBlockSchema, Value } from "../../../lib/plugin";
import { UNKNOWN } from "../../../lib/plugin";
import { blockElement, blockElements, elementPath, mapBlock } from "../../../lib/plugin/cty/blocks";

const of = (nesting: NestedBlockSchema["nesting"]): NestedBlockSchema => ({ nesting, block: { attributes: {} } });
const A = { a: 1 };

test.each<[NestedBlockSchema["nesting"], Value, readonly unknown[]]>([
  ["single", A, [[null, A]]],
  ["group", A, [[null, A]]],
  [
    "list",
    [A, UNKNOWN],
    [
      [0, A],
      [1, UNKNOWN],
    ],
  ],
  ["set", [A], [[0, A]]],
  ["map", { k: A }, [["k", A]]],
])("the elements of a %s, each with what leads to it and back", (nesting, held, elements) => {
  expect(blockElements(of(nesting), held)).toEqual(elements);
  for (const [step, element] of blockElements(of(nesting), held)) expect(blockElement(held, step)).toBe(element);
});

test.each(["single", "group", "list", "set", "map"] as const)(
  "a %s that is null or unknown has none, and stays so",
  (nesting) => {
    for (const held of [null, UNKNOWN]) {
      expect(blockElements(of(nesting), held)).toEqual([]);
      expect(mapBlock(of(nesting), held, () => A)).toBe(held);
    }
    expect(blockElements(of(nesting), undefined)).toEqual([]);
  },
);

test("only objects are changed: an unknown element stays unknown", () => {
  const change = (element: object, step: unknown): Value => ({ ...element, step }) as never;
  expect(mapBlock(of("list"), [A, UNKNOWN, null], change)).toEqual([{ a: 1, step: 0 }, UNKNOWN, null]);
  expect(mapBlock(of("map"), { k: A, __proto__: null }, change)).toEqual({ k: { a: 1, step: "k" } });
  expect(mapBlock(of("single"), A, change)).toEqual({ a: 1, step: null });
});

test("a key named __proto__ is a key like any other", () => {
  const held = JSON.parse('{"__proto__":{"a":1}}') as Value;
  expect(Object.entries(mapBlock(of("map"), held, () => "x") as object)).toEqual([["__proto__", "x"]]);
});

test("a path goes through an element only where something leads to it", () => {
  expect(elementPath(["b"], null)).toEqual(["b"]);
  expect(elementPath(["b"], 0)).toEqual(["b", 0]);
  expect(blockElement([A], 1)).toBeUndefined();
  expect(blockElement(null, "k")).toBeUndefined();
});
