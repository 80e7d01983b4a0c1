// Which way a change goes. Numbers speak for themselves; for types only prices and the catalogue do, never the name.
import type { Axis, AxisValue, Direction, Facts } from "./types";
import { isUnlimited } from "./values";

/** The direction of a Modify… call. */
export type ModifyDirection = Exclude<Direction, "cancel">;

/** The direction from one value to a different one of the same axis. */
export function directionOf(axis: Axis, from: AxisValue, to: AxisValue, facts: Facts): ModifyDirection {
  if (axis === "instance_type") return directionOfTypeChange(String(from), String(to), facts.types);
  return byOrder([[sizeOf(axis, from), sizeOf(axis, to)]]);
}

/**
 * The direction of a type change: by the list prices of both types where both are known; else by cpu and memory (both at least equal and one more is
 * up, the reverse is down); else, and at equal list prices, `lateral`: Zenlayer decides, and it may charge.
 */
export function directionOfTypeChange(from: string, to: string, types: Facts["types"]): ModifyDirection {
  const a = typeFacts(types, from);
  const b = typeFacts(types, to);
  if (!a || !b) return "lateral";
  if (a.listPrice !== null && b.listPrice !== null) return byOrder([[a.listPrice, b.listPrice]]);
  if (a.cpuCount === null || b.cpuCount === null || a.memory === null || b.memory === null) return "lateral";
  return byOrder([
    [a.cpuCount, b.cpuCount],
    [a.memory, b.memory],
  ]);
}

/** What is known of a type: null = Zenlayer does not know it, undefined = it was not looked up, or there is none. */
export function typeFacts(types: Facts["types"], id: AxisValue | null | undefined) {
  // Stryker disable next-line ConditionalExpression: what is no text is no name of a type either
  if (types === undefined || typeof id !== "string") return undefined;
  return Object.hasOwn(types, id) ? types[id] : undefined;
}

/** A number that can be compared: unlimited bandwidth is larger than any. */
export function sizeOf(axis: Axis, value: AxisValue): number {
  return isUnlimited(axis, value) ? Infinity : Number(value);
}

function byOrder(pairs: readonly (readonly [from: number, to: number])[]): ModifyDirection {
  const more = pairs.some(([from, to]) => to > from);
  const less = pairs.some(([from, to]) => to < from);
  if (more === less) return "lateral";
  return more ? "upgrade" : "downgrade";
}
