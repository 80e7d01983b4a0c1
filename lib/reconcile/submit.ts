// Send one call, once. What comes back is one of a few things, and only after some of them may a call be decided anew.

import { findError, ZenlayerError, type Accepted, type WriteOptions, type ZenlayerClient } from "../api";
import { formatValue, type Product, type Step } from "../engine";

export type Submission =
  | { readonly kind: "accepted"; readonly accepted: Accepted }
  /** Zenlayer says that the world is not as we saw it: look again, decide again, never resend. */
  | { readonly kind: "look_again"; readonly error: ZenlayerError }
  /** Definitely not executed, because of the machine's status: if that passes by itself, look again; else it is refused. */
  | { readonly kind: "not_in_this_status"; readonly error: ZenlayerError }
  /** Definitely not executed, and it may work later: look and decide again before it is sent. `after`: ms to wait first, at least. */
  | { readonly kind: "later"; readonly error: ZenlayerError; readonly after: number }
  /** Not sent, because its turn came so late that what it was decided on may have moved. */
  | { readonly kind: "too_late" }
  /** Definitely not executed. */
  | { readonly kind: "refused"; readonly error: ZenlayerError }
  /** It may have been executed. */
  | { readonly kind: "unknown"; readonly error: ZenlayerError };

const WORLD_HAS_MOVED = /EXIST_PLAN|_PROCESSING$|_NOT_CHANGED$|DOWNGRADE_NOT_EXIST$/;

/** @throws what is not a ZenlayerError: a bug of ours, never an answer */
export async function submit(
  client: ZenlayerClient,
  product: Product,
  instanceId: string,
  step: Step,
  options: WriteOptions,
): Promise<Submission> {
  try {
    return { kind: "accepted", accepted: await call(client, product, instanceId, step, options) };
  } catch (error) {
    if (!(error instanceof ZenlayerError)) throw error;
    if (error.code === "TURN_TOO_LATE") return { kind: "too_late" };
    if (error.outcome === "not_sent" && error.sendAgainAfter !== null)
      return { kind: "later", error, after: error.sendAgainAfter };
    if (error.outcome === "unknown") return { kind: "unknown", error };
    if (error.outcome === "refused" && WORLD_HAS_MOVED.test(error.code)) return { kind: "look_again", error };
    if (error.outcome === "refused" && findError(error.code)?.dependsOnStatus === true)
      return { kind: "not_in_this_status", error };
    return { kind: "refused", error };
  }
}

function call(
  client: ZenlayerClient,
  product: Product,
  instanceId: string,
  step: Step,
  options: WriteOptions,
): Promise<Accepted> {
  const api = client[product];
  // What is sent is what the plan showed, to the digit: a package is not sent with the noise of floating point.
  const amount = Number(formatValue(step.axis, step.to));
  switch (step.action) {
    case "ModifyInstanceType":
      return client.vm.modifyType(instanceId, String(step.to), options);
    case "CancelInstanceDowngrade":
      return client.vm.cancelTypeDowngrade(instanceId, options);
    case "ModifyInstanceBandwidth":
      return api.modifyBandwidth(instanceId, amount, options);
    case "CancelInstanceBandwidthDowngrade":
      return api.cancelBandwidthDowngrade(instanceId, options);
    case "ModifyInstanceTrafficPackage":
      return api.modifyTrafficPackage(instanceId, amount, options);
    case "CancelInstanceTrafficPackageDowngrade":
      return api.cancelTrafficPackageDowngrade(instanceId, options);
  }
}
