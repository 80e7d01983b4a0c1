// The supporting services as the vendor's clients know them: zones, models, bills, tags, versions, and how numbers are written.
import { sampleFleet, type Simulator, startSimulator } from "../../lib/simulator";
import { type CallOptions, call } from "./client";

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ fleet: sampleFleet(), clock: { start: "2026-01-01T00:00:00Z", speed: 0 } });
});
afterEach(() => sim.stop());

const VM = "900000000000000001";
const BMC = "900000000000000002";
const bmc = { service: "bmc" };
const answerOf = async (action: string, body: object = {}, options: CallOptions = {}) =>
  (await call(sim, action, body, options)).answer;
const list = async (action: string, field: string, body: object, options: CallOptions) =>
  (await answerOf(action, body, options))[field] as Record<string, unknown>[];

describe("zones", () => {
  test("of virtual machines have one network type and one line type, as texts", async () => {
    expect(await list("DescribeZones", "zoneSet", { zoneIds: ["SEL-A"] }, {})).toEqual([
      {
        zoneId: "SEL-A",
        zoneName: "Seoul A",
        supportSecurityGroup: true,
        supportNetworkType: "VPC",
        supportIpv6: false,
        supportCpuPassThrough: true,
        networkLineType: "BGP",
      },
    ]);
  });

  test.each([
    [{ isCloudRouterAvailable: true }, ["SEL-A"]],
    [{ isCloudRouterAvailable: false, acceptLanguage: "zh-CN" }, ["MOW-B"]],
    [{}, ["SEL-A", "MOW-B"]],
  ])("of bare metal are filtered by %j", async (filter, expected) => {
    const zones = await list("DescribeZones", "zoneSet", filter, bmc);
    expect(zones.map((zone) => zone["zoneId"])).toEqual(expected);
  });
});

test.each([
  [{}, ["MDE", "S8I"]],
  [{ minimumCpuCoreCount: 3 }, ["S8I"]],
  [{ maximumCpuCoreCount: 7 }, ["MDE"]],
  [{ minimumMemorySize: 128 }, ["S8I"]],
  [{ maximumMemorySize: 64 }, ["MDE"]],
  [{ minimumDiskSize: 1000 }, ["S8I"]],
  [{ maximumDiskSize: 1000 }, ["MDE"]],
  [{ minimumBandwidth: 10_001 }, []],
  [{ supportRaids: [5] }, ["S8I"]],
  [{ supportRaids: [0, 1] }, ["MDE", "S8I"]],
  [{ supportSubnet: false }, []],
  [{ isHA: true }, []],
  [{ imageId: "img-sim-2" }, ["MDE", "S8I"]],
  [{ imageId: "img-other" }, []],
  [{ instanceTypeIds: ["S8I"] }, ["S8I"]],
])("models are filtered by %j", async (filter, expected) => {
  const models = await list("DescribeInstanceTypes", "instanceTypes", filter, bmc);
  expect(models.map((model) => model["instanceTypeId"])).toEqual(expected);
});

test("a model has every field", async () => {
  expect(await list("DescribeInstanceTypes", "instanceTypes", { instanceTypeIds: ["S8I"] }, bmc)).toEqual([
    {
      imageIds: ["img-sim-2"],
      instanceTypeId: "S8I",
      description: "sim",
      cpuCoreCount: 8,
      cpuDetail: "sim, 8 cores",
      cpuCores: 8,
      cpuThreads: 16,
      baseFrequency: "2.5",
      memorySize: 128,
      maximumBandwidth: 10_000,
      supportRaids: [0, 1, 5, 10],
      supportSubnet: true,
      isHA: false,
      diskInfo: { totalDiskSize: 3840, diskDescription: "sim", disks: [{ diskSize: 960, diskCount: 4 }] },
      vpuVendor: null,
      vpuCard: null,
      vpuCount: null,
    },
  ]);
});

describe("the price of a new bare-metal machine", () => {
  const purchase = {
    zoneId: "MOW-B",
    instanceTypeId: "MDE",
    instanceChargeType: "PREPAID",
    internetChargeType: "ByBandwidth",
    instanceChargePrepaid: { period: 1 },
  };

  test("counts internetMaxBandwidthOut, 1 Mbps unless asked otherwise, and names the first address", async () => {
    const prices = await answerOf("InquiryPriceCreateInstance", { ...purchase, internetMaxBandwidthOut: 60 }, bmc);
    expect(prices).toMatchObject({
      instancePrice: { originalPrice: 200 },
      bandwidthPrice: [{ originalPrice: 40 }],
      primaryIpPrice: { originalPrice: 0 },
    });
    expect(await answerOf("InquiryPriceCreateInstance", purchase, bmc)).toMatchObject({
      bandwidthPrice: [{ originalPrice: 0 }],
    });
  });

  test.each([
    [{ instanceTypeId: "X" }, 404, "INVALID_INSTANCE_TYPE_NOT_FOUND"],
    [{ zoneId: "SEL-A" }, 400, "INVALID_INSTANCE_TYPE_ZONE_NO_SELL"],
    [{ zoneId: "nowhere" }, 404, "INVALID_ZONE_NOT_FOUND"],
    [{ internetChargeType: "ByMagic" }, 400, "INVALID_CHARGE_TYPE_NOT_SUPPORT"],
    [{ internetMaxBandwidthOut: 10_001 }, 400, "INVALID_INSTANCE_BANDWIDTH_ZONE_NO_SELL"],
  ])("is refused for %j", async (change, status, code) => {
    const reply = await call(sim, "InquiryPriceCreateInstance", { ...purchase, ...change }, bmc);
    expect([reply.status, reply.code]).toEqual([status, code]);
  });
});

describe.each(["2024-08-08", "2024-08-09"])("billing, version %s", (version) => {
  const zbc = { service: "zbc", version };
  let orderNumber: string | undefined;
  beforeEach(async () => {
    ({ orderNumber } = await answerOf("ModifyInstanceType", { instanceId: VM, instanceTypeId: "c.8c16g" }));
  });

  test("a transaction has every field, and no machine", async () => {
    expect(await answerOf("DescribeTransactionHistory", {}, zbc)).toMatchObject({
      totalCount: 1,
      incomeSum: 0,
      expenditureSum: 54.97,
      dataSet: [
        {
          accountUid: "800000000000000001",
          uid: "800000000000000001",
          transactionTime: "2026-01-01T00:00:00Z",
          orderSn: orderNumber,
          description: "type c.4c8g → c.8c16g",
          transactionType: "CONSUME",
          paymentMethod: "BALANCE",
          amount: -54.97,
          cashBalance: 9945.03,
          tradeType: "EXPENDITURE",
          tradeNo: `T-${orderNumber}`,
        },
      ],
    });
  });

  test("a bill has every field, and its month is a number", async () => {
    const bill = {
      resourceId: VM,
      product: "vm",
      productSubitem: "type c.4c8g → c.8c16g",
      amount: 54.97,
      billingMode: "PREPAID",
      voucher: 0,
      cash: 54.97,
      label: "vm-one",
      location: "SEL-A",
      orderSn: orderNumber,
      billMonthly: 202601,
      resourceGroupId: "rg-sim-1",
      resourceGroupName: "default",
      startTime: "2026-01-01T00:00:00Z",
      endTime: "2026-02-01T00:00:00Z",
      deductionTime: "2026-01-01T00:00:00Z",
    };
    const totals = { totalSpend: 54.97, totalCash: 54.97, totalVoucher: 0, totalRefund: 0 };
    expect(await answerOf("DescribeBillDetail", { billMonthly: 202601 }, zbc)).toEqual({
      requestId: expect.any(String) as unknown,
      totalCount: 1,
      ...totals,
      dataSet: [bill],
    });
    expect(await answerOf("DescribeMonthlyBillSummary", { billMonthly: 202601, summaryType: "PRODUCT" }, zbc)).toEqual({
      requestId: expect.any(String) as unknown,
      billMonthly: 202601,
      ...totals,
      summaryInfoList: [
        {
          product: "vm",
          resourceGroupId: null,
          resourceGroupName: null,
          spend: 54.97,
          cash: 54.97,
          voucher: 0,
          refund: 0,
        },
      ],
    });
  });

  test.each([
    [{ billMonthly: 202512 }, 0],
    [{ product: "bmc" }, 0],
    [{ product: "vm", resourceId: VM }, 1],
    [{ orderSn: "1" }, 0],
  ])("bills are filtered by %j", async (filter, count) => {
    expect(await answerOf("DescribeBillDetail", filter, zbc)).toMatchObject({ totalCount: count });
  });

  test.each([["202601"], [202613], [20261]])("a month written %j is refused", async (billMonthly) => {
    expect((await call(sim, "DescribeBillDetail", { billMonthly }, zbc)).status).toBe(400);
  });
});

test("tags are replaced, deleted, described with their date, and filtered by", async () => {
  const zrm = { service: "zrm" };
  const resourceUuid = VM;
  sim.advance("1d");
  await call(
    sim,
    "ModifyResourceTags",
    { resourceUuid, replaceTags: [{ key: "team", value: "edge" }], deleteTagKeys: ["env"] },
    zrm,
  );
  expect(await answerOf("DescribeResourceTags", { resourceUuid }, zrm)).toMatchObject({
    totalCount: 1,
    dataSet: [{ key: "team", value: "edge", createdDate: "2026-01-02T00:00:00Z" }],
  });
  const machines = await list("DescribeInstances", "dataSet", { tagKeys: ["team"] }, {});
  expect(machines).toMatchObject([{ instanceId: VM, tags: { tags: [{ key: "team", value: "edge" }] } }]);
  expect(machines[0]?.["tags"]).toEqual({ tags: [{ key: "team", value: "edge" }] });
});

describe("numbers", () => {
  test("floats carry a decimal point, integers do not", async () => {
    const status = await call(sim, "DescribeInstanceInternetStatus", { instanceId: BMC }, bmc);
    expect(status.text).toContain('"trafficPackageSize":10.0,');
    expect(status.text).toContain('"internetMaxBandwidthOut":50,');
    const prices = await call(
      sim,
      "InquiryPriceInstanceTrafficPackage",
      { instanceId: BMC, trafficPackageSize: 10.5 },
      bmc,
    );
    expect(prices.text).toContain('{"discount":95.0,"originalPrice":440.0,"discountPrice":418.0,"unitPrice":null,');
    expect(prices.text).toContain('"stepPrices":[{"stepStart":0.0,"stepEnd":null,"unitPrice":0.08,');
    const balance = await call(sim, "DescribeCustomerBalance", {}, { service: "zbc" });
    expect(balance.text).toContain('"cashBalance":10000.0,"creditValue":0.0,');
    expect((await call(sim, "DescribeInstances")).text).toContain('"totalCount":4,');
  });
});

describe("older versions get no newer field", () => {
  const NEWER =
    /networkLineType|amountUnit|excess|"category"|dataDiskPrices|isByoipEnabled|primaryPublicIPv6Address|vpu(Vendor|Card|Count)/;
  const purchase = {
    instanceChargeType: "PREPAID",
    internetChargeType: "ByBandwidth",
    instanceChargePrepaid: { period: 1 },
  };
  test.each([
    ["vm", "DescribeZones", {}],
    [
      "vm",
      "InquiryPriceCreateInstance",
      { ...purchase, zoneId: "SEL-A", instanceType: "c.1c2g", systemDisk: { diskSize: 10 }, instanceCount: 1 },
    ],
    ["vm", "InquiryPriceInstanceBandwidth", { instanceId: VM, internetMaxBandwidthOut: 200 }],
    ["bmc", "DescribeZones", {}],
    ["bmc", "DescribeInstances", {}],
    ["bmc", "DescribeInstanceTypes", {}],
    ["bmc", "InquiryPriceCreateInstance", { ...purchase, zoneId: "MOW-B", instanceTypeId: "MDE" }],
  ])("%s %s", async (service, action, body) => {
    const older = { vm: "2023-03-13", bmc: "2022-11-20" }[service] ?? null;
    const before = await call(sim, action, body, { service, version: older });
    const now = await call(sim, action, body, { service });
    expect([before.status, now.status]).toEqual([200, 200]);
    expect(before.text).not.toMatch(NEWER);
    expect(now.text).toMatch(NEWER);
  });
});

test("fields and filters that an action does not know are ignored, and told in the log", async () => {
  await call(sim, "DescribeInstances", { colour: "red", zoneIds: ["SEL-A"], zoneId: "SEL-A" });
  await call(sim, "DescribeZones", { zoneIds: ["SEL-A"] }, bmc);
  await call(
    sim,
    "ModifyResourceTags",
    { resourceUuid: VM, replaceTags: [{ key: "a", value: "b", c: 1 }] },
    { service: "zrm" },
  );
  await call(sim, "DescribeInstances", { zoneId: "SEL-A", tags: [] });
  expect(sim.requests.map((entry) => [entry.status, entry.unknownFields])).toEqual([
    [200, ["colour", "zoneIds"]],
    [200, ["zoneIds"]],
    [200, ["replaceTags.c"]],
    [200, []],
  ]);
});
