// What an apply brings into the state: of what succeeded, of what stopped half way, and of what was never begun.
import { ZenlayerError } from "../../lib/api";
import { createCredentialGate } from "../../lib/api/credential-gate";
import { createProvider } from "../../lib/provider";
import { Account } from "../../lib/provider/account";
import { createSpec, updateSpec } from "../../lib/provider/apply";
import { newConnection, type Connection } from "../../lib/provider/connection";
import { createLogger, UNKNOWN, type CallContext, type ObjectValue } from "../../lib/plugin";
import { CollectedDiagnostics } from "../../lib/plugin/server/diagnostics";
import type { TestInstance } from "../../lib/plugin/testing";
import type { ConvergeResult, Failure, OpenOrder } from "../../lib/reconcile";
import { privateOf, withPrivate } from "../support/credentials";
import { Driven, type DrivenOptions } from "../support/driven";
import { FakeClient } from "../support/fake-client";
import { VM_SPEC } from "../support/kinds";
import { observation } from "../support/observations";
import { callOf } from "../support/planned-calls";
import { SAMPLE_ID as ID, SAMPLE_VM } from "../support/sample-vm";
import { FAST } from "../support/world";

const TYPE = "zenlayer_vm_instance_spec";

let driven: Driven;
/** What ends with a test. */
const endings: (() => unknown)[] = [];
const start = async (options: DrivenOptions = {}): Promise<void> => {
  driven = await Driven.start({ ...options, simulator: { fleet: [SAMPLE_VM], ...options.simulator } });
  endings.push(() => driven.stop());
};
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

const at = (bandwidth: number, more: ObjectValue = {}): ObjectValue => ({
  instance_id: ID,
  internet_max_bandwidth_out: bandwidth,
  ...more,
});
const calls = (): readonly string[] => driven.simulator.writes().map(callOf);
const refuse = (action: string): void =>
  void driven.simulator.fault({ kind: "error", action, status: 403, code: "SOME_NEW_CODE", body: "not today" });
const order = (target: number) => ({
  axis: "internet_max_bandwidth_out",
  target,
  order_number: "2026000000000001",
  request_id: null,
  time: "2026-01-15T00:00:00.000Z",
});
const remembering = (instance: TestInstance, target: number): TestInstance =>
  withPrivate(instance, { ...privateOf(instance), open_orders: [order(target)] });

describe("an adoption", () => {
  test("that orders stores the order, the first count, and nothing left open", async () => {
    await start();
    const { instance, diagnostics } = await driven.apply(TYPE, at(600));
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(instance.state).toMatchObject({
      internet_max_bandwidth_out: 600,
      effective_internet_max_bandwidth_out: 600,
      pending: [],
      change_count: 1,
      order_numbers: [driven.simulator.orders[0]?.number],
      plan_summary: "upgrade internet_max_bandwidth_out 400 → 600 Mbps now (charged now)",
    });
    expect(privateOf(instance)).toMatchObject({ open_orders: [], token: expect.any(String) });
  });

  test.each([
    ["as it is", {}, []],
    ["that only cancels", { scheduled: { bandwidth: 100 } }, ["CancelInstanceBandwidthDowngrade"]],
  ])("%s counts no order", async (_name, machine, sent) => {
    await start({ simulator: { fleet: [{ ...SAMPLE_VM, ...machine }] } });
    const { instance } = await driven.apply(TYPE, at(400));
    expect(instance.state).toMatchObject({ internet_max_bandwidth_out: 400, change_count: 0, order_numbers: [] });
    expect(calls()).toEqual(sent);
  });

  test("keeps the spelling that was planned", async () => {
    const fleet = [{ ...SAMPLE_VM, internetChargeType: "ByTrafficPackage", trafficPackageSize: 5 } as const];
    await start({ simulator: { fleet } });
    const { instance } = await driven.apply(TYPE, { instance_id: ID, traffic_package_size: 5.0000004 });
    expect(instance.state).toMatchObject({ traffic_package_size: 5.0000004, effective_traffic_package_size: 5 });
  });

  test("that is refused leaves no state, and says how to adopt the machine and that nothing is lost", async () => {
    await start();
    refuse("ModifyInstanceBandwidth");
    const { instance, diagnostics } = await driven.apply(TYPE, at(600));
    expect(instance.state).toBeNull();
    const [error, ...more] = diagnostics.filter(({ severity }) => severity === "error");
    expect(more).toEqual([]);
    expect(error?.path).toEqual(["internet_max_bandwidth_out"]);
    expect(error?.detail).toContain("not today");
    expect(error?.detail).toContain("nothing is lost by that");
    expect(error?.detail).toContain(`\n\nimport {\n  to = ${TYPE}.NAME\n  id = "${ID}"\n}`);
    expect(error?.detail).not.toMatch(/Placed and standing|\[ordered|NOT remembered/);
  });

  test("that stops after its first order names that order, for people and for programs", async () => {
    await start();
    refuse("ModifyInstanceBandwidth");
    const { instance, diagnostics } = await driven.apply(TYPE, at(600, { instance_type: "c.8c16g" }));
    const [placed] = driven.simulator.orders;
    const error = diagnostics.find(({ severity }) => severity === "error");
    expect(instance.state).toBeNull();
    expect(error?.detail).toContain(` Placed and standing: order ${placed?.number}. [ordered:${placed?.number}]`);
    expect(error?.detail).toContain("nothing is lost by that");
  });

  test("whose order waits for payment says that it is not remembered", async () => {
    await start({ simulator: { knobs: { unpaidOrders: true } }, provider: { timing: FAST } });
    const { instance, diagnostics } = await driven.apply(TYPE, at(600));
    const error = diagnostics.find(({ severity }) => severity === "error");
    expect(instance.state).toBeNull();
    expect(error?.detail).toContain(`order ${driven.simulator.orders[0]?.number}`);
    expect(error?.detail).toContain("what was sent is NOT remembered: the next apply would send it again");
    expect(error?.detail).toContain(`id = "${ID}"`);
    expect(error?.detail).not.toContain("nothing is lost");
  });

  test("of the machine of a resource that is replaced inherits its open order, and sends nothing again", async () => {
    await start();
    const before = remembering(await driven.adopt(TYPE, at(400)), 600);
    await driven.connect();
    const plan = await driven.driver.plan(TYPE, { ...at(600), instance_id: UNKNOWN }, before);
    expect(plan.action).toBe("replace");
    await driven.connect();
    const { diagnostics } = await driven.driver.apply(TYPE, plan, at(600));
    const error = diagnostics.find(({ severity }) => severity === "error");
    expect(error?.summary).toMatch(/^Order 2026000000000001 .*: nothing was sent$/);
    // -replace would forget it: that hint is for a resource that is in the state.
    expect(error?.detail).not.toContain("-replace");
    expect(calls()).toEqual([]);
  });
});

describe("an update", () => {
  test("without calls stores what was planned, and remembers what it did", async () => {
    await start();
    const before = await driven.adopt(TYPE, at(600));
    const { instance, diagnostics } = await driven.apply(TYPE, at(600, { on_downgrade: "deny" }), before);
    expect(diagnostics).toEqual([]);
    expect(instance.state).toEqual({ ...before.state, on_downgrade: "deny", changes: [], plan_summary: "" });
    expect(privateOf(instance)).toEqual(privateOf(before));
    expect(calls()).toEqual([]);
  });

  test("adds one to the count, and stores the numbers of its own orders alone", async () => {
    await start();
    const before = await driven.adopt(TYPE, at(600));
    const { instance } = await driven.apply(TYPE, at(300), before);
    expect(instance.state).toMatchObject({
      change_count: 2,
      order_numbers: [driven.simulator.orders[1]?.number],
      pending: [{ from: "600", to: "300", phase: "scheduled" }],
    });
    expect(privateOf(instance)["token"]).toBe(privateOf(before)["token"]);
  });

  test("that only cancels keeps count and numbers of the orders before", async () => {
    await start();
    const before = await driven.adopt(TYPE, at(300));
    const { instance } = await driven.apply(TYPE, at(400), before);
    const { change_count, order_numbers } = before.state ?? {};
    expect(instance.state).toMatchObject({ change_count, order_numbers, pending: [] });
    expect(order_numbers).toHaveLength(1);
  });

  test("refused before its first order: the machine as it is, the settings as planned, the calls before as they were", async () => {
    await start();
    const before = await driven.adopt(TYPE, at(600));
    refuse("ModifyInstanceBandwidth");
    const settings = { on_downgrade: "schedule", max_immediate_charge: 100_000, on_destroy: "cancel_scheduled" };
    const { instance, diagnostics } = await driven.apply(TYPE, at(700, settings), before);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toHaveLength(1);
    const { changes, plan_summary, order_numbers, change_count } = before.state ?? {};
    expect(instance.state).toEqual({
      ...before.state,
      ...settings,
      internet_max_bandwidth_out: 600,
      effective_internet_max_bandwidth_out: 600,
      changes,
      plan_summary,
      order_numbers,
      change_count,
    });
    expect(change_count).toBe(1);
  });

  test("refused after its first order: that one is counted and stored, with the calls that were planned", async () => {
    await start();
    const before = await driven.adopt(TYPE, at(600));
    refuse("ModifyInstanceBandwidth");
    const { plan, instance, diagnostics } = await driven.apply(TYPE, at(700, { instance_type: "c.8c16g" }), before);
    const [, placed] = driven.simulator.orders;
    expect(calls()).toEqual(["ModifyInstanceType c.8c16g", "ModifyInstanceBandwidth 700"]);
    expect(instance.state).toMatchObject({
      instance_type: "c.8c16g",
      effective_instance_type: "c.8c16g",
      internet_max_bandwidth_out: 600,
      change_count: 2,
      order_numbers: [placed?.number],
      // A set: its order is core's.
      changes: expect.arrayContaining(plan.planned?.["changes"] as unknown[]),
      plan_summary: plan.planned?.["plan_summary"],
    });
    expect(instance.state?.["changes"]).toHaveLength(2);
    expect(diagnostics.find(({ severity }) => severity === "error")?.detail).toMatch(
      new RegExp(` \\[ordered:${placed?.number}\\]$`),
    );
  });

  test("whose order cannot be seen remembers it, and sends nothing until it shows", async () => {
    await start({ simulator: { knobs: { unpaidOrders: true } }, provider: { timing: FAST } });
    const before = await driven.adopt(TYPE, at(400));
    const first = await driven.apply(TYPE, at(600), before);
    const [placed] = driven.simulator.orders;
    expect(first.instance.state).toMatchObject({ internet_max_bandwidth_out: 400, change_count: 1 });
    expect(privateOf(first.instance)["open_orders"]).toMatchObject([{ target: 600, order_number: placed?.number }]);
    const second = await driven.apply(TYPE, at(600), first.instance);
    const error = second.diagnostics.find(({ severity }) => severity === "error");
    expect(error?.summary).toContain(`Order ${placed?.number} of `);
    expect(error?.detail).toContain("To forget it: terraform apply -replace=ADDRESS.");
    expect(driven.simulator.orders).toHaveLength(1);
    expect(privateOf(second.instance)["open_orders"]).toEqual(privateOf(first.instance)["open_orders"]);
  });

  test("at another machine's endpoint is not begun while an order is open", async () => {
    await start();
    const before = remembering(await driven.adopt(TYPE, at(400)), 900);
    const seen = privateOf(before)["seen_by"] as object;
    const elsewhere = withPrivate(before, {
      ...privateOf(before),
      seen_by: { ...seen, endpoint: "https://elsewhere.test" },
    });
    const { diagnostics, instance } = await driven.apply(TYPE, at(600), elsewhere);
    expect(diagnostics.map(({ summary }) => summary)).toContainEqual(
      expect.stringMatching(/an order is open at https:\/\/elsewhere\.test, and this would ask/),
    );
    expect(calls()).toEqual([]);
    expect(instance.state).toEqual(before.state);
  });

  test.each([
    ["create", { create: "1ms", update: "1h" }, false],
    ["update", { create: "1h", update: "1ms" }, true],
  ])("timeouts.%s is the time of that operation", async (_name, timeouts, updates) => {
    await start({ simulator: { knobs: { responseDelay: 20 } } });
    const before = updates ? await driven.adopt(TYPE, at(400)) : null;
    const { diagnostics } = await driven.apply(TYPE, at(600, { timeouts }), before);
    expect(diagnostics.find(({ severity }) => severity === "error")?.summary).toContain("the time for this operation");
    expect(calls()).toEqual([]);
  });
});

describe("a value that was not known while planning", () => {
  /** Planned with an unknown bandwidth, applied with a known one. */
  async function applied(bandwidth: number, more: ObjectValue = {}) {
    await start();
    const before = await driven.adopt(TYPE, at(400));
    const plan = await driven.driver.plan(TYPE, { ...at(0, more), internet_max_bandwidth_out: UNKNOWN }, before);
    expect(plan.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    await driven.connect();
    return driven.driver.apply(TYPE, plan, at(bandwidth, more));
  }

  test("is decided and ordered in the apply, and stored with what was called", async () => {
    const { instance, diagnostics } = await applied(600);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(calls()).toEqual(["ModifyInstanceBandwidth 600"]);
    expect(instance.state).toMatchObject({
      internet_max_bandwidth_out: 600,
      change_count: 1,
      plan_summary: "upgrade internet_max_bandwidth_out 400 → 600 Mbps now (charged now)",
    });
    await driven.connect();
    expect((await driven.driver.plan(TYPE, at(600), instance)).action).toBe("no-op");
  });

  test("and turns out to be the present one: nothing is called", async () => {
    const { instance, diagnostics } = await applied(400);
    expect(diagnostics).toEqual([]);
    expect(calls()).toEqual([]);
    expect(instance.state).toMatchObject({ internet_max_bandwidth_out: 400, change_count: 0, changes: [] });
    await driven.connect();
    expect((await driven.driver.plan(TYPE, at(400), instance)).action).toBe("no-op");
  });

  test.each([
    ["a downgrade that is denied", 100, { on_downgrade: "deny" }, /refused by on_downgrade/],
    ["a charge that is not allowed", 600, { max_immediate_charge: 1 }, /refused by max_immediate_charge/],
    ["a value that cannot be", 0, {}, /0 cannot be set/],
  ])(
    "and turns out to be %s: refused in the apply, and nothing is called",
    async (_name, bandwidth, guard, summary) => {
      const { instance, diagnostics } = await applied(bandwidth, guard);
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      expect(errors.map((each) => each.summary)).toEqual([expect.stringMatching(summary)]);
      expect(calls()).toEqual([]);
      expect(instance.state).toMatchObject({ internet_max_bandwidth_out: 400 });
    },
  );
});

describe("an update of a machine that cannot be read", () => {
  test("keeps all that the state knows, and takes over the settings", async () => {
    await start();
    const { state, private: data } = await driven.adopt(TYPE, at(600));
    await driven.connect();
    const plan = await driven.driver.plan(TYPE, at(700, { on_destroy: "cancel_scheduled" }), {
      state,
      private: data,
    });
    driven.simulator.fault({ kind: "error", action: "Describe*", code: "OPERATION_DENIED", times: Infinity });
    const diagnostics = new CollectedDiagnostics();
    const context = await contextOf(diagnostics);
    const result = await updateSpec(
      VM_SPEC,
      { prior: state ?? {}, planned: plan.planned ?? {}, private: privateOf(plan as never) },
      context,
    );
    expect(diagnostics.hasErrors).toBe(true);
    expect(result.state).toEqual({ ...state, on_destroy: "cancel_scheduled" });
    expect(result.private).toMatchObject({ token: privateOf({ state, private: data })["token"], open_orders: [] });
  });
});

test.each(["create", "update"] as const)(
  "%s without a note of its plan is a mistake of ours: what is managed cannot be guessed, and nothing is called",
  async (operation) => {
    await start();
    const changes = [{ step: 1, action: "ModifyInstanceBandwidth", axis: "internet_max_bandwidth_out", to: "600" }];
    const planned = { ...at(600), changes };
    const context = await contextOf(new CollectedDiagnostics());
    for (const notes of [null, { plan: { cancels: [], by: "c" } }]) {
      const applied =
        operation === "create"
          ? createSpec(VM_SPEC, { planned, private: notes }, context)
          : updateSpec(VM_SPEC, { prior: at(400), planned, private: notes }, context);
      await expect(applied).rejects.toThrow("does not say which axes are managed");
    }
    expect(calls()).toEqual([]);
  },
);

/** A call of its own, beside those of the driver. */
async function contextOf(diagnostics: CollectedDiagnostics): Promise<CallContext<Connection>> {
  const provider = createProvider({ env: driven.simulator.env(), timing: FAST, home: "/nonexistent" });
  const [log, { signal }] = [createLogger({}), new AbortController()];
  const data = await provider.configure({}, { diagnostics, log, signal, terraformVersion: "1.11.4" });
  endings.push(() => data.close());
  return { data, diagnostics, log, signal };
}

const CHANGES = [
  {
    step: 1,
    action: "ModifyInstanceBandwidth",
    axis: "internet_max_bandwidth_out",
    from: "400",
    to: "600",
    direction: "upgrade",
    charge: "charged_now",
  },
];
const PLANNED: ObjectValue = at(600, { changes: CHANGES, plan_summary: "upgrade it" });
const NOTE = { plan: { managed: ["internet_max_bandwidth_out"] } };
const FAILURE: Failure = { code: "REFUSED", axis: "instance_type", summary: "It was refused", detail: "Ask." };
const OPEN: OpenOrder = {
  axis: "internet_max_bandwidth_out",
  target: 600,
  orderNumber: "1",
  requestId: null,
  time: "2026-01-15T00:00:00.000Z",
};

/** A connection in memory, whose machines bring back what the test says. */
function connected(result: Partial<ConvergeResult>) {
  const brought = { observation: observation(), orderNumbers: [], modifies: 0, warnings: [], failure: null };
  const ran: unknown[] = [];
  const logged: unknown[] = [];
  const exclusively = (product: string, instanceId: string): Promise<ConvergeResult> => {
    ran.push([product, instanceId]);
    return Promise.resolve({ ...brought, openOrders: [], ...result });
  };
  const describeCustomerBalance = () => Promise.resolve({ accountUid: "8001" });
  const account = new Account("https://zenlayer.test", { kind: "token", token: "t" }, {
    describeCustomerBalance,
  } as never);
  const { client } = new FakeClient({});
  const reconciler = { client, machines: { exclusively }, clock: { monotonic: () => 0 } } as never;
  const data = newConnection({ reconciler, account, close: () => undefined });
  const diagnostics = new CollectedDiagnostics();
  const log = { info: (...line: unknown[]) => logged.push(line) };
  const context = {
    data,
    diagnostics,
    log,
    signal: new AbortController().signal,
  } as unknown as CallContext<Connection>;
  return { context, diagnostics, ran, logged };
}

describe("what an adoption that fails tells", () => {
  const IMPORT = `\n\nimport {\n  to = ${TYPE}.NAME\n  id = "${ID}"\n}`;
  const NOTHING_LOST =
    "\n\nThe resource is not in the state yet; nothing is lost by that, for the truth is read from Zenlayer. " +
    `Best adopt the machine with an import block, then plan again:${IMPORT}`;
  const NOT_REMEMBERED =
    "\n\nThe resource is not in the state, so what was sent is NOT remembered: the next apply would send it again. " +
    "Look into the Zenlayer console first; pay or cancel the order there, or wait until the change shows. " +
    `Then adopt the machine with an import block, and plan again:${IMPORT}`;
  const adopt = (result: Partial<ConvergeResult>) =>
    createSpec(VM_SPEC, { planned: PLANNED, private: NOTE }, connected(result).context);

  test.each<[string, Partial<ConvergeResult>, string]>([
    ["nothing was ordered", {}, `Ask.${NOTHING_LOST}`],
    [
      "one order stands",
      { modifies: 1, orderNumbers: ["1"] },
      `Ask. Placed and standing: order 1. [ordered:1]${NOTHING_LOST}`,
    ],
    [
      "two orders stand",
      { modifies: 2, orderNumbers: ["1", "2"] },
      `Ask. Placed and standing: order 1, order 2. [ordered:1,2]${NOTHING_LOST}`,
    ],
    [
      "an order is open",
      { modifies: 1, orderNumbers: ["1"], openOrders: [OPEN] },
      `Ask. Placed and standing: order 1. [ordered:1]${NOT_REMEMBERED}`,
    ],
  ])("%s", async (_name, result, detail) => {
    await expect(adopt({ failure: FAILURE, ...result })).rejects.toMatchObject({
      summary: "It was refused",
      detail,
      path: ["instance_type"],
    });
  });

  test("a machine that was never seen cannot be adopted, though nothing failed", async () => {
    await expect(adopt({ observation: null })).rejects.toMatchObject({
      summary: `Machine ${ID} could not be read`,
      detail: NOTHING_LOST.trim(),
      path: ["instance_id"],
    });
  });

  test("refused credentials are told whole once; then a line is enough, unless something was sent", async () => {
    const [first, second, third] = refusals();
    await expect(adopt({ failure: first })).rejects.toMatchObject({
      summary: "It was refused",
      detail: `Ask.${NOTHING_LOST}`,
    });
    await expect(adopt({ failure: second })).rejects.toMatchObject({ summary: "Not asked", detail: "" });
    await expect(adopt({ failure: third, modifies: 1, orderNumbers: ["1"] })).rejects.toMatchObject({
      summary: "Not asked",
      detail: `Placed and standing: order 1. [ordered:1]${NOTHING_LOST}`,
    });
  });
});

test("an adoption stores what was promised, and what was observed where nothing was", async () => {
  const { context, ran, logged } = connected({ modifies: 1, orderNumbers: ["1"] });
  const planned = { ...PLANNED, instance_name: "promised", order_numbers: UNKNOWN, instance_status: UNKNOWN };
  const { state } = await createSpec(VM_SPEC, { planned, private: NOTE }, context);
  expect(state).toMatchObject({
    instance_name: "promised",
    zone_id: "SEL-A",
    instance_status: "RUNNING",
    order_numbers: ["1"],
    change_count: 1,
  });
  expect(ran).toEqual([["vm", ID]]);
  expect(logged).toEqual([["applying a specification", { instance_id: ID, plan_summary: "upgrade it" }]]);
});

test("calls that are not known yet are logged as none", async () => {
  const { context, logged } = connected({});
  await createSpec(VM_SPEC, { planned: { ...PLANNED, plan_summary: UNKNOWN }, private: NOTE }, context);
  expect(logged).toEqual([["applying a specification", { instance_id: ID, plan_summary: "" }]]);
});

describe("an update in memory", () => {
  const REMEMBERED = { ...NOTE, token: "t", open_orders: [] };
  const update = (
    prior: ObjectValue,
    planned: ObjectValue,
    { context }: ReturnType<typeof connected>,
    notes = REMEMBERED,
  ) => updateSpec(VM_SPEC, { prior, planned, private: notes }, context);

  test("of which nothing is to be called does not even look at the machine", async () => {
    const connection = connected({});
    const planned = { ...PLANNED, changes: [], plan_summary: "" };
    expect((await update(at(600), planned, connection)).state).toBe(planned);
    expect(connection.ran).toEqual([]);
  });

  test("at another endpoint than that of its open order names the machine", async () => {
    const open = {
      ...REMEMBERED,
      open_orders: [order(600)],
      seen_by: { endpoint: "https://elsewhere.test", key: "k" },
    };
    await expect(update(at(400), PLANNED, connected({}), open as never)).rejects.toMatchObject({
      summary: `Machine ${ID}: an order is open at https://elsewhere.test, and this would ask https://zenlayer.test`,
    });
  });

  test("that ordered nothing, of a state without orders, stores that there is none", async () => {
    const planned = { ...PLANNED, order_numbers: UNKNOWN };
    expect((await update(at(400), planned, connected({}))).state).toMatchObject({ order_numbers: [] });
  });

  test("that failed before the machine was seen keeps the state, and stores what it ordered", async () => {
    const connection = connected({ observation: null, failure: FAILURE, modifies: 1, orderNumbers: ["1"] });
    const { plan_summary: _summary, ...planned } = PLANNED;
    expect((await update(at(400, { change_count: 2 }), planned, connection)).state).toEqual({
      ...at(400),
      changes: CHANGES,
      plan_summary: "",
      order_numbers: ["1"],
      change_count: 3,
      on_downgrade: null,
      max_immediate_charge: null,
      on_destroy: null,
      timeouts: null,
    });
  });

  test("that never saw the machine, though nothing failed, keeps the state and blames nobody", async () => {
    const connection = connected({ observation: null });
    expect((await update(at(400, { change_count: 2 }), PLANNED, connection)).state).toMatchObject({
      internet_max_bandwidth_out: 400,
      order_numbers: [],
      change_count: 2,
    });
    expect(connection.diagnostics.entries).toEqual([]);
  });

  test.each([
    ["OPEN_ORDER", "Ask. To forget it: terraform apply -replace=ADDRESS."],
    ["REFUSED", "Ask."],
  ])("that fails with %s says how to forget an order only where one is open", async (code, words) => {
    const connection = connected({ failure: { ...FAILURE, code } });
    await update(at(400), PLANNED, connection);
    const [told] = connection.diagnostics.entries;
    expect(told?.detail.startsWith(words)).toBe(true);
    expect(told?.detail.includes("-replace")).toBe(code === "OPEN_ORDER");
  });
});

/** Three failures by one refusal of credentials. */
function refusals(): readonly [Failure, Failure, Failure] {
  const gate = createCredentialGate();
  const refused = { errorClass: "config", outcome: "refused", summary: "No.", cure: "Ask.", requestId: "T" } as const;
  gate.enter().ended(new ZenlayerError({ code: "AUTHFAILURE_SIGNATURE_FAILURE", ...refused }));
  const failure = (): Failure => {
    const error = gate.closedBy(false) as ZenlayerError;
    return { ...FAILURE, refusal: { error, brief: "Not asked" } };
  };
  return [failure(), failure(), failure()];
}
