// Core's merge: the state that Terraform proposes to a provider from the prior state and the configuration.
import { blockElement, mapBlock } from "../../cty/blocks";
import { blockType } from "../../cty/type";
import { isNull, isObject, isUnknown, own } from "../../cty/values";
import { mayStem } from "../../server/correlate";
import { emptyObject } from "../../server/values";
import type { BlockSchema, NestedBlockSchema, ObjectValue, Value } from "../../types";
import { normalize } from "./set-order";

/** Write-only values stand in it: the provider has to plan them as null. */
export function proposedNewState(schema: BlockSchema, prior: ObjectValue | null, config: ObjectValue): ObjectValue {
  const merged = normalize(mergeObject(schema, prior, config), blockType(schema));
  return isObject(merged) ? merged : config;
}

function mergeObject(schema: BlockSchema, prior: Value, config: Value): Value {
  if (isNull(config) && isNull(prior)) return null;
  const before = isObject(prior) ? prior : emptyObject(schema);
  if (!isObject(config)) return before;
  const merged: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    const configured = own(config, name) ?? null;
    merged[name] = attribute.computed === true && isNull(configured) ? (own(before, name) ?? null) : configured;
  }
  for (const [name, nested] of Object.entries(schema.blocks ?? {})) {
    merged[name] = mergeBlock(nested, own(before, name) ?? null, own(config, name) ?? null);
  }
  return merged;
}

function mergeBlock(nested: NestedBlockSchema, prior: Value, config: Value): Value {
  if (isUnknown(config)) return config;
  if (nested.nesting === "single") return isNull(config) ? config : mergeObject(nested.block, prior, config);
  if (nested.nesting === "group") return mergeObject(nested.block, prior, config);
  if (nested.nesting === "set") return mergeSet(nested.block, prior, config);
  return mapBlock(nested, config, (element, step) => {
    const before = blockElement(prior, step);
    return before === undefined ? element : mergeObject(nested.block, before, element);
  });
}

/** Each element takes the first prior one that it may have led to, and no two take the same. */
function mergeSet(schema: BlockSchema, prior: Value, config: Value): Value {
  if (!Array.isArray(config)) return config;
  const left: Value[] = Array.isArray(prior) ? [...(prior as readonly Value[])] : [];
  return config.map((element: Value) => {
    const index = left.findIndex((before) => mayStem(schema, before, element));
    return mergeObject(schema, index < 0 ? null : (left.splice(index, 1)[0] ?? null), element);
  });
}
