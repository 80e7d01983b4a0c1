// Quotes: what they ask, what they tell, and that they never fail.
import type { ObjectValue } from "../../../lib/plugin";
import type { MachineSpec, Simulator } from "../../../lib/simulator";
import { Driven } from "../../support/driven";
import { plain, type Json } from "../../support/plain";

const FLEET: readonly MachineSpec[] = [
  { product: "vm", instanceId: "1", instanceType: "c.4c8g", bandwidth: 100, period: 3 },
  { product: "vm", instanceId: "2", internetChargeType: "ByTrafficPackage", trafficPackageSize: 5 },
  { product: "vm", instanceId: "3", instanceChargeType: "POSTPAID", bandwidth: 100 },
  { product: "bmc", instanceId: "4", internetChargeType: "ByTrafficPackage", trafficPackageSize: 10 },
  { product: "bmc", instanceId: "5", internetChargeType: "ByBandwidth", bandwidth: 200 },
  { product: "vm", instanceId: "6", bandwidth: 0 },
];

let driven: Driven;
let simulator: Simulator;
beforeEach(async () => {
  driven = await Driven.start({ simulator: { fleet: FLEET } });
  ({ simulator } = driven);
});
afterEach(() => driven.stop());

/** What a quote tells, in a command of its own. */
async function quoteOf(type: string, config: ObjectValue, provider: ObjectValue = {}): Promise<Json> {
  await driven.connect(provider);
  const { state, diagnostics } = await driven.driver.readDataSource(type, config);
  expect(diagnostics).toEqual([]);
  return plain(state) ?? {};
}
const vm = (config: ObjectValue, provider: ObjectValue = {}): Promise<Json> =>
  quoteOf("zenlayer_vm_spec_quote", config, provider);
const inquiries = (): readonly string[] =>
  simulator.requests.map((entry) => entry.action).filter((action) => action.startsWith("InquiryPrice"));

describe("every axis has its price from its inquiry, before and after discount, for the full period", () => {
  test("type and bandwidth of a machine", async () => {
    const quote = await vm({ instance_id: "1", instance_type: "c.8c16g", internet_max_bandwidth_out: 200 });
    expect(quote).toMatchObject({
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
    expect(new Set(inquiries())).toEqual(new Set(["InquiryPriceCreateInstance", "InquiryPriceInstanceBandwidth"]));
  });

  test("a package of either product", async () => {
    expect(await vm({ instance_id: "2", traffic_package_size: 7.3 })).toMatchObject({
      total: 554.8,
      current_prices: [{ value: "5", price: 380 }],
    });
    const metal = { instance_id: "4", traffic_package_size: 12 };
    expect(await quoteOf("zenlayer_bmc_traffic_package_quote", metal)).toMatchObject({
      total: 532,
      prices: [{ value: "12", estimated: false }],
    });
    expect(new Set(inquiries())).toEqual(new Set(["InquiryPriceInstanceTrafficPackage"]));
  });

  test("bandwidth by use: per hour, without a period", async () => {
    expect(await vm({ instance_id: "3", internet_max_bandwidth_out: 200 })).toMatchObject({
      unit: "HOUR",
      period: null,
      prices: [{ unit: "HOUR", list_price: 8 }],
    });
  });

  test("bandwidth of bare metal, of which a part is free", async () => {
    const at = (bandwidth: number): Promise<Json> =>
      quoteOf("zenlayer_bmc_bandwidth_quote", { instance_id: "5", internet_max_bandwidth_out: bandwidth });
    expect(await at(300)).toMatchObject({ total: 950, current_prices: [{ price: 570 }] });
    expect(await at(50)).toMatchObject({ total: 0, prices: [{ value: "50", price: 0, reason: null }] });
  });
});

describe("an unchanged value", () => {
  const DESIRED = { instance_id: "1", instance_type: "c.4c8g", internet_max_bandwidth_out: 100 };

  test("is not asked for", async () => {
    expect(await vm(DESIRED)).toMatchObject({
      prices: [
        { axis: "instance_type", price: null, reason: "unchanged" },
        { axis: "internet_max_bandwidth_out", price: null, reason: "unchanged" },
      ],
      total: null,
    });
    expect(inquiries()).toEqual([]);
  });

  test("is asked for where always is set", async () => {
    expect(await vm({ ...DESIRED, always: true })).toMatchObject({
      total: 1299.6,
      current_prices: [{ price: 159.6 }, { price: 1140 }],
    });
  });

  test("is what is scheduled already, too", async () => {
    simulator.changeOutOfBand("1", { scheduled: { bandwidth: 50 } });
    expect(await vm({ instance_id: "1", internet_max_bandwidth_out: 50 })).toMatchObject({
      prices: [{ reason: "unchanged" }],
    });
  });
});

test.each<[string, ObjectValue, RegExp]>([
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
  const { prices, total } = await vm(desired);
  expect(total).toBeNull();
  expect(prices).toMatchObject([{ price: null, reason: expect.stringMatching(reason) }]);
});

test.each([
  ["no permission", ["InquiryPrice*"], /AUTHFAILURE_UNAUTHORIZED_OPERATION/],
  ["no permission to read the machine", ["Describe*"], /cannot be read/],
])("%s: no price and no error", async (_name, deniedActions, reason) => {
  Object.assign(simulator.keys[0] ?? {}, { deniedActions });
  expect(await vm({ instance_id: "1", internet_max_bandwidth_out: 200 })).toMatchObject({
    prices: [{ price: null, reason: expect.stringMatching(reason) }],
  });
});

test("an outage of the inquiries: no price and no error", async () => {
  simulator.fault({ kind: "status_500_before", action: "InquiryPrice*", times: Infinity });
  expect(await vm({ instance_id: "1", internet_max_bandwidth_out: 200 }, { max_retries: 0 })).toMatchObject({
    prices: [{ price: null, reason: "the inquiry failed (INTERNAL_SERVER_ERROR)" }],
    reason: expect.stringContaining("internet_max_bandwidth_out"),
  });
});

test("unlimited bandwidth now: the target has a price, the present value has a reason", async () => {
  expect(await vm({ instance_id: "6", internet_max_bandwidth_out: 200 })).toMatchObject({
    prices: [{ price: 760 }],
    current_prices: [{ value: "0", price: null, reason: "Zenlayer has no price for unlimited bandwidth" }],
  });
});

test("a sum only of parts that are all known: one price that is missing leaves none", async () => {
  Object.assign(simulator.keys[0] ?? {}, { deniedActions: ["InquiryPriceCreateInstance"] });
  const quote = await vm({ instance_id: "1", instance_type: "c.8c16g", internet_max_bandwidth_out: 200 });
  expect(quote).toMatchObject({ total: null, unit: null, reason: expect.stringMatching(/^instance_type: /) });
  expect(quote["prices"]).toMatchObject([{ price: null }, { price: 2280 }]);
});

test("without a value nothing is summed, and the reason says so", async () => {
  expect(await vm({ instance_id: "1" })).toMatchObject({ prices: [], total: null, reason: "no value given" });
});

describe("what a review works a charge out from", () => {
  test("a scheduled downgrade: the price in force and the committed one differ, as do their times", async () => {
    simulator.changeOutOfBand("1", { scheduled: { bandwidth: 50 } });
    const quote = await vm({ instance_id: "1", internet_max_bandwidth_out: 200 });
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
    expect(await vm({ instance_id: "1", internet_max_bandwidth_out: 100 })).toMatchObject({
      asked_at: null,
      committed_prices: [{ value: "100", price: null, reason: "unchanged" }],
      expired_time: "2026-04-15T00:00:00Z",
    });
    expect(await vm({ instance_id: "77", internet_max_bandwidth_out: 100 })).toMatchObject({
      asked_at: null,
      committed_prices: [],
      expired_time: null,
    });
    expect(await vm({ instance_id: "3", internet_max_bandwidth_out: 100 })).toMatchObject({
      asked_at: null,
      expired_time: null,
    });
  });

  test.each<[Simulator["knobs"]["prices"], RegExp]>([
    ["hourly", /a price per HOUR for a PREPAID machine/],
    ["negative", /a negative price/],
    ["null", /no price/],
    ["missing", /no price/],
  ])("prices that are %s are null with a reason", async (prices, reason) => {
    simulator.knobs.prices = prices;
    const none = [{ price: null, list_price: null, reason: expect.stringMatching(reason) as string }];
    expect(await vm({ instance_id: "1", internet_max_bandwidth_out: 200 })).toMatchObject({
      prices: none,
      current_prices: none,
      committed_prices: none,
      total: null,
      asked_at: null,
    });
  });

  test("prices in parts are summed, overage is left out", async () => {
    simulator.knobs.prices = "in_parts";
    expect(await vm({ instance_id: "2", traffic_package_size: 7.3 })).toMatchObject({
      total: 554.8,
      current_prices: [{ price: 380 }],
    });
    expect(await vm({ instance_id: "1", instance_type: "c.8c16g" })).toMatchObject({ prices: [{ price: 319.2 }] });
  });
});

test.each([
  ["zenlayer_vm_spec_quote", { instance_id: "1", internet_max_bandwidth_out: -1 }],
  ["zenlayer_bmc_traffic_package_quote", { instance_id: "1", traffic_package_size: 0.07 }],
])("%s %j is refused by its configuration alone, as of the resource", async (type, config) => {
  simulator.clearRequests();
  const diagnostics = await driven.driver.validateDataSource(type, config);
  expect(diagnostics).toMatchObject([{ severity: "error", path: [Object.keys(config)[1]] }]);
  expect(simulator.requests).toEqual([]);
});
