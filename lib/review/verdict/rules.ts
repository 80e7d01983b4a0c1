// What a policy says to the facts. Whatever cannot be shown to be allowed counts as a violation, since a reviewer relies on it.
import { matchesPattern } from "../../engine";
import type { AlarmFact, ChangeFact, Facts } from "../facts/facts";
import type { Ceiling, Level, Policy } from "./policy";
import { totalsOf } from "./totals";
import { isFrozen, parseInstant, type FreezeWindow } from "./windows";
import { amountText, axisLabel, machineLabel } from "../facts/words";

export interface PolicyFinding {
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
  /** Null: about the whole review. */
  readonly plan: string | null;
  readonly address: string | null;
  readonly step: number | null;
}

/**
 * Findings of all rules, in the order of the rules.
 * @param now when the changes would be applied, in milliseconds; what takes effect at once is tested against it.
 */
export function evaluatePolicy(policy: Policy, facts: Facts, now: number): readonly PolicyFinding[] {
  return [
    ...noDestroy(policy, facts),
    ...noDowngrade(policy, facts),
    ...maxChargePerChange(policy, facts),
    ...maxChargeTotal(policy, facts),
    ...noUnknownPrice(policy, facts),
    ...freezeWindows(policy, facts, now),
    ...protectedMachines(policy, facts),
    ...notReviewable(policy, facts),
  ];
}

function noDestroy({ noDestroy: level }: Policy, facts: Facts): readonly PolicyFinding[] {
  if (level === null) return [];
  return facts.alarms.map((alarm) => alarmFinding("no_destroy", level, alarm, ""));
}

function noDowngrade({ noDowngrade: level }: Policy, facts: Facts): readonly PolicyFinding[] {
  if (level === null) return [];
  return facts.changes
    .filter((change) => change.direction === "downgrade")
    .map((change) => finding("no_downgrade", level, change, "is a downgrade"));
}

function maxChargePerChange({ maxChargePerChange: ceiling }: Policy, facts: Facts): readonly PolicyFinding[] {
  if (ceiling === null) return [];
  const limit = amountText(ceiling.amount, ceiling.currency);
  return facts.changes.filter(mayCharge).flatMap((change) => {
    const { charged_now: amount, currency } = change.price;
    if (amount === null) {
      return [
        finding(
          "max_charge_per_change",
          ceiling.level,
          change,
          `charges an unknown amount at once; the ceiling is ${limit}`,
        ),
      ];
    }
    if (amount > 0 && !comparable(ceiling, currency)) {
      return [
        finding(
          "max_charge_per_change",
          ceiling.level,
          change,
          `charges in ${currency ?? "an unknown currency"}; the ceiling is ${limit}`,
        ),
      ];
    }
    return amount > ceiling.amount
      ? [
          finding(
            "max_charge_per_change",
            ceiling.level,
            change,
            `may charge ${amountText(amount, currency)} at once; the ceiling is ${limit}`,
          ),
        ]
      : [];
  });
}

function maxChargeTotal({ maxChargeTotal: ceiling }: Policy, facts: Facts): readonly PolicyFinding[] {
  if (ceiling === null) return [];
  const totals = totalsOf(facts);
  const limit = amountText(ceiling.amount, ceiling.currency);
  const say = (message: string): PolicyFinding => ({
    rule: "max_charge_total",
    level: ceiling.level,
    message,
    plan: null,
    address: null,
    step: null,
  });
  const charged = totals.charged_now.filter(({ amount }) => amount > 0);
  const foreign = charged.filter(({ currency }) => !comparable(ceiling, currency));
  return [
    ...(totals.charged_now_unknown > 0
      ? [
          say(
            `${totals.charged_now_unknown} of the changes charge an unknown amount at once; the ceiling of all is ${limit}`,
          ),
        ]
      : []),
    ...(foreign.length > 0
      ? [
          say(
            `Changes charge in ${foreign.map(({ currency }) => currency ?? "an unknown currency").join(", ")}; the ceiling of all is ${limit}`,
          ),
        ]
      : []),
    ...(foreign.length === 0 && charged.length > 1
      ? [say(`Changes charge in several currencies, which cannot be added; the ceiling of all is ${limit}`)]
      : []),
    ...charged
      .filter(({ currency, amount }) => comparable(ceiling, currency) && amount > ceiling.amount)
      .map(({ currency, amount }) =>
        say(`All changes together may charge ${amountText(amount, currency)} at once; the ceiling is ${limit}`),
      ),
  ];
}

function noUnknownPrice({ noUnknownPrice: level }: Policy, facts: Facts): readonly PolicyFinding[] {
  if (level === null) return [];
  return facts.changes
    .filter((change) => change.charge !== "none" && change.price.source === "unknown")
    .map((change) =>
      finding("no_unknown_price", level, change, `has no known price: ${change.price.reason ?? "no quote"}`),
    );
}

function freezeWindows({ freezeWindows: rule }: Policy, facts: Facts, now: number): readonly PolicyFinding[] {
  if (rule === null) return [];
  return facts.changes.flatMap((change) => {
    if (change.takes_effect !== "next_billing_cycle")
      return frozen(change, rule.windows, now, rule.level, "takes effect when applied");
    const at = change.effective_at === null ? null : parseInstant(change.effective_at);
    return at === null
      ? [
          finding(
            "freeze_windows",
            rule.level,
            change,
            "takes effect at an unknown time, which no freeze window can be tested against",
          ),
        ]
      : frozen(change, rule.windows, at, rule.level, `takes effect at ${change.effective_at}`);
  });
}

function protectedMachines({ protectedMachines: rule }: Policy, facts: Facts): readonly PolicyFinding[] {
  if (rule === null) return [];
  const hit = (...names: readonly (string | null)[]) =>
    rule.machines.find((pattern) => names.some((name) => name !== null && matchesPattern(pattern, name)));
  return [
    ...facts.changes.flatMap((change) => {
      const pattern = hit(change.machine.id, change.machine.name);
      return pattern === undefined
        ? []
        : [finding("protected_machines", rule.level, change, `is on a machine protected by "${pattern}"`)];
    }),
    ...facts.alarms.flatMap((alarm): PolicyFinding[] => {
      const pattern = hit(alarm.machine_id, alarm.machine_name);
      if (pattern === undefined) return [];
      return [alarmFinding("protected_machines", rule.level, alarm, ` although "${pattern}" protects it`)];
    }),
  ];
}

/** What only apply will know fits no rule: one finding a resource, as strict as the strictest rule. */
function notReviewable(policy: Policy, facts: Facts): readonly PolicyFinding[] {
  const levels = [
    policy.noDestroy,
    policy.noDowngrade,
    policy.noUnknownPrice,
    policy.maxChargePerChange?.level,
    policy.maxChargeTotal?.level,
    policy.freezeWindows?.level,
    policy.protectedMachines?.level,
  ];
  const level: Level = levels.includes("deny") ? "deny" : "warn";
  return facts.not_reviewable.map((item) => ({
    rule: "not_reviewable",
    level,
    message: `${item.address} cannot be tested by the policy: ${item.reason}`,
    plan: item.plan,
    address: item.address,
    step: null,
  }));
}

function frozen(
  change: ChangeFact,
  windows: readonly FreezeWindow[],
  at: number,
  level: Level,
  when: string,
): readonly PolicyFinding[] {
  return windows
    .filter((window) => isFrozen(window, at))
    .map((window) => finding("freeze_windows", level, change, `${when}, within the freeze window "${window.name}"`));
}

function alarmFinding(rule: string, level: Level, alarm: AlarmFact, but: string): PolicyFinding {
  return {
    rule,
    level,
    message: `${alarm.address} would be ${alarm.effect === "replace" ? "replaced" : "destroyed"}${but}`,
    plan: alarm.plan,
    address: alarm.address,
    step: null,
  };
}

function finding(rule: string, level: Level, change: ChangeFact, message: string): PolicyFinding {
  return {
    rule,
    level,
    message: `${axisLabel(change.axis)} of ${machineLabel(change.machine)} ${message}`,
    plan: change.plan,
    address: change.address,
    step: change.step,
  };
}

function mayCharge(change: ChangeFact): boolean {
  return change.charge === "charged_now" || change.charge === "unknown";
}

function comparable(ceiling: Ceiling, currency: string | null): boolean {
  return ceiling.currency === null || ceiling.currency === currency;
}
