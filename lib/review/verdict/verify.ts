// Comparing plans with what was reviewed: by a digest alone, or by an approval or report, which also bound price and time and tell what differs.
import type { Facts } from "../facts/facts";
import { count, timeText } from "../facts/words";
import { ReviewError } from "../input/errors";
import { kindOf, parseDocument, type Input } from "../input/input";
import { numberAt, textAt } from "../input/json";
import { parseCeilings, parseEntries, type PlannedEntry } from "./approval";
import { shownChanges } from "./canonical";
import { exceededCeilings, type Ceilings } from "./ceilings";
import { changesDigest, exactDigest } from "./digest";
import { restOf, type NamedPlan } from "./rest";
import { parseInstant } from "./windows";

/** What was reviewed: a digest, and what is known behind it when an approval or a report was given. */
export interface Reviewed {
  readonly digest: string;
  /** Null: a digest alone was given. */
  readonly changes: readonly PlannedEntry[] | null;
  /** Null or missing: amounts are not bounded. */
  readonly ceilings?: Ceilings | null;
  /** RFC 3339. Null or missing: it does not expire. */
  readonly expires_at?: string | null;
  /** Whether an earlier version of this command made it, whose digests cover less. */
  readonly outdated?: boolean;
  /** Whether it is the report of a plan that might not be applied: then nothing was approved. */
  readonly refused?: boolean;
}

export interface VerifyOptions {
  readonly exact: boolean;
  /** By how much it may be dearer, per cent. */
  readonly tolerance: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Default of `--tolerance`: a renewal between review and apply alone may add 6.7 %. */
export const TOLERANCE = 10;

export interface Verification {
  readonly matches: boolean;
  readonly exact: boolean;
  readonly expected: string;
  readonly found: string;
  /** Why it does not match: what is new, gone, dearer or too late. */
  readonly differences: readonly string[];
  /** What is done already, when the plans are the rest of what was reviewed; null when they are all of it, or something else. */
  readonly rest: readonly string[] | null;
  /** Resources whose changes were not reviewed, as far as that can be told. */
  readonly not_reviewed: readonly { readonly plan: string; readonly address: string }[];
  /** What was not checked, because what was given does not say it. */
  readonly unchecked: readonly ("price" | "expiry")[];
}

/** What an approval or an earlier JSON report approved. */
export function reviewedOf(input: Input, exact: boolean): Reviewed {
  const document = parseDocument(input);
  const kind = kindOf(document);
  const digest = textAt(document, exact ? "exact_digest" : "digest");
  if ((kind !== "report" && kind !== "approval") || digest === null) {
    throw new ReviewError(
      "not_a_report",
      `${input.label} is neither a digest nor an approval or JSON report of this command; give one of these.`,
    );
  }
  const version = numberAt(document, "version");
  if (kind === "approval") {
    const expiresAt = textAt(document, "expires_at");
    const ceilings = parseCeilings(document["ceilings"]);
    if (version !== 1 || ceilings === null || expiresAt === null || parseInstant(expiresAt) === null) {
      throw new ReviewError(
        "not_a_report",
        `${input.label} is an approval that this version does not understand, or it is damaged; review again.`,
      );
    }
    return { digest, changes: parseEntries(document["changes"]), ceilings, expires_at: expiresAt };
  }
  if (version === 1) return { digest, changes: null, outdated: true };
  const exitCode = numberAt(document, "exit_code");
  return {
    digest,
    changes: parseEntries(document["canonical_changes"]),
    ceilings: parseCeilings(document["ceilings"]),
    refused: exitCode !== 0 && exitCode !== 2,
  };
}

/** Whether the plans are what was reviewed. What only apply will know can be approved for the same plan file alone. */
export function verify(
  plans: readonly NamedPlan[],
  facts: Facts,
  reviewed: Reviewed,
  { exact, tolerance, now }: VerifyOptions,
): Verification {
  const files = plans.map(({ plan }) => plan);
  const [byChanges, byFile] = [changesDigest(files), exactDigest(files)];
  const found = exact ? byFile : byChanges;
  const same = found === reviewed.digest && reviewed.refused !== true;
  const compared = same
    ? { differences: [], rest: null, places: [] }
    : compareChanges(plans, reviewed, { byChanges, byFile, exact });
  const differences = [
    ...compared.differences,
    ...(exact ? [] : openEntries(files)),
    // The same file has the same prices; without its log fewer of them are known, but none is another one.
    ...(reviewed.ceilings && !(exact && same) ? exceededCeilings(facts, reviewed.ceilings, tolerance) : []),
    ...expired(reviewed, now),
  ];
  return {
    matches: differences.length === 0,
    exact,
    expected: reviewed.digest,
    found,
    differences,
    rest: differences.length === 0 ? compared.rest : null,
    not_reviewed: compared.places,
    unchecked: [
      ...(reviewed.ceilings || (exact && same) ? [] : ["price" as const]),
      ...(reviewed.expires_at ? [] : ["expiry" as const]),
    ],
  };
}

interface Compared {
  readonly differences: readonly string[];
  readonly rest: readonly string[] | null;
  readonly places: Verification["not_reviewed"];
}

function compareChanges(
  plans: readonly NamedPlan[],
  reviewed: Reviewed,
  { byChanges, byFile, exact }: { readonly byChanges: string; readonly byFile: string; readonly exact: boolean },
): Compared {
  const differs = (...differences: readonly string[]): Compared => ({ differences, rest: null, places: [] });
  if (reviewed.outdated === true) {
    return differs("It was reviewed by an earlier version of this command, whose digest covers less: review again.");
  }
  if (reviewed.refused === true) {
    return differs("The report is of a plan that was refused or could not be relied on: nothing was approved by it.");
  }
  if (reviewed.digest === byFile) return differs("The digest is that of the plan file: add --exact.");
  if (reviewed.digest === byChanges) return differs("The plan does the same, but it is another plan file.");
  if (reviewed.changes === null) {
    return differs(
      "The plan does something else than what was reviewed, or its digest is of version 1: review again, or give the approval or the JSON report instead of the digest to see what differs.",
    );
  }
  const rest = restOf(reviewed.changes, plans);
  if (rest === null) return differs("Other stacks were reviewed, or under other names.");
  const { missing, added, done, hidden, places } = rest;
  if (missing.length + added.length === 0) {
    if (hidden.length > 0) {
      return differs(
        `The plans differ in values that are sensitive, or are the rest of what was reviewed, which cannot be told of ${hidden.join(", ")}.`,
      );
    }
    return exact
      ? differs("It is the rest of what was reviewed, and another plan file.")
      : { differences: [], rest: done, places: [] };
  }
  // What is new comes first: it is what may be ordered.
  return {
    differences: [
      ...added.map((line) => `In this plan, but not reviewed: ${line}`),
      ...missing.map((line) => `Reviewed, but neither in this plan nor done: ${line}`),
    ],
    rest: null,
    places,
  };
}

function openEntries(plans: readonly NamedPlan["plan"][]): readonly string[] {
  return plans
    .flatMap(shownChanges)
    .filter(({ steps }) => steps === null)
    .map(
      ({ address }) =>
        `${address}: what it does is known only at apply, so only the same plan file can be approved (--exact).`,
    );
}

function expired({ expires_at: expiresAt = null }: Reviewed, now: number): readonly string[] {
  const end = expiresAt === null ? null : parseInstant(expiresAt);
  if (expiresAt === null || end === null || now <= end) return [];
  const days = Math.max(1, Math.floor((now - end) / 86_400_000));
  return [
    `The approval expired ${timeText(expiresAt)}${now - end >= 86_400_000 ? `, ${count(days, "day")} ago` : ""}: review again.`,
  ];
}

/** Covered lines with their plan, for reports and approvals. */
export function plannedEntries(plans: readonly NamedPlan[]): readonly PlannedEntry[] {
  return plans.flatMap(({ name, plan }) => shownChanges(plan).map((entry) => ({ plan: name, ...entry })));
}
