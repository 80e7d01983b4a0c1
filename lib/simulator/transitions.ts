// What happens to a machine when a change is accepted, cancelled, paid or due, and when its cycle ends (zenlayer-api A.3).
import { axisState, type AxisValue, currentValue, putInForce } from "./axis";
import { addMonths, formatTime } from "./durations";
import { SimulatorError } from "./errors";
import { roundMoney, termPrice, upgradeCharge } from "./prices";
import { AXES, type Axis, type Machine, type Order } from "./types";
import type { World } from "./world";

/** How an accepted change takes effect: at once and charged, at the next cycle, or at once without a charge. */
export type Effect = "charged" | "scheduled" | "free";

const ORDER_KINDS = { charged: "increase", scheduled: "scheduled_decrease", free: "immediate" } as const;

/** Records an accepted change and starts it. The charge was checked before. */
export function acceptChange(world: World, machine: Machine, axis: Axis, target: AxisValue, effect: Effect): Order {
  const { readLag, describeInstancesLag, unpaidOrders } = world.knobs;
  const amount = effect === "charged" ? chargeFor(world, machine, axis, target) : 0;
  const unpaid = effect === "charged" && unpaidOrders;
  const order = world.addOrder({
    instanceId: machine.instanceId,
    axis,
    kind: ORDER_KINDS[effect],
    from: currentValue(machine, axis),
    to: target,
    amount,
    state: effect === "scheduled" ? "scheduled" : unpaid ? "unpaid" : "paid",
  });
  if (unpaid) {
    world.account.frozen = roundMoney(world.account.frozen + amount);
    return order;
  }
  if (effect === "charged") charge(world, machine, order);
  rememberOld(machine, axis, readLag, describeInstancesLag);
  if (effect === "scheduled") axisState(machine, axis).scheduled = { target, orderNumber: order.number };
  else startExecution(world, machine, axis, target, order.number);
  return order;
}

/** What an increase to `target` would charge now. */
export function chargeFor(world: World, machine: Machine, axis: Axis, target: AxisValue): number {
  const change = { axis, from: currentValue(machine, axis), to: target };
  const { discount, proration } = world.knobs;
  return upgradeCharge(world.catalogue, machine, change, { discount, proration, now: world.clock.milliseconds() });
}

/** Drops the plan of an axis. The caller checked that there is one. */
export function cancelPlan(world: World, machine: Machine, axis: Axis): void {
  const state = axisState(machine, axis);
  const order = world.order(state.scheduled?.orderNumber ?? null);
  if (order !== undefined) order.state = "cancelled";
  rememberOld(machine, axis, world.knobs.cancelReadLag);
  state.scheduled = null;
}

/** Pays an order that stayed unpaid; the change starts now. */
export function payOrder(world: World, number: string): void {
  const order = world.order(number);
  if (order?.state !== "unpaid") throw new SimulatorError(`There is no unpaid order ${number}.`);
  const machine = world.machine(order.instanceId);
  world.account.frozen = roundMoney(world.account.frozen - order.amount);
  charge(world, machine, order);
  order.state = "paid";
  rememberOld(machine, order.axis);
  startExecution(world, machine, order.axis, order.to, order.number);
}

/** Lets everything happen to a machine that was due by `until`, in order of time. */
export function catchUp(world: World, machine: Machine, until = world.clock.milliseconds()): void {
  for (;;) {
    const axis = nextDue(machine);
    const execution = dueAt(machine, axis);
    const arrival = machine.underway?.dueAt ?? Infinity;
    const cycleEnd = cycleEndOf(machine);
    if (Math.min(execution, arrival, cycleEnd) > until) return;
    if (arrival <= execution && arrival <= cycleEnd) arrive(machine);
    else if (execution <= cycleEnd) finishExecution(world, machine, axis);
    else endCycle(world, machine, cycleEnd);
  }
}

export function catchUpAll(world: World): void {
  const until = world.clock.milliseconds();
  for (const machine of world.machines.values()) catchUp(world, machine, until);
}

/** Puts a machine on its way to a status, by way of another (buying, stopping, reinstalling …). */
export function setOut(world: World, machine: Machine, via: string, to: string): void {
  machine.instanceStatus = via;
  machine.underway = { to, dueAt: world.clock.milliseconds() + world.knobs.lifecycleLatency };
}

function arrive(machine: Machine): void {
  if (machine.underway !== null) machine.instanceStatus = machine.underway.to;
  machine.underway = null;
}

/** Completes what is in flight now, whatever its latency. */
export function settle(world: World, machines: Iterable<Machine> = world.machines.values()): void {
  for (const machine of machines) {
    catchUp(world, machine);
    arrive(machine);
    for (const axis of AXES) finishExecution(world, machine, axis);
  }
}

/** Starts executing a change, as the service does. */
export function startExecution(
  world: World,
  machine: Machine,
  axis: Axis,
  target: AxisValue,
  orderNumber: string | null,
  since = world.clock.milliseconds(),
): void {
  const { knobs } = world;
  const state = axisState(machine, axis);
  state.scheduled = null;
  state.inFlight = {
    target,
    dueAt: since + knobs[`${axis}Latency`],
    fails: knobs.failInFlight === "all" || knobs.failInFlight === axis,
    orderNumber,
  };
}

/** Keeps what an axis showed for reads that lag behind, so many of them. */
function rememberOld(machine: Machine, axis: Axis, statusReads = 0, listReads = 0): void {
  const state = axisState(machine, axis);
  state.before = { value: currentValue(machine, axis), scheduled: state.scheduled?.target ?? null };
  state.stale = statusReads > 0 || listReads > 0 ? { statusReads, listReads } : null;
}

function finishExecution(world: World, machine: Machine, axis: Axis): void {
  const state = axisState(machine, axis);
  const change = state.inFlight;
  if (change === null) return;
  state.inFlight = null;
  const order = world.order(change.orderNumber);
  if (!change.fails) {
    putInForce(machine, axis, change.target, world.catalogue);
    if (order !== undefined) order.state = "applied";
    return;
  }
  if (order === undefined) return;
  order.state = "cancelled";
  if (order.amount > 0) record(world, order.number, machine, order.amount, `${axis} change failed`);
}

function dueAt(machine: Machine, axis: Axis): number {
  return machine.axes[axis].inFlight?.dueAt ?? Infinity;
}

/** The axis whose execution ends first; any where nothing is in flight. */
function nextDue(machine: Machine): Axis {
  let next: Axis = "type";
  for (const axis of AXES) if (dueAt(machine, axis) < dueAt(machine, next)) next = axis;
  return next;
}

function cycleEndOf(machine: Machine): number {
  if (machine.instanceChargeType !== "PREPAID" || machine.instanceStatus === "RECYCLE") return Infinity;
  const end = Date.parse(machine.expiredTime ?? "");
  return Number.isNaN(end) ? Infinity : end;
}

/** Renews with the plans applied, or ends in the recycle bin when renewal is off or cannot be paid (ASM). */
function endCycle(world: World, machine: Machine, cycleEnd: number): void {
  const price = termPrice(world.catalogue, machine, "scheduled", world.knobs.discount);
  if (!machine.autoRenew || price > purchasingPower(world)) {
    machine.instanceStatus = "RECYCLE";
    machine.underway = null;
    for (const axis of AXES) if (machine.axes[axis].scheduled !== null) cancelPlan(world, machine, axis);
    return;
  }
  startTerm(world, machine, cycleEnd, price, cycleEnd);
  for (const axis of AXES) {
    const plan = machine.axes[axis].scheduled;
    if (plan === null) continue;
    rememberOld(machine, axis);
    startExecution(world, machine, axis, plan.target, plan.orderNumber, cycleEnd);
  }
}

/**
 * Renews before the term ends: the new one begins at the end of the running one and is paid now, with the values in force. What is
 * scheduled goes on waiting for `expiredTime` (ASM). Needs a PREPAID machine; the caller checked the money.
 */
export function renewEarly(world: World, machine: Machine): void {
  const end = cycleEndOf(machine);
  if (end === Infinity) throw new SimulatorError(`${machine.instanceId} has no term that could be renewed.`);
  startTerm(world, machine, end, presentTermPrice(world, machine), world.clock.milliseconds());
}

/** What a machine pays for a term with its values in force. */
export function presentTermPrice(world: World, machine: Machine): number {
  return termPrice(world.catalogue, machine, "in force", world.knobs.discount);
}

/** What the account can spend. */
export function purchasingPower(world: World): number {
  const { cash, credit, frozen } = world.account;
  return roundMoney(cash + credit - frozen);
}

/** Charges a term at `paidAt` that begins where the last one ends. */
function startTerm(world: World, machine: Machine, begin: number, price: number, paidAt: number): void {
  record(world, `R${machine.instanceId}-${formatTime(begin)}`, machine, -price, "renewal", paidAt);
  machine.expiredTime = formatTime(addMonths(begin, Math.max(1, machine.period ?? 1)));
}

/** Charges the account for an accepted change. */
function charge(world: World, machine: Machine, { number, axis, from, to, amount }: Order): void {
  record(world, number, machine, -amount, `${axis} ${String(from)} → ${String(to)}`);
}

/** Books an amount, negative for what is charged. */
export function record(
  world: World,
  orderSn: string,
  machine: Machine,
  amount: number,
  description: string,
  at = world.clock.milliseconds(),
): void {
  world.account.cash = roundMoney(world.account.cash + amount);
  world.account.transactions.push({
    orderSn,
    transactionTime: formatTime(at),
    transactionType: amount <= 0 ? "CONSUME" : "REFUND",
    description,
    resourceId: machine.instanceId,
    amount: roundMoney(amount),
    cashBalance: world.account.cash,
  });
}
