// A kind of specification as the provider handles it: the row of the table, with its type name.

import { KINDS, RESOURCE_TYPES, type QuoteTypeName, type ResourceTypeName, type SpecificationKind } from "../schema";

export interface SpecKind extends SpecificationKind {
  readonly typeName: ResourceTypeName;
  readonly quote: QuoteTypeName;
}

export const SPEC_KINDS: readonly SpecKind[] = RESOURCE_TYPES.map((typeName) => ({ typeName, ...KINDS[typeName] }));
