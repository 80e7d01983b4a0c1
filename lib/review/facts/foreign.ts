// Changes of resources that are not ours: what each of them comes to, and which touch a machine that is managed here.
import { at, isObject, objectOf, sameJson, textAt } from "../input/json";
import type { ResourceChange } from "../input/plan";
import type { ChangeKind, MoveFact, OtherFact, Place, TouchFact } from "./facts";
import { isMachine } from "./ours";
import { HIDDEN, isSensitive, isUnknown } from "./sensitive";

const ACTIONS = new Set(["no-op", "create", "read", "update", "delete", "forget"]);

/** What a change comes to; null when nothing is done, be it to the state. An action unknown to us is never nothing. */
function kindOfChange(change: ResourceChange): ChangeKind | null {
  const has = (action: string) => change.actions.includes(action);
  if (!change.actions.every((action) => ACTIONS.has(action))) return "unknown";
  if (has("create")) return has("delete") || has("forget") ? "replace" : "create";
  if (has("delete")) return "destroy";
  if (has("forget")) return "forget";
  if (has("update")) return "update";
  if (change.importing !== null) return "import";
  return change.previousAddress !== null ? "move" : null;
}

export function otherFact(change: ResourceChange, place: Place, deferred: string | null = null): OtherFact | null {
  const kind = kindOfChange(change);
  if (kind === null || change.mode !== "managed") return null;
  return {
    ...place,
    resource_type: change.type,
    kind,
    actions: change.actions,
    imported: change.importing !== null,
    previous_address: change.previousAddress,
    deposed: change.deposed !== null,
    deferred,
    attributes: kind === "update" ? changedNames(change) : [],
    charge: deferred === null ? chargeOfOther(change, kind) : null,
  };
}

/** Any resource that has another address now, with a change beside it or without. */
export function moveFact(change: ResourceChange, place: Place): MoveFact | null {
  if (change.mode !== "managed" || change.previousAddress === null) return null;
  return { ...place, resource_type: change.type, previous_address: change.previousAddress };
}

/** A resource of others whose own id is that of a machine that we manage. */
export function touchFact(change: ResourceChange, place: Place, managed: ReadonlySet<string>): TouchFact | null {
  const kind = kindOfChange(change);
  if (change.mode !== "managed" || change.deposed !== null) return null;
  if (kind !== "update" && kind !== "replace" && kind !== "destroy" && kind !== "unknown") return null;
  const id = textAt(change.before, "id") ?? textAt(change.after, "id");
  if (id === null || !managed.has(id)) return null;
  return {
    ...place,
    resource_type: change.type,
    provider: change.provider,
    kind,
    machine_id: isSensitive(change.beforeSensitive, "id") ? HIDDEN : id,
    attributes: changedNames(change),
  };
}

/** Top-level attributes that are not what they were, or known only at apply. */
export function changedNames(change: ResourceChange): readonly string[] {
  return attributeNames(change).filter(
    (name) => isUnknown(change.afterUnknown, name) || !sameJson(change.before?.[name], change.after?.[name]),
  );
}

/** Of all top-level attributes, before the change or after it, in order. */
export function attributeNames({ before, after, afterUnknown }: ResourceChange): readonly string[] {
  return [...new Set([before, after, afterUnknown].flatMap((values) => Object.keys(objectOf(values))))].sort();
}

/** What buying a machine elsewhere costs is not ours to know; that it costs is. */
function chargeOfOther(change: ResourceChange, kind: ChangeKind): OtherFact["charge"] {
  if (!isMachine(change)) return null;
  if (kind === "create" || kind === "replace" || kind === "unknown") return "unknown";
  return kind === "update" && changedNames(change).some((name) => PAID.test(name) && !isRemoved(change, name))
    ? "unknown"
    : null;
}

/** Attributes of machines that are paid for. */
const PAID = /bandwidth|traffic|instance_type|disk|charge|period|nic_network/;

function isRemoved(change: ResourceChange, name: string): boolean {
  const value = at(change.after, name);
  return isObject(change.after) && value === null && !isUnknown(change.afterUnknown, name);
}
