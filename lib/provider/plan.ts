// Plan one resource: from the configuration, the refreshed state and catalogue facts, to the calls that an apply will issue.

import {
  decide,
  mayCharge,
  modifySteps,
  sameValue,
  summarise,
  type Axis,
  type AxisValue,
  type Decision,
  type Desired,
  type Machine,
  type Step,
} from "../engine";
import {
  DiagnosticError,
  UNKNOWN,
  equalValues,
  isUnknown,
  type CallContext,
  type ObjectValue,
  type PlanRequest,
  type PlanResult,
  type Value,
} from "../plugin";
import {
  allowedStatuses,
  chargeGuard,
  downgradeGuard,
  factsFor,
  immediateCharge,
  isGone,
  missingMachine,
  openOrderWarning,
  recycledMachine,
  statusVerdict,
  stillInvisible,
  type Guards,
  type ImmediateCharge,
  type Observation,
  type Reconciler,
} from "../reconcile";
import { reconcilerOf, type Connection } from "./connection";
import { readPrivate, tokenOf } from "./private-state";
import type { SpecKind } from "./spec";
import { changesOf, keepSpelling, machineFacts, machineOfState, ofKind, settingsOf } from "./state";
import { axisValueOf, numberOf, textOf } from "./values";
import { clientError, pathOf, reportFinding, reportGuard } from "./words";

type Context = CallContext<Connection>;

export async function planSpec(kind: SpecKind, request: PlanRequest, context: Context): Promise<PlanResult> {
  const { config, prior, proposed } = request;
  const instanceId = config["instance_id"];
  const moves = prior !== null && (isUnknown(instanceId) || instanceId !== prior["instance_id"]);
  const unknownAxes = kind.axes.filter((axis) => isUnknown(config[axis]));
  const because =
    unknownAxes.length > 0 ? `${unknownAxes.join(" and ")} ${unknownAxes.length > 1 ? "are" : "is"}` : null;
  // Another machine: core asks again without a prior state, and that is the plan that counts. But it drops the warnings of that one.
  if (moves) {
    if (!isUnknown(instanceId)) await planAdoption(kind, request, textOf(instanceId) ?? "", because, context);
    return { planned: unknownResults(kind, proposed) };
  }
  if (isUnknown(instanceId)) return planUnknown(kind, proposed, context, "the machine's id is");

  const id = textOf(instanceId) ?? "";
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
): Promise<PlanResult> {
  const machine = machineOfState(kind, prior);
  warnOfOpenOrders(before, machine, context);
  const planned = { ...prior, ...settingsOf(proposed), ...configuredAxes(kind, config, prior) };
  if (unknownBecause !== null) return planUnknown(kind, planned, context, unknownBecause);

  const desired = desiredOf(kind, config);
  const outline = decide({ machine, desired, facts: {} });
  if (outline.steps.length === 0 && outline.refusals.length === 0) {
    for (const warning of outline.warnings) reportFinding(context.diagnostics, warning, "warning");
    return { planned: withoutCalls(prior, planned) };
  }
  if (context.data.reconciler === null) return planUnknown(kind, planned, context, "the provider's configuration is");
  const reconciler = context.data.reconciler;
  const observation = await recentMachine(kind, reconciler, machine.instanceId, context);
  const steps = await weigh(kind, reconciler, { ...observation, machine }, desired, config, context);
  if (steps.length === 0) return { planned };
  return { planned: withCalls(planned, steps, numberOf(prior["change_count"]) ?? 0, prior["order_numbers"] ?? []) };
}

/** The machine is read now, so that an adoption without import shows its calls too. */
async function planAdoption(
  kind: SpecKind,
  { config, proposed }: PlanRequest,
  instanceId: string,
  unknownBecause: string | null,
  context: Context,
): Promise<PlanResult> {
  if (context.data.reconciler === null) return planUnknown(kind, proposed, context, "the provider's configuration is");
  const reconciler = reconcilerOf(context.data);
  const observation = await recentMachine(kind, reconciler, instanceId, context);
  const { instance_name, zone_id, instance_charge_type, internet_charge_type } = machineFacts(observation);
  const planned: ObjectValue = {
    ...unknownResults(kind, proposed),
    id: instanceId,
    ...{ instance_name: instance_name ?? null, zone_id: zone_id ?? null },
    ...{ instance_charge_type: instance_charge_type ?? null, internet_charge_type: internet_charge_type ?? null },
  };
  if (unknownBecause !== null) return planUnknown(kind, planned, context, unknownBecause);
  const desired = desiredOf(kind, config);
  const machine = ofKind(kind, observation.machine);
  const steps = await weigh(kind, reconciler, { ...observation, machine }, desired, config, context);
  // What a look may change until the apply stays unknown; the calls and what they cost are what the user must see.
  const { pending: _pending, instance_status: _status, ...known } = withCalls(planned, steps, 0, []);
  return { planned: { ...planned, ...known, pending: UNKNOWN, instance_status: UNKNOWN } };
}

/** Decides with all facts, reports what is refused, guarded and charged. Without steps: nothing to call, or an error was reported. */
async function weigh(
  kind: SpecKind,
  reconciler: Reconciler,
  observation: Observation,
  desired: Desired,
  config: ObjectValue,
  context: Context,
): Promise<readonly Step[]> {
  const { diagnostics, signal } = context;
  const { client } = reconciler;
  let decision: Decision;
  let freeBandwidth: number | undefined;
  try {
    const facts = await factsFor(client, observation, desired, { signal });
    freeBandwidth = facts.freeBandwidth;
    decision = decide({ machine: observation.machine, desired, facts });
  } catch (error) {
    throw clientError(error, `${nameOf(observation)} cannot be planned`);
  }
  for (const refusal of decision.refusals) reportFinding(diagnostics, refusal, "error");
  for (const warning of decision.warnings) reportFinding(diagnostics, warning, "warning");
  if (decision.refusals.length > 0) return [];

  const { steps } = decision;
  warnOfStatus(observation, steps, context);
  const guards = guardsOf(config);
  for (const finding of downgradeGuard(guards, steps)) reportGuard(diagnostics, finding);
  if (!steps.some(mayCharge)) return steps;
  const charge = await immediateCharge(client, observation.instance, steps, { signal, freeBandwidth });
  const refused = chargeGuard(guards, steps, charge);
  if (refused !== null) reportGuard(diagnostics, refused);
  else await warnOfCharge(kind, reconciler, observation, steps, charge, context);
  return steps;
}

async function warnOfCharge(
  kind: SpecKind,
  reconciler: Reconciler,
  observation: Observation,
  steps: readonly Step[],
  charge: ImmediateCharge,
  { data, diagnostics, signal }: Context,
): Promise<void> {
  const name = nameOf(observation);
  const certain = steps.some((step) => step.charge === "charged_now");
  const amount = charge.known ? `up to ${charge.amount}` : "an unknown amount";
  diagnostics.warning(
    `${name}: ${certain ? "charges" : "may charge"} ${amount} now`,
    `${summarise(steps)}. ` +
      (charge.known
        ? "The amount is the price of the target less the price of the present value for the full period, discounted; Zenlayer may charge less for a period that has begun."
        : `The price cannot be had: ${charge.reason}.`) +
      " max_immediate_charge refuses what costs more than you allow.",
  );
  if (!charge.known) return;
  const beyond = await data.charges.add(
    reconciler,
    `${kind.typeName}/${observation.instance.instanceId}`,
    charge.amount,
    signal,
  );
  if (beyond !== null)
    diagnostics.warning(
      `The charges of this plan (up to ${beyond.total} so far) exceed the account's purchasing power (${beyond.purchasingPower})`,
      "Zenlayer will refuse what the account cannot pay. Top up the account, or change fewer machines at once.",
    );
}

function warnOfStatus({ instance }: Observation, steps: readonly Step[], { diagnostics }: Context): void {
  for (const axis of new Set(modifySteps(steps).map((step) => step.axis))) {
    const verdict = statusVerdict(axis, instance.instanceStatus);
    if (verdict === "allowed") continue;
    const needs = allowedStatuses(axis).join(" or ");
    diagnostics.warning(
      `${instance.instanceName} (${instance.instanceId}) is ${instance.instanceStatus}: ${axis} needs ${needs}`,
      verdict === "transient"
        ? "The apply waits until the machine is ready."
        : `The apply will fail unless the machine is ${needs} by then. This provider never powers a machine on or off.`,
      [axis],
    );
  }
}

function warnOfOpenOrders(before: PlanRequest["private"], machine: Machine, { diagnostics }: Context): void {
  for (const order of stillInvisible(readPrivate(before).openOrders, machine)) {
    const { summary, detail } = openOrderWarning(order);
    diagnostics.warning(summary, detail, [order.axis]);
  }
}

async function recentMachine(
  kind: SpecKind,
  reconciler: Reconciler,
  instanceId: string,
  { signal }: Context,
): Promise<Observation> {
  const observation = await reconciler.machines.recent(kind.product, instanceId, signal).catch((error: unknown) => {
    throw clientError(error, `Machine ${instanceId} cannot be read`);
  });
  const failure =
    observation === null
      ? missingMachine(kind.product, instanceId)
      : isGone(observation.instance.instanceStatus)
        ? recycledMachine(observation)
        : null;
  if (failure !== null) throw new DiagnosticError(failure.summary, failure.detail, pathOf(failure));
  // A missing machine was thrown above.
  return observation as Observation;
}

/** Nothing is called: an edited guard is planned as written, and a quiet plan is the prior state to the letter. */
function withoutCalls(prior: ObjectValue, planned: ObjectValue): ObjectValue {
  return equalValues(prior, planned) ? prior : { ...planned, changes: [], plan_summary: "" };
}

function withCalls(planned: ObjectValue, steps: readonly Step[], changeCount: number, orders: Value): ObjectValue {
  const ordering = modifySteps(steps).length > 0;
  const changing = new Set<Axis>(steps.map((step) => step.axis));
  return {
    ...planned,
    ...Object.fromEntries([...changing].map((axis) => [`effective_${axis}`, UNKNOWN])),
    pending: UNKNOWN,
    instance_status: UNKNOWN,
    changes: changesOf(steps),
    plan_summary: summarise(steps),
    change_count: changeCount + (ordering ? 1 : 0),
    order_numbers: ordering ? UNKNOWN : orders,
  };
}

function planUnknown(kind: SpecKind, planned: ObjectValue, context: Context, because: string): PlanResult {
  const id = textOf(planned["instance_id"]);
  context.diagnostics.warning(
    `The calls and charges for ${id === null ? `a ${kind.typeName}` : `machine ${id}`} cannot be shown in this plan`,
    `They are decided during the apply, because ${because} known only then; max_immediate_charge and on_downgrade are checked then too.`,
  );
  return { planned: unknownResults(kind, planned) };
}

/** Everything that an apply decides, as unknown; what the configuration gives stays. */
function unknownResults(kind: SpecKind, planned: ObjectValue): ObjectValue {
  const names = ["pending", "instance_status", "changes", "plan_summary", "change_count", "order_numbers"];
  const effective = kind.axes.map((axis) => `effective_${axis}`);
  return { ...planned, ...Object.fromEntries([...names, ...effective].map((name) => [name, UNKNOWN])) };
}

/** The desired values of managed axes. Unknown ones are not among them. */
export function desiredOf(kind: SpecKind, config: ObjectValue): Desired {
  const entries = kind.axes.flatMap((axis): [Axis, AxisValue][] => {
    const value = axisValueOf(axis, config[axis]);
    return value === null ? [] : [[axis, value]];
  });
  return Object.fromEntries(entries);
}

/** Configured axes as configured, or as they stand where that is the same value in another spelling. */
function configuredAxes(kind: SpecKind, config: ObjectValue, prior: ObjectValue): ObjectValue {
  return Object.fromEntries(
    kind.axes.flatMap((axis) => {
      const configured = config[axis] ?? null;
      if (configured === null) return [];
      if (isUnknown(configured)) return [[axis, configured]];
      const value = axisValueOf(axis, configured);
      const same = value !== null && sameValue(axis, value, axisValueOf(axis, prior[axis]));
      return [[axis, same ? keepSpelling(axis, prior[axis], value) : configured]];
    }),
  );
}

export function guardsOf(config: ObjectValue): Guards {
  return {
    onDowngrade: config["on_downgrade"] === "deny" ? "deny" : "schedule",
    maxImmediateCharge: numberOf(config["max_immediate_charge"]),
  };
}

function nameOf({ instance }: Observation): string {
  return `${instance.instanceName} (${instance.instanceId})`;
}
