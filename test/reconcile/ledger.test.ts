// The books of one run: what is left, what was sent, which orders are open.
import type { PlannedStep } from "../../lib/engine";
import { Ledger, type Entry } from "../../lib/reconcile/ledger";
import type { OpenOrder } from "../../lib/reconcile/open-orders";
import { settled, vm } from "../engine/machines";
import { cancel, upgrade } from "./steps";

const TIME = "2026-01-15T00:00:00.000Z";

const sent = (changes: Partial<Entry> = {}): Entry => ({
  step: upgrade(),
  orderNumber: "A-1",
  requestId: "R-1",
  time: TIME,
  charge: 10,
  ...changes,
});
const order = (changes: Partial<OpenOrder> = {}): OpenOrder => ({
  axis: "internet_max_bandwidth_out",
  target: 600,
  orderNumber: "A-1",
  requestId: "R-1",
  time: TIME,
  ...changes,
});
const planned = (step: number, action: string, axis: string): PlannedStep => ({
  step,
  action,
  axis,
  from: null,
  to: "1",
  direction: "upgrade",
  charge: "charged_now",
});
const PLAN = [
  planned(3, "ModifyInstanceType", "instance_type"),
  planned(1, "CancelInstanceBandwidthDowngrade", "internet_max_bandwidth_out"),
  planned(2, "ModifyInstanceBandwidth", "internet_max_bandwidth_out"),
];

function ledger(entries: readonly Entry[] = [], open: readonly OpenOrder[] = []): Ledger {
  const books = new Ledger(PLAN, open);
  for (const entry of entries) books.record(entry);
  return books;
}

describe("what is left of the plan", () => {
  const left = (books: Ledger): number[] => books.remaining.map(({ step }) => step);

  test("comes in the order of its steps", () => {
    expect(left(ledger())).toEqual([1, 2, 3]);
  });

  test("lacks a step that was struck, and no other of its axis", () => {
    const books = ledger();
    books.strike(upgrade());
    expect(left(books)).toEqual([1, 3]);
  });

  test("stays when a step is struck that was not planned", () => {
    const books = ledger();
    books.strike(upgrade({ action: "ModifyInstanceTrafficPackage", axis: "traffic_package_size" }));
    expect(left(books)).toEqual([1, 2, 3]);
  });

  test("lacks every step of an axis that was struck", () => {
    const books = ledger();
    books.strikeAxis("internet_max_bandwidth_out");
    expect(left(books)).toEqual([3]);
  });
});

describe("what was sent", () => {
  const typeStep = upgrade({ action: "ModifyInstanceType", axis: "instance_type", to: "c.8c16g" });
  const ALL = [
    sent({ step: cancel(), orderNumber: "A-0", charge: 0 }),
    sent(),
    sent({ step: typeStep, orderNumber: null, charge: 5 }),
  ];

  test("is nothing at first", () => {
    const books = ledger();
    expect([books.hasSent, books.modifies, books.spent, books.orderNumbers]).toEqual([false, 0, 0, []]);
  });

  test("counts every call, but orders only of those that change something", () => {
    const books = ledger(ALL);
    expect([books.hasSent, books.modifies, books.spent, books.orderNumbers]).toEqual([true, 2, 15, ["A-1"]]);
  });

  test("is told with the last call and without it", () => {
    const books = ledger(ALL);
    expect(books.standing).toEqual({ calls: [cancel(), upgrade(), typeStep], orderNumbers: ["A-1"] });
    expect(books.standingBefore).toEqual({ calls: [cancel(), upgrade()], orderNumbers: ["A-1"] });
    expect(ledger([sent()]).standingBefore).toEqual({ calls: [], orderNumbers: [] });
  });

  test("by a cancel alone is something, too", () => {
    expect(ledger(ALL.slice(0, 1)).hasSent).toBe(true);
  });
});

describe("the open orders", () => {
  const EARLIER = order({ target: 500, orderNumber: "A-0" });

  test.each<[string, Entry, readonly OpenOrder[]]>([
    ["a change is one", sent(), [EARLIER, order()]],
    ["a change of unknown number is one", sent({ orderNumber: null }), [EARLIER, order({ orderNumber: null })]],
    ["an empty request id is none", sent({ requestId: "" }), [EARLIER, order({ requestId: null })]],
    ["a cancel is none", sent({ step: cancel() }), [EARLIER]],
  ])("with those of runs before: %s", (_name, entry, open) => {
    expect(ledger([entry], [EARLIER]).openOrders).toEqual(open);
  });

  test("lack the one that was carried through, and keep others of its axis or of its number", () => {
    const others = [EARLIER, order({ axis: "traffic_package_size", target: 5 })];
    const books = ledger([], [...others, order()]);
    books.close("internet_max_bandwidth_out", "A-1");
    expect(books.openOrders).toEqual(others);
  });

  test("are remembered until a look shows them", () => {
    const books = ledger([sent()], [EARLIER]);
    const shown = vm({ axes: { internet_max_bandwidth_out: settled(600) } });
    expect(books.stillOpen(shown)).toEqual([EARLIER]);
    expect(books.stillOpen(null)).toEqual([EARLIER, order()]);
  });
});
