// Machines to decide about: ordinary ones, of which a test changes what it is about.
import type { AxisState, Machine, TypeFacts } from "../../lib/engine";

export const EXPIRES = "2026-02-01T00:00:00Z";

export function settled<V extends string | number>(effective: V | null): AxisState<V> {
  return { phase: "settled", effective };
}

export function scheduled<V extends string | number>(effective: V | null, target: V): AxisState<V> {
  return { phase: "scheduled", effective, target };
}

export function processing<V extends string | number>(effective: V | null, target: V): AxisState<V> {
  return { phase: "processing", effective, target };
}

/** A PREPAID virtual machine, flat rate, c.4c8g with 400 Mbps; `axes` replaces single axes. */
export function vm(changes: Partial<Omit<Machine, "axes">> & { axes?: Machine["axes"] } = {}): Machine {
  return {
    product: "vm",
    instanceId: "900000000000000001",
    instanceChargeType: "PREPAID",
    internetChargeType: "ByBandwidth",
    expiredTime: changes.instanceChargeType === "POSTPAID" ? null : EXPIRES,
    autoRenew: true,
    ...changes,
    axes: {
      instance_type: settled("c.4c8g"),
      internet_max_bandwidth_out: settled(400),
      traffic_package_size: settled<number>(changes.internetChargeType === "ByTrafficPackage" ? 5 : null),
      ...changes.axes,
    },
  };
}

/** A PREPAID bare-metal machine, flat rate, 400 Mbps; `axes` replaces single axes. */
export function bmc(changes: Partial<Omit<Machine, "axes">> & { axes?: Machine["axes"] } = {}): Machine {
  return {
    product: "bmc",
    instanceId: "900000000000000002",
    instanceChargeType: "PREPAID",
    internetChargeType: "ByBandwidth",
    expiredTime: changes.instanceChargeType === "POSTPAID" ? null : EXPIRES,
    autoRenew: true,
    ...changes,
    axes: {
      internet_max_bandwidth_out: settled(400),
      traffic_package_size: settled<number>(changes.internetChargeType === "ByTrafficPackage" ? 5 : null),
      ...changes.axes,
    },
  };
}

export function type(facts: Partial<TypeFacts> = {}): TypeFacts {
  return {
    cpuCount: null,
    memory: null,
    bandwidthLimit: null,
    onSale: true,
    internetChargeTypes: [],
    listPrice: null,
    ...facts,
  };
}

/** Prices of 6 per core and 4 per GiB; g.2c8g is made as dear as c.4c8g. */
export const TYPES: Readonly<Record<string, TypeFacts>> = {
  "c.2c4g": type({ cpuCount: 2, memory: 4, bandwidthLimit: 1000, listPrice: 28 }),
  "c.4c8g": type({ cpuCount: 4, memory: 8, bandwidthLimit: 1500, listPrice: 56 }),
  "c.8c16g": type({ cpuCount: 8, memory: 16, bandwidthLimit: 2000, listPrice: 112 }),
  "g.2c8g": type({ cpuCount: 2, memory: 8, bandwidthLimit: 1000, listPrice: 56 }),
  "m.2c16g": type({ cpuCount: 2, memory: 16, bandwidthLimit: 1000, listPrice: 76 }),
  "s.2c4g": type({ cpuCount: 2, memory: 4, bandwidthLimit: 1000, listPrice: 30 }),
  "h.2c4g": type({ cpuCount: 2, memory: 4, bandwidthLimit: 1000, listPrice: 90 }),
};
