// A clock of the machine that is set while an apply waits: neither hangs a wait nor ends a grace period, and nothing is ordered twice.
import { systemClock, type Clock } from "../../lib/api";
import { FAST, importBlock, PATIENT, resource, told, World } from "../support/world";

const ID = "900000000000000001";
const MINUTE = 60_000;

/** Wall time jumps as soon as a change is sent; durations go on as they do. */
function jumping(by: number, hasSent: () => boolean): Clock {
  return { ...systemClock, now: () => Date.now() + (hasSent() ? by : 0) };
}

async function started(by: number, timing = PATIENT): Promise<World> {
  const sent: { world: World | null } = { world: null };
  const world = await World.start({
    simulator: {
      fleet: [{ product: "vm", instanceId: ID, instanceName: "web", bandwidth: 100 }],
      knobs: { readLag: 3, bandwidthLatency: 300 },
    },
    provider: { timing, clock: jumping(by, () => (sent.world?.simulator.writes().length ?? 0) > 0) },
  });
  sent.world = world;
  await world.configure(
    importBlock("zenlayer_vm_instance_spec.web", ID) +
      resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: 200 }),
  );
  return world;
}

test.each([
  ["four minutes back", -4 * MINUTE],
  ["two minutes forward", 2 * MINUTE],
])("the clock is set %s after the order, while reads lag behind: the change is seen to its end", async (_what, by) => {
  const world = await started(by);
  try {
    const began = performance.now();
    await world.mustApply();
    expect(performance.now() - began).toBeLessThan(30_000);
    expect((await world.terraform.plan()).exitCode).toBe(0);
    expect(world.simulator.writes()).toHaveLength(1);
    expect(world.simulator.orders).toHaveLength(1);
  } finally {
    await world.stop();
  }
});

test("set an hour back, so that Zenlayer takes no signature any more, the wait ends with that reason and the order's number", async () => {
  const world = await started(-60 * MINUTE, FAST);
  try {
    const applied = await world.terraform.applyPlan(await world.terraform.plan());
    expect(applied.exitCode).toBe(1);
    expect(told(applied)).toContain("clock is more than five minutes off");
    expect(told(applied)).toContain(world.simulator.orders[0]?.number);
    expect(world.simulator.writes()).toHaveLength(1);
  } finally {
    await world.stop();
  }
});
