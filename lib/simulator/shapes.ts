// Machines as the service writes them (zenlayer-api 2.2, 2.3, A.6), with the deviations that the knobs ask for.
import { axisState, currentValue } from "./axis";
import { findModel, modelDisks, modelImages, modelRaids, totalDiskSize } from "./catalogue";
import type { Knobs } from "./knobs";
import type { Axis, AxisState, Machine } from "./types";
import type { World } from "./world";

type Wire = Record<string, unknown>;

/** One entry of DescribeInstances. Counts as a read for `describeInstancesLag`; a stale one shows what was before the last change. */
export function instanceEntry(world: World, machine: Machine, stale: boolean): Wire {
  return machine.product === "vm" ? vmEntry(world, machine, stale) : bmcEntry(world, machine, stale);
}

/** What both products show first. The rest is assigned to it: after a spread, V8 keeps an object of this size as a slow dictionary. */
function sharedFields({ knobs }: World, machine: Machine): Wire {
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
    ...expiry(knobs.expiredTime, machine.expiredTime),
    resourceGroupId: machine.resourceGroupId,
    resourceGroupName: machine.resourceGroupName,
    instanceStatus: machine.instanceStatus,
    autoRenew: machine.autoRenew,
    keyId: machine.keyId,
    nic: { wanName: machine.nicWanName, lanName: machine.nicLanName },
    tags: { tags: machine.tags.map(({ key, value }) => ({ key, value })) },
  };
}

function expiry(shape: Knobs["expiredTime"], expiredTime: string | null): Wire {
  switch (shape) {
    case "present":
      return { expiredTime };
    case "null":
      return { expiredTime: null };
    case "unreadable":
      return { expiredTime: "soon" };
    case "absent":
      return {};
  }
}

function vmEntry(world: World, machine: Machine, stale: boolean): Wire {
  return Object.assign(sharedFields(world, machine), {
    instanceType: listed(machine, "type", stale),
    cpuCount: machine.cpuCount,
    memory: machine.memory,
    internetMaxBandwidthOut: listed(machine, "bandwidth", stale),
    trafficPackageSize: listed(machine, "package", stale),
    publicIpv6Addresses: machine.publicIpv6Addresses,
    subnetId: machine.subnetId,
    securityGroupIds: machine.securityGroupIds,
    systemDisk: {
      diskId: systemDiskId(machine),
      diskSize: machine.systemDiskSize,
      diskCategory: machine.systemDiskCategory,
    },
    dataDisks: machine.dataDisks.map((disk) => ({ ...disk, diskAmount: 1, diskPrice: null })),
  });
}

function bmcEntry(world: World, machine: Machine, stale: boolean): Wire {
  const { raidConfig } = machine;
  return Object.assign(sharedFields(world, machine), {
    hostname: machine.hostname,
    instanceTypeId: machine.instanceType,
    instanceType: modelObject(world, machine.instanceType, machine.maximumBandwidth),
    ipxeUrl: machine.ipxeUrl,
    bandwidthOutMbps: listed(machine, "bandwidth", stale),
    trafficPackageSize: listed(machine, "package", stale),
    primaryPublicIpAddress: machine.publicIpAddresses[0] ?? null,
    primaryPublicIPv6Address: machine.publicIpv6Addresses[0] ?? null,
    ipv6Addresses: machine.publicIpv6Addresses,
    subnetIds: machine.subnetId === null ? [] : [machine.subnetId],
    partitions: machine.partitions,
    raidConfig: raidConfig && { raidType: raidConfig.raidType ?? null, customRaids: raidConfig.customRaids ?? null },
    enableGatewayMode: machine.enableGatewayMode,
  });
}

export function systemDiskId(machine: Machine): string {
  return `disk-${machine.instanceId}`;
}

/** The model object of BMC answers. Processor details are ASM. */
export function modelObject(world: World, instanceTypeId: string, maximumBandwidth?: number): Wire {
  const model = findModel(world.catalogue, instanceTypeId);
  const cores = model?.cpuCoreCount ?? null;
  return {
    imageIds: modelImages(model),
    instanceTypeId,
    description: model?.description ?? "sim",
    cpuCoreCount: cores,
    cpuDetail: cores === null ? null : `sim, ${cores} cores`,
    cpuCores: cores,
    cpuThreads: cores === null ? null : cores * 2,
    baseFrequency: "2.5",
    memorySize: model?.memorySize ?? null,
    maximumBandwidth: maximumBandwidth ?? model?.maximumBandwidth ?? null,
    supportRaids: modelRaids(model),
    supportSubnet: model?.supportSubnet ?? true,
    isHA: model?.isHA ?? false,
    diskInfo: { totalDiskSize: totalDiskSize(model), diskDescription: "sim", disks: modelDisks(model) },
    vpuVendor: null,
    vpuCard: null,
    vpuCount: null,
  };
}

/** Whether a read still lags behind the last change. Counts it. */
function lagsBehind({ stale }: AxisState, reads: "statusReads" | "listReads"): boolean {
  if (stale === null || stale[reads] <= 0) return false;
  stale[reads]--;
  return true;
}

function listed(machine: Machine, axis: Axis, isStale: boolean): string | number | null {
  const state = axisState(machine, axis);
  const isOld = lagsBehind(state, "listReads") || isStale;
  return isOld && state.before !== null ? state.before.value : currentValue(machine, axis);
}

interface ShownAxis {
  readonly current: string | number | null;
  readonly modified: string | number | null;
  readonly status: string;
}

/** What a status action shows of an axis. Counts as a read for `readLag`. */
function showAxis({ knobs }: World, machine: Machine, axis: Axis, isStale: boolean): ShownAxis {
  const state = axisState(machine, axis);
  const present = { value: currentValue(machine, axis), scheduled: state.scheduled?.target ?? null };
  const isOld = lagsBehind(state, "statusReads") || isStale;
  if (!isOld && state.inFlight !== null)
    return { current: present.value, modified: state.inFlight.target, status: knobs.processingWord };
  const { value, scheduled } = isOld ? (state.before ?? { ...present, scheduled: null }) : present;
  if (scheduled !== null) return { current: value, modified: scheduled, status: "WaitToEnable" };
  return {
    current: value,
    modified: knobs.settledTarget === "current" ? value : null,
    status: axis === "type" ? (knobs.settledTypeWord ?? knobs.settledWord) : knobs.settledWord,
  };
}

/** DescribeInstanceTypeStatus. */
export function typeStatus(world: World, machine: Machine, stale: boolean): Wire {
  const type = showAxis(world, machine, "type", stale);
  return {
    instanceId: machine.instanceId,
    instanceName: machine.instanceName,
    instanceType: type.current,
    modifiedInstanceType: type.modified,
    modifiedInstanceTypeStatus: type.status,
  };
}

/** DescribeInstanceInternetStatus. */
export function internetStatus(world: World, machine: Machine, stale: boolean): Wire {
  const bandwidth = showAxis(world, machine, "bandwidth", stale);
  const traffic = machine.trafficPackageSize === null ? null : showAxis(world, machine, "package", stale);
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
