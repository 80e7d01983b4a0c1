// What is on sale: zones, VM types, BMC models and resources (zenlayer-api 2.2, 2.3).
import { findVmType } from "../catalogue";
import { Refusal } from "../errors";
import { type Field, numberOf, textOf, textsOf } from "../fields";
import { modelObject } from "../shapes";
import type { Product } from "../types";
import type { World } from "../world";
import type { ActionDefinition } from "./action";

const CHARGE_TYPE: Field = { name: "instanceChargeType", type: "string", required: true };
const VM_INTERNET_CHARGE_TYPES = ["ByBandwidth", "ByTrafficPackage", "ByClusterBandwidth95", "BandwidthCluster"];

export function describeZones(product: Product): ActionDefinition {
  return {
    fields: [
      { name: "zoneIds", type: "strings" },
      { name: "acceptLanguage", type: "string" },
      { name: "isCloudRouterAvailable", type: "boolean" },
    ],
    run: ({ world, body }) => {
      const ids = textsOf(body, "zoneIds");
      const zones = world.catalogue.zones.filter(
        (zone) =>
          zone.products.includes(product) && (ids === undefined || ids.length === 0 || ids.includes(zone.zoneId)),
      );
      const zoneSet = zones.map(({ zoneId, zoneName }) =>
        product === "vm"
          ? {
              zoneId,
              zoneName,
              supportSecurityGroup: true,
              supportNetworkType: ["VPC"],
              supportIpv6: false,
              supportCpuPassThrough: true,
              networkLineType: ["BGP"],
            }
          : {
              zoneId,
              zoneName,
              cityName: zoneName.slice(0, -2),
              areaName: "sim",
              isCloudRouterAvailable: true,
              isByoipEnabled: false,
            },
      );
      return { zoneSet };
    },
  };
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

export const describeInstanceTypes: ActionDefinition = {
  fields: [
    { name: "instanceTypeIds", type: "strings", maximumItems: 100 },
    { name: "imageId", type: "string" },
    { name: "minimumBandwidth", type: "number" },
  ],
  run: ({ world, body }) => {
    const ids = textsOf(body, "instanceTypeIds") ?? [];
    const models = world.catalogue.bmcModels.filter(
      (model) =>
        (ids.length === 0 || ids.includes(model.instanceTypeId)) &&
        model.maximumBandwidth >= (numberOf(body, "minimumBandwidth") ?? 0),
    );
    return { instanceTypes: models.map((model) => modelObject(world, model.instanceTypeId)) };
  },
};

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
