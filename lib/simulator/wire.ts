// How an answer is written (zenlayer-api 1.7, 6): floats carry a decimal point, and an older version gets no newer field. Pure.
import { type Body, isObject } from "./fields";
import type { Knobs } from "./knobs";
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
export function forVersion(answer: Body, service: Service, version: string | null): Body {
  const newer = NEWER[service];
  if (newer === undefined || version === null || version >= newer.since) return answer;
  return mapFields(answer, (name, field) => (newer.fields.has(name) ? undefined : field));
}

/** Applies the knob `nulls` to a whole answer. */
export function shapeNulls(answer: Body, nulls: Knobs["nulls"]): Body {
  if (nulls === "null") return answer;
  const empty = nulls === "empty" ? "" : undefined;
  return mapFields(answer, (_name, field) => (field === null ? empty : field));
}

/** A copy with every field, at any depth, as `change` wants it; undefined takes it away. */
function mapFields(fields: Body, change: (name: string, field: unknown) => unknown): Body {
  const copy = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(copy) : isObject(value) ? mapFields(value, change) : value;
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const changed = copy(change(name, field));
    if (changed !== undefined) result[name] = changed;
  }
  return result;
}

/** A float without its point, as JSON writes whole ones. Quotes inside a text are escaped, so that none of it looks like a field. */
const WHOLE_FLOAT = new RegExp(`(?<!\\\\)"(?:${FLOATS.join("|")})":-?\\d+(?=[,}])`, "g");

/** JSON in which a float is recognisable as one. */
export function writeJson(value: Body): string {
  return JSON.stringify(value).replace(WHOLE_FLOAT, "$&.0");
}
