// Which orders no look has shown yet, and which of them forbids the next call.
import type { AxisState, Machine } from "../../lib/engine";
import { stillInvisible } from "../../lib/reconcile";
import { blockingOrder, type OpenOrder } from "../../lib/reconcile/open-orders";
import { bmc, processing, scheduled, settled, vm } from "../engine/machines";

const order = (changes: Partial<OpenOrder> = {}): OpenOrder => ({
  axis: "internet_max_bandwidth_out",
  target: 600,
  orderNumber: "A-1",
  requestId: "R-1",
  time: "2026-01-15T00:00:00.000Z",
  ...changes,
});
const at = (state: AxisState<number>): Machine => vm({ axes: { internet_max_bandwidth_out: state } });

test.each<[string, AxisState<number>, boolean]>([
  ["in force", settled(600), true],
  ["in force, and something else is scheduled", scheduled(600, 300), true],
  ["in force, and something else is being executed", processing(600, 300), true],
  ["being executed", processing(400, 600), true],
  ["scheduled", scheduled(400, 600), true],
  ["at rest elsewhere", settled(400), false],
  ["at rest without a value", settled<number>(null), false],
  ["being changed to something else", processing(400, 700), false],
  ["scheduled to something else", scheduled(400, 300), false],
])("%s: an order for 600 Mbps shows: %s", (_name, state, shows) => {
  expect(stillInvisible([order()], at(state))).toEqual(shows ? [] : [order()]);
});

test("a package shows within the tolerance", () => {
  const machine = vm({ axes: { traffic_package_size: settled(0.1 + 0.2) } });
  expect(stillInvisible([order({ axis: "traffic_package_size", target: 0.3 })], machine)).toEqual([]);
});

test("an order of an axis that the machine lacks stays open", () => {
  const lost = order({ axis: "instance_type", target: "c.8c16g" });
  expect(stillInvisible([lost], bmc())).toEqual([lost]);
});

test.each<[string, readonly OpenOrder[], AxisState<number>, OpenOrder | null]>([
  ["none", [], settled(400), null],
  ["one that shows", [order()], settled(600), null],
  ["one whose number is unknown", [order({ orderNumber: null })], settled(400), null],
  ["one with a number, after one without", [order({ orderNumber: null }), order()], settled(400), order()],
])("what forbids the next call of these open orders: %s", (_name, orders, state, blocking) => {
  expect(blockingOrder(orders, at(state))).toEqual(blocking);
});
