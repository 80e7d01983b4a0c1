// The plan that the framework proposes. Core proposes the prior values of computed attributes, and null for what is new, and would take either
// as a promise: when anything changes, what the configuration does not say is unknown, unless the schema calls it stable.
import { blockElement, type BlockStep, mapBlock } from "../cty/blocks";
import { equalValues } from "../cty/equality";
import { blockType } from "../cty/type";
import { isNull, isObject, own, UNKNOWN } from "../cty/values";
import type { BlockSchema, NestedBlockSchema, ObjectValue, Value } from "../types";
import { mayStem } from "./correlate";
import { withoutWriteOnly } from "./values";

/** `prior` null: create. */
export function proposePlan(
  schema: BlockSchema,
  prior: ObjectValue | null,
  config: ObjectValue,
  proposed: ObjectValue,
): ObjectValue {
  // A write-only value is no change: nobody knows what it was.
  const start = withoutWriteOnly(proposed, schema);
  return equalValues(prior, start, blockType(schema)) ? start : withUnknowns(schema, prior, config, start);
}

function withUnknowns(
  schema: BlockSchema,
  prior: ObjectValue | null,
  config: ObjectValue | null,
  proposed: ObjectValue,
): ObjectValue {
  const planned: Record<string, Value> = { ...proposed };
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    const isConfigured = config !== null && !isNull(own(config, name) ?? null);
    const isKept = attribute.stable === true && prior !== null;
    if (attribute.computed === true && !isConfigured && !isKept) planned[name] = UNKNOWN;
  }
  for (const [name, nested] of Object.entries(schema.blocks ?? {})) {
    const before = prior === null ? null : (own(prior, name) ?? null);
    const configured = config === null ? null : (own(config, name) ?? null);
    planned[name] = mapBlock(nested, own(proposed, name) ?? null, (element, step) =>
      withUnknowns(
        nested.block,
        counterpart(nested, before, step, (other) => equalValues(other, element, blockType(nested.block))),
        counterpart(nested, configured, step, (other) => mayStem(nested.block, element, other)),
        element,
      ),
    );
  }
  return planned;
}

/** The same element elsewhere; an element of a set has only itself to be known by. */
function counterpart(
  nested: NestedBlockSchema,
  held: Value,
  step: BlockStep,
  isSame: (other: ObjectValue) => boolean,
): ObjectValue | null {
  if (nested.nesting === "set") {
    const elements: readonly Value[] = Array.isArray(held) ? held : [];
    return elements.filter(isObject).find(isSame) ?? null;
  }
  const element = blockElement(held, step);
  return isObject(element) ? element : null;
}
