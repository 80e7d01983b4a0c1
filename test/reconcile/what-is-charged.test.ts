// The limit is a limit: over random machines, terms, renewals and clocks, what Zenlayer charges against what was worked out beforehand.
import { decide, formatValue, type Desired, type PlannedStep } from "../../lib/engine";
import { converge, factsFor, immediateCharge, priceSteps, type Reconciler } from "../../lib/reconcile";
import type { Knobs, MachineSpec } from "../../lib/simulator";
import { addMachine } from "../../lib/simulator/fleet";
import { renewEarly } from "../../lib/simulator/transitions";
import { MemoryService } from "../support/memory-service";
import { Random } from "../support/random";

const ID = "900000000000000001";
const DAY = 86_400_000;
const ROUNDS = Number(process.env["PROPERTY_RUNS"] ?? 200);
/** Zenlayer charges whole cents, for each call. */
const CENT = 0.01;

interface Upgrade {
  readonly machine: MachineSpec;
  readonly desired: Desired;
}

/** One to two values that go up, of a machine of either product. */
function randomUpgrade(random: Random): Upgrade {
  const period = random.pick([1, 3, 6, 12]);
  const bandwidth = random.integer(1, 700);
  const more = bandwidth + random.integer(1, 700);
  if (random.chance(0.3)) {
    const size = random.integer(100, 400) / 20;
    return {
      machine: { product: "bmc", internetChargeType: "ByTrafficPackage", trafficPackageSize: size, period },
      desired: { traffic_package_size: Math.round((size + random.integer(1, 200) / 20) * 20) / 20 },
    };
  }
  if (random.chance(0.3))
    return {
      machine: { product: "bmc", internetChargeType: "ByBandwidth", bandwidth, period },
      desired: { internet_max_bandwidth_out: Math.max(60, more) },
    };
  const machine: MachineSpec = { product: "vm", instanceType: "c.4c8g", bandwidth, period };
  return random.chance(0.5)
    ? { machine, desired: { internet_max_bandwidth_out: more } }
    : { machine, desired: { instance_type: "c.8c16g", internet_max_bandwidth_out: more } };
}

async function planOf(reconciler: Reconciler, product: "vm" | "bmc", desired: Desired) {
  const observation = await reconciler.machines.fresh(product, ID);
  if (observation === null) throw new Error("The machine is not there.");
  const { instance, machine } = observation;
  const facts = await factsFor(reconciler.client, observation, desired);
  const { steps } = decide({ machine, desired, facts });
  const prices = await priceSteps(reconciler.client, instance, steps, { freeBandwidth: facts.freeBandwidth });
  const charge = immediateCharge(instance, steps, prices);
  if (!charge.known) throw new Error(charge.reason);
  const planned: PlannedStep[] = steps.map((step) => ({
    ...step,
    from: formatValue(step.axis, step.from ?? 0),
    to: formatValue(step.axis, step.to),
  }));
  return { charge, planned };
}

test.each<Knobs["proration"]>(["thirtyDays", "full"])(
  "%s: charged is never more than at most, about is right within a day, and a limit below what would be charged is held",
  async (proration) => {
    let unlimited = 0;
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const random = new Random(seed);
      const { machine: spec, desired } = randomUpgrade(random);
      const service = new MemoryService(random.next, { proration, discount: random.integer(50, 100) }, seed % 10 === 0);
      const { world } = service;
      world.account.cash = 1e9;
      const machine = addMachine(world, { ...spec, instanceId: ID });
      const term = Date.parse(machine.expiredTime ?? "") - world.clock.milliseconds();
      service.pass(random.integer(0, term - DAY / 24));
      for (let renewals = random.integer(0, 3); renewals > 0; renewals--) renewEarly(world, machine);
      // What this computer's clock says is of no account: the service's own counts.
      service.setClock(random.pick([0, -400 * DAY, 400 * DAY]));
      const reconciler = service.newProcess();
      const product = spec.product ?? "vm";
      const { charge, planned } = await planOf(reconciler, product, desired);
      const apply = (maxImmediateCharge: number | null) =>
        converge(reconciler, {
          product,
          instanceId: ID,
          desired,
          planned,
          guards: { onDowngrade: "schedule", maxImmediateCharge },
          openOrders: [],
          timeout: 3_600_000,
        });

      const refused = await apply(charge.atMost - CENT);
      expect([seed, refused.failure?.code]).toEqual([seed, "GUARD_MAX_IMMEDIATE_CHARGE"]);
      expect(world.orders).toEqual([]);

      const limit = random.chance(0.8) ? charge.atMost : null;
      if (limit === null) unlimited++;
      expect([seed, (await apply(limit)).failure]).toEqual([seed, null]);
      const charged = world.orders.reduce((sum, { amount }) => sum + amount, 0);
      expect(world.orders).toHaveLength(planned.length);
      expect(charged).toBeGreaterThan(0);
      expect(charged).toBeLessThanOrEqual(charge.atMost + CENT / 2);
      if (proration === "thirtyDays")
        expect(Math.abs(charged - charge.about)).toBeLessThanOrEqual(charge.monthlyDifference / 30 + CENT);
    }
    expect(unlimited).toBeGreaterThan(0);
  },
);
