// What is on sale: zones, VM types, BMC models and resources (zenlayer-api 2.2, 2.3).
import {
  type BmcModel,
  type BmcResource,
  findModel,
  findResource,
  findVmType,
  isOnSale,
  modelImages,
  modelRaids,
  totalDiskSize,
  type VmType,
  type Zone,
} from "../catalogue";
import { Refusal } from "../errors";
import { type Body, booleanOf, type Field, integersOf, numberOf, textOf, textsOf } from "../fields";
import { productNotFound } from "../rules";
import { modelObject } from "../shapes";
import type { Product } from "../types";
import type { World } from "../world";
import type { ActionDefinition } from "./action";

const CHARGE_TYPE: Field = { name: "instanceChargeType", type: "string", required: true };
const VM_INTERNET_CHARGE_TYPES = ["ByBandwidth", "ByTrafficPackage", "ByClusterBandwidth95", "BandwidthCluster"];

export const describeVmZones: ActionDefinition = {
  fields: [{ name: "zoneIds", type: "strings" }],
  run: ({ world, body }) => {
    const ids = textsOf(body, "zoneIds") ?? [];
    const zoneSet = zonesOf(world, "vm")
      .filter(({ zoneId }) => ids.length === 0 || ids.includes(zoneId))
      .map(({ zoneId, zoneName }) => ({
        zoneId,
        zoneName,
        supportSecurityGroup: true,
        // One text each, not a list: the Go SDK cannot decode a list.
        supportNetworkType: "VPC",
        supportIpv6: false,
        supportCpuPassThrough: true,
        networkLineType: "BGP",
      }));
    return { zoneSet };
  },
};

/** Names are English whatever `acceptLanguage` says (ASM). */
export const describeBmcZones: ActionDefinition = {
  fields: [
    { name: "acceptLanguage", type: "string" },
    { name: "isCloudRouterAvailable", type: "boolean" },
  ],
  run: ({ world, body }) => {
    const language = textOf(body, "acceptLanguage");
    if (language !== undefined && language !== "zh-CN" && language !== "en-US")
      throw new Refusal(400, "INVALID_PARAMETER_VALUE", "acceptLanguage must be zh-CN or en-US.");
    const wanted = booleanOf(body, "isCloudRouterAvailable");
    const zoneSet = zonesOf(world, "bmc")
      .map(({ zoneId, zoneName, isCloudRouterAvailable }) => ({
        zoneId,
        zoneName,
        cityName: zoneName.slice(0, -2),
        areaName: "sim",
        isCloudRouterAvailable: isCloudRouterAvailable ?? false,
        isByoipEnabled: false,
      }))
      .filter((zone) => wanted === undefined || zone.isCloudRouterAvailable === wanted);
    return { zoneSet };
  },
};

function zonesOf(world: World, product: Product): Zone[] {
  return world.catalogue.zones.filter((zone) => zone.products.includes(product));
}

export const describeZoneInstanceConfigInfos: ActionDefinition = {
  fields: [CHARGE_TYPE, { name: "zoneId", type: "string" }, { name: "instanceType", type: "string" }],
  run: ({ world, body }) => {
    checkChargeType(textOf(body, "instanceChargeType"));
    const zoneId = knownZone(world, textOf(body, "zoneId"), "vm");
    const wanted = textOf(body, "instanceType");
    const instanceTypeQuotaSet = Object.entries(world.catalogue.vmTypesOnSale)
      .filter(([zone]) => zoneId === undefined || zone === zoneId)
      .flatMap(([zone, types]) =>
        types.flatMap((instanceType) => {
          const type = findVmType(world.catalogue, instanceType);
          if (type === undefined || (wanted !== undefined && wanted !== instanceType)) return [];
          return [
            {
              zoneId: zone,
              instanceType,
              instanceTypeName: type.name,
              cpuCount: type.cpuCount,
              memory: type.memory,
              frequency: "2.5",
              internetMaxBandwidthOutLimit: type.bandwidthLimit,
              internetChargeTypes: VM_INTERNET_CHARGE_TYPES,
            },
          ];
        }),
      );
    return { instanceTypeQuotaSet };
  },
};

export const describeVmInventoryCapacity: ActionDefinition = {
  fields: [{ name: "zoneId", type: "string" }],
  run: ({ world, body }) => {
    const zoneId = knownZone(world, textOf(body, "zoneId"), "vm");
    const zones = Object.keys(world.catalogue.vmTypesOnSale).filter((zone) => zoneId === undefined || zone === zoneId);
    return { dataSet: zones.map((zone) => ({ zoneId: zone, capacity: "SUFFICIENT" })) };
  },
};

/** Lower and upper bounds that a model must keep. */
const MODEL_RANGES: readonly (readonly [string, "least" | "most", (model: BmcModel) => number])[] = [
  ["minimumCpuCoreCount", "least", (model) => model.cpuCoreCount],
  ["maximumCpuCoreCount", "most", (model) => model.cpuCoreCount],
  ["minimumMemorySize", "least", (model) => model.memorySize],
  ["maximumMemorySize", "most", (model) => model.memorySize],
  ["minimumDiskSize", "least", (model) => totalDiskSize(model)],
  ["maximumDiskSize", "most", (model) => totalDiskSize(model)],
  ["minimumBandwidth", "least", (model) => model.maximumBandwidth],
];

export const describeInstanceTypes: ActionDefinition = {
  fields: [
    { name: "instanceTypeIds", type: "strings", maximumItems: 100 },
    { name: "imageId", type: "string" },
    ...MODEL_RANGES.map(([name]): Field => ({ name, type: "integer" })),
    { name: "supportRaids", type: "integers" },
    { name: "supportSubnet", type: "boolean" },
    { name: "isHA", type: "boolean" },
  ],
  run: ({ world, body }) => {
    const models = world.catalogue.bmcModels.filter((model) => modelMatches(model, body));
    return { instanceTypes: models.map((model) => modelObject(world, model.instanceTypeId)) };
  },
};

function modelMatches(model: BmcModel, body: Body): boolean {
  const ids = textsOf(body, "instanceTypeIds") ?? [];
  const image = textOf(body, "imageId");
  const raids = integersOf(body, "supportRaids") ?? [];
  const flag = (name: string, value: boolean): boolean => [undefined, value].includes(booleanOf(body, name));
  return (
    (ids.length === 0 || ids.includes(model.instanceTypeId)) &&
    (image === undefined || modelImages(model).includes(image)) &&
    raids.every((raid) => modelRaids(model).includes(raid)) &&
    flag("supportSubnet", model.supportSubnet ?? true) &&
    flag("isHA", model.isHA ?? false) &&
    MODEL_RANGES.every(([name, kind, value]) => {
      const bound = numberOf(body, name);
      return bound === undefined || (kind === "least" ? value(model) >= bound : value(model) <= bound);
    })
  );
}

export const describeAvailableResources: ActionDefinition = {
  fields: [
    CHARGE_TYPE,
    { name: "instanceTypeId", type: "string" },
    { name: "zoneId", type: "string" },
    { name: "sellStatus", type: "string" },
  ],
  run: ({ world, body }) => {
    checkChargeType(textOf(body, "instanceChargeType"));
    const zoneId = knownZone(world, textOf(body, "zoneId"), "bmc");
    const model = textOf(body, "instanceTypeId");
    const sellStatus = textOf(body, "sellStatus");
    const availableResources = world.catalogue.bmcResources.filter(
      (entry) =>
        (zoneId === undefined || entry.zoneId === zoneId) &&
        (model === undefined || entry.instanceTypeId === model) &&
        (sellStatus === undefined || entry.sellStatus === sellStatus),
    );
    return { availableResources };
  },
};

export function checkChargeType(value: string | undefined): void {
  if (value === "PREPAID" || value === "POSTPAID") return;
  throw new Refusal(400, "INVALID_PARAMETER_VALUE", "instanceChargeType must be PREPAID or POSTPAID.");
}

export function knownZone(world: World, zoneId: string | undefined, product: Product): string | undefined {
  if (zoneId === undefined) return undefined;
  if (world.catalogue.zones.some((zone) => zone.zoneId === zoneId && zone.products.includes(product))) return zoneId;
  throw new Refusal(404, "INVALID_ZONE_NOT_FOUND", `The zone ${zoneId} does not exist.`);
}

/** What every purchase and every inquiry of its price names. */
export function purchaseFields(minimumBandwidth: 0 | 1): readonly Field[] {
  return [
    { name: "zoneId", type: "string", required: true },
    CHARGE_TYPE,
    { name: "internetChargeType", type: "string", required: true },
    { name: "instanceChargePrepaid", type: "object", inside: ["period"] },
    { name: "internetMaxBandwidthOut", type: "integer", minimum: minimumBandwidth },
    { name: "trafficPackageSize", type: "number", minimum: 0 },
  ];
}

/** A VM type that is sold in the zone. */
export function soldVmType(world: World, zoneId: string, instanceType: string): VmType {
  const type = findVmType(world.catalogue, instanceType);
  if (type === undefined) throw productNotFound(instanceType);
  if (!isOnSale(world.catalogue, zoneId, instanceType)) throw notSold(instanceType, zoneId);
  return type;
}

/** A BMC model that is sold in the zone, and how. */
export function soldModel(
  world: World,
  zoneId: string,
  instanceTypeId: string,
): { readonly model: BmcModel; readonly resource: BmcResource } {
  const model = findModel(world.catalogue, instanceTypeId);
  if (model === undefined)
    throw new Refusal(404, "INVALID_INSTANCE_TYPE_NOT_FOUND", `The instance type ${instanceTypeId} does not exist.`);
  const resource = findResource(world.catalogue, zoneId, instanceTypeId);
  if (resource === undefined || resource.sellStatus === "SOLD_OUT") throw notSold(instanceTypeId, zoneId);
  return { model, resource };
}

/** Mbps asked for, or one; refused beyond what the zone sells. */
export function soldBandwidth(resource: BmcResource, body: Body): number {
  const bandwidth = numberOf(body, "internetMaxBandwidthOut") ?? 1;
  if (bandwidth > resource.maximumBandwidthOut)
    throw new Refusal(400, "INVALID_INSTANCE_BANDWIDTH_ZONE_NO_SELL", `${bandwidth} Mbps is not sold there.`);
  return bandwidth;
}

function notSold(what: string, zoneId: string): Refusal {
  return new Refusal(400, "INVALID_INSTANCE_TYPE_ZONE_NO_SELL", `${what} is not sold in ${zoneId}.`);
}
