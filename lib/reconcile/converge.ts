// Bring one machine to what was planned: observe, decide, compare with the plan, guard, submit once, wait, and again.

import { ZenlayerError, type ZenlayerClient } from "../api";
import {
  AXES,
  decide,
  mayCharge,
  outcomeOf,
  sameDecision,
  sameValue,
  type Axis,
  type Decision,
  type Facts,
  type PlannedStep,
  type Step,
} from "../engine";
import * as failures from "./failure";
import { factsFor } from "./facts";
import { chargeGuard, downgradeGuard, readOnlyGuard } from "./guards";
import type { Machines } from "./machines";
import type { Observation } from "./observe";
import { blockingOrder, stillInvisible, type OpenOrder } from "./open-orders";
import { immediateCharge } from "./prices";
import type { ConvergeRequest, ConvergeResult, Warning } from "./request";
import { allowedStatuses, isGone, statusVerdict } from "./status";
import { submit } from "./submit";
import type { Timing } from "./timing";
import { waitFor, type WaitResult } from "./wait";

/** What a run works with: one per connection. */
export interface Reconciler {
  readonly client: ZenlayerClient;
  readonly machines: Machines;
  readonly timing: Timing;
  /** Refuse every Modify and Cancel. */
  readonly readOnly: boolean;
  now(): number;
}

/**
 * Never throws for what the service or the user did: `failure` says why it stopped, and the rest what stands.
 * One run at a time per machine.
 */
export function converge(reconciler: Reconciler, request: ConvergeRequest): Promise<ConvergeResult> {
  return reconciler.machines.exclusively(request.product, request.instanceId, () =>
    new Run(reconciler, request).toEnd(),
  );
}

/** Ends a run with a failure. */
class Stop extends Error {
  constructor(readonly failure: failures.Failure) {
    super(failure.summary);
  }
}

class Run {
  private readonly orderNumbers: string[] = [];
  private readonly warnings: Warning[] = [];
  private readonly deadline: number;
  private last: Observation | null = null;
  private facts: Facts = {};
  private modifies = 0;
  private sent = 0;
  private guarded = false;
  private openOrders: readonly OpenOrder[];
  private remaining: readonly PlannedStep[];

  constructor(
    private readonly reconciler: Reconciler,
    private readonly request: ConvergeRequest,
  ) {
    this.deadline = reconciler.now() + request.timeout;
    this.openOrders = request.openOrders;
    this.remaining = [...request.planned].sort((a, b) => a.step - b.step);
  }

  async toEnd(): Promise<ConvergeResult> {
    let failure: failures.Failure | null = null;
    try {
      while (await this.next()) {
        // One call per turn.
      }
    } catch (error) {
      failure = this.failureOf(error);
    }
    return {
      observation: this.last,
      orderNumbers: this.orderNumbers,
      modifies: this.modifies,
      warnings: this.warnings,
      failure,
      openOrders: this.last === null ? this.openOrders : stillInvisible(this.openOrders, this.last.machine),
    };
  }

  /** One turn: at most one call. False when nothing is left to do. */
  private async next(): Promise<boolean> {
    const observation = await this.look();
    if (this.reconciler.now() >= this.deadline) {
      const seen = AXES.map((axis) => failures.seenOf(observation.machine, axis)).join("; ");
      throw new Stop(
        failures.timedOut(this.name(), "the machine kept changing", seen, this.orderNumbers.at(-1) ?? null),
      );
    }
    const decision = await this.decide(observation);
    if (decision.waits[0] !== undefined) {
      await this.settle(decision.waits[0].axis);
      return true;
    }
    this.compare(observation, decision);
    const step = decision.steps[0];
    if (step === undefined) return false;
    if (this.reconciler.readOnly) throw new Stop(failures.guardFailure(readOnlyGuard(decision.steps)));
    const blocking = blockingOrder(this.openOrders, observation.machine);
    if (blocking !== null) throw new Stop(failures.openOrderBlocks(blocking));
    if (await this.awaitStatus(observation, step)) return true;
    await this.guard(observation, decision);
    if (this.request.signal?.aborted) throw this.interruption("before sending", step.axis);
    await this.send(step);
    return true;
  }

  private async look(): Promise<Observation> {
    const { product, instanceId, signal } = this.request;
    const observation = await this.reconciler.machines.fresh(product, instanceId, signal);
    if (observation === null) throw new Stop(failures.missingMachine(product, instanceId));
    this.last = observation;
    if (isGone(observation.instance.instanceStatus)) throw new Stop(failures.recycledMachine(observation));
    return observation;
  }

  private async decide(observation: Observation): Promise<Decision> {
    const { desired, signal } = this.request;
    const facts = await factsFor(this.reconciler.client, observation, desired, signal === undefined ? {} : { signal });
    this.facts = facts;
    const decision = decide({ machine: observation.machine, desired, facts });
    const refusal = decision.refusals[0];
    if (refusal !== undefined) throw new Stop(failures.refusedFinding(refusal));
    return decision;
  }

  /** What would be called now must be what is left of the plan. */
  private compare(observation: Observation, decision: Decision): void {
    const comparison = sameDecision(this.remaining, decision.steps);
    if (!comparison.same)
      throw new Stop(failures.stalePlan(this.name(observation), comparison.differences, this.sent > 0));
    for (const axis of comparison.done) {
      this.remaining = this.remaining.filter((step) => step.axis !== axis);
      this.warnings.push({
        axis,
        summary: `${this.name(observation)}: ${axis} was at its target already`,
        detail: `Nothing was sent for it. Seen: ${failures.seenOf(observation.machine, axis)}.`,
      });
    }
  }

  /** Waits for a status that allows the step. True when it had to wait, so that everything is looked at again. */
  private async awaitStatus(observation: Observation, step: Step): Promise<boolean> {
    if (step.direction === "cancel") return false;
    const status = observation.instance.instanceStatus;
    switch (statusVerdict(step.axis, status)) {
      case "allowed":
        return false;
      case "transient": {
        const what = `the machine is ${status}`;
        this.unwrap(
          await this.wait((next) =>
            statusVerdict(step.axis, next.instance.instanceStatus) === "transient" ? null : true,
          ),
          what,
          step.axis,
          null,
        );
        return true;
      }
      default:
        throw new Stop(failures.blockedStatus(this.name(observation), step.axis, status, allowedStatuses(step.axis)));
    }
  }

  /** All of the plan is checked before its first call, and what is left of it right before each call that may charge. */
  private async guard(observation: Observation, decision: Decision): Promise<void> {
    const { guards, signal } = this.request;
    const step = decision.steps[0];
    if (this.guarded && (step === undefined || !mayCharge(step))) return;
    const denied = downgradeGuard(guards, decision.steps)[0];
    if (denied !== undefined) throw new Stop(failures.guardFailure(denied));
    if (guards.maxImmediateCharge !== null && decision.steps.some(mayCharge)) {
      const charge = await immediateCharge(this.reconciler.client, observation.instance, decision.steps, {
        ...(signal === undefined ? {} : { signal }),
        freeBandwidth: this.facts.freeBandwidth,
      });
      if (signal?.aborted) throw this.interruption("asking for the price", step?.axis ?? null);
      const finding = chargeGuard(guards, decision.steps, charge);
      if (finding !== null) throw new Stop(failures.guardFailure(finding));
    }
    this.guarded = true;
  }

  private async send(step: Step): Promise<void> {
    const { product, instanceId, signal } = this.request;
    const isModify = step.direction !== "cancel";
    const time = new Date(this.reconciler.now()).toISOString();
    const submission = await submit(
      this.reconciler.client,
      product,
      instanceId,
      step,
      signal === undefined ? {} : { signal },
    );
    switch (submission.kind) {
      case "refused":
        if (signal?.aborted && submission.error.outcome === "not_sent") throw this.interruption("sending", step.axis);
        throw new Stop(
          failures.refusedCall(this.name(), step, submission.error, await this.purchasingPower(step, submission.error)),
        );
      case "look_again":
        await this.lookAgain(step, submission.error);
        return;
      case "unknown":
        this.count(isModify, step, null, submission.error.requestId, time);
        await this.searchFor(step, submission.error);
        break;
      case "accepted":
        this.count(isModify, step, submission.accepted.orderNumber, submission.accepted.requestId, time);
        await this.confirm(step, submission.accepted.orderNumber);
        break;
    }
    this.strike(step);
  }

  /** Takes a step that was sent, or needs no sending any more, off the plan. */
  private strike(step: Step): void {
    const index = this.remaining.findIndex((planned) => planned.axis === step.axis && planned.action === step.action);
    this.remaining = this.remaining.filter((_, i) => i !== index);
  }

  /** A Modify that was or may have been accepted stays open until it shows. */
  private count(
    isModify: boolean,
    step: Step,
    orderNumber: string | null,
    requestId: string | null,
    time: string,
  ): void {
    this.sent++;
    if (!isModify) return;
    this.modifies++;
    if (orderNumber !== null) this.orderNumbers.push(orderNumber);
    this.openOrders = [...this.openOrders, { axis: step.axis, target: step.to, orderNumber, requestId, time }];
  }

  /** After a refusal that says the world has moved: look until the move shows, then decide anew. */
  private async lookAgain(step: Step, error: ZenlayerError): Promise<void> {
    const moved = await this.wait((observation, waited) => {
      const state = observation.machine.axes[step.axis];
      if (state === undefined) return null;
      const plannedFrom = step.direction === "cancel" ? step.to : step.from;
      const elsewhere = !sameValue(step.axis, state.effective, plannedFrom);
      const asExpected = step.direction === "cancel" ? state.phase === "scheduled" : state.phase === "settled";
      if (elsewhere || !asExpected) return "moved";
      return waited >= this.reconciler.timing.gracePeriod ? "same" : null;
    });
    if (this.unwrap(moved, `looking why ${step.action} was refused`, step.axis, null) === "same")
      throw new Stop(failures.refusedCall(this.name(), step, error, null));
    // A downgrade that is not there any more needs no cancel; what follows from that is decided on the next look.
    const now = this.last === null ? undefined : this.last.machine.axes[step.axis];
    if (step.direction === "cancel" && now !== undefined && now.phase === "settled") {
      this.strike(step);
      this.warnings.push({
        axis: step.axis,
        summary: `${this.name()}: the scheduled downgrade of ${step.axis} was gone already`,
        detail: `${step.action} found nothing to cancel. Seen: ${failures.seenOf(this.last?.machine ?? null, step.axis)}.`,
      });
    }
  }

  /** The answer was lost: adopt the change if it shows within the grace period, and never send it again. */
  private async searchFor(step: Step, error: ZenlayerError): Promise<void> {
    const { gracePeriod } = this.reconciler.timing;
    const found = await this.wait((observation, waited) => {
      const outcome = outcomeOf(observation.machine.axes[step.axis], step);
      if (outcome !== "elsewhere") return "shown";
      return waited >= gracePeriod ? "hidden" : null;
    });
    const shown = this.unwrap(found, `looking for the outcome of ${step.action}`, step.axis, null);
    if (shown === "hidden")
      throw new Stop(failures.unknownOutcome(this.name(), step, error, Math.round(gracePeriod / 1000)));
    this.warnings.push({
      axis: step.axis,
      summary: `${this.name()}: ${step.action} was executed although its answer was lost`,
      detail: `${error.summary} The change shows, so it was not sent again; its order number is unknown.`,
    });
    await this.confirm(step, null);
  }

  /** Waits until an accepted step is in force or scheduled. */
  private async confirm(step: Step, orderNumber: string | null): Promise<void> {
    const { gracePeriod } = this.reconciler.timing;
    let sawProcessing = false;
    const result = await this.wait((observation, waited) => {
      const state = observation.machine.axes[step.axis];
      const outcome = outcomeOf(state, step);
      if (outcome === "applied" || outcome === "scheduled") return outcome;
      if (outcome === "waiting") {
        sawProcessing = true;
        return null;
      }
      if (sawProcessing) return "failed";
      if (waited < gracePeriod) return null;
      return state !== undefined && state.phase === "settled" && sameValue(step.axis, state.effective, step.from)
        ? "invisible"
        : "changed_elsewhere";
    });
    const seen = (): string => failures.seenOf(this.last?.machine ?? null, step.axis);
    const what = `${step.axis} was being changed to ${String(step.to)}`;
    switch (this.unwrap(result, what, step.axis, orderNumber)) {
      case "scheduled":
        if (step.takesEffect === "immediately")
          this.warnings.push({
            axis: step.axis,
            summary: `${this.name()}: ${step.axis} was scheduled for the next billing cycle instead of taking effect now`,
            detail: `Zenlayer decided otherwise than planned. Seen: ${seen()}.`,
          });
        return;
      case "failed":
        // It was carried through and ended elsewhere: the order is not open any more.
        this.openOrders = this.openOrders.filter((order) => order.axis !== step.axis);
        throw new Stop(failures.changeFailed(this.name(), step, orderNumber, seen()));
      case "changed_elsewhere":
        throw new Stop(failures.changedElsewhere(this.name(), step, orderNumber, seen()));
      case "invisible":
        throw new Stop(failures.neverShowed(this.name(), step, orderNumber, seen(), Math.round(gracePeriod / 1000)));
      case "applied":
        return;
    }
  }

  /** Waits until nothing is executed on the axis. */
  private async settle(axis: Axis): Promise<void> {
    const settled = await this.wait((observation) =>
      observation.machine.axes[axis]?.phase === "processing" ? null : true,
    );
    this.unwrap(settled, `a change of ${axis} that was under way already was being executed`, axis, null);
  }

  private wait<R>(reached: (observation: Observation, waited: number) => R | null): Promise<WaitResult<R>> {
    const { product, instanceId, signal } = this.request;
    return waitFor({
      look: async () => {
        const observation = await this.reconciler.machines.fresh(product, instanceId, signal);
        if (observation !== null) this.last = observation;
        return observation;
      },
      reached,
      timing: this.reconciler.timing,
      deadline: this.deadline,
      signal,
      now: () => this.reconciler.now(),
    });
  }

  private unwrap<R>(result: WaitResult<R>, what: string, axis: Axis, orderNumber: string | null): R {
    const seen = failures.seenOf(this.last?.machine ?? null, axis);
    switch (result.kind) {
      case "reached":
        return result.result;
      case "gone":
        throw new Stop(failures.missingMachine(this.request.product, this.request.instanceId));
      case "timed_out":
        throw new Stop(failures.timedOut(this.name(), what, seen, orderNumber));
      case "interrupted":
        throw new Stop(failures.interrupted(this.name(), what, seen, orderNumber, this.sent > 0));
      case "unreadable":
        throw new Stop(failures.unreadable(this.name(), result.error, orderNumber, this.sent > 0));
    }
  }

  private interruption(what: string, axis: Axis | null): Stop {
    const seen = axis === null ? "nothing" : failures.seenOf(this.last?.machine ?? null, axis);
    return new Stop(failures.interrupted(this.name(), what, seen, this.orderNumbers.at(-1) ?? null, this.sent > 0));
  }

  /** No code for a low balance is documented, so any refusal of what charges is shown beside what the account has. */
  private async purchasingPower(step: Step, error: ZenlayerError): Promise<number | null> {
    if (!mayCharge(step) || error.outcome !== "refused") return null;
    try {
      const { signal } = this.request;
      const balance = await this.reconciler.client.billing.describeCustomerBalance(
        signal === undefined ? {} : { signal },
      );
      return balance.purchasingPower;
    } catch {
      // The key may not ask for the balance; the refusal itself is what matters.
      return null;
    }
  }

  private failureOf(error: unknown): failures.Failure {
    if (error instanceof Stop) return error.failure;
    if (this.request.signal?.aborted) return this.interruption("reading the machine", null).failure;
    if (error instanceof ZenlayerError)
      return failures.unreadable(this.name(), error, this.orderNumbers.at(-1) ?? null, this.sent > 0);
    throw error;
  }

  private name(observation: Observation | null = this.last): string {
    return failures.machineName(observation, this.request.instanceId);
  }
}
