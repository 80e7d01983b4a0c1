// Destroying forgets. On request it cancels the scheduled downgrades that its own plan announced, and nothing else; a machine is never touched.
import type { ObjectValue } from "../../lib/plugin";
import { UNKNOWN } from "../../lib/plugin";
import type { TestInstance, TestPlan, TestResult } from "../../lib/plugin/testing";
import { privateOf, withPrivate } from "../support/credentials";
import { Driven, type DrivenOptions } from "../support/driven";
import { SAMPLE_ID as ID, SAMPLE_VM } from "../support/sample-vm";

const TYPE = "zenlayer_vm_instance_spec";
const OTHER = "900000000000000002";
const CANCEL = `CancelInstanceBandwidthDowngrade ${ID}`;

let driven: Driven;
const start = async (options: DrivenOptions = {}): Promise<void> => {
  const fleet = [SAMPLE_VM, { ...SAMPLE_VM, instanceId: OTHER, instanceName: "web-2" }];
  driven = await Driven.start({ ...options, simulator: { fleet, ...options.simulator } });
};
beforeEach(() => start());
afterEach(() => driven.stop());

/** With a downgrade from 400 to 100 Mbps that is scheduled. */
const scheduling = (more: ObjectValue = {}): ObjectValue => ({
  instance_id: ID,
  internet_max_bandwidth_out: 100,
  on_destroy: "cancel_scheduled",
  ...more,
});
const scheduledTo = (id: string): unknown => driven.simulator.machine(id).axes.bandwidth.scheduled?.target;
const writes = (): readonly string[] =>
  driven.simulator.writes().map(({ action, instanceId }) => `${action} ${instanceId}`);
const summaries = ({ diagnostics }: TestResult | TestPlan): readonly string[] =>
  diagnostics.map(({ summary }) => summary);

async function destroyPlan(instance: TestInstance): Promise<TestPlan> {
  await driven.connect();
  const plan = await driven.driver.plan(TYPE, null, (await driven.driver.read(TYPE, instance)).instance);
  await driven.connect();
  return plan;
}
async function destroy(instance: TestInstance): Promise<TestResult> {
  return driven.driver.apply(TYPE, await destroyPlan(instance));
}

test.each([
  ["nothing is said of it", null],
  ["it is asked to", "forget"],
])("it forgets where %s: nothing is called, not even read, and what is scheduled stays", async (_name, on_destroy) => {
  const instance = await driven.adopt(TYPE, scheduling({ on_destroy }));
  const plan = await driven.driver.plan(TYPE, null, instance);
  await driven.connect();
  const { instance: after, diagnostics } = await driven.driver.apply(TYPE, plan);
  expect(after.state).toBeNull();
  expect(diagnostics).toEqual([]);
  expect(driven.simulator.requests).toEqual([]);
  expect(scheduledTo(ID)).toBe(100);
});

describe('with on_destroy = "cancel_scheduled"', () => {
  test("it cancels what is scheduled, each at its axis, and nothing else", async () => {
    const instance = await driven.adopt(TYPE, scheduling({ instance_type: "c.2c4g" }));
    const { instance: after, diagnostics } = await destroy(instance);
    expect(diagnostics).toEqual([]);
    expect(after.state).toBeNull();
    expect([...writes()].sort()).toEqual([CANCEL, `CancelInstanceDowngrade ${ID}`]);
    expect(driven.simulator.machine(ID)).toMatchObject({ bandwidth: 400, instanceType: "c.4c8g" });
    expect(scheduledTo(ID)).toBeUndefined();
  });

  test.each([
    ["nothing is scheduled", 400, () => undefined],
    ["the machine has gone", 100, () => driven.simulator.removeMachine(ID)],
    ["the machine is in the recycle bin", 100, () => recycle()],
  ])("it forgets where %s", async (_name, bandwidth, before) => {
    const instance = await driven.adopt(TYPE, scheduling({ internet_max_bandwidth_out: bandwidth }));
    const plan = await destroyPlan(instance);
    before();
    const { instance: after, diagnostics } = await driven.driver.apply(TYPE, plan);
    expect([after.state, diagnostics, writes()]).toEqual([null, [], []]);
  });

  test("a refused cancel is an error, the resource stays, and the next destroy cancels it", async () => {
    const instance = await driven.adopt(TYPE, scheduling());
    driven.simulator.fault({ kind: "error", action: "Cancel*", status: 403, code: "SOME_NEW_CODE", body: "not today" });
    const refused = await destroy(instance);
    expect(refused.diagnostics[0]?.severity).toBe("error");
    expect(refused.diagnostics[0]?.detail).toContain("not today");
    expect(refused.instance.state).toEqual(instance.state);
    expect((await destroy(refused.instance)).instance.state).toBeNull();
    expect(writes()).toEqual([CANCEL, CANCEL]);
  });

  test("a cancel that does not show in time is an error that names the cancel", async () => {
    const instance = await driven.adopt(TYPE, scheduling({ timeouts: { delete: "50ms" } }));
    driven.simulator.knobs.cancelReadLag = 1_000_000;
    const { instance: after, diagnostics } = await destroy(instance);
    expect(diagnostics[0]?.severity).toBe("error");
    expect(`${diagnostics[0]?.summary} ${diagnostics[0]?.detail}`).toContain("CancelInstanceBandwidthDowngrade");
    expect(after.state).toEqual(instance.state);
    expect(writes()).toEqual([CANCEL]);
  });

  test("somebody was faster: forgotten, with a warning", async () => {
    const plan = await destroyPlan(await driven.adopt(TYPE, scheduling()));
    driven.simulator.fault({
      kind: "error",
      action: "Cancel*",
      executed: true,
      status: 403,
      code: "OPERATION_DENIED_DOWNGRADE_NOT_EXIST",
    });
    const result = await driven.driver.apply(TYPE, plan);
    expect(result.instance.state).toBeNull();
    expect(summaries(result)).toEqual([expect.stringContaining("was gone already")]);
    expect(result.diagnostics[0]).toMatchObject({ severity: "warning", path: ["internet_max_bandwidth_out"] });
  });
});

describe("what no plan announced is left alone", () => {
  test("scheduled since the plan, to another value: not the one that was shown", async () => {
    const plan = await destroyPlan(await driven.adopt(TYPE, scheduling()));
    driven.simulator.changeOutOfBand(ID, { scheduled: { bandwidth: 200 } });
    const result = await driven.driver.apply(TYPE, plan);
    expect(result.instance.state).toBeNull();
    expect(summaries(result)).toEqual([`Machine ${ID}: internet_max_bandwidth_out stays scheduled`]);
    expect([writes(), scheduledTo(ID)]).toEqual([[], 200]);
  });

  test("scheduled from another value in force: going back to it was never shown", async () => {
    const plan = await destroyPlan(await driven.adopt(TYPE, scheduling()));
    driven.simulator.changeOutOfBand(ID, { bandwidth: 300, scheduled: { bandwidth: 100 } });
    const result = await driven.driver.apply(TYPE, plan);
    expect(summaries(result)).toEqual([`Machine ${ID}: internet_max_bandwidth_out stays scheduled`]);
    expect([writes(), scheduledTo(ID)]).toEqual([[], 100]);
  });

  test("scheduled since the plan on another axis, beside what it announced", async () => {
    const plan = await destroyPlan(await driven.adopt(TYPE, scheduling()));
    driven.simulator.changeOutOfBand(ID, { scheduled: { bandwidth: 100, instanceType: "c.2c4g" } });
    const result = await driven.driver.apply(TYPE, plan);
    expect(summaries(result)).toEqual([`Machine ${ID}: instance_type stays scheduled`]);
    expect(writes()).toEqual([CANCEL]);
  });

  test("by another machine that takes the place: the first keeps what is scheduled", async () => {
    const instance = await driven.adopt(TYPE, scheduling());
    const result = await driven.apply(
      TYPE,
      scheduling({ instance_id: OTHER, internet_max_bandwidth_out: 400 }),
      instance,
    );
    expect(result.plan.action).toBe("replace");
    expect(summaries(result)).toEqual([`Machine ${ID}: internet_max_bandwidth_out stays scheduled`]);
    expect(result.instance.state).toMatchObject({ instance_id: OTHER });
    expect([writes(), scheduledTo(ID)]).toEqual([[], 100]);
  });

  test("by a destroy that the apply planned itself: nobody has seen it", async () => {
    const instance = await driven.adopt(TYPE, scheduling());
    await driven.connect();
    const plan = await driven.driver.plan(TYPE, null, instance);
    // The same connection: as core does with what a replacement left over.
    const result = await driven.driver.apply(TYPE, plan);
    expect(result.instance.state).toBeNull();
    expect(summaries(result)).toEqual([`Machine ${ID}: internet_max_bandwidth_out stays scheduled`]);
    expect(writes()).toEqual([]);
  });
});

describe("a plan of an older version, which left no note", () => {
  const old = (plan: TestPlan): TestPlan => {
    const { plan: _note, ...remembered } = privateOf(plan as never);
    return { ...plan, private: Buffer.from(JSON.stringify(remembered)) };
  };

  test("with something scheduled: an error, nothing is called and nothing forgotten", async () => {
    const instance = await driven.adopt(TYPE, scheduling());
    const result = await driven.driver.apply(TYPE, old(await destroyPlan(instance)));
    expect(result.diagnostics).toMatchObject([
      {
        severity: "error",
        summary: `Machine ${ID}: the plan does not say which scheduled downgrades it cancels`,
        detail: expect.stringContaining("Nothing was called and nothing was forgotten"),
      },
    ]);
    expect(result.instance.state).toEqual(instance.state);
    expect(writes()).toEqual([]);
  });

  test.each([
    ["with nothing scheduled", { internet_max_bandwidth_out: 400 }],
    ["with no cancel wanted", { on_destroy: "forget" }],
  ])("%s: forgets", async (_name, more) => {
    const instance = await driven.adopt(TYPE, scheduling(more));
    const result = await driven.driver.apply(TYPE, old(await destroyPlan(instance)));
    expect([result.instance.state, result.diagnostics, writes()]).toEqual([null, [], []]);
  });
});

describe("where the machine cannot be looked at", () => {
  const blind = (): void =>
    void driven.simulator.fault({ kind: "error", action: "Describe*", code: "OPERATION_DENIED", times: Infinity });

  test("with a cancel announced: an error, and the resource stays", async () => {
    const instance = await driven.adopt(TYPE, scheduling());
    const plan = await destroyPlan(instance);
    blind();
    const result = await driven.driver.apply(TYPE, plan);
    expect(result.diagnostics).toMatchObject([
      { severity: "error", summary: expect.stringContaining("cannot be read") },
    ]);
    expect(result.instance.state).toEqual(instance.state);
    expect(writes()).toEqual([]);
  });

  test("with nothing announced: forgotten, and said that it was not looked at", async () => {
    const plan = await destroyPlan(await driven.adopt(TYPE, scheduling({ internet_max_bandwidth_out: 400 })));
    blind();
    const result = await driven.driver.apply(TYPE, plan);
    expect(result.instance.state).toBeNull();
    expect(summaries(result)).toEqual([`Machine ${ID} could not be looked at before it was forgotten`]);
    expect(result.diagnostics[0]?.severity).toBe("warning");
  });
});

describe("an open order", () => {
  const open = (instance: TestInstance): TestInstance => {
    const order = {
      axis: "internet_max_bandwidth_out",
      target: 900,
      order_number: "1",
      request_id: null,
      time: "then",
    };
    return withPrivate(instance, { ...privateOf(instance), open_orders: [order] });
  };

  test("that is forgotten is told of at plan and at apply, whatever on_destroy says", async () => {
    for (const on_destroy of ["forget", "cancel_scheduled"]) {
      const config = scheduling({ internet_max_bandwidth_out: 400, on_destroy });
      const plan = await destroyPlan(open(await driven.adopt(TYPE, config)));
      const forgotten = `Order 1 of then for machine ${ID} is still open and is forgotten now`;
      expect(summaries(plan)).toEqual([forgotten]);
      const result = await driven.driver.apply(TYPE, plan);
      expect(summaries(result)).toEqual([forgotten]);
      expect(result.instance.state).toBeNull();
    }
  });

  test("passes on to what takes the place of a machine that is not known yet, and says that it may", async () => {
    const instance = open(await driven.adopt(TYPE, scheduling({ internet_max_bandwidth_out: 400, on_destroy: null })));
    const config = { instance_id: UNKNOWN, internet_max_bandwidth_out: 900 };
    const plan = await driven.driver.plan(TYPE, config, instance);
    await driven.connect();
    const result = await driven.driver.apply(TYPE, plan, { ...config, instance_id: ID });
    expect(summaries(result)[0]).toBe(`Order 1 of then for machine ${ID} is still open for internet_max_bandwidth_out`);
    expect(summaries(result)).toContainEqual(expect.stringMatching(/^Order 1 of then is open: nothing was sent$/));
    expect(writes()).toEqual([]);
  });
});

test("a read-only provider cancels nothing: an error, and the resource stays", async () => {
  const instance = await driven.adopt(TYPE, scheduling());
  const plan = await destroyPlan(instance);
  await driven.connect({ read_only: true });
  const result = await driven.driver.apply(TYPE, plan);
  expect(result.diagnostics[0]?.severity).toBe("error");
  expect(result.diagnostics[0]?.detail).toContain("[guard:read_only]");
  expect(result.instance.state).toEqual(instance.state);
  expect(writes()).toEqual([]);
});

function recycle(): void {
  driven.simulator.changeOutOfBand(ID, { instanceStatus: "RECYCLE" });
}
