// Look at a machine until something is so, the time is over, or the user stops us.

import { nextInterval, pause, type Timing } from "./timing";
import type { Observation } from "./observe";

/** How a wait ended. `last` is the last look; null when the machine has gone. */
export type WaitResult<R> =
  | { readonly kind: "reached"; readonly result: R; readonly last: Observation }
  | { readonly kind: "gone" }
  | { readonly kind: "timed_out"; readonly last: Observation | null }
  | { readonly kind: "interrupted"; readonly last: Observation | null }
  /** The service could not be asked until the time was over. */
  | { readonly kind: "unreadable"; readonly error: unknown; readonly last: Observation | null };

export interface WaitFor<R> {
  look(): Promise<Observation | null>;
  /** Null: not yet. `waited` is the time since the wait began, ms. */
  reached(observation: Observation, waited: number): R | null;
  readonly timing: Timing;
  /** Wall time at which to give up, ms since the epoch. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  now(): number;
}

/** The first look is at once; a look that fails is made again, for the answer is still there to be read. */
export async function waitFor<R>(wait: WaitFor<R>): Promise<WaitResult<R>> {
  const begun = wait.now();
  let last: Observation | null = null;
  let lastError: unknown = null;
  for (let looks = 1; ; looks++) {
    if (wait.signal?.aborted) return { kind: "interrupted", last };
    try {
      const observation = await wait.look();
      if (observation === null) return { kind: "gone" };
      last = observation;
      lastError = null;
      const result = wait.reached(observation, wait.now() - begun);
      if (result !== null) return { kind: "reached", result, last: observation };
    } catch (error) {
      if (wait.signal?.aborted) return { kind: "interrupted", last };
      lastError = error;
    }
    const now = wait.now();
    if (now >= wait.deadline)
      return lastError === null ? { kind: "timed_out", last } : { kind: "unreadable", error: lastError, last };
    const interval = Math.min(nextInterval(wait.timing, now - begun, looks), wait.deadline - now);
    if (!(await pause(interval, wait.signal))) return { kind: "interrupted", last };
  }
}
