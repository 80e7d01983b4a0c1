// Time for tests: it passes only when nothing else is left to do.
import type { Clock } from "../../lib/api";

interface Sleeper {
  readonly at: number;
  wake(): void;
}

export class VirtualClock implements Clock {
  /** Called with each step that time takes, ms. */
  passed: (milliseconds: number) => void = () => undefined;
  private time = 0;
  private readonly sleepers = new Set<Sleeper>();
  /** Who lets time pass; others only wait. */
  private leader: object | null = null;

  constructor(readonly random: () => number = () => 0.5) {}

  now(): number {
    return Date.UTC(2026, 0, 15) + this.time;
  }

  monotonic(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const sleeper = {
        at: this.time + ms,
        wake: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      const onAbort = (): void => {
        this.sleepers.delete(sleeper);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.sleepers.add(sleeper);
    });
  }

  /**
   * Lets time pass until the work is done. Several may run at once.
   *
   * @param most steps; what takes more waits again and again without an end
   */
  async run<T>(work: Promise<T>, most = 2_000): Promise<T> {
    const state = { over: false };
    const end = (): void => void (state.over = true);
    work.then(end, end);
    try {
      for (let steps = 0; steps < most; steps += 1) {
        await new Promise(setImmediate);
        if (state.over) return await work;
        this.leader ??= state;
        if (this.leader === state) this.step();
      }
      throw new Error("Time passes without an end.");
    } finally {
      if (this.leader === state) this.leader = null;
    }
  }

  /** To the next moment at which something happens. */
  private step(): void {
    let next = Infinity;
    for (const { at } of this.sleepers) next = Math.min(next, at);
    if (next === Infinity) throw new Error("Everybody waits, and nothing is left to happen.");
    const step = Math.max(0, next - this.time);
    this.time += step;
    if (step > 0) this.passed(step);
    for (const sleeper of [...this.sleepers]) {
      if (sleeper.at > this.time) continue;
      this.sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}
