// Emits the class of a resource, a data source or the provider.
import { PROVIDER_ADDRESS, PROVIDER_VERSION, type AttributeSchema, type BlockSchema, type Type } from "../lib/schema";
import {
  camel,
  comment,
  computedGetter,
  getter,
  hclMember,
  inputText,
  inputType,
  isList,
  outputType,
  pascal,
  resetText,
  settable,
  toTerraform,
} from "./generate-bindings.types";

export type Kind = "resource" | "data source" | "provider";

/** Classes of `lib/rendering/elements.ts`. */
export const BASES: { readonly [K in Kind]: string } = {
  resource: "SpecificationElement",
  "data source": "LookupElement",
  provider: "ProviderElement",
};

export interface Subject {
  readonly kind: Kind;
  /** Terraform's name: `zenlayer_vm_instance_spec`, or `zenlayer` for the provider. */
  readonly typeName: string;
  readonly className: string;
  readonly file: string;
  readonly schema: BlockSchema;
}

export const ALIAS = "Name of this provider configuration, where a stack has several.";

export function emitClass(each: Subject): string[] {
  const { kind, className, typeName, schema } = each;
  const attributes = Object.entries(schema.attributes);
  const inputs = settable(schema);
  const blocks = Object.keys(schema.blocks ?? {});
  const isProvider = kind === "provider";
  const base = BASES[kind];
  const optionalConfig = inputs.every(([, { required }]) => required !== true);
  return [
    ...comment(`${schema.description ?? ""} Terraform: \`${typeName}\`.`, ""),
    `export class ${className} extends ${base} {`,
    ...comment("Terraform's type, as the matchers of the library's Testing take it.", "  "),
    `  public static readonly tfResourceType = "${typeName}";`,
    "",
    ...(isProvider ? [] : emitImport(each)),
    ...inputs.map(([name, { type }]) => `  private _${camel(name)}: ${inputType(type)} | undefined;`),
    ...(isProvider ? ["  private _alias: string | undefined;"] : []),
    ...blocks.map(
      (name) => `  private readonly _${camel(name)} = new ${className}${pascal(name)}OutputReference(this, "${name}");`,
    ),
    ...attributes.filter(([, { type }]) => isList(type)).map(([name]) => listField(className, name)),
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
    isProvider ? `      terraformProviderSource: "${PROVIDER_ADDRESS}",` : "      ...metaArguments(config, scope, id),",
    "    });",
    ...inputs.map(([name]) => `    this._${camel(name)} = config.${camel(name)} ?? undefined;`),
    ...(isProvider ? ["    this._alias = config.alias ?? undefined;"] : []),
    ...blocks.map((name) => `    this._${camel(name)}.internalValue = config.${camel(name)} ?? undefined;`),
    "  }",
    ...attributes.flatMap(([name, attribute]) => emitAccessors(each, name, attribute)),
    ...(isProvider ? configured("alias", "string", ALIAS, false, "override ") : []),
    ...Object.entries(schema.blocks ?? {}).flatMap(([name, { block }]) =>
      blockAccessors(className, name, block.description),
    ),
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
    `    this._${camel(name)} = value ?? undefined;`,
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
    `    this._${camel(name)} = value ?? undefined;`,
    "  }",
    ...resetAndInput(name, type, required),
  ];
}

function resetAndInput(name: string, type: Type, required: boolean): string[] {
  const reset = [
    ...comment(resetText(name), "  "),
    `  public reset${pascal(name)}(): void {`,
    `    this._${camel(name)} = undefined;`,
    "  }",
  ];
  return [
    ...(required ? [] : reset),
    ...comment(inputText(name), "  "),
    `  public get ${camel(name)}Input(): ${inputType(type)} | undefined {`,
    `    return this._${camel(name)};`,
    "  }",
  ];
}

function blockAccessors(className: string, name: string, description = ""): string[] {
  const struct = `${className}${pascal(name)}`;
  return [
    "",
    ...comment(description, "  "),
    `  public get ${camel(name)}(): ${struct}OutputReference {`,
    `    return this._${camel(name)};`,
    "  }",
    ...comment(`Sets the whole block \`${camel(name)}\`.`, "  "),
    `  public put${pascal(name)}(value: ${struct}): void {`,
    `    this._${camel(name)}.internalValue = value;`,
    "  }",
    ...comment(resetText(name), "  "),
    `  public reset${pascal(name)}(): void {`,
    `    this._${camel(name)}.internalValue = undefined;`,
    "  }",
    ...comment(inputText(name), "  "),
    `  public get ${camel(name)}Input(): ${struct} | cdktf.IResolvable | undefined {`,
    `    return this._${camel(name)}.internalValue;`,
    "  }",
  ];
}

function listField(className: string, name: string): string {
  return `  private _${camel(name)}: ${className}${pascal(name)}List | undefined;`;
}
