// Destroy one resource: it only forgets, and sends no more than the plan of the destroy announced.

import { decide, formatValue, type Desired } from "../engine";
import { DiagnosticError, type CallContext, type ObjectValue, type Private } from "../plugin";
import {
  converge,
  isGone,
  openOrderForgotten,
  openOrderOfReplaced,
  type Observation,
  type Reconciler,
} from "../reconcile";
import { reconcilerOf, type Connection } from "./connection";
import { timeoutOf } from "./durations";
import { noteOf, type AnnouncedCancel, type PlanNote } from "./plan-note";
import { readPrivate } from "./private-state";
import { scheduledIn, warnOfLeft, type Scheduled } from "./scheduled";
import type { SpecKind } from "./spec";
import { machineOfState } from "./state";
import { textOf } from "./values";
import { clientError, reportFailure, reportWarning } from "./words";

type Context = CallContext<Connection>;

/**
 * Forgets. With `on_destroy = "cancel_scheduled"` those scheduled downgrades are cancelled first that the plan of the destroy announced, and nothing
 * else; the machine itself is never touched.
 */
export async function deleteSpec(
  kind: SpecKind,
  { prior, private: before }: { readonly prior: ObjectValue; readonly private: Private },
  context: Context,
): Promise<void> {
  context.data.applying.begin();
  const note = noteOf(before);
  forgetOrders(kind, textOf(prior["instance_id"]) ?? "", before, note, context);
  if (prior["on_destroy"] !== "cancel_scheduled") return;
  const reconciler = reconcilerOf(context.data);
  const announced = announcedBy(kind, note, prior, context);
  const observation = await lookBeforeCancelling(kind, reconciler, prior, announced, context);
  // Of a machine that has gone there is nothing to cancel; forgetting it must not fail.
  if (observation === null || isGone(observation.instance.instanceStatus)) return;
  const { machine } = observation;
  const isAnnounced = ({ axis, from, to }: Scheduled): boolean =>
    announced.some(
      (cancel) =>
        cancel.axis === axis && cancel.from === formatValue(axis, from) && cancel.to === formatValue(axis, to),
    );
  const scheduled = scheduledIn(machine, kind.axes);
  warnOfLeft(
    machine,
    scheduled.filter((each) => !isAnnounced(each)),
    context,
  );
  const cancels = scheduled.filter(isAnnounced);
  if (cancels.length === 0) return;
  const desired: Desired = Object.fromEntries(cancels.map(({ axis, to }) => [axis, to]));
  const result = await converge(reconciler, {
    product: kind.product,
    instanceId: machine.instanceId,
    desired,
    planned: decide({ machine, desired, facts: {} }).steps.map((step) => ({
      ...step,
      from: step.from === null ? null : formatValue(step.axis, step.from),
      to: formatValue(step.axis, step.to),
    })),
    guards: { onDowngrade: "schedule", maxImmediateCharge: null },
    openOrders: [],
    timeout: timeoutOf(prior, "delete"),
    signal: context.signal,
  });
  for (const warning of result.warnings) reportWarning(context.diagnostics, warning);
  if (result.failure !== null) reportFailure(context.diagnostics, result.failure, result);
}

/** Open orders go with the resource, or on to the one that takes its place. */
function forgetOrders(
  kind: SpecKind,
  instanceId: string,
  before: Private,
  note: PlanNote | null,
  { data, diagnostics }: Context,
): void {
  const { openOrders } = readPrivate(before);
  const passesOn = note?.plans === "apply" && note.successorUnknown;
  if (passesOn) data.applying.leave(kind.typeName, instanceId, openOrders);
  for (const order of openOrders) {
    const { summary, detail } = (passesOn ? openOrderOfReplaced : openOrderForgotten)(order, instanceId);
    diagnostics.warning(summary, detail);
  }
}

/** @throws DiagnosticError for a plan that says nothing of it, although something is scheduled: an older version of this provider made it */
function announcedBy(
  kind: SpecKind,
  note: PlanNote | null,
  prior: ObjectValue,
  { data }: Context,
): readonly AnnouncedCancel[] {
  if (note !== null) return note.plans === "destroy" && note.by !== data.applying.connection ? note.cancels : [];
  if (scheduledIn(machineOfState(kind, prior), kind.axes).length === 0) return [];
  throw new DiagnosticError(
    `Machine ${textOf(prior["instance_id"]) ?? ""}: the plan does not say which scheduled downgrades it cancels`,
    "It was made by an older version of this provider. Nothing was called and nothing was forgotten: plan again, and apply what it shows.",
  );
}

/** A look that fails stops a destroy that has something to cancel, and no other. */
async function lookBeforeCancelling(
  kind: SpecKind,
  { machines }: Reconciler,
  prior: ObjectValue,
  announced: readonly AnnouncedCancel[],
  { diagnostics, signal }: Context,
): Promise<Observation | null> {
  const instanceId = textOf(prior["instance_id"]) ?? "";
  try {
    return await machines.fresh(kind.product, instanceId, signal);
  } catch (error) {
    if (announced.length > 0) throw clientError(error, `Machine ${instanceId} cannot be read`);
    diagnostics.warning(
      `Machine ${instanceId} could not be looked at before it was forgotten`,
      'If a downgrade is scheduled on it, that stays: on_destroy = "cancel_scheduled" cancels only what the plan of a destroy announces.',
    );
    return null;
  }
}
