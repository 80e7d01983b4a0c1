// What calls charge now: about, and at most. Asking for prices is apart from the arithmetic, so that after another look the same prices serve.

import type { Instance, ZenlayerClient } from "../api";
import { chargeOf, daysLeft, mayCharge, upToCents, type ChargeAmount, type Step } from "../engine";
import { periodOf, priceOf, type AxisPrice, type PriceOptions } from "./prices";
import { sum } from "./quoted-price";

/** The price of the target and of the present value, for each step that may charge. */
export type StepPrices = ReadonlyMap<string, { readonly target: AxisPrice; readonly current: AxisPrice }>;

/** What calls charge now, in the account's currency. */
export type ImmediateCharge =
  | (ChargeAmount & {
      readonly known: true;
      /** How the amounts come about: price differences per month, days until the machine expires, months of its period. */
      readonly monthlyDifference: number;
      readonly daysLeft: number;
      readonly periodMonths: number;
    })
  | { readonly known: false; readonly reason: string };

/** Asks for the prices of all steps that may charge. Never throws: a price that cannot be had has a reason. */
export async function priceSteps(
  client: ZenlayerClient,
  instance: Instance,
  steps: readonly Step[],
  options: PriceOptions = {},
): Promise<StepPrices> {
  const entries = await Promise.all(
    steps.filter(mayCharge).map(async (step) => {
      if (step.from === null) return [];
      const [target, current] = await Promise.all([
        priceOf(client, instance, step.axis, step.to, options),
        priceOf(client, instance, step.axis, step.from, options),
      ]);
      return [[keyOf(step), { target, current }] as const];
    }),
  );
  return new Map(entries.flat());
}

/**
 * The sum over the calls that may charge; calls that charge nothing now, or by usage, count 0 and need no price. Unknown as soon as one is.
 * The days left count from the moment when Zenlayer named the prices.
 */
export function immediateCharge(
  instance: Pick<Instance, "expiredTime" | "period" | "instanceChargeType">,
  steps: readonly Step[],
  prices: StepPrices,
): ImmediateCharge {
  const differences = steps.filter(mayCharge).map((step) => differenceOf(step, prices));
  const known = differences.filter((each) => typeof each !== "string");
  if (known.length < differences.length)
    return unknown(differences.filter((each) => typeof each === "string").join("; "));
  const currencies = [...new Set(known.map(({ currency }) => currency))];
  if (currencies.length > 1) return unknown(`the prices are in ${currencies.join(" and ")}`);
  const periodMonths = periodOf(instance);
  if (instance.instanceChargeType !== "PREPAID" || periodMonths === null)
    return unknown("Zenlayer tells no subscription period of this machine");
  const { expiredTime } = instance;
  const left = daysLeft(expiredTime, Math.min(...known.map(({ askedAt }) => askedAt)));
  if (left === null)
    return unknown(`when this machine expires cannot be read: expiredTime is ${JSON.stringify(expiredTime)}`);
  const monthly = known.map(({ amount }) => Math.max(0, amount) / periodMonths);
  const charges = monthly.map((monthlyDifference) => chargeOf({ monthlyDifference, periodMonths, daysLeft: left }));
  return {
    known: true,
    about: sum(charges.map(({ about }) => about)),
    atMost: sum(charges.map(({ atMost }) => atMost)),
    monthlyDifference: sum(monthly),
    daysLeft: left,
    periodMonths,
  };
}

/** As people read amounts: two decimals. */
export function formatAmount(amount: number): string {
  return amount.toFixed(2);
}

/** What is charged at most, as people read amounts. */
export function formatBound(bound: number): string {
  return formatAmount(upToCents(bound));
}

/** How the amounts come about, in one or two sentences. Prices are after discount. */
export function explainCharge(charge: Extract<ImmediateCharge, { readonly known: true }>): string {
  const { monthlyDifference, daysLeft: left, periodMonths } = charge;
  if (monthlyDifference === 0) return "After discount, none of the targets costs more than the present value.";
  return (
    `About is the difference of ${formatAmount(monthlyDifference)} a month, after discount, for the ${Math.round(left * 10) / 10} days until the machine expires, 30 days a month. ` +
    `At most is that difference for the whole period of ${periodMonths} ${periodMonths === 1 ? "month" : "months"} or, if longer, for the days left rounded up and one more.`
  );
}

function unknown(reason: string): ImmediateCharge {
  return { known: false, reason };
}

interface Difference {
  /** For the full period. */
  readonly amount: number;
  readonly currency: string;
  readonly askedAt: number;
}

/** Or why there is none. */
function differenceOf(step: Step, prices: StepPrices): Difference | string {
  const { axis } = step;
  const found = prices.get(keyOf(step));
  if (found === undefined) return `the present value of ${axis} is not known`;
  const { target, current } = found;
  if (target.price === null) return `${axis} ${target.value}: ${target.reason}`;
  if (current.price === null) return `${axis} ${current.value}: ${current.reason}`;
  if (target.currency !== current.currency) return `the prices are in ${target.currency} and ${current.currency}`;
  if (target.discounted && !current.discounted)
    return `${axis}: the price of ${target.value} is after discount, that of ${current.value} before it`;
  const asked = [target.askedAt, current.askedAt].filter((time) => time !== null);
  return { amount: target.price - current.price, currency: target.currency, askedAt: Math.min(...asked) };
}

function keyOf({ axis, from, to }: Step): string {
  return JSON.stringify([axis, from, to]);
}
