// What the machines of a plan cost a month before it and after it, by each axis that our resources manage.
import { kindOf } from "../../schema";
import { at, scalarText, textAt } from "../input/json";
import type { Plan } from "../input/plan";
import { monthlyOfChain, type Chain } from "./chains";
import type { BillFact, ChangeFact, MachineFact, Place } from "./facts";
import { machineOf, machineOfState, ours, oursInStateOnly, realInstanceId } from "./ours";
import { monthlyPrice, neverTakesEffect, rounded, type Prices } from "./prices";
import { isSensitive } from "./sensitive";

/** One of our resources as the plan leaves it. */
interface Resource {
  readonly type: string;
  readonly values: unknown;
  readonly sensitive: unknown;
  /** Its real id, for finding quotes. */
  readonly instanceId: string | null;
  readonly machine: MachineFact;
  readonly place: Place;
  /** Its calls; null when only apply knows them. */
  readonly calls: readonly ChangeFact[] | null;
}

/** @param calls of each of our resources in the plan, by address; null when only apply knows them. */
export function billFacts(
  plan: Plan,
  placeOf: (address: string) => Place,
  prices: Prices,
  calls: ReadonlyMap<string, readonly ChangeFact[] | null>,
): readonly BillFact[] {
  const planned = ours(plan.changes)
    .filter(({ change }) => change.after !== null)
    .map(({ change, product }): Resource => ({
      type: change.type,
      values: change.after,
      sensitive: change.afterSensitive,
      instanceId: realInstanceId(change),
      machine: machineOf(change, product),
      place: placeOf(change.address),
      calls: calls.get(change.address) ?? null,
    }));
  const others = oursInStateOnly(plan).map(({ resource, product }): Resource => ({
    type: resource.type,
    values: resource.values,
    sensitive: resource.sensitive,
    instanceId: textAt(resource.values, "instance_id"),
    machine: machineOfState(resource, product),
    place: placeOf(resource.address),
    calls: [],
  }));
  return [...planned, ...others].flatMap((resource) => billOf(resource, prices));
}

function billOf(resource: Resource, prices: Prices): readonly BillFact[] {
  const { type, values, calls, machine, place } = resource;
  const kind = kindOf(type);
  if (kind === null) return [];
  return kind.axes.flatMap((axis): BillFact[] => {
    const chain = calls?.filter((call) => call.axis === axis) ?? [];
    const value = scalarText(at(values, axis));
    // An axis that this machine does not have.
    if (chain.length === 0 && value === null && calls !== null) return [];
    const amounts =
      calls === null
        ? null
        : chain.length > 0
          ? ofChain(chain)
          : isSensitive(resource.sensitive, axis)
            ? null
            : unchanged(prices, kind.product, resource.instanceId, axis, value);
    return [{ ...place, machine, axis, ...(amounts ?? UNKNOWN) }];
  });
}

type Amounts = Pick<BillFact, "before" | "after" | "currency" | "estimated">;

const UNKNOWN: Amounts = { before: null, after: null, currency: null, estimated: false };

function unchanged(
  prices: Prices,
  product: string,
  instanceId: string | null,
  axis: string,
  value: string | null,
): Amounts | null {
  const price = prices(product, instanceId, axis, value);
  const monthly = monthlyPrice(price);
  if (monthly === null) return null;
  return {
    before: monthly.amount,
    after: monthly.amount,
    currency: price?.currency ?? null,
    estimated: monthly.estimated,
  };
}

function ofChain(chain: Chain): Amounts | null {
  const difference = monthlyOfChain(chain);
  const first = chain[0];
  if (difference === null || first === undefined) return null;
  // What would never have taken effect is no part of today's bill.
  const side =
    neverTakesEffect({ ...first, takesEffect: first.takes_effect }) && first.direction === "cancel" ? "to" : "from";
  const { price } = first;
  const monthly =
    price.source === "not_billed"
      ? { amount: 0, estimated: false }
      : monthlyPrice({
          amount: price[side],
          unit: price.unit,
          periodMonths: price.period_months,
          estimated: price.source === "estimate",
          reason: null,
        });
  if (monthly === null) return null;
  return {
    before: monthly.amount,
    after: rounded(monthly.amount + difference.amount),
    currency: difference.currency,
    estimated: monthly.estimated || difference.estimated,
  };
}
