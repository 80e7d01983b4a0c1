// All data sources by type name.
import { balance, vmInstanceTypes } from "./account-data-sources";
import { manyMachines, oneMachine } from "./machine-data-sources";
import { specificationQuote } from "./quote-data-sources";
import type { BlockSchema } from "./types";

export const dataSourceSchemas = {
  zenlayer_vm_instance: oneMachine("vm"),
  zenlayer_bmc_instance: oneMachine("bmc"),
  zenlayer_vm_instances: manyMachines("vm"),
  zenlayer_bmc_instances: manyMachines("bmc"),
  zenlayer_vm_instance_types: vmInstanceTypes,
  zenlayer_balance: balance,
  zenlayer_vm_spec_quote: specificationQuote("vm", [
    "instance_type",
    "internet_max_bandwidth_out",
    "traffic_package_size",
  ]),
  zenlayer_bmc_traffic_package_quote: specificationQuote("bmc", ["traffic_package_size"]),
  zenlayer_bmc_bandwidth_quote: specificationQuote("bmc", ["internet_max_bandwidth_out"]),
} as const satisfies { readonly [typeName: string]: BlockSchema };

export type DataSourceTypeName = keyof typeof dataSourceSchemas;
