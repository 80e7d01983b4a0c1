// What a plan promises: known and unknown values, the count that hooks follow, the note for its apply, and the warnings of what goes.
import { UNKNOWN, type ObjectValue } from "../../lib/plugin";
import type { TestInstance, TestPlan } from "../../lib/plugin/testing";
import { privateOf, withPrivate } from "../support/credentials";
import { Driven } from "../support/driven";
import { SAMPLE_ID as ID, SAMPLE_VM } from "../support/sample-vm";

const TYPE = "zenlayer_vm_instance_spec";
const OTHER = "900000000000000002";

let driven: Driven;
beforeEach(async () => {
  driven = await Driven.start({
    simulator: { fleet: [SAMPLE_VM, { ...SAMPLE_VM, instanceId: OTHER, instanceName: "web-2" }] },
  });
});
afterEach(() => driven.stop());

const at = (bandwidth: ObjectValue[string], more: ObjectValue = {}): ObjectValue => ({
  instance_id: ID,
  internet_max_bandwidth_out: bandwidth,
  ...more,
});
async function planned(config: ObjectValue | null, instance: TestInstance | null = null): Promise<TestPlan> {
  await driven.connect();
  const read = instance === null ? null : (await driven.driver.read(TYPE, instance)).instance;
  return driven.driver.plan(TYPE, config, read);
}
const summaries = ({ diagnostics }: TestPlan): readonly string[] => diagnostics.map(({ summary }) => summary);
const unknownOf = ({ planned: state }: TestPlan): readonly string[] =>
  Object.keys(state ?? {})
    .filter((name) => state?.[name] === UNKNOWN)
    .sort();
const noteOf = (plan: TestPlan): unknown => privateOf(plan as never)["plan"];

/** All that an apply of a virtual machine decides. */
const RESULTS = [
  "change_count",
  "changes",
  "effective_instance_type",
  "effective_internet_max_bandwidth_out",
  "effective_traffic_package_size",
  "instance_status",
  "order_numbers",
  "pending",
  "plan_summary",
];

describe("a plan that calls nothing", () => {
  test("is the state to the letter, with what earlier applies left behind", async () => {
    const instance = await driven.adopt(TYPE, at(600));
    const plan = await planned(at(600), instance);
    expect(plan.action).toBe("no-op");
    expect(plan.planned).toEqual(instance.state);
    expect(plan.planned).toMatchObject({ plan_summary: expect.stringContaining("upgrade"), change_count: 1 });
  });

  test("of an edited guard is planned as written, promises no call, and keeps count and orders", async () => {
    const instance = await driven.adopt(TYPE, at(600));
    const plan = await planned(at(600, { max_immediate_charge: 5 }), instance);
    expect(plan.action).toBe("update");
    expect(plan.diagnostics).toEqual([]);
    expect(plan.planned).toEqual({ ...instance.state, max_immediate_charge: 5, changes: [], plan_summary: "" });
    expect(plan.planned?.["order_numbers"]).toHaveLength(1);
  });
});

test("a plan that calls nothing warns of what is scheduled for a machine that ends before, by the machine's name", async () => {
  const { state, ...rest } = await driven.adopt(TYPE, at(200));
  const plan = await driven.driver.plan(TYPE, at(200), { ...rest, state: { ...state, auto_renew: false } });
  expect(plan.action).toBe("no-op");
  expect(summaries(plan)).toEqual([expect.stringMatching(/^web-1 \(900000000000000001\): /)]);
});

describe("a plan that calls", () => {
  test("leaves unknown what the calls change, and nothing else", async () => {
    const plan = await planned(at(600), await driven.adopt(TYPE, at(400)));
    expect(unknownOf(plan)).toEqual([
      "change_count",
      "effective_internet_max_bandwidth_out",
      "instance_status",
      "order_numbers",
      "pending",
    ]);
    expect(plan.planned).toMatchObject({ instance_type: "c.4c8g", effective_instance_type: "c.4c8g" });
  });

  test("counts the first order as unknown, so that a hook runs whatever count it saw of another machine", async () => {
    expect((await planned(at(600), await driven.adopt(TYPE, at(400)))).planned?.["change_count"]).toBe(UNKNOWN);
  });

  test("counts each later order as one more, and leaves its number open", async () => {
    const instance = await driven.adopt(TYPE, at(600));
    const plan = await planned(at(700, { instance_type: "c.8c16g" }), instance);
    expect(plan.planned).toMatchObject({ change_count: 2, order_numbers: UNKNOWN });
  });

  test("counts no cancel: that is no order", async () => {
    const instance = await driven.adopt(TYPE, at(200));
    const plan = await planned(at(400), instance);
    expect(plan.planned?.["changes"]).toMatchObject([{ direction: "cancel" }]);
    expect(plan.planned).toMatchObject({ change_count: 1, order_numbers: instance.state?.["order_numbers"] });
  });

  test("of an adoption knows the machine, and leaves open what another look may show", async () => {
    const plan = await planned(at(600));
    expect(plan.action).toBe("create");
    expect(plan.planned).toMatchObject({
      id: ID,
      instance_name: "web-1",
      zone_id: "SEL-A",
      instance_charge_type: "PREPAID",
      internet_charge_type: "ByBandwidth",
      effective_internet_max_bandwidth_out: UNKNOWN,
      pending: UNKNOWN,
      instance_status: UNKNOWN,
      order_numbers: UNKNOWN,
      change_count: UNKNOWN,
      plan_summary: "upgrade internet_max_bandwidth_out 400 → 600 Mbps now (charged now)",
    });
    expect(plan.planned?.["changes"]).toMatchObject([{ from: "400", to: "600" }]);
  });

  test("of an adoption as the machine is promises that nothing is ordered", async () => {
    const plan = await planned(at(400));
    expect(plan.planned).toMatchObject({ changes: [], plan_summary: "", change_count: 0, order_numbers: [] });
    expect(unknownOf(plan)).toEqual(expect.arrayContaining(["pending", "instance_status"]));
  });
});

describe("where something is known only during the apply", () => {
  const cannotBeShown = (what: string): string => `The calls and charges for ${what} cannot be shown in this plan`;

  test.each([
    ["one value", { internet_max_bandwidth_out: UNKNOWN }, "internet_max_bandwidth_out is"],
    [
      "two values",
      { internet_max_bandwidth_out: UNKNOWN, instance_type: UNKNOWN },
      "instance_type and internet_max_bandwidth_out are",
    ],
  ])("%s: every result is unknown, and the warning says why", async (_name, values, because) => {
    for (const instance of [null, await driven.adopt(TYPE, at(400))]) {
      const plan = await planned({ instance_id: ID, ...values }, instance);
      expect(summaries(plan)).toEqual([cannotBeShown(`machine ${ID}`)]);
      expect(plan.diagnostics[0]?.detail).toContain(`because ${because} known only then`);
      expect(unknownOf(plan)).toEqual(expect.arrayContaining([...RESULTS, ...Object.keys(values)]));
      expect(plan.planned).toMatchObject({ instance_id: ID, instance_name: "web-1" });
    }
  });

  test("a value beside one that is known: the known one is planned as written", async () => {
    const plan = await planned(at(UNKNOWN, { instance_type: "c.8c16g" }), await driven.adopt(TYPE, at(400)));
    expect(plan.planned).toMatchObject({ instance_type: "c.8c16g", internet_max_bandwidth_out: UNKNOWN });
  });

  test("the machine of a new resource: nobody is asked", async () => {
    driven.simulator.clearRequests();
    const plan = await planned({ instance_id: UNKNOWN, internet_max_bandwidth_out: 600 });
    expect(summaries(plan)).toEqual([cannotBeShown(`a ${TYPE}`)]);
    expect(plan.diagnostics[0]?.detail).toContain("because the machine's id is known only then");
    expect(unknownOf(plan)).toEqual(expect.arrayContaining(["id", "instance_id", ...RESULTS]));
    expect(driven.simulator.requests).toEqual([]);
  });

  test("the machine that takes the place of another: a replacement, whose warning names the one that goes", async () => {
    const instance = await driven.adopt(TYPE, at(400));
    const plan = await planned({ instance_id: UNKNOWN, internet_max_bandwidth_out: 600 }, instance);
    expect(plan.action).toBe("replace");
    expect(summaries(plan)).toEqual([cannotBeShown(`what takes the place of machine ${ID}`)]);
    expect(plan.diagnostics[0]?.detail).toContain("because the machine's id is known only then");
  });

  test("the provider's configuration: a change and an adoption are put off, what stays is planned from the state", async () => {
    const instance = await driven.adopt(TYPE, at(400));
    await driven.connect({ endpoint: UNKNOWN });
    const { driver } = driven;
    const changed = await driver.plan(TYPE, at(600), instance);
    expect(summaries(changed)).toEqual([cannotBeShown(`machine ${ID}`)]);
    expect(changed.diagnostics[0]?.detail).toContain("because the provider's configuration is known only then");
    expect(unknownOf(changed)).toEqual(expect.arrayContaining(RESULTS));
    await driven.connect({ endpoint: UNKNOWN });
    const adopted = await driver.plan(TYPE, at(600));
    expect(summaries(adopted)).toEqual([cannotBeShown(`machine ${ID}`)]);
    expect(adopted.diagnostics[0]?.detail).toContain("because the provider's configuration is known only then");
    await driven.connect({ endpoint: UNKNOWN });
    const quiet = await driver.plan(TYPE, at(400), instance);
    expect([quiet.action, quiet.diagnostics]).toEqual(["no-op", []]);
    expect(driven.simulator.requests).toEqual([]);
  });
});

describe("the note for the apply", () => {
  test("names the axes that the configuration sets, known or not", async () => {
    const instance = await driven.adopt(TYPE, at(400));
    expect(noteOf(await planned(at(600), instance))).toEqual({ managed: ["internet_max_bandwidth_out"] });
    expect(noteOf(await planned({ instance_id: ID }, instance))).toEqual({ managed: [] });
    expect(noteOf(await planned(at(UNKNOWN, { instance_type: "c.8c16g" })))).toEqual({
      managed: ["instance_type", "internet_max_bandwidth_out"],
    });
  });

  test("says of a replacement whether its machine is known, also to the one that comes", async () => {
    const instance = await driven.adopt(TYPE, at(400));
    const unknown = await planned(at(400, { instance_id: UNKNOWN }), instance);
    expect(noteOf(unknown)).toEqual({ managed: ["internet_max_bandwidth_out"], successor_unknown: true });
    const known = await planned(at(400, { instance_id: OTHER }), instance);
    expect(noteOf(known)).toEqual({ managed: ["internet_max_bandwidth_out"] });
    // A new resource replaces nothing.
    expect(noteOf(await planned(at(400, { instance_id: UNKNOWN })))).toEqual({
      managed: ["internet_max_bandwidth_out"],
    });
  });

  test("is forgotten by the next plan: a replacement that was planned once says nothing of an update", async () => {
    const instance = await driven.adopt(TYPE, at(400));
    const { private: data } = await planned(at(400, { instance_id: UNKNOWN }), instance);
    await driven.connect();
    const plan = await driven.driver.plan(TYPE, at(500), { ...instance, private: data });
    expect(noteOf(plan)).toEqual({ managed: ["internet_max_bandwidth_out"] });
  });

  test("keeps what the resource remembers", async () => {
    const instance = await driven.adopt(TYPE, at(400));
    const { plan: _plan, ...remembered } = privateOf((await planned(at(600), instance)) as never);
    const { plan: _before, ...before } = privateOf(instance);
    expect(remembered).toEqual(before);
  });
});

describe("one machine in two resources of one plan", () => {
  const refusal = {
    severity: "error",
    summary: `Two ${TYPE} resources manage machine ${ID}`,
    detail: expect.stringContaining("removing only forgets"),
    path: ["instance_id"],
  };

  test.each<[string, boolean, boolean]>([
    ["both new", false, false],
    ["one in the state and one new", true, false],
    ["one new and one in the state", false, true],
    ["both in the state", true, true],
  ])("%s: the second is refused, whatever it wants", async (_name, first, second) => {
    const found = async (inState: boolean) => (inState ? (await driven.driver.importState(TYPE, ID)).instance : null);
    const [one, two] = [await found(first), await found(second)];
    await driven.connect();
    expect((await driven.driver.plan(TYPE, at(400), one)).diagnostics).toEqual([]);
    expect((await driven.driver.plan(TYPE, at(400), two)).diagnostics).toEqual([refusal]);
  });

  test("a resource and what replaces it are one", async () => {
    const instance = await driven.adopt(TYPE, at(400));
    await driven.connect();
    const { private: data } = await driven.driver.plan(TYPE, at(400), instance);
    const again = await driven.driver.plan(TYPE, at(400), { state: null, private: data });
    expect(again.diagnostics).toEqual([]);
  });

  test("another connection knows nothing of it", async () => {
    await driven.driver.plan(TYPE, at(400));
    await driven.connect();
    expect((await driven.driver.plan(TYPE, at(400))).diagnostics).toEqual([]);
  });

  test("who moves away makes room", async () => {
    const [one, two] = [await driven.adopt(TYPE, at(400)), await driven.adopt(TYPE, at(400, { instance_id: OTHER }))];
    await driven.connect();
    const swapped = [
      await driven.driver.plan(TYPE, at(400, { instance_id: OTHER }), one),
      await driven.driver.plan(TYPE, at(400), two),
    ];
    expect(swapped.map(({ action, diagnostics }) => [action, diagnostics])).toEqual([
      ["replace", []],
      ["replace", []],
    ]);
  });
});

describe("another machine", () => {
  test("is a replacement that shows its calls and its charges, and asks nothing about the first", async () => {
    const instance = await driven.adopt(TYPE, at(400));
    await driven.connect();
    driven.simulator.clearRequests();
    const plan = await driven.driver.plan(TYPE, at(600, { instance_id: OTHER }), instance);
    expect(plan.action).toBe("replace");
    expect(plan.planned).toMatchObject({ id: OTHER, instance_name: "web-2" });
    expect(plan.planned?.["changes"]).toMatchObject([{ from: "400", to: "600" }]);
    expect(summaries(plan)).toEqual([expect.stringMatching(/^web-2 \(900000000000000002\): charges about/)]);
    expect(driven.simulator.requests.filter(({ instanceId }) => instanceId === ID)).toEqual([]);
  });

  test("that does not exist is an error, and the one that is managed stays", async () => {
    const plan = await planned(at(400, { instance_id: "900000000000000999" }), await driven.adopt(TYPE, at(400)));
    expect(plan.diagnostics).toMatchObject([{ severity: "error", path: ["instance_id"] }]);
    expect(plan.planned).toBeNull();
  });

  test.each([
    ["known", OTHER, "is still open and is forgotten now"],
    ["not known", UNKNOWN, "is still open for internet_max_bandwidth_out"],
  ])("%s: an open order of the first is warned of at its axis", async (_name, instance_id, words) => {
    const instance = await driven.adopt(TYPE, at(400));
    const plan = await planned(at(400, { instance_id }), remembering(instance, 600));
    expect(plan.diagnostics).toContainEqual(
      expect.objectContaining({
        summary: `Order 1 of then for machine ${ID} ${words}`,
        path: ["internet_max_bandwidth_out"],
      }),
    );
  });

  test("leaves scheduled what a destroy would cancel, and says so only where that is asked for", async () => {
    for (const on_destroy of ["cancel_scheduled", "forget"]) {
      const instance = await driven.adopt(TYPE, at(200, { on_destroy }));
      const plan = await planned(at(400, { instance_id: OTHER, on_destroy }), instance);
      expect(summaries(plan)).toEqual(
        on_destroy === "forget" ? [] : [`Machine ${ID}: internet_max_bandwidth_out stays scheduled`],
      );
    }
  });
});

describe("an open order", () => {
  test("is warned of while it cannot be seen, and no longer once it shows", async () => {
    const instance = remembering(await driven.adopt(TYPE, at(400)), 600);
    expect(summaries(await planned(at(400), instance))).toEqual([
      `Order 1 of then for machine ${ID} is still open for internet_max_bandwidth_out`,
    ]);
    driven.simulator.changeOutOfBand(ID, { bandwidth: 600 });
    expect(summaries(await planned(at(600), instance))).toEqual([]);
  });
});

test("a machine that was moved here and never read is not guessed about", async () => {
  const { instance } = await driven.driver.moveState(TYPE, {
    providerAddress: "registry.terraform.io/zenlayer/zenlayercloud",
    typeName: "zenlayercloud_zvm_instance",
    json: JSON.stringify({ id: ID }),
  });
  await driven.connect();
  driven.simulator.clearRequests();
  const plan = await driven.driver.plan(TYPE, at(600), instance);
  expect(plan.diagnostics).toMatchObject([
    { severity: "error", summary: `Machine ${ID} was moved here and has not been read yet` },
  ]);
  expect(plan.diagnostics[0]?.detail).toContain("without -refresh=false");
  expect(driven.simulator.requests).toEqual([]);
});

describe("a destroy", () => {
  test("announces the cancels that it is asked for, with values and price, and who announced them", async () => {
    const instance = await driven.adopt(TYPE, at(200, { instance_type: "c.2c4g", on_destroy: "cancel_scheduled" }));
    const plan = await planned(null, instance);
    expect(plan.action).toBe("delete");
    expect(noteOf(plan)).toEqual({
      cancels: [
        { axis: "instance_type", from: "c.2c4g", to: "c.4c8g" },
        { axis: "internet_max_bandwidth_out", from: "200", to: "400" },
      ],
      by: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(summaries(plan)).toEqual([
      `Forgetting machine ${ID} cancels what is scheduled: instance_type, internet_max_bandwidth_out`,
    ]);
    expect(plan.diagnostics[0]?.detail).toMatch(
      /^instance_type stays c\.4c8g instead of going to c\.2c4g\. internet_max_bandwidth_out stays 400 Mbps instead of going to 200 Mbps\. on_destroy/,
    );
  });

  test.each([
    ["to forget", 200, "forget"],
    ["nothing", 200, null],
    ["to cancel where nothing is scheduled", 400, "cancel_scheduled"],
  ])("that is asked %s announces nothing", async (_name, bandwidth, on_destroy) => {
    const plan = await planned(null, await driven.adopt(TYPE, at(bandwidth, { on_destroy })));
    expect(plan.diagnostics).toEqual([]);
    expect(noteOf(plan)).toMatchObject({ cancels: [] });
  });

  test("warns of an open order that is forgotten with the resource", async () => {
    const plan = await planned(null, remembering(await driven.adopt(TYPE, at(400)), 600));
    expect(plan.diagnostics).toEqual([
      {
        severity: "warning",
        summary: `Order 1 of then for machine ${ID} is still open and is forgotten now`,
        detail: expect.stringContaining("whoever manages this machine next would not know of it"),
        path: ["internet_max_bandwidth_out"],
      },
    ]);
  });

  test("that is planned while an apply runs announces nothing and says nothing: nobody has seen that plan", async () => {
    const instance = remembering(await driven.adopt(TYPE, at(200, { on_destroy: "cancel_scheduled" })), 600);
    const other = await driven.adopt(TYPE, at(400, { instance_id: OTHER }));
    const applied = await driven.driver.applyConfig(TYPE, at(400, { instance_id: OTHER, on_downgrade: "deny" }), other);
    expect(applied.diagnostics).toEqual([]);
    const plan = await driven.driver.plan(TYPE, null, instance);
    expect(plan.diagnostics).toEqual([]);
    expect(noteOf(plan)).toMatchObject({ cancels: [] });
  });
});

/** With an order that was placed and cannot be seen. */
function remembering(instance: TestInstance, target: number): TestInstance {
  const order = { axis: "internet_max_bandwidth_out", target, order_number: "1", request_id: null, time: "then" };
  return withPrivate(instance, { ...privateOf(instance), open_orders: [order] });
}
