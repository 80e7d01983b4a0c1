// After an apply that did not end well, the look back claims only what is known: a killed one, a lost answer, an order that its resource did not survive.
import { Reviewer } from "../support/reviewer";
import { importBlock, resource, World } from "../support/world";

const ID = "900000000000000001";
const ADDRESS = "zenlayer_vm_instance_spec.web";
let world: World;
let reviewer: Reviewer;

beforeEach(async () => {
  reviewer = await Reviewer.create();
  world = await World.start({
    simulator: {
      fleet: [
        { product: "vm", instanceId: ID, instanceName: "web", internetChargeType: "ByBandwidth", bandwidth: 400 },
      ],
    },
  });
});
afterEach(async () => {
  await world.stop();
  await reviewer.dispose();
});

async function desire(bandwidth: number, how: "import" | "create" = "import"): Promise<void> {
  await world.configure(
    (how === "import" ? importBlock(ADDRESS, ID) : "") +
      resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: bandwidth }),
  );
}

test("of one that was killed the outcome is unknown, whatever the old state says", async () => {
  await desire(400);
  await world.mustApply();
  world.simulator.knobs.bandwidthLatency = Infinity;
  await desire(600);
  const running = world.terraform.apply();
  while (world.simulator.orders.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  world.terraform.kill();
  const saved = await reviewer.saveApplied(world.terraform, await running);
  const found = await reviewer.appliedReport(saved.state, saved.log);
  expect(found).toMatchObject({ exit_code: 1, nothing_ordered: false });
  expect(found.began).toEqual([
    { kind: "resource", address: ADDRESS, type: "zenlayer_vm_instance_spec", action: "update", because: "no_end" },
  ]);
  const { out } = await reviewer.run("--applied", saved.state, saved.log);
  expect(out).toMatch(/Outcome unknown/);
  expect(out).not.toMatch(/nothing ordered/i);
});

test("a lost answer is of unknown outcome", async () => {
  await desire(400);
  await world.mustApply();
  await desire(600);
  world.simulator.fault({ kind: "reset_before", action: "ModifyInstanceBandwidth", times: Infinity });
  const lost = await reviewer.saveApplied(world.terraform, await world.terraform.apply());
  const unknown = await reviewer.appliedReport(lost.state, lost.log);
  expect(unknown.began).toMatchObject([{ address: ADDRESS, because: "no_answer" }]);
  expect(unknown).toMatchObject({ exit_code: 1, nothing_ordered: false });
});

test("an order outlives the adoption that failed after it", async () => {
  await desire(600, "create");
  world.simulator.knobs.bandwidthLatency = Infinity;
  const running = world.terraform.apply();
  while (world.simulator.orders.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  world.terraform.interrupt();
  const saved = await reviewer.saveApplied(world.terraform, await running);
  const found = await reviewer.appliedReport(saved.state, saved.log);
  const [order] = world.simulator.orders;
  expect(found.machines).toMatchObject([{ address: ADDRESS, outcome: "failed", placed: [order?.number], values: [] }]);
  expect(found).toMatchObject({ exit_code: 1, nothing_ordered: false });
});
