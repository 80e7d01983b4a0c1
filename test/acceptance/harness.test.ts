// A sample of the fault harness with the real Terraform: random machines, desires, faults and interruptions, the same for the same seed.
// `HARNESS_ROUNDS=100` plays more, `HARNESS_SEED=…` one again.
import { mayCharge } from "../../lib/engine";
import type { Plan } from "../../lib/testing";
import type { FaultKind, Order } from "../../lib/simulator";
import { brokenPromises } from "../support/planned-calls";
import { Random } from "../support/random";
import { importBlock, resource, told, World } from "../support/world";

const ROUNDS = Math.min(500, Number(process.env["HARNESS_ROUNDS"] ?? 16));
const SEED = process.env["HARNESS_SEED"];
const ID = "900000000000000001";
const NEIGHBOUR = "900000000000000009";
const ADDRESS = "zenlayer_vm_instance_spec.managed";
const FAULTS: readonly FaultKind[] = [
  ...(["drop_before", "drop_after", "reset_after", "rate_limit", "status_500_before", "status_500_after"] as const),
  ...(["status_503_after", "status_504", "challenge", "empty_204", "truncated", "not_json", "redirect"] as const),
];
const INTERRUPTIONS = ["none", "none", "none", "interrupt", "interrupt twice", "kill"] as const;

/** The one call per axis that a plan promises, as the service writes the axis. */
interface Promised {
  readonly axis: Order["axis"];
  readonly charges: boolean;
}

class Round {
  private readonly random: Random;
  private readonly desired: Readonly<Record<string, unknown>>;
  private readonly lifecycle: string;

  constructor(
    seed: number,
    private readonly world: World,
  ) {
    this.random = new Random(seed);
    const { random } = this;
    Object.assign(world.simulator.knobs, {
      readLag: random.pick([0, 0, 2]),
      failInFlight: random.chance(0.15) ? "all" : "none",
      unpaidOrders: random.chance(0.2),
      orderNumber: random.pick(["present", "present", "absent"]),
      settledTarget: random.pick(["null", "current"]),
      bandwidthLatency: random.pick([0, 20, 150]),
      typeLatency: random.pick([0, 20, 150]),
    });
    world.simulator.addMachine({
      instanceId: ID,
      instanceChargeType: random.chance(0.8) ? "PREPAID" : "POSTPAID",
      internetChargeType: "ByBandwidth",
      bandwidth: random.pick([100, 200, 400]),
      ...(random.chance(0.3) ? { scheduled: { bandwidth: 50 } } : {}),
    });
    world.simulator.addMachine({ instanceId: NEIGHBOUR });
    this.desired = {
      instance_id: ID,
      internet_max_bandwidth_out: random.pick([50, 100, 200, 300, 600]),
      instance_type: random.chance(0.5) ? random.pick(["c.2c4g", "c.4c8g", "c.8c16g"]) : undefined,
      max_immediate_charge: random.chance(0.2) ? 100 : undefined,
      on_destroy: random.chance(0.5) ? "cancel_scheduled" : undefined,
    };
    this.lifecycle = random.chance(0.3) ? "lifecycle {\n  create_before_destroy = true\n}\n" : "";
  }

  async play(): Promise<void> {
    const imported = this.random.chance(0.6) ? importBlock(ADDRESS, ID) : "";
    await this.world.configure(imported + this.wanted());
    for (let turns = this.random.integer(1, 2); turns > 0; turns--) await this.applyUnderFaults();
    await this.applyInPeace();
    await this.destroy();
    const strangers = this.world.simulator.writes().filter((entry) => entry.instanceId !== ID);
    expect(strangers).toEqual([]);
    this.world.neverBoughtOrReleased();
  }

  private wanted(): string {
    return resource("zenlayer_vm_instance_spec", "managed", this.desired, this.lifecycle);
  }

  private async applyUnderFaults(): Promise<void> {
    const { random, world } = this;
    const inState = (await world.terraform.attributes(ADDRESS)) !== null;
    const args = inState && random.chance(0.3) ? [`-replace=${ADDRESS}`] : [];
    const plan = await world.terraform.plan({ args });
    if (plan.file === null || plan.exitCode !== 2) return;
    world.simulator.fault({ kind: random.pick(FAULTS), action: random.pick(["Modify*", "Modify*", "*Status"]) });
    if (random.chance(0.15)) world.simulator.changeOutOfBand(ID, { bandwidth: random.pick([150, 500]) });
    await this.apply(plan, random.pick(INTERRUPTIONS));
    world.simulator.clearFaults();
  }

  private async apply(plan: Plan, interruption: (typeof INTERRUPTIONS)[number]): Promise<string> {
    const { simulator, terraform } = this.world;
    const before = simulator.orders.length;
    const written = simulator.writes().length;
    const calls = simulator.requests.length + this.random.integer(1, 14);
    const applied = terraform.applyPlan(plan);
    let over = false;
    void applied.then(() => (over = true));
    if (interruption !== "none") {
      while (!over && simulator.requests.length < calls) await new Promise((resolve) => setTimeout(resolve, 2));
      if (interruption === "kill") terraform.kill();
      else terraform.interrupt();
      if (interruption === "interrupt twice") terraform.interrupt();
    }
    const result = await applied;
    expect(brokenPromises(plan, simulator.writes().slice(written))).toEqual([]);
    this.check(plan, simulator.orders.slice(before));
    if (result.exitCode === 0 || interruption !== "none") return "";
    for (const error of result.errors) expect(error.summary.length + (error.detail ?? "").length).toBeGreaterThan(30);
    return told(result);
  }

  /** One order per decision, and no charge that was not planned. */
  private check(plan: Plan, orders: readonly Order[]): void {
    const promised = this.promised(plan);
    expect(new Set(orders.map((order) => order.axis)).size).toBe(orders.length);
    for (const order of orders) {
      const step = promised.find((each) => each.axis === order.axis);
      expect([order.axis, step !== undefined]).toEqual([order.axis, true]);
      expect(order.amount > 0 ? step?.charges : true).toBe(true);
    }
  }

  private promised(plan: Plan): readonly Promised[] {
    const change = plan.resourceChanges.find(({ address }) => address === ADDRESS)?.change;
    const changes = (change?.after?.["changes"] ?? []) as unknown as { axis: string; action: string; charge: never }[];
    return changes
      .filter(({ action }) => action.startsWith("Modify"))
      .map(({ axis, charge }) => ({
        axis: axis === "instance_type" ? "type" : "bandwidth",
        charges: mayCharge({ charge }),
      }));
  }

  private async applyInPeace(): Promise<void> {
    const { simulator, terraform } = this.world;
    Object.assign(simulator.knobs, { readLag: 0, failInFlight: "none", unpaidOrders: false });
    for (const order of simulator.orders) if (order.state === "unpaid") simulator.payOrder(order.number);
    simulator.settle();
    let said = "";
    for (let turn = 0; turn < 4; turn++) {
      const plan = await terraform.plan();
      if (plan.exitCode === 0) return this.expectDesired();
      said = plan.exitCode === 1 ? told(plan) : await this.apply(plan, "none");
      if (/\[guard:max_immediate_charge\]/.test(said)) return;
      // An order that failed while nobody looked: the way out that the message names.
      if (/is open: nothing was sent/.test(said)) await terraform.run(["state", "rm", ADDRESS]);
    }
    throw new Error(`No end after four quiet applies: ${said}`);
  }

  /** What somebody schedules after the plan of a destroy is none of its business. */
  private async destroy(): Promise<void> {
    const { random, world } = this;
    const plan = await world.terraform.plan({ args: ["-destroy"] });
    if (plan.file === null || plan.exitCode !== 2) return;
    if (random.chance(0.5))
      world.simulator.changeOutOfBand(ID, { scheduled: { bandwidth: random.pick([10, 20, 50]) } });
    await this.apply(plan, "none");
  }

  private expectDesired(): void {
    const machine = this.world.simulator.machine(ID);
    const { bandwidth, type } = machine.axes;
    expect(bandwidth.inFlight?.target ?? bandwidth.scheduled?.target ?? machine.bandwidth).toBe(
      this.desired["internet_max_bandwidth_out"],
    );
    const wanted = this.desired["instance_type"];
    if (wanted !== undefined)
      expect(type.inFlight?.target ?? type.scheduled?.target ?? machine.instanceType).toBe(wanted);
  }
}

const seeds = SEED === undefined ? Array.from({ length: ROUNDS }, (_, index) => index + 1) : [Number(SEED)];

test.each(seeds)("round %d (HARNESS_SEED) keeps the rules", async (seed) => {
  const world = await World.start({ simulator: { account: { cash: 1_000_000 } } });
  try {
    await new Round(seed, world).play();
  } finally {
    await world.stop();
  }
});
