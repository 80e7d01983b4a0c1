// What a resource remembers besides its attributes.
import { newPrivate, readPrivate, tokenOf, writePrivate } from "../../lib/provider/private-state";
import type { OpenOrder } from "../../lib/reconcile";

const ORDER: OpenOrder = {
  axis: "internet_max_bandwidth_out",
  target: 600,
  orderNumber: "2026000000000001",
  requestId: "T1",
  time: "2026-01-15T00:00:00.000Z",
};

test("what is written is read again", () => {
  const orders = [ORDER, { ...ORDER, axis: "instance_type", target: "c.8c16g", orderNumber: null } as const];
  const before = newPrivate(orders);
  const written = JSON.parse(JSON.stringify(writePrivate(before))) as Record<string, unknown>;
  expect(readPrivate(written)).toEqual(before);
});

test("each resource has a token of its own", () => {
  expect(newPrivate().token).not.toBe(newPrivate().token);
});

test.each([
  [null],
  [{}],
  [{ token: 5, open_orders: "many" }],
  [{ open_orders: [null, 1, {}, { axis: "colour", target: 1 }, { axis: "instance_type", target: null }] }],
])("%j counts as nothing remembered", (value) => {
  expect(readPrivate(value as never).openOrders).toEqual([]);
  expect(tokenOf(value as never)).toBeNull();
});
