// Whose credentials saw a machine, and where: the stamp in a state, and who may say by it that the machine has gone.
import {
  adopted,
  as,
  balances,
  byToken,
  ID,
  KEY,
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

let driven: Driven;
beforeEach(async () => {
  driven = await startWithCredentials();
});
afterEach(() => driven.stop());

describe("the stamp", () => {
  test("is written by an import, tells endpoint and account, and neither key nor token", async () => {
    for (const config of [as(KEY), byToken]) {
      const data = privateOf(await adopted(driven, config));
      expect(data["seen_by"]).toMatchObject({ endpoint: driven.simulator.endpoint, account_uid: OURS });
      expect(JSON.stringify(data)).not.toMatch(/AKFIRST|first-password|token-of-somebody/);
    }
  });

  test("is salted: one key looks different in each state", async () => {
    const keys = [await adopted(driven), await adopted(driven)].map((each) => privateOf(each)["seen_by"]);
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
    const instance = await adopted(driven);
    await driven.connect(as(SECOND));
    const updated = await driven.driver.applyConfig(
      TYPE,
      { instance_id: ID, internet_max_bandwidth_out: 500 },
      (await read(driven, instance, as(SECOND))).instance,
    );
    expect(privateOf(updated.instance)["seen_by"]).not.toEqual(privateOf(instance)["seen_by"]);
    driven.simulator.keys[1]!.deniedActions = ["DescribeCustomerBalance"];
    driven.simulator.removeMachine(ID);
    expect((await read(driven, updated.instance, as(SECOND))).instance.state).toBeNull();
  });

  test("stays where an update calls nothing", async () => {
    const instance = await adopted(driven);
    await driven.connect(as(SECOND));
    const config = { instance_id: ID, max_immediate_charge: 5 };
    const updated = await driven.driver.applyConfig(TYPE, config, instance);
    expect(privateOf(updated.instance)["seen_by"]).toEqual(privateOf(instance)["seen_by"]);
  });

  test("is written by a read where none is, without a question, and never changed by another", async () => {
    const instance = await adopted(driven);
    const { seen_by: _seenBy, ...old } = privateOf(instance);
    driven.simulator.clearRequests();
    const first = (await read(driven, withPrivate(instance, old), as(KEY))).instance;
    expect(privateOf(first)["seen_by"]).toMatchObject({ endpoint: driven.simulator.endpoint, account_uid: null });
    expect((await read(driven, first, as(SECOND))).instance.private).toEqual(first.private);
    expect(balances(driven)).toBe(0);
  });

  test.each([
    [KEY, null],
    [SECOND, "kept"],
  ])("that is longer, of an earlier build, is that of the same key (%j: %s)", async (who, left) => {
    const instance = await adopted(driven);
    const data = privateOf(instance);
    const { endpoint, key } = data["seen_by"] as { readonly endpoint: string; readonly key: string };
    const earlier = withPrivate(instance, {
      ...data,
      seen_by: { endpoint, key: `${key}${"0".repeat(48)}`, account_uid: null },
    });
    expect((await read(driven, earlier, as(who))).instance.private).toEqual(earlier.private);
    driven.simulator.removeMachine(ID);
    const { instance: after } = await read(driven, earlier, as(who));
    expect(after.state === null ? null : "kept").toBe(left);
  });

  test("that is longer keeps the account when an update cannot ask for it", async () => {
    const instance = await adopted(driven);
    const data = privateOf(instance);
    const seenBy = data["seen_by"] as { readonly key: string };
    const seen_by = { ...seenBy, key: `${seenBy.key}${"0".repeat(48)}` };
    driven.simulator.keys[0]!.deniedActions = ["DescribeCustomerBalance"];
    const earlier = (await read(driven, withPrivate(instance, { ...data, seen_by }), as(KEY))).instance;
    const updated = await driven.driver.applyConfig(
      TYPE,
      { instance_id: ID, internet_max_bandwidth_out: 500 },
      earlier,
    );
    expect(privateOf(updated.instance)["seen_by"]).toEqual(seen_by);
  });

  test("costs one question for many machines", async () => {
    const others = ["900000000000000002", "900000000000000003"];
    for (const instanceId of others) driven.simulator.addMachine({ ...VM, instanceId });
    await driven.connect(as(KEY));
    await Promise.all([ID, ...others].map((id) => driven.driver.importState(TYPE, id)));
    expect(balances(driven)).toBe(1);
  });
});
