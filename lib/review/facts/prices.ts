// Prices from the quote data sources of a plan, and what a change costs by them. What is not known stays unknown, never 0.
import type { Charge } from "../../engine";
import type { PriceFact } from "./facts";
import { at, flagAt, numberAt, objectsOf, scalarText, textAt } from "../input/json";
import type { Plan } from "../input/plan";
import { isSensitive } from "./sensitive";

export interface Price {
  readonly amount: number | null;
  readonly currency: string | null;
  readonly unit: string | null;
  readonly periodMonths: number | null;
  readonly estimated: boolean;
  readonly reason: string | null;
}

/** Price of one value of one axis of one machine; null when the plan has no quote of it. */
export type Prices = (product: string, instanceId: string | null, axis: string, value: string | null) => Price | null;

const QUOTES: Readonly<Record<string, string>> = {
  zenlayer_vm_spec_quote: "vm",
  zenlayer_bmc_traffic_package_quote: "bmc",
  zenlayer_bmc_bandwidth_quote: "bmc",
};

/** What a month has, by unit; the conversions of hours and days are averages of a year. */
const UNITS_A_MONTH: Readonly<Record<string, number>> = { MONTH: 1, DAY: 365 / 12, HOUR: 730 };

export function pricesOf(plan: Plan): Prices {
  const known = new Map<string, Price>();
  for (const quote of plan.prior) {
    const product = QUOTES[quote.type];
    const instanceId = textAt(quote.values, "instance_id");
    if (quote.mode !== "data" || product === undefined || instanceId === null) continue;
    if (isSensitive(quote.sensitive, "prices") || isSensitive(quote.sensitive, "current_prices")) continue;
    for (const list of ["current_prices", "prices"]) {
      for (const item of objectsOf(at(quote.values, list))) {
        const key = keyOf(product, instanceId, textAt(item, "axis") ?? "", scalarText(item["value"]));
        const price: Price = {
          amount: numberAt(item, "price"),
          currency: textAt(item, "currency"),
          unit: textAt(item, "unit"),
          periodMonths: numberAt(quote.values, "period"),
          estimated: flagAt(item, "estimated") ?? false,
          reason: textAt(item, "reason"),
        };
        const before = known.get(key);
        // The same value may stand in several quotes; one that has a price wins.
        if (before === undefined || before.amount === null) known.set(key, price);
      }
    }
  }
  return (product, instanceId, axis, value) =>
    instanceId === null || value === null ? null : (known.get(keyOf(product, instanceId, axis, value)) ?? null);
}

/** What going from one price to another costs, under the charge that the plan predicts. */
export function priceOfChange(from: Price | null, to: Price | null, charge: Charge): PriceFact {
  const base = {
    from: from?.amount ?? null,
    to: to?.amount ?? null,
    unit: to?.unit ?? from?.unit ?? null,
    period_months: to?.periodMonths ?? from?.periodMonths ?? null,
    currency: to?.currency ?? from?.currency ?? null,
  };
  const free = charge === "none" || charge === "usage_based";
  const gap = unknownReason(from, to);
  if (gap !== null || base.from === null || base.to === null) {
    return { ...base, source: "unknown", reason: gap, charged_now: free ? 0 : null, monthly_difference: null };
  }
  const difference = base.to - base.from;
  const months = monthsFactor(base.unit, base.period_months);
  const estimate = estimateReason(from, to, base.unit);
  return {
    ...base,
    source: estimate === null ? "quote" : "estimate",
    reason: months === null ? "the length of the billing period is not known" : estimate,
    // Only the price of a full period bounds what a subscription is charged at once.
    charged_now: free ? 0 : base.unit === "PERIOD" ? rounded(Math.max(0, difference)) : null,
    monthly_difference: months === null ? null : rounded(difference * months),
  };
}

/** Rounds away what binary fractions add; prices have at most four decimals. */
export function rounded(amount: number): number {
  return Math.round(amount * 10_000) / 10_000 + 0;
}

function estimateReason(from: Price | null, to: Price | null, unit: string | null): string | null {
  if (from?.estimated === true || to?.estimated === true) {
    return "worked out from other prices; Zenlayer has no inquiry for it";
  }
  if (unit === "HOUR") return "a price per hour, taken 730 times";
  return unit === "DAY" ? "a price per day, taken 30.4 times" : null;
}

/** How many of a price's units make a month; null when unknown. */
function monthsFactor(unit: string | null, periodMonths: number | null): number | null {
  if (unit === "PERIOD") return periodMonths !== null && periodMonths > 0 ? 1 / periodMonths : null;
  return unit === null ? null : (UNITS_A_MONTH[unit] ?? null);
}

function unknownReason(from: Price | null, to: Price | null): string | null {
  if (from === null && to === null) return "the plan has no quote for it";
  if (to === null) return "the plan has no quote of the new value";
  if (from === null) return "the plan has no quote of the old value";
  if (to.amount === null) return to.reason ?? "the quote has no price of the new value";
  if (from.amount === null) return from.reason ?? "the quote has no price of the old value";
  if (from.currency !== to.currency || from.unit !== to.unit) return "the old and the new price have different units";
  if (to.unit !== "PERIOD" && monthsFactor(to.unit, null) === null) return "the unit of the price is not known";
  return null;
}

function keyOf(product: string, instanceId: string, axis: string, value: string | null): string {
  const number = axis === "instance_type" || value === null || value === "" ? Number.NaN : Number(value);
  return JSON.stringify([product, instanceId, axis, Number.isNaN(number) ? value : number]);
}
