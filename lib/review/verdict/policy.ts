// The policy file: a few rules, each warn or deny. Every mistake in it is named with its place, what was found and what is allowed.
import { parseDocument, type Document } from "yaml";
import { ReviewError } from "../input/errors";
import { PolicyReader } from "./policy-reader";
import type { FreezeWindow } from "./windows";

export type Level = "warn" | "deny";

export interface Ceiling {
  readonly level: Level;
  readonly amount: number;
  /** Null: whatever currency the prices have. */
  readonly currency: string | null;
}

/** What a rule looks at, by type and address of resources; `*` is any text, `?` one character. */
export interface Scope {
  readonly level: Level;
  /** Null: machines of Zenlayer, of whichever provider. */
  readonly types: readonly string[] | null;
  /** Null: any. */
  readonly addresses: readonly string[] | null;
}

/** Findings of a rule that do not count, for a time. */
export interface Waiver {
  readonly rule: string;
  readonly owner: string;
  readonly reason: string;
  /** As written, and as the moment from which it counts no more, in milliseconds. */
  readonly expires: string;
  readonly ends: number;
  /** Patterns; null: any. */
  readonly plans: readonly string[] | null;
  readonly addresses: readonly string[] | null;
  readonly machines: readonly string[] | null;
}

export interface Policy {
  /** What would be destroyed or replaced. */
  readonly noDestroy: readonly Scope[];
  /** Machines that would be erased by an update in place. */
  readonly noErase: readonly Scope[];
  readonly noDowngrade: Level | null;
  readonly maxChargePerChange: Ceiling | null;
  readonly maxChargeTotal: Ceiling | null;
  /** By how much all changes together may raise what is paid a month; null: not limited so. */
  readonly maxMonthlyIncrease: {
    readonly level: Level;
    readonly amount: number | null;
    /** Of the monthly bill of what has a price. */
    readonly percent: number | null;
    readonly currency: string | null;
  } | null;
  readonly noUnknownPrice: Level | null;
  readonly freezeWindows: { readonly level: Level; readonly windows: readonly FreezeWindow[] } | null;
  /** Patterns of ids or names; `*` is any text, `?` one character. */
  readonly protectedMachines: { readonly level: Level; readonly machines: readonly string[] } | null;
  readonly waivers: readonly Waiver[];
}

/** Reads YAML or JSON. All mistakes are reported together. */
export function parsePolicy(text: string, label: string): Policy {
  let document: Document.Parsed;
  let content: unknown;
  try {
    document = parseDocument(text, { prettyErrors: true });
    content = document.errors.length > 0 ? null : document.toJS({ maxAliasCount: 20 });
  } catch (cause) {
    throw new ReviewError("bad_policy", `${label} cannot be read as YAML or JSON: ${firstLine(cause)}`, { cause });
  }
  const syntax = document.errors[0];
  if (syntax !== undefined) {
    throw new ReviewError("bad_policy", `${label} cannot be read as YAML or JSON: ${firstLine(syntax)}`, {
      cause: syntax,
    });
  }
  const mistakes: string[] = [];
  const policy = new PolicyReader(mistakes).policy(content);
  if (mistakes.length > 0) {
    throw new ReviewError(
      "bad_policy",
      [`${label} is not a policy:`, ...mistakes.map((mistake) => `  ${mistake}`)].join("\n"),
    );
  }
  return policy;
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
}
