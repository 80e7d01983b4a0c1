// Core's merge: the state that Terraform proposes to a provider from the prior state and the configuration.
import { blockType } from "../../cty/type";
import { equalValues, isObject, isUnknown, own, setKey } from "../../cty/values";
import type { BlockSchema, NestedBlockSchema, ObjectValue, Value } from "../../types";
import { emptyMember } from "../../server/values";

export function proposedNewState(schema: BlockSchema, prior: ObjectValue | null, config: ObjectValue): ObjectValue {
  const proposed: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    const configured = own(config, name) ?? null;
    const before = prior === null ? null : (own(prior, name) ?? null);
    if (attribute.writeOnly === true) proposed[name] = null;
    else proposed[name] = attribute.computed === true && configured === null ? before : configured;
  }
  for (const [name, nested] of Object.entries(schema.blocks ?? {})) {
    const configured = own(config, name) ?? emptyMember(schema, name);
    proposed[name] = proposedBlock(nested, prior === null ? null : (own(prior, name) ?? null), configured);
  }
  return proposed;
}

function proposedBlock(nested: NestedBlockSchema, prior: Value, config: Value): Value {
  const one = (element: Value, before: Value | undefined): Value =>
    isObject(element) ? proposedNewState(nested.block, isObject(before) ? before : null, element) : element;
  if (config === null || isUnknown(config)) return config;
  if (Array.isArray(config)) {
    const before: readonly Value[] = Array.isArray(prior) ? prior : [];
    if (nested.nesting !== "set") return config.map((element: Value, index) => one(element, before[index]));
    const left = [...before];
    return config.map((element: Value) => {
      const index = left.findIndex((candidate) => corresponds(nested.block, element, candidate));
      return one(element, index < 0 ? null : left.splice(index, 1)[0]);
    });
  }
  if (nested.nesting !== "map" || !isObject(config)) return one(config, prior);
  const entries: Record<string, Value> = {};
  for (const [key, element] of Object.entries(config)) {
    setKey(entries, key, one(element, isObject(prior) ? own(prior, key) : undefined));
  }
  return entries;
}

/** Whether a prior element of a set is the configured one: equal but for computed attributes without a configured value. */
function corresponds(schema: BlockSchema, config: Value, prior: Value): boolean {
  if (!isObject(config) || !isObject(prior)) return false;
  const attributes = Object.entries(schema.attributes).every(([name, attribute]) => {
    const configured = own(config, name) ?? null;
    if (attribute.computed === true && configured === null) return true;
    return equalValues(configured, own(prior, name), attribute.type);
  });
  const blocks = Object.entries(schema.blocks ?? {}).every(([name, { block }]) =>
    equalValues(own(config, name), own(prior, name), ["list", blockType(block)]),
  );
  return attributes && blocks;
}
