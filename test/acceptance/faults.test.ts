// Faults with the real Terraform: what the user reads, what is in the state and its private part, what the next plan says, how many orders exist.
import { expectNoChanges, type CommandResult, type Plan } from "../../lib/testing";
import { SAMPLE_ID as ID, SAMPLE_VM } from "../support/sample-vm";
import { importBlock, resource, World } from "../support/world";

const ADDRESS = "zenlayer_vm_instance_spec.web";
const MODIFY = { action: "ModifyInstanceBandwidth" };

let world: World;

beforeEach(async () => {
  world = await World.start({ simulator: { fleet: [SAMPLE_VM] } });
});

afterEach(async () => {
  world.neverBoughtOrReleased();
  await world.stop();
});

function configuration(bandwidth: number, attributes: Readonly<Record<string, unknown>> = {}, more = ""): string {
  return resource(
    "zenlayer_vm_instance_spec",
    "web",
    { instance_id: ID, internet_max_bandwidth_out: bandwidth, ...attributes },
    more,
  );
}

/** Adopts the machine at 400 Mbps, then plans 600. */
async function planUpgrade(attributes: Readonly<Record<string, unknown>> = {}, more = ""): Promise<Plan> {
  await world.configure(importBlock(ADDRESS, ID) + configuration(400, attributes, more));
  await world.mustApply();
  world.simulator.clearRequests();
  await world.configure(configuration(600, attributes, more));
  return world.terraform.plan();
}

/** What the provider keeps beside the attributes. */
async function openOrders(): Promise<readonly unknown[]> {
  const state = (await world.terraform.state()) as unknown as {
    readonly resources: readonly { readonly instances: readonly { readonly private: string }[] }[];
  };
  const kept = Buffer.from(state.resources[0]?.instances[0]?.private ?? "", "base64").toString("utf8");
  return (JSON.parse(kept) as { readonly open_orders: readonly unknown[] }).open_orders;
}

function errorOf(result: CommandResult): { readonly summary: string; readonly detail: string } {
  expect(result.exitCode).toBe(1);
  expect(result.errors).toHaveLength(1);
  return { summary: result.errors[0]?.summary ?? "", detail: result.errors[0]?.detail ?? "" };
}

const writes = (): readonly string[] => world.simulator.writes().map((entry) => entry.action);
const orders = (): readonly string[] => world.simulator.orders.map((order) => order.state);

test("a change whose answer was lost is adopted, and the next plan is empty", async () => {
  const plan = await planUpgrade();
  world.simulator.fault({ kind: "reset_after", ...MODIFY });
  const applied = await world.terraform.applyPlan(plan);
  expect(applied.exitCode).toBe(0);
  expect(applied.warnings.map((warning) => warning.summary)).toContain(
    `web-1 (${ID}): ModifyInstanceBandwidth was executed although its answer was lost`,
  );
  expect(await world.terraform.attributes(ADDRESS)).toMatchObject({ order_numbers: [], change_count: 1 });
  expect(orders()).toEqual(["applied"]);
  expectNoChanges(await world.terraform.plan());
});

test("an unknown outcome is reported and kept; planning warns, applying again is the decision to send again", async () => {
  const plan = await planUpgrade();
  world.simulator.fault({ kind: "drop_before", ...MODIFY });
  const { summary, detail } = errorOf(await world.terraform.applyPlan(plan));
  expect(summary).toBe(`web-1 (${ID}): the outcome of ModifyInstanceBandwidth is unknown`);
  expect(detail).toMatch(/It was not sent again\./);
  expect(await openOrders()).toMatchObject([
    { axis: "internet_max_bandwidth_out", target: 600, order_number: null, time: expect.any(String) as string },
  ]);
  expect(await world.terraform.attributes(ADDRESS)).toMatchObject({
    internet_max_bandwidth_out: 400,
    effective_internet_max_bandwidth_out: 400,
    change_count: 1,
  });
  const again = await world.terraform.plan();
  expect(again.exitCode).toBe(2);
  expect(again.warnings.map((warning) => warning.detail).join("\n")).toContain(
    "Applying this plan is the decision to send the call again",
  );
  expect((await world.terraform.applyPlan(again)).exitCode).toBe(0);
  expect(orders()).toEqual(["applied"]);
  expect(await openOrders()).toEqual([]);
  expectNoChanges(await world.terraform.plan());
});

describe("an order that stays unpaid and invisible", () => {
  async function leaveOpen(): Promise<string> {
    const plan = await planUpgrade();
    world.simulator.knobs.unpaidOrders = true;
    const { summary } = errorOf(await world.terraform.applyPlan(plan));
    const number = world.simulator.orders[0]?.number ?? "";
    expect(summary).toBe(`web-1 (${ID}): order ${number} was accepted, but the change does not show`);
    expect(await openOrders()).toMatchObject([{ order_number: number }]);
    return number;
  }

  test("is warned of in the plan and sends nothing in the apply", async () => {
    const number = await leaveOpen();
    const plan = await world.terraform.plan();
    expect(plan.exitCode).toBe(2);
    expect(plan.warnings.map((warning) => warning.summary)).toContainEqual(
      expect.stringMatching(`^Order ${number} of .* is still open for internet_max_bandwidth_out$`),
    );
    const { summary, detail } = errorOf(await world.terraform.applyPlan(plan));
    expect(summary).toMatch(new RegExp(`^Order ${number} of .* is open: nothing was sent$`));
    expect(detail).toContain("That touches no machine, and orders again");
    expect(writes()).toHaveLength(1);
    expect(orders()).toEqual(["unpaid"]);
    expect(await openOrders()).toHaveLength(1);
  });

  test("is forgotten once it shows", async () => {
    const number = await leaveOpen();
    world.simulator.payOrder(number);
    world.simulator.settle();
    expectNoChanges(await world.terraform.plan());
    expect((await world.terraform.apply({ args: ["-refresh-only"] })).exitCode).toBe(0);
    expect(await openOrders()).toEqual([]);
    expect(orders()).toEqual(["applied"]);
  });

  test("is given up with -replace, which forgets and adopts and releases nothing", async () => {
    await leaveOpen();
    world.simulator.knobs.unpaidOrders = false;
    const applied = await world.terraform.apply({ args: [`-replace=${ADDRESS}`] });
    expect([applied.exitCode, applied.errors]).toEqual([0, []]);
    expect(orders()).toEqual(["unpaid", "applied"]);
    expect(await openOrders()).toEqual([]);
    expectNoChanges(await world.terraform.plan());
  });
});

test("a plan that is stale by the time it is applied calls nothing, says what changed, and the next one goes on from there", async () => {
  const plan = await planUpgrade();
  world.simulator.changeOutOfBand(ID, { bandwidth: 500 });
  world.simulator.clearRequests();
  const { summary, detail } = errorOf(await world.terraform.applyPlan(plan));
  expect(summary).toMatch(/^The plan is stale: web-1/);
  expect(detail).toMatch(/planned with from 400 Mbps, now from 500 Mbps/);
  expect(writes()).toEqual([]);
  expect(await openOrders()).toEqual([]);
  expect(await world.terraform.attributes(ADDRESS)).toMatchObject({ internet_max_bandwidth_out: 500 });
  await world.mustApply();
  expectNoChanges(await world.terraform.plan());
});

describe("a change that takes longer than timeouts allow", () => {
  test("says what was last seen and that the order stands, and the next plan is empty", async () => {
    const plan = await planUpgrade({}, '  timeouts {\n    update = "2s"\n  }\n');
    world.simulator.knobs.bandwidthLatency = Infinity;
    const { summary, detail } = errorOf(await world.terraform.applyPlan(plan));
    expect(summary).toMatch(
      /the time for this operation is over while internet_max_bandwidth_out was being changed to 600$/,
    );
    expect(detail).toContain("Last seen: internet_max_bandwidth_out 400 Mbps, being changed to 600 Mbps.");
    expect(detail).toContain(`Order ${world.simulator.orders[0]?.number} stands. The next plan picks up`);
    expect(await world.terraform.attributes(ADDRESS)).toMatchObject({
      internet_max_bandwidth_out: 600,
      order_numbers: [world.simulator.orders[0]?.number],
      change_count: 1,
    });
    expectNoChanges(await world.terraform.plan());
    world.simulator.settle();
    expectNoChanges(await world.terraform.plan());
    expect(orders()).toEqual(["applied"]);
  });
});

describe("a first adoption that fails half way", () => {
  test("leaves no tainted object; its message has the order and the import block, which then shows no changes", async () => {
    world.simulator.knobs.bandwidthLatency = Infinity;
    const text = configuration(600, {}, '  timeouts {\n    create = "2s"\n  }\n');
    await world.configure(text);
    const { detail } = errorOf(await world.terraform.apply());
    const number = world.simulator.orders[0]?.number;
    expect(detail).toContain(`Order ${number} stands.`);
    expect(detail).toContain(`import {\n  to = zenlayer_vm_instance_spec.NAME\n  id = "${ID}"\n}`);
    expect(await world.terraform.attributes(ADDRESS)).toBeNull();
    await world.configure(importBlock(ADDRESS, ID) + text);
    const plan = await world.terraform.plan();
    // The timeouts are all that is written into the state.
    expect(plan.changeFor(ADDRESS).change.after).toMatchObject({ changes: [], pending: [{ to: "600" }] });
    expect((await world.terraform.applyPlan(plan)).exitCode).toBe(0);
    expectNoChanges(await world.terraform.plan());
    expect(writes()).toHaveLength(1);
  });
});

describe("destroying with on_destroy = cancel_scheduled", () => {
  async function adoptScheduled(): Promise<void> {
    world.simulator.changeOutOfBand(ID, { scheduled: { bandwidth: 100 } });
    await world.configure(importBlock(ADDRESS, ID) + configuration(100, { on_destroy: "cancel_scheduled" }));
    await world.mustApply();
    world.simulator.clearRequests();
  }

  test("cancels what is scheduled and forgets", async () => {
    await adoptScheduled();
    expect((await world.terraform.destroy()).exitCode).toBe(0);
    expect(writes()).toEqual(["CancelInstanceBandwidthDowngrade"]);
    expect(await world.terraform.attributes(ADDRESS)).toBeNull();
  });

  test("forgets a machine that went to the recycle bin without asking for anything", async () => {
    await adoptScheduled();
    world.simulator.changeOutOfBand(ID, { instanceStatus: "RECYCLE" });
    expect((await world.terraform.destroy({ args: ["-refresh=false"] })).exitCode).toBe(0);
    expect(writes()).toEqual([]);
    expect(await world.terraform.attributes(ADDRESS)).toBeNull();
  });

  test("whose cancel was lost tells so, keeps the resource, and the next destroy finishes", async () => {
    await adoptScheduled();
    world.simulator.fault({ kind: "drop_before", action: "Cancel*" });
    const { summary } = errorOf(await world.terraform.destroy());
    expect(summary).toMatch(/the outcome of CancelInstanceBandwidthDowngrade is unknown$/);
    expect(await world.terraform.attributes(ADDRESS)).not.toBeNull();
    expect((await world.terraform.destroy()).exitCode).toBe(0);
    expect(world.simulator.machine(ID).axes.bandwidth.scheduled).toBeNull();
  });
});
