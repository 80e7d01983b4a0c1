// What a resource remembers besides its attributes: orders that cannot be seen yet, whose credentials saw its machine, and a token of its own.

import { randomBytes } from "node:crypto";
import { AXES } from "../engine";
import { isObject, type CallContext, type Private } from "../plugin";
import type { OpenOrder } from "../reconcile";
import { reconcilerOf, type Connection } from "./connection";
import { readSeenBy, stamp, writeSeenBy, type SeenBy } from "./seen-by";

export interface PrivateState {
  /** Tells two resources apart that manage one machine: the provider is never told an address. */
  readonly token: string;
  readonly openOrders: readonly OpenOrder[];
  /** Null where nothing was noted, as by version 0.1.0. */
  readonly seenBy: SeenBy | null;
}

/** Tolerant: a shape that it does not know counts as nothing remembered. */
export function readPrivate(value: Private): PrivateState {
  const token = tokenOf(value);
  const { open_orders: orders, seen_by: seenBy } = value ?? {};
  return {
    token: token ?? newToken(),
    openOrders: Array.isArray(orders) ? orders.flatMap(readOrder) : [],
    // Its salt is the token.
    seenBy: token === null ? null : readSeenBy(seenBy),
  };
}

/** Null for a resource that has never been in a state. */
export function tokenOf(value: Private): string | null {
  const token = value?.["token"];
  return typeof token === "string" ? token : null;
}

export function writePrivate(state: PrivateState): Private {
  return {
    token: state.token,
    open_orders: state.openOrders.map((order) => ({
      axis: order.axis,
      target: order.target,
      order_number: order.orderNumber,
      request_id: order.requestId,
      time: order.time,
    })),
    ...(state.seenBy === null ? {} : { seen_by: writeSeenBy(state.seenBy) }),
  };
}

export function newPrivate(openOrders: readonly OpenOrder[] = []): PrivateState {
  return { token: newToken(), openOrders, seenBy: null };
}

/** The same, of a machine that the credentials of this connection have just seen. */
export async function seen(
  state: PrivateState,
  { data, signal }: Pick<CallContext<Connection>, "data" | "signal">,
): Promise<PrivateState> {
  const { account } = reconcilerOf(data);
  return { ...state, seenBy: await stamp(account, state.token, state.seenBy, signal) };
}

function newToken(): string {
  return randomBytes(12).toString("hex");
}

function readOrder(value: unknown): OpenOrder[] {
  if (!isObject(value)) return [];
  const axis = AXES.find((each) => each === value["axis"]);
  const target = value["target"];
  if (axis === undefined || (typeof target !== "string" && typeof target !== "number")) return [];
  const text = (field: unknown): string | null => (typeof field === "string" ? field : null);
  return [
    {
      axis,
      target,
      orderNumber: text(value["order_number"]),
      requestId: text(value["request_id"]),
      time: text(value["time"]) ?? "an unknown time",
    },
  ];
}
