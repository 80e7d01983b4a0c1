// One apply of one machine, look by look: what each look leads to, what is waited for, and what is told when it stops. In memory and in virtual time.
import { systemClock, ZenlayerError, type ZenlayerClient } from "../../lib/api";
import { decide, formatValue, type Desired, type PlannedStep } from "../../lib/engine";
import {
  converge,
  DEFAULT_TIMING,
  factsFor,
  type ConvergeRequest,
  type Machines,
  type Observation,
} from "../../lib/reconcile";
import { processing, scheduled, settled, vm } from "../engine/machines";
import { failing, FakeClient, periodPrice, refusal, type Answer } from "../support/fake-client";
import { VirtualClock } from "../support/virtual-clock";
import { observation } from "../support/observations";

type State = Parameters<typeof vm>[0];
/** A machine, none, or a read that fails. */
type Look = Observation | null | Error;

const ID = "900000000000000001";
const ORDER = { requestId: "R-1", orderNumber: "A-1" };

/** Nobody else writes to the machine. */
const atOnce = (_product: unknown, _id: unknown, work: () => Promise<unknown>): Promise<unknown> => work();

/** A look at the machine, with its bandwidth as it is then. */
const at = (bandwidth: number, changes: State = {}): Observation =>
  observation(vm({ ...changes, axes: { internet_max_bandwidth_out: settled(bandwidth), ...changes?.axes } }));
const going = (from: number, to: number): Observation =>
  observation(vm({ axes: { internet_max_bandwidth_out: processing(from, to) } }));
const planned = (from: number, to: number): Observation =>
  observation(vm({ axes: { internet_max_bandwidth_out: scheduled(from, to) } }));
const inStatus = (instanceStatus: string): Observation => observation(vm(), { instanceStatus });
const both = (type: string, bandwidth: number): Observation =>
  at(bandwidth, { axes: { instance_type: settled(type) } });

interface Options extends Partial<Omit<ConvergeRequest, "planned">> {
  /** What the plan saw. @default the first look */
  readonly before?: Observation;
  /** Each in turn; the last for good. */
  readonly looks: readonly Look[];
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly readOnly?: boolean;
  /** ms of virtual time. */
  readonly lookTakes?: number;
  /** What happens before the look of this number, from 1. */
  readonly during?: (look: number) => void;
  /** What the account has; none: the key may not ask. */
  readonly purchasingPower?: number;
}

async function apply(options: Options) {
  const { looks, answers = {}, readOnly = false, lookTakes = 0, during, before, purchasingPower, ...changes } = options;
  const clock = new VirtualClock();
  const fake = new FakeClient({
    describeInstanceTypes: () => [],
    inquiryPriceCreateInstance: () => [periodPrice(100)],
    inquiryPriceBandwidth: () => [periodPrice(10)],
    modifyType: () => ({ requestId: "R-0", orderNumber: "A-0" }),
    modifyBandwidth: () => ORDER,
    cancelBandwidthDowngrade: () => ({ requestId: "R-2", orderNumber: null }),
    ...answers,
  });
  /** The signal of each question for the balance. */
  const balances: unknown[] = [];
  const describeCustomerBalance = ({ signal }: { readonly signal?: AbortSignal }): Promise<unknown> => {
    balances.push(signal);
    return purchasingPower === undefined ? Promise.reject(refusal("X")) : Promise.resolve({ purchasingPower });
  };
  const client = { ...fake.client, billing: { describeCustomerBalance } } as unknown as ZenlayerClient;
  const seen: string[] = [];
  const glance = (how: string) => async (): Promise<Observation | null> => {
    seen.push(how);
    if (seen.length > 1_000) throw new Error("It looks again and again without an end.");
    during?.(seen.length);
    if (lookTakes > 0) await clock.sleep(lookTakes);
    const look = looks[Math.min(seen.length, looks.length) - 1] ?? null;
    if (look instanceof Error) throw look;
    return look;
  };
  const machines = {
    recent: glance("recent"),
    fresh: glance("fresh"),
    awaited: glance("awaited"),
    exclusively: atOnce,
  } as unknown as Machines;
  const { desired = { internet_max_bandwidth_out: 600 }, ...rest } = changes;
  const first =
    before ?? looks.find((look): look is Observation => look !== null && !(look instanceof Error)) ?? at(400);
  const timing = { ...DEFAULT_TIMING, gracePeriod: 5_000 };
  const steps = await stepsOf(fake, first, desired);
  fake.asked.length = 0;
  const result = await clock.run(
    converge(
      { client, machines, timing, readOnly, maxRetries: 3, clock },
      {
        product: "vm",
        instanceId: ID,
        desired,
        planned: steps,
        guards: { onDowngrade: "schedule", maxImmediateCharge: null },
        openOrders: [],
        timeout: 60_000,
        ...rest,
      },
    ),
  );
  const writes = fake.methods.filter((method) => /^(modify|cancel)/.test(String(method)));
  return {
    result,
    seen,
    writes,
    balances,
    asked: fake.methods,
    signals: fake.signals,
    milliseconds: clock.monotonic(),
  };
}

async function stepsOf({ client }: FakeClient, seen: Observation, desired: Desired): Promise<PlannedStep[]> {
  const facts = await factsFor(client, seen, desired);
  return decide({ machine: seen.machine, desired, facts }).steps.map((step) => ({
    ...step,
    from: step.from === null ? null : formatValue(step.axis, step.from),
    to: formatValue(step.axis, step.to),
  }));
}

const unreachable = (code = "NETWORK_ERROR"): ZenlayerError =>
  new ZenlayerError({ code, errorClass: "retry", outcome: "not_sent", summary: "Nobody answers.", cure: "Wait." });

describe("an upgrade", () => {
  test("is looked for, decided, looked at once more, sent, and waited for until it is in force", async () => {
    const { result, seen, writes } = await apply({ looks: [at(400), at(400), going(400, 600), at(600)] });
    expect(result).toMatchObject({ failure: null, modifies: 1, orderNumbers: ["A-1"], openOrders: [], warnings: [] });
    expect(result.observation).toEqual(at(600));
    expect(seen).toEqual(["recent", "fresh", "awaited", "awaited"]);
    expect(writes).toEqual(["modifyBandwidth"]);
  });

  test("that turns out scheduled is told", async () => {
    const { result } = await apply({ looks: [at(400), at(400), planned(400, 600)] });
    expect(result.failure).toBeNull();
    expect(result.warnings).toEqual([
      {
        axis: "internet_max_bandwidth_out",
        summary: `web-1 (${ID}): internet_max_bandwidth_out was scheduled for the next billing cycle instead of taking effect now`,
        detail: expect.stringMatching(/^Zenlayer decided otherwise than planned\. Seen: .*600 Mbps/),
      },
    ]);
  });

  test("whose outcome cannot be read is told with its order", async () => {
    const { result } = await apply({ looks: [at(400), at(400), unreachable()], timeout: 10_000 });
    expect(result.failure).toMatchObject({ code: "UNREADABLE", detail: expect.stringContaining("A-1") });
    expect(result.openOrders).toHaveLength(1);
  });

  test("whose machine is gone after it is told with its order, by the name it had", async () => {
    const { result } = await apply({ looks: [at(400), at(400), null] });
    expect(result.failure).toMatchObject({
      code: "MACHINE_VANISHED",
      summary: expect.stringContaining("web-1"),
      detail: expect.stringContaining("A-1"),
    });
    expect(result.observation).toEqual(at(400));
  });

  test("whose time is over while it is executed is told with what was last seen of each axis", async () => {
    const desired = { instance_type: "c.4c8g", internet_max_bandwidth_out: 600 };
    const { result } = await apply({ looks: [at(400), at(400), going(400, 600)], desired, timeout: 10_000 });
    expect(result.failure).toMatchObject({
      code: "TIMED_OUT",
      summary: expect.stringContaining("internet_max_bandwidth_out was being changed to 600"),
      detail: expect.stringContaining(
        "instance_type c.4c8g, no change under way; internet_max_bandwidth_out 400 Mbps, being changed to 600 Mbps.",
      ),
    });
  });

  test("is interrupted while it is executed", async () => {
    const stop = new AbortController();
    const { result } = await apply({
      looks: [at(400), at(400), going(400, 600)],
      signal: stop.signal,
      during: (look) => look === 5 && stop.abort(),
    });
    expect(result.failure).toMatchObject({ code: "INTERRUPTED", detail: expect.stringContaining("A-1") });
  });
});

describe("before a call", () => {
  test.each<[string, Partial<Options>, string]>([
    ["no machine", { looks: [null], before: at(400) }, "MACHINE_NOT_FOUND"],
    ["a machine in the recycle bin", { looks: [inStatus("RECYCLE")], before: at(400) }, "MACHINE_RECYCLED"],
    ["a status that stays", { looks: [inStatus("STOPPED")], before: at(400) }, "STATUS_NOT_ALLOWED"],
    ["what cannot be", { looks: [at(400)], desired: { internet_max_bandwidth_out: 0 } }, "bandwidth_out_of_range"],
    ["a machine that moved", { looks: [at(500)], before: at(400) }, "STALE_PLAN"],
    ["a machine that moves at the last moment", { looks: [at(400), at(500)] }, "STALE_PLAN"],
    ["reads that fail", { looks: [unreachable()], before: at(400) }, "UNREADABLE"],
    ["a provider that only reads", { looks: [at(400)], readOnly: true }, "GUARD_READ_ONLY"],
    [
      "a downgrade that is denied",
      {
        looks: [at(400)],
        desired: { internet_max_bandwidth_out: 300 },
        guards: { onDowngrade: "deny", maxImmediateCharge: null },
      },
      "GUARD_ON_DOWNGRADE",
    ],
  ])("%s ends it, and nothing is sent", async (_name, options, code) => {
    const { result, writes } = await apply({ looks: [], ...options });
    expect([result.failure?.code, writes]).toEqual([expect.stringContaining(code), []]);
    expect([result.modifies, result.openOrders]).toEqual([0, []]);
  });

  test("a status that passes is waited for, and all is looked at again", async () => {
    const booting = inStatus("REBOOTING");
    const { result, seen, writes } = await apply({ looks: [booting, booting, booting, at(400), at(400), at(600)] });
    expect([result.failure, writes]).toEqual([null, ["modifyBandwidth"]]);
    expect(seen).toEqual(["recent", "fresh", "awaited", "awaited", "fresh", "awaited"]);
  });

  test("a change of another hand is waited for", async () => {
    const looks = [going(400, 500), going(400, 500), going(400, 500), at(500), at(500), at(600)];
    const { result, seen, writes } = await apply({ looks, before: at(500) });
    expect([result.failure, writes]).toEqual([null, ["modifyBandwidth"]]);
    expect(seen.slice(0, 4)).toEqual(["recent", "fresh", "awaited", "awaited"]);
  });

  test.each([
    ["a status", inStatus("REBOOTING"), "the machine is REBOOTING"],
    ["a change", going(400, 500), "a change of internet_max_bandwidth_out that was under way already"],
  ])("%s that does not end is waited for until time is over", async (_name, look, what) => {
    const { result, milliseconds } = await apply({ looks: [look], before: at(400), timeout: 3_000 });
    expect(result.failure).toMatchObject({ code: "TIMED_OUT", summary: expect.stringContaining(what) });
    expect(milliseconds).toBeLessThan(4_000);
  });

  test("a recent look at what has gone is not believed", async () => {
    const { result, seen } = await apply({ looks: [inStatus("RECYCLE"), at(600)], before: at(600) });
    expect([result.failure, seen]).toEqual([null, ["recent", "fresh"]]);
  });

  test("a recent look that hits a mistake of ours is thrown on", async () => {
    await expect(apply({ looks: [new TypeError("a bug"), at(600)], before: at(600) })).rejects.toThrow("a bug");
  });

  test("a recent look in a status that one of two calls has to wait for is made again", async () => {
    const stopped = observation(vm(), { instanceStatus: "STOPPED" });
    const desired = { instance_type: "c.8c16g", internet_max_bandwidth_out: 600 };
    const { seen } = await apply({ looks: [stopped], desired, timeout: 1_000 });
    expect(seen.slice(0, 3)).toEqual(["recent", "fresh", "fresh"]);
  });

  test.each<[string, Observation]>([
    ["the end of the term", at(400, { expiredTime: "2026-03-01T00:00:00Z" })],
    ["the status", inStatus("STOPPED")],
  ])("%s that moves at the last moment is decided on anew", async (_name, moved) => {
    const { seen } = await apply({ looks: [at(400), moved, at(400), at(400), at(600)] });
    expect(seen).toEqual(["recent", "fresh", "fresh", "fresh", "awaited"]);
  });

  test("a change of another hand that shows at the last moment is waited for, though it ends where it began", async () => {
    const desired = { instance_type: "c.8c16g", internet_max_bandwidth_out: 600 };
    const before = both("c.4c8g", 400);
    const busy = observation(
      vm({ axes: { instance_type: settled("c.4c8g"), internet_max_bandwidth_out: processing(300, 400) } }),
    );
    const between = both("c.8c16g", 400);
    const looks = [before, busy, busy, before, before, between, between, both("c.8c16g", 600)];
    const { result, seen, writes } = await apply({ looks, desired });
    expect([result.failure, writes]).toEqual([null, ["modifyType", "modifyBandwidth"]]);
    expect(seen.slice(0, 5)).toEqual(["recent", "fresh", "fresh", "awaited", "fresh"]);
  });

  test("an order that is open and does not show blocks it, and the machine is looked at now", async () => {
    const order = {
      axis: "internet_max_bandwidth_out",
      target: 600,
      orderNumber: "A-9",
      requestId: null,
      time: "2026-01-14T00:00:00.000Z",
    } as const;
    const { result, seen, writes } = await apply({ looks: [at(400)], openOrders: [order] });
    expect([result.failure?.code, writes, result.openOrders]).toEqual(["OPEN_ORDER", [], [order]]);
    expect(seen).toEqual(["fresh"]);
    const shown = await apply({ looks: [at(600)], openOrders: [order] });
    expect(shown.result).toMatchObject({ failure: null, openOrders: [] });
  });

  test("a time longer than a timer of the platform can hold does not end it", async () => {
    const awhile = (): void => {
      for (const begun = performance.now(); performance.now() - begun < 5;);
    };
    const { result } = await apply({
      looks: [at(400), at(400), at(600)],
      timeout: 2 ** 40,
      lookTakes: 1,
      during: awhile,
    });
    expect(result.failure).toBeNull();
  });

  test("a change of another hand to what is wanted is waited for, and nothing is sent", async () => {
    const { result, writes } = await apply({ looks: [going(400, 600), going(400, 600), at(600)] });
    expect([result.failure, writes, result.observation]).toEqual([null, [], at(600)]);
  });

  test("a provider that only reads may find that there is nothing to do", async () => {
    const { result } = await apply({ looks: [at(600)], readOnly: true });
    expect(result.failure).toBeNull();
  });

  test("the time may be over", async () => {
    const { result, writes } = await apply({ looks: [at(400)], lookTakes: 3_000, timeout: 2_000 });
    expect(result.failure).toMatchObject({
      code: "TIMED_OUT",
      summary: expect.stringContaining("ModifyInstanceBandwidth was still to be sent"),
    });
    expect(writes).toEqual([]);
  });

  test("the last look may be interrupted", async () => {
    const stop = new AbortController();
    const { result, writes } = await apply({
      looks: [at(400)],
      signal: stop.signal,
      during: (look) => look === 2 && stop.abort(),
    });
    expect(result.failure).toMatchObject({
      code: "INTERRUPTED",
      summary: expect.stringContaining("ModifyInstanceBandwidth was still to be sent"),
      detail: "Nothing was ordered.",
    });
    expect(writes).toEqual([]);
  });

  test("the question for the price may be interrupted", async () => {
    const stop = new AbortController();
    const { result, writes } = await apply({
      looks: [at(400)],
      signal: stop.signal,
      guards: { onDowngrade: "schedule", maxImmediateCharge: 100 },
      answers: {
        inquiryPriceBandwidth: () => {
          stop.abort();
          return [periodPrice(10)];
        },
      },
    });
    expect(result.failure).toMatchObject({
      code: "INTERRUPTED",
      summary: expect.stringContaining("asking for the price"),
    });
    expect(writes).toEqual([]);
  });

  test("no price is asked for without a limit, and every question ends with the run", async () => {
    const { asked, signals } = await apply({
      looks: [at(400), at(400), at(600)],
      signal: new AbortController().signal,
    });
    expect(asked).toEqual(["describeInstanceTypes", "modifyBandwidth"]);
    expect(signals.every((signal) => signal instanceof AbortSignal)).toBe(true);
  });

  test("with a limit the price is asked for, though only one of two calls charges", async () => {
    const { result, asked } = await apply({
      looks: [both("c.4c8g", 400)],
      desired: { instance_type: "c.2c4g", internet_max_bandwidth_out: 600 },
      guards: { onDowngrade: "schedule", maxImmediateCharge: 0 },
      answers: {
        inquiryPriceCreateInstance: ({ instanceType }: { readonly instanceType: string }) => [
          periodPrice(instanceType === "c.2c4g" ? 50 : 100),
        ],
        inquiryPriceBandwidth: (_id: never, mbps: number) => [periodPrice(mbps)],
      },
    });
    expect(result.failure?.code).toBe("GUARD_MAX_IMMEDIATE_CHARGE");
    expect(asked).toContain("inquiryPriceBandwidth");
  });
});

describe("an order", () => {
  const lost = (orderNumber: string | null): Answer =>
    failing(
      new ZenlayerError({
        code: "NETWORK_ERROR",
        errorClass: "unsure",
        outcome: "unknown",
        orderNumber,
        summary: "The answer was lost.",
        cure: "Look.",
      }),
    );

  test.each([
    [null, "its order number is unknown."],
    ["A-7", "order A-7 stands."],
  ])("whose answer was lost is adopted when it shows: %p", async (orderNumber, words) => {
    const answers = { modifyBandwidth: lost(orderNumber) };
    const looks = [at(400), at(400), at(400), going(400, 600), at(600)];
    const { result, writes } = await apply({ looks, answers });
    expect([result.failure, writes, result.openOrders]).toEqual([null, ["modifyBandwidth"], []]);
    expect([result.modifies, result.orderNumbers]).toEqual([1, orderNumber === null ? [] : [orderNumber]]);
    expect(result.warnings).toEqual([
      {
        axis: "internet_max_bandwidth_out",
        summary: `web-1 (${ID}): ModifyInstanceBandwidth was executed although its answer was lost`,
        detail: `The answer was lost. The change shows, so it was not sent again; ${words}`,
      },
    ]);
  });

  test("whose answer was lost and that does not show is remembered", async () => {
    const { result, writes } = await apply({ looks: [at(400)], answers: { modifyBandwidth: lost(null) } });
    expect(result.failure).toMatchObject({ code: "OUTCOME_UNKNOWN", detail: expect.stringContaining("5 s") });
    expect([writes, result.modifies]).toEqual([["modifyBandwidth"], 1]);
    expect(result.openOrders).toMatchObject([
      { target: 600, orderNumber: null, time: expect.stringMatching(/^2026-01-15T/) },
    ]);
  });

  test("whose answer was lost is looked for until time is over", async () => {
    const { result } = await apply({ looks: [at(400)], answers: { modifyBandwidth: lost(null) }, timeout: 2_000 });
    expect(result.failure).toMatchObject({
      code: "TIMED_OUT",
      summary: expect.stringContaining("looking for the outcome of ModifyInstanceBandwidth"),
    });
  });

  test.each<[string, readonly Look[], string, number]>([
    ["is carried through and ends where it began", [going(400, 600), at(400)], "CHANGE_FAILED", 0],
    ["never shows", [at(400)], "CHANGE_NOT_VISIBLE", 1],
    ["does not show, and another hand changes the machine", [at(500)], "CHANGED_ELSEWHERE", 1],
  ])("that %s", async (_name, then, code, open) => {
    const { result } = await apply({ looks: [at(400), at(400), ...then] });
    expect(result.failure?.code).toBe(code);
    expect([result.openOrders.length, result.orderNumbers, result.modifies]).toEqual([open, ["A-1"], 1]);
    if (code === "CHANGE_NOT_VISIBLE") expect(result.failure?.detail).toContain("5 s");
  });

  test("for the next billing cycle is done when it is scheduled, and nothing is told", async () => {
    const desired = { internet_max_bandwidth_out: 300 };
    const { result } = await apply({ looks: [at(400), at(400), planned(400, 300)], desired });
    expect(result).toMatchObject({ failure: null, warnings: [], modifies: 1 });
  });
});

describe("a limit", () => {
  const guards = { onDowngrade: "schedule", maxImmediateCharge: 1e6 } as const;
  const answers = {
    inquiryPriceCreateInstance: ({ instanceType }: { readonly instanceType: string }) => [
      periodPrice({ "c.4c8g": 100, "c.8c16g": 200 }[instanceType] ?? 50),
    ],
    inquiryPriceBandwidth: (_id: never, mbps: number) => [periodPrice(mbps)],
  } as Readonly<Record<string, Answer>>;

  test("counts nothing for a cancel that comes before the call that charges", async () => {
    const [first, then] = [planned(400, 300), at(400)];
    const { result, writes } = await apply({ looks: [first, first, then, then, at(600)], guards, answers });
    expect([result.failure, writes]).toEqual([null, ["cancelBandwidthDowngrade", "modifyBandwidth"]]);
  });

  test.each<[string, number, boolean]>([
    ["is held for each call that charges", 600, true],
    ["is not asked about a call that is free, once it held for all", 300, false],
  ])("%s", async (_name, bandwidth, again) => {
    const desired = { instance_type: "c.8c16g", internet_max_bandwidth_out: bandwidth };
    const free = observation(
      vm({ axes: { instance_type: settled("c.8c16g"), internet_max_bandwidth_out: scheduled(400, bandwidth) } }),
    );
    const between = both("c.8c16g", 400);
    const looks = [
      both("c.4c8g", 400),
      both("c.4c8g", 400),
      between,
      between,
      again ? both("c.8c16g", bandwidth) : free,
    ];
    const { signal } = new AbortController();
    const { result, writes, asked, signals } = await apply({ looks, desired, guards, answers, signal });
    expect(signals.every((each) => each instanceof AbortSignal)).toBe(true);
    expect([result.failure, writes]).toEqual([null, ["modifyType", "modifyBandwidth"]]);
    const after = asked.slice(asked.indexOf("modifyType"));
    expect(after.some((method) => method === "inquiryPriceBandwidth")).toBe(again);
  });
});

describe("a cancel", () => {
  test("is sent in any status of the machine", async () => {
    const stopped = observation(vm({ axes: { internet_max_bandwidth_out: scheduled(400, 300) } }), {
      instanceStatus: "STOPPED",
    });
    const desired = { internet_max_bandwidth_out: 400 };
    const { result, writes } = await apply({ looks: [stopped, stopped, stopped, inStatus("STOPPED")], desired });
    expect([result.failure, writes, result.modifies]).toEqual([null, ["cancelBandwidthDowngrade"], 0]);
  });
});

describe("a last look that takes long", () => {
  test.each([
    [4_000, 1],
    [5_000, 3],
  ])("of %d ms is made %d times", async (lookTakes, times) => {
    const { seen, writes } = await apply({ looks: [at(400), ...Array(times).fill(at(400)), at(600)], lookTakes });
    expect(seen.filter((how) => how === "fresh")).toHaveLength(times);
    expect(writes).toEqual(["modifyBandwidth"]);
  });
});

describe("what is at its target already", () => {
  test("is believed after two more looks, told, and not sent", async () => {
    const { result, seen, writes } = await apply({ looks: [at(600)], before: at(400) });
    expect([result.failure, writes, result.modifies]).toEqual([null, [], 0]);
    expect(seen).toEqual(["recent", "fresh", "awaited", "awaited"]);
    expect(result.warnings).toEqual([
      {
        axis: "internet_max_bandwidth_out",
        summary: `web-1 (${ID}): internet_max_bandwidth_out was at its target already`,
        detail: "Nothing was sent for it. Seen: internet_max_bandwidth_out 600 Mbps, no change under way.",
      },
    ]);
  });

  test("may have been an old answer: then it is sent", async () => {
    const { result, writes } = await apply({ looks: [at(600), at(600), at(400), at(400), at(600)], before: at(400) });
    expect([result.failure, result.warnings, writes]).toEqual([null, [], ["modifyBandwidth"]]);
  });

  test("must be so on every axis", async () => {
    const desired = { instance_type: "c.8c16g", internet_max_bandwidth_out: 600 };
    const done = both("c.8c16g", 600);
    const { result, writes } = await apply({
      looks: [done, done, both("c.8c16g", 400), both("c.8c16g", 400), both("c.8c16g", 400), both("c.8c16g", 400), done],
      before: both("c.4c8g", 400),
      desired,
    });
    expect([result.failure, writes]).toEqual([null, ["modifyBandwidth"]]);
    expect(result.warnings.map(({ axis }) => axis)).toEqual(["instance_type"]);
  });

  test("is not told of when the time is over before it is sure", async () => {
    const { result } = await apply({ looks: [at(600)], before: at(400), lookTakes: 1_000, timeout: 3_000 });
    expect(result.failure).toMatchObject({ code: "TIMED_OUT", summary: expect.stringContaining("looking again") });
  });
});

test("a cancel that is refused while another change is executed is not told as gone", async () => {
  const answers = { cancelBandwidthDowngrade: failing(refusal("OPERATION_DENIED_DOWNGRADE_NOT_EXIST")) };
  const { result, writes } = await apply({
    looks: [planned(400, 300), planned(400, 300), going(400, 300), at(300)],
    desired: { internet_max_bandwidth_out: 400 },
    answers,
  });
  expect([result.failure?.code, result.warnings, writes]).toEqual(["STALE_PLAN", [], ["cancelBandwidthDowngrade"]]);
});

describe("two calls", () => {
  const desired = { instance_type: "c.8c16g", internet_max_bandwidth_out: 600 };
  const before = both("c.4c8g", 400);
  const between = both("c.8c16g", 400);
  const done = both("c.8c16g", 600);

  test("are sent one after the other", async () => {
    const { result, writes } = await apply({ looks: [before, before, between, between, done], desired });
    expect(result).toMatchObject({ failure: null, modifies: 2, orderNumbers: ["A-0", "A-1"] });
    expect(writes).toEqual(["modifyType", "modifyBandwidth"]);
  });

  test("go on where an old answer hides the first for a while", async () => {
    const looks = [before, before, between, before, before, between, between, done];
    // The look that confirmed the first is followed by a last look before the second.
    const { result, writes } = await apply({ looks, desired });
    expect([result.failure, writes]).toEqual([null, ["modifyType", "modifyBandwidth"]]);
  });

  test("end where the first is undone", async () => {
    const { result, writes } = await apply({ looks: [before, before, between, before], desired });
    expect(result.failure).toMatchObject({ code: "STALE_PLAN", detail: expect.stringContaining("A-0") });
    expect(writes).toEqual(["modifyType"]);
  });

  test("end where time is over while it is looked whether the first stands", async () => {
    const { result } = await apply({ looks: [before, before, between, before], desired, timeout: 3_000 });
    expect(result.failure).toMatchObject({
      code: "TIMED_OUT",
      summary: expect.stringContaining("looking whether what was done stands"),
    });
  });

  test("a mistake of ours after the first does not hide its order", async () => {
    const { result } = await apply({ looks: [before, before, between, new TypeError("a bug")], desired });
    expect(result.failure?.code).toBe("UNREADABLE");
    expect(result.orderNumbers).toEqual(["A-0"]);
  });
});

test("a mistake of ours before any call is thrown on", async () => {
  await expect(apply({ looks: [at(400), new TypeError("a bug")] })).rejects.toThrow("a bug");
});

describe("a call that is refused", () => {
  const once = (error: Error, then: unknown): Answer => {
    let calls = 0;
    return () => {
      calls += 1;
      if (calls === 1) throw error;
      return then;
    };
  };
  const late = (code: string, sendAgainAfter = 0): ZenlayerError =>
    new ZenlayerError({
      code,
      errorClass: "wait",
      outcome: "not_sent",
      sendAgainAfter,
      summary: "No.",
      cure: "Ask.",
    });

  test("tells Zenlayer's words, also where the balance cannot be asked for", async () => {
    const answers = { modifyBandwidth: failing(refusal("NOBODY_KNOWS_THIS")) };
    const { result } = await apply({ looks: [at(400)], answers });
    expect(result.failure?.detail).toContain("NOBODY_KNOWS_THIS");
    expect(result.failure?.detail).not.toMatch(/undefined|purchasing power/);
    expect(result).toMatchObject({ modifies: 0, openOrders: [] });
  });

  test.each<[string, Desired, number]>([
    ["that charges is told with what the account has", { internet_max_bandwidth_out: 600 }, 1],
    ["that is free is not", { internet_max_bandwidth_out: 300 }, 0],
  ])("%s", async (_name, desired, balances) => {
    const answers = { modifyBandwidth: failing(refusal("NOBODY_KNOWS_THIS")) };
    const applied = await apply({ looks: [at(400)], desired, answers, purchasingPower: 12.5 });
    expect(applied.balances).toEqual(Array(balances).fill(expect.any(AbortSignal)));
    expect(/12\.5/.test(applied.result.failure?.detail ?? "")).toBe(balances === 1);
  });

  test("beside a change of another axis names that", async () => {
    const busy = observation(vm({ axes: { traffic_package_size: scheduled(10, 5) } }));
    const answers = { modifyBandwidth: failing(refusal("NOBODY_KNOWS_THIS")) };
    const { result } = await apply({ looks: [busy], answers });
    expect(result.failure?.detail).toContain("may stand in the way: traffic_package_size 10 TB");
  });

  test("before it was sent says nothing of the account", async () => {
    const answers = { modifyBandwidth: failing(refusal("CLIENT_CLOSED", "not_sent")) };
    const { result, balances } = await apply({ looks: [at(400)], answers, purchasingPower: 12.5 });
    expect([result.failure?.code, balances]).toEqual(["CLIENT_CLOSED", []]);
  });

  test("in a status that passes is sent again when it has passed, in one that stays it is the end", async () => {
    const denied = refusal("OPERATION_DENIED_INSTANCE_NOT_RUNNING");
    const booting = inStatus("REBOOTING");
    const answers = { modifyBandwidth: once(denied, ORDER) };
    const passes = await apply({ looks: [at(400), at(400), booting, booting, at(400), at(400), at(600)], answers });
    expect([passes.result.failure, passes.writes.length]).toEqual([null, 2]);
    const stays = await apply({ looks: [at(400)], answers: { modifyBandwidth: failing(denied) } });
    expect([stays.result.failure?.code, stays.writes.length]).toEqual([denied.code, 1]);
  });

  test("by a rate limit is sent again as often as is allowed, each time after a longer pause", async () => {
    const answers = { modifyBandwidth: failing(late("REQUEST_LIMIT_EXCEEDED")) };
    const { result, writes, milliseconds } = await apply({ looks: [at(400)], answers });
    expect([result.failure?.code, writes.length]).toEqual(["REQUEST_LIMIT_EXCEEDED", 4]);
    expect(milliseconds).toBeGreaterThan(1_000);
  });

  test("by a rate limit for the last time, while the user stops us, is told as stopped", async () => {
    const stop = new AbortController();
    let calls = 0;
    const { result, writes } = await apply({
      looks: [at(400)],
      signal: stop.signal,
      answers: {
        modifyBandwidth: () => {
          calls += 1;
          if (calls > 3) stop.abort();
          throw late("REQUEST_LIMIT_EXCEEDED");
        },
      },
    });
    expect([result.failure?.code, writes.length]).toEqual(["INTERRUPTED", 4]);
  });

  test("until later is not sent before, and not after the time is over", async () => {
    const error = late("REQUEST_LIMIT_EXCEEDED", 20_000);
    const answers = { modifyBandwidth: once(error, ORDER) };
    const waited = await apply({ looks: [at(400), at(400), at(400), at(400), at(600)], answers });
    expect([waited.result.failure, waited.writes.length]).toEqual([null, 2]);
    expect(waited.milliseconds).toBeGreaterThanOrEqual(20_000);
    const over = await apply({
      looks: [at(400)],
      answers: { modifyBandwidth: failing(error) },
      timeout: 10_000,
      lookTakes: 500,
    });
    expect(over.result.failure).toMatchObject({
      code: "TIMED_OUT",
      summary: expect.stringContaining("ModifyInstanceBandwidth was still to be sent"),
    });
    expect([over.milliseconds, over.writes.length]).toEqual([10_000, 1]);
  });

  test("because its turn came too late is decided and sent anew", async () => {
    const answers = { modifyBandwidth: once(late("TURN_TOO_LATE"), ORDER) };
    const { result, writes } = await apply({ looks: [at(400), at(400), at(400), at(400), at(600)], answers });
    expect([result.failure, writes]).toEqual([null, ["modifyBandwidth", "modifyBandwidth"]]);
  });

  test.each<[string, Error, string]>([
    ["that was not sent", refusal("REQUEST_CANCELLED", "not_sent"), "INTERRUPTED"],
    ["that Zenlayer refused", refusal("STOCK_INSUFFICIENT"), "STOCK_INSUFFICIENT"],
    ["that was to be sent again", late("REQUEST_LIMIT_EXCEEDED"), "INTERRUPTED"],
  ])("%s, while the user stops us", async (_name, error, code) => {
    const stop = new AbortController();
    const { result, writes } = await apply({
      looks: [at(400)],
      signal: stop.signal,
      answers: {
        modifyBandwidth: () => {
          stop.abort();
          throw error;
        },
      },
    });
    expect([result.failure?.code, writes]).toEqual([code, ["modifyBandwidth"]]);
    if (code === "INTERRUPTED")
      expect(result.failure?.summary).toContain("ModifyInstanceBandwidth was still to be sent");
  });

  test("as the world has moved is looked after until time is over", async () => {
    const answers = { modifyBandwidth: failing(refusal("OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING")) };
    const { result } = await apply({ looks: [at(400)], answers, timeout: 3_000 });
    expect(result.failure).toMatchObject({
      code: "TIMED_OUT",
      summary: expect.stringContaining("looking why ModifyInstanceBandwidth was refused"),
    });
  });

  test("as the world has moved, and has not within the grace period, is told", async () => {
    const answers = { modifyBandwidth: failing(refusal("OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING")) };
    const { result, writes } = await apply({ looks: [at(400)], answers });
    expect(result.failure?.code).toBe("OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING");
    expect(writes).toHaveLength(1);
  });

  test("as the world has moved elsewhere is stale", async () => {
    const answers = { modifyBandwidth: failing(refusal("OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING")) };
    const { result } = await apply({ looks: [at(400), at(400), at(500)], answers });
    expect([result.failure?.code, result.warnings]).toEqual(["STALE_PLAN", []]);
  });

  test("as there is nothing left to cancel is told, and done", async () => {
    const answers = { cancelBandwidthDowngrade: failing(refusal("OPERATION_DENIED_DOWNGRADE_NOT_EXIST")) };
    const { result, writes } = await apply({
      looks: [planned(400, 300), planned(400, 300), at(400)],
      desired: { internet_max_bandwidth_out: 400 },
      answers,
    });
    expect([result.failure, writes, result.modifies]).toEqual([null, ["cancelBandwidthDowngrade"], 0]);
    expect(result.warnings).toEqual([
      {
        axis: "internet_max_bandwidth_out",
        summary: `web-1 (${ID}): the scheduled downgrade of internet_max_bandwidth_out was gone already`,
        detail:
          "CancelInstanceBandwidthDowngrade found nothing to cancel. Seen: internet_max_bandwidth_out 400 Mbps, no change under way.",
      },
    ]);
  });
});

describe("a read that hangs", () => {
  const hanging = (request: Partial<ConvergeRequest>) => {
    const hang = (_product: unknown, _id: unknown, signal: AbortSignal): Promise<never> =>
      new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(refusal("REQUEST_CANCELLED", "not_sent"))),
      );
    const machines = {
      recent: hang,
      fresh: hang,
      exclusively: atOnce,
    } as unknown as Machines;
    const { client } = new FakeClient({});
    return converge(
      { client, machines, timing: DEFAULT_TIMING, readOnly: false, maxRetries: 3, clock: systemClock },
      {
        product: "vm",
        instanceId: ID,
        desired: {},
        planned: [],
        guards: { onDowngrade: "schedule", maxImmediateCharge: null },
        openOrders: [],
        timeout: 10_000,
        ...request,
      },
    );
  };

  test("ends with the time of the operation", async () => {
    const { failure, observation: last } = await hanging({ timeout: 20 });
    expect(failure).toMatchObject({
      code: "TIMED_OUT",
      summary: expect.stringContaining("reading the machine"),
      detail: expect.stringContaining("Last seen: nothing yet."),
    });
    expect(last).toBeNull();
  });

  test("ends with Ctrl-C", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 5);
    const { failure } = await hanging({ signal: stop.signal });
    expect(failure).toMatchObject({ code: "INTERRUPTED", summary: expect.stringContaining("reading the machine") });
  });
});

test("a run leaves no timer behind", async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  const before = timers();
  await apply({ looks: [at(600)] });
  expect(timers()).toBe(before);
});
