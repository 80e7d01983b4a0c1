// The messages that describe schemas (tfplugin6), as tables.
import { bool, bytes, integer, map, message, type MessageTable, nested, repeated, string } from "./protobuf";
import { Diagnostic, ServerCapabilities } from "./value-messages";

/** A block as we write it; blocks nest, so the type cannot come from its own table. */
export interface BlockMessage {
  readonly version?: number;
  readonly attributes?: readonly AttributeMessage[];
  readonly block_types?: readonly NestedBlockMessage[];
  readonly description?: string;
  readonly description_kind?: number;
  readonly deprecated?: boolean;
}

interface NestedBlockMessage {
  readonly type_name: string;
  readonly block: BlockMessage;
  readonly nesting: number;
  readonly min_items?: number;
  readonly max_items?: number;
}

const Attribute = message({
  name: string(1),
  type: bytes(2),
  description: string(3),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  description_kind: integer(8),
  deprecated: bool(9),
  write_only: bool(11),
  deprecation_message: string(12),
});
export type AttributeMessage = Parameters<typeof Attribute.encode>[0];

const NestedBlock: MessageTable<NestedBlockMessage, NestedBlockMessage> = message({
  type_name: string(1),
  block: nested(2, () => Block),
  nesting: integer(3),
  min_items: integer(4),
  max_items: integer(5),
}) as unknown as MessageTable<NestedBlockMessage, NestedBlockMessage>;

const Block: MessageTable<BlockMessage, BlockMessage> = message({
  version: integer(1),
  attributes: repeated(2, () => Attribute),
  block_types: repeated(3, () => NestedBlock),
  description: string(4),
  description_kind: integer(5),
  deprecated: bool(6),
});

const Schema = message({ version: integer(1), block: nested(2, () => Block) });
/** The value of a map's entry. */
const NamedSchema = nested(2, () => Schema);

export const GetMetadataRequest = message({});
export const GetMetadataResponse = message({
  server_capabilities: nested(1, () => ServerCapabilities),
  diagnostics: repeated(2, () => Diagnostic),
  data_sources: repeated(3, () => TypeName),
  resources: repeated(4, () => TypeName),
});
const TypeName = message({ type_name: string(1) });

export const GetProviderSchemaRequest = message({});
export const GetProviderSchemaResponse = message({
  provider: nested(1, () => Schema),
  resource_schemas: map(2, NamedSchema),
  data_source_schemas: map(3, NamedSchema),
  diagnostics: repeated(4, () => Diagnostic),
  server_capabilities: nested(6, () => ServerCapabilities),
});
