// One round of the fault harness: a random machine, a random desire, random faults, and the rules that must hold whatever happens.
import { decide, formatValue, mayCharge, type Axis, type Desired, type PlannedStep, type Step } from "../../lib/engine";
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
import type { Fault, FaultKind, Knobs, Machine, MachineSpec, Order, RequestEntry } from "../../lib/simulator";
import { addMachine, changeMachine } from "../../lib/simulator/fleet";
import { currentValue } from "../../lib/simulator/axis";
import { catchUp, payOrder, renewEarly, settle } from "../../lib/simulator/transitions";
import { MemoryService } from "./memory-service";
import { callOf } from "./planned-calls";
import { Random } from "./random";

const ID = "900000000000000001";
const NEIGHBOUR = "900000000000000009";
const DAY = 86_400_000;
/** Zenlayer charges whole cents. */
const CENT = 0.01;
/** Enough time for any change of these rounds, ms. */
const LONG = 900_000;
/** One round in so many goes the whole way through the client; the others take a shorter one, which is several times faster. */
const WHOLE_EVERY = 10;
const TYPES = ["c.1c2g", "c.2c4g", "c.4c8g", "c.8c16g", "g.4c16g", "m.2c16g", "s.2c4g"];
const AXIS_OF_ACTION: Readonly<Record<string, Axis>> = {
  ModifyInstanceType: "instance_type",
  CancelInstanceDowngrade: "instance_type",
  ModifyInstanceBandwidth: "internet_max_bandwidth_out",
  CancelInstanceBandwidthDowngrade: "internet_max_bandwidth_out",
  ModifyInstanceTrafficPackage: "traffic_package_size",
  CancelInstanceTrafficPackageDowngrade: "traffic_package_size",
};
const SIMULATED_AXIS: Readonly<Record<Order["axis"], Axis>> = {
  type: "instance_type",
  bandwidth: "internet_max_bandwidth_out",
  package: "traffic_package_size",
};
const WRITE_FAULTS: readonly FaultKind[] = [
  "drop_before",
  "drop_after",
  "reset_before",
  "reset_after",
  "hold",
  "hold_after",
  "rate_limit",
  "status_500_before",
  "status_500_after",
  "status_503",
  "status_503_after",
  "status_504",
  "status_504_after",
  "challenge",
  "blocked_451",
  "empty_204",
  "truncated",
  "not_json",
  "redirect",
];

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

/** The plan as the user saw it. */
interface Plan {
  readonly steps: readonly Step[];
  readonly planned: readonly PlannedStep[];
  /** Why there is nothing to apply: refused, guarded, gone. */
  readonly refusal: string | null;
  /** What its calls charge at most; null when unknown. */
  readonly atMost: number | null;
}

class Round {
  private readonly random: Random;
  private readonly service: MemoryService;
  private readonly product: "vm" | "bmc";
  private readonly desired: Desired;
  private readonly guards: Guards;
  /** Reads may show the past, so that what was ordered need not fit what was read. */
  private readonly lagging: boolean;
  private readonly met = new Set<string>();
  private openOrders: readonly OpenOrder[] = [];
  private adopted: boolean;
  /** What the apply under way may send. */
  private plan: Plan = { steps: [], planned: [], refusal: null, atMost: null };
  /** Since the plan a price, the end of the term or the values that it counts from have moved, so that its amounts need not hold any more. */
  private outdated = false;
  private ordersBefore = 0;
  private timeout = LONG;
  private raced = false;
  private broken: Error | null = null;
  /** Ctrl-C for the apply under way. */
  private stop = new AbortController();

  constructor(private readonly seed: number) {
    this.random = new Random(seed);
    const { random } = this;
    this.lagging = random.chance(0.3);
    const knobs: Partial<Knobs> = {
      typeLatency: random.pick([0, 400, 20_000, 120_000]),
      bandwidthLatency: random.pick([0, 300, 2_000, 45_000]),
      packageLatency: random.pick([0, 300, 2_000]),
      readLag: this.lagging ? random.integer(0, 6) : 0,
      cancelReadLag: this.lagging ? random.integer(0, 3) : 0,
      describeInstancesLag: random.integer(0, 3),
      orderNumber: random.pick(["present", "present", "absent", "empty"]),
      nulls: random.pick(["null", "absent", "empty"]),
      numbersAsStrings: random.chance(0.3),
      settledTarget: random.pick(["null", "current"]),
      equalValue: random.pick(["accept", "refuse"]),
      equalPriceTypeChange: random.pick(["immediate", "scheduled"]),
      planBlocksOtherAxes: random.chance(0.1),
      processingBlocksOtherAxes: random.chance(0.2),
      failInFlight: random.chance(0.1) ? "all" : "none",
      unpaidOrders: random.chance(0.1),
      insufficientBalance: random.chance(0.05),
      proration: random.pick(["thirtyDays", "thirtyDays", "full"]),
    };
    this.service = new MemoryService(random.next, knobs, seed % WHOLE_EVERY === 0);
    this.product = random.chance(0.7) ? "vm" : "bmc";
    // Terms and renewals cost more than an account has at first.
    this.service.world.account.cash = random.chance(0.1) ? 5_000 : 1_000_000;
    const machine = addMachine(this.service.world, this.machineSpec());
    addMachine(this.service.world, { instanceId: NEIGHBOUR, product: this.product });
    if (random.chance(0.5)) this.service.pass(random.integer(0, 27 * DAY));
    for (let renewals = random.pick([0, 0, 1, 2]); renewals > 0; renewals--) this.renew(machine);
    this.desired = this.randomDesire(machine);
    this.guards = {
      onDowngrade: random.chance(0.1) ? "deny" : "schedule",
      maxImmediateCharge: random.chance(0.4) ? random.pick([0, 50, 500, 5_000]) : null,
    };
    this.adopted = random.chance(0.7);
    this.service.after = (entry) => this.watch(entry);
  }

  async play(): Promise<RoundOutcome> {
    const attempts = this.random.integer(1, 4);
    for (let attempt = 0; attempt < attempts; attempt++) await this.applyUnderFaults();
    const end = await this.applyInPeace();
    if (this.broken !== null) throw this.broken;
    return { end, orders: this.service.world.orders.length, met: [...this.met] };
  }

  private machineSpec(): MachineSpec {
    const { random } = this;
    const prepaid = random.chance(0.75);
    const packaged = random.chance(0.4);
    const vm = this.product === "vm";
    const bandwidth = random.pick([50, 100, 200, 400]);
    return {
      product: this.product,
      instanceId: ID,
      instanceName: "managed",
      ...(vm ? { instanceType: random.pick(TYPES) } : {}),
      instanceChargeType: prepaid ? "PREPAID" : "POSTPAID",
      internetChargeType: packaged ? "ByTrafficPackage" : "ByBandwidth",
      bandwidth: random.chance(0.05) ? 0 : bandwidth,
      ...(packaged ? { trafficPackageSize: random.pick([5, 10, 20]) } : {}),
      autoRenew: random.chance(0.9),
      ...(prepaid ? { period: random.pick([1, 1, 3, 6, 12]) } : {}),
      instanceStatus: random.chance(0.05) ? random.pick(["STOPPED", "REBOOT"]) : "RUNNING",
      ...(random.chance(0.2) && prepaid ? { scheduled: packaged ? { trafficPackageSize: 6 } : { bandwidth: 20 } } : {}),
      ...(random.chance(0.1) ? { processing: { bandwidth: 300 } } : {}),
    };
  }

  private randomDesire(machine: Machine): Desired {
    const { random } = this;
    const axes: Axis[] =
      this.product === "vm"
        ? ["instance_type", "internet_max_bandwidth_out", "traffic_package_size"]
        : [random.pick(["internet_max_bandwidth_out", "traffic_package_size"] as const)];
    const managed = axes.filter((axis) => {
      if (axis === "traffic_package_size" && machine.trafficPackageSize === null) return random.chance(0.05);
      return this.product === "bmc" || random.chance(0.6);
    });
    return Object.fromEntries(
      managed.map((axis) => {
        if (axis === "instance_type") return [axis, random.pick(TYPES)];
        if (axis === "traffic_package_size") return [axis, random.pick([5, 5.05, 10, 12.5, 20, 40])];
        return [axis, random.pick([20, 50, 100, 150, 200, 300, 400, 800, 1800])];
      }),
    );
  }

  private async applyUnderFaults(): Promise<void> {
    const reconciler = this.service.newProcess();
    this.addFaults();
    this.plan = await this.makePlan(reconciler);
    this.outdated = false;
    if (this.random.chance(0.15)) this.meddle();
    if (this.random.chance(0.1)) this.pass(this.random.pick([60_000, DAY, 20 * DAY]));
    if (!this.worthApplying()) return;
    this.timeout = this.random.pick([1_000, 60_000, LONG, LONG]);
    this.plotInterruption();
    await this.apply(reconciler);
    this.service.before = () => undefined;
    this.service.after = (entry) => this.watch(entry);
  }

  private worthApplying(): boolean {
    return this.plan.refusal === null && (!this.adopted || this.plan.steps.length > 0);
  }

  private async apply(reconciler: Reconciler): Promise<ConvergeResult> {
    this.ordersBefore = this.service.world.orders.length;
    this.stop = new AbortController();
    this.raced = false;
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
    this.checkResult(result);
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
    const nothing = (refusal: string | null): Plan => ({ steps: [], planned: [], refusal, atMost: null });
    try {
      const observation = await reconciler.machines.recent(this.product, ID);
      if (observation === null) return nothing("MACHINE_NOT_FOUND");
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

  private addFaults(): void {
    const { random, service } = this;
    service.faults.clear();
    for (let count = random.pick([0, 1, 1, 2]); count > 0; count--) {
      const write = random.chance(0.8);
      const fault: Fault = {
        kind: random.pick(WRITE_FAULTS),
        action: write
          ? random.pick(["Modify*", "Modify*", "Modify*", "Cancel*"])
          : random.pick(["Describe*", "InquiryPrice*"]),
        times: random.pick([1, 1, 2, 5]),
        skip: write ? random.pick([0, 0, 0, 1]) : random.integer(0, 8),
        ...(random.chance(0.5) ? { retryAfter: random.pick([1, 5, 30]) } : {}),
      };
      service.faults.add(fault);
    }
  }

  /** Somebody uses the console between plan and apply. */
  private meddle(): void {
    const { random } = this;
    const { world } = this.service;
    const machine = world.machine(ID);
    catchUp(world, machine);
    this.met.add("meddled");
    this.outdated = true;
    if (random.chance(0.2)) return this.renew(machine);
    const change = random.pick([
      { bandwidth: random.pick([30, 250, 500]) },
      { scheduled: { bandwidth: 10 } },
      { scheduled: null },
      { processing: { bandwidth: 350 } },
      { instanceStatus: random.pick(["REBOOT", "STOPPED", "RUNNING"]) },
      ...(this.product === "vm" ? [{ instanceType: random.pick(TYPES) }] : []),
    ]);
    if (random.chance(0.3)) world.knobs.discount = 300;
    else changeMachine(world, machine, change);
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

  /** Ctrl-C, SIGKILL or another hand at a random call of the apply. */
  private plotInterruption(): void {
    const kind = this.random.pick(["none", "none", "meddle", "interrupt", "kill before", "kill after"] as const);
    if (kind === "none") return;
    let at = this.random.integer(1, 12);
    const strike = (): void => {
      if (--at !== 0) return;
      if (kind === "meddle") {
        // In the moment between the last look and the call nobody can tell any more.
        this.raced = true;
        return this.meddle();
      }
      if (kind !== "interrupt") this.service.kill();
      // A dead process waits for nothing: its waits end at once here.
      this.stop.abort(new Error(kind));
    };
    if (kind === "kill after")
      this.service.after = (entry) => {
        this.watch(entry);
        strike();
      };
    else this.service.before = strike;
  }

  /** The rules for each call, at the moment when the service has answered it. */
  private watch(entry: RequestEntry): void {
    const axis = AXIS_OF_ACTION[entry.action];
    if (axis === undefined) return;
    if (entry.instanceId !== ID) this.fail(`${entry.action} touched ${entry.instanceId}`);
    if (this.desired[axis] === undefined) this.fail(`${entry.action} touched ${axis}, which is not managed`);
    if (entry.fault !== null) this.met.add(entry.fault);
    const call = callOf(entry);
    const planned = this.plan.planned.map(({ action, to }) =>
      action.startsWith("Cancel") ? action : `${action} ${to}`,
    );
    if (!planned.includes(call)) this.fail(`${call} was not planned; planned were ${planned.join(", ") || "no calls"}`);
    if (!entry.executed) return;
    const known = this.openOrders.find((order) => order.orderNumber !== null && this.isUnpaid(order.orderNumber));
    if (known !== undefined && entry.action.startsWith("Modify"))
      this.fail(`${entry.action} was sent although order ${known.orderNumber} is open`);
    this.checkOrders();
  }

  private isUnpaid(number: string): boolean {
    return this.service.world.order(number)?.state === "unpaid";
  }

  private checkOrders(): void {
    const placed = this.service.world.orders.slice(this.ordersBefore);
    for (const order of placed) {
      const axis = SIMULATED_AXIS[order.axis];
      const twins = placed.filter((other) => other.axis === order.axis);
      if (twins.length > 1) this.fail(`${twins.length} orders for one decision on ${axis}`);
      const step = this.plan.steps.find((each) => each.axis === axis && each.direction !== "cancel");
      if (step === undefined) return this.fail(`an order for ${axis} that was not planned`);
      if (!this.raced && order.amount > 0 && !mayCharge(step))
        this.fail(`${order.amount} charged for a step planned as ${step.charge}`);
      if (!this.lagging && !this.raced && (order.from !== step.from || order.to !== step.to))
        this.fail(`ordered ${order.from} → ${order.to}, planned ${step.from} → ${step.to}`);
    }
    if (this.lagging || this.raced) return;
    const amount = placed.reduce((sum, order) => sum + order.amount, 0);
    const limit = this.guards.maxImmediateCharge;
    if (limit !== null && amount > limit + CENT) this.fail(`charged ${amount}, allowed were ${limit}`);
    const { atMost } = this.plan;
    if (!this.outdated && atMost !== null && amount > atMost + CENT)
      this.fail(`charged ${amount}, the plan said at most ${atMost}`);
    if (amount > 0 && atMost !== null) this.met.add("charged within bounds");
  }

  private checkResult(result: ConvergeResult): void {
    if (this.service.killed) return;
    const placed = this.service.world.orders.slice(this.ordersBefore);
    if (result.failure !== null) {
      const { summary, detail } = result.failure;
      if (summary.length < 10 || detail.length < 10) this.fail(`the error ${result.failure.code} says nothing`);
      if (/Nothing was (called|ordered)\b(?! by this call)/.test(detail) && placed.length > 0)
        this.fail(`"${detail}", but ${placed.length} orders were placed`);
    }
    if (result.failure === null && !this.raced) this.checkDone();
    for (const number of result.orderNumbers)
      if (!placed.some((order) => order.number === number)) this.fail(`order ${number} is not of this apply`);
    if (placed.length > result.modifies) this.fail(`${placed.length} orders, but ${result.modifies} modifies told`);
    // An order that nobody can see must not be forgotten.
    for (const order of placed)
      if (order.state === "unpaid" && !result.openOrders.some(({ axis }) => axis === SIMULATED_AXIS[order.axis]))
        this.fail(`order ${order.number} is open and was forgotten`);
  }

  /** What was told to be done is in force, being executed or scheduled. */
  private checkDone(): void {
    const machine = this.service.world.machine(ID);
    for (const step of this.plan.steps) {
      const name =
        (["type", "bandwidth", "package"] as const).find((each) => SIMULATED_AXIS[each] === step.axis) ?? "type";
      const { inFlight, scheduled } = machine.axes[name];
      const value = inFlight?.target ?? scheduled?.target ?? currentValue(machine, name);
      if (value !== this.desired[step.axis]) this.fail(`${step.axis} is told to be done, but is ${value}`);
    }
  }

  /** No faults any more: a few plans and applies must reach the desire, or say clearly why not. */
  private async applyInPeace(): Promise<string> {
    const { service } = this;
    service.faults.clear();
    Object.assign(service.world.knobs, { failInFlight: "none", readLag: 0, cancelReadLag: 0, unpaidOrders: false });
    this.plan = { steps: [], planned: [], refusal: null, atMost: null };
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
