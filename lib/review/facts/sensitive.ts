// What must not be shown: the plan's own marks of sensitive values, and those values inside free text.
import { at, isObject, listOf, objectOf } from "../input/json";
import type { Plan, StateResource } from "../input/plan";

/** What stands in the place of a sensitive value. */
export const HIDDEN = "(sensitive)";

/** Shorter texts, and numbers, are hidden in messages where they stand as a word: replacing every "1" would destroy them. */
const SHORTEST_SECRET = 4;

/** Whether a `*_sensitive` mark covers the attribute, as a whole or in any part of it. */
export function isSensitive(marks: unknown, attribute: string): boolean {
  return marks === true || hasTrue(at(marks, attribute));
}

/** Whether an `after_unknown` mark says that the attribute, or any part of it, is known only at apply. */
export function isUnknown(marks: unknown, attribute: string): boolean {
  return marks === true || hasTrue(at(marks, attribute));
}

/** Removes all sensitive values of plans and states from free text, such as messages of providers. */
export function redactor(plans: readonly Plan[], resources: readonly StateResource[] = []): (text: string) => string {
  const found = new Set(plans.flatMap((plan) => [...secretsOf(plan)]));
  for (const resource of resources) collect(resource.values, resource.sensitive, found);
  const secrets = [...found].sort((a, b) => b.length - a.length).map(pattern);
  return (text) => secrets.reduce((result, secret) => result.replace(secret, () => HIDDEN), text);
}

function pattern(secret: string): RegExp {
  const literal = secret.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const isWord = secret.length < SHORTEST_SECRET || /^-?[\d.]+$/.test(secret);
  return new RegExp(isWord ? `(?<![\\p{L}\\p{N}_]|\\d\\.)${literal}(?![\\p{L}\\p{N}_]|\\.\\d)` : literal, "gu");
}

function secretsOf(plan: Plan): Set<string> {
  const found = new Set<string>();
  for (const change of [...plan.changes, ...plan.drift, ...plan.deferred]) {
    collect(change.before, change.beforeSensitive, found);
    collect(change.after, change.afterSensitive, found);
  }
  for (const resource of plan.prior) collect(resource.values, resource.sensitive, found);
  const declared = objectOf(at(plan.document, "configuration", "root_module", "variables"));
  const values = objectOf(plan.document["variables"]);
  for (const [name, declaration] of Object.entries(declared)) {
    if (at(declaration, "sensitive") !== true) continue;
    collect(at(values, name, "value"), true, found);
    collect(at(declaration, "default"), true, found);
  }
  return found;
}

function collect(value: unknown, marks: unknown, found: Set<string>): void {
  const open: { value: unknown; marks: unknown }[] = [{ value, marks }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: current, marks: mark } = next;
    if (mark === undefined || mark === false || current === null || current === undefined) continue;
    if (typeof current === "string" || typeof current === "number") {
      if (mark === true && current !== "") found.add(String(current));
    } else if (Array.isArray(current)) {
      const list = listOf(mark);
      current.forEach((item: unknown, index) => open.push({ value: item, marks: mark === true ? true : list[index] }));
    } else if (isObject(current)) {
      for (const [key, item] of Object.entries(current)) {
        open.push({ value: item, marks: mark === true ? true : at(mark, key) });
      }
    }
  }
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
