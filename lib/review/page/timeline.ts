// When each change takes effect and what it costs: the moments of a report in their order, changes already scheduled included.
import { grouped } from "../input/order";
import { valueSpans } from "./cells";
import { line, span, type Line, type Moment, type Span, type Timeline } from "./document";
import type { ChangeFact, PendingFact } from "../facts/facts";
import type { Report } from "../verdict/report";
import { axisLabel, count, differenceText, machineLabel, timeText } from "../facts/words";
import { chargedNow, mayCharge, perCurrency } from "../verdict/charges";
import { chargedText, estimatedMark } from "../verdict/summary";
import { parseInstant } from "../verdict/windows";

export function timelineOf(report: Report): readonly Timeline[] {
  const { facts } = report;
  if (facts.changes.length === 0) return [];
  const moment = momentOf(facts.plans.length > 1);
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

/** @param named with the name of each item's plan, where there are several. */
function momentOf(named: boolean) {
  const items = <T extends { readonly plan: string }>(facts: readonly T[], item: (fact: T) => Line): readonly Line[] =>
    facts.map((fact) => (named ? [span(`${fact.plan} `, "muted"), ...item(fact)] : item(fact)));
  return (
    when: string,
    time: string | null,
    changes: readonly ChangeFact[],
    pending: readonly PendingFact[],
  ): readonly Moment[] => {
    if (changes.length + pending.length === 0) return [];
    return [
      {
        time: time !== null && parseInstant(time) !== null ? time : null,
        when,
        costs: changes.length === 0 ? [line(span("ordered earlier", "muted"))] : costsOf(changes),
        items: [...alike(changes, items), ...items(pending, pendingItem)],
      },
    ];
  };
}

/** More than so many at one moment are told by what happens to them. */
const SINGLE = 8;

function alike(
  changes: readonly ChangeFact[],
  items: (facts: readonly ChangeFact[], item: (fact: ChangeFact) => Line) => readonly Line[],
): readonly Line[] {
  if (changes.length <= SINGLE) return items(changes, changeItem);
  return [...grouped(changes, ({ axis, from, to, direction }) => [axis, from, to, direction])]
    .sort((a, b) => b.length - a.length)
    .flatMap((group) =>
      group.length === 1
        ? items(group, changeItem)
        : [line(span(count(group.length, "machine"), "strong"), ...valuesOf(group[0]))],
    );
}

function changeItem(change: ChangeFact): Line {
  return line(span(machineLabel(change.machine), "strong"), ...valuesOf(change));
}

function valuesOf(change: ChangeFact): readonly (Span | string)[] {
  return [
    `: ${axisLabel(change.axis).toLowerCase()} `,
    ...valueSpans(change),
    change.direction === "cancel" ? " (what was scheduled is cancelled)" : "",
  ];
}

function pendingItem(item: PendingFact): Line {
  return line(
    span(machineLabel(item.machine), "strong"),
    `: ${axisLabel(item.axis).toLowerCase()} `,
    ...valueSpans(item),
    span(item.phase === "processing" ? " (running already)" : " (scheduled already)", "muted"),
  );
}

/** Charged at this moment and what it changes a month, with the unknown said. */
function costsOf(changes: readonly ChangeFact[]): readonly Line[] {
  const charged = chargedNow({ changes, not_reviewable: [], actions: [], others: [] });
  const lines = [
    ...(changes.some(mayCharge) ? [said(`charged ${chargedText(charged)}`, charged.charged_now_unknown > 0)] : []),
    ...(changes.some((change) => change.charge === "usage_based") ? [said("charged by usage", false)] : []),
  ];
  return [...(lines.length > 0 ? lines : [said("nothing charged", false)]), monthlyLine(changes)];
}

function monthlyLine(changes: readonly ChangeFact[]): Line {
  const known = perCurrency(
    changes.flatMap(({ price }) =>
      price.monthly_difference === null
        ? []
        : [{ currency: price.currency, amount: price.monthly_difference, estimated: price.source === "estimate" }],
    ),
  );
  const open = changes.some(({ price }) => price.monthly_difference === null);
  const sums = known.map(({ amount, currency }) => differenceText(amount, currency));
  const text = [...sums, ...(open ? ["an unknown difference"] : [])].join(" and ");
  return said(`${text} a month${estimatedMark(known)}`, open);
}

function said(text: string, open: boolean): Line {
  return line(span(text, open ? "warning" : "plain"));
}

function byTime(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const [first, second] = [parseInstant(a), parseInstant(b)];
  return first !== null && second !== null ? first - second : a < b ? -1 : 1;
}
