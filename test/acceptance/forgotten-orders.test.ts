// Orders that cannot be seen, where the state cannot or will not remember them: the user is told before one is placed twice.
import type { MachineSpec } from "../../lib/simulator";
import { forgetsUnread } from "../support/abilities";
import { importBlock, resource, told, World } from "../support/world";

const ID = "900000000000000001";
const OTHER = "900000000000000002";
const ADDRESS = "zenlayer_vm_instance_spec.web";

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

function wanted(instanceId: string, bandwidth: number, more: Readonly<Record<string, unknown>> = {}): string {
  return resource("zenlayer_vm_instance_spec", "web", {
    instance_id: instanceId,
    internet_max_bandwidth_out: bandwidth,
    ...more,
  });
}

/** Adopts the machine, then orders an upgrade that stays unpaid and invisible. */
async function leaveAnOpenOrder(): Promise<string> {
  await world.configure(importBlock(ADDRESS, ID) + wanted(ID, 400));
  await world.mustApply();
  world.simulator.knobs.unpaidOrders = true;
  await world.configure(wanted(ID, 600));
  expect((await world.terraform.apply()).exitCode).toBe(1);
  const [order] = world.simulator.orders;
  expect(order).toMatchObject({ state: "unpaid" });
  return order?.number ?? "";
}

test("a first adoption that leaves an unpaid order says that it is not remembered, and the next plan warns of money held back", async () => {
  world.simulator.knobs.unpaidOrders = true;
  await world.configure(wanted(ID, 600));
  const applied = await world.terraform.apply();
  expect(applied.exitCode).toBe(1);
  const [order] = world.simulator.orders;
  const error = applied.errors[0];
  expect(error?.detail).toContain(`order ${order?.number}`);
  expect(error?.detail).toContain("what was sent is NOT remembered");
  expect(error?.detail).toContain(`id = "${ID}"`);
  expect(error?.detail).not.toContain("nothing is lost");
  expect(await world.terraform.attributes(ADDRESS)).toBeNull();
  const next = await world.terraform.plan();
  expect(next.warnings.map((warning) => warning.summary)).toContainEqual(
    `${world.simulator.account.frozen} of the account's balance is held back for pending orders`,
  );
  expect(world.simulator.orders).toHaveLength(1);
});

test("a first adoption that fails without an order still says that nothing is lost", async () => {
  world.simulator.knobs.insufficientBalance = true;
  await world.configure(wanted(ID, 600));
  const applied = await world.terraform.apply();
  expect(applied.errors[0]?.detail).toContain("nothing is lost by that");
  expect(world.simulator.orders).toEqual([]);
});

test("destroying tells of the open order that it forgets, at plan and at apply", async () => {
  const number = await leaveAnOpenOrder();
  const plan = await world.terraform.plan({ args: ["-destroy"] });
  const forgotten = expect.stringMatching(new RegExp(`^Order ${number} of .* is still open and is forgotten now$`));
  expect(plan.warnings.map((warning) => warning.summary)).toContainEqual(forgotten);
  const destroyed = await world.terraform.applyPlan(plan);
  expect(destroyed.exitCode).toBe(0);
  expect(destroyed.warnings.map((warning) => warning.summary)).toContainEqual(forgotten);
});

test("giving the resource another machine tells of the open order too", async () => {
  const number = await leaveAnOpenOrder();
  await world.configure(wanted(OTHER, 400));
  const plan = await world.terraform.plan();
  expect(told(plan)).toContain(`Order ${number} of `);
  expect(plan.changeFor(ADDRESS).change.actions).toEqual(["delete", "create"]);
});

test("a destroy that cancels what is scheduled says so in its plan", async () => {
  await world.configure(importBlock(ADDRESS, ID) + wanted(ID, 100, { on_destroy: "cancel_scheduled" }));
  await world.mustApply();
  const plan = await world.terraform.plan({ args: ["-destroy"] });
  expect(plan.warnings.map((warning) => warning.summary)).toEqual([
    `Forgetting machine ${ID} cancels what is scheduled: internet_max_bandwidth_out`,
  ]);
  expect(plan.warnings[0]?.detail).toContain("stays 400 Mbps instead of going to 100 Mbps");
});

test("a status answer that says nothing is read again, and never as settled", async () => {
  await world.configure(importBlock(ADDRESS, ID) + wanted(ID, 400));
  await world.mustApply();
  world.simulator.knobs.bandwidthLatency = Infinity;
  world.simulator.knobs.describeInstancesLag = 1000;
  world.simulator.changeOutOfBand(ID, { processing: { bandwidth: 600 } });
  const hollow = world.simulator.fault({
    kind: "raw",
    action: "DescribeInstanceInternetStatus",
    status: 200,
    body: '{"requestId":"x","response":{"requestId":"x"}}',
  });
  await world.configure(wanted(ID, 600));
  const plan = await world.terraform.plan();
  expect(hollow.hits).toBe(1);
  expect(told(plan)).toBe("");
  expect(plan.exitCode).toBe(0);
});

test("a package is sent to the digit that the plan shows", async () => {
  const machine = world.simulator.addMachine({
    product: "bmc",
    instanceName: "edge-1",
    instanceChargeType: "PREPAID",
    internetChargeType: "ByTrafficPackage",
    trafficPackageSize: 10,
    expiredTime: "2026-02-01T00:00:00Z",
  });
  await world.configure(
    resource("zenlayer_bmc_traffic_package", "edge", {
      instance_id: machine.instanceId,
      traffic_package_size: 12.349999999,
    }),
  );
  const plan = await world.mustApply();
  expect(plan.changeFor("zenlayer_bmc_traffic_package.edge").change.after?.["changes"]).toMatchObject([
    { to: "12.35" },
  ]);
  expect(world.simulator.writes().map((entry) => entry.body)).toEqual([
    { instanceId: machine.instanceId, trafficPackageSize: 12.35 },
  ]);
});

test("a refusal because of another axis names that axis", async () => {
  await world.configure(importBlock(ADDRESS, ID) + wanted(ID, 400));
  await world.mustApply();
  world.simulator.knobs.planBlocksOtherAxes = true;
  world.simulator.changeOutOfBand(ID, { scheduled: { instanceType: "c.2c4g" } });
  await world.configure(wanted(ID, 600));
  const applied = await world.terraform.apply();
  expect(applied.exitCode).toBe(1);
  expect(applied.errors[0]?.detail).toContain("instance_type c.4c8g, scheduled to change to c.2c4g");
});

test("other credentials never empty a state: with an open order and without, until a removed block forgets both", async () => {
  const number = await leaveAnOpenOrder();
  world.simulator.knobs.unpaidOrders = false;
  const edge = resource("zenlayer_vm_instance_spec", "edge", { instance_id: OTHER });
  await world.configure(wanted(ID, 600) + edge + importBlock("zenlayer_vm_instance_spec.edge", OTHER));
  await world.terraform.apply({ args: ["-target=zenlayer_vm_instance_spec.edge"] });
  const before = await world.terraform.state();
  world.simulator.clearRequests();
  // Another account, which sees none of the machines.
  for (const id of [ID, OTHER]) world.simulator.removeMachine(id);
  world.simulator.account.accountUid = "800000000000000002";
  world.simulator.keys.push({ id: "AKOTHER", password: "other-password" });
  const keys = `provider "zenlayer" {\n  access_key_id = "AKOTHER"\n  access_key_password = "other-password"\n}\n`;
  await world.configure(keys + wanted(ID, 600) + edge);
  for (const args of [["-refresh-only"], [], ["-destroy"], [`-replace=${ADDRESS}`]]) {
    const applied = await world.terraform.apply({ args });
    expect(applied.exitCode).toBe(1);
    const words = told(applied);
    expect(words).toMatch(
      new RegExp(`Machine ${ID} cannot be seen, and an order is still open for it: Order ${number} of`),
    );
    expect(words).toMatch(new RegExp(`Machine ${OTHER} cannot be seen with these credentials: others saw it last`));
    expect(words).toContain("account 800000000000000002");
    expect(await world.terraform.state()).toEqual(before);
  }
  const removed = ["web", "edge"].map(
    (name) => `removed {\n  from = zenlayer_vm_instance_spec.${name}\n  lifecycle {\n    destroy = false\n  }\n}\n`,
  );
  await world.configure(keys + removed.join(""));
  // OpenTofu reads what it is to forget; `state rm`, which our words name as well, reads nothing.
  const forgotten = (await forgetsUnread())
    ? await world.terraform.apply()
    : await world.terraform.run(["state", "rm", ADDRESS, "zenlayer_vm_instance_spec.edge"]);
  expect(forgotten.exitCode).toBe(0);
  expect(await world.terraform.attributes(ADDRESS)).toBeNull();
  expect(world.simulator.writes()).toEqual([]);
});
