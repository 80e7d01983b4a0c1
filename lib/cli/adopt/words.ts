// What both written forms say in their comments.
import type { Instance } from "../../api";
import { describeValue, type Axis, type PendingChange } from "../../engine";
import type { AdoptedMachine, SkippedMachine } from "./choose";
import { quoted } from "./escape";
import type { Inventory } from "./inventory";

/** What was said on the command line and must hold for the plans too. */
export interface ProviderSettings {
  readonly endpoint?: string;
  readonly profile?: string;
}

const NEXT: Readonly<Record<"constructs" | "hcl", string>> = {
  constructs: "Run it, then terraform init and terraform plan in cdktf.out/stacks/adopted",
  hcl: "Run cdktf-zenlayer plugin install (once per user), terraform init and terraform plan",
};

/** The lines at the top of a file. */
export function preamble(format: "constructs" | "hcl", { adopted }: Inventory): readonly string[] {
  const resources = adopted.reduce((sum, { specifications }) => sum + specifications.length, 0);
  return [
    "Written once by `cdktf-zenlayer adopt`; yours to change.",
    `${NEXT[format]}: the plan says "${resources} to import, 0 to add, 0 to change, 0 to destroy".`,
    "Each value is the one that its machine is committed to: where a scheduled change leads, else what is in force.",
  ];
}

/** `"web-1" (VM 9000…, SEL-A): RUNNING, PREPAID, ByBandwidth` */
export function headline(instance: Instance): string {
  const facts = [instance.instanceStatus, instance.instanceChargeType, instance.internetChargeType];
  return `${machineWords(instance)}: ${facts.filter((fact) => fact !== "").join(", ")}`;
}

/** What is pending and what is left out of a machine; `name` is an attribute in the words of the format. */
export function notesOf(machine: AdoptedMachine, name: (axis: Axis) => string): readonly string[] {
  return [
    ...machine.pending.map((change) => pendingWords(change, name(change.axis))),
    ...machine.omissions.map(({ axis, reason }) => `${name(axis)} is not set: ${reason}`),
  ];
}

function pendingWords({ axis, from, to, phase, effectiveAt }: PendingChange, name: string): string {
  const change = `${name} ${describeValue(axis, from)} → ${describeValue(axis, to)}`;
  if (phase === "processing") return `being changed: ${change}`;
  return `scheduled: ${change}${effectiveAt === null ? "" : ` at ${effectiveAt}`}`;
}

/** The machines that are not adopted, with the reasons. */
export function skippedLines(skipped: readonly SkippedMachine[]): readonly string[] {
  return ["Left out:", ...skipped.map(({ instance, reason }) => `  ${machineWords(instance)}: ${reason}`)];
}

export function machineWords({ instanceName, product, instanceId, zoneId }: Instance): string {
  return `${quoted(instanceName)} (${product.toUpperCase()} ${instanceId}${zoneId === "" ? "" : `, ${zoneId}`})`;
}
