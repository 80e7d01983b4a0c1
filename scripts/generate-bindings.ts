// Emits the L1 classes in the shape of prebuilt provider bindings, from the schemas alone. Our own emitter, because the official
// one fails strict compiler options. Pure: returns file texts; `generate.mjs` writes them and a test compares them.
import { dataSourceSchemas, providerSchema, resourceSchemas, type BlockSchema } from "../lib/schema";
import { ALIAS, BASES, emitClass, type Kind, type Subject } from "./generate-bindings.class";
import { configMember, emitBlock, emitElementClasses } from "./generate-bindings.nested";
import { camel, comment, elementFields, pascal, settable } from "./generate-bindings.types";

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
    `import { ${BASES[kind]} } from "../../rendering";`,
    ...(kind === "provider" ? [] : [`import { metaArguments, type MetaArguments } from "../meta-arguments";`]),
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

function emitConfig({ kind, className, typeName, schema }: Subject): string[] {
  const inherits = kind === "provider" ? "" : " extends MetaArguments";
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

function article(kind: Kind): string {
  return kind === "provider" ? "the provider" : kind === "resource" ? "a resource" : "a data source";
}
