// Plan one resource: from the configuration, the refreshed state and catalogue facts, to the calls that an apply will issue.

import {
  decide,
  describeValue,
  formatValue,
  modifySteps,
  summarise,
  type Axis,
  type Machine,
  type Step,
} from "../engine";
import {
  DiagnosticError,
  UNKNOWN,
  equalValues,
  isUnknown,
  type CallContext,
  type DeletePlan,
  type ObjectValue,
  type PlanRequest,
  type PlanResult,
  type Private,
  type Value,
} from "../plugin";
import {
  openOrderForgotten,
  openOrderOfReplaced,
  openOrderWarning,
  stillInvisible,
  type OpenOrder,
} from "../reconcile";
import type { Connection } from "./connection";
import { configuredAxes, desiredOf, managedAxes } from "./desire";
import { presentMachine } from "./look";
import { noteOf, withNote, type PlanNote } from "./plan-note";
import { readPrivate, tokenOf } from "./private-state";
import type { SpecKind } from "./spec";
import { changesOf, machineFacts, machineOfState, ofKind, settingsOf } from "./state";
import { numberOf, textOf } from "./values";
import { weigh } from "./weigh";
import { scheduledIn, warnOfLeft } from "./scheduled";
import { machineName, warnOfFinding } from "./words";

type Context = CallContext<Connection>;

export async function planSpec(kind: SpecKind, request: PlanRequest, context: Context): Promise<PlanResult> {
  const { config, prior } = request;
  const before = noteOf(request.private);
  // Of a replacement, core plans the new object with the private data of the plan that found it out, and gives that to the delete.
  const follows = prior === null && before?.plans === "apply" && before.successorUnknown;
  const note: PlanNote = {
    // Stryker disable next-line StringLiteral: what is no note of a destroy is written as one of an apply.
    plans: "apply",
    managed: managedAxes(kind, config),
    successorUnknown: follows || (prior !== null && isUnknown(config["instance_id"])),
  };
  return { planned: await planState(kind, request, context), private: withNote(request.private, note) };
}

async function planState(kind: SpecKind, request: PlanRequest, context: Context): Promise<ObjectValue> {
  const { config, prior, proposed } = request;
  const instanceId = config["instance_id"];
  // Stryker disable next-line StringLiteral: the schema requires the id, and where it is unknown this one is not asked for.
  const id = textOf(instanceId) ?? "";
  const moves = prior !== null && (isUnknown(instanceId) || instanceId !== prior["instance_id"]);
  const unknownAxes = kind.axes.filter((axis) => isUnknown(config[axis]));
  const because =
    unknownAxes.length > 0 ? `${unknownAxes.join(" and ")} ${unknownAxes.length > 1 ? "are" : "is"}` : null;
  // Another machine: core asks again without a prior state, and that is the plan that counts. But it drops the warnings of that one.
  if (moves) {
    warnOfMoving(kind, prior, request.private, isUnknown(instanceId), context);
    if (isUnknown(instanceId))
      planUnknown(kind, proposed, context, "the machine's id is", textOf(prior["instance_id"]));
    else await planAdoption(kind, request, id, because, context);
    return unknownResults(kind, proposed);
  }
  if (isUnknown(instanceId)) return planUnknown(kind, proposed, context, "the machine's id is");
  if (!context.data.claims.claim(kind.typeName, id, tokenOf(request.private)))
    throw new DiagnosticError(
      `Two ${kind.typeName} resources manage machine ${id}`,
      "They would undo each other's changes. Keep one of them and remove the other (removing only forgets: it touches no machine).",
      ["instance_id"],
    );
  return prior === null
    ? planAdoption(kind, request, id, because, context)
    : planUpdate(kind, { ...request, prior }, because, context);
}

async function planUpdate(
  kind: SpecKind,
  { config, prior, proposed, private: before }: PlanRequest & { readonly prior: ObjectValue },
  unknownBecause: string | null,
  context: Context,
): Promise<ObjectValue> {
  const machine = machineOfState(kind, prior);
  warnOfOpenOrders(before, machine, openOrderWarning, context);
  const planned = { ...prior, ...settingsOf(proposed), ...configuredAxes(kind, config, prior) };
  if (unknownBecause !== null) return planUnknown(kind, planned, context, unknownBecause);

  const desired = desiredOf(kind, config);
  const outline = decide({ machine, desired, facts: {} });
  if (outline.steps.length === 0 && outline.refusals.length === 0) {
    const name = machineName(textOf(prior["instance_name"]), machine.instanceId);
    for (const warning of outline.warnings) warnOfFinding(context.diagnostics, name, warning);
    return withoutCalls(prior, planned);
  }
  if (context.data.reconciler === null) return planUnknown(kind, planned, context, "the provider's configuration is");
  if (textOf(prior["instance_status"]) === null)
    throw new DiagnosticError(
      `Machine ${machine.instanceId} was moved here and has not been read yet`,
      "What it has now is known only when it is read: plan without -refresh=false.",
    );
  const reconciler = context.data.reconciler;
  const observation = await presentMachine(kind.product, machine.instanceId, context);
  const steps = await weigh(kind, reconciler, { ...observation, machine }, desired, config, context);
  // Stryker disable next-line ConditionalExpression: such a change without steps is refused, and what is refused is not planned.
  if (steps.length === 0) return planned;
  return withCalls(planned, steps, prior);
}

/** The machine is read now, so that an adoption without import shows its calls too. */
async function planAdoption(
  kind: SpecKind,
  { config, proposed }: PlanRequest,
  instanceId: string,
  unknownBecause: string | null,
  context: Context,
): Promise<ObjectValue> {
  if (context.data.reconciler === null) return planUnknown(kind, proposed, context, "the provider's configuration is");
  const { reconciler } = context.data;
  const observation = await presentMachine(kind.product, instanceId, context);
  const { instance_name, zone_id, instance_charge_type, internet_charge_type } = machineFacts(observation);
  const planned: ObjectValue = {
    ...unknownResults(kind, proposed),
    id: instanceId,
    instance_name: instance_name ?? null,
    zone_id: zone_id ?? null,
    instance_charge_type: instance_charge_type ?? null,
    internet_charge_type: internet_charge_type ?? null,
  };
  if (unknownBecause !== null) return planUnknown(kind, planned, context, unknownBecause);
  const desired = desiredOf(kind, config);
  const machine = ofKind(kind, observation.machine);
  const steps = await weigh(kind, reconciler, { ...observation, machine }, desired, config, context);
  // What a look may change until the apply stays unknown; the calls and what they cost are what the user must see.
  const { pending: _pending, instance_status: _status, ...known } = withCalls(planned, steps, null);
  return { ...planned, ...known, pending: UNKNOWN, instance_status: UNKNOWN };
}

/** Nothing is called: an edited guard is planned as written, and a quiet plan is the prior state to the letter. */
function withoutCalls(prior: ObjectValue, planned: ObjectValue): ObjectValue {
  return equalValues(prior, planned) ? prior : { ...planned, changes: [], plan_summary: "" };
}

function withCalls(planned: ObjectValue, steps: readonly Step[], prior: ObjectValue | null): ObjectValue {
  const ordering = modifySteps(steps).length > 0;
  const changing = new Set<Axis>(steps.map((step) => step.axis));
  return {
    ...planned,
    ...Object.fromEntries([...changing].map((axis) => [`effective_${axis}`, UNKNOWN])),
    pending: UNKNOWN,
    instance_status: UNKNOWN,
    changes: changesOf(steps),
    plan_summary: summarise(steps),
    change_count: changeCount(numberOf(prior?.["change_count"]) ?? 0, ordering),
    order_numbers: ordering ? UNKNOWN : (prior?.["order_numbers"] ?? []),
  };
}

/**
 * What hooks are triggered by. A count that begins anew (another machine, a replacement, an import) would come to the number that the hook has seen
 * already, and the hook would miss the change: the first count is planned as unknown, so that a hook runs whatever it has seen.
 */
function changeCount(before: number, ordering: boolean): Value {
  if (!ordering) return before;
  return before === 0 ? UNKNOWN : before + 1;
}

/** @param predecessor whose place a machine takes that is not known yet */
function planUnknown(
  kind: SpecKind,
  planned: ObjectValue,
  context: Context,
  because: string,
  predecessor: string | null = null,
): ObjectValue {
  const id = textOf(planned["instance_id"]);
  const successor = predecessor === null ? `a ${kind.typeName}` : `what takes the place of machine ${predecessor}`;
  context.diagnostics.warning(
    `The calls and charges for ${id === null ? successor : `machine ${id}`} cannot be shown in this plan`,
    `They are decided during the apply, because ${because} known only then; max_immediate_charge and on_downgrade are checked then too.`,
  );
  return unknownResults(kind, planned);
}

/** Everything that an apply decides, as unknown; what the configuration gives stays. */
function unknownResults(kind: SpecKind, planned: ObjectValue): ObjectValue {
  const names = ["pending", "instance_status", "changes", "plan_summary", "change_count", "order_numbers"];
  const effective = kind.axes.map((axis) => `effective_${axis}`);
  return { ...planned, ...Object.fromEntries([...names, ...effective].map((name) => [name, UNKNOWN])) };
}

/** What a destroy does besides forgetting, and a note of what it announced: nothing else is sent. */
export function planDelete(
  kind: SpecKind,
  { prior, private: before }: { readonly prior: ObjectValue; readonly private: Private },
  { data, diagnostics }: Pick<Context, "data" | "diagnostics">,
): DeletePlan {
  const machine = machineOfState(kind, prior);
  // The destroy of what create_before_destroy replaced is planned by the apply that replaced it: nobody has seen this plan.
  const announces = prior["on_destroy"] === "cancel_scheduled" && !data.applying.hasBegun;
  if (!data.applying.hasBegun) warnOfOpenOrders(before, machine, openOrderForgotten, { diagnostics });
  const cancels = announces ? scheduledIn(machine, kind.axes) : [];
  if (cancels.length > 0)
    diagnostics.warning(
      `Forgetting machine ${machine.instanceId} cancels what is scheduled: ${cancels.map((change) => change.axis).join(", ")}`,
      cancels
        .map(
          ({ axis, from, to }) =>
            `${axis} stays ${describeValue(axis, to)} instead of going to ${describeValue(axis, from)}.`,
        )
        .join(" ") +
        ' on_destroy = "cancel_scheduled" asks for it; nothing is charged now, but the next billing cycle costs what the machine has now.',
    );
  return {
    private: withNote(before, {
      plans: "destroy",
      by: data.applying.connection,
      cancels: cancels.map(({ axis, from, to }) => ({
        axis,
        from: formatValue(axis, from),
        to: formatValue(axis, to),
      })),
    }),
  };
}

/** Another machine, or one that only apply will know, takes the place of this one. */
function warnOfMoving(
  kind: SpecKind,
  prior: ObjectValue,
  before: Private,
  successorUnknown: boolean,
  context: Context,
): void {
  const machine = machineOfState(kind, prior);
  warnOfOpenOrders(before, machine, successorUnknown ? openOrderOfReplaced : openOrderForgotten, context);
  if (prior["on_destroy"] === "cancel_scheduled") warnOfLeft(machine, scheduledIn(machine, kind.axes), context);
}

function warnOfOpenOrders(
  before: Private,
  machine: Machine,
  words: (order: OpenOrder, instanceId: string) => { readonly summary: string; readonly detail: string },
  { diagnostics }: Pick<Context, "diagnostics">,
): void {
  for (const order of stillInvisible(readPrivate(before).openOrders, machine)) {
    const { summary, detail } = words(order, machine.instanceId);
    diagnostics.warning(summary, detail, [order.axis]);
  }
}
