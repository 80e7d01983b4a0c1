// The rate that a client finds by itself, against limits of several kinds, in virtual time.
import { Pace } from "../../lib/api/pace";

/** A service's limit: whether a call at this time, ms, is allowed. */
type Limit = (time: number) => boolean;

/** So many in any second. */
function slidingWindow(perSecond: number): Limit {
  let times: number[] = [];
  return (time) => {
    times = times.filter((each) => time - each < 1000);
    if (times.length >= perSecond) return false;
    times.push(time);
    return true;
  };
}

/** So many in each second of the clock. */
function fixedWindow(perSecond: number): Limit {
  const counts = new Map<number, number>();
  return (time) => {
    const second = Math.floor(time / 1000);
    const count = counts.get(second) ?? 0;
    if (count >= perSecond) return false;
    counts.set(second, count + 1);
    return true;
  };
}

/** Tokens that fill up with time. */
function tokenBucket(perSecond: number, size: number): Limit {
  let tokens = size;
  let last = 0;
  return (time) => {
    tokens = Math.min(size, tokens + ((time - last) * perSecond) / 1000);
    last = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** Sends as fast as the pace allows; returns accepted and refused calls. */
function play(limit: Limit, seconds: number, ceiling = Infinity) {
  const pace = new Pace(ceiling);
  let [accepted, refused, time] = [0, 0, 0];
  while (time < seconds * 1000) {
    if (limit(time)) {
      accepted += 1;
      pace.accept(time);
      time += pace.rate === Infinity ? 1 : 1000 / pace.rate;
    } else {
      refused += 1;
      time += Math.max(pace.refuse(time), pace.rate === Infinity ? 1 : 1000 / pace.rate);
    }
  }
  return { accepted, refused, pace };
}

test.each<[string, number, Limit]>([
  ["5 in any second", 5, slidingWindow(5)],
  ["20 in any second", 20, slidingWindow(20)],
  ["300 in any second", 300, slidingWindow(300)],
  ["20 in each second of the clock", 20, fixedWindow(20)],
  ["20 a second after a burst of 100", 20, tokenBucket(20, 100)],
])("of %s nine tenths are used, and few calls are refused", (_name, perSecond, limit) => {
  const seconds = 120;
  const { accepted, refused } = play(limit, seconds);
  expect(accepted).toBeGreaterThan(0.9 * perSecond * seconds);
  expect(refused).toBeLessThan(0.1 * accepted);
});

test("a limit that is lifted is found out within seconds", () => {
  const limit = slidingWindow(20);
  const { pace } = play((time) => time > 10_000 || limit(time), 30);
  expect(pace.rate).toBe(Infinity);
});

test("the user's limit is never exceeded", () => {
  const { accepted, pace } = play(() => true, 10, 7);
  expect([accepted, pace.rate]).toEqual([70, 7]);
});

test("where nothing is accepted the rate falls by half each second, to one call in two seconds", () => {
  const pace = new Pace(Infinity);
  const rates = [0, 500, 1000, 2000, 3000, 4000, 5000, 6000].map((time) => {
    pace.refuse(time);
    return pace.rate;
  });
  expect(rates).toEqual([5, 5, 2.5, 1.25, 0.625, 0.5, 0.5, 0.5]);
});
