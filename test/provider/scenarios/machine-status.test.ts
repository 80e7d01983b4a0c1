// Machines that are stopped, busy, in the recycle bin, or not renewed. Across files: a plan warns of it, an apply waits or refuses, a read forgets.
import { DrivenTable, expectQuiet, type DrivenPlan, type DrivenResult, type Told } from "../../support/driven-table";
import type { Wanted } from "../../support/wanted";

const VM = { product: "vm", instanceType: "c.4c8g", bandwidth: 100 } as const;
const PACKAGED = { ...VM, internetChargeType: "ByTrafficPackage", trafficPackageSize: 5 } as const;
const BANDWIDTH = { internet_max_bandwidth_out: 200 };

describe("a status that forbids a change", () => {
  const TABLE = {
    stopped_bandwidth: { machine: { ...VM, instanceStatus: "STOPPED" }, desired: BANDWIDTH },
    stopped_bmc_bandwidth: {
      machine: { product: "bmc", internetChargeType: "ByBandwidth", instanceStatus: "STOPPED" },
      desired: BANDWIDTH,
      type: "zenlayer_bmc_bandwidth",
    },
    failed_type: { machine: { ...VM, instanceStatus: "CREATE_FAILED" }, desired: { instance_type: "c.8c16g" } },
    stopped_type: { machine: { ...VM, instanceStatus: "STOPPED" }, desired: { instance_type: "c.8c16g" } },
    stopped_package: { machine: { ...PACKAGED, instanceStatus: "STOPPED" }, desired: { traffic_package_size: 6 } },
    stopped_cancel: {
      machine: { ...VM, instanceStatus: "STOPPED", scheduled: { bandwidth: 50 } },
      desired: { internet_max_bandwidth_out: 100 },
    },
    stopped_quiet: { machine: { ...VM, instanceStatus: "STOPPED" }, desired: { internet_max_bandwidth_out: 100 } },
    booting: { machine: { ...VM, instanceStatus: "BOOTING" }, desired: BANDWIDTH },
    stopping: { machine: { ...VM, instanceStatus: "STOPPING" }, desired: BANDWIDTH },
    recycled_meanwhile: { machine: VM, desired: BANDWIDTH },
    released_meanwhile: { machine: VM, desired: BANDWIDTH },
    stopped_meanwhile: { machine: VM, desired: BANDWIDTH },
  } satisfies Record<string, Wanted>;
  type Name = keyof typeof TABLE;

  let world: DrivenTable;
  let plan: DrivenPlan;
  let applied: DrivenResult;
  beforeAll(async () => {
    // Busy machines become what they become at the third look of the apply.
    let looks = 0;
    const becomes: readonly (readonly [Name, string])[] = [
      ["booting", "RUNNING"],
      ["stopping", "STOPPED"],
    ];
    world = await DrivenTable.start(TABLE, {
      simulator: {
        onRequest: ({ action, instanceId }) => {
          if (!applying || action !== "DescribeInstanceInternetStatus" || instanceId !== world.id("booting")) return;
          if (++looks < 3) return;
          for (const [name, instanceStatus] of becomes)
            world.simulator.changeOutOfBand(world.id(name), { instanceStatus });
        },
      },
    });
    let applying = false;
    plan = await world.plan();
    expect(plan.errors).toEqual([]);
    applying = true;
    world.simulator.changeOutOfBand(world.id("recycled_meanwhile"), { instanceStatus: "RECYCLE" });
    world.simulator.removeMachine(world.id("released_meanwhile"));
    world.simulator.changeOutOfBand(world.id("stopped_meanwhile"), { instanceStatus: "STOPPED" });
    applied = await world.applyPlan(plan);
  });
  afterAll(() => world.stop());

  test.each<[Name, string, string]>([
    ["stopped_bandwidth", "is STOPPED: internet_max_bandwidth_out needs RUNNING", "powers a machine on or off"],
    ["stopped_bmc_bandwidth", "is STOPPED: internet_max_bandwidth_out needs RUNNING", "powers a machine on or off"],
    ["failed_type", "is CREATE_FAILED: instance_type needs RUNNING or STOPPED", "powers a machine on or off"],
    ["booting", "is BOOTING: internet_max_bandwidth_out needs RUNNING", "The apply waits"],
    ["stopping", "is STOPPING: internet_max_bandwidth_out needs RUNNING", "The apply waits"],
  ])("%s is warned of at plan", (name, summary, detail) => {
    const warning = warnings(plan, name).find((each) => each.summary.includes(summary));
    expect(warning?.detail).toContain(detail);
    expect(warning?.attribute).toMatch(/^(instance_type|internet_max_bandwidth_out)$/);
  });

  test.each<[Name]>([["stopped_type"], ["stopped_package"], ["stopped_cancel"], ["stopped_quiet"]])(
    "%s needs no other status",
    (name) => {
      expect(warnings(plan, name).filter((each) => each.summary.includes("STOPPED"))).toEqual([]);
      expect(world.errorsOf(applied, name)).toEqual([]);
    },
  );

  test.each<[Name, RegExp, string]>([
    ["stopped_bandwidth", /cannot be changed while the machine is STOPPED/, "internet_max_bandwidth_out"],
    ["stopped_bmc_bandwidth", /cannot be changed while the machine is STOPPED/, "internet_max_bandwidth_out"],
    ["failed_type", /cannot be changed while the machine is CREATE_FAILED/, "instance_type"],
    ["stopping", /cannot be changed while the machine is STOPPED/, "internet_max_bandwidth_out"],
    ["stopped_meanwhile", /cannot be changed while the machine is STOPPED/, "internet_max_bandwidth_out"],
    ["recycled_meanwhile", /is in the recycle bin \(RECYCLE\)/, "instance_id"],
    ["released_meanwhile", /^No virtual machine/, "instance_id"],
  ])("%s fails at apply, and nothing is called", (name, summary, attribute) => {
    const [error, ...more] = world.errorsOf(applied, name);
    expect(more).toEqual([]);
    expect(error?.summary).toMatch(summary);
    expect(error?.detail).toContain("Nothing was ordered");
    expect(error?.attribute).toBe(attribute);
    expect(world.writesOf(name)).toEqual([]);
  });

  test("a busy machine is waited for, then changed", async () => {
    expect(world.errorsOf(applied, "booting")).toEqual([]);
    expect(world.writesOf("booting")).toEqual(["ModifyInstanceBandwidth 200"]);
    expect(world.attributes("booting")).toMatchObject({ instance_status: "RUNNING" });
  });

  test("what failed is planned again as it was, unless the machine has gone", async () => {
    const next = await world.plan();
    expect(next.errors.map((error) => [error.address, error.summary.split(" (")[0]])).toEqual(
      expect.arrayContaining([
        [world.address("recycled_meanwhile"), expect.stringContaining("Machine recycled_meanwhile")],
        [world.address("released_meanwhile"), expect.stringContaining("No virtual machine")],
      ]),
    );
    expect(next.errors).toHaveLength(2);
  });
});

describe("a machine that cannot be adopted", () => {
  test.each<[string, Wanted, RegExp]>([
    ["recycled", { machine: { ...VM, instanceStatus: "RECYCLE" }, desired: {} }, /recycle bin \(RECYCLE\)/],
    ["being released", { machine: { ...VM, instanceStatus: "RELEASING" }, desired: {} }, /recycle bin \(RELEASING\)/],
    ["of the other product", { machine: { product: "bmc" }, desired: {} }, /^No virtual machine/],
    [
      "of the other product, too",
      { machine: VM, desired: { traffic_package_size: 5 }, type: "zenlayer_bmc_traffic_package" },
      /^No bare-metal machine/,
    ],
  ])("%s: an error at plan, imported or not", async (_name, wanted, summary) => {
    const world = await DrivenTable.start({ web: wanted });
    try {
      const imported = await world.plan();
      expect(imported.errors).toHaveLength(1);
      expect(imported.errors[0]?.summary).toMatch(summary);
      const adopted = await world.plan({ imported: false });
      expect(adopted.errors).toHaveLength(1);
      expect(adopted.errors[0]?.summary).toMatch(summary);
      expect(adopted.errors[0]?.attribute).toBe("instance_id");
      expect(world.simulator.writes()).toEqual([]);
    } finally {
      await world.stop();
    }
  });
});

describe("a machine that is not renewed", () => {
  test("a downgrade that is being scheduled, or is scheduled, is warned of: it never takes effect", async () => {
    const world = await DrivenTable.start({
      down: { machine: { ...VM, autoRenew: false }, desired: { internet_max_bandwidth_out: 50 } },
      waiting: {
        machine: { ...VM, autoRenew: false, scheduled: { bandwidth: 50 } },
        desired: { internet_max_bandwidth_out: 50 },
      },
      unmanaged: { machine: { ...VM, autoRenew: false, scheduled: { bandwidth: 50 } }, desired: {} },
      up: { machine: { ...VM, autoRenew: false }, desired: BANDWIDTH },
      renewed: { machine: { ...VM, autoRenew: true }, desired: { internet_max_bandwidth_out: 50 } },
    });
    try {
      const plan = await world.plan();
      const warned = plan.warnings.filter((each) => each.summary.includes("is not renewed"));
      expect(warned.map((each) => each.address).sort()).toEqual([world.address("down"), world.address("waiting")]);
      expect((await world.applyPlan(plan)).errors).toEqual([]);
      const next = await world.plan();
      expectQuiet(next);
      expect(next.warnings.map((each) => each.address).sort()).toEqual([
        world.address("down"),
        world.address("waiting"),
      ]);
    } finally {
      await world.stop();
    }
  });
});

function warnings(result: DrivenPlan, name: string): readonly Told[] {
  return result.warnings.filter(
    (each) => each.address === `zenlayer_vm_instance_spec.${name}` || each.address === `zenlayer_bmc_bandwidth.${name}`,
  );
}
