// What a reviewer must not miss: machines that a plan would release, and what moved outside of Terraform.
import type { AlarmFact, DriftFact, Place } from "./facts";
import { at, listOf, objectOf, scalarText, textAt } from "../input/json";
import { isMachine, productOf } from "./ours";
import type { ResourceChange } from "../input/plan";
import { HIDDEN, isSensitive, isUnknown } from "./sensitive";

/** A machine of Zenlayer that is destroyed or replaced. Forgetting it (`removed` without destroy) releases nothing. */
export function alarmFact(change: ResourceChange, place: Place): AlarmFact | null {
  if (!isMachine(change) || !change.actions.includes("delete")) return null;
  const shown = (name: string) => (isSensitive(change.beforeSensitive, name) ? HIDDEN : textAt(change.before, name));
  return {
    ...place,
    resource_type: change.type,
    provider: change.provider,
    machine_id: shown("id"),
    machine_name: shown("instance_name") ?? shown("name"),
    effect: change.actions.includes("create") ? "replace" : "destroy",
    reason: change.reason,
    because_of: change.replacedFor,
  };
}

/** Values are shown for our own resources only; those of others may be secrets that nobody marked. */
export function driftFact(change: ResourceChange, place: Place): DriftFact {
  const own = productOf(change) !== null;
  const value = (values: unknown, marks: unknown, name: string) =>
    !own ? null : isSensitive(marks, name) ? HIDDEN : text(at(values, name));
  return {
    ...place,
    resource_type: change.type,
    gone: change.actions.includes("delete"),
    attributes: (change.actions.includes("delete") ? [] : changedNames(change)).map((name) => ({
      name,
      from: value(change.before, change.beforeSensitive, name),
      to: value(change.after, change.afterSensitive, name),
    })),
  };
}

function changedNames(change: ResourceChange): readonly string[] {
  const before = objectOf(change.before);
  const after = objectOf(change.after);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !isUnknown(change.afterUnknown, name))
    .filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null))
    .sort();
}

function text(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return scalarText(value) ?? (listOf(value).length === 0 && Array.isArray(value) ? "none" : JSON.stringify(value));
}
