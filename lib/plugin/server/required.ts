// Required is never null. Terraform checks that an argument is written, not that it has a value: a variable without one gives null.
import { blockElements, elementPath } from "../cty/blocks";
import { pathText } from "../cty/type";
import { isNull, isObject, own } from "../cty/values";
import type { AttributePath, BlockSchema, Diagnostics, ObjectValue, Value } from "../types";

/** Reports one error for each block that lacks a value, and tells whether there were any. Unknown values may still come. */
export function reportMissing(schema: BlockSchema, config: ObjectValue, diagnostics: Diagnostics): boolean {
  const blocks = missingIn(schema, config, []);
  for (const paths of blocks) {
    const names = paths.map((path) => pathText(path).slice(1));
    const [are, values] = names.length === 1 ? ["is", "its value is"] : ["are", "their values are"];
    diagnostics.error(
      `${names.join(" and ")} ${are} required`,
      `In this configuration ${values} null. That is what a variable without a value gives, too.`,
      paths[0],
    );
  }
  return blocks.length > 0;
}

/** Required attributes without a value, block by block. */
function missingIn(schema: BlockSchema, config: Value, path: AttributePath): AttributePath[][] {
  if (!isObject(config)) return [];
  const missing = Object.entries(schema.attributes)
    .filter(([name, attribute]) => attribute.required === true && isNull(own(config, name) ?? null))
    .map(([name]) => [...path, name]);
  const inside = Object.entries(schema.blocks ?? {}).flatMap(([name, nested]) =>
    blockElements(nested, own(config, name)).flatMap(([step, element]) =>
      missingIn(nested.block, element, elementPath([...path, name], step)),
    ),
  );
  return missing.length > 0 ? [missing, ...inside] : inside;
}
