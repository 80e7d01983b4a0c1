// How long things may take and how often we look. One object, so that tests of seconds can run in milliseconds.

export interface Timing {
  /** Longest wait before the second look at a change, ms. The first look is at once. */
  readonly firstInterval: number;
  /** Bounds of the interval between looks, ms. Between them it is a tenth of the time elapsed. */
  readonly minimumInterval: number;
  readonly maximumInterval: number;
  /** How long reads may lag behind acceptance before "settled elsewhere" means failed, ms. Also how long an unknown outcome is looked for. */
  readonly gracePeriod: number;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
}

export const DEFAULT_TIMING: Timing = {
  firstInterval: 250,
  minimumInterval: 500,
  maximumInterval: 30_000,
  gracePeriod: 60_000,
  random: Math.random,
};

/** The next interval after `elapsed` ms of waiting: a tenth of it within the bounds, jittered by ±20 % but never past the upper bound. */
export function nextInterval(timing: Timing, elapsed: number, looks: number): number {
  const base = looks <= 1 ? timing.firstInterval : Math.max(timing.minimumInterval, elapsed / 10);
  return Math.min(timing.maximumInterval, base * (0.8 + 0.4 * timing.random()));
}

/** Resolves after `ms`, or at once (false) when the signal aborts. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve(false);
    const done = (slept: boolean): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", aborted);
      resolve(slept);
    };
    const aborted = (): void => done(false);
    const timer = setTimeout(() => done(true), ms);
    signal?.addEventListener("abort", aborted, { once: true });
  });
}
