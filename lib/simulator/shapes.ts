// Machines as the service writes them (zenlayer-api 2.2, 2.3, A.6), with the deviations that the knobs ask for.
import { axisState, currentValue } from "./axis";
import { findModel } from "./catalogue";
import type { Axis, Machine } from "./types";
import type { World } from "./world";

type Wire = Record<string, unknown>;

/** One entry of DescribeInstances. Counts as a read for `describeInstancesLag`. */
export function instanceEntry(world: World, machine: Machine): Wire {
  return machine.product === "vm" ? vmEntry(machine) : bmcEntry(world, machine);
}

function sharedFields(machine: Machine): Wire {
  return {
    instanceId: machine.instanceId,
    zoneId: machine.zoneId,
    instanceName: machine.instanceName,
    imageId: machine.imageId,
    imageName: machine.imageName,
    instanceChargeType: machine.instanceChargeType,
    internetChargeType: machine.internetChargeType,
    period: machine.period,
    publicIpAddresses: machine.publicIpAddresses,
    privateIpAddresses: machine.privateIpAddresses,
    createTime: machine.createTime,
    expiredTime: machine.expiredTime,
    resourceGroupId: machine.resourceGroupId,
    resourceGroupName: machine.resourceGroupName,
    instanceStatus: machine.instanceStatus,
    autoRenew: machine.autoRenew,
    keyId: null,
    tags: { tags: machine.tags },
  };
}

function vmEntry(machine: Machine): Wire {
  return {
    ...sharedFields(machine),
    instanceType: listed(machine, "type"),
    cpuCount: machine.cpuCount,
    memory: machine.memory,
    internetMaxBandwidthOut: listed(machine, "bandwidth"),
    trafficPackageSize: listed(machine, "package"),
    publicIpv6Addresses: [],
    subnetId: machine.subnetId,
    securityGroupIds: ["sg-sim-1"],
    systemDisk: { diskId: "disk-sim-1", diskSize: machine.systemDiskSize, diskCategory: "SSD" },
    dataDisks: [],
    nic: { wanName: "eth0", lanName: "eth1" },
  };
}

function bmcEntry(world: World, machine: Machine): Wire {
  return {
    ...sharedFields(machine),
    hostname: machine.hostname,
    instanceTypeId: machine.instanceType,
    instanceType: modelObject(world, machine.instanceType, machine.maximumBandwidth),
    ipxeUrl: null,
    bandwidthOutMbps: listed(machine, "bandwidth"),
    trafficPackageSize: listed(machine, "package"),
    primaryPublicIpAddress: machine.publicIpAddresses[0] ?? null,
    primaryPublicIPv6Address: null,
    ipv6Addresses: [],
    subnetIds: [],
    partitions: [],
    raidConfig: null,
    nic: { wanName: "wan0", lanName: "lan0" },
    enableGatewayMode: false,
  };
}

/** The model object of BMC answers. */
export function modelObject(world: World, instanceTypeId: string, maximumBandwidth?: number): Wire {
  const model = findModel(world.catalogue, instanceTypeId);
  return {
    instanceTypeId,
    description: model?.description ?? "sim",
    cpuCoreCount: model?.cpuCoreCount ?? null,
    memorySize: model?.memorySize ?? null,
    maximumBandwidth: maximumBandwidth ?? model?.maximumBandwidth ?? null,
    supportRaids: [0, 1],
    supportSubnet: true,
    isHA: false,
    diskInfo: { totalDiskSize: 900, diskDescription: "sim", disks: [] },
  };
}

function listed(machine: Machine, axis: Axis): string | number | null {
  const { stale } = axisState(machine, axis);
  if (stale === null || stale.listReads <= 0) return currentValue(machine, axis);
  stale.listReads--;
  return stale.value;
}

interface ShownAxis {
  readonly current: string | number | null;
  readonly modified: string | number | null;
  readonly status: string;
}

/** What a status action shows of an axis. Counts as a read for `readLag`. */
function showAxis(world: World, machine: Machine, axis: Axis): ShownAxis {
  const { knobs } = world;
  const state = axisState(machine, axis);
  const scheduled = (current: string | number | null, target: string | number): ShownAxis => ({
    current,
    modified: target,
    status: "WaitToEnable",
  });
  const settled = (current: string | number | null): ShownAxis => ({
    current,
    modified: knobs.settledTarget === "current" ? current : null,
    status: axis === "type" ? (knobs.settledTypeWord ?? knobs.settledWord) : knobs.settledWord,
  });
  if (state.stale !== null && state.stale.statusReads > 0) {
    state.stale.statusReads--;
    const { value, scheduled: target } = state.stale;
    return target === null ? settled(value) : scheduled(value, target);
  }
  const current = currentValue(machine, axis);
  if (state.inFlight !== null) return { current, modified: state.inFlight.target, status: knobs.processingWord };
  return state.scheduled === null ? settled(current) : scheduled(current, state.scheduled.target);
}

/** DescribeInstanceTypeStatus. */
export function typeStatus(world: World, machine: Machine): Wire {
  const type = showAxis(world, machine, "type");
  return {
    instanceId: machine.instanceId,
    instanceName: machine.instanceName,
    instanceType: type.current,
    modifiedInstanceType: type.modified,
    modifiedInstanceTypeStatus: type.status,
  };
}

/** DescribeInstanceInternetStatus. */
export function internetStatus(world: World, machine: Machine): Wire {
  const bandwidth = showAxis(world, machine, "bandwidth");
  const traffic = machine.trafficPackageSize === null ? null : showAxis(world, machine, "package");
  const number = (value: string | number | null | undefined): string | number | null =>
    value === null || value === undefined ? null : world.knobs.numbersAsStrings ? String(value) : value;
  return {
    instanceId: machine.instanceId,
    instanceName: machine.instanceName,
    internetMaxBandwidthOut: number(bandwidth.current),
    modifiedInternetMaxBandwidthOut: number(bandwidth.modified),
    modifiedBandwidthStatus: bandwidth.status,
    trafficPackageSize: number(traffic?.current),
    modifiedTrafficPackageSize: number(traffic?.modified),
    modifiedTrafficPackageStatus: traffic?.status ?? null,
  };
}

/** Applies the knob `nulls` to a whole answer. */
export function shapeNulls(value: unknown, nulls: "null" | "absent" | "empty"): unknown {
  if (nulls === "null" || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => shapeNulls(item, nulls));
  const result: Wire = {};
  for (const [name, field] of Object.entries(value)) {
    if (field !== null) result[name] = shapeNulls(field, nulls);
    else if (nulls === "empty") result[name] = "";
  }
  return result;
}
