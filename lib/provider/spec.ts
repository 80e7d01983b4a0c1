// The three resources differ in two things only: the product, and which of its axes they manage.

import type { Axis, Product } from "../engine";
import type { ResourceTypeName } from "../schema";

export interface SpecKind {
  readonly typeName: ResourceTypeName;
  readonly product: Product;
  readonly axes: readonly Axis[];
}

export const SPEC_KINDS: readonly SpecKind[] = [
  {
    typeName: "zenlayer_vm_instance_spec",
    product: "vm",
    axes: ["instance_type", "internet_max_bandwidth_out", "traffic_package_size"],
  },
  { typeName: "zenlayer_bmc_traffic_package", product: "bmc", axes: ["traffic_package_size"] },
  { typeName: "zenlayer_bmc_bandwidth", product: "bmc", axes: ["internet_max_bandwidth_out"] },
];
