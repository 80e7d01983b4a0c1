// The framework and core's rules, driven without Terraform.
import {
  Decimal,
  DiagnosticError,
  isUnknown,
  type ObjectValue,
  type Provider,
  type Resource,
  unknown,
  UNKNOWN,
} from "../../../lib/plugin";
import { createTestDriver } from "../../../lib/plugin/testing";
import { demoProvider, DemoStore } from "../demo-provider";

const ALPHA = { name: "alpha", disk: [{ gigabytes: 10 }] };

async function demo(store = new DemoStore()) {
  const driver = createTestDriver(demoProvider(store));
  await driver.configure({ region: "east" });
  return driver;
}

type Plain = Resource<null>;

/** A resource of one attribute of each kind that misbehaves as told. */
function misbehaving(change: Partial<Plain>): Provider<null> {
  const resource: Plain = {
    schema: {
      version: 0,
      attributes: {
        name: { type: "string", description: "Name.", required: true },
        note: { type: "string", description: "Note.", optional: true },
        id: { type: "string", description: "Identifier.", computed: true },
      },
      blocks: {
        rule: {
          nesting: "list",
          block: { attributes: { port: { type: "number", description: "Port.", required: true } } },
        },
      },
    },
    create: async ({ planned }) => ({ state: { ...planned, id: "1" }, private: { kept: true } }),
    update: async ({ planned }) => ({ state: planned }),
    read: async ({ state }) => ({ state }),
    delete: async () => undefined,
    ...change,
  };
  return {
    address: "test/test/bad",
    version: "0",
    schema: { attributes: {} },
    resources: { bad_thing: resource },
    dataSources: {},
    configure: () => null,
  };
}

describe("the framework", () => {
  test("computed attributes without a configured value are unknown in the plan of a create, also in blocks", async () => {
    const driver = await demo();
    const { planned, action } = await driver.plan("demo_thing", { ...ALPHA, size: 3 });
    expect(action).toBe("create");
    expect(planned).toMatchObject({
      id: unknown({ notNull: true, prefix: "thing-" }),
      size: 3,
      region: UNKNOWN,
      kind: null,
    });
    expect(planned?.["disk"]).toEqual([{ gigabytes: 10, device: UNKNOWN }]);
    expect(planned?.["timeouts"]).toBeNull();
  });

  test("an update keeps what is computed, and a block that is new gets unknown attributes", async () => {
    const driver = await demo();
    const { instance } = await driver.applyConfig("demo_thing", ALPHA);
    const same = await driver.plan("demo_thing", ALPHA, instance);
    expect(same.action).toBe("no-op");
    const more = await driver.plan("demo_thing", { ...ALPHA, disk: [{ gigabytes: 10 }, { gigabytes: 5 }] }, instance);
    expect(more).toMatchObject({ action: "update", planned: { id: "thing-1", region: "east" } });
    expect(more.planned?.["disk"]).toEqual([
      { gigabytes: 10, device: "/dev/sda" },
      { gigabytes: 5, device: UNKNOWN },
    ]);
  });

  test("requiresReplace replaces only where the value differs", async () => {
    const driver = await demo();
    const { instance } = await driver.applyConfig("demo_thing", { ...ALPHA, kind: "one" });
    expect((await driver.plan("demo_thing", { ...ALPHA, kind: "one", size: 9 }, instance)).action).toBe("update");
    const plan = await driver.plan("demo_thing", { ...ALPHA, kind: "two" }, instance);
    expect(plan).toMatchObject({ action: "replace", requiresReplace: [["kind"]] });
    expect(isUnknown(plan.planned?.["id"])).toBe(true);
    expect((await driver.apply("demo_thing", plan)).instance.state).toMatchObject({ id: "thing-2", kind: "two" });
  });

  test("a write-only value is in no plan and no state", async () => {
    const driver = await demo();
    const { instance } = await driver.applyConfig("demo_thing", { ...ALPHA, secret: "s3cret" });
    expect(instance.state?.["secret"]).toBeNull();
    expect((await driver.plan("demo_thing", { ...ALPHA, secret: "s3cret" }, instance)).action).toBe("no-op");
  });

  test("a create that throws records nothing, an update that throws keeps state and private data", async () => {
    const store = new DemoStore();
    const driver = await demo(store);
    store.failure = new TypeError("x is undefined");
    const failed = await driver.applyConfig("demo_thing", ALPHA);
    expect(failed.instance.state).toBeNull();
    expect(failed.diagnostics[0]?.summary).toBe("Internal error of the provider when applying demo_thing");
    const { instance } = await driver.applyConfig("demo_thing", ALPHA);
    store.failure = new DiagnosticError("Locked", "Unlock it.", ["disk", 0, "gigabytes"]);
    const updated = await driver.applyConfig("demo_thing", { ...ALPHA, name: "beta" }, instance);
    expect(updated.instance).toEqual(instance);
    expect(updated.diagnostics).toEqual([
      { severity: "error", summary: "Locked", detail: "Unlock it.", path: ["disk", 0, "gigabytes"] },
    ]);
  });

  test("an object that was created is recorded even if the provider describes it wrongly", async () => {
    const driver = createTestDriver(
      misbehaving({
        create: async () => ({ state: { id: "paid-1", name: 7 }, private: { order: "o-1" } }),
      }),
    );
    const { instance, diagnostics } = await driver.applyConfig("bad_thing", { name: "n" });
    expect(instance).toMatchObject({ state: { id: "paid-1", name: null, rule: [] }, tainted: true });
    expect(instance.private.toString()).toBe('{"order":"o-1"}');
    expect(diagnostics[0]?.detail).toContain(".name: a string is required");
  });

  test("state of another version is upgraded, of a newer one refused, Terraform 0.11's refused", async () => {
    const driver = await demo();
    const { instance } = await driver.upgrade("demo_thing", 1, '{"id":"x","title":"old","size":12345678901234567890}');
    expect(instance.state).toMatchObject({
      name: "old",
      size: new Decimal("12345678901234567890"),
      disk: [],
      timeouts: null,
    });
    expect((await driver.upgrade("demo_thing", 3, "{}")).diagnostics[0]?.summary).toContain("newer provider");
    expect((await driver.upgrade("demo_thing", 2, "{")).diagnostics[0]?.summary).toContain("not valid JSON");
  });

  test("import reads what exists and refuses what does not", async () => {
    const driver = await demo();
    await driver.applyConfig("demo_thing", ALPHA);
    expect((await driver.importState("demo_thing", "thing-1")).instance.state).toMatchObject({ name: "alpha" });
    const missing = await driver.importState("demo_thing", "thing-2");
    expect(missing.diagnostics[0]?.summary).toBe("Cannot import non-existent remote object");
    const refused = await createTestDriver(misbehaving({})).importState("bad_thing", "x");
    expect(refused.diagnostics[0]?.summary).toBe("bad_thing cannot be imported");
  });

  test("a call before the configuration is refused in words", async () => {
    const driver = createTestDriver(demoProvider());
    const { diagnostics } = await driver.readDataSource("demo_echo", { text: "x" });
    expect(diagnostics[0]?.summary).toBe("The provider is not configured");
  });

  test("every connection has its own configuration and stop signal", async () => {
    const store = new DemoStore();
    const east = await demo(store);
    const west = createTestDriver(demoProvider(store));
    await west.configure({ region: "west" });
    await west.stop();
    expect((await east.applyConfig("demo_thing", ALPHA)).instance.private.toString()).toContain('"stopped":false');
    expect((await west.applyConfig("demo_thing", ALPHA)).instance.state).toMatchObject({ region: "west" });
  });

  test("a destroyed object gets its warning and its private data", async () => {
    const store = new DemoStore();
    const driver = await demo(store);
    const { instance } = await driver.applyConfig("demo_thing", ALPHA);
    const gone = await driver.applyConfig("demo_thing", null, instance);
    expect(gone).toMatchObject({
      instance: { state: null },
      diagnostics: [{ severity: "warning", summary: "alpha will be lost" }],
    });
    expect(store.calls).toContain('delete alpha {"token":"kept","stopped":false}');
  });
});

describe("Terraform's rules", () => {
  const CONFIG = { name: "n", rule: [{ port: 1 }] };
  const planned = (change: ObjectValue): Partial<Plain> => ({
    plan: async ({ proposed }) => ({ planned: { ...proposed, ...change } }),
  });
  const created = (change: ObjectValue): Partial<Plain> => ({
    create: async ({ planned: plan }) => ({ state: { ...plan, id: "1", ...change } }),
  });

  test.each<[string, Partial<Plain>, string]>([
    [
      "a plan keeps configured values",
      planned({ name: "m" }),
      'bad_thing.name: planned value cty.StringVal("m") does not match config value cty.StringVal("n")',
    ],
    [
      "the result keeps what was planned",
      created({ name: "m" }),
      '.name: was cty.StringVal("n"), but now cty.StringVal("m")',
    ],
    ["the result exists", { create: async () => ({ state: null }) }, "Root object was present, but now absent"],
  ])("%s", async (_name, change, text) => {
    await expect(createTestDriver(misbehaving(change)).applyConfig("bad_thing", CONFIG)).rejects.toThrow(text);
  });

  test("the second plan keeps what the first one knew", async () => {
    let round = 0;
    const change: Partial<Plain> = {
      plan: async ({ proposed }) => ({ planned: { ...proposed, id: `price-${(round += 1)}` } }),
    };
    await expect(createTestDriver(misbehaving(change)).applyConfig("bad_thing", CONFIG)).rejects.toThrow(
      'inconsistent final plan: When expanding the plan for bad_thing to include new values learned so far during apply, the provider produced an invalid new value for .id: was cty.StringVal("price-1"), but now cty.StringVal("price-2")',
    );
  });

  test("what is read is wholly known", async () => {
    const driver = createTestDriver(misbehaving({ read: async ({ state }) => ({ state: { ...state, id: UNKNOWN } }) }));
    const { instance } = await driver.applyConfig("bad_thing", CONFIG);
    await expect(driver.read("bad_thing", instance)).rejects.toThrow("the read of bad_thing returned unknown values");
  });

  test("an attribute that the author forgot is named", async () => {
    const driver = createTestDriver(
      misbehaving({ plan: async () => ({ planned: { name: "n", note: null, rule: [] } }) }),
    );
    const { diagnostics } = await driver.plan("bad_thing", { name: "n" });
    expect(diagnostics[0]).toMatchObject({
      detail: expect.stringContaining(".id: the attribute is missing"),
      path: ["id"],
    });
  });
});

describe("a move from another type", () => {
  const source = { providerAddress: "test/other/other", typeName: "other_thing", json: '{"title":"alpha"}' };

  test("is refused where the resource offers none", async () => {
    const driver = createTestDriver(misbehaving({}));
    const { instance, diagnostics } = await driver.moveState("bad_thing", source);
    expect(instance.state).toBeNull();
    expect(diagnostics.map(({ summary }) => summary)).toEqual(["other_thing cannot become bad_thing"]);
  });

  test("gets where it comes from and its state, unconfigured, and leaves state and private data", async () => {
    let asked: unknown;
    const driver = createTestDriver(
      misbehaving({
        moveState: (request) => {
          asked = request;
          return Promise.resolve({ state: { name: String(request.state["title"]) }, private: { moved: true } });
        },
      }),
    );
    const { instance, diagnostics } = await driver.moveState("bad_thing", { ...source, schemaVersion: 3 });
    expect(diagnostics).toEqual([]);
    expect(asked).toEqual({
      providerAddress: "test/other/other",
      typeName: "other_thing",
      schemaVersion: 3,
      state: { title: "alpha" },
    });
    expect(instance.state).toEqual({ name: "alpha", note: null, id: null, rule: [] });
    expect(instance.private.toString()).toBe('{"moved":true}');
  });

  test("of a state that is no JSON is refused without quoting it", async () => {
    const driver = createTestDriver(misbehaving({ moveState: () => Promise.resolve({ state: {} }) }));
    const { diagnostics } = await driver.moveState("bad_thing", { ...source, json: "a-secret-word" });
    expect(diagnostics[0]?.summary).toBe("The state of other_thing is not valid JSON");
    expect(JSON.stringify(diagnostics)).not.toContain("a-secret-word");
  });
});
