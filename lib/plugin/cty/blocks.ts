// Nested blocks are objects behind an index, a key or nothing at all: the one place that knows which.
import type { AttributePath, NestedBlockSchema, ObjectValue, Value } from "../types";
import { isNull, isObject, isUnknown, own, setKey } from "./values";

/** What leads to an element: an index, a key, or nothing where there is one element at most. */
export type BlockStep = string | number | null;

/** The elements of a nested block; none where it is null or unknown as a whole. */
export function blockElements(
  { nesting }: NestedBlockSchema,
  held: Value | undefined,
): readonly (readonly [step: BlockStep, element: Value])[] {
  if (held === undefined || isNull(held) || isUnknown(held)) return [];
  if (nesting === "single" || nesting === "group") return [[null, held]];
  if (Array.isArray(held)) return held.map((element: Value, index) => [index, element] as const);
  return isObject(held) ? Object.entries(held) : [];
}

/** The element that a step leads to. */
export function blockElement(held: Value | undefined, step: BlockStep): Value | undefined {
  if (step === null) return held;
  if (Array.isArray(held)) return (held as readonly Value[])[Number(step)];
  return isObject(held) ? own(held, String(step)) : undefined;
}

/** The nested block with each of its objects changed; what is null or unknown stays. */
export function mapBlock(
  nested: NestedBlockSchema,
  held: Value,
  change: (element: ObjectValue, step: BlockStep) => Value,
): Value {
  const one = ([step, element]: readonly [BlockStep, Value]): Value =>
    isObject(element) ? change(element, step) : element;
  const elements = blockElements(nested, held);
  if (Array.isArray(held)) return elements.map(one);
  if (nested.nesting !== "map") return elements[0] === undefined ? held : one(elements[0]);
  if (!isObject(held)) return held;
  const entries: Record<string, Value> = {};
  for (const each of elements) setKey(entries, String(each[0]), one(each));
  return entries;
}

/** The path of an element below the path of its block. */
export function elementPath(path: AttributePath, step: BlockStep): AttributePath {
  return step === null ? path : [...path, step];
}
