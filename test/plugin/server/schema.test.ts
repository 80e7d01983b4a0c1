// Schemas on their way to Terraform: what it would refuse, or crash on, is refused here with its place.
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from "../../../lib/plugin";
import { encodeSchema } from "../../../lib/plugin";
import { GetProviderSchemaResponse } from "../../../lib/plugin/wire/schema-messages";

const attribute = (more: Partial<AttributeSchema> = {}): AttributeSchema => ({
  type: "string",
  description: "A.",
  ...more,
});
const BLOCK: BlockSchema = { attributes: { a: attribute({ optional: true }) } };
const encoded = (schema: BlockSchema) => {
  const bytes = encodeSchema({
    schema: { attributes: {} },
    resources: { t: { schema: { version: 3, ...schema } } as never },
    dataSources: {},
  });
  return GetProviderSchemaResponse.decode(Buffer.from(bytes)).resource_schemas.get("t");
};

test.each<[string, string, Partial<AttributeSchema>, RegExp]>([
  ["a name in capitals", "Name", { optional: true }, /^resource t, (block b, )?attribute Name: a name has lower-case/],
  ["a name that starts with a digit", "1st", { optional: true }, /attribute 1st: a name has lower-case/],
  ["neither given nor computed", "a", {}, /attribute a: must be required, optional or computed/],
  ["required and optional", "a", { required: true, optional: true }, /required excludes optional and computed/],
  ["required and computed", "a", { required: true, computed: true }, /required excludes optional and computed/],
  ["stable, yet never computed", "a", { optional: true, stable: true }, /only a computed attribute can be stable/],
  ["write-only and computed", "a", { computed: true, writeOnly: true }, /a write-only attribute cannot be computed/],
  [
    "write-only, optional and computed",
    "a",
    { optional: true, computed: true, writeOnly: true },
    /write-only attribute cannot/,
  ],
  ["of no type", "a", { optional: true, type: ["list", "text"] as never }, /"text" is not a type/],
])("an attribute that is %s is refused, also inside a block", (_name, name, more, words) => {
  const schema = { attributes: { [name]: attribute(more) } };
  expect(() => encoded(schema)).toThrow(words);
  expect(() => encoded({ attributes: {}, blocks: { b: { nesting: "list", block: schema } } })).toThrow(words);
});

test.each<[string, string, Partial<NestedBlockSchema> & Pick<NestedBlockSchema, "nesting">, RegExp]>([
  ["with a name that is none", "b-b", { nesting: "list" }, /block b-b: a name has lower-case/],
  ["single, two times", "b", { nesting: "single", minItems: 2 }, /minItems of a single block is 0 or 1/],
  ["a group with bounds", "b", { nesting: "group", minItems: 1 }, /nesting group has no minItems and maxItems/],
  ["a map with bounds", "b", { nesting: "map", maxItems: 1 }, /nesting map has no minItems and maxItems/],
  [
    "many, of any type",
    "b",
    { nesting: "list", block: { attributes: { a: attribute({ optional: true, type: "dynamic" }) } } },
    /an attribute of type dynamic works only in blocks of nesting single or group/,
  ],
])("a block that is %s is refused", (_name, name, more, words) => {
  expect(() => encoded({ attributes: {}, blocks: { [name]: { block: BLOCK, ...more } } })).toThrow(words);
});

test.each([
  ["optional", undefined, 0],
  ["required", 1, 1],
])("a single block that is %s has equal bounds, or Terraform crashes", (_name, minItems, bound) => {
  const nested = { nesting: "single", block: BLOCK, ...(minItems === undefined ? {} : { minItems }) } as const;
  expect(encoded({ attributes: {}, blocks: { b: nested } })?.block?.block_types?.[0]).toMatchObject({
    min_items: bound,
    max_items: bound,
  });
});

test("what an attribute says of itself arrives", () => {
  const schema = encoded({
    attributes: { a: attribute({ optional: true, sensitive: true, writeOnly: true, deprecated: "Use b." }) },
  });
  expect(schema?.version).toBe(3);
  expect(schema?.block?.attributes?.[0]).toMatchObject({
    name: "a",
    optional: true,
    required: false,
    computed: false,
    sensitive: true,
    write_only: true,
    deprecated: true,
    deprecation_message: "Use b.",
  });
  expect(schema?.block?.attributes?.[0]?.type?.toString()).toBe('"string"');
});
