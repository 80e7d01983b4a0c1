// What every resource and data source of ours does when it renders: guards, books of what may exist once, names, errors with a code.
export { isLiteral, memberOf, resolved, valueOf } from "./attributes";
export type { Attributes, Form } from "./attributes";
export { claimAddress, isAttached } from "./claims";
export { COPY, stackOf } from "./copies";
export {
  brokenToken,
  isBrokenToken,
  LookupElement,
  ProviderElement,
  SpecificationElement,
  withAuthorsPath,
} from "./elements";
export { checkAtSynth, SynthesisError } from "./errors";
export type { SynthesisErrorCode } from "./errors";
export { GUARD, isSpecification, noteVisit } from "./guarding";
export type { Demand, Guarding } from "./guarding";
export { LIBRARY } from "./library";
export { addressOf, pathOf, rawOverridesOf, renderedOf } from "./rendered";
export type { Output } from "./rendered";
