// Emits the provider's reference pages (docs/index.md, docs/resources, docs/data-sources) from the schemas, in the shape that
// provider registries use. Pure: returns file texts; `generate.mjs` writes them and a test compares them.
import {
  dataSourceSchemas,
  environmentFacts,
  PROVIDER_ADDRESS,
  PROVIDER_VERSION,
  providerSchema,
  resourceSchemas,
  type AttributeSchema,
  type BlockSchema,
  type DataSourceTypeName,
  type ResourceTypeName,
  type Type,
} from "../lib/schema";

const FIRST_LINE =
  "<!-- Generated from lib/schema by scripts/generate.mjs. Do not edit: change the schema and run it again. -->";

/** Path from the root of the repository → text. */
export function emitReference(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  files.set("docs/index.md", providerPage());
  for (const [name, schema] of Object.entries<BlockSchema>(resourceSchemas)) {
    files.set(`docs/resources/${shortName(name)}.md`, resourcePage(name as ResourceTypeName, schema));
  }
  for (const [name, schema] of Object.entries<BlockSchema>(dataSourceSchemas)) {
    files.set(`docs/data-sources/${shortName(name)}.md`, dataSourcePage(name as DataSourceTypeName, schema));
  }
  return files;
}

function providerPage(): string {
  return page("zenlayer provider", providerSchema, [
    hcl(`terraform {
  required_providers {
    zenlayer = {
      source  = "${PROVIDER_ADDRESS}"
      version = "${PROVIDER_VERSION}"
    }
  }
}

# Credentials come from ZENLAYERCLOUD_ACCESS_KEY_ID and ZENLAYERCLOUD_ACCESS_KEY_PASSWORD.
provider "zenlayer" {}`),
    section("Environment", environmentTable()),
    section("Resources", links("resources", Object.entries<BlockSchema>(resourceSchemas))),
    section("Data sources", links("data-sources", Object.entries<BlockSchema>(dataSourceSchemas))),
  ]);
}

function environmentTable(): string {
  const rows = environmentFacts.map(
    ({ names, description }) =>
      `| ${names.map((name) => `\`${name}\``).join(", ")} | ${description.replace(/\|/g, "\\|")} |`,
  );
  return ["| Variable | Meaning |", "| --- | --- |", ...rows].join("\n");
}

function links(folder: string, schemas: readonly [string, BlockSchema][]): string {
  return schemas
    .map(
      ([name, { description = "" }]) => `- [${name}](${folder}/${shortName(name)}.md): ${firstSentence(description)}`,
    )
    .join("\n");
}

const RESOURCE_EXAMPLES: { readonly [N in ResourceTypeName]: string } = {
  zenlayer_vm_instance_spec: `resource "zenlayer_vm_instance_spec" "web" {
  instance_id                = "900000000000000001"
  instance_type              = "c.4c8g"
  internet_max_bandwidth_out = 200
  on_downgrade               = "deny"
  max_immediate_charge       = 50
}`,
  zenlayer_bmc_traffic_package: `resource "zenlayer_bmc_traffic_package" "edge" {
  instance_id          = "900000000000000002"
  traffic_package_size = 10
}`,
  zenlayer_bmc_bandwidth: `resource "zenlayer_bmc_bandwidth" "edge" {
  instance_id                = "900000000000000002"
  internet_max_bandwidth_out = 500
}`,
};

const DATA_SOURCE_EXAMPLES: { readonly [N in DataSourceTypeName]: string } = {
  zenlayer_vm_instance: `data "zenlayer_vm_instance" "web" {
  instance_name = "web-1"
}`,
  zenlayer_bmc_instance: `data "zenlayer_bmc_instance" "edge" {
  instance_id = "900000000000000002"
}`,
  zenlayer_vm_instances: `data "zenlayer_vm_instances" "web" {
  zone_id      = "SEL-A"
  name_pattern = "web-*"
}`,
  zenlayer_bmc_instances: `data "zenlayer_bmc_instances" "edge" {
  tags = { role = "edge" }
}`,
  zenlayer_vm_instance_types: `data "zenlayer_vm_instance_types" "seoul" {
  zone_id = "SEL-A"
}`,
  zenlayer_balance: `data "zenlayer_balance" "account" {}`,
  zenlayer_vm_spec_quote: `data "zenlayer_vm_spec_quote" "web" {
  instance_id   = "900000000000000001"
  instance_type = "c.4c8g"
  always        = true
}

output "monthly_price" {
  value = data.zenlayer_vm_spec_quote.web.total
}`,
  zenlayer_bmc_traffic_package_quote: `data "zenlayer_bmc_traffic_package_quote" "edge" {
  instance_id          = "900000000000000002"
  traffic_package_size = 10
}`,
  zenlayer_bmc_bandwidth_quote: `data "zenlayer_bmc_bandwidth_quote" "edge" {
  instance_id                = "900000000000000002"
  internet_max_bandwidth_out = 500
}`,
};

function resourcePage(name: ResourceTypeName, schema: BlockSchema): string {
  const importing = hcl(`import {
  to = ${name}.example
  id = "900000000000000001" # the id of the machine
}`);
  return page(`${name} (resource)`, schema, [
    hcl(RESOURCE_EXAMPLES[name]),
    section(
      "Import",
      `Adopt a machine through an import block, so that the first plan shows real values before and after. ` +
        `The constructs write it by themselves.\n\n${importing}`,
    ),
  ]);
}

function dataSourcePage(name: DataSourceTypeName, schema: BlockSchema): string {
  return page(`${name} (data source)`, schema, [hcl(DATA_SOURCE_EXAMPLES[name])]);
}

/** The example first, then arguments and attributes, then whatever else there is. */
function page(title: string, schema: BlockSchema, [example = "", ...rest]: readonly string[]): string {
  const attributes = Object.entries(schema.attributes);
  const required = attributes.filter(([, attribute]) => attribute.required === true);
  const optional = attributes.filter(([, attribute]) => attribute.optional === true);
  const readOnly = attributes.filter(([, { required, optional }]) => required !== true && optional !== true);
  const blocks = Object.entries(schema.blocks ?? {});
  const parts = [
    FIRST_LINE,
    `# ${title}`,
    schema.description ?? "",
    example,
    ...(required.length > 0 ? [section("Required", table(required))] : []),
    ...(optional.length > 0 ? [section("Optional", table(optional))] : []),
    ...blocks.map(([name, { block }]) =>
      section(
        `Block \`${name}\` (optional)`,
        `${block.description ?? ""}\n\n${table(Object.entries(block.attributes))}`,
      ),
    ),
    ...(readOnly.length > 0 ? [section("Read-only", table(readOnly))] : []),
    ...rest,
  ];
  return `${parts.join("\n\n")}\n`;
}

function table(attributes: readonly [string, AttributeSchema][]): string {
  const rows = attributes.map(
    ([name, attribute]) => `| \`${name}\` | ${typeText(attribute.type)} | ${notes(attribute)} |`,
  );
  return ["| Name | Type | Meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

function notes({ description, sensitive, requiresReplace }: AttributeSchema): string {
  const text = description.replace(/\|/g, "\\|");
  return text + (sensitive === true ? " Sensitive." : "") + (requiresReplace === true ? " Forces replacement." : "");
}

function typeText(type: Type): string {
  if (typeof type === "string") return type;
  switch (type[0]) {
    case "list":
    case "set":
    case "map":
      return `${type[0]} of ${typeText(type[1])}`;
    case "object":
      return `object(${Object.entries(type[1])
        .map(([name, field]) => `${name}: ${typeText(field)}`)
        .join(", ")})`;
    case "tuple":
      return `tuple(${type[1].map(typeText).join(", ")})`;
  }
}

function section(title: string, text: string): string {
  return `## ${title}\n\n${text}`;
}

function hcl(code: string): string {
  return `\`\`\`hcl\n${code}\n\`\`\``;
}

function firstSentence(text: string): string {
  const end = text.indexOf(". ");
  return end < 0 ? text : text.slice(0, end + 1);
}

function shortName(typeName: string): string {
  return typeName.replace(/^zenlayer_/, "");
}
