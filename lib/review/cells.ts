// Cells that several tables of a report share.
import { line, span, type Column, type Line } from "./document";
import type { DiagnosticFact, MachineFact, Place } from "./facts";
import type { Report } from "./report";
import { machineLabel } from "./words";

/** Name, id and where it is in the code. */
export function machineLines(machine: MachineFact, place: Place): readonly Line[] {
  const named = machine.name !== null && machine.name !== "" && machine.id !== null;
  return [
    line(span(machineLabel(machine), "strong")),
    ...(named && machine.id !== null ? [line(span(machine.id, "code"))] : []),
    ...(place.construct_path === null ? [] : [line(span(place.construct_path, "muted"))]),
    line(span(place.address, "muted")),
  ];
}

/** With a first column for the plan where there are several. */
export function withPlan(report: Report, columns: readonly Column[]): readonly Column[] {
  return report.facts.plans.length > 1 ? [{ id: "plan", title: "Plan", align: "left" }, ...columns] : columns;
}

export function planCell(report: Report, place: { readonly plan: string }): readonly (readonly Line[])[] {
  return report.facts.plans.length > 1 ? [[line(place.plan)]] : [];
}

/** What a provider or Terraform says, with its place. The mark of a guard is for programs. */
export function diagnosticLine(item: DiagnosticFact): Line {
  const detail = item.detail.replace(/\s*\[guard:[a-z_]+\]/g, "");
  const dot = /[.:!?]$/.test(item.summary) ? "" : ".";
  return line(
    ...(item.address === null ? [] : [span(item.address, "code"), ": "]),
    span(item.summary, "strong"),
    detail === "" ? "" : `${dot} ${detail}`,
  );
}
