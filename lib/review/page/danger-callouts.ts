// What a plan takes away, erases or runs beside the calls of our own resources: warnings that no format may fold away.
import { callout, line, span, type Callout, type Line } from "./document";
import { isMachineGone, withoutAlarm } from "../facts/dangers";
import type { ActionFact, AlarmFact, OtherFact, TouchFact } from "../facts/facts";
import { count } from "../facts/words";
import type { Report } from "../verdict/report";
import { addressSpans } from "./cells";

export function dangerCallouts(report: Report): readonly Callout[] {
  return [...released(report), ...erased(report), ...managedTwice(report)];
}

export function foreignCallouts(report: Report): readonly Callout[] {
  return [
    ...bought(report),
    ...touched(report),
    ...gone(report),
    ...actions(report),
    ...lost(report),
    ...notUnderstood(report),
  ];
}

function released({ facts }: Report): readonly Callout[] {
  const found = facts.alarms.filter(({ effect }) => effect === "destroy" || effect === "replace");
  const replaced = found.some(({ effect }) => effect === "replace");
  return callout(
    "alarms",
    "alarm",
    `${count(found.length, "Zenlayer machine")} would be destroyed or replaced`,
    found.map((alarm) =>
      line(
        ...addressSpans(facts, alarm),
        `: ${alarm.effect === "replace" ? "released and bought again" : "released"}`,
        machineText(alarm),
        alarm.effect === "replace" && alarm.because_of.length > 0 ? `; changed: ${alarm.because_of.join(", ")}` : "",
      ),
    ),
    line(
      found.length === 1 ? "Its data and addresses are lost." : "Their data and addresses are lost.",
      replaced ? " To change a specification in place, leave it to a zenlayer_* resource and ignore_changes here." : "",
    ),
  );
}

function erased({ facts }: Report): readonly Callout[] {
  const found = facts.alarms.filter(({ effect }) => effect === "erase");
  return callout(
    "erased",
    "alarm",
    `${count(found.length, "Zenlayer machine")} would be erased`,
    found.map((alarm) =>
      line(
        ...addressSpans(facts, alarm),
        ": disk erased, the machine is installed anew by this update",
        machineText(alarm),
        `; changed: ${alarm.because_of.join(", ")}`,
      ),
    ),
    line("To keep the disk, set these attributes to what the machine has, or put them under ignore_changes."),
  );
}

/** So many are named. */
const MANAGERS = 4;

function managedTwice({ facts }: Report): readonly Callout[] {
  const found = facts.alarms.filter(({ effect }) => effect === "managed_twice");
  return callout(
    "managed-twice",
    "alarm",
    `${count(found.length, "machine")} managed twice`,
    found.map((alarm) =>
      line(
        span(alarm.machine_name ?? alarm.machine_id ?? "a machine", "strong"),
        alarm.machine_name === null || alarm.machine_id === null ? ": " : ` (${alarm.machine_id}): `,
        ...addressSpans(facts, alarm),
        ...alarm.also.slice(0, MANAGERS - 1).flatMap((place) => [span(" and "), ...addressSpans(facts, place)]),
        alarm.also.length < MANAGERS ? "" : ` and ${alarm.also.length - MANAGERS + 1} more`,
      ),
    ),
    line("Each of them undoes what the other orders: leave the machine to one."),
  );
}

/** What charges and is no call of ours is not folded away either. */
function bought({ facts }: Report): readonly Callout[] {
  const found = withoutAlarm(facts.others, facts.alarms).filter(({ charge }) => charge === "unknown");
  return callout(
    "bought",
    "warning",
    `${count(found.length, "Zenlayer machine")} bought, or changed in what is paid for`,
    found.map((item) =>
      line(
        ...addressSpans(facts, item),
        ` ${item.kind === "create" ? "is bought" : `is changed: ${item.attributes.join(", ")}`}`,
      ),
    ),
    line("Another provider does it. What that charges is not in the plan."),
  );
}

function touched({ facts }: Report): readonly Callout[] {
  return callout(
    "touches",
    "warning",
    "Machines managed here are changed by other resources, too",
    withoutAlarm(facts.touches, facts.alarms).map((touch) =>
      line(
        ...addressSpans(facts, touch),
        ` ${VERBS[touch.kind]} machine ${touch.machine_id}`,
        touch.attributes.length === 0 ? "" : `: ${touch.attributes.join(", ")}`,
      ),
    ),
  );
}

const VERBS: { readonly [K in TouchFact["kind"]]: string } = {
  create: "creates",
  update: "updates",
  replace: "replaces",
  destroy: "destroys",
  forget: "forgets",
  import: "imports",
  move: "moves",
  unknown: "does what this review does not know with",
};

function gone({ facts }: Report): readonly Callout[] {
  const found = facts.drift.filter(isMachineGone);
  return callout(
    "gone",
    "warning",
    `${count(found.length, "machine")} gone`,
    found.map((item) => line(...addressSpans(facts, item), ": its machine is no longer there")),
    line("It was released, or these credentials do not see it. A resource of ours never buys it again."),
  );
}

function actions({ facts }: Report): readonly Callout[] {
  return callout(
    "actions",
    "warning",
    `${count(facts.actions.length, "action")} to invoke`,
    facts.actions.map((action) => line(...addressSpans(facts, action), ...actionSpans(action))),
    line("What an action does and charges is not in the plan."),
  );
}

function actionSpans(action: ActionFact): Line {
  const when =
    action.trigger === "invoke"
      ? ": invoked by hand"
      : `: ${action.event === null ? "with" : `${action.event.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase()} of`} `;
  return [
    span(when),
    ...(action.triggered_by === null || action.trigger === "invoke" ? [] : [span(action.triggered_by, "code")]),
    ...(action.deferred === null ? [] : [span(", deferred to a later plan")]),
    ...action.config.flatMap(({ name, value }, index) => [
      span(index === 0 ? "; " : ", "),
      span(`${name} = `),
      value === null ? span("known at apply", "warning") : span(value, "code"),
    ]),
  ];
}

/** Deletions are never folded away, whoever owns what is deleted. */
function lost({ facts }: Report): readonly Callout[] {
  const found = withoutAlarm(facts.others, facts.alarms).filter(({ kind }) => kind === "destroy" || kind === "replace");
  return callout(
    "destroyed",
    "warning",
    `${count(found.length, "other resource")} destroyed or replaced`,
    found.map((item) => line(...addressSpans(facts, item), ` ${lossText(item)}`)),
  );
}

function lossText(item: OtherFact): string {
  const what = item.deposed
    ? "loses a left-over (deposed) object"
    : `is ${item.kind === "replace" ? "replaced" : "destroyed"}`;
  return item.deferred === null ? what : `${what} by a later plan`;
}

function notUnderstood({ facts }: Report): readonly Callout[] {
  const found = facts.others.filter(({ kind }) => kind === "unknown");
  return callout(
    "not-understood",
    "warning",
    `${count(found.length, "change")} that this review does not know`,
    found.map((item) => line(...addressSpans(facts, item), `: ${item.actions.join(", ")}`)),
  );
}

function machineText({ machine_name: name, machine_id: id }: AlarmFact): string {
  return `${name === null ? "" : `, machine ${name}`}${id === null ? "" : ` (${id})`}`;
}
