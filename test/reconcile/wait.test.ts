// Waiting on a clock that nobody has to wait for: how soon a change is seen, and how every wait ends.
import { ZenlayerError, type Clock, type Outcome } from "../../lib/api";
import type { Observation } from "../../lib/reconcile";
import { DEFAULT_TIMING, nextInterval } from "../../lib/reconcile/timing";
import { waitFor, type WaitFor, type WaitResult } from "../../lib/reconcile/wait";
import { Random } from "../support/random";

const SEEN = {} as Observation;
const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** Waits on a virtual clock, for a change that is over after `duration` ms. */
class Waiting {
  now = 0;
  wall = Date.parse("2026-01-15T00:00:00Z");
  readonly looks: number[] = [];
  readonly stop = new AbortController();
  readonly clock: Clock;

  constructor(seed = 1) {
    this.clock = {
      now: () => this.wall,
      monotonic: () => this.now,
      random: new Random(seed).next,
      sleep: (ms, signal) => {
        if (signal?.aborted) return Promise.reject(signal.reason as Error);
        this.now += ms;
        this.wall += ms;
        return Promise.resolve();
      },
    };
  }

  until(
    duration: number,
    changes: Partial<WaitFor<string>> & { readonly timeout?: number } = {},
  ): Promise<WaitResult<string>> {
    const { timeout = 90 * 60 * SECOND, ...rest } = changes;
    return waitFor<string>({
      look: () => {
        this.looks.push(this.now);
        return Promise.resolve(SEEN);
      },
      reached: () => (this.now >= duration ? "over" : null),
      timing: DEFAULT_TIMING,
      clock: this.clock,
      deadline: this.now + timeout,
      signal: this.stop.signal,
      ...rest,
    });
  }
}

function refusal(outcome: Outcome, code = "AUTHFAILURE_UNAUTHORIZED_OPERATION"): ZenlayerError {
  return new ZenlayerError({ code, errorClass: "config", outcome, summary: "No.", cure: "Ask." });
}

describe("the interval between looks", () => {
  test("the second look comes after a quarter of a second", () => {
    expect(nextInterval(DEFAULT_TIMING, 0, 1, 0.5)).toBe(250);
  });

  test.each([
    [0, 500, 625],
    [2 * SECOND, 500, 625],
    [20 * SECOND, 1600, 2000],
    [100 * SECOND, 8000, 10_000],
    [HOUR, 24_000, 30_000],
  ])("after %d ms it lies between %d and %d ms, by chance", (elapsed, least, most) => {
    const at = (random: number): number => nextInterval(DEFAULT_TIMING, elapsed, 2, random);
    expect(at(0)).toBeCloseTo(most, 6);
    expect(at(1 - 1e-12)).toBeCloseTo(least, 6);
    expect(at(0.5)).toBeGreaterThan(least);
    expect(at(0.5)).toBeLessThan(most);
  });
});

describe("a change", () => {
  test("that is there already is seen at once", async () => {
    const waiting = new Waiting();
    expect(await waiting.until(0)).toMatchObject({ kind: "reached" });
    expect(waiting.now).toBe(0);
    expect(waiting.looks).toEqual([0]);
  });

  test.each([0.1, 0.3, 1, 2, 3.7, 5, 8].map((seconds) => seconds * SECOND))(
    "of %d ms is seen within a second",
    async (duration) => {
      for (let seed = 1; seed <= 50; seed++) {
        const waiting = new Waiting(seed);
        await waiting.until(duration);
        expect(waiting.now - duration).toBeLessThan(SECOND);
      }
    },
  );

  test.each([15, 60, 240, 900, 5000].map((seconds) => seconds * SECOND))(
    "of %d ms is seen within a tenth of that, and within 30 s",
    async (duration) => {
      for (let seed = 1; seed <= 50; seed++) {
        const waiting = new Waiting(seed);
        await waiting.until(duration);
        expect(waiting.now - duration).toBeLessThanOrEqual(Math.min(duration / 10 + 1, 30 * SECOND));
      }
    },
  );

  test("of an hour is not asked for more often than needed", async () => {
    const waiting = new Waiting();
    await waiting.until(HOUR);
    expect(waiting.looks.length).toBeLessThan(200);
  });

  test("whole fleets do not look in step", async () => {
    const last = new Set<number>();
    for (let seed = 1; seed <= 20; seed++) {
      const waiting = new Waiting(seed);
      await waiting.until(60 * SECOND);
      last.add(waiting.now);
    }
    expect(last.size).toBeGreaterThan(15);
  });
});

describe.each([
  ["an hour back", -HOUR],
  ["two minutes forward", 120 * SECOND],
])("a clock that is set %s while waiting", (_name, jump) => {
  test("changes neither when a change is seen nor how long it was waited for", async () => {
    const ends = [0, jump].map(async (by) => {
      const waiting = new Waiting();
      const waits: number[] = [];
      const result = await waiting.until(3 * SECOND, {
        look: () => {
          if (waiting.looks.push(waiting.now) === 2) waiting.wall += by;
          return Promise.resolve(SEEN);
        },
        reached: (_seen, waited) => {
          waits.push(waited);
          return waited >= 3 * SECOND ? "over" : null;
        },
      });
      return { result, waits, now: waiting.now };
    });
    const [undisturbed, disturbed] = await Promise.all(ends);
    expect(disturbed).toEqual(undisturbed);
  });

  test("does not move the deadline", async () => {
    const waiting = new Waiting();
    const result = await waiting.until(Infinity, {
      timeout: 7 * SECOND,
      reached: () => {
        waiting.wall += jump;
        return null;
      },
    });
    expect(result.kind).toBe("timed_out");
    expect(waiting.now).toBe(7 * SECOND);
  });
});

test.each([HOUR, 1000 * HOUR])("a clock that stands at %d changes nothing", async (start) => {
  const courses = [0, start].map(async (now) => {
    const waiting = new Waiting();
    waiting.now = now;
    const waits: number[] = [];
    const reached = (_seen: Observation, waited: number): string | null => {
      waits.push(waited);
      return waited >= 600 * SECOND ? "over" : null;
    };
    await waiting.until(Infinity, { reached });
    return [waits, waiting.looks.map((at) => at - now)].map((times) => times.map(Math.round));
  });
  const [fromZero, fromThere] = await Promise.all(courses);
  expect(fromThere).toEqual(fromZero);
});

describe("a wait ends", () => {
  test("with its time, at the deadline and not at the next interval", async () => {
    const waiting = new Waiting();
    expect(await waiting.until(Infinity, { timeout: 7 * SECOND })).toEqual({ kind: "timed_out", last: SEEN });
    expect(waiting.now).toBe(7 * SECOND);
  });

  test("with a last look at the deadline, so that what is just done counts", async () => {
    const waiting = new Waiting();
    expect(await waiting.until(7 * SECOND, { timeout: 7 * SECOND })).toMatchObject({ kind: "reached" });
  });

  test("with an interruption, without another look", async () => {
    const waiting = new Waiting();
    const result = await waiting.until(Infinity, {
      look: () => {
        waiting.looks.push(waiting.now);
        if (waiting.looks.length === 3) waiting.stop.abort();
        return Promise.resolve(SEEN);
      },
    });
    expect(result).toEqual({ kind: "interrupted", last: SEEN });
    expect(waiting.looks).toHaveLength(3);
  });

  test("before the first look when it was interrupted already", async () => {
    const waiting = new Waiting();
    waiting.stop.abort();
    expect(await waiting.until(0)).toEqual({ kind: "interrupted", last: null });
    expect(waiting.looks).toEqual([]);
  });

  test("with an interruption that ends the look itself", async () => {
    const waiting = new Waiting();
    const looks = [() => Promise.resolve(SEEN), () => Promise.reject(new Error("aborted"))];
    const look = (): Promise<Observation> => {
      if (looks.length === 1) waiting.stop.abort();
      return looks.shift()?.() ?? Promise.resolve(SEEN);
    };
    expect(await waiting.until(Infinity, { look })).toEqual({ kind: "interrupted", last: SEEN });
  });

  test("not with a look that fails where nobody can interrupt it", async () => {
    const waiting = new Waiting();
    const looks = [() => Promise.reject(refusal("unknown", "NETWORK_ERROR"))];
    const look = (): Promise<Observation> => looks.shift()?.() ?? Promise.resolve(SEEN);
    expect(await waiting.until(0, { look, signal: undefined })).toMatchObject({ kind: "reached" });
  });

  test.each<[string, readonly [atFirst: string | null, atTheDeadline: string], "timed_out" | "unreadable"]>([
    ["a look that it cut short", [null, "REQUEST_CANCELLED"], "timed_out"],
    ["a look that failed", [null, "NETWORK_ERROR"], "unreadable"],
    ["one that failed and one that it cut short", ["NETWORK_ERROR", "REQUEST_CANCELLED"], "unreadable"],
    [
      "one that was cancelled before and one that it cut short",
      ["REQUEST_CANCELLED", "REQUEST_CANCELLED"],
      "unreadable",
    ],
  ])("with its time, after %s: %s", async (_name, [atFirst, atTheDeadline], kind) => {
    const waiting = new Waiting();
    const look = (): Promise<Observation> => {
      const code = waiting.now < SECOND / 4 ? atFirst : atTheDeadline;
      return code === null ? Promise.resolve(SEEN) : Promise.reject(refusal("unknown", code));
    };
    const result = await waiting.until(Infinity, { look, timeout: SECOND / 4 });
    expect(result.kind).toBe(kind);
    expect(waiting.now).toBe(SECOND / 4);
  });

  test("as unreadable at once when the credentials are refused for good", async () => {
    const waiting = new Waiting();
    const error = refusal("not_sent", "AUTHFAILURE_SIGNATURE_FAILURE");
    const result = await waiting.until(0, { look: () => Promise.reject(error) });
    expect([result, waiting.now]).toEqual([{ kind: "unreadable", error, last: null }, 0]);
  });

  test("not with its time over when looking is forbidden, but exactly with the grace period", async () => {
    const waiting = new Waiting();
    waiting.now = HOUR;
    const timing = { ...DEFAULT_TIMING, gracePeriod: DEFAULT_TIMING.firstInterval };
    const result = await waiting.until(0, { look: () => Promise.reject(refusal("refused")), timing });
    expect([result.kind, waiting.now - HOUR]).toEqual(["unreadable", timing.gracePeriod]);
  });

  test("not with a look that fails: the answer is still there to be read", async () => {
    const waiting = new Waiting();
    let looks = 0;
    const look = (): Promise<Observation> =>
      (looks += 1) % 2 === 0 ? Promise.reject(refusal("unknown", "NETWORK_ERROR")) : Promise.resolve(SEEN);
    expect(await waiting.until(60 * SECOND, { look })).toMatchObject({ kind: "reached" });
  });

  test("as unreadable when no look succeeds until the time is over", async () => {
    const error = refusal("unknown", "NETWORK_ERROR");
    const waiting = new Waiting();
    const result = await waiting.until(0, { look: () => Promise.reject(error), timeout: 120 * SECOND });
    expect(result).toEqual({ kind: "unreadable", error, last: null });
    expect(waiting.now).toBe(120 * SECOND);
  });

  test("as unreadable after the grace period when looking is forbidden", async () => {
    const waiting = new Waiting();
    const error = refusal("refused");
    const result = await waiting.until(0, { look: () => Promise.reject(error) });
    expect(result).toEqual({ kind: "unreadable", error, last: null });
    expect(waiting.now).toBeGreaterThanOrEqual(60 * SECOND);
    expect(waiting.now).toBeLessThan(70 * SECOND);
  });

  test("as gone only when two looks in a row miss the machine", async () => {
    const seen: (Observation | null)[] = [SEEN, null, SEEN, null, null];
    const waiting = new Waiting();
    const look = (): Promise<Observation | null> => {
      waiting.looks.push(waiting.now);
      return Promise.resolve(seen[waiting.looks.length - 1] ?? null);
    };
    expect(await waiting.until(Infinity, { look })).toEqual({ kind: "gone" });
    expect(waiting.looks).toHaveLength(5);
  });

  test("with a mistake of ours at once", async () => {
    const mistake = new TypeError("a bug");
    await expect(new Waiting().until(0, { look: () => Promise.reject(mistake) })).rejects.toBe(mistake);
  });
});
