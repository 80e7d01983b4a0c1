// What an apply left behind, as a page.
import type { AppliedMachine, AppliedReport } from "../verdict/applied";
import { diagnosticLines } from "./cells";
import { line, markerOf, span, type Block, type Callout, type Document, type Line, type Table } from "./document";
import type { DiagnosticFact } from "../facts/facts";
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
  const orders = active.filter((item) => item.outcome === "ordered").flatMap((item) => item.order_numbers);
  const pending = report.machines.flatMap((item) => item.pending);
  return {
    marker: markerOf("applied", report.name),
    title: "Zenlayer applied",
    name: report.name,
    status: { nothing_to_do: "good", changes: "good", refused: "refused", error: "error" }[
      report.status
    ] as Document["status"],
    statusText: { nothing_to_do: "Nothing ordered", changes: "Applied", refused: "Refused", error: "Failed" }[
      report.status
    ],
    summary: report.summary,
    badges: [
      { id: "orders", label: "Orders", value: String(orders.length), tone: "strong" },
      { id: "pending", label: "Still to take effect", value: String(pending.length), tone: "strong" },
    ],
    blocks: [
      ...diagnostics(report.diagnostics),
      ...machines("machines", count(active.length, "machine"), active, false),
      ...machines("pending", `${count(quiet.length, "machine")} with changes of earlier applies`, quiet, true),
    ] satisfies readonly Block[],
  };
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
        { id: "now", title: "In force now", align: "left" },
        { id: "pending", title: "Still to take effect", align: "left" },
        { id: "orders", title: "Orders", align: "left" },
      ],
      rows: items.map((item) => [
        [
          line(span(machineLabel(item.machine), "strong")),
          ...(item.machine.id === null || item.machine.name === null ? [] : [line(span(item.machine.id, "code"))]),
          ...(item.construct_path === null ? [] : [line(span(item.construct_path, "muted"))]),
          line(span(item.address, "muted")),
        ],
        [OUTCOMES[item.outcome]],
        listed(
          item.values.map(({ axis, effective }) =>
            line(`${axisLabel(axis)} `, span(valueLabel(axis, effective), "code")),
          ),
        ),
        listed(
          item.pending.map((change) =>
            line(
              `${axisLabel(change.axis)} `,
              span(valueLabel(change.axis, change.to), "code"),
              change.phase === "processing"
                ? ", running now"
                : change.effective_at === null
                  ? ", scheduled"
                  : `, ${timeText(change.effective_at)}`,
            ),
          ),
        ),
        listed([
          ...item.order_numbers.map((number) => line(span(number, "code"))),
          ...(item.order_numbers.length > 0 && item.outcome !== "ordered"
            ? [line(span("of the last apply that placed any", "muted"))]
            : []),
        ]),
      ]),
    },
  ];
}

function diagnostics(items: readonly DiagnosticFact[]): readonly Callout[] {
  return (["error", "warning"] as const).flatMap((severity): Callout[] => {
    const found = items.filter((item) => item.severity === severity);
    if (found.length === 0) return [];
    return [
      {
        kind: "callout",
        id: `${severity}s`,
        level: severity,
        title: line(severity === "error" ? "The apply failed" : count(found.length, "warning")),
        lines: diagnosticLines(found),
      },
    ];
  });
}

function listed(lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [line(span("–", "muted"))] : lines;
}
