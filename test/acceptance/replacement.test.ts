// Replacing a resource with the real Terraform: it forgets and adopts, and sends nothing that its plan did not show.
import type { MachineSpec } from "../../lib/simulator";
import type { CommandResult } from "../../lib/testing";
import { resource, told, World } from "../support/world";

const ID = "900000000000000001";
const OTHER = "900000000000000002";
const ADDRESS = "zenlayer_vm_instance_spec.web";
const TOOLS = "terraform_data.id";

let world: World;

beforeEach(async () => {
  const machine: MachineSpec = {
    product: "vm",
    instanceType: "c.4c8g",
    instanceChargeType: "PREPAID",
    internetChargeType: "ByBandwidth",
    bandwidth: 400,
    expiredTime: "2026-02-01T00:00:00Z",
  };
  world = await World.start({
    simulator: {
      fleet: [
        { ...machine, instanceId: ID, instanceName: "web-1" },
        { ...machine, instanceId: OTHER, instanceName: "web-2" },
      ],
    },
  });
});

afterEach(async () => {
  world.neverBoughtOrReleased();
  await world.stop();
});

type Attributes = Readonly<Record<string, unknown>>;

/** What is wanted of a machine whose id is written down. */
function known(instanceId: string, attributes: Attributes, lifecycle = ""): string {
  return resource("zenlayer_vm_instance_spec", "web", { instance_id: instanceId, ...attributes }, lifecycle);
}

/** The same, with an id that comes through another resource; a new `generation` makes it unknown while planning. */
function through(instanceId: string, generation: number, attributes: Attributes, lifecycle = ""): string {
  return (
    `resource "terraform_data" "id" {\n  input = "${instanceId}"\n  triggers_replace = ${generation}\n}\n` +
    `locals {\n  id = ${TOOLS}.output\n}\n` +
    resource("zenlayer_vm_instance_spec", "web", attributes, `instance_id = local.id\n${lifecycle}`)
  );
}

const CREATE_FIRST = "lifecycle {\n  create_before_destroy = true\n}\n";
const calls = (): readonly string[] => world.simulator.writes().map((entry) => `${entry.action} ${entry.instanceId}`);
const scheduled = (id: string): unknown => world.simulator.machine(id).axes.bandwidth.scheduled?.target;
const warned = (result: CommandResult): readonly string[] => result.warnings.map((warning) => warning.summary);

describe('with on_destroy = "cancel_scheduled" and a downgrade that is scheduled', () => {
  const cancelling = { internet_max_bandwidth_out: 100, on_destroy: "cancel_scheduled" };

  async function schedule(configuration: string): Promise<void> {
    await world.configure(configuration);
    await world.mustApply();
    expect(scheduled(ID)).toBe(100);
    world.simulator.clearRequests();
  }

  describe.each([
    ["", ""],
    [", create_before_destroy", CREATE_FIRST],
  ])("lifecycle%s", (_name, lifecycle) => {
    test("-replace cancels nothing, and the schedule stays", async () => {
      await schedule(known(ID, cancelling, lifecycle));
      const plan = await world.terraform.plan({ args: [`-replace=${ADDRESS}`] });
      const applied = await world.terraform.applyPlan(plan);
      expect(told(applied)).not.toContain("error:");
      expect(calls()).toEqual([]);
      expect(scheduled(ID)).toBe(100);
      expect(warned(applied)).toContainEqual(
        expect.stringContaining(`${ID}: internet_max_bandwidth_out stays scheduled`),
      );
      expect((await world.terraform.plan()).exitCode).toBe(0);
    });

    test("a taint cancels nothing", async () => {
      await schedule(known(ID, cancelling, lifecycle));
      await world.terraform.run(["taint", ADDRESS]);
      const plan = await world.terraform.plan();
      expect(plan.changeFor(ADDRESS).change.actions).toHaveLength(2);
      expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
      expect(calls()).toEqual([]);
      expect(scheduled(ID)).toBe(100);
    });

    test("another machine cancels nothing on the first, and the plan says so", async () => {
      await schedule(known(ID, cancelling, lifecycle));
      await world.configure(known(OTHER, { ...cancelling, internet_max_bandwidth_out: 400 }, lifecycle));
      const plan = await world.terraform.plan();
      expect(warned(plan)).toContainEqual(expect.stringContaining(`${ID}: internet_max_bandwidth_out stays scheduled`));
      expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
      expect(calls()).toEqual([]);
      expect(scheduled(ID)).toBe(100);
    });

    test("an id that is unknown while planning cancels nothing", async () => {
      await schedule(through(ID, 1, cancelling, lifecycle));
      await world.configure(through(ID, 2, cancelling, lifecycle));
      const plan = await world.terraform.plan();
      expect(plan.changeFor(ADDRESS).change.actions).toHaveLength(2);
      expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
      expect(calls()).toEqual([]);
      expect(scheduled(ID)).toBe(100);
    });

    test("in one go, from plan to apply, it is the same", async () => {
      await schedule(known(ID, cancelling, lifecycle));
      expect((await world.terraform.apply({ args: [`-replace=${ADDRESS}`] })).errors).toEqual([]);
      expect(calls()).toEqual([]);
      expect(scheduled(ID)).toBe(100);
    });
  });

  test("create_before_destroy under another configuration of the provider cancels nothing either", async () => {
    const alias = `provider "zenlayer" {\n  alias = "second"\n}\n`;
    await schedule(alias + known(ID, cancelling, CREATE_FIRST));
    const moved = alias + known(ID, cancelling, `provider = zenlayer.second\n${CREATE_FIRST}`);
    await world.configure(moved);
    expect((await world.terraform.apply({ args: [`-replace=${ADDRESS}`] })).errors).toEqual([]);
    expect(calls()).toEqual([]);
    expect(scheduled(ID)).toBe(100);
  });

  test("an object that a replacement left over cancels nothing of what its successor scheduled", async () => {
    await schedule(known(ID, cancelling));
    await leaveOver();
    const applied = await world.terraform.apply();
    expect(applied.errors).toEqual([]);
    expect(calls()).toEqual([]);
    expect(scheduled(ID)).toBe(100);
    expect((await world.terraform.plan()).exitCode).toBe(0);
  });

  /** As if create_before_destroy had made the resource anew, and the old object could not be destroyed. */
  async function leaveOver(): Promise<void> {
    const state = (await world.terraform.state()) as { resources: { type: string; instances: object[] }[] } | null;
    const ours = state?.resources.find(({ type }) => type === "zenlayer_vm_instance_spec");
    ours?.instances.push({ ...ours.instances[0], deposed: "00000001" });
    await world.terraform.write("terraform.tfstate", JSON.stringify(state));
  }

  test("a destroy that failed announces nothing to a later replacement", async () => {
    await schedule(known(ID, cancelling));
    world.simulator.fault({ kind: "error", action: "Cancel*", status: 403, code: "SOME_NEW_CODE", body: "not today" });
    expect((await world.terraform.destroy()).exitCode).toBe(1);
    world.simulator.clearRequests();
    const replaced = await world.terraform.apply({ args: ["-refresh=false", `-replace=${ADDRESS}`] });
    expect(replaced.errors).toEqual([]);
    expect(calls()).toEqual([]);
    expect(scheduled(ID)).toBe(100);
  });

  test("what is scheduled after the destroy's plan is left alone, with a warning", async () => {
    await schedule(known(ID, cancelling));
    const plan = await world.terraform.plan({ args: ["-destroy"] });
    world.simulator.changeOutOfBand(ID, { scheduled: { bandwidth: 200, instanceType: "c.2c4g" } });
    const destroyed = await world.terraform.applyPlan(plan);
    expect(destroyed.errors).toEqual([]);
    expect(calls()).toEqual([]);
    expect(scheduled(ID)).toBe(200);
    expect(warned(destroyed)).toContainEqual(
      expect.stringContaining(`${ID}: instance_type and internet_max_bandwidth_out stay scheduled`),
    );
  });

  test("what a destroy's plan announced is cancelled beside what was scheduled since", async () => {
    await schedule(known(ID, cancelling));
    const plan = await world.terraform.plan({ args: ["-destroy"] });
    world.simulator.changeOutOfBand(ID, { scheduled: { bandwidth: 100, instanceType: "c.2c4g" } });
    const destroyed = await world.terraform.applyPlan(plan);
    expect(destroyed.errors).toEqual([]);
    expect(calls()).toEqual([`CancelInstanceBandwidthDowngrade ${ID}`]);
    expect(warned(destroyed)).toContainEqual(expect.stringContaining(`${ID}: instance_type stays scheduled`));
  });

  test("removing the resource from the configuration is a destroy, and cancels what its plan announced", async () => {
    await schedule(known(ID, cancelling));
    await world.configure(
      resource("zenlayer_vm_instance_spec", "other", { instance_id: OTHER, instance_type: "c.4c8g" }),
    );
    const plan = await world.terraform.plan();
    expect(warned(plan)).toContainEqual(expect.stringContaining("cancels what is scheduled"));
    expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
    expect(calls()).toEqual([`CancelInstanceBandwidthDowngrade ${ID}`]);
  });
});

describe("with an order that is open and cannot be seen", () => {
  const upgrade = { internet_max_bandwidth_out: 600 };

  /** Adopts, then orders an upgrade that stays unpaid and invisible. */
  async function leaveAnOpenOrder(configuration: (attributes: Attributes) => string): Promise<string> {
    await world.configure(configuration({ internet_max_bandwidth_out: 400 }));
    await world.mustApply();
    world.simulator.knobs.unpaidOrders = true;
    await world.configure(configuration(upgrade));
    expect((await world.terraform.apply()).exitCode).toBe(1);
    const [order] = world.simulator.orders;
    expect(order).toMatchObject({ state: "unpaid" });
    world.simulator.clearRequests();
    return order?.number ?? "";
  }

  test("an id that is unknown while planning, and turns out to be the same: nothing is sent again", async () => {
    const number = await leaveAnOpenOrder((attributes) => through(ID, 1, attributes));
    await world.configure(through(ID, 2, upgrade));
    const plan = await world.terraform.plan();
    expect(warned(plan)).toContainEqual(expect.stringContaining(`Order ${number} of `));
    expect(warned(plan)).toContainEqual(expect.stringContaining("cannot be shown in this plan"));
    const applied = await world.terraform.applyPlan(plan);
    expect(applied.errors[0]?.summary).toContain(`Order ${number} of `);
    expect(applied.errors[0]?.summary).toContain("is open: nothing was sent");
    // The old object has gone from the state and the new one never came into it.
    expect(applied.errors[0]?.detail).toContain("NOT remembered");
    expect(calls()).toEqual([]);
    expect(world.simulator.orders).toHaveLength(1);
  });

  test("an id that is unknown while planning, and turns out to be another machine: that one is changed", async () => {
    await leaveAnOpenOrder((attributes) => through(ID, 1, attributes));
    world.simulator.knobs.unpaidOrders = false;
    await world.configure(through(OTHER, 2, upgrade));
    expect((await world.terraform.apply()).errors).toEqual([]);
    expect(calls()).toEqual([`ModifyInstanceBandwidth ${OTHER}`]);
  });

  test("once paid, it does not stand in the way of the resource that took its place", async () => {
    const number = await leaveAnOpenOrder((attributes) => through(ID, 1, attributes));
    await world.configure(through(ID, 2, upgrade));
    const plan = await world.terraform.plan();
    world.simulator.payOrder(number);
    world.simulator.settle();
    expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
    expect(calls()).toEqual([]);
    expect((await world.terraform.plan()).exitCode).toBe(0);
  });

  test.each([
    ["-replace", "", ["-replace=zenlayer_vm_instance_spec.web"]],
    ["create_before_destroy and -replace", CREATE_FIRST, ["-replace=zenlayer_vm_instance_spec.web"]],
  ])("%s forgets it and orders again: the plan promises nothing else", async (_name, lifecycle, args) => {
    const number = await leaveAnOpenOrder((attributes) => known(ID, attributes, lifecycle));
    world.simulator.knobs.unpaidOrders = false;
    const plan = await world.terraform.plan({ args });
    const warning = plan.warnings.find((each) => each.summary.includes(`Order ${number} of `));
    expect(warning?.detail).toMatch(/replac.*forgets.*orders again/is);
    expect(plan.changeFor(ADDRESS).change.after?.["changes"]).toMatchObject([{ action: "ModifyInstanceBandwidth" }]);
    const applied = await world.terraform.applyPlan(plan);
    expect(applied.errors).toEqual([]);
    expect(calls()).toEqual([`ModifyInstanceBandwidth ${ID}`]);
    expect(warned(applied)).toContainEqual(expect.stringMatching(new RegExp(`^Order ${number} of .* forgotten`)));
  });

  test("create_before_destroy and an id that is unknown while planning: no message promises that nothing is sent", async () => {
    const number = await leaveAnOpenOrder((attributes) => through(ID, 1, attributes, CREATE_FIRST));
    world.simulator.knobs.unpaidOrders = false;
    await world.configure(through(ID, 2, upgrade, CREATE_FIRST));
    const plan = await world.terraform.plan();
    const warning = plan.warnings.find((each) => each.summary.includes(`Order ${number} of `));
    expect(warning?.detail).toContain("create_before_destroy");
    expect(told(plan)).not.toMatch(/an apply sends nothing|nothing is sent/i);
  });

  test("the hint with -replace says that it orders again", async () => {
    await leaveAnOpenOrder((attributes) => known(ID, attributes));
    const applied = await world.terraform.apply();
    expect(applied.errors[0]?.detail).toMatch(/-replace=ADDRESS.*orders again/s);
    expect(calls()).toEqual([]);
  });

  test("another machine forgets it, and the plan says forgotten", async () => {
    const number = await leaveAnOpenOrder((attributes) => known(ID, attributes));
    await world.configure(known(OTHER, { internet_max_bandwidth_out: 400 }));
    const plan = await world.terraform.plan();
    expect(warned(plan)).toContainEqual(expect.stringMatching(new RegExp(`^Order ${number} of .* is forgotten`)));
    expect(told(plan)).not.toContain("sends nothing");
  });
});
