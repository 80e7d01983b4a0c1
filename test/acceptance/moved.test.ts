// Machines that leave the official provider by a `moved` block, from a state that it wrote.
import { VmInstanceSpec } from "../../lib";
import { expectChanges, expectNoChanges, expectSuccess } from "../../lib/testing";
import { registryHost } from "../support/abilities";
import { useStack } from "../support/stack";
import { told, World } from "../support/world";
import { zenlayercloudProvider } from "../support/zenlayercloud-provider";

const [VM, BMC] = ["900000000000000001", "900000000000000002"];

let world: World;
let source: string;
beforeAll(async () => {
  source = `provider["${await registryHost()}/zenlayer/zenlayercloud"]`;
});
beforeEach(async () => {
  world = await World.start({
    // Terraform wants the provider that wrote the state, if only for its schema.
    foreign: [zenlayercloudProvider({})],
    simulator: {
      fleet: [
        { instanceId: VM, instanceName: "web", bandwidth: 400 },
        { product: "bmc", instanceId: BMC, internetChargeType: "ByTrafficPackage", trafficPackageSize: 10 },
      ],
    },
  });
  const instance = (type: string, name: string, attributes: object) => ({
    ...{ mode: "managed", type, name, provider: source },
    instances: [{ schema_version: 0, attributes, sensitive_attributes: [[{ type: "get_attr", value: "password" }]] }],
  });
  const resources = [
    instance("zenlayercloud_zvm_instance", "web", { id: VM, instance_name: "web", password: "a-secret-word" }),
    instance("zenlayercloud_bmc_instance", "edge", { id: BMC, traffic_package_size: 10, password: "a-secret-word" }),
  ];
  const state = { version: 4, terraform_version: "1.7.0", serial: 1, lineage: "l", outputs: {}, resources };
  await world.terraform.write("terraform.tfstate", JSON.stringify(state));
});
afterEach(async () => {
  expect(world.simulator.requests.filter(({ action }) => /Terminate|Release|CreateInstances/.test(action))).toEqual([]);
  await world.stop();
});

test("both kinds are adopted by their ids, with what is to change in the plan, and nothing of their secrets", async () => {
  await world.configure(`
moved {
  from = zenlayercloud_zvm_instance.web
  to   = zenlayer_vm_instance_spec.web
}
resource "zenlayer_vm_instance_spec" "web" {
  instance_id                = "${VM}"
  internet_max_bandwidth_out = 600
}
moved {
  from = zenlayercloud_bmc_instance.edge
  to   = zenlayer_bmc_traffic_package.edge
}
resource "zenlayer_bmc_traffic_package" "edge" {
  instance_id          = "${BMC}"
  traffic_package_size = 10
}
`);
  const plan = await world.terraform.plan();
  expectChanges(plan, { "zenlayer_vm_instance_spec.web": ["update"] });
  expect(plan.changeFor("zenlayer_vm_instance_spec.web").change).toMatchObject({
    before: { internet_max_bandwidth_out: 400, instance_name: "web" },
    after: { plan_summary: "upgrade internet_max_bandwidth_out 400 → 600 Mbps now (charged now)" },
  });
  const unread = await world.terraform.plan({ args: ["-refresh=false"] });
  expect(told(unread)).toContain(`Machine ${VM} was moved here and has not been read yet`);
  expectSuccess(await world.terraform.applyPlan(plan));
  expectNoChanges(await world.terraform.plan());
  const state = JSON.stringify(await world.terraform.state());
  expect(state).not.toMatch(/a-secret-word|zenlayercloud/);
});

test("by renamedFrom of a construct, whose import block then has nothing to do", async () => {
  const build = (from: string | null) =>
    useStack(world, (stack) => {
      const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 400 });
      if (from !== null) web.renamedFrom(from);
    });
  await build("zenlayercloud_zvm_instance.web");
  // The other machine is let go of, in the only way that touches nothing.
  await world.terraform.run(["state", "rm", "zenlayercloud_bmc_instance.edge"]);
  const plan = await world.terraform.plan();
  expect(plan.resourceChanges).toMatchObject([
    { previous_address: "zenlayercloud_zvm_instance.web", change: { actions: ["no-op"] } },
  ]);
  expectSuccess(await world.terraform.applyPlan(plan));
  await build(null);
  expectNoChanges(await world.terraform.plan());
});

test("into the resource of the other product: refused, and the state stays", async () => {
  await world.configure(`
moved {
  from = zenlayercloud_bmc_instance.edge
  to   = zenlayer_vm_instance_spec.edge
}
resource "zenlayer_vm_instance_spec" "edge" {
  instance_id = "${BMC}"
}
`);
  // Applied without being shown: OpenTofu cannot show a plan that failed here.
  const refused = await world.terraform.apply();
  expect(refused.exitCode).toBe(1);
  expect(told(refused)).toMatch(
    /A zenlayercloud_bmc_instance of \S+ cannot become a zenlayer_vm_instance_spec\n.*zenlayercloud_zvm_instance and zenlayercloud_instance/,
  );
});
