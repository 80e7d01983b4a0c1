// States and saved plans of version 0.1.0 work with this one: no difference, nothing forgotten, nothing ordered that the plan did not show.
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MachineSpec } from "../../lib/simulator";
import { told, World } from "../support/world";

const DATA = join(__dirname, "data", "0.1.0");
const id = (last: number): string => `90000000000000000${last}`;

const VM: MachineSpec = {
  product: "vm",
  instanceType: "c.4c8g",
  instanceChargeType: "PREPAID",
  internetChargeType: "ByBandwidth",
  bandwidth: 400,
  expiredTime: "2026-02-01T00:00:00Z",
};
const BMC: MachineSpec = { product: "bmc", instanceChargeType: "PREPAID", expiredTime: "2026-02-01T00:00:00Z" };

/** The account as it was when the state was written. */
const FLEET: readonly MachineSpec[] = [
  { ...VM, instanceId: id(1), instanceName: "settled" },
  { ...VM, instanceId: id(2), instanceName: "scheduled", scheduled: { bandwidth: 100 } },
  { ...VM, instanceId: id(3), instanceName: "processing", processing: { bandwidth: 600 } },
  { ...VM, instanceId: id(4), instanceName: "open" },
  {
    ...BMC,
    instanceId: id(5),
    instanceName: "traffic",
    internetChargeType: "ByTrafficPackage",
    trafficPackageSize: 10,
    scheduled: { trafficPackageSize: 5 },
  },
  { ...BMC, instanceId: id(6), instanceName: "flat", internetChargeType: "ByBandwidth", bandwidth: 1000 },
];

let world: World;

async function start(record: string, fleet: readonly MachineSpec[]): Promise<void> {
  world = await World.start({ simulator: { fleet, knobs: { bandwidthLatency: record === "state" ? Infinity : 20 } } });
  const from = join(DATA, record);
  cpSync(join(from, "main.tf"), join(world.terraform.directory, "main.tf"));
  const state = join(from, "state.json");
  if (existsSync(state)) cpSync(state, join(world.terraform.directory, "terraform.tfstate"));
}

afterEach(async () => {
  world.neverBoughtOrReleased();
  await world.stop();
});

const writes = (): readonly string[] => world.simulator.writes().map(({ action }) => action);

describe("a state of 0.1.0", () => {
  beforeEach(() => start("state", FLEET));
  const rest = "-target=zenlayer_vm_instance_spec.";

  test("has no difference where the machines are what it says, with changes under way and guards", async () => {
    const quiet = ["settled", "scheduled", "processing"].map((name) => `${rest}${name}`);
    const bmc = ["-target=zenlayer_bmc_traffic_package.traffic", "-target=zenlayer_bmc_bandwidth.flat"];
    const plan = await world.terraform.plan({ args: [...quiet, ...bmc] });
    expect([plan.exitCode, told(plan)]).toEqual([0, expect.any(String)]);
    expect(await world.terraform.plan({ args: ["-refresh-only", ...quiet, ...bmc] })).toMatchObject({ exitCode: 0 });
    expect(writes()).toEqual([]);
  });

  test("remembers its open order: the plan warns, and nothing is ordered again", async () => {
    const plan = await world.terraform.plan({ args: [`${rest}open`] });
    expect(plan.exitCode).toBe(2);
    expect(plan.warnings.map(({ summary }) => summary).join("\n")).toContain("2026000000000004");
    const applied = await world.terraform.applyPlan(plan);
    expect(applied.exitCode).toBe(1);
    expect(told(applied)).toContain("2026000000000004");
    expect(writes()).toEqual([]);
  });

  test("keeps guards and time-outs as they were", async () => {
    const settled = await world.terraform.attributes("zenlayer_vm_instance_spec.settled");
    expect(settled).toMatchObject({ on_downgrade: "deny", max_immediate_charge: 500, timeouts: { update: "3s" } });
  });
});

/** Per saved plan: the calls that it showed. It is applied with exactly these, or refused with none. */
const PLANS: Readonly<Record<string, readonly string[]>> = {
  "plan-upgrade": ["ModifyInstanceBandwidth"],
  "plan-downgrade": ["ModifyInstanceBandwidth"],
  "plan-guards": [],
  "plan-ignored": [],
  "plan-destroy": ["CancelInstanceBandwidthDowngrade"],
  "plan-replace": [],
  "plan-adopt": ["ModifyInstanceBandwidth"],
  "plan-import": ["ModifyInstanceBandwidth"],
};

test("each recorded plan has its row", () => {
  expect(
    readdirSync(DATA)
      .filter((name) => name.startsWith("plan-"))
      .sort(),
  ).toEqual(Object.keys(PLANS).sort());
});

describe.each(Object.entries(PLANS))("the saved plan %s of 0.1.0", (record, calls) => {
  test("is applied as it was shown, or refused as a whole", async () => {
    const isPending = record === "plan-destroy" || record === "plan-replace";
    const machine = {
      ...VM,
      instanceId: id(1),
      instanceName: "web",
      ...(isPending ? { scheduled: { bandwidth: 100 } } : {}),
    };
    await start(record, [machine]);
    const plan = join(DATA, record, "plan");
    const applied = await world.terraform.run(["apply", "-input=false", "-no-color", plan]);
    if (applied.exitCode !== 0) {
      // By this provider, or by a Terraform of another version, which refuses all plans but its own.
      expect(applied.stderr).toMatch(/plan again|different version of Terraform|created by a newer|older version/i);
      expect(writes()).toEqual([]);
      return;
    }
    // A destroy may do less than what the old plan showed, never anything else.
    expect(record === "plan-destroy" && writes().length === 0 ? calls : writes()).toEqual(calls);
    const next = await world.terraform.plan();
    expect([record, next.exitCode, told(next)]).toEqual([
      record,
      record === "plan-destroy" ? 2 : 0,
      expect.any(String),
    ]);
  });

  test("does not apply to a machine that has moved since", async () => {
    await start(record, [{ ...VM, instanceId: id(1), instanceName: "web", bandwidth: 300 }]);
    const applied = await world.terraform.run(["apply", "-input=false", "-no-color", join(DATA, record, "plan")]);
    if (calls.length > 0 && !["plan-destroy"].includes(record)) expect(applied.exitCode).toBe(1);
    expect(writes()).toEqual([]);
  });
});

test("the recorded files name no place of the machine that wrote them", () => {
  for (const record of readdirSync(DATA)) {
    if (!existsSync(join(DATA, record, "main.tf"))) continue;
    for (const name of readdirSync(join(DATA, record)))
      expect(readFileSync(join(DATA, record, name), "latin1")).not.toMatch(/\/(tmp|root|home|work)\//);
  }
});
