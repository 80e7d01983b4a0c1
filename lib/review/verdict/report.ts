// The report: facts, totals, findings and the verdict. What every format shows, and what `--format json` prints.
import { collectFacts, type Subject } from "../facts/collect";
import { changesDigest, exactDigest, shownChanges, type CanonicalEntry } from "./digest";
import type { DiagnosticFact, Facts } from "../facts/facts";
import type { Policy } from "./policy";
import { evaluatePolicy, type PolicyFinding } from "./rules";
import { totalsOf, type Totals } from "./totals";
import { verify, type Reviewed, type Verification } from "./verify";
import { amountText, count, differenceText } from "../facts/words";

export const REPORT_VERSION = 1;

/** 0 nothing to do, 1 error, 2 changes or imports, 3 refused. */
export type ExitCode = 0 | 1 | 2 | 3;
export type Status = "nothing_to_do" | "changes" | "refused" | "error";

export interface Report {
  readonly kind: "cdktf-zenlayer/review";
  readonly version: typeof REPORT_VERSION;
  readonly name: string;
  readonly status: Status;
  readonly exit_code: ExitCode;
  /** One line. */
  readonly summary: string;
  /** Why it is refused or an error; empty otherwise. */
  readonly reasons: readonly string[];
  /** Of what the plans do; null when there is no plan to do anything. */
  readonly digest: string | null;
  /** Of the plan files. */
  readonly exact_digest: string | null;
  readonly verification: Verification | null;
  readonly totals: Totals;
  readonly policy: readonly PolicyFinding[];
  readonly canonical_changes: readonly CanonicalEntry[];
  readonly facts: Facts;
}

export interface ReportOptions {
  /** Stable name: the pull request comment is found again by it. */
  readonly name: string;
  readonly policy?: Policy;
  readonly reviewed?: Reviewed;
  readonly exact?: boolean;
  /** When the changes would be applied, in milliseconds since 1970: what freeze windows are tested against. */
  readonly now: number;
}

export function buildReport(subjects: readonly Subject[], options: ReportOptions): Report {
  const facts = collectFacts(subjects);
  const plans = subjects.flatMap(({ plan }) => (plan === null ? [] : [plan]));
  const totals = totalsOf(facts);
  const policy = options.policy === undefined ? [] : evaluatePolicy(options.policy, facts, options.now);
  const verification = options.reviewed === undefined ? null : verify(plans, options.reviewed, options.exact ?? false);
  const verdict = judge(facts, policy, verification);
  return {
    kind: "cdktf-zenlayer/review",
    version: REPORT_VERSION,
    name: options.name,
    ...verdict,
    summary: summaryOf(verdict.status, facts, totals),
    digest: plans.length === 0 ? null : changesDigest(plans),
    exact_digest: plans.length === 0 ? null : exactDigest(plans),
    verification,
    totals,
    policy,
    canonical_changes: plans.flatMap(shownChanges),
    facts,
  };
}

/** Whether the changes carry a guard that they do not pass. */
export function failedGuards(facts: Facts): readonly string[] {
  return facts.changes.flatMap((change) =>
    change.guards
      .filter((guard) => guard.result === "failed")
      .map((guard) => `${change.address}: ${guard.guard} = ${guard.limit ?? "none"} refuses it, ${guard.detail}`),
  );
}

/**
 * The verdict. An error wins over a refusal, because the report of a broken plan may lack what would be refused; a plan
 * that failed only because guards refused it is a refusal.
 */
function judge(
  facts: Facts,
  policy: readonly PolicyFinding[],
  verification: Verification | null,
): Pick<Report, "status" | "exit_code" | "reasons"> {
  const errors = facts.diagnostics.filter((item) => item.severity === "error");
  const broken = [
    ...errors.filter((item) => item.guard === null).map((item) => `${where(item)}: ${item.summary}`),
    ...incompleteReasons(facts),
  ];
  const refused = [
    ...errors
      .filter((item) => item.guard !== null)
      .map((item) => `${where(item)}: the guard ${item.guard} refused it: ${item.summary}`),
    ...failedGuards(facts),
    ...policy.filter((finding) => finding.level === "deny").map((finding) => `${finding.rule}: ${finding.message}`),
    ...(verification !== null && !verification.matches
      ? ["It is not what was reviewed.", ...verification.differences]
      : []),
  ];
  if (broken.length > 0) return { status: "error", exit_code: 1, reasons: [...broken, ...refused] };
  if (refused.length > 0) return { status: "refused", exit_code: 3, reasons: refused };
  const busy =
    facts.plans.some((plan) => plan.has_changes) || facts.changes.length > 0 || facts.not_reviewable.length > 0;
  return busy
    ? { status: "changes", exit_code: 2, reasons: [] }
    : { status: "nothing_to_do", exit_code: 0, reasons: [] };
}

/** Why plans cannot be relied on, besides the errors of their log. */
export function incompleteReasons(facts: Facts): readonly string[] {
  const errors = facts.diagnostics.filter((item) => item.severity === "error");
  return facts.plans.flatMap((plan) => incompleteReason(plan, errors));
}

function incompleteReason(plan: Facts["plans"][number], errors: readonly DiagnosticFact[]): readonly string[] {
  const own = errors.filter((item) => item.plan === plan.name);
  if (plan.format_version === null) {
    return own.length > 0 ? [] : [`${plan.name}: only the log was given, and it has no error; give the plan too`];
  }
  if (plan.errored)
    return own.length > 0
      ? []
      : [`${plan.name}: planning failed; give the log of terraform plan -json with --log to see why`];
  if (plan.complete) return [];
  return [
    `${plan.name}: the plan is incomplete (limited by -target, or deferred in part), so there is more to do than it shows`,
  ];
}

function where(item: DiagnosticFact): string {
  return item.address ?? item.plan;
}

function summaryOf(status: Status, facts: Facts, totals: Totals): string {
  const parts: string[] = [];
  if (facts.alarms.length > 0) {
    parts.push(`${count(facts.alarms.length, "Zenlayer machine")} would be destroyed or replaced`);
  }
  if (totals.changes > 0) {
    parts.push(
      `${count(totals.changes, "change")} on ${count(totals.machines, "machine")}`,
      chargedSummary(totals),
      monthlySummary(totals),
    );
  }
  if (facts.not_reviewable.length > 0) parts.push(`${count(facts.not_reviewable.length, "resource")} not reviewable`);
  // A machine that is adopted again stands among the adoptions, too.
  const again = facts.forgotten.filter((item) => item.same_machine === true).length;
  const [adopted, left] = [facts.adoptions.length - again, facts.forgotten.length - again];
  if (adopted > 0) parts.push(`${count(adopted, "machine")} adopted`);
  if (again > 0) parts.push(`${count(again, "machine")} forgotten and adopted again`);
  if (left > 0) parts.push(`${count(left, "machine")} no longer managed`);
  if (facts.others.length > 0) parts.push(`${count(facts.others.length, "other resource")} changed`);
  if (parts.length === 0 && facts.plans.some((plan) => plan.has_changes)) {
    parts.push(
      facts.settings.length > 0 ? "only settings change, nothing is ordered" : "only outputs or the state change",
    );
  }
  const text = parts.join(" · ");
  switch (status) {
    case "nothing_to_do":
      return "Nothing to do";
    case "changes":
      return text.charAt(0).toUpperCase() + text.slice(1);
    case "refused":
      return text === "" ? "Refused" : `Refused: ${text}`;
    case "error":
      return text === "" ? "The plan failed" : `The plan cannot be relied on; as far as it goes: ${text}`;
    default:
      return status satisfies never;
  }
}

/** `up to 24.00 USD charged at once`, with whatever is unknown said beside it. */
function chargedSummary(totals: Totals): string {
  const known = totals.charged_now.filter(({ amount }) => amount > 0);
  const open = totals.charged_now_unknown;
  if (known.length === 0) return open === 0 ? "nothing charged at once" : `an unknown amount charged at once`;
  const sums = known.map(({ amount, currency }) => amountText(amount, currency)).join(" + ");
  return open === 0 ? `up to ${sums} charged at once` : `up to ${sums} and an unknown amount charged at once`;
}

function monthlySummary(totals: Totals): string {
  const open = totals.monthly_difference_unknown;
  const sums = totals.monthly_difference.map(({ amount, currency }) => differenceText(amount, currency)).join(" and ");
  if (sums === "") return open === 0 ? "no monthly difference" : "monthly difference unknown";
  return open === 0 ? `${sums} a month` : `${sums} a month, without ${count(open, "change")} of unknown price`;
}
