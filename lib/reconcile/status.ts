// In which states of a machine a change is allowed, which states pass by themselves, and which machines are gone for us.

import type { Axis } from "../engine";

/** `allowed`: go on. `transient`: wait, it passes. `blocked`: the user must do something. `gone`: treat as absent. */
export type StatusVerdict = "allowed" | "transient" | "blocked" | "gone";

const GONE = new Set(["RECYCLE", "RECYCLING", "RELEASING", "SHUTDOWN"]);
const TRANSIENT = new Set([
  "PENDING",
  "DEPLOYING",
  "CREATING",
  "INSTALLING",
  "REBUILDING",
  "REBOOT",
  "REBOOTING",
  "BOOTING",
  "STOPPING",
  "IMAGING",
]);
const BLOCKED = new Set(["CREATE_FAILED", "INSTALL_FAILED"]);

/** A machine in the recycle bin or on its way there is not ours to change, and reads treat it as absent. */
export function isGone(instanceStatus: string): boolean {
  return GONE.has(instanceStatus.toUpperCase());
}

/** Statuses in which Zenlayer accepts a change of this axis (zenlayer-api 5.2, column Status). */
export function allowedStatuses(axis: Axis): readonly string[] {
  return axis === "internet_max_bandwidth_out" ? ["RUNNING"] : ["RUNNING", "STOPPED"];
}

/** An unknown status word is let through: Zenlayer decides, and its refusal is clear. */
export function statusVerdict(axis: Axis, instanceStatus: string): StatusVerdict {
  const status = instanceStatus.toUpperCase();
  if (GONE.has(status)) return "gone";
  if (allowedStatuses(axis).includes(status)) return "allowed";
  if (TRANSIENT.has(status)) return "transient";
  if (BLOCKED.has(status) || status === "STOPPED") return "blocked";
  return "allowed";
}
