// Time and chance in one place, so that tests decide both.

export interface Clock {
  /** Wall time, milliseconds since 1970: for signatures and dates. It may jump, so no duration is measured with it. */
  now(): number;
  /** Milliseconds since some moment: never goes back and never jumps. For waits, ages and time-outs. */
  monotonic(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Resolves after so many milliseconds; rejects with the signal's reason as soon as it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      }, milliseconds);
      signal?.addEventListener("abort", onAbort, { once: true });
    }),
};
