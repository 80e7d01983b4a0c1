// The messages that describe schemas, byte by byte as another encoder writes them with Terraform's tfplugin6.proto.
import {
  type AttributeMessage,
  type BlockMessage,
  GetMetadataRequest,
  GetMetadataResponse,
  GetProviderSchemaRequest,
  GetProviderSchemaResponse,
} from "../../../lib/plugin/wire/schema-messages";
import { wireForm } from "./wire-form";

const diagnostics = [{ severity: 2, summary: "w" }];
const server_capabilities = { plan_destroy: true };

test.each([
  ["GetMetadata asks", wireForm(GetMetadataRequest, {}), ""],
  [
    "GetMetadata answers",
    wireForm(GetMetadataResponse, {
      server_capabilities,
      diagnostics,
      data_sources: [{ type_name: "d" }],
      resources: [{ type_name: "r" }],
    }),
    "0a020801120508021201771a030a016422030a0172",
  ],
  ["GetProviderSchema asks", wireForm(GetProviderSchemaRequest, {}), ""],
  [
    "GetProviderSchema answers",
    wireForm(GetProviderSchemaResponse, {
      provider: { version: 1 },
      resource_schemas: new Map([["r", { version: 2 }]]),
      data_source_schemas: new Map([["d", { version: 3 }]]),
      diagnostics,
      server_capabilities,
    }),
    "0a02080112070a0172120208021a070a0164120208032205080212017732020801",
  ],
])("%s", (_name, form, hex) => {
  form(hex);
});

/** The bytes of a block, without the response and the schema around it. */
function blockBytes(block: BlockMessage): string {
  const bytes = GetProviderSchemaResponse.encode({ provider: { block } });
  const inside = GetProviderSchemaResponse.decode(bytes).provider?.block;
  expect(inside).toMatchObject(block);
  return bytes.subarray(4).toString("hex");
}

test("a block with all that it says", () => {
  const nested = { type_name: "b", block: { description: "in" }, nesting: 3, min_items: 1, max_items: 2 };
  expect(
    blockBytes({
      version: 2,
      attributes: [{ name: "a" }],
      block_types: [nested],
      description: "d",
      description_kind: 1,
      deprecated: true,
    }),
  ).toBe("080212030a01611a0f0a016212042202696e18032001280222016428013001");
});

test.each<[AttributeMessage, string]>([
  [
    { name: "a", type: Buffer.from('"bool"'), description: "d", required: true, description_kind: 1 },
    "0a0161120622626f6f6c221a016420014001",
  ],
  [{ optional: true }, "2801"],
  [{ computed: true }, "3001"],
  [{ sensitive: true }, "3801"],
  [{ deprecated: true, deprecation_message: "m" }, "480162016d"],
  [{ write_only: true }, "5801"],
])("an attribute %#", (attribute, hex) => {
  const length = (hex.length / 2).toString(16).padStart(2, "0");
  expect(blockBytes({ attributes: [attribute] })).toBe(`12${length}${hex}`);
});
