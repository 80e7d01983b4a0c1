// The data sources with the real Terraform: machines, catalogue and balance.
import { sampleFleet } from "../../lib/simulator";
import { resourcesOf, type JsonObject, type Plan } from "../../lib/testing";
import { data, World } from "../support/world";

let world: World;
afterEach(() => world.stop());

/** What a data source gave in a plan. */
function read(plan: Plan, address: string): JsonObject {
  const found = resourcesOf({ values: plan.json?.prior_state?.values ?? {} }).find((each) => each.address === address);
  if (found === undefined)
    throw new Error(`${address} was not read: ${plan.errors.map((each) => each.summary).join("; ")}`);
  return found.values;
}

async function planOf(text: string): Promise<Plan> {
  await world.configure(text);
  return world.terraform.plan();
}

describe("with the sample fleet", () => {
  beforeEach(async () => {
    world = await World.start({ simulator: { fleet: sampleFleet() } });
  });

  test("one machine, by id or by its exact name", async () => {
    world.simulator.changeOutOfBand("900000000000000001", { scheduled: { bandwidth: 50 } });
    const plan = await planOf(
      data("zenlayer_vm_instance", "by_id", { instance_id: "900000000000000001" }) +
        data("zenlayer_vm_instance", "by_name", { instance_name: "vm-one" }) +
        data("zenlayer_bmc_instance", "metal", { instance_name: "bm-one" }) +
        `output "type" {\n  value = data.zenlayer_vm_instance.by_name.instance_type\n}`,
    );
    expect(plan.errors).toEqual([]);
    const machine = read(plan, "data.zenlayer_vm_instance.by_id");
    expect(machine).toMatchObject({
      id: "900000000000000001",
      instance_name: "vm-one",
      instance_status: "RUNNING",
      instance_type: "c.4c8g",
      internet_max_bandwidth_out: 50,
      effective_internet_max_bandwidth_out: 100,
      traffic_package_size: null,
      pending: [{ axis: "internet_max_bandwidth_out", from: "100", to: "50", phase: "scheduled" }],
      zone_id: "SEL-A",
      instance_charge_type: "PREPAID",
      internet_charge_type: "ByBandwidth",
      auto_renew: true,
      tags: { env: "test" },
    });
    expect(read(plan, "data.zenlayer_vm_instance.by_name")).toEqual(machine);
    expect(read(plan, "data.zenlayer_bmc_instance.metal")).toMatchObject({
      instance_id: "900000000000000002",
      instance_type: "MDE",
      internet_max_bandwidth_out: 50,
      traffic_package_size: 10,
      effective_traffic_package_size: 10,
    });
    expect(plan.json?.output_changes?.["type"]?.after).toBe("c.4c8g");
  });

  test("lists with filters", async () => {
    world.simulator.changeOutOfBand("900000000000000008", { instanceStatus: "RECYCLE" });
    const plan = await planOf(
      data("zenlayer_vm_instances", "all", {}) +
        data("zenlayer_vm_instances", "named", { name_pattern: "vm-p*" }) +
        data("zenlayer_vm_instances", "tagged", { tags: { env: "test" } }) +
        data("zenlayer_vm_instances", "postpaid", { instance_charge_type: "POSTPAID", zone_id: "SEL-A" }) +
        data("zenlayer_vm_instances", "nowhere", { zone_id: "SAO-A" }) +
        data("zenlayer_bmc_instances", "metal", { internet_charge_type: "ByBandwidth" }),
    );
    expect(plan.errors).toEqual([]);
    const ids = (name: string): unknown => (read(plan, name)["ids"] as string[]).map((id) => id.slice(-1));
    expect(ids("data.zenlayer_vm_instances.all")).toEqual(["1", "3", "4"]);
    expect(ids("data.zenlayer_vm_instances.named")).toEqual(["3", "4"]);
    expect(ids("data.zenlayer_vm_instances.tagged")).toEqual(["1"]);
    expect(ids("data.zenlayer_vm_instances.postpaid")).toEqual(["4"]);
    expect(ids("data.zenlayer_vm_instances.nowhere")).toEqual([]);
    expect(ids("data.zenlayer_bmc_instances.metal")).toEqual(["5", "6"]);
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

  test("the types on sale in a zone", async () => {
    const plan = await planOf(data("zenlayer_vm_instance_types", "all", { zone_id: "SEL-A" }));
    const types = read(plan, "data.zenlayer_vm_instance_types.all");
    expect(types["ids"]).toContain("c.4c8g");
    expect(types["instance_types"]).toContainEqual({
      instance_type: "c.4c8g",
      instance_type_name: "Compute Optimized 4C8G",
      cpu_count: 4,
      memory: 8,
      bandwidth_limit: 1500,
      internet_charge_types: expect.arrayContaining(["ByBandwidth"]),
    });
  });

  test("the balance", async () => {
    Object.assign(world.simulator.account, { cash: 70, credit: 30 });
    const plan = await planOf(data("zenlayer_balance", "now", {}));
    expect(read(plan, "data.zenlayer_balance.now")).toMatchObject({
      cash_balance: 70,
      credit_value: 30,
      purchasing_power: 100,
    });
  });

  test.each([
    ["zenlayer_vm_instance", { instance_id: "1" }, /^No virtual machine 1/, "instance_id"],
    ["zenlayer_vm_instance", { instance_id: "900000000000000002" }, /^No virtual machine 9/, "instance_id"],
    ["zenlayer_vm_instance", { instance_name: "vm-" }, /^No virtual machine is named "vm-"/, "instance_name"],
    ["zenlayer_bmc_instance", { instance_name: "*" }, /^No bare-metal machine is named "\*"/, "instance_name"],
    ["zenlayer_vm_instance_types", { zone_id: "MOON-A" }, /does not know this zone/, "zone_id"],
  ])("%s %j: one clear error at the attribute", async (type, attributes, summary, attribute) => {
    const plan = await planOf(data(type, "it", attributes));
    expect(plan.errors).toHaveLength(1);
    expect(plan.errors[0]?.summary).toMatch(summary);
    expect(plan.errors[0]?.snippet?.code).toContain(`${attribute} =`);
  });

  test.each([
    ["zenlayer_vm_instance", {}],
    ["zenlayer_vm_instance", { instance_id: "1", instance_name: "a" }],
    ["zenlayer_vm_instance_types", { zone_id: "SEL-A", instance_charge_type: "SOMETIMES" }],
    ["zenlayer_vm_spec_quote", { instance_id: "1", internet_max_bandwidth_out: -1 }],
    ["zenlayer_bmc_traffic_package_quote", { instance_id: "1", traffic_package_size: 0.07 }],
  ])("%s %j is refused by terraform validate", async (type, attributes) => {
    await world.configure(data(type, "it", attributes));
    const { valid, diagnostics } = await world.terraform.validate();
    expect(valid).toBe(false);
    expect(diagnostics.filter((each) => each.severity === "error")).toHaveLength(1);
  });

  test.each([
    ["zenlayer_balance", {}, "DescribeCustomerBalance"],
    ["zenlayer_vm_instance", { instance_id: "900000000000000001" }, "DescribeInstances"],
    ["zenlayer_vm_instances", {}, "DescribeInstances"],
    ["zenlayer_vm_instance_types", { zone_id: "SEL-A" }, "DescribeZoneInstanceConfigInfos"],
  ])("%s without permission: an error that names the action", async (type, attributes, action) => {
    Object.assign(world.simulator.keys[0] ?? {}, { deniedActions: [action] });
    const plan = await planOf(data(type, "it", attributes));
    expect(plan.errors).toHaveLength(1);
    expect(`${plan.errors[0]?.summary} ${plan.errors[0]?.detail}`).toMatch(
      new RegExp(`may not perform this action.*${action}.*AUTHFAILURE_UNAUTHORIZED_OPERATION`, "s"),
    );
  });
});

test("two machines of one name: an error that lists them", async () => {
  world = await World.start({
    simulator: {
      fleet: [
        { product: "vm", instanceId: "11", instanceName: "twin" },
        { product: "vm", instanceId: "12", instanceName: "twin" },
      ],
    },
  });
  const plan = await planOf(data("zenlayer_vm_instance", "it", { instance_name: "twin" }));
  expect(plan.errors[0]?.summary).toBe('2 virtual machines are named "twin"');
  expect(plan.errors[0]?.detail).toContain("11, 12");
});
