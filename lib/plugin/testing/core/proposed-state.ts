// Core's merge: the state that Terraform proposes to a provider from the prior state and the configuration.
import { blockElement, blockElements, mapBlock } from "../../cty/blocks";
import { dynamicType } from "../../cty/dynamic";
import { equalValues } from "../../cty/equality";
import { blockType } from "../../cty/type";
import { isNull, isObject, isUnknown, own, UNKNOWN } from "../../cty/values";
import { emptyObject } from "../../server/values";
import type { AttributeSchema, BlockSchema, NestedBlockSchema, ObjectValue, Type, Value } from "../../types";
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

/** Whether an object may be what became of a configured one: equal but for computed attributes that the configuration leaves out. */
function mayStem(schema: BlockSchema, prior: Value, config: Value): boolean {
  if (same(config, prior, blockType(schema)) || !isObject(prior)) return true;
  if (!isObject(config) && !isUnknown(config)) return false;
  const member = (name: string): Value => (isObject(config) ? (own(config, name) ?? null) : UNKNOWN);
  return (
    Object.entries(schema.attributes).every(([name, attribute]) =>
      attributeMayStem(attribute, own(prior, name) ?? null, member(name)),
    ) &&
    Object.entries(schema.blocks ?? {}).every(([name, nested]) =>
      blockMayStem(nested, own(prior, name) ?? null, member(name)),
    )
  );
}

function attributeMayStem({ type, computed }: AttributeSchema, prior: Value, config: Value): boolean {
  if (same(config, prior, type)) return true;
  // Core does not look into sets, not even into one that the configuration leaves out.
  return !isSet(config, type) && computed === true && isNull(config);
}

function blockMayStem(nested: NestedBlockSchema, prior: Value, config: Value): boolean {
  const type = blockType(nested.block);
  const whole: Type = nested.nesting === "single" || nested.nesting === "group" ? type : [nested.nesting, type];
  if (same(config, prior, whole)) return true;
  if (nested.nesting === "set") return false;
  return blockElements(nested, prior).every(([step, element]) => {
    const configured = isUnknown(config) ? UNKNOWN : blockElement(config, step);
    return configured !== undefined && !isNull(configured) && mayStem(nested.block, element, configured);
  });
}

function isSet(value: Value, type: Type): boolean {
  const concrete = type === "dynamic" ? dynamicType(value) : type;
  return concrete !== null && typeof concrete !== "string" && concrete[0] === "set";
}

function same(left: Value, right: Value, type: Type): boolean {
  return equalValues(left, right, type, { refinements: false });
}
