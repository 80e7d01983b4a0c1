// What Terraform demands of a plan. Each problem is core's wording, so that a unit test fails with the words the user would have read.
import { blockElement, blockElements, elementPath } from "../../cty/blocks";
import { equalValues } from "../../cty/equality";
import { nestedType } from "../../cty/type";
import { isNull, isObject, isUnknown, own } from "../../cty/values";
import type { AttributePath, AttributeSchema, BlockSchema, NestedBlockSchema, Type, Value } from "../../types";
import { describeValue } from "./describe";

export interface Problem {
  readonly path: AttributePath;
  readonly problem: string;
}

const UNKNOWN_BLOCK =
  "attribute representing nested block must not be unknown itself; set nested attribute values to unknown instead";
const UNKNOWN_ELEMENT =
  "element representing nested block must not be unknown itself; set nested attribute values to unknown instead";

/** What core refuses in a planned object. Write-only values are checked before (`writeOnlyPaths`). */
export function planProblems(
  schema: BlockSchema,
  prior: Value,
  config: Value,
  planned: Value,
  path: AttributePath = [],
): Problem[] {
  if (isNull(planned) && isNull(config)) return [];
  if (isNull(planned)) return [{ path, problem: "planned for absence but config wants existence" }];
  if (isNull(config)) return [{ path, problem: "planned for existence but config wants absence" }];
  const attributes = Object.entries(schema.attributes).flatMap(([name, attribute]) =>
    attributeProblems(attribute, member(prior, name), member(config, name), member(planned, name), [...path, name]),
  );
  const blocks = Object.entries(schema.blocks ?? {}).flatMap(([name, nested]) =>
    blockProblems(nested, member(prior, name), member(config, name), member(planned, name), [...path, name]),
  );
  return [...attributes, ...blocks];
}

function attributeProblems(
  { type, computed, optional, sensitive, writeOnly }: AttributeSchema,
  prior: Value,
  config: Value,
  planned: Value,
  path: AttributePath,
): Problem[] {
  if (same(planned, config, type)) return [];
  // The prior value may stand for an equivalent configured one.
  if (same(planned, prior, type) && !isNull(prior) && !isNull(config)) return [];
  if (writeOnly === true) {
    return isNull(planned) ? [] : [{ path, problem: "planned value for write-only attribute is not null" }];
  }
  if (computed === true && (optional !== true || isNull(config))) return [];
  const shown = (value: Value): string => describeValue(value, type);
  const text = ((): string => {
    if (isNull(config)) {
      return sensitive === true
        ? "sensitive planned value for a non-computed attribute"
        : `planned value ${shown(planned)} for a non-computed attribute`;
    }
    const nor = isNull(prior) ? "" : sensitive === true ? " nor prior value" : ` nor prior value ${shown(prior)}`;
    return sensitive === true
      ? `sensitive planned value does not match config value${nor}`
      : `planned value ${shown(planned)} does not match config value ${shown(config)}${nor}`;
  })();
  return [{ path, problem: text }];
}

function blockProblems(
  nested: NestedBlockSchema,
  prior: Value,
  config: Value,
  planned: Value,
  path: AttributePath,
): Problem[] {
  const type = nestedType(nested);
  if (equalValues(planned, config, type)) return [];
  if (isUnknown(config))
    return [{ path, problem: `planned value ${describeValue(planned, type)} for unknown dynamic block` }];
  if (isUnknown(planned)) return [{ path, problem: UNKNOWN_BLOCK }];
  if (nested.nesting === "single" || nested.nesting === "group")
    return planProblems(nested.block, prior, config, planned, path);
  if (isNull(planned)) {
    const text = `attribute representing a ${nested.nesting} of nested blocks must be empty to indicate no blocks, not null`;
    return [{ path, problem: text }];
  }
  const given = blockElements(nested, planned);
  const wanted = blockElements(nested, config);
  // Elements of a set cannot be told apart while they change: core counts and compares none.
  if (nested.nesting !== "set" && given.length !== wanted.length) {
    return [
      { path, problem: `block count in plan (${given.length}) disagrees with count in config (${wanted.length})` },
    ];
  }
  const elements = given.flatMap(([step, element]) => {
    const place = elementPath(path, step);
    if (isUnknown(element)) return [{ path: place, problem: UNKNOWN_ELEMENT }];
    if (nested.nesting === "set") return [];
    const configured = blockElement(config, step);
    if (configured === undefined)
      return [{ path: place, problem: `block key ${JSON.stringify(step)} from plan is not present in config` }];
    return planProblems(nested.block, blockElement(prior, step) ?? null, configured, element, place);
  });
  const vanished = wanted
    .filter(([step]) => nested.nesting === "map" && blockElement(planned, step) === undefined)
    .map(([step]) => ({ path, problem: `block key ${JSON.stringify(step)} from config is not present in plan` }));
  return [...elements, ...vanished];
}

/** A member of an object; null where there is no object. */
function member(value: Value, name: string): Value {
  return isObject(value) ? (own(value, name) ?? null) : null;
}

function same(left: Value, right: Value, type: Type): boolean {
  return equalValues(left, right, type, { refinements: false });
}
