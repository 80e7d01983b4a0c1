// What was decided about a plan: whether it is what was reviewed, and what the policy says.
import { callout, line, span, type Callout, type Line } from "./document";
import { grouped } from "../input/order";
import { count } from "../facts/words";
import type { Report } from "../verdict/report";
import type { PolicyFinding } from "../verdict/finding";
import type { Verification } from "../verdict/verify";

export function verificationCallouts({ verification: found }: Report): readonly Callout[] {
  if (found === null) return [];
  const unchecked = uncheckedLines(found);
  if (found.matches) {
    const done = found.rest ?? [];
    const what = found.exact
      ? "This is the plan file that was reviewed"
      : found.rest === null
        ? "This plan does what was reviewed"
        : "This plan is the rest of what was reviewed";
    return callout("verification", unchecked.length > 0 ? "warning" : "note", what, [
      ...unchecked,
      ...done.map((text) => line(`Done already: ${text}`)),
      line(span(found.found, "code")),
    ]);
  }
  return callout("verification", "error", "This is not what was reviewed", [
    ...found.differences.map((text) => line(text)),
    ...unchecked,
    line("Reviewed: ", span(found.expected, "code")),
    line("Found: ", span(found.found, "code")),
  ]);
}

function uncheckedLines({ unchecked }: Verification): readonly Line[] {
  if (unchecked.length === 0) return [];
  const given = unchecked.includes("price") ? "a digest alone has none" : "a report has none";
  return [line(`Not checked: ${unchecked.join(" and ")}, for ${given}. An approval has both.`)];
}

export function policyCallouts(report: Report): readonly Callout[] {
  const of = (level: "deny" | "warn", title: string): readonly Callout[] => {
    const found = report.policy.filter((finding) => finding.level === level && finding.waived === null);
    if (found.length === 0) return [];
    return [
      {
        kind: "callout",
        id: `policy-${level}`,
        level: level === "deny" ? "error" : "warning",
        title: line(title),
        ...byRule(found),
      },
    ];
  };
  return [...of("deny", "Denied by the policy"), ...of("warn", "The policy warns"), ...waivers(report)];
}

/** A rule that finds much is named once. */
function byRule(findings: readonly PolicyFinding[]): Pick<Callout, "lines" | "groups"> {
  const rules = grouped(findings, ({ rule }) => [rule]);
  return {
    lines: rules.filter(({ length }) => length === 1).map(([only]) => findingLine(only)),
    groups: rules
      .filter(({ length }) => length > 1)
      .map((found) => ({
        title: line(span(found[0].rule, "code"), ` ${count(found.length, "finding")}`),
        lines: found.map(({ message }) => line(message)),
      })),
  };
}

function findingLine({ rule, message }: PolicyFinding): Line {
  return line(span(rule, "code"), ` ${message}`);
}

/** What is let pass is said with who answers for it; what is let pass no longer, too. */
function waivers(report: Report): readonly Callout[] {
  const waived = report.policy.flatMap((finding) => {
    if (finding.waived === null) return [];
    const { owner, reason, expires } = finding.waived;
    return [line(...findingLine(finding), `; waived by ${owner} until ${expires}: ${reason}`)];
  });
  const expired = report.waivers
    .filter(({ state, findings }) => state === "expired" && findings > 0)
    .map(({ rule, owner, expires }) => line("The waiver of ", span(rule, "code"), ` by ${owner} expired ${expires}`));
  const title = waived.length === 0 ? "Waivers expired" : `${count(waived.length, "finding")} waived`;
  return callout("waivers", "warning", title, [...waived, ...expired]);
}
