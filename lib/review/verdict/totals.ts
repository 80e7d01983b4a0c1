// Sums of a review per currency. An amount that is not known is counted beside the sum, never into it.
import { chainsOf, monthlyOfChain } from "../facts/chains";
import type { BillFact, Facts } from "../facts/facts";
import { rounded } from "../facts/prices";
import { balancesOf, type BalanceCheck } from "./accounts";
import { chargedNow, perCurrency, type Charged, type CurrencyTotal } from "./charges";

export interface BillTotal {
  readonly currency: string | null;
  /** A month, of all axes whose price is known before and after. */
  readonly before: number;
  readonly after: number;
  /** Null: it was nothing before. */
  readonly percent: number | null;
  readonly estimated: boolean;
}

export interface Totals extends Charged {
  readonly changes: number;
  /** Distinct machines with a change. */
  readonly machines: number;
  /** Sum of price(to) − price(from), a month. */
  readonly monthly_difference: readonly CurrencyTotal[];
  readonly monthly_difference_unknown: number;
  /** The same without what becomes cheaper. */
  readonly monthly_increase: readonly CurrencyTotal[];
  readonly bill: readonly BillTotal[];
  /** Axes of machines in the plans whose price is not known. */
  readonly bill_unknown: number;
  readonly balances: readonly BalanceCheck[];
}

export function totalsOf(facts: Facts): Totals {
  const monthly = chainsOf(facts.changes).map(monthlyOfChain);
  const known = monthly.filter((total) => total !== null);
  const charged = chargedNow(facts);
  return {
    changes: facts.changes.length,
    machines: new Set(facts.changes.map(({ plan, address, machine }) => machine.id ?? JSON.stringify([plan, address])))
      .size,
    ...charged,
    monthly_difference: perCurrency(known),
    monthly_difference_unknown: monthly.length - known.length + facts.not_reviewable.length,
    monthly_increase: perCurrency(known.filter(({ amount }) => amount > 0)),
    bill: billTotals(facts.bill),
    bill_unknown: facts.bill.filter(({ before }) => before === null).length,
    balances: balancesOf(facts),
  };
}

function billTotals(bill: readonly BillFact[]): readonly BillTotal[] {
  const side = (amount: (item: BillFact) => number | null) =>
    perCurrency(
      bill.flatMap((item) => {
        const found = amount(item);
        return found === null ? [] : [{ currency: item.currency, amount: found, estimated: item.estimated }];
      }),
    );
  const after = side((item) => item.after);
  return side((item) => item.before).map(({ currency, amount, estimated }) => {
    const later = after.find((total) => total.currency === currency);
    const change = rounded((later?.amount ?? 0) - amount);
    return {
      currency,
      before: amount,
      after: later?.amount ?? 0,
      percent: amount === 0 ? (change === 0 ? 0 : null) : Math.round((change / amount) * 1000) / 10,
      estimated: estimated || (later?.estimated ?? false),
    };
  });
}
