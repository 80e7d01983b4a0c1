// Wire objects of machines, their changes and the catalogue → the words of types.ts.
import { textOf } from "./answer";
import type { JsonObject } from "./answer";
import { booleanOf, looseNumberOf, numberOf, objectOf, objectsOf, requiredText, textsOf, Unreadable } from "./decode";
import type {
  AvailableResource,
  ChangeStatus,
  Instance,
  InstanceTypeQuota,
  InternetStatus,
  Product,
  TypeStatus,
} from "./types";

export function decodeInstance(product: Product, entry: JsonObject): Instance {
  const text = (key: string): string => textOf(entry, key) ?? "";
  const model = objectOf(entry, "instanceType") ?? {};
  const vm = product === "vm";
  return {
    product,
    instanceId: requiredText(entry, "instanceId"),
    instanceName: text("instanceName"),
    zoneId: text("zoneId"),
    instanceType: vm
      ? text("instanceType")
      : (textOf(entry, "instanceTypeId") ?? textOf(model, "instanceTypeId") ?? ""),
    instanceStatus: text("instanceStatus"),
    instanceChargeType: text("instanceChargeType"),
    internetChargeType: text("internetChargeType"),
    bandwidth: numberOf(entry, vm ? "internetMaxBandwidthOut" : "bandwidthOutMbps"),
    trafficPackageSize: numberOf(entry, "trafficPackageSize"),
    period: looseNumberOf(entry, "period"),
    expiredTime: textOf(entry, "expiredTime"),
    autoRenew: booleanOf(entry, "autoRenew"),
    resourceGroupId: textOf(entry, "resourceGroupId"),
    resourceGroupName: textOf(entry, "resourceGroupName"),
    systemDiskSize: vm ? looseNumberOf(objectOf(entry, "systemDisk") ?? {}, "diskSize") : null,
    maximumBandwidth: vm ? null : looseNumberOf(model, "maximumBandwidth"),
    cpuCount: vm ? looseNumberOf(entry, "cpuCount") : looseNumberOf(model, "cpuCoreCount"),
    memory: vm ? looseNumberOf(entry, "memory") : looseNumberOf(model, "memorySize"),
    tags: decodeTags(entry),
  };
}

/** `{"tags":{"tags":[…]}}` as the service nests it, or the list alone. */
function decodeTags(entry: JsonObject): Instance["tags"] {
  const nested = objectOf(entry, "tags");
  return objectsOf(nested ?? entry, "tags").flatMap((tag) => {
    const key = textOf(tag, "key");
    return key === null ? [] : [{ key, value: textOf(tag, "value") ?? "" }];
  });
}

export function decodeTypeStatus(instanceId: string, response: JsonObject): TypeStatus {
  return {
    instanceId: sameMachine(instanceId, response),
    instanceName: textOf(response, "instanceName"),
    instanceType: textOf(response, "instanceType"),
    modifiedInstanceType: textOf(response, "modifiedInstanceType"),
    status: changeStatus(response, "modifiedInstanceTypeStatus"),
  };
}

export function decodeInternetStatus(instanceId: string, response: JsonObject): InternetStatus {
  return {
    instanceId: sameMachine(instanceId, response),
    instanceName: textOf(response, "instanceName"),
    bandwidth: numberOf(response, "internetMaxBandwidthOut"),
    modifiedBandwidth: numberOf(response, "modifiedInternetMaxBandwidthOut"),
    bandwidthStatus: changeStatus(response, "modifiedBandwidthStatus"),
    trafficPackageSize: numberOf(response, "trafficPackageSize"),
    modifiedTrafficPackageSize: numberOf(response, "modifiedTrafficPackageSize"),
    trafficPackageStatus: changeStatus(response, "modifiedTrafficPackageStatus"),
  };
}

export function decodeInstanceType(entry: JsonObject): InstanceTypeQuota {
  const limit = looseNumberOf(entry, "internetMaxBandwidthOutLimit");
  return {
    zoneId: textOf(entry, "zoneId") ?? "",
    instanceType: requiredText(entry, "instanceType"),
    instanceTypeName: textOf(entry, "instanceTypeName"),
    cpuCount: looseNumberOf(entry, "cpuCount"),
    memory: looseNumberOf(entry, "memory"),
    bandwidthLimit: limit !== null && limit >= 0 ? limit : null,
    internetChargeTypes: textsOf(entry, "internetChargeTypes"),
  };
}

export function decodeAvailableResource(entry: JsonObject): AvailableResource {
  return {
    zoneId: textOf(entry, "zoneId") ?? "",
    instanceTypeId: requiredText(entry, "instanceTypeId"),
    // An older sample names the field `status`.
    sellStatus: textOf(entry, "sellStatus") ?? textOf(entry, "status"),
    internetChargeTypes: textsOf(entry, "internetChargeTypes"),
    maximumBandwidth: looseNumberOf(entry, "maximumBandwidthOut"),
    defaultBandwidth: looseNumberOf(entry, "defaultBandwidthOut"),
    defaultTrafficPackageSize: looseNumberOf(entry, "defaultTrafficPackageSize"),
  };
}

/** An answer about another machine, or about none, is worse than no answer: read as "settled" it would order again. */
function sameMachine(instanceId: string, response: JsonObject): string {
  const answered = textOf(response, "instanceId");
  if (answered !== null && answered !== instanceId) throw new Unreadable("it is about another machine");
  const silent = STATUS_FIELDS.every((field) => (response[field] ?? "") === "");
  if (answered === null && silent) throw new Unreadable("it says nothing of the machine");
  return instanceId;
}

const STATUS_FIELDS = [
  "instanceType",
  "modifiedInstanceTypeStatus",
  "internetMaxBandwidthOut",
  "modifiedBandwidthStatus",
  "trafficPackageSize",
  "modifiedTrafficPackageStatus",
];

function changeStatus(response: JsonObject, key: string): ChangeStatus {
  switch (textOf(response, key)?.toLowerCase()) {
    case "processing":
    case "process":
      return "processing";
    case "waittoenable":
      return "scheduled";
    default:
      return "settled";
  }
}
