// Whatever bytes come back, a call ends, and ends in an error of ours or in values of the promised types.
import fc from "fast-check";
import { ZenlayerError } from "../../lib/api";
import type { VmApi } from "../../lib/api";
import { raw, startServer, testClient } from "./server";
import type { TestServer } from "./server";

const SEED = 20260401;
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const CALLS: readonly ((vm: VmApi) => Promise<unknown>)[] = [
  (vm) => vm.listInstances(),
  (vm) => vm.getInstance("900"),
  (vm) => vm.describeTypeStatus("900"),
  (vm) => vm.describeInternetStatus("900"),
  (vm) => vm.inquiryPriceBandwidth("900", 100),
  (vm) => vm.describeInstanceTypes({ zoneId: "SEL-A", instanceChargeType: "PREPAID" }),
  (vm) => vm.modifyType("900", "c.2c4g"),
  (vm) => vm.cancelTypeDowngrade("900"),
];

async function endsWell(status: number, body: string | Buffer, headers: Record<string, string> = {}): Promise<void> {
  const { client } = testClient(server, { maxRetries: 0 });
  server.reply(raw(status, body, headers));
  for (const call of CALLS) {
    try {
      await call(client.vm);
    } catch (error) {
      if (!(error instanceof ZenlayerError)) throw error;
      expect(error.code).not.toBe("UNEXPECTED_FAILURE");
    }
  }
  client.close();
}

const status = fc.constantFrom(200, 200, 200, 201, 204, 302, 400, 403, 404, 429, 451, 500, 503);
const field = fc.constantFrom(
  ...[
    "dataSet",
    "totalCount",
    "instanceId",
    "instanceType",
    "tags",
    "systemDisk",
    "modifiedInstanceType",
    "modifiedBandwidthStatus",
  ],
  ...[
    "internetMaxBandwidthOut",
    "bandwidthPrice",
    "stepPrices",
    "instanceTypeQuotaSet",
    "orderNumber",
    "requestId",
    "__proto__",
    "constructor",
    "code",
    "message",
  ],
);
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(null, "", "100", "1e999", "Processing", -1, 0, 1.5, 1e300, true, [], {}),
    fc.string(),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(field, tie("any"), { maxKeys: 5 }),
  ),
})).any;

test("random bytes", async () => {
  await fc.assert(
    fc.asyncProperty(status, fc.uint8Array({ maxLength: 200 }), (code, bytes) => endsWell(code, Buffer.from(bytes))),
    { seed: SEED, numRuns: 40 },
  );
});

test("JSON of a plausible shape", async () => {
  await fc.assert(
    fc.asyncProperty(status, fc.dictionary(field, value, { maxKeys: 6 }), (code, response) =>
      endsWell(code, JSON.stringify({ requestId: "T-1", response })),
    ),
    { seed: SEED, numRuns: 80 },
  );
});

test("JSON that was cut or mutated", async () => {
  const good = Buffer.from(
    JSON.stringify({
      requestId: "T-1",
      response: { totalCount: 1, dataSet: [{ instanceId: "900", internetMaxBandwidthOut: 5 }] },
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), fc.boolean(), async (at, byte, cut) => {
      const bytes = Buffer.from(good);
      bytes[at] = byte;
      await endsWell(200, cut ? bytes.subarray(0, at) : bytes);
    }),
    { seed: SEED, numRuns: 40 },
  );
});

test.each<[string, () => string]>([
  ["nested lists", () => "[".repeat(200_000) + "]".repeat(200_000)],
  [
    "nested objects in the response",
    () => `{"requestId":"T","response":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`,
  ],
  [
    "nested lists in the list",
    () => `{"requestId":"T","response":{"dataSet":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`,
  ],
  ["a string that never ends", () => `{"requestId":"${"\\\\".repeat(1_000_000)}`],
  ["a very long number", () => `{"requestId":"T","response":{"totalCount":${"9".repeat(1_000_000)}}}`],
])("%s", async (_name, body) => {
  await endsWell(200, body());
});

test.each(["gzip", "deflate", "br"] as const)("an answer compressed with %s is read", async (encoding) => {
  const zlib = await import("node:zlib");
  const compress = { gzip: zlib.gzipSync, deflate: zlib.deflateSync, br: zlib.brotliCompressSync }[encoding];
  const body = JSON.stringify({ requestId: "T-1", response: { totalCount: 1, dataSet: [{ instanceId: "900" }] } });
  const { client } = testClient(server);
  server.reply(raw(200, compress(body), { "content-encoding": encoding }));
  expect(await client.vm.listInstances()).toMatchObject([{ instanceId: "900" }]);
  expect(server.received.at(-1)?.headers["accept-encoding"]).toContain(encoding);
  client.close();
});

test("an answer that is not compressed as it says cannot be relied on", async () => {
  const { client } = testClient(server, { maxRetries: 0 });
  server.reply(raw(200, "{}", { "content-encoding": "gzip" }));
  await expect(client.vm.listInstances()).rejects.toMatchObject({ code: "NETWORK_ERROR", outcome: "unknown" });
  client.close();
});

test("an answer beyond the bound is refused, compressed ones too", async () => {
  const { gzipSync } = await import("node:zlib");
  const { client } = testClient(server, { maxRetries: 0 });
  server.reply(raw(200, gzipSync(Buffer.alloc(40 * 1024 * 1024, 0x20)), { "content-encoding": "gzip" }));
  await expect(client.vm.listInstances()).rejects.toMatchObject({ code: "UNREADABLE_ANSWER" });
  await expect(client.vm.modifyType("900", "c")).rejects.toMatchObject({
    code: "UNREADABLE_ANSWER",
    outcome: "unknown",
    errorClass: "unsure",
  });
  client.close();
});

test("bytes that are no HTTP end the call", async () => {
  const { client } = testClient(server, { maxRetries: 0 });
  server.reply((received) => {
    received.socket.write("SSH-2.0-what is this\r\n\r\n");
    received.socket.destroySoon();
  });
  await expect(client.vm.modifyType("900", "c")).rejects.toMatchObject({ code: "NETWORK_ERROR", outcome: "unknown" });
  client.close();
});
