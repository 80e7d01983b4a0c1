// A small program for CDK for Terraform, complete: the provider and a construct for each machine, which writes its import block by itself.
import { AXES, formatValue, type Axis, type AxisValue } from "../../engine";
import { KINDS, type ResourceTypeName } from "../../schema";
import type { AdoptedMachine } from "./choose";
import { commentText, typescriptString } from "./escape";
import { identifiersOf, type Style } from "./identifiers";
import type { Inventory } from "./inventory";
import { headline, notesOf, preamble, skippedLines, type ProviderSettings } from "./words";

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

const PROPS: { readonly [A in Axis]: { readonly name: string; readonly unit: string } } = {
  instance_type: { name: "instanceType", unit: "" },
  internet_max_bandwidth_out: { name: "bandwidth", unit: " // Mbps" },
  traffic_package_size: { name: "trafficPackageSize", unit: " // TB" },
};

/** For each machine the ids of its constructs, in the order of its specifications. */
export function constructIds(machines: readonly AdoptedMachine[]): readonly (readonly string[])[] {
  const nameable = machines.map((machine) => ({ ...machine.instance, machine }));
  const idsOf = (machine: AdoptedMachine, identifier: string): readonly string[] =>
    machine.specifications.map(({ type }) => identifier + suffixOf(type));
  const identifiers = identifiersOf(nameable, CONSTRUCT_STYLE, ({ machine }, identifier) => idsOf(machine, identifier));
  return machines.map((machine, index) => idsOf(machine, identifiers[index] ?? ""));
}

export function writeConstructs(inventory: Inventory, settings: ProviderSettings): string {
  const { adopted, skipped } = inventory;
  const ids = constructIds(adopted);
  const classes = new Set(
    adopted.flatMap(({ specifications }) => specifications.map(({ type }) => KINDS[type].construct)),
  );
  const paragraphs = [
    [
      ...comment(preamble("constructs", inventory)),
      'import { App, TerraformStack } from "cdktf";',
      `import { ${[...classes].sort().join(", ")}, ZenlayerProvider } from "cdktf-zenlayer";`,
    ],
    ["const app = new App();", 'const stack = new TerraformStack(app, "adopted");'],
    provider(settings),
    ...adopted.map((machine, index) => statements(machine, ids[index] ?? [])),
    ...(skipped.length === 0 ? [] : [comment(skippedLines(skipped))]),
    ["app.synth();"],
  ];
  return `${paragraphs.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function provider({ endpoint, profile }: ProviderSettings): readonly string[] {
  const settings = Object.entries({ endpoint, profile }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${typescriptString(value)}`],
  );
  return [`new ZenlayerProvider(stack, "zenlayer"${settings.length === 0 ? "" : `, { ${settings.join(", ")} }`});`];
}

function statements(machine: AdoptedMachine, ids: readonly string[]): readonly string[] {
  const { instance, specifications } = machine;
  return [
    ...comment([headline(instance), ...notesOf(machine, (axis) => PROPS[axis].name)]),
    ...specifications.flatMap(({ type, desired }, index) => [
      `new ${KINDS[type].construct}(stack, ${typescriptString(ids[index] ?? "")}, {`,
      `  instance: ${typescriptString(instance.instanceId)},`,
      ...AXES.flatMap((axis) => {
        const value: AxisValue | undefined = desired[axis];
        return value === undefined ? [] : [`  ${PROPS[axis].name}: ${literal(axis, value)},${PROPS[axis].unit}`];
      }),
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
