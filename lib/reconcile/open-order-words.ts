// What is said of an order that was accepted, or may have been, and cannot be seen. Nothing is promised that core does not let us keep: whatever
// replaces a resource gets none of its memory.

import { describeValue } from "../engine";
import type { Failure, Standing } from "./failure";
import type { OpenOrder } from "./open-orders";

interface Words {
  readonly summary: string;
  readonly detail: string;
}

/** How a resource forgets an order that it remembers. */
export const openOrderHint =
  "To forget it: terraform apply -replace=ADDRESS. That touches no machine, and orders again what is still to be changed.";

export function openOrderBlocks(order: OpenOrder, stands: Standing): Failure {
  return {
    code: "OPEN_ORDER",
    axis: order.axis,
    summary: `Order ${order.orderNumber} of ${order.time} is open: nothing ${stands.calls.length > 0 ? "more " : ""}was sent`,
    detail:
      `It asked for ${order.axis} = ${describeValue(order.axis, order.target)} and has neither taken effect nor been scheduled; it may be waiting for payment. ` +
      `Pay or cancel it in the Zenlayer console.`,
  };
}

/** The resource goes on: it remembers the order. */
export function openOrderWarning(order: OpenOrder, instanceId: string): Words {
  return {
    summary: `${name(order, instanceId)} is still open for ${order.axis}`,
    detail: `${asked(order)} ${
      order.orderNumber === null
        ? "Applying this plan is the decision to send the call again: look into the Zenlayer console first."
        : "Pay or cancel it in the Zenlayer console: while it is open, an update of this resource sends nothing. " +
          `A replacement of the resource (-replace, a taint, create_before_destroy) forgets the order and orders again what is still to be changed. ${openOrderHint}`
    }`,
  };
}

/** The resource is replaced, by one for a machine that only the apply will know. */
export function openOrderOfReplaced(order: OpenOrder, instanceId: string): Words {
  return {
    summary: `${name(order, instanceId)} is still open for ${order.axis}`,
    detail:
      `${asked(order)} Look into the Zenlayer console and pay or cancel it there before this is applied. The resource is replaced, and the machine's id is known only ` +
      "then: with create_before_destroy, or where it is another machine, the order is forgotten, and what is still to be changed is ordered again.",
  };
}

/** The resource goes, and what it remembers with it. */
export function openOrderForgotten(order: OpenOrder, instanceId: string): Words {
  return {
    summary: `${name(order, instanceId)} is still open and is forgotten now`,
    detail:
      `${asked(order)} Look into the Zenlayer console and pay or cancel it there: ` +
      "whoever manages this machine next would not know of it and could order it again.",
  };
}

/** The machine cannot be seen: what it may have been ordered must not be forgotten with it. @param machine what was found of it, as a sentence */
export function openOrdersOfUnseen(machine: string, orders: readonly OpenOrder[]): Words {
  return {
    summary: `${machine}, and an order is still open for it: ${orders.map((order) => name(order)).join("; ")}`,
    detail: `${orders.map(asked).join(" ")} So the resource stays in the state, which remembers ${orders.length === 1 ? "it" : "them"}. Check the credentials and the endpoint; pay or cancel what is open in the Zenlayer console.`,
  };
}

function name({ orderNumber, time }: OpenOrder, instanceId?: string): string {
  const machine = instanceId === undefined ? "" : ` for machine ${instanceId}`;
  return orderNumber === null
    ? `A call of ${time}${machine} whose order number is not known`
    : `Order ${orderNumber} of ${time}${machine}`;
}

function asked({ axis, target, requestId }: OpenOrder): string {
  const request = requestId === null ? "" : ` (request ${requestId})`;
  return `It asked for ${axis} = ${describeValue(axis, target)}${request} and cannot be seen yet.`;
}
