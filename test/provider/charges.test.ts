// The charges of a whole plan against what the account can pay.
import { Account } from "../../lib/provider/account";
import { Charges } from "../../lib/provider/charges";

function accountWith(
  purchasingPower: number | null | Error,
  orderFrozenAmount: number | null = 0,
): { account: Account; asked: () => number } {
  let asked = 0;
  const describeCustomerBalance = async (): Promise<object> => {
    asked++;
    if (purchasingPower instanceof Error) throw purchasingPower;
    return { purchasingPower, orderFrozenAmount };
  };
  return {
    account: new Account("https://zenlayer.test", { kind: "token", token: "t" }, { describeCustomerBalance } as never),
    asked: () => asked,
  };
}

const { signal } = new AbortController();

test("tells once when the sum grows beyond the purchasing power", async () => {
  const { account, asked } = accountWith(100);
  const charges = new Charges();
  expect(await charges.add(account, "a", 60, signal)).toEqual({});
  expect(await charges.add(account, "b", 40, signal)).toEqual({});
  expect(await charges.add(account, "c", 0.1, signal)).toEqual({
    beyond: { total: 100.1, purchasingPower: 100 },
  });
  expect(await charges.add(account, "d", 50, signal)).toEqual({});
  expect(asked()).toBe(1);
});

test("a resource that is planned twice counts once", async () => {
  const { account } = accountWith(100);
  const charges = new Charges();
  await charges.add(account, "a", 60, signal);
  expect(await charges.add(account, "a", 60, signal)).toEqual({});
});

test("binary fractions are no reason to warn", async () => {
  const { account } = accountWith(0.3);
  const charges = new Charges();
  await charges.add(account, "a", 0.1, signal);
  expect(await charges.add(account, "b", 0.2, signal)).toEqual({});
});

test.each([
  ["may not be asked", new Error("not permitted")],
  ["is not told", null],
])("a balance that %s is left out", async (_name, power) => {
  const { account } = accountWith(power);
  expect(await new Charges().add(account, "a", 1e9, signal)).toEqual({});
});

test("tells once that money is held back for pending orders, also beside a charge that is not known", async () => {
  const { account, asked } = accountWith(100, 41.5);
  const charges = new Charges();
  expect(await charges.add(account, "a", 0, signal)).toEqual({ frozen: 41.5 });
  expect(await charges.add(account, "b", 10, signal)).toEqual({});
  expect(asked()).toBe(1);
});

test("nothing held back, or nothing told of it, is no warning", async () => {
  expect(await new Charges().add(accountWith(100, 0).account, "a", 1, signal)).toEqual({});
  expect(await new Charges().add(accountWith(100, null).account, "a", 1, signal)).toEqual({});
});
