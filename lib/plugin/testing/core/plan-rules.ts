// What Terraform demands of a plan. Each problem is core's wording, so that a unit test fails with the words the user would have read.
import { blockType, pathText } from "../../cty/type";
import { equalValues, isObject, isUnknown, own } from "../../cty/values";
import type { AttributePath, AttributeSchema, BlockSchema, NestedBlockSchema, ObjectValue, Value } from "../../types";
import { describeValue } from "./describe";

export interface Problem {
  readonly path: AttributePath;
  readonly problem: string;
}

export function planProblems(
  schema: BlockSchema,
  prior: ObjectValue | null,
  config: ObjectValue | null,
  planned: ObjectValue | null,
  path: AttributePath = [],
): Problem[] {
  if (config === null) {
    return planned === null ? [] : [{ path, problem: "planned for existence but config wants absence" }];
  }
  if (planned === null) return [{ path, problem: "planned for absence but config wants existence" }];
  const attributes = Object.entries(schema.attributes).flatMap(([name, attribute]) =>
    attributeProblems(
      attribute,
      prior === null ? null : (own(prior, name) ?? null),
      own(config, name) ?? null,
      own(planned, name) ?? null,
      [...path, name],
    ),
  );
  const blocks = Object.entries(schema.blocks ?? {}).flatMap(([name, nested]) =>
    blockProblems(
      nested,
      prior === null ? null : (own(prior, name) ?? null),
      own(config, name) ?? null,
      own(planned, name) ?? null,
      [...path, name],
    ),
  );
  return [...attributes, ...blocks];
}

function attributeProblems(
  { type, computed, writeOnly }: AttributeSchema,
  prior: Value,
  config: Value,
  planned: Value,
  path: AttributePath,
): Problem[] {
  if (writeOnly === true) {
    if (planned === null) return [];
    return [{ path, problem: `returned a value for the write-only attribute "${pathText(path)}" during planning` }];
  }
  if (equalValues(planned, config, type)) return [];
  if (config === null) {
    if (computed === true) return [];
    if (prior !== null && equalValues(planned, prior, type)) return [];
    return [{ path, problem: `planned value ${describeValue(planned, type)} for a non-computed attribute` }];
  }
  // The prior value may stand for an equivalent configured one; an unknown never may.
  if (!isUnknown(planned) && prior !== null && equalValues(planned, prior, type)) return [];
  const values = `planned value ${describeValue(planned, type)} does not match config value ${describeValue(config, type)}`;
  return [{ path, problem: prior === null ? values : `${values} nor prior value ${describeValue(prior, type)}` }];
}

function blockProblems(
  nested: NestedBlockSchema,
  prior: Value,
  config: Value,
  planned: Value,
  path: AttributePath,
): Problem[] {
  if (isUnknown(config)) {
    if (isUnknown(planned)) return [];
    const shown = describeValue(planned, blockType(nested.block));
    return [{ path, problem: `planned value ${shown} for unknown dynamic block` }];
  }
  if (isUnknown(planned)) {
    return [
      {
        path,
        problem:
          "attribute representing nested block must not be unknown itself; set nested attribute values to unknown instead",
      },
    ];
  }
  if (nested.nesting === "single" || nested.nesting === "group") {
    return planProblems(nested.block, object(prior), object(config), object(planned), path);
  }
  if (planned === null) {
    return [
      { path, problem: "attribute representing a list of nested blocks must be empty to indicate no blocks, not null" },
    ];
  }
  const wanted = keys(config);
  const given = keys(planned);
  if (wanted.length !== given.length) {
    return [
      { path, problem: `block count in plan (${given.length}) disagrees with count in config (${wanted.length})` },
    ];
  }
  if (nested.nesting === "set") return setProblems(nested, planned, path);
  return wanted.flatMap((key) => {
    const place = [...path, key];
    const element = member(planned, key);
    if (element === undefined) return [{ path: place, problem: "missing from plan" }];
    if (isUnknown(element)) {
      return [
        {
          path: place,
          problem:
            "element representing nested block must not be unknown itself; set nested attribute values to unknown instead",
        },
      ];
    }
    return planProblems(nested.block, object(member(prior, key)), object(member(config, key)), object(element), place);
  });
}

/** Elements of a set cannot be matched one to one while computed attributes differ; core too checks only their existence. */
function setProblems(_nested: NestedBlockSchema, planned: Value, path: AttributePath): Problem[] {
  const elements: readonly Value[] = Array.isArray(planned) ? planned : [];
  return elements.some((element) => isUnknown(element) || element === null)
    ? [
        {
          path,
          problem:
            "element representing nested block must not be unknown itself; set nested attribute values to unknown instead",
        },
      ]
    : [];
}

function object(value: Value | undefined): ObjectValue | null {
  return isObject(value) ? value : null;
}

function keys(value: Value): (string | number)[] {
  if (Array.isArray(value)) return value.map((_, index) => index);
  return isObject(value) ? Object.keys(value) : [];
}

function member(value: Value, key: string | number): Value | undefined {
  if (Array.isArray(value)) return (value as readonly Value[])[Number(key)];
  return isObject(value) ? own(value, String(key)) : undefined;
}
