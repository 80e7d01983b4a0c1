// Two resources for one machine, with the real Terraform: which plans are of one walk, and in which order, is its own.
import { expectNoChanges } from "../../lib/testing";
import { importBlock, resource, World } from "../support/world";

const VM = { product: "vm", instanceType: "c.4c8g", bandwidth: 100, expiredTime: "2026-01-25T00:00:00Z" } as const;

describe("two resources for one machine", () => {
  const block = (name: string, bandwidth: number): string =>
    resource("zenlayer_vm_instance_spec", name, { instance_id: "1", internet_max_bandwidth_out: bandwidth });
  let world: World;
  beforeEach(async () => {
    world = await World.start({
      simulator: {
        fleet: [
          { ...VM, instanceId: "1" },
          { product: "bmc", instanceId: "2" },
        ],
      },
    });
  });
  afterEach(() => world.stop());

  test.each([
    ["both adopted without import", ""],
    ["one imported, one adopted", importBlock("zenlayer_vm_instance_spec.a", "1")],
    [
      "both imported",
      importBlock("zenlayer_vm_instance_spec.a", "1") + importBlock("zenlayer_vm_instance_spec.b", "1"),
    ],
  ])("%s: refused at plan, at instance_id", async (_name, imports) => {
    await world.configure(imports + block("a", 200) + block("b", 100));
    const plan = await world.terraform.plan();
    expect(plan.errors).toHaveLength(1);
    expect(plan.errors[0]?.summary).toBe("Two zenlayer_vm_instance_spec resources manage machine 1");
    expect(plan.errors[0]?.snippet?.code).toContain("instance_id =");
  });

  test("the two types of a bare-metal machine live side by side", async () => {
    await world.configure(
      resource("zenlayer_bmc_traffic_package", "a", { instance_id: "2", traffic_package_size: 12 }) +
        resource("zenlayer_bmc_bandwidth", "b", { instance_id: "2", internet_max_bandwidth_out: 60 }),
    );
    await world.mustApply();
    expectNoChanges(await world.terraform.plan());
    expect(world.simulator.writes()).toHaveLength(2);
  });

  test("replacing one is not two", async () => {
    await world.configure(importBlock("zenlayer_vm_instance_spec.a", "1") + block("a", 100));
    await world.mustApply();
    const plan = await world.terraform.plan({ args: ["-replace=zenlayer_vm_instance_spec.a"] });
    expect(plan.errors).toEqual([]);
    expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
    expect(world.simulator.writes()).toEqual([]);
  });
});
