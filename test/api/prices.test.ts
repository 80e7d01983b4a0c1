// Prices as the wire writes them: one entry or several, amounts that are none, and when they were named.
import type { BmcApi, VmApi } from "../../lib/api";
import { accepted, startServer, testClient } from "./server";
import type { TestServer } from "./server";

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

async function answered<T>(
  fields: Record<string, unknown>,
  call: (apis: { vm: VmApi; bmc: BmcApi }) => Promise<T>,
): Promise<T> {
  const { client } = testClient(server, { maxRetries: 0 });
  server.reply(accepted(fields));
  try {
    return await call(client);
  } finally {
    client.close();
  }
}

test.each<[string, unknown, number]>([
  [
    "a list",
    [
      { discount: 95.0, originalPrice: 7920.0, discountPrice: 7524.0 },
      { discount: 100, stepPrices: [{ stepStart: 0, stepEnd: null, unitPrice: 0.08, discountUnitPrice: 0.08 }] },
    ],
    2,
  ],
  ["one object", { discount: 95.0, originalPrice: "7920.0", discountPrice: "7524.0" }, 1],
  ["nothing", null, 0],
])("prices as %s", async (_name, wire, count) => {
  const prices = await answered({ trafficPackagePrice: wire }, ({ bmc }) => bmc.inquiryPriceTrafficPackage("1", 100));
  expect(prices).toHaveLength(count);
  if (count > 0) {
    expect(prices[0]).toEqual({
      discount: 95,
      originalPrice: 7920,
      discountPrice: 7524,
      unitPrice: null,
      discountUnitPrice: null,
      chargeUnit: null,
      currency: null,
      readable: true,
      askedAt: expect.any(Number) as number,
    });
  }
  // Overage has a price per unit of use, and none that could be taken for the package's.
  if (count > 1) expect(prices[1]).toMatchObject({ originalPrice: null, unitPrice: null, readable: true });
});

test.each<[string, unknown]>([
  ["an amount that is no number", { originalPrice: 14, discountPrice: "a lot" }],
  ["an amount beyond all numbers", { originalPrice: "1e999" }],
  ["an amount that is an object", { discountPrice: { usd: 14 } }],
  ["a text", "14"],
  ["a number", 14],
])("a price with %s is kept as one that cannot be read", async (_name, entry) => {
  const prices = await answered({ bandwidthPrice: [{ originalPrice: 14, discountPrice: 13 }, null, entry] }, ({ vm }) =>
    vm.inquiryPriceBandwidth("1", 100),
  );
  expect(prices.map(({ readable }) => readable)).toEqual([true, false]);
});

test.each<[string, string | undefined, string | null]>([
  ["its Date header", "Sun, 01 Feb 2026 10:30:00 GMT", "2026-02-01T10:30:00.000Z"],
  ["this clock where there is none", undefined, null],
  ["this clock where it is no date", "today", null],
  ["this clock where it is a number", "1", null],
])("a price is as old as %s", async (_name, date, expected) => {
  const response = Buffer.from(JSON.stringify({ requestId: "T", response: { bandwidthPrice: { discountPrice: 1 } } }));
  server.reply((_received, reply) => {
    reply.sendDate = false;
    if (date !== undefined) reply.setHeader("date", date);
    reply.end(response);
  });
  const before = Date.now();
  const { client } = testClient(server);
  const [price] = await client.vm.inquiryPriceBandwidth("1", 100);
  client.close();
  if (expected === null) {
    expect(price?.askedAt).toBeGreaterThanOrEqual(before);
    expect(price?.askedAt).toBeLessThanOrEqual(Date.now());
  } else expect(new Date(price?.askedAt ?? 0).toISOString()).toBe(expected);
});

test("the price of a type", async () => {
  const prices = await answered(
    {
      instancePrice: { originalPrice: 14, discountPrice: 13.3 },
      bandwidthPrice: { originalPrice: 4 },
      systemDiskPrice: { originalPrice: 1 },
    },
    ({ vm }) =>
      vm.inquiryPriceCreateInstance({
        zoneId: "SAO-A",
        instanceType: "c.1c2g",
        instanceChargeType: "PREPAID",
        internetChargeType: "ByBandwidth",
        period: 1,
        systemDiskSize: 10,
        bandwidth: 5,
      }),
  );
  expect(prices).toMatchObject([{ originalPrice: 14, discountPrice: 13.3 }]);
  expect(server.received[0]?.body).toEqual({
    ...{
      zoneId: "SAO-A",
      instanceType: "c.1c2g",
      instanceChargeType: "PREPAID",
      internetChargeType: "ByBandwidth",
      instanceCount: 1,
    },
    ...{ systemDisk: { diskSize: 10 }, instanceChargePrepaid: { period: 1 }, internetMaxBandwidthOut: 5 },
  });
});
