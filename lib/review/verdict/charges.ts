// What is charged at once, summed per currency; an amount that is not known is counted beside the sum.
import type { ChangeFact, Facts } from "../facts/facts";
import { rounded } from "../facts/prices";
import { sortedBy } from "../input/order";

export interface CurrencyTotal {
  /** Null: the quotes name no currency; then it is the account's. */
  readonly currency: string | null;
  readonly amount: number;
  /** Whether a part of it is worked out or converted. */
  readonly estimated: boolean;
}

export interface Charged {
  /** What is charged at once at most. */
  readonly charged_now: readonly CurrencyTotal[];
  /** What is charged at once by Zenlayer's rule; null when that is not known of each amount in `charged_now`. */
  readonly charged_about: readonly CurrencyTotal[] | null;
  /** Whatever charges an unknown amount at once: changes, resources that only apply knows, actions and machines of others. */
  readonly charged_now_unknown: number;
}

/** What is charged at once by everything in the facts. */
export function chargedNow(facts: Pick<Facts, "changes" | "not_reviewable" | "actions" | "others">): Charged {
  const charging = facts.changes.filter(mayCharge);
  const known = charging.filter(({ price }) => price.charged_now !== null);
  const sum = (amount: (change: ChangeFact) => number | null) =>
    perCurrency(
      known.map((change) => ({
        currency: change.price.currency,
        amount: amount(change) ?? 0,
        estimated: change.price.source === "estimate",
      })),
    );
  return {
    charged_now: sum(({ price }) => price.charged_now),
    charged_about: known.some(({ price }) => price.charged_about === null)
      ? null
      : sum(({ price }) => price.charged_about),
    charged_now_unknown: charging.length - known.length + facts.not_reviewable.length + unknownCharges(facts).length,
  };
}

export function mayCharge({ charge }: Pick<ChangeFact, "charge">): boolean {
  return charge === "charged_now" || charge === "unknown";
}

export function chargesUnknown(change: ChangeFact): boolean {
  return mayCharge(change) && change.price.charged_now === null;
}

/** Machines that others buy, and actions. */
export function unknownCharges({ others, actions }: Pick<Facts, "others" | "actions">) {
  return [
    ...others.filter(({ charge }) => charge === "unknown"),
    ...actions.filter(({ deferred }) => deferred === null),
  ];
}

/** One sum per currency, by its name. */
export function perCurrency(amounts: readonly CurrencyTotal[]): readonly CurrencyTotal[] {
  const sums = new Map<string | null, CurrencyTotal>();
  for (const item of amounts) {
    const before = sums.get(item.currency);
    sums.set(item.currency, {
      currency: item.currency,
      amount: rounded((before?.amount ?? 0) + item.amount),
      estimated: (before?.estimated ?? false) || (item.estimated && item.amount !== 0),
    });
  }
  return sortedBy([...sums.values()], ({ currency }) => currency ?? "");
}
