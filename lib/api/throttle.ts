// One queue per client: at most so many requests per second and in flight. A rate limit lowers the rate, success raises it slowly again.
import type { Clock } from "./clock";
import type { Traffic } from "./types";

export interface ThrottleOptions {
  /** Requests per second; undefined: no limit until the service sets one. */
  readonly maxRequestsPerSecond: number | undefined;
  readonly maxInFlight: number;
  readonly clock: Clock;
}

export interface Throttle {
  /** Waits for a turn, before all that is not urgent. The returned function gives it back and must be called once. */
  enter(signal: AbortSignal, urgent?: boolean): Promise<() => void>;
  /** The service refused because of its rate limit; nothing starts before `pause` milliseconds are over. */
  slowDown(pause: number): void;
  /** An answer came that was no rate limit. */
  speedUp(): void;
  traffic(): Traffic;
}

const SLOWEST = 0.5;
/** Where the rate starts when the service is the first to name a limit and too little was sent to measure one. */
const FIRST_GUESS = 10;
/** Above this rate a limit of the service's making is forgotten. */
const FORGET = 100;
/** One burst of refusals counts once. */
const SAME_BURST = 1000;

export function createThrottle(options: ThrottleOptions): Throttle {
  const { clock, maxInFlight } = options;
  const ceiling = options.maxRequestsPerSecond ?? Infinity;
  let rate = ceiling;
  let inFlight = 0;
  let requests = 0;
  let refused = false;
  let nextStart = 0;
  let lastSlowDown = -Infinity;
  let pausedUntil = 0;
  const recent: number[] = [];
  const waiting: { readonly urgent: boolean; admit(): void }[] = [];
  let wake: AbortController | null = null;

  const admitNext = (): void => {
    while (waiting.length > 0 && inFlight < maxInFlight) {
      const now = clock.monotonic();
      const start = Math.max(nextStart, pausedUntil);
      if (start > now) {
        wakeAfter(start - now);
        return;
      }
      nextStart = rate === Infinity ? 0 : Math.max(now, nextStart) + 1000 / rate;
      inFlight += 1;
      requests += 1;
      recent.push(now);
      while (recent.length > 0 && (recent[0] ?? now) <= now - 1000) recent.shift();
      waiting.shift()?.admit();
    }
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
    enter(signal, urgent = false) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason as Error);
          return;
        }
        const entry = {
          urgent,
          admit(): void {
            signal.removeEventListener("abort", onAbort);
            let given = false;
            resolve(() => {
              if (given) return;
              given = true;
              inFlight -= 1;
              admitNext();
            });
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
    traffic: () => ({ requests, limited: refused || ceiling !== Infinity }),
    slowDown(pause) {
      refused = true;
      const now = clock.monotonic();
      pausedUntil = Math.max(pausedUntil, now + pause);
      if (now - lastSlowDown < SAME_BURST) return;
      lastSlowDown = now;
      const measured = recent.filter((time) => time > now - 1000).length;
      const current = rate === Infinity ? Math.max(measured, FIRST_GUESS) : rate;
      rate = Math.max(Math.min(SLOWEST, ceiling), current / 2);
    },
    speedUp() {
      if (rate >= ceiling) return;
      // About half a request per second more for every second of work at the current rate.
      rate += 0.5 / Math.max(rate, 1);
      if (rate >= ceiling) rate = ceiling;
      else if (rate > FORGET && ceiling === Infinity) rate = Infinity;
    },
  };
}
