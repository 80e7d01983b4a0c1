// Plain HCL: the provider, and for each machine its import blocks and resources.
import { formatValue, type Axis, type AxisValue } from "../../engine";
import { PROVIDER_ADDRESS, PROVIDER_VERSION } from "../../schema";
import { commentText, hclString } from "./escape";
import { identifiersOf, type Style } from "./identifiers";
import type { Inventory } from "./inventory";
import { commentsOf, preamble, skippedLines, type ProviderSettings } from "./words";
import { valuesOf, type AdoptedMachine } from "./choose";

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
  const provider = Object.entries(settings).map(([name, value]) => [name, hclString(value)] as const);
  const blocks = [
    comment([...preamble("hcl", inventory), ...common]),
    TERRAFORM_BLOCK,
    block("provider", ["zenlayer"], provider),
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

function machineBlocks(machine: AdoptedMachine, name: string, notes: readonly string[]): string {
  const { instance, specifications } = machine;
  const id = hclString(instance.instanceId);
  const blocks = specifications.flatMap(({ type, desired }) => {
    const values = valuesOf(desired).map(([axis, value]) => [axis, literal(axis, value)] as const);
    return [
      block("import", [], Object.entries({ to: `${type}.${name}`, id })),
      block("resource", [type, name], [["instance_id", id], ...values]),
    ];
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
