// Cells that several tables of a report share.
import { line, span, type Column, type Line } from "./document";
import type { DiagnosticFact, MachineFact, PendingFact, Place } from "../facts/facts";
import type { Report } from "../verdict/report";
import { machineLabel, placeText, valueLabel } from "../facts/words";

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

/** From one value to another. */
export function valueSpans(change: Pick<PendingFact, "axis" | "from" | "to">): Line {
  const { axis, from, to } = change;
  return line(span(valueLabel(axis, from), "code"), " → ", span(valueLabel(axis, to), "code"));
}

/** What a cell has where it has nothing. */
export const NOTHING: readonly Line[] = [line(span("–", "muted"))];

export function listed(lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? NOTHING : lines;
}

/** With a first column for the plan where there are several. */
export function withPlan(report: Report, columns: readonly Column[]): readonly Column[] {
  return report.facts.plans.length > 1 ? [{ id: "plan", title: "Plan", align: "left" }, ...columns] : columns;
}

export function planCell(report: Report, place: { readonly plan: string }): readonly (readonly Line[])[] {
  return report.facts.plans.length > 1 ? [[line(place.plan)]] : [];
}

/** An address in a sentence, with its plan where there are several. */
export function addressSpans(
  facts: Pick<Report["facts"], "plans">,
  place: { readonly plan: string; readonly address: string },
): Line {
  return [...(facts.plans.length > 1 ? [span(`${place.plan} `, "muted")] : []), span(place.address, "code")];
}

/** What a provider or Terraform says, each with its place; sentences that several of them share are said once, at the end. */
export function diagnosticLines(items: readonly DiagnosticFact[]): readonly Line[] {
  const counted = new Map<string, number>();
  for (const { detail } of items) {
    for (const sentence of new Set(sentencesOf(detail))) counted.set(sentence, (counted.get(sentence) ?? 0) + 1);
  }
  const shared = [...counted].flatMap(([sentence, times]) => (times > 1 ? [sentence] : []));
  const own = (detail: string) =>
    sentencesOf(detail)
      .filter((sentence) => !shared.includes(sentence))
      .join(" ");
  return [
    ...items.map((item) => diagnosticLine({ ...item, detail: shared.length === 0 ? item.detail : own(item.detail) })),
    ...(shared.length === 0 ? [] : [line(span(shared.join(" "), "muted"))]),
  ];
}

function sentencesOf(detail: string): readonly string[] {
  return withoutMark(detail)
    .split(/(?<=[.!?])\s+(?=[\p{Lu}\p{Ll}_])/u)
    .filter((sentence) => sentence !== "");
}

/** Marks are for programs. */
function withoutMark(detail: string): string {
  return detail.replace(/\s*\[(?:guard:[a-z_]+|outcome:unknown|ordered:[^\]]*)\]/g, "");
}

function diagnosticLine(item: DiagnosticFact): Line {
  const detail = withoutMark(item.detail);
  const place = item.address ?? placeText(item);
  const dot = /[.:!?]$/.test(item.summary) ? "" : ".";
  return line(
    ...(place === null ? [] : [span(place, "code"), ": "]),
    span(item.summary, "strong"),
    detail === "" ? "" : `${dot} ${detail}`,
  );
}
