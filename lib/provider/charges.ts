// What the plan as a whole may charge now, held against what the account can pay and what it has pending.

import type { Account } from "./account";

/** What is worth a warning, each once per plan. */
export interface AccountAlarm {
  /** The total has just grown beyond what the account can pay. */
  readonly beyond?: { readonly total: number; readonly purchasingPower: number };
  /** Held back for pending orders: an earlier one may be unpaid, and would be placed a second time. */
  readonly frozen?: number;
}

export class Charges {
  private readonly amounts = new Map<string, number>();
  private warnedOfPower = false;
  private warnedOfOrders = false;

  /** Adds the charge of one resource. Says nothing where the key may not ask for the balance. */
  async add(account: Account, resource: string, amount: number, signal: AbortSignal): Promise<AccountAlarm> {
    this.amounts.set(resource, amount);
    const balance = await account.balance(signal);
    return { ...this.beyond(balance?.purchasingPower ?? null), ...this.frozen(balance?.orderFrozenAmount ?? 0) };
  }

  private beyond(purchasingPower: number | null): AccountAlarm {
    const total = Math.round([...this.amounts.values()].reduce((sum, each) => sum + each, 0) * 1e6) / 1e6;
    if (purchasingPower === null || total <= purchasingPower || this.warnedOfPower) return {};
    this.warnedOfPower = true;
    return { beyond: { total, purchasingPower } };
  }

  private frozen(amount: number): AccountAlarm {
    if (amount <= 0 || this.warnedOfOrders) return {};
    this.warnedOfOrders = true;
    return { frozen: amount };
  }
}
