// What forces a replacement: paths of the schema and of the author, where the value really differs.
import { blockElement, blockElements, elementPath } from "../cty/blocks";
import { equalValues } from "../cty/equality";
import { blockType, typeAt } from "../cty/type";
import { isObject, isUnknown, own, valueAt } from "../cty/values";
import type { AttributePath, BlockSchema, NestedBlockSchema, ObjectValue, Value } from "../types";
import { DiagnosticError } from "./diagnostics";

/** A write-only path of the author's is kept as it is: of its value nobody knows what it was. */
export function replacedPaths(
  schema: BlockSchema,
  prior: ObjectValue,
  planned: ObjectValue,
  authors: readonly AttributePath[],
): AttributePath[] {
  const type = blockType(schema);
  const paths = schemaPaths(schema, prior, planned);
  for (const path of authors) {
    const attributeType = typeAt(type, path);
    if (attributeType === undefined) {
      throw new DiagnosticError(
        "Internal error of the provider",
        `It requires replacement for the path ${JSON.stringify(path)}, which its schema does not have.`,
      );
    }
    if (writeOnlyAt(schema, path) || !equalValues(valueAt(prior, path), valueAt(planned, path), attributeType))
      paths.push(path);
  }
  return paths;
}

/** Whether a path names a write-only attribute. */
export function writeOnlyAt(schema: BlockSchema, [name, ...rest]: AttributePath): boolean {
  if (typeof name !== "string") return false;
  if (rest.length === 0) return own(schema.attributes, name)?.writeOnly === true;
  const nested = own(schema.blocks ?? {}, name);
  if (nested === undefined) return false;
  const alone = nested.nesting === "single" || nested.nesting === "group";
  return writeOnlyAt(nested.block, alone ? rest : rest.slice(1));
}

function schemaPaths(schema: BlockSchema, prior: Value, planned: Value, path: AttributePath = []): AttributePath[] {
  const before = isObject(prior) ? prior : {};
  const after = isObject(planned) ? planned : {};
  const attributes = Object.entries(schema.attributes)
    .filter(([, { requiresReplace }]) => requiresReplace === true)
    .filter(([name, { type }]) => !equalValues(own(before, name), own(after, name), type))
    .map(([name]) => [...path, name]);
  const blocks = Object.entries(schema.blocks ?? {}).flatMap(([name, nested]) =>
    blockPaths(nested, own(before, name) ?? null, own(after, name) ?? null, [...path, name]),
  );
  return [...attributes, ...blocks];
}

function blockPaths(nested: NestedBlockSchema, prior: Value, planned: Value, path: AttributePath): AttributePath[] {
  if (nested.nesting === "set") {
    // An element of a set has no path: the whole block stands for it.
    const differs = !equalValues(replacing(nested.block, prior), replacing(nested.block, planned), ["set", "dynamic"]);
    return differs ? [path] : [];
  }
  const steps = new Set([...blockElements(nested, prior), ...blockElements(nested, planned)].map(([step]) => step));
  return [...steps].flatMap((step) =>
    schemaPaths(
      nested.block,
      blockElement(prior, step) ?? null,
      blockElement(planned, step) ?? null,
      elementPath(path, step),
    ),
  );
}

/** The elements of a set reduced to what forces a replacement. */
function replacing(schema: BlockSchema, elements: Value): Value {
  if (!Array.isArray(elements)) return isUnknown(elements) ? elements : [];
  const names = Object.keys(schema.attributes).filter((name) => schema.attributes[name]?.requiresReplace === true);
  if (names.length === 0) return [];
  return elements.map((element: Value) =>
    isObject(element) ? Object.fromEntries(names.map((name) => [name, own(element, name) ?? null])) : element,
  );
}
