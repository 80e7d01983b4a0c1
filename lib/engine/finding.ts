// Something to tell the user about one axis, as data: a code and what it is about. The words are finding-words.ts.
import type { Axis, AxisValue, Product } from "./types";

/** What each finding is about, by its code. Codes are stable. */
interface Parameters {
  /** The product has no such property that can be changed. */
  readonly axis_not_of_product: {
    readonly product: Product;
    readonly allowed: readonly Axis[];
    readonly value: AxisValue;
  };
  readonly instance_type_malformed: { readonly value: AxisValue };
  readonly bandwidth_out_of_range: {
    readonly value: AxisValue;
    readonly problem: "unlimited" | "no_bandwidth" | "too_large";
    /** Mbps, the largest value accepted. */
    readonly limit: number;
  };
  readonly package_out_of_range: {
    readonly value: AxisValue;
    readonly problem: "no_size" | "too_large";
    /** TB, the largest value accepted. */
    readonly limit: number;
  };
  /** Refused for a bare-metal machine, a warning for a virtual one. */
  readonly package_step: {
    readonly product: Product;
    readonly value: AxisValue;
    readonly nearest: readonly [number, number];
  };
  readonly instance_type_unknown: { readonly from: AxisValue; readonly to: AxisValue };
  readonly instance_type_series: { readonly from: AxisValue; readonly to: AxisValue; readonly series: string };
  readonly instance_type_bandwidth_limit: {
    readonly to: AxisValue;
    readonly limit: number;
    readonly bandwidth: number;
  };
  readonly bandwidth_above_maximum: { readonly to: AxisValue; readonly limit: number } & (
    | { readonly bound: "model" }
    | { readonly bound: "type"; readonly type: AxisValue | null }
    | {
        /** The old type stays in force until the next billing cycle. */
        readonly bound: "type_in_force";
        readonly inForce: AxisValue | null;
        readonly type: AxisValue | null;
        readonly expiredTime: string | null;
      }
    | {
        /** The new type allows less than the bandwidth is now, so that the bandwidth changes first, under the old one. */
        readonly bound: "type_before";
        readonly inForce: AxisValue | null;
        readonly type: AxisValue | null;
      }
  );
  readonly package_charge_type: { readonly to: AxisValue; readonly internetChargeType: string };
  readonly package_postpaid: { readonly to: AxisValue };
  readonly package_below_free: { readonly to: AxisValue; readonly free: number };
  readonly no_current_value: { readonly to: AxisValue };
  readonly instance_type_not_on_sale: { readonly to: AxisValue; readonly instanceChargeType: string };
  readonly instance_type_internet_charge_type: {
    readonly to: AxisValue;
    readonly internetChargeType: string;
    readonly soldWith: readonly string[];
  };
  readonly leaving_unlimited_bandwidth: { readonly to: AxisValue };
  readonly scheduled_without_renewal: { readonly expiredTime: string | null };
}

export type FindingCode = keyof Parameters;

export type Finding = {
  readonly [C in FindingCode]: { readonly code: C; readonly axis: Axis } & Parameters[C];
}[FindingCode];
