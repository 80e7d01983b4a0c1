// What a policy says to the facts. Whatever cannot be shown to be allowed counts as a violation, since a reviewer relies on it.
import { matchesPattern } from "../../engine";
import { withoutAlarm } from "../facts/dangers";
import type { ChangeKind, Facts } from "../facts/facts";
import { chargeFindings } from "./charge-rules";
import { alarmText, concernsMachines, machineEvents, type MachineEvent } from "./events";
import { ofChange, ofPlace, type PolicyFinding } from "./finding";
import type { Level, Policy, Scope } from "./policy";
import { waive } from "./waivers";
import { isFrozen, parseInstant } from "./windows";

/**
 * Findings of all rules, in the order of the rules.
 * @param now when the changes would be applied, in milliseconds; what takes effect at once is tested against it.
 */
export function evaluatePolicy(policy: Policy, facts: Facts, now: number): readonly PolicyFinding[] {
  const events = machineEvents(facts);
  const findings = [
    ...policy.noDestroy.flatMap((scope) => noDestroy(scope, facts)),
    ...policy.noErase.flatMap((scope) => noErase(scope, facts)),
    ...noDowngrade(policy, facts),
    ...chargeFindings(policy, facts),
    ...freezeWindows(policy, events, now),
    ...protectedMachines(policy, events),
    ...notReviewable(policy, facts),
  ];
  return waive(findings, policy.waivers, now);
}

function noDestroy(scope: Scope, facts: Facts): readonly PolicyFinding[] {
  const alarms = facts.alarms
    .filter(
      ({ effect, resource_type: type, address }) =>
        effect !== "erase" && effect !== "managed_twice" && covers(scope, type, address),
    )
    .map((alarm) => ofPlace("no_destroy", scope.level, alarm, alarmText(alarm), machinesOf(alarm)));
  const others = withoutAlarm(facts.others, facts.alarms)
    .filter(({ plan, address, resource_type: type }) =>
      // Without types only machines count: what another provider calls by the id of one of ours is one.
      scope.types === null
        ? facts.touches.some((touch) => touch.plan === plan && touch.address === address) &&
          covers(scope, type, address)
        : covers(scope, type, address),
    )
    .flatMap((item) => {
      const word = LOSSES[item.kind];
      return word === undefined ? [] : [ofPlace("no_destroy", scope.level, item, `${item.address} would be ${word}`)];
    });
  return [...alarms, ...others, ...actionsOf("no_destroy", scope, facts)];
}

/** What of other resources counts as destroyed, in words. */
const LOSSES: { readonly [K in ChangeKind]?: string } = {
  destroy: "destroyed",
  replace: "replaced",
  unknown: "changed in a way that cannot be told",
};

function noErase(scope: Scope, facts: Facts): readonly PolicyFinding[] {
  return [
    ...facts.alarms
      .filter(({ effect, resource_type: type, address }) => effect === "erase" && covers(scope, type, address))
      .map((alarm) => ofPlace("no_erase", scope.level, alarm, alarmText(alarm), machinesOf(alarm))),
    ...actionsOf("no_erase", scope, facts),
  ];
}

/** What an action does to a machine is not in the plan. */
function actionsOf(rule: string, scope: Scope, facts: Facts): readonly PolicyFinding[] {
  return facts.actions
    .filter((action) => (scope.types === null ? concernsMachines(action, facts) : true))
    .filter(({ type, address }) => covers(scope, type, address))
    .map((action) =>
      ofPlace(
        rule,
        scope.level,
        action,
        `${action.address} would be invoked, and what it does cannot be told`,
        action.machine_ids,
      ),
    );
}

function covers({ types, addresses }: Scope, type: string, address: string): boolean {
  const meets = (patterns: readonly string[] | null, text: string) =>
    patterns === null || patterns.some((pattern) => matchesPattern(pattern, text));
  return meets(types, type) && meets(addresses, address);
}

function noDowngrade({ noDowngrade: level }: Policy, facts: Facts): readonly PolicyFinding[] {
  if (level === null) return [];
  return facts.changes
    .filter((change) => change.direction === "downgrade")
    .map((change) => ofChange("no_downgrade", level, change, "is a downgrade"));
}

function freezeWindows(
  { freezeWindows: rule }: Policy,
  events: readonly MachineEvent[],
  now: number,
): readonly PolicyFinding[] {
  if (rule === null) return [];
  const find = (event: MachineEvent, message: string) => eventFinding("freeze_windows", rule.level, event, message);
  return events.flatMap((event) => {
    const within = (time: number, when: string) =>
      rule.windows
        .filter((window) => isFrozen(window, time))
        .map(({ name }) => find(event, `${when}, within the freeze window "${name}"`));
    if (event.at === "apply") return within(now, `${event.joint === "is" ? " takes effect" : ""} when applied`);
    const { time } = event.at;
    const moment = time === null ? null : parseInstant(time);
    if (moment === null) {
      return [find(event, " takes effect at an unknown time, which no freeze window can be tested against")];
    }
    return within(moment, ` takes effect at ${time}`);
  });
}

function protectedMachines(
  { protectedMachines: rule }: Policy,
  events: readonly MachineEvent[],
): readonly PolicyFinding[] {
  if (rule === null) return [];
  return events.flatMap((event) => {
    const pattern = rule.machines.find((item) => event.machines.some((name) => matchesPattern(item, name)));
    if (pattern === undefined && !event.open) return [];
    const is = event.joint === "is";
    const message =
      pattern === undefined
        ? `${is ? " is" : ","} on a machine that is hidden or known only at apply, and may be a protected one`
        : is
          ? ` is on a machine protected by "${pattern}"`
          : ` although "${pattern}" protects it`;
    return [eventFinding("protected_machines", rule.level, event, message)];
  });
}

/** What only apply will know fits no rule: one finding a resource, as strict as the strictest rule. */
function notReviewable(policy: Policy, facts: Facts): readonly PolicyFinding[] {
  const levels = [
    ...[...policy.noDestroy, ...policy.noErase].map((scope) => scope.level),
    policy.noDowngrade,
    policy.noUnknownPrice,
    policy.maxChargePerChange?.level,
    policy.maxChargeTotal?.level,
    policy.maxMonthlyIncrease?.level,
    policy.freezeWindows?.level,
    policy.protectedMachines?.level,
  ];
  const level: Level = levels.includes("deny") ? "deny" : "warn";
  return facts.not_reviewable.map((item) =>
    ofPlace("not_reviewable", level, item, `${item.address} cannot be tested by the policy: ${item.reason}`),
  );
}

function eventFinding(rule: string, level: Level, event: MachineEvent, message: string): PolicyFinding {
  return { ...ofPlace(rule, level, event, event.what + message, event.machines), step: event.step };
}

function machinesOf({ machine_id: id, machine_name: name }: Facts["alarms"][number]): readonly string[] {
  return [id, name].filter((value) => value !== null);
}
