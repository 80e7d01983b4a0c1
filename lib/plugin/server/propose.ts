// The plan that the framework proposes: computed attributes of whatever is new become unknown, because core sends them as null and would
// take null as a promise.
import { equalValues, isObject, isUnknown, own, setKey, UNKNOWN } from "../cty/values";
import { blockType, typeAt } from "../cty/type";
import type { AttributePath, BlockSchema, NestedBlockSchema, ObjectValue, Value } from "../types";
import { DiagnosticError } from "./diagnostics";

/** `prior` null: create. Blocks without a prior counterpart are new too. */
export function proposePlan(schema: BlockSchema, prior: ObjectValue | null, proposed: ObjectValue): ObjectValue {
  const planned: Record<string, Value> = { ...proposed };
  if (prior === null) {
    for (const [name, attribute] of Object.entries(schema.attributes)) {
      if (attribute.computed === true && own(proposed, name) === null) planned[name] = UNKNOWN;
    }
  }
  for (const [name, nested] of Object.entries(schema.blocks ?? {})) {
    const held = own(proposed, name);
    if (held !== undefined)
      planned[name] = proposeBlock(nested, prior === null ? null : (own(prior, name) ?? null), held);
  }
  return planned;
}

function proposeBlock(nested: NestedBlockSchema, prior: Value, proposed: Value): Value {
  const one = (element: Value, counterpart: Value | undefined): Value =>
    isObject(element) ? proposePlan(nested.block, isObject(counterpart) ? counterpart : null, element) : element;
  if (Array.isArray(proposed)) {
    const before: readonly Value[] = Array.isArray(prior) ? prior : [];
    if (nested.nesting === "set") {
      const type = blockType(nested.block);
      return proposed.map((element: Value) =>
        one(
          element,
          before.find((other) => equalValues(other, element, type)),
        ),
      );
    }
    return proposed.map((element: Value, index) => one(element, before[index]));
  }
  if (!isObject(proposed) || nested.nesting !== "map") return one(proposed, prior);
  const entries: Record<string, Value> = {};
  for (const [key, element] of Object.entries(proposed)) {
    setKey(entries, key, one(element, isObject(prior) ? own(prior, key) : undefined));
  }
  return entries;
}

/** Paths that force a replacement: those of the schema and of the author, where the value really differs. */
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
    if (!equalValues(valueAt(prior, path), valueAt(planned, path), attributeType)) paths.push(path);
  }
  return paths;
}

function schemaPaths(schema: BlockSchema, prior: Value, planned: Value, path: AttributePath = []): AttributePath[] {
  const found: AttributePath[] = [];
  const before = isObject(prior) ? prior : {};
  const after = isObject(planned) ? planned : {};
  for (const [name, attribute] of Object.entries(schema.attributes)) {
    if (attribute.requiresReplace !== true) continue;
    if (!equalValues(own(before, name), own(after, name), attribute.type)) found.push([...path, name]);
  }
  for (const [name, nested] of Object.entries(schema.blocks ?? {})) {
    found.push(...blockPaths(nested, own(before, name) ?? null, own(after, name) ?? null, [...path, name]));
  }
  return found;
}

function blockPaths(nested: NestedBlockSchema, prior: Value, planned: Value, path: AttributePath): AttributePath[] {
  if (nested.nesting === "set") {
    // An element of a set has no path: the whole block stands for it.
    const differs = !equalValues(replacing(nested.block, prior), replacing(nested.block, planned), ["set", "dynamic"]);
    return differs ? [path] : [];
  }
  if (nested.nesting === "single" || nested.nesting === "group") return schemaPaths(nested.block, prior, planned, path);
  const keys = new Set([...keysOf(prior), ...keysOf(planned)]);
  return [...keys].flatMap((key) =>
    schemaPaths(nested.block, member(prior, key) ?? null, member(planned, key) ?? null, [...path, key]),
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

function keysOf(value: Value): (string | number)[] {
  if (Array.isArray(value)) return value.map((_, index) => index);
  return isObject(value) ? Object.keys(value) : [];
}

function member(value: Value | undefined, key: string | number): Value | undefined {
  if (Array.isArray(value)) return (value as readonly Value[])[Number(key)];
  return isObject(value) ? own(value, String(key)) : undefined;
}

function valueAt(value: Value, path: AttributePath): Value | undefined {
  let current: Value | undefined = value;
  for (const step of path) current = member(current, step);
  return current;
}
