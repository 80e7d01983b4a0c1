// How long to wait before a repetition. Pure: chance and time are given.

/** Milliseconds. */
const FIRST = 500;
const LONGEST = 20_000;
const LONGEST_RETRY_AFTER = 60_000;

/** Doubles with every attempt up to 20 s; the upper half of it is left to chance, so that clients do not come back together. */
export function backoffDelay(attempt: number, random: number): number {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 30));
  return Math.round(full * (0.5 + 0.5 * random));
}

/** Milliseconds that a Retry-After header (seconds or an HTTP date) asks for, at most a minute; 0 when absent or unreadable. */
export function retryAfterDelay(header: string | undefined, now: number): number {
  const text = header?.trim() ?? "";
  if (text === "") return 0;
  const wanted = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(wanted) ? Math.min(LONGEST_RETRY_AFTER, Math.max(0, Math.round(wanted))) : 0;
}
