// The steps of one axis of one resource are one move: a cancel and the change after it, together, go from the committed value to the new one.
import { grouped, type Group } from "../input/order";
import type { ChangeFact } from "./facts";
import { rounded } from "./prices";
import { HIDDEN } from "./sensitive";

export type Chain = readonly ChangeFact[];

export interface Difference {
  readonly currency: string | null;
  readonly amount: number;
  readonly estimated: boolean;
}

/** In the order of the changes. */
export function chainsOf(changes: readonly ChangeFact[]): readonly Group<ChangeFact>[] {
  return grouped(changes, ({ plan, address, axis }) => [plan, address, axis]);
}

/** What the whole move changes a month; null when any part of it is unknown: half a sum is none. */
export function monthlyOfChain(chain: Chain): Difference | null {
  const last = chain.at(-1);
  const currency = chain.map(({ price }) => price.currency).find((found) => found !== null) ?? null;
  // A chain that ends where it began changes nothing, whatever its prices. Two hidden values look the same and may differ.
  if (last !== undefined && chain[0]?.from === last.to && last.to !== HIDDEN) {
    return { currency, amount: 0, estimated: false };
  }
  const estimated = chain.some(({ price }) => price.source === "estimate");
  let amount = 0;
  for (const { price } of chain) {
    if (price.monthly_difference === null) return null;
    if (price.currency !== null && price.currency !== currency) return null;
    amount += price.monthly_difference;
  }
  return { currency, amount: rounded(amount), estimated };
}
