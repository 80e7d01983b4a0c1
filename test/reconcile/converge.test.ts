// One apply of one machine, beyond faults: turns, deadlines, interruptions, guards right before the call, and what is told of what stands.
import { getEventListeners } from "node:events";
import { converge, Machines, type ConvergeRequest } from "../../lib/reconcile";
import { ID, Scene, type SceneOptions } from "./support";

let scene: Scene;

function start(desired: Scene["desired"], options: SceneOptions = {}): Scene {
  scene = new Scene(desired, options);
  return scene;
}

afterEach(() => scene.stop());

function guards(changes: Partial<ConvergeRequest["guards"]>): Partial<ConvergeRequest> {
  return { guards: { onDowngrade: "schedule", maxImmediateCharge: null, ...changes } };
}

describe("a scheduled outcome", () => {
  test("returns with the first look that shows it", async () => {
    start({ internet_max_bandwidth_out: 100 });
    const planned = await scene.plan();
    scene.simulator.clearRequests();
    const result = await scene.apply(planned);
    expect(result).toMatchObject({ failure: null, modifies: 1, openOrders: [] });
    const actions = scene.simulator.requests.map((entry) => entry.action);
    const after = actions.slice(actions.indexOf("ModifyInstanceBandwidth") + 1);
    // The look that confirms it also shows that nothing is left.
    expect(after.filter((action) => action === "DescribeInstanceInternetStatus")).toHaveLength(1);
  });
});

describe("the look of the plan", () => {
  const looks = (): number =>
    scene.simulator.requests.filter(({ action }) => action === "DescribeInstanceInternetStatus").length;
  const recent = () => scene.run(scene.reconciler.machines.recent("vm", ID));

  test("serves an adoption that has nothing to call", async () => {
    start({ internet_max_bandwidth_out: 400 });
    await recent();
    scene.simulator.clearRequests();
    expect(await scene.apply([])).toMatchObject({ failure: null, observation: { instance: { instanceId: ID } } });
    expect(scene.simulator.requests).toEqual([]);
  });

  test("leads to a call after one more, by id", async () => {
    start({ internet_max_bandwidth_out: 600 });
    const planned = await scene.plan();
    await recent();
    scene.simulator.clearRequests();
    expect(await scene.apply(planned)).toMatchObject({ failure: null, modifies: 1 });
    const actions = scene.simulator.requests.map(({ action }) => action);
    const before = actions.slice(0, actions.indexOf("ModifyInstanceBandwidth"));
    expect(before.filter((action) => action === "DescribeInstanceInternetStatus")).toHaveLength(1);
    expect(before.filter((action) => action === "DescribeInstances")).toHaveLength(1);
  });

  test("is not believed when the machine has moved: nothing is sent, and what is told is how it is now", async () => {
    start({ internet_max_bandwidth_out: 600 });
    const planned = await scene.plan();
    await recent();
    scene.simulator.changeOutOfBand(ID, { bandwidth: 500 });
    const result = await scene.apply(planned);
    expect(result.failure).toMatchObject({ code: "STALE_PLAN" });
    expect(result.failure?.detail).toContain("500");
    expect(scene.writes).toEqual([]);
  });

  test("that no longer says what was planned is not told of", async () => {
    start({ internet_max_bandwidth_out: 600 });
    const planned = await scene.plan();
    scene.simulator.changeOutOfBand(ID, { bandwidth: 500 });
    expect((await recent())?.machine.axes.internet_max_bandwidth_out?.effective).toBe(500);
    scene.simulator.changeOutOfBand(ID, { bandwidth: 400 });
    expect(await scene.apply(planned)).toMatchObject({ failure: null, modifies: 1 });
  });

  test("of a machine that had gone and is back is not told of", async () => {
    start({ internet_max_bandwidth_out: 400 });
    scene.simulator.changeOutOfBand(ID, { instanceStatus: "RECYCLE" });
    await recent();
    scene.simulator.changeOutOfBand(ID, { instanceStatus: "RUNNING" });
    expect(await scene.apply([])).toMatchObject({ failure: null });
    expect(looks()).toBeGreaterThan(1);
  });
});

describe("the time of an operation", () => {
  test("ends a wait, and the order stands", async () => {
    start({ internet_max_bandwidth_out: 600 }, { simulator: { knobs: { bandwidthLatency: Infinity } } });
    const result = await scene.apply(await scene.plan(), { timeout: 1_500 });
    const number = scene.simulator.orders[0]?.number;
    expect(result.failure).toMatchObject({ code: "TIMED_OUT" });
    expect(result.failure?.detail).toBe(
      `Last seen: internet_max_bandwidth_out 400 Mbps, being changed to 600 Mbps. Order ${number} stands. The next plan picks up what can be seen of it; ` +
        "what can be seen is not ordered again. A longer time can be set in the timeouts block.",
    );
    expect(result.openOrders).toEqual([]);
  });

  test("does not end an apply that is done", async () => {
    start({ internet_max_bandwidth_out: 600 }, { simulator: { knobs: { bandwidthLatency: 0 } } });
    const applied = scene.apply(await scene.plan(), { timeout: 5_000 });
    await scene.until(() => scene.simulator.orders.length > 0);
    scene.simulator.fault({ kind: "slow", milliseconds: 6_000, action: "Describe*", times: 3 });
    expect((await applied).failure).toBeNull();
  });

  test("counts while another resource has the turn", async () => {
    start({ internet_max_bandwidth_out: 600 });
    const planned = await scene.plan();
    const leave = holdTheTurn();
    const { failure } = await scene.applyInRealTime(planned, { timeout: 20 });
    expect(failure).toMatchObject({ code: "TIMED_OUT", detail: expect.stringContaining("Nothing was ordered.") });
    expect(failure?.summary).toMatch(/waiting for another change of this machine$/);
    expect(scene.writes).toEqual([]);
    leave();
  });
});

/** Another resource has the turn of the machine until it leaves. */
function holdTheTurn(): () => void {
  let leave = (): void => undefined;
  const held = new Promise<void>((resolve) => (leave = resolve));
  void scene.reconciler.machines.exclusively("vm", ID, () => held);
  return leave;
}

describe("an interruption", () => {
  test("while waiting for the turn ends at once and sends nothing", async () => {
    start({ internet_max_bandwidth_out: 600 });
    const planned = await scene.plan();
    const leave = holdTheTurn();
    const stop = new AbortController();
    const applied = scene.applyInRealTime(planned, { signal: stop.signal });
    stop.abort();
    expect((await applied).failure).toMatchObject({ code: "INTERRUPTED", detail: "Nothing was ordered." });
    expect(scene.writes).toEqual([]);
    leave();
  });

  test("while the answer of an order hangs remembers the call", async () => {
    start({ internet_max_bandwidth_out: 600 });
    const planned = await scene.plan();
    scene.simulator.fault({ kind: "hold", action: "Modify*" });
    const stop = new AbortController();
    const applied = scene.apply(planned, { signal: stop.signal });
    await scene.until(() => scene.writes.length > 0);
    stop.abort();
    const result = await applied;
    expect(result.failure).toMatchObject({ code: "INTERRUPTED" });
    expect(result.failure?.detail).toMatch(/^What was sent stands\./);
    expect(result.openOrders).toMatchObject([{ target: 600, orderNumber: null }]);
  });
});

test("many applies that wait at once are not taken for a leak on the one signal of their connection, and leave nothing there", async () => {
  const warned = jest.fn();
  process.on("warning", warned);
  start({ internet_max_bandwidth_out: 600 }, { simulator: { knobs: { bandwidthLatency: Infinity } } });
  const planned = await scene.plan();
  const stop = new AbortController();
  const runs = Array.from({ length: 12 }, () => scene.simulator.addMachine({ bandwidth: 400 })).map(({ instanceId }) =>
    converge(scene.reconciler, {
      product: "vm",
      instanceId,
      desired: scene.desired,
      planned,
      guards: { onDowngrade: "schedule", maxImmediateCharge: null },
      openOrders: [],
      timeout: 20_000,
      signal: stop.signal,
    }),
  );
  const ended = scene.run(Promise.all(runs));
  await scene.until(() => scene.simulator.orders.length === runs.length);
  stop.abort();
  expect(new Set((await ended).map((result) => result.failure?.code))).toEqual(new Set(["INTERRUPTED"]));
  expect(getEventListeners(stop.signal, "abort")).toEqual([]);
  process.removeListener("warning", warned);
  expect(warned).not.toHaveBeenCalled();
});

describe("turns of one machine", () => {
  test("come in order, also past one that gave up", async () => {
    start({});
    const machines = new Machines(scene.reconciler.client, scene.clock);
    const order: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const first = machines.exclusively("vm", ID, async () => {
      await held;
      order.push("first");
    });
    const stop = new AbortController();
    const second = machines.exclusively("vm", ID, () => Promise.resolve(order.push("second")), stop.signal);
    const third = machines.exclusively("vm", ID, () => Promise.resolve(order.push("third")));
    const elsewhere = machines.exclusively("bmc", ID, () => Promise.resolve(order.push("elsewhere")));
    stop.abort(new Error("enough"));
    await expect(second).rejects.toThrow("enough");
    await elsewhere;
    expect(order).toEqual(["elsewhere"]);
    release();
    await Promise.all([first, third]);
    expect(order).toEqual(["elsewhere", "first", "third"]);
  });
});

describe("max_immediate_charge", () => {
  const both = { instance_type: "c.8c16g", internet_max_bandwidth_out: 600 };

  test("is asked again right before the call", async () => {
    start({ internet_max_bandwidth_out: 600 });
    const planned = await scene.plan();
    scene.simulator.knobs.discount = 200;
    const result = await scene.apply(planned, guards({ maxImmediateCharge: 800 }));
    expect(result.failure?.code).toBe("GUARD_MAX_IMMEDIATE_CHARGE");
    expect(scene.writes).toEqual([]);
  });

  test("holds for all calls of an apply together: a price that rises between two counts what was spent", async () => {
    start(both);
    const planned = await scene.plan();
    const listPrice = (id: string): number =>
      scene.simulator.catalogue.vmTypes.find((each) => each.instanceType === id)?.listPrice ?? 0;
    const type = (listPrice("c.8c16g") - listPrice("c.4c8g")) * 0.95;
    const bandwidth = (600 - 400) * 4 * 0.95;
    // Room for both at the planned price; the bandwidth alone fits at the higher one, too.
    const applied = scene.apply(planned, guards({ maxImmediateCharge: type + bandwidth + 1 }));
    await scene.until(() => scene.simulator.orders.length > 0);
    scene.simulator.knobs.discount = 97;
    const result = await applied;
    expect(result.failure?.code).toBe("GUARD_MAX_IMMEDIATE_CHARGE");
    const [order, ...others] = scene.simulator.orders;
    expect([order?.axis, others]).toEqual(["type", []]);
    expect(result.failure?.detail).toContain(`Of the calls before it: Order ${order?.number} stands.`);
  });

  test("without a price refuses", async () => {
    start({ internet_max_bandwidth_out: 600 });
    const planned = await scene.plan();
    scene.simulator.fault({ kind: "error", status: 400, action: "InquiryPrice*", code: "X", times: Infinity });
    const result = await scene.apply(planned, guards({ maxImmediateCharge: 1e9 }));
    expect(result.failure?.summary).toBe("Charge unknown: refused by max_immediate_charge");
    expect(scene.writes).toEqual([]);
  });
});

test("a read-only provider refuses before it waits for anything", async () => {
  start({ internet_max_bandwidth_out: 600 }, { simulator: { knobs: { bandwidthLatency: Infinity } } });
  scene.simulator.changeOutOfBand(ID, { processing: { bandwidth: 500 } });
  const planned = await scene.plan();
  const result = await scene.apply(planned, { reconciler: { ...scene.reconciler, readOnly: true } });
  expect(result.failure?.code).toBe("GUARD_READ_ONLY");
  expect(scene.writes).toEqual([]);
});

test("a machine that disappears after an order is told with the order", async () => {
  start({ internet_max_bandwidth_out: 600 }, { simulator: { knobs: { bandwidthLatency: Infinity } } });
  const applied = scene.apply();
  await scene.until(() => scene.simulator.orders.length > 0);
  scene.simulator.removeMachine(ID);
  const { failure } = await applied;
  expect(failure?.code).toBe("MACHINE_VANISHED");
  expect(failure?.detail).toContain(`Order ${scene.simulator.orders[0]?.number} stands.`);
});

test("a step that cannot be sent after one that was tells both", async () => {
  start({ instance_type: "c.8c16g", internet_max_bandwidth_out: 600 }, { machine: { instanceStatus: "STOPPED" } });
  const { failure, orderNumbers } = await scene.apply();
  expect(failure?.code).toBe("STATUS_NOT_ALLOWED");
  expect(orderNumbers).toHaveLength(1);
  expect(failure?.detail).toContain(`Order ${orderNumbers[0]} stands.`);
});
