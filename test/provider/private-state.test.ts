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

test("each resource has a token of its own, and at first nothing to remember", () => {
  expect(newPrivate().token).not.toBe(newPrivate().token);
  expect(newPrivate()).toMatchObject({ openOrders: [], seenBy: null });
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

describe("an order that was remembered", () => {
  const read = (order: object) => readPrivate({ token: "t", open_orders: [order] }).openOrders;

  test("of which only axis and target are left is open all the same: it must not be sent again unseen", () => {
    expect(read({ axis: "traffic_package_size", target: 5 })).toEqual([
      { axis: "traffic_package_size", target: 5, orderNumber: null, requestId: null, time: "an unknown time" },
    ]);
  });

  test("with fields of the wrong kind keeps those that can be read", () => {
    expect(read({ axis: "instance_type", target: "c.1c2g", order_number: 7, request_id: "T", time: null })).toEqual([
      { axis: "instance_type", target: "c.1c2g", orderNumber: null, requestId: "T", time: "an unknown time" },
    ]);
  });

  test("beside one that cannot be read is not lost with it", () => {
    const open_orders = ["x", { axis: "colour", target: 1 }, { axis: "instance_type", target: "c.1c2g" }];
    expect(readPrivate({ token: "t", open_orders }).openOrders).toHaveLength(1);
  });
});

describe("whose credentials saw the machine", () => {
  const seen_by = { endpoint: "https://zenlayer.test", key: "k", account_uid: "8001" };

  test("comes back with the token that salts it", () => {
    const seenBy = { endpoint: "https://zenlayer.test", key: "k", accountUid: "8001" };
    expect(readPrivate({ token: "t", seen_by })).toEqual({ token: "t", openOrders: [], seenBy });
    expect(writePrivate({ token: "t", openOrders: [], seenBy })).toEqual({ token: "t", open_orders: [], seen_by });
  });

  test("is not known without that token: a new one would make others of them", () => {
    expect(readPrivate({ seen_by })).toMatchObject({ seenBy: null, token: expect.stringMatching(/^[0-9a-f]{24}$/) });
  });

  test("is not written where it is not known", () => {
    expect(writePrivate(newPrivate())).not.toHaveProperty("seen_by");
  });
});
