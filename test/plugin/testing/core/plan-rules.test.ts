// What core refuses in a plan, in its words. Where it does so: `../core.test.ts`.
import {
  type BlockSchema,
  type NestedBlockSchema,
  type ObjectValue,
  unknown,
  UNKNOWN,
  type Value,
} from "../../../../lib/plugin";
import { planProblems } from "../../../../lib/plugin/testing/core/plan-rules";

const text = (more: object) => ({ type: "string", description: "T.", ...more }) as const;
const BLOCK: BlockSchema = { attributes: { key: text({ required: true }), id: text({ computed: true }) } };
const SCHEMA: BlockSchema = {
  attributes: {
    name: text({ required: true }),
    note: text({ optional: true }),
    size: text({ optional: true, computed: true }),
    id: text({ computed: true }),
    pin: text({ optional: true, sensitive: true }),
    secret: text({ optional: true, writeOnly: true }),
  },
};
const EMPTY = { name: "n", note: null, size: null, id: null, pin: null, secret: null };
type Change = Readonly<Record<string, Value>>;

const told = (schema: BlockSchema, prior: Value, config: Value, planned: Value): readonly string[] =>
  planProblems(schema, prior, config, planned).map(({ path, problem }) => `${path.join(".")}: ${problem}`);

test.each<[string, Change, Change | null, Change]>([
  ["what is configured", { name: "m" }, null, { name: "m" }],
  [
    "a promise about a value that is configured as unknown",
    { name: UNKNOWN },
    null,
    { name: unknown({ notNull: true }) },
  ],
  ["any value for what is computed", {}, { id: "1" }, { id: "2", size: UNKNOWN }],
  ["the prior value for an equivalent one", { note: "A" }, { note: "a" }, { note: "a" }],
  ["nothing of what is write-only", { secret: "s" }, null, { secret: null }],
])("a plan may hold %s", (_name, config, prior, planned) => {
  const before = prior === null ? null : { ...EMPTY, ...prior };
  expect(told(SCHEMA, before, { ...EMPTY, ...config }, { ...EMPTY, ...planned })).toEqual([]);
});

test.each<[Change, Change | null, Change, string]>([
  [{}, null, { name: "m" }, 'name: planned value cty.StringVal("m") does not match config value cty.StringVal("n")'],
  [
    {},
    { name: "o" },
    { name: "m" },
    'name: planned value cty.StringVal("m") does not match config value cty.StringVal("n") nor prior value cty.StringVal("o")',
  ],
  [
    {},
    null,
    { name: UNKNOWN },
    'name: planned value cty.UnknownVal(cty.String) does not match config value cty.StringVal("n")',
  ],
  [{}, null, { note: "x" }, 'note: planned value cty.StringVal("x") for a non-computed attribute'],
  [{}, { note: "x" }, { note: "x" }, 'note: planned value cty.StringVal("x") for a non-computed attribute'],
  [
    { size: "1" },
    null,
    { size: "2" },
    'size: planned value cty.StringVal("2") does not match config value cty.StringVal("1")',
  ],
  [{}, null, { pin: "1" }, "pin: sensitive planned value for a non-computed attribute"],
  [{ pin: "1" }, null, { pin: "2" }, "pin: sensitive planned value does not match config value"],
  [
    { pin: "1" },
    { pin: "3" },
    { pin: "2" },
    "pin: sensitive planned value does not match config value nor prior value",
  ],
  [{ secret: "s" }, null, { secret: "t" }, "secret: planned value for write-only attribute is not null"],
])("configured %j, before %j, planned %j", (config, prior, planned, problem) => {
  const before = prior === null ? null : { ...EMPTY, ...prior };
  expect(told(SCHEMA, before, { ...EMPTY, ...config }, { ...EMPTY, ...planned })).toEqual([problem]);
});

describe("blocks", () => {
  const el = (key: string, id: Value = null): ObjectValue => ({ key, id });
  const problems = (nesting: NestedBlockSchema["nesting"], config: Value, planned: Value, prior: Value = null) =>
    told({ attributes: {}, blocks: { it: { nesting, block: BLOCK } } }, { it: prior }, { it: config }, { it: planned });

  test.each<[NestedBlockSchema["nesting"], Value, Value]>([
    ["list", [el("a"), el("b")], [el("a", "1"), el("b", UNKNOWN)]],
    ["set", [el("a"), el("b")], [el("a", "1"), el("b", "2")]],
    ["map", { k: el("a") }, { k: el("a", "1") }],
    ["single", el("a"), el("a", "1")],
    ["single", null, null],
    ["list", UNKNOWN, UNKNOWN],
  ])("a %s as configured, with what is computed", (nesting, config, planned) => {
    expect(problems(nesting, config, planned)).toEqual([]);
  });

  test.each<[NestedBlockSchema["nesting"], Value, Value, string]>([
    ["list", [el("a")], [], "it: block count in plan (0) disagrees with count in config (1)"],
    ["map", { k: el("a") }, {}, "it: block count in plan (0) disagrees with count in config (1)"],
    [
      "list",
      [el("a")],
      UNKNOWN,
      "it: attribute representing nested block must not be unknown itself; set nested attribute values to unknown instead",
    ],
    [
      "list",
      [el("a")],
      [UNKNOWN],
      "it.0: element representing nested block must not be unknown itself; set nested attribute values to unknown instead",
    ],
    [
      "set",
      [el("a")],
      [UNKNOWN],
      "it.0: element representing nested block must not be unknown itself; set nested attribute values to unknown instead",
    ],
    [
      "list",
      [],
      null,
      "it: attribute representing a list of nested blocks must be empty to indicate no blocks, not null",
    ],
    ["single", el("a"), null, "it: planned for absence but config wants existence"],
    ["single", null, el("a"), "it: planned for existence but config wants absence"],
    [
      "list",
      [el("a")],
      [el("b")],
      'it.0.key: planned value cty.StringVal("b") does not match config value cty.StringVal("a")',
    ],
    [
      "list",
      UNKNOWN,
      [],
      'it: planned value cty.ListValEmpty(cty.Object(map[string]cty.Type{"id":cty.String, "key":cty.String})) for unknown dynamic block',
    ],
  ])("a %s: %j planned as %j", (nesting, config, planned, problem) => {
    expect(problems(nesting, config, planned)).toEqual([problem]);
  });

  test("a map with another key is refused for both", () => {
    expect(problems("map", { k: el("a") }, { l: el("a") })).toEqual([
      'it.l: block key "l" from plan is not present in config',
      'it: block key "k" from config is not present in plan',
    ]);
  });

  test("elements of a set are neither counted nor compared", () => {
    expect(problems("set", [el("a")], [el("b"), el("c")])).toEqual([]);
  });

  test("an element may stay as it was before", () => {
    expect(problems("list", [el("A")], [el("a")], [el("a")])).toEqual([]);
  });
});
