// Destroying with the real Terraform: it forgets. On request it cancels what is scheduled; a machine is never touched.
import { WantedWorld } from "../support/wanted";

const MACHINE = { product: "vm", instanceType: "c.4c8g", bandwidth: 400 } as const;
let world: WantedWorld;
afterEach(() => world.stop());

async function adopt(desired: Readonly<Record<string, unknown>>): Promise<void> {
  world = await WantedWorld.start({ web: { machine: MACHINE, desired } });
  await world.world.mustApply();
  world.simulator.clearRequests();
}

const writes = (): readonly string[] => world.simulator.writes().map((entry) => `${entry.action} ${entry.instanceId}`);

test("destroying forgets: nothing is called, not even read", async () => {
  await adopt({ internet_max_bandwidth_out: 100 });
  expect((await world.terraform.destroy({ args: ["-refresh=false"] })).errors).toEqual([]);
  expect(world.simulator.requests).toEqual([]);
  expect(world.simulator.machine(world.id("web")).axes.bandwidth.scheduled?.target).toBe(100);
});

test('with on_destroy = "cancel_scheduled" cancels what is scheduled, and nothing else', async () => {
  await adopt({ internet_max_bandwidth_out: 100, instance_type: "c.2c4g", on_destroy: "cancel_scheduled" });
  expect((await world.terraform.destroy()).errors).toEqual([]);
  expect([...writes()].sort()).toEqual([
    `CancelInstanceBandwidthDowngrade ${world.id("web")}`,
    `CancelInstanceDowngrade ${world.id("web")}`,
  ]);
  expect(world.simulator.machine(world.id("web"))).toMatchObject({ bandwidth: 400, instanceType: "c.4c8g" });
  expect(await world.attributes("web")).toBeNull();
});

test("with cancel_scheduled and nothing scheduled, or the machine gone: forgets", async () => {
  await adopt({ internet_max_bandwidth_out: 400, on_destroy: "cancel_scheduled" });
  world.simulator.removeMachine(world.id("web"));
  expect((await world.terraform.destroy({ args: ["-refresh=false"] })).errors).toEqual([]);
  expect(writes()).toEqual([]);
});

test("with cancel_scheduled and a refused cancel: an error, and the resource stays in the state", async () => {
  await adopt({ internet_max_bandwidth_out: 100, on_destroy: "cancel_scheduled" });
  world.simulator.fault({ kind: "error", action: "Cancel*", status: 403, code: "SOME_NEW_CODE", body: "not today" });
  const refused = await world.terraform.destroy();
  expect(refused.errors[0]?.detail).toContain("not today");
  expect(await world.attributes("web")).not.toBeNull();
  expect((await world.terraform.destroy()).errors).toEqual([]);
  expect(await world.attributes("web")).toBeNull();
});

test("with cancel_scheduled in a read-only provider: an error, nothing is called", async () => {
  await adopt({ internet_max_bandwidth_out: 100, on_destroy: "cancel_scheduled" });
  await world.setPrefix(`provider "zenlayer" {\n  read_only = true\n}`);
  const refused = await world.terraform.destroy();
  expect(refused.errors[0]?.detail).toContain("[guard:read_only]");
  expect(writes()).toEqual([]);
});
