// What the applies of one connection must know of each other.

import { randomBytes } from "node:crypto";
import type { OpenOrder } from "../reconcile";

export class Applying {
  /** Tells this connection from others. A plan that people see is made in another one than its apply. */
  readonly connection = randomBytes(8).toString("hex");
  private begun = false;
  private readonly orders = new Map<string, readonly OpenOrder[]>();

  begin(): void {
    this.begun = true;
  }

  /** A destroy that is planned after this is part of an apply: no user has seen its plan. */
  get hasBegun(): boolean {
    return this.begun;
  }

  /** Leaves open orders of a machine to the resource that takes the place of the one that is deleted. */
  leave(typeName: string, instanceId: string, orders: readonly OpenOrder[]): void {
    this.orders.set(`${typeName}/${instanceId}`, orders);
  }

  /** The open orders left for this machine, once. */
  collect(typeName: string, instanceId: string): readonly OpenOrder[] {
    const key = `${typeName}/${instanceId}`;
    const orders = this.orders.get(key) ?? [];
    this.orders.delete(key);
    return orders;
  }
}
