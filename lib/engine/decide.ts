// The decision: which calls bring a machine from what was observed to what is desired, in which order, with what effect.
import { billingOf, CANCEL_BILLING } from "./billing";
import { directionOf } from "./direction";
import type { Finding } from "./finding";
import { precedesType, refusalsOf, warningsOf, type PlannedChange, type Situation } from "./rules";
import {
  AXES,
  type Axis,
  type AxisState,
  type AxisValue,
  type CancelAction,
  type Decision,
  type Desired,
  type Facts,
  type Machine,
  type ModifyAction,
  type Step,
  type Wait,
} from "./types";
import { notOfProduct } from "./validate";
import { axisState, sameValue } from "./values";

const MODIFY: { readonly [A in Axis]: ModifyAction } = {
  instance_type: "ModifyInstanceType",
  internet_max_bandwidth_out: "ModifyInstanceBandwidth",
  traffic_package_size: "ModifyInstanceTrafficPackage",
};
const CANCEL: { readonly [A in Axis]: CancelAction } = {
  instance_type: "CancelInstanceDowngrade",
  internet_max_bandwidth_out: "CancelInstanceBandwidthDowngrade",
  traffic_package_size: "CancelInstanceTrafficPackageDowngrade",
};

type Unnumbered = Omit<Step, "step">;

/** What is to be done about one axis. */
interface AxisPlan {
  readonly wait: Wait | null;
  readonly cancel: Unnumbered | null;
  readonly change: PlannedChange | null;
}

/**
 * Decides from one observation. Pure: the same input gives the same decision.
 * With refusals there are no steps: nothing may be sent, not even for the other axes.
 */
export function decide({
  machine,
  desired,
  facts,
}: {
  readonly machine: Machine;
  readonly desired: Desired;
  readonly facts: Facts;
}): Decision {
  const plans: AxisPlan[] = [];
  const foreign: Finding[] = [];
  for (const axis of AXES) {
    const value: AxisValue | undefined = desired[axis];
    if (value === undefined) continue;
    const state = axisState(machine, axis);
    if (state === undefined) foreign.push(notOfProduct(machine.product, axis, value));
    else plans.push(planAxis(axis, state, value));
  }
  const waits = plans.flatMap(({ wait }) => (wait === null ? [] : [wait]));
  const changes = plans.flatMap(({ change }) => (change === null ? [] : [change]));
  const situation: Situation = { machine, desired, facts, changes };
  const refusals = [...foreign, ...refusalsOf(situation)];
  const steps = refusals.length > 0 ? [] : stepsOf(plans, situation);
  return { waits, steps, refusals, warnings: warningsOf(situation, { steps }) };
}

/** The calls that nothing forbids: cancels of all axes, then what is to be ordered. */
function stepsOf(plans: readonly AxisPlan[], { machine, desired, facts, changes }: Situation): Step[] {
  const cancels = plans.flatMap(({ cancel }) => (cancel === null ? [] : [cancel]));
  const modifies = inOrder(changes, desired, facts).flatMap((change) => modifyStep(machine, facts, change));
  return [...cancels, ...modifies].map((step, index) => ({ step: index + 1, ...step }));
}

/** The table of phases: settled, scheduled, processing against desired. */
function planAxis(axis: Axis, state: AxisState, desired: AxisValue): AxisPlan {
  switch (state.phase) {
    case "settled":
      return { wait: null, cancel: null, change: changeTo(axis, state.effective, desired) };
    case "processing":
      // Nothing is sent while a change runs; what will be needed is predicted from where it leads.
      return { wait: { axis, target: state.target }, cancel: null, change: changeTo(axis, state.target, desired) };
    case "scheduled":
      if (sameValue(axis, state.target, desired)) return { wait: null, cancel: null, change: null };
      return {
        wait: null,
        cancel: cancelStep(axis, state.target, state.effective),
        change: changeTo(axis, state.effective, desired),
      };
  }
}

function changeTo(axis: Axis, from: AxisValue | null, to: AxisValue): PlannedChange | null {
  return sameValue(axis, from, to) ? null : { axis, from, to };
}

/** A machine with something scheduled and nothing in force has nothing to go back to; the refusal of the change says so. */
function cancelStep(axis: Axis, scheduled: AxisValue, effective: AxisValue | null): Unnumbered | null {
  // Stryker disable next-line ConditionalExpression: the change that comes with such a cancel is refused, so that there are no steps at all.
  if (effective === null) return null;
  return {
    action: CANCEL[axis],
    axis,
    from: scheduled,
    to: effective,
    direction: "cancel",
    ...CANCEL_BILLING,
    effectiveAt: null,
  };
}

function modifyStep(machine: Machine, facts: Facts, { axis, from, to }: PlannedChange): Unnumbered[] {
  // Stryker disable next-line ConditionalExpression,ArrayDeclaration: a change from nothing is refused (no_current_value), so that no step is made of it.
  if (from === null) return [];
  const direction = directionOf(axis, from, to, facts);
  const billing = billingOf(machine, facts, { axis, from, to, direction });
  const effectiveAt = billing.takesEffect === "next_billing_cycle" ? machine.expiredTime : null;
  return [{ action: MODIFY[axis], axis, from, to, direction, ...billing, effectiveAt }];
}

/** Type, bandwidth, package, as the changes come; but the bandwidth first when the desired type allows less than it is now. */
function inOrder(changes: readonly PlannedChange[], desired: Desired, facts: Facts): PlannedChange[] {
  const isFirst = (change: PlannedChange) => precedesType(change, desired, facts);
  return [...changes.filter(isFirst), ...changes.filter((change) => !isFirst(change))];
}
