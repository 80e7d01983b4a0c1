// Apply one resource: hand what was planned to the reconciler, and turn what it brings back into state. The configuration is not asked: core gives
// it to an apply without filtering it by `ignore_changes`, while the planned state is what the user has seen.

import {
  DiagnosticError,
  isUnknown,
  type CallContext,
  type ObjectValue,
  type Private,
  type StateResult,
} from "../plugin";
import {
  converge,
  openOrderHint,
  type ConvergeResult,
  type Failure,
  type OpenOrder,
  type Reconciler,
} from "../reconcile";
import { reconcilerOf, type Connection } from "./connection";
import { desiredOf, guardsOf } from "./desire";
import { timeoutOf } from "./durations";
import { requireSameEndpoint } from "./leaving";
import { noteOf } from "./plan-note";
import { newPrivate, readPrivate, seen, writePrivate } from "./private-state";
import type { SpecKind } from "./spec";
import { observedState, plannedSteps, settingsOf } from "./state";
import { numberOf, textOf } from "./values";
import { markOf, pathOf, reportFailure, reportWarning, toldOf } from "./words";

type Context = CallContext<Connection>;

/** What the plan leaves unknown, where a Modify is the first one of this resource: as with later ones, it counts whoever was faster. */
const FIRST_COUNT = { change_count: 1 };

/** Adopts the machine. A failure returns no state: adopting again is free, because the truth is in the API. */
export async function createSpec(
  kind: SpecKind,
  { planned, private: notes }: { readonly planned: ObjectValue; readonly private: Private },
  context: Context,
): Promise<StateResult> {
  context.data.applying.begin();
  const reconciler = reconcilerOf(context.data);
  const inherited = context.data.applying.collect(kind.typeName, idOf(planned));
  const result = await run(kind, reconciler, planned, notes, "create", inherited, context);
  for (const warning of result.warnings) reportWarning(context.diagnostics, warning);
  if (result.failure !== null || result.observation === null) throw adoptionError(kind, planned, result);
  const done = { ...planned, ...FIRST_COUNT, order_numbers: result.orderNumbers };
  const state = asPlanned(planned, observedState(kind, result.observation, done));
  return { state, private: writePrivate(await seen(newPrivate(result.openOrders), context)) };
}

/** Converges the machine when calls are planned; an edited guard alone calls nothing. */
export async function updateSpec(
  kind: SpecKind,
  {
    prior,
    planned,
    private: notes,
  }: { readonly prior: ObjectValue; readonly planned: ObjectValue; readonly private: Private },
  context: Context,
): Promise<StateResult> {
  context.data.applying.begin();
  const reconciler = reconcilerOf(context.data);
  const remembered = readPrivate(notes);
  if (plannedSteps(planned).length === 0) return { state: planned, private: writePrivate(remembered) };
  requireSameEndpoint(idOf(planned), remembered, reconciler.account);
  const result = await run(kind, reconciler, planned, notes, "update", remembered.openOrders, context);
  for (const warning of result.warnings) reportWarning(context.diagnostics, warning);
  const orders = result.orderNumbers.length > 0 ? result.orderNumbers : (prior["order_numbers"] ?? []);
  const keep = { ...remembered, openOrders: result.openOrders };
  if (result.failure === null && result.observation !== null) {
    const done = { ...planned, ...FIRST_COUNT, order_numbers: orders };
    const state = asPlanned(planned, observedState(kind, result.observation, done));
    return { state, private: writePrivate(await seen(keep, context)) };
  }
  if (result.failure !== null) reportFailure(context.diagnostics, withHint(result.failure), result);
  // What was ordered is not forgotten: the state tells the machine as it is, and how often one was ordered. What the user set stands as planned.
  const count = (numberOf(prior["change_count"]) ?? 0) + (result.modifies > 0 ? 1 : 0);
  const carried: ObjectValue = {
    ...prior,
    ...(result.modifies > 0
      ? {
          // Stryker disable next-line ArrayDeclaration: what was ordered was planned.
          changes: planned["changes"] ?? [],
          plan_summary: planned["plan_summary"] ?? "",
        }
      : {}),
    ...settingsOf(planned),
    order_numbers: orders,
    change_count: count,
  };
  const state = result.observation === null ? carried : observedState(kind, result.observation, carried);
  return { state, private: writePrivate(keep) };
}

/** Only where the resource is in the state can it forget an order. */
function withHint(failure: Failure): Failure {
  return failure.code === "OPEN_ORDER" ? { ...failure, detail: `${failure.detail} ${openOrderHint}` } : failure;
}

function run(
  kind: SpecKind,
  reconciler: Reconciler,
  planned: ObjectValue,
  notes: Private,
  operation: "create" | "update",
  openOrders: readonly OpenOrder[],
  context: Context,
): Promise<ConvergeResult> {
  const note = noteOf(notes);
  // Core plans again right before each apply, so a note of this very version is always there.
  if (note?.plans !== "apply") throw new Error("The planned private data does not say which axes are managed.");
  const instanceId = idOf(planned);
  context.log.info("applying a specification", {
    instance_id: instanceId,
    plan_summary: textOf(planned["plan_summary"]) ?? "",
  });
  return converge(reconciler, {
    product: kind.product,
    instanceId,
    desired: desiredOf(kind, planned, note.managed),
    planned: plannedSteps(planned),
    guards: guardsOf(planned),
    openOrders,
    timeout: timeoutOf(planned, operation),
    signal: context.signal,
  });
}

function idOf(planned: ObjectValue): string {
  // Stryker disable next-line StringLiteral: the schema requires the id, and every apply knows it.
  return textOf(planned["instance_id"]) ?? "";
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
  const id = idOf(planned);
  const { failure } = result;
  const orders =
    result.orderNumbers.length === 0 ? "" : ` Placed and standing: order ${result.orderNumbers.join(", order ")}.`;
  const lost = result.openOrders.length > 0;
  const memory = lost
    ? `The resource is not in the state, so what was sent is NOT remembered: the next apply would send it again. Look into the Zenlayer console first; ` +
      `pay or cancel the order there, or wait until the change shows. Then adopt the machine with an import block, and plan again:`
    : `The resource is not in the state yet; nothing is lost by that, for the truth is read from Zenlayer. Best adopt the machine with an import block, then plan again:`;
  const advice = `\n\n${memory}\n\nimport {\n  to = ${kind.typeName}.NAME\n  id = ${JSON.stringify(id)}\n}`;
  const told = failure === null ? { summary: `Machine ${id} could not be read`, detail: "" } : toldOf(failure);
  const oneLine = told.detail === "" && failure?.refusal !== undefined && result.modifies === 0;
  return new DiagnosticError(
    told.summary,
    oneLine ? "" : `${told.detail}${orders}${failure === null ? "" : markOf(failure, result)}${advice}`.trim(),
    failure === null ? ["instance_id"] : pathOf(failure),
  );
}
