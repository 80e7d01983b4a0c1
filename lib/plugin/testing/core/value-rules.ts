// When a final value is what was planned, in core's words: equal where it was known, of the promised kind where it was not.
import { dynamicType } from "../../cty/dynamic";
import { equalValues } from "../../cty/equality";
import { isDecimal, numberText } from "../../cty/number";
import { hasDynamic, typeText } from "../../cty/type";
import { isNull, isObject, isUnknown, memberType, own } from "../../cty/values";
import type { AttributePath, Refinement, Type, Value } from "../../types";
import { describeValue } from "./describe";
import type { Problem } from "./plan-rules";

/** Differences of a value from the planned one that core refuses. */
export function valueProblems(planned: Value, actual: Value, schemaType: Type, path: AttributePath): Problem[] {
  const type = concreteType(planned, schemaType);
  if (type === "dynamic") return [];
  if (!conforms(concreteType(actual, schemaType), type)) {
    return [{ path, problem: `wrong final value type: ${typeText(type)} required` }];
  }
  if (isUnknown(planned)) {
    if (planned.refinement === null || keepsPromise(planned.refinement, actual)) return [];
    const promise = `${describeValue(planned, type)} (${JSON.stringify(planned.refinement)})`;
    const text = `final value ${describeValue(actual, type)} does not conform to planning placeholder ${promise}`;
    return [{ path, problem: text }];
  }
  if (isNull(planned) && isNull(actual)) return [];
  if (isNull(actual)) return [{ path, problem: `was ${describeValue(planned, type)}, but now null` }];
  if (isNull(planned)) return [{ path, problem: `was null, but now ${describeValue(actual, type)}` }];
  if (isUnknown(actual)) return [{ path, problem: "was known, but now unknown" }];
  if (typeof type === "string") {
    if (equalValues(planned, actual, type)) return [];
    return [{ path, problem: `was ${describeValue(planned, type)}, but now ${describeValue(actual, type)}` }];
  }
  if (type[0] === "set") return setValueProblems(elements(planned), elements(actual), type[1], path);
  return memberProblems(planned, actual, type, path);
}

/** Each element has a counterpart on the other side; several may have the same one. */
export function setProblems(
  planned: readonly Value[],
  actual: readonly Value[],
  describe: (element: Value) => string,
  path: AttributePath,
  correlates: (planned: Value, actual: Value) => boolean,
): Problem[] {
  const lost = planned.filter((element) => !actual.some((other) => correlates(element, other)));
  if (lost.length > 0) {
    return lost.map((element) => ({
      path,
      problem: `planned set element ${describe(element)} does not correlate with any element in actual`,
    }));
  }
  return actual
    .filter((element) => !planned.some((other) => correlates(other, element)))
    .map((element) => ({
      path,
      problem: `actual set element ${describe(element)} does not correlate with any element in plan`,
    }));
}

function setValueProblems(planned: readonly Value[], actual: readonly Value[], type: Type, path: AttributePath) {
  const problems = setProblems(
    planned,
    actual,
    (element) => describeValue(element, type),
    path,
    (one, other) => valueProblems(one, other, type, path).length === 0,
  );
  // Elements may turn out equal and become one, but never more.
  if (actual.length <= planned.length) return problems;
  return [...problems, { path, problem: `length changed from ${planned.length} to ${actual.length}` }];
}

function memberProblems(planned: Value, actual: Value, type: Type, path: AttributePath): Problem[] {
  const before = members(planned);
  const after = members(actual);
  const changed = Object.entries(before).flatMap(([key, element]): Problem[] => {
    const result = own(after, key);
    if (result === undefined) return [{ path, problem: `element ${shown(key, type)} has vanished` }];
    const step = Array.isArray(planned) ? Number(key) : key;
    return valueProblems(element, result, memberType(type, key) ?? "dynamic", [...path, step]);
  });
  const appeared = Object.keys(after)
    .filter((key) => !Object.hasOwn(before, key))
    .map((key) => ({ path, problem: `new element ${shown(key, type)} has appeared` }));
  return [...changed, ...appeared];
}

function shown(key: string, type: Type): string {
  return typeof type !== "string" && type[0] === "map" ? JSON.stringify(key) : key;
}

function elements(value: Value): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

function members(value: Value): { readonly [key: string]: Value } {
  if (Array.isArray(value)) return Object.fromEntries((value as readonly Value[]).map((each, index) => [index, each]));
  return isObject(value) ? value : {};
}

/** The type that a value has where its schema leaves it open. */
function concreteType(value: Value, type: Type): Type {
  if (type === "dynamic") return dynamicType(value) ?? type;
  if (typeof type === "string" || !hasDynamic(type) || isNull(value) || isUnknown(value)) return type;
  if (type[0] === "object") {
    const held = members(value);
    return [
      "object",
      Object.fromEntries(
        Object.entries(type[1]).map(([name, each]) => [name, concreteType(own(held, name) ?? null, each)]),
      ),
    ];
  }
  const each = elements(value);
  if (type[0] === "tuple") return ["tuple", type[1].map((inner, index) => concreteType(each[index] ?? null, inner))];
  const [first] = Object.values(members(value));
  return first === undefined ? type : [type[0], concreteType(first, type[1])];
}

/** Whether a type is the wanted one, whose open places take any. */
function conforms(given: Type, wanted: Type): boolean {
  if (wanted === "dynamic") return true;
  if (typeof given === "string" || typeof wanted === "string") return given === wanted;
  if (given[0] === "object" && wanted[0] === "object") {
    const [has, wants] = [given[1], wanted[1]];
    if (Object.keys(has).length !== Object.keys(wants).length) return false;
    return Object.entries(wants).every(([name, type]) => {
      const held = own(has, name);
      return held !== undefined && conforms(held, type);
    });
  }
  if (given[0] === "tuple" && wanted[0] === "tuple") {
    const has = given[1];
    return has.length === wanted[1].length && wanted[1].every((type, index) => conforms(has[index] ?? "dynamic", type));
  }
  if (given[0] !== wanted[0] || given[0] === "object" || given[0] === "tuple") return false;
  return conforms(given[1], wanted[1] as Type);
}

function keepsPromise(refinement: Refinement, actual: Value): boolean {
  if (isUnknown(actual)) return true;
  if (isNull(actual)) return refinement.notNull !== true;
  if (typeof actual === "string") return actual.startsWith(refinement.prefix ?? "");
  if (typeof actual === "number" || isDecimal(actual)) {
    const number = Number(numberText(actual));
    const { lower, upper } = refinement;
    return (
      (lower === undefined || number > lower[0] || (lower[1] && number === lower[0])) &&
      (upper === undefined || number < upper[0] || (upper[1] && number === upper[0]))
    );
  }
  const size = Object.keys(members(actual)).length;
  return size >= (refinement.minLength ?? 0) && size <= (refinement.maxLength ?? Infinity);
}
