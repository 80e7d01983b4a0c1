// The provider's schemas as data: the one source for the provider, the bindings and the documentation.
export { PROVIDER_ADDRESS, PROVIDER_VERSION } from "./identity";
export { providerSchema } from "./provider";
export { environmentFacts } from "./environment";
export type { EnvironmentFact } from "./environment";
export { resourceSchemas } from "./resources";
export { KINDS, RESOURCE_TYPES, kindOf, kindOfQuote } from "./kinds";
export type { QuoteTypeName, ResourceTypeName, SpecificationKind } from "./kinds";
export { dataSourceSchemas } from "./data-sources";
export type { DataSourceTypeName } from "./data-sources";
export type { AttributeSchema, BlockSchema, NestedBlockSchema, ResourceSchema, Type } from "./types";
