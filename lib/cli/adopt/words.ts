// What all written forms say in their comments.
import type { Instance } from "../../api";
import { describeValue, type PendingChange } from "../../engine";
import type { AdoptedMachine, SkippedMachine } from "./choose";
import { quoted } from "./escape";
import type { Inventory } from "./inventory";
import { namesIn, type Format } from "./language";

/** What was said on the command line and must hold for the plans too. */
export type ProviderSettings = { readonly endpoint?: string; readonly profile?: string };

const PROGRAM = "terraform init and terraform plan in cdktf.out/stacks/adopted";
const CONFIGURATION = "Run cdktf-zenlayer plugin install (once per user), terraform init and terraform plan";
const NEXT: { readonly [F in Format]: string } = {
  constructs: `Run it, then ${PROGRAM}`,
  javascript: `Run it with node, then ${PROGRAM}`,
  hcl: CONFIGURATION,
  "terraform-json": CONFIGURATION,
};

/** The lines at the top of a file. */
export function preamble(format: Format, { adopted }: Inventory): readonly string[] {
  return [
    "Written once by `cdktf-zenlayer adopt`; yours to change.",
    `${NEXT[format]}: the plan says "${resourceCount(adopted)} to import, 0 to add, 0 to change, 0 to destroy".`,
    "Each value is the one that its machine is committed to: where a scheduled change leads, else what is in force.",
  ];
}

export function resourceCount(adopted: readonly AdoptedMachine[]): number {
  return adopted.reduce((sum, { specifications }) => sum + specifications.length, 0);
}

/** The comments on machines. */
export interface Comments {
  /** What is true of several machines, said once. */
  readonly common: readonly string[];
  /** For each machine its facts, and what is true of it alone. */
  readonly own: readonly (readonly string[])[];
}

export function commentsOf(machines: readonly AdoptedMachine[], format: Format): Comments {
  const names = namesIn(format);
  const remarks = machines.map(({ omissions }) =>
    omissions.map(({ axis, reason }) => `${names[axis]} is not set: ${reason}`),
  );
  const times = new Map<string, number>();
  for (const remark of remarks.flat()) times.set(remark, (times.get(remark) ?? 0) + 1);
  return {
    common: [...times].filter(([, count]) => count > 1).map(([remark, count]) => `For ${count} machines: ${remark}`),
    own: machines.map(({ instance, pending }, index) => [
      headline(instance),
      ...pending.map((change) => pendingWords(change, names[change.axis])),
      ...(remarks[index] ?? []).filter((remark) => times.get(remark) === 1),
    ]),
  };
}

/** `"web-1" (VM 9000…, SEL-A): RUNNING, PREPAID, ByBandwidth` */
function headline(instance: Instance): string {
  const facts = [instance.instanceStatus, instance.instanceChargeType, instance.internetChargeType];
  return `${machineWords(instance)}: ${facts.filter((fact) => fact !== "").join(", ")}`;
}

function pendingWords({ axis, from, to, phase, effectiveAt }: PendingChange, name: string): string {
  const change = `${name} ${describeValue(axis, from)} → ${describeValue(axis, to)}`;
  if (phase === "processing") return `being changed: ${change}`;
  return `scheduled: ${change}${effectiveAt === null ? "" : ` at ${effectiveAt}`}`;
}

/** The machines that are not adopted, with the reasons, each said once. */
export function skippedLines(skipped: readonly SkippedMachine[]): readonly string[] {
  const reasons = new Map<string, SkippedMachine[]>();
  for (const each of skipped) reasons.set(each.reason, [...(reasons.get(each.reason) ?? []), each]);
  const lines = [...reasons].flatMap(([reason, machines]) => {
    const [first] = machines;
    if (first !== undefined && machines.length === 1) return [`  ${leftOut(first)}: ${reason}`];
    return [`  ${reason}:`, ...machines.map((each) => `    ${leftOut(each)}`)];
  });
  return ["Left out:", ...lines];
}

function leftOut({ instance, addresses = [] }: SkippedMachine): string {
  return `${machineWords(instance)}${addresses.length === 0 ? "" : `, as ${addresses.join(" and ")}`}`;
}

function machineWords({ instanceName, product, instanceId, zoneId }: Instance): string {
  return `${quoted(instanceName)} (${product.toUpperCase()} ${instanceId}${zoneId === "" ? "" : `, ${zoneId}`})`;
}
