// What the adoption guide says of import blocks that a user writes: guards beside them, a wrong id, and generated configuration.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expectNoChanges } from "../../lib/testing";
import type { MachineSpec } from "../../lib/simulator";
import { importBlock, resource, told, World } from "../support/world";

const [ID, OTHER] = ["900000000000000001", "900000000000000002"];
const WEB = "zenlayer_vm_instance_spec.web";
const IMPORT = `import {\n  to = ${WEB}\n  id = "${ID}"\n}\n`;
const PROVIDER = 'provider "zenlayer" {}\n';

let world: World;

beforeEach(async () => {
  const fleet = [
    { instanceId: ID, bandwidth: 0 },
    { instanceId: OTHER, bandwidth: 100 },
  ];
  world = await World.start({ simulator: { fleet } });
});
afterEach(() => world.stop());

const writes = (): number => world.simulator.writes().length;

test.each<readonly [string, Readonly<Record<string, unknown>>]>([
  ["on_downgrade", { on_downgrade: "deny" }],
  ["max_immediate_charge", { max_immediate_charge: 500 }],
  ["on_destroy", { on_destroy: "cancel_scheduled" }],
])("%s makes an adoption an update in place, which sends nothing", async (guard, attributes) => {
  const desired = { instance_id: ID, instance_type: world.simulator.machine(ID).instanceType };
  await world.configure(
    PROVIDER + IMPORT + resource("zenlayer_vm_instance_spec", "web", { ...desired, ...attributes }),
  );
  const plan = await world.mustApply();
  const { change } = plan.changeFor(WEB);
  expect(change).toMatchObject({
    actions: ["update"],
    before: { [guard]: null },
    after: { ...attributes, changes: [] },
  });
  expect(writes()).toBe(0);
  expectNoChanges(await world.terraform.plan());
});

test("an import block of another machine forgets that one and adopts the named one, and touches neither", async () => {
  const desired = { instance_id: OTHER, internet_max_bandwidth_out: 100 };
  await world.configure(PROVIDER + IMPORT + resource("zenlayer_vm_instance_spec", "web", desired));
  const plan = await world.mustApply();
  expect(plan.changeFor(WEB).change).toMatchObject({
    actions: ["delete", "create"],
    before: { instance_id: ID },
    after: { instance_id: OTHER },
  });
  expect(writes()).toBe(0);
  world.neverBoughtOrReleased();
});

/** Every kind of machine, by the resource that manages it. */
const KINDS: Readonly<Record<string, readonly MachineSpec[]>> = {
  zenlayer_vm_instance_spec: [
    { bandwidth: 0 },
    { bandwidth: 0, scheduled: { bandwidth: 100 } },
    { bandwidth: 100, instanceChargeType: "POSTPAID", expiredTime: null },
    { internetChargeType: "ByTrafficPackage", trafficPackageSize: 2.123456 },
    { internetChargeType: "ByClusterBandwidth95" },
    { instanceType: "c.8c16g", scheduled: { instanceType: "c.4c8g" }, autoRenew: false },
    { bandwidth: 100, processing: { bandwidth: 200 } },
  ],
  zenlayer_bmc_bandwidth: [
    { product: "bmc", bandwidth: 0 },
    { product: "bmc", bandwidth: 100 },
    { product: "bmc", internetChargeType: "ByTrafficPackage", trafficPackageSize: 5 },
  ],
  zenlayer_bmc_traffic_package: [
    { product: "bmc", internetChargeType: "ByTrafficPackage", trafficPackageSize: 12.350000000000001 },
  ],
};

test("generated configuration of every kind of machine plans quietly", async () => {
  world.simulator.knobs.bandwidthLatency = Infinity;
  const imports = Object.entries(KINDS).flatMap(([type, machines]) =>
    machines.map((spec, index) => {
      const { instanceId } = world.simulator.addMachine(spec);
      return importBlock(`${type}.m${index}`, instanceId);
    }),
  );
  await world.configure(PROVIDER + imports.join(""));
  const first = await world.terraform.plan({ args: ["-generate-config-out=generated.tf"] });
  expect(first.errors).toEqual([]);
  const generated = await readFile(join(world.terraform.directory, "generated.tf"), "utf8");
  expect(generated.match(/^ *internet_max_bandwidth_out *= 0$/gm)).toHaveLength(2);
  expect((await world.terraform.applyPlan(first)).errors).toEqual([]);
  expectNoChanges(await world.terraform.plan());
  expect(writes()).toBe(0);
});

test("without a provider block, Terraform adds a second error to missing credentials; with an empty one it does not", async () => {
  await world.stop();
  world = await World.start({ env: { ZENLAYERCLOUD_ACCESS_KEY_ID: "", ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: "" } });
  const web = resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: 100 });
  await world.configure(web);
  const without = told(await world.terraform.plan());
  await world.configure(PROVIDER + web);
  const within = told(await world.terraform.plan());
  for (const text of [without, within]) expect(text).toContain("No credentials for Zenlayer were found");
  expect(without).toContain("requires explicit configuration");
  expect(within).not.toContain("requires explicit configuration");
});
