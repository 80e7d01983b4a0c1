// What the answer of a price inquiry comes to: prices fail closed.
import type { Price } from "../../lib/api";
import { quotedPrice } from "../../lib/reconcile/quoted-price";
import { NO_PRICE } from "../support/fake-client";

const period = (originalPrice: number, discountPrice: number | null = originalPrice): Price => ({
  ...NO_PRICE,
  discount: 100,
  originalPrice,
  discountPrice,
});
const hourly = (unitPrice: number, chargeUnit: string | null = "HOUR"): Price => ({
  ...NO_PRICE,
  unitPrice,
  discountUnitPrice: unitPrice,
  chargeUnit,
});
/** As the vendor's sample has it: tiers only. */
const OVERAGE: Price = { ...NO_PRICE, discount: 100 };
const PREPAID = { instanceChargeType: "PREPAID" };
const POSTPAID = { instanceChargeType: "POSTPAID" };

test.each<[string, readonly Price[], number, number | null]>([
  ["one entry, discounted", [period(40, 38)], 38, 40],
  ["all parts of it", [period(40, 38), period(20, 19)], 57, 60],
  ["overage behind it", [period(40, 38), OVERAGE], 38, 40],
  ["overage before it", [OVERAGE, period(40, 38)], 38, 40],
  ["overage with a price per unit of use", [period(40, 38), hourly(0.08, null)], 38, 40],
  ["no discounted price, but the discount", [{ ...period(40, null), discount: 95 }], 38, 40],
  ["no discount at all", [{ ...period(40, null), discount: null }], 40, 40],
  ["no list price", [{ ...NO_PRICE, discountPrice: 38 }], 38, null],
  ["no list price of one part", [period(40, 38), { ...NO_PRICE, discountPrice: 19 }], 57, null],
  ["overage by the hour behind it", [period(40, 38), { ...OVERAGE, chargeUnit: "HOUR" }], 38, 40],
  ["a discount of 0, and the price after it", [{ ...period(40, 38), discount: 0 }], 38, 40],
  ["a discount of 0 on nothing", [{ ...period(0, null), discount: 0 }], 0, 0],
  ["overage with a discount of 0", [period(40, 38), { ...OVERAGE, discount: 0 }], 38, 40],
  ["nothing to pay", [period(0)], 0, 0],
  ["parts that are binary fractions", [period(0.1), period(0.2)], 0.3, 0.3],
])("PREPAID: %s", (name, entries, price, listPrice) => {
  expect(quotedPrice(entries, PREPAID)).toEqual({
    known: true,
    price,
    listPrice,
    discounted: name !== "no discount at all",
    unit: "PERIOD",
    currency: "USD",
    askedAt: 1000,
  });
});

test.each<[string, readonly Price[], RegExp]>([
  ["no entry", [], /no price/],
  ["overage only", [OVERAGE], /no price/],
  ["an entry with nothing in it", [NO_PRICE], /no price/],
  ["an hourly price", [hourly(0.05)], /per HOUR for a PREPAID machine/],
  ["an hourly price beside one for the period", [period(40), hourly(0.05)], /per HOUR/],
  ["a price for the period that names another unit", [{ ...period(40), chargeUnit: "MONTH" }], /per MONTH/],
  ["a negative price", [period(-40)], /negative/],
  ["a negative part", [period(40), period(-1)], /negative/],
  ["a negative list price", [period(-1, 40)], /negative/],
  ["an entry that cannot be read", [period(40), { ...NO_PRICE, readable: false }], /no number/],
  ["a discount of 0 and no price after it", [{ ...period(40, null), discount: 0 }], /nothing to pay/],
  ["a part with a discount of 0", [period(40), { ...period(20, null), discount: 0 }], /nothing to pay/],
  ["two currencies", [period(40), { ...period(40), currency: "EUR" }], /in USD and EUR/],
])("PREPAID: %s is unknown", (_name, entries, reason) => {
  expect(quotedPrice(entries, PREPAID)).toEqual({ known: false, reason: expect.stringMatching(reason) as string });
});

test("a part that may be before discount makes all of it so", () => {
  const entries = [period(40, 38), { ...period(20, null), discount: null }];
  expect(quotedPrice(entries, PREPAID)).toMatchObject({ price: 58, discounted: false });
});

test("one currency that is named is told", () => {
  expect(quotedPrice([{ ...period(40), currency: "EUR" }], PREPAID)).toMatchObject({ currency: "EUR" });
});

test.each<[string, readonly Price[], number, string | null]>([
  ["by the hour", [hourly(0.08)], 0.08, "HOUR"],
  ["by the month", [hourly(5, "MONTH")], 5, "MONTH"],
  ["with overage", [hourly(0.08), OVERAGE], 0.08, "HOUR"],
  ["no discounted price, but the discount", [{ ...hourly(0.08), discountUnitPrice: null, discount: 50 }], 0.04, "HOUR"],
  ["a discount of 0, and the price after it", [{ ...hourly(0.08), discount: 0 }], 0.08, "HOUR"],
  ["a discount of 0 on nothing", [{ ...hourly(0), discountUnitPrice: null, discount: 0 }], 0, "HOUR"],
])("POSTPAID: %s", (_name, entries, price, unit) => {
  expect(quotedPrice(entries, POSTPAID)).toMatchObject({ known: true, price, unit });
});

test.each<[string, readonly Price[], RegExp]>([
  ["a price for a period only", [period(40)], /no price/],
  ["a discount of 0", [{ ...hourly(0.08), discountUnitPrice: null, discount: 0 }], /nothing to pay/],
  ["prices for different units", [hourly(0.08), hourly(5, "MONTH")], /different units/],
])("POSTPAID: %s is unknown", (_name, entries, reason) => {
  expect(quotedPrice(entries, POSTPAID)).toMatchObject({
    known: false,
    reason: expect.stringMatching(reason) as string,
  });
});

test("nothing is known of a machine that is billed in another way", () => {
  expect(quotedPrice([period(40)], { instanceChargeType: "SPOT" })).toEqual({
    known: false,
    reason: expect.stringContaining('"SPOT"') as string,
  });
});
