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
  type AxisState,
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
import { immediateCharge, type ImmediateCharge } from "./prices";
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
 * One run at a time per machine; waiting for one's turn counts as time of the operation.
 */
export async function converge(reconciler: Reconciler, request: ConvergeRequest): Promise<ConvergeResult> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), Math.min(request.timeout, LONGEST_TIMER));
  const run = new Run(reconciler, request, over.signal);
  try {
    return await reconciler.machines.exclusively(
      request.product,
      request.instanceId,
      () => run.toEnd(),
      run.readsUntil,
    );
  } catch (error) {
    if (!run.readsUntil.aborted) throw error;
    return run.withoutTurn();
  } finally {
    clearTimeout(timer);
  }
}

/** What a timer of this platform can hold, ms. */
const LONGEST_TIMER = 2 ** 31 - 1;

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
  /** Ends a read: the user stops us, or the time is over. A call that was sent is not taken back by the latter. */
  readonly readsUntil: AbortSignal;
  /** Of this run's own: many runs that listen to one signal would be taken for a leak. */
  private readonly stopped: AbortSignal | undefined;
  private last: Observation | null = null;
  private facts: Facts = {};
  private modifies = 0;
  private sent = 0;
  private guarded = false;
  /** What the calls sent so far may have charged at most. */
  private spent = 0;
  private aboutToSpend = 0;
  private openOrders: readonly OpenOrder[];
  private remaining: readonly PlannedStep[];

  constructor(
    private readonly reconciler: Reconciler,
    private readonly request: ConvergeRequest,
    over: AbortSignal,
  ) {
    this.deadline = reconciler.now() + request.timeout;
    this.stopped = request.signal === undefined ? undefined : AbortSignal.any([request.signal]);
    this.readsUntil = AbortSignal.any(request.signal === undefined ? [over] : [request.signal, over]);
    this.openOrders = request.openOrders;
    this.remaining = [...request.planned].sort((a, b) => a.step - b.step);
  }

  async toEnd(): Promise<ConvergeResult> {
    try {
      while (await this.next()) {
        // One call per turn.
      }
      return this.result(null);
    } catch (error) {
      return this.result(this.failureOf(error));
    }
  }

  /** Stopped, or out of time, before the turn had come. */
  withoutTurn(): ConvergeResult {
    const what = "waiting for another change of this machine";
    return this.result(this.request.signal?.aborted ? this.interruption(what).failure : this.timeOut(what).failure);
  }

  private result(failure: failures.Failure | null): ConvergeResult {
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
    const decision = await this.decide(observation);
    // Before any wait: it would be for nothing.
    if (this.reconciler.readOnly && decision.steps.length > 0)
      throw new Stop(failures.guardFailure(readOnlyGuard(decision.steps)));
    if (decision.waits[0] !== undefined) {
      await this.settle(decision.waits[0].axis);
      return true;
    }
    this.compare(observation, decision);
    const step = decision.steps[0];
    if (step === undefined) return false;
    if (this.reconciler.now() >= this.deadline) throw this.timeOut(`${step.action} was still to be sent`);
    const blocking = blockingOrder(this.openOrders, observation.machine);
    if (blocking !== null) throw new Stop(failures.openOrderBlocks(blocking));
    if (await this.awaitStatus(observation, step)) return true;
    await this.guard(observation, decision);
    if (this.request.signal?.aborted) throw this.interruption(`${step.action} was still to be sent`);
    await this.send(step);
    return true;
  }

  private async look(): Promise<Observation> {
    const { product, instanceId } = this.request;
    const observation = await this.reconciler.machines.fresh(product, instanceId, this.readsUntil);
    if (observation === null) throw this.vanished();
    this.last = observation;
    if (isGone(observation.instance.instanceStatus))
      throw this.sent === 0 ? new Stop(failures.recycledMachine(observation)) : this.vanished();
    return observation;
  }

  private async decide(observation: Observation): Promise<Decision> {
    const { desired } = this.request;
    const facts = await factsFor(this.reconciler.client, observation, desired, { signal: this.readsUntil });
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
        );
        return true;
      }
      default:
        throw new Stop(
          failures.blockedStatus(this.name(observation), step.axis, status, allowedStatuses(step.axis), this.stands()),
        );
    }
  }

  /** All of the plan is checked before its first call, and what is left of it right before each call that may charge. */
  private async guard(observation: Observation, decision: Decision): Promise<void> {
    const { guards, signal } = this.request;
    const step = decision.steps[0];
    this.aboutToSpend = 0;
    if (this.guarded && (step === undefined || !mayCharge(step))) return;
    const denied = downgradeGuard(guards, decision.steps)[0];
    if (denied !== undefined) throw new Stop(failures.guardFailure(denied));
    if (guards.maxImmediateCharge !== null && decision.steps.some(mayCharge)) {
      const options = { signal: this.readsUntil, freeBandwidth: this.facts.freeBandwidth };
      const price = (steps: readonly Step[]): Promise<ImmediateCharge> =>
        immediateCharge(this.reconciler.client, observation.instance, steps, options);
      const charge = await price(decision.steps);
      if (signal?.aborted) throw this.interruption("asking for the price");
      const total: ImmediateCharge = charge.known ? { known: true, amount: charge.amount + this.spent } : charge;
      const finding = chargeGuard(guards, decision.steps, total);
      if (finding !== null) throw new Stop(failures.guardFailure(finding));
      // The limit holds for the apply as a whole: what this call takes is not there for the next one.
      const next = charge.known && decision.steps.length > 1 && step !== undefined ? await price([step]) : charge;
      this.aboutToSpend = next.known ? next.amount : guards.maxImmediateCharge;
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
        if (signal?.aborted && submission.error.outcome === "not_sent")
          throw this.interruption(`${step.action} was still to be sent`);
        throw await this.refusal(step, submission.error);
      case "not_in_this_status": {
        const { instance } = await this.look();
        if (statusVerdict(step.axis, instance.instanceStatus) === "transient") return;
        throw await this.refusal(step, submission.error);
      }
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

  private async refusal(step: Step, error: ZenlayerError): Promise<Stop> {
    const power = await this.purchasingPower(step, error);
    return new Stop(failures.refusedCall(this.name(), step, error, power, this.stands(), this.last?.machine ?? null));
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
    this.spent += this.aboutToSpend;
    this.aboutToSpend = 0;
    if (!isModify) return;
    this.modifies++;
    if (orderNumber !== null) this.orderNumbers.push(orderNumber);
    const order = {
      axis: step.axis,
      target: step.to,
      orderNumber,
      requestId: requestId === "" ? null : requestId,
      time,
    };
    this.openOrders = [...this.openOrders, order];
  }

  /** After a refusal that says the world has moved: look until the move shows, then decide anew. */
  private async lookAgain(step: Step, error: ZenlayerError): Promise<void> {
    let sawOthers = false;
    const moved = await this.wait((observation, waited) => {
      const state = observation.machine.axes[step.axis];
      if (state === undefined) return null;
      const plannedFrom = step.direction === "cancel" ? step.to : step.from;
      const elsewhere = !sameValue(step.axis, state.effective, plannedFrom);
      const asExpected = step.direction === "cancel" ? state.phase === "scheduled" : state.phase === "settled";
      if (elsewhere || !asExpected) return "moved";
      // A change of another axis may stand in the way: once it is over, the call is decided anew.
      const busy = AXES.some((axis) => observation.machine.axes[axis]?.phase === "processing");
      if (busy) {
        sawOthers = true;
        return null;
      }
      if (sawOthers) return "moved";
      return waited >= this.reconciler.timing.gracePeriod ? "same" : null;
    });
    if (this.unwrap(moved, `looking why ${step.action} was refused`) === "same") throw await this.refusal(step, error);
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
      const state = observation.machine.axes[step.axis];
      const outcome = outcomeOf(state, step);
      if (outcome === "applied" || outcome === "scheduled" || leadsTo(state, step)) return "shown";
      return waited >= gracePeriod ? "hidden" : null;
    });
    const shown = this.unwrap(found, `looking for the outcome of ${step.action}`);
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
    let endedElsewhere = 0;
    const result = await this.wait((observation, waited) => {
      const state = observation.machine.axes[step.axis];
      const outcome = outcomeOf(state, step);
      if (outcome === "applied" || outcome === "scheduled") return outcome;
      if (outcome !== "elsewhere") endedElsewhere = 0;
      if (outcome === "waiting") {
        // What somebody else has running says nothing about this order.
        sawProcessing ||= leadsTo(state, step);
        return null;
      }
      // One answer may come from a server that lags behind: it takes two in a row.
      if (sawProcessing) return (endedElsewhere += 1) >= 2 ? "failed" : null;
      if (waited < gracePeriod) return null;
      return state !== undefined && state.phase === "settled" && sameValue(step.axis, state.effective, step.from)
        ? "invisible"
        : "changed_elsewhere";
    });
    const seen = (): string => failures.seenOf(this.last?.machine ?? null, step.axis);
    const what = `${step.axis} was being changed to ${String(step.to)}`;
    switch (this.unwrap(result, what)) {
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
        this.openOrders = this.openOrders.filter(
          (order) => order.axis !== step.axis || order.orderNumber !== orderNumber,
        );
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
    this.unwrap(settled, `a change of ${axis} that was under way already was being executed`);
  }

  private wait<R>(reached: (observation: Observation, waited: number) => R | null): Promise<WaitResult<R>> {
    const { product, instanceId } = this.request;
    return waitFor({
      look: async () => {
        const observation = await this.reconciler.machines.fresh(product, instanceId, this.readsUntil);
        if (observation !== null) this.last = observation;
        return observation;
      },
      reached,
      timing: this.reconciler.timing,
      deadline: this.deadline,
      signal: this.stopped,
      now: () => this.reconciler.now(),
    });
  }

  private unwrap<R>(result: WaitResult<R>, what: string): R {
    switch (result.kind) {
      case "reached":
        return result.result;
      case "gone":
        throw this.vanished();
      case "timed_out":
        throw this.timeOut(what);
      case "interrupted":
        throw this.interruption(what);
      case "unreadable":
        throw new Stop(failures.unreadable(this.name(), result.error, this.stands()));
    }
  }

  private interruption(what: string): Stop {
    return new Stop(failures.interrupted(this.name(), what, this.seen(), this.stands()));
  }

  private timeOut(what: string): Stop {
    return new Stop(failures.timedOut(this.name(), what, this.seen(), this.stands()));
  }

  private vanished(): Stop {
    const { product, instanceId } = this.request;
    return new Stop(
      this.sent === 0
        ? failures.missingMachine(product, instanceId)
        : failures.vanishedMachine(this.name(), this.stands()),
    );
  }

  /** What was ordered by now, whatever comes next. */
  private stands(): failures.Standing {
    return { sent: this.sent > 0, orderNumbers: this.orderNumbers };
  }

  private seen(): string {
    if (this.last === null) return "nothing yet";
    const { machine } = this.last;
    const axes = AXES.filter((axis) => this.request.desired[axis] !== undefined);
    return axes.map((axis) => failures.seenOf(machine, axis)).join("; ");
  }

  /** No code for a low balance is documented, so any refusal of what charges is shown beside what the account has. */
  private async purchasingPower(step: Step, error: ZenlayerError): Promise<number | null> {
    if (!mayCharge(step) || error.outcome !== "refused") return null;
    try {
      const balance = await this.reconciler.client.billing.describeCustomerBalance({ signal: this.readsUntil });
      return balance.purchasingPower;
    } catch {
      // The key may not ask for the balance; the refusal itself is what matters.
      return null;
    }
  }

  private failureOf(error: unknown): failures.Failure {
    if (error instanceof Stop) return error.failure;
    if (this.request.signal?.aborted) return this.interruption("reading the machine").failure;
    if (this.readsUntil.aborted) return this.timeOut("reading the machine").failure;
    // A mistake of ours is thrown on, but never over an order: what was sent must reach the state.
    if (error instanceof ZenlayerError || this.sent > 0) return failures.unreadable(this.name(), error, this.stands());
    throw error;
  }

  private name(observation: Observation | null = this.last): string {
    return failures.machineName(observation, this.request.instanceId);
  }
}

/** Whether a change to the step's target is being executed. */
function leadsTo(state: AxisState | undefined, step: Step): boolean {
  return state?.phase === "processing" && sameValue(step.axis, state.target, step.to);
}
