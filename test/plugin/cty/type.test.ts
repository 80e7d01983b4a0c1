// Types: what a schema implies, and foreign JSON that is none.
import type { BlockSchema } from "../../../lib/plugin";
import { blockType, hasDynamic, pathText, readType, typeAt, typeText } from "../../../lib/plugin/cty/type";

const BLOCK: BlockSchema = { attributes: { a: { type: "string", description: "A.", optional: true } } };
const MEMBERS = ["object", { a: "string" }];

test("a block is an object of its attributes and its blocks, each behind its nesting", () => {
  const blocks = Object.fromEntries(
    (["single", "group", "list", "set", "map"] as const).map((nesting) => [nesting, { nesting, block: BLOCK }]),
  );
  expect(blockType({ ...BLOCK, blocks })).toEqual([
    "object",
    {
      a: "string",
      single: MEMBERS,
      group: MEMBERS,
      list: ["list", MEMBERS],
      set: ["set", MEMBERS],
      map: ["map", MEMBERS],
    },
  ]);
});

test.each([
  "string",
  "dynamic",
  ["list", "number"],
  ["tuple", ["string", ["map", "bool"]]],
  ["object", { a: "string", b: ["set", ["object", {}]] }],
])("%j is a type", (json) => {
  expect(readType(json)).toEqual(json);
});

test.each([
  null,
  "text",
  5,
  [],
  ["list"],
  ["list", "string", "string"],
  ["list", "text"],
  ["tuple", "string"],
  ["object", ["string"]],
  ["object", { a: null }],
  ["array", "string"],
])("%j is none, and would crash Terraform", (json) => {
  expect(() => readType(json)).toThrow("is not a type");
});

test("a type nested without end is refused, and one as deep as people write is not", () => {
  const deep = (depth: number): unknown => (depth === 0 ? "string" : ["list", deep(depth - 1)]);
  expect(() => readType(deep(65))).toThrow("nested too deeply");
  expect(() => readType(deep(64))).not.toThrow();
});

test("equal types have one text, however their members are ordered", () => {
  expect(typeText(["object", { b: "string", a: ["tuple", ["bool"]] }])).toBe(
    typeText(["object", { a: ["tuple", ["bool"]], b: "string" }]),
  );
  expect(typeText(["list", "string"])).not.toBe(typeText(["set", "string"]));
});

test("an open place is found in every depth", () => {
  expect(hasDynamic(["object", { a: ["tuple", ["string", ["map", "dynamic"]]] }])).toBe(true);
  expect(hasDynamic(["object", { a: ["tuple", ["string", ["map", "bool"]]] }])).toBe(false);
});

test("a path leads to a type or nowhere, and reads as Terraform writes it", () => {
  const type = blockType({ attributes: {}, blocks: { disk: { nesting: "list", block: BLOCK } } });
  expect(typeAt(type, ["disk", 3, "a"])).toBe("string");
  expect(typeAt(type, ["disk", 3, "b"])).toBeUndefined();
  expect(typeAt(type, ["toString"])).toBeUndefined();
  expect(pathText(["disk", 3, "a"])).toBe(".disk[3].a");
});
