// What a reviewer must not miss: machines that a plan would release, and what moved outside of Terraform.
import type { AlarmFact, DriftFact, Place } from "./facts";
import { at, scalarText, textAt } from "../input/json";
import { grouped } from "../input/order";
import { erasingAttributes } from "./erasing";
import { changedNames } from "./foreign";
import { isMachine, productOf } from "./ours";
import type { ResourceChange } from "../input/plan";
import { HIDDEN, isSensitive, isUnknown } from "./sensitive";

/** A machine of Zenlayer that is destroyed, replaced or erased. Forgetting it (`removed` without destroy) releases nothing. */
export function alarmFact(change: ResourceChange, place: Place): AlarmFact | null {
  if (change.mode !== "managed" || productOf(change) !== null) return null;
  const erased = erasingAttributes(change);
  const released = isMachine(change) && change.actions.includes("delete");
  if (!released && erased.length === 0) return null;
  const shown = (name: string) =>
    isSensitive(change.beforeSensitive, name) ? HIDDEN : (textAt(change.before, name) ?? textAt(change.after, name));
  return {
    ...place,
    resource_type: change.type,
    provider: change.provider,
    machine_id: shown("id"),
    machine_name: shown("instance_name") ?? shown("name"),
    effect: !released ? "erase" : change.actions.includes("create") ? "replace" : "destroy",
    reason: change.reason,
    because_of: released ? change.replacedFor : erased,
    also: [],
  };
}

/** Of facts about resources those of which no alarm says it already. */
export function withoutAlarm<T extends Pick<Place, "plan" | "address">>(
  facts: readonly T[],
  alarms: readonly AlarmFact[],
): readonly T[] {
  const keyOf = ({ plan, address }: Pick<Place, "plan" | "address">) => JSON.stringify([plan, address]);
  const alarmed = new Set(alarms.map(keyOf));
  return facts.filter((fact) => !alarmed.has(keyOf(fact)));
}

/** One of the resources that manage a machine after the plan. */
export interface Manager {
  readonly place: Place;
  readonly type: string;
  readonly provider: string;
  readonly machine: { readonly id: string; readonly shown: string | null; readonly name: string | null };
}

/** Machines that two resources of one type manage, in one plan or in two: each undoes what the other does. */
export function managedTwice(managers: readonly Manager[]): readonly AlarmFact[] {
  return grouped(managers, ({ type, machine }) => [type, machine.id])
    .filter((group) => group.length > 1)
    .map(([first, ...rest]) => ({
      ...first.place,
      resource_type: first.type,
      provider: first.provider,
      machine_id: first.machine.shown,
      machine_name: first.machine.name,
      effect: "managed_twice",
      reason: null,
      because_of: [],
      also: rest.map(({ place }) => ({ plan: place.plan, address: place.address })),
    }));
}

/** Values are shown for our own resources only; those of others may be secrets that nobody marked. */
export function driftFact(change: ResourceChange, place: Place): DriftFact {
  const own = productOf(change) !== null;
  const gone = change.actions.includes("delete");
  const value = (values: unknown, marks: unknown, name: string) =>
    !own ? null : isSensitive(marks, name) ? HIDDEN : text(at(values, name));
  return {
    ...place,
    resource_type: change.type,
    gone,
    attributes: (gone ? [] : changedNames(change))
      .filter((name) => !isUnknown(change.afterUnknown, name))
      .map((name) => ({
        name,
        from: value(change.before, change.beforeSensitive, name),
        to: value(change.after, change.afterSensitive, name),
      })),
  };
}

function text(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return scalarText(value) ?? (Array.isArray(value) && value.length === 0 ? "none" : JSON.stringify(value));
}

/** Whether a machine that was managed, by us or by others, is no longer there. */
export function isMachineGone({ gone, resource_type: type }: DriftFact): boolean {
  return gone && (productOf({ mode: "managed", type }) !== null || isMachine({ mode: "managed", type, provider: "" }));
}
