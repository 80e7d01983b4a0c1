// Which machines the resources of a plan stand for: by their real ids, of which nothing is shown where they are sensitive.
import { textAt } from "../input/json";
import { sortedBy } from "../input/order";
import type { Plan } from "../input/plan";
import type { Manager } from "./dangers";
import type { Place } from "./facts";
import { isMachine, machineOf, machineOfState, oursInStateOnly, productOf, realInstanceId } from "./ours";
import { HIDDEN, isSensitive } from "./sensitive";

/** Ids of all machines that one of our resources manages, before the plan or after it. */
export function managedIds(plan: Plan): readonly string[] {
  return [
    ...plan.changes
      .filter((change) => productOf(change) !== null)
      .flatMap((change) => [textAt(change.before, "instance_id"), textAt(change.after, "instance_id")]),
    ...plan.prior
      .filter((resource) => productOf(resource) !== null)
      .map((resource) => textAt(resource.values, "instance_id")),
  ].filter((id) => id !== null);
}

/** Ids of all machines that a plan knows, whoever manages them. */
export function machineIdsOf(plan: Plan): ReadonlySet<string> {
  const foreign = [
    ...plan.changes.filter(isMachine).flatMap(({ before, after }) => [textAt(before, "id"), textAt(after, "id")]),
    ...plan.prior.filter(isMachine).map(({ values }) => textAt(values, "id")),
  ].filter((id) => id !== null);
  return new Set([...managedIds(plan), ...foreign]);
}

/** The resources that stand for a machine after the plan: ours, and those of others. */
export function managersOf(plan: Plan, placeOf: (address: string) => Place): readonly Manager[] {
  const planned = plan.changes.flatMap((change): Manager[] => {
    if (change.after === null || change.deposed !== null) return [];
    const base = { place: placeOf(change.address), type: change.type, provider: change.provider };
    const product = productOf(change);
    if (product !== null) {
      const id = realInstanceId(change);
      const machine = machineOf(change, product);
      return id === null ? [] : [{ ...base, machine: { id, shown: machine.id, name: machine.name } }];
    }
    const id = isMachine(change) ? textAt(change.after, "id") : null;
    if (id === null) return [];
    const name = textAt(change.after, "instance_name");
    return [
      {
        ...base,
        machine: {
          id,
          shown: isSensitive(change.afterSensitive, "id") ? HIDDEN : id,
          name: isSensitive(change.afterSensitive, "instance_name") ? HIDDEN : name,
        },
      },
    ];
  });
  const others = oursInStateOnly(plan).flatMap(({ resource, product }): Manager[] => {
    const machine = machineOfState(resource, product);
    const id = textAt(resource.values, "instance_id");
    const base = { place: placeOf(resource.address), type: resource.type, provider: resource.provider };
    return id === null ? [] : [{ ...base, machine: { id, shown: machine.id, name: machine.name } }];
  });
  return sortedBy([...planned, ...others], ({ place }) => place.address);
}
