// Quotes: what a desired specification costs. Prices live here and not in the resources, because a planned value may not move.
import { computed, optional } from "./attributes";
import { desiredAttributes } from "./axes";
import type { SpecificationKind } from "./kinds";
import type { BlockSchema, Type } from "./types";

/** Object of `prices`, `current_prices` and `committed_prices`. */
const PRICE_TYPE: Type = [
  "object",
  {
    axis: "string",
    value: "string",
    list_price: "number",
    price: "number",
    currency: "string",
    unit: "string",
    estimated: "bool",
    reason: "string",
  },
];

const UNIT = "`PERIOD` (the whole subscription period of a PREPAID machine), or `HOUR`, `DAY` or `MONTH`";

const PRICE_FIELDS =
  "`axis`: the attribute. `value`: its value as text. `list_price`, `price`: before and after discount; null when it cannot be had. " +
  `\`currency\`. \`unit\`: what the price is for, ${UNIT}. ` +
  "`estimated`: true when Zenlayer has no inquiry action for it and the price is worked out from others. " +
  "`reason`: why the price is null, for example `unchanged`; else null.";

export function specificationQuote(kind: SpecificationKind): BlockSchema {
  return {
    description:
      "What a desired specification costs for the full period, never a difference. What a change charges now depends on the days left, and is said by a warning of the plan. " +
      "A price that cannot be had is null with a reason; a quote never fails a plan.",
    attributes: {
      instance_id: { type: "string", required: true, description: "Id of the machine." },
      ...desiredAttributes(kind, ": the desired value.", (type, text) =>
        optional(type, `${text} Left out: no price is asked for it.`),
      ),
      always: optional(
        "bool",
        "Ask the prices of all given values. Default: false, that is, only of values that differ from what the machine is committed to, " +
          "so that a quiet plan asks none.",
      ),
      prices: computed(["list", PRICE_TYPE], `Prices of the desired values, one per given value. ${PRICE_FIELDS}`),
      current_prices: computed(
        ["list", PRICE_TYPE],
        `Prices of the values in force now, one per given value, so that a review can show the difference. ${PRICE_FIELDS}`,
      ),
      committed_prices: computed(
        ["list", PRICE_TYPE],
        "Prices of the values that the machine is committed to (what is scheduled or being executed, else what is in force), one per given value, so that a cancel " +
          `followed by a change has a known difference. ${PRICE_FIELDS}`,
      ),
      asked_at: computed(
        "string",
        "When Zenlayer named the prices, by its own clock (the `Date` header of the answer; where that is missing, by this machine's): RFC 3339, UTC. " +
          "Null where no price was had.",
      ),
      total: computed("number", "Sum of the discounted `prices`; null when one is missing or their units differ."),
      currency: computed("string", "Currency of `total`."),
      unit: computed("string", `What \`total\` is for: ${UNIT}.`),
      period: computed("number", "Subscription period of a PREPAID machine in months; null when POSTPAID."),
      expired_time: computed(
        "string",
        "When the subscription period ends, as Zenlayer writes it; null when it has no end. What an upgrade charges counts the days until then.",
      ),
      reason: computed("string", "Why `total` is null; else null."),
    },
  };
}
