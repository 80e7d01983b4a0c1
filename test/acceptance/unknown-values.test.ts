// Values that only the apply knows, as the real Terraform hands them over. What the apply then decides and refuses: test/provider/apply.test.ts.
import { expectNoChanges } from "../../lib/testing";
import { importBlock, World } from "../support/world";

const ID = "900000000000000001";
const ADDRESS = "zenlayer_vm_instance_spec.web";
let world: World;
beforeEach(async () => {
  world = await World.start({ simulator: { fleet: [{ product: "vm", instanceId: ID, bandwidth: 400 }] } });
});
afterEach(() => world.stop());

const spec = (bandwidth: string): string =>
  `resource "zenlayer_vm_instance_spec" "web" {
  instance_id                = "${ID}"
  internet_max_bandwidth_out = ${bandwidth}
}
`;
const wanted = (value: string): string => `resource "terraform_data" "wanted" {\n  input = ${value}\n}\n`;
const writes = (): readonly string[] => world.simulator.writes().map((entry) => entry.action);

async function adopt(): Promise<void> {
  await world.configure(importBlock(ADDRESS, ID) + spec("400"));
  await world.mustApply();
}

test("a desired value: no charge is shown, and the apply changes what it turns out to be", async () => {
  await adopt();
  await world.configure(wanted("600") + spec("terraform_data.wanted.output"));
  const plan = await world.mustApply();
  expect(plan.warnings.map((each) => each.summary)).toEqual([
    `The calls and charges for machine ${ID} cannot be shown in this plan`,
  ]);
  expect(plan.changeFor(ADDRESS).change.after_unknown).toMatchObject({ changes: true, plan_summary: true });
  expect(writes()).toEqual(["ModifyInstanceBandwidth"]);
  expect(await world.terraform.attributes(ADDRESS)).toMatchObject({
    internet_max_bandwidth_out: 600,
    change_count: 1,
    plan_summary: "upgrade internet_max_bandwidth_out 400 → 600 Mbps now (charged now)",
  });
  expectNoChanges(await world.terraform.plan());
});

test("the provider's endpoint: planned from the state, decided in the apply", async () => {
  await adopt();
  const provider = `provider "zenlayer" {\n  endpoint = terraform_data.endpoint.output\n}
resource "terraform_data" "endpoint" {\n  input = "${world.simulator.endpoint}"\n}\n`;
  world.simulator.clearRequests();
  await world.configure(provider + spec("600"));
  const plan = await world.terraform.plan();
  expect(plan.errors).toEqual([]);
  expect(plan.warnings.map((each) => each.summary)).toEqual([
    `The calls and charges for machine ${ID} cannot be shown in this plan`,
  ]);
  expect(world.simulator.requests).toEqual([]);
  expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
  expect(writes()).toEqual(["ModifyInstanceBandwidth"]);
  expectNoChanges(await world.terraform.plan());
});

test("the provider's endpoint, where Zenlayer has to be asked: an error that says what to do", async () => {
  await world.configure(
    `provider "zenlayer" {\n  endpoint = terraform_data.endpoint.output\n}
resource "terraform_data" "endpoint" {\n  input = "${world.simulator.endpoint}"\n}
data "zenlayer_balance" "now" {\n}\n`,
  );
  const plan = await world.terraform.plan();
  // Terraform puts off a data source only for its own unknown values.
  expect(plan.errors.map((each) => each.summary)).toEqual(["The provider's configuration is not known yet"]);
  expect(plan.errors[0]?.detail).toContain("-target");
});
