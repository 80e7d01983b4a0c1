// What goes over the wire, and what comes of the answers.
import { createHash } from "node:crypto";
import { sign } from "../../lib/api";
import { accepted, errorOf, KEYS, raw, startServer, testClient } from "./server";
import type { TestServer } from "./server";

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

test("how fast the service answers shows in the traffic of the client", async () => {
  const { client } = testClient(server);
  expect(client.traffic?.()).toMatchObject({ requests: 0, fastest: Infinity });
  server.reply(accepted({ orderNumber: "2026000000000001" }));
  await client.vm.modifyType("900", "c.2c4g");
  client.close();
  expect(client.traffic?.().requests).toBe(1);
  expect(client.traffic?.().fastest).toBeLessThan(60_000);
});

describe("a request", () => {
  test("carries a signature over exactly the bytes and the host that were sent", async () => {
    const { client } = testClient(server);
    server.reply(accepted({ orderNumber: "2026000000000001" }));
    const done = await client.vm.modifyType("ins-é-实例", "c.2c4g");
    client.close();
    expect(done).toEqual({ requestId: "T-ACCEPTED", orderNumber: "2026000000000001" });
    const [received] = server.received;
    const headers = received?.headers ?? {};
    const expected = sign({
      ...KEYS,
      timestamp: Number(headers["x-zc-timestamp"]),
      contentType: String(headers["content-type"]),
      host: String(headers.host),
      body: received?.rawBody ?? "",
    });
    expect(headers.authorization).toBe(expected.authorization);
    expect(expected.bodyHash).toBe(
      createHash("sha256")
        .update(received?.rawBody ?? "")
        .digest("hex"),
    );
    expect(headers).toMatchObject({
      host: new URL(server.url).host,
      "content-type": "application/json",
      "x-zc-action": "ModifyInstanceType",
      "x-zc-version": "2026-04-01",
      "x-zc-service": "vm",
      "x-zc-signature-method": "ZC2-HMAC-SHA256",
      "x-zc-request-client": "cdktf-zenlayer",
    });
    expect(received?.path).toBe("/api/v2/vm");
    expect(received?.body).toEqual({ instanceId: "ins-é-实例", instanceTypeId: "c.2c4g" });
  });

  test("with a token carries the token and nothing of a signature", async () => {
    const { client } = testClient(server, { credentials: { kind: "token", token: "tok-secret-1" } });
    server.reply(accepted({ accountUid: "7", cashBalance: "12.5", creditValue: 1 }));
    const balance = await client.billing.describeCustomerBalance();
    client.close();
    expect(balance).toEqual({
      accountUid: "7",
      cashBalance: 12.5,
      creditValue: 1,
      purchasingPower: null,
      orderFrozenAmount: null,
    });
    const headers = server.received[0]?.headers ?? {};
    expect(headers.authorization).toBe("Bearer tok-secret-1");
    expect(Object.keys(headers)).not.toContain("x-zc-timestamp");
    expect(Object.keys(headers)).not.toContain("x-zc-signature-method");
    expect(headers).toMatchObject({ "x-zc-service": "zbc", "x-zc-version": "2024-08-08" });
  });

  test("uses the versions that were asked for", async () => {
    const { client } = testClient(server, { vmApiVersion: "2023-03-13", bmcApiVersion: "2022-11-20" });
    server.reply(accepted({}));
    await client.vm.cancelTypeDowngrade("1");
    await client.bmc.cancelTrafficPackageDowngrade("2");
    client.close();
    expect(server.received.map((entry) => [entry.path, entry.headers["x-zc-version"], entry.action])).toEqual([
      ["/api/v2/vm", "2023-03-13", "CancelInstanceDowngrade"],
      ["/api/v2/bmc", "2022-11-20", "CancelInstanceTrafficPackageDowngrade"],
    ]);
  });
});

describe("the actions", () => {
  test.each([
    ["vm", "ModifyInstanceBandwidth", { instanceId: "1", internetMaxBandwidthOut: 200 }],
    ["bmc", "ModifyInstanceBandwidth", { instanceId: "1", bandwidthOutMbps: 200 }],
  ] as const)("bandwidth of %s", async (product, action, body) => {
    const { client } = testClient(server);
    await client[product].modifyBandwidth("1", 200);
    await client[product].inquiryPriceBandwidth("1", 200);
    await client[product].cancelBandwidthDowngrade("1");
    client.close();
    expect(server.received.map((entry) => [entry.action, entry.body])).toEqual([
      [action, body],
      ["InquiryPriceInstanceBandwidth", body],
      ["CancelInstanceBandwidthDowngrade", { instanceId: "1" }],
    ]);
  });

  test("a traffic package of 0 is sent as 0", async () => {
    const { client } = testClient(server);
    await client.bmc.modifyTrafficPackage("1", 0);
    client.close();
    expect(server.received[0]?.body).toEqual({ instanceId: "1", trafficPackageSize: 0 });
  });

  test("an acceptance without a body (204) is an acceptance", async () => {
    const { client } = testClient(server);
    server.reply(raw(204, ""));
    expect(await client.vm.modifyBandwidth("1", 5)).toEqual({ requestId: "", orderNumber: null });
    client.close();
  });

  test("a read answered with 204 is repeated and then unreadable", async () => {
    const { client } = testClient(server, { maxRetries: 1 });
    server.reply(raw(204, ""));
    expect(await errorOf(client.vm.listInstances())).toMatchObject({ code: "UNREADABLE_ANSWER", errorClass: "retry" });
    expect(server.received).toHaveLength(2);
    client.close();
  });
});
