// Price objects and the balance. Whatever is unknown stays null: never 0.
import { isObject, own, textOf } from "./answer";
import type { JsonObject } from "./answer";
import { looseNumberOf } from "./decode";
import type { Balance, Price } from "./types";

/**
 * One object or a list of them; nothing at all is an empty list.
 *
 * @param askedAt when the answer was given, ms since 1970
 */
export function decodePrices(response: JsonObject, key: string, askedAt: number): readonly Price[] {
  const value = own(response, key);
  return (Array.isArray(value) ? value : [value])
    .filter((entry: unknown) => !isNothing(entry))
    .map((entry: unknown) => decodePrice(entry, askedAt));
}

export function decodeBalance(response: JsonObject): Balance {
  return {
    accountUid: textOf(response, "accountUid"),
    cashBalance: looseNumberOf(response, "cashBalance"),
    creditValue: looseNumberOf(response, "creditValue"),
    purchasingPower: looseNumberOf(response, "purchasingPower"),
    orderFrozenAmount: looseNumberOf(response, "orderFrozenAmount"),
  };
}

const AMOUNTS = ["discount", "originalPrice", "discountPrice", "unitPrice", "discountUnitPrice"] as const;

/** An entry that is no object, or whose amounts are no numbers, is kept as one that cannot be read: without it the others would be too small a sum. */
function decodePrice(value: unknown, askedAt: number): Price {
  const entry = isObject(value) ? value : {};
  return {
    discount: looseNumberOf(entry, "discount"),
    originalPrice: looseNumberOf(entry, "originalPrice"),
    discountPrice: looseNumberOf(entry, "discountPrice"),
    unitPrice: looseNumberOf(entry, "unitPrice"),
    discountUnitPrice: looseNumberOf(entry, "discountUnitPrice"),
    chargeUnit: textOf(entry, "chargeUnit"),
    currency: textOf(entry, "currency"),
    readable:
      isObject(value) && AMOUNTS.every((key) => isNothing(own(entry, key)) || looseNumberOf(entry, key) !== null),
    askedAt,
  };
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}
