// What an apply left behind, as a page: ordered, scheduled, in force, and first of all what nobody knows.
import type { AppliedCall, AppliedMachine, AppliedReport } from "../verdict/applied";
import { diagnosticLines, listed, valueSpans } from "./cells";
import {
  callout,
  line,
  markerOf,
  span,
  type Badge,
  type Block,
  type Callout,
  type Document,
  type Line,
  type Table,
} from "./document";
import { axisLabel, count, machineLabel, timeText, valueLabel } from "../facts/words";

const OUTCOMES: { readonly [O in AppliedMachine["outcome"]]: Line } = {
  ordered: line(span("✓ changed", "good")),
  cancelled: line(span("✓ schedule cancelled", "good")),
  adopted: line(span("✓ adopted", "good"), ", no order"),
  updated: line(span("✓ settings only", "good")),
  failed: line(span("✗ failed", "danger")),
  untouched: line(span("untouched", "muted")),
  unknown: line(span("–", "muted")),
};

export function appliedDocument(report: AppliedReport): Document {
  const active = report.machines.filter((item) => item.outcome !== "untouched");
  const quiet = report.machines.filter((item) => item.outcome === "untouched" && item.pending.length > 0);
  return {
    marker: markerOf("applied", report.name),
    title: "Zenlayer applied",
    name: report.name,
    ...statusOf(report),
    summary: report.summary,
    badges: badgesOf(report),
    blocks: [
      ...unknown(report),
      ...unseen(report),
      ...diagnostics(report, "error"),
      ...diagnostics(report, "warning"),
      ...others(report),
      ...machines("machines", count(active.length, "machine"), active, false),
      ...machines("pending", `${count(quiet.length, "machine")} with changes of earlier applies`, quiet, true),
    ] satisfies readonly Block[],
  };
}

function statusOf({ status, nothing_ordered: nothing, began, unseen: hidden }: AppliedReport): {
  readonly status: Document["status"];
  readonly statusText: string;
} {
  switch (status) {
    case "nothing_to_do":
      return { status: "good", statusText: nothing ? "Nothing ordered" : "Nothing pending" };
    case "changes":
      return { status: "changes", statusText: hidden.length > 0 ? "Not all seen" : "Applied" };
    case "refused":
      return { status: "refused", statusText: "Refused" };
    case "error":
      return { status: "error", statusText: began.length > 0 ? "Outcome unknown" : "Failed" };
    default:
      return status satisfies never;
  }
}

function badgesOf(report: AppliedReport): readonly Badge[] {
  const placed = report.machines.flatMap((item) => (item.placed === null ? [] : [item.placed]));
  const orders = placed.reduce((sum, numbers) => sum + Math.max(1, numbers.length), 0);
  const pending = report.machines.flatMap((item) => item.pending);
  const open = !report.nothing_ordered && orders === 0;
  return [
    ...(report.began.length === 0
      ? []
      : [{ id: "unknown", label: "Outcome unknown", value: String(report.began.length), tone: "danger" } as const]),
    { id: "orders", label: "Orders", value: open ? "not known" : String(orders), tone: open ? "warning" : "strong" },
    { id: "pending", label: "Still to take effect", value: String(pending.length), tone: "strong" },
  ];
}

/** What to do is said as it is: an empty plan proves nothing about money. */
function unknown({ began, started_at: start, others: found }: AppliedReport): readonly Callout[] {
  const cut = began.some(({ because }) => because === "no_end");
  const since = start === null ? "since this apply began" : `since ${timeText(start)}`;
  const foreign = began.some(({ kind }) => kind === "action") || found.some(({ result }) => result === "began");
  const unlock = line(
    "When nothing applies any more, unlock the state first: ",
    span("terraform force-unlock ID", "code"),
    ", with the id that the next plan names.",
  );
  return callout(
    "unknown",
    "error",
    "Something may have been ordered",
    began.map((item) =>
      line(
        span(item.address, "code"),
        item.because === "no_end"
          ? `: ${item.action} began, and nothing says how it ended`
          : ": a call was sent, and no usable answer came",
      ),
    ),
    ...(cut ? [unlock] : []),
    line(
      `Look at the account's orders ${since}, in the Zenlayer console${foreign ? "; an action or another provider may have ordered, too" : ""}.`,
    ),
    line(
      "Then plan again: what it shows is still to be done. That it shows nothing does not mean that nothing was charged; ",
      "the numbers of orders and the change_count of this apply may be lost with the state.",
    ),
  );
}

function unseen({ unseen: sentences }: AppliedReport): readonly Callout[] {
  return callout(
    "unseen",
    "warning",
    "Not all can be seen",
    sentences.map((text) => line(text)),
  );
}

function others({ others: found }: AppliedReport): readonly Callout[] {
  const done = found.filter(({ result }) => result !== "began");
  return callout(
    "others",
    "warning",
    "What else this apply did may have been charged",
    done.map(({ kind, address, action, result }) =>
      line(
        span(address, "code"),
        kind === "action" ? ": invoked" : `: a machine of another provider, ${action}`,
        result === "errored" ? ", which failed" : "",
      ),
    ),
  );
}

function machines(id: string, title: string, items: readonly AppliedMachine[], folded: boolean): readonly Table[] {
  if (items.length === 0) return [];
  return [
    {
      kind: "table",
      id,
      title,
      folded,
      columns: [
        { id: "machine", title: "Machine", align: "left" },
        { id: "outcome", title: "Apply", align: "left" },
        { id: "ordered", title: "Ordered", align: "left" },
        { id: "pending", title: "Scheduled", align: "left" },
        { id: "now", title: "In force now", align: "left" },
      ],
      rows: items.map((item) => [
        [
          line(span(machineLabel(item.machine), "strong")),
          ...(item.machine.id === null || item.machine.name === null ? [] : [line(span(item.machine.id, "code"))]),
          ...(item.construct_path === null ? [] : [line(span(item.construct_path, "muted"))]),
          line(span(item.address, "muted")),
        ],
        [item.began ? line(span("? outcome unknown", "danger")) : OUTCOMES[item.outcome]],
        listed(orderedLines(item)),
        listed(pendingLines(item)),
        listed([
          ...item.values.map(({ axis, effective }) =>
            line(`${axisLabel(axis)} `, span(valueLabel(axis, effective), "code")),
          ),
          // A state that was not written since tells of the time before.
          ...(item.began && item.values.length > 0 ? [line(span("when last read", "muted"))] : []),
        ]),
      ]),
    },
  ];
}

/** What was ordered by this apply; without a plan only the numbers are known. */
function orderedLines(item: AppliedMachine): readonly Line[] {
  if (item.placed === null) {
    if (item.began) return item.calls.filter(isOrder).map((call) => line(...callLine(call), span(" ?", "danger")));
    return item.order_numbers.length === 0 || item.outcome === "untouched"
      ? []
      : [
          ...item.order_numbers.map((number) => line(span(number, "code"))),
          line(span("of the last apply that placed any", "muted")),
        ];
  }
  return [
    ...item.calls.filter(isOrder).map(callLine),
    ...(item.placed.length === 0 ? [line(span("no order number is known", "muted"))] : []),
    ...item.placed.map((number) => line(span(number, "code"))),
  ];
}

function isOrder({ direction }: AppliedCall): boolean {
  return direction !== "cancel";
}

function callLine({ axis, from, to }: AppliedCall): Line {
  return line(`${axisLabel(axis)} `, ...valueSpans({ axis, from, to }));
}

function pendingLines({ pending }: AppliedMachine): readonly Line[] {
  return pending.map(({ axis, to, phase, effective_at: time }) =>
    line(
      `${axisLabel(axis)} `,
      span(valueLabel(axis, to), "code"),
      phase === "processing" ? ", running now" : time === null ? ", next billing cycle" : `, ${timeText(time)}`,
    ),
  );
}

function diagnostics(report: AppliedReport, severity: "error" | "warning"): readonly Callout[] {
  const found = report.diagnostics.filter((item) => item.severity === severity);
  const title = severity === "error" ? "The apply failed" : count(found.length, "warning");
  return callout(`${severity}s`, severity, title, diagnosticLines(found));
}
