// What the digest of a plan covers, line by line: what is done to which machine, and what the plan edits, runs and tells others to do.
import { createHash } from "node:crypto";
import { hasUnknown } from "../facts/actions";
import { plannedSteps, shownValues } from "../facts/changes";
import { isMachine, isZenlayer, machineOf, productOf, realInstanceId, SETTINGS } from "../facts/ours";
import { redactor } from "../facts/secrets";
import { HIDDEN, isHidden, isSensitive, isUnknown } from "../facts/sensitive";
import { doesSomething, forgottenFact } from "../facts/surroundings";
import type { ActionInvocation } from "../input/actions";
import type { ConfiguredResource } from "../input/configuration";
import { at, textAt } from "../input/json";
import { sortedBy } from "../input/order";
import { withoutIndexes, type Plan, type ResourceChange } from "../input/plan";
import { changedLeaves, configLeaves, sortedJson } from "./leaves";
import { providerEntries } from "./provider-entries";

export interface CanonicalEntry {
  readonly address: string;
  /** `adopt`, `change`, `forget` or `replace` for ours, `invoke` for an action, `use` for a provider; Terraform's actions joined by `,` for others. */
  readonly action: string;
  /** The machine, also behind what others destroy or replace. */
  readonly machine: string | null;
  /** The calls of ours. Null: what is done is known only at apply. */
  readonly steps: readonly CanonicalStep[] | null;
  /** What else is covered, `name = value`: settings that are edited, attributes of others, commands, configuration. */
  readonly details: readonly string[];
}

export interface CanonicalStep {
  readonly step: number;
  readonly action: string;
  readonly axis: string;
  readonly from: string | null;
  readonly to: string;
  readonly direction: string;
  readonly takes_effect: string;
  readonly charge: string;
}

/** A line with its real values beside what may be shown of it. */
interface Line {
  readonly real: CanonicalEntry;
  readonly shown: CanonicalEntry;
}

/** What a plan does, sorted. Sensitive values count as what they are, but only for the digest: never show this. */
export function canonicalChanges(plan: Plan): readonly CanonicalEntry[] {
  return sorted(linesOf(plan).map(({ real }) => real));
}

/** The same, to be shown and compared: sensitive values are hidden, and those of other vendors' resources are only fingerprints. */
export function shownChanges(plan: Plan): readonly CanonicalEntry[] {
  const hide = redactor([plan]);
  return sorted(linesOf(plan).map(({ shown }) => ({ ...shown, details: shown.details.map((detail) => hide(detail)) })));
}

function linesOf(plan: Plan): readonly Line[] {
  const configured = new Map(plan.configured.map((resource) => [resource.address, resource]));
  const lines = [
    ...[...plan.changes, ...plan.deferred]
      .filter(({ mode }) => mode === "managed")
      .filter(doesSomething)
      .map((change) => {
        const resource = configured.get(withoutIndexes(change.address)) ?? null;
        const line = productOf(change) === null ? foreignLine(plan, change, resource) : ownLine(change);
        return withPrefix(line, [
          ...(change.deferred === null ? [] : ["deferred to a later plan"]),
          // The same done by another configuration of the provider is done in another account or region.
          ...(resource?.providerAlias ? [`provider = ${resource.providerAlias}`] : []),
        ]);
      }),
    ...plan.actions.map(actionLine),
  ];
  return lines.length === 0 ? [] : [...lines, ...providerEntries(plan)];
}

function withPrefix({ real, shown }: Line, details: readonly string[]): Line {
  return {
    real: { ...real, details: [...details, ...real.details] },
    shown: { ...shown, details: [...details, ...shown.details] },
  };
}

function ownLine(change: ResourceChange): Line {
  const product = productOf(change) ?? "vm";
  const planned = plannedSteps(change);
  const place = { plan: "", address: change.address, construct_path: null };
  const cancels = forgottenFact(change, product, place)?.cancels.map((axis) => `,cancel ${axis}`) ?? [];
  const settings = settingsOf(change);
  const moved = change.previousAddress === null ? [] : [`moved from = ${change.previousAddress}`];
  const real: CanonicalEntry = {
    address: change.address,
    action: ownAction(change) + cancels.join(""),
    machine: realInstanceId(change),
    steps: planned.kind === "not_reviewable" ? null : planned.steps.map(stepOf),
    details: [...moved, ...settings.map(([name, value]) => `${name} = ${value}`)],
  };
  const shown: CanonicalEntry = {
    ...real,
    machine: machineOf(change, product).id,
    steps: real.steps?.map((step) => ({ ...step, ...shownValues(change, step) })) ?? null,
    details: [...moved, ...settings.map(([name, value]) => `${name} = ${isHidden(change, name) ? HIDDEN : value}`)],
  };
  return { real, shown };
}

/** Besides the values of the axes, which the calls say: guards and other settings that the plan sets, edits or removes; for what is destroyed, how. */
function settingsOf(change: ResourceChange): readonly (readonly [string, string])[] {
  if (change.after === null) {
    const onDestroy = textAt(change.before, "on_destroy");
    return onDestroy === null ? [] : [["on_destroy", JSON.stringify(onDestroy)]];
  }
  const replaced = change.actions.includes("create");
  return SETTINGS.flatMap((name): (readonly [string, string])[] => {
    if (isUnknown(change.afterUnknown, name)) return [[name, "unknown"]];
    const before = replaced ? "null" : sortedJson(at(change.before, name) ?? null);
    const after = sortedJson(at(change.after, name) ?? null);
    return before === after ? [] : [[name, after]];
  });
}

function foreignLine(plan: Plan, change: ResourceChange, configured: ConfiguredResource | null): Line {
  const actions = change.actions.filter((action) => action !== "no-op");
  const extra = [
    ...(change.importing === null ? [] : ["import"]),
    ...(change.previousAddress === null ? [] : ["move"]),
    ...(change.deposed === null ? [] : ["deposed"]),
  ];
  const id = isMachine(change) && change.actions.includes("delete") ? textAt(change.before, "id") : null;
  const applies = change.actions.includes("create") || change.actions.includes("update");
  const leaves = applies ? changedLeaves(change, configured, plan.timestamp) : [];
  const commands = change.actions.some((action) => action === "create" || action === "delete")
    ? (configured?.provisioners ?? []).map((item, index) => `provisioner[${index}] = ${sortedJson(item)}`)
    : [];
  const origin = [
    ...(change.importing === null ? [] : [`import id = ${JSON.stringify(change.importing.id)}`]),
    ...(change.previousAddress === null ? [] : [`moved from = ${change.previousAddress}`]),
  ];
  const real: CanonicalEntry = {
    address: change.address,
    action: [...extra, ...actions].join(","),
    machine: id,
    steps: [],
    details: [...origin, ...leaves.map(({ path, value }) => `${path} = ${value}`), ...commands],
  };
  const open = isZenlayer(change);
  const shown: CanonicalEntry = {
    ...real,
    machine: id !== null && isSensitive(change.beforeSensitive, "id") ? HIDDEN : id,
    details: [
      ...origin,
      ...leaves.map(
        ({ path, value }) =>
          `${path} = ${open || /^(?:unknown|changes|null)$/.test(value) ? value : fingerprint(value)}`,
      ),
      ...commands,
    ],
  };
  return { real, shown };
}

/** Values of other vendors' resources may be secrets that nobody marked: enough to tell two apart, and no more. */
function fingerprint(value: string): string {
  return `sha256:${createHash("sha256").update(value).digest("hex").slice(0, 12)}`;
}

function actionLine(invocation: ActionInvocation): Line {
  const { trigger } = invocation;
  const entry: CanonicalEntry = {
    address: invocation.address,
    action: invocation.deferred === null ? "invoke" : "invoke,deferred",
    machine: null,
    steps: invocation.deferred !== null || hasUnknown(invocation) ? null : [],
    details: [
      trigger.kind === "invoke"
        ? `by hand${trigger.address === null ? "" : ` for = ${trigger.address}`}`
        : `${trigger.event} of = ${trigger.address} [${trigger.blockIndex}, ${trigger.listIndex}], on failure ${trigger.onFailure ?? "unsaid"}`,
      ...configLeaves(invocation.config, invocation.sensitive, invocation.unknown).map(
        ({ path, value }) => `${path} = ${value}`,
      ),
    ],
  };
  return { real: entry, shown: entry };
}

function stepOf(step: CanonicalStep): CanonicalStep {
  const { step: number, action, axis, from, to, direction, takes_effect, charge } = step;
  return { step: number, action, axis, from, to, direction, takes_effect, charge };
}

function ownAction(change: ResourceChange): string {
  const creates = change.actions.includes("create");
  if (change.deposed !== null) return "drop";
  if (change.actions.includes("delete") || change.actions.includes("forget")) return creates ? "replace" : "forget";
  return creates || change.importing !== null ? "adopt" : "change";
}

function sorted(entries: readonly CanonicalEntry[]): readonly CanonicalEntry[] {
  return sortedBy(entries, (entry) => JSON.stringify(entry));
}
