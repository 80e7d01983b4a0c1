// Changes that another hand has under way. Across files: a plan never waits for them, an apply does.
import type { ProviderOptions } from "../../../lib/provider";
import { DrivenTable, expectQuiet } from "../../support/driven-table";
import { FAST } from "../../support/world";

const MACHINE = { product: "vm", bandwidth: 400, instanceType: "c.4c8g", processing: { bandwidth: 600 } } as const;
let world: DrivenTable;

async function start(desired: Readonly<Record<string, unknown>>, provider: ProviderOptions = {}): Promise<void> {
  // Whatever is under way goes on until the test ends it.
  world = await DrivenTable.start(
    { web: { machine: MACHINE, desired } },
    { simulator: { knobs: { bandwidthLatency: Infinity } }, provider },
  );
}
afterEach(() => world.stop());

/** Ends what is under way once the apply has looked three times. */
function endDuringApply(end: () => void): void {
  const { requests } = world.simulator;
  const { push } = requests;
  let looks = 0;
  requests.push = (...entries) => {
    const looked = entries.some((entry) => entry.action === "DescribeInstanceInternetStatus");
    if (looked && ++looks === 3) {
      requests.push = push;
      world.simulator.knobs.bandwidthLatency = 10;
      end();
    }
    return push.apply(requests, entries);
  };
}

test("to the wanted value: nothing to do", async () => {
  await start({ internet_max_bandwidth_out: 600 });
  await world.mustApply();
  expectQuiet(await world.plan());
  expect(world.writesOf("web")).toEqual([]);
  expect(world.attributes("web")).toMatchObject({
    internet_max_bandwidth_out: 600,
    effective_internet_max_bandwidth_out: 400,
    pending: [{ from: "400", to: "600", phase: "processing", effective_at: null }],
  });
});

test("to another value: the plan predicts from its target, the apply waits and then sends one call", async () => {
  await start({ internet_max_bandwidth_out: 500 });
  const plan = await world.plan();
  expect(world.stepsOf(plan, "web")).toMatchObject([
    { action: "ModifyInstanceBandwidth", from: "600", to: "500", direction: "downgrade" },
  ]);
  endDuringApply(() => world.simulator.settle());
  expect((await world.applyPlan(plan)).errors).toEqual([]);
  expect(world.writesOf("web")).toEqual(["ModifyInstanceBandwidth 500"]);
  expect(world.attributes("web")).toMatchObject({
    internet_max_bandwidth_out: 500,
    effective_internet_max_bandwidth_out: 600,
  });
  expectQuiet(await world.plan());
});

test("ending elsewhere than it was going: stale, nothing is called", async () => {
  await start({ internet_max_bandwidth_out: 500 }, { timing: FAST });
  const plan = await world.plan();
  endDuringApply(() => world.simulator.changeOutOfBand(world.id("web"), { processing: null }));
  const applied = await world.applyPlan(plan);
  expect(applied.errors[0]?.summary).toMatch(/plan is stale/);
  expect(applied.errors[0]?.detail).toContain("600 Mbps, now from 400 Mbps");
  expect(world.writesOf("web")).toEqual([]);
  const next = await world.plan();
  expect(world.stepsOf(next, "web")).toMatchObject([{ from: "400", to: "500", direction: "upgrade" }]);
});

test("on an axis that is not managed, or not changed: no matter", async () => {
  await start({ instance_type: "c.8c16g" });
  const plan = await world.mustApply();
  expect(world.stepsOf(plan, "web")).toHaveLength(1);
  expect(world.writesOf("web")).toEqual(["ModifyInstanceType c.8c16g"]);
  expectQuiet(await world.plan());
});

test("that never ends: the time for the operation is over, and the message says what was seen", async () => {
  await start({ internet_max_bandwidth_out: 500 });
  world.want("web", { internet_max_bandwidth_out: 500, timeouts: { update: "300ms", create: "300ms" } });
  const applied = await world.apply();
  expect(applied.errors).toHaveLength(1);
  expect(applied.errors[0]?.summary).toContain("the time for this operation is over");
  expect(applied.errors[0]?.detail).toContain("400 Mbps, being changed to 600 Mbps");
  expect(applied.errors[0]?.detail).toContain("timeouts");
  expect(world.writesOf("web")).toEqual([]);
});
