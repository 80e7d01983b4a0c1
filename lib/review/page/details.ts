// What is folded away: context that a reviewer may want, but that warns of nothing.
import { grouped } from "../input/order";
import { line, span, type Block, type Column, type Line, type Row } from "./document";
import type { AlarmFact, ChangeFact, PendingFact, Place } from "../facts/facts";
import type { Approval } from "../verdict/approval";
import { ceilingsText } from "../verdict/ceilings";
import type { Report } from "../verdict/report";
import { listed, machineLines, planCell, valueSpans, withPlan } from "./cells";
import { amountText, atMostText, axisLabel, count, timeText, valueLabel } from "../facts/words";

export function detailBlocks(report: Report, approval: Approval | null): readonly Block[] {
  return [
    ...pending(report),
    ...adoptions(report),
    ...hooks(report),
    ...drift(report),
    ...settings(report),
    ...moves(report),
    ...others(report),
    ...prices(report),
    ...balances(report),
    ...plans(report, approval),
  ];
}

function pending(report: Report): readonly Block[] {
  const { pending: found, alarms } = report.facts;
  return table(report, "pending", `${count(found.length, "change")} pending already`, {
    columns: { machine: "Machine", values: "Change", when: "Takes effect", note: "This plan" },
    items: found,
    row: (item) => [
      machineLines(item.machine, item),
      [line(`${axisLabel(item.axis)} `, ...valueSpans(item))],
      [
        line(
          item.phase === "processing"
            ? "running now"
            : item.effective_at === null
              ? "scheduled"
              : timeText(item.effective_at),
        ),
      ],
      [line(pendingText(item, alarms))],
    ],
  });
}

/** A machine that is released takes its schedule with it. */
function pendingText({ cancelled_by_plan: cancelled, machine }: PendingFact, alarms: readonly AlarmFact[]): string {
  const released = alarms.some(
    ({ effect, machine_id: id }) => (effect === "destroy" || effect === "replace") && id !== null && id === machine.id,
  );
  return released ? "releases its machine" : cancelled ? "cancels it" : "leaves it";
}

function adoptions(report: Report): readonly Block[] {
  return table(report, "adoptions", `${count(report.facts.adoptions.length, "machine")} adopted`, {
    columns: { machine: "Machine", by: "By", calls: "Calls" },
    items: report.facts.adoptions,
    row: (item) => [
      machineLines(item.machine, item),
      [line(item.by === "import" ? "import block" : "creating the resource, which buys nothing")],
      [line(item.calls === null ? "known at apply" : item.calls === 0 ? "none" : String(item.calls))],
    ],
  });
}

function hooks(report: Report): readonly Block[] {
  return table(report, "hooks", `${count(report.facts.hooks.length, "hook")} to run`, {
    columns: { hook: "Hook", after: "After a change of", command: "Command" },
    items: report.facts.hooks,
    row: (item) => [
      [
        line(span(item.construct_path ?? item.address, "code")),
        line(span(item.runs === "again" ? "runs again" : "runs for the first time", "muted")),
      ],
      lines(item.triggered_by),
      lines(item.commands),
    ],
  });
}

function drift(report: Report): readonly Block[] {
  return table(report, "drift", `${count(report.facts.drift.length, "resource")} changed outside of Terraform`, {
    columns: { resource: "Resource", what: "What moved" },
    items: report.facts.drift,
    row: (item) => [
      [line(span(item.construct_path ?? item.address, "code"))],
      item.gone
        ? [line(span("it is gone", "warning"))]
        : item.attributes.map(({ name, from, to }) =>
            from === null && to === null
              ? line(span(name, "code"))
              : line(span(name, "code"), " ", span(from ?? "none", "code"), " → ", span(to ?? "none", "code")),
          ),
    ],
  });
}

function settings(report: Report): readonly Block[] {
  const quiet = report.facts.settings.filter((item) => !item.with_calls);
  return table(report, "settings", `${count(quiet.length, "resource")} updated without a call`, {
    columns: { machine: "Machine", attributes: "Attributes" },
    items: quiet,
    row: (item) => [machineLines(item.machine, item), lines(item.attributes)],
  });
}

function others(report: Report): readonly Block[] {
  const { others: found } = report.facts;
  return table(report, "others", `${count(found.length, "other resource")} changed`, {
    columns: { resource: "Resource", actions: "Action" },
    items: found,
    row: (item) => [
      [line(span(item.construct_path ?? item.address, "code"))],
      [
        line(
          [
            item.imported && item.kind !== "import" ? "import" : "",
            item.previous_address !== null && item.kind !== "move" ? "move" : "",
            item.kind === "unknown" ? item.actions.join(", ") : item.kind,
            item.deposed ? "(a left-over object)" : "",
            item.deferred === null ? "" : "(deferred)",
          ]
            .filter((part) => part !== "")
            .join(" "),
        ),
        ...(item.attributes.length === 0 ? [] : [line(span(item.attributes.join(", "), "muted"))]),
      ],
    ],
  });
}

function moves(report: Report): readonly Block[] {
  const { moves: found } = report.facts;
  return table(report, "moves", `${count(found.length, "resource")} moved`, {
    columns: { from: "From", to: "To" },
    items: found,
    row: (item) => [[line(span(item.previous_address, "code"))], [line(span(item.address, "code"))]],
  });
}

function prices(report: Report): readonly Block[] {
  const unit = (text: string | null, months: number | null) =>
    text === "PERIOD"
      ? months === null
        ? "a period"
        : `${count(months, "month")}`
      : text === null
        ? ""
        : text.toLowerCase();
  const amount = (value: number | null, currency: string | null) =>
    value === null ? "unknown" : amountText(value, currency);
  // What has no price has no row: it is said once why.
  const isPriced = ({ price }: ChangeFact) => price.from !== null || price.to !== null;
  const reasonOf = ({ price }: ChangeFact) => price.reason ?? price.source;
  const unpriced = grouped(
    report.facts.changes.filter((change) => !isPriced(change)),
    (change) => [reasonOf(change)],
  );
  return table(report, "prices", "Prices", {
    columns: { machine: "Machine", values: "Change", prices: "Price", per: "For", source: "Source" },
    items: report.facts.changes.filter(isPriced),
    row: (change) => [
      // The table above says where the machine is in the code.
      machineLines(change.machine, change).slice(0, 1),
      [
        line(
          `${axisLabel(change.axis)} ${valueLabel(change.axis, change.from)} → ${valueLabel(change.axis, change.to)}`,
        ),
      ],
      [line(`${amount(change.price.from, change.price.currency)} → ${amount(change.price.to, change.price.currency)}`)],
      [line(unit(change.price.unit, change.price.period_months))],
      [line(change.price.source), ...(change.price.reason === null ? [] : [line(span(change.price.reason, "muted"))])],
    ],
    notes: unpriced.map((group) => line(`${count(group.length, "change")} without a price: ${reasonOf(group[0])}`)),
  });
}

function balances({ totals }: Report): readonly Block[] {
  if (totals.balances.length === 0) return [];
  return [
    {
      kind: "properties",
      id: "balances",
      title: "Balance",
      folded: true,
      items: totals.balances.map((item) => ({
        label: item.account_id ?? item.plan,
        value: line(
          `${amountText(item.purchasing_power, item.currency)} can be spent; ${atMostText(item.charged_now, item.currency)} of it by ${item.plans.length > 1 ? `these ${item.plans.length} plans` : "this plan"}`,
          item.sufficient === null ? ", and an amount that is not known" : "",
        ),
      })),
    },
  ];
}

function plans(report: Report, approval: Approval | null): readonly Block[] {
  return [
    {
      kind: "properties",
      id: "digest",
      title: "Digest and plans",
      folded: true,
      items: [
        ...(report.digest === null
          ? []
          : [{ label: "Digest of the changes", value: line(span(report.digest, "code")) }]),
        ...(report.exact_digest === null
          ? []
          : [{ label: "Digest of the plan file", value: line(span(report.exact_digest, "code")) }]),
        ...(report.digest === null
          ? []
          : [{ label: "An approval allows", value: line(ceilingsText(report.ceilings)) }]),
        ...(approval === null ? [] : [{ label: "The approval expires", value: line(timeText(approval.expires_at)) }]),
        ...report.facts.plans.map((plan) => ({
          label: plan.name,
          value: line(
            [
              plan.terraform_version === null ? "" : `Terraform ${plan.terraform_version}`,
              plan.timestamp === null ? "" : `planned ${timeText(plan.timestamp)}`,
              plan.output_changes === 0 ? "" : `${count(plan.output_changes, "output")} changed`,
            ]
              .filter((part) => part !== "")
              .join(", ") || "no plan",
          ),
        })),
      ],
    },
  ];
}

/** A row an item, with its plan where there are several; nothing without items. */
function table<T extends Pick<Place, "plan">>(
  report: Report,
  id: string,
  title: string,
  { columns, items, row, ...notes }: Content<T>,
): readonly Block[] {
  if (items.length === 0) return [];
  const titled = Object.entries(columns).map(([key, text]): Column => ({ id: key, title: text, align: "left" }));
  const rows = items.map((item) => [...planCell(report, item), ...row(item)]);
  return [{ kind: "table", id, title, folded: true, columns: withPlan(report, titled), rows, ...notes }];
}

interface Content<T> {
  /** Titles by id. */
  readonly columns: Readonly<Record<string, string>>;
  readonly items: readonly T[];
  readonly row: (item: T) => Row;
  readonly notes?: readonly Line[];
}

function lines(texts: readonly string[]): readonly Line[] {
  return listed(texts.map((text) => line(span(text, "code"))));
}
