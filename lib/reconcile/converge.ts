// Bring one machine to what was planned: observe, decide, compare with the plan, guard, submit once, wait, and again.

import { isDeepStrictEqual } from "node:util";
import { backoffDelay, ZenlayerError, type Instance } from "../api";
import {
  decide,
  mayCharge,
  sameDecision,
  type Axis,
  type Comparison,
  type Decision,
  type Facts,
  type Step,
} from "../engine";
import * as failures from "./failure";
import { factsFor } from "./facts";
import { chargeGuard, downgradeGuard, readOnlyGuard } from "./guards";
import { Ledger } from "./ledger";
import type { Observation } from "./observe";
import { openOrderBlocks } from "./open-order-words";
import { blockingOrder } from "./open-orders";
import { immediateCharge, priceSteps } from "./immediate-charge";
import type { ConvergeRequest, ConvergeResult, Reconciler, Warning } from "./request";
import { allowedStatuses, statusVerdict } from "./status";
import { Stop } from "./stop";
import { submit } from "./submit";
import { Watch } from "./watch";

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

/** A call whose turn takes longer, ms, is not sent: what it was decided on may have moved meanwhile. */
const SEND_WITHIN = 5_000;

/** What a price or a charge depends on, besides the values of the axes. */
function pricedBy({ instanceChargeType, internetChargeType, zoneId, period, expiredTime }: Instance): unknown {
  return { instanceChargeType, internetChargeType, zoneId, period, expiredTime };
}

/** A look, and what follows from it. */
interface Considered {
  readonly observation: Observation;
  readonly decision: Decision;
  readonly facts: Facts;
}

class Run {
  private readonly ledger: Ledger;
  private readonly watch: Watch;
  private readonly warnings: Warning[] = [];
  private first = true;
  private guarded = false;
  /** How often in a row the next call was definitely not executed, for a reason that passes. */
  private postponed = 0;

  constructor(
    private readonly reconciler: Reconciler,
    private readonly request: ConvergeRequest,
    over: AbortSignal,
  ) {
    this.ledger = new Ledger(request.planned, request.openOrders);
    this.watch = new Watch(reconciler, request, this.ledger, over);
  }

  get readsUntil(): AbortSignal {
    return this.watch.readsUntil;
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
    return this.result(this.watch.cutShort("waiting for another change of this machine").failure);
  }

  private result(failure: failures.Failure | null): ConvergeResult {
    const { last } = this.watch;
    return {
      observation: last,
      orderNumbers: this.ledger.orderNumbers,
      modifies: this.ledger.modifies,
      warnings: this.warnings,
      failure,
      openOrders: this.ledger.stillOpen(last?.machine ?? null),
    };
  }

  private failureOf(error: unknown): failures.Failure {
    if (error instanceof Stop) return error.failure;
    if (this.readsUntil.aborted) return this.watch.cutShort("reading the machine").failure;
    // A mistake of ours is thrown on, but never over an order: what was sent must reach the state.
    if (error instanceof ZenlayerError || this.ledger.hasSent) return this.watch.unreadable(error).failure;
    throw error;
  }

  /** One turn: at most one call. False when nothing is left to do. */
  private async next(): Promise<boolean> {
    const considered = (this.first ? await this.asPlanned() : null) ?? (await this.decide(await this.watch.look()));
    const { observation, decision, facts } = considered;
    // Before any wait: it would be for nothing.
    if (this.reconciler.readOnly && decision.steps.length > 0)
      throw new Stop(failures.guardFailure(readOnlyGuard(decision.steps), this.ledger.standing));
    if (decision.waits[0] !== undefined) {
      await this.watch.settle(decision.waits[0]);
      return true;
    }
    if (!(await this.compare(decision, facts))) return true;
    const step = decision.steps[0];
    if (step === undefined) return false;
    const toBeSent = `${step.action} was still to be sent`;
    if (this.watch.timeIsOver) throw this.watch.timeOut(toBeSent);
    const blocking = blockingOrder(this.ledger.openOrders, observation.machine);
    if (blocking !== null) throw new Stop(openOrderBlocks(blocking, this.ledger.standing));
    if (await this.awaitStatus(observation, step)) return true;
    const charge = await this.guard(observation, decision.steps, step, facts);
    if (!(await this.stillSo(observation, decision, facts, step))) return true;
    if (this.request.signal?.aborted) throw this.watch.interruption(toBeSent);
    await this.send(step, charge);
    return true;
  }

  /**
   * The look of the plan serves where it still says what was planned: all that may follow from it is that nothing is to be done, or a call, and that looks
   * once more. Whatever else is to be told to the user is told of how the machine is now.
   */
  private async asPlanned(): Promise<Considered | null> {
    this.first = false;
    if (this.ledger.openOrders.length > 0) return null;
    try {
      const considered = await this.decide(await this.watch.recentLook());
      const { observation, decision } = considered;
      const { same, done } = sameDecision(this.ledger.remaining, decision.steps);
      const { instanceStatus } = observation.instance;
      const ready = decision.steps.every(({ axis }) => statusVerdict(axis, instanceStatus) === "allowed");
      return same && done.length === 0 && decision.waits.length === 0 && ready ? considered : null;
    } catch (error) {
      if (error instanceof Stop) return null;
      throw error;
    }
  }

  private async decide(observation: Observation): Promise<Considered> {
    const { desired } = this.request;
    const facts = await factsFor(this.reconciler.client, observation, desired, { signal: this.readsUntil });
    const decision = decide({ machine: observation.machine, desired, facts });
    const refusal = decision.refusals[0];
    if (refusal !== undefined) throw new Stop(failures.refusedFinding(refusal, this.ledger.standing));
    return { observation, decision, facts };
  }

  /**
   * Facts and prices took their time. Before the call the machine is looked at once more, and decided anew with the same facts and prices: what they
   * were asked for must still be so.
   */
  private async stillSo(before: Observation, decision: Decision, facts: Facts, next: Step): Promise<boolean> {
    const now = await this.watch.finalLook();
    const { steps, waits, refusals } = decide({ machine: now.machine, desired: this.request.desired, facts });
    return (
      // Stryker disable next-line ArithmeticOperator: with refusals there are no steps.
      waits.length + refusals.length === 0 &&
      isDeepStrictEqual(steps, decision.steps) &&
      isDeepStrictEqual(pricedBy(now.instance), pricedBy(before.instance)) &&
      (next.direction === "cancel" || statusVerdict(next.axis, now.instance.instanceStatus) === "allowed")
    );
  }

  /** What would be called now must be what is left of the plan. False: it was not, until it was looked at again. */
  private async compare(decision: Decision, facts: Facts): Promise<boolean> {
    const { remaining, hasSent } = this.ledger;
    const { desired } = this.request;
    const comparison = sameDecision(remaining, decision.steps);
    const compared = ({ machine }: Observation): Comparison =>
      sameDecision(remaining, decide({ machine, desired, facts }).steps);
    if (!comparison.same) {
      // What was sent shows already; an answer that lags behind may hide it again.
      const doing = "looking whether what was done stands";
      if (hasSent && (await this.watch.comesTrue((seen) => compared(seen).same, doing))) return false;
      throw new Stop(failures.stalePlan(this.watch.name(), comparison.differences, this.ledger.standing));
    }
    const { done } = comparison;
    // One answer alone may be an old one.
    const stillDone = (seen: Observation): boolean => done.every((axis) => compared(seen).done.includes(axis));
    if (done.length > 0 && !(await this.watch.staysTrue(stillDone, "looking again"))) return false;
    for (const axis of done) {
      this.ledger.strikeAxis(axis);
      this.warn(axis, `${axis} was at its target already`, `Nothing was sent for it. ${this.seen(axis)}`);
    }
    return true;
  }

  /** Waits for a status that allows the step. True when it had to wait, so that everything is looked at again. */
  private async awaitStatus({ instance }: Observation, { axis, direction }: Step): Promise<boolean> {
    if (direction === "cancel") return false;
    const status = instance.instanceStatus;
    switch (statusVerdict(axis, status)) {
      case "allowed":
        return false;
      case "transient":
        await this.watch.leave(status, axis);
        // Stryker disable next-line BooleanLiteral: what moved meanwhile the last look before the call would show, too.
        return true;
      default:
        throw new Stop(
          failures.blockedStatus(this.watch.name(), axis, status, allowedStatuses(axis), this.ledger.standing),
        );
    }
  }

  /**
   * All of the plan is checked before its first call, and what is left of it right before each call that may charge.
   *
   * @param next the first of the steps
   * @returns what the next call may charge at most; 0 when there is no limit to hold
   */
  private async guard(observation: Observation, steps: readonly Step[], next: Step, facts: Facts): Promise<number> {
    const { guards, signal } = this.request;
    // Stryker disable next-line ConditionalExpression: it only saves questions for prices.
    if (this.guarded && !mayCharge(next)) return 0;
    const denied = downgradeGuard(guards, steps)[0];
    if (denied !== undefined) throw new Stop(failures.guardFailure(denied, this.ledger.standing));
    let most = 0;
    if (guards.maxImmediateCharge !== null && steps.some(mayCharge)) {
      const { instance } = observation;
      const options = { signal: this.readsUntil, freeBandwidth: facts.freeBandwidth };
      const prices = await priceSteps(this.reconciler.client, instance, steps, options);
      if (signal?.aborted) throw this.watch.interruption("asking for the price");
      const finding = chargeGuard(guards, steps, immediateCharge(instance, steps, prices), this.ledger.spent);
      if (finding !== null) throw new Stop(failures.guardFailure(finding, this.ledger.standing));
      // The limit holds for the apply as a whole: what this call takes is not there for the next one.
      const own = mayCharge(next) ? immediateCharge(instance, [next], prices) : null;
      most = own === null ? 0 : own.known ? own.atMost : guards.maxImmediateCharge;
    }
    // Stryker disable next-line BooleanLiteral: it only saves questions for prices.
    this.guarded = true;
    return most;
  }

  private async send(step: Step, charge: number): Promise<void> {
    const { product, instanceId, signal } = this.request;
    const time = new Date(this.reconciler.clock.now()).toISOString();
    const options = { sendWithin: SEND_WITHIN, signal };
    const submission = await submit(this.reconciler.client, product, instanceId, step, options);
    switch (submission.kind) {
      case "refused":
        if (signal?.aborted && submission.error.outcome === "not_sent")
          throw this.watch.interruption(`${step.action} was still to be sent`);
        throw await this.refusal(step, submission.error);
      case "not_in_this_status": {
        const { instance } = await this.watch.look();
        if (statusVerdict(step.axis, instance.instanceStatus) === "transient") return;
        throw await this.refusal(step, submission.error);
      }
      case "too_late":
        return;
      case "later":
        await this.postpone(step, submission.error, submission.after);
        return;
      case "look_again":
        await this.lookAgain(step, submission.error);
        return;
      case "unknown": {
        const { orderNumber, requestId } = submission.error;
        this.ledger.record({ step, orderNumber, requestId, time, charge });
        await this.adopt(step, submission.error);
        break;
      }
      case "accepted": {
        const { orderNumber, requestId } = submission.accepted;
        this.ledger.record({ step, orderNumber, requestId, time, charge });
        await this.confirm(step, orderNumber);
        break;
      }
    }
    this.postponed = 0;
    this.ledger.strike(step);
  }

  /** Definitely not executed: waits here, where Ctrl-C and the time of the operation end it. All else is looked at and decided anew. */
  private async postpone(step: Step, error: ZenlayerError, after: number): Promise<void> {
    const { clock, maxRetries } = this.reconciler;
    const toBeSent = `${step.action} was still to be sent`;
    if (this.request.signal?.aborted) throw this.watch.interruption(toBeSent);
    if (this.postponed >= maxRetries) throw await this.refusal(step, error);
    await this.watch.wait(Math.max(after, backoffDelay(this.postponed, clock.random())), toBeSent);
    this.postponed += 1;
  }

  /** After a refusal that says the world has moved: look until the move shows, then decide anew. */
  private async lookAgain(step: Step, error: ZenlayerError): Promise<void> {
    const { axis, action } = step;
    if ((await this.watch.lookAgain(step)) === "same") throw await this.refusal(step, error);
    // A downgrade that is not there any more needs no cancel; what follows from that is decided on the next look.
    if (step.direction === "cancel" && this.watch.last?.machine.axes[axis]?.phase === "settled") {
      this.ledger.strike(step);
      const detail = `${action} found nothing to cancel. ${this.seen(axis)}`;
      this.warn(axis, `the scheduled downgrade of ${axis} was gone already`, detail);
    }
  }

  /** The answer was lost: adopt the change if it shows within the grace period, and never send it again. */
  private async adopt(step: Step, error: ZenlayerError): Promise<void> {
    await this.watch.searchFor(step, error);
    const { orderNumber, summary } = error;
    const order = orderNumber === null ? "its order number is unknown." : `order ${orderNumber} stands.`;
    const detail = `${summary} The change shows, so it was not sent again; ${order}`;
    this.warn(step.axis, `${step.action} was executed although its answer was lost`, detail);
    await this.confirm(step, orderNumber);
  }

  /** Waits until an accepted step is in force or scheduled. */
  private async confirm(step: Step, orderNumber: string | null): Promise<void> {
    const { axis, takesEffect } = step;
    const ending = await this.watch.confirm(step, orderNumber);
    if (ending === "scheduled" && takesEffect === "immediately") {
      const summary = `${axis} was scheduled for the next billing cycle instead of taking effect now`;
      this.warn(axis, summary, `Zenlayer decided otherwise than planned. ${this.seen(axis)}`);
    }
  }

  private async refusal(step: Step, error: ZenlayerError): Promise<Stop> {
    const power = await this.purchasingPower(step, error);
    const machine = this.watch.last?.machine ?? null;
    return new Stop(failures.refusedCall(this.watch.name(), step, error, power, this.ledger.standing, machine));
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

  /** Tells the user of something that does not stop the run. */
  private warn(axis: Axis, what: string, detail: string): void {
    this.warnings.push({ axis, summary: `${this.watch.name()}: ${what}`, detail });
  }

  private seen(axis: Axis): string {
    return `Seen: ${this.watch.seenOf(axis)}.`;
  }
}
