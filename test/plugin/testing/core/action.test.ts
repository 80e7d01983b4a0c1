// What core makes of a plan.
import { type BlockSchema, type ObjectValue, UNKNOWN } from "../../../../lib/plugin";
import { TypedNull } from "../../../../lib/plugin/cty/values";
import { deadPaths, isUnchanged, plannedAction } from "../../../../lib/plugin/testing/core/action";

const text = (more: object = {}) => ({ type: "string", description: "T.", optional: true, ...more }) as const;
const BLOCK: BlockSchema = { attributes: { key: text(), secret: text({ writeOnly: true }) } };
const SCHEMA: BlockSchema = {
  attributes: { name: text(), tags: { type: ["set", "string"], description: "T.", optional: true } },
  blocks: { one: { nesting: "single", block: BLOCK }, many: { nesting: "list", block: BLOCK } },
};
const BEFORE: ObjectValue = { name: "a", tags: ["x", "y"], one: null, many: [{ key: "k", secret: null }] };

test.each<[string, ObjectValue | null, ObjectValue, (string | number)[][], string]>([
  ["nothing before", null, BEFORE, [["name"]], "create"],
  ["nothing changed", BEFORE, BEFORE, [], "no-op"],
  ["a set in another order", BEFORE, { ...BEFORE, tags: ["y", "x"] }, [], "no-op"],
  ["a value changed", BEFORE, { ...BEFORE, name: "b" }, [], "update"],
  ["a value that is not known yet", BEFORE, { ...BEFORE, name: UNKNOWN }, [], "update"],
  ["a replacing value changed", BEFORE, { ...BEFORE, name: "b" }, [["name"]], "replace"],
  ["a replacing value that is not known yet", BEFORE, { ...BEFORE, name: UNKNOWN }, [["name"]], "replace"],
  ["another value changed", BEFORE, { ...BEFORE, name: "b" }, [["tags"]], "update"],
  ["a replacing set in another order", BEFORE, { ...BEFORE, tags: ["y", "x"] }, [["tags"]], "no-op"],
  ["a replacing element that vanished", BEFORE, { ...BEFORE, many: [] }, [["many", 0, "key"]], "replace"],
  ["a write-only path, of which nobody knows", BEFORE, BEFORE, [["many", 0, "secret"]], "replace"],
  ["a write-only path of a single block", BEFORE, BEFORE, [["one", "secret"]], "replace"],
])("%s: %#", (_name, prior, planned, paths, action) => {
  expect(plannedAction(SCHEMA, prior, planned, paths)).toBe(action);
});

test("a path is dead where it leads nowhere on both sides, and none is for what comes into being", () => {
  const paths = [["name"], ["one", "key"], ["many", 0, "key"], ["many", 1, "key"], ["many", 2, "key"]];
  const planned = { ...BEFORE, many: [{ key: "k" }, { key: "l" }] };
  expect(deadPaths(BEFORE, planned, paths)).toEqual([
    ["one", "key"],
    ["many", 2, "key"],
  ]);
  expect(deadPaths(null, planned, paths)).toEqual([]);
});

test("null is null, of whatever type; what is unknown is never what was there", () => {
  expect(isUnchanged(null, new TypedNull("string"), "dynamic")).toBe(true);
  expect(isUnchanged(null, "a", "dynamic")).toBe(false);
  expect(isUnchanged(UNKNOWN, UNKNOWN, "string")).toBe(false);
});
