// What is asked of the catalogue before a change is decided, and what is known after it: an answer, a refusal, or nothing.
import type { InstanceTypeQuota } from "../../lib/api";
import type { Desired, Facts, Machine } from "../../lib/engine";
import { allowancesOf, factsFor } from "../../lib/reconcile";
import { bmc, processing, scheduled, settled, type, vm } from "../engine/machines";
import { failing, FakeClient, periodPrice, refusal } from "../support/fake-client";
import { observation } from "../support/observations";

const offer = (instanceType: string, changes: Partial<InstanceTypeQuota> = {}): InstanceTypeQuota => ({
  zoneId: "SEL-A",
  instanceType,
  instanceTypeName: null,
  cpuCount: 8,
  memory: 16,
  bandwidthLimit: 2000,
  internetChargeTypes: ["ByBandwidth"],
  ...changes,
});
const OFFERED = { cpuCount: 8, memory: 16, bandwidthLimit: 2000, internetChargeTypes: ["ByBandwidth"] };
const RESOURCE = {
  zoneId: "SEL-A",
  instanceTypeId: "MDE",
  sellStatus: "SELL",
  internetChargeTypes: [],
  maximumBandwidth: 1000,
  defaultBandwidth: 20,
  defaultTrafficPackageSize: 15,
};
const MODEL = { instanceType: "MDE" };
const UNKNOWN_TYPE = failing(refusal("INVALID_INSTANCE_TYPE_NOT_FOUND"));
const NOT_PERMITTED = failing(refusal("AUTHFAILURE_UNAUTHORIZED_OPERATION"));
const NEW_TO_US = failing(refusal("SOMETHING_ELSE"));
const DISCOUNTED_ONLY = () => [periodPrice(null, 50)];

const answers = {
  describeInstanceTypes: () => ["c.2c4g", "c.4c8g", "c.8c16g"].map((id) => offer(id)),
  inquiryPriceCreateInstance: ({ instanceType }: { readonly instanceType: string }) => [
    periodPrice({ "c.2c4g": 28, "c.4c8g": 56, "c.8c16g": 112 }[instanceType] ?? NaN),
  ],
  describeAvailableResources: () => [RESOURCE],
};

describe("what is asked", () => {
  const CATALOGUE = "describeInstanceTypes";
  const PRICE = "inquiryPriceCreateInstance";
  const RESOURCES = "describeAvailableResources";

  test.each<[string, Machine, Desired, string[]]>([
    ["all is as wanted", vm(), { instance_type: "c.4c8g", internet_max_bandwidth_out: 400 }, []],
    ["nothing is managed", bmc(), {}, []],
    [
      "a scheduled change goes where it is wanted",
      vm({ axes: { instance_type: scheduled("c.8c16g", "c.4c8g") } }),
      { instance_type: "c.4c8g" },
      [],
    ],
    ["a package of a virtual machine", vm(), { traffic_package_size: 5 }, []],
    ["its bandwidth", vm(), { internet_max_bandwidth_out: 500 }, [CATALOGUE]],
    ["its type", vm(), { instance_type: "c.8c16g" }, [CATALOGUE, PRICE, PRICE]],
    [
      "its type and its bandwidth",
      vm(),
      { instance_type: "c.8c16g", internet_max_bandwidth_out: 500 },
      [CATALOGUE, PRICE, PRICE],
    ],
    ["the bandwidth of bare metal", bmc(), { internet_max_bandwidth_out: 500 }, [RESOURCES]],
    ["its package", bmc(), { traffic_package_size: 5 }, [RESOURCES]],
  ])("%s", async (_name, machine, desired, methods) => {
    const fake = new FakeClient(answers);
    const facts = await factsFor(fake.client, observation(machine), desired);
    expect(fake.methods).toEqual(methods);
    if (methods.length === 0) expect(facts).toStrictEqual({});
  });

  test("the catalogue of the zone under the machine's charge type", async () => {
    const fake = new FakeClient(answers);
    await factsFor(fake.client, observation(), { internet_max_bandwidth_out: 500 });
    expect(fake.asked).toEqual([["vm", CATALOGUE, { zoneId: "SEL-A", instanceChargeType: "PREPAID" }, {}]]);
  });

  test.each([
    [
      { period: 12, systemDiskSize: 100 },
      { period: 12, systemDiskSize: 100 },
    ],
    [
      { period: null, systemDiskSize: null },
      { period: 1, systemDiskSize: 20 },
    ],
  ])("the price of a machine like this one: %j", async (instance, terms) => {
    const fake = new FakeClient(answers);
    await factsFor(fake.client, observation(vm(), instance), { instance_type: "c.8c16g" });
    expect(fake.asked.slice(1).map(([, , inquiry]) => inquiry)).toEqual(
      ["c.4c8g", "c.8c16g"].map((instanceType) => ({
        zoneId: "SEL-A",
        instanceType,
        instanceChargeType: "PREPAID",
        internetChargeType: "ByBandwidth",
        ...terms,
      })),
    );
  });

  test("the model in the zone, on the machine's terms", async () => {
    const fake = new FakeClient(answers);
    await allowancesOf(fake.client, observation(bmc(), MODEL).instance, {});
    expect(fake.asked).toEqual([
      ["bmc", RESOURCES, { instanceChargeType: "PREPAID", instanceTypeId: "MDE", zoneId: "SEL-A" }, {}],
    ]);
  });

  test.each([
    ["vm", vm()],
    ["bmc", bmc()],
  ])("all of it stops with the caller: %s", async (_product, machine) => {
    const fake = new FakeClient(answers);
    const { signal } = new AbortController();
    const desired = { internet_max_bandwidth_out: 500, ...(machine.product === "vm" && { instance_type: "c.8c16g" }) };
    await factsFor(fake.client, observation(machine), desired, { signal });
    expect(fake.signals).toEqual([signal]);
  });
});

describe("what is known of types", () => {
  const known = (listPrice: number | null) => type({ ...OFFERED, listPrice });

  test.each<[string, Machine["axes"], Desired, Facts["types"]]>([
    [
      "the present one and the wanted one",
      {},
      { instance_type: "c.8c16g" },
      { "c.4c8g": known(56), "c.8c16g": known(112) },
    ],
    [
      "while it changes, the one it comes from and the one it goes to as well",
      { instance_type: processing("c.2c4g", "c.4c8g") },
      { instance_type: "c.8c16g" },
      { "c.2c4g": known(28), "c.4c8g": known(56), "c.8c16g": known(112) },
    ],
    [
      "the wanted one, where the present one is not told",
      { instance_type: settled<string>(null) },
      { instance_type: "c.8c16g" },
      { "c.8c16g": known(112) },
    ],
    [
      "of the present one no price, for a bandwidth",
      {},
      { internet_max_bandwidth_out: 500 },
      { "c.4c8g": known(null) },
    ],
  ])("%s", async (_name, axes, desired, types) => {
    const facts = await factsFor(new FakeClient(answers).client, observation(vm({ axes })), desired);
    expect(facts).toStrictEqual({ types });
  });

  const offered = () => [offer("c.8c16g")];
  const notOffered = () => [];
  const price = () => [periodPrice(112, 100)];

  test.each([
    ["on sale, with a price", offered, price, type({ ...OFFERED, listPrice: 112 })],
    ["on sale, its price refused", offered, UNKNOWN_TYPE, type(OFFERED)],
    [
      "on sale, with no price to rely on: no size either",
      offered,
      () => [],
      type({ ...OFFERED, cpuCount: null, memory: null }),
    ],
    [
      "on sale, with no list price: no size either",
      offered,
      DISCOUNTED_ONLY,
      type({ ...OFFERED, cpuCount: null, memory: null }),
    ],
    ["not on sale, with a price", notOffered, price, type({ onSale: false, listPrice: 112 })],
    ["not on sale, its price not permitted", notOffered, NOT_PERMITTED, type({ onSale: false })],
    ["not on sale, its price refused with a new code", notOffered, NEW_TO_US, type({ onSale: false })],
    ["not on sale, with no price to rely on", notOffered, () => [], type({ onSale: false })],
    ["not known to Zenlayer", notOffered, UNKNOWN_TYPE, null],
    ["not known to Zenlayer, and no catalogue", NOT_PERMITTED, UNKNOWN_TYPE, null],
    ["no catalogue, but a price", NOT_PERMITTED, price, type({ listPrice: 112 })],
    ["no catalogue, and a price that is not permitted", NOT_PERMITTED, NOT_PERMITTED, undefined],
    ["no catalogue, and no price to rely on", NOT_PERMITTED, () => [], undefined],
  ])("%s", async (_name, describeInstanceTypes, inquiryPriceCreateInstance, wanted) => {
    const { client } = new FakeClient({ describeInstanceTypes, inquiryPriceCreateInstance });
    const unseen = observation(vm({ axes: { instance_type: settled<string>(null) } }));
    const facts = await factsFor(client, unseen, { instance_type: "c.8c16g" });
    expect(facts).toStrictEqual({ types: wanted === undefined ? {} : { "c.8c16g": wanted } });
  });

  test("each has its own limit of the bandwidth", async () => {
    const limits = { "c.4c8g": 1500, "c.8c16g": 2000 };
    const { client } = new FakeClient({
      ...answers,
      describeInstanceTypes: () => Object.entries(limits).map(([id, bandwidthLimit]) => offer(id, { bandwidthLimit })),
    });
    const { types } = await factsFor(client, observation(), { instance_type: "c.8c16g" });
    expect([types?.["c.4c8g"]?.bandwidthLimit, types?.["c.8c16g"]?.bandwidthLimit]).toEqual([1500, 2000]);
  });

  test("nothing, for a bandwidth without a catalogue", async () => {
    const { client } = new FakeClient({ describeInstanceTypes: NOT_PERMITTED });
    expect(await factsFor(client, observation(), { internet_max_bandwidth_out: 500 })).toStrictEqual({ types: {} });
  });
});

describe("what a model includes and allows", () => {
  const ELSEWHERE = { ...RESOURCE, zoneId: "FRA-A", defaultBandwidth: 1 };
  const OTHER = { ...RESOURCE, instanceTypeId: "S9I", defaultBandwidth: 2 };
  const NOTHING = { maximumBandwidth: null, defaultBandwidth: null, defaultTrafficPackageSize: null };

  test.each<[string, number | null, () => unknown, Facts]>([
    ["all of it", null, () => [RESOURCE], { freeBandwidth: 20, freePackage: 15, maximumBandwidth: 1000 }],
    [
      "the machine's own cap comes first",
      500,
      () => [RESOURCE],
      { freeBandwidth: 20, freePackage: 15, maximumBandwidth: 500 },
    ],
    [
      "this model in this zone",
      null,
      () => [ELSEWHERE, OTHER, RESOURCE],
      { freeBandwidth: 20, freePackage: 15, maximumBandwidth: 1000 },
    ],
    ["nothing included", null, () => [{ ...RESOURCE, ...NOTHING, defaultBandwidth: 0 }], { freeBandwidth: 0 }],
    ["nothing told", null, () => [{ ...RESOURCE, ...NOTHING }], {}],
    ["not listed", null, () => [ELSEWHERE, OTHER], {}],
    ["not listed, but the machine's own cap", 500, () => [], { maximumBandwidth: 500 }],
    ["not permitted", 500, NOT_PERMITTED, { maximumBandwidth: 500 }],
    ["refused", null, NEW_TO_US, {}],
  ])("%s", async (_name, maximumBandwidth, describeAvailableResources, wanted) => {
    const { client } = new FakeClient({ describeAvailableResources });
    const seen = observation(bmc(), { ...MODEL, maximumBandwidth });
    expect(await factsFor(client, seen, { internet_max_bandwidth_out: 500 })).toStrictEqual(wanted);
  });
});

describe.each([
  ["describeInstanceTypes", vm(), { instance_type: "c.8c16g" }],
  ["inquiryPriceCreateInstance", vm(), { instance_type: "c.8c16g" }],
  ["describeAvailableResources", bmc(), { internet_max_bandwidth_out: 500 }],
])("a failure of %s that is no answer is thrown", (method, machine, desired) => {
  test.each([
    ["the outcome is not known", refusal("REQUEST_TIMEOUT", "unknown")],
    ["nothing was sent", refusal("INVALID_INSTANCE_TYPE_NOT_FOUND", "not_sent")],
    ["the signature was refused", refusal("AUTHFAILURE_SIGNATURE_FAILURE")],
    ["a fault of the client", new TypeError("x is not a function")],
  ])("%s", async (_name, error) => {
    const { client } = new FakeClient({ ...answers, [method]: failing(error) });
    await expect(factsFor(client, observation(machine), desired)).rejects.toBe(error);
  });
});
