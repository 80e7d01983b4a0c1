// `ignore_changes` with the real Terraform: apply is given the configuration unfiltered, and must go by the plan all the same.
import { resource, told, World } from "../support/world";

const ID = "900000000000000001";
const ADDRESS = "zenlayer_vm_instance_spec.web";

let world: World;

beforeEach(async () => {
  world = await World.start({
    simulator: {
      fleet: [
        {
          product: "vm",
          instanceId: ID,
          instanceName: "web-1",
          instanceType: "c.4c8g",
          instanceChargeType: "PREPAID",
          internetChargeType: "ByBandwidth",
          bandwidth: 400,
          expiredTime: "2026-02-15T00:00:00Z",
        },
      ],
    },
  });
});

afterEach(async () => {
  world.neverBoughtOrReleased();
  await world.stop();
});

type Attributes = Readonly<Record<string, unknown>>;

async function want(attributes: Attributes, ignored: string): Promise<void> {
  const lifecycle = ignored === "" ? "" : `lifecycle {\n  ignore_changes = ${ignored}\n}\n`;
  await world.configure(resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, ...attributes }, lifecycle));
}

async function adopt(attributes: Attributes): Promise<void> {
  await want(attributes, "");
  await world.mustApply();
  world.simulator.clearRequests();
}

const calls = (): readonly string[] => world.simulator.writes().map((entry) => entry.action);

test("an ignored axis that drifted stays as it is while another one is changed", async () => {
  await adopt({ instance_type: "c.4c8g", internet_max_bandwidth_out: 400 });
  world.simulator.changeOutOfBand(ID, { bandwidth: 500 });
  await want({ instance_type: "c.8c16g", internet_max_bandwidth_out: 400 }, "[internet_max_bandwidth_out]");
  const applied = await world.terraform.apply();
  expect(told(applied)).not.toContain("error:");
  expect(calls()).toEqual(["ModifyInstanceType"]);
  expect(world.simulator.machine(ID)).toMatchObject({ bandwidth: 500, instanceType: "c.8c16g" });
  expect((await world.terraform.plan()).exitCode).toBe(0);
});

test("ignore_changes = all plans nothing and sends nothing, however the configuration reads", async () => {
  await adopt({ instance_type: "c.4c8g", internet_max_bandwidth_out: 400 });
  await want({ instance_type: "c.2c4g", internet_max_bandwidth_out: 900 }, "all");
  expect((await world.terraform.plan()).exitCode).toBe(0);
  expect((await world.terraform.apply()).errors).toEqual([]);
  expect(calls()).toEqual([]);
});

test("an axis that is not managed may move between plan and apply", async () => {
  await adopt({ instance_type: "c.4c8g" });
  await want({ instance_type: "c.8c16g" }, "");
  const plan = await world.terraform.plan();
  world.simulator.changeOutOfBand(ID, { bandwidth: 500 });
  expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
  expect(calls()).toEqual(["ModifyInstanceType"]);
});

test("an axis that the configuration gave up holds neither at plan nor at apply", async () => {
  await adopt({ instance_type: "c.4c8g", internet_max_bandwidth_out: 400 });
  await want({ instance_type: "c.8c16g" }, "[max_immediate_charge]");
  const plan = await world.terraform.plan();
  world.simulator.changeOutOfBand(ID, { bandwidth: 500 });
  expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
  expect(calls()).toEqual(["ModifyInstanceType"]);
});

test("an ignored limit is the one in the state, at apply as at plan", async () => {
  await adopt({ internet_max_bandwidth_out: 400, max_immediate_charge: 400 });
  world.simulator.knobs.discount = 1;
  await want({ internet_max_bandwidth_out: 600, max_immediate_charge: 100_000 }, "[max_immediate_charge]");
  const plan = await world.terraform.plan();
  expect(plan.changeFor(ADDRESS).change.after).toMatchObject({ max_immediate_charge: 400 });
  // The price rises beyond the limit of the plan and stays below the one that is ignored.
  world.simulator.knobs.discount = 95;
  const applied = await world.terraform.applyPlan(plan);
  expect(applied.errors[0]?.summary).toContain("max_immediate_charge = 400");
  expect(calls()).toEqual([]);
});

test("an ignored on_downgrade is the one in the state", async () => {
  await adopt({ internet_max_bandwidth_out: 400, on_downgrade: "deny" });
  await want({ internet_max_bandwidth_out: 100, on_downgrade: "schedule" }, "[on_downgrade]");
  const applied = await world.terraform.apply();
  expect(applied.errors[0]?.summary).toContain('on_downgrade = "deny"');
  expect(calls()).toEqual([]);
});

test("ignored timeouts are those in the state", async () => {
  const timeouts = (update: string): string => `timeouts {\n  update = "${update}"\n}\n`;
  const block = (bandwidth: number, update: string): string =>
    resource(
      "zenlayer_vm_instance_spec",
      "web",
      { instance_id: ID, internet_max_bandwidth_out: bandwidth },
      `${timeouts(update)}lifecycle {\n  ignore_changes = [timeouts]\n}\n`,
    );
  await world.configure(block(400, "1s"));
  await world.mustApply();
  world.simulator.knobs.bandwidthLatency = Infinity;
  await world.configure(block(600, "3h"));
  const applied = await world.terraform.apply();
  expect(applied.errors[0]?.summary).toContain("the time for this operation is over");
});

describe("after an update that failed", () => {
  test("the settings stand in the state as planned, so that the next plan is empty once the machine is right", async () => {
    await adopt({ internet_max_bandwidth_out: 400, max_immediate_charge: 100 });
    world.simulator.fault({ kind: "error", action: "Modify*", status: 403, code: "SOME_NEW_CODE", body: "not today" });
    const settings = { max_immediate_charge: 100_000, on_downgrade: "deny", on_destroy: "cancel_scheduled" };
    await want({ internet_max_bandwidth_out: 600, ...settings }, "");
    expect((await world.terraform.apply()).exitCode).toBe(1);
    expect(await world.terraform.attributes(ADDRESS)).toMatchObject({ ...settings, internet_max_bandwidth_out: 400 });
    world.simulator.changeOutOfBand(ID, { bandwidth: 600 });
    expect((await world.terraform.plan()).exitCode).toBe(0);
  });

  test("also when the machine could not be read", async () => {
    await adopt({ internet_max_bandwidth_out: 400 });
    await want({ internet_max_bandwidth_out: 600, on_destroy: "cancel_scheduled" }, "");
    const plan = await world.terraform.plan();
    // The second plan of the apply can still read it.
    const lost = world.simulator.fault({
      kind: "error",
      action: "Describe*Status",
      status: 403,
      code: "UNAUTHORIZED_OPERATION",
      skip: 2,
      times: 1_000,
    });
    expect((await world.terraform.applyPlan(plan)).exitCode).toBe(1);
    expect(lost.hits).toBeGreaterThan(0);
    world.simulator.clearFaults();
    expect(await world.terraform.attributes(ADDRESS)).toMatchObject({ on_destroy: "cancel_scheduled" });
    world.simulator.changeOutOfBand(ID, { bandwidth: 600 });
    expect((await world.terraform.plan()).exitCode).toBe(0);
  });
});
