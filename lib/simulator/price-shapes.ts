// Prices as a client must not trust them: what the knob `prices` makes of the right ones. Pure.
import type { Knobs } from "./knobs";
import { overagePrice, type PriceObject, roundMoney } from "./prices";

/** The entries of a price list. Entries without a price per period (overage) stay as they are. */
export function shapePrices(prices: readonly PriceObject[], shape: Knobs["prices"]): PriceObject[] {
  switch (shape) {
    case "missing":
      return [];
    case "overage_first":
      return [overagePrice(), ...prices];
    case "in_parts":
      return prices.flatMap(halves);
    default:
      return prices.map((price) => shapePrice(price, shape) ?? price);
  }
}

/** A price that stands alone; null where there is none. */
export function shapePrice(price: PriceObject, shape: Knobs["prices"]): PriceObject | null {
  const { originalPrice, discountPrice } = price;
  if (shape === "missing") return null;
  if (originalPrice === null || discountPrice === null) return price;
  const none = { originalPrice: null, discountPrice: null };
  switch (shape) {
    case "hourly":
      return {
        ...price,
        ...none,
        unitPrice: roundMoney(originalPrice / 720),
        discountUnitPrice: roundMoney(discountPrice / 720),
        chargeUnit: "HOUR",
      };
    case "negative":
      return { ...price, originalPrice: -originalPrice, discountPrice: -discountPrice };
    case "null":
      return { ...price, ...none };
    case "normal":
    case "in_parts":
    case "overage_first":
      return price;
  }
}

function halves(price: PriceObject): PriceObject[] {
  const { originalPrice, discountPrice } = price;
  if (originalPrice === null || discountPrice === null) return [price];
  const first = { originalPrice: roundMoney(originalPrice / 2), discountPrice: roundMoney(discountPrice / 2) };
  const second = {
    originalPrice: roundMoney(originalPrice - first.originalPrice),
    discountPrice: roundMoney(discountPrice - first.discountPrice),
  };
  return [first, second].map((part) => ({ ...price, ...part }));
}
