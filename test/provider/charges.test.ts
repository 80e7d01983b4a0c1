// The charges of a whole plan against what the account can pay.
import type { Reconciler } from "../../lib/reconcile";
import { Charges } from "../../lib/provider/charges";

function account(
  purchasingPower: number | null | Error,
  orderFrozenAmount: number | null = 0,
): { reconciler: Reconciler; asked: () => number } {
  let asked = 0;
  const describeCustomerBalance = async (): Promise<object> => {
    asked++;
    if (purchasingPower instanceof Error) throw purchasingPower;
    return { purchasingPower, orderFrozenAmount };
  };
  return {
    reconciler: { client: { billing: { describeCustomerBalance } } } as unknown as Reconciler,
    asked: () => asked,
  };
}

const { signal } = new AbortController();

test("tells once when the sum grows beyond the purchasing power", async () => {
  const { reconciler, asked } = account(100);
  const charges = new Charges();
  expect(await charges.add(reconciler, "a", 60, signal)).toEqual({});
  expect(await charges.add(reconciler, "b", 40, signal)).toEqual({});
  expect(await charges.add(reconciler, "c", 0.1, signal)).toEqual({
    beyond: { total: 100.1, purchasingPower: 100 },
  });
  expect(await charges.add(reconciler, "d", 50, signal)).toEqual({});
  expect(asked()).toBe(1);
});

test("a resource that is planned twice counts once", async () => {
  const { reconciler } = account(100);
  const charges = new Charges();
  await charges.add(reconciler, "a", 60, signal);
  expect(await charges.add(reconciler, "a", 60, signal)).toEqual({});
});

test("binary fractions are no reason to warn", async () => {
  const { reconciler } = account(0.3);
  const charges = new Charges();
  await charges.add(reconciler, "a", 0.1, signal);
  expect(await charges.add(reconciler, "b", 0.2, signal)).toEqual({});
});

test.each([
  ["may not be asked", new Error("not permitted")],
  ["is not told", null],
])("a balance that %s is left out", async (_name, power) => {
  const { reconciler } = account(power);
  expect(await new Charges().add(reconciler, "a", 1e9, signal)).toEqual({});
});

test("tells once that money is held back for pending orders, also beside a charge that is not known", async () => {
  const { reconciler, asked } = account(100, 41.5);
  const charges = new Charges();
  expect(await charges.add(reconciler, "a", 0, signal)).toEqual({ frozen: 41.5 });
  expect(await charges.add(reconciler, "b", 10, signal)).toEqual({});
  expect(asked()).toBe(1);
});

test("nothing held back, or nothing told of it, is no warning", async () => {
  expect(await new Charges().add(account(100, 0).reconciler, "a", 1, signal)).toEqual({});
  expect(await new Charges().add(account(100, null).reconciler, "a", 1, signal)).toEqual({});
});
