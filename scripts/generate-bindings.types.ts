// How the values of each Terraform type are written in TypeScript, and the words of the emitter.
import type { AttributeSchema, BlockSchema, Type } from "../lib/schema";

/** Hover text of `resetX`. */
export function resetText(name: string): string {
  return `Takes \`${camel(name)}\` back, as if it had never been given.`;
}

/** Hover text of `xInput`. */
export function inputText(name: string): string {
  return `\`${camel(name)}\` as it was configured; undefined where it was not.`;
}

/** The object's fields of a list or set of objects, else null. */
export function elementFields(type: Type): { readonly [name: string]: Type } | null {
  if (typeof type === "string" || (type[0] !== "list" && type[0] !== "set")) return null;
  const element = type[1];
  return typeof element !== "string" && element[0] === "object" ? element[1] : null;
}

export function isList(type: Type): boolean {
  return elementFields(type) !== null;
}

/** Getter of a computed value, as a token. */
export function computedGetter(className: string, name: string, type: Type): string[] {
  if (isList(type)) {
    return [
      `  public get ${camel(name)}(): ${className}${pascal(name)}List {`,
      // Made when it is asked for: each takes a stack trace, and most machines of a fleet are never asked.
      `    return (this._${camel(name)} ??= new ${className}${pascal(name)}List(this, "${name}", ${type[0] === "set"}));`,
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
    `the emitter has no rule for the type ${JSON.stringify(type)}: add one to scripts/generate-bindings.types.ts`,
  );
}

export function inputType(type: Type): string {
  return rendering(type).input;
}

export function outputType(type: Type): string {
  return rendering(type).output;
}

export function getter(type: Type, name: string): string {
  return `this.${rendering(type).getter}("${name}")`;
}

export function toTerraform(type: Type): string {
  return rendering(type).json;
}

export function hclMember(name: string, type: Type, value: string, indent = ""): string[] {
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

export function settable(block: BlockSchema): [string, AttributeSchema][] {
  return Object.entries(block.attributes).filter(
    ([, { required, optional }]) => required === true || optional === true,
  );
}

export function pascal(name: string): string {
  return name.replace(/(^|_)([a-z])/g, (_match, _separator, letter: string) => letter.toUpperCase());
}

export function camel(name: string): string {
  const text = pascal(name);
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A doc comment wrapped at 120 columns. */
export function comment(text: string, indent: string): string[] {
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
