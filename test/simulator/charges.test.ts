// What an upgrade costs, by the vendor's pricing rule: the monthly difference × the days left / 30, over fleets, terms, renewals and clocks.
import { type Knobs, type MachineSpec, type Simulator, startSimulator } from "../../lib/simulator";
import { Random } from "../support/random";
import { call, controlCall } from "./client";

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ clock: { start: "2026-01-01T00:00:00Z", speed: 0 }, account: { cash: 1_000_000 } });
});
afterEach(() => sim.stop());

const DAY = 86_400_000;
const TERMS = [1, 3, 6, 12];

/** From 100 to 200 Mbps: 4 × 100 × 95 % a month. */
const MONTHLY = 380;
async function upgrade(instanceId: string): Promise<number | undefined> {
  await call(sim, "ModifyInstanceBandwidth", { instanceId, internetMaxBandwidthOut: 200 });
  return sim.orders.at(-1)?.amount;
}

test.each([
  ["a fresh month of 31 days is more than the period", 1, "2026-02-01T00:00:00Z", "0s", (MONTHLY * 31) / 30],
  ["a fresh February is less", 1, "2026-03-01T00:00:00Z", "31d", (MONTHLY * 28) / 30],
  ["a fresh year is 12.17 months", 12, "2027-01-01T00:00:00Z", "0s", (MONTHLY * 365) / 30],
  ["half a day counts as half a day", 1, "2026-02-01T00:00:00Z", "30d12h", MONTHLY / 60],
  ["a quarter, with a month of it left", 3, "2026-04-01T00:00:00Z", "60d", MONTHLY],
])("%s", async (_case, period, expiredTime, by, expected) => {
  const { instanceId } = sim.addMachine({ bandwidth: 100, period, expiredTime });
  sim.advance(by);
  expect(await upgrade(instanceId)).toBeCloseTo(expected, 2);
});

test.each(TERMS)("a machine of %i months expires and is renewed after so many", (period) => {
  const { instanceId } = sim.addMachine({ period });
  const end = (terms: number): string => new Date(Date.UTC(2026, terms * period, 1)).toISOString().slice(0, 10);
  expect(sim.machine(instanceId).expiredTime).toContain(end(1));
  sim.rollCycle(instanceId);
  expect(sim.machine(instanceId).expiredTime).toContain(end(2));
});

describe("a term that is renewed early", () => {
  test("begins at the end of the running one, is paid now, and makes an upgrade dearer than a period", async () => {
    const { instanceId } = sim.addMachine({ bandwidth: 100 });
    sim.advance("10d");
    sim.renew(instanceId);
    // 56 for the type, 4 × 100 for the bandwidth and 2.50 for the disk, 95 %.
    expect(sim.machine(instanceId).expiredTime).toBe("2026-03-01T00:00:00Z");
    expect(sim.account.transactions).toMatchObject([
      { amount: -435.58, transactionTime: "2026-01-11T00:00:00Z", description: "renewal" },
    ]);
    expect(await upgrade(instanceId)).toBeCloseTo((MONTHLY * 49) / 30, 2);
  });

  test("is ordered of bare metal by RenewInstance", async () => {
    const { instanceId } = sim.addMachine({ product: "bmc", period: 3 });
    const { status, answer } = await call(sim, "RenewInstance", { instanceId }, { service: "bmc" });
    expect([status, Object.keys(answer)]).toEqual([200, ["requestId"]]);
    expect(sim.machine(instanceId).expiredTime).toBe("2026-07-01T00:00:00Z");
    expect(sim.account.transactions).toHaveLength(1);
  });

  test.each(["vm", "bmc"] as const)("is made of %s by the control interface", async (product) => {
    const { instanceId } = sim.addMachine({ product });
    for (const expiredTime of ["2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"])
      expect((await controlCall(sim.endpoint, "POST", "renew", { instanceId })).value).toMatchObject({ expiredTime });
  });

  test("leaves a plan waiting, and charges the values in force", async () => {
    const { instanceId } = sim.addMachine({ bandwidth: 100, scheduled: { bandwidth: 50 } });
    sim.renew(instanceId);
    expect(sim.account.transactions).toMatchObject([{ amount: -435.58 }]);
    sim.advance("40d");
    expect(sim.machine(instanceId)).toMatchObject({
      bandwidth: 100,
      axes: { bandwidth: { scheduled: { target: 50 } } },
    });
    sim.rollCycle(instanceId);
    expect(sim.machine(instanceId).bandwidth).toBe(50);
  });

  test("is refused of what has no term, is gone, is no machine, or cannot be paid", async () => {
    const renew = async (spec: MachineSpec) => {
      const { instanceId } = sim.addMachine({ product: "bmc", ...spec });
      const reply = await call(sim, "RenewInstance", { instanceId }, { service: "bmc" });
      return [reply.status, reply.code];
    };
    expect(await renew({ instanceChargeType: "POSTPAID" })).toEqual([403, "OPERATION_DENIED_INSTANCE_SUBSCRIPTION"]);
    expect(await renew({ instanceStatus: "RECYCLE" })).toEqual([403, "OPERATION_DENIED_INSTANCE_RECYCLED"]);
    expect((await call(sim, "RenewInstance", { instanceId: "1" }, { service: "bmc" })).code).toBe(
      "INVALID_INSTANCE_NOT_FOUND",
    );
    sim.account.cash = 1;
    expect(await renew({})).toEqual([403, "SIM_BALANCE_TOO_LOW"]);
    const { instanceId } = sim.addMachine({ instanceChargeType: "POSTPAID" });
    expect(await controlCall(sim.endpoint, "POST", "renew", { instanceId })).toMatchObject({
      status: 400,
      value: { error: `${instanceId} has no term that could be renewed.` },
    });
    expect((await controlCall(sim.endpoint, "POST", "renew", {})).status).toBe(400);
  });
});

/** The difference per month that the inquiries show: what a client can know beforehand. */
async function monthlyDifference(instanceId: string, period: number, from: number, to: number): Promise<number> {
  const price = async (internetMaxBandwidthOut: number): Promise<number> => {
    const { answer } = await call(sim, "InquiryPriceInstanceBandwidth", { instanceId, internetMaxBandwidthOut });
    return (answer["bandwidthPrice"] as { discountPrice: number }[])[0]?.discountPrice ?? NaN;
  };
  return ((await price(to)) - (await price(from))) / period;
}

test.each(["thirtyDays", "full"] as const)(
  "%s: whatever the fleet, terms, renewals and clock, a charge is within what can be known beforehand",
  async (proration: Knobs["proration"]) => {
    const random = new Random(2026);
    sim.knobs.proration = proration;
    for (let round = 0; round < 150; round++) {
      sim.knobs.discount = random.integer(50, 100);
      const period = random.pick(TERMS);
      const from = random.integer(1, 700);
      const to = from + random.integer(1, 700);
      const { instanceId } = sim.addMachine({ period, bandwidth: from });
      sim.advance(random.integer(0, period * 27 * DAY));
      for (let renewals = random.integer(0, 2); renewals > 0; renewals--) sim.renew(instanceId);
      sim.account.cash = 1_000_000;
      const monthly = await monthlyDifference(instanceId, period, from, to);
      const { expiredTime } = sim.machine(instanceId);
      const daysLeft = (Date.parse(expiredTime ?? "") - sim.clock.milliseconds()) / DAY;
      await call(sim, "ModifyInstanceBandwidth", { instanceId, internetMaxBandwidthOut: to });
      const charged = sim.orders.at(-1)?.amount ?? NaN;
      const about = (monthly * daysLeft) / 30;
      expect(charged).toBeLessThanOrEqual(monthly * Math.max(period, (Math.ceil(daysLeft) + 1) / 30) + 0.005);
      if (proration === "full") expect(charged).toBeCloseTo(monthly * period, 2);
      else expect(Math.abs(charged - about)).toBeLessThanOrEqual(monthly / 30 + 0.005);
      sim.removeMachine(instanceId);
    }
  },
);
