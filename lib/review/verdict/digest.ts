// "Apply exactly what was reviewed": a digest of what a plan does, equal for every plan that does the same.
import { createHash } from "node:crypto";
import { ReviewError } from "../input/errors";
import type { Plan } from "../input/plan";
import { canonicalChanges } from "./canonical";

/** Raised when the digest covers something else; it is part of what is digested, so that no digest fits another version. */
export const DIGEST_VERSION = 2;

const PREFIX = "sha256:";

/** Digest of what the plans do, whatever their names, files and order. */
export function changesDigest(plans: readonly Plan[]): string {
  return combined(
    plans.map((plan) => sha256(JSON.stringify({ version: DIGEST_VERSION, changes: canonicalChanges(plan) }))),
  );
}

/** Digest of the plan files themselves: for one plan what `sha256sum plan.json` prints. */
export function exactDigest(plans: readonly Plan[]): string {
  return combined(plans.map((plan) => sha256(plan.bytes)));
}

/** A digest as a user gives it, in the form of the report; null when the text is no digest at all (a file name, say). */
export function parseDigest(text: string): string | null {
  const match = /^(?:sha256:)?([0-9a-f]{64})$/i.exec(text.trim());
  if (match?.[1] !== undefined) return PREFIX + match[1].toLowerCase();
  const digits = /^sha256:(.*)$/is.exec(text.trim())?.[1] ?? /^[0-9a-f]{16,}$/i.exec(text.trim())?.[0];
  if (digits !== undefined) {
    const why = /[^0-9a-f]/i.test(digits)
      ? "it has other characters"
      : `it has ${digits.length}${digits.length < 64 ? " (cut off?)" : ""}`;
    throw new ReviewError(
      "bad_digest",
      `${JSON.stringify(text)} is not a digest: a digest is sha256: and 64 hexadecimal digits, and ${why}. Copy it from the report.`,
    );
  }
  return null;
}

function combined(digests: readonly string[]): string {
  const only = digests.length === 1 ? digests[0] : undefined;
  return PREFIX + (only ?? sha256([...digests].sort().join("\n")));
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
