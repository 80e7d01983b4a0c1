// What the configuration of a resource asks for: desired values, guards, and how they stand beside the state.

import { sameValue, type Axis, type AxisValue, type Desired } from "../engine";
import { isUnknown, type ObjectValue } from "../plugin";
import type { Guards } from "../reconcile";
import type { SpecKind } from "./spec";
import { keepSpelling } from "./state";
import { axisValueOf, numberOf } from "./values";

/** The desired values of managed axes. Unknown ones are not among them. */
export function desiredOf(kind: SpecKind, config: ObjectValue): Desired {
  const entries = kind.axes.flatMap((axis): [Axis, AxisValue][] => {
    const value = axisValueOf(axis, config[axis]);
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
      if (isUnknown(configured)) return [[axis, configured]];
      const value = axisValueOf(axis, configured);
      const same = value !== null && sameValue(axis, value, axisValueOf(axis, prior[axis]));
      return [[axis, same ? keepSpelling(axis, prior[axis], value) : configured]];
    }),
  );
}

export function guardsOf(config: ObjectValue): Guards {
  return {
    onDowngrade: config["on_downgrade"] === "deny" ? "deny" : "schedule",
    maxImmediateCharge: numberOf(config["max_immediate_charge"]),
  };
}
