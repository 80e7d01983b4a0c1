// What Terraform demands of a second plan and of the result of an apply: known values stay, promises about unknown ones hold.
import { isDecimal, numberText } from "../../cty/number";
import { equalValues, isObject, isUnknown, memberType, own } from "../../cty/values";
import type { AttributePath, Refinement, Type, Value } from "../../types";
import { describeValue } from "./describe";
import type { Problem } from "./plan-rules";

/** Differences of `actual` from `planned` that core refuses. */
export function resultProblems(planned: Value, actual: Value, type: Type, path: AttributePath = []): Problem[] {
  if (isUnknown(planned)) return placeholderProblems(planned.refinement, planned, actual, type, path);
  if (isUnknown(actual)) return [{ path, problem: "was known, but now unknown" }];
  if (planned === null || actual === null) {
    if (planned === actual) return [];
    if (path.length === 0) {
      return [
        {
          path,
          problem:
            planned === null ? "Root object was absent, but now present" : "Root object was present, but now absent",
        },
      ];
    }
    return [changed(planned, actual, type, path)];
  }
  if (isObject(planned) && isObject(actual)) return objectProblems(planned, actual, type, path);
  if (Array.isArray(planned) && Array.isArray(actual)) return arrayProblems(planned, actual, type, path);
  return equalValues(planned, actual, type) ? [] : [changed(planned, actual, type, path)];
}

/** Paths of unknown values. */
export function unknownPaths(value: Value | undefined, path: AttributePath = []): AttributePath[] {
  if (isUnknown(value)) return [path];
  if (Array.isArray(value)) return value.flatMap((element: Value, index) => unknownPaths(element, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, element]) => unknownPaths(element, [...path, key]));
}

function objectProblems(
  planned: { readonly [key: string]: Value },
  actual: { readonly [key: string]: Value },
  type: Type,
  path: AttributePath,
): Problem[] {
  const names = new Set([...Object.keys(planned), ...Object.keys(actual)]);
  return [...names].flatMap((name) => {
    const place = [...path, name];
    const before = own(planned, name);
    const after = own(actual, name);
    if (after === undefined) return [{ path: place, problem: "element has vanished" }];
    if (before === undefined) return [{ path: place, problem: "new element has appeared" }];
    return resultProblems(before, after, memberType(type, name) ?? "dynamic", place);
  });
}

function arrayProblems(
  planned: readonly Value[],
  actual: readonly Value[],
  type: Type,
  path: AttributePath,
): Problem[] {
  if (typeof type !== "string" && type[0] === "set") return setProblems(planned, actual, type[1], path);
  if (actual.length < planned.length) return [{ path, problem: `element ${actual.length} has vanished` }];
  if (actual.length > planned.length) return [{ path, problem: `new element ${planned.length} has appeared` }];
  return planned.flatMap((element, index) =>
    resultProblems(element, actual[index] ?? null, memberType(type, index) ?? "dynamic", [...path, index]),
  );
}

function setProblems(planned: readonly Value[], actual: readonly Value[], type: Type, path: AttributePath): Problem[] {
  const left = [...actual];
  // Whole matches first: an element with unknowns would take any.
  const inOrder = [...planned].sort((a, b) => unknownPaths(a).length - unknownPaths(b).length);
  for (const element of inOrder) {
    const index = left.findIndex((candidate) => resultProblems(element, candidate, type, path).length === 0);
    if (index < 0) {
      return [
        {
          path,
          problem: `planned set element ${describeValue(element, type)} does not correlate with any element in actual`,
        },
      ];
    }
    left.splice(index, 1);
  }
  return left.length === 0 ? [] : [{ path, problem: `length changed from ${planned.length} to ${actual.length}` }];
}

function placeholderProblems(
  refinement: Refinement | null,
  planned: Value,
  actual: Value,
  type: Type,
  path: AttributePath,
): Problem[] {
  if (refinement === null || keepsPromise(refinement, actual)) return [];
  const promise = `${describeValue(planned, type)} (${JSON.stringify(refinement)})`;
  return [
    { path, problem: `final value ${describeValue(actual, type)} does not conform to planning placeholder ${promise}` },
  ];
}

function keepsPromise(refinement: Refinement, actual: Value): boolean {
  if (isUnknown(actual)) return true;
  if (actual === null) return refinement.notNull !== true;
  if (typeof actual === "string") return actual.startsWith(refinement.prefix ?? "");
  if (typeof actual === "number" || isDecimal(actual)) {
    const number = Number(numberText(actual));
    const { lower, upper } = refinement;
    return (
      (lower === undefined || number > lower[0] || (lower[1] && number === lower[0])) &&
      (upper === undefined || number < upper[0] || (upper[1] && number === upper[0]))
    );
  }
  const size = Array.isArray(actual) ? actual.length : isObject(actual) ? Object.keys(actual).length : 0;
  return size >= (refinement.minLength ?? 0) && size <= (refinement.maxLength ?? Infinity);
}

function changed(planned: Value, actual: Value, type: Type, path: AttributePath): Problem {
  return { path, problem: `was ${describeValue(planned, type)}, but now ${describeValue(actual, type)}` };
}
