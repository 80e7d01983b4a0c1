// "Apply exactly what was reviewed": a digest of what a plan does, equal for every plan that does the same.
import { createHash } from "node:crypto";
import { plannedSteps } from "../facts/changes";
import { ReviewError } from "../input/errors";
import { doesSomething, forgottenFact } from "../facts/surroundings";
import { machineOf, productOf, realInstanceId } from "../facts/ours";
import type { Plan, ResourceChange } from "../input/plan";
import { isSensitive } from "../facts/sensitive";

/**
 * One line of what the digest covers: for our resources the machine and each call (no prices, no times), for all others the
 * address and the actions, so that a machine destroyed by another provider is covered too.
 */
export interface CanonicalEntry {
  readonly address: string;
  /** `adopt`, `change`, `forget` or `replace` for ours; Terraform's actions joined by `,` for others. */
  readonly action: string;
  readonly machine: string | null;
  /** Null: known only at apply. */
  readonly steps: readonly CanonicalStep[] | null;
}

export interface CanonicalStep {
  readonly step: number;
  readonly action: string;
  readonly axis: string;
  readonly from: string | null;
  readonly to: string;
  readonly direction: string;
  readonly charge: string;
}

const PREFIX = "sha256:";

/** What a plan does, sorted by address. Sensitive values count as what they are, but only for the digest: never show this. */
export function canonicalChanges(plan: Plan): readonly CanonicalEntry[] {
  return [...plan.changes, ...plan.deferred]
    .filter(doesSomething)
    .filter((change) => change.mode === "managed")
    .map(canonicalEntry)
    .sort((a, b) => order(JSON.stringify(a), JSON.stringify(b)));
}

/** The same, to be shown and compared: sensitive machines and values are hidden. */
export function shownChanges(plan: Plan): readonly CanonicalEntry[] {
  return [...plan.changes, ...plan.deferred]
    .filter(doesSomething)
    .filter((change) => change.mode === "managed")
    .map((change) => {
      const entry = canonicalEntry(change);
      const product = productOf(change);
      if (product === null) return entry;
      const hide = (axis: string, value: string) =>
        isSensitive(change.afterSensitive, axis) || isSensitive(change.beforeSensitive, axis) ? "(sensitive)" : value;
      return {
        ...entry,
        machine: machineOf(change, product).id,
        steps:
          entry.steps?.map((step) => ({
            ...step,
            from: step.from === null ? null : hide(step.axis, step.from),
            to: hide(step.axis, step.to),
          })) ?? null,
      };
    })
    .sort((a, b) => order(JSON.stringify(a), JSON.stringify(b)));
}

/** Digest of what the plans do, whatever their names, files and order. */
export function changesDigest(plans: readonly Plan[]): string {
  return combined(plans.map((plan) => sha256(JSON.stringify(canonicalChanges(plan)))));
}

/** Digest of the plan files themselves: for one plan what `sha256sum plan.json` prints. */
export function exactDigest(plans: readonly Plan[]): string {
  return combined(plans.map((plan) => sha256(plan.bytes)));
}

/** A digest as a user gives it, in the form of the report; null when the text is no digest at all (a file name, say). */
export function parseDigest(text: string): string | null {
  const match = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(text.trim());
  if (match?.[1] !== undefined) return PREFIX + match[1].toLowerCase();
  const digits = /^sha256:(.*)$/is.exec(text.trim())?.[1] ?? /^[0-9a-f]{16,}$/i.exec(text.trim())?.[0];
  if (digits !== undefined) {
    const why = /[^0-9a-f]/i.test(digits)
      ? "it has other characters"
      : `it has ${digits.length}${digits.length < 64 ? " (cut off?)" : ""}`;
    throw new ReviewError(
      "bad_digest",
      `${JSON.stringify(text)} is not a digest: a digest is sha256: and 64 hexadecimal digits, and ${why}. Copy it from the report.`,
    );
  }
  return null;
}

function canonicalEntry(change: ResourceChange): CanonicalEntry {
  const product = productOf(change);
  if (product === null) {
    const actions = change.actions.filter((action) => action !== "no-op");
    const extra = [
      ...(change.importing === null ? [] : ["import"]),
      ...(change.previousAddress === null ? [] : ["move"]),
    ];
    return { address: change.address, action: [...extra, ...actions].join(","), machine: null, steps: [] };
  }
  const planned = plannedSteps(change);
  const cancels =
    forgottenFact(change, product, { plan: "", address: "", construct_path: null })?.cancels.map(
      (axis) => `,cancel ${axis}`,
    ) ?? [];
  return {
    address: change.address,
    action: ownAction(change) + cancels.join(""),
    machine: realInstanceId(change),
    steps:
      planned.kind === "not_reviewable"
        ? null
        : planned.steps.map(({ step, action, axis, from, to, direction, charge }) => ({
            step,
            action,
            axis,
            from,
            to,
            direction,
            charge,
          })),
  };
}

function ownAction(change: ResourceChange): string {
  const creates = change.actions.includes("create");
  if (change.actions.includes("delete") || change.actions.includes("forget")) return creates ? "replace" : "forget";
  return creates || change.importing !== null ? "adopt" : "change";
}

function combined(digests: readonly string[]): string {
  const only = digests.length === 1 ? digests[0] : undefined;
  return PREFIX + (only ?? sha256([...digests].sort().join("\n")));
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
