// The rule above all others, as a check: what an apply sends stood in the plan that was applied.
import type { RequestEntry } from "../../lib/simulator";
import type { JsonObject, Plan } from "../../lib/testing";

const CANCELS: Readonly<Record<string, string>> = {
  instance_type: "CancelInstanceDowngrade",
  internet_max_bandwidth_out: "CancelInstanceBandwidthDowngrade",
  traffic_package_size: "CancelInstanceTrafficPackageDowngrade",
};

/** A call in one line: action and, for a Modify, the value. */
export function callOf({ action, body }: Pick<RequestEntry, "action" | "body">): string {
  const fields = body as Readonly<Record<string, unknown>>;
  const value =
    fields["instanceTypeId"] ??
    fields["internetMaxBandwidthOut"] ??
    fields["bandwidthOutMbps"] ??
    fields["trafficPackageSize"];
  return value === undefined ? action : `${action} ${String(value)}`;
}

/** All calls that a plan promises, with the machine: those of `changes`, and the cancels of its destroys. A replacement promises no cancel. */
function promisedCalls(plan: Plan): readonly string[] {
  return plan.resourceChanges
    .filter(({ type }) => type.startsWith("zenlayer_"))
    .flatMap(({ change: { actions, before, after } }) => {
      if (actions.includes("create") || actions.includes("update"))
        return objects(after?.["changes"]).map(
          ({ action, to }) =>
            `${String(after?.["instance_id"])} ${String(action)}${String(action).startsWith("Cancel") ? "" : ` ${String(to)}`}`,
        );
      if (!actions.includes("delete") || before?.["on_destroy"] !== "cancel_scheduled") return [];
      return objects(before["pending"])
        .filter(({ phase }) => phase === "scheduled")
        .map(({ axis }) => `${String(before["instance_id"])} ${CANCELS[String(axis)] ?? "?"}`);
    });
}

/** What was sent and not promised, or was executed twice; empty when all is well. */
export function brokenPromises(plan: Plan, writes: readonly RequestEntry[]): readonly string[] {
  const promised = promisedCalls(plan);
  const sent = writes.map((entry) => `${entry.instanceId} ${callOf(entry)}`);
  const executed = writes.filter((entry) => entry.executed).map((entry) => `${entry.instanceId} ${callOf(entry)}`);
  return [
    ...sent.filter((call) => !promised.includes(call)).map((call) => `not planned: ${call}`),
    ...executed.filter((call, index) => executed.indexOf(call) !== index).map((call) => `twice: ${call}`),
  ];
}

function objects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}
