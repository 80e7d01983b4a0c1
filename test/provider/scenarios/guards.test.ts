// What the user forbade. Across files: it holds at plan, where it is weighed, and again right before the call.
import { DrivenTable, type Told } from "../../support/driven-table";
import type { Wanted } from "../../support/wanted";

const TEN_DAYS_LEFT = { expiredTime: "2026-01-25T00:00:00Z" } as const;
const VM = { product: "vm", instanceType: "c.4c8g", bandwidth: 100, autoRenew: true, ...TEN_DAYS_LEFT } as const;
/** 100 Mbps more at 4 a month each, less 5 %: at most the difference for the whole month, since fewer days are left. */
const UP = { internet_max_bandwidth_out: 200 };
const PRICE = 380;

function guardOf(each: Told | undefined): string | undefined {
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

  let world: DrivenTable;
  let diagnostics: readonly Told[];
  beforeAll(async () => {
    world = await DrivenTable.start(TABLE);
    ({ diagnostics } = await world.plan());
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
    expect(errors[0]?.attribute).toBe(attribute);
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
  let world: DrivenTable;
  beforeEach(async () => {
    world = await DrivenTable.start({
      web: { machine: VM, desired: { instance_type: "c.8c16g", max_immediate_charge: 60 } },
    });
  });
  afterEach(() => world.stop());

  test("a price that rose between plan and apply is refused, and nothing is called", async () => {
    const plan = await world.plan();
    expect(plan.errors).toEqual([]);
    world.simulator.setPrice("c.8c16g", 200);
    const applied = await world.applyPlan(plan);
    expect(guardOf(applied.errors[0])).toBe("max_immediate_charge");
    expect(world.writesOf("web")).toEqual([]);
    expect(world.simulator.orders).toEqual([]);
  });

  test("a price that rises during the apply, after Terraform's second plan, is refused too", async () => {
    const plan = await world.plan();
    // The second plan asks for both prices twice (direction and charge); what is asked after that is the look before the call.
    let asked = 0;
    const { simulator } = world;
    const end = watch(simulator.requests, () => {
      if (++asked === 4) simulator.setPrice("c.8c16g", 200);
    });
    simulator.clearRequests();
    const applied = await world.applyPlan(plan);
    end();
    expect(guardOf(applied.errors[0])).toBe("max_immediate_charge");
    expect(applied.errors[0]?.attribute).toBe("max_immediate_charge");
    expect(world.writesOf("web")).toEqual([]);
  });

  test("a refusal after a cancel was sent says so and names it", async () => {
    const { simulator } = world;
    simulator.changeOutOfBand(world.id("web"), { scheduled: { instanceType: "c.2c4g" } });
    const plan = await world.plan();
    expect(plan.errors).toEqual([]);
    const end = watch(
      simulator.requests,
      () => simulator.setPrice("c.8c16g", 200),
      (action) => action === "CancelInstanceDowngrade",
    );
    const applied = await world.applyPlan(plan);
    end();
    expect(guardOf(applied.errors[0])).toBe("max_immediate_charge");
    expect(world.writesOf("web")).toEqual(["CancelInstanceDowngrade"]);
    expect(applied.errors[0]?.detail).toContain(
      "CancelInstanceDowngrade was sent: instance_type stays c.4c8g instead of going to c.2c4g.",
    );
  });

  test("no quote, no call: it fails closed at plan and at apply", async () => {
    const [key] = world.simulator.keys;
    const plan = await world.plan();
    Object.assign(key ?? {}, { deniedActions: ["InquiryPrice*"] });
    const closed = await world.plan();
    expect(closed.errors.map(guardOf)).toEqual(["max_immediate_charge"]);
    expect(closed.errors[0]?.summary).toBe("Charge unknown: refused by max_immediate_charge");
    const applied = await world.applyPlan(plan);
    expect(guardOf(applied.errors[0])).toBe("max_immediate_charge");
    expect(world.writesOf("web")).toEqual([]);
  });
});

test.each([
  ["read_only", { config: { read_only: true } }],
  ["ZENLAYER_READ_ONLY", { env: { ZENLAYER_READ_ONLY: "true" } }],
])("%s: a plan goes as ever, an apply calls nothing", async (_name, options) => {
  const world = await DrivenTable.start(
    {
      web: { machine: VM, desired: UP },
      quiet: { machine: VM, desired: { internet_max_bandwidth_out: 100 } },
    },
    options,
  );
  try {
    const plan = await world.plan();
    expect(plan.errors).toEqual([]);
    expect(plan.changeFor(world.address("web")).action).toBe("update");
    const applied = await world.applyPlan(plan);
    expect(applied.errors.map(guardOf)).toEqual(["read_only"]);
    expect(applied.errors[0]?.address).toBe(world.address("web"));
    expect(world.simulator.writes()).toEqual([]);
  } finally {
    await world.stop();
  }
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
