// Comparing a plan with what was reviewed: by a digest alone, or by the earlier report, which can also tell what differs.
import type { CanonicalEntry } from "./digest";
import { changesDigest, exactDigest, shownChanges } from "./digest";
import { ReviewError } from "../input/errors";
import { kindOf, parseDocument, type Input } from "../input/input";
import { isObject, objectsOf, scalarText, textAt } from "../input/json";
import type { Plan } from "../input/plan";

/** What was reviewed: a digest, and the list behind it when the report was given. */
export interface Reviewed {
  readonly digest: string;
  readonly changes: readonly string[] | null;
}

export interface Verification {
  readonly matches: boolean;
  readonly exact: boolean;
  readonly expected: string;
  readonly found: string;
  /** Why it does not match, and what is new or gone when the report was given. */
  readonly differences: readonly string[];
}

/** What an earlier JSON report approved. */
export function reviewedOf(input: Input, exact: boolean): Reviewed {
  const document = parseDocument(input);
  const digest = textAt(document, exact ? "exact_digest" : "digest");
  if (kindOf(document) !== "report" || digest === null) {
    throw new ReviewError(
      "not_a_report",
      `${input.label} is neither a digest nor a JSON report of this command; give the digest of the report, or the report itself.`,
    );
  }
  const changes = objectsOf(document["canonical_changes"]).map((entry) => describeEntry(entry));
  return { digest, changes };
}

/** Whether the plans are what was reviewed. What only apply will know can be approved for the same plan file alone. */
export function verify(plans: readonly Plan[], reviewed: Reviewed, exact: boolean): Verification {
  const [byChanges, byFile] = [changesDigest(plans), exactDigest(plans)];
  const found = exact ? byFile : byChanges;
  const entries = plans.flatMap(shownChanges);
  const open = exact ? [] : entries.filter((entry) => entry.steps === null);
  const differences: string[] = [];
  if (found !== reviewed.digest) {
    if (reviewed.digest === byFile) differences.push("The digest is that of the plan file: add --exact.");
    else if (reviewed.digest === byChanges) differences.push("The plan does the same, but it is another plan file.");
    else
      differences.push(
        ...compareLists(
          reviewed.changes,
          entries.map((entry) => describeEntry(entry)),
        ),
      );
  }
  for (const entry of open) {
    differences.push(
      `${entry.address}: what it does is known only at apply, so only the same plan file can be approved (--exact).`,
    );
  }
  return {
    matches: found === reviewed.digest && open.length === 0,
    exact,
    expected: reviewed.digest,
    found,
    differences,
  };
}

/** One line for a canonical entry, of this plan or as an earlier report has it. */
export function describeEntry(entry: CanonicalEntry | { readonly [key: string]: unknown }): string {
  const steps =
    "steps" in entry && entry.steps === null
      ? "known only at apply"
      : objectsOf(entry.steps).map(describeStep).join("; ");
  const machine = textAt(entry, "machine");
  return [
    `${textAt(entry, "address") ?? "?"}: ${textAt(entry, "action") ?? "?"}`,
    machine === null ? "" : ` machine ${machine}`,
    steps === "" ? "" : `, ${steps}`,
  ].join("");
}

function describeStep(step: unknown): string {
  if (!isObject(step)) return "?";
  const value = (name: string) => scalarText(step[name]) ?? "none";
  return `${value("direction")} ${value("axis")} ${value("from")} → ${value("to")} (${value("charge")})`;
}

function compareLists(before: readonly string[] | null, now: readonly string[]): readonly string[] {
  if (before === null) {
    return [
      "The plan does something else than what was reviewed; review it again, or give the JSON report instead of the digest to see what differs.",
    ];
  }
  const gone = before.filter((line) => !now.includes(line)).map((line) => `Reviewed, but not in this plan: ${line}`);
  const added = now.filter((line) => !before.includes(line)).map((line) => `In this plan, but not reviewed: ${line}`);
  const all = [...gone, ...added];
  return all.length > 0 ? all : ["The plans are grouped in another way, or differ in values that are sensitive."];
}
