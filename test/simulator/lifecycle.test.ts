// A machine's life as the official provider leads it: bought, renamed, stopped, started, reinstalled, returned, released.
import { type MachineSpec, type Simulator, startSimulator } from "../../lib/simulator";
import { type CallOptions, call } from "./client";

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ clock: { start: "2026-01-01T00:00:00Z", speed: 0 } });
});
afterEach(() => sim.stop());

const bmc = { service: "bmc" };
const options = (product: string): CallOptions => ({ service: product });

const VM_PURCHASE = {
  zoneId: "SEL-A",
  imageId: "img-ubuntu",
  instanceType: "c.2c4g",
  instanceChargeType: "PREPAID",
  instanceChargePrepaid: { period: 3 },
  internetChargeType: "ByBandwidth",
  instanceCount: 1,
  subnetId: "subnet-one",
};
const BMC_PURCHASE = {
  zoneId: "MOW-B",
  instanceTypeId: "MDE",
  instanceChargeType: "PREPAID",
  instanceChargePrepaid: { period: 1 },
  internetChargeType: "ByTrafficPackage",
};

async function bought(product: "vm" | "bmc", body: object): Promise<string> {
  const { status, answer, json } = await call(sim, "CreateInstances", body, options(product));
  expect([status, json.message]).toEqual([200, undefined]);
  expect(answer["orderNumber"]).toMatch(/^\d{16}$/);
  return (answer["instanceIdSet"] as string[])[0] ?? "";
}

async function shown(product: "vm" | "bmc", instanceId: string): Promise<Record<string, unknown>> {
  const { answer } = await call(sim, "DescribeInstances", { instanceIds: [instanceId] }, options(product));
  return (answer["dataSet"] as Record<string, unknown>[])[0] ?? {};
}

describe("buying a virtual machine", () => {
  test("shows what was asked for", async () => {
    const instanceId = await bought("vm", {
      ...VM_PURCHASE,
      instanceName: "web",
      internetMaxBandwidthOut: 20,
      systemDisk: { diskSize: 40, diskCategory: "STANDARD" },
      dataDisks: [{ diskSize: 100, diskName: "data", portable: true }],
      keyId: "key-one",
      securityGroupId: "sg-one",
      resourceGroupId: "rg-two",
      nic: { wanName: "wan7", lanName: "lan7" },
      tags: { tags: [{ key: "team", value: "edge" }] },
    });
    expect(await shown("vm", instanceId)).toEqual({
      instanceId,
      zoneId: "SEL-A",
      instanceName: "web",
      instanceType: "c.2c4g",
      cpuCount: 2,
      memory: 4,
      imageId: "img-ubuntu",
      imageName: null,
      instanceChargeType: "PREPAID",
      internetChargeType: "ByBandwidth",
      internetMaxBandwidthOut: 20,
      trafficPackageSize: null,
      period: 3,
      publicIpAddresses: ["192.0.2.1"],
      publicIpv6Addresses: [],
      privateIpAddresses: ["10.0.0.1"],
      subnetId: "subnet-one",
      createTime: "2026-01-01T00:00:00Z",
      expiredTime: "2026-04-01T00:00:00Z",
      resourceGroupId: "rg-two",
      resourceGroupName: "rg-two",
      instanceStatus: "PENDING",
      securityGroupIds: ["sg-one"],
      systemDisk: { diskId: `disk-${instanceId}`, diskSize: 40, diskCategory: "STANDARD" },
      dataDisks: [
        {
          diskId: `disk-${instanceId}-1`,
          diskName: "data",
          diskSize: 100,
          diskCategory: "SSD",
          portable: true,
          diskAmount: 1,
          diskPrice: null,
        },
      ],
      autoRenew: true,
      keyId: "key-one",
      nic: { wanName: "wan7", lanName: "lan7" },
      tags: { tags: [{ key: "team", value: "edge" }] },
    });
    sim.advance("2s");
    expect(await shown("vm", instanceId)).toMatchObject({ instanceStatus: "RUNNING" });
  });

  test("shows nothing invented of what was not asked for: the documented defaults, else nothing", async () => {
    const { subnetId: _subnet, imageId: _image, instanceCount: _count, ...least } = VM_PURCHASE;
    const { status, answer } = await call(sim, "CreateInstances", least, { version: "2023-03-13" });
    expect([status, Object.keys(answer)]).toEqual([200, ["requestId", "instanceIdSet", "orderNumber"]]);
    expect(await shown("vm", (answer["instanceIdSet"] as string[])[0] ?? "")).toMatchObject({
      instanceName: "instance",
      imageId: null,
      internetMaxBandwidthOut: 1,
      subnetId: null,
      keyId: null,
      securityGroupIds: [],
      dataDisks: [],
      tags: { tags: [] },
    });
  });

  test("charges the first term", async () => {
    await bought("vm", { ...VM_PURCHASE, internetMaxBandwidthOut: 10, systemDisk: { diskSize: 20 } });
    // (28 for the type + 40 for 10 Mbps + 1 for the disk) × 3 months × 95 %.
    expect(sim.account.cash).toBeCloseTo(10_000 - 69 * 3 * 0.95, 2);
    expect(sim.account.transactions).toMatchObject([{ description: "purchase", transactionType: "CONSUME" }]);
    expect(sim.orders).toEqual([]);
  });

  test("numbers several and names their disks", async () => {
    const { answer } = await call(sim, "CreateInstances", {
      ...VM_PURCHASE,
      instanceChargeType: "POSTPAID",
      instanceName: "web_[3,3]",
      instanceCount: 2,
      tags: { tags: [{ key: "team", value: "edge" }] },
    });
    const [first, second] = answer["instanceIdSet"] as [string, string];
    expect(answer["instances"]).toEqual([
      { instanceId: first, diskIdSet: [`disk-${first}`] },
      { instanceId: second, diskIdSet: [`disk-${second}`] },
    ]);
    expect([sim.machine(first).instanceName, sim.machine(second).instanceName]).toEqual(["web003", "web004"]);
    expect(await shown("vm", second)).toMatchObject({
      expiredTime: null,
      period: null,
      autoRenew: false,
      tags: { tags: [{ key: "team", value: "edge" }] },
    });
    expect(sim.account.cash).toBe(10_000);
  });

  test.each([
    [{ zoneId: "nowhere" }, 404, "INVALID_ZONE_NOT_FOUND"],
    [{ instanceType: "x.1c1g" }, 404, "INVALID_PRODUCT_NOT_FOUND"],
    [{ internetMaxBandwidthOut: 1001 }, 400, "INVALID_PARAMETER_BANDWIDTH_EXCEED"],
    [{ instanceChargeType: "LATER" }, 400, "INVALID_PARAMETER_VALUE"],
    [{ instanceChargePrepaid: null }, 400, "MISSING_PARAMETER"],
    [{ imageId: null }, 400, "MISSING_PARAMETER"],
    [{ instanceCount: 101 }, 400, "INVALID_PARAMETER_EXCEED_MAXIMUM"],
    [{ password: "one", keyId: "two" }, 400, "INVALID_PARAMETER_VALUE"],
    [{ instanceCount: 100, instanceType: "c.64c128g" }, 403, "SIM_BALANCE_TOO_LOW"],
    [{ tags: { tags: [{ key: 1 }] } }, 400, "INVALID_PARAMETER_TYPE"],
    [
      { internetChargeType: "ByTrafficPackage", trafficPackageSize: 1001 },
      400,
      "INVALID_PARAMETER_TRAFFIC_PACKAGE_EXCEED",
    ],
  ])("is refused for %j, and nothing is bought", async (change, status, code) => {
    const reply = await call(sim, "CreateInstances", { ...VM_PURCHASE, ...change });
    expect([reply.status, reply.code]).toEqual([status, code]);
    expect([sim.machines, sim.account.cash]).toEqual([[], 10_000]);
  });
});

describe("buying bare metal", () => {
  test("shows what was asked for", async () => {
    const instanceId = await bought("bmc", {
      ...BMC_PURCHASE,
      imageId: "img-debian",
      instanceName: "edge",
      hostname: "edge-host",
      internetMaxBandwidthOut: 500,
      trafficPackageSize: 7.5,
      raidConfig: { raidType: 1 },
      partitions: [{ fsPath: "/", fsType: "ext4", size: 100 }],
      nic: { wanName: "wan1", lanName: "lan1" },
      subnetId: "subnet-two",
      enableGatewayMode: true,
      enablePrimaryIPv6: false,
      ipxeUrl: "http://boot.example/x",
    });
    expect(await shown("bmc", instanceId)).toMatchObject({
      instanceName: "edge",
      hostname: "edge-host",
      imageId: "img-debian",
      imageName: null,
      bandwidthOutMbps: 500,
      trafficPackageSize: 7.5,
      raidConfig: { raidType: 1 },
      partitions: [{ fsPath: "/", fsType: "ext4", size: 100 }],
      nic: { wanName: "wan1", lanName: "lan1" },
      subnetIds: ["subnet-two"],
      enableGatewayMode: true,
      primaryPublicIPv6Address: null,
      ipxeUrl: "http://boot.example/x",
      instanceStatus: "CREATING",
    });
    sim.settle();
    expect(await shown("bmc", instanceId)).toMatchObject({ instanceStatus: "RUNNING" });
  });

  test("takes the documented defaults: 1 Mbps, the free package, an IPv6 address", async () => {
    const instanceId = await bought("bmc", BMC_PURCHASE);
    expect(await shown("bmc", instanceId)).toMatchObject({
      instanceName: "instance",
      hostname: "hostname",
      imageId: null,
      bandwidthOutMbps: 1,
      trafficPackageSize: 5,
      raidConfig: null,
      partitions: [],
      subnetIds: [],
      enableGatewayMode: false,
      ipv6Addresses: [expect.stringMatching(/^2001:db8::/)],
    });
  });

  test.each([
    [{ instanceTypeId: "X" }, "INVALID_INSTANCE_TYPE_NOT_FOUND"],
    [{ zoneId: "SEL-A" }, "INVALID_INSTANCE_TYPE_ZONE_NO_SELL"],
    [{ trafficPackageSize: 4 }, "INVALID_PARAMETER_TRAFFIC_PACKAGE_LESS"],
    [{ internetMaxBandwidthOut: 10_001 }, "INVALID_INSTANCE_BANDWIDTH_ZONE_NO_SELL"],
  ])("is refused for %j", async (change, code) => {
    expect((await call(sim, "CreateInstances", { ...BMC_PURCHASE, ...change }, bmc)).code).toBe(code);
    expect(sim.machines).toEqual([]);
  });
});

describe.each(["vm", "bmc"] as const)("%s", (product) => {
  const add = (spec: MachineSpec = {}) => sim.addMachine({ product, ...spec }).instanceId;
  const act = async (action: string, body: object) => {
    const reply = await call(sim, action, body, options(product));
    return reply.code ?? reply.status;
  };

  test("is renamed and moved to another group", async () => {
    const ids = [add(), add()];
    expect(await act("ModifyInstancesAttribute", { instanceIds: ids, instanceName: "new" })).toBe(200);
    expect(await act("ModifyInstancesResourceGroup", { instanceIds: ids, resourceGroupId: "rg-two" })).toBe(200);
    for (const id of ids)
      expect(await shown(product, id)).toMatchObject({ instanceName: "new", resourceGroupId: "rg-two" });
    expect(sim.writes()).toEqual([]);
  });

  test("is stopped, started and rebooted, each from the right status", async () => {
    const instanceIds = [add()];
    const status = () => sim.machine(instanceIds[0] ?? "").instanceStatus;
    for (const [action, via, end] of [
      ["StopInstances", "STOPPING", "STOPPED"],
      ["StartInstances", "BOOTING", "RUNNING"],
      ["RebootInstances", product === "vm" ? "REBOOT" : "REBOOTING", "RUNNING"],
    ] as const) {
      expect([await act(action, { instanceIds }), status()]).toEqual([200, via]);
      sim.advance("2s");
      expect(status()).toBe(end);
    }
    expect(await act("StartInstances", { instanceIds })).toBe("OPERATION_DENIED_INSTANCE_NOT_STOPPED");
    await act("StopInstances", { instanceIds });
    expect(await act("StopInstances", { instanceIds })).toBe("OPERATION_DENIED_INSTANCE_NOT_RUNNING");
  });

  test("one wrong id changes none", async () => {
    const id = add();
    for (const other of ["1", sim.addMachine({ product: product === "vm" ? "bmc" : "vm" }).instanceId])
      expect(await act("StopInstances", { instanceIds: [id, other] })).toBe("INVALID_INSTANCE_NOT_FOUND");
    expect(sim.machine(id).instanceStatus).toBe("RUNNING");
    expect(await act("StopInstances", { instanceIds: [] })).toBe("INVALID_PARAMETER_LESS_LENGTH");
  });

  test("a subscription that is returned is only cancelled", async () => {
    const instanceId = add();
    expect(await act("TerminateInstance", { instanceId })).toBe(200);
    expect(await shown(product, instanceId)).toMatchObject({ instanceStatus: "RUNNING", autoRenew: false });
    expect(await act("ReleaseInstances", { instanceIds: [instanceId] })).toBe("OPERATION_DENIED_INSTANCE_STATUS");
    sim.rollCycle(instanceId);
    expect(sim.machine(instanceId).instanceStatus).toBe("RECYCLE");
  });

  test("one that is paid as it goes is returned, then released", async () => {
    const instanceId = add({ instanceChargeType: "POSTPAID" });
    expect(await act("TerminateInstance", { instanceId })).toBe(200);
    expect(sim.machine(instanceId).instanceStatus).toBe(product === "vm" ? "RECYCLING" : "RECYCLE");
    sim.advance("2s");
    expect(await shown(product, instanceId)).toMatchObject({ instanceStatus: "RECYCLE" });
    expect(await act("TerminateInstance", { instanceId })).toBe("OPERATION_DENIED_INSTANCE_RECYCLED");
    expect(await act("ModifyInstancesAttribute", { instanceIds: [instanceId], instanceName: "x" })).toMatch(/RECYCLE/);
    expect(await act("ReleaseInstances", { instanceIds: [instanceId] })).toBe(200);
    expect(await shown(product, instanceId)).toEqual({});
  });
});

test("a virtual machine is reset when stopped, from its own image or another", async () => {
  const { instanceId } = sim.addMachine({ keyId: "key-one" });
  const reset = async (body: object) => {
    const reply = await call(sim, "ResetInstance", { instanceId, ...body });
    return reply.code ?? reply.status;
  };
  expect(await reset({})).toBe("OPERATION_DENIED_INSTANCE_NOT_STOPPED");
  await call(sim, "StopInstances", { instanceIds: [instanceId], forceShutdown: true });
  sim.settle();
  expect(await reset({ imageId: "img-new", wanName: "wan9", password: "not-for-the-log" })).toBe(200);
  expect(await shown("vm", instanceId)).toMatchObject({
    instanceStatus: "REBUILDING",
    imageId: "img-new",
    keyId: null,
    nic: { wanName: "wan9", lanName: "eth1" },
  });
  sim.settle();
  expect(sim.machine(instanceId).instanceStatus).toBe("RUNNING");
  expect(JSON.stringify(sim.requests)).not.toContain("not-for-the-log");
  const password = { instanceIds: [instanceId], password: "nor-this" };
  expect((await call(sim, "ResetInstancesPassword", password)).status).toBe(200);
  expect(JSON.stringify(sim.requests)).not.toContain("nor-this");
});

test("bare metal is reinstalled running, and what is not named stays", async () => {
  const { instanceId } = sim.addMachine({ product: "bmc", raidConfig: { raidType: 0 }, hostname: "old" });
  const body = {
    instanceId,
    hostname: "new",
    nic: { lanName: "lan9" },
    partitions: [{ fsPath: "/", fsType: "xfs", size: 5 }],
  };
  expect((await call(sim, "ReinstallInstance", body, bmc)).status).toBe(200);
  expect((await call(sim, "ReinstallInstance", body, bmc)).code).toBe("OPERATION_DENIED_INSTANCE_STATUS_INSTALLING");
  expect(await shown("bmc", instanceId)).toMatchObject({
    instanceStatus: "INSTALLING",
    hostname: "new",
    imageId: "img-sim-2",
    raidConfig: { raidType: 0 },
    partitions: [{ fsPath: "/", fsType: "xfs", size: 5 }],
    nic: { wanName: "wan0", lanName: "lan9" },
  });
  sim.advance("2s");
  expect(sim.machine(instanceId).instanceStatus).toBe("RUNNING");
});

test("what is under way does not overtake another hand", () => {
  const { instanceId } = sim.addMachine({ instanceChargeType: "POSTPAID" });
  return call(sim, "StopInstances", { instanceIds: [instanceId] }).then(() => {
    sim.changeOutOfBand(instanceId, { instanceStatus: "RECYCLE" });
    sim.advance("1h");
    expect(sim.machine(instanceId).instanceStatus).toBe("RECYCLE");
  });
});
