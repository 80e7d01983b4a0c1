// The table of changes: what matters most comes first, the steps of a machine stand together, and what has no room is said as a whole.
import { chainsOf, monthlyOfChain } from "../facts/chains";
import type { ChangeFact, GuardFact, NotReviewableFact, Place } from "../facts/facts";
import {
  axisLabel,
  chargeTexts,
  count,
  differenceText,
  machineLabel,
  monthlyText,
  takesEffectText,
} from "../facts/words";
import { grouped, type Group as GroupOf } from "../input/order";
import { chargedNow, chargesUnknown, perCurrency, type Charged, type CurrencyTotal } from "../verdict/charges";
import { chargedTexts, estimatedMark } from "../verdict/summary";
import type { Report } from "../verdict/report";
import { listed, machineLines, NOTHING, planCell, valueSpans, withPlan } from "./cells";
import { line, span, type Line, type Row, type Table, type Tone } from "./document";

const DIRECTIONS: { readonly [D in ChangeFact["direction"]]: { readonly text: string; readonly tone: Tone } } = {
  upgrade: { text: "▲ upgrade", tone: "up" },
  downgrade: { text: "▼ downgrade", tone: "down" },
  lateral: { text: "◆ lateral", tone: "sideways" },
  cancel: { text: "✕ cancel", tone: "cancel" },
};

/** The calls of one resource, or the resource whose calls nobody knows. */
type Group =
  | { readonly kind: "changes"; readonly changes: GroupOf<ChangeFact> }
  | { readonly kind: "not_reviewable"; readonly item: NotReviewableFact };

export function changesTable(report: Report): Table {
  const groups = ranked(report);
  const notes = new Notes();
  const rows = groups.flatMap((group) => rowsOf(report, group, notes));
  const sizes = groups.map((group) => (group.kind === "changes" ? group.changes.length : 1));
  return {
    kind: "table",
    id: "changes",
    title:
      report.facts.changes.length > 0
        ? count(report.facts.changes.length, "change")
        : `${count(report.facts.not_reviewable.length, "resource")} not reviewable`,
    folded: false,
    columns: withPlan(report, [
      { id: "machine", title: "Machine", align: "left" },
      { id: "change", title: "Change", align: "left" },
      { id: "values", title: "From → to", align: "left" },
      { id: "takes-effect", title: "Takes effect", align: "left" },
      { id: "charged-now", title: "Charged now", align: "right" },
      { id: "monthly", title: "Monthly", align: "right" },
      { id: "guards", title: "Guards", align: "left" },
    ]),
    rows,
    notes: notes.lines,
    ...(rows.length < 2 ? {} : { total: totalRow(report) }),
    rest: (shown) => restRows(report, groups.slice(wholeGroups(sizes, shown))),
    whole: (shown) => sizes.slice(0, wholeGroups(sizes, shown)).reduce((sum, size) => sum + size, 0),
  };
}

/** How many groups are whole within so many rows. */
function wholeGroups(sizes: readonly number[], rows: number): number {
  let [groups, used] = [0, 0];
  for (const size of sizes) {
    if (used + size > rows) break;
    groups += 1;
    used += size;
  }
  return groups;
}

/** First what was not reviewed, then what cannot be reviewed, is refused, or charges an unknown amount; then by amount. */
function ranked({ facts, verification }: Report): readonly Group[] {
  const fresh = new Set((verification?.not_reviewed ?? []).map(keyOf));
  const groups: readonly Group[] = [
    ...facts.not_reviewable.map((item): Group => ({ kind: "not_reviewable", item })),
    ...byResource(facts.changes).map((changes): Group => ({ kind: "changes", changes })),
  ];
  return groups
    .map((group) => {
      const first = group.kind === "changes" ? group.changes[0] : group.item;
      return { group, key: [fresh.has(keyOf(first)) ? 1 : 0, ...rankOf(group)] };
    })
    .sort((a, b) => compareKeys(b.key, a.key))
    .map(({ group }) => group);
}

function keyOf({ plan, address }: Pick<Place, "plan" | "address">): string {
  return JSON.stringify([plan, address]);
}

function byResource(changes: readonly ChangeFact[]): readonly GroupOf<ChangeFact>[] {
  return grouped(changes, ({ plan, address }) => [plan, address]);
}

function rankOf(group: Group): readonly number[] {
  if (group.kind === "not_reviewable") return [1];
  const { changes } = group;
  const any = (test: (change: ChangeFact) => boolean) => (changes.some(test) ? 1 : 0);
  const sum = (amount: (change: ChangeFact) => number | null) =>
    changes.reduce((total, change) => total + (amount(change) ?? 0), 0);
  return [
    0,
    any(({ guards }) => guards.some(({ result }) => result === "failed")),
    any(chargesUnknown),
    sum(({ price }) => price.charged_now),
    Math.abs(sum(({ price }) => price.monthly_difference)),
    any(({ price }) => price.monthly_difference === null),
    any(({ direction }) => direction === "downgrade"),
  ];
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rowsOf(report: Report, group: Group, notes: Notes): readonly Row[] {
  if (group.kind === "not_reviewable") {
    const { item } = group;
    return [[...planCell(report, item), ...notReviewableRow(item)]];
  }
  return group.changes.map((change, index) => [
    ...planCell(report, change),
    // The machine is named once; where a page is cut between the rows, by its name.
    index === 0 ? machineLines(change.machine, change) : [line(span(`↳ ${machineLabel(change.machine)}`, "muted"))],
    ...changeCells(change, notes),
  ]);
}

function changeCells(change: ChangeFact, notes: Notes): Row {
  const { source, reason } = change.price;
  const explained =
    source === "quote" ? null : source === "estimate" ? `estimate: ${reason ?? "converted"}` : (reason ?? source);
  return [
    [line(axisLabel(change.axis)), line(span(DIRECTIONS[change.direction].text, DIRECTIONS[change.direction].tone))],
    [valueSpans(change)],
    [line(takesEffectText(change.takes_effect, change.effective_at))],
    chargeTexts(change.charge, change.price).map((text, index) =>
      line(span(text, chargesUnknown(change) ? "warning" : index === 0 ? "plain" : "muted")),
    ),
    [
      line(
        span(monthlyText(change.price), change.price.monthly_difference === null ? "warning" : "plain"),
        explained === null ? "" : notes.mark(explained),
      ),
    ],
    listed(change.guards.map(guardLine)),
  ];
}

function notReviewableRow(item: NotReviewableFact): Row {
  return [
    machineLines(item.machine, item),
    [line(span("not reviewable", "warning"))],
    [line(item.reason)],
    [line("known at apply")],
    [line(span("unknown", "warning"))],
    [line(span("unknown", "warning"))],
    NOTHING,
  ];
}

function guardLine(guard: GuardFact): Line {
  const limit =
    guard.limit === null ? "" : guard.guard === "max_immediate_charge" ? ` ≤ ${guard.limit}` : ` = ${guard.limit}`;
  switch (guard.result) {
    case "passed":
      return line(span("✓ ", "good"), `${guard.guard}${limit}`);
    case "failed":
      return line(span("✗ ", "danger"), span(`${guard.guard}${limit}`, "danger"));
    case "at_apply":
      return line(span("? ", "warning"), `${guard.guard}, at apply`);
    default:
      return guard.result satisfies never;
  }
}

/** What the rows come to: what other resources charge is not in it, and stands in the headline. */
function totalRow(report: Report): Row {
  const { changes, not_reviewable: open } = report.facts;
  const charged = chargedNow({ changes, not_reviewable: open, actions: [], others: [] });
  return [
    ...(report.facts.plans.length > 1 ? [[line(span("", "muted"))]] : []),
    [line(span("Total", "strong"))],
    [line(count(changes.length + open.length, "change"))],
    [],
    [],
    ...sums(charged, report.totals.monthly_difference, report.totals.monthly_difference_unknown),
    [],
  ];
}

function sums(charged: Charged, monthly: readonly CurrencyTotal[], unknown: number): Row {
  return [
    chargedTexts(charged).map((text, index) =>
      line(span(text, charged.charged_now_unknown > 0 ? "warning" : index === 0 ? "strong" : "muted")),
    ),
    [
      ...monthly.map((item) => line(span(differenceText(item.amount, item.currency), "strong"), estimatedMark([item]))),
      ...(unknown > 0 ? [line(span(`${unknown} unknown`, "warning"))] : []),
    ],
  ];
}

/** More kinds than this are told by what is done alone. */
const KINDS = 12;

/** `40 machines: bandwidth 100 → 200`, for rows that have no room of their own. */
function restRows(report: Report, hidden: readonly Group[]): readonly Row[] {
  const changes = hidden.flatMap((group) => (group.kind === "changes" ? group.changes : []));
  const open = hidden.filter(({ kind }) => kind === "not_reviewable").length;
  const exact = grouped(changes, (change) => [change.axis, change.direction, change.from, change.to, effectOf(change)]);
  const alike = exact.length <= KINDS ? exact : grouped(changes, (change) => [change.axis, change.direction]);
  const plan = report.facts.plans.length > 1 ? [[line(span("…", "muted"))]] : [];
  return [
    ...alike.map((group): Row => {
      const [first] = group;
      const values = new Set(group.map(({ from, to }) => JSON.stringify([from, to]))).size;
      const effects = new Set(group.map(effectOf)).size;
      const totals = chainsOf(group).map(monthlyOfChain);
      const known = totals.filter((total) => total !== null);
      const failed = group.filter(({ guards }) => guards.some(({ result }) => result === "failed")).length;
      return [
        ...plan,
        [line(span(count(byResource(group).length, "machine"), "strong"))],
        [line(axisLabel(first.axis)), line(span(DIRECTIONS[first.direction].text, DIRECTIONS[first.direction].tone))],
        [values === 1 ? valueSpans(first) : line(`${values} different`)],
        [line(effects === 1 ? effectOf(first) : `at ${effects} times`)],
        ...sums(
          chargedNow({ changes: group, not_reviewable: [], actions: [], others: [] }),
          perCurrency(known),
          totals.length - known.length,
        ),
        failed > 0 ? [line(span(`✗ ${failed} refused`, "danger"))] : NOTHING,
      ];
    }),
    ...(open === 0
      ? []
      : [
          [
            ...plan,
            [line(span(count(open, "machine"), "strong"))],
            [line(span("not reviewable", "warning"))],
            [],
            [line("known at apply")],
            [line(span("unknown", "warning"))],
            [line(span("unknown", "warning"))],
            [],
          ] satisfies Row,
        ]),
  ];
}

function effectOf({ takes_effect, effective_at }: ChangeFact): string {
  return takesEffectText(takes_effect, effective_at);
}

/** Footnotes: what several rows have in common is said once, below them. */
class Notes {
  private readonly texts: string[] = [];

  mark(text: string): string {
    const index = this.texts.indexOf(text);
    return markOf(index >= 0 ? index : this.texts.push(text) - 1);
  }

  get lines(): readonly Line[] {
    return this.texts.map((text, index) => line(`${markOf(index)} ${text}`));
  }
}

function markOf(index: number): string {
  return [...String(index + 1)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)] ?? "").join("");
}
