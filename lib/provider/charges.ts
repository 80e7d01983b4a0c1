// What the plan as a whole may charge now, held against what the account can pay.

import type { Reconciler } from "../reconcile";

export class Charges {
  private readonly amounts = new Map<string, number>();
  private power: Promise<number | null> | null = null;
  private warned = false;

  /**
   * Adds the charge of one resource.
   *
   * @returns the total and the purchasing power when the total has just grown beyond it; null else, and where the key may not ask for the balance
   */
  async add(
    reconciler: Reconciler,
    resource: string,
    amount: number,
    signal: AbortSignal,
  ): Promise<{ readonly total: number; readonly purchasingPower: number } | null> {
    this.amounts.set(resource, amount);
    if (amount <= 0) return null;
    this.power ??= reconciler.client.billing.describeCustomerBalance({ signal }).then(
      (balance) => balance.purchasingPower,
      () => null,
    );
    const purchasingPower = await this.power;
    const total = Math.round([...this.amounts.values()].reduce((sum, each) => sum + each, 0) * 1e6) / 1e6;
    if (purchasingPower === null || total <= purchasingPower || this.warned) return null;
    this.warned = true;
    return { total, purchasingPower };
  }
}
