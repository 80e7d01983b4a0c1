// The headline of a review: what all of it does and costs, in one line.
import type { Facts } from "../facts/facts";
import { aboutText, amountText, atMostText, count, differenceText } from "../facts/words";
import type { Charged, CurrencyTotal } from "./charges";
import type { Status } from "./report";
import type { BillTotal, Totals } from "./totals";

export function summaryOf(status: Status, facts: Facts, totals: Totals): string {
  const parts: string[] = [];
  if (facts.alarms.length > 0) {
    parts.push(`${count(facts.alarms.length, "Zenlayer machine")} would be destroyed or replaced`);
  }
  if (totals.changes > 0) {
    parts.push(
      `${count(totals.changes, "change")} on ${count(totals.machines, "machine")}`,
      `${chargedText(totals)} charged at once`,
      monthlySummary(totals),
    );
  }
  if (facts.not_reviewable.length > 0) parts.push(`${count(facts.not_reviewable.length, "resource")} not reviewable`);
  // A machine that is adopted again stands among the adoptions, too.
  const again = facts.forgotten.filter((item) => item.same_machine === true).length;
  const [adopted, left] = [facts.adoptions.length - again, facts.forgotten.length - again];
  if (adopted > 0) parts.push(`${count(adopted, "machine")} adopted`);
  if (again > 0) parts.push(`${count(again, "machine")} forgotten and adopted again`);
  if (left > 0) parts.push(`${count(left, "machine")} no longer managed`);
  if (facts.others.length > 0) parts.push(`${count(facts.others.length, "other resource")} changed`);
  if (parts.length === 0 && facts.plans.some((plan) => plan.has_changes)) {
    parts.push(
      facts.settings.length > 0 ? "only settings change, nothing is ordered" : "only outputs or the state change",
    );
  }
  const text = parts.join(" · ");
  switch (status) {
    case "nothing_to_do":
      return "Nothing to do";
    case "changes":
      return text.charAt(0).toUpperCase() + text.slice(1);
    case "refused":
      return text === "" ? "Refused" : `Refused: ${text}`;
    case "error":
      return text === "" ? "The plan failed" : `The plan cannot be relied on; as far as it goes: ${text}`;
    default:
      return status satisfies never;
  }
}

/** `about 4.80 USD, at most 12.00 USD`, with whatever is unknown said beside it. */
export function chargedText(totals: Charged): string {
  const known = totals.charged_now.filter(({ amount }) => amount > 0);
  const open = totals.charged_now_unknown > 0;
  if (known.length === 0) return open ? "an unknown amount" : "nothing";
  const about =
    totals.charged_about?.filter((item) => known.some(({ currency }) => currency === item.currency)) ?? null;
  const texts = [
    ...(about === null ? [] : [sumText(about, aboutText)]),
    sumText(known, atMostText) + estimatedMark(known),
  ];
  return `${texts.join(", ")}${open ? " and an unknown amount" : ""}`;
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
