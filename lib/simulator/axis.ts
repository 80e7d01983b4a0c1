// One axis of one machine: reading its value, writing it, and what it is committed to. Pure but for the machine given.
import { type Catalogue, findModel, findVmType } from "./catalogue";
import type { Axis, AxisState, Machine } from "./types";

export type AxisValue = string | number;

export function axisState(machine: Machine, axis: Axis): AxisState {
  return machine.axes[axis];
}

/** The field of a machine that holds the axis's value in force. */
export const AXIS_FIELDS = { type: "instanceType", bandwidth: "bandwidth", package: "trafficPackageSize" } as const;

/** The value in force now. */
export function currentValue(machine: Machine, axis: Axis): AxisValue | null {
  return machine[AXIS_FIELDS[axis]];
}

/** Puts a value in force; a type brings its cores, memory and bandwidth maximum. */
export function putInForce(machine: Machine, axis: Axis, value: AxisValue, catalogue: Catalogue): void {
  Object.assign(machine, { [AXIS_FIELDS[axis]]: value });
  if (axis === "type") applyCatalogue(machine, catalogue);
}

/** What the axis will be once everything known has happened. */
export function committedValue(machine: Machine, axis: Axis): AxisValue | null {
  const state = axisState(machine, axis);
  return state.inFlight?.target ?? state.scheduled?.target ?? currentValue(machine, axis);
}

/** Cores, memory and bandwidth maximum of the machine's type or model, where the catalogue has it. */
export function applyCatalogue(machine: Machine, catalogue: Catalogue): void {
  if (machine.product === "vm") {
    const type = findVmType(catalogue, machine.instanceType);
    if (type === undefined) return;
    machine.cpuCount = type.cpuCount;
    machine.memory = type.memory;
    machine.maximumBandwidth = type.bandwidthLimit;
  } else {
    const model = findModel(catalogue, machine.instanceType);
    if (model === undefined) return;
    machine.cpuCount = model.cpuCoreCount;
    machine.memory = model.memorySize;
    machine.maximumBandwidth = model.maximumBandwidth;
  }
}
