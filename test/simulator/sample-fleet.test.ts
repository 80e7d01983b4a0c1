import { sampleFleet, startSimulator, type Simulator } from "../../lib/simulator";
import { call } from "./client";

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ fleet: sampleFleet(), clock: { start: "2026-01-01T00:00:00Z" } });
});
afterEach(() => sim.stop());

describe("the sample fleet", () => {
  test("lists vm-one as the fact page writes it", async () => {
    const { answer } = await call(sim, "DescribeInstances", { instanceIds: ["900000000000000001"] });
    expect(answer["totalCount"]).toBe(1);
    expect((answer["dataSet"] as unknown[])[0]).toMatchObject({
      instanceId: "900000000000000001",
      zoneId: "SEL-A",
      instanceName: "vm-one",
      instanceType: "c.4c8g",
      cpuCount: 4,
      memory: 8,
      instanceChargeType: "PREPAID",
      internetChargeType: "ByBandwidth",
      internetMaxBandwidthOut: 100,
      trafficPackageSize: null,
      period: 1,
      createTime: "2026-01-01T00:00:00Z",
      expiredTime: "2026-02-01T00:00:00Z",
      instanceStatus: "RUNNING",
      autoRenew: true,
      tags: { tags: [{ key: "env", value: "test" }] },
    });
  });

  test("lists bm-one as the fact page writes it", async () => {
    const { answer } = await call(
      sim,
      "DescribeInstances",
      { instanceIds: ["900000000000000002"] },
      { service: "bmc" },
    );
    expect((answer["dataSet"] as unknown[])[0]).toMatchObject({
      instanceTypeId: "MDE",
      instanceType: { instanceTypeId: "MDE", cpuCoreCount: 2, memorySize: 64, maximumBandwidth: 10000 },
      bandwidthOutMbps: 50,
      internetChargeType: "ByTrafficPackage",
      trafficPackageSize: 10,
      hostname: "bm-one",
      primaryPublicIpAddress: "192.0.2.2",
    });
  });

  test("covers both products, charge types and a stopped machine", () => {
    const kinds = sim.machines.map(
      (machine) => `${machine.product} ${machine.instanceChargeType} ${machine.internetChargeType}`,
    );
    expect(new Set(kinds).size).toBe(7);
    expect(sim.machines.filter((machine) => machine.instanceStatus === "STOPPED")).toHaveLength(1);
  });

  test("the four typical status answers", async () => {
    const internet = async (service: string, instanceId: string) => {
      const { requestId, ...rest } = (await call(sim, "DescribeInstanceInternetStatus", { instanceId }, { service }))
        .answer;
      expect(requestId).toMatch(/^T[0-9A-F-]{36}$/);
      return rest;
    };
    const settled = {
      instanceId: "900000000000000001",
      instanceName: "vm-one",
      internetMaxBandwidthOut: 100,
      modifiedInternetMaxBandwidthOut: null,
      modifiedBandwidthStatus: "Enable",
      trafficPackageSize: null,
      modifiedTrafficPackageSize: null,
      modifiedTrafficPackageStatus: null,
    };
    expect(await internet("vm", "900000000000000001")).toEqual(settled);
    await call(sim, "ModifyInstanceBandwidth", { instanceId: "900000000000000001", internetMaxBandwidthOut: 200 });
    expect(await internet("vm", "900000000000000001")).toEqual({
      ...settled,
      modifiedInternetMaxBandwidthOut: 200,
      modifiedBandwidthStatus: "Processing",
    });
    await call(
      sim,
      "ModifyInstanceTrafficPackage",
      { instanceId: "900000000000000002", trafficPackageSize: 5 },
      { service: "bmc" },
    );
    expect(await internet("bmc", "900000000000000002")).toEqual({
      instanceId: "900000000000000002",
      instanceName: "bm-one",
      internetMaxBandwidthOut: 50,
      modifiedInternetMaxBandwidthOut: null,
      modifiedBandwidthStatus: "Enable",
      trafficPackageSize: 10,
      modifiedTrafficPackageSize: 5,
      modifiedTrafficPackageStatus: "WaitToEnable",
    });
    await call(sim, "ModifyInstanceType", { instanceId: "900000000000000001", instanceTypeId: "c.2c4g" });
    const { answer } = await call(sim, "DescribeInstanceTypeStatus", { instanceId: "900000000000000001" });
    expect(answer).toMatchObject({
      instanceId: "900000000000000001",
      instanceName: "vm-one",
      instanceType: "c.4c8g",
      modifiedInstanceType: "c.2c4g",
      modifiedInstanceTypeStatus: "WaitToEnable",
    });
  });
});
