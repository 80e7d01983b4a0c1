// One plan asks the same price in several places; the service is asked once.
import type { CallOptions, ZenlayerClient } from "../../lib/api";
import { sharingInquiries } from "../../lib/reconcile";
import { errorOf } from "../api/server";
import { failing, FakeClient, periodPrice, refusal } from "../support/fake-client";

const ID = "900000000000000001";
const INQUIRY = {
  zoneId: "SEL-A",
  instanceType: "c.4c8g",
  instanceChargeType: "PREPAID",
  internetChargeType: "ByBandwidth",
  period: 1,
  systemDiskSize: 50,
};

type Inquiry = (client: ZenlayerClient, value: number, options?: CallOptions) => Promise<unknown>;

const INQUIRIES: readonly [method: string, action: string, inquiry: Inquiry][] = [
  [
    "inquiryPriceBandwidth",
    "InquiryPriceInstanceBandwidth",
    ({ vm }, ...rest) => vm.inquiryPriceBandwidth(ID, ...rest),
  ],
  [
    "inquiryPriceTrafficPackage",
    "InquiryPriceInstanceTrafficPackage",
    ({ vm }, ...rest) => vm.inquiryPriceTrafficPackage(ID, ...rest),
  ],
  [
    "inquiryPriceCreateInstance",
    "InquiryPriceCreateInstance",
    ({ vm }, value, ...rest) => vm.inquiryPriceCreateInstance({ ...INQUIRY, instanceType: `c.${value}c` }, ...rest),
  ],
];

const answer = (): unknown => [periodPrice(40)];
const ANSWERS = {
  inquiryPriceBandwidth: answer,
  inquiryPriceTrafficPackage: answer,
  inquiryPriceCreateInstance: answer,
  getInstance: () => null,
};

describe.each(INQUIRIES)("%s", (method, action, inquiry) => {
  let now: number;
  beforeEach(() => {
    now = 0;
  });
  const sharing = (fake: FakeClient): ZenlayerClient => sharingInquiries(fake.client, { monotonic: () => now });

  test("of one moment is asked once per value, and answers alike", async () => {
    const fake = new FakeClient(ANSWERS);
    const client = sharing(fake);
    const [first, second, other] = await Promise.all([inquiry(client, 4), inquiry(client, 4), inquiry(client, 8)]);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
    expect(fake.methods).toEqual([method, method]);
  });

  test("serves for ten seconds", async () => {
    const fake = new FakeClient(ANSWERS);
    const client = sharing(fake);
    for (now of [0, 9_999, 10_000]) await inquiry(client, 4);
    expect(fake.asked).toHaveLength(2);
  });

  test.each([
    ["a refusal is an answer and shared too", refusal("NOT_PERMITTED"), 1],
    ["an outcome that is not known is none", refusal("REQUEST_TIMEOUT", "unknown"), 2],
    ["nor is a fault of the client", new TypeError("x is not a function"), 2],
    ["nor an error of others, whatever it says", Object.assign(new Error("x"), { outcome: "refused" }), 2],
  ])("%s", async (_name, error, times) => {
    const fake = new FakeClient({ ...ANSWERS, [method]: failing(error) });
    const client = sharing(fake);
    expect(await errorOf(inquiry(client, 4))).toBe(error);
    expect(await errorOf(inquiry(client, 4))).toBe(error);
    expect(fake.asked).toHaveLength(times);
  });

  test("stops when the last one who waits for it does, and says what was asked", async () => {
    const stop = new AbortController();
    const fake = new FakeClient({ ...ANSWERS, [method]: () => new Promise(() => undefined) });
    const stopped = inquiry(sharing(fake), 4, { signal: stop.signal });
    await Promise.resolve();
    stop.abort();
    expect(await errorOf(stopped)).toMatchObject({ code: "REQUEST_CANCELLED", action, service: "vm" });
    expect(fake.signals).toEqual([expect.objectContaining({ aborted: true })]);
  });
});

test("each inquiry, product and machine has answers of its own", async () => {
  const fake = new FakeClient(ANSWERS);
  const { vm, bmc } = sharingInquiries(fake.client, { monotonic: () => 0 });
  await Promise.all([
    vm.inquiryPriceBandwidth(ID, 5),
    vm.inquiryPriceBandwidth("another", 5),
    vm.inquiryPriceTrafficPackage(ID, 5),
    bmc.inquiryPriceBandwidth(ID, 5),
    bmc.inquiryPriceTrafficPackage(ID, 5),
  ]);
  expect(fake.asked.map((call) => call.slice(0, 4))).toEqual([
    ["vm", "inquiryPriceBandwidth", ID, 5],
    ["vm", "inquiryPriceBandwidth", "another", 5],
    ["vm", "inquiryPriceTrafficPackage", ID, 5],
    ["bmc", "inquiryPriceBandwidth", ID, 5],
    ["bmc", "inquiryPriceTrafficPackage", ID, 5],
  ]);
});

test("all other actions are the client's own", () => {
  const { client } = new FakeClient(ANSWERS);
  const shared = sharingInquiries(client, { monotonic: () => 0 });
  expect(shared.vm.getInstance).toBe(client.vm.getInstance);
  expect(shared.bmc.getInstance).toBe(client.bmc.getInstance);
  expect(shared.billing).toBe(client.billing);
});
