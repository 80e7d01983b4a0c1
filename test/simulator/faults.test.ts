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

const EXPECTED: Readonly<Record<Exclude<FaultKind, "stale" | "left_out">, readonly [Partial<Fault>, unknown]>> = {
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
  foreign: [{ status: 408 }, [408, null, null, false]],
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

test("of an action's name each * stands for any characters", async () => {
  sim.fault({ kind: "status_500_before", action: "*Internet*" });
  expect((await call(sim, "DescribeInstanceTypeStatus", { instanceId: vm })).status).toBe(200);
  expect((await call(sim, "DescribeInstanceInternetStatus", { instanceId: vm })).status).toBe(500);
});

test("faults are removed one by one or all together", async () => {
  sim.fault({ kind: "drop_before", times: Infinity }).remove();
  expect((await modify()).status).toBe(200);
  sim.fault({ kind: "drop_before", times: Infinity });
  sim.clearFaults();
  expect((await modify()).code).toBe("OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING");
});

const INVENTED = { text: "2026999999999999", number: 2026999999999999, list: ["2026999999999999"] };

test.each(["text", "number", "list"] as const)(
  "an error carries an invented order number as %s",
  async (orderNumber) => {
    sim.fault({ kind: "error", code: "ODD", orderNumber });
    expect((await modify()).json).toMatchObject({ code: "ODD", orderNumber: INVENTED[orderNumber] });
    sim.fault({ kind: "foreign", status: 499, orderNumber });
    const foreign = await modify();
    expect([foreign.status, foreign.json]).toEqual([499, { error: "upstream", orderNumber: INVENTED[orderNumber] }]);
  },
);

test("an error after the action was carried out carries the number of its order", async () => {
  sim.fault({ kind: "status_504_after", orderNumber: "number" });
  const { json } = await modify();
  expect(json).toMatchObject({ code: "REQUEST_TIMED_OUT", orderNumber: Number(sim.orders[0]?.number) });
});

describe("reads that lie", () => {
  const status = async () => {
    const { answer } = await call(sim, "DescribeInstanceInternetStatus", { instanceId: vm });
    return [answer["internetMaxBandwidthOut"], answer["modifiedBandwidthStatus"]];
  };
  const listed = async (body: object = {}) => {
    const { answer } = await call(sim, "DescribeInstances", body);
    return [answer["totalCount"], (answer["dataSet"] as { instanceId: string }[]).map((entry) => entry.instanceId)];
  };

  test("a stale one shows what was before the last change, also after the change was seen", async () => {
    await modify();
    expect(await status()).toEqual([100, "Processing"]);
    sim.fault({ kind: "stale", instanceId: vm, times: 2 });
    expect([await status(), await status(), await status()]).toEqual([
      [100, "Enable"],
      [100, "Enable"],
      [100, "Processing"],
    ]);
    sim.settle();
    sim.fault({ kind: "stale" });
    const { answer } = await call(sim, "DescribeInstances", { instanceIds: [vm] });
    expect(answer["dataSet"]).toMatchObject([{ internetMaxBandwidthOut: 100 }]);
    expect(await status()).toEqual([200, "Enable"]);
  });

  test("a stale one still shows the plan that was cancelled", async () => {
    await call(sim, "ModifyInstanceBandwidth", { instanceId: vm, internetMaxBandwidthOut: 50 });
    await call(sim, "CancelInstanceBandwidthDowngrade", { instanceId: vm });
    sim.fault({ kind: "stale" });
    expect([await status(), await status()]).toEqual([
      [100, "WaitToEnable"],
      [100, "Enable"],
    ]);
  });

  test("a stale one shows a machine that was never changed as it is", async () => {
    sim.fault({ kind: "stale" });
    expect(await status()).toEqual([100, "Enable"]);
  });

  test("only reads lie", async () => {
    sim.fault({ kind: "stale", times: Infinity });
    sim.fault({ kind: "left_out", times: Infinity });
    expect((await modify()).status).toBe(200);
    expect(sim.orders).toHaveLength(1);
  });

  test("a machine is left out by id and in listings while its status answers", async () => {
    const other = sim.addMachine().instanceId;
    sim.fault({ kind: "left_out", instanceId: vm, times: 2 });
    expect(await listed({ instanceIds: [vm, other] })).toEqual([1, [other]]);
    expect(await status()).toEqual([100, "Enable"]);
    expect(await listed()).toEqual([1, [other]]);
    expect(await listed({ instanceIds: [vm] })).toEqual([1, [vm]]);
  });

  test("without a machine named, none is listed", async () => {
    sim.fault({ kind: "left_out" });
    expect(await listed()).toEqual([0, []]);
    expect(await listed()).toEqual([1, [vm]]);
  });
});
