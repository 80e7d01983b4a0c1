// Freeze windows: whether a moment lies in one. Times carry their own offset, so no time zone database is needed.

interface DateWindow {
  readonly kind: "dates";
  readonly name: string;
  /** Milliseconds since 1970; `to` is not part of the window. */
  readonly from: number;
  readonly to: number;
}

interface WeeklyWindow {
  readonly kind: "weekly";
  readonly name: string;
  /** Minutes since Monday 00:00 in the window's own offset; `to` is not part of the window and may be before `from`. */
  readonly from: number;
  readonly to: number;
  /** Minutes east of UTC. */
  readonly offset: number;
}

export type FreezeWindow = DateWindow | WeeklyWindow;

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const WEEK = 7 * 24 * 60;
const MINUTE = 60_000;
/** 1970-01-01 was a Thursday. */
const EPOCH_DAY = 3;

export function isFrozen(window: FreezeWindow, at: number): boolean {
  if (window.kind === "dates") return window.from <= at && at < window.to;
  const minute = modulo(Math.floor(at / MINUTE) + window.offset + EPOCH_DAY * 24 * 60, WEEK);
  return window.from <= window.to
    ? window.from <= minute && minute < window.to
    : minute >= window.from || minute < window.to;
}

/** `2026-12-24T18:00:00+08:00` or `…Z` in milliseconds; null when it is no such time, or has no offset. */
export function parseInstant(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  // Date accepts 30 February and moves it into March.
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return null;
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? null : parsed;
}

/** `Fri 18:00` in minutes since Monday 00:00; null when it is no such time. */
export function parseWeekTime(text: string): number | null {
  const match = /^([A-Za-z]{3,9}) (\d{2}):(\d{2})$/.exec(text.trim());
  const [, name, hour, minute] = match ?? [];
  if (name === undefined) return null;
  const full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const lower = name.toLowerCase();
  const day = lower.length === 3 ? DAYS.indexOf(lower) : full.indexOf(lower);
  const [hours, minutes] = [Number(hour), Number(minute)];
  if (day < 0 || minutes > 59 || hours > 24 || (hours === 24 && minutes > 0)) return null;
  return modulo(day * 24 * 60 + hours * 60 + minutes, WEEK);
}

/** `+08:00`, `-03:30` or `Z` in minutes east of UTC; null when it is no offset. */
export function parseOffset(text: string): number | null {
  if (text === "Z") return 0;
  const match = /^([+-])(\d{2}):(\d{2})$/.exec(text);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (minutes > 14 * 60 || Number(match[3]) > 59) return null;
  return match[1] === "-" ? -minutes : minutes;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
