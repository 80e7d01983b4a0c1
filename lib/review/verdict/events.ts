// Everything that a plan does with machines or with their guards, as one list: what protection and freeze windows are tested against.
import type { ActionFact, AlarmFact, ChangeFact, Facts, MachineFact, Place } from "../facts/facts";
import { shownNames } from "./finding";
import { withoutAlarm } from "../facts/dangers";
import { HIDDEN } from "../facts/sensitive";
import { axisLabel, machineLabel } from "../facts/words";

export interface MachineEvent extends Pick<Place, "plan" | "address"> {
  readonly step: number | null;
  /** What happens, to be followed by what is wrong with it: `Bandwidth of web-1`, `aws_a.a would be destroyed`. */
  readonly what: string;
  /** How the sentence goes on after `what`. */
  readonly joint: "is" | "although";
  /** Ids and names by which the machine is known. */
  readonly machines: readonly string[];
  /** Whether the machine may have an id or name that is hidden or known only at apply. */
  readonly open: boolean;
  /** When it happens: when applied, or at a time of its own (null: not known). */
  readonly at: "apply" | { readonly time: string | null };
}

export function machineEvents(facts: Facts): readonly MachineEvent[] {
  return [
    ...facts.changes.map(changeEvent),
    ...facts.settings
      .filter(({ guards }) => guards.length > 0)
      .map((item) => ownEvent(item, `Guards of ${machineLabel(item.machine)} are edited`)),
    ...facts.forgotten
      .filter(({ deposed }) => !deposed)
      .flatMap((item) => [
        ownEvent(item, `${machineLabel(item.machine)} is forgotten`),
        ...item.cancels.map((axis) =>
          ownEvent(
            item,
            `The schedule of ${axisLabel(axis).toLowerCase()} of ${machineLabel(item.machine)} is cancelled`,
          ),
        ),
      ]),
    ...facts.alarms.filter(({ effect }) => effect !== "managed_twice").map(alarmEvent),
    ...withoutAlarm(facts.touches, facts.alarms).map((touch) => ({
      ...placeOf(touch),
      what: `${touch.address} would ${touch.kind === "unknown" ? "change" : touch.kind} machine ${touch.machine_id}`,
      joint: "although" as const,
      machines: shownNames([touch.machine_id, nameOf(facts, touch.machine_id)]),
      open: touch.machine_id === HIDDEN,
      at: "apply" as const,
    })),
    ...facts.actions.map((action) => actionEvent(action, facts)),
  ];
}

/** Whether an action has to do with machines: of a provider of Zenlayer, or one that names a machine of the plan. */
export function concernsMachines(action: ActionFact, facts: Facts): boolean {
  return action.zenlayer || action.machine_ids.length > 0 || triggeringMachine(action, facts) !== null;
}

export function alarmText({ address, effect }: AlarmFact): string {
  const words = { destroy: "destroyed", replace: "replaced", erase: "erased", managed_twice: "managed twice" };
  return `${address} would be ${words[effect]}`;
}

function changeEvent(change: ChangeFact): MachineEvent {
  return {
    ...placeOf(change),
    step: change.step,
    what: `${axisLabel(change.axis)} of ${machineLabel(change.machine)}`,
    joint: "is",
    ...identity(change.machine),
    at: change.takes_effect === "next_billing_cycle" ? { time: change.effective_at } : "apply",
  };
}

function ownEvent(item: Place & { readonly machine: MachineFact }, what: string): MachineEvent {
  return { ...placeOf(item), what, joint: "although", ...identity(item.machine), at: "apply" };
}

function alarmEvent(alarm: AlarmFact): MachineEvent {
  return {
    ...placeOf(alarm),
    what: alarmText(alarm),
    joint: "although",
    machines: shownNames([alarm.machine_id, alarm.machine_name]),
    open: alarm.machine_id === null || isHidden(alarm.machine_id, alarm.machine_name),
    at: "apply",
  };
}

/** Its configuration may name machines anywhere, by id or by name. */
function actionEvent(action: ActionFact, facts: Facts): MachineEvent {
  const texts = action.config.map(({ value }) => value);
  const trigger = triggeringMachine(action, facts);
  const ours = trigger === null ? { machines: [], open: false } : identity(trigger);
  const hidden = texts.some((text) => text === null || text === HIDDEN) || !action.config_known;
  return {
    ...placeOf(action),
    what: `${action.address} would be invoked`,
    joint: "although",
    machines: shownNames([...texts, ...action.machine_ids, ...ours.machines]),
    open: ours.open || (action.zenlayer && hidden),
    at: "apply",
  };
}

/** The machine of the resource of ours that triggers the action. */
function triggeringMachine(action: ActionFact, facts: Facts): MachineFact | null {
  const places = [facts.bill, facts.changes, facts.forgotten, facts.not_reviewable].flat();
  return places.find(({ plan, address }) => plan === action.plan && address === action.triggered_by)?.machine ?? null;
}

function nameOf(facts: Facts, id: string): string | null {
  return facts.bill.find(({ machine }) => machine.id === id)?.machine.name ?? null;
}

function identity({ id, name }: MachineFact): Pick<MachineEvent, "machines" | "open"> {
  return { machines: shownNames([id, name]), open: id === null || isHidden(id, name) };
}

function isHidden(...values: readonly (string | null)[]): boolean {
  return values.includes(HIDDEN);
}

function placeOf({ plan, address }: Pick<Place, "plan" | "address">) {
  return { plan, address, step: null };
}
