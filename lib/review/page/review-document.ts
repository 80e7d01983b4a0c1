// A report as a page: what is said first, what is a warning and what is a detail.
import { reviewCallouts } from "./callouts";
import { changesTable } from "./changes-table";
import { line, markerOf, span, type Badge, type Block, type Document } from "./document";
import type { AlarmFact } from "../facts/facts";
import type { Approval } from "../verdict/approval";
import type { Report, Status } from "../verdict/report";
import { billText, chargedText, estimatedMark } from "../verdict/summary";
import type { BalanceCheck } from "../verdict/accounts";
import type { Totals } from "../verdict/totals";
import { detailBlocks } from "./details";
import { timelineOf } from "./timeline";
import { amountText, count, differenceText } from "../facts/words";

const STATUS: { readonly [S in Status]: { readonly status: Document["status"]; readonly text: string } } = {
  nothing_to_do: { status: "good", text: "Nothing to do" },
  changes: { status: "changes", text: "Changes" },
  refused: { status: "refused", text: "Refused" },
  error: { status: "error", text: "Error" },
};

/** @param approval of the report, where one was made: the page says until when it holds. */
export function reviewDocument(report: Report, approval: Approval | null = null): Document {
  const alarming = report.exit_code % 2 === 0 && report.facts.alarms.length > 0;
  const limited = report.status === "error" && report.facts.plans.every((plan) => !plan.errored);
  const { status, text } = alarming
    ? ({ status: "alarm", text: "Alarm" } as const)
    : limited
      ? ({ status: "error", text: "Incomplete" } as const)
      : STATUS[report.status];
  const rows = report.facts.changes.length + report.facts.not_reviewable.length;
  return {
    marker: markerOf("review", report.name),
    title: "Zenlayer review",
    name: report.name,
    status,
    statusText: text,
    summary: report.summary,
    badges: badgesOf(report),
    blocks: [
      ...reviewCallouts(report),
      ...(rows > 0 ? [changesTable(report)] : []),
      ...bill(report),
      ...timelineOf(report),
      ...detailBlocks(report, approval),
    ] satisfies readonly Block[],
  };
}

/** Beside the differences: what the machines cost a month, before and after, as far as prices are known. */
function bill({ totals }: Report): readonly Block[] {
  if (totals.bill.length === 0) return [];
  const axes = (n: number) => count(n, "axis", "axes");
  return [
    {
      kind: "properties",
      id: "bill",
      title: "Monthly bill",
      folded: false,
      items: totals.bill.map((item, index) => ({
        label: "Monthly bill of what has a price",
        value: line(
          span(billText(item), "strong"),
          index === 0 && totals.bill_unknown > 0 ? `, without ${axes(totals.bill_unknown)} of unknown price` : "",
        ),
      })),
    },
  ];
}

function badgesOf({ totals, facts }: Report): readonly Badge[] {
  const badges: Badge[] = [];
  if (totals.changes > 0) {
    badges.push({ id: "changes", label: "Changes", value: String(totals.changes), tone: "strong" });
  }
  if (totals.changes > 0 || totals.charged_now_unknown > 0) badges.push(chargedBadge(totals));
  if (totals.changes > 0) {
    badges.push(monthlyBadge(totals), ...totals.balances.map((item) => balanceBadge(totals, item)));
  }
  const alarms = (label: string, id: string, ...effects: readonly AlarmFact["effect"][]) => {
    const found = facts.alarms.filter(({ effect }) => effects.includes(effect)).length;
    if (found > 0) badges.unshift({ id, label, value: String(found), tone: "danger" });
  };
  alarms("Managed twice", "managed-twice", "managed_twice");
  alarms("Disks erased", "erased", "erase");
  alarms("Machines lost", "alarms", "destroy", "replace");
  return badges;
}

function chargedBadge(totals: Totals): Badge {
  const open = totals.charged_now_unknown;
  return {
    id: "charged-now",
    label: "Charged at once",
    value: chargedText(totals),
    tone: open > 0 ? "warning" : "strong",
    ...(open > 1 ? { note: count(open, "unknown amount") } : {}),
  };
}

function monthlyBadge(totals: Totals): Badge {
  const sums = totals.monthly_difference.map(({ amount, currency }) => differenceText(amount, currency)).join(" + ");
  const open = totals.monthly_difference_unknown;
  return {
    id: "monthly",
    label: "Monthly difference",
    value: sums === "" ? "unknown" : sums + estimatedMark(totals.monthly_difference),
    tone: open > 0 ? "warning" : "strong",
    ...(open > 0 && sums !== "" ? { note: `without ${count(open, "change")} of unknown price` } : {}),
  };
}

function balanceBadge(totals: Totals, balance: BalanceCheck): Badge {
  return {
    id: "balance",
    label: totals.balances.length > 1 ? `Balance of ${balance.account_id ?? balance.plan}` : "Balance",
    value: amountText(balance.purchasing_power, balance.currency),
    tone: balance.sufficient === false ? "danger" : balance.sufficient === true ? "good" : "plain",
    note:
      balance.sufficient === false
        ? "not enough for what is charged now"
        : balance.sufficient === true
          ? "covers what is charged now"
          : "whether it is enough is not known",
  };
}
