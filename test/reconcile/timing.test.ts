// A pause between two looks: over with its time, or as soon as the user stops us.
import { pause } from "../../lib/reconcile/timing";
import { VirtualClock } from "../support/virtual-clock";

test("a pause lasts its time", async () => {
  const clock = new VirtualClock();
  expect(await clock.run(pause(clock, 1000, undefined))).toBe(true);
  expect(clock.monotonic()).toBe(1000);
});

test("a pause that is stopped is over at once, and says so", async () => {
  const clock = new VirtualClock();
  const stop = new AbortController();
  const paused = pause(clock, 1000, stop.signal);
  stop.abort();
  expect(await clock.run(paused)).toBe(false);
  expect(clock.monotonic()).toBe(0);
});
