// What the wire says in its many ways, in the words of the client.
import type { BmcApi, VmApi } from "../../lib/api";
import { accepted, errorOf, raw, startServer, testClient } from "./server";
import type { TestServer } from "./server";

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

async function answered<T>(
  fields: Record<string, unknown>,
  call: (apis: { vm: VmApi; bmc: BmcApi }) => Promise<T>,
): Promise<T> {
  const { client } = testClient(server, { maxRetries: 0 });
  server.reply(accepted(fields));
  try {
    return await call(client);
  } finally {
    client.close();
  }
}

const VM = {
  ...{
    instanceId: "900000000000000001",
    zoneId: "SEL-A",
    instanceName: "vm-one",
    instanceType: "c.4c8g",
    cpuCount: 4,
    memory: 8,
  },
  ...{
    instanceChargeType: "PREPAID",
    internetChargeType: "ByBandwidth",
    internetMaxBandwidthOut: 100,
    trafficPackageSize: null,
    period: 1,
  },
  ...{
    createTime: "2026-01-01T00:00:00Z",
    expiredTime: "2026-02-01T00:00:00Z",
    resourceGroupId: "rg-sim-1",
    resourceGroupName: "default",
  },
  ...{
    instanceStatus: "RUNNING",
    systemDisk: { diskId: "disk-sim-1", diskSize: 50, diskCategory: "SSD" },
    autoRenew: true,
  },
  tags: { tags: [{ key: "env", value: "test" }] },
};
const BMC = {
  ...{
    instanceId: "900000000000000002",
    zoneId: "MOW-B",
    instanceName: "bm-one",
    hostname: "bm-one",
    instanceTypeId: "MDE",
  },
  instanceType: { instanceTypeId: "MDE", description: "sim", cpuCoreCount: 2, memorySize: 64, maximumBandwidth: 10000 },
  ...{
    instanceChargeType: "PREPAID",
    bandwidthOutMbps: 50,
    internetChargeType: "ByTrafficPackage",
    period: 1,
    expiredTime: "2026-02-01T00:00:00Z",
  },
  ...{
    resourceGroupId: "rg-sim-1",
    resourceGroupName: "default",
    instanceStatus: "RUNNING",
    trafficPackageSize: 5.0,
    autoRenew: true,
    tags: { tags: [] },
  },
};

test("a virtual machine", async () => {
  const [machine] = await answered({ totalCount: 1, dataSet: [VM] }, ({ vm }) => vm.listInstances());
  expect(machine).toEqual({
    product: "vm",
    instanceId: "900000000000000001",
    instanceName: "vm-one",
    zoneId: "SEL-A",
    instanceType: "c.4c8g",
    instanceStatus: "RUNNING",
    instanceChargeType: "PREPAID",
    internetChargeType: "ByBandwidth",
    bandwidth: 100,
    trafficPackageSize: null,
    period: 1,
    expiredTime: "2026-02-01T00:00:00Z",
    autoRenew: true,
    resourceGroupId: "rg-sim-1",
    resourceGroupName: "default",
    systemDiskSize: 50,
    maximumBandwidth: null,
    cpuCount: 4,
    memory: 8,
    tags: [{ key: "env", value: "test" }],
  });
});

test("a bare-metal machine, whose model is an object and whose bandwidth has another name", async () => {
  const [machine] = await answered({ totalCount: 1, dataSet: [BMC] }, ({ bmc }) => bmc.listInstances());
  expect(machine).toMatchObject({
    product: "bmc",
    instanceType: "MDE",
    bandwidth: 50,
    trafficPackageSize: 5,
    maximumBandwidth: 10000,
    cpuCount: 2,
    memory: 64,
    systemDiskSize: null,
    tags: [],
  });
});

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  [
    "numbers as text",
    { internetMaxBandwidthOut: "100", trafficPackageSize: "2.50", cpuCount: " 4 " },
    { bandwidth: 100, trafficPackageSize: 2.5, cpuCount: 4 },
  ],
  [
    "empty texts",
    { expiredTime: "", trafficPackageSize: "", resourceGroupId: "" },
    { expiredTime: null, trafficPackageSize: null, resourceGroupId: null },
  ],
  ["unlimited bandwidth", { internetMaxBandwidthOut: 0 }, { bandwidth: 0 }],
  ["tags as a plain list", { tags: [{ key: "a", value: "b" }] }, { tags: [{ key: "a", value: "b" }] }],
  ["no tags at all", { tags: null }, { tags: [] }],
  [
    "statuses unknown to us",
    { instanceStatus: "DREAMING", internetChargeType: "ByMoonlight" },
    { instanceStatus: "DREAMING", internetChargeType: "ByMoonlight" },
  ],
  [
    "nonsense that only informs",
    { period: "a while", cpuCount: {}, autoRenew: "perhaps" },
    { period: null, cpuCount: null, autoRenew: null },
  ],
])("a machine with %s", async (_name, change, expected) => {
  const [machine] = await answered({ totalCount: 1, dataSet: [{ ...VM, ...change }] }, ({ vm }) => vm.listInstances());
  expect(machine).toMatchObject(expected);
});

test("ids beyond 2^53 stay exact, even as numbers", async () => {
  const { client } = testClient(server);
  server.reply(
    raw(
      200,
      '{"requestId":"T","response":{"totalCount":1,"dataSet":[{"instanceId":12345678901234567890,"instanceName":"a\\":1234567890123456789"}]}}',
    ),
  );
  expect(await client.vm.listInstances()).toMatchObject([
    { instanceId: "12345678901234567890", instanceName: 'a":1234567890123456789' },
  ]);
  server.reply(raw(200, '{"requestId":"T","response":{"orderNumber": 2026000000000000001}}'));
  expect(await client.vm.modifyType("1", "c.2c4g")).toMatchObject({ orderNumber: "2026000000000000001" });
  client.close();
});

test.each<[unknown, string | null]>([
  ["2026000000000001", "2026000000000001"],
  [2026, "2026"],
  ["", null],
  [null, null],
  [undefined, null],
])("an order number %p is %p", async (wire, orderNumber) => {
  expect(await answered({ orderNumber: wire }, ({ vm }) => vm.modifyBandwidth("1", 5))).toEqual({
    requestId: "T-ACCEPTED",
    orderNumber,
  });
});

test.each<[unknown, string]>([
  ["Processing", "processing"],
  ["Process", "processing"],
  ["PROCESSING", "processing"],
  ["WaitToEnable", "scheduled"],
  ["waittoenable", "scheduled"],
  ["Enable", "settled"],
  ["Disable", "settled"],
  ["Dreaming", "settled"],
  ["", "settled"],
  [null, "settled"],
])("a change status %p is %s", async (wire, status) => {
  const type = await answered(
    { instanceId: "1", instanceType: "a", modifiedInstanceType: "", modifiedInstanceTypeStatus: wire },
    ({ vm }) => vm.describeTypeStatus("1"),
  );
  expect(type).toEqual({ instanceId: "1", instanceName: null, instanceType: "a", modifiedInstanceType: null, status });
  const internet = await answered(
    { instanceId: "1", modifiedBandwidthStatus: wire, modifiedTrafficPackageStatus: wire },
    ({ bmc }) => bmc.describeInternetStatus("1"),
  );
  expect(internet).toMatchObject({ bandwidthStatus: status, trafficPackageStatus: status });
});

test("an internet status with numbers as text", async () => {
  const status = await answered(
    {
      instanceId: "1",
      internetMaxBandwidthOut: "100",
      modifiedInternetMaxBandwidthOut: 200,
      modifiedBandwidthStatus: "Processing",
      trafficPackageSize: 10.0,
      modifiedTrafficPackageSize: "5.05",
    },
    ({ vm }) => vm.describeInternetStatus("1"),
  );
  expect(status).toEqual({
    ...{ instanceId: "1", instanceName: null, bandwidth: 100, modifiedBandwidth: 200, bandwidthStatus: "processing" },
    ...{ trafficPackageSize: 10, modifiedTrafficPackageSize: 5.05, trafficPackageStatus: "settled" },
  });
});

test.each<[string, Record<string, unknown>]>([
  ["about another machine", { instanceId: "2" }],
  ["about nothing", {}],
  ["whose target is no number", { instanceId: "1", modifiedInternetMaxBandwidthOut: "many" }],
  ["whose target is an object", { instanceId: "1", modifiedTrafficPackageSize: {} }],
])("a status %s is not taken for a quiet one", async (_name, fields) => {
  expect(await errorOf(answered(fields, ({ vm }) => vm.describeInternetStatus("1")))).toMatchObject({
    code: "UNREADABLE_ANSWER",
    requestId: "T-ACCEPTED",
  });
});

test("what is sold with a model", async () => {
  const resources = await answered(
    {
      availableResources: [
        {
          zoneId: "MOW-B",
          instanceTypeId: "MDE",
          status: "SELL",
          internetChargeTypes: ["ByBandwidth"],
          maximumBandwidthOut: 10000,
          defaultBandwidthOut: 50,
          defaultTrafficPackageSize: 5.0,
        },
      ],
    },
    ({ bmc }) => bmc.describeAvailableResources({ instanceChargeType: "PREPAID", instanceTypeId: "MDE" }),
  );
  expect(resources).toEqual([
    {
      zoneId: "MOW-B",
      instanceTypeId: "MDE",
      sellStatus: "SELL",
      internetChargeTypes: ["ByBandwidth"],
      maximumBandwidth: 10000,
      defaultBandwidth: 50,
      defaultTrafficPackageSize: 5,
    },
  ]);
  expect(server.received[0]?.body).toEqual({ instanceChargeType: "PREPAID", instanceTypeId: "MDE" });
});
