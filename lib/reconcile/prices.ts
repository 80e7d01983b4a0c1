// What a value of an axis costs, for quotes and for what a change charges.

import type { CallOptions, Instance, Price, ZenlayerClient } from "../api";
import type { Axis, AxisValue } from "../engine";
import { isRefusal, inquireType } from "./facts";
import { CURRENCY, quotedPrice } from "./quoted-price";

/** Price of one value of one axis. `price` and `listPrice` are null together with a `reason`. */
export interface AxisPrice {
  readonly axis: Axis;
  readonly value: AxisValue;
  readonly listPrice: number | null;
  /** After discount, for the full period (PREPAID) or per unit of time (POSTPAID). */
  readonly price: number | null;
  /** Whether Zenlayer told the price after discount; a price before it must not be held against one after it. */
  readonly discounted: boolean;
  readonly currency: string;
  /** `PERIOD` (the whole subscription period of a PREPAID machine), or `HOUR`, `DAY` or `MONTH`. */
  readonly unit: string | null;
  /** True where Zenlayer has no inquiry action for the change itself. */
  readonly estimated: boolean;
  readonly reason: string | null;
  /** When Zenlayer named the price, ms since 1970; null where it did not. */
  readonly askedAt: number | null;
}

export interface PriceOptions extends CallOptions {
  /** Mbps that cost nothing, of a bare-metal machine. Zenlayer quotes no price for them. */
  readonly freeBandwidth?: number | undefined;
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
  options: PriceOptions = {},
): Promise<AxisPrice> {
  const { freeBandwidth, ...call } = options;
  if (axis === "internet_max_bandwidth_out") {
    if (value === 0) return unpriced(axis, value, "Zenlayer has no price for unlimited bandwidth");
    if (instance.internetChargeType !== "ByBandwidth")
      return unpriced(axis, value, `bandwidth is not billed on a ${instance.internetChargeType} machine`);
    if (freeBandwidth !== undefined && Number(value) <= freeBandwidth) return free(instance, axis, value);
  }
  if (axis === "traffic_package_size" && instance.internetChargeType !== "ByTrafficPackage")
    return unpriced(axis, value, `a ${instance.internetChargeType} machine has no traffic package`);
  if (instance.instanceChargeType === "PREPAID" && periodOf(instance) === null)
    return unpriced(axis, value, "Zenlayer does not tell the machine's subscription period");
  try {
    const price = quotedPrice(await inquire(client, instance, axis, value, call), instance);
    if (!price.known) return unpriced(axis, value, price.reason);
    const { known: _known, ...amounts } = price;
    return { axis, value, ...amounts, estimated: axis === "instance_type", reason: null };
  } catch (error) {
    if (options.signal?.aborted) return unpriced(axis, value, "interrupted");
    const code = error !== null && typeof error === "object" && "code" in error ? String(error.code) : "INTERNAL_ERROR";
    return unpriced(
      axis,
      value,
      isRefusal(error) ? `Zenlayer refused the inquiry (${code})` : `the inquiry failed (${code})`,
    );
  }
}

/** Months of the subscription period; null where it makes none. */
export function periodOf({ period }: Pick<Instance, "period">): number | null {
  // Stryker disable next-line ConditionalExpression: null is no integer either.
  return period !== null && Number.isInteger(period) && period > 0 ? period : null;
}

/** A value without a price, and why. */
export function unpriced(axis: Axis, value: AxisValue, reason: string): AxisPrice {
  const none = { listPrice: null, price: null, discounted: true, currency: CURRENCY, unit: null, askedAt: null };
  return { axis, value, ...none, estimated: axis === "instance_type", reason };
}

function free({ instanceChargeType }: Instance, axis: Axis, value: AxisValue): AxisPrice {
  const unit = instanceChargeType === "POSTPAID" ? null : "PERIOD";
  return {
    axis,
    value,
    listPrice: 0,
    price: 0,
    discounted: true,
    currency: CURRENCY,
    unit,
    estimated: false,
    reason: null,
    askedAt: null,
  };
}

function inquire(
  client: ZenlayerClient,
  instance: Instance,
  axis: Axis,
  value: AxisValue,
  options: CallOptions,
): Promise<readonly Price[]> {
  const api = client[instance.product];
  switch (axis) {
    case "instance_type":
      return inquireType(client, instance, String(value), options);
    case "internet_max_bandwidth_out":
      return api.inquiryPriceBandwidth(instance.instanceId, Number(value), options);
    case "traffic_package_size":
      return api.inquiryPriceTrafficPackage(instance.instanceId, Number(value), options);
  }
}
