// Type changes: which way they go, what is refused, and their order beside a bandwidth change. Across files: what is predicted at plan is what the apply sends.
import { DrivenTable, expectQuiet, type DrivenPlan, type DrivenResult } from "../../support/driven-table";
import type { Wanted } from "../../support/wanted";

const from = (instanceType: string, more: Wanted["machine"] = {}): Wanted["machine"] => ({
  product: "vm",
  instanceType,
  bandwidth: 100,
  ...more,
});
const to = (instance_type: string, more: Wanted["desired"] = {}): Wanted["desired"] => ({ instance_type, ...more });

const UP = { direction: "upgrade", takes_effect: "immediately", charge: "charged_now" };
const DOWN = { direction: "downgrade", takes_effect: "next_billing_cycle", charge: "none" };
const LATERAL = { direction: "lateral", takes_effect: "decided_by_zenlayer", charge: "unknown" };

describe("changes that Zenlayer makes", () => {
  const TABLE = {
    dearer_with_fewer_cores: { machine: from("c.4c8g"), desired: to("m.2c16g") },
    cheaper_with_more_cores: { machine: from("m.2c16g"), desired: to("c.4c8g") },
    same_price: { machine: from("c.4c8g"), desired: to("g.2c8g") },
    grow_both: {
      machine: from("c.2c4g", { bandwidth: 500 }),
      desired: to("c.8c16g", { internet_max_bandwidth_out: 1800 }),
    },
    shrink_both: {
      machine: from("c.8c16g", { bandwidth: 1800 }),
      desired: to("c.2c4g", { internet_max_bandwidth_out: 900 }),
    },
    grow_type_shrink_bandwidth: {
      machine: from("c.2c4g", { bandwidth: 500 }),
      desired: to("c.4c8g", { internet_max_bandwidth_out: 200 }),
    },
    all_three: {
      machine: from("c.2c4g", { internetChargeType: "ByTrafficPackage", trafficPackageSize: 5 }),
      desired: to("c.4c8g", { internet_max_bandwidth_out: 1200, traffic_package_size: 6 }),
    },
    taken_off_sale: { machine: from("c.4c8g"), desired: to("c.12c24g") },
    zone_refuses: { machine: from("c.4c8g", { zoneId: "HKG-A" }), desired: to("c.8c16g") },
  } satisfies Record<string, Wanted>;
  type Name = keyof typeof TABLE;

  let world: DrivenTable;
  let plan: DrivenPlan;
  let applied: DrivenResult;
  beforeAll(async () => {
    world = await DrivenTable.start(TABLE);
    world.simulator.setPrice("g.2c8g", 56);
    const onSale = world.simulator.catalogue.vmTypesOnSale;
    onSale["SEL-A"] = (onSale["SEL-A"] ?? []).filter((type) => type !== "c.12c24g");
    world.simulator.knobs.zonesWithoutTypeChange = "HKG-A";
    plan = await world.plan();
    expect(plan.errors).toEqual([]);
    applied = await world.applyPlan(plan);
  });
  afterAll(() => world.stop());

  test.each<[Name, readonly object[]]>([
    ["dearer_with_fewer_cores", [{ action: "ModifyInstanceType", ...UP }]],
    ["cheaper_with_more_cores", [{ action: "ModifyInstanceType", ...DOWN }]],
    ["same_price", [{ action: "ModifyInstanceType", ...LATERAL }]],
    [
      "grow_both",
      [
        { action: "ModifyInstanceType", ...UP },
        { action: "ModifyInstanceBandwidth", ...UP },
      ],
    ],
    [
      "shrink_both",
      [
        { action: "ModifyInstanceBandwidth", ...DOWN },
        { action: "ModifyInstanceType", ...DOWN },
      ],
    ],
    [
      "grow_type_shrink_bandwidth",
      [
        { action: "ModifyInstanceType", ...UP },
        { action: "ModifyInstanceBandwidth", ...DOWN },
      ],
    ],
    [
      "all_three",
      [
        { action: "ModifyInstanceType", ...UP },
        { action: "ModifyInstanceBandwidth", direction: "upgrade", charge: "none" },
        { action: "ModifyInstanceTrafficPackage", ...UP },
      ],
    ],
  ])("%s: predicted from list prices, sent in the planned order", (name, steps) => {
    expect(world.stepsOf(plan, name)).toMatchObject(steps);
    expect(world.writesOf(name).map((call) => call.split(" ")[0])).toEqual(
      steps.map((step) => (step as { action: string }).action),
    );
    expect(world.errorsOf(applied, name)).toEqual([]);
  });

  test("a type that is not on sale is a warning at plan and an error at apply", () => {
    expect(world.said(plan, "taken_off_sale").map((each) => [each.severity, each.summary])).toContainEqual([
      "warning",
      expect.stringMatching(
        /^\S+ \(\d+\): instance_type "c.12c24g" is not on sale now in the zone of this machine \(PREPAID\)$/,
      ),
    ]);
    const [error] = world.errorsOf(applied, "taken_off_sale");
    expect(error).toMatchObject({ severity: "error" });
    expect(error?.summary).toContain("Zenlayer does not know the wanted type");
    expect(error?.attribute).toBe("instance_type");
  });

  test("a zone that allows no type changes is an error at apply", () => {
    const [error] = world.errorsOf(applied, "zone_refuses");
    expect(error?.summary).toContain("The machine's zone does not allow type changes.");
    expect(error?.detail).toContain("UNSUPPORTED_OPERATION_ZONE_NOT_SUPPORT");
  });

  test("the state tells what failed as it is, and the rest as wanted", async () => {
    expect(world.attributes("zone_refuses")).toMatchObject({ instance_type: "c.4c8g", change_count: 0 });
    expect(world.attributes("grow_both")).toMatchObject({
      effective_instance_type: "c.8c16g",
      effective_internet_max_bandwidth_out: 1800,
      change_count: 1,
    });
    const shrunk = world.attributes("shrink_both");
    expect(shrunk).toMatchObject({ instance_type: "c.2c4g", effective_instance_type: "c.8c16g" });
    expect(shrunk?.["order_numbers"]).toHaveLength(2);
    expect(shrunk?.["pending"]).toHaveLength(2);
  });
});

describe("changes that can never be are refused at plan, at instance_type", () => {
  const TABLE = {
    s_to_h: { machine: from("s.2c4g"), desired: to("h.2c4g") },
    h_to_s: { machine: from("h.2c4g"), desired: to("s.2c4g") },
    unknown_type: { machine: from("c.4c8g"), desired: to("c.9c99g") },
    above_cap: { machine: from("c.4c8g", { bandwidth: 1400 }), desired: to("c.2c4g") },
    above_cap_of_desired: { machine: from("c.4c8g"), desired: to("c.2c4g", { internet_max_bandwidth_out: 1100 }) },
    above_cap_of_present: { machine: from("c.4c8g"), desired: { internet_max_bandwidth_out: 1600 } },
    // A cheaper type with a higher limit comes only with the next cycle.
    until_next_cycle: { machine: from("m.2c16g"), desired: to("c.4c8g", { internet_max_bandwidth_out: 1200 }) },
  } satisfies Record<string, Wanted>;

  test.each<[keyof typeof TABLE, string, RegExp]>([
    ["s_to_h", "instance_type", /series s and h are never converted/],
    ["h_to_s", "instance_type", /series s and h are never converted/],
    ["unknown_type", "instance_type", /Zenlayer does not know this type/],
    ["above_cap", "instance_type", /allows at most 1000 Mbps, but the bandwidth is 1400 Mbps/],
    ["above_cap_of_desired", "internet_max_bandwidth_out", /above the limit of type "c.2c4g"/],
    ["above_cap_of_present", "internet_max_bandwidth_out", /above the limit of type "c.4c8g"/],
    ["until_next_cycle", "internet_max_bandwidth_out", /which stays in force until the next billing cycle/],
  ])("%s", (name, attribute, words) => {
    const found = world.said(plan, name);
    expect(found.map((each) => each.severity)).toEqual(["error"]);
    expect(found[0]?.summary).toMatch(words);
    expect(found[0]?.attribute).toBe(attribute);
    expect(world.writesOf(name)).toEqual([]);
  });

  let world: DrivenTable;
  let plan: DrivenPlan;
  beforeAll(async () => {
    world = await DrivenTable.start(TABLE);
    plan = await world.plan();
  });
  afterAll(() => world.stop());
});

test.each(["INVALID_PRODUCT_NOT_FOUND", "INVALID_INSTANCE_TYPE_NOT_FOUND"])(
  "a type of which the inquiry says %s is refused at plan, and called neither a charge nor a warning",
  async (code) => {
    const world = await DrivenTable.start({ mistyped: { machine: from("c.4c8g"), desired: to("c.4c9g") } });
    try {
      world.simulator.fault({ kind: "error", status: 404, code, action: "InquiryPrice*", times: Infinity });
      const plan = await world.plan();
      expect(world.said(plan, "mistyped").map((each) => [each.severity, each.summary])).toEqual([
        ["error", 'instance_type "c.4c9g": Zenlayer does not know this type'],
      ]);
      expect(plan.warnings).toEqual([]);
      expect(world.writesOf("mistyped")).toEqual([]);
    } finally {
      await world.stop();
    }
  },
);

describe("the direction where prices or the catalogue may not be asked", () => {
  const TABLE = {
    bigger: { machine: from("c.4c8g"), desired: to("c.8c16g") },
    smaller: { machine: from("c.4c8g"), desired: to("c.2c4g") },
    neither: { machine: from("c.4c8g"), desired: to("m.2c16g") },
  } satisfies Record<string, Wanted>;

  test.each<[string, readonly string[], readonly object[]]>([
    ["no prices: cpu and memory decide", ["InquiryPrice*"], [UP, DOWN, LATERAL]],
    ["nothing at all: lateral", ["InquiryPrice*", "DescribeZoneInstanceConfigInfos"], [LATERAL, LATERAL, LATERAL]],
  ])("%s", async (_name, deniedActions, expected) => {
    const world = await DrivenTable.start(TABLE);
    try {
      Object.assign(world.simulator.keys[0] ?? {}, { deniedActions });
      const plan = await world.plan();
      expect(plan.errors).toEqual([]);
      expect(Object.keys(TABLE).map((name) => world.stepsOf(plan, name)[0])).toMatchObject(expected);
      // Whatever it may cost is said to be unknown.
      expect(world.said(plan, "bigger").map((each) => each.summary)).toContainEqual(
        expect.stringMatching(/charges? an unknown amount now$/),
      );
      expect((await world.applyPlan(plan)).errors).toEqual([]);
      expectQuiet(await world.plan());
    } finally {
      await world.stop();
    }
  });

  test("an inquiry that fails for another reason fails the plan, so that both plans of Terraform agree", async () => {
    const world = await DrivenTable.start({ bigger: TABLE.bigger }, { config: { max_retries: 0 } });
    try {
      world.simulator.fault({ kind: "status_500_before", action: "InquiryPriceCreateInstance", times: Infinity });
      const plan = await world.plan();
      expect(plan.errors[0]?.summary).toContain("bigger (930000000000000000) cannot be planned");
      expect(plan.errors[0]?.detail).toContain("InquiryPriceCreateInstance");
    } finally {
      await world.stop();
    }
  });
});

describe("a lateral change", () => {
  test.each([
    ["immediate", { effective_instance_type: "g.2c8g", pending: [] }],
    ["scheduled", { effective_instance_type: "c.4c8g", pending: [{ to: "g.2c8g", phase: "scheduled" }] }],
  ] as const)("may turn out %s, and is done either way", async (outcome, state) => {
    const world = await DrivenTable.start({ web: { machine: from("c.4c8g"), desired: to("g.2c8g") } });
    try {
      world.simulator.setPrice("g.2c8g", 56);
      world.simulator.knobs.equalPriceTypeChange = outcome;
      const plan = await world.mustApply();
      expect(world.stepsOf(plan, "web")).toMatchObject([LATERAL]);
      expect(world.attributes("web")).toMatchObject({ instance_type: "g.2c8g", ...state });
      expectQuiet(await world.plan());
      expect(world.writesOf("web")).toHaveLength(1);
    } finally {
      await world.stop();
    }
  });
});

test("a price that turns the direction between plan and apply makes the plan stale: nothing is called", async () => {
  const world = await DrivenTable.start({ web: { machine: from("c.4c8g"), desired: to("g.2c8g") } });
  try {
    const plan = await world.plan();
    expect(world.stepsOf(plan, "web")).toMatchObject([DOWN]);
    world.simulator.setPrice("g.2c8g", 90);
    // Terraform plans a second time while applying, and sees it.
    await expect(world.applyPlan(plan)).rejects.toThrow(/inconsistent final plan/);
    expect(world.writesOf("web")).toEqual([]);
  } finally {
    await world.stop();
  }
});
