// Prices from the quote data sources of a plan, and what a change costs by them. What is not known stays unknown, never 0.
import { chargeOf, daysLeft, type Charge, type Direction, type TakesEffect } from "../../engine";
import { kindOfQuote } from "../../schema";
import { at, flagAt, numberAt, objectsOf, scalarText, textAt } from "../input/json";
import type { Plan } from "../input/plan";
import type { MachineFact, PriceFact } from "./facts";
import { isSensitive } from "./sensitive";

export interface Price {
  readonly amount: number | null;
  readonly currency: string | null;
  readonly unit: string | null;
  readonly periodMonths: number | null;
  readonly estimated: boolean;
  readonly reason: string | null;
  /** End of the billing cycle as the quote saw it, and when it was asked; null where the quote does not say. */
  readonly expiredTime: string | null;
  readonly askedAt: string | null;
}

/** The part of a price that says what it comes to a month. */
type Rate = Pick<Price, "amount" | "unit" | "periodMonths" | "estimated" | "reason">;

/** Price of one value of one axis of one machine; null when the plan has no quote of it. */
export type Prices = (product: string, instanceId: string | null, axis: string, value: string | null) => Price | null;

/** A call whose price is asked for. */
export interface PricedCall {
  readonly direction: Direction;
  readonly takesEffect: TakesEffect;
  readonly charge: Charge;
  readonly machine: Pick<MachineFact, "expired_time" | "auto_renew">;
  /** When the plan was made, for quotes that do not say when they were asked. */
  readonly plannedAt: string | null;
}

/** What a month has, by unit; the conversions of hours and days are averages of a year. */
const UNITS_A_MONTH: Readonly<Record<string, number>> = { MONTH: 1, DAY: 365 / 12, HOUR: 730 };

const NOT_BILLED = "the machine is not billed by it";
const NEVER = "the subscription is not renewed, so it never takes effect";

export function pricesOf(plan: Plan): Prices {
  const known = new Map<string, Price>();
  for (const quote of plan.prior) {
    const product = kindOfQuote(quote.type)?.product;
    const instanceId = textAt(quote.values, "instance_id");
    if (quote.mode !== "data" || product === undefined || instanceId === null) continue;
    const lists = ["current_prices", "committed_prices", "prices"];
    if (lists.some((list) => isSensitive(quote.sensitive, list))) continue;
    for (const list of lists) {
      for (const item of objectsOf(at(quote.values, list))) {
        const key = keyOf(product, instanceId, textAt(item, "axis") ?? "", scalarText(item["value"]));
        const price: Price = {
          amount: numberAt(item, "price"),
          currency: textAt(item, "currency"),
          unit: textAt(item, "unit"),
          periodMonths: numberAt(quote.values, "period"),
          estimated: flagAt(item, "estimated") ?? false,
          reason: textAt(item, "reason"),
          expiredTime: textAt(quote.values, "expired_time"),
          askedAt: textAt(quote.values, "asked_at"),
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

/** What going from one price to another costs. */
export function priceOfChange(from: Price | null, to: Price | null, call: PricedCall): PriceFact {
  const base = {
    from: from?.amount ?? null,
    to: to?.amount ?? null,
    unit: to?.unit ?? from?.unit ?? null,
    period_months: to?.periodMonths ?? from?.periodMonths ?? null,
    currency: to?.currency ?? from?.currency ?? null,
  };
  const free = call.charge === "none" || call.charge === "usage_based";
  const nothing = { charged_now: 0, charged_about: 0 };
  const unknown = { charged_now: null, charged_about: null };
  if (isNotBilled(call) || isUnbilled(from) || isUnbilled(to)) {
    return { ...base, source: "not_billed", reason: NOT_BILLED, ...nothing, monthly_difference: 0 };
  }
  const never = neverTakesEffect(call);
  const gap = unknownReason(from, to);
  if (gap !== null || base.from === null || base.to === null) {
    const reason = never ? NEVER : gap;
    return { ...base, source: "unknown", reason, ...(free ? nothing : unknown), monthly_difference: never ? 0 : null };
  }
  const monthly = monthlyFactor(base.unit, base.period_months);
  const difference = monthly === null ? null : (base.to - base.from) * monthly;
  const charged = free ? nothing : (chargedNow(difference, base, to, call) ?? unknown);
  const estimate = estimateReason(from, to, base.unit);
  return {
    ...base,
    source: estimate === null ? "quote" : "estimate",
    reason: never ? NEVER : (openReason(charged, monthly, call) ?? estimate),
    ...charged,
    monthly_difference: never ? 0 : difference === null ? null : rounded(difference),
  };
}

/** Price a month, and whether it was worked out or converted; null when it is not known. */
export function monthlyPrice(price: Rate | null): { readonly amount: number; readonly estimated: boolean } | null {
  if (price === null) return null;
  if (isUnbilled(price)) return { amount: 0, estimated: false };
  const monthly = monthlyFactor(price.unit, price.periodMonths);
  if (price.amount === null || monthly === null) return null;
  return { amount: rounded(price.amount * monthly), estimated: estimateReason(price, price, price.unit) !== null };
}

/** Without renewal a machine ends at the moment at which its scheduled change would take effect. */
export function neverTakesEffect({
  direction,
  takesEffect,
  machine,
}: Pick<PricedCall, "direction" | "takesEffect" | "machine">): boolean {
  return machine.auto_renew === false && (takesEffect === "next_billing_cycle" || direction === "cancel");
}

/** Rounds away what binary fractions add; prices have at most four decimals. */
export function rounded(amount: number): number {
  return Math.round(amount * 10_000) / 10_000 + 0;
}

/** Only the price of a full period says what a subscription is charged at once; what a lateral change charges nobody but Zenlayer knows. */
function chargedNow(
  difference: number | null,
  base: Pick<PriceFact, "unit" | "period_months">,
  to: Price | null,
  call: PricedCall,
): Pick<PriceFact, "charged_now" | "charged_about"> | null {
  if (call.charge === "unknown" || difference === null || base.unit !== "PERIOD" || base.period_months === null) {
    return null;
  }
  const asked = to?.askedAt ?? call.plannedAt;
  const days = daysLeft(to?.expiredTime ?? call.machine.expired_time, asked === null ? Number.NaN : Date.parse(asked));
  if (days === null) return null;
  const { about, atMost } = chargeOf({
    monthlyDifference: difference,
    periodMonths: base.period_months,
    daysLeft: days,
  });
  return { charged_now: rounded(atMost), charged_about: rounded(about) };
}

function openReason(charged: Pick<PriceFact, "charged_now">, monthly: number | null, call: PricedCall): string | null {
  if (call.charge === "unknown") return "what a lateral change charges is decided by Zenlayer";
  if (monthly === null) return "the length of the billing period is not known";
  return charged.charged_now === null ? "the end of the billing period is not known" : null;
}

/** The rows of the API for what costs nothing: at once, and free, although it is no cancel. */
function isNotBilled({ charge, takesEffect, direction }: PricedCall): boolean {
  return charge === "none" && takesEffect === "immediately" && direction !== "cancel";
}

/** By the words of the quote. */
function isUnbilled(price: Rate | null): boolean {
  return price !== null && price.amount === null && /\bnot billed\b/.test(price.reason ?? "");
}

function estimateReason(from: Rate | null, to: Rate | null, unit: string | null): string | null {
  if (from?.estimated === true || to?.estimated === true) {
    return "worked out from other prices; Zenlayer has no inquiry for it";
  }
  if (unit === "HOUR") return "a price per hour, taken 730 times";
  return unit === "DAY" ? "a price per day, taken 30.4 times" : null;
}

/** How many of a price's units make a month; null when unknown. */
function monthlyFactor(unit: string | null, periodMonths: number | null): number | null {
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
  if (to.unit !== "PERIOD" && monthlyFactor(to.unit, null) === null) return "the unit of the price is not known";
  return null;
}

function keyOf(product: string, instanceId: string, axis: string, value: string | null): string {
  const number = axis === "instance_type" || value === null || value === "" ? Number.NaN : Number(value);
  return JSON.stringify([product, instanceId, axis, Number.isNaN(number) ? value : number]);
}
