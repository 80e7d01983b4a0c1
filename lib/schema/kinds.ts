// The kinds of specification, one row each: what a resource manages, which data source quotes it, which construct writes it.
import type { AxisName } from "./axes";

/** One resource that manages axes of one machine. */
export interface SpecificationKind {
  readonly product: "vm" | "bmc";
  /** In the order in which people read them. With one axis its value is required, with several each is optional. */
  readonly axes: readonly AxisName[];
  /** Type name of the data source that quotes its prices. */
  readonly quote: string;
  /** The construct's class. */
  readonly construct: string;
}

/** By resource type name, in the order in which constructs of one machine are written. */
export const KINDS = {
  zenlayer_vm_instance_spec: {
    product: "vm",
    axes: ["instance_type", "internet_max_bandwidth_out", "traffic_package_size"],
    quote: "zenlayer_vm_spec_quote",
    construct: "VmInstanceSpec",
  },
  zenlayer_bmc_bandwidth: {
    product: "bmc",
    axes: ["internet_max_bandwidth_out"],
    quote: "zenlayer_bmc_bandwidth_quote",
    construct: "BmcBandwidth",
  },
  zenlayer_bmc_traffic_package: {
    product: "bmc",
    axes: ["traffic_package_size"],
    quote: "zenlayer_bmc_traffic_package_quote",
    construct: "BmcTrafficPackage",
  },
} as const satisfies { readonly [typeName: string]: SpecificationKind };

/** Type name of a resource. */
export type ResourceTypeName = keyof typeof KINDS;

/** Type name of a quote data source. */
export type QuoteTypeName = (typeof KINDS)[ResourceTypeName]["quote"];

/** All resource type names. */
export const RESOURCE_TYPES = Object.keys(KINDS) as readonly ResourceTypeName[];

/** The kind of a resource type; null for a type that is not ours. */
export function kindOf(typeName: string): SpecificationKind | null {
  return Object.hasOwn(KINDS, typeName) ? KINDS[typeName as ResourceTypeName] : null;
}

/** The kind that a data source quotes; null for a data source that is no quote of ours. */
export function kindOfQuote(typeName: string): SpecificationKind | null {
  return Object.values(KINDS).find((kind) => kind.quote === typeName) ?? null;
}
