// The headline of a review: what all of it does and costs, in one line.
import { isMachineGone, withoutAlarm } from "../facts/dangers";
import type { AlarmFact, ChangeKind, Facts } from "../facts/facts";
import { aboutText, amountText, atMostText, capital, count, differenceText } from "../facts/words";
import type { Charged, CurrencyTotal } from "./charges";
import type { Status } from "./report";
import type { BillTotal, Totals } from "./totals";

export function summaryOf(status: Status, facts: Facts, totals: Totals): string {
  const text = [
    ...alarmParts(facts),
    ...changeParts(facts, totals),
    ...machineParts(facts),
    ...(facts.actions.length > 0 ? [`${count(facts.actions.length, "action")} to invoke`] : []),
    ...otherParts(facts),
  ].join(" · ");
  switch (status) {
    case "nothing_to_do":
      return text === "" ? "Nothing to do" : `Nothing to do, but ${text}`;
    case "changes":
      return capital(text === "" ? quietly(facts) : text);
    case "refused":
      return text === "" ? "Refused" : `Refused: ${text}`;
    case "error":
      return errorSummary(facts, text);
    default:
      return status satisfies never;
  }
}

const ALARMS: { readonly [E in AlarmFact["effect"]]: "released" | "erased" | "managed twice" } = {
  destroy: "released",
  replace: "released",
  erase: "erased",
  managed_twice: "managed twice",
};

function alarmParts({ alarms }: Facts): readonly string[] {
  const of = (kind: (typeof ALARMS)[AlarmFact["effect"]]) =>
    alarms.filter(({ effect }) => ALARMS[effect] === kind).length;
  const [released, erased, twice] = [of("released"), of("erased"), of("managed twice")];
  return [
    ...(released > 0 ? [`${count(released, "Zenlayer machine")} would be destroyed or replaced`] : []),
    ...(erased > 0 ? [`${count(erased, "Zenlayer machine")} would be erased`] : []),
    ...(twice > 0 ? [`${count(twice, "machine")} managed twice`] : []),
  ];
}

function changeParts(facts: Facts, totals: Totals): readonly string[] {
  const charged = totals.changes > 0 || totals.charged_now_unknown > facts.not_reviewable.length;
  return [
    ...(totals.changes > 0 ? [`${count(totals.changes, "change")} on ${count(totals.machines, "machine")}`] : []),
    ...(charged ? [`${chargedText(totals)} charged at once`] : []),
    ...(totals.changes > 0 ? [monthlySummary(totals)] : []),
    ...(facts.not_reviewable.length > 0 ? [`${count(facts.not_reviewable.length, "resource")} not reviewable`] : []),
  ];
}

function machineParts(facts: Facts): readonly string[] {
  // A machine that is adopted again stands among the adoptions, too; one of which only a left-over is dropped stays managed.
  const gone = facts.forgotten.filter(({ deposed }) => !deposed);
  const again = gone.filter((item) => item.same_machine === true).length;
  const [adopted, left] = [facts.adoptions.length - again, gone.length - again];
  const lost = facts.drift.filter(isMachineGone).length;
  return [
    ...(lost > 0 ? [`${count(lost, "machine")} gone`] : []),
    ...(adopted > 0 ? [`${count(adopted, "machine")} adopted`] : []),
    ...(again > 0 ? [`${count(again, "machine")} forgotten and adopted again`] : []),
    ...(left > 0 ? [`${count(left, "machine")} no longer managed`] : []),
  ];
}

const OTHERS: readonly (readonly [ChangeKind, string])[] = [
  ["destroy", "destroyed"],
  ["replace", "replaced"],
  ["create", "created"],
  ["update", "updated"],
  ["import", "imported"],
  ["move", "moved"],
  ["forget", "forgotten"],
  ["unknown", "changed in a way that this review does not know"],
];

/** What an alarm says already is not counted again. */
function otherParts({ others, alarms }: Facts): readonly string[] {
  const quiet = withoutAlarm(others, alarms);
  if (quiet.length === 0) return [];
  const counted = OTHERS.flatMap(([kind, word]) => {
    const amount = quiet.filter((item) => item.kind === kind).length;
    return amount === 0 ? [] : [`${amount} ${word}`];
  });
  return [`${count(quiet.length, "other resource")}: ${counted.join(", ")}`];
}

/** What a plan with something in it comes to when nothing above says it. */
function quietly(facts: Facts): string {
  if (facts.settings.length > 0) return "only settings change, nothing is ordered";
  if (facts.plans.some((plan) => plan.has_changes)) return "only outputs or the state change";
  return "nothing planned, but whether the plan is complete cannot be told";
}

function errorSummary(facts: Facts, text: string): string {
  const failed = facts.plans.some((plan) => plan.errored);
  // A plan that was limited did not fail.
  const first = failed ? "The plan cannot be relied on" : "The plan is incomplete";
  if (text === "") return failed ? "The plan failed" : first;
  return `${first}; as far as it goes: ${text}`;
}

/** `about 4.80 USD, at most 12.00 USD`, with whatever is unknown said beside it. */
export function chargedText(totals: Charged): string {
  const texts = chargedTexts(totals);
  const open = totals.charged_now_unknown > 0 && texts.length > 1;
  return open ? `${texts.slice(0, -1).join(", ")} and ${texts.at(-1) ?? ""}` : texts.join(", ");
}

/** The same as parts: what is expected, the bound, what is unknown. */
export function chargedTexts(totals: Charged): readonly string[] {
  const known = totals.charged_now.filter(({ amount }) => amount > 0);
  const open = totals.charged_now_unknown > 0 ? ["an unknown amount"] : [];
  if (known.length === 0) return open.length > 0 ? open : ["nothing"];
  const about =
    totals.charged_about?.filter((item) => known.some(({ currency }) => currency === item.currency)) ?? null;
  return [
    ...(about === null ? [] : [sumText(about, aboutText)]),
    sumText(known, atMostText) + estimatedMark(known),
    ...open,
  ];
}

/** `24.00 → 36.00 USD (+50 %)`. */
export function billText(bill: BillTotal): string {
  const change = bill.percent === null ? "" : ` (${bill.percent > 0 ? "+" : ""}${percentText(bill.percent)})`;
  return `${amountText(bill.before, null)} → ${amountText(bill.after, bill.currency)}${change}${estimatedMark([bill])}`;
}

/** Said wherever an estimate is part of a sum. */
export function estimatedMark(parts: readonly { readonly estimated: boolean }[]): string {
  return parts.some(({ estimated }) => estimated) ? " (estimated)" : "";
}

function percentText(percent: number): string {
  return `${percent < 0 ? "−" : ""}${Math.abs(percent)} %`;
}

function sumText(totals: readonly CurrencyTotal[], say: (amount: number, currency: string | null) => string): string {
  const [first, ...rest] = totals;
  if (first === undefined) return "";
  return [say(first.amount, first.currency), ...rest.map(({ amount, currency }) => amountText(amount, currency))].join(
    " + ",
  );
}

function monthlySummary(totals: Totals): string {
  const open = totals.monthly_difference_unknown;
  const sums = totals.monthly_difference.map(({ amount, currency }) => differenceText(amount, currency)).join(" and ");
  if (sums === "") return open === 0 ? "no monthly difference" : "monthly difference unknown";
  const text = `${sums} a month${estimatedMark(totals.monthly_difference)}`;
  return open === 0 ? text : `${text}, without ${count(open, "change")} of unknown price`;
}
