// One account pays for all stacks: its balance against the sum of what they charge.
import type { BalanceFact, Facts } from "../facts/facts";
import { rounded } from "../facts/prices";
import { chargedNow } from "./charges";

export interface BalanceCheck {
  /** The plans that this account pays for, joined by `+`. */
  readonly plan: string;
  readonly plans: readonly string[];
  /** Null: no plan says it; then all plans are taken to be of one account. */
  readonly account_id: string | null;
  /** The lowest that one of the plans saw. */
  readonly purchasing_power: number;
  readonly currency: string | null;
  /** What these plans charge at once at most, as far as known, in the same currency. */
  readonly charged_now: number;
  /** Null: cannot be told, because an amount or its currency is unknown. */
  readonly sufficient: boolean | null;
}

export function balancesOf(facts: Facts): readonly BalanceCheck[] {
  return accountsOf(facts).map(({ plans, balances, account_id }) => {
    const lowest = balances.reduce((low, item) => (item.purchasing_power < low.purchasing_power ? item : low));
    const mine = of(plans);
    const charged = chargedNow({
      changes: facts.changes.filter(mine),
      not_reviewable: facts.not_reviewable.filter(mine),
      actions: facts.actions.filter(mine),
      others: facts.others.filter(mine),
    });
    const comparable = charged.charged_now.filter(
      ({ currency, amount }) =>
        amount === 0 || currency === null || lowest.currency === null || currency === lowest.currency,
    );
    const amount = rounded(comparable.reduce((sum, total) => sum + total.amount, 0));
    const certain = charged.charged_now_unknown === 0 && comparable.length === charged.charged_now.length;
    return {
      plan: plans.join("+"),
      plans,
      account_id,
      purchasing_power: lowest.purchasing_power,
      currency: lowest.currency,
      charged_now: amount,
      sufficient: amount > lowest.purchasing_power ? false : certain ? true : null,
    };
  });
}

interface Account {
  readonly account_id: string | null;
  readonly plans: readonly string[];
  readonly balances: readonly [BalanceFact, ...BalanceFact[]];
}

/** Plans that do not say their account belong to the only one that is known, if there is only one. */
function accountsOf({ plans, balances }: Facts): readonly Account[] {
  const named = [...new Set(balances.flatMap(({ account_id }) => account_id ?? []))];
  const keyOf = (plan: string): string | null => {
    const own = balances.find((item) => item.plan === plan)?.account_id ?? null;
    return own ?? (named.length === 1 ? (named[0] ?? null) : null);
  };
  return [...new Set(plans.map(({ name }) => keyOf(name)))].flatMap((account_id): Account[] => {
    const mine = plans.map(({ name }) => name).filter((name) => keyOf(name) === account_id);
    const [first, ...rest] = balances.filter(of(mine));
    return first === undefined ? [] : [{ account_id, plans: mine, balances: [first, ...rest] }];
  });
}

function of(plans: readonly string[]): (item: { readonly plan: string }) => boolean {
  return ({ plan }) => plans.includes(plan);
}
