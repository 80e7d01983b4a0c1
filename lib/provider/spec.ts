// The three resources differ in two things only: the product, and which of its axes they manage.

import type { Axis, Product } from "../engine";
import type { DataSourceTypeName, ResourceTypeName } from "../schema";

export interface SpecKind {
  readonly typeName: ResourceTypeName;
  /** The data source that quotes its prices. */
  readonly quoteTypeName: DataSourceTypeName;
  readonly product: Product;
  readonly axes: readonly Axis[];
}

export const SPEC_KINDS: readonly SpecKind[] = [
  {
    typeName: "zenlayer_vm_instance_spec",
    quoteTypeName: "zenlayer_vm_spec_quote",
    product: "vm",
    axes: ["instance_type", "internet_max_bandwidth_out", "traffic_package_size"],
  },
  {
    typeName: "zenlayer_bmc_traffic_package",
    quoteTypeName: "zenlayer_bmc_traffic_package_quote",
    product: "bmc",
    axes: ["traffic_package_size"],
  },
  {
    typeName: "zenlayer_bmc_bandwidth",
    quoteTypeName: "zenlayer_bmc_bandwidth_quote",
    product: "bmc",
    axes: ["internet_max_bandwidth_out"],
  },
];
