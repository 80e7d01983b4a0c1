// Emits members of configurations, the classes of nested objects and the classes of blocks.
import type { AttributeSchema, BlockSchema, Type } from "../lib/schema";
import { OBJECT_FIELDS } from "../lib/schema/object-fields";
import {
  camel,
  comment,
  computedGetter,
  elementFields,
  getter,
  hclMember,
  inputText,
  inputType,
  outputType,
  pascal,
  resetText,
  settable,
  toTerraform,
} from "./generate-bindings.types";

export function configMember(name: string, attribute: AttributeSchema): string[] {
  const type = inputType(attribute.type);
  return [
    ...comment(attribute.description, "  "),
    attribute.required === true
      ? `  readonly ${camel(name)}: ${type};`
      : `  readonly ${camel(name)}?: ${type} | undefined;`,
  ];
}

export function emitElementClasses(className: string, attribute: string, type: Type): string[] {
  const fields = elementFields(type);
  if (fields === null) return [];
  const name = `${className}${pascal(attribute)}`;
  return [
    `/** One object of \`${attribute}\`. */`,
    `export class ${name}OutputReference extends cdktf.ComplexObject {`,
    ...comment(`Made by \`get\` of the list.`, "  "),
    "  public constructor(",
    "    terraformResource: cdktf.IInterpolatingParent,",
    "    terraformAttribute: string,",
    "    complexObjectIndex: number,",
    "    complexObjectIsFromSet: boolean,",
    "  ) {",
    "    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);",
    "  }",
    ...Object.entries(fields).flatMap(([field, fieldType]) => [
      "",
      ...comment(fieldText(attribute, field), "  "),
      ...computedGetter(name, field, fieldType),
    ]),
    "}",
    "",
    `/** The objects of \`${attribute}\`. */`,
    `export class ${name}List extends cdktf.ComplexList {`,
    ...comment("One of the objects, counted from 0.", "  "),
    `  public get(index: number): ${name}OutputReference {`,
    `    return new ${name}OutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);`,
    "  }",
    "}",
    "",
  ];
}

function fieldText(attribute: string, field: string): string {
  const text = OBJECT_FIELDS[attribute]?.[field];
  if (text === undefined) throw new Error(`say in lib/schema/object-fields.ts what ${attribute}.${field} means`);
  return text;
}

export function emitBlock(className: string, blockName: string, block: BlockSchema): string[] {
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
    ...comment(block.description ?? "", ""),
    `export class ${name}OutputReference extends cdktf.ComplexObject {`,
    `  private _value: ${name} | cdktf.IResolvable | undefined;`,
    "",
    ...comment("Made by the resource that the block belongs to.", "  "),
    "  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {",
    "    super(terraformResource, terraformAttribute, false);",
    "  }",
    "",
    ...comment("The block as it was configured; undefined where it was not.", "  "),
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
      ...comment(resetText(attribute), "  "),
      `  public reset${pascal(attribute)}(): void {`,
      `    this._value = { ...this.struct, ${camel(attribute)}: undefined };`,
      "  }",
      ...comment(inputText(attribute), "  "),
      `  public get ${camel(attribute)}Input(): ${inputType(type)} | undefined {`,
      `    return this.struct.${camel(attribute)};`,
      "  }",
    ]),
    "}",
    "",
  ];
}
