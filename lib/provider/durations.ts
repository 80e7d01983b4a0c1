// Durations as Terraform users write them, `30s`, `90m`, `1h30m`, and the time limits of a resource.

import type { ObjectValue } from "../plugin";
import { objectOf, textOf } from "./values";

const UNITS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const WHOLE = /^(\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h)/g;

/** Milliseconds; null when the text is not a duration greater than 0. */
export function parseDuration(text: string): number | null {
  if (text.length > 64 || !WHOLE.test(text)) return null;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(PART)) total += Number(amount) * (UNITS[unit ?? ""] ?? 0);
  return total > 0 && Number.isFinite(total) ? total : null;
}

const DEFAULT_TIMEOUT = 90 * 60_000;

/** How long an operation may take, ms. */
export function timeoutOf(source: ObjectValue, operation: "create" | "update" | "delete"): number {
  const text = textOf(objectOf(source["timeouts"])?.[operation]);
  return (text === null ? null : parseDuration(text)) ?? DEFAULT_TIMEOUT;
}
