import { sampleFleet, type Simulator, startSimulator } from "../../lib/simulator";
import { call } from "./client";

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ fleet: sampleFleet() });
});
afterEach(() => sim.stop());

const purchase = {
  zoneId: "SAO-A",
  instanceType: "c.1c2g",
  instanceChargeType: "PREPAID",
  internetChargeType: "ByBandwidth",
  instanceChargePrepaid: { period: 1 },
  systemDisk: { diskSize: 10 },
  instanceCount: 1,
};
const inquire = (change: object = {}) => call(sim, "InquiryPriceCreateInstance", { ...purchase, ...change });

describe("InquiryPriceCreateInstance", () => {
  test("gives the vendor's sample prices", async () => {
    expect((await inquire()).answer).toMatchObject({
      instancePrice: { discount: 95, originalPrice: 14, discountPrice: 13.3, unitPrice: null },
      bandwidthPrice: [{ originalPrice: 4, discountPrice: 3.8 }],
      systemDiskPrice: { originalPrice: 0.5, discountPrice: 0.48 },
    });
  });

  test("counts months, and prices POSTPAID by the hour", async () => {
    expect((await inquire({ instanceChargePrepaid: { period: 3 } })).answer).toMatchObject({
      instancePrice: { originalPrice: 42 },
    });
    const postpaid = await inquire({ instanceChargeType: "POSTPAID", instanceChargePrepaid: null });
    expect(postpaid.answer).toMatchObject({
      instancePrice: { originalPrice: null, unitPrice: 0.14, chargeUnit: "HOUR" },
    });
  });

  test("follows a price that was set", async () => {
    sim.setPrice("c.1c2g", 20);
    expect((await inquire()).answer).toMatchObject({ instancePrice: { originalPrice: 20, discountPrice: 19 } });
  });

  test("refuses unknown types, types not sold in the zone, and what is missing", async () => {
    expect((await inquire({ instanceType: "x.1c1g" })).code).toBe("INVALID_PRODUCT_NOT_FOUND");
    expect((await inquire({ instanceChargePrepaid: null })).code).toBe("MISSING_PARAMETER");
    expect((await inquire({ systemDisk: null })).code).toBe("MISSING_PARAMETER");
    sim.catalogue.vmTypesOnSale["SAO-A"] = ["c.2c4g"];
    const unsold = await inquire();
    expect([unsold.status, unsold.code]).toEqual([400, "INVALID_INSTANCE_TYPE_ZONE_NO_SELL"]);
  });

  test("the older version takes no disk and no count", async () => {
    const { systemDisk: _disk, instanceCount: _count, ...older } = purchase;
    expect((await call(sim, "InquiryPriceCreateInstance", older, { version: "2023-03-13" })).status).toBe(200);
  });

  test("knows bare metal too", async () => {
    const { answer } = await call(
      sim,
      "InquiryPriceCreateInstance",
      {
        ...purchase,
        zoneId: "MOW-B",
        instanceTypeId: "MDE",
        internetChargeType: "ByTrafficPackage",
        trafficPackageSize: 6,
      },
      { service: "bmc" },
    );
    expect(answer).toMatchObject({
      instancePrice: { originalPrice: 200 },
      bandwidthPrice: [{ originalPrice: 80 }, { discount: 100 }],
    });
  });
});

describe("inquiries for a machine", () => {
  test("a package is priced as a whole beyond the free part, with the overage beside it", async () => {
    const { answer } = await call(
      sim,
      "InquiryPriceInstanceTrafficPackage",
      { instanceId: "900000000000000002", trafficPackageSize: 10.5 },
      { service: "bmc" },
    );
    expect(answer["trafficPackagePrice"]).toMatchObject([
      { discount: 95, originalPrice: 440, discountPrice: 418, stepPrices: null },
      {
        discount: 100,
        originalPrice: null,
        stepPrices: [{ stepStart: 0, stepEnd: null, unitPrice: 0.08, discountUnitPrice: 0.08 }],
      },
    ]);
  });

  test("bare-metal bandwidth has a price only beyond the free part", async () => {
    const inquiry = async (bandwidthOutMbps: number) =>
      (
        await call(
          sim,
          "InquiryPriceInstanceBandwidth",
          { instanceId: "900000000000000005", bandwidthOutMbps },
          { service: "bmc" },
        )
      ).answer["bandwidthPrice"];
    expect(await inquiry(50)).toEqual([]);
    expect(await inquiry(60)).toMatchObject([{ originalPrice: 40, discountPrice: 38 }]);
  });

  test.each([
    ["InquiryPriceInstanceTrafficPackage", { instanceId: "900000000000000001", trafficPackageSize: 5 }],
    ["InquiryPriceInstanceBandwidth", { instanceId: "900000000000000003", internetMaxBandwidthOut: 5 }],
  ])("%s is refused for the other internet charge type", async (action, body) => {
    expect((await call(sim, action, body)).code).toBe("OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT");
  });
});

describe("what is on sale", () => {
  test("types of a zone with caps and charge types", async () => {
    const { answer } = await call(sim, "DescribeZoneInstanceConfigInfos", {
      instanceChargeType: "PREPAID",
      zoneId: "SEL-A",
      instanceType: "c.4c8g",
    });
    expect(answer["instanceTypeQuotaSet"]).toMatchObject([
      {
        zoneId: "SEL-A",
        instanceType: "c.4c8g",
        instanceTypeName: "Compute Optimized 4C8G",
        cpuCount: 4,
        memory: 8,
        internetMaxBandwidthOutLimit: 1500,
      },
    ]);
  });

  test("bare-metal resources with their free parts, models, zones and capacity", async () => {
    const bmc = { service: "bmc" };
    const resources = await call(
      sim,
      "DescribeAvailableResources",
      { instanceChargeType: "PREPAID", zoneId: "MOW-B", instanceTypeId: "MDE" },
      bmc,
    );
    expect(resources.answer["availableResources"]).toMatchObject([
      { sellStatus: "SELL", maximumBandwidthOut: 10000, defaultBandwidthOut: 50, defaultTrafficPackageSize: 5 },
    ]);
    const models = await call(sim, "DescribeInstanceTypes", { instanceTypeIds: ["MDE"] }, bmc);
    expect(models.answer["instanceTypes"]).toMatchObject([{ instanceTypeId: "MDE", maximumBandwidth: 10000 }]);
    const zones = await call(sim, "DescribeZones", {}, bmc);
    expect(zones.answer["zoneSet"]).toMatchObject([{ zoneId: "SEL-A" }, { zoneId: "MOW-B", isByoipEnabled: false }]);
    const capacity = await call(sim, "DescribeVmInventoryCapacity", { zoneId: "SEL-A" });
    expect(capacity.answer["dataSet"]).toEqual([{ zoneId: "SEL-A", capacity: "SUFFICIENT" }]);
  });
});

test.each([
  [{ zoneId: "MOW-B" }, 4],
  [{ instanceName: "bm-*" }, 4],
  [{ instanceTypeId: "MDE" }, 4],
  [{ internetChargeType: "ByBandwidth" }, 2],
  [{ hostname: "bm-one" }, 1],
  [{ instanceStatus: "STOPPED" }, 0],
  [{ resourceGroupId: "other" }, 0],
  [{ instanceIds: ["900000000000000002", "900000000000000001", "900000000000000002"] }, 1],
])("DescribeInstances filters bare metal by %j", async (filter, count) => {
  const { answer } = await call(sim, "DescribeInstances", filter, { service: "bmc" });
  expect(answer["totalCount"]).toBe(count);
});

test("DescribeInstancesStatus gives ids and statuses", async () => {
  const { answer } = await call(sim, "DescribeInstancesStatus", { instanceIds: ["900000000000000008"] });
  expect(answer["dataSet"]).toEqual([{ instanceId: "900000000000000008", instanceStatus: "STOPPED" }]);
});
