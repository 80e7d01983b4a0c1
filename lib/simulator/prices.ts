// List prices and price objects (zenlayer-api 2.5, A.4). The bandwidth model and hourly rates are ASM. Pure.
import { currentValue } from "./axis";
import { type Catalogue, findModel, findVmType } from "./catalogue";
import { AXES, type Axis, type Machine } from "./types";

/** Per Mbps and month beyond the free bandwidth (ASM, from the sampled 4 for 1 Mbps). */
const BANDWIDTH_PRICE = 4;
/** Per TB and month beyond the free package. */
const PACKAGE_PRICE = 80;
/** Per unit of overage, never discounted. */
const OVERAGE_PRICE = 0.08;
/** Per GiB and month of a system disk (from the sampled 0.5 for 10 GiB). */
export const DISK_PRICE = 0.05;
/** A POSTPAID hour costs this part of a month (ASM). */
const HOURS_PER_PRICED_MONTH = 100;

export interface PriceObject {
  discount: number;
  originalPrice: number | null;
  discountPrice: number | null;
  unitPrice: number | null;
  discountUnitPrice: number | null;
  chargeUnit: string | null;
  stepPrices: { stepStart: number; stepEnd: number | null; unitPrice: number; discountUnitPrice: number }[] | null;
  amountUnit: string | null;
  excessUnitPrice: number | null;
  excessDiscountUnitPrice: number | null;
  excessAmountUnit: string | null;
  category: string | null;
}

export function roundMoney(amount: number): number {
  return Math.round((amount + Number.EPSILON) * 100) / 100;
}

function emptyPrice(discount: number): PriceObject {
  return {
    discount,
    originalPrice: null,
    discountPrice: null,
    unitPrice: null,
    discountUnitPrice: null,
    chargeUnit: null,
    stepPrices: null,
    amountUnit: null,
    excessUnitPrice: null,
    excessDiscountUnitPrice: null,
    excessAmountUnit: null,
    category: null,
  };
}

/** A price per month as PREPAID price of so many months, or as POSTPAID price of an hour. */
export function priceObject(listPrice: number, chargeType: string, months: number, discount: number): PriceObject {
  if (chargeType === "POSTPAID") {
    const unitPrice = Math.round((listPrice / HOURS_PER_PRICED_MONTH) * 10_000) / 10_000;
    const discountUnitPrice = Math.round(unitPrice * discount * 100) / 10_000;
    return { ...emptyPrice(discount), unitPrice, discountUnitPrice, chargeUnit: "HOUR" };
  }
  const originalPrice = roundMoney(listPrice * months);
  return { ...emptyPrice(discount), originalPrice, discountPrice: roundMoney((listPrice * months * discount) / 100) };
}

/** The second entry of a package answer: what traffic beyond the package costs. */
export function overagePrice(): PriceObject {
  return {
    ...emptyPrice(100),
    stepPrices: [{ stepStart: 0, stepEnd: null, unitPrice: OVERAGE_PRICE, discountUnitPrice: OVERAGE_PRICE }],
  };
}

export function bandwidthListPrice(bandwidth: number, freeBandwidth: number): number {
  return Math.max(0, bandwidth - freeBandwidth) * BANDWIDTH_PRICE;
}

export function packageListPrice(size: number, freePackage: number): number {
  return roundMoney(Math.max(0, size - freePackage) * PACKAGE_PRICE);
}

/** List price per month of one axis of a machine at a value; 0 where the axis is not billed. */
export function axisListPrice(
  catalogue: Catalogue,
  machine: Machine,
  axis: Axis,
  value: string | number | null,
): number {
  switch (axis) {
    case "type": {
      const find = machine.product === "vm" ? findVmType : findModel;
      return find(catalogue, String(value))?.listPrice ?? 0;
    }
    case "bandwidth": {
      if (machine.internetChargeType !== "ByBandwidth") return 0;
      // Unlimited (0) is priced as the machine's maximum (ASM).
      const bandwidth = Number(value) === 0 ? machine.maximumBandwidth : Number(value);
      return bandwidthListPrice(bandwidth, machine.product === "bmc" ? machine.freeBandwidth : 0);
    }
    case "package":
      if (machine.internetChargeType !== "ByTrafficPackage" || value === null) return 0;
      return packageListPrice(Number(value), machine.freeTrafficPackage);
  }
}

/** All disks of a virtual machine, per month. */
function diskListPrice(machine: Machine): number {
  if (machine.product === "bmc") return 0;
  const size = machine.dataDisks.reduce((total, { diskSize }) => total + diskSize, machine.systemDiskSize);
  return size * DISK_PRICE;
}

/** What a PREPAID machine pays for one more term with its values in force, or with those that are scheduled. Discounted. */
export function termPrice(
  catalogue: Catalogue,
  machine: Machine,
  values: "in force" | "scheduled",
  discount: number,
): number {
  const value = (axis: Axis): string | number | null =>
    (values === "scheduled" ? machine.axes[axis].scheduled?.target : undefined) ?? currentValue(machine, axis);
  const listPrice = AXES.reduce((sum, axis) => sum + axisListPrice(catalogue, machine, axis, value(axis)), 0);
  return roundMoney(((listPrice + diskListPrice(machine)) * (machine.period ?? 1) * discount) / 100);
}

/** How the difference of an increase is counted: over the days that are left, in months of thirty days, or in full. */
export type Proration = "thirtyDays" | "full";

const DAYS_PER_CHARGED_MONTH = 30;
const DAY = 86_400_000;

/**
 * What an increase charges at once (more-facts 1): (price then − price now) × months, where the service counts the months as
 * (expiration date − now) / 30, however many that are: a term that was renewed early, and a month of 31 days, make more than one
 * period. Prices are those of the inquiries, so discounted and rounded as they are.
 */
export function upgradeCharge(
  catalogue: Catalogue,
  machine: Machine,
  change: { readonly axis: Axis; readonly from: string | number | null; readonly to: string | number },
  terms: { readonly discount: number; readonly proration: Proration; readonly now: number },
): number {
  const period = machine.period ?? 1;
  const periodPrice = (value: string | number | null): number =>
    roundMoney((axisListPrice(catalogue, machine, change.axis, value) * period * terms.discount) / 100);
  const monthly = (periodPrice(change.to) - periodPrice(change.from)) / period;
  return Math.max(0, roundMoney(monthly * chargedMonths(machine, period, terms)));
}

/** A machine without an end has no days to count: it is charged in full (ASM). */
function chargedMonths(
  machine: Machine,
  period: number,
  terms: { readonly proration: Proration; readonly now: number },
): number {
  const end = Date.parse(machine.expiredTime ?? "");
  if (terms.proration === "full" || Number.isNaN(end)) return period;
  return Math.max(0, end - terms.now) / DAY / DAYS_PER_CHARGED_MONTH;
}
