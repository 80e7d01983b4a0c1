// The zenlayer provider: maps the calls of Terraform to the rules and to the reconciler.
export { createProvider } from "./provider";
export type { ProviderOptions } from "./provider";
export type { Connection } from "./connection";
