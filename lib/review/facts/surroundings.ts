// What stands around the calls: settings, adoptions, what is forgotten, what is pending already, hooks, and other resources.
import { AXES, type Product } from "../../engine";
import { appliesSpecification, plannedSteps } from "./changes";
import type { AdoptionFact, ForgottenFact, HookFact, PendingFact, Place, SettingsFact } from "./facts";
import { at, nestedValues, objectsOf, sameJson, scalarText, textAt, textsOf } from "../input/json";
import { GUARDS, machineOf, machineOfState, ours, oursInStateOnly, realInstanceId, SETTINGS } from "./ours";
import type { ConfiguredResource } from "../input/configuration";
import { withoutIndexes, type Plan, type ResourceChange } from "../input/plan";
import { HIDDEN, isHidden, isSensitive, isUnknown } from "./sensitive";

/** Guards that an update edits, and updates that call nothing. */
export function settingsFact(change: ResourceChange, product: Product, place: Place): SettingsFact | null {
  if (!change.actions.includes("update") || change.before === null || change.after === null) return null;
  const planned = plannedSteps(change);
  const withCalls = planned.kind === "not_reviewable" || planned.steps.length > 0;
  const attributes = [...AXES, ...SETTINGS].filter(
    (name) => !sameJson(at(change.before, name), at(change.after, name)),
  );
  // What an import finds has no guards yet: the first ones are no edit.
  const edited = change.importing === null ? GUARDS.filter((guard) => attributes.includes(guard)) : [];
  const guards = edited.map((guard) => ({
    guard,
    from: shown(change.before, change.beforeSensitive, guard),
    to: isUnknown(change.afterUnknown, guard) ? "(known at apply)" : shown(change.after, change.afterSensitive, guard),
  }));
  if (withCalls && guards.length === 0) return null;
  return { ...place, machine: machineOf(change, product), attributes, guards, with_calls: withCalls };
}

export function adoptionFact(change: ResourceChange, product: Product, place: Place): AdoptionFact | null {
  const created = change.actions.includes("create");
  if (change.importing === null && !created) return null;
  const planned = plannedSteps(change);
  return {
    ...place,
    machine: machineOf(change, product),
    by: change.importing === null ? "create" : "import",
    calls: planned.kind === "steps" ? planned.steps.length : null,
  };
}

export function forgottenFact(change: ResourceChange, product: Product, place: Place): ForgottenFact | null {
  const deleted = change.actions.includes("delete");
  if (!deleted && !change.actions.includes("forget")) return null;
  const replaced = change.actions.includes("create");
  // A replacement announces no cancel, and a left-over object never stands for the machine: both cancel nothing.
  const cancels =
    deleted && !replaced && change.deposed === null && textAt(change.before, "on_destroy") === "cancel_scheduled";
  return {
    ...place,
    machine: machineOf({ ...change, after: null }, product),
    replaced,
    deposed: change.deposed !== null,
    same_machine: replaced ? sameMachine(change) : null,
    cancels: cancels
      ? objectsOf(at(change.before, "pending"))
          .filter((item) => item["phase"] === "scheduled")
          .map((item) => textAt(item, "axis") ?? "")
      : [],
  };
}

/** By the real ids, of which nothing is shown: `-replace` and a taint forget a machine and adopt the very same one. */
function sameMachine(change: ResourceChange): boolean | null {
  const next = realInstanceId(change);
  return next === null ? null : next === realInstanceId({ ...change, after: null });
}

/** Pending changes that were there before this plan, of every resource of ours that is in the state. */
export function pendingFacts(plan: Plan, placeOf: (address: string) => Place): readonly PendingFact[] {
  const fromChanges = ours(plan.changes).flatMap(({ change, product }) => {
    if (isSensitive(change.beforeSensitive, "pending")) return [];
    const place = placeOf(change.address);
    const steps = plannedSteps(change);
    const cancelled: readonly string[] = [
      ...(steps.kind === "steps" ? steps.steps : []).flatMap(({ direction, axis }) =>
        direction === "cancel" ? [axis] : [],
      ),
      ...(forgottenFact(change, product, place)?.cancels ?? []),
    ];
    const machine = machineOf(change.actions.includes("delete") ? { ...change, after: null } : change, product);
    return pendingOf(change.before, (axis) => isHidden(change, axis)).map((item) => ({
      ...place,
      machine,
      ...item,
      cancelled_by_plan: item.phase === "scheduled" && cancelled.includes(item.axis),
    }));
  });
  const fromState = oursInStateOnly(plan).flatMap(({ resource, product }) => {
    if (isSensitive(resource.sensitive, "pending")) return [];
    const [place, machine] = [placeOf(resource.address), machineOfState(resource, product)];
    return pendingOf(resource.values, (axis) => isSensitive(resource.sensitive, axis)).map((item) => ({
      ...place,
      machine,
      ...item,
      cancelled_by_plan: false,
    }));
  });
  return [...fromChanges, ...fromState];
}

/** Hooks of constructs (or written by hand) that a change of `change_count` will run. */
export function hookFacts(
  plan: Plan,
  placeOf: (address: string) => Place,
  hide: (text: string) => string,
): readonly HookFact[] {
  const configured = new Map(plan.configured.map((resource) => [resource.address, resource]));
  return plan.changes.flatMap((change): HookFact[] => {
    if (change.mode !== "managed" || (change.type !== "null_resource" && change.type !== "terraform_data")) return [];
    if (!change.actions.includes("create")) return [];
    const resource = configured.get(withoutIndexes(change.address)) ?? null;
    const triggeredBy = triggersOf(resource, modulePrefix(change.address));
    const triggerValues = change.type === "null_resource" ? "triggers" : "triggers_replace";
    // The first count of a resource is unknown in the plan.
    const names = [change.after, change.afterUnknown].flatMap((values) =>
      Object.keys(Object(at(values, triggerValues)) as object),
    );
    const named = names.some((name) => name.includes("change_count"));
    if (triggeredBy.length === 0 && !named) return [];
    return [
      {
        ...placeOf(change.address),
        runs: change.actions.includes("delete") ? "again" : "first_time",
        triggered_by: triggeredBy,
        commands: (resource?.provisioners ?? []).flatMap((provisioner) => {
          const command = textAt(provisioner, "expressions", "command", "constant_value");
          return command === null ? [] : [hide(command)];
        }),
      },
    ];
  });
}

/** Whether applying this change does anything at all, be it only to the state. */
export function doesSomething(change: ResourceChange): boolean {
  return (
    appliesSpecification(change) ||
    change.importing !== null ||
    change.previousAddress !== null ||
    change.actions.some((action) => action !== "no-op")
  );
}

/** What is pending of one of our resources by its values. */
export function pendingOf(
  values: unknown,
  hides: (axis: string) => boolean,
): readonly Pick<PendingFact, "axis" | "from" | "to" | "phase" | "effective_at">[] {
  return objectsOf(at(values, "pending")).map((item) => {
    const axis = textAt(item, "axis") ?? "";
    return {
      axis,
      from: hides(axis) ? HIDDEN : scalarText(item["from"]),
      to: hides(axis) ? HIDDEN : scalarText(item["to"]),
      phase: textAt(item, "phase") ?? "",
      effective_at: textAt(item, "effective_at"),
    };
  });
}

/** Addresses whose `change_count` a resource's configuration refers to. */
function triggersOf(resource: ConfiguredResource | null, prefix: string): readonly string[] {
  if (resource === null) return [];
  const found = [...nestedValues(resource.expressions)]
    .flatMap((value) => textsOf(at(value, "references")))
    .flatMap((reference) => /^(zenlayer_\w+\..+)\.change_count$/.exec(reference)?.[1] ?? []);
  return [...new Set(found)].map((address) => prefix + address).sort();
}

function modulePrefix(address: string): string {
  return /^(?:module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?\.)*/.exec(address)?.[0] ?? "";
}

function shown(values: unknown, marks: unknown, name: string): string | null {
  return isSensitive(marks, name) ? HIDDEN : scalarText(at(values, name));
}
