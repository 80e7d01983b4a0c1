import { type Fault, FAULTS, type FaultKind, type Simulator, startSimulator } from "../../lib/simulator";
import { call } from "./client";

let sim: Simulator;
let vm: string;
beforeEach(async () => {
  sim = await startSimulator({ clock: { speed: 0 } });
  vm = sim.addMachine({ bandwidth: 100 }).instanceId;
});
afterEach(() => sim.stop());

const modify = (options = {}) =>
  call(sim, "ModifyInstanceBandwidth", { instanceId: vm, internetMaxBandwidthOut: 200 }, options);

/** What the caller gets: an error of the connection, or status, code and some headers. */
async function seen(): Promise<unknown> {
  try {
    const reply = await modify({ timeout: 150 });
    const { headers } = reply;
    return [
      reply.status,
      reply.code ?? null,
      headers["retry-after"] ?? headers["cf-mitigated"] ?? headers["location"] ?? null,
      reply.json !== undefined,
    ];
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  }
}

const EXPECTED: Readonly<Record<FaultKind, readonly [Partial<Fault>, unknown]>> = {
  drop_before: [{}, "ECONNRESET"],
  drop_after: [{}, "ECONNRESET"],
  reset_before: [{}, "ECONNRESET"],
  reset_after: [{}, "ECONNRESET"],
  hold: [{}, "gave up"],
  hold_after: [{}, "gave up"],
  slow: [{ milliseconds: 5 }, [200, null, null, true]],
  rate_limit: [{ retryAfter: 7 }, [429, "REQUEST_LIMIT_EXCEEDED", "7", true]],
  status_500_before: [{}, [500, "INTERNAL_SERVER_ERROR", null, true]],
  status_500_after: [{}, [500, "INTERNAL_SERVER_ERROR", null, true]],
  status_503: [{}, [503, "SERVICE_TEMPORARY_UNAVAILABLE", null, true]],
  status_503_after: [{}, [503, "SERVICE_TEMPORARY_UNAVAILABLE", null, true]],
  status_504: [{}, [504, "REQUEST_TIMED_OUT", null, true]],
  status_504_after: [{}, [504, "REQUEST_TIMED_OUT", null, true]],
  challenge: [{}, [403, null, "challenge", false]],
  blocked_451: [{}, [451, null, null, false]],
  empty_204: [{}, [204, null, null, false]],
  truncated: [{}, [200, null, null, false]],
  not_json: [{}, [200, null, null, false]],
  redirect: [{}, [307, null, "/api/v2/vm", false]],
  error: [{ status: 418, code: "TEAPOT" }, [418, "TEAPOT", null, true]],
  raw: [{ status: 200, body: "[]" }, [200, null, null, true]],
};

test.each(Object.entries(EXPECTED) as [FaultKind, readonly [Partial<Fault>, unknown]][])(
  "%s hits one call, executed as documented",
  async (kind, [options, expected]) => {
    const handle = sim.fault({ kind, action: "Modify*", ...options });
    expect(await seen()).toEqual(expected);
    expect(handle.hits).toBe(1);
    expect(sim.orders).toHaveLength(FAULTS[kind].executed ? 1 : 0);
    expect(sim.requests).toMatchObject([
      { executed: FAULTS[kind].executed, fault: kind, status: Array.isArray(expected) ? expected[0] : 0 },
    ]);
    sim.settle();
    expect((await modify()).status).toBe(200);
    expect(sim.machine(vm).axes.bandwidth.inFlight?.target ?? sim.machine(vm).bandwidth).toBe(200);
  },
);

test("executed turns a fault around", async () => {
  sim.fault({ kind: "truncated", executed: false });
  await modify();
  expect(sim.orders).toHaveLength(0);
});

test("skip, times, action, service and machine narrow a fault", async () => {
  const other = sim.addMachine().instanceId;
  const handle = sim.fault({
    kind: "status_500_before",
    service: "vm",
    action: "DescribeInstance*",
    instanceId: vm,
    skip: 1,
    times: 2,
  });
  const read = async (instanceId: string) => (await call(sim, "DescribeInstanceInternetStatus", { instanceId })).status;
  expect([await read(other), await read(vm), await read(vm), await read(other)]).toEqual([200, 200, 500, 200]);
  expect((await call(sim, "DescribeInstances", { instanceIds: [other, vm] })).status).toBe(500);
  expect([await read(vm), handle.hits]).toEqual([200, 2]);
});

test("faults are removed one by one or all together", async () => {
  sim.fault({ kind: "drop_before", times: Infinity }).remove();
  expect((await modify()).status).toBe(200);
  sim.fault({ kind: "drop_before", times: Infinity });
  sim.clearFaults();
  expect((await modify()).code).toBe("OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING");
});
