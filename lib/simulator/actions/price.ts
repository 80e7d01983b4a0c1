// The price inquiries (zenlayer-api 2.2, 2.3, 2.5): full-period prices of the whole target, never a difference.
import { Refusal } from "../errors";
import { type Body, type Field, numberOf, objectOf, textOf } from "../fields";
import {
  axisListPrice,
  bandwidthListPrice,
  DISK_PRICE,
  overagePrice,
  packageListPrice,
  type PriceObject,
  priceObject,
} from "../prices";
import { shapePrice, shapePrices } from "../price-shapes";
import { chargeTypeNotSupported, checkPackageSize } from "../rules";
import type { Machine, Product } from "../types";
import type { World } from "../world";
import { type ActionDefinition, INSTANCE_ID } from "./action";
import { checkChargeType, knownZone, purchaseFields, soldBandwidth, soldModel, soldVmType } from "./catalogue";
import { bandwidthField, PACKAGE_FIELD } from "./change";

export function inquiryPriceBandwidth(product: Product): ActionDefinition {
  const field = bandwidthField(product);
  return {
    product,
    fields: [INSTANCE_ID, { ...field, required: true }],
    run: ({ world, machine, body }) => {
      if (machine.internetChargeType !== "ByBandwidth") throw chargeTypeNotSupported(machine);
      const bandwidth = numberOf(body, field.name) ?? 0;
      if (bandwidth > machine.maximumBandwidth) {
        throw new Refusal(400, "INVALID_PARAMETER_BANDWIDTH_EXCEED", "The bandwidth is above the maximum.");
      }
      // A bare-metal machine gets a price only beyond its free bandwidth.
      if (product === "bmc" && bandwidth <= machine.freeBandwidth) return { bandwidthPrice: [] };
      const price = machinePrice(world, machine, axisListPrice(world.catalogue, machine, "bandwidth", bandwidth));
      const prices = shapePrices([price], world.knobs.prices);
      return { bandwidthPrice: world.knobs.bandwidthPriceAsObject ? (prices[0] ?? null) : prices };
    },
  };
}

export function inquiryPricePackage(product: Product): ActionDefinition {
  return {
    product,
    fields: [INSTANCE_ID, { ...PACKAGE_FIELD, required: true }],
    run: ({ world, machine, body }) => {
      if (machine.internetChargeType !== "ByTrafficPackage") throw chargeTypeNotSupported(machine);
      const size = numberOf(body, PACKAGE_FIELD.name) ?? 0;
      checkPackageSize(world, machine, size);
      const price = machinePrice(world, machine, packageListPrice(size, machine.freeTrafficPackage));
      return { trafficPackagePrice: shapePrices([price, overagePrice()], world.knobs.prices) };
    },
  };
}

const NEWER_CREATE_FIELDS: readonly Field[] = [
  { name: "instanceCount", type: "integer", required: true, minimum: 1 },
  { name: "instanceChargePostpaid", type: "object", inside: ["period"] },
];

/** `systemDisk` and `instanceCount` became required in 2026-04-01. */
export function inquiryPriceCreateVm(version: "2023-03-13" | "2026-04-01"): ActionDefinition {
  const required = version === "2026-04-01";
  return {
    fields: [
      ...purchaseFields(0),
      { name: "instanceType", type: "string", required: true },
      { name: "systemDisk", type: "object", required, inside: ["diskId", "diskSize", "diskCategory"] },
      { name: "imageId", type: "string" },
      { name: "dataDisks", type: "objects" },
      ...(required ? NEWER_CREATE_FIELDS : []),
    ],
    run: ({ world, body }) => {
      const purchase = readPurchase(world, body, "vm");
      const type = soldVmType(world, purchase.zoneId, textOf(body, "instanceType") ?? "");
      const diskSize = numberOf(objectOf(body, "systemDisk"), "diskSize") ?? 20;
      const bandwidth = numberOf(body, "internetMaxBandwidthOut") ?? 1;
      return {
        instancePrice: purchase.price(type.listPrice),
        bandwidthPrice: internetPrices(purchase, body, bandwidth, 0, 0),
        eipPrice: null,
        systemDiskPrice: purchase.price(diskSize * DISK_PRICE),
        dataDiskPrice: null,
        dataDiskPrices: [],
      };
    },
  };
}

export const inquiryPriceCreateBmc: ActionDefinition = {
  fields: [...purchaseFields(0), { name: "instanceTypeId", type: "string", required: true }],
  run: ({ world, body }) => {
    const purchase = readPurchase(world, body, "bmc");
    const { model, resource } = soldModel(world, purchase.zoneId, textOf(body, "instanceTypeId") ?? "");
    if (!resource.internetChargeTypes.includes(purchase.internetChargeType)) {
      throw new Refusal(400, "INVALID_CHARGE_TYPE_NOT_SUPPORT", `${purchase.internetChargeType} is not sold there.`);
    }
    const bandwidth = soldBandwidth(resource, body);
    const { defaultBandwidthOut, defaultTrafficPackageSize } = resource;
    return {
      instancePrice: purchase.price(model.listPrice),
      bandwidthPrice: internetPrices(purchase, body, bandwidth, defaultBandwidthOut, defaultTrafficPackageSize),
      // The first address comes with the machine (ASM).
      primaryIpPrice: purchase.price(0),
    };
  },
};

interface Purchase {
  readonly zoneId: string;
  readonly internetChargeType: string;
  /** A price that stands alone. */
  price(listPrice: number): PriceObject | null;
  /** A price list of one price, and what follows it. */
  prices(listPrice: number, ...others: readonly PriceObject[]): PriceObject[];
}

function readPurchase(world: World, body: Body, product: Product): Purchase {
  const chargeType = textOf(body, "instanceChargeType") ?? "";
  checkChargeType(chargeType);
  const zoneId = knownZone(world, textOf(body, "zoneId"), product) ?? "";
  const period = numberOf(objectOf(body, "instanceChargePrepaid"), "period");
  if (chargeType === "PREPAID" && period === undefined) {
    throw new Refusal(400, "MISSING_PARAMETER", "instanceChargePrepaid.period is required with PREPAID.");
  }
  const price = (listPrice: number): PriceObject =>
    priceObject(listPrice, chargeType, period ?? 1, world.knobs.discount);
  return {
    zoneId,
    internetChargeType: textOf(body, "internetChargeType") ?? "",
    price: (listPrice) => shapePrice(price(listPrice), world.knobs.prices),
    prices: (listPrice, ...others) => shapePrices([price(listPrice), ...others], world.knobs.prices),
  };
}

function internetPrices(
  purchase: Purchase,
  body: Body,
  bandwidth: number,
  freeBandwidth: number,
  freePackage: number,
): PriceObject[] {
  switch (purchase.internetChargeType) {
    case "ByBandwidth":
      return purchase.prices(bandwidthListPrice(bandwidth, freeBandwidth));
    case "ByTrafficPackage":
      return purchase.prices(
        packageListPrice(numberOf(body, "trafficPackageSize") ?? freePackage, freePackage),
        overagePrice(),
      );
    default:
      return [];
  }
}

function machinePrice(world: World, machine: Machine, listPrice: number): PriceObject {
  return priceObject(listPrice, machine.instanceChargeType, machine.period ?? 1, world.knobs.discount);
}
