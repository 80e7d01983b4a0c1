// The queue of a client: at most so many per second and in flight; a rate limit slows it down, success speeds it up again.
import { createThrottle } from "../../lib/api/throttle";
import { accepted, quickClock, refused, startServer, testClient } from "./server";

const never = (): AbortSignal => new AbortController().signal;

/** Starts so many requests that end at once, and tells when each began, in milliseconds of the clock. */
async function run(
  throttle: ReturnType<typeof createThrottle>,
  clock: { now(): number },
  count: number,
): Promise<number[]> {
  const started: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      const leave = await throttle.enter(never());
      started.push(clock.now());
      leave();
    }),
  );
  return started;
}

/** A clock that stands still unless somebody sleeps. */
function stillClock() {
  let now = 1_000_000;
  return {
    now: () => now,
    monotonic: () => now,
    random: () => 0.5,
    sleep: async (milliseconds: number) => {
      await Promise.resolve();
      now += milliseconds;
    },
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test("without a limit everything starts at once", async () => {
  const clock = stillClock();
  const started = await run(createThrottle({ maxRequestsPerSecond: undefined, maxInFlight: 10, clock }), clock, 50);
  expect(new Set(started).size).toBe(1);
});

test("a limit per second spaces the requests", async () => {
  const clock = stillClock();
  const started = await run(createThrottle({ maxRequestsPerSecond: 5, maxInFlight: 10, clock }), clock, 11);
  expect((started.at(-1) ?? 0) - (started[0] ?? 0)).toBeCloseTo(2000, 3);
});

test("no more than the limit are in flight", async () => {
  const server = await startServer();
  const { client } = testClient(server, { maxRequestsInFlight: 3 });
  let inFlight = 0;
  let most = 0;
  server.reply((received, response) => {
    most = Math.max(most, ++inFlight);
    setTimeout(() => {
      inFlight -= 1;
      void accepted({})(received, response);
    }, 5);
  });
  await Promise.all(Array.from({ length: 12 }, (_unused, index) => client.vm.cancelTypeDowngrade(String(index))));
  client.close();
  await server.close();
  expect(most).toBe(3);
});

test("a rate limit halves the rate once per burst, and success raises it slowly up to the limit", async () => {
  const clock = stillClock();
  const throttle = createThrottle({ maxRequestsPerSecond: 8, maxInFlight: 10, clock });
  const perSecond = async (): Promise<number> => {
    clock.advance(10_000);
    const started = await run(throttle, clock, 11);
    return 10_000 / ((started.at(-1) ?? 0) - (started[0] ?? 0));
  };
  for (let refusals = 0; refusals < 5; refusals += 1) throttle.slowDown(0);
  expect(await perSecond()).toBeCloseTo(4, 3);
  throttle.slowDown(0);
  expect(await perSecond()).toBeCloseTo(2, 3);
  throttle.speedUp(1);
  expect(await perSecond()).toBeCloseTo(2.25, 3);
  for (let successes = 0; successes < 1000; successes += 1) throttle.speedUp(1);
  expect(await perSecond()).toBeCloseTo(8, 3);
});

test("the fastest answer is known from the first on", () => {
  const throttle = createThrottle({ maxRequestsPerSecond: undefined, maxInFlight: 10, clock: stillClock() });
  expect(throttle.traffic().fastest).toBe(Infinity);
  for (const took of [120, 80, 100]) throttle.speedUp(took);
  expect(throttle.traffic()).toMatchObject({ fastest: 80, accepted: 3 });
});

test("a turn is given at once only where nobody waits and no limit is in the way", () => {
  const clock = stillClock();
  const throttle = createThrottle({ maxRequestsPerSecond: 10, maxInFlight: 2, clock });
  const first = throttle.tryEnter();
  expect(first).not.toBeNull();
  expect(throttle.tryEnter()).toBeNull();
  clock.advance(100);
  expect(throttle.tryEnter()).not.toBeNull();
  clock.advance(100);
  // Two are in flight.
  expect(throttle.tryEnter()).toBeNull();
  first?.();
  first?.();
  const third = throttle.tryEnter();
  expect(third).not.toBeNull();
  clock.advance(100);
  expect(throttle.tryEnter()).toBeNull();
  third?.();
  throttle.slowDown(500);
  expect(throttle.tryEnter()).toBeNull();
  expect(throttle.traffic().requests).toBe(3);
});

test("who waits is not overtaken by who asks for a turn at once", async () => {
  const clock = stillClock();
  const throttle = createThrottle({ maxRequestsPerSecond: undefined, maxInFlight: 1, clock });
  const leave = throttle.tryEnter();
  const waiting = throttle.enter(never());
  leave?.();
  expect(throttle.tryEnter()).toBeNull();
  (await waiting)();
  expect(throttle.tryEnter()).not.toBeNull();
});

test("nothing starts before Retry-After is over", async () => {
  const clock = stillClock();
  const throttle = createThrottle({ maxRequestsPerSecond: undefined, maxInFlight: 10, clock });
  const before = clock.now();
  throttle.slowDown(3000);
  const [started] = await run(throttle, clock, 1);
  expect((started ?? 0) - before).toBeGreaterThanOrEqual(3000);
});

test("who gives up leaves the queue, and those behind go on", async () => {
  const clock = quickClock();
  const throttle = createThrottle({ maxRequestsPerSecond: undefined, maxInFlight: 1, clock });
  const leave = await throttle.enter(never());
  const abort = new AbortController();
  const second = throttle.enter(abort.signal);
  const third = throttle.enter(never());
  abort.abort(new Error("enough"));
  await expect(second).rejects.toThrow("enough");
  leave();
  leave();
  (await third)();
});

test("what is urgent goes before what is not, in its own order", async () => {
  const clock = stillClock();
  const throttle = createThrottle({ maxRequestsPerSecond: 5, maxInFlight: 10, clock });
  const order: string[] = [];
  const enter = async (name: string, urgent?: boolean): Promise<void> => {
    const leave = await throttle.enter(never(), urgent);
    order.push(name);
    leave();
  };
  await Promise.all([
    enter("first"),
    enter("read"),
    enter("write 1", true),
    enter("other read"),
    enter("write 2", true),
  ]);
  expect(order).toEqual(["first", "write 1", "write 2", "read", "other read"]);
});

test("a storm of rate limits ends with every read answered", async () => {
  const server = await startServer();
  const { client } = testClient(server, { maxRetries: 20 });
  let refusals = 60;
  server.reply((received, response) => {
    if (refusals-- > 0) void refused(429, "REQUEST_LIMIT_EXCEEDED")(received, response);
    else void accepted({ instanceId: received.body["instanceId"], internetMaxBandwidthOut: 1 })(received, response);
  });
  const ids = Array.from({ length: 20 }, (_unused, index) => String(index));
  const answers = await Promise.all(ids.map((id) => client.vm.describeInternetStatus(id)));
  client.close();
  await server.close();
  expect(answers.map((answer) => answer.instanceId)).toEqual(ids);
});
