// An apply that failed half way leaves the rest of what was approved: it may be applied if everything that is missing is done already.
import { kindOf } from "../../schema";
import { HIDDEN } from "../facts/sensitive";
import { at, scalarText, textAt } from "../input/json";
import { grouped } from "../input/order";
import { withoutIndexes, type Plan, type StateResource } from "../input/plan";
import type { PlannedEntry } from "./approval";
import { shownChanges, type CanonicalEntry, type CanonicalStep } from "./canonical";
import { sortedJson } from "./leaves";

export interface Rest {
  /** What was approved and is done already. */
  readonly done: readonly string[];
  /** What was approved, is not planned, and is not done either. */
  readonly missing: readonly string[];
  /** What is planned and was not approved. */
  readonly added: readonly string[];
  /** What cannot be told, because its values are hidden. */
  readonly hidden: readonly string[];
  /** Where what was not approved is. */
  readonly places: readonly { readonly plan: string; readonly address: string }[];
}

export interface NamedPlan {
  readonly name: string;
  readonly plan: Plan;
}

/** Compares what was approved with what is planned; null when the stacks are not the same. */
export function restOf(approved: readonly PlannedEntry[], plans: readonly NamedPlan[]): Rest | null {
  const pairs = pairsOf(approved, plans);
  if (pairs === null) return null;
  const parts = pairs.map(({ entries, plan, name }) => compare(entries, plan, name));
  return {
    done: parts.flatMap((part) => part.done),
    missing: parts.flatMap((part) => part.missing),
    added: parts.flatMap((part) => part.added),
    hidden: parts.flatMap((part) => part.hidden),
    places: parts.flatMap((part) => part.places),
  };
}

/** By the names of the stacks; one stack is itself under any name. */
function pairsOf(approved: readonly PlannedEntry[], plans: readonly NamedPlan[]) {
  const names = [...new Set(approved.map(({ plan }) => plan))];
  const [only] = plans;
  if (plans.length === 1 && only !== undefined && names.length <= 1)
    return [{ entries: approved, plan: only.plan, name: only.name }];
  if (!names.every((name) => plans.some((item) => item.name === name))) return null;
  return plans.map(({ name, plan }) => ({ entries: approved.filter((entry) => entry.plan === name), plan, name }));
}

function compare(approved: readonly CanonicalEntry[], plan: Plan, name: string): Rest {
  const planned = shownChanges(plan);
  const state = new Map(plan.prior.filter(({ mode }) => mode === "managed").map((item) => [item.address, item]));
  const { only: left, others: open } = withoutEqual(planned, approved);
  const taken = new Set<CanonicalEntry>();
  const byAddress = new Map(grouped(open, ({ address }) => [address]).map((group) => [group[0].address, group]));
  const added: CanonicalEntry[] = [];
  const done: string[] = [];
  for (const entry of left) {
    const whole = (byAddress.get(entry.address) ?? []).find(
      (other) => !taken.has(other) && isPartOf(entry, other, state.get(entry.address)),
    );
    if (whole === undefined) added.push(entry);
    else {
      taken.add(whole);
      done.push(`${describeEntry(whole)}: in part`);
    }
  }
  const busy = new Set(planned.filter(({ action }) => action !== "use").map(({ address }) => address));
  const missing: string[] = [];
  for (const entry of open.filter((other) => !taken.has(other))) {
    const reached = !busy.has(entry.address) && isDone(entry, state, planned.length > 0);
    if (!reached) missing.push(describeEntry(entry));
    else if (entry.action !== "use") done.push(describeEntry(entry));
  }
  const hidden = [...approved, ...planned].filter(hasHidden).map(({ address }) => address);
  return {
    done,
    missing,
    added: added.map(describeEntry),
    hidden: [...new Set(hidden)],
    places: added.map(({ address }) => ({ plan: name, address })),
  };
}

/** What each of two lists has and the other has not; an entry that stands twice counts twice. */
function withoutEqual(
  entries: readonly CanonicalEntry[],
  others: readonly CanonicalEntry[],
): { readonly only: readonly CanonicalEntry[]; readonly others: readonly CanonicalEntry[] } {
  const open = new Map(grouped(others, (entry) => [keyOf(entry)]).map((group) => [keyOf(group[0]), [...group]]));
  const equal = new Set<CanonicalEntry>();
  const only = entries.filter((entry) => {
    const other = open.get(keyOf(entry))?.shift();
    if (other !== undefined) equal.add(other);
    return other === undefined;
  });
  return { only, others: others.filter((entry) => !equal.has(entry)) };
}

/** Whether a planned line of ours is what is left of an approved one, the other part being done. */
function isPartOf(entry: CanonicalEntry, whole: CanonicalEntry, state: StateResource | undefined): boolean {
  const { steps } = entry;
  if (whole.address !== entry.address || !isOurs(entry) || steps === null || whole.steps === null) return false;
  if (entry.action !== whole.action && !(whole.action === "adopt" && entry.action === "change")) return false;
  if (entry.machine !== whole.machine || !entry.details.every((detail) => whole.details.includes(detail))) return false;
  const axes = new Set([...steps, ...whole.steps].map(({ axis }) => axis));
  const calls = [...axes].every((axis) => {
    const [left, all] = [ofAxis(steps, axis), ofAxis(whole.steps ?? [], axis)];
    if (left.length === 0) return isReached(all, state);
    return sortedJson(left) === sortedJson(all.slice(-left.length));
  });
  const settings = whole.details.filter((detail) => !entry.details.includes(detail));
  return calls && settings.every((detail) => isSet(detail, state));
}

function isDone(entry: CanonicalEntry, state: ReadonlyMap<string, StateResource>, busy: boolean): boolean {
  const resource = state.get(entry.address);
  // Service and account stand with the changes: without any they are not told.
  if (entry.action === "use") return !busy;
  // Whether an action ran is told nowhere, and what was known only at apply is approved for one plan file.
  if (entry.action.startsWith("invoke") || entry.steps === null) return false;
  if (isOurs(entry)) {
    if (entry.action === "drop" || entry.action.startsWith("forget"))
      return entry.action === "drop" || resource === undefined;
    if (resource === undefined || textAt(resource.values, "instance_id") !== entry.machine) return false;
    const axes = [...new Set(entry.steps.map(({ axis }) => axis))];
    const { steps } = entry;
    return (
      axes.every((axis) => isReached(ofAxis(steps, axis), resource)) &&
      entry.details.every((item) => isSet(item, resource))
    );
  }
  const actions = entry.action.split(",");
  const stays = actions.some((action) => ["create", "update", "import", "move"].includes(action));
  const goes = actions.every((action) => action === "delete" || action === "forget");
  return stays ? resource !== undefined : goes && resource === undefined;
}

/** Whether the committed value of the axis is where its calls lead. */
function isReached(steps: readonly Omit<CanonicalStep, "step">[], state: StateResource | undefined): boolean {
  const last = steps.at(-1);
  if (last === undefined) return true;
  const value = scalarText(at(state?.values, last.axis));
  if (value === null) return false;
  return value === last.to || (last.axis !== "instance_type" && Math.abs(Number(value) - Number(last.to)) <= 1e-6);
}

function isSet(detail: string, state: StateResource | undefined): boolean {
  const [, name = "", value = ""] = /^(\S+) = (.*)$/s.exec(detail) ?? [];
  // Where a resource came from, and by whom it is managed, stands in no state.
  if (detail.startsWith("moved from = ") || detail.startsWith("provider = ")) return true;
  return sortedJson(at(state?.values, name) ?? null) === value;
}

/** A covered line as a sentence, for what is new, gone or done. */
function describeEntry({ address, action, machine, steps, details }: CanonicalEntry): string {
  const calls = steps === null ? ["known only at apply"] : steps.map(describeStep);
  const what = [...calls, ...details].join("; ");
  return `${address}: ${action}${machine === null ? "" : ` machine ${machine}`}${what === "" ? "" : `, ${what}`}`;
}

function describeStep({ direction, axis, from, to, charge, takes_effect }: CanonicalStep): string {
  return `${direction} ${axis} ${from ?? "none"} → ${to} (${charge}, ${takes_effect})`;
}

/** Without their numbers: a step that is done moves the others up. */
function ofAxis(steps: readonly CanonicalStep[], wanted: string): readonly Omit<CanonicalStep, "step">[] {
  return steps.filter(({ axis }) => axis === wanted).map(({ step: _, ...rest }) => rest);
}

function isOurs({ address }: CanonicalEntry): boolean {
  const [type = ""] = withoutIndexes(address).split(".").slice(-2);
  return kindOf(type) !== null;
}

function hasHidden(entry: CanonicalEntry): boolean {
  return JSON.stringify(entry).includes(HIDDEN);
}

/** Without the plan's name: an entry is what it does. */
function keyOf({ address, action, machine, steps, details }: CanonicalEntry): string {
  return sortedJson({ address, action, machine, steps, details });
}
