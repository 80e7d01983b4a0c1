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
import { CURRENCY, allowancesOf, priceOf, type AxisPrice, type Observation } from "../../reconcile";
import { dataSourceSchemas } from "../../schema";
import { reconcilerOf, type Connection, type Planner } from "../connection";
import { desiredOf } from "../desire";
import type { SpecKind } from "../spec";
import { textOf } from "../values";
import { reportFinding } from "../words";

export function quote(kind: SpecKind): DataSource<Connection> {
  return {
    schema: dataSourceSchemas[kind.quote],
    validate(config, { diagnostics }) {
      for (const finding of validateDesired(kind.product, desiredOf(kind, config)))
        reportFinding(diagnostics, finding, "error");
    },
    async read({ config }, { data, signal }) {
      const desired = desiredOf(kind, config);
      const axes = kind.axes.filter((axis) => desired[axis] !== undefined);
      const instanceId = textOf(config["instance_id"]) ?? "";
      const reconciler = reconcilerOf(data);
      const observation = await reconciler.machines.recent(kind.product, instanceId, signal).catch(() => null);
      const prices: AxisPrice[] = [];
      const currentPrices: AxisPrice[] = [];
      await Promise.all(
        axes.map(async (axis, index) => {
          // `axes` holds only axes with a desired value.
          const wanted = desired[axis] as AxisValue;
          const [target, current] =
            observation === null
              ? [unpriced(axis, wanted, "the machine cannot be read"), null]
              : await pricesOf(reconciler, observation, axis, wanted, config["always"] === true, signal);
          prices[index] = target;
          if (current !== null) currentPrices[index] = current;
        }),
      );
      return {
        ...given(kind, config),
        prices: prices.map(priceObject),
        current_prices: currentPrices.filter((price) => price !== undefined).map(priceObject),
        ...totalOf(prices),
        currency: CURRENCY,
        period: observation?.instance.period ?? null,
      };
    },
  };
}

async function pricesOf(
  reconciler: Planner,
  observation: Observation,
  axis: Axis,
  wanted: AxisValue,
  always: boolean,
  signal: AbortSignal,
): Promise<[AxisPrice, AxisPrice | null]> {
  const state: AxisState | undefined = observation.machine.axes[axis];
  const effective = state?.effective ?? null;
  if (!always && sameValue(axis, wanted, committed(state))) {
    return [unpriced(axis, wanted, "unchanged"), effective === null ? null : unpriced(axis, effective, "unchanged")];
  }
  const { pricing } = reconciler;
  const freeBandwidth = await freeBandwidthOf(reconciler, observation, axis, signal);
  const options = { signal, freeBandwidth };
  return Promise.all([
    priceOf(pricing, observation.instance, axis, wanted, options),
    effective === null ? null : priceOf(pricing, observation.instance, axis, effective, options),
  ]);
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

function unpriced(axis: Axis, value: AxisValue, reason: string): AxisPrice {
  return { axis, value, listPrice: null, price: null, unit: null, estimated: axis === "instance_type", reason };
}

function priceObject(price: AxisPrice): ObjectValue {
  return {
    axis: price.axis,
    value: formatValue(price.axis, price.value),
    list_price: price.listPrice,
    price: price.price,
    currency: CURRENCY,
    unit: price.unit,
    estimated: price.estimated,
    reason: price.reason,
  };
}

/** A sum only where every part is known and for the same time. */
function totalOf(prices: readonly AxisPrice[]): ObjectValue {
  const missing = prices.find((price) => price.price === null);
  const units = new Set(prices.map((price) => price.unit));
  const [unit] = units;
  const reason =
    prices.length === 0
      ? "no value given"
      : missing !== undefined
        ? `${missing.axis}: ${missing.reason}`
        : units.size > 1
          ? "the prices are for different units of time"
          : null;
  if (reason !== null) return { total: null, unit: null, reason };
  const total = prices.reduce((sum, price) => sum + (price.price ?? 0), 0);
  return { total: Math.round(total * 1e6) / 1e6, unit: unit ?? null, reason: null };
}

function given(kind: SpecKind, config: ObjectValue): ObjectValue {
  return Object.fromEntries(["instance_id", "always", ...kind.axes].map((name) => [name, config[name] ?? null]));
}
