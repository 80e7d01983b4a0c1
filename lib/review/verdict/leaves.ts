// What a change of another provider's resource does, as leaves: paths and values, in an order of their own and free of what moves between two plans.
import { attributeNames } from "../facts/foreign";
import { hasTrue } from "../facts/sensitive";
import { isObject, listOf, objectOf, type JsonObject } from "../input/json";
import type { ConfiguredResource } from "../input/configuration";
import type { ResourceChange } from "../input/plan";

export interface Leaf {
  readonly path: string;
  /** JSON text; `unknown` and `changes` stand for what may not be shown. */
  readonly value: string;
}

/** Known only at apply. */
const UNKNOWN = "unknown";
/** Sensitive: that it changes is covered, to what is not. */
const CHANGES = "changes";
const PLAN_TIME = "(time of the plan)";

/**
 * The leaves of what the change leaves behind that were not there before; on create all that are not null.
 *
 * @param configured null: the plan carries no configuration of the resource; then all attributes count.
 * @param timestamp of the plan, which `plantimestamp()` writes into texts.
 */
export function changedLeaves(
  change: ResourceChange,
  configured: ConfiguredResource | null,
  timestamp: string | null,
): readonly Leaf[] {
  const [before, after, unknown] = [objectOf(change.before), objectOf(change.after), objectOf(change.afterUnknown)];
  const named = configured === null ? null : new Set(Object.keys(objectOf(configured.expressions)));
  const names = attributeNames(change).filter((name) => {
    const removed = (after[name] ?? null) === null && !hasTrue(unknown[name]) && (before[name] ?? null) !== null;
    return named === null || named.has(name) || removed;
  });
  return names.flatMap((name) =>
    leavesOf({
      path: name,
      before: before[name] ?? null,
      after: after[name] ?? null,
      unknown: change.afterUnknown === true ? true : unknown[name],
      sensitive: [part(change.beforeSensitive, name), part(change.afterSensitive, name)],
    }).map((leaf) => ({ ...leaf, value: withoutPlanTime(leaf.value, timestamp) })),
  );
}

/** All leaves of a configuration that are not null, its marked values hidden. */
export function configLeaves(config: JsonObject | null, sensitive: unknown, unknown: unknown): readonly Leaf[] {
  return leavesOf({ path: "", before: null, after: config ?? {}, unknown, sensitive: [sensitive] });
}

interface Value {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
  readonly sensitive: readonly unknown[];
}

function leavesOf(root: Value): readonly Leaf[] {
  const found: Leaf[] = [];
  const open: Value[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, before, after, unknown, sensitive } = next;
    if (sensitive.includes(true)) {
      if (unknown === true || !same(before, after)) found.push({ path, value: CHANGES });
    } else if (unknown === true) {
      found.push({ path, value: UNKNOWN });
    } else if (isEmpty(after) && !hasTrue(unknown)) {
      if (!same(before, after)) found.push({ path, value: JSON.stringify(after) });
    } else {
      for (const key of keysOf(before, after, unknown).reverse()) {
        open.push({
          path: childPath(path, key, after ?? unknown ?? before),
          before: part(before, key) ?? null,
          after: part(after, key) ?? null,
          unknown: part(unknown, key),
          sensitive: sensitive.map((marks) => part(marks, key)),
        });
      }
    }
  }
  return found;
}

/** Null, a scalar, or a container with nothing in it: no further leaves below. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return !isObject(value) || Object.keys(value).length === 0;
}

function keysOf(...values: readonly unknown[]): string[] {
  const keys = new Set<string>();
  let list = false;
  for (const value of values) {
    if (Array.isArray(value)) {
      list = true;
      value.forEach((_, index) => keys.add(String(index)));
    } else if (isObject(value)) Object.keys(value).forEach((key) => keys.add(key));
  }
  return [...keys].sort((a, b) => (list ? Number(a) - Number(b) : a < b ? -1 : 1));
}

function part(value: unknown, key: string): unknown {
  if (value === true) return true;
  if (Array.isArray(value)) return listOf(value)[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function childPath(path: string, key: string, parent: unknown): string {
  if (Array.isArray(parent)) return `${path}[${key}]`;
  const name = /^[A-Za-z_][\w-]*$/.test(key) ? key : JSON.stringify(key);
  return path === "" ? name : `${path}.${name}`;
}

function same(a: unknown, b: unknown): boolean {
  return sortedJson(a) === sortedJson(b);
}

/** JSON with the keys of its objects in order. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}

function withoutPlanTime(value: string, timestamp: string | null): string {
  return timestamp === null || timestamp === "" ? value : value.replaceAll(timestamp, PLAN_TIME);
}
