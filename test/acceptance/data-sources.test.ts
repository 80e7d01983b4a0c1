// Data sources with the real Terraform: what one gives leads a plan, and what it refuses stands in the configuration. What each gives: test/provider/data-sources.
import { sampleFleet } from "../../lib/simulator";
import type { Plan } from "../../lib/testing";
import { data, World } from "../support/world";

let world: World;
beforeEach(async () => {
  world = await World.start({ simulator: { fleet: sampleFleet() } });
});
afterEach(() => world.stop());

async function planOf(text: string): Promise<Plan> {
  await world.configure(text);
  return world.terraform.plan();
}

test("a machine found by its name is known in the plan", async () => {
  const plan = await planOf(
    data("zenlayer_vm_instance", "by_name", { instance_name: "vm-one" }) +
      `output "type" {\n  value = data.zenlayer_vm_instance.by_name.instance_type\n}`,
  );
  expect(plan.errors).toEqual([]);
  expect(plan.json?.output_changes?.["type"]?.after).toBe("c.4c8g");
});

test("the machines of a list can be managed by for_each", async () => {
  const plan = await planOf(
    data("zenlayer_vm_instances", "all", { instance_charge_type: "POSTPAID" }) +
      `resource "zenlayer_vm_instance_spec" "each" {
for_each                   = toset(data.zenlayer_vm_instances.all.ids)
instance_id                = each.key
internet_max_bandwidth_out = 60
}`,
  );
  expect(plan.errors).toEqual([]);
  expect(plan.changes.map((change) => change.address)).toEqual([
    'zenlayer_vm_instance_spec.each["900000000000000004"]',
  ]);
});

test("an error stands at the attribute, in validation and in a plan", async () => {
  const plan = await planOf(data("zenlayer_vm_instance", "it", { instance_name: "vm-" }));
  expect(plan.errors).toHaveLength(1);
  expect(plan.errors[0]?.snippet?.code).toContain("instance_name =");
  await world.configure(data("zenlayer_vm_spec_quote", "it", { instance_id: "1", internet_max_bandwidth_out: -1 }));
  const { valid, diagnostics } = await world.terraform.validate();
  expect(valid).toBe(false);
  expect(diagnostics.filter((each) => each.severity === "error")).toHaveLength(1);
});
