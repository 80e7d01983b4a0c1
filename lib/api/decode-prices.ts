// Price objects and the balance. Whatever is unknown stays null: never 0.
import { textOf } from "./answer";
import type { JsonObject } from "./answer";
import { looseNumberOf, objectsOf } from "./decode";
import type { Balance, CreateInstancePrices, Price } from "./types";

/** One object or a list of them; nothing at all is an empty list. */
export function decodePrices(response: JsonObject, key: string): readonly Price[] {
  return objectsOf(response, key).map(decodePrice);
}

export function decodeCreateInstancePrices(response: JsonObject): CreateInstancePrices {
  return {
    instancePrice: decodePrices(response, "instancePrice")[0] ?? null,
    bandwidthPrice: decodePrices(response, "bandwidthPrice"),
    systemDiskPrice: decodePrices(response, "systemDiskPrice")[0] ?? null,
  };
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

function decodePrice(entry: JsonObject): Price {
  return {
    discount: looseNumberOf(entry, "discount"),
    originalPrice: looseNumberOf(entry, "originalPrice"),
    discountPrice: looseNumberOf(entry, "discountPrice"),
    unitPrice: looseNumberOf(entry, "unitPrice"),
    discountUnitPrice: looseNumberOf(entry, "discountUnitPrice"),
    chargeUnit: textOf(entry, "chargeUnit"),
    stepPrices: objectsOf(entry, "stepPrices").map((step) => ({
      stepStart: looseNumberOf(step, "stepStart"),
      stepEnd: looseNumberOf(step, "stepEnd"),
      unitPrice: looseNumberOf(step, "unitPrice"),
      discountUnitPrice: looseNumberOf(step, "discountUnitPrice"),
    })),
  };
}
