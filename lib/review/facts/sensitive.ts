// What must not be shown by the plan's own marks.
import { at, nestedValues } from "../input/json";
import type { ResourceChange } from "../input/plan";

/** What stands in the place of a sensitive value. */
export const HIDDEN = "(sensitive)";

/** Whether a `*_sensitive` mark covers the attribute, as a whole or in any part of it. */
export function isSensitive(marks: unknown, attribute: string): boolean {
  return marks === true || hasTrue(at(marks, attribute));
}

/** Whether an attribute is sensitive before a change or after it. */
export function isHidden({ beforeSensitive, afterSensitive }: ResourceChange, attribute: string): boolean {
  return isSensitive(beforeSensitive, attribute) || isSensitive(afterSensitive, attribute);
}

/** Whether an `after_unknown` mark says that the attribute, or any part of it, is known only at apply. */
export function isUnknown(marks: unknown, attribute: string): boolean {
  return marks === true || hasTrue(at(marks, attribute));
}

/** Whether a mark says so of a value, or of any part of it. */
export function hasTrue(mark: unknown): boolean {
  for (const value of nestedValues(mark)) {
    if (value === true) return true;
  }
  return false;
}
