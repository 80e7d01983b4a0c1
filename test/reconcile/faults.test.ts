// Every way in which a call can go wrong: what the user is told, what is remembered, what the next plan says, and that one order is placed.
import { FAULTS, type Fault, type FaultKind } from "../../lib/simulator";
import type { Clock } from "../../lib/api";
import { ID, Scene, type SceneOptions } from "./support";

const MODIFY = { action: "ModifyInstanceBandwidth" };
let scene: Scene;
const started: Scene[] = [];

function start(desired: Scene["desired"], options: SceneOptions = {}): Scene {
  scene = new Scene(desired, options);
  started.push(scene);
  return scene;
}

/** An upgrade from 400 to 600 Mbps that charges at once. */
const upgrade = (options: SceneOptions = {}): Scene => start({ internet_max_bandwidth_out: 600 }, options);

afterEach(() => started.splice(0).forEach((each) => each.stop()));

/** So many more looks at the machine. */
function looks(count: number): Promise<void> {
  const all = (): number =>
    scene.simulator.requests.filter((entry) => entry.action === "DescribeInstanceInternetStatus").length;
  const enough = all() + count;
  return scene.until(() => all() >= enough);
}

/** Faults of reads, and those that are whatever their options say. */
const ELSEWHERE = ["slow", "error", "foreign", "raw", "stale", "left_out"] as const;
type Elsewhere = (typeof ELSEWHERE)[number];

/** What the answer to the one Modify does to it, and what becomes of it. */
const ANSWERS: Readonly<Record<Exclude<FaultKind, Elsewhere>, "adopted" | "unknown" | "done" | string>> = {
  drop_before: "unknown",
  drop_after: "adopted",
  reset_before: "unknown",
  reset_after: "adopted",
  hold: "unknown",
  hold_after: "adopted",
  rate_limit: "done",
  status_500_before: "unknown",
  status_500_after: "adopted",
  status_503: "unknown",
  status_503_after: "adopted",
  status_504: "unknown",
  status_504_after: "adopted",
  challenge: "SECURITY_CHALLENGE",
  blocked_451: "REQUEST_BLOCKED",
  empty_204: "accepted without a number",
  truncated: "adopted",
  not_json: "adopted",
  redirect: "unknown",
};

test("every fault of the simulator has its row", () => {
  expect(Object.keys(ANSWERS).sort()).toEqual(
    Object.keys(FAULTS)
      .filter((kind) => !ELSEWHERE.includes(kind as Elsewhere))
      .sort(),
  );
});

const rows = Object.entries(ANSWERS) as [FaultKind, string][];

describe.each(rows.filter(([, end]) => end === "adopted"))("%s", (kind) => {
  test("the change shows, so it is adopted and not sent again", async () => {
    const { simulator } = upgrade();
    simulator.fault({ kind, ...MODIFY });
    const result = await scene.apply();
    expect(result.failure).toBeNull();
    expect(result.warnings.map((warning) => warning.summary)).toEqual([
      "web-1 (900000000000000001): ModifyInstanceBandwidth was executed although its answer was lost",
    ]);
    expect(result.warnings[0]?.detail).toMatch(/not sent again; its order number is unknown\.$/);
    expect([result.orderNumbers, result.modifies, result.openOrders]).toEqual([[], 1, []]);
    expect(scene.writes).toEqual(["ModifyInstanceBandwidth"]);
    expect(simulator.orders.map((order) => order.state)).toEqual(["applied"]);
    expect(await scene.plan()).toEqual([]);
  });
});

describe.each(rows.filter(([, end]) => end === "unknown"))("%s", (kind) => {
  test("nothing shows: it is reported and remembered, and sending again is the user's decision", async () => {
    const { simulator } = upgrade({ gracePeriod: 150 });
    simulator.fault({ kind, ...MODIFY });
    const result = await scene.apply();
    expect(result.failure).toMatchObject({
      code: "OUTCOME_UNKNOWN",
      axis: "internet_max_bandwidth_out",
      summary: "web-1 (900000000000000001): the outcome of ModifyInstanceBandwidth is unknown",
    });
    expect(result.failure?.detail).toMatch(/It was not sent again\..*Look into the Zenlayer console/s);
    expect(result.openOrders).toEqual([
      expect.objectContaining({ axis: "internet_max_bandwidth_out", target: 600, orderNumber: null }),
    ]);
    expect(result.modifies).toBe(1);
    expect(scene.writes).toHaveLength(1);
    expect(simulator.orders).toEqual([]);
    expect(await scene.plan()).toMatchObject([{ action: "ModifyInstanceBandwidth", to: "600" }]);
    expect((await scene.apply()).failure).toBeNull();
    expect(simulator.orders).toHaveLength(1);
    expect(scene.openOrders).toEqual([]);
  });
});

describe.each(rows.filter(([, end]) => /^[A-Z_]+$/.test(end)))("%s", (kind, code) => {
  test("the call never reached Zenlayer: refused, nothing remembered", async () => {
    const { simulator } = upgrade();
    simulator.fault({ kind, ...MODIFY });
    const result = await scene.apply();
    expect(result.failure?.code).toBe(code);
    expect(result.failure?.detail).toContain("Nothing was ordered by this call.");
    expect([result.openOrders, result.modifies, scene.writes.length]).toEqual([[], 0, 1]);
    expect(simulator.orders).toEqual([]);
    expect(await scene.plan()).toHaveLength(1);
  });
});

describe.each([408, 425, 499, 400, 404] as const)("an answer with HTTP %d that is not Zenlayer's", (status) => {
  test("to a change that was executed: it shows, so it is adopted", async () => {
    const { simulator } = upgrade();
    simulator.fault({ kind: "foreign", status, executed: true, ...MODIFY });
    expect(await scene.apply()).toMatchObject({ failure: null, modifies: 1, openOrders: [], orderNumbers: [] });
    expect(simulator.orders).toHaveLength(1);
  });

  test("to a change that was not: nothing shows, and sending again is the user's decision", async () => {
    const { simulator } = upgrade({ gracePeriod: 150 });
    simulator.fault({ kind: "foreign", status, ...MODIFY });
    const result = await scene.apply();
    expect(result.failure?.code).toBe("OUTCOME_UNKNOWN");
    expect(result.openOrders).toMatchObject([{ target: 600, orderNumber: null }]);
    expect(scene.writes).toHaveLength(1);
  });
});

describe.each<Fault>([
  { kind: "status_500_after", orderNumber: "text" },
  { kind: "status_503_after", orderNumber: "number" },
  { kind: "status_504_after", orderNumber: "list" },
  { kind: "foreign", status: 404, executed: true, orderNumber: "list" },
])("an answer without meaning that names the order: %j", (fault) => {
  test("the change shows, and its order number is known", async () => {
    const { simulator } = upgrade();
    simulator.fault({ ...fault, ...MODIFY });
    const result = await scene.apply();
    const number = simulator.orders[0]?.number;
    expect(result).toMatchObject({ failure: null, modifies: 1, openOrders: [], orderNumbers: [number] });
    expect(result.warnings[0]?.detail).toContain(`it was not sent again; order ${number} stands.`);
  });

  test("nothing shows: the order is remembered by its number, named, and blocks further calls", async () => {
    const { simulator } = upgrade({ gracePeriod: 150, simulator: { knobs: { unpaidOrders: true } } });
    simulator.fault({ ...fault, ...MODIFY });
    const result = await scene.apply();
    const number = simulator.orders[0]?.number ?? "";
    expect(result.failure?.code).toBe("OUTCOME_UNKNOWN");
    expect(result.failure?.detail).toContain(
      `The answer names order ${number}: pay or cancel it in the Zenlayer console`,
    );
    expect(result.failure?.detail).not.toMatch(/applying again sends it again/);
    expect(result.openOrders).toMatchObject([{ target: 600, orderNumber: number }]);
    expect(result.orderNumbers).toEqual([number]);
    expect((await scene.apply()).failure?.code).toBe("OPEN_ORDER");
    expect(simulator.orders).toHaveLength(1);
  });
});

test("an acceptance without a body is an acceptance without an order number", async () => {
  const { simulator } = upgrade();
  simulator.fault({ kind: "empty_204", ...MODIFY });
  const result = await scene.apply();
  expect(result).toMatchObject({ failure: null, orderNumbers: [], modifies: 1, warnings: [], openOrders: [] });
  expect(simulator.orders).toHaveLength(1);
});

describe("a rate limit", () => {
  test.each([undefined, 1, 30])(
    "with Retry-After %p is waited for, and the call is accepted once",
    async (retryAfter) => {
      const { simulator } = upgrade();
      simulator.fault({ kind: "rate_limit", times: 3, ...MODIFY, ...(retryAfter === undefined ? {} : { retryAfter }) });
      const result = await scene.apply(await scene.plan(), { timeout: 900_000 });
      expect(result).toMatchObject({ failure: null, modifies: 1, openOrders: [] });
      expect(result.orderNumbers).toEqual([simulator.orders[0]?.number]);
      expect(scene.writes).toHaveLength(4);
      expect(simulator.orders).toHaveLength(1);
    },
  );

  test("that never ends is refused in the user's words: nothing was ordered", async () => {
    const { simulator } = upgrade();
    simulator.fault({ kind: "rate_limit", times: Infinity, ...MODIFY });
    const result = await scene.apply(await scene.plan(), { timeout: 900_000 });
    expect(result.failure).toMatchObject({ code: "REQUEST_LIMIT_EXCEEDED" });
    expect(result.openOrders).toEqual([]);
    expect(simulator.orders).toEqual([]);
  });

  test("is answered max_retries times, and then refused", async () => {
    const { simulator } = upgrade();
    simulator.fault({ kind: "rate_limit", times: Infinity, ...MODIFY });
    const result = await scene.apply(await scene.plan(), { reconciler: { ...scene.reconciler, maxRetries: 2 } });
    expect(result.failure).toMatchObject({ code: "REQUEST_LIMIT_EXCEEDED" });
    expect(scene.writes).toHaveLength(3);
  });

  test("waits within the time of the operation", async () => {
    const { simulator } = upgrade();
    simulator.fault({ kind: "rate_limit", retryAfter: 30, ...MODIFY });
    const result = await scene.apply(await scene.plan(), { timeout: 10_000 });
    expect(result.failure).toMatchObject({ code: "TIMED_OUT" });
    expect(result.failure?.summary).toContain("ModifyInstanceBandwidth was still to be sent");
    expect(result.failure?.detail).toContain("Nothing was ordered.");
    expect(scene.writes).toHaveLength(1);
  });

  test("is left at once with Ctrl-C, and nothing more is sent", async () => {
    const { simulator } = upgrade();
    const stop = new AbortController();
    const planned = await scene.plan();
    simulator.fault({ kind: "rate_limit", retryAfter: 30, ...MODIFY });
    const applied = scene.apply(planned, { signal: stop.signal });
    await scene.until(() => scene.writes.length > 0);
    stop.abort();
    expect((await applied).failure).toMatchObject({ code: "INTERRUPTED", detail: "Nothing was ordered." });
    expect(scene.writes).toHaveLength(1);
  });

  describe("while it lasts, the world moves", () => {
    /** Applies; as soon as the first attempt was refused, something happens. */
    async function during(happens: (simulator: Scene["simulator"]) => void, limit: number | null = null) {
      const { simulator } = scene;
      const planned = await scene.plan();
      simulator.fault({ kind: "rate_limit", retryAfter: 5, ...MODIFY });
      let refused = false;
      const sleep: Clock["sleep"] = (ms, signal) => {
        if (!refused && scene.writes.length > 0) {
          refused = true;
          happens(simulator);
        }
        return scene.clock.sleep(ms, signal);
      };
      const clock = Object.assign(Object.create(scene.clock) as Clock, { sleep });
      const reconciler = { ...scene.reconciler, clock };
      const guards = { onDowngrade: "schedule", maxImmediateCharge: limit } as const;
      const result = await scene.apply(planned, { reconciler, guards });
      expect(refused).toBe(true);
      return result;
    }

    test("the price rises beyond the limit: refused, not charged", async () => {
      upgrade();
      const result = await during((simulator) => (simulator.knobs.discount = 300), 1000);
      expect(result.failure?.code).toBe("GUARD_MAX_IMMEDIATE_CHARGE");
      expect(scene.simulator.orders).toEqual([]);
      expect(scene.writes).toHaveLength(1);
    });

    test("a free downgrade has become an upgrade: stale, not sent again", async () => {
      start({ internet_max_bandwidth_out: 300 });
      const result = await during((simulator) => simulator.changeOutOfBand(ID, { bandwidth: 200 }));
      expect(result.failure?.code).toBe("STALE_PLAN");
      expect(scene.simulator.orders).toEqual([]);
      expect(scene.writes).toHaveLength(1);
    });

    test("the value is in force already: done, not ordered", async () => {
      upgrade();
      const result = await during((simulator) => simulator.changeOutOfBand(ID, { bandwidth: 600 }));
      expect(result).toMatchObject({ failure: null, modifies: 0, orderNumbers: [] });
      expect(scene.simulator.orders).toEqual([]);
      expect(scene.writes).toHaveLength(1);
    });
  });

  test("over every action slows the apply down and no more", async () => {
    const { simulator } = upgrade();
    simulator.fault({ kind: "rate_limit", times: 12 });
    const planned = await scene.plan();
    expect((await scene.apply(planned)).failure).toBeNull();
    expect(simulator.orders).toHaveLength(1);
  });
});

describe("between the last look and the call", () => {
  test.each([
    ["a price that is slow to come", { kind: "slow", milliseconds: 150, action: "InquiryPrice*", times: 2 } as const],
    ["a price that fails and comes on the second try", { kind: "status_500_before", action: "InquiryPrice*" } as const],
  ])("%s leaves no room for another hand", async (_name, fault) => {
    const { simulator } = upgrade();
    const planned = await scene.plan();
    simulator.fault(fault);
    const applied = scene.apply(planned, { guards: { onDowngrade: "schedule", maxImmediateCharge: 1e6 } });
    await scene.until(() => simulator.requests.some((entry) => entry.action.startsWith("InquiryPrice")));
    simulator.changeOutOfBand(ID, { bandwidth: 100 });
    const result = await applied;
    expect(result.failure?.code).toBe("STALE_PLAN");
    expect(scene.writes).toEqual([]);
  });

  test("a renewal makes the charge another one: the guard is asked again", async () => {
    const { simulator } = upgrade();
    const planned = await scene.plan();
    const asked = (): number => simulator.requests.filter((entry) => entry.action.startsWith("InquiryPrice")).length;
    simulator.fault({ kind: "slow", milliseconds: 100, action: "InquiryPrice*", times: 2 });
    const applied = scene.apply(planned, { guards: { onDowngrade: "schedule", maxImmediateCharge: 1e6 } });
    await scene.until(() => asked() > 0);
    simulator.changeOutOfBand(ID, { expiredTime: "2026-03-01T00:00:00Z" });
    expect((await applied).failure).toBeNull();
    expect(asked()).toBe(4);
    expect(simulator.orders).toHaveLength(1);
  });

  test("the machine is looked at once more, although nothing moved", async () => {
    const { simulator } = upgrade();
    const planned = await scene.plan();
    simulator.clearRequests();
    await scene.apply(planned, { guards: { onDowngrade: "schedule", maxImmediateCharge: 1e6 } });
    const actions = simulator.requests.map((entry) => entry.action);
    const modify = actions.indexOf("ModifyInstanceBandwidth");
    expect(new Set(actions.slice(modify - 3, modify))).toEqual(
      new Set(["DescribeInstances", "DescribeInstanceTypeStatus", "DescribeInstanceInternetStatus"]),
    );
  });
});

describe("reads that lag behind acceptance", () => {
  test("a few old answers are waited out", async () => {
    const { simulator } = upgrade({ simulator: { knobs: { readLag: 6, describeInstancesLag: 50 } } });
    const result = await scene.apply();
    expect(result).toMatchObject({ failure: null, openOrders: [] });
    expect(simulator.orders).toHaveLength(1);
  });

  test("an old answer after a lost one is waited out too", async () => {
    const { simulator } = upgrade({ simulator: { knobs: { readLag: 6 } } });
    simulator.fault({ kind: "drop_after", ...MODIFY });
    expect((await scene.apply()).failure).toBeNull();
    expect(simulator.orders).toHaveLength(1);
  });

  test("a cancel that still shows the plan is waited for before the next call goes out", async () => {
    const { simulator } = upgrade({
      machine: { scheduled: { bandwidth: 100 } },
      simulator: { knobs: { cancelReadLag: 6 } },
    });
    expect((await scene.apply()).failure).toBeNull();
    expect(scene.writes).toEqual(["CancelInstanceBandwidthDowngrade", "ModifyInstanceBandwidth"]);
    expect(simulator.orders).toHaveLength(1);
  });
});

describe("a change that is accepted and then fails", () => {
  test("is reported after the grace period with its order number, and the order is not open", async () => {
    const knobs = { failInFlight: "bandwidth", bandwidthLatency: Infinity } as const;
    const { simulator } = upgrade({ simulator: { knobs } });
    const applied = scene.apply();
    await scene.until(() => simulator.orders.length > 0);
    await looks(3);
    simulator.settle();
    const result = await applied;
    expect(result.failure).toMatchObject({ code: "CHANGE_FAILED", axis: "internet_max_bandwidth_out" });
    expect(result.failure?.detail).toContain(`order ${simulator.orders[0]?.number}`);
    expect(result.openOrders).toEqual([]);
    expect(simulator.orders).toHaveLength(1);
    expect(await scene.plan()).toHaveLength(1);
  });

  test("while somebody else's change was running is not taken for that one", async () => {
    const { simulator } = upgrade({ gracePeriod: 150, simulator: { knobs: { unpaidOrders: true } } });
    const machine = simulator.machine("900000000000000001");
    const planned = await scene.plan();
    const applied = scene.apply(planned);
    await scene.until(() => simulator.orders.length > 0);
    simulator.knobs.bandwidthLatency = 50;
    simulator.changeOutOfBand(machine.instanceId, { processing: { bandwidth: 500 } });
    const result = await applied;
    expect(result.failure?.code).toBe("CHANGED_ELSEWHERE");
    expect(result.openOrders).toMatchObject([{ orderNumber: simulator.orders[0]?.number }]);
  });
});

describe("an order that stays unpaid and invisible", () => {
  test("is remembered, blocks further calls, and is forgotten once it shows", async () => {
    const { simulator } = upgrade({ gracePeriod: 150, simulator: { knobs: { unpaidOrders: true } } });
    const first = await scene.apply();
    const number = simulator.orders[0]?.number ?? "";
    expect(first.failure?.code).toBe("CHANGE_NOT_VISIBLE");
    expect(first.failure?.summary).toBe(
      `web-1 (900000000000000001): order ${number} was accepted, but the change does not show`,
    );
    expect(first.failure?.detail).toContain("pay or cancel it in the Zenlayer console");
    expect(first.openOrders).toMatchObject([{ axis: "internet_max_bandwidth_out", target: 600, orderNumber: number }]);
    expect(await scene.plan()).toHaveLength(1);

    const second = await scene.apply();
    expect(second.failure?.code).toBe("OPEN_ORDER");
    expect(second.failure?.summary).toContain(`Order ${number} of `);
    expect(second.failure?.detail).toContain("Pay or cancel it in the Zenlayer console");
    expect(simulator.orders).toHaveLength(1);
    expect(scene.writes).toHaveLength(1);

    simulator.payOrder(number);
    const third = await scene.apply(await scene.plan());
    expect(third).toMatchObject({ failure: null, openOrders: [], modifies: 0 });
    expect(simulator.orders).toHaveLength(1);
  });

  test("blocks a change of mind too", async () => {
    const { simulator } = upgrade({ gracePeriod: 150, simulator: { knobs: { unpaidOrders: true } } });
    await scene.apply();
    scene.desired = { internet_max_bandwidth_out: 800 };
    expect((await scene.apply()).failure?.code).toBe("OPEN_ORDER");
    expect(simulator.orders).toHaveLength(1);
  });

  test("whose answer was lost is reported as unknown", async () => {
    const { simulator } = upgrade({ gracePeriod: 150, simulator: { knobs: { unpaidOrders: true } } });
    simulator.fault({ kind: "reset_after", ...MODIFY });
    const result = await scene.apply();
    expect(result.failure?.code).toBe("OUTCOME_UNKNOWN");
    expect(result.openOrders).toMatchObject([{ orderNumber: null }]);
    expect(simulator.orders).toHaveLength(1);
  });
});

describe("a refusal", () => {
  test("for want of money shows Zenlayer's words and the purchasing power", async () => {
    const { simulator } = upgrade({ simulator: { knobs: { insufficientBalance: true } } });
    const result = await scene.apply();
    expect(result.failure?.code).toBe("SIM_BALANCE_TOO_LOW");
    expect(result.failure?.detail).toMatch(/Zenlayer says: "The change costs .*purchasing power is 10000/s);
    expect(result.openOrders).toEqual([]);
    expect(simulator.orders).toEqual([]);
  });

  test("for a clock that is wrong says so and is not repeated", async () => {
    upgrade();
    const fault: Fault = { kind: "error", status: 401, code: "AUTHFAILURE_SIGNATURE_EXPIRED", body: "Expired." };
    scene.simulator.fault({ ...fault, ...MODIFY, times: Infinity });
    const result = await scene.apply();
    expect(result.failure).toMatchObject({ code: "AUTHFAILURE_SIGNATURE_EXPIRED" });
    expect(result.failure?.summary).toMatch(/clock/i);
    expect(scene.writes).toHaveLength(1);
  });

  test("because the other axis is being processed is waited out, then decided anew", async () => {
    const { simulator } = upgrade({
      gracePeriod: 60,
      simulator: { knobs: { processingBlocksOtherAxes: true, typeLatency: 200 } },
    });
    const planned = await scene.plan();
    simulator.changeOutOfBand("900000000000000001", { processing: { instanceType: "c.8c16g" } });
    const result = await scene.apply(planned);
    expect(result.failure).toBeNull();
    expect(simulator.orders).toHaveLength(1);
    expect(scene.writes.length).toBeGreaterThan(1);
  });

  test("because of a status that passes is waited out", async () => {
    const { simulator } = upgrade();
    const planned = await scene.plan();
    simulator.fault({
      kind: "error",
      status: 403,
      code: "OPERATION_DENIED_INSTANCE_NOT_RUNNING",
      executed: false,
      ...MODIFY,
    });
    const applied = scene.apply(planned);
    // The service refuses in the moment in which the machine starts to reboot.
    await scene.until(() => scene.writes.length > 0);
    simulator.changeOutOfBand("900000000000000001", { instanceStatus: "REBOOT" });
    await looks(3);
    simulator.changeOutOfBand("900000000000000001", { instanceStatus: "RUNNING" });
    expect((await applied).failure).toBeNull();
    expect(simulator.orders).toHaveLength(1);
  });

  test("because of a status that stays is the user's to mend", async () => {
    const { simulator } = upgrade();
    simulator.fault({ kind: "error", status: 403, code: "OPERATION_DENIED_INSTANCE_NOT_RUNNING", ...MODIFY });
    const result = await scene.apply();
    expect(result.failure?.code).toBe("OPERATION_DENIED_INSTANCE_NOT_RUNNING");
    expect(simulator.orders).toEqual([]);
  });

  test("because a plan exists shows that plan as the reason why this one is stale", async () => {
    const { simulator } = upgrade();
    const planned = await scene.plan();
    simulator.fault({ kind: "error", status: 403, code: "OPERATION_DENIED_INSTANCE_EXIST_PLAN_BANDWIDTH", ...MODIFY });
    const applied = scene.apply(planned);
    await scene.until(() => scene.writes.length > 0);
    simulator.changeOutOfBand("900000000000000001", { scheduled: { bandwidth: 100 } });
    const result = await applied;
    expect(result.failure?.code).toBe("STALE_PLAN");
    expect(simulator.orders).toEqual([]);
    expect(scene.writes).toHaveLength(1);
  });
});
