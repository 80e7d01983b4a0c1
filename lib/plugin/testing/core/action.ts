// What core makes of a plan: nothing, an update or a replacement.
import { equalValues } from "../../cty/equality";
import { blockType, typeAt } from "../../cty/type";
import { isNull, isWhollyKnown, valueAt } from "../../cty/values";
import { writeOnlyAt } from "../../server/replace";
import type { AttributePath, BlockSchema, ObjectValue, Type, Value } from "../../types";

export type PlannedAction = "create" | "update" | "replace" | "no-op";

/** `requiresReplace` counts where the value differs, and always for a write-only path, of which core knows no value. */
export function plannedAction(
  schema: BlockSchema,
  prior: ObjectValue | null,
  planned: ObjectValue | null,
  requiresReplace: readonly AttributePath[],
): PlannedAction {
  if (prior === null) return "create";
  const type = blockType(schema);
  const replaces = requiresReplace.some(
    (path) =>
      writeOnlyAt(schema, path) ||
      !isUnchanged(valueAt(prior, path) ?? null, valueAt(planned, path) ?? null, typeAt(type, path) ?? "dynamic"),
  );
  if (replaces) return "replace";
  return isUnchanged(prior, planned, type) ? "no-op" : "update";
}

/** Paths that lead nowhere, in the prior object and in the planned one. */
export function deadPaths(
  prior: ObjectValue | null,
  planned: ObjectValue | null,
  paths: readonly AttributePath[],
): readonly AttributePath[] {
  if (prior === null) return [];
  return paths.filter((path) => valueAt(prior, path) === undefined && valueAt(planned, path) === undefined);
}

/** Whether a planned value is the prior one; an unknown one never is. */
export function isUnchanged(prior: Value, planned: Value, type: Type): boolean {
  return isWhollyKnown(planned) && (isNull(prior) ? isNull(planned) : equalValues(prior, planned, type));
}
