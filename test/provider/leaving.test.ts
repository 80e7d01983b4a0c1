// Whether a machine that cannot be seen may leave the state: others' credentials never empty one, and what is open at one endpoint is not sent at another.
import type { TestInstance, TestResult } from "../../lib/plugin/testing";
import { startSimulator, type Simulator } from "../../lib/simulator";
import {
  adopted,
  as,
  balances,
  byToken,
  ID,
  KEY,
  ORDER,
  privateOf,
  read,
  SECOND,
  startWithCredentials,
  TYPE,
  VM,
  withPrivate,
} from "../support/credentials";
import type { Driven } from "../support/driven";

const OURS = "800000000000000001";
const THEIRS = "800000000000000002";

let driven: Driven;
beforeEach(async () => {
  driven = await startWithCredentials();
});
afterEach(() => driven.stop());

/** Another account sees none of ours. */
function becomeAnotherAccount({ account, removeMachine }: Simulator): void {
  account.accountUid = THEIRS;
  removeMachine.call(driven.simulator, ID);
}
function expectKept({ instance, diagnostics }: TestResult, before: TestInstance, words: RegExp): void {
  expect(diagnostics.map(({ summary, detail }) => `${summary}\n${detail}`).join()).toMatch(words);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.severity).toBe("error");
  expect(diagnostics[0]?.detail).toMatch(/removed block with destroy = false .*terraform state rm ADDRESS/s);
  expect(instance).toEqual(before);
}

describe("a machine that cannot be seen", () => {
  test("has gone for the credentials that saw it", async () => {
    const instance = await adopted(driven);
    driven.simulator.removeMachine(ID);
    const result = await read(driven, instance, as(KEY));
    expect(result.diagnostics).toEqual([]);
    expect(result.instance.state).toBeNull();
  });

  test("in the recycle bin, likewise", async () => {
    const instance = await adopted(driven);
    driven.simulator.changeOutOfBand(ID, { instanceStatus: "RECYCLE" });
    expect((await read(driven, instance, as(KEY))).instance.state).toBeNull();
  });

  test("stays for those of another account, and the message names both", async () => {
    const instance = await adopted(driven);
    becomeAnotherAccount(driven.simulator);
    expectKept(
      await read(driven, instance, as(SECOND)),
      instance,
      new RegExp(`^Machine ${ID} cannot be seen with these credentials: others saw it last.*${OURS}.*${THEIRS}`, "s"),
    );
  });

  test("has gone for another key of the same account, or its token", async () => {
    const instance = await adopted(driven);
    driven.simulator.removeMachine(ID);
    expect((await read(driven, instance, as(SECOND))).instance.state).toBeNull();
    expect((await read(driven, instance, byToken)).instance.state).toBeNull();
  });

  test("has gone for a key whose password was renewed, and no account is asked for", async () => {
    const instance = await adopted(driven);
    driven.simulator.removeMachine(ID);
    driven.simulator.keys[0]!.password = "a-new-password";
    driven.simulator.clearRequests();
    expect((await read(driven, instance, as({ ...KEY, password: "a-new-password" }))).instance.state).toBeNull();
    expect(balances(driven)).toBe(0);
  });

  test("stays where the account may not be asked for", async () => {
    const instance = await adopted(driven);
    driven.simulator.keys[1]!.deniedActions = ["DescribeCustomerBalance"];
    driven.simulator.removeMachine(ID);
    expectKept(
      await read(driven, instance, as(SECOND)),
      instance,
      /of account 8000.*these are of an account that is not known/s,
    );
  });

  test("stays where the account was not told when it was adopted", async () => {
    driven.simulator.keys[0]!.deniedActions = ["DescribeCustomerBalance"];
    const instance = await adopted(driven);
    driven.simulator.removeMachine(ID);
    expectKept(
      await read(driven, instance, as(SECOND)),
      instance,
      /of an account that is not known; these are of account 8000/,
    );
    expect((await read(driven, instance, as(KEY))).instance.state).toBeNull();
  });

  test("stays at another endpoint, with the same key and account", async () => {
    const instance = await adopted(driven);
    const other = await startSimulator({ fleet: [], keys: [KEY] });
    try {
      const result = await read(driven, instance, as(KEY, { endpoint: other.endpoint }));
      expectKept(
        result,
        instance,
        new RegExp(`cannot be seen at ${other.endpoint}: it was last seen at ${driven.simulator.endpoint}`),
      );
    } finally {
      await other.stop();
    }
  });

  test("stays for a state that does not tell who saw it", async () => {
    const instance = await adopted(driven);
    const { seen_by: _seenBy, ...old } = privateOf(instance);
    driven.simulator.removeMachine(ID);
    const before = withPrivate(instance, old);
    expectKept(
      await read(driven, before, as(KEY)),
      before,
      /does not tell whose credentials saw it last\nVersion 0\.1\.0/,
    );
  });

  test.each([
    ["with a number", ORDER, /an order is still open for it: Order 2026000000000001 of 2026-01-15T00:00:00.000Z\n/],
    ["without one", { ...ORDER, order_number: null }, /: A call of 2026-01-15T00:00:00.000Z whose order number is not/],
  ])("stays while an order is open %s, for whomever", async (_name, order, words) => {
    const instance = await adopted(driven);
    const before = withPrivate(instance, { ...privateOf(instance), open_orders: [order] });
    driven.simulator.changeOutOfBand(ID, { instanceStatus: "RECYCLE" });
    expectKept(await read(driven, before, as(KEY)), before, words);
    becomeAnotherAccount(driven.simulator);
    expectKept(await read(driven, before, as(KEY)), before, words);
    expectKept(await read(driven, before, as(SECOND)), before, words);
  });
});

test("an open order is not forgotten for what another endpoint shows", async () => {
  const instance = await adopted(driven);
  const before = withPrivate(instance, { ...privateOf(instance), open_orders: [ORDER] });
  const other = await startSimulator({ fleet: [{ ...VM, bandwidth: 600 }], keys: [KEY] });
  try {
    const there = await read(driven, before, as(KEY, { endpoint: other.endpoint }));
    expect(privateOf(there.instance)["open_orders"]).toEqual([ORDER]);
    driven.simulator.changeOutOfBand(ID, { bandwidth: 600 });
    expect(privateOf((await read(driven, before, as(KEY))).instance)["open_orders"]).toEqual([]);
  } finally {
    await other.stop();
  }
});

test("nothing is sent at another endpoint while an order is open at the first", async () => {
  const instance = await adopted(driven);
  const before = withPrivate(instance, { ...privateOf(instance), open_orders: [ORDER] });
  const other = await startSimulator({ fleet: [{ ...VM, bandwidth: 300 }], keys: [KEY] });
  const there = as(KEY, { endpoint: other.endpoint });
  try {
    const found = (await read(driven, before, there)).instance;
    const plan = await driven.driver.plan(TYPE, { instance_id: ID, internet_max_bandwidth_out: 600 }, found);
    await driven.connect(there);
    const { instance: after, diagnostics } = await driven.driver.apply(TYPE, plan);
    expect(diagnostics.filter(({ severity }) => severity === "error").map(({ summary }) => summary)).toEqual([
      `Machine ${ID}: an order is open at ${driven.simulator.endpoint}, and this would ask ${other.endpoint}`,
    ]);
    expect(other.writes()).toEqual([]);
    expect(privateOf(after)["open_orders"]).toEqual([ORDER]);
  } finally {
    await other.stop();
  }
});
