// What must not be shown by the plan's own marks.
import { at, isObject } from "../input/json";

/** What stands in the place of a sensitive value. */
export const HIDDEN = "(sensitive)";

/** Whether a `*_sensitive` mark covers the attribute, as a whole or in any part of it. */
export function isSensitive(marks: unknown, attribute: string): boolean {
  return marks === true || hasTrue(at(marks, attribute));
}

/** Whether an `after_unknown` mark says that the attribute, or any part of it, is known only at apply. */
export function isUnknown(marks: unknown, attribute: string): boolean {
  return marks === true || hasTrue(at(marks, attribute));
}

function hasTrue(mark: unknown): boolean {
  const open: unknown[] = [mark];
  while (open.length > 0) {
    const current = open.pop();
    if (current === true) return true;
    if (Array.isArray(current)) for (const item of current as readonly unknown[]) open.push(item);
    else if (isObject(current)) for (const item of Object.values(current)) open.push(item);
  }
  return false;
}
