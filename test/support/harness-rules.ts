// The rules that one apply of the fault harness must keep, whatever happens: nothing that the plan does not show, nothing twice, nothing beyond the limit.
import { mayCharge, type Axis, type Desired, type PlannedStep, type Step } from "../../lib/engine";
import type { ConvergeResult, Guards, OpenOrder } from "../../lib/reconcile";
import type { Order, Product, RequestEntry } from "../../lib/simulator";
import { currentValue } from "../../lib/simulator/axis";
import type { World } from "../../lib/simulator/world";
import { callOf } from "./planned-calls";

/** Zenlayer charges whole cents. */
const CENT = 0.01;
/** An order that an answer names although nothing was carried out. */
const INVENTED = "2026999999999999";
export const AXIS_OF_ACTION: Readonly<Record<string, Axis>> = {
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
/** The plan as the user saw it. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly planned: readonly PlannedStep[];
  /** Why there is nothing to apply: refused, guarded, gone. */
  readonly refusal: string | null;
  /** What its calls charge at most; null when unknown. */
  readonly atMost: number | null;
}

export interface ApplyFacts {
  readonly world: World;
  readonly product: Product;
  readonly instanceId: string;
  readonly desired: Desired;
  readonly guards: Guards;
  readonly plan: Plan;
  /** Since the plan a price, the end of the term or the values that it counts from have moved, so that its amounts need not hold any more. */
  outdated(): boolean;
  /** Those that the resource remembers. */
  readonly openOrders: readonly OpenOrder[];
  /** Reads may show the past, so that what was ordered need not fit what was read. */
  readonly lagging: boolean;
  met(what: string): void;
  fail(what: string): never;
}

/** Held against each call at the moment when the service has answered it, and against the result. */
export class ApplyRules {
  private readonly ordersBefore: number;
  /** Reads that must still be answered until a look shows what somebody else did during the apply under way; null: no look shows it all. */
  private unseen: Set<string> | null = new Set();
  /** Somebody else had a hand in the apply under way. */
  private meddledWith = false;
  /** An answer of the apply under way was one of the past. */
  private lied = false;
  /** An order of the apply under way was placed on such an answer, or in a moment in which nobody can tell. */
  private excused = false;
  /** How many orders have been held against the plan. */
  private judged: number;
  /** Calls of the apply under way that were carried out. */
  private readonly carriedOut = new Set<string>();

  constructor(private readonly facts: ApplyFacts) {
    this.ordersBefore = facts.world.orders.length;
    this.judged = this.ordersBefore;
  }

  /**
   * Somebody uses the console during the apply. During the last look and after it nobody can tell; whatever else is asked must be followed by another
   * look, which tells.
   *
   * @param tells what tells of it: a look, a price, or nothing for a while
   * @param visible what must be seen before the next call all the same
   */
  meddled(tells: "look" | "price" | "nothing", visible: readonly string[] = []): void {
    this.meddledWith = true;
    const looks = ["DescribeInstances", "DescribeInstanceInternetStatus"];
    if (tells === "nothing" || this.unseen === null) this.unseen = null;
    else if (visible.includes(tells)) this.unseen = new Set();
    else if (tells === "price") this.unseen = null;
    else this.unseen = new Set(this.facts.product === "vm" ? [...looks, "DescribeInstanceTypeStatus"] : looks);
  }

  /** The rules for each call, at the moment when the service has answered it. */
  answered(entry: RequestEntry): void {
    if (entry.fault === "stale" || entry.fault === "left_out") {
      this.facts.met(entry.fault);
      this.lied = true;
    }
    const axis = AXIS_OF_ACTION[entry.action];
    if (axis === undefined) {
      if (entry.action.startsWith("DescribeInstance")) this.unseen?.delete(entry.action);
      else this.unseen?.clear();
      return;
    }
    if (entry.instanceId !== this.facts.instanceId) this.facts.fail(`${entry.action} touched ${entry.instanceId}`);
    if (this.facts.desired[axis] === undefined)
      this.facts.fail(`${entry.action} touched ${axis}, which is not managed`);
    if (entry.fault !== null) this.facts.met(entry.fault);
    const call = callOf(entry);
    const planned = this.facts.plan.planned.map(({ action, to }) =>
      action.startsWith("Cancel") ? action : `${action} ${to}`,
    );
    if (!planned.includes(call))
      return this.facts.fail(`${call} was not planned; planned were ${planned.join(", ") || "no calls"}`);
    if (!entry.executed) return;
    if (this.carriedOut.has(entry.action)) this.facts.fail(`${entry.action} was carried out twice`);
    this.carriedOut.add(entry.action);
    const known = this.facts.openOrders.find((order) => order.orderNumber !== null && this.isUnpaid(order.orderNumber));
    if (known !== undefined && entry.action.startsWith("Modify"))
      this.facts.fail(`${entry.action} was sent although order ${known.orderNumber} is open`);
    this.checkOrders();
  }

  private isUnpaid(number: string): boolean {
    return this.facts.world.order(number)?.state === "unpaid";
  }

  private checkOrders(): void {
    const placed = this.facts.world.orders.slice(this.ordersBefore);
    const { misled } = this;
    for (const order of this.facts.world.orders.slice(this.judged)) {
      this.judged += 1;
      this.excused ||= misled;
      const axis = SIMULATED_AXIS[order.axis];
      const twins = placed.filter((other) => other.axis === order.axis);
      if (twins.length > 1) this.facts.fail(`${twins.length} orders for one decision on ${axis}`);
      const step = this.facts.plan.steps.find((each) => each.axis === axis && each.direction !== "cancel");
      if (step === undefined) return this.facts.fail(`an order for ${axis} that was not planned`);
      if (!misled && order.amount > 0 && !mayCharge(step))
        this.facts.fail(`${order.amount} charged for a step planned as ${step.charge}`);
      if (!misled && (order.from !== step.from || order.to !== step.to))
        this.facts.fail(`ordered ${order.from} → ${order.to}, planned ${step.from} → ${step.to}`);
    }
    if (this.excused) return;
    const amount = placed.reduce((sum, order) => sum + order.amount, 0);
    const limit = this.facts.guards.maxImmediateCharge;
    if (limit !== null && amount > limit + CENT) this.facts.fail(`charged ${amount}, allowed were ${limit}`);
    const { atMost } = this.facts.plan;
    if (!this.facts.outdated() && atMost !== null && amount > atMost + CENT)
      this.facts.fail(`charged ${amount}, the plan said at most ${atMost}`);
    if (amount > 0 && atMost !== null) this.facts.met("charged within bounds");
  }

  ended(result: ConvergeResult): void {
    const placed = this.facts.world.orders.slice(this.ordersBefore);
    if (result.failure !== null) {
      const { summary, detail } = result.failure;
      if (summary.length < 10 || detail.length < 10) this.facts.fail(`the error ${result.failure.code} says nothing`);
      if (/Nothing was (called|ordered)\b(?! by this call)/.test(detail) && placed.length > 0)
        this.facts.fail(`"${detail}", but ${placed.length} orders were placed`);
    }
    if (/^MACHINE_(NOT_FOUND|VANISHED)$/.test(result.failure?.code ?? ""))
      this.facts.fail("a machine that exists is called gone");
    if (result.failure === null && !this.meddledWith && !this.lied) this.checkDone();
    for (const number of result.orderNumbers)
      if (number !== INVENTED && !placed.some((order) => order.number === number))
        this.facts.fail(`order ${number} is not of this apply`);
    if (placed.length > result.modifies)
      this.facts.fail(`${placed.length} orders, but ${result.modifies} modifies told`);
    // An order that nobody can see must not be forgotten.
    for (const order of placed)
      if (order.state === "unpaid" && !result.openOrders.some(({ axis }) => axis === SIMULATED_AXIS[order.axis]))
        this.facts.fail(`order ${order.number} is open and was forgotten`);
  }

  /** What was told to be done is in force, being executed or scheduled. */
  private checkDone(): void {
    const machine = this.facts.world.machine(this.facts.instanceId);
    for (const step of this.facts.plan.steps) {
      const name =
        (["type", "bandwidth", "package"] as const).find((each) => SIMULATED_AXIS[each] === step.axis) ?? "type";
      const { inFlight, scheduled } = machine.axes[name];
      const value = inFlight?.target ?? scheduled?.target ?? currentValue(machine, name);
      if (value !== this.facts.desired[step.axis]) this.facts.fail(`${step.axis} is told to be done, but is ${value}`);
    }
  }

  private get raced(): boolean {
    return this.unseen === null || this.unseen.size > 0;
  }

  /** Reads may have shown something else than the machine is. */
  private get misled(): boolean {
    return this.facts.lagging || this.lied || this.raced;
  }
}
