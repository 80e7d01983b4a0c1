// What a value of an axis costs for the full period, and the upper bound of what a plan may charge now.

import { isRefusal, inquireType } from "./facts";
import type { CallOptions, Instance, Price, ZenlayerClient } from "../api";
import { mayCharge, type Axis, type AxisValue, type Step } from "../engine";

/**
 * 1 unit of account is 1 USD (the console calls it zenPoint).
 * No action of the API names a currency (zenlayer-api 2.4).
 */
export const CURRENCY = "USD";

/** Price of one value of one axis. `price` and `listPrice` are null together with a `reason`. */
export interface AxisPrice {
  readonly axis: Axis;
  readonly value: AxisValue;
  readonly listPrice: number | null;
  /** After discount, for the full period (PREPAID) or per unit of time (POSTPAID). */
  readonly price: number | null;
  /** `PERIOD` (the whole subscription period of a PREPAID machine), or `HOUR`, `DAY` or `MONTH`. */
  readonly unit: string | null;
  /** True where Zenlayer has no inquiry action for the change itself. */
  readonly estimated: boolean;
  readonly reason: string | null;
}

/**
 * Never throws: a price that cannot be had is null with a reason.
 *
 * VM type: InquiryPriceCreateInstance (an estimate: there is no inquiry for a type change). Bandwidth:
 * InquiryPriceInstanceBandwidth. Package: InquiryPriceInstanceTrafficPackage.
 */
export async function priceOf(
  client: ZenlayerClient,
  instance: Instance,
  axis: Axis,
  value: AxisValue,
  options: CallOptions & { readonly freeBandwidth?: number | undefined } = {},
): Promise<AxisPrice> {
  const unpriced = (reason: string): AxisPrice => ({
    axis,
    value,
    listPrice: null,
    price: null,
    unit: null,
    estimated: axis === "instance_type",
    reason,
  });
  const { freeBandwidth, ...call } = options;
  if (axis === "internet_max_bandwidth_out") {
    if (value === 0) return unpriced("Zenlayer has no price for unlimited bandwidth");
    if (instance.internetChargeType !== "ByBandwidth")
      return unpriced(`bandwidth is not billed on a ${instance.internetChargeType} machine`);
    if (freeBandwidth !== undefined && Number(value) <= freeBandwidth) return free(instance, axis, value);
  }
  if (axis === "traffic_package_size" && instance.internetChargeType !== "ByTrafficPackage")
    return unpriced(`a ${instance.internetChargeType} machine has no traffic package`);
  try {
    const price = await inquire(client, instance, axis, value, call);
    const amount = price?.discountPrice ?? price?.discountUnitPrice ?? price?.originalPrice ?? price?.unitPrice ?? null;
    if (price === null || amount === null) return unpriced("Zenlayer returned no price");
    return {
      axis,
      value,
      listPrice: price.originalPrice ?? price.unitPrice ?? null,
      price: amount,
      unit: unitOf(instance, price),
      estimated: axis === "instance_type",
      reason: null,
    };
  } catch (error) {
    if (options.signal?.aborted) return unpriced("interrupted");
    const code = error !== null && typeof error === "object" && "code" in error ? String(error.code) : "INTERNAL_ERROR";
    return unpriced(isRefusal(error) ? `Zenlayer refused the inquiry (${code})` : `the inquiry failed (${code})`);
  }
}

function free(instance: Instance, axis: Axis, value: AxisValue): AxisPrice {
  return { axis, value, listPrice: 0, price: 0, unit: unitOf(instance, null), estimated: false, reason: null };
}

async function inquire(
  client: ZenlayerClient,
  instance: Instance,
  axis: Axis,
  value: AxisValue,
  options: CallOptions,
): Promise<Price | null> {
  const api = client[instance.product];
  switch (axis) {
    case "instance_type":
      return inquireType(client, instance, String(value), options);
    case "internet_max_bandwidth_out":
      return first(await api.inquiryPriceBandwidth(instance.instanceId, Number(value), options));
    case "traffic_package_size":
      return first(await api.inquiryPriceTrafficPackage(instance.instanceId, Number(value), options));
  }
}

/** The answer may carry the overage tiers as a further entry: the price of the value itself is the first that has an amount. */
function first(prices: readonly Price[]): Price | null {
  return (
    prices.find((price) => price.originalPrice !== null || price.discountPrice !== null || price.unitPrice !== null) ??
    null
  );
}

function unitOf(instance: Instance, price: Price | null): string | null {
  return instance.instanceChargeType === "POSTPAID" ? (price?.chargeUnit ?? null) : "PERIOD";
}

/** What a plan may charge now, at most. */
export type ImmediateCharge =
  { readonly known: true; readonly amount: number } | { readonly known: false; readonly reason: string };

/**
 * The sum over the calls that may charge of price(target) − price(current), never below 0: an upper bound whatever proration
 * applies. Calls that charge nothing now, or by usage, count 0 and need no price.
 */
export async function immediateCharge(
  client: ZenlayerClient,
  instance: Instance,
  steps: readonly Step[],
  options: CallOptions & { readonly freeBandwidth?: number | undefined } = {},
): Promise<ImmediateCharge> {
  const charging = steps.filter(mayCharge);
  const parts = await Promise.all(
    charging.map(async (step) => {
      if (step.from === null) return `the present value of ${step.axis} is not known`;
      const [target, current] = await Promise.all([
        priceOf(client, instance, step.axis, step.to, options),
        priceOf(client, instance, step.axis, step.from, options),
      ]);
      if (target.price === null) return `${step.axis} ${step.to}: ${target.reason}`;
      if (current.price === null) return `${step.axis} ${step.from}: ${current.reason}`;
      return Math.max(0, target.price - current.price);
    }),
  );
  const reasons = parts.filter((part) => typeof part === "string");
  if (reasons.length > 0) return { known: false, reason: reasons.join("; ") };
  const amount = parts.reduce<number>((sum, part) => sum + Number(part), 0);
  return { known: true, amount: Math.round(amount * 1e6) / 1e6 };
}
