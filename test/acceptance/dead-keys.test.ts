// Keys that Zenlayer refuses, with the real Terraform: how often they are tried, what is told, and what of an order is kept. Counted at the simulator.
import type { MachineSpec } from "../../lib/simulator";
import type { CommandResult, Plan } from "../../lib/testing";
import { importBlock, PATIENT, told, World } from "../support/world";

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => String(900_000_000_000_000_000n + BigInt(index + 1)));
const machines = (count: number): readonly MachineSpec[] =>
  ids(count).map((instanceId, index) => ({
    product: "vm",
    instanceId,
    instanceName: `web-${index + 1}`,
    internetChargeType: "ByBandwidth",
    bandwidth: 400,
  }));

/** One resource for each machine, as large fleets are written. */
const fleet = (count: number, bandwidth: number): string => {
  const imports = ids(count).map((id) => importBlock(`zenlayer_vm_instance_spec.web["${id}"]`, id));
  return `${imports.join("")}resource "zenlayer_vm_instance_spec" "web" {
  for_each = toset(${JSON.stringify(ids(count))})
  instance_id = each.key
  internet_max_bandwidth_out = ${bandwidth}
}
`;
};

/** As many as the client has under way at a time. */
const UNDER_WAY = 24;
/** Long enough for three looks and more. */
const REFUSED = { kind: "error", status: 401, code: "AUTHFAILURE_SIGNATURE_FAILURE", times: Infinity } as const;

function expectOneStory(result: CommandResult | Plan, errors: number): void {
  expect(result.errors).toHaveLength(errors);
  const long = result.errors.filter((error) => (error.detail ?? "") !== "");
  expect(long).toHaveLength(1);
  expect(`${long[0]?.summary} ${long[0]?.detail}`).toMatch(
    /the access key does not exist or its password is wrong.*Check ZENLAYERCLOUD_ACCESS_KEY_ID.*Nothing more is sent with these\..*AUTHFAILURE_SIGNATURE_FAILURE; HTTP 401; request /s,
  );
  for (const error of result.errors.filter((each) => each !== long[0]))
    expect(error.summary).toMatch(/: Zenlayer refused the credentials$/);
}

test("100 machines with a wrong password: what was under way is sent, one error tells all, the others one line", async () => {
  const wrong = { ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: "a-wrong-password" };
  const world = await World.start({ simulator: { fleet: machines(100) }, env: wrong });
  try {
    await world.configure(fleet(100, 600));
    const plan = await world.terraform.plan();
    expect(plan.exitCode).toBe(1);
    // Terraform refreshes all of them before it ends.
    expectOneStory(plan, 100);
    expect(world.simulator.requests.length).toBeLessThanOrEqual(UNDER_WAY);
  } finally {
    await world.stop();
  }
});

test("a missing permission is no such refusal: each machine is asked for, and told of", async () => {
  const world = await World.start({
    simulator: {
      fleet: machines(5),
      keys: [{ id: "AKREADER", password: "reader-password", deniedActions: ["DescribeInstances"] }],
    },
  });
  try {
    await world.configure(fleet(5, 600));
    const plan = await world.terraform.plan();
    expect(plan.errors.filter((error) => error.detail !== "")).toHaveLength(5);
  } finally {
    await world.stop();
  }
});

test("a key that dies while 20 machines are changed: no further change is sent, and each line tells what stands", async () => {
  const world = await World.start({
    simulator: { fleet: machines(20), account: { cash: 1_000_000 }, knobs: { bandwidthLatency: 3_600_000 } },
    provider: { timing: PATIENT },
  });
  try {
    await world.configure(fleet(20, 400));
    await world.mustApply();
    await world.configure(fleet(20, 600));
    const plan = await world.terraform.plan();
    const applying = world.terraform.applyPlan(plan);
    while (world.simulator.writes().length < 3) await new Promise((resolve) => setTimeout(resolve, 1));
    const before = world.simulator.requests.length;
    world.simulator.fault(REFUSED);
    const applied = await applying;
    const { orders } = world.simulator;
    expect(world.simulator.requests.length - before).toBeLessThanOrEqual(3 * UNDER_WAY);
    expect(applied.errors).toHaveLength(20);
    expect(applied.errors.filter((error) => /Check ZENLAYERCLOUD_ACCESS_KEY_ID/.test(error.detail ?? ""))).toHaveLength(
      1,
    );
    const words = told(applied);
    for (const { number } of orders) expect(words).toMatch(new RegExp(`[Oo]rder ${number} stands`));
    expect(orders.length).toBeLessThan(20);
    const state = JSON.stringify(await world.terraform.state());
    for (const { number } of orders) expect(state).toContain(number);
  } finally {
    await world.stop();
  }
});

describe("a key that dies during a wait", () => {
  let world: World;
  let order: string;
  let applied: CommandResult;
  let sent: number;

  beforeAll(async () => {
    world = await World.start({
      simulator: { fleet: machines(1), knobs: { bandwidthLatency: 3_600_000 } },
      provider: { timing: PATIENT },
    });
    await world.configure(fleet(1, 400));
    await world.mustApply();
    await world.configure(fleet(1, 600));
    const plan = await world.terraform.plan();
    const applying = world.terraform.applyPlan(plan);
    while (world.simulator.writes().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = world.simulator.requests.length;
    const dead = world.simulator.fault(REFUSED);
    applied = await applying;
    sent = world.simulator.requests.length - before;
    dead.remove();
    order = world.simulator.orders[0]?.number ?? "";
  });
  afterAll(() => world.stop());

  test("ends it after three refusals", () => {
    expect(applied.exitCode).toBe(1);
    expect(sent).toBeLessThanOrEqual(9);
  });

  test("keeps order and number", async () => {
    expect(told(applied)).toContain(`Order ${order} stands.`);
    expect(order).not.toBe("");
    expect(JSON.stringify(await world.terraform.state())).toContain(order);
    // With a key that lives the next plan sees it, and nothing is ordered again.
    const plan = await world.terraform.plan();
    expect([plan.exitCode, world.simulator.writes().length]).toEqual([0, 1]);
  });
});
