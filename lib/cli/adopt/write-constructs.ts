// A small program for CDK for Terraform, complete, in TypeScript or JavaScript: the provider and a construct for each machine, which writes its import block
// by itself.
import { formatValue, type Axis, type AxisValue } from "../../engine";
import { KINDS, type ResourceTypeName } from "../../schema";
import { valuesOf, type AdoptedMachine } from "./choose";
import { commentText, typescriptString } from "./escape";
import { identifiersOf, type Style } from "./identifiers";
import type { Inventory } from "./inventory";
import { namesIn } from "./language";
import { commentsOf, preamble, skippedLines, type ProviderSettings } from "./words";

/** `backend` is CDKTF's own child of a stack; `constructor` is no safe name of a property. */
const CONSTRUCT_STYLE: Style = {
  separator: "-",
  letters: "ascii",
  reserved: ["zenlayer", "backend", "constructor"],
};

/** Constructs of one machine must differ in their ids, unlike resources of different types. */
function suffixOf(type: ResourceTypeName): string {
  const { axes } = KINDS[type];
  return axes.length === 1 ? `-${type.split("_").slice(2).join("-")}` : "";
}

const PROPS = namesIn("constructs");
const UNITS: { readonly [A in Axis]: string } = {
  instance_type: "",
  internet_max_bandwidth_out: " // Mbps",
  traffic_package_size: " // TB",
};

/** How the program is written. */
export interface ProgramStyle {
  readonly language: "constructs" | "javascript";
  readonly library: "cdktf" | "cdktn";
  /** How it takes what other modules export. */
  readonly modules: "import" | "require";
}

/** For each machine the ids of its constructs, in the order of its specifications. */
export function constructIds(machines: readonly AdoptedMachine[]): readonly (readonly string[])[] {
  const nameable = machines.map((machine) => ({ ...machine.instance, machine }));
  const idsOf = (machine: AdoptedMachine, identifier: string): readonly string[] =>
    machine.specifications.map(({ type }) => identifier + suffixOf(type));
  const identifiers = identifiersOf(nameable, CONSTRUCT_STYLE, ({ machine }, identifier) => idsOf(machine, identifier));
  return machines.map((machine, index) => idsOf(machine, identifiers[index] ?? ""));
}

export function writeConstructs(inventory: Inventory, settings: ProviderSettings, style: ProgramStyle): string {
  const { adopted, skipped } = inventory;
  const { language, library } = style;
  const { common, own } = commentsOf(adopted, language);
  const ids = constructIds(adopted);
  const classes = new Set(
    adopted.flatMap(({ specifications }) => specifications.map(({ type }) => KINDS[type].construct)),
  );
  const paragraphs = [
    [
      ...comment([...preamble(language, inventory), ...common]),
      taken(["App", "TerraformStack"], library, style),
      taken(
        [...[...classes].sort(), "ZenlayerProvider"],
        `cdktf-zenlayer${library === "cdktn" ? "/cdktn" : ""}`,
        style,
      ),
    ],
    ["const app = new App();", 'const stack = new TerraformStack(app, "adopted");'],
    provider(settings),
    ...adopted.map((machine, index) => statements(machine, ids[index] ?? [], own[index] ?? [])),
    ...(skipped.length === 0 ? [] : [comment(skippedLines(skipped))]),
    ["app.synth();"],
  ];
  return `${paragraphs.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function taken(names: readonly string[], from: string, { modules }: ProgramStyle): string {
  const list = `{ ${names.join(", ")} }`;
  return modules === "import" ? `import ${list} from "${from}";` : `const ${list} = require("${from}");`;
}

function provider(settings: ProviderSettings): readonly string[] {
  const given = Object.entries(settings).map(([name, value]) => `${name}: ${typescriptString(value)}`);
  return [`new ZenlayerProvider(stack, "zenlayer"${given.length === 0 ? "" : `, { ${given.join(", ")} }`});`];
}

function statements(machine: AdoptedMachine, ids: readonly string[], notes: readonly string[]): readonly string[] {
  const { instance, specifications } = machine;
  return [
    ...comment(notes),
    ...specifications.flatMap(({ type, desired }, index) => [
      `new ${KINDS[type].construct}(stack, ${typescriptString(ids[index] ?? "")}, {`,
      `  instance: ${typescriptString(instance.instanceId)},`,
      ...valuesOf(desired).map(([axis, value]) => `  ${PROPS[axis]}: ${literal(axis, value)},${UNITS[axis]}`),
      "});",
    ]),
  ];
}

function literal(axis: Axis, value: AxisValue): string {
  return typeof value === "string" ? typescriptString(value) : formatValue(axis, value);
}

function comment(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `// ${commentText(line)}`.trimEnd());
}
