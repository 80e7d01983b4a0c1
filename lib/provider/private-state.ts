// What a resource remembers besides its attributes: orders that cannot be seen yet, and a token of its own.

import { randomBytes } from "node:crypto";
import { AXES, type Axis } from "../engine";
import type { Private } from "../plugin";
import type { OpenOrder } from "../reconcile";

export interface PrivateState {
  /** Tells two resources apart that manage one machine: the provider is never told an address. */
  readonly token: string;
  readonly openOrders: readonly OpenOrder[];
}

/** Tolerant: a shape that it does not know counts as nothing remembered. */
export function readPrivate(value: Private): PrivateState {
  const token = tokenOf(value) ?? newToken();
  const orders = Array.isArray(value?.["open_orders"]) ? value["open_orders"] : [];
  return { token, openOrders: orders.flatMap(readOrder) };
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
  };
}

export function newPrivate(openOrders: readonly OpenOrder[] = []): PrivateState {
  return { token: newToken(), openOrders };
}

function newToken(): string {
  return randomBytes(12).toString("hex");
}

function readOrder(value: unknown): OpenOrder[] {
  if (typeof value !== "object" || value === null) return [];
  const fields = value as Readonly<Record<string, unknown>>;
  const axis = AXES.find((each): each is Axis => each === fields["axis"]);
  const target = fields["target"];
  if (axis === undefined || (typeof target !== "string" && typeof target !== "number")) return [];
  const text = (field: unknown): string | null => (typeof field === "string" ? field : null);
  return [
    {
      axis,
      target,
      orderNumber: text(fields["order_number"]),
      requestId: text(fields["request_id"]),
      time: text(fields["time"]) ?? "an unknown time",
    },
  ];
}
