// When each change takes effect and what it costs: the moments of a report in their order, changes already scheduled included.
import { line, span, type Line, type Moment, type Timeline } from "./document";
import type { ChangeFact, PendingFact } from "../facts/facts";
import type { Report } from "../verdict/report";
import { amountText, axisLabel, differenceText, machineLabel, timeText, valueLabel } from "../facts/words";
import { rounded } from "../facts/prices";
import { parseInstant } from "../verdict/windows";

export function timelineOf({ facts }: Report): readonly Timeline[] {
  if (facts.changes.length === 0) return [];
  const running = facts.pending.filter((item) => !item.cancelled_by_plan);
  const atOnce = facts.changes.filter((change) => change.takes_effect === "immediately");
  const undecided = facts.changes.filter((change) => change.takes_effect === "decided_by_zenlayer");
  const scheduled = facts.changes.filter((change) => change.takes_effect === "next_billing_cycle");
  const times = [...new Set([...scheduled, ...running].map(({ effective_at }) => effective_at))].sort(byTime);
  const moments: Moment[] = [
    ...moment("When applied", null, atOnce, []),
    ...moment("When Zenlayer decides", null, undecided, []),
    ...times.flatMap((time) =>
      moment(
        time === null ? "At a time that is not known" : timeText(time),
        time,
        scheduled.filter((change) => change.effective_at === time),
        running.filter((item) => item.effective_at === time),
      ),
    ),
  ];
  return [{ kind: "timeline", id: "timeline", title: "When it takes effect", moments }];
}

function moment(
  when: string,
  time: string | null,
  changes: readonly ChangeFact[],
  pending: readonly PendingFact[],
): readonly Moment[] {
  if (changes.length + pending.length === 0) return [];
  return [
    {
      time: time !== null && parseInstant(time) !== null ? time : null,
      when,
      costs: changes.length === 0 ? [line(span("ordered earlier", "muted"))] : costsOf(changes),
      items: [...changes.map(changeItem), ...pending.map(pendingItem)],
    },
  ];
}

function changeItem(change: ChangeFact): Line {
  return line(
    span(machineLabel(change.machine), "strong"),
    `: ${axisLabel(change.axis).toLowerCase()} `,
    span(valueLabel(change.axis, change.from), "code"),
    " → ",
    span(valueLabel(change.axis, change.to), "code"),
    change.direction === "cancel" ? " (what was scheduled is cancelled)" : "",
  );
}

function pendingItem(item: PendingFact): Line {
  return line(
    span(machineLabel(item.machine), "strong"),
    `: ${axisLabel(item.axis).toLowerCase()} `,
    span(valueLabel(item.axis, item.from), "code"),
    " → ",
    span(valueLabel(item.axis, item.to), "code"),
    span(item.phase === "processing" ? " (running already)" : " (scheduled already)", "muted"),
  );
}

/** Charged at this moment and what it changes a month, with the unknown said. */
function costsOf(changes: readonly ChangeFact[]): readonly Line[] {
  const charging = changes.filter(({ charge }) => charge === "charged_now" || charge === "unknown");
  const charge = sum(charging.map(({ price }) => ({ amount: price.charged_now, currency: price.currency })));
  const monthly = sum(changes.map(({ price }) => ({ amount: price.monthly_difference, currency: price.currency })));
  const charged = [
    ...(charging.length > 0
      ? [
          said(
            `charged ${charge.text((amount, currency) => `up to ${amountText(amount, currency)}`, "an unknown amount")}`,
            charge.open,
          ),
        ]
      : []),
    ...(changes.some((change) => change.charge === "usage_based") ? [said("charged by usage", false)] : []),
  ];
  return [
    ...(charged.length > 0 ? charged : [said("nothing charged", false)]),
    said(`${monthly.text(differenceText, "an unknown difference")} a month`, monthly.open),
  ];
}

function said(text: string, open: boolean): Line {
  return line(span(text, open ? "warning" : "plain"));
}

function sum(items: readonly { readonly amount: number | null; readonly currency: string | null }[]) {
  const known = new Map<string | null, number>();
  for (const { amount, currency } of items) {
    if (amount !== null) known.set(currency, rounded((known.get(currency) ?? 0) + amount));
  }
  const open = items.some(({ amount }) => amount === null);
  return {
    open,
    text: (say: (amount: number, currency: string | null) => string, unknown: string): string =>
      [...[...known].map(([currency, amount]) => say(amount, currency)), ...(open ? [unknown] : [])].join(" and "),
  };
}

function byTime(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const [first, second] = [parseInstant(a), parseInstant(b)];
  return first !== null && second !== null ? first - second : a < b ? -1 : 1;
}
