// How an answer is written (zenlayer-api 1.7, 6): floats carry a decimal point, and an older version gets no newer field. Pure.
import type { Service } from "./types";

/** Floats of every answer; all other numbers are integers. No name is a float in one answer and an integer in another. */
const FLOATS: readonly string[] = [
  "trafficPackageSize",
  "modifiedTrafficPackageSize",
  "defaultTrafficPackageSize",
  "discount",
  "originalPrice",
  "discountPrice",
  "unitPrice",
  "discountUnitPrice",
  "stepStart",
  "stepEnd",
  "excessUnitPrice",
  "excessDiscountUnitPrice",
  "cashBalance",
  "creditValue",
  "purchasingPower",
  "orderFrozenAmount",
  "amount",
  "incomeSum",
  "expenditureSum",
  "totalSpend",
  "totalCash",
  "totalVoucher",
  "totalRefund",
  "spend",
  "cash",
  "voucher",
  "refund",
];

const NEWER_PRICE_FIELDS = ["amountUnit", "excessUnitPrice", "excessDiscountUnitPrice", "excessAmountUnit", "category"];

/** Fields that came with the newest version of a product. */
const NEWER: Readonly<Partial<Record<Service, { readonly since: string; readonly fields: ReadonlySet<string> }>>> = {
  vm: {
    since: "2026-04-01",
    fields: new Set([
      ...NEWER_PRICE_FIELDS,
      "networkLineType",
      "diskAmount",
      "diskPrice",
      "dataDiskPrices",
      "instances",
    ]),
  },
  bmc: {
    since: "2026-02-01",
    fields: new Set([
      ...NEWER_PRICE_FIELDS,
      "isByoipEnabled",
      "primaryPublicIPv6Address",
      "vpuVendor",
      "vpuCard",
      "vpuCount",
    ]),
  },
};

/** The answer as a client of this version gets it. */
export function forVersion(answer: unknown, service: Service, version: string | null): unknown {
  const newer = NEWER[service];
  return newer === undefined || version === null || version >= newer.since ? answer : without(answer, newer.fields);
}

function without(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !names.has(name))
      .map(([name, field]) => [name, without(field, names)]),
  );
}

/** A float without its point, as JSON writes whole ones. Quotes inside a text are escaped, so that none of it looks like a field. */
const WHOLE_FLOAT = new RegExp(`(?<!\\\\)"(?:${FLOATS.join("|")})":-?\\d+(?=[,}])`, "g");

/** JSON in which a float is recognisable as one. */
export function writeJson(value: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(value).replace(WHOLE_FLOAT, "$&.0");
}
