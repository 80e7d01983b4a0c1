// One queue per client: at most so many requests per second and in flight. A rate limit lowers the rate, success raises it slowly again.
import type { Clock } from "./clock";
import { Pace } from "./pace";
import type { Traffic } from "./types";

export interface ThrottleOptions {
  /** Requests per second; undefined: no limit until the service sets one. */
  readonly maxRequestsPerSecond: number | undefined;
  readonly maxInFlight: number;
  readonly clock: Clock;
}

export interface Throttle {
  /** A turn that need not be waited for, else null. The returned function gives it back and must be called once. */
  tryEnter(): (() => void) | null;
  /** Waits for a turn, before all that is not urgent. */
  enter(signal: AbortSignal, urgent?: boolean): Promise<() => void>;
  /** The service refused because of its rate limit; nothing starts before `pause` milliseconds are over. */
  slowDown(pause: number): void;
  /** An answer came that was no rate limit, after so many milliseconds. */
  speedUp(took: number): void;
  traffic(): Traffic & { /** Answers that were no refusal. */ readonly accepted: number };
}

/** How much lateness of timers is made up for, ms. */
const LATE = 50;

export function createThrottle(options: ThrottleOptions): Throttle {
  const { clock, maxInFlight } = options;
  const ceiling = options.maxRequestsPerSecond ?? Infinity;
  const pace = new Pace(ceiling);
  let inFlight = 0;
  let requests = 0;
  let accepted = 0;
  let fastest = Infinity;
  let refused = false;
  let nextStart = 0;
  /** When somebody's turn comes that is waited for. */
  let due: number | null = null;
  let pausedUntil = 0;
  const waiting: { readonly urgent: boolean; admit(leave: () => void): void }[] = [];
  let wake: AbortController | null = null;

  const admitNext = (): void => {
    while (waiting.length > 0 && inFlight < maxInFlight) {
      const now = clock.monotonic();
      const start = Math.max(nextStart, pausedUntil);
      if (start > now) {
        due = start;
        wakeAfter(start - now);
        return;
      }
      waiting.shift()?.admit(begin(now));
    }
  };
  const begin = (now: number): (() => void) => {
    // A timer that came late must not slow down whoever waited for it.
    const counted = due === null ? now : Math.max(due, now - LATE);
    due = null;
    nextStart = pace.rate === Infinity ? 0 : counted + 1000 / pace.rate;
    inFlight += 1;
    requests += 1;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      inFlight -= 1;
      admitNext();
    };
  };
  const wakeAfter = (milliseconds: number): void => {
    if (wake !== null) return;
    const controller = new AbortController();
    wake = controller;
    clock.sleep(milliseconds, controller.signal).then(
      () => {
        if (wake === controller) wake = null;
        admitNext();
      },
      () => undefined,
    );
  };

  return {
    tryEnter() {
      const now = clock.monotonic();
      const free = waiting.length === 0 && inFlight < maxInFlight && Math.max(nextStart, pausedUntil) <= now;
      return free ? begin(now) : null;
    },
    enter(signal, urgent = false) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason as Error);
          return;
        }
        const entry = {
          urgent,
          admit(leave: () => void): void {
            signal.removeEventListener("abort", onAbort);
            resolve(leave);
          },
        };
        const onAbort = (): void => {
          const index = waiting.indexOf(entry);
          if (index >= 0) waiting.splice(index, 1);
          if (waiting.length === 0) {
            wake?.abort(new Error("nobody waits"));
            wake = null;
          }
          reject(signal.reason as Error);
        };
        signal.addEventListener("abort", onAbort, { once: true });
        const behind = urgent ? waiting.findIndex((other) => !other.urgent) : -1;
        waiting.splice(behind < 0 ? waiting.length : behind, 0, entry);
        admitNext();
      });
    },
    traffic: () => ({ requests, accepted, fastest, limited: refused || ceiling !== Infinity }),
    slowDown(pause) {
      refused = true;
      const now = clock.monotonic();
      pausedUntil = Math.max(pausedUntil, now + Math.max(pause, pace.refuse(now)));
    },
    speedUp(took) {
      accepted += 1;
      fastest = Math.min(fastest, took);
      pace.accept(clock.monotonic());
    },
  };
}
