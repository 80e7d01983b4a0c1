// Sums of a review per currency. An amount that is not known is counted beside the sum, never into it.
import type { ChangeFact, Facts } from "../facts/facts";
import { rounded } from "../facts/prices";
import { HIDDEN } from "../facts/sensitive";

export interface CurrencyTotal {
  /** Null: the quotes name no currency; then it is the account's. */
  readonly currency: string | null;
  readonly amount: number;
}

export interface Totals {
  readonly changes: number;
  /** Distinct machines with a change. */
  readonly machines: number;
  /** Upper bounds of what is charged at once. */
  readonly charged_now: readonly CurrencyTotal[];
  /** Changes that charge an unknown amount at once. */
  readonly charged_now_unknown: number;
  /** Sum of price(to) − price(from), a month. */
  readonly monthly_difference: readonly CurrencyTotal[];
  readonly monthly_difference_unknown: number;
  readonly balances: readonly BalanceCheck[];
}

export interface BalanceCheck {
  readonly plan: string;
  readonly purchasing_power: number;
  readonly currency: string | null;
  /** What the plan charges at once at most, as far as known, in the same currency. */
  readonly charged_now: number;
  /** Null: cannot be told, because an amount or its currency is unknown. */
  readonly sufficient: boolean | null;
}

export function totalsOf(facts: Facts): Totals {
  const monthly = chains(facts.changes).flatMap(monthlyOfChain);
  return {
    changes: facts.changes.length,
    machines: new Set(facts.changes.map(({ plan, address, machine }) => machine.id ?? JSON.stringify([plan, address])))
      .size,
    ...chargedNow(facts.changes),
    monthly_difference: perCurrency(monthly.flatMap((total) => total ?? [])),
    monthly_difference_unknown: monthly.filter((total) => total === null).length,
    balances: facts.balances.map((balance): BalanceCheck => {
      const own = chargedNow(facts.changes.filter((change) => change.plan === balance.plan));
      const comparable = own.charged_now.filter(
        ({ currency, amount }) =>
          amount === 0 || currency === null || balance.currency === null || currency === balance.currency,
      );
      const amount = rounded(comparable.reduce((sum, total) => sum + total.amount, 0));
      const certain = own.charged_now_unknown === 0 && comparable.length === own.charged_now.length;
      return {
        ...balance,
        charged_now: amount,
        sufficient: amount > balance.purchasing_power ? false : certain ? true : null,
      };
    }),
  };
}

function chargedNow(changes: readonly ChangeFact[]): Pick<Totals, "charged_now" | "charged_now_unknown"> {
  const charging = changes.filter(({ charge }) => charge === "charged_now" || charge === "unknown");
  return {
    charged_now: perCurrency(
      charging.flatMap(({ price }) =>
        price.charged_now === null ? [] : [{ currency: price.currency, amount: price.charged_now }],
      ),
    ),
    charged_now_unknown: charging.filter(({ price }) => price.charged_now === null).length,
  };
}

/** The steps of one axis of one resource, in order: a cancel and the change after it are one move. */
function chains(changes: readonly ChangeFact[]): readonly (readonly ChangeFact[])[] {
  const found = new Map<string, ChangeFact[]>();
  for (const change of changes) {
    const key = JSON.stringify([change.plan, change.address, change.axis]);
    found.set(key, [...(found.get(key) ?? []), change]);
  }
  return [...found.values()];
}

/** A chain that ends where it began changes nothing, whatever its prices; else each change counts with its own. */
function monthlyOfChain(chain: readonly ChangeFact[]): readonly (CurrencyTotal | null)[] {
  const last = chain.at(-1);
  // Two hidden values look the same and may differ.
  if (last !== undefined && chain[0]?.from === last.to && last.to !== HIDDEN)
    return [{ currency: last.price.currency, amount: 0 }];
  return chain.map(({ price }) =>
    price.monthly_difference === null ? null : { currency: price.currency, amount: price.monthly_difference },
  );
}

function perCurrency(amounts: readonly CurrencyTotal[]): readonly CurrencyTotal[] {
  const sums = new Map<string | null, number>();
  for (const { currency, amount } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount: rounded(amount) }))
    .sort((a, b) => ((a.currency ?? "") < (b.currency ?? "") ? -1 : 1));
}
