// How much was approved: prices and dates move between a review and its apply, so they are bounded and not digested.
import { chainsOf, monthlyOfChain } from "../facts/chains";
import type { Facts } from "../facts/facts";
import { rounded } from "../facts/prices";
import { amountText, count } from "../facts/words";
import { chargesUnknown, mayCharge, perCurrency, unknownCharges, type CurrencyTotal } from "./charges";

export interface Amount {
  readonly currency: string | null;
  readonly amount: number;
}

export interface Ceilings {
  /** What is charged at once at most, per currency. */
  readonly charged_now: readonly Amount[];
  /** What becomes dearer a month, per currency; what becomes cheaper is no part of it, so that a part of the changes never exceeds the whole. */
  readonly monthly_increase: readonly Amount[];
  /** What charges an unknown amount at once: addresses, with the axis for calls of ours. */
  readonly unknown_charges: readonly string[];
  /** What changes an unknown amount a month. */
  readonly unknown_monthly: readonly string[];
}

/** @param accepted what was approved at an unknown amount: now that it is known it counts in no sum. */
export function ceilingsOf(
  facts: Facts,
  accepted: Pick<Ceilings, "unknown_charges" | "unknown_monthly"> = NONE,
): Ceilings {
  const chains = chainsOf(facts.changes).map((chain) => ({ key: keyOf(chain[0]), monthly: monthlyOfChain(chain) }));
  const unreviewable = facts.not_reviewable.map(({ address }) => address);
  return {
    charged_now: amounts(
      facts.changes
        .filter(mayCharge)
        .flatMap((change) =>
          change.price.charged_now === null || accepted.unknown_charges.includes(keyOf(change))
            ? []
            : [{ currency: change.price.currency, amount: change.price.charged_now, estimated: false }],
        ),
    ),
    monthly_increase: amounts(
      chains.flatMap(({ key, monthly }) =>
        monthly === null || monthly.amount <= 0 || accepted.unknown_monthly.includes(key) ? [] : [monthly],
      ),
    ),
    unknown_charges: unique([
      ...facts.changes.filter(chargesUnknown).map(keyOf),
      ...unreviewable,
      ...unknownCharges(facts).map(({ address }) => address),
    ]),
    unknown_monthly: unique([
      ...chains.filter(({ monthly }) => monthly === null).map(({ key }) => key),
      ...unreviewable,
    ]),
  };
}

const NONE = { unknown_charges: [], unknown_monthly: [] };

/** What is dearer than approved, a sentence each; empty when all is within. `tolerance` in per cent. */
export function exceededCeilings(facts: Facts, approved: Ceilings, tolerance: number): readonly string[] {
  const now = ceilingsOf(facts, approved);
  const above = (what: string, found: readonly Amount[], allowed: readonly Amount[]) =>
    found.flatMap(({ currency, amount }) => {
      const ceiling = allowed.find((item) => item.currency === currency)?.amount ?? 0;
      if (amount <= ceiling * (1 + tolerance / 100) + 1e-6) return [];
      return [
        `Dearer than approved: ${amountText(amount, currency)} ${what}, approved were ${amountText(ceiling, currency)} (tolerance ${tolerance} %).`,
      ];
    });
  const unknown = (what: string, found: readonly string[], allowed: readonly string[]) =>
    found
      .filter((key) => !allowed.includes(key))
      .map((key) => `Dearer than approved: ${key} ${what} an unknown amount, and was not approved as unknown.`);
  const hint =
    facts.plans.some(({ log }) => log === "none") && facts.changes.some(({ price }) => price.source === "unknown")
      ? ["Without a quote the amount stands in the log of the plan: give it with --log."]
      : [];
  const dearer = [
    ...above("charged at once at most", now.charged_now, approved.charged_now),
    ...above("more a month", now.monthly_increase, approved.monthly_increase),
    ...unknown("charges at once", now.unknown_charges, approved.unknown_charges),
    ...unknown("changes a month", now.unknown_monthly, approved.unknown_monthly),
  ];
  return dearer.some((text) => text.includes("an unknown amount")) ? [...dearer, ...hint] : dearer;
}

/** `at most 26.60 USD at once, 12.00 USD more a month`, with how much of it was approved as unknown. */
export function ceilingsText(ceilings: Ceilings): string {
  const sums = (items: readonly Amount[], unknown: readonly string[]) => {
    const known = items.map(({ currency, amount }) => amountText(amount, currency)).join(" + ");
    const open = unknown.length === 0 ? "" : count(unknown.length, "unknown amount");
    return [known, open].filter((part) => part !== "").join(" and ") || "nothing";
  };
  const charged = sums(ceilings.charged_now, ceilings.unknown_charges);
  const monthly = sums(ceilings.monthly_increase, ceilings.unknown_monthly);
  return `${ceilings.charged_now.length > 0 ? "at most " : ""}${charged} at once, ${monthly} more a month`;
}

function keyOf({ address, axis }: { readonly address: string; readonly axis: string }): string {
  return `${address}: ${axis}`;
}

function amounts(found: readonly CurrencyTotal[]): readonly Amount[] {
  return perCurrency(found)
    .map(({ currency, amount }) => ({ currency, amount: rounded(amount) }))
    .filter(({ amount }) => amount > 0);
}

function unique(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)].sort();
}
