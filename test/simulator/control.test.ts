import { sampleFleet, type Simulator, startSimulator } from "../../lib/simulator";
import { call, controlCall } from "./client";

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ fleet: sampleFleet(), clock: { start: "2026-01-01T00:00:00Z", speed: 0 } });
});
afterEach(() => sim.stop());

const VM = "900000000000000001";
const get = (name: string) => controlCall(sim.endpoint, "GET", name);
const post = (name: string, body?: unknown) => controlCall(sim.endpoint, "POST", name, body);

test("state, requests and orders can be read", async () => {
  await call(sim, "ModifyInstanceBandwidth", { instanceId: VM, internetMaxBandwidthOut: 200 });
  const state = await get("state");
  expect(state.value).toMatchObject({ time: "2026-01-01T00:00:00.000Z", knobs: { discount: 95 } });
  expect((state.value as { machines: unknown[] }).machines).toHaveLength(8);
  expect((await get("requests")).value).toMatchObject([{ action: "ModifyInstanceBandwidth" }]);
  expect((await get("orders")).value).toMatchObject([{ instanceId: VM, to: 200 }]);
});

test("the clock moves", async () => {
  expect((await post("advance", { by: "1d" })).value).toEqual({ time: "2026-01-02T00:00:00.000Z" });
  expect((await post("roll-cycle", { instanceId: VM })).value).toEqual({ time: "2026-02-01T00:00:01.000Z" });
  expect((await post("roll-cycle")).value).toEqual({ time: "2026-03-01T00:00:01.000Z" });
});

test("changes settle, unpaid orders are paid", async () => {
  await post("knobs", { unpaidOrders: true, bandwidthLatency: "Infinity" });
  const { answer } = await call(sim, "ModifyInstanceBandwidth", { instanceId: VM, internetMaxBandwidthOut: 200 });
  expect((await post("pay", { orderNumber: answer.orderNumber })).value).toMatchObject({ state: "paid" });
  await post("settle", { instanceId: VM });
  expect(sim.machine(VM).bandwidth).toBe(200);
});

test("machines are added, changed and removed", async () => {
  expect((await post("machines", { product: "bmc", instanceName: "new" })).value).toMatchObject({
    product: "bmc",
    instanceName: "new",
  });
  expect(
    (await post("machines", { instanceId: VM, bandwidth: 300, scheduled: { bandwidth: 50 } })).value,
  ).toMatchObject({ bandwidth: 300 });
  expect(sim.machine(VM).axes.bandwidth.scheduled).toMatchObject({ target: 50 });
  await post("machines", { instanceId: VM, remove: true });
  expect(sim.machines.map((machine) => machine.instanceId)).not.toContain(VM);
});

test("faults, prices and the account are set, and all is forgotten", async () => {
  expect((await post("faults", { kind: "drop_after", action: "Modify*" })).value).toMatchObject([
    { kind: "drop_after", hits: 0 },
  ]);
  await post("prices", { "g.2c8g": 56 });
  expect(sim.catalogue.vmTypes.find((type) => type.instanceType === "g.2c8g")?.listPrice).toBe(56);
  expect((await post("account", { cash: 5 })).value).toMatchObject({ cash: 5 });
  await post("clear");
  expect([sim.faults, sim.requests, sim.orders]).toEqual([[], [], []]);
});

test("stop ends the simulator", async () => {
  expect((await post("stop")).value).toEqual({ stopped: true });
  await expect(
    (async () => {
      for (;;) await get("requests");
    })(),
  ).rejects.toThrow(/ECONNREFUSED|ECONNRESET|hang up/);
});

test.each([
  ["POST", "nothing", {}, 404, /There is no POST \/control\/nothing/],
  ["GET", "advance", undefined, 404, /There is no GET/],
  ["POST", "advance", {}, 400, /by: give milliseconds/],
  ["POST", "advance", { by: "soon" }, 400, /"soon" is not a duration/],
  ["POST", "knobs", { colour: 1 }, 400, /no knob "colour"/],
  ["POST", "knobs", { readLag: -1 }, 400, /Knob readLag: -1 is not allowed; allowed is a number ≥ 0/],
  ["POST", "faults", { kind: "fire" }, 400, /kind: "fire" is no fault/],
  ["POST", "machines", { bandwidth: "fast" }, 400, /machine.bandwidth: "fast" is not a whole number/],
  ["POST", "machines", { instanceId: "1", remove: true }, 400, /no machine 1/],
  ["POST", "pay", { orderNumber: "1" }, 400, /no unpaid order 1/],
  ["POST", "settle", { instanceId: 1 }, 400, /instanceId: 1 is not a text/],
] as const)("%s %s %j is refused with a sentence", async (method, name, body, status, message) => {
  const reply = await controlCall(sim.endpoint, method, name, body);
  expect([reply.status, (reply.value as { error: string }).error]).toEqual([status, expect.stringMatching(message)]);
});
