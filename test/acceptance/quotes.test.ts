// Quotes with the real Terraform: what they ask, what they tell, and that they never fail a plan.
import type { MachineSpec, Simulator } from "../../lib/simulator";
import { expectNoChanges, resourcesOf, type JsonObject, type Plan } from "../../lib/testing";
import { data, importBlock, resource, World } from "../support/world";

const FLEET: readonly MachineSpec[] = [
  { product: "vm", instanceId: "1", instanceType: "c.4c8g", bandwidth: 100, period: 3 },
  { product: "vm", instanceId: "2", internetChargeType: "ByTrafficPackage", trafficPackageSize: 5 },
  { product: "vm", instanceId: "3", instanceChargeType: "POSTPAID", bandwidth: 100 },
  { product: "bmc", instanceId: "4", internetChargeType: "ByTrafficPackage", trafficPackageSize: 10 },
  { product: "bmc", instanceId: "5", internetChargeType: "ByBandwidth", bandwidth: 200 },
  { product: "vm", instanceId: "6", bandwidth: 0 },
];

let world: World;
beforeEach(async () => {
  world = await World.start({ simulator: { fleet: FLEET } });
});
afterEach(() => world.stop());

async function planOf(text: string): Promise<Plan> {
  await world.configure(text);
  return world.terraform.plan();
}

function quoteOf(plan: Plan, name: string): JsonObject {
  const found = resourcesOf({ values: plan.json?.prior_state?.values ?? {} }).find((each) => each.name === name);
  if (found === undefined)
    throw new Error(`${name} was not read: ${plan.errors.map((each) => each.summary).join("; ")}`);
  return found.values;
}

const inquiries = (): readonly string[] =>
  world.simulator.requests.map((entry) => entry.action).filter((action) => action.startsWith("InquiryPrice"));

test("every axis has its price from its inquiry, before and after discount, for the full period", async () => {
  const plan = await planOf(
    data("zenlayer_vm_spec_quote", "three_months", {
      instance_id: "1",
      instance_type: "c.8c16g",
      internet_max_bandwidth_out: 200,
    }) +
      data("zenlayer_vm_spec_quote", "package", { instance_id: "2", traffic_package_size: 7.3 }) +
      data("zenlayer_vm_spec_quote", "by_use", { instance_id: "3", internet_max_bandwidth_out: 200 }) +
      data("zenlayer_bmc_traffic_package_quote", "metal_package", { instance_id: "4", traffic_package_size: 12 }) +
      data("zenlayer_bmc_bandwidth_quote", "metal_bandwidth", { instance_id: "5", internet_max_bandwidth_out: 300 }) +
      data("zenlayer_bmc_bandwidth_quote", "free", { instance_id: "5", internet_max_bandwidth_out: 50 }),
  );
  expect(plan.errors).toEqual([]);
  expect(quoteOf(plan, "three_months")).toMatchObject({
    // c.8c16g lists at 112 a month, c.4c8g at 56; 1 Mbps at 4. Five per cent off.
    prices: [
      {
        axis: "instance_type",
        value: "c.8c16g",
        list_price: 336,
        price: 319.2,
        unit: "PERIOD",
        estimated: true,
        reason: null,
      },
      { axis: "internet_max_bandwidth_out", value: "200", list_price: 2400, price: 2280, estimated: false },
    ],
    current_prices: [
      { axis: "instance_type", value: "c.4c8g", price: 159.6 },
      { axis: "internet_max_bandwidth_out", value: "100", price: 1140 },
    ],
    total: 2599.2,
    unit: "PERIOD",
    period: 3,
    reason: null,
  });
  expect(quoteOf(plan, "package")).toMatchObject({ total: 554.8, current_prices: [{ value: "5", price: 380 }] });
  expect(quoteOf(plan, "by_use")).toMatchObject({
    unit: "HOUR",
    period: null,
    prices: [{ unit: "HOUR", list_price: 8 }],
  });
  expect(quoteOf(plan, "metal_package")).toMatchObject({ total: 532, prices: [{ value: "12", estimated: false }] });
  expect(quoteOf(plan, "metal_bandwidth")).toMatchObject({ total: 950, current_prices: [{ price: 570 }] });
  expect(quoteOf(plan, "free")).toMatchObject({ total: 0, prices: [{ value: "50", price: 0, reason: null }] });
  expect(new Set(inquiries())).toEqual(
    new Set(["InquiryPriceCreateInstance", "InquiryPriceInstanceBandwidth", "InquiryPriceInstanceTrafficPackage"]),
  );
});

test("an unchanged value is not asked for, unless always is set", async () => {
  const desired = { instance_id: "1", instance_type: "c.4c8g", internet_max_bandwidth_out: 100 };
  const quiet = await planOf(data("zenlayer_vm_spec_quote", "it", desired));
  expect(quoteOf(quiet, "it")).toMatchObject({
    prices: [
      { axis: "instance_type", price: null, reason: "unchanged" },
      { axis: "internet_max_bandwidth_out", price: null, reason: "unchanged" },
    ],
    total: null,
  });
  expect(inquiries()).toEqual([]);
  const always = await planOf(data("zenlayer_vm_spec_quote", "it", { ...desired, always: true }));
  expect(quoteOf(always, "it")).toMatchObject({ total: 1299.6, current_prices: [{ price: 159.6 }, { price: 1140 }] });
});

test("what is scheduled already counts as unchanged", async () => {
  world.simulator.changeOutOfBand("1", { scheduled: { bandwidth: 50 } });
  const plan = await planOf(data("zenlayer_vm_spec_quote", "it", { instance_id: "1", internet_max_bandwidth_out: 50 }));
  expect(quoteOf(plan, "it")).toMatchObject({ prices: [{ reason: "unchanged" }] });
});

test.each<[string, Record<string, unknown>, RegExp]>([
  [
    "a machine that does not exist",
    { instance_id: "77", internet_max_bandwidth_out: 200 },
    /cannot be read|no such machine|not exist/,
  ],
  [
    "a machine without packages",
    { instance_id: "1", traffic_package_size: 7 },
    /a ByBandwidth machine has no traffic package/,
  ],
  ["bandwidth that is not billed", { instance_id: "2", internet_max_bandwidth_out: 200 }, /bandwidth is not billed/],
  [
    "a type that does not exist",
    { instance_id: "1", instance_type: "c.9c99g" },
    /refused the inquiry \(INVALID_PRODUCT_NOT_FOUND\)/,
  ],
  [
    "too much bandwidth",
    { instance_id: "1", internet_max_bandwidth_out: 99_000 },
    /INVALID_PARAMETER_BANDWIDTH_EXCEED/,
  ],
])("%s: no price, with the reason, and no error", async (_name, desired, reason) => {
  const plan = await planOf(data("zenlayer_vm_spec_quote", "it", desired));
  expect(plan.errors).toEqual([]);
  const { prices, total } = quoteOf(plan, "it");
  expect(total).toBeNull();
  expect(prices).toMatchObject([{ price: null, reason: expect.stringMatching(reason) }]);
});

test.each([
  ["no permission", ["InquiryPrice*"], /AUTHFAILURE_UNAUTHORIZED_OPERATION/],
  ["no permission to read the machine", ["Describe*"], /cannot be read/],
])("%s: no price and no error", async (_name, deniedActions, reason) => {
  Object.assign(world.simulator.keys[0] ?? {}, { deniedActions });
  const plan = await planOf(
    data("zenlayer_vm_spec_quote", "it", { instance_id: "1", internet_max_bandwidth_out: 200 }),
  );
  expect(plan.errors).toEqual([]);
  expect(quoteOf(plan, "it")).toMatchObject({ prices: [{ price: null, reason: expect.stringMatching(reason) }] });
});

test("an outage of the inquiries: no price and no error", async () => {
  world.simulator.fault({ kind: "status_500_before", action: "InquiryPrice*", times: Infinity });
  const plan = await planOf(
    `provider "zenlayer" {\n  max_retries = 0\n}\n` +
      data("zenlayer_vm_spec_quote", "it", { instance_id: "1", internet_max_bandwidth_out: 200 }),
  );
  expect(plan.errors).toEqual([]);
  expect(quoteOf(plan, "it")).toMatchObject({
    prices: [{ price: null, reason: "the inquiry failed (INTERNAL_SERVER_ERROR)" }],
    reason: expect.stringContaining("internet_max_bandwidth_out"),
  });
});

test("unlimited bandwidth now: the target has a price, the present value has a reason", async () => {
  const plan = await planOf(
    data("zenlayer_vm_spec_quote", "it", { instance_id: "6", internet_max_bandwidth_out: 200 }),
  );
  expect(quoteOf(plan, "it")).toMatchObject({
    prices: [{ price: 760 }],
    current_prices: [{ value: "0", price: null, reason: "Zenlayer has no price for unlimited bandwidth" }],
  });
});

describe("what a review works a charge out from", () => {
  test("a scheduled downgrade: the price in force and the committed one differ, as do their times", async () => {
    world.simulator.changeOutOfBand("1", { scheduled: { bandwidth: 50 } });
    const plan = await planOf(
      data("zenlayer_vm_spec_quote", "it", { instance_id: "1", internet_max_bandwidth_out: 200 }),
    );
    const quote = quoteOf(plan, "it");
    expect(quote).toMatchObject({
      prices: [{ value: "200", price: 2280 }],
      current_prices: [{ value: "100", price: 1140 }],
      committed_prices: [{ value: "50", price: 570, unit: "PERIOD", reason: null }],
      period: 3,
      expired_time: "2026-04-15T00:00:00Z",
    });
    // The simulated clock's time, in whole seconds.
    expect(quote["asked_at"]).toMatch(/^2026-01-15T00:0\d:\d\dZ$/);
  });

  test("nothing asked: no time and no prices", async () => {
    const plan = await planOf(
      data("zenlayer_vm_spec_quote", "quiet", { instance_id: "1", internet_max_bandwidth_out: 100 }) +
        data("zenlayer_vm_spec_quote", "gone", { instance_id: "77", internet_max_bandwidth_out: 100 }) +
        data("zenlayer_vm_spec_quote", "by_use", { instance_id: "3", internet_max_bandwidth_out: 100 }),
    );
    expect(quoteOf(plan, "quiet")).toMatchObject({
      asked_at: null,
      committed_prices: [{ value: "100", price: null, reason: "unchanged" }],
      expired_time: "2026-04-15T00:00:00Z",
    });
    expect(quoteOf(plan, "gone")).toMatchObject({ asked_at: null, committed_prices: [], expired_time: null });
    expect(quoteOf(plan, "by_use")).toMatchObject({ asked_at: null, expired_time: null });
  });

  test.each<[Simulator["knobs"]["prices"], RegExp]>([
    ["hourly", /a price per HOUR for a PREPAID machine/],
    ["negative", /a negative price/],
    ["null", /no price/],
    ["missing", /no price/],
  ])("prices that are %s are null with a reason", async (prices, reason) => {
    world.simulator.knobs.prices = prices;
    const plan = await planOf(
      data("zenlayer_vm_spec_quote", "it", { instance_id: "1", internet_max_bandwidth_out: 200 }),
    );
    const none = [{ price: null, list_price: null, reason: expect.stringMatching(reason) as string }];
    expect(quoteOf(plan, "it")).toMatchObject({
      prices: none,
      current_prices: none,
      committed_prices: none,
      total: null,
      asked_at: null,
    });
  });

  test("prices in parts are summed, overage is left out", async () => {
    world.simulator.knobs.prices = "in_parts";
    const plan = await planOf(
      data("zenlayer_vm_spec_quote", "it", { instance_id: "2", traffic_package_size: 7.3 }) +
        data("zenlayer_vm_spec_quote", "type", { instance_id: "1", instance_type: "c.8c16g" }),
    );
    expect(quoteOf(plan, "it")).toMatchObject({ total: 554.8, current_prices: [{ price: 380 }] });
    expect(quoteOf(plan, "type")).toMatchObject({ prices: [{ price: 319.2 }] });
  });
});

const SPEC = { instance_id: "1", internet_max_bandwidth_out: 200 };
const MANAGED = importBlock("zenlayer_vm_instance_spec.web", "1") + data("zenlayer_vm_spec_quote", "web", SPEC);

test("beside its resource: stored in the plan, usable in outputs and checks; the machine is read once", async () => {
  const plan = await planOf(
    MANAGED +
      resource("zenlayer_vm_instance_spec", "web", SPEC) +
      `output "total" {\n  value = data.zenlayer_vm_spec_quote.web.total\n}
check "cheap" {
  assert {
    condition     = coalesce(data.zenlayer_vm_spec_quote.web.total, 0) < 1000
    error_message = "Too dear: \${coalesce(data.zenlayer_vm_spec_quote.web.total, 0)}."
  }
}`,
  );
  expect(plan.errors).toEqual([]);
  expect(quoteOf(plan, "web")).toMatchObject({ total: 2280 });
  expect(plan.json?.output_changes?.["total"]?.after).toBe(2280);
  expect(plan.warnings.map((each) => each.detail)).toContainEqual(expect.stringContaining("Too dear: 2280."));
  const reads = world.simulator.requests.filter((entry) => entry.action === "DescribeInstanceInternetStatus");
  expect(reads.length).toBeLessThanOrEqual(2);
  expect((await world.terraform.applyPlan(plan)).errors).toEqual([]);
  // The price is no longer asked for, so the output changes once; the machine does not.
  await world.terraform.apply();
  expectNoChanges(await world.terraform.plan());
  expect(world.simulator.writes()).toHaveLength(1);
});

test("a precondition on its price stops the plan before anything is called", async () => {
  const plan = await planOf(
    MANAGED +
      resource(
        "zenlayer_vm_instance_spec",
        "web",
        SPEC,
        `  lifecycle {
    precondition {
      condition     = coalesce(data.zenlayer_vm_spec_quote.web.total, 0) < 1000
      error_message = "Too dear."
    }
  }
`,
      ),
  );
  expect(plan.exitCode).toBe(1);
  expect(plan.errors.map((each) => each.detail)).toContainEqual(expect.stringContaining("Too dear."));
  expect(world.simulator.writes()).toEqual([]);
});
