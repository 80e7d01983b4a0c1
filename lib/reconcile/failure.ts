// Why an apply stopped, in the user's words. `code` is stable; the text names what happened, what stands, and the cure.

import type { ZenlayerError } from "../api";
import { describeValue, summariseStep, type Axis, type Finding, type Machine, type Step } from "../engine";
import type { GuardFinding } from "./guards";
import type { Observation } from "./observe";
import type { OpenOrder } from "./open-orders";

export interface Failure {
  readonly code: string;
  /** The attribute that it belongs to; null: the resource as a whole. */
  readonly axis: Axis | null;
  readonly summary: string;
  readonly detail: string;
}

const ORDER_STANDS = "The next plan picks it up: nothing is ordered again while it can be seen.";

export function machineName(observation: Observation | null, instanceId: string): string {
  const name = observation?.instance.instanceName;
  return name === undefined || name === "" ? instanceId : `${name} (${instanceId})`;
}

export function missingMachine(product: "vm" | "bmc", instanceId: string): Failure {
  const kind = product === "vm" ? "virtual machine" : "bare-metal machine";
  return {
    code: "MACHINE_NOT_FOUND",
    axis: null,
    summary: `No ${kind} ${instanceId}`,
    detail:
      `Zenlayer knows no ${kind} with the id ${JSON.stringify(instanceId)} that this key may see: it does not exist, has been released, ` +
      `belongs to the other product, or to another account. Check instance_id, the credentials and the endpoint. Nothing was ordered.`,
  };
}

export function recycledMachine(observation: Observation): Failure {
  const { instance } = observation;
  return {
    code: "MACHINE_RECYCLED",
    axis: null,
    summary: `Machine ${machineName(observation, instance.instanceId)} is in the recycle bin (${instance.instanceStatus})`,
    detail:
      "Its specification cannot be changed. Restore it in the Zenlayer console, or remove this resource. Nothing was ordered.",
  };
}

export function stalePlan(name: string, differences: readonly string[], sentBefore: boolean): Failure {
  return {
    code: "STALE_PLAN",
    axis: null,
    summary: `The plan is stale: ${name} has changed since it was made`,
    detail:
      `${differences.join(". ")}. ${sentBefore ? "The calls before this one were sent and stand; no further call was sent." : "Nothing was called and nothing was ordered."} ` +
      "Run terraform plan again and apply what it shows.",
  };
}

export function refusedFinding(finding: Finding): Failure {
  return { code: finding.code, axis: finding.axis, summary: finding.summary, detail: finding.detail };
}

export function guardFailure(finding: GuardFinding): Failure {
  return {
    code: `GUARD_${finding.guard.toUpperCase()}`,
    axis: finding.axis,
    summary: finding.summary,
    detail: finding.detail,
  };
}

export function openOrderBlocks(order: OpenOrder): Failure {
  return {
    code: "OPEN_ORDER",
    axis: order.axis,
    summary: `Order ${order.orderNumber} of ${order.time} is open: nothing was sent`,
    detail:
      `It asked for ${order.axis} = ${describeValue(order.axis, order.target)} and has neither taken effect nor been scheduled; it may be waiting for payment. ` +
      `Pay or cancel it in the Zenlayer console. To forget it: terraform apply -replace=ADDRESS (touches no machine).`,
  };
}

export function openOrderWarning(order: OpenOrder): { summary: string; detail: string } {
  const what =
    order.orderNumber === null
      ? `A call of ${order.time} without an answer`
      : `Order ${order.orderNumber} of ${order.time}`;
  return {
    summary: `${what} is still open for ${order.axis}`,
    detail:
      `It asked for ${describeValue(order.axis, order.target)}${order.requestId === null ? "" : ` (request ${order.requestId})`} and cannot be seen yet. ` +
      (order.orderNumber === null
        ? "Applying this plan is the decision to send the call again: look into the Zenlayer console first."
        : "Pay or cancel it in the Zenlayer console: while it is open, an apply sends nothing. To forget it: terraform apply -replace=ADDRESS (touches no machine)."),
  };
}

/** A call that was definitely not executed. */
export function refusedCall(name: string, step: Step, error: ZenlayerError, purchasingPower: number | null): Failure {
  const power = purchasingPower === null ? "" : ` The account's purchasing power is ${purchasingPower}.`;
  return {
    code: error.code,
    axis: step.axis,
    summary: `${name}: ${error.summary}`,
    detail: `${error.wireMessage === null ? "" : `Zenlayer says: "${error.wireMessage}". `}${error.cure}${power} ${trace(error, step)} Nothing was ordered by this call.`,
  };
}

export function unknownOutcome(name: string, step: Step, error: ZenlayerError, graceSeconds: number): Failure {
  return {
    code: "OUTCOME_UNKNOWN",
    axis: step.axis,
    summary: `${name}: the outcome of ${step.action} is unknown`,
    detail:
      `The call was sent (${summariseStep(step)}) and no usable answer came: ${error.summary}. It was not sent again. For ${graceSeconds} s the change could not be seen. ` +
      `Look into the Zenlayer console whether an order was placed, then plan again: if the change shows by then, the plan is empty; if not, applying again sends it again. ${trace(error, step)}`,
  };
}

export function neverShowed(
  name: string,
  step: Step,
  orderNumber: string | null,
  seen: string,
  seconds: number,
): Failure {
  return {
    code: "CHANGE_NOT_VISIBLE",
    axis: step.axis,
    summary: `${name}: ${orderNumber === null ? step.action : `order ${orderNumber}`} was accepted, but the change does not show`,
    detail:
      `Asked for: ${summariseStep(step)}. Last seen after ${seconds} s: ${seen}. The order may be waiting for payment: look into the Zenlayer console, pay or cancel it there. ` +
      "Until it shows, it is kept as open and nothing is sent again.",
  };
}

export function changeFailed(name: string, step: Step, orderNumber: string | null, seen: string): Failure {
  return {
    code: "CHANGE_FAILED",
    axis: step.axis,
    summary: `${name}: Zenlayer accepted the change of ${step.axis} and did not carry it out`,
    detail:
      `Asked for: ${summariseStep(step)}${orderWords(orderNumber)}. It was being processed and ended elsewhere: ${seen}. ` +
      "Ask Zenlayer's support with the order number whether it was charged, then plan again.",
  };
}

export function changedElsewhere(name: string, step: Step, orderNumber: string | null, seen: string): Failure {
  return {
    code: "CHANGED_ELSEWHERE",
    axis: step.axis,
    summary: `${name}: someone else changed ${step.axis} meanwhile`,
    detail: `Asked for: ${summariseStep(step)}${orderWords(orderNumber)}. Last seen: ${seen}. Plan again to see what is left to do.`,
  };
}

export function timedOut(name: string, what: string, seen: string, orderNumber: string | null): Failure {
  return {
    code: "TIMED_OUT",
    axis: null,
    summary: `${name}: the time for this operation is over while ${what}`,
    detail:
      `Last seen: ${seen}. ` +
      (orderNumber === null ? "" : `Order ${orderNumber} stands. `) +
      `${ORDER_STANDS} A longer time can be set in the timeouts block.`,
  };
}

export function interrupted(
  name: string,
  what: string,
  seen: string,
  orderNumber: string | null,
  sent: boolean,
): Failure {
  return {
    code: "INTERRUPTED",
    axis: null,
    summary: `${name}: interrupted while ${what}`,
    detail: sent
      ? `${orderNumber === null ? "The call that was sent stands." : `Order ${orderNumber} stands.`} Last seen: ${seen}. ${ORDER_STANDS}`
      : "Nothing was ordered.",
  };
}

export function unreadable(name: string, error: unknown, orderNumber: string | null, sent: boolean): Failure {
  const text = error instanceof Error ? error.message : String(error);
  return {
    code: "UNREADABLE",
    axis: null,
    summary: `${name}: Zenlayer could not be asked how the machine is`,
    detail: `${text}. ${sent ? `${orderNumber === null ? "The call that was sent stands." : `Order ${orderNumber} stands.`} ${ORDER_STANDS}` : "Nothing was ordered."}`,
  };
}

export function blockedStatus(name: string, axis: Axis, status: string, allowed: readonly string[]): Failure {
  return {
    code: "STATUS_NOT_ALLOWED",
    axis,
    summary: `${name}: ${axis} cannot be changed while the machine is ${status}`,
    detail: `Zenlayer allows it while the machine is ${allowed.join(" or ")}. Bring it into that state and apply again; this provider never powers a machine on or off. Nothing was ordered.`,
  };
}

/** One axis as last seen, in prose. */
export function seenOf(machine: Machine | null, axis: Axis): string {
  const state = machine?.axes[axis];
  if (state === undefined) return "nothing";
  const now = describeValue(axis, state.effective);
  if (state.phase === "settled") return `${axis} ${now}, no change under way`;
  return `${axis} ${now}, ${state.phase === "processing" ? "being changed" : "scheduled to change"} to ${describeValue(axis, state.target)}`;
}

function orderWords(orderNumber: string | null): string {
  return orderNumber === null ? "" : ` (order ${orderNumber})`;
}

function trace(error: ZenlayerError, step: Step): string {
  const request = error.requestId === null ? "" : `, request ${error.requestId}`;
  return `(${step.action}: ${error.wireCode ?? error.code}${request})`;
}
