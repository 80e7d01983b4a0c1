// The plan that the framework proposes: computed attributes of whatever is new become unknown, because core sends them as null and would
// take null as a promise.
import { blockElement, type BlockStep, mapBlock } from "../cty/blocks";
import { equalValues } from "../cty/equality";
import { blockType } from "../cty/type";
import { isNull, isObject, own, UNKNOWN } from "../cty/values";
import type { BlockSchema, NestedBlockSchema, ObjectValue, Value } from "../types";

/** `prior` null: create. Blocks without a prior counterpart are new too. */
export function proposePlan(schema: BlockSchema, prior: ObjectValue | null, proposed: ObjectValue): ObjectValue {
  const planned: Record<string, Value> = { ...proposed };
  if (prior === null) {
    for (const [name, attribute] of Object.entries(schema.attributes)) {
      if (attribute.computed === true && isNull(own(proposed, name))) planned[name] = UNKNOWN;
    }
  }
  for (const [name, nested] of Object.entries(schema.blocks ?? {})) {
    const before = prior === null ? null : (own(prior, name) ?? null);
    planned[name] = mapBlock(nested, own(proposed, name) ?? null, (element, step) =>
      proposePlan(nested.block, counterpart(nested, before, element, step), element),
    );
  }
  return planned;
}

/** The element that was there before; an element of a set has only itself to be known by. */
function counterpart(nested: NestedBlockSchema, prior: Value, element: Value, step: BlockStep): ObjectValue | null {
  if (nested.nesting !== "set") {
    const before = blockElement(prior, step);
    return isObject(before) ? before : null;
  }
  const type = blockType(nested.block);
  const elements: readonly Value[] = Array.isArray(prior) ? prior : [];
  return elements.filter(isObject).find((before) => equalValues(before, element, type)) ?? null;
}
