// All data sources of the provider by type name.

import type { DataSource } from "../../plugin";
import type { Connection } from "../connection";
import { SPEC_KINDS } from "../spec";
import { balance } from "./balance";
import { machine } from "./machine";
import { machines } from "./machines";
import { quote } from "./quote";
import { vmInstanceTypes } from "./vm-instance-types";

export function dataSources(): { readonly [typeName: string]: DataSource<Connection> } {
  return {
    zenlayer_vm_instance: machine("vm"),
    zenlayer_bmc_instance: machine("bmc"),
    zenlayer_vm_instances: machines("vm"),
    zenlayer_bmc_instances: machines("bmc"),
    zenlayer_vm_instance_types: vmInstanceTypes,
    zenlayer_balance: balance,
    ...Object.fromEntries(SPEC_KINDS.map((kind) => [kind.quote, quote(kind)])),
  };
}
