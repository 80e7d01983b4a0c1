// A small pure model of Zenlayer's side, by the case tables and the state machine of the API reference (5.2, 5.3). It shares no rule with lib/engine.
import type { Axis, AxisState, AxisValue, Machine, Step } from "../../lib/engine";

/** What a type costs and allows; the model never reads sizes out of a name. */
export interface ModelType {
  readonly price: number;
  readonly limit: number;
}

export interface Service {
  readonly machine: Machine;
  readonly types: Readonly<Record<string, ModelType>>;
  /** Mbps within which a flat-rate bare-metal machine changes for free. */
  readonly freeBandwidth: number;
  /** Whether a change between types of equal price waits for the next cycle. */
  readonly lateralWaits: boolean;
  /** Every accepted Modify…, and whether it took money at once. */
  readonly ledger: readonly { readonly axis: Axis; readonly to: AxisValue; readonly charged: boolean }[];
}

/** Executes one call, as the real service would: it answers with the code of an error where the API would refuse. */
export function submit(service: Service, step: Pick<Step, "action" | "axis" | "to">): Service | string {
  const state = service.machine.axes[step.axis] as AxisState | undefined;
  if (state === undefined) return "NO_SUCH_PROPERTY";
  if (state.phase === "processing") return "PROCESSING";
  if (step.action.startsWith("Cancel")) {
    if (state.phase !== "scheduled") return "DOWNGRADE_NOT_EXIST";
    return withAxis(service, step.axis, { phase: "settled", effective: state.effective });
  }
  if (state.phase === "scheduled") return "EXIST_PLAN";
  if (state.effective === null) return "NOT_EXIST";
  if (state.effective === step.to) return "NOT_CHANGED";
  const refused = refusal(service, step.axis, step.to);
  if (refused !== null) return refused;
  const { waits, charged } = conduct(service, step.axis, state.effective, step.to);
  const phase = waits ? "scheduled" : "processing";
  const accepted = withAxis(service, step.axis, { phase, effective: state.effective, target: step.to });
  return { ...accepted, ledger: [...service.ledger, { axis: step.axis, to: step.to, charged }] };
}

/** Lets everything that is being executed finish. */
export function finish(service: Service): Service {
  let next = service;
  for (const [axis, state] of Object.entries(service.machine.axes) as [Axis, AxisState][]) {
    if (state.phase === "processing") next = withAxis(next, axis, { phase: "settled", effective: state.target });
  }
  return next;
}

/** The next billing cycle begins: what was scheduled is executed. */
export function rollOver(service: Service): Service {
  let next = service;
  for (const [axis, state] of Object.entries(service.machine.axes) as [Axis, AxisState][]) {
    if (state.phase === "scheduled") next = withAxis(next, axis, { ...state, phase: "processing" });
  }
  return finish(next);
}

function withAxis(service: Service, axis: Axis, state: AxisState): Service {
  return { ...service, machine: { ...service.machine, axes: { ...service.machine.axes, [axis]: state } } };
}

function refusal({ machine, types }: Service, axis: Axis, to: AxisValue): string | null {
  const { instance_type: type, internet_max_bandwidth_out: bandwidth } = machine.axes;
  switch (axis) {
    case "instance_type": {
      const committed = bandwidth?.phase === "settled" ? bandwidth.effective : bandwidth?.target;
      return Number(committed) > (types[to]?.limit ?? 0) ? "TYPE_UNSUPPORTED" : null;
    }
    case "internet_max_bandwidth_out": {
      if (Number(to) < 1) return "LESS_MINIMUM";
      if (type === undefined) return null;
      const names = [type.effective, type.phase === "settled" ? type.effective : type.target];
      return names.some((name) => Number(to) > (types[name ?? ""]?.limit ?? 0)) ? "BANDWIDTH_EXCEED" : null;
    }
    case "traffic_package_size":
      if (machine.internetChargeType !== "ByTrafficPackage") return "INTERNET_CHARGE_TYPE_NOT_SUPPORT";
      return machine.instanceChargeType === "POSTPAID" ? "NOT_EXIST_TRAFFIC_PACKAGE" : null;
  }
}

function conduct(service: Service, axis: Axis, from: AxisValue, to: AxisValue): { waits: boolean; charged: boolean } {
  const { product, instanceChargeType, internetChargeType } = service.machine;
  const atOnceAndFree = { waits: false, charged: false };
  if (instanceChargeType === "POSTPAID") return atOnceAndFree;
  if (axis === "instance_type") {
    const before = service.types[from]?.price ?? 0;
    const after = service.types[to]?.price ?? 0;
    if (before === after) return { waits: service.lateralWaits, charged: !service.lateralWaits };
    return { waits: after < before, charged: after > before };
  }
  if (axis === "internet_max_bandwidth_out") {
    if (internetChargeType !== "ByBandwidth") return atOnceAndFree;
    const inside = (value: AxisValue) => value !== 0 && Number(value) <= service.freeBandwidth;
    if (product === "bmc" && inside(from) && inside(to)) return atOnceAndFree;
  }
  const up = from !== 0 && to > from;
  const leavesUnlimited = axis === "internet_max_bandwidth_out" && from === 0;
  const dearer = up || (from === 0 && !leavesUnlimited);
  return { waits: !dearer, charged: dearer };
}
