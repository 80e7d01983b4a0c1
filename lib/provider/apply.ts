// Apply one resource: hand what was planned to the reconciler, and turn what it brings back into state.

import { decide, type Axis, type AxisValue, type Desired, type PlannedStep, formatValue } from "../engine";
import {
  DiagnosticError,
  isUnknown,
  type CallContext,
  type ObjectValue,
  type Private,
  type StateResult,
} from "../plugin";
import { converge, isGone, openOrderForgotten, type ConvergeResult, type Reconciler } from "../reconcile";
import { reconcilerOf, type Connection } from "./connection";
import { parseDuration } from "./durations";
import { desiredOf, guardsOf } from "./desire";
import { newPrivate, readPrivate, writePrivate } from "./private-state";
import type { SpecKind } from "./spec";
import { observedState, plannedSteps, settingsOf } from "./state";
import { numberOf, objectOf, textOf } from "./values";
import { clientError, pathOf, reportFailure, reportWarning } from "./words";

type Context = CallContext<Connection>;

const DEFAULT_TIMEOUT = 90 * 60_000;

/** Adopts the machine. A failure returns no state: adopting again is free, because the truth is in the API. */
export async function createSpec(
  kind: SpecKind,
  { config, planned }: { readonly config: ObjectValue; readonly planned: ObjectValue },
  context: Context,
): Promise<StateResult> {
  const reconciler = reconcilerOf(context.data);
  const result = await run(kind, reconciler, config, planned, "create", [], context);
  for (const warning of result.warnings) reportWarning(context.diagnostics, warning);
  if (result.failure !== null || result.observation === null) throw adoptionError(kind, planned, result);
  const observed = observedState(kind, result.observation, { ...planned, order_numbers: result.orderNumbers });
  return { state: asPlanned(planned, observed), private: writePrivate(newPrivate(result.openOrders)) };
}

/** Converges the machine when calls are planned; an edited guard alone calls nothing. */
export async function updateSpec(
  kind: SpecKind,
  request: {
    readonly config: ObjectValue;
    readonly prior: ObjectValue;
    readonly planned: ObjectValue;
    readonly private: Private;
  },
  context: Context,
): Promise<StateResult> {
  const { config, prior, planned } = request;
  if (plannedSteps(planned).length === 0) return { state: planned };
  const remembered = readPrivate(request.private);
  const reconciler = reconcilerOf(context.data);
  const result = await run(kind, reconciler, config, planned, "update", remembered.openOrders, context);
  for (const warning of result.warnings) reportWarning(context.diagnostics, warning);
  const orders = result.orderNumbers.length > 0 ? result.orderNumbers : (prior["order_numbers"] ?? []);
  const keep = writePrivate({ ...remembered, openOrders: result.openOrders });
  if (result.failure === null && result.observation !== null) {
    const observed = observedState(kind, result.observation, { ...planned, order_numbers: orders });
    return { state: asPlanned(planned, observed), private: keep };
  }
  if (result.failure !== null) reportFailure(context.diagnostics, result.failure);
  if (result.observation === null) return { state: prior, private: keep };
  // What was ordered is not forgotten: the state tells the machine as it is, and how often one was ordered.
  const count = (numberOf(prior["change_count"]) ?? 0) + (result.modifies > 0 ? 1 : 0);
  const carried: ObjectValue = {
    ...prior,
    ...(result.modifies > 0 ? { changes: planned["changes"] ?? [], plan_summary: planned["plan_summary"] ?? "" } : {}),
    ...settingsOf(prior),
    order_numbers: orders,
    change_count: count,
  };
  return { state: observedState(kind, result.observation, carried), private: keep };
}

/** Forgets. With `on_destroy = "cancel_scheduled"` scheduled downgrades are cancelled first; the machine itself is never touched. */
export async function deleteSpec(
  kind: SpecKind,
  { prior, private: before }: { readonly prior: ObjectValue; readonly private: Private },
  context: Context,
): Promise<void> {
  for (const order of readPrivate(before).openOrders) {
    const { summary, detail } = openOrderForgotten(order);
    context.diagnostics.warning(summary, detail);
  }
  if (prior["on_destroy"] !== "cancel_scheduled") return;
  const reconciler = reconcilerOf(context.data);
  const instanceId = textOf(prior["instance_id"]) ?? "";
  const observation = await reconciler.machines
    .fresh(kind.product, instanceId, context.signal)
    .catch((error: unknown) => {
      throw clientError(error, `Machine ${instanceId} cannot be read`);
    });
  // Of a machine that has gone there is nothing to cancel; forgetting it must not fail.
  if (observation === null || isGone(observation.instance.instanceStatus)) return;
  const { machine } = observation;
  const scheduled = kind.axes.filter((axis) => machine.axes[axis]?.phase === "scheduled");
  const desired: Desired = Object.fromEntries(
    scheduled.flatMap((axis): [Axis, AxisValue][] => {
      const effective: AxisValue | null = machine.axes[axis]?.effective ?? null;
      return effective === null ? [] : [[axis, effective]];
    }),
  );
  const { steps } = decide({ machine, desired, facts: {} });
  if (steps.length === 0) return;
  const planned: PlannedStep[] = steps.map((step) => ({
    ...step,
    from: step.from === null ? null : formatValue(step.axis, step.from),
    to: formatValue(step.axis, step.to),
  }));
  const result = await converge(reconciler, {
    product: kind.product,
    instanceId,
    desired,
    planned,
    guards: { onDowngrade: "schedule", maxImmediateCharge: null },
    openOrders: [],
    timeout: timeoutOf(prior, "delete"),
    signal: context.signal,
  });
  for (const warning of result.warnings) reportWarning(context.diagnostics, warning);
  if (result.failure !== null) reportFailure(context.diagnostics, result.failure);
}

function run(
  kind: SpecKind,
  reconciler: Reconciler,
  config: ObjectValue,
  planned: ObjectValue,
  operation: "create" | "update",
  openOrders: ReturnType<typeof readPrivate>["openOrders"],
  context: Context,
): Promise<ConvergeResult> {
  const instanceId = textOf(planned["instance_id"]) ?? "";
  context.log.info("applying a specification", {
    instance_id: instanceId,
    plan_summary: textOf(planned["plan_summary"]) ?? "",
  });
  return converge(reconciler, {
    product: kind.product,
    instanceId,
    desired: desiredOf(kind, config),
    planned: plannedSteps(planned),
    guards: guardsOf(config),
    openOrders,
    timeout: timeoutOf(config, operation),
    signal: context.signal,
  });
}

function timeoutOf(source: ObjectValue, operation: "create" | "update" | "delete"): number {
  const text = textOf(objectOf(source["timeouts"])?.[operation]);
  return (text === null ? null : parseDuration(text)) ?? DEFAULT_TIMEOUT;
}

/** Core insists on every value it was promised; what was unknown is filled with what was observed. */
function asPlanned(planned: ObjectValue, observed: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(observed).map(([name, value]) => {
      const promised = planned[name];
      return [name, promised === undefined || isUnknown(promised) ? value : promised];
    }),
  );
}

function adoptionError(kind: SpecKind, planned: ObjectValue, result: ConvergeResult): DiagnosticError {
  const id = textOf(planned["instance_id"]) ?? "";
  const { failure } = result;
  const orders =
    result.orderNumbers.length === 0 ? "" : ` Placed and standing: order ${result.orderNumbers.join(", order ")}.`;
  const lost = result.openOrders.length > 0;
  const memory = lost
    ? `The resource is not in the state, so what was sent is NOT remembered: the next apply would send it again. Look into the Zenlayer console first; ` +
      `pay or cancel the order there, or wait until the change shows. Then adopt the machine with an import block, and plan again:`
    : `The resource is not in the state yet; nothing is lost by that, for the truth is read from Zenlayer. Best adopt the machine with an import block, then plan again:`;
  const advice = `\n\n${memory}\n\nimport {\n  to = ${kind.typeName}.NAME\n  id = ${JSON.stringify(id)}\n}`;
  return new DiagnosticError(
    failure?.summary ?? `Machine ${id} could not be read`,
    `${failure?.detail ?? ""}${orders}${advice}`,
    failure === null ? ["instance_id"] : pathOf(failure),
  );
}
