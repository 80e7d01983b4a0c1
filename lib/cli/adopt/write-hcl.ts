// Plain HCL: the provider, and for each machine its import blocks and resources.
import { AXES, formatValue, type Axis, type AxisValue } from "../../engine";
import { PROVIDER_ADDRESS, PROVIDER_VERSION } from "../../schema";
import { commentText, hclString } from "./escape";
import { identifiersOf, type Style } from "./identifiers";
import type { Inventory } from "./inventory";
import { commentsOf, preamble, skippedLines, type ProviderSettings } from "./words";
import type { AdoptedMachine } from "./choose";

/** Every resource type has names of its own in HCL, so that nothing is reserved. */
const HCL_STYLE: Style = { separator: "_", letters: "unicode", reserved: [] };

export function hclIdentifiers(machines: readonly AdoptedMachine[]): readonly string[] {
  return identifiersOf(
    machines.map(({ instance }) => instance),
    HCL_STYLE,
  );
}

export function writeHcl(inventory: Inventory, settings: ProviderSettings): string {
  const { adopted, skipped } = inventory;
  const names = hclIdentifiers(adopted);
  const { common, own } = commentsOf(adopted, "hcl");
  const blocks = [
    comment([...preamble("hcl", inventory), ...common]),
    TERRAFORM_BLOCK,
    block("provider", ["zenlayer"], providerAttributes(settings)),
    ...adopted.map((machine, index) => machineBlocks(machine, names[index] ?? "", own[index] ?? [])),
    ...(skipped.length === 0 ? [] : [comment(skippedLines(skipped))]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const TERRAFORM_BLOCK = `terraform {
  required_providers {
    zenlayer = {
      source  = ${hclString(PROVIDER_ADDRESS)}
      version = ${hclString(PROVIDER_VERSION)}
    }
  }
}`;

function providerAttributes({ endpoint, profile }: ProviderSettings): [string, string][] {
  return [
    ...(endpoint === undefined ? [] : [["endpoint", hclString(endpoint)] as [string, string]]),
    ...(profile === undefined ? [] : [["profile", hclString(profile)] as [string, string]]),
  ];
}

function machineBlocks(machine: AdoptedMachine, name: string, notes: readonly string[]): string {
  const { instance, specifications } = machine;
  const id = hclString(instance.instanceId);
  const blocks = specifications.map(({ type, desired }) => {
    const values = AXES.flatMap((axis): [string, string][] => {
      const value: AxisValue | undefined = desired[axis];
      return value === undefined ? [] : [[axis, literal(axis, value)]];
    });
    return [
      block(
        "import",
        [],
        [
          ["to", `${type}.${name}`],
          ["id", id],
        ],
      ),
      block("resource", [type, name], [["instance_id", id], ...values]),
    ].join("\n\n");
  });
  return `${comment(notes)}\n${blocks.join("\n\n")}`;
}

function literal(axis: Axis, value: AxisValue): string {
  return typeof value === "string" ? hclString(value) : formatValue(axis, value);
}

/** A block as `terraform fmt` writes it. */
function block(type: string, labels: readonly string[], attributes: readonly (readonly [string, string])[]): string {
  const head = [type, ...labels.map(hclString)].join(" ");
  if (attributes.length === 0) return `${head} {}`;
  const width = Math.max(...attributes.map(([name]) => name.length));
  const lines = attributes.map(([name, value]) => `  ${name.padEnd(width)} = ${value}`);
  return `${head} {\n${lines.join("\n")}\n}`;
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => `# ${commentText(line)}`.trimEnd()).join("\n");
}
