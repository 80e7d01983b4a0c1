// Emits the L1 classes in the shape of prebuilt provider bindings, from the schemas alone. Our own emitter, because the official
// one fails strict compiler options. Pure: returns file texts; `generate.mjs` writes them and a test compares them.
import {
  dataSourceSchemas,
  PROVIDER_ADDRESS,
  PROVIDER_VERSION,
  providerSchema,
  resourceSchemas,
  type AttributeSchema,
  type BlockSchema,
  type Type,
} from "../lib/schema";

type Kind = "resource" | "data source" | "provider";

interface Subject {
  readonly kind: Kind;
  /** Terraform's name: `zenlayer_vm_instance_spec`, or `zenlayer` for the provider. */
  readonly typeName: string;
  readonly className: string;
  readonly file: string;
  readonly schema: BlockSchema;
}

const FIRST_LINE =
  "// Generated from lib/schema by scripts/generate.mjs. Do not edit: change the schema and run it again.";

/** Path inside `lib/bindings/` → text. */
export function emitBindings(): ReadonlyMap<string, string> {
  const subjects: Subject[] = [
    { kind: "provider", typeName: "zenlayer", className: "ZenlayerProvider", file: "provider", schema: providerSchema },
    ...Object.entries(resourceSchemas).map(([typeName, schema]) => subject("resource", typeName, schema)),
    ...Object.entries(dataSourceSchemas).map(([typeName, schema]) => subject("data source", typeName, schema)),
  ];
  const files = new Map(subjects.map((each): [string, string] => [`generated/${each.file}.ts`, emitFile(each)]));
  files.set("index.ts", emitIndex(subjects));
  return files;
}

function subject(kind: Kind, typeName: string, schema: BlockSchema): Subject {
  const name = typeName.replace(/^zenlayer_/, "");
  return kind === "data source"
    ? { kind, typeName, className: `DataZenlayer${pascal(name)}`, file: `data-${name.replace(/_/g, "-")}`, schema }
    : { kind, typeName, className: pascal(name), file: name.replace(/_/g, "-"), schema };
}

function emitIndex(subjects: readonly Subject[]): string {
  const lines = subjects.flatMap((each) => {
    const extra = declaredNames(each);
    return [
      `export { ${[each.className, ...extra.classes].join(", ")} } from "./generated/${each.file}";`,
      `export type { ${[`${each.className}Config`, ...extra.types].join(", ")} } from "./generated/${each.file}";`,
    ];
  });
  const purpose =
    "// The L1 classes: one per resource, data source and provider, with Terraform's names and nothing added.";
  return [FIRST_LINE, purpose, ...lines, ""].join("\n");
}

function declaredNames({ className, schema }: Subject): { readonly classes: string[]; readonly types: string[] } {
  const nested = Object.entries(schema.attributes).filter(([, attribute]) => elementFields(attribute.type) !== null);
  const blocks = Object.keys(schema.blocks ?? {});
  return {
    classes: [
      ...nested.flatMap(([name]) => [`${className}${pascal(name)}List`, `${className}${pascal(name)}OutputReference`]),
      ...blocks.map((name) => `${className}${pascal(name)}OutputReference`),
    ],
    types: blocks.map((name) => `${className}${pascal(name)}`),
  };
}

function emitFile(each: Subject): string {
  const { kind, className, schema } = each;
  const hasBlocks = Object.keys(schema.blocks ?? {}).length > 0;
  const parts = [
    FIRST_LINE,
    `import type { Construct } from "constructs";`,
    `import * as cdktf from "cdktf";`,
    ...(kind === "provider" ? [] : [`import { metaArguments } from "../meta-arguments";`]),
    "",
    ...emitConfig(each),
    ...Object.entries(schema.attributes).flatMap(([name, attribute]) =>
      emitElementClasses(className, name, attribute.type),
    ),
    ...(hasBlocks
      ? Object.entries(schema.blocks ?? {}).flatMap(([name, { block }]) => emitBlock(className, name, block))
      : []),
    ...emitClass(each),
    "",
  ];
  return parts.join("\n");
}

// --- configuration -------------------------------------------------------------------------------------------------------------

function emitConfig({ kind, className, typeName, schema }: Subject): string[] {
  const inherits = kind === "provider" ? "" : " extends cdktf.TerraformMetaArguments";
  return [
    `/** Configuration of ${article(kind)} \`${typeName}\`. */`,
    `export interface ${className}Config${inherits} {`,
    ...settable(schema).flatMap(([name, attribute]) => configMember(name, attribute)),
    ...Object.entries(schema.blocks ?? {}).flatMap(([name, { block }]) => [
      ...comment(block.description ?? "", "  "),
      `  readonly ${camel(name)}?: ${className}${pascal(name)} | undefined;`,
    ]),
    ...(kind === "provider" ? [...comment(ALIAS, "  "), "  readonly alias?: string | undefined;"] : []),
    "}",
    "",
  ];
}

const ALIAS = "Name of this provider configuration, where a stack has several.";

function article(kind: Kind): string {
  return kind === "provider" ? "the provider" : kind === "resource" ? "a resource" : "a data source";
}

function configMember(name: string, attribute: AttributeSchema): string[] {
  const type = inputType(attribute.type);
  return [
    ...comment(attribute.description, "  "),
    attribute.required === true
      ? `  readonly ${camel(name)}: ${type};`
      : `  readonly ${camel(name)}?: ${type} | undefined;`,
  ];
}

// --- nested values -------------------------------------------------------------------------------------------------------------

/** The object's fields of a list or set of objects, else null. */
function elementFields(type: Type): { readonly [name: string]: Type } | null {
  if (typeof type === "string" || (type[0] !== "list" && type[0] !== "set")) return null;
  const element = type[1];
  return typeof element !== "string" && element[0] === "object" ? element[1] : null;
}

function emitElementClasses(className: string, attribute: string, type: Type): string[] {
  const fields = elementFields(type);
  if (fields === null) return [];
  const name = `${className}${pascal(attribute)}`;
  return [
    `/** One object of \`${attribute}\`. */`,
    `export class ${name}OutputReference extends cdktf.ComplexObject {`,
    "  public constructor(",
    "    terraformResource: cdktf.IInterpolatingParent,",
    "    terraformAttribute: string,",
    "    complexObjectIndex: number,",
    "    complexObjectIsFromSet: boolean,",
    "  ) {",
    "    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);",
    "  }",
    ...Object.entries(fields).flatMap(([field, fieldType]) => ["", ...computedGetter(name, field, fieldType)]),
    "}",
    "",
    `/** The objects of \`${attribute}\`. */`,
    `export class ${name}List extends cdktf.ComplexList {`,
    `  public get(index: number): ${name}OutputReference {`,
    `    return new ${name}OutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);`,
    "  }",
    "}",
    "",
  ];
}

function emitBlock(className: string, blockName: string, block: BlockSchema): string[] {
  const name = `${className}${pascal(blockName)}`;
  const attributes = settable(block);
  const variable = camel(name);
  return [
    ...comment(block.description ?? "", ""),
    `export interface ${name} {`,
    ...attributes.flatMap(([attribute, schema]) => configMember(attribute, schema)),
    "}",
    "",
    `function ${variable}ToTerraform(struct: ${name} | cdktf.IResolvable | undefined): unknown {`,
    "  if (struct === undefined || cdktf.Tokenization.isResolvable(struct)) return struct;",
    "  return {",
    ...attributes.map(([attribute, { type }]) => `    ${attribute}: ${toTerraform(type)}(struct.${camel(attribute)}),`),
    "  };",
    "}",
    "",
    `function ${variable}ToHclTerraform(struct: ${name} | cdktf.IResolvable | undefined): unknown {`,
    "  if (struct === undefined || cdktf.Tokenization.isResolvable(struct)) return struct;",
    "  const attributes = {",
    ...attributes.flatMap(([attribute, { type }]) => hclMember(attribute, type, `struct.${camel(attribute)}`)),
    "  };",
    "  return Object.fromEntries(Object.entries(attributes).filter(([, { value }]) => value !== undefined));",
    "}",
    "",
    `export class ${name}OutputReference extends cdktf.ComplexObject {`,
    `  private _value: ${name} | cdktf.IResolvable | undefined;`,
    "",
    "  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {",
    "    super(terraformResource, terraformAttribute, false);",
    "  }",
    "",
    `  public get internalValue(): ${name} | cdktf.IResolvable | undefined {`,
    "    return this._value;",
    "  }",
    `  public set internalValue(value: ${name} | cdktf.IResolvable | undefined) {`,
    "    this._value = value;",
    "  }",
    `  private get struct(): ${name} {`,
    "    return this._value === undefined || cdktf.Tokenization.isResolvable(this._value) ? {} : this._value;",
    "  }",
    ...attributes.flatMap(([attribute, { type, description }]) => [
      "",
      ...comment(description, "  "),
      `  public get ${camel(attribute)}(): ${outputType(type)} {`,
      `    return ${getter(type, attribute)};`,
      "  }",
      `  public set ${camel(attribute)}(value: ${inputType(type)}) {`,
      `    this._value = { ...this.struct, ${camel(attribute)}: value };`,
      "  }",
      `  public reset${pascal(attribute)}(): void {`,
      `    this._value = { ...this.struct, ${camel(attribute)}: undefined };`,
      "  }",
      `  public get ${camel(attribute)}Input(): ${inputType(type)} | undefined {`,
      `    return this.struct.${camel(attribute)};`,
      "  }",
    ]),
    "}",
    "",
  ];
}

// --- the class -----------------------------------------------------------------------------------------------------------------

function emitClass(each: Subject): string[] {
  const { kind, className, typeName, schema } = each;
  const attributes = Object.entries(schema.attributes);
  const inputs = settable(schema);
  const blocks = Object.keys(schema.blocks ?? {});
  const isProvider = kind === "provider";
  const base = isProvider ? "TerraformProvider" : kind === "resource" ? "TerraformResource" : "TerraformDataSource";
  const optionalConfig = inputs.every(([, { required }]) => required !== true);
  return [
    ...comment(`${schema.description ?? ""} Terraform: \`${typeName}\`.`, ""),
    `export class ${className} extends cdktf.${base} {`,
    `  public static readonly tfResourceType = "${typeName}";`,
    "",
    ...(isProvider ? [] : emitImport(each)),
    ...inputs.map(([name, { type }]) => `  private _${camel(name)}: ${inputType(type)} | undefined;`),
    ...(isProvider ? ["  private _alias: string | undefined;"] : []),
    ...blocks.map(
      (name) => `  private readonly _${camel(name)} = new ${className}${pascal(name)}OutputReference(this, "${name}");`,
    ),
    ...attributes.filter(([, { type }]) => isList(type)).map(([name, { type }]) => listField(className, name, type)),
    "",
    "  /**",
    "   * @param scope - The scope in which to define this construct.",
    "   * @param id - The construct id, unique in its scope.",
    "   * @param config - The configuration.",
    "   */",
    `  public constructor(scope: Construct, id: string, config: ${className}Config${optionalConfig ? " = {}" : ""}) {`,
    "    super(scope, id, {",
    `      terraformResourceType: "${typeName}",`,
    "      terraformGeneratorMetadata: {",
    `        providerName: "zenlayer",`,
    `        providerVersion: "${PROVIDER_VERSION}",`,
    `        providerVersionConstraint: "${PROVIDER_VERSION}",`,
    "      },",
    isProvider ? `      terraformProviderSource: "${PROVIDER_ADDRESS}",` : "      ...metaArguments(config),",
    "    });",
    ...inputs.map(([name]) => `    this._${camel(name)} = config.${camel(name)};`),
    ...(isProvider ? ["    this._alias = config.alias;"] : []),
    ...blocks.map((name) => `    this._${camel(name)}.internalValue = config.${camel(name)};`),
    "  }",
    ...attributes.flatMap(([name, attribute]) => emitAccessors(each, name, attribute)),
    ...(isProvider ? configured("alias", "string", ALIAS, false, "override ") : []),
    ...blocks.flatMap((name) => blockAccessors(className, name)),
    "",
    "  protected override synthesizeAttributes(): { [name: string]: unknown } {",
    "    return {",
    ...inputs.map(([name, { type }]) => `      ${name}: ${toTerraform(type)}(this._${camel(name)}),`),
    ...(isProvider ? ["      alias: cdktf.stringToTerraform(this._alias),"] : []),
    ...blocks.map(
      (name) => `      ${name}: ${camel(className + pascal(name))}ToTerraform(this._${camel(name)}.internalValue),`,
    ),
    "    };",
    "  }",
    "",
    "  protected override synthesizeHclAttributes(): { [name: string]: unknown } {",
    "    const attributes: { [name: string]: { readonly value: unknown; readonly [fact: string]: unknown } } = {",
    ...inputs.flatMap(([name, { type }]) => hclMember(name, type, `this._${camel(name)}`, "  ")),
    ...(isProvider ? hclMember("alias", "string", "this._alias", "  ") : []),
    ...blocks.flatMap((name) => [
      `      ${name}: {`,
      `        value: ${camel(className + pascal(name))}ToHclTerraform(this._${camel(name)}.internalValue),`,
      "        isBlock: true,",
      `        type: "struct",`,
      `        storageClassType: "${className}${pascal(name)}",`,
      "      },",
    ]),
    "    };",
    "    return Object.fromEntries(Object.entries(attributes).filter(([, { value }]) => value !== undefined));",
    "  }",
    "}",
  ];
}

function emitImport({ className, typeName }: Subject): string[] {
  return [
    "  /**",
    `   * Generates the import block for one \`${typeName}\`, to be used with \`terraform plan -generate-config-out\`.`,
    "   * @param scope - The scope in which to define this construct.",
    "   * @param importToId - The construct id used in the generated configuration.",
    "   * @param importFromId - The import id: the id of the machine.",
    "   * @param provider - The provider configuration to import with, where there are several.",
    "   */",
    "  public static generateConfigForImport(",
    "    scope: Construct,",
    "    importToId: string,",
    "    importFromId: string,",
    "    provider?: cdktf.TerraformProvider,",
    "  ): cdktf.ImportableResource {",
    "    return new cdktf.ImportableResource(scope, importToId, {",
    `      terraformResourceType: ${className}.tfResourceType,`,
    "      importId: importFromId,",
    "      ...(provider === undefined ? {} : { provider }),",
    "    });",
    "  }",
    "",
  ];
}

function emitAccessors({ kind, className }: Subject, name: string, attribute: AttributeSchema): string[] {
  const isSettable = attribute.required === true || attribute.optional === true;
  if (kind === "provider") return configured(name, attribute.type, attribute.description, attribute.required === true);
  if (!isSettable)
    return ["", ...comment(attribute.description, "  "), ...computedGetter(className, name, attribute.type)];
  return [
    "",
    ...comment(attribute.description, "  "),
    `  public get ${camel(name)}(): ${outputType(attribute.type)} {`,
    `    return ${getter(attribute.type, name)};`,
    "  }",
    `  public set ${camel(name)}(value: ${inputType(attribute.type)}) {`,
    `    this._${camel(name)} = value;`,
    "  }",
    ...resetAndInput(name, attribute.type, attribute.required === true),
  ];
}

/** Accessors of a provider: they give what was configured, since Terraform has no reference to a provider's attribute. */
function configured(name: string, type: Type, description: string, required: boolean, override = ""): string[] {
  return [
    "",
    ...comment(description, "  "),
    `  public ${override}get ${camel(name)}(): ${inputType(type)} | undefined {`,
    `    return this._${camel(name)};`,
    "  }",
    `  public ${override}set ${camel(name)}(value: ${inputType(type)} | undefined) {`,
    `    this._${camel(name)} = value;`,
    "  }",
    ...resetAndInput(name, type, required),
  ];
}

function resetAndInput(name: string, type: Type, required: boolean): string[] {
  const reset = [`  public reset${pascal(name)}(): void {`, `    this._${camel(name)} = undefined;`, "  }"];
  return [
    ...(required ? [] : reset),
    `  public get ${camel(name)}Input(): ${inputType(type)} | undefined {`,
    `    return this._${camel(name)};`,
    "  }",
  ];
}

function blockAccessors(className: string, name: string): string[] {
  const struct = `${className}${pascal(name)}`;
  return [
    "",
    `  public get ${camel(name)}(): ${struct}OutputReference {`,
    `    return this._${camel(name)};`,
    "  }",
    `  public put${pascal(name)}(value: ${struct}): void {`,
    `    this._${camel(name)}.internalValue = value;`,
    "  }",
    `  public reset${pascal(name)}(): void {`,
    `    this._${camel(name)}.internalValue = undefined;`,
    "  }",
    `  public get ${camel(name)}Input(): ${struct} | cdktf.IResolvable | undefined {`,
    `    return this._${camel(name)}.internalValue;`,
    "  }",
  ];
}

// --- types ---------------------------------------------------------------------------------------------------------------------

function isList(type: Type): boolean {
  return elementFields(type) !== null;
}

function listField(className: string, name: string, type: Type): string {
  return `  private readonly _${camel(name)} = new ${className}${pascal(name)}List(this, "${name}", ${type[0] === "set"});`;
}

/** Getter of a computed value, as a token. */
function computedGetter(className: string, name: string, type: Type): string[] {
  if (isList(type)) {
    return [
      `  public get ${camel(name)}(): ${className}${pascal(name)}List {`,
      `    return this._${camel(name)};`,
      "  }",
    ];
  }
  const isMap = isStringMap(type);
  return [
    `  public get ${camel(name)}(): ${isMap ? "cdktf.StringMap" : outputType(type)} {`,
    `    return ${isMap ? `new cdktf.StringMap(this, "${name}")` : getter(type, name)};`,
    "  }",
  ];
}

function isStringMap(type: Type): boolean {
  return typeof type !== "string" && type[0] === "map" && type[1] === "string";
}

function isStringList(type: Type): boolean {
  return typeof type !== "string" && type[0] === "list" && type[1] === "string";
}

interface Rendering {
  readonly input: string;
  readonly output: string;
  readonly getter: string;
  readonly json: string;
  readonly hcl: string;
  readonly hclType: string;
  readonly storage: string;
}

function simple(type: "string" | "number" | "boolean", input: string, output: string): Rendering {
  const json = `cdktf.${type}ToTerraform`;
  const hcl = `cdktf.${type}ToHclTerraform`;
  return { input, output, getter: `get${pascal(type)}Attribute`, json, hcl, hclType: "simple", storage: type };
}

/** How values of a type are written; a type that no schema uses is an error rather than a guess. */
function rendering(type: Type): Rendering {
  if (type === "string") return simple("string", "string", "string");
  if (type === "number") return simple("number", "number", "number");
  if (type === "bool") return simple("boolean", "boolean | cdktf.IResolvable", "cdktf.IResolvable");
  if (isStringList(type)) {
    return {
      input: "string[]",
      output: "string[]",
      getter: "getListAttribute",
      json: "cdktf.listMapper(cdktf.stringToTerraform, false)",
      hcl: "cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)",
      hclType: "list",
      storage: "stringList",
    };
  }
  if (isStringMap(type)) {
    return {
      input: "{ [key: string]: string }",
      output: "{ [key: string]: string }",
      getter: "getStringMapAttribute",
      json: "cdktf.hashMapper(cdktf.stringToTerraform)",
      hcl: "cdktf.hashMapperHcl(cdktf.stringToHclTerraform)",
      hclType: "map",
      storage: "stringMap",
    };
  }
  throw new Error(
    `the emitter has no rule for the type ${JSON.stringify(type)}: add one to scripts/generate-bindings.ts`,
  );
}

function inputType(type: Type): string {
  return rendering(type).input;
}

function outputType(type: Type): string {
  return rendering(type).output;
}

function getter(type: Type, name: string): string {
  return `this.${rendering(type).getter}("${name}")`;
}

function toTerraform(type: Type): string {
  return rendering(type).json;
}

function hclMember(name: string, type: Type, value: string, indent = ""): string[] {
  const { hcl, hclType, storage } = rendering(type);
  return [
    `${indent}    ${name}: {`,
    `${indent}      value: ${hcl}(${value}),`,
    `${indent}      isBlock: false,`,
    `${indent}      type: "${hclType}",`,
    `${indent}      storageClassType: "${storage}",`,
    `${indent}    },`,
  ];
}

// --- words ---------------------------------------------------------------------------------------------------------------------

function settable(block: BlockSchema): [string, AttributeSchema][] {
  return Object.entries(block.attributes).filter(
    ([, { required, optional }]) => required === true || optional === true,
  );
}

function pascal(name: string): string {
  return name.replace(/(^|_)([a-z])/g, (_match, _separator, letter: string) => letter.toUpperCase());
}

function camel(name: string): string {
  const text = pascal(name);
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A doc comment wrapped at 120 columns. */
function comment(text: string, indent: string): string[] {
  if (text === "") return [];
  const width = 116 - indent.length;
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.length - 1;
    const line = lines[last] ?? "";
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[last] = line === "" ? word : `${line} ${word}`;
  }
  if (lines.length === 1) return [`${indent}/** ${lines[0]} */`];
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`), `${indent} */`];
}
