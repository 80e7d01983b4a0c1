// Buying machines: they show what was asked for, and of what was not asked for only what the vendor documents as a default.
import { addMonths, formatTime } from "../durations";
import { Refusal } from "../errors";
import { addMachine, type MachineSpec } from "../fleet";
import { type Body, booleanOf, type Field, numberOf, objectOf, objectsOf, textOf } from "../fields";
import { checkPackageSize, refuseUnaffordable } from "../rules";
import { systemDiskId } from "../shapes";
import { presentTermPrice, record, setOut } from "../transitions";
import type { DataDisk, Machine, Product } from "../types";
import type { World } from "../world";
import type { ActionAnswer, ActionDefinition } from "./action";
import { checkChargeType, knownZone, purchaseFields, soldBandwidth, soldModel, soldVmType } from "./catalogue";
import { INSTALL_FIELDS, installBareMetal, texts } from "./lifecycle";
import { readTag } from "./tags";

const SHARED_FIELDS: readonly Field[] = [
  ...purchaseFields(1),
  { name: "marketingOptions", type: "object" },
  { name: "tags", type: "object", inside: ["tags"] },
  ...texts("resourceGroupId", "instanceName", "subnetId", "clusterId"),
];

const VM_FIELDS: readonly Field[] = [
  ...SHARED_FIELDS,
  { name: "instanceType", type: "string", required: true },
  { name: "systemDisk", type: "object", inside: ["diskId", "diskSize", "diskCategory"] },
  {
    name: "dataDisks",
    type: "objects",
    inside: ["diskId", "diskName", "diskSize", "diskAmount", "portable", "diskCategory"],
  },
  { name: "nic", type: "object", inside: ["wanName", "lanName"] },
  ...["enableIpv6", "enableIpv4", "cpuPassThrough", "diskPreAllocated"].map((name): Field => ({
    name,
    type: "boolean",
  })),
  ...texts("password", "keyId", "initScript", "networkMode", "securityGroupId"),
];

/** `imageId`, `instanceCount` and `subnetId` became required with 2026-04-01, which also knows more fields. */
export function createVmInstances(version: "2023-03-13" | "2026-04-01"): ActionDefinition {
  const required = version === "2026-04-01";
  return {
    fields: [
      ...VM_FIELDS.filter(({ name }) => name !== "subnetId"),
      { name: "imageId", type: "string", required },
      { name: "subnetId", type: "string", required },
      { name: "instanceCount", type: "integer", required, minimum: 1, maximum: 100 },
      ...(required ? NEWER_VM_FIELDS : []),
    ],
    run: ({ world, body }) => {
      const zoneId = knownZone(world, textOf(body, "zoneId"), "vm") ?? "";
      const type = soldVmType(world, zoneId, textOf(body, "instanceType") ?? "");
      const bandwidth = numberOf(body, "internetMaxBandwidthOut") ?? 1;
      if (bandwidth > type.bandwidthLimit)
        throw new Refusal(400, "INVALID_PARAMETER_BANDWIDTH_EXCEED", `${bandwidth} Mbps is above the type's maximum.`);
      const machines = buy(world, "vm", body, numberOf(body, "instanceCount") ?? 1, {
        instanceType: type.instanceType,
        bandwidth,
        freeTrafficPackage: 0,
        systemDiskSize: numberOf(objectOf(body, "systemDisk"), "diskSize") ?? SMALLEST_DISK,
        systemDiskCategory: textOf(objectOf(body, "systemDisk"), "diskCategory") ?? "SSD",
        dataDisks: objectsOf(body, "dataDisks").flatMap(dataDisksOf),
        securityGroupIds: [textOf(body, "securityGroupId")].filter((id) => id !== undefined),
        publicIpv6Addresses: booleanOf(body, "enableIpv6") === true ? [ipv6Address(world)] : [],
        nicWanName: textOf(objectOf(body, "nic"), "wanName") ?? "eth0",
        nicLanName: textOf(objectOf(body, "nic"), "lanName") ?? "eth1",
      });
      const diskIds = (machine: Machine): string[] => [
        systemDiskId(machine),
        ...machine.dataDisks.map((disk) => disk.diskId),
      ];
      return {
        ...machines.answer,
        instances: machines.bought.map((machine) => ({ instanceId: machine.instanceId, diskIdSet: diskIds(machine) })),
      };
    },
  };
}

/** GiB (ASM). */
const SMALLEST_DISK = 20;

const NEWER_VM_FIELDS: readonly Field[] = [
  { name: "instanceChargePostpaid", type: "object", inside: ["period"] },
  ...texts("cidrBlockId", "startCidrIpv4"),
];

export const createBmcInstances: ActionDefinition = {
  fields: [
    ...SHARED_FIELDS,
    ...INSTALL_FIELDS,
    { name: "instanceTypeId", type: "string", required: true },
    { name: "amount", type: "integer", minimum: 1, maximum: 100 },
    { name: "enablePrimaryIPv6", type: "boolean" },
    { name: "enableGatewayMode", type: "boolean" },
  ],
  run: ({ world, body }) => {
    const instanceType = textOf(body, "instanceTypeId") ?? "";
    const zoneId = knownZone(world, textOf(body, "zoneId"), "bmc") ?? "";
    const { resource } = soldModel(world, zoneId, instanceType);
    const bandwidth = soldBandwidth(resource, body);
    return buy(world, "bmc", body, numberOf(body, "amount") ?? 1, {
      instanceType,
      bandwidth,
      freeTrafficPackage: resource.defaultTrafficPackageSize,
      enableGatewayMode: booleanOf(body, "enableGatewayMode") ?? false,
      publicIpv6Addresses: booleanOf(body, "enablePrimaryIPv6") === false ? [] : [ipv6Address(world)],
    }).answer;
  },
};

interface Bought {
  readonly bought: readonly Machine[];
  readonly answer: ActionAnswer;
}

function buy(world: World, product: Product, body: Body, count: number, special: MachineSpec): Bought {
  checkChargeType(textOf(body, "instanceChargeType"));
  if (textOf(body, "password") !== undefined && textOf(body, "keyId") !== undefined)
    throw new Refusal(400, "INVALID_PARAMETER_VALUE", "Give password or keyId, not both.");
  const spec = { ...sharedSpec(world, product, body, special), ...special };
  const bought: Machine[] = [];
  try {
    for (let index = 0; index < count; index++) {
      const instanceName = numbered(textOf(body, "instanceName") ?? "instance", index);
      const machine = addMachine(world, { ...spec, instanceName, hostname: instanceName });
      bought.push(machine);
      const { instanceId } = machine;
      machine.dataDisks = machine.dataDisks.map((disk, at) => ({ ...disk, diskId: `disk-${instanceId}-${at + 1}` }));
      if (product === "bmc") {
        installBareMetal(machine, body);
        machine.hostname = numbered(textOf(body, "hostname") ?? "hostname", index);
      }
      const { trafficPackageSize } = machine;
      if (trafficPackageSize !== null) checkPackageSize(world, machine, trafficPackageSize);
    }
    const prices = bought.map((machine) =>
      machine.instanceChargeType === "PREPAID" ? presentTermPrice(world, machine) : 0,
    );
    refuseUnaffordable(
      world,
      "purchase",
      prices.reduce((total, price) => total + price, 0),
    );
    const orderNumber = world.newOrderNumber();
    bought.forEach((machine, index) => {
      const price = prices[index] ?? 0;
      if (price > 0) record(world, orderNumber, machine, -price, "purchase");
      setOut(world, machine, product === "vm" ? "PENDING" : "CREATING", "RUNNING");
    });
    return { bought, answer: { instanceIdSet: bought.map((machine) => machine.instanceId), orderNumber } };
  } catch (error) {
    for (const machine of bought) world.machines.delete(machine.instanceId);
    throw error;
  }
}

function sharedSpec(world: World, product: Product, body: Body, special: MachineSpec): MachineSpec {
  const zoneId = knownZone(world, textOf(body, "zoneId"), product) ?? "";
  const instanceChargeType = textOf(body, "instanceChargeType") ?? "";
  const internetChargeType = textOf(body, "internetChargeType") ?? "";
  const prepaid = instanceChargeType === "PREPAID";
  const period = prepaid ? (numberOf(objectOf(body, "instanceChargePrepaid"), "period") ?? null) : null;
  if (prepaid && (period === null || !Number.isInteger(period) || period < 1))
    throw new Refusal(400, "MISSING_PARAMETER", "instanceChargePrepaid.period is required with PREPAID.");
  const now = world.clock.milliseconds();
  const packaged = prepaid && internetChargeType === "ByTrafficPackage";
  const resourceGroupId = textOf(body, "resourceGroupId") ?? "rg-sim-1";
  return {
    product,
    zoneId,
    instanceChargeType,
    internetChargeType,
    period,
    createTime: formatTime(now),
    expiredTime: period === null ? null : formatTime(addMonths(now, period)),
    // A subscription renews itself unless it is cancelled (ASM).
    autoRenew: prepaid,
    // Left out: the free package.
    trafficPackageSize: packaged ? (numberOf(body, "trafficPackageSize") ?? special.freeTrafficPackage ?? 0) : null,
    imageId: textOf(body, "imageId") ?? null,
    imageName: null,
    subnetId: textOf(body, "subnetId") ?? null,
    keyId: textOf(body, "keyId") ?? null,
    securityGroupIds: [],
    resourceGroupId,
    resourceGroupName: resourceGroupId === "rg-sim-1" ? "default" : resourceGroupId,
    tags: objectsOf(objectOf(body, "tags"), "tags").map(readTag),
  };
}

function ipv6Address(world: World): string {
  return `2001:db8::${(world.machines.size + 1).toString(16)}`;
}

/** Without an id: that comes with the machine. */
function dataDisksOf(disk: Body): DataDisk[] {
  return Array.from({ length: numberOf(disk, "diskAmount") ?? 1 }, () => ({
    diskId: "",
    diskName: textOf(disk, "diskName") ?? null,
    diskSize: numberOf(disk, "diskSize") ?? SMALLEST_DISK,
    diskCategory: textOf(disk, "diskCategory") ?? "SSD",
    portable: booleanOf(disk, "portable") ?? false,
  }));
}

/** `server_[3,3]` counts: server003, server004. */
function numbered(name: string, index: number): string {
  return name.replaceAll(/_\[(\d{0,5}),([1-6]?)\]/g, (_match, first: string, digits: string) =>
    String(Number(first || "0") + index).padStart(Number(digits || "6"), "0"),
  );
}
