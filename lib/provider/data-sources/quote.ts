// Quotes: what a desired specification costs. They never fail a plan: a price that cannot be had is null with a reason.

import {
  committed,
  formatValue,
  sameValue,
  validateDesired,
  type Axis,
  type AxisState,
  type AxisValue,
} from "../../engine";
import type { DataSource, ObjectValue } from "../../plugin";
import { allowancesOf, CURRENCY, priceOf, unpriced, type AxisPrice, type Observation } from "../../reconcile";
import { dataSourceSchemas } from "../../schema";
import { reconcilerOf, type Connection, type Planner } from "../connection";
import { desiredOf } from "../desire";
import type { SpecKind } from "../spec";
import { textOf } from "../values";
import { refuseFinding } from "../words";

export function quote(kind: SpecKind): DataSource<Connection> {
  return {
    schema: dataSourceSchemas[kind.quote],
    validate(config, { diagnostics }) {
      for (const finding of validateDesired(kind.product, desiredOf(kind, config))) refuseFinding(diagnostics, finding);
    },
    async read({ config }, { data, signal }) {
      const desired = desiredOf(kind, config);
      const axes = kind.axes.filter((axis) => desired[axis] !== undefined);
      const instanceId = textOf(config["instance_id"]) ?? "";
      const reconciler = reconcilerOf(data);
      const observation = await reconciler.machines.recent(kind.product, instanceId, signal).catch(() => null);
      const quotes = await Promise.all(
        axes.map((axis): Promise<AxisQuote> => {
          // `axes` holds only axes with a desired value.
          const wanted = desired[axis] as AxisValue;
          return observation === null
            ? Promise.resolve({
                target: unpriced(axis, wanted, "the machine cannot be read"),
                current: null,
                committed: null,
              })
            : quoteOf(reconciler, observation, axis, wanted, config["always"] === true, signal);
        }),
      );
      const prices = quotes.map(({ target }) => target);
      const currentPrices = quotes.flatMap(({ current }) => current ?? []);
      const committedPrices = quotes.flatMap((each) => each.committed ?? []);
      return {
        ...given(kind, config),
        prices: prices.map(priceObject),
        current_prices: currentPrices.map(priceObject),
        committed_prices: committedPrices.map(priceObject),
        asked_at: askedAt([...prices, ...currentPrices, ...committedPrices]),
        ...totalOf(prices),
        period: observation?.instance.period ?? null,
        expired_time: observation?.instance.expiredTime ?? null,
      };
    },
  };
}

/** Prices of one axis: of the desired value, of the one in force and of the committed one. */
interface AxisQuote {
  readonly target: AxisPrice;
  readonly current: AxisPrice | null;
  readonly committed: AxisPrice | null;
}

async function quoteOf(
  reconciler: Planner,
  observation: Observation,
  axis: Axis,
  wanted: AxisValue,
  always: boolean,
  signal: AbortSignal,
): Promise<AxisQuote> {
  const state: AxisState | undefined = observation.machine.axes[axis];
  const quiet = !always && sameValue(axis, wanted, committed(state));
  const freeBandwidth = quiet ? undefined : await freeBandwidthOf(reconciler, observation, axis, signal);
  // A value that is asked for twice is asked once: `pricing` shares its answers.
  const priced = async (value: AxisValue): Promise<AxisPrice> =>
    quiet
      ? unpriced(axis, value, "unchanged")
      : priceOf(reconciler.pricing, observation.instance, axis, value, { signal, freeBandwidth });
  const pricedIfAny = async (value: AxisValue | null): Promise<AxisPrice | null> =>
    value === null ? null : priced(value);
  const [target, inForce, promised] = await Promise.all([
    priced(wanted),
    pricedIfAny(state?.effective ?? null),
    pricedIfAny(committed<AxisValue>(state)),
  ]);
  return { target, current: inForce, committed: promised };
}

/** Bandwidth within the free part has a known price of 0, though Zenlayer quotes none for it. */
async function freeBandwidthOf(
  reconciler: Planner,
  observation: Observation,
  axis: Axis,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (observation.machine.product !== "bmc" || axis !== "internet_max_bandwidth_out") return undefined;
  try {
    return (await allowancesOf(reconciler.client, observation.instance, { signal })).freeBandwidth;
  } catch {
    return undefined;
  }
}

function priceObject(price: AxisPrice): ObjectValue {
  return {
    axis: price.axis,
    value: formatValue(price.axis, price.value),
    list_price: price.listPrice,
    price: price.price,
    currency: price.currency,
    unit: price.unit,
    estimated: price.estimated,
    reason: price.reason,
  };
}

/** The earliest moment at which one of these prices was named: by it more days are left, never fewer. In whole seconds. */
function askedAt(prices: readonly AxisPrice[]): string | null {
  const times = prices.flatMap((price) => price.askedAt ?? []);
  return times.length === 0 ? null : new Date(Math.min(...times)).toISOString().replace(/\.\d+Z$/, "Z");
}

/** A sum only where every part is known, for the same time and in one currency. */
function totalOf(prices: readonly AxisPrice[]): ObjectValue {
  const missing = prices.find((price) => price.price === null);
  const units = new Set(prices.map((price) => price.unit));
  const currencies = new Set(prices.map((price) => price.currency));
  const [unit] = units;
  const [currency = CURRENCY] = currencies;
  const reason =
    prices.length === 0
      ? "no value given"
      : missing !== undefined
        ? `${missing.axis}: ${missing.reason}`
        : units.size > 1
          ? "the prices are for different units of time"
          : currencies.size > 1
            ? "the prices are in different currencies"
            : null;
  if (reason !== null) return { total: null, unit: null, currency, reason };
  const total = prices.reduce((sum, price) => sum + (price.price ?? 0), 0);
  return { total: Math.round(total * 1e6) / 1e6, unit: unit ?? null, currency, reason: null };
}

function given(kind: SpecKind, config: ObjectValue): ObjectValue {
  return Object.fromEntries(["instance_id", "always", ...kind.axes].map((name) => [name, config[name] ?? null]));
}
