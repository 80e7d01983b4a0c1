// Actions that a plan invokes: what runs, when, and with what. None is ours, so what one charges or does to a machine is not known.
import type { ActionInvocation } from "../input/actions";
import { at, nestedValues, objectOf, scalarText } from "../input/json";
import type { ActionFact, Place } from "./facts";
import { isZenlayer } from "./ours";
import { HIDDEN, isSensitive, isUnknown } from "./sensitive";

/** @param machineIds ids of all machines that the plan knows. */
export function actionFact(invocation: ActionInvocation, place: Place, machineIds: ReadonlySet<string>): ActionFact {
  const { trigger, config } = invocation;
  // What is known only at apply is left out of the values.
  const names = [...new Set([...Object.keys(config ?? {}), ...Object.keys(objectOf(invocation.unknown))])].sort();
  return {
    ...place,
    type: invocation.type,
    provider: invocation.provider,
    zenlayer: isZenlayer(invocation),
    trigger: trigger.kind,
    triggered_by: trigger.address,
    event: trigger.kind === "lifecycle" ? trigger.event : null,
    on_failure: trigger.kind === "lifecycle" ? trigger.onFailure : null,
    deferred: invocation.deferred,
    config: names.filter((name) => isGiven(invocation, name)).map((name) => ({ name, value: shown(invocation, name) })),
    config_known: !hasUnknown(invocation),
    machine_ids: [...new Set(nestedValues(config))]
      .filter((value) => typeof value === "string")
      .filter((text) => machineIds.has(text))
      .sort(),
  };
}

/** Whether a value of its configuration is known only at apply. */
export function hasUnknown({ unknown }: ActionInvocation): boolean {
  return isUnknown({ config: unknown }, "config");
}

/** What is not written in the configuration is null in the plan. */
function isGiven({ config, unknown }: ActionInvocation, name: string): boolean {
  return (at(config, name) ?? null) !== null || isUnknown(unknown, name);
}

function shown({ config, sensitive, unknown }: ActionInvocation, name: string): string | null {
  if (isSensitive(sensitive, name)) return HIDDEN;
  if (isUnknown(unknown, name)) return null;
  const value = at(config, name);
  return scalarText(value) ?? JSON.stringify(value ?? null);
}
