// What Terraform demands of a second plan and of the result of an apply: known values stay, promises about unknown ones hold.
import { blockElement, blockElements, elementPath } from "../../cty/blocks";
import { blockType } from "../../cty/type";
import { isNull, isObject, isUnknown, own, UNKNOWN } from "../../cty/values";
import type { AttributePath, BlockSchema, NestedBlockSchema, Value } from "../../types";
import { describeValue } from "./describe";
import type { Problem } from "./plan-rules";
import { setProblems, valueProblems } from "./value-rules";

/** Differences of an object from the planned one that core refuses. */
export function resultProblems(
  schema: BlockSchema,
  planned: Value,
  actual: Value,
  path: AttributePath = [],
): Problem[] {
  const subject = path.length === 0 ? "Root object " : "";
  if (isNull(planned) && isNull(actual)) return [];
  if (isNull(planned)) return [{ path, problem: `${subject}was absent, but now present` }];
  if (isNull(actual)) return [{ path, problem: `${subject}was present, but now absent` }];
  const attributes = Object.entries(schema.attributes).flatMap(([name, { type, sensitive }]) => {
    const place = [...path, name];
    const problems = valueProblems(member(planned, name), member(actual, name), type, place);
    if (sensitive !== true || problems.length === 0) return problems;
    return [{ path: place, problem: "inconsistent values for sensitive attribute" }];
  });
  const blocks = Object.entries(schema.blocks ?? {}).flatMap(([name, nested]) =>
    blockProblems(nested, member(planned, name), member(actual, name), [...path, name]),
  );
  return [...attributes, ...blocks];
}

/** Paths of unknown values. */
export function unknownPaths(value: Value | undefined, path: AttributePath = []): AttributePath[] {
  if (isUnknown(value)) return [path];
  if (Array.isArray(value)) return value.flatMap((element: Value, index) => unknownPaths(element, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, element]) => unknownPaths(element, [...path, key]));
}

function blockProblems(nested: NestedBlockSchema, planned: Value, actual: Value, path: AttributePath): Problem[] {
  if (nested.nesting === "single" || nested.nesting === "group") {
    // An unknown block may turn out to be none.
    if (isUnknown(planned) && isNull(actual)) return [];
    return resultProblems(nested.block, planned, actual, path);
  }
  if (isUnknown(planned) || isUnknown(actual) || isNull(planned) || isNull(actual)) return [];
  const before = blockElements(nested, planned);
  const after = blockElements(nested, actual);
  if (nested.nesting === "set") {
    const correlates = (one: Value, other: Value): boolean =>
      resultProblems(nested.block, one, other, [...path, 0]).length === 0;
    const problems = setProblems(
      before.map(([, element]) => element),
      after.map(([, element]) => element),
      (element) => describeValue(element, blockType(nested.block)),
      path,
      correlates,
    );
    if (after.length <= before.length) return problems;
    return [...problems, { path, problem: `block set length changed from ${before.length} to ${after.length}` }];
  }
  if (before.length !== after.length)
    return [{ path, problem: `block count changed from ${before.length} to ${after.length}` }];
  return before.flatMap(([step, element]) => {
    const result = blockElement(actual, step);
    return result === undefined ? [] : resultProblems(nested.block, element, result, elementPath(path, step));
  });
}

/** A member of an object, of one that is unknown as a whole too. */
function member(value: Value, name: string): Value {
  if (isUnknown(value)) return UNKNOWN;
  return isObject(value) ? (own(value, name) ?? null) : null;
}
