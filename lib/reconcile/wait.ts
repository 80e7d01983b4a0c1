// Look at a machine until something is so, the time is over, or the user stops us.

import { isStoppedByRefusal, ZenlayerError, type Clock } from "../api";
import { nextInterval, pause, type Timing } from "./timing";
import type { Observation } from "./observe";

/** How a wait ended. `last` is the last look; null when there was none. */
export type WaitResult<R> =
  | { readonly kind: "reached"; readonly result: R; readonly last: Observation }
  | { readonly kind: "gone" }
  | { readonly kind: "timed_out"; readonly last: Observation | null }
  | { readonly kind: "interrupted"; readonly last: Observation | null }
  /** The service could not be asked until the time was over, or said for the whole grace period that we may not. */
  | { readonly kind: "unreadable"; readonly error: unknown; readonly last: Observation | null };

export interface WaitFor<R> {
  look(): Promise<Observation | null>;
  /** Null: not yet. `waited` is the time since the wait began, ms. */
  reached(observation: Observation, waited: number): R | null;
  readonly timing: Timing;
  readonly clock: Clock;
  /** Time at which to give up, ms on the monotonic clock. */
  readonly deadline: number;
  /** The user stops us. */
  readonly signal: AbortSignal | undefined;
}

/**
 * The first look is at once. A look that fails is made again, for the answer is still there to be read; and a machine counts as
 * gone only when two looks in a row miss it, for one may have come from a reader that lags.
 */
export async function waitFor<R>(wait: WaitFor<R>): Promise<WaitResult<R>> {
  const { clock } = wait;
  const begun = clock.monotonic();
  let last: Observation | null = null;
  let lastError: unknown = null;
  let refusedSince: number | null = null;
  let missed = 0;
  for (let looks = 1; ; looks++) {
    if (wait.signal?.aborted) return { kind: "interrupted", last };
    try {
      const observation = await wait.look();
      lastError = null;
      refusedSince = null;
      if (observation === null) {
        missed += 1;
        if (missed >= 2) return { kind: "gone" };
      } else {
        missed = 0;
        last = observation;
        const result = wait.reached(observation, clock.monotonic() - begun);
        if (result !== null) return { kind: "reached", result, last: observation };
      }
    } catch (error) {
      if (wait.signal?.aborted) return { kind: "interrupted", last };
      if (!(error instanceof ZenlayerError)) throw error;
      // A look that the deadline cut short says nothing about the service.
      if (clock.monotonic() < wait.deadline || error.code !== "REQUEST_CANCELLED") lastError = error;
      if (isStoppedByRefusal(error)) return { kind: "unreadable", error, last };
      if (error.outcome !== "refused") refusedSince = null;
      else if (clock.monotonic() - (refusedSince ??= clock.monotonic()) >= wait.timing.gracePeriod)
        return { kind: "unreadable", error, last };
    }
    const now = clock.monotonic();
    if (now >= wait.deadline)
      return lastError === null ? { kind: "timed_out", last } : { kind: "unreadable", error: lastError, last };
    const interval = Math.min(nextInterval(wait.timing, now - begun, looks, clock.random()), wait.deadline - now);
    if (!(await pause(clock, interval, wait.signal))) return { kind: "interrupted", last };
  }
}
