// The books of one run: what is left of the plan, what was sent, and which orders are open. It must be right whatever stops the run.

import type { Axis, Machine, PlannedStep, Step } from "../engine";
import type { Standing } from "./failure";
import { stillInvisible, type OpenOrder } from "./open-orders";

/** A call that was sent and accepted, or may have been. */
export interface Entry {
  readonly step: Step;
  /** null: the answer was lost, or named none. */
  readonly orderNumber: string | null;
  readonly requestId: string | null;
  /** When it was sent, ISO 8601. */
  readonly time: string;
  /** What it may charge at most, as far as a limit asked for it. */
  readonly charge: number;
}

export class Ledger {
  private readonly entries: Entry[] = [];
  private left: readonly PlannedStep[];
  private open: readonly OpenOrder[];

  constructor(planned: readonly PlannedStep[], openOrders: readonly OpenOrder[]) {
    this.left = [...planned].sort((a, b) => a.step - b.step);
    this.open = openOrders;
  }

  /** What is left of the plan, in its order. */
  get remaining(): readonly PlannedStep[] {
    return this.left;
  }

  /** Those of this run and of runs before it. */
  get openOrders(): readonly OpenOrder[] {
    return this.open;
  }

  /** Oldest first. */
  get orderNumbers(): readonly string[] {
    return numbersOf(this.entries);
  }

  /** How many of the calls were Modify calls. */
  get modifies(): number {
    return this.entries.filter(({ step }) => step.direction !== "cancel").length;
  }

  get hasSent(): boolean {
    return this.entries.length > 0;
  }

  /** What the calls sent so far may have charged at most. */
  get spent(): number {
    return this.entries.reduce((sum, { charge }) => sum + charge, 0);
  }

  /** What was ordered by now, whatever comes next. */
  get standing(): Standing {
    return standingOf(this.entries);
  }

  /** The same without the last call, for what is told of that one itself. */
  get standingBefore(): Standing {
    return standingOf(this.entries.slice(0, -1));
  }

  /** A Modify that was or may have been accepted stays open until it shows. */
  record(entry: Entry): void {
    this.entries.push(entry);
    const { step, orderNumber, requestId, time } = entry;
    if (step.direction === "cancel") return;
    const order = {
      axis: step.axis,
      target: step.to,
      orderNumber,
      requestId: requestId === "" ? null : requestId,
      time,
    };
    this.open = [...this.open, order];
  }

  /** Takes an order out of the open ones: it was carried through, wherever it ended. */
  close(axis: Axis, orderNumber: string | null): void {
    this.open = this.open.filter((order) => order.axis !== axis || order.orderNumber !== orderNumber);
  }

  /** Takes a step that was sent, or needs no sending any more, off the plan. */
  strike(step: Step): void {
    this.left = this.left.filter(({ action }) => action !== step.action);
  }

  /** Takes an axis that is at its target already off the plan. */
  strikeAxis(axis: Axis): void {
    this.left = this.left.filter((step) => step.axis !== axis);
  }

  /** The orders to remember after the run; without a look, nothing is known to have shown. */
  stillOpen(machine: Machine | null): readonly OpenOrder[] {
    return machine === null ? this.open : stillInvisible(this.open, machine);
  }
}

function standingOf(entries: readonly Entry[]): Standing {
  return { calls: entries.map(({ step }) => step), orderNumbers: numbersOf(entries) };
}

function numbersOf(entries: readonly Entry[]): readonly string[] {
  return entries.flatMap(({ step, orderNumber }) =>
    step.direction === "cancel" || orderNumber === null ? [] : [orderNumber],
  );
}
