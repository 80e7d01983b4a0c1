// The words of the engine: axes, what was observed on them, what is desired, and what is decided.
import type { Finding } from "./finding";

export type Product = "vm" | "bmc";

/** The managed properties of a machine, in Terraform's spelling. The order is the default order of steps. */
export const AXES = ["instance_type", "internet_max_bandwidth_out", "traffic_package_size"] as const;
export type Axis = (typeof AXES)[number];

/** Type id (`c.4c8g`), Mbps (integer; 0 reads as unlimited), TB. */
export interface AxisValues {
  readonly instance_type: string;
  readonly internet_max_bandwidth_out: number;
  readonly traffic_package_size: number;
}
export type AxisValue = string | number;

/**
 * One axis as the status action reports it, normalised.
 * `effective` is null where the machine has no such value (a traffic package on a ByBandwidth machine).
 * A target that is absent or equal to `effective` means settled, whatever the status word said.
 */
export type AxisState<V extends AxisValue = AxisValue> =
  | { readonly phase: "settled"; readonly effective: V | null }
  | { readonly phase: "processing" | "scheduled"; readonly effective: V | null; readonly target: V };

export type Phase = AxisState["phase"];

/** What the rules need to know of a machine. */
export interface Machine {
  readonly product: Product;
  readonly instanceId: string;
  /** `PREPAID`, `POSTPAID`, or a value unknown to us. */
  readonly instanceChargeType: string;
  /** `ByBandwidth`, `ByTrafficPackage`, … (zenlayer-api 3.3). */
  readonly internetChargeType: string;
  /** As the API writes it; null when POSTPAID. */
  readonly expiredTime: string | null;
  readonly autoRenew: boolean | null;
  /** Axes that this product has; an axis that is absent does not exist on the product. */
  readonly axes: { readonly [A in Axis]?: AxisState<AxisValues[A]> };
}

/** Desired values; an axis that is absent is not managed. */
export type Desired = { readonly [A in Axis]?: AxisValues[A] };

/** Catalogue facts that do not move between the two plans of Terraform. Whatever is absent is unknown and not checked. */
export interface Facts {
  /** VM types by id, as far as they were looked up. `null`: Zenlayer definitely does not know this type. */
  readonly types?: Readonly<Record<string, TypeFacts | null>>;
  /** Mbps included in the price (BMC, flat rate). */
  readonly freeBandwidth?: number;
  /** Highest bandwidth of a BMC model, Mbps. */
  readonly maximumBandwidth?: number;
  /** TB included in the price; a package may not be smaller. */
  readonly freePackage?: number;
}

export interface TypeFacts {
  readonly cpuCount: number | null;
  /** GiB. */
  readonly memory: number | null;
  /** Highest bandwidth, Mbps; null when not limited or unknown. */
  readonly bandwidthLimit: number | null;
  /** False: known, but not on sale in the machine's zone under its charge type. */
  readonly onSale: boolean;
  /** Network billing models sold with it; empty when unknown. */
  readonly internetChargeTypes: readonly string[];
  /** List price of the full period, from InquiryPriceCreateInstance; null when definitely refused. */
  readonly listPrice: number | null;
}

export type Direction = "upgrade" | "downgrade" | "lateral" | "cancel";
export type TakesEffect = "immediately" | "next_billing_cycle" | "decided_by_zenlayer";
export type Charge = "charged_now" | "none" | "usage_based" | "unknown";

export type ModifyAction = "ModifyInstanceType" | "ModifyInstanceBandwidth" | "ModifyInstanceTrafficPackage";
export type CancelAction =
  "CancelInstanceDowngrade" | "CancelInstanceBandwidthDowngrade" | "CancelInstanceTrafficPackageDowngrade";

/** One call, in order. */
export interface Step {
  /** 1, 2, … */
  readonly step: number;
  readonly action: ModifyAction | CancelAction;
  readonly axis: Axis;
  /** For a cancel: from the scheduled to the effective value. */
  readonly from: AxisValue | null;
  readonly to: AxisValue;
  readonly direction: Direction;
  readonly takesEffect: TakesEffect;
  /** The machine's `expiredTime` for what is scheduled, else null. */
  readonly effectiveAt: string | null;
  readonly charge: Charge;
}

/** An axis that is being processed: it must settle before anything is sent for it. */
export interface Wait {
  readonly axis: Axis;
  readonly target: AxisValue;
}

export interface Decision {
  /** Managed axes that are being processed now. `steps` predicts from their targets. */
  readonly waits: readonly Wait[];
  /** The calls, all axes, in order. Empty together with `waits`: nothing to do. */
  readonly steps: readonly Step[];
  /** What the API can never do. Not empty means: send nothing. */
  readonly refusals: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** A change that is under way or waiting, as shown in `pending`. */
export interface PendingChange {
  readonly axis: Axis;
  readonly from: AxisValue | null;
  readonly to: AxisValue;
  readonly phase: "processing" | "scheduled";
  readonly effectiveAt: string | null;
}
