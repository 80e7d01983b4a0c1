// The report: facts, totals, findings and the verdict. What every format shows, and what `--format json` prints.
import { collectFacts, type Subject } from "../facts/collect";
import type { PlannedEntry } from "./approval";
import { ceilingsOf, type Ceilings } from "./ceilings";
import { changesDigest, exactDigest } from "./digest";
import type { DiagnosticFact, Facts } from "../facts/facts";
import type { Policy } from "./policy";
import type { PolicyFinding } from "./finding";
import { evaluatePolicy } from "./rules";
import { summaryOf } from "./summary";
import { placeText } from "../facts/words";
import { totalsOf, type Totals } from "./totals";
import { waiverStates, type WaiverState } from "./waivers";
import { plannedEntries, TOLERANCE, verify, type Reviewed, type Verification } from "./verify";

export const REPORT_VERSION = 2;

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
  /** Of the policy, with what becomes of them here. */
  readonly waivers: readonly WaiverState[];
  /** What an approval of this report bounds. */
  readonly ceilings: Ceilings;
  readonly canonical_changes: readonly PlannedEntry[];
  readonly facts: Facts;
}

export interface ReportOptions {
  /** Stable name: the pull request comment is found again by it. */
  readonly name: string;
  readonly policy?: Policy;
  readonly reviewed?: Reviewed;
  readonly exact?: boolean;
  /** By how much it may be dearer than what was reviewed, per cent. */
  readonly tolerance?: number;
  /** When the changes would be applied, in milliseconds since 1970: what freeze windows are tested against. */
  readonly now: number;
  /** The time now, where `now` is another one: an approval expires by the later of them. */
  readonly clock?: number;
}

export function buildReport(subjects: readonly Subject[], options: ReportOptions): Report {
  const facts = collectFacts(subjects);
  const named = subjects.flatMap(({ name, plan }) => (plan === null ? [] : [{ name, plan }]));
  const plans = named.map(({ plan }) => plan);
  const totals = totalsOf(facts);
  const policy = options.policy === undefined ? [] : evaluatePolicy(options.policy, facts, options.now);
  const verification =
    options.reviewed === undefined
      ? null
      : verify(named, facts, options.reviewed, {
          exact: options.exact ?? false,
          tolerance: options.tolerance ?? TOLERANCE,
          now: Math.max(options.now, options.clock ?? options.now),
        });
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
    waivers: options.policy === undefined ? [] : waiverStates(options.policy, policy, options.now),
    ceilings: ceilingsOf(facts),
    canonical_changes: plannedEntries(named),
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
    ...policy
      .filter(({ level, waived }) => level === "deny" && waived === null)
      .map((finding) => `${finding.rule}: ${finding.message}`),
    ...(verification !== null && !verification.matches
      ? ["It is not what was reviewed.", ...verification.differences]
      : []),
  ];
  if (broken.length > 0) return { status: "error", exit_code: 1, reasons: [...broken, ...refused] };
  if (refused.length > 0) return { status: "refused", exit_code: 3, reasons: refused };
  const busy =
    facts.plans.some((plan) => plan.has_changes || plan.completeness === "unknown") ||
    [facts.changes, facts.not_reviewable, facts.actions].some((list) => list.length > 0);
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
    if (own.length > 0) return [];
    return plan.log === "cut"
      ? [`${plan.name}: only the log was given, and it was cut off`]
      : [`${plan.name}: only the log was given, and it has no error; give the plan too`];
  }
  if (plan.errored) {
    if (own.length > 0) return [];
    return plan.log === "cut"
      ? [`${plan.name}: planning failed, and the log was cut off before it says why`]
      : [`${plan.name}: planning failed; give the log of terraform plan -json with --log to see why`];
  }
  if (plan.completeness !== "incomplete") return [];
  return [
    `${plan.name}: the plan is incomplete, so there is more to do than it shows: ${plan.incomplete_because ?? "it does not say why"}`,
  ];
}

function where(item: DiagnosticFact): string {
  return item.address ?? placeText(item) ?? item.plan;
}
