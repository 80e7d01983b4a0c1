// How long things may take and how often we look. One object, so that tests of hours can run in milliseconds.

import type { Clock } from "../api";

export interface Timing {
  /** Wait before the second look at a change, ms. The first look is at once. */
  readonly firstInterval: number;
  /** Bounds of the interval between looks, ms. Between them it is a tenth of the time elapsed. */
  readonly minimumInterval: number;
  readonly maximumInterval: number;
  /** How long reads may lag behind acceptance before "settled elsewhere" means failed, ms. Also how long an unknown outcome is looked for. */
  readonly gracePeriod: number;
}

export const DEFAULT_TIMING: Timing = {
  firstInterval: 250,
  minimumInterval: 500,
  maximumInterval: 30_000,
  gracePeriod: 60_000,
};

/** How far chance shortens an interval: by a fifth at most. It never lengthens one, so that a change is seen within a tenth of its duration. */
const JITTER = 0.2;

/**
 * The next interval after `elapsed` ms of waiting: a tenth of it, shortened by chance, within the bounds.
 *
 * @param random from 0 up to, not including, 1
 */
export function nextInterval(timing: Timing, elapsed: number, looks: number, random: number): number {
  const { firstInterval, minimumInterval, maximumInterval } = timing;
  if (looks <= 1) return firstInterval;
  // So much more than the lower bound that chance has room there too.
  const base = Math.min(maximumInterval, Math.max(minimumInterval / (1 - JITTER), elapsed / 10));
  return base * (1 - JITTER * random);
}

/** Resolves true after `ms`, or false as soon as the signal aborts. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
    return true;
  } catch {
    return false;
  }
}
