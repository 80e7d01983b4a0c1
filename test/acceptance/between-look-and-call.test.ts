// Between plan and call with the real Terraform: rate limits on changes, slow prices and answers of gateways, while the world moves.
import { importBlock, resource, World } from "../support/world";
import type { CommandResult } from "../../lib/testing";

const ID = "900000000000000001";
const ADDRESS = "zenlayer_vm_instance_spec.web";
const MODIFY = { action: "ModifyInstanceBandwidth" };

let world: World;

beforeEach(async () => {
  world = await World.start({
    simulator: {
      fleet: [
        {
          product: "vm",
          instanceId: ID,
          instanceName: "web-1",
          instanceChargeType: "PREPAID",
          internetChargeType: "ByBandwidth",
          bandwidth: 400,
          expiredTime: "2026-02-01T00:00:00Z",
        },
      ],
    },
  });
});

afterEach(async () => {
  world.neverBoughtOrReleased();
  await world.stop();
});

const configure = (bandwidth: number, attributes: Readonly<Record<string, unknown>> = {}, more = ""): Promise<void> =>
  world.configure(
    importBlock(ADDRESS, ID) +
      resource(
        "zenlayer_vm_instance_spec",
        "web",
        { instance_id: ID, internet_max_bandwidth_out: bandwidth, ...attributes },
        more,
      ),
  );

/** Applies a plan of `bandwidth`; something happens as soon as an action was called. */
async function applyWhile(
  action: string,
  happens: () => void,
  bandwidth: number,
  attributes: Readonly<Record<string, unknown>> = {},
  more = "",
): Promise<CommandResult> {
  await configure(bandwidth, attributes, more);
  const plan = await world.terraform.plan();
  expect(plan.exitCode).toBe(2);
  world.simulator.clearRequests();
  const applied = world.terraform.applyPlan(plan);
  await Promise.race([called(action).then(happens), applied]);
  return applied;
}

async function called(action: string): Promise<void> {
  while (!world.simulator.requests.some((entry) => entry.action.startsWith(action)))
    await new Promise((resolve) => setTimeout(resolve, 2));
}

const summaries = (result: CommandResult): readonly string[] => result.errors.map((each) => each.summary);
const orders = (): number => world.simulator.orders.length;

describe("a change that a rate limit refused", () => {
  test("is sent again after a wait, and ordered once", async () => {
    world.simulator.fault({ kind: "rate_limit", times: 2, ...MODIFY });
    expect((await applyWhile("Modify", () => undefined, 600)).exitCode).toBe(0);
    expect(world.simulator.writes()).toHaveLength(3);
    expect(orders()).toBe(1);
  });

  test("is not sent again once the price has risen above the limit", async () => {
    world.simulator.fault({ kind: "rate_limit", retryAfter: 1, ...MODIFY });
    const rise = (): number => (world.simulator.knobs.discount = 300);
    const applied = await applyWhile("Modify", rise, 600, { max_immediate_charge: 1000 });
    expect(summaries(applied)).toEqual([expect.stringContaining("refused by max_immediate_charge = 1000")]);
    expect(orders()).toBe(0);
  });

  test("is not sent again once it would be another change", async () => {
    world.simulator.fault({ kind: "rate_limit", retryAfter: 1, ...MODIFY });
    const applied = await applyWhile("Modify", () => world.simulator.changeOutOfBand(ID, { bandwidth: 200 }), 300);
    expect(summaries(applied)).toEqual([expect.stringContaining("The plan is stale")]);
    expect(orders()).toBe(0);
  });

  test("is waited for within timeouts, and not longer", async () => {
    world.simulator.fault({ kind: "rate_limit", retryAfter: 60, ...MODIFY });
    const applied = await applyWhile("Modify", () => undefined, 600, {}, '  timeouts {\n    update = "1s"\n  }\n');
    expect(summaries(applied)).toEqual([expect.stringContaining("the time for this operation is over")]);
    expect(world.simulator.writes()).toHaveLength(1);
    expect(orders()).toBe(0);
  });
});

test("a price that is slow to come leaves no room for another hand", async () => {
  await configure(600, { max_immediate_charge: 5000 });
  const plan = await world.terraform.plan();
  world.simulator.clearRequests();
  world.simulator.fault({ kind: "slow", milliseconds: 400, action: "InquiryPrice*", times: 2 });
  const applied = world.terraform.applyPlan(plan);
  await called("InquiryPrice");
  world.simulator.changeOutOfBand(ID, { bandwidth: 100 });
  expect(summaries(await applied)).toEqual([expect.stringContaining("The plan is stale")]);
  expect(world.simulator.writes()).toEqual([]);
});

test("a gateway's 499 that names an order: it is kept in the state, and nothing is sent while it is open", async () => {
  await configure(400);
  await world.mustApply();
  await configure(600);
  world.simulator.knobs.unpaidOrders = true;
  world.simulator.fault({ kind: "foreign", status: 499, executed: true, orderNumber: "number", ...MODIFY });
  const applied = await world.terraform.apply();
  const number = world.simulator.orders[0]?.number ?? "";
  expect(summaries(applied)).toEqual([`web-1 (${ID}): the outcome of ModifyInstanceBandwidth is unknown`]);
  expect(applied.errors[0]?.detail).toContain(`The answer names order ${number}`);
  expect(await world.terraform.attributes(ADDRESS)).toMatchObject({ order_numbers: [number] });
  const again = await world.terraform.apply();
  expect(summaries(again)).toEqual([expect.stringMatching(`^Order ${number} of .* is open: nothing was sent$`)]);
  expect(orders()).toBe(1);
});
