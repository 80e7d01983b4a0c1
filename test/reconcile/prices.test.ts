// What a value of an axis costs: which prices are asked for, which need not be, and why there is none.
import type { Instance } from "../../lib/api";
import type { Axis, AxisValue } from "../../lib/engine";
import { priceOf, unpriced } from "../../lib/reconcile";
import { periodOf } from "../../lib/reconcile/prices";
import { bmc, vm } from "../engine/machines";
import { failing, FakeClient, hourlyPrice, periodPrice, refusal, type Answer } from "../support/fake-client";
import { observation } from "../support/observations";

const VM = observation(vm()).instance;
const BMC = observation(bmc()).instance;
const PACKAGED = { internetChargeType: "ByTrafficPackage" };
const BANDWIDTH = "internet_max_bandwidth_out";
const PACKAGE = "traffic_package_size";

const PRICED = {
  listPrice: 40,
  price: 38,
  discounted: true,
  currency: "USD",
  unit: "PERIOD",
  reason: null,
  askedAt: 1000,
};

function selling(answer: Answer = () => [periodPrice(40, 38)]): FakeClient {
  return new FakeClient({
    inquiryPriceCreateInstance: answer,
    inquiryPriceBandwidth: answer,
    inquiryPriceTrafficPackage: answer,
  });
}

test.each<[string, Instance, Axis, AxisValue, unknown[]]>([
  [
    "a type, as an estimate",
    VM,
    "instance_type",
    "c.8c16g",
    ["inquiryPriceCreateInstance", expect.objectContaining({ instanceType: "c.8c16g", zoneId: "SEL-A" })],
  ],
  ["bandwidth", VM, BANDWIDTH, 600, ["inquiryPriceBandwidth", VM.instanceId, 600]],
  ["bandwidth of bare metal", BMC, BANDWIDTH, 600, ["inquiryPriceBandwidth", BMC.instanceId, 600]],
  ["a package", { ...VM, ...PACKAGED }, PACKAGE, 5, ["inquiryPriceTrafficPackage", VM.instanceId, 5]],
  ["a package of bare metal", { ...BMC, ...PACKAGED }, PACKAGE, 5, ["inquiryPriceTrafficPackage", BMC.instanceId, 5]],
])("asks for %s", async (_name, instance, axis, value, question) => {
  const { client, asked } = selling();
  const { signal } = new AbortController();
  expect(await priceOf(client, instance, axis, value, { signal, freeBandwidth: 100 })).toEqual({
    axis,
    value,
    ...PRICED,
    estimated: axis === "instance_type",
  });
  expect(asked).toEqual([[instance.product, ...question, { signal }]]);
});

test("by the hour, where the machine is billed so and has no period", async () => {
  const { client } = selling(() => [hourlyPrice(0.08)]);
  const hourly = { ...VM, instanceChargeType: "POSTPAID", period: null };
  expect(await priceOf(client, hourly, BANDWIDTH, 600)).toMatchObject({ price: 0.08, unit: "HOUR", estimated: false });
});

test.each<[string, Partial<Instance>, Axis, AxisValue, string]>([
  ["unlimited bandwidth", {}, BANDWIDTH, 0, "Zenlayer has no price for unlimited bandwidth"],
  ["a bandwidth that is only a cap", PACKAGED, BANDWIDTH, 600, "bandwidth is not billed on a ByTrafficPackage machine"],
  ["a package where none is sold", {}, PACKAGE, 5, "a ByBandwidth machine has no traffic package"],
  ["no period", { period: null }, BANDWIDTH, 600, "Zenlayer does not tell the machine's subscription period"],
  [
    "a period of 0",
    { period: 0 },
    "instance_type",
    "c.8c16g",
    "Zenlayer does not tell the machine's subscription period",
  ],
])("does not ask, and says why: %s", async (_name, changes, axis, value, reason) => {
  const { client, asked } = selling();
  expect(await priceOf(client, { ...VM, ...changes }, axis, value)).toEqual(unpriced(axis, value, reason));
  expect(asked).toEqual([]);
});

test.each<[Axis, boolean]>([
  ["instance_type", true],
  [BANDWIDTH, false],
])("an amount that is not known is none at all: %s", (axis, estimated) => {
  expect(unpriced(axis, 1, "not today")).toEqual({
    axis,
    value: 1,
    listPrice: null,
    price: null,
    discounted: true,
    currency: "USD",
    unit: null,
    estimated,
    reason: "not today",
    askedAt: null,
  });
});

describe("the bandwidth that a bare-metal machine includes", () => {
  test.each([
    ["all of it", 100, "PREPAID", "PERIOD"],
    ["less", 99, "PREPAID", "PERIOD"],
    ["billed by the hour", 100, "POSTPAID", null],
  ])("costs nothing and is not asked for: %s", async (_name, value, instanceChargeType, unit) => {
    const { client, asked } = selling();
    expect(await priceOf(client, { ...BMC, instanceChargeType }, BANDWIDTH, value, { freeBandwidth: 100 })).toEqual({
      axis: BANDWIDTH,
      value,
      ...PRICED,
      listPrice: 0,
      price: 0,
      unit,
      estimated: false,
      askedAt: null,
    });
    expect(asked).toEqual([]);
  });

  test("is not told: the price is asked for", async () => {
    expect(await priceOf(selling().client, BMC, BANDWIDTH, 1)).toMatchObject({ price: 38 });
  });

  test("one more costs its price", async () => {
    expect(await priceOf(selling().client, BMC, BANDWIDTH, 101, { freeBandwidth: 100 })).toMatchObject({ price: 38 });
  });

  test("unlimited is not included", async () => {
    expect(await priceOf(selling().client, BMC, BANDWIDTH, 0, { freeBandwidth: 100 })).toMatchObject({ price: null });
  });
});

test.each<[string, Answer, string]>([
  ["an answer without a price", () => [], "Zenlayer returned no price"],
  ["a refusal", failing(refusal("SOLD_OUT")), "Zenlayer refused the inquiry (SOLD_OUT)"],
  ["a failure", failing(refusal("REQUEST_TIMEOUT", "unknown")), "the inquiry failed (REQUEST_TIMEOUT)"],
  [
    "a refused signature",
    failing(refusal("AUTHFAILURE_SIGNATURE_FAILURE")),
    "the inquiry failed (AUTHFAILURE_SIGNATURE_FAILURE)",
  ],
  ["an error with a code", failing(Object.assign(new Error("x"), { code: 7 })), "the inquiry failed (7)"],
  ["an error without one", failing(new TypeError("x")), "the inquiry failed (INTERNAL_ERROR)"],
  ["text", failing("code"), "the inquiry failed (INTERNAL_ERROR)"],
  ["null", failing(null), "the inquiry failed (INTERNAL_ERROR)"],
  ["nothing", failing(undefined), "the inquiry failed (INTERNAL_ERROR)"],
])("never throws: %s", async (_name, answer, reason) => {
  expect(await priceOf(selling(answer).client, VM, BANDWIDTH, 600)).toEqual(unpriced(BANDWIDTH, 600, reason));
});

test.each([
  ["interrupted", true],
  ["the inquiry failed (REQUEST_CANCELLED)", false],
])("%s", async (reason, stopped) => {
  const { client } = selling(failing(refusal("REQUEST_CANCELLED", "not_sent")));
  const signal = stopped ? AbortSignal.abort() : new AbortController().signal;
  expect(await priceOf(client, VM, BANDWIDTH, 600, { signal })).toEqual(unpriced(BANDWIDTH, 600, reason));
});

test.each([
  [12, 12],
  [1, 1],
  [0, null],
  [-1, null],
  [1.5, null],
  [NaN, null],
  [null, null],
])("a period of %p is %p months", (period, months) => {
  expect(periodOf({ period })).toBe(months);
});
