import { type Simulator, startSimulator } from "../../lib/simulator";
import { call } from "./client";

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ clock: { start: "2026-01-31T00:00:00Z", speed: 0 } });
});
afterEach(() => sim.stop());

const typeStatus = async (instanceId: string) => {
  const { answer } = await call(sim, "DescribeInstanceTypeStatus", { instanceId });
  return [answer["instanceType"], answer["modifiedInstanceType"], answer["modifiedInstanceTypeStatus"]];
};

describe("a change being executed", () => {
  test("takes its latency in virtual time and brings cores, memory and the bandwidth maximum", async () => {
    const { instanceId } = sim.addMachine({ instanceType: "c.4c8g" });
    await call(sim, "ModifyInstanceType", { instanceId, instanceTypeId: "c.8c16g" });
    sim.advance(19_999);
    expect(await typeStatus(instanceId)).toEqual(["c.4c8g", "c.8c16g", "Processing"]);
    sim.advance(1);
    expect(await typeStatus(instanceId)).toEqual(["c.8c16g", null, "Enable"]);
    expect(sim.machine(instanceId)).toMatchObject({ cpuCount: 8, memory: 16, maximumBandwidth: 2000 });
  });

  test("is settled by the next read without latency", async () => {
    sim.knobs.typeLatency = 0;
    const { instanceId } = sim.addMachine();
    await call(sim, "ModifyInstanceType", { instanceId, instanceTypeId: "c.8c16g" });
    expect(await typeStatus(instanceId)).toEqual(["c.8c16g", null, "Enable"]);
  });

  test("without end waits for settle", async () => {
    sim.knobs.typeLatency = Infinity;
    const { instanceId } = sim.addMachine();
    await call(sim, "ModifyInstanceType", { instanceId, instanceTypeId: "c.8c16g" });
    sim.advance("7d");
    expect((await typeStatus(instanceId))[2]).toBe("Processing");
    sim.settle(instanceId);
    expect(await typeStatus(instanceId)).toEqual(["c.8c16g", null, "Enable"]);
  });

  test.each([
    ["ModifyInstanceType", { instanceTypeId: "c.16c32g" }, "type", "OPERATION_DENIED_INSTANCE_PLAN_PROCESSING"],
    [
      "ModifyInstanceBandwidth",
      { internetMaxBandwidthOut: 300 },
      "bandwidth",
      "OPERATION_DENIED_INSTANCE_BANDWIDTH_PROCESSING",
    ],
  ])("refuses another %s", async (action, target, axis, code) => {
    const { instanceId } = sim.addMachine();
    sim.changeOutOfBand(instanceId, { processing: axis === "type" ? { instanceType: "c.8c16g" } : { bandwidth: 200 } });
    const reply = await call(sim, action, { instanceId, ...target });
    expect([reply.status, reply.code]).toEqual([403, code]);
  });
});

describe("a plan", () => {
  const plans = [
    [
      "vm",
      { scheduled: { instanceType: "c.2c4g" } },
      "CancelInstanceDowngrade",
      "ModifyInstanceType",
      { instanceTypeId: "c.8c16g" },
      "OPERATION_DENIED_INSTANCE_EXIST_PLAN",
      403,
    ],
    [
      "vm",
      { scheduled: { bandwidth: 50 } },
      "CancelInstanceBandwidthDowngrade",
      "ModifyInstanceBandwidth",
      { internetMaxBandwidthOut: 200 },
      "OPERATION_DENIED_INSTANCE_EXIST_PLAN_BANDWIDTH",
      403,
    ],
    [
      "bmc",
      { scheduled: { trafficPackageSize: 5 } },
      "CancelInstanceTrafficPackageDowngrade",
      "ModifyInstanceTrafficPackage",
      { trafficPackageSize: 12 },
      "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE",
      404,
    ],
  ] as const;

  test.each(plans)(
    "of a %s machine (%j) blocks its axis until %s",
    async (product, spec, cancelAction, modifyAction, target, code, status) => {
      const { instanceId } = sim.addMachine({ product, ...spec });
      const options = { service: product };
      expect((await call(sim, modifyAction, { instanceId, ...target }, options)).code).toBe(code);
      const cancelled = await call(sim, cancelAction, { instanceId }, options);
      expect(Object.keys(cancelled.answer)).toEqual(["requestId"]);
      const again = await call(sim, cancelAction, { instanceId }, options);
      expect([again.status, again.code]).toEqual([status, "OPERATION_DENIED_DOWNGRADE_NOT_EXIST"]);
      expect((await call(sim, modifyAction, { instanceId, ...target }, options)).status).toBe(200);
    },
  );

  test.each([
    ["CancelInstanceBandwidthDowngrade", "ByTrafficPackage"],
    ["CancelInstanceTrafficPackageDowngrade", "ByBandwidth"],
  ])("%s is refused for %s", async (action, internetChargeType) => {
    const { instanceId } = sim.addMachine({ internetChargeType });
    expect((await call(sim, action, { instanceId })).code).toBe("OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT");
  });

  test("cancelled by call cancels its order", async () => {
    const { instanceId } = sim.addMachine();
    await call(sim, "ModifyInstanceBandwidth", { instanceId, internetMaxBandwidthOut: 50 });
    await call(sim, "CancelInstanceBandwidthDowngrade", { instanceId });
    expect(sim.orders).toMatchObject([{ axis: "bandwidth", from: 100, to: 50, state: "cancelled" }]);
  });
});

describe("the end of a billing cycle", () => {
  test("renews, charges the planned specification and executes the plan", async () => {
    const { instanceId } = sim.addMachine({
      instanceType: "c.4c8g",
      bandwidth: 100,
      scheduled: { instanceType: "c.2c4g" },
    });
    expect(sim.machine(instanceId).expiredTime).toBe("2026-02-28T00:00:00Z");
    sim.advance("28d");
    expect(sim.machine(instanceId).expiredTime).toBe("2026-03-28T00:00:00Z");
    expect(await typeStatus(instanceId)).toEqual(["c.4c8g", "c.2c4g", "Processing"]);
    sim.advance("20s");
    expect(await typeStatus(instanceId)).toEqual(["c.2c4g", null, "Enable"]);
    expect(sim.account.cash).toBeCloseTo(10_000 - (28 + 400 + 2.5) * 0.95, 1);
    expect(sim.account.transactions).toMatchObject([{ resourceId: instanceId, transactionType: "CONSUME" }]);
  });

  test.each([
    ["without autoRenew", { autoRenew: false }, 10_000],
    ["without money", {}, 1],
  ])("%s puts the machine into the recycle bin and drops the plan", async (_name, spec, cash) => {
    sim.account.cash = cash;
    const { instanceId } = sim.addMachine(spec);
    await call(sim, "ModifyInstanceType", { instanceId, instanceTypeId: "c.2c4g" });
    sim.rollCycle(instanceId);
    expect(await typeStatus(instanceId)).toEqual(["c.4c8g", null, "Enable"]);
    expect(sim.machine(instanceId).instanceStatus).toBe("RECYCLE");
    expect(sim.orders).toMatchObject([{ state: "cancelled" }]);
    expect(sim.account.cash).toBe(cash);
    const refused = await call(sim, "ModifyInstanceType", { instanceId, instanceTypeId: "c.2c4g" });
    expect([refused.status, refused.code]).toEqual([400, "UNSUPPORTED_OPERATION_INSTANCE_BEING_RECYCLE"]);
  });

  test("passes as often as the clock says", () => {
    const { instanceId } = sim.addMachine();
    sim.advance("365d");
    expect(sim.machine(instanceId).expiredTime).toBe("2027-02-28T00:00:00Z");
    expect(sim.account.transactions).toHaveLength(12);
  });

  test("does not exist for POSTPAID machines", () => {
    const { instanceId } = sim.addMachine({ instanceChargeType: "POSTPAID" });
    sim.advance("365d");
    expect(sim.machine(instanceId)).toMatchObject({ instanceStatus: "RUNNING", expiredTime: null });
    expect(() => sim.rollCycle(instanceId)).toThrow("no PREPAID machine");
  });
});

describe("money", () => {
  test("an increase charges the discounted monthly difference for the days left, in months of 30 days", async () => {
    const { instanceId } = sim.addMachine({ instanceType: "c.2c4g", expiredTime: "2026-02-28T00:00:00Z" });
    sim.advance("14d");
    await call(sim, "ModifyInstanceType", { instanceId, instanceTypeId: "c.4c8g" });
    // (56 − 28) × 95 % × 14 days / 30: from 14 to 28 February.
    expect(sim.orders).toMatchObject([{ amount: 12.41, kind: "increase" }]);
    const { answer } = await call(sim, "DescribeCustomerBalance", {}, { service: "zbc" });
    expect(answer).toMatchObject({
      cashBalance: 9987.59,
      creditValue: 0,
      purchasingPower: 9987.59,
      orderFrozenAmount: 0,
    });
  });

  test("what the account cannot pay is refused with an invented code", async () => {
    sim.account.cash = 1;
    const { instanceId } = sim.addMachine();
    const reply = await call(sim, "ModifyInstanceType", { instanceId, instanceTypeId: "c.64c128g" });
    expect([reply.status, reply.code]).toEqual([403, "SIM_BALANCE_TOO_LOW"]);
    sim.account.credit = 10_000;
    expect((await call(sim, "ModifyInstanceType", { instanceId, instanceTypeId: "c.64c128g" })).status).toBe(200);
  });

  test("transactions name the order, bills the machine too", async () => {
    const { instanceId } = sim.addMachine();
    const { answer } = await call(sim, "ModifyInstanceType", { instanceId, instanceTypeId: "c.8c16g" });
    const history = await call(sim, "DescribeTransactionHistory", {}, { service: "zbc" });
    expect(history.answer).toMatchObject({
      totalCount: 1,
      incomeSum: 0,
      dataSet: [{ orderSn: answer.orderNumber }],
    });
    expect((history.answer["dataSet"] as object[])[0]).not.toHaveProperty("resourceId");
    const bill = await call(
      sim,
      "DescribeBillDetail",
      { billMonthly: 202601, resourceId: instanceId },
      { service: "zbc" },
    );
    expect(bill.answer).toMatchObject({
      totalCount: 1,
      dataSet: [{ amount: sim.orders[0]?.amount, resourceId: instanceId }],
    });
  });
});

describe("refusals of 4.3", () => {
  test.each([
    ["an unknown type", {}, "ModifyInstanceType", { instanceTypeId: "x.1c1g" }, 404, "INVALID_PRODUCT_NOT_FOUND"],
    [
      "s to h",
      { instanceType: "s.2c4g" },
      "ModifyInstanceType",
      { instanceTypeId: "h.2c4g" },
      400,
      "OPERATION_FAILED_INSTANCE_TYPE_UNSUPPORTED",
    ],
    [
      "a type below the bandwidth",
      { bandwidth: 800 },
      "ModifyInstanceType",
      { instanceTypeId: "c.1c2g" },
      400,
      "OPERATION_FAILED_INSTANCE_TYPE_UNSUPPORTED",
    ],
    [
      "a rebooting machine",
      { instanceStatus: "REBOOT" },
      "ModifyInstanceType",
      { instanceTypeId: "c.2c4g" },
      400,
      "UNSUPPORTED_OPERATION_INSTANCE_STATUS",
    ],
    [
      "bandwidth of a stopped machine",
      { instanceStatus: "STOPPED" },
      "ModifyInstanceBandwidth",
      { internetMaxBandwidthOut: 5 },
      403,
      "OPERATION_DENIED_INSTANCE_NOT_RUNNING",
    ],
    [
      "bandwidth above the cap",
      {},
      "ModifyInstanceBandwidth",
      { internetMaxBandwidthOut: 1501 },
      400,
      "INVALID_PARAMETER_BANDWIDTH_EXCEED",
    ],
    [
      "a BMC package off the step",
      { product: "bmc" },
      "ModifyInstanceTrafficPackage",
      { trafficPackageSize: 7.32 },
      400,
      "INVALID_PARAMETER_TRAFFIC_PACKAGE_ERROR",
    ],
    [
      "a package below the free one",
      { product: "bmc" },
      "ModifyInstanceTrafficPackage",
      { trafficPackageSize: 4.95 },
      400,
      "INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS",
    ],
    [
      "a package above the maximum",
      { product: "bmc" },
      "ModifyInstanceTrafficPackage",
      { trafficPackageSize: 1000.05 },
      400,
      "INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED",
    ],
    [
      "a package of a booting machine",
      { product: "bmc", instanceStatus: "BOOTING" },
      "ModifyInstanceTrafficPackage",
      { trafficPackageSize: 12 },
      403,
      "OPERATION_DENIED_INSTANCE_STATUS_NOT_SUPPORT",
    ],
    [
      "a recycled BMC machine",
      { product: "bmc", instanceStatus: "RECYCLE" },
      "ModifyInstanceTrafficPackage",
      { trafficPackageSize: 12 },
      403,
      "OPERATION_DENIED_INSTANCE_RECYCLED",
    ],
  ] as const)("%s", async (_name, spec, action, target, status, code) => {
    const { instanceId, product } = sim.addMachine(spec);
    const reply = await call(sim, action, { instanceId, ...target }, { service: product });
    expect([reply.status, reply.code]).toEqual([status, code]);
  });
});

test("a machine that was removed is not found", async () => {
  const { instanceId } = sim.addMachine();
  sim.removeMachine(instanceId);
  expect((await call(sim, "DescribeInstances", { instanceIds: [instanceId] })).answer).toMatchObject({
    totalCount: 0,
    dataSet: [],
  });
  expect(() => sim.machine(instanceId)).toThrow(`no machine ${instanceId}`);
});

test("thousands of machines come in pages of a thousand", async () => {
  for (let index = 0; index < 2500; index++) sim.addMachine({ instanceName: `web-${index}` });
  const page = await call(sim, "DescribeInstances", { pageSize: 1000, pageNum: 3 });
  expect(page.answer["totalCount"]).toBe(2500);
  expect(page.answer["dataSet"]).toHaveLength(500);
  expect((await call(sim, "DescribeInstances", { instanceName: "web-24*", pageSize: 1 })).answer["totalCount"]).toBe(
    111,
  );
});
