// Which element of a set is which: one that came of a configured element equals it but for what is computed.
import { blockElement, blockElements } from "../cty/blocks";
import { dynamicType } from "../cty/dynamic";
import { equalValues } from "../cty/equality";
import { blockType, nestedType } from "../cty/type";
import { isNull, isObject, isUnknown, own, UNKNOWN } from "../cty/values";
import type { AttributeSchema, BlockSchema, NestedBlockSchema, Type, Value } from "../types";

/** Whether an object may have come of a configured one, by core's rule: equal but for computed attributes that the configuration leaves out. */
export function mayStem(schema: BlockSchema, object: Value, config: Value): boolean {
  if (same(config, object, blockType(schema)) || !isObject(object)) return true;
  if (!isObject(config) && !isUnknown(config)) return false;
  const member = (name: string): Value => (isObject(config) ? (own(config, name) ?? null) : UNKNOWN);
  return (
    Object.entries(schema.attributes).every(([name, attribute]) =>
      attributeMayStem(attribute, own(object, name) ?? null, member(name)),
    ) &&
    Object.entries(schema.blocks ?? {}).every(([name, nested]) =>
      blockMayStem(nested, own(object, name) ?? null, member(name)),
    )
  );
}

function attributeMayStem({ type, computed }: AttributeSchema, value: Value, config: Value): boolean {
  if (same(config, value, type)) return true;
  // Core does not look into sets, not even into one that the configuration leaves out.
  return !isSet(config, type) && computed === true && isNull(config);
}

function blockMayStem(nested: NestedBlockSchema, held: Value, config: Value): boolean {
  if (same(config, held, nestedType(nested))) return true;
  if (nested.nesting === "set") return false;
  return blockElements(nested, held).every(([step, element]) => {
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
