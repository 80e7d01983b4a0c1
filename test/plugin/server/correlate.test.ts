// Which element of a set is which: equal but for what is computed, and for nothing else.
import type { BlockSchema, ObjectValue, Value } from "../../../lib/plugin";
import { UNKNOWN, unknown } from "../../../lib/plugin";
import { mayStem } from "../../../lib/plugin/server/correlate";

const text = (more: object) => ({ type: "string", description: "T.", ...more }) as const;
const PART: BlockSchema = { attributes: { key: text({ required: true }), path: text({ computed: true }) } };
const SCHEMA: BlockSchema = {
  attributes: {
    name: text({ required: true }),
    label: text({ optional: true, computed: true }),
    note: text({ optional: true }),
    zones: { type: ["set", "string"], description: "S.", optional: true, computed: true },
  },
  blocks: { part: { nesting: "list", block: PART }, set: { nesting: "set", block: PART } },
};
const CONFIG: ObjectValue = { name: "a", label: null, note: null, zones: null, part: [], set: [] };
const may = (object: ObjectValue, config: Value = CONFIG): boolean => mayStem(SCHEMA, { ...CONFIG, ...object }, config);

test.each<[string, ObjectValue, ObjectValue, boolean]>([
  ["what is computed and left out may be anything", { label: "x" }, {}, true],
  ["what is computed and given must be that", { label: "x" }, { label: "y" }, false],
  ["what is given must be that", { name: "b" }, {}, false],
  ["what is optional alone must be null where it is left out", { note: "x" }, {}, false],
  ["what is not known yet is not what is known", { name: "b" }, { name: UNKNOWN }, false],
  ["what is computed in a block", { part: [{ key: "k", path: "p" }] }, { part: [{ key: "k", path: null }] }, true],
  ["another block", { part: [{ key: "k", path: "p" }] }, { part: [{ key: "l", path: null }] }, false],
  ["a block more than was configured", { part: [{ key: "k", path: "p" }] }, { part: [] }, false],
  ["the same set of blocks", { set: [{ key: "k", path: "p" }] }, { set: [{ key: "k", path: "p" }] }, true],
  ["into a set of blocks nobody looks", { set: [{ key: "k", path: "p" }] }, { set: [{ key: "k", path: null }] }, false],
])("%s", (_name, object, config, stems) => {
  expect(may(object, { ...CONFIG, ...config })).toBe(stems);
});

test("promises of unknown values do not count", () => {
  expect(may({ name: unknown({ prefix: "a" }) }, { ...CONFIG, name: UNKNOWN })).toBe(true);
});

test("no object comes of no configuration, and of one that is not known yet only what is computed", () => {
  expect(may({}, null)).toBe(false);
  expect(may({}, UNKNOWN)).toBe(false);
  expect(mayStem(PART, { key: UNKNOWN, path: UNKNOWN }, UNKNOWN)).toBe(true);
});
