// One round of the fault harness: a random machine, a random desire, random faults, and the rules that must hold whatever happens.
import { decide, formatValue, mayCharge, type Axis, type Desired } from "../../lib/engine";
import {
  chargeGuard,
  converge,
  downgradeGuard,
  factsFor,
  immediateCharge,
  isGone,
  priceSteps,
  type ConvergeResult,
  type Guards,
  type Observation,
  type OpenOrder,
  type Reconciler,
} from "../../lib/reconcile";
import type { Machine } from "../../lib/simulator";
import { addMachine, changeMachine } from "../../lib/simulator/fleet";
import { catchUp, payOrder, renewEarly, settle } from "../../lib/simulator/transitions";
import { randomChange, randomDesire, randomFaults, randomKnobs, randomMachine } from "./harness-chance";
import { ApplyRules, AXIS_OF_ACTION, type Plan } from "./harness-rules";
import { MemoryService } from "./memory-service";
import { Random } from "./random";

const ID = "900000000000000001";
const NEIGHBOUR = "900000000000000009";
const DAY = 86_400_000;
/** Enough time for any change of these rounds, ms. */
const LONG = 900_000;
/** One round in so many goes the whole way through the client; the others take a shorter one, which is several times faster. */
const WHOLE_EVERY = 10;
/** One round in so many has a fleet beside its machine, so that the machine is listed and read ahead before its plan asks for it. */
const FLEET_EVERY = 40;
/** More than are asked for by id. */
const FLEET = Array.from({ length: 12 }, (_, index) => `8000000000000000${index + 10}`);
/** How a round ended: with the desire fulfilled, or with an error that says why not. */
export interface RoundOutcome {
  readonly end: "as desired" | string;
  readonly orders: number;
  /** What happened on the way, so that a summary shows that faults were met. */
  readonly met: readonly string[];
}

/** Plays the round of this seed. Throws when a rule is broken. */
export function playRound(seed: number): Promise<RoundOutcome> {
  return new Round(seed).play();
}

const NO_PLAN: Plan = { steps: [], planned: [], refusal: null, atMost: null };

class Round {
  private readonly random: Random;
  private readonly service: MemoryService;
  private readonly product: "vm" | "bmc";
  private readonly desired: Desired;
  private readonly guards: Guards;
  /** Reads may show the past, so that what was ordered need not fit what was read. */
  private readonly lagging: boolean;
  private readonly met = new Set<string>();
  /** Of its own, so that rounds without a fleet are what they were. */
  private readonly chanceAhead: Random;
  private openOrders: readonly OpenOrder[] = [];
  private adopted: boolean;
  /** What the apply under way may send. */
  private plan: Plan = NO_PLAN;
  /** Since the plan a price, the end of the term or the values that it counts from have moved, so that its amounts need not hold any more. */
  private outdated = false;
  private rules: ApplyRules;
  private timeout = LONG;
  private broken: Error | null = null;
  /** Ctrl-C for the apply under way. */
  private stop = new AbortController();

  constructor(private readonly seed: number) {
    this.random = new Random(seed);
    const { random } = this;
    this.lagging = random.chance(0.3);
    this.service = new MemoryService(random.next, randomKnobs(random, this.lagging), seed % WHOLE_EVERY === 0);
    this.product = random.chance(0.7) ? "vm" : "bmc";
    // Terms and renewals cost more than an account has at first.
    this.service.world.account.cash = random.chance(0.1) ? 5_000 : 1_000_000;
    const machine = addMachine(this.service.world, randomMachine(random, this.product, ID));
    addMachine(this.service.world, { instanceId: NEIGHBOUR, product: this.product });
    this.chanceAhead = new Random(~seed);
    if (seed % FLEET_EVERY === 0)
      for (const instanceId of FLEET) addMachine(this.service.world, { instanceId, product: this.product });
    if (random.chance(0.5)) this.service.pass(random.integer(0, 27 * DAY));
    for (let renewals = random.pick([0, 0, 1, 2]); renewals > 0; renewals--) this.renew(machine);
    this.desired = randomDesire(random, machine);
    this.guards = {
      onDowngrade: random.chance(0.1) ? "deny" : "schedule",
      maxImmediateCharge: random.chance(0.4) ? random.pick([0, 50, 500, 5_000]) : null,
    };
    this.adopted = random.chance(0.7);
    this.rules = this.newRules(NO_PLAN);
    this.service.after = (entry) => this.rules.answered(entry);
  }

  /** Without a plan nothing may be sent. */
  private newRules(plan: Plan = this.plan): ApplyRules {
    const { product, desired, guards, openOrders, lagging } = this;
    return new ApplyRules({
      world: this.service.world,
      instanceId: ID,
      product,
      desired,
      guards,
      plan,
      outdated: () => this.outdated,
      openOrders,
      lagging,
      met: (what) => this.met.add(what),
      fail: (what) => this.fail(what),
    });
  }

  async play(): Promise<RoundOutcome> {
    const attempts = this.random.integer(1, 4);
    for (let attempt = 0; attempt < attempts; attempt++) await this.applyUnderFaults();
    const end = await this.applyInPeace();
    if (this.broken !== null) throw this.broken;
    return { end, orders: this.service.world.orders.length, met: [...this.met] };
  }

  private async applyUnderFaults(): Promise<void> {
    const reconciler = this.service.newProcess();
    this.service.faults.clear();
    for (const fault of randomFaults(this.random)) this.service.faults.add(fault);
    const moved = await this.readAhead(reconciler);
    this.plan = await this.makePlan(reconciler);
    this.outdated = moved;
    if (this.random.chance(0.15)) this.meddle();
    if (this.random.chance(0.1)) this.pass(this.random.pick([60_000, DAY, 20 * DAY]));
    if (!this.worthApplying()) return;
    this.timeout = this.random.pick([1_000, 60_000, LONG, LONG]);
    this.plotInterruption();
    await this.apply(reconciler);
    this.service.before = () => undefined;
    this.service.after = (entry) => this.rules.answered(entry);
  }

  /**
   * Terraform asks for others first: our machine is listed and its status read ahead. Then time passes, and somebody may use the console.
   *
   * @returns whether the plan may be made of what was read before that
   */
  private async readAhead(reconciler: Reconciler): Promise<boolean> {
    if (this.seed % FLEET_EVERY !== 0) return false;
    await Promise.allSettled(FLEET.map((id) => reconciler.machines.recent(this.product, id)));
    const ours = ({ body }: { readonly body: unknown }): boolean =>
      (body as { instanceId?: unknown }).instanceId === ID;
    if (this.service.requests.some(ours)) this.met.add("read ahead");
    this.service.pass(this.chanceAhead.integer(0, 12_000));
    if (!this.chanceAhead.chance(0.3)) return false;
    const machine = this.service.world.machine(ID);
    catchUp(this.service.world, machine);
    changeMachine(this.service.world, machine, randomChange(this.chanceAhead, this.product));
    this.met.add("meddled after it was read ahead");
    return true;
  }

  private worthApplying(): boolean {
    return this.plan.refusal === null && (!this.adopted || this.plan.steps.length > 0);
  }

  private async apply(reconciler: Reconciler): Promise<ConvergeResult> {
    this.stop = new AbortController();
    this.rules = this.newRules();
    const result = await converge(reconciler, {
      product: this.product,
      instanceId: ID,
      desired: this.desired,
      planned: this.plan.planned,
      guards: this.guards,
      openOrders: this.openOrders,
      timeout: this.timeout,
      signal: this.stop.signal,
    });
    // A process that was killed tells nothing.
    if (!this.service.killed) this.rules.ended(result);
    this.rules = this.newRules(NO_PLAN);
    // A process that was killed leaves nothing behind: the state and what it remembers are as before.
    if (this.service.killed) this.met.add("killed");
    else this.remember(result);
    return result;
  }

  private remember(result: ConvergeResult): void {
    this.met.add(result.failure?.code ?? "applied");
    if (result.failure === null) this.adopted = true;
    // A failed first adoption leaves no state, so it remembers nothing.
    this.openOrders = this.adopted ? result.openOrders : [];
  }

  /** What the provider does to plan, in its order. */
  private async makePlan(reconciler: Reconciler): Promise<Plan> {
    const nothing = (refusal: string | null): Plan => ({ ...NO_PLAN, refusal });
    try {
      const observation = await reconciler.machines.recent(this.product, ID);
      if (observation === null) return this.fail("a machine that exists counts as gone");
      if (isGone(observation.instance.instanceStatus)) return nothing("MACHINE_RECYCLED");
      return await this.decidePlan(reconciler, observation);
    } catch (error) {
      this.met.add("plan failed");
      return nothing(error instanceof Error ? error.message : String(error));
    }
  }

  private async decidePlan(reconciler: Reconciler, observation: Observation): Promise<Plan> {
    const facts = await factsFor(reconciler.client, observation, this.desired);
    const { steps, refusals } = decide({ machine: observation.machine, desired: this.desired, facts });
    const { instance } = observation;
    const charge = steps.some(mayCharge)
      ? immediateCharge(
          instance,
          steps,
          await priceSteps(reconciler.client, instance, steps, { freeBandwidth: facts.freeBandwidth }),
        )
      : null;
    const guarded = downgradeGuard(this.guards, steps)[0] ?? chargeGuard(this.guards, steps, charge);
    const planned = steps.map((step) => ({
      ...step,
      from: step.from === null ? null : formatValue(step.axis, step.from),
      to: formatValue(step.axis, step.to),
    }));
    const refusal = refusals[0]?.code ?? guarded?.guard ?? null;
    return { steps, planned, refusal, atMost: charge === null ? 0 : charge.known ? charge.atMost : null };
  }

  /** Somebody uses the console. @returns what tells of it: a look, a price, or nothing for a while */
  private meddle(): "look" | "price" | "nothing" {
    const { random } = this;
    const { world } = this.service;
    const machine = world.machine(ID);
    catchUp(world, machine);
    this.met.add("meddled");
    this.outdated = true;
    if (random.chance(0.2)) {
      this.renew(machine);
      return world.knobs.describeInstancesLag === 0 ? "look" : "nothing";
    }
    if (random.chance(0.3)) {
      world.knobs.discount = 300;
      return "price";
    }
    changeMachine(world, machine, randomChange(random, this.product));
    return "look";
  }

  /** A rate limit refuses a change, or a price is asked for, and somebody uses the console before the next call. */
  private meddleBeforeTheCall(when: "limited" | "priced"): void {
    const retryAfter = this.random.pick([1, 5, 30]);
    if (when === "limited")
      this.service.faults.add({ kind: "rate_limit", action: "Modify*", times: this.random.integer(1, 3), retryAfter });
    let done = false;
    this.service.after = (entry) => {
      this.rules.answered(entry);
      const limited = entry.fault === "rate_limit" && AXIS_OF_ACTION[entry.action] !== undefined;
      const now = when === "limited" ? limited : entry.action.startsWith("InquiryPrice");
      if (done || !now) return;
      done = true;
      this.met.add(`meddled when ${when}`);
      this.rules.meddled(this.meddle(), when === "limited" ? ["look", "price"] : ["look"]);
    };
  }

  /** Somebody renews the machine early: what an upgrade charges counts to the new end. */
  private renew(machine: Machine): void {
    if (machine.expiredTime === null || isGone(machine.instanceStatus)) return;
    renewEarly(this.service.world, machine);
    this.met.add("renewed early");
  }

  /** Time between plan and apply: fewer days are left, unless the term ends meanwhile. */
  private pass(milliseconds: number): void {
    const { expiredTime } = this.service.world.machine(ID);
    this.service.pass(milliseconds);
    catchUp(this.service.world, this.service.world.machine(ID));
    if (this.service.world.machine(ID).expiredTime !== expiredTime) this.outdated = true;
  }

  /** Ctrl-C, SIGKILL, another hand or a clock that is set, at a random call of the apply. */
  private plotInterruption(): void {
    const kinds = [
      "none",
      "none",
      "meddle",
      "limited",
      "priced",
      "interrupt",
      "kill before",
      "kill after",
      "clock",
    ] as const;
    const kind = this.random.pick(kinds);
    if (kind === "none") return;
    if (kind === "limited" || kind === "priced") return this.meddleBeforeTheCall(kind);
    let at = this.random.integer(1, 16);
    const strike = (): void => {
      if (--at !== 0) return;
      if (kind === "meddle") return this.rules.meddled(this.meddle());
      if (kind === "clock") {
        this.met.add("clock set");
        return this.service.setClock(this.random.pick([-3_600_000, 120_000, 86_400_000]));
      }
      if (kind !== "interrupt") this.service.kill();
      // A dead process waits for nothing: its waits end at once here.
      this.stop.abort(new Error(kind));
    };
    if (kind === "kill after")
      this.service.after = (entry) => {
        this.rules.answered(entry);
        strike();
      };
    else this.service.before = strike;
  }

  /** No faults any more: a few plans and applies must reach the desire, or say clearly why not. */
  private async applyInPeace(): Promise<string> {
    const { service } = this;
    service.faults.clear();
    Object.assign(service.world.knobs, { failInFlight: "none", readLag: 0, cancelReadLag: 0, unpaidOrders: false });
    this.plan = NO_PLAN;
    for (const order of [...service.world.orders]) if (order.state === "unpaid") payOrder(service.world, order.number);
    settle(service.world);
    this.timeout = LONG;
    const machine = service.world.machine(ID);
    if (machine.instanceStatus === "REBOOT") machine.instanceStatus = "RUNNING";
    for (const axis of ["type", "bandwidth", "package"] as const) machine.axes[axis].stale = null;
    let end = "";
    for (let turn = 0; turn < 4; turn++) {
      const reconciler = service.newProcess();
      this.plan = await this.makePlan(reconciler);
      this.outdated = false;
      if (this.plan.refusal !== null) return this.plan.refusal;
      if (this.plan.steps.length === 0 && this.adopted) return this.isAsDesired(reconciler);
      const result = await this.apply(reconciler);
      end = result.failure?.code ?? "";
      // An order that failed or was undone while nobody looked never shows: the message names -replace, and that forgets it.
      if (end === "OPEN_ORDER") {
        this.openOrders = [];
        this.adopted = false;
      }
      if (/^(STATUS_NOT_ALLOWED|MACHINE_|GUARD_|SIM_BALANCE|OPERATION_|INVALID_|UNSUPPORTED_)/.test(end)) return end;
    }
    return this.fail(`no end after four quiet applies; the last says ${end}`);
  }

  private async isAsDesired(reconciler: Reconciler): Promise<string> {
    const observation = await reconciler.machines.fresh(this.product, ID);
    for (const [axis, value] of Object.entries(this.desired) as [Axis, string | number][]) {
      const state = observation?.machine.axes[axis];
      const committed = state === undefined ? null : state.phase === "settled" ? state.effective : state.target;
      if (committed !== value) this.fail(`${axis} is ${committed} in the end, desired was ${value}`);
    }
    return "as desired";
  }

  private fail(what: string): never {
    // Kept, because what is thrown inside a call is taken for a fault of that call.
    this.broken ??= new Error(`HARNESS_SEED=${this.seed}: ${what}`);
    this.stop.abort();
    throw this.broken;
  }
}
