// All data sources by type name.
import { balance, vmInstanceTypes } from "./account-data-sources";
import { KINDS, type QuoteTypeName } from "./kinds";
import { manyMachines, oneMachine } from "./machine-data-sources";
import { specificationQuote } from "./quote-data-sources";
import type { BlockSchema } from "./types";

const quotes = Object.fromEntries(Object.values(KINDS).map((kind) => [kind.quote, specificationQuote(kind)])) as {
  readonly [T in QuoteTypeName]: BlockSchema;
};

export const dataSourceSchemas = {
  zenlayer_vm_instance: oneMachine("vm"),
  zenlayer_bmc_instance: oneMachine("bmc"),
  zenlayer_vm_instances: manyMachines("vm"),
  zenlayer_bmc_instances: manyMachines("bmc"),
  zenlayer_vm_instance_types: vmInstanceTypes,
  zenlayer_balance: balance,
  ...quotes,
} as const satisfies { readonly [typeName: string]: BlockSchema };

export type DataSourceTypeName = keyof typeof dataSourceSchemas;
