// Modules nest: walking them without recursion, so that no document can exhaust the stack.
import { isObject, objectsOf, type JsonObject } from "./json";

/** Deeper nesting of modules than this is not a plan of Terraform. */
export const MAXIMUM_DEPTH = 200;

/** Visits a module and all below it; `children` names the list of those. */
export function walkModules(root: unknown, children: string, visit: (module: JsonObject) => void): void {
  let level = [root].filter(isObject);
  for (let depth = 0; level.length > 0 && depth < MAXIMUM_DEPTH; depth += 1) {
    level.forEach(visit);
    level = level.flatMap((module) => objectsOf(module[children]));
  }
}
