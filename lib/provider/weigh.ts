// Weigh a change with all facts: decide it, and tell the user what is refused, guarded, and charged.

import { decide, mayCharge, modifySteps, summarise, type Decision, type Desired, type Step } from "../engine";
import type { CallContext, ObjectValue } from "../plugin";
import {
  allowedStatuses,
  chargeGuard,
  downgradeGuard,
  explainCharge,
  factsFor,
  formatAmount,
  formatBound,
  immediateCharge,
  priceSteps,
  statusVerdict,
  type ImmediateCharge,
  type Observation,
} from "../reconcile";
import type { Connection, Planner } from "./connection";
import { guardsOf } from "./desire";
import type { SpecKind } from "./spec";
import { clientError, machineName, refuseFinding, reportGuard, warnOfFinding } from "./words";

type Context = CallContext<Connection>;

/** Decides with all facts, reports what is refused, guarded and charged. Without steps: nothing to call, or an error was reported. */
export async function weigh(
  kind: SpecKind,
  reconciler: Planner,
  observation: Observation,
  desired: Desired,
  config: ObjectValue,
  context: Context,
): Promise<readonly Step[]> {
  const { diagnostics, signal } = context;
  const { pricing } = reconciler;
  let decision: Decision;
  let freeBandwidth: number | undefined;
  try {
    const facts = await factsFor(pricing, observation, desired, { signal });
    freeBandwidth = facts.freeBandwidth;
    decision = decide({ machine: observation.machine, desired, facts });
  } catch (error) {
    throw clientError(error, `${nameOf(observation)} cannot be planned`);
  }
  for (const refusal of decision.refusals) refuseFinding(diagnostics, refusal);
  for (const warning of decision.warnings) warnOfFinding(diagnostics, nameOf(observation), warning);
  // Stryker disable next-line ConditionalExpression: with refusals there are no steps.
  if (decision.refusals.length > 0) return [];

  const { steps } = decision;
  warnOfStatus(observation, steps, context);
  const guards = guardsOf(config);
  for (const finding of downgradeGuard(guards, steps)) reportGuard(diagnostics, finding);
  if (!steps.some(mayCharge)) return steps;
  const { instance } = observation;
  const charge = immediateCharge(
    instance,
    steps,
    await priceSteps(pricing, instance, steps, { signal, freeBandwidth }),
  );
  const refused = chargeGuard(guards, steps, charge);
  if (refused !== null) reportGuard(diagnostics, refused);
  else await warnOfCharge(kind, reconciler, observation, steps, charge, context);
  return steps;
}

async function warnOfCharge(
  kind: SpecKind,
  reconciler: Planner,
  observation: Observation,
  steps: readonly Step[],
  charge: ImmediateCharge,
  { data, diagnostics, signal }: Context,
): Promise<void> {
  const name = nameOf(observation);
  const certain = steps.some((step) => step.charge === "charged_now");
  diagnostics.warning(
    `${name}: ${chargeWords(certain, charge)}`,
    `${summarise(steps)}. ` +
      (charge.known ? explainCharge(charge) : `The price cannot be had: ${charge.reason}.`) +
      " max_immediate_charge refuses what charges more than you allow at most, or an unknown amount.",
  );
  const { beyond, frozen } = await data.charges.add(
    reconciler.account,
    `${kind.typeName}/${observation.instance.instanceId}`,
    charge.known ? charge.atMost : 0,
    signal,
  );
  if (beyond !== undefined)
    diagnostics.warning(
      `The charges of this plan (at most ${formatBound(beyond.total)} so far) exceed the account's purchasing power (${formatAmount(beyond.purchasingPower)})`,
      "Zenlayer will refuse what the account cannot pay. Top up the account, or change fewer machines at once.",
    );
  if (frozen !== undefined)
    diagnostics.warning(
      `${formatAmount(frozen)} of the account's balance is held back for pending orders`,
      "An earlier order may wait for payment; its change cannot be seen yet, so this plan may order it a second time. Look into the Zenlayer console before you apply: pay or cancel what is pending there.",
    );
}

function chargeWords(certain: boolean, charge: ImmediateCharge): string {
  if (!charge.known) return `${certain ? "charges" : "may charge"} an unknown amount now`;
  if (charge.atMost === 0) return "may charge now, although the prices asked do not rise";
  return `${certain ? "charges" : "may charge"} about ${formatAmount(charge.about)} now, at most ${formatBound(charge.atMost)}`;
}

function warnOfStatus(observation: Observation, steps: readonly Step[], { diagnostics }: Context): void {
  const { instance } = observation;
  for (const axis of new Set(modifySteps(steps).map((step) => step.axis))) {
    const verdict = statusVerdict(axis, instance.instanceStatus);
    if (verdict === "allowed") continue;
    const needs = allowedStatuses(axis).join(" or ");
    diagnostics.warning(
      `${nameOf(observation)} is ${instance.instanceStatus}: ${axis} needs ${needs}`,
      verdict === "transient"
        ? "The apply waits until the machine is ready."
        : `The apply will fail unless the machine is ${needs} by then. This provider never powers a machine on or off.`,
      [axis],
    );
  }
}

function nameOf({ instance }: Observation): string {
  return machineName(instance.instanceName, instance.instanceId);
}
