// The account behind a connection: told apart without being told, and asked at most once.
import type { Balance, Credentials } from "../../lib/api";
import { Account } from "../../lib/provider/account";

const ENDPOINT = "https://zenlayer.test";
const PAIR = { kind: "accessKey", accessKeyId: "AK1", accessKeyPassword: "first-password" } as const;
const BALANCE = { accountUid: "8001", purchasingPower: 5, orderFrozenAmount: 0 } as Balance;
const { signal } = new AbortController();

function accountOf(credentials: Credentials, answer: () => Promise<Balance>) {
  const describeCustomerBalance = jest.fn(answer);
  return { account: new Account(ENDPOINT, credentials, { describeCustomerBalance }), describeCustomerBalance };
}
const print = (credentials: Credentials, salt: string): string =>
  accountOf(credentials, async () => BALANCE).account.fingerprint(salt);

describe("the fingerprint of credentials", () => {
  test("tells no part of them", () => {
    expect(print(PAIR, "salt")).toMatch(/^[0-9a-f]{16}$/);
  });

  test("is the same for a key whose password was renewed, and another for another key", () => {
    const renewed = { ...PAIR, accessKeyPassword: "second-password" };
    expect(print(renewed, "salt")).toBe(print(PAIR, "salt"));
    expect(print({ ...PAIR, accessKeyId: "AK2" }, "salt")).not.toBe(print(PAIR, "salt"));
  });

  test("tells a token from a key of the same text, and one token from another", () => {
    const tokens = ["AK1", "AK2"].map((token) => print({ kind: "token", token }, "salt"));
    expect(new Set([...tokens, print(PAIR, "salt")]).size).toBe(3);
  });

  test("differs from salt to salt, so that no two states can be compared", () => {
    expect(print(PAIR, "one")).not.toBe(print(PAIR, "two"));
  });
});

describe("asking", () => {
  test("is done once, whoever wants to know what", async () => {
    const { account, describeCustomerBalance } = accountOf(PAIR, async () => BALANCE);
    expect(describeCustomerBalance).not.toHaveBeenCalled();
    const [balance, ...uids] = await Promise.all([account.balance(signal), account.uid(signal), account.uid(signal)]);
    expect([balance, ...uids]).toEqual([BALANCE, "8001", "8001"]);
    expect(describeCustomerBalance).toHaveBeenCalledTimes(1);
  });

  test("a refusal is no error: nothing is known, and it is not asked again", async () => {
    const { account, describeCustomerBalance } = accountOf(PAIR, async () =>
      Promise.reject(new Error("not permitted")),
    );
    expect([await account.balance(signal), await account.uid(signal)]).toEqual([null, null]);
    expect(await account.balance(signal)).toBeNull();
    expect(describeCustomerBalance).toHaveBeenCalledTimes(1);
  });

  test("an answer without the account's id gives none", async () => {
    const { account } = accountOf(PAIR, async () => ({ ...BALANCE, accountUid: null }));
    expect(await account.uid(signal)).toBeNull();
  });
});

describe("an account that does not answer", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test("is waited for 20 seconds for its id, and no adoption longer", async () => {
    const { account } = accountOf(PAIR, () => new Promise(() => undefined));
    let uid: string | null | undefined;
    const asked = account.uid(signal).then((told) => (uid = told));
    await jest.advanceTimersByTimeAsync(19_999);
    expect(uid).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    await asked;
    expect(uid).toBeNull();
  });

  test("leaves no timer behind once it has answered", async () => {
    const { account } = accountOf(PAIR, async () => BALANCE);
    await account.uid(signal);
    expect(jest.getTimerCount()).toBe(0);
  });
});
