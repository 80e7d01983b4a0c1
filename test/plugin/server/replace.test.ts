// What forces a replacement: where the value really differs, and nowhere else.
import type { BlockSchema, ObjectValue } from "../../../lib/plugin";
import { UNKNOWN } from "../../../lib/plugin";
import { replacedPaths, writeOnlyAt } from "../../../lib/plugin/server/replace";

const text = (more: object = {}) => ({ type: "string", description: "T.", optional: true, ...more }) as const;
const BLOCK: BlockSchema = { attributes: { fixed: text({ requiresReplace: true }), free: text() } };
const SCHEMA: BlockSchema = {
  attributes: { fixed: text({ requiresReplace: true }), free: text(), secret: text({ writeOnly: true }) },
  blocks: {
    one: {
      nesting: "single",
      block: { ...BLOCK, attributes: { ...BLOCK.attributes, secret: text({ writeOnly: true }) } },
    },
    list: { nesting: "list", block: BLOCK },
    map: { nesting: "map", block: BLOCK },
    set: { nesting: "set", block: BLOCK },
    calm: { nesting: "set", block: { attributes: { free: text() } } },
  },
};
const EMPTY = { fixed: null, free: null, secret: null, one: null, list: [], map: {}, set: [], calm: [] };
const el = (fixed: string | typeof UNKNOWN, free = "x"): ObjectValue => ({ fixed, free });
const replaced = (prior: ObjectValue, planned: ObjectValue, authors: (string | number)[][] = []) =>
  replacedPaths(SCHEMA, { ...EMPTY, ...prior }, { ...EMPTY, ...planned }, authors);

test.each<[string, ObjectValue, ObjectValue, readonly unknown[]]>([
  ["another value", { fixed: "a" }, { fixed: "b" }, [["fixed"]]],
  ["a value that may turn out another", { fixed: "a" }, { fixed: UNKNOWN }, [["fixed"]]],
  ["a value that goes", { fixed: "a" }, { fixed: null }, [["fixed"]]],
  ["the same value", { fixed: "a" }, { fixed: "a" }, []],
  ["a value that may change", { free: "a" }, { free: "b" }, []],
  ["an element of a list", { list: [el("a"), el("b")] }, { list: [el("a"), el("c")] }, [["list", 1, "fixed"]]],
  ["an element more", { list: [el("a")] }, { list: [el("a"), el("b")] }, [["list", 1, "fixed"]]],
  ["an element that goes", { list: [el("a"), el("b")] }, { list: [el("a")] }, [["list", 1, "fixed"]]],
  ["a key", { map: { k: el("a") } }, { map: { k: el("b") } }, [["map", "k", "fixed"]]],
  ["a block that comes", {}, { one: { ...el("a"), secret: null } }, [["one", "fixed"]]],
  ["an element of a set: the whole block", { set: [el("a")] }, { set: [el("b")] }, [["set"]]],
  ["a set in another order", { set: [el("a"), el("b")] }, { set: [el("b"), el("a")] }, []],
  ["a set whose free part changes", { set: [el("a", "x")] }, { set: [el("a", "y")] }, []],
  ["a set that forces nothing", { calm: [{ free: "a" }] }, { calm: [{ free: "b" }] }, []],
  ["a set that is not known yet", { set: [el("a")] }, { set: UNKNOWN }, [["set"]]],
])("%s", (_name, prior, planned, paths) => {
  expect(replaced(prior, planned)).toEqual(paths);
});

test("an author's path counts where the value differs, and always where it is write-only: nobody knows what it was", () => {
  expect(replaced({ free: "a" }, { free: "b" }, [["free"]])).toEqual([["free"]]);
  expect(replaced({ free: "a" }, { free: "a" }, [["free"]])).toEqual([]);
  expect(replaced({}, {}, [["secret"], ["one", "secret"]])).toEqual([["secret"], ["one", "secret"]]);
});

test("an author's path that leads nowhere is told with the path", () => {
  expect(() => replaced({}, {}, [["list", 0, "nothing"]])).toThrow('the path ["list",0,"nothing"]');
});

test("a write-only attribute is found by its path alone, whatever stands between", () => {
  const nested: BlockSchema = {
    attributes: {},
    blocks: { list: { nesting: "list", block: { attributes: { s: text({ writeOnly: true }), t: text() } } } },
  };
  expect(writeOnlyAt(nested, ["list", 3, "s"])).toBe(true);
  expect(
    [["list", 3, "t"], ["list", 3], ["list"], [], [0], ["other", "s"]].map((path) => writeOnlyAt(nested, path)),
  ).toEqual([false, false, false, false, false, false]);
});
