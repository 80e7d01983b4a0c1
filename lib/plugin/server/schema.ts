// GetProviderSchema and GetMetadata: the author's schemas in the protocol's words, refused here rather than in Terraform where they would crash it.
import { blockType, readType } from "../cty/type";
import type { AttributeSchema, BlockSchema, NestedBlockSchema, Provider } from "../types";
import {
  type AttributeMessage,
  type BlockMessage,
  GetMetadataRequest,
  GetMetadataResponse,
  GetProviderSchemaRequest,
  GetProviderSchemaResponse,
} from "../wire/schema-messages";
import { call } from "./call";

const MARKDOWN = 1;
const NESTING = { single: 1, list: 2, set: 3, map: 4, group: 5 } as const;
const SERVER_CAPABILITIES = {
  plan_destroy: true,
  get_provider_schema_optional: true,
  move_resource_state: true,
};

const NAME = /^[a-z][a-z0-9_]*$/;

export const getProviderSchema = call(GetProviderSchemaRequest, GetProviderSchemaResponse, async (connection) =>
  describeProvider(connection.provider),
);

export const getMetadata = call(GetMetadataRequest, GetMetadataResponse, async ({ provider }) => ({
  server_capabilities: SERVER_CAPABILITIES,
  resources: Object.keys(provider.resources).map((type_name) => ({ type_name })),
  data_sources: Object.keys(provider.dataSources).map((type_name) => ({ type_name })),
}));

/**
 * The answer to GetProviderSchema as it goes over the wire: for `servePlugin`, when a plugin is built.
 * @throws for a schema that Terraform would refuse or crash on
 */
export function encodeSchema(provider: Pick<Provider<unknown>, "schema" | "resources" | "dataSources">): Uint8Array {
  return GetProviderSchemaResponse.encode(describeProvider(provider));
}

/** The response to GetProviderSchema. Throws on schemas that Terraform would refuse or crash on. */
function describeProvider(provider: Pick<Provider<unknown>, "schema" | "resources" | "dataSources">) {
  return {
    provider: schemaMessage("provider", provider.schema, 0),
    resource_schemas: new Map(
      Object.entries(provider.resources).map(([name, { schema }]) => [
        name,
        schemaMessage(`resource ${name}`, schema, schema.version),
      ]),
    ),
    data_source_schemas: new Map(
      Object.entries(provider.dataSources).map(([name, { schema }]) => [
        name,
        schemaMessage(`data source ${name}`, schema, 0),
      ]),
    ),
    server_capabilities: SERVER_CAPABILITIES,
  };
}

function schemaMessage(where: string, schema: BlockSchema, version: number): { version: number; block: BlockMessage } {
  blockType(schema);
  return { version, block: blockMessage(where, schema) };
}

function blockMessage(where: string, schema: BlockSchema): BlockMessage {
  return {
    attributes: Object.entries(schema.attributes).map(([name, attribute]) => attributeMessage(where, name, attribute)),
    block_types: Object.entries(schema.blocks ?? {}).map(([name, nested]) => nestedMessage(where, name, nested)),
    ...(schema.description === undefined ? {} : { description: schema.description, description_kind: MARKDOWN }),
  };
}

function attributeMessage(where: string, name: string, attribute: AttributeSchema): AttributeMessage {
  const { required = false, optional = false, computed = false, writeOnly = false, stable = false } = attribute;
  const place = `${where}, attribute ${name}`;
  if (!NAME.test(name)) throw new TypeError(`${place}: a name has lower-case letters, digits and underscores`);
  if (!required && !optional && !computed) throw new TypeError(`${place}: must be required, optional or computed`);
  if (required && (optional || computed)) throw new TypeError(`${place}: required excludes optional and computed`);
  if (stable && !computed) throw new TypeError(`${place}: only a computed attribute can be stable`);
  if (writeOnly && computed) throw new TypeError(`${place}: a write-only attribute cannot be computed`);
  return {
    name,
    type: Buffer.from(JSON.stringify(readType(attribute.type))),
    description: attribute.description,
    description_kind: MARKDOWN,
    required,
    optional,
    computed,
    sensitive: attribute.sensitive ?? false,
    write_only: writeOnly,
    ...(attribute.deprecated === undefined ? {} : { deprecated: true, deprecation_message: attribute.deprecated }),
  };
}

function nestedMessage(where: string, name: string, nested: NestedBlockSchema) {
  const place = `${where}, block ${name}`;
  if (!NAME.test(name)) throw new TypeError(`${place}: a name has lower-case letters, digits and underscores`);
  const { minItems = 0, maxItems = nested.nesting === "single" && minItems === 1 ? 1 : 0 } = nested;
  // The protocol wants equal bounds for a single block, which is optional (0) or required (1).
  const bounds =
    nested.nesting === "single"
      ? { min_items: minItems, max_items: minItems }
      : { min_items: minItems, max_items: maxItems };
  if (nested.nesting === "single" && minItems > 1)
    throw new TypeError(`${place}: minItems of a single block is 0 or 1`);
  if ((nested.nesting === "group" || nested.nesting === "map") && (minItems !== 0 || maxItems !== 0)) {
    throw new TypeError(`${place}: a block of nesting ${nested.nesting} has no minItems and maxItems`);
  }
  return { type_name: name, block: blockMessage(place, nested.block), nesting: NESTING[nested.nesting], ...bounds };
}
