// The eyes of one run: look at its machine, wait within the time of the operation until something shows, or stop and say why.

import { ZenlayerError } from "../api";
import { AXES, type Axis, type Step, type Wait } from "../engine";
import * as failures from "./failure";
import type { Ledger } from "./ledger";
import type { Observation } from "./observe";
import type { ConvergeRequest, Reconciler } from "./request";
import { isGone, statusVerdict } from "./status";
import { Stop } from "./stop";
import { pause } from "./timing";
import { howItEnded, whetherMoved, whetherOver, whetherShown, type Verdict } from "./verdicts";
import { waitFor } from "./wait";

/** A look that takes longer, ms, is not of one moment any more. */
const LONG_LOOK = 5_000;
const LONG_LOOKS = 3;

export class Watch {
  private readonly deadline: number;
  /** Ends a read: the user stops us, or the time is over. A call that was sent is not taken back by the latter. */
  readonly readsUntil: AbortSignal;
  /** Of this run's own: many runs that listen to one signal would be taken for a leak. */
  private readonly stopped: AbortSignal | undefined;
  private lastLook: Observation | null = null;
  /** The look that ended a wait just now: whoever decides next need not look again. */
  private atHand: Observation | null = null;

  /** @param over aborts when the time of the operation is over */
  constructor(
    private readonly reconciler: Reconciler,
    private readonly request: ConvergeRequest,
    private readonly ledger: Ledger,
    over: AbortSignal,
  ) {
    this.deadline = reconciler.clock.monotonic() + request.timeout;
    this.stopped = request.signal === undefined ? undefined : AbortSignal.any([request.signal]);
    this.readsUntil = AbortSignal.any(request.signal === undefined ? [over] : [request.signal, over]);
  }

  /** The last look that found the machine; null when there was none. */
  get last(): Observation | null {
    return this.lastLook;
  }

  get timeIsOver(): boolean {
    return this.reconciler.clock.monotonic() >= this.deadline;
  }

  /** A look before a decision. Stops when there is no machine to decide on. */
  async look(): Promise<Observation> {
    return this.present(this.atHand ?? (await this.glance("fresh")));
  }

  /** A look of the last seconds, maybe read for the plan or ahead: it may end a run that has nothing to do, or lead to facts and prices. */
  async recentLook(): Promise<Observation> {
    return this.present(await this.glance("recent"));
  }

  /** The look that a call follows. One that took long is made again, for its parts are not of one moment; a service that is just slow gets its way. */
  async finalLook(): Promise<Observation> {
    const { clock } = this.reconciler;
    for (let looks = 1; ; looks++) {
      const begun = clock.monotonic();
      const observation = this.present(await this.glance("fresh"));
      if (clock.monotonic() - begun < LONG_LOOK || looks === LONG_LOOKS) return observation;
    }
  }

  /** Waits so long, within the time of the operation. */
  async wait(ms: number, what: string): Promise<void> {
    const { clock } = this.reconciler;
    const left = Math.max(0, this.deadline - clock.monotonic());
    if (!(await pause(clock, Math.min(ms, left), this.stopped))) throw this.interruption(what);
    if (this.timeIsOver) throw this.timeOut(what);
  }

  /** Waits until nothing is executed on the axis. */
  async settle({ axis, target }: Wait): Promise<void> {
    await this.until(
      whetherOver(axis, target, this.reconciler.timing.gracePeriod),
      `a change of ${axis} that was under way already was being executed`,
    );
  }

  /** Waits until the machine has left a status that passes by itself. */
  async leave(status: string, axis: Axis): Promise<void> {
    await this.until(
      ({ instance }) => (statusVerdict(axis, instance.instanceStatus) === "transient" ? null : true),
      `the machine is ${status}`,
    );
  }

  /** Whether something shows within the grace period. */
  comesTrue(what: (observation: Observation) => boolean, doing: string): Promise<boolean> {
    const { gracePeriod } = this.reconciler.timing;
    return this.until(
      (observation, waited) => (what(observation) ? true : waited >= gracePeriod ? false : null),
      doing,
    );
  }

  /** Whether two more looks say so. */
  staysTrue(what: (observation: Observation) => boolean, doing: string): Promise<boolean> {
    let looks = 0;
    return this.until((observation) => (what(observation) ? ((looks += 1) >= 2 ? true : null) : false), doing);
  }

  /** After a refusal that says the world has moved: looks until the move shows. */
  lookAgain(step: Step): Promise<"moved" | "same"> {
    return this.until(whetherMoved(step, this.reconciler.timing.gracePeriod), `looking why ${step.action} was refused`);
  }

  /** The answer was lost: looks until the change shows, and stops when it does not. */
  async searchFor(step: Step, error: ZenlayerError): Promise<void> {
    const { gracePeriod } = this.reconciler.timing;
    const found = await this.until(whetherShown(step, gracePeriod), `looking for the outcome of ${step.action}`);
    if (found === "hidden")
      throw new Stop(
        failures.unknownOutcome(this.name(), step, error, Math.round(gracePeriod / 1000), this.ledger.standingBefore),
      );
  }

  /** Waits until an accepted step is in force or scheduled, and stops when it ends in any other way. */
  async confirm(step: Step, orderNumber: string | null): Promise<"applied" | "scheduled"> {
    const { gracePeriod } = this.reconciler.timing;
    const what = `${step.axis} was being changed to ${String(step.to)}`;
    const ending = await this.until(howItEnded(step, gracePeriod), what);
    const seen = this.seenOf(step.axis);
    const before = this.ledger.standingBefore;
    switch (ending) {
      case "applied":
      case "scheduled":
        return ending;
      case "failed":
        // It was carried through and ended elsewhere: the order is not open any more.
        this.ledger.close(step.axis, orderNumber);
        throw new Stop(failures.changeFailed(this.name(), step, orderNumber, seen, before));
      case "changed_elsewhere":
        throw new Stop(failures.changedElsewhere(this.name(), step, orderNumber, seen, before));
      case "invisible":
        throw new Stop(
          failures.neverShowed(this.name(), step, orderNumber, seen, Math.round(gracePeriod / 1000), before),
        );
    }
  }

  interruption(what: string): Stop {
    return new Stop(failures.interrupted(this.name(), what, this.seen(), this.ledger.standing));
  }

  timeOut(what: string): Stop {
    return new Stop(failures.timedOut(this.name(), what, this.seen(), this.ledger.standing));
  }

  /** The user stopped us, or else the time was over. */
  cutShort(what: string): Stop {
    return this.request.signal?.aborted ? this.interruption(what) : this.timeOut(what);
  }

  unreadable(error: unknown): Stop {
    return new Stop(failures.unreadable(this.name(), error, this.ledger.standing));
  }

  /** The machine in prose, by the name that it had when last seen. */
  name(): string {
    return failures.machineName(this.lastLook, this.request.instanceId);
  }

  /** One axis as last seen, in prose. */
  seenOf(axis: Axis): string {
    return failures.seenOf(this.lastLook?.machine ?? null, axis);
  }

  private present(observation: Observation | null): Observation {
    this.atHand = null;
    if (observation === null) throw this.vanished();
    if (isGone(observation.instance.instanceStatus))
      throw this.ledger.hasSent ? this.vanished() : new Stop(failures.recycledMachine(observation));
    return observation;
  }

  private async glance(how: "recent" | "fresh" | "awaited"): Promise<Observation | null> {
    const { product, instanceId } = this.request;
    this.atHand = null;
    const observation = await this.reconciler.machines[how](product, instanceId, this.readsUntil);
    if (observation !== null) this.lastLook = observation;
    return observation;
  }

  /** @param what we were doing, for the words of a stop */
  private async until<R>(reached: Verdict<R>, what: string): Promise<R> {
    const result = await waitFor({
      look: () => this.glance("awaited"),
      reached,
      timing: this.reconciler.timing,
      clock: this.reconciler.clock,
      deadline: this.deadline,
      signal: this.stopped,
    });
    switch (result.kind) {
      case "reached":
        this.atHand = result.last;
        return result.result;
      case "gone":
        throw this.vanished();
      case "timed_out":
        throw this.timeOut(what);
      case "interrupted":
        throw this.interruption(what);
      case "unreadable":
        throw this.unreadable(result.error);
    }
  }

  private vanished(): Stop {
    const { product, instanceId } = this.request;
    return new Stop(
      this.ledger.hasSent
        ? failures.vanishedMachine(this.name(), this.ledger.standing)
        : failures.missingMachine(product, instanceId),
    );
  }

  /** The managed axes as last seen, in prose. */
  private seen(): string {
    if (this.lastLook === null) return "nothing yet";
    return AXES.filter((axis) => this.request.desired[axis] !== undefined)
      .map((axis) => this.seenOf(axis))
      .join("; ");
  }
}
