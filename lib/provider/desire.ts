// What the configuration of a resource asks for: desired values, guards, and how they stand beside the state.

import { sameValue, type Axis, type AxisValue, type Desired } from "../engine";
import type { ObjectValue } from "../plugin";
import type { Guards } from "../reconcile";
import type { SpecKind } from "./spec";
import { keepSpelling } from "./state";
import { axisValueOf, numberOf } from "./values";

/** The axes that a configuration sets, known or not yet. */
export function managedAxes(kind: SpecKind, config: ObjectValue): readonly Axis[] {
  return kind.axes.filter((axis) => (config[axis] ?? null) !== null);
}

/**
 * The desired values of managed axes. Unknown ones are not among them.
 *
 * @param source the configuration, or a planned state together with the axes that are managed
 */
export function desiredOf(kind: SpecKind, source: ObjectValue, managed: readonly Axis[] = kind.axes): Desired {
  const entries = managed.flatMap((axis): [Axis, AxisValue][] => {
    const value = axisValueOf(axis, source[axis]);
    return value === null ? [] : [[axis, value]];
  });
  return Object.fromEntries(entries);
}

/** Configured axes as configured, or as they stand where that is the same value in another spelling. */
export function configuredAxes(kind: SpecKind, config: ObjectValue, prior: ObjectValue): ObjectValue {
  return Object.fromEntries(
    kind.axes.flatMap((axis) => {
      const configured = config[axis] ?? null;
      if (configured === null) return [];
      const value = axisValueOf(axis, configured);
      const same = value !== null && sameValue(axis, value, axisValueOf(axis, prior[axis]));
      return [[axis, same ? keepSpelling(axis, prior[axis], value) : configured]];
    }),
  );
}

/** @param source the configuration, or a planned state */
export function guardsOf(source: ObjectValue): Guards {
  return {
    onDowngrade: source["on_downgrade"] === "deny" ? "deny" : "schedule",
    maxImmediateCharge: numberOf(source["max_immediate_charge"]),
  };
}
