// Why an apply stopped, in the user's words. `code` is stable; the text names what happened, what stands, and the cure.

import { findError, ZenlayerError } from "../api";
import {
  AXES,
  describeFinding,
  describeValue,
  summariseStep,
  type Axis,
  type Finding,
  type Machine,
  type Step,
} from "../engine";
import type { GuardFinding } from "./guards";
import type { Observation } from "./observe";

export interface Failure {
  readonly code: string;
  /** The attribute that it belongs to; null: the resource as a whole. */
  readonly axis: Axis | null;
  /** Where the cure is, when it is not the axis: the machine itself, or a guard. */
  readonly attribute?: "instance_id" | "max_immediate_charge";
  readonly summary: string;
  readonly detail: string;
  /** Where the credentials were refused: the error, and the line that is enough when another failure has told of it. */
  readonly refusal?: { readonly error: ZenlayerError; readonly brief: string };
}

/** What an apply had sent when it stopped. */
export interface Standing {
  readonly calls: readonly Step[];
  readonly orderNumbers: readonly string[];
}

const NOTHING_SENT: Standing = { calls: [], orderNumbers: [] };

/** What stands, and what that means for the next plan. */
function standing({ calls, orderNumbers }: Standing): string {
  if (calls.length === 0) return "Nothing was ordered.";
  const cancels = calls.filter((step) => step.direction === "cancel");
  const undone = cancels.map(
    ({ action, axis, from, to }) =>
      `${action} was sent: ${axis} stays ${describeValue(axis, to)} instead of going to ${describeValue(axis, from)}.`,
  );
  const modifies = calls.length - cancels.length;
  return [...undone, ...(modifies > 0 ? [ordered(orderNumbers)] : []), NEXT_PLAN].join(" ");
}

const NEXT_PLAN = "The next plan picks up what can be seen of it; what can be seen is not ordered again.";

function ordered(orderNumbers: readonly string[]): string {
  if (orderNumbers.length === 0) return "What was sent stands.";
  return `${orderNumbers.length === 1 ? "Order" : "Orders"} ${orderNumbers.join(", ")} ${orderNumbers.length === 1 ? "stands" : "stand"}.`;
}

/** Of a failure that is about one call, or about what was still to be sent: what had been sent before it. */
function sentBefore(stands: Standing): string {
  return stands.calls.length === 0 ? "" : ` Of the calls before it: ${standing(stands)}`;
}

/** What stands, as the end of a line. */
function alsoStands({ calls, orderNumbers }: Standing): string {
  if (calls.length === 0) return "";
  const sent = calls.map(({ action }) => action).join(" and ");
  return orderNumbers.length === 0 ? `; ${sent} was sent` : `; order ${orderNumbers.join(", order ")} stands`;
}

export function machineName(observation: Observation | null, instanceId: string): string {
  const name = observation?.instance.instanceName;
  return name === undefined || name === "" ? instanceId : `${name} (${instanceId})`;
}

export function missingMachine(product: "vm" | "bmc", instanceId: string): Failure {
  const kind = product === "vm" ? "virtual machine" : "bare-metal machine";
  return {
    code: "MACHINE_NOT_FOUND",
    axis: null,
    attribute: "instance_id",
    summary: `No ${kind} ${instanceId}`,
    detail:
      `Zenlayer knows no ${kind} with the id ${JSON.stringify(instanceId)} that this key may see: it does not exist, has been released, ` +
      `belongs to the other product, or to another account. Check instance_id, the credentials and the endpoint. ` +
      "If it has been released, remove this resource from the configuration (terraform destroy needs -refresh=false then). Nothing was ordered.",
  };
}

export function recycledMachine(observation: Observation): Failure {
  const { instance } = observation;
  return {
    code: "MACHINE_RECYCLED",
    axis: null,
    attribute: "instance_id",
    summary: `Machine ${machineName(observation, instance.instanceId)} is in the recycle bin (${instance.instanceStatus})`,
    detail:
      "Its specification cannot be changed. Restore it in the Zenlayer console, or remove this resource. Nothing was ordered.",
  };
}

/** After something was sent. */
export function vanishedMachine(name: string, stands: Standing): Failure {
  return {
    code: "MACHINE_VANISHED",
    axis: null,
    summary: `${name} cannot be seen any more`,
    detail:
      `While its change was being watched, the machine was released, moved to the recycle bin, or hidden from this key. ${standing(stands)} ` +
      "Look into the Zenlayer console what became of it.",
  };
}

export function stalePlan(name: string, differences: readonly string[], stands: Standing): Failure {
  return {
    code: "STALE_PLAN",
    axis: null,
    summary: `The plan is stale: ${name} has changed since it was made`,
    detail:
      `${differences.join(". ")}. ${stands.calls.length > 0 ? `No further call was sent. ${standing(stands)}` : "Nothing was called and nothing was ordered."} ` +
      "Run terraform plan again and apply what it shows.",
  };
}

export function refusedFinding(finding: Finding, stands: Standing): Failure {
  const { summary, detail } = describeFinding(finding);
  return { code: finding.code, axis: finding.axis, summary, detail: detail + sentBefore(stands) };
}

export function guardFailure(finding: GuardFinding, stands: Standing): Failure {
  return {
    code: `GUARD_${finding.guard.toUpperCase()}`,
    axis: finding.axis,
    ...(finding.guard === "max_immediate_charge" ? { attribute: finding.guard } : {}),
    summary: finding.summary,
    detail: finding.detail + sentBefore(stands),
  };
}

const REFUSED_CREDENTIALS = "Zenlayer refused the credentials";

function refusalOf(error: unknown, brief: string): Pick<Failure, "refusal"> {
  if (!(error instanceof ZenlayerError) || findError(error.code)?.refusesCredentials !== true) return {};
  return { refusal: { error, brief } };
}

/** A call that was definitely not executed. */
export function refusedCall(
  name: string,
  step: Step,
  error: ZenlayerError,
  purchasingPower: number | null,
  stands: Standing = NOTHING_SENT,
  machine: Machine | null = null,
): Failure {
  // A low balance has no documented code: beside a documented refusal the balance would only mislead.
  const mayBeMoney = purchasingPower !== null && findError(error.code) === undefined;
  const power = mayBeMoney ? ` The account's purchasing power is ${purchasingPower}.` : "";
  return {
    code: error.code,
    axis: step.axis,
    ...(error.attribute === "instance_id" ? { attribute: "instance_id" } : {}),
    ...refusalOf(
      error,
      `${name}: ${step.action} was not executed, because ${REFUSED_CREDENTIALS}${alsoStands(stands)}`,
    ),
    summary: `${name}: ${error.summary}`,
    detail: `${wordsOf(error)}${cureOf(error)}${inTheWay(machine, step.axis)}${power} ${trace(error, step)} Nothing was ordered by this call.${sentBefore(stands)}`,
  };
}

/** Zenlayer's refusals may speak of a change of another axis; which one it is, only a look tells. */
function inTheWay(machine: Machine | null, axis: Axis): string {
  if (machine === null) return "";
  const others = AXES.filter((other) => other !== axis && (machine.axes[other]?.phase ?? "settled") !== "settled");
  if (others.length === 0) return "";
  return ` Another change of this machine may stand in the way: ${others.map((other) => seenOf(machine, other)).join("; ")}.`;
}

export function unknownOutcome(
  name: string,
  step: Step,
  error: ZenlayerError,
  graceSeconds: number,
  before: Standing = NOTHING_SENT,
): Failure {
  const { orderNumber } = error;
  const cure =
    orderNumber === null
      ? "Look into the Zenlayer console whether an order was placed, then plan again: if the change shows by then, the plan is empty; if not, applying again sends it again."
      : `The answer names order ${orderNumber}: pay or cancel it in the Zenlayer console, then plan again.`;
  return {
    code: "OUTCOME_UNKNOWN",
    axis: step.axis,
    summary: `${name}: the outcome of ${step.action} is unknown`,
    detail:
      `The call was sent (${summariseStep(step)}) and no usable answer came: ${error.summary} ${wordsOf(error)}It was not sent again. For ${graceSeconds} s the change could not be seen. ` +
      `${cure} ${trace(error, step)}${sentBefore(before)}`,
  };
}

export function neverShowed(
  name: string,
  step: Step,
  orderNumber: string | null,
  seen: string,
  seconds: number,
  before: Standing = NOTHING_SENT,
): Failure {
  return {
    code: "CHANGE_NOT_VISIBLE",
    axis: step.axis,
    summary: `${name}: ${orderNumber === null ? step.action : `order ${orderNumber}`} was accepted, but the change does not show`,
    detail:
      `Asked for: ${summariseStep(step)}. Last seen after ${seconds} s: ${seen}. The order may be waiting for payment: ` +
      `pay or cancel it in the Zenlayer console before you apply again.${sentBefore(before)}`,
  };
}

export function changeFailed(
  name: string,
  step: Step,
  orderNumber: string | null,
  seen: string,
  before: Standing = NOTHING_SENT,
): Failure {
  return {
    code: "CHANGE_FAILED",
    axis: step.axis,
    summary: `${name}: Zenlayer accepted the change of ${step.axis} and did not carry it out`,
    detail:
      `Asked for: ${summariseStep(step)}${orderWords(orderNumber)}. It was being processed and ended elsewhere: ${seen}. ` +
      `Ask Zenlayer's support with the order number whether it was charged, then plan again.${sentBefore(before)}`,
  };
}

export function changedElsewhere(
  name: string,
  step: Step,
  orderNumber: string | null,
  seen: string,
  before: Standing = NOTHING_SENT,
): Failure {
  return {
    code: "CHANGED_ELSEWHERE",
    axis: step.axis,
    summary: `${name}: someone else changed ${step.axis} meanwhile`,
    detail: `Asked for: ${summariseStep(step)}${orderWords(orderNumber)}. Last seen: ${seen}. Plan again to see what is left to do.${sentBefore(before)}`,
  };
}

export function timedOut(name: string, what: string, seen: string, stands: Standing): Failure {
  return {
    code: "TIMED_OUT",
    axis: null,
    summary: `${name}: the time for this operation is over while ${what}`,
    detail: `Last seen: ${seen}. ${standing(stands)} A longer time can be set in the timeouts block.`,
  };
}

export function interrupted(name: string, what: string, seen: string, stands: Standing): Failure {
  return {
    code: "INTERRUPTED",
    axis: null,
    summary: `${name}: interrupted while ${what}`,
    detail: stands.calls.length > 0 ? `${standing(stands)} Last seen: ${seen}.` : standing(stands),
  };
}

export function unreadable(name: string, error: unknown, stands: Standing): Failure {
  const text = error instanceof Error ? error.message : String(error);
  return {
    code: "UNREADABLE",
    axis: null,
    ...refusalOf(error, `${name}: not asked how the machine is, because ${REFUSED_CREDENTIALS}${alsoStands(stands)}`),
    summary: `${name}: Zenlayer could not be asked how the machine is`,
    detail: `${text} ${standing(stands)}`,
  };
}

export function blockedStatus(
  name: string,
  axis: Axis,
  status: string,
  allowed: readonly string[],
  stands: Standing = NOTHING_SENT,
): Failure {
  return {
    code: "STATUS_NOT_ALLOWED",
    axis,
    summary: `${name}: ${axis} cannot be changed while the machine is ${status}`,
    detail: `Zenlayer allows it while the machine is ${allowed.join(" or ")}. Bring it into that state and apply again; this provider never powers a machine on or off. ${standing(stands)}`,
  };
}

function wordsOf({ said }: ZenlayerError): string {
  return said === "" ? "" : `${said} `;
}

/** The table promises to look again. By the time a user reads it, that was done and showed nothing. */
function cureOf(error: ZenlayerError): string {
  const entry = findError(error.code);
  const promisesToLook =
    entry?.errorClass === "noop" || (entry?.errorClass === "wait" && entry.dependsOnStatus !== true);
  return promisesToLook
    ? "What Zenlayer speaks of does not show in the machine's status. Plan again in a few minutes; if it stays so, ask Zenlayer support with the request id."
    : error.cure;
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
