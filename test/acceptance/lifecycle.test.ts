// A resource from adoption to replacement, with the real Terraform: most of it calls nothing.
import { expectChanges, expectNoChanges } from "../../lib/testing";
import { data, importBlock, resource, World } from "../support/world";

const TYPE = "zenlayer_vm_instance_spec";
const ADDRESS = `${TYPE}.web`;
const ID = "900000000000000001";
const OTHER = "900000000000000002";
const METAL = "900000000000000003";

let world: World;
beforeEach(async () => {
  world = await World.start({
    simulator: {
      fleet: [
        { product: "vm", instanceId: ID, instanceName: "web-1", bandwidth: 400 },
        { product: "vm", instanceId: OTHER, instanceName: "web-2", bandwidth: 300 },
        { product: "bmc", instanceId: METAL, instanceName: "metal", trafficPackageSize: 10 },
      ],
      account: { cash: 1_000_000 },
    },
  });
});
afterEach(async () => {
  world.neverBoughtOrReleased();
  await world.stop();
});

const web = (attributes: Readonly<Record<string, unknown>>, more = ""): string =>
  resource(TYPE, "web", { instance_id: ID, ...attributes }, more);
const writes = (): readonly string[] => world.simulator.writes().map((entry) => `${entry.action} ${entry.instanceId}`);

async function adopt(attributes: Readonly<Record<string, unknown>> = { internet_max_bandwidth_out: 400 }, more = "") {
  await world.configure(importBlock(ADDRESS, ID) + web(attributes, more));
  await world.mustApply();
  world.simulator.clearRequests();
}

describe("adopting", () => {
  test("by terraform import", async () => {
    await world.configure(web({ internet_max_bandwidth_out: 400 }));
    const imported = await world.terraform.import(ADDRESS, ID);
    expect(imported.exitCode).toBe(0);
    expectNoChanges(await world.terraform.plan());
    expect(await world.terraform.attributes(ADDRESS)).toMatchObject({
      id: ID,
      internet_max_bandwidth_out: 400,
      instance_type: "c.4c8g",
      plan_summary: "",
      changes: [],
      order_numbers: [],
      change_count: 0,
    });
    expect(writes()).toEqual([]);
  });

  test("by terraform import of a machine that does not exist", async () => {
    await world.configure(web({}));
    const imported = await world.terraform.import(ADDRESS, "77");
    expect(imported.exitCode).toBe(1);
    expect(imported.stderr).toContain("No virtual machine 77");
  });

  test("without import: the machine is read, and its calls are shown", async () => {
    await world.configure(web({ internet_max_bandwidth_out: 600 }));
    const plan = await world.terraform.plan();
    expectChanges(plan, { [ADDRESS]: ["create"] });
    expect(plan.changeFor(ADDRESS).change.after).toMatchObject({
      plan_summary: "upgrade internet_max_bandwidth_out 400 → 600 Mbps now (charged now)",
      zone_id: "SEL-A",
    });
    expect(plan.changeFor(ADDRESS).change.after_unknown).toMatchObject({ change_count: true });
    expect(plan.warnings).toHaveLength(1);
    expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
    expect(writes()).toEqual([`ModifyInstanceBandwidth ${ID}`]);
    expectNoChanges(await world.terraform.plan());
  });

  test("without import and as it is: nothing is called", async () => {
    await world.configure(web({ internet_max_bandwidth_out: 400 }));
    const plan = await world.mustApply();
    expect(plan.changeFor(ADDRESS).change.after).toMatchObject({ changes: [], plan_summary: "", change_count: 0 });
    expect(writes()).toEqual([]);
    expectNoChanges(await world.terraform.plan());
  });

  test("without import, of a machine with a scheduled downgrade to the wanted value: nothing is called", async () => {
    world.simulator.changeOutOfBand(ID, { scheduled: { bandwidth: 100 } });
    await world.configure(web({ internet_max_bandwidth_out: 100 }));
    await world.mustApply();
    expect(writes()).toEqual([]);
    expect(await world.terraform.attributes(ADDRESS)).toMatchObject({ pending: [{ to: "100", phase: "scheduled" }] });
    expectNoChanges(await world.terraform.plan());
  });

  test("whose id only apply knows: said so in the plan, decided and guarded in the apply", async () => {
    const unknown = (limit: string): string =>
      `resource "terraform_data" "id" {\n  input = "${ID}"\n}
resource "${TYPE}" "web" {
  instance_id                = terraform_data.id.output
  internet_max_bandwidth_out = 600
  ${limit}
}`;
    await world.configure(unknown("max_immediate_charge = 1"));
    const plan = await world.terraform.plan();
    expect(plan.warnings.map((each) => each.summary)).toEqual([
      expect.stringContaining("cannot be shown in this plan"),
    ]);
    const refused = await world.terraform.applyPlan(plan);
    expect(refused.errors[0]?.detail).toContain("[guard:max_immediate_charge]");
    expect(writes()).toEqual([]);
    await world.configure(unknown(""));
    expect((await world.terraform.apply()).errors).toEqual([]);
    expect(writes()).toEqual([`ModifyInstanceBandwidth ${ID}`]);
  });
});

describe("what is no change of the machine calls nothing", () => {
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["a guard", { internet_max_bandwidth_out: 400, max_immediate_charge: 5, on_downgrade: "deny" }, ""],
    ["on_destroy", { internet_max_bandwidth_out: 400, on_destroy: "cancel_scheduled" }, ""],
    ["timeouts", { internet_max_bandwidth_out: 400 }, `  timeouts {\n    update = "2h"\n  }\n`],
  ])("an edited %s", async (_name, attributes, more) => {
    await adopt();
    await world.configure(web(attributes, more));
    const plan = await world.mustApply();
    expectChanges(plan, { [ADDRESS]: ["update"] });
    const { after, after_unknown } = plan.changeFor(ADDRESS).change;
    expect(after).toMatchObject({ changes: [], plan_summary: "", change_count: 0 });
    expect(Object.values(after_unknown).filter((value) => value === true)).toEqual([]);
    expect(writes()).toEqual([]);
    expectNoChanges(await world.terraform.plan());
  });

  test("a value that is no longer managed shows no difference, whatever becomes of it", async () => {
    await adopt({ internet_max_bandwidth_out: 400, instance_type: "c.4c8g" });
    await world.configure(web({ instance_type: "c.4c8g" }));
    expectNoChanges(await world.terraform.plan());
    world.simulator.changeOutOfBand(ID, { bandwidth: 250 });
    const plan = await world.terraform.plan();
    expectNoChanges(plan);
    expect(plan.changeFor(ADDRESS).change.after).toMatchObject({ internet_max_bandwidth_out: 250 });
    expect(writes()).toEqual([]);
  });

  test("nothing managed at all is allowed", async () => {
    await adopt({});
    expectNoChanges(await world.terraform.plan());
  });

  test("a package within a millionth keeps its spelling", async () => {
    const metal = (size: string): string =>
      `resource "zenlayer_bmc_traffic_package" "metal" {\n  instance_id          = "${METAL}"\n  traffic_package_size = ${size}\n}`;
    await world.configure(importBlock("zenlayer_bmc_traffic_package.metal", METAL) + metal("10.0"));
    await world.mustApply();
    world.simulator.changeOutOfBand(METAL, { trafficPackageSize: 10.0000004 });
    const plan = await world.terraform.plan();
    expectNoChanges(plan);
    expect(plan.drift.filter((each) => each.change.actions.includes("update"))).toEqual([]);
    await world.configure(metal("20 / 2"));
    expectNoChanges(await world.terraform.plan());
    await world.configure(metal("0.1 * 3 * 50"));
    const up = await world.mustApply();
    expect(up.changeFor("zenlayer_bmc_traffic_package.metal").change.after).toMatchObject({ changes: [{ to: "15" }] });
    expectNoChanges(await world.terraform.plan());
  });

  test("a moved block", async () => {
    await adopt();
    await world.configure(
      `moved {\n  from = ${ADDRESS}\n  to   = ${TYPE}.renamed\n}\n` +
        resource(TYPE, "renamed", { instance_id: ID, internet_max_bandwidth_out: 400 }),
    );
    const plan = await world.mustApply();
    expect(plan.changes).toEqual([]);
    expect(await world.terraform.attributes(`${TYPE}.renamed`)).not.toBeNull();
    expectNoChanges(await world.terraform.plan());
    expect(writes()).toEqual([]);
  });

  test("a renamed resource without a moved block: forgotten and adopted", async () => {
    await adopt();
    await world.configure(resource(TYPE, "renamed", { instance_id: ID, internet_max_bandwidth_out: 400 }));
    expectChanges(await world.mustApply(), { [ADDRESS]: ["delete"], [`${TYPE}.renamed`]: ["create"] });
    expectNoChanges(await world.terraform.plan());
    expect(writes()).toEqual([]);
  });
});

describe("refreshing", () => {
  test("plan -refresh-only finds no drift where there is none", async () => {
    await adopt();
    const plan = await world.terraform.plan({ args: ["-refresh-only"] });
    expect(plan.exitCode).toBe(0);
    expect(plan.drift).toEqual([]);
  });

  test("plan -refresh-only finds none after a change and after a scheduled one", async () => {
    await adopt({ internet_max_bandwidth_out: 600, instance_type: "c.2c4g" });
    const plan = await world.terraform.plan({ args: ["-refresh-only"] });
    expect(plan.exitCode).toBe(0);
  });

  test("apply -refresh-only takes over what another hand did", async () => {
    await adopt();
    world.simulator.changeOutOfBand(ID, { bandwidth: 300 });
    expect((await world.terraform.plan({ args: ["-refresh-only"] })).exitCode).toBe(2);
    expect((await world.terraform.apply({ args: ["-refresh-only"] })).errors).toEqual([]);
    expect(await world.terraform.attributes(ADDRESS)).toMatchObject({ internet_max_bandwidth_out: 300 });
    expect(writes()).toEqual([]);
  });
});

describe("another machine", () => {
  test("a new instance_id forgets one machine and adopts the other", async () => {
    await adopt();
    await world.configure(resource(TYPE, "web", { instance_id: OTHER, internet_max_bandwidth_out: 300 }));
    const plan = await world.mustApply();
    expectChanges(plan, { [ADDRESS]: ["delete", "create"] });
    expect(plan.changeFor(ADDRESS).change.replace_paths).toEqual([["instance_id"]]);
    expect(writes()).toEqual([]);
    expect(await world.terraform.attributes(ADDRESS)).toMatchObject({ id: OTHER, instance_name: "web-2" });
    expectNoChanges(await world.terraform.plan());
  });

  test("two resources may swap their machines", async () => {
    const pair = (a: string, b: string): string =>
      resource(TYPE, "a", { instance_id: a }) + resource(TYPE, "b", { instance_id: b });
    await world.configure(pair(ID, OTHER));
    await world.mustApply();
    await world.configure(pair(OTHER, ID));
    await world.mustApply();
    expectNoChanges(await world.terraform.plan());
    expect(writes()).toEqual([]);
  });

  test("-replace forgets and adopts the same machine, and keeps its scheduled downgrade", async () => {
    await adopt({ internet_max_bandwidth_out: 100 });
    const plan = await world.terraform.plan({ args: [`-replace=${ADDRESS}`] });
    expectChanges(plan, { [ADDRESS]: ["delete", "create"] });
    expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
    expect(writes()).toEqual([]);
    expect(world.simulator.machine(ID).axes.bandwidth.scheduled?.target).toBe(100);
    expectNoChanges(await world.terraform.plan());
  });
});

test("an id from a data source works at plan, with import block and all", async () => {
  await world.configure(
    data("zenlayer_vm_instance", "web", { instance_name: "web-1" }) +
      `import {\n  to = ${ADDRESS}\n  id = data.zenlayer_vm_instance.web.id\n}
resource "${TYPE}" "web" {
  instance_id                = data.zenlayer_vm_instance.web.id
  internet_max_bandwidth_out = 600
}`,
  );
  const plan = await world.mustApply();
  expectChanges(plan, { [ADDRESS]: ["import", "update"] });
  expectNoChanges(await world.terraform.plan());
});
