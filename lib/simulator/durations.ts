// Durations as people write them ("30d", "1h30m") and the service's way of writing moments. Pure.
import { SimulatorError } from "./errors";

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds of a number (already milliseconds) or of a text such as `30d`, `1h30m`, `1500ms`. */
export function parseDuration(value: number | string): number {
  if (typeof value === "number") {
    if (Number.isFinite(value) && value >= 0) return value;
    throw new SimulatorError(`${value} is not a duration: give milliseconds ≥ 0 or a text such as "30d".`);
  }
  const text = value.replaceAll(" ", "");
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (!/^(\d+(\.\d+)?(ms|min|s|m|h|d|w))+$/.test(text)) {
    throw new SimulatorError(
      `${JSON.stringify(value)} is not a duration: give milliseconds or numbers with ms, s, m, h, d or w, such as "30d" or "1h30m".`,
    );
  }
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|min|s|m|h|d|w)/g)) {
    total += Number(amount) * (UNITS[unit ?? "ms"] ?? 1);
  }
  return total;
}

/** A moment as the service writes it: UTC, whole seconds. */
export function formatTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** The moment so many months later, at the month's last day where the day does not exist there. */
export function addMonths(milliseconds: number, months: number): number {
  const from = new Date(milliseconds);
  const day = from.getUTCDate();
  const result = new Date(from);
  result.setUTCDate(1);
  result.setUTCMonth(from.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(result.getUTCFullYear(), result.getUTCMonth() + 1, 0)).getUTCDate();
  result.setUTCDate(Math.min(day, lastDay));
  return result.getTime();
}
