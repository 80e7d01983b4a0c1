// What the user forbade, with the real Terraform: at plan, and again right before the call.
import { expectNoChanges, type Diagnostic } from "../../lib/testing";
import { importBlock, resource, World } from "../support/world";
import { WantedWorld, type Wanted } from "../support/wanted";

const TEN_DAYS_LEFT = { expiredTime: "2026-01-25T00:00:00Z" } as const;
const VM = { product: "vm", instanceType: "c.4c8g", bandwidth: 100, autoRenew: true, ...TEN_DAYS_LEFT } as const;
/** 100 Mbps more at 4 a month each, less 5 %: at most the difference for the whole month, since fewer days are left. */
const UP = { internet_max_bandwidth_out: 200 };
const PRICE = 380;

function guardOf(each: Diagnostic | undefined): string | undefined {
  return /\[guard:(\w+)\]/.exec(each?.detail ?? "")?.[1];
}

describe("at plan", () => {
  const TABLE = {
    deny_up: { machine: VM, desired: { ...UP, on_downgrade: "deny" } },
    deny_down: { machine: VM, desired: { internet_max_bandwidth_out: 50, on_downgrade: "deny" } },
    deny_type_down: { machine: VM, desired: { instance_type: "c.2c4g", on_downgrade: "deny" } },
    deny_from_unlimited: {
      machine: { ...VM, bandwidth: 0 },
      desired: { internet_max_bandwidth_out: 500, on_downgrade: "deny" },
    },
    deny_postpaid_down: {
      machine: { ...VM, instanceChargeType: "POSTPAID" },
      desired: { internet_max_bandwidth_out: 50, on_downgrade: "deny" },
    },
    deny_cancel: {
      machine: { ...VM, scheduled: { bandwidth: 50 } },
      desired: { internet_max_bandwidth_out: 100, on_downgrade: "deny" },
    },
    deny_what_is_scheduled: {
      machine: { ...VM, scheduled: { bandwidth: 50 } },
      desired: { internet_max_bandwidth_out: 50, on_downgrade: "deny" },
    },
    just_enough: { machine: VM, desired: { ...UP, max_immediate_charge: PRICE } },
    too_little: { machine: VM, desired: { ...UP, max_immediate_charge: PRICE - 0.01 } },
    never: { machine: VM, desired: { ...UP, max_immediate_charge: 0 } },
    never_but_downgrade: { machine: VM, desired: { internet_max_bandwidth_out: 50, max_immediate_charge: 0 } },
    never_but_usage: {
      machine: { ...VM, instanceChargeType: "POSTPAID" },
      desired: { ...UP, max_immediate_charge: 0 },
    },
    never_but_unbilled: {
      machine: { ...VM, internetChargeType: "ByTrafficPackage" },
      desired: { ...UP, max_immediate_charge: 0 },
    },
    never_but_cancel: {
      machine: { ...VM, scheduled: { bandwidth: 50 } },
      desired: { internet_max_bandwidth_out: 100, max_immediate_charge: 0 },
    },
    sum_of_calls: {
      machine: VM,
      desired: { ...UP, instance_type: "c.8c16g", max_immediate_charge: PRICE },
    },
    free_bandwidth: {
      machine: { product: "bmc", internetChargeType: "ByBandwidth", bandwidth: 50, ...TEN_DAYS_LEFT },
      type: "zenlayer_bmc_bandwidth",
      // From the free part, which has no price, to 60 Mbps: 10 × 4 less 5 %.
      desired: { internet_max_bandwidth_out: 60, max_immediate_charge: 38 },
    },
  } satisfies Record<string, Wanted>;

  let world: WantedWorld;
  let diagnostics: readonly Diagnostic[];
  beforeAll(async () => {
    world = await WantedWorld.start(TABLE);
    ({ diagnostics } = await world.terraform.plan());
  });
  afterAll(() => world.stop());

  test.each<[keyof typeof TABLE, string, string]>([
    ["deny_down", "on_downgrade", "internet_max_bandwidth_out"],
    ["deny_type_down", "on_downgrade", "instance_type"],
    ["deny_from_unlimited", "on_downgrade", "internet_max_bandwidth_out"],
    ["deny_postpaid_down", "on_downgrade", "internet_max_bandwidth_out"],
    ["too_little", "max_immediate_charge", "max_immediate_charge"],
    ["never", "max_immediate_charge", "max_immediate_charge"],
    ["sum_of_calls", "max_immediate_charge", "max_immediate_charge"],
  ])("%s is refused by %s at %s", (name, guard, attribute) => {
    const errors = world.errorsOf({ diagnostics }, name);
    expect(errors.map(guardOf)).toEqual([guard]);
    expect(errors[0]?.snippet?.code).toContain(`${attribute} =`);
    expect(errors[0]?.summary).toContain(guard);
  });

  test.each<[keyof typeof TABLE]>([
    ["deny_up"],
    ["deny_cancel"],
    ["deny_what_is_scheduled"],
    ["just_enough"],
    ["never_but_downgrade"],
    ["never_but_usage"],
    ["never_but_unbilled"],
    ["never_but_cancel"],
    ["free_bandwidth"],
  ])("%s is allowed", (name) => {
    expect(world.errorsOf({ diagnostics }, name)).toEqual([]);
  });

  test("the charge and what is allowed are named", () => {
    const [error] = world.errorsOf({ diagnostics }, "too_little");
    expect(error?.summary).toBe(`Charge of at most ${PRICE}.00 now: refused by max_immediate_charge = ${PRICE - 0.01}`);
  });
});

describe("max_immediate_charge right before the call", () => {
  let world: WantedWorld;
  beforeEach(async () => {
    world = await WantedWorld.start({
      web: { machine: VM, desired: { instance_type: "c.8c16g", max_immediate_charge: 60 } },
    });
  });
  afterEach(() => world.stop());

  test("a price that rose between plan and apply is refused, and nothing is called", async () => {
    const plan = await world.terraform.plan();
    expect(plan.errors).toEqual([]);
    world.simulator.setPrice("c.8c16g", 200);
    const applied = await world.terraform.applyPlan(plan);
    expect(applied.exitCode).toBe(1);
    expect(guardOf(applied.errors[0])).toBe("max_immediate_charge");
    expect(world.writesOf("web")).toEqual([]);
    expect(world.simulator.orders).toEqual([]);
  });

  test("a price that rises during the apply, after Terraform's second plan, is refused too", async () => {
    const plan = await world.terraform.plan();
    // The second plan asks for both prices twice (direction and charge); what is asked after that is the look before the call.
    let asked = 0;
    const { simulator } = world;
    const end = watch(simulator.requests, () => {
      if (++asked === 4) simulator.setPrice("c.8c16g", 200);
    });
    simulator.clearRequests();
    const applied = await world.terraform.applyPlan(plan);
    end();
    expect(applied.exitCode).toBe(1);
    expect(guardOf(applied.errors[0])).toBe("max_immediate_charge");
    expect(applied.errors[0]?.snippet?.code).toContain("max_immediate_charge =");
    expect(world.writesOf("web")).toEqual([]);
  });

  test("a refusal after a cancel was sent says so and names it", async () => {
    const { simulator } = world;
    simulator.changeOutOfBand(world.id("web"), { scheduled: { instanceType: "c.2c4g" } });
    const plan = await world.terraform.plan();
    expect(plan.errors).toEqual([]);
    const end = watch(
      simulator.requests,
      () => simulator.setPrice("c.8c16g", 200),
      (action) => action === "CancelInstanceDowngrade",
    );
    const applied = await world.terraform.applyPlan(plan);
    end();
    expect(guardOf(applied.errors[0])).toBe("max_immediate_charge");
    expect(world.writesOf("web")).toEqual(["CancelInstanceDowngrade"]);
    expect(applied.errors[0]?.detail).toContain(
      "CancelInstanceDowngrade was sent: instance_type stays c.4c8g instead of going to c.2c4g.",
    );
  });

  test("no quote, no call: it fails closed at plan and at apply", async () => {
    const [key] = world.simulator.keys;
    const plan = await world.terraform.plan();
    Object.assign(key ?? {}, { deniedActions: ["InquiryPrice*"] });
    const closed = await world.terraform.plan();
    expect(closed.errors.map(guardOf)).toEqual(["max_immediate_charge"]);
    expect(closed.errors[0]?.summary).toBe("Charge unknown: refused by max_immediate_charge");
    const applied = await world.terraform.applyPlan(plan);
    expect(applied.exitCode).toBe(1);
    expect(guardOf(applied.errors[0])).toBe("max_immediate_charge");
    expect(world.writesOf("web")).toEqual([]);
  });
});

describe("read_only", () => {
  const config = {
    web: { machine: VM, desired: UP },
    quiet: { machine: VM, desired: { internet_max_bandwidth_out: 100 } },
  };

  test("a plan goes as ever, an apply calls nothing", async () => {
    const world = await WantedWorld.start(config, { prefix: `provider "zenlayer" {\n  read_only = true\n}` });
    try {
      const plan = await world.terraform.plan();
      expect(plan.exitCode).toBe(2);
      const applied = await world.terraform.applyPlan(plan);
      expect(applied.errors.map(guardOf)).toEqual(["read_only"]);
      expect(applied.errors[0]?.address).toBe(world.address("web"));
      expect(world.simulator.writes()).toEqual([]);
    } finally {
      await world.stop();
    }
  });

  test.each(["1", "true", "YES"])("ZENLAYER_READ_ONLY=%s does the same", async (value) => {
    const wanted = await WantedWorld.start(config, { env: { ZENLAYER_READ_ONLY: value } });
    try {
      const applied = await wanted.terraform.apply();
      expect(applied.errors.map(guardOf)).toEqual(["read_only"]);
      expect(wanted.simulator.writes()).toEqual([]);
    } finally {
      await wanted.stop();
    }
  });

  test("a word that is not known is an error, and counts as read-only", async () => {
    const wanted = await WantedWorld.start(config, { env: { ZENLAYER_READ_ONLY: "perhaps" } });
    try {
      const plan = await wanted.terraform.plan();
      expect(plan.errors[0]?.summary).toContain('ZENLAYER_READ_ONLY "perhaps"');
    } finally {
      await wanted.stop();
    }
  });
});

describe("two resources for one machine", () => {
  const block = (name: string, bandwidth: number): string =>
    resource("zenlayer_vm_instance_spec", name, { instance_id: "1", internet_max_bandwidth_out: bandwidth });
  let world: World;
  beforeEach(async () => {
    world = await World.start({
      simulator: {
        fleet: [
          { ...VM, instanceId: "1" },
          { product: "bmc", instanceId: "2" },
        ],
      },
    });
  });
  afterEach(() => world.stop());

  test.each([
    ["both adopted without import", ""],
    ["one imported, one adopted", importBlock("zenlayer_vm_instance_spec.a", "1")],
    [
      "both imported",
      importBlock("zenlayer_vm_instance_spec.a", "1") + importBlock("zenlayer_vm_instance_spec.b", "1"),
    ],
  ])("%s: refused at plan, at instance_id", async (_name, imports) => {
    await world.configure(imports + block("a", 200) + block("b", 100));
    const plan = await world.terraform.plan();
    expect(plan.errors).toHaveLength(1);
    expect(plan.errors[0]?.summary).toBe("Two zenlayer_vm_instance_spec resources manage machine 1");
    expect(plan.errors[0]?.snippet?.code).toContain("instance_id =");
  });

  test("both adopted with the very same values: refused too", async () => {
    await world.configure(block("a", 200) + block("b", 200));
    expect((await world.terraform.plan()).errors).toHaveLength(1);
    await world.configure(importBlock("zenlayer_vm_instance_spec.a", "1") + block("a", 200) + block("b", 200));
    expect((await world.terraform.plan()).errors).toHaveLength(1);
  });

  test("a second one beside one that is in state: refused", async () => {
    await world.configure(importBlock("zenlayer_vm_instance_spec.a", "1") + block("a", 100));
    await world.mustApply();
    await world.configure(block("a", 100) + block("b", 100));
    expect((await world.terraform.plan()).errors).toHaveLength(1);
  });

  test("the two types of a bare-metal machine live side by side", async () => {
    await world.configure(
      resource("zenlayer_bmc_traffic_package", "a", { instance_id: "2", traffic_package_size: 12 }) +
        resource("zenlayer_bmc_bandwidth", "b", { instance_id: "2", internet_max_bandwidth_out: 60 }),
    );
    await world.mustApply();
    expectNoChanges(await world.terraform.plan());
    expect(world.simulator.writes()).toHaveLength(2);
  });

  test("replacing one is not two", async () => {
    await world.configure(importBlock("zenlayer_vm_instance_spec.a", "1") + block("a", 100));
    await world.mustApply();
    const plan = await world.terraform.plan({ args: ["-replace=zenlayer_vm_instance_spec.a"] });
    expect(plan.errors).toEqual([]);
    expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
    expect(world.simulator.writes()).toEqual([]);
  });
});

/** Calls back for each price inquiry, or other action, as it is logged; returns what ends the watching. */
function watch(
  requests: { push(...entries: { readonly action: string }[]): number },
  seen: () => void,
  wanted = (action: string) => action.startsWith("InquiryPrice"),
): () => void {
  const { push } = requests;
  requests.push = (...entries) => {
    for (const entry of entries) if (wanted(entry.action)) seen();
    return push.apply(requests, entries);
  };
  return () => {
    requests.push = push;
  };
}
