// Whose credentials saw a machine: others never empty a state.
import type { ObjectValue } from "../../lib/plugin";
import type { TestInstance, TestResult } from "../../lib/plugin/testing";
import { startSimulator, type MachineSpec, type Simulator } from "../../lib/simulator";
import { Driven } from "../support/driven";

const ID = "900000000000000001";
const TYPE = "zenlayer_vm_instance_spec";
const VM: MachineSpec = { product: "vm", instanceId: ID, internetChargeType: "ByBandwidth", bandwidth: 400 };
const KEY = { id: "AKFIRST", password: "first-password" };
const SECOND = { id: "AKSECOND", password: "second-password" };
const TOKEN = "token-of-somebody";
const OURS = "800000000000000001";
const THEIRS = "800000000000000002";

let driven: Driven;

beforeEach(async () => {
  driven = await Driven.start({ simulator: { fleet: [VM], keys: [KEY, SECOND], tokens: [{ value: TOKEN }] } });
});
afterEach(() => driven.stop());

const as = ({ id, password }: typeof KEY, more: ObjectValue = {}): ObjectValue => ({
  access_key_id: id,
  access_key_password: password,
  ...more,
});
const byToken: ObjectValue = { token: TOKEN };
/** Another account sees none of ours. */
function becomeAnotherAccount({ account, removeMachine }: Simulator): void {
  account.accountUid = THEIRS;
  removeMachine.call(driven.simulator, ID);
}
async function adopted(config: ObjectValue = as(KEY)): Promise<TestInstance> {
  await driven.connect(config);
  return (await driven.driver.importState(TYPE, ID)).instance;
}
async function read(instance: TestInstance, config: ObjectValue): Promise<TestResult> {
  await driven.connect(config);
  return driven.driver.read(TYPE, instance);
}
const privateOf = ({ private: data }: TestInstance) => JSON.parse(data.toString()) as Record<string, unknown>;
const withPrivate = (instance: TestInstance, data: unknown): TestInstance => ({
  ...instance,
  private: Buffer.from(JSON.stringify(data)),
});
const balances = () => driven.simulator.requests.filter(({ action }) => action === "DescribeCustomerBalance").length;
const ORDER = {
  axis: "internet_max_bandwidth_out",
  target: 600,
  order_number: "2026000000000001",
  request_id: "T1",
  time: "2026-01-15T00:00:00.000Z",
};

function expectKept({ instance, diagnostics }: TestResult, before: TestInstance, words: RegExp): void {
  expect(diagnostics.map(({ summary, detail }) => `${summary}\n${detail}`).join()).toMatch(words);
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.severity).toBe("error");
  expect(diagnostics[0]?.detail).toMatch(/removed block with destroy = false .*terraform state rm ADDRESS/s);
  expect(instance).toEqual(before);
}

describe("a machine that cannot be seen", () => {
  test("has gone for the credentials that saw it", async () => {
    const instance = await adopted();
    driven.simulator.removeMachine(ID);
    const result = await read(instance, as(KEY));
    expect(result.diagnostics).toEqual([]);
    expect(result.instance.state).toBeNull();
  });

  test("in the recycle bin, likewise", async () => {
    const instance = await adopted();
    driven.simulator.changeOutOfBand(ID, { instanceStatus: "RECYCLE" });
    expect((await read(instance, as(KEY))).instance.state).toBeNull();
  });

  test("stays for those of another account, and the message names both", async () => {
    const instance = await adopted();
    becomeAnotherAccount(driven.simulator);
    expectKept(
      await read(instance, as(SECOND)),
      instance,
      new RegExp(`^Machine ${ID} cannot be seen with these credentials: others saw it last.*${OURS}.*${THEIRS}`, "s"),
    );
  });

  test("has gone for another key of the same account, or its token", async () => {
    const instance = await adopted();
    driven.simulator.removeMachine(ID);
    expect((await read(instance, as(SECOND))).instance.state).toBeNull();
    expect((await read(instance, byToken)).instance.state).toBeNull();
  });

  test("has gone for a key whose password was renewed, and no account is asked for", async () => {
    const instance = await adopted();
    driven.simulator.removeMachine(ID);
    driven.simulator.keys[0]!.password = "a-new-password";
    driven.simulator.clearRequests();
    expect((await read(instance, as({ ...KEY, password: "a-new-password" }))).instance.state).toBeNull();
    expect(balances()).toBe(0);
  });

  test("stays where the account may not be asked for", async () => {
    const instance = await adopted();
    driven.simulator.keys[1]!.deniedActions = ["DescribeCustomerBalance"];
    driven.simulator.removeMachine(ID);
    expectKept(
      await read(instance, as(SECOND)),
      instance,
      /of account 8000.*these are of an account that is not known/s,
    );
  });

  test("stays where the account was not told when it was adopted", async () => {
    driven.simulator.keys[0]!.deniedActions = ["DescribeCustomerBalance"];
    const instance = await adopted();
    driven.simulator.removeMachine(ID);
    expectKept(
      await read(instance, as(SECOND)),
      instance,
      /of an account that is not known; these are of account 8000/,
    );
    expect((await read(instance, as(KEY))).instance.state).toBeNull();
  });

  test("stays at another endpoint, with the same key and account", async () => {
    const instance = await adopted();
    const other = await startSimulator({ fleet: [], keys: [KEY] });
    try {
      const result = await read(instance, as(KEY, { endpoint: other.endpoint }));
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
    const instance = await adopted();
    const { seen_by: _seenBy, ...old } = privateOf(instance);
    driven.simulator.removeMachine(ID);
    const before = withPrivate(instance, old);
    expectKept(await read(before, as(KEY)), before, /does not tell whose credentials saw it last\nVersion 0\.1\.0/);
  });

  test.each([
    ["with a number", ORDER, /an order is still open for it: Order 2026000000000001 of 2026-01-15T00:00:00.000Z\n/],
    ["without one", { ...ORDER, order_number: null }, /: A call of 2026-01-15T00:00:00.000Z whose order number is not/],
  ])("stays while an order is open %s, for whomever", async (_name, order, words) => {
    const instance = await adopted();
    const before = withPrivate(instance, { ...privateOf(instance), open_orders: [order] });
    driven.simulator.changeOutOfBand(ID, { instanceStatus: "RECYCLE" });
    expectKept(await read(before, as(KEY)), before, words);
    becomeAnotherAccount(driven.simulator);
    expectKept(await read(before, as(KEY)), before, words);
    expectKept(await read(before, as(SECOND)), before, words);
  });
});

describe("the stamp", () => {
  test("is written by an import, tells endpoint and account, and neither key nor token", async () => {
    for (const config of [as(KEY), byToken]) {
      const data = privateOf(await adopted(config));
      expect(data["seen_by"]).toMatchObject({ endpoint: driven.simulator.endpoint, account_uid: OURS });
      expect(JSON.stringify(data)).not.toMatch(/AKFIRST|first-password|token-of-somebody/);
    }
  });

  test("is salted: one key looks different in each state", async () => {
    const keys = [await adopted(), await adopted()].map((each) => privateOf(each)["seen_by"]);
    expect(keys[0]).not.toEqual(keys[1]);
  });

  test("is written by a create", async () => {
    await driven.connect(as(KEY));
    const plan = await driven.driver.plan(TYPE, { instance_id: ID, internet_max_bandwidth_out: 400 });
    await driven.connect(as(KEY));
    const created = await driven.driver.apply(TYPE, plan);
    expect(privateOf(created.instance)["seen_by"]).toMatchObject({ account_uid: OURS });
  });

  test("follows an update to its credentials", async () => {
    const instance = await adopted();
    await driven.connect(as(SECOND));
    const updated = await driven.driver.applyConfig(
      TYPE,
      { instance_id: ID, internet_max_bandwidth_out: 500 },
      (await read(instance, as(SECOND))).instance,
    );
    expect(privateOf(updated.instance)["seen_by"]).not.toEqual(privateOf(instance)["seen_by"]);
    driven.simulator.keys[1]!.deniedActions = ["DescribeCustomerBalance"];
    driven.simulator.removeMachine(ID);
    expect((await read(updated.instance, as(SECOND))).instance.state).toBeNull();
  });

  test("stays where an update calls nothing", async () => {
    const instance = await adopted();
    await driven.connect(as(SECOND));
    const config = { instance_id: ID, max_immediate_charge: 5 };
    const updated = await driven.driver.applyConfig(TYPE, config, instance);
    expect(privateOf(updated.instance)["seen_by"]).toEqual(privateOf(instance)["seen_by"]);
  });

  test("is written by a read where none is, without a question, and never changed by another", async () => {
    const instance = await adopted();
    const { seen_by: _seenBy, ...old } = privateOf(instance);
    driven.simulator.clearRequests();
    const first = (await read(withPrivate(instance, old), as(KEY))).instance;
    expect(privateOf(first)["seen_by"]).toMatchObject({ endpoint: driven.simulator.endpoint, account_uid: null });
    expect((await read(first, as(SECOND))).instance.private).toEqual(first.private);
    expect(balances()).toBe(0);
  });

  test("costs one question for many machines", async () => {
    const others = ["900000000000000002", "900000000000000003"];
    for (const instanceId of others) driven.simulator.addMachine({ ...VM, instanceId });
    await driven.connect(as(KEY));
    await Promise.all([ID, ...others].map((id) => driven.driver.importState(TYPE, id)));
    expect(balances()).toBe(1);
  });
});

test("an open order is not forgotten for what another endpoint shows", async () => {
  const instance = await adopted();
  const before = withPrivate(instance, { ...privateOf(instance), open_orders: [ORDER] });
  const other = await startSimulator({ fleet: [{ ...VM, bandwidth: 600 }], keys: [KEY] });
  try {
    const there = await read(before, as(KEY, { endpoint: other.endpoint }));
    expect(privateOf(there.instance)["open_orders"]).toEqual([ORDER]);
    driven.simulator.changeOutOfBand(ID, { bandwidth: 600 });
    expect(privateOf((await read(before, as(KEY))).instance)["open_orders"]).toEqual([]);
  } finally {
    await other.stop();
  }
});

test("nothing is sent at another endpoint while an order is open at the first", async () => {
  const instance = await adopted();
  const before = withPrivate(instance, { ...privateOf(instance), open_orders: [ORDER] });
  const other = await startSimulator({ fleet: [{ ...VM, bandwidth: 300 }], keys: [KEY] });
  const there = as(KEY, { endpoint: other.endpoint });
  try {
    const found = (await read(before, there)).instance;
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
