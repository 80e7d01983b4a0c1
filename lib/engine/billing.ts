// When a change takes effect and whether it charges: the table of billing cases, first row that fits.
import { sizeOf, type ModifyDirection } from "./direction";
import type { Axis, AxisValue, Charge, Facts, Machine, TakesEffect } from "./types";

export interface Billing {
  readonly takesEffect: TakesEffect;
  readonly charge: Charge;
}

/** A cancel takes a scheduled downgrade back: at once, and free. */
export const CANCEL_BILLING: Billing = { takesEffect: "immediately", charge: "none" };

/** Network billing models under which the bandwidth is only a cap. Both spellings of the shared cluster are met. */
const BANDWIDTH_IS_ONLY_A_CAP: readonly string[] = [
  "ByTrafficPackage",
  "ByInstanceBandwidth95",
  "ByClusterBandwidth95",
  "BandwidthCluster",
  "ByBandwidthCluster",
];

/** Effect and charge of a Modify… call. A charge type that is not known to us is never assumed to be free. */
export function billingOf(
  machine: Machine,
  facts: Facts,
  change: {
    readonly axis: Axis;
    readonly from: AxisValue;
    readonly to: AxisValue;
    readonly direction: ModifyDirection;
  },
): Billing {
  if (isNotBilled(machine, facts, change)) return { takesEffect: "immediately", charge: "none" };
  if (machine.instanceChargeType === "POSTPAID") return { takesEffect: "immediately", charge: "usage_based" };
  const undecided: Billing = { takesEffect: "decided_by_zenlayer", charge: "unknown" };
  if (machine.instanceChargeType !== "PREPAID") return undecided;
  if (change.axis === "internet_max_bandwidth_out" && machine.internetChargeType !== "ByBandwidth") return undecided;
  switch (change.direction) {
    case "lateral":
      return undecided;
    case "upgrade":
      return { takesEffect: "immediately", charge: "charged_now" };
    case "downgrade":
      return { takesEffect: "next_billing_cycle", charge: "none" };
  }
}

/** Rows VB7, VB8, BB6 (the bandwidth is only a cap) and BB3 (both values within the free bandwidth of a bare-metal machine). */
function isNotBilled(
  machine: Machine,
  facts: Facts,
  { axis, from, to }: { readonly axis: Axis; readonly from: AxisValue; readonly to: AxisValue },
): boolean {
  if (axis !== "internet_max_bandwidth_out") return false;
  if (BANDWIDTH_IS_ONLY_A_CAP.includes(machine.internetChargeType)) return true;
  if (machine.product !== "bmc" || machine.internetChargeType !== "ByBandwidth") return false;
  const free = facts.freeBandwidth ?? 0;
  return sizeOf(axis, from) <= free && sizeOf(axis, to) <= free;
}
