// An approval is a promise with limits: what may be done, for how much, and until when. A small document that one job hands to the next.
import { at, isObject, numberAt, objectsOf, textAt, textsOf } from "../input/json";
import type { CanonicalEntry, CanonicalStep } from "./canonical";
import type { Amount, Ceilings } from "./ceilings";
import { ceilingsOf } from "./ceilings";
import { DIGEST_VERSION } from "./digest";
import type { Report } from "./report";

export const APPROVAL_VERSION = 1;
const APPROVAL_KIND = "cdktf-zenlayer/approval";

/** A covered line with the plan that it is of. */
export type PlannedEntry = CanonicalEntry & { readonly plan: string };

/** Published: docs/schemas/approval.v1.json. */
export interface Approval {
  readonly kind: typeof APPROVAL_KIND;
  readonly version: typeof APPROVAL_VERSION;
  readonly digest_version: typeof DIGEST_VERSION;
  readonly name: string;
  readonly digest: string;
  readonly exact_digest: string;
  readonly approved_at: string;
  readonly expires_at: string;
  readonly ceilings: Ceilings;
  readonly changes: readonly PlannedEntry[];
}

const DAY = 86_400_000;

/** Default of `--expires-in`, in days. */
export const APPROVAL_DAYS = 7;

/**
 * The approval of what a report shows; null when it has no plan.
 *
 * @param now milliseconds since 1970
 * @param days how long it holds
 */
export function approvalOf(report: Report, now: number, days: number = APPROVAL_DAYS): Approval | null {
  if (report.digest === null || report.exact_digest === null) return null;
  return {
    kind: APPROVAL_KIND,
    version: APPROVAL_VERSION,
    digest_version: DIGEST_VERSION,
    name: report.name,
    digest: report.digest,
    exact_digest: report.exact_digest,
    approved_at: new Date(now).toISOString(),
    expires_at: new Date(now + days * DAY).toISOString(),
    ceilings: ceilingsOf(report.facts),
    changes: report.canonical_changes,
  };
}

/** Ceilings of an approval as it was written; null when it is none. */
export function parseCeilings(value: unknown): Ceilings | null {
  if (!isObject(value)) return null;
  const amounts = (name: string): readonly Amount[] =>
    objectsOf(value[name]).flatMap((item) => {
      const amount = numberAt(item, "amount");
      return amount === null ? [] : [{ currency: textAt(item, "currency"), amount }];
    });
  return {
    charged_now: amounts("charged_now"),
    monthly_increase: amounts("monthly_increase"),
    unknown_charges: textsOf(value["unknown_charges"]),
    unknown_monthly: textsOf(value["unknown_monthly"]),
  };
}

/** The covered lines of an approval or a report, as they were written. */
export function parseEntries(value: unknown): readonly PlannedEntry[] {
  return objectsOf(value).map((entry) => ({
    plan: textAt(entry, "plan") ?? "",
    address: textAt(entry, "address") ?? "",
    action: textAt(entry, "action") ?? "",
    machine: textAt(entry, "machine"),
    steps: at(entry, "steps") === null ? null : objectsOf(entry["steps"]).map(parseStep),
    details: textsOf(entry["details"]),
  }));
}

function parseStep(step: unknown): CanonicalStep {
  const text = (name: string) => textAt(step, name) ?? "";
  return {
    step: numberAt(step, "step") ?? 0,
    action: text("action"),
    axis: text("axis"),
    from: textAt(step, "from"),
    to: text("to"),
    direction: text("direction"),
    takes_effect: text("takes_effect"),
    charge: text("charge"),
  };
}
