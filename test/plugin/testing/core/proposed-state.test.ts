// Core's merge, rule by rule. Against what core answered for random resources: `../core.test.ts`.
import {
  type BlockSchema,
  type NestedBlockSchema,
  type ObjectValue,
  UNKNOWN,
  type Value,
} from "../../../../lib/plugin";
import { proposedNewState } from "../../../../lib/plugin/testing/core/proposed-state";

const text = (more: object) => ({ type: "string", description: "T.", ...more }) as const;
const BLOCK: BlockSchema = { attributes: { key: text({ optional: true }), id: text({ computed: true }) } };
const el = (key: Value, id: Value = null): ObjectValue => ({ key, id });

test.each<[string, object, ObjectValue | null, Value, Value]>([
  ["what is configured counts", { optional: true, computed: true }, { it: "old" }, "new", "new"],
  [
    "what is computed stays where nothing is configured",
    { optional: true, computed: true },
    { it: "old" },
    null,
    "old",
  ],
  ["what is not computed goes with its configuration", { optional: true }, { it: "old" }, null, null],
  ["what is computed is null at first", { computed: true }, null, null, null],
  ["what is not known yet is proposed so", { optional: true, computed: true }, { it: "old" }, UNKNOWN, UNKNOWN],
  ["what is write-only stands in it", { optional: true, writeOnly: true }, { it: null }, "s", "s"],
])("%s", (_name, more, prior, config, proposed) => {
  expect(proposedNewState({ attributes: { it: text(more) } }, prior, { it: config })).toEqual({ it: proposed });
});

test.each<[string, NestedBlockSchema["nesting"], Value, Value, Value]>([
  ["a single block keeps what is computed", "single", el("a", "1"), el("b"), el("b", "1")],
  ["a single block that is gone is null", "single", el("a", "1"), null, null],
  ["a group keeps what is computed", "group", el(null, "1"), el("b"), el("b", "1")],
  ["a list goes by index", "list", [el("a", "1"), el("b", "2")], [el("b"), el("c")], [el("b", "1"), el("c", "2")]],
  ["a list that grows has new elements", "list", [el("a", "1")], [el("a"), el("b")], [el("a", "1"), el("b")]],
  ["a map goes by key", "map", { k: el("a", "1") }, { l: el("a"), k: el("b") }, { l: el("a"), k: el("b", "1") }],
  [
    "a set goes by what is configured",
    "set",
    [el("a", "1"), el("b", "2")],
    [el("b"), el("c")],
    [el("b", "2"), el("c")],
  ],
  [
    "no two elements of a set take the same",
    "set",
    [el("a", "1"), el("a", "2")],
    [el("a"), el("a"), el("a")],
    [el("a", "1"), el("a", "2"), el("a")],
  ],
  ["a single block that is not known yet is proposed so", "single", el("a", "1"), UNKNOWN, UNKNOWN],
  ["a list that is not known yet is proposed so", "list", [el("a", "1")], UNKNOWN, UNKNOWN],
])("%s", (_name, nesting, prior, config, proposed) => {
  const schema: BlockSchema = { attributes: {}, blocks: { it: { nesting, block: BLOCK } } };
  expect(proposedNewState(schema, { it: prior }, { it: config })).toEqual({ it: proposed });
});

test("a set is proposed in core's order", () => {
  const schema: BlockSchema = { attributes: { it: { type: ["set", "number"], description: "N.", optional: true } } };
  expect(proposedNewState(schema, null, { it: [10, 9, 9] })).toEqual({ it: [9, 10] });
});
