// What users build on, as lines of text: the provider's schema, the JSON schemas, the exit codes. Descriptions are no part of it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../lib/cli/main";
import {
  dataSourceSchemas,
  providerSchema,
  resourceSchemas,
  type AttributeSchema,
  type BlockSchema,
} from "../../lib/schema";

const SCHEMAS = join(__dirname, "..", "..", "docs", "schemas");

/** Name → what is promised of it. A changelog names a change by the last part of the name. */
export type Contract = { readonly [name: string]: string };

export async function contract(): Promise<Contract> {
  const lines = [...providerLines(), ...jsonSchemaLines(), ...(await exitCodeLines())];
  return Object.fromEntries(lines.sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Line = readonly [name: string, promise: string];

function providerLines(): readonly Line[] {
  const blocks: readonly (readonly [string, BlockSchema & { readonly version?: number }])[] = [
    ["provider", providerSchema],
    ...Object.entries(resourceSchemas).map(([name, schema]) => [`resource ${name}`, schema] as const),
    ...Object.entries(dataSourceSchemas).map(([name, schema]) => [`data ${name}`, schema] as const),
  ];
  return blocks.flatMap(([name, block]) => [
    [name, `version ${block.version ?? 0}`] as const,
    ...blockLines(name, block),
  ]);
}

function blockLines(name: string, { attributes, blocks = {} }: BlockSchema): readonly Line[] {
  return [
    ...Object.entries(attributes).map(([key, schema]) => [`${name}.${key}`, attributeText(schema)] as const),
    ...Object.entries(blocks).flatMap(([key, { nesting, block, minItems = 0, maxItems = 0 }]) => [
      [`${name}.${key}`, `block ${nesting} ${minItems} ${maxItems}`] as const,
      ...blockLines(`${name}.${key}`, block),
    ]),
  ];
}

function attributeText({ type, description: _description, ...flags }: AttributeSchema): string {
  const set = Object.entries(flags).flatMap(([flag, value]) => (value === false ? [] : [flag]));
  return [JSON.stringify(type), ...set.sort()].join(" ");
}

function jsonSchemaLines(): readonly Line[] {
  return readdirSync(SCHEMAS).flatMap((file) => {
    const name = `schema ${file.replace(/\.json$/, "")}`;
    return valueLines(name, JSON.parse(readFileSync(join(SCHEMAS, file), "utf8")));
  });
}

/** Keywords of JSON Schema are told after the name of what they are about, which so stays the last part of its own. */
function valueLines(name: string, schema: unknown): readonly Line[] {
  if (typeof schema !== "object" || schema === null) return [[name, JSON.stringify(schema)]];
  const own: [string, unknown][] = [];
  const nested: Line[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (["description", "title", "$id", "$schema", "examples", "$comment"].includes(keyword)) continue;
    if (["properties", "$defs", "patternProperties", "definitions"].includes(keyword)) {
      for (const [key, each] of Object.entries(value as object)) nested.push(...valueLines(`${name}.${key}`, each));
    } else own.push([keyword, withoutWords(value)]);
  }
  return [[name, JSON.stringify(Object.fromEntries(own))], ...nested];
}

function withoutWords(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each: unknown) =>
      ["description", "title"].includes(key) && typeof each === "string" ? undefined : each,
    ),
  );
}

/** As the help of each command tells them. */
async function exitCodeLines(): Promise<readonly Line[]> {
  const lines: Line[] = [];
  const open: string[][] = [[]];
  for (let command = open.pop(); command !== undefined; command = open.pop()) {
    const help = await helpOf(command);
    const codes = /\nExit codes:\n((?: {2}.*\n)+)/.exec(help)?.[1] ?? "";
    for (const [, code = "", meaning = ""] of codes.matchAll(/^ {2}(\d+) +(.*)$/gm)) {
      lines.push([`${["cdktf-zenlayer", ...command].join(" ")} exit code ${code}`, meaning]);
    }
    const commands = /\nCommands:\n((?: {2}.*\n)+)/.exec(help)?.[1] ?? "";
    for (const [, name = ""] of commands.matchAll(/^ {2}([a-z]+) /gm))
      if (name !== "help") open.push([...command, name]);
  }
  return lines;
}

async function helpOf(command: readonly string[]): Promise<string> {
  let text = "";
  const write = jest.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    await run([...command, "--help"]);
  } finally {
    write.mockRestore();
  }
  return `${text}\n`;
}
