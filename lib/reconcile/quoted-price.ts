// What the answer of a price inquiry comes to. Prices fail closed: what may be misread is unknown, never a guess and never 0.

import type { Instance, Price } from "../api";

/**
 * 1 unit of account is 1 USD (the console calls it zenPoint).
 * No action of the API names a currency (zenlayer-api 2.4).
 */
export const CURRENCY = "USD";

export type QuotedPrice =
  | {
      readonly known: true;
      /** null where an entry has only a discounted price. */
      readonly listPrice: number | null;
      /** After discount, as far as the answer tells of one. */
      readonly price: number;
      /** Whether all of it is after discount. */
      readonly discounted: boolean;
      /** `PERIOD` (the whole subscription period of a PREPAID machine), or `HOUR`, `DAY` or `MONTH`. */
      readonly unit: string | null;
      readonly currency: string;
      /** When the answer was given, ms since 1970. */
      readonly askedAt: number;
    }
  | { readonly known: false; readonly reason: string };

/** One entry's share of the price. */
interface Part {
  readonly list: number | null;
  readonly price: number;
  readonly discounted: boolean;
  readonly unit: string | null;
  readonly askedAt: number;
}

/** The sum of all entries that are prices for the way the machine is billed; overage, which has no such price, is left out. */
export function quotedPrice(
  entries: readonly Price[],
  { instanceChargeType }: Pick<Instance, "instanceChargeType">,
): QuotedPrice {
  const unknown = (reason: string): QuotedPrice => ({ known: false, reason });
  if (entries.some((entry) => !entry.readable)) return unknown("Zenlayer returned a price that is no number");
  if (entries.flatMap(amountsOf).some((amount) => amount < 0)) return unknown("Zenlayer returned a negative price");
  if (entries.some(isGivenAway))
    return unknown("Zenlayer returned a discount that leaves nothing to pay, and no price after it");
  const byUnit = entries.find((entry) => entry.chargeUnit !== null && amountsOf(entry).length > 0);
  let parts: readonly Part[];
  switch (instanceChargeType) {
    case "PREPAID":
      if (byUnit !== undefined)
        return unknown(`Zenlayer returned a price per ${byUnit.chargeUnit} for a PREPAID machine`);
      parts = entries.flatMap((entry) => part(entry, entry.originalPrice, entry.discountPrice, "PERIOD"));
      break;
    case "POSTPAID":
      parts = entries.flatMap((entry) => part(entry, entry.unitPrice, entry.discountUnitPrice, entry.chargeUnit));
      break;
    default:
      return unknown(`how Zenlayer bills a machine of charge type "${instanceChargeType}" is not known`);
  }
  const [first] = parts;
  if (first === undefined) return unknown("Zenlayer returned no price");
  if (parts.some(({ unit }) => unit !== first.unit))
    return unknown("Zenlayer returned prices for different units of time");
  const currencies = [...new Set(entries.map(({ currency }) => currency ?? CURRENCY))];
  if (currencies.length > 1) return unknown(`Zenlayer returned prices in ${currencies.join(" and ")}`);
  return {
    known: true,
    listPrice: parts.some(({ list }) => list === null) ? null : sum(parts.map(({ list }) => list ?? 0)),
    price: sum(parts.map(({ price }) => price)),
    discounted: parts.every(({ discounted }) => discounted),
    unit: first.unit,
    currency: currencies[0] ?? CURRENCY,
    askedAt: first.askedAt,
  };
}

function amountsOf({ originalPrice, discountPrice, unitPrice, discountUnitPrice }: Price): readonly number[] {
  return [originalPrice, discountPrice, unitPrice, discountUnitPrice].filter((amount) => amount !== null);
}

/** A discount of 0 may mean that all is paid, or nothing. */
function isGivenAway({ discount, originalPrice, discountPrice, unitPrice, discountUnitPrice }: Price): boolean {
  const undiscounted = (originalPrice ?? 0) > 0 && discountPrice === null;
  const undiscountedUnit = (unitPrice ?? 0) > 0 && discountUnitPrice === null;
  return discount !== null && discount <= 0 && (undiscounted || undiscountedUnit);
}

/** An entry without a discounted price is paid at its discount, the percentage that is paid. */
function part(
  { discount, askedAt }: Price,
  list: number | null,
  discounted: number | null,
  unit: string | null,
): readonly Part[] {
  if (discounted !== null) return [{ list, price: discounted, discounted: true, unit, askedAt }];
  if (list === null) return [];
  return [{ list, price: (list * (discount ?? 100)) / 100, discounted: discount !== null, unit, askedAt }];
}

/** To a millionth, for prices are binary fractions. */
export function sum(amounts: readonly number[]): number {
  return Math.round(amounts.reduce((total, amount) => total + amount, 0) * 1e6) / 1e6;
}
