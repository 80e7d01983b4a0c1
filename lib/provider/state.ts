// Between what Terraform stores of a machine and what was observed of it.

import {
  AXES,
  committed,
  formatValue,
  normaliseAxis,
  pendingChanges,
  sameValue,
  type Axis,
  type AxisState,
  type AxisValue,
  type Machine,
  type PlannedStep,
  type Step,
} from "../engine";
import type { ObjectValue, Value } from "../plugin";
import type { Observation } from "../reconcile";
import type { SpecKind } from "./spec";
import { axisValueOf, numberOf, objectsOf, parseAxisValue, textOf } from "./values";

/** Attributes that only the user sets, and those that an apply leaves behind. Observing does not touch them. */
const SETTINGS = ["on_downgrade", "max_immediate_charge", "on_destroy", "timeouts"] as const;
const RESULTS = ["changes", "plan_summary", "order_numbers", "change_count"] as const;

/** All attributes of the resource: the machine as observed, everything else as in `carried`. */
export function observedState(kind: SpecKind, observation: Observation, carried: ObjectValue): ObjectValue {
  const { instance, machine } = observation;
  const state: Record<string, Value> = {
    id: instance.instanceId,
    instance_id: instance.instanceId,
    ...machineFacts(observation),
    pending: pendingOf(machine, kind.axes),
    ...resultsOf(carried),
    ...settingsOf(carried),
  };
  for (const axis of kind.axes) {
    const axisState: AxisState | undefined = machine.axes[axis];
    state[axis] = keepSpelling(axis, carried[axis], committed(axisState));
    const effective = `effective_${axis}`;
    state[effective] = keepSpelling(axis, carried[effective], axisState?.effective ?? null);
  }
  return state;
}

/** The facts that resources and the single-machine data sources show alike. */
export function machineFacts({ instance }: Observation): { readonly [name: string]: Value } {
  return {
    instance_name: instance.instanceName,
    instance_status: instance.instanceStatus,
    zone_id: instance.zoneId,
    instance_charge_type: instance.instanceChargeType,
    internet_charge_type: instance.internetChargeType,
    expired_time: instance.expiredTime,
    auto_renew: instance.autoRenew,
  };
}

export function pendingOf(machine: Machine, axes: readonly Axis[]): readonly ObjectValue[] {
  return pendingChanges(machine, axes).map((change) => ({
    axis: change.axis,
    from: change.from === null ? null : formatValue(change.axis, change.from),
    to: formatValue(change.axis, change.to),
    phase: change.phase,
    effective_at: change.effectiveAt,
  }));
}

/** The machine that a state describes: what planning decides on, so that both plans of Terraform decide alike. */
export function machineOfState(kind: SpecKind, state: ObjectValue): Machine {
  const pending = objectsOf(state["pending"]);
  const axes: { [A in Axis]?: AxisState } = {};
  for (const axis of kind.axes) {
    const change = pending.find((each) => each["axis"] === axis);
    const to = textOf(change?.["to"]);
    const phase = change?.["phase"];
    axes[axis] = normaliseAxis(axis, {
      phase: phase === "processing" || phase === "scheduled" ? phase : "settled",
      effective: axisValueOf(axis, state[`effective_${axis}`]),
      target: to === null ? null : parseAxisValue(axis, to),
    });
  }
  const autoRenew = state["auto_renew"];
  return {
    product: kind.product,
    instanceId: textOf(state["instance_id"]) ?? "",
    instanceChargeType: textOf(state["instance_charge_type"]) ?? "",
    internetChargeType: textOf(state["internet_charge_type"]) ?? "",
    expiredTime: textOf(state["expired_time"]),
    autoRenew: typeof autoRenew === "boolean" ? autoRenew : null,
    // Each axis was normalised from values of its own kind above.
    axes: axes as Machine["axes"],
  };
}

/** The same machine with the axes of one resource only. */
export function ofKind(kind: SpecKind, machine: Machine): Machine {
  const axes = Object.fromEntries(
    AXES.filter((axis) => kind.axes.includes(axis) && machine.axes[axis] !== undefined).map((axis) => [
      axis,
      machine.axes[axis],
    ]),
  );
  return { ...machine, axes };
}

export function changesOf(steps: readonly Step[]): readonly ObjectValue[] {
  return steps.map((step) => ({
    step: step.step,
    action: step.action,
    axis: step.axis,
    from: step.from === null ? null : formatValue(step.axis, step.from),
    to: formatValue(step.axis, step.to),
    direction: step.direction,
    takes_effect: step.takesEffect,
    effective_at: step.effectiveAt,
    charge: step.charge,
  }));
}

/** The calls that a planned state promises. */
export function plannedSteps(planned: ObjectValue): readonly PlannedStep[] {
  return objectsOf(planned["changes"]).map((change) => ({
    step: numberOf(change["step"]) ?? 0,
    action: textOf(change["action"]) ?? "",
    axis: textOf(change["axis"]) ?? "",
    from: textOf(change["from"]),
    to: textOf(change["to"]) ?? "",
    direction: textOf(change["direction"]) ?? "",
    charge: textOf(change["charge"]) ?? "",
  }));
}

/** A value equal to the one we know (packages: within 1e-6 TB) keeps its spelling, so that it never shows as a difference. */
export function keepSpelling(axis: Axis, known: Value | undefined, observed: AxisValue | null): Value {
  const spelling = known ?? null;
  const value = axisValueOf(axis, spelling);
  return value !== null && sameValue(axis, value, observed) ? spelling : observed;
}

export function settingsOf(source: ObjectValue): { readonly [name: string]: Value } {
  return Object.fromEntries(SETTINGS.map((name) => [name, source[name] ?? null]));
}

/** Results of earlier applies; none yet reads as empty, never as null. */
export function resultsOf(source: ObjectValue): { readonly [name: string]: Value } {
  const empty = { changes: [], plan_summary: "", order_numbers: [], change_count: 0 };
  return Object.fromEntries(RESULTS.map((name) => [name, source[name] ?? empty[name]]));
}
