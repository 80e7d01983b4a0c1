import * as packageJson from "../../package.json";
import * as plugin from "../../lib/plugin/types";
import {
  dataSourceSchemas,
  PROVIDER_ADDRESS,
  PROVIDER_VERSION,
  providerSchema,
  resourceSchemas,
} from "../../lib/schema";
import type { AttributeSchema, BlockSchema } from "../../lib/schema";

/** Assignable without a cast: a compile-time check, kept honest by the type checker in CI. */
const asPluginResources: { readonly [name: string]: plugin.ResourceSchema } = resourceSchemas;
const asPluginDataSources: { readonly [name: string]: plugin.BlockSchema } = dataSourceSchemas;
const asPluginProvider: plugin.BlockSchema = providerSchema;

const blocks: [string, BlockSchema][] = [
  ["provider", providerSchema],
  ...Object.entries<BlockSchema>(resourceSchemas),
  ...Object.entries<BlockSchema>(dataSourceSchemas),
];

function attributesOf(block: BlockSchema): [string, AttributeSchema][] {
  const nested = Object.entries(block.blocks ?? {}).flatMap(([name, { block: inner }]) =>
    attributesOf(inner).map(([attribute, schema]): [string, AttributeSchema] => [`${name}.${attribute}`, schema]),
  );
  return [...Object.entries(block.attributes), ...nested];
}

test("the provider's version is the package's version", () => {
  expect(PROVIDER_VERSION).toBe(packageJson.version);
});

test("the address names its host, so that OpenTofu finds the same provider", () => {
  expect(PROVIDER_ADDRESS).toBe("registry.terraform.io/cdktf-zenlayer/zenlayer");
});

test("the schemas fit the plugin framework", () => {
  expect(Object.keys(asPluginResources)).toEqual([
    "zenlayer_vm_instance_spec",
    "zenlayer_bmc_bandwidth",
    "zenlayer_bmc_traffic_package",
  ]);
  expect(Object.keys(asPluginDataSources)).toHaveLength(9);
  expect(Object.values(asPluginProvider.attributes).every(({ required }) => required !== true)).toBe(true);
});

describe.each(blocks)("%s", (_name, block) => {
  test("each attribute is required, optional or computed, in a combination that Terraform accepts", () => {
    const wrong = attributesOf(block).filter(
      ([, { required, optional, computed }]) =>
        (!required && !optional && !computed) || (required === true && (optional === true || computed === true)),
    );
    expect(wrong).toEqual([]);
  });

  test("each attribute has a name that Terraform accepts and a description that is a sentence", () => {
    for (const [name, { description }] of attributesOf(block)) {
      expect(name).toMatch(/^([a-z]+\.)?[a-z][a-z0-9_]*$/);
      expect(description).toMatch(/^[A-Z`].*\.$/);
    }
    expect(block.description).toMatch(/\.$/);
  });
});

test("exactly the credentials are sensitive", () => {
  const sensitive = blocks.flatMap(([name, block]) =>
    attributesOf(block).flatMap(([attribute, schema]) => (schema.sensitive === true ? [`${name}.${attribute}`] : [])),
  );
  expect(sensitive).toEqual(["provider.access_key_password", "provider.token"]);
});

test("only another machine replaces a resource", () => {
  for (const schema of Object.values<BlockSchema>(resourceSchemas)) {
    const replacing = attributesOf(schema).filter(([, { requiresReplace }]) => requiresReplace === true);
    expect(replacing.map(([name]) => name)).toEqual(["instance_id"]);
  }
});

test("no attribute uses a name that Terraform reserves", () => {
  const reserved = ["count", "for_each", "depends_on", "lifecycle", "provider", "provisioner", "connection"];
  for (const [, block] of blocks)
    expect(Object.keys(block.attributes).filter((name) => reserved.includes(name))).toEqual([]);
});

test.each([
  ["zenlayer_bmc_traffic_package", "traffic_package_size"],
  ["zenlayer_bmc_bandwidth", "internet_max_bandwidth_out"],
] as const)("%s has the one axis %s, required, and its effective value", (typeName, axis) => {
  const attributes: { readonly [name: string]: AttributeSchema } = resourceSchemas[typeName].attributes;
  expect(attributes[axis]?.required).toBe(true);
  expect(Object.keys(attributes).filter((name) => name.startsWith("effective_"))).toEqual([`effective_${axis}`]);
});

test("the axes of a VM are optional and computed, so that an axis left out shows the committed value", () => {
  const attributes: { readonly [name: string]: AttributeSchema } = resourceSchemas.zenlayer_vm_instance_spec.attributes;
  for (const axis of ["instance_type", "internet_max_bandwidth_out", "traffic_package_size"]) {
    expect(attributes[axis]).toMatchObject({ optional: true, computed: true });
  }
});
