// A change is sent at most once, unless it is certain that it was not executed; a read may be repeated.
import * as net from "node:net";
import { createClient } from "../../lib/api";
import { accepted, drop, errorOf, KEYS, quickClock, raw, refused, silence, startServer, testClient } from "./server";
import type { Reply, TestServer } from "./server";

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const executedThenDropped: Reply = (_received, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
  response.write('{"requestId":"T-1","resp', () => response.destroy());
};

describe("a change", () => {
  test.each<[string, Reply, string]>([
    ["a dropped connection", drop, "NETWORK_ERROR"],
    ["a connection dropped inside the answer", executedThenDropped, "NETWORK_ERROR"],
    ["a 500 of the API", refused(500, "INTERNAL_SERVER_ERROR"), "INTERNAL_SERVER_ERROR"],
    ["a 503 of the API", refused(503, "SERVICE_TEMPORARY_UNAVAILABLE"), "SERVICE_TEMPORARY_UNAVAILABLE"],
    ["a 504 of the API", refused(504, "REQUEST_TIMED_OUT"), "REQUEST_TIMED_OUT"],
    ["a time-out told with a 400", refused(400, "REQUEST_TIMED_OUT"), "REQUEST_TIMED_OUT"],
    ["an operation time-out told with a 400", refused(400, "INVALID_OPERATION_TIMEOUT"), "INVALID_OPERATION_TIMEOUT"],
    ["a business error told with a 500", refused(500, "INVALID_PRODUCT_NOT_FOUND"), "INVALID_PRODUCT_NOT_FOUND"],
    ["an error told with a 200", refused(200, "INVALID_PRODUCT_NOT_FOUND"), "INVALID_PRODUCT_NOT_FOUND"],
    ["an unknown error told with a 500", refused(500, "SOMETHING_NEW"), "SOMETHING_NEW"],
    ["a 502 page", raw(502, "<html>bad gateway</html>"), "UNREADABLE_ANSWER"],
    ["a 400 page", raw(400, "<html>bad request</html>"), "UNREADABLE_ANSWER"],
    ["a 404 page", raw(404, "<html>not found</html>"), "UNREADABLE_ANSWER"],
    ["a 400 with a code that is not signed with a request id", raw(400, '{"code":"BAD","message":"no"}'), "BAD"],
    ["a 403 with a request id and no code", raw(403, '{"requestId":"T-1","message":"no"}'), "UNREADABLE_ANSWER"],
    ["a 408 page", raw(408, "<html>time-out</html>"), "UNREADABLE_ANSWER"],
    ["a 408 in Zenlayer's form", refused(408, "INVALID_PRODUCT_NOT_FOUND"), "INVALID_PRODUCT_NOT_FOUND"],
    ["a 425", refused(425, "TOO_EARLY"), "TOO_EARLY"],
    ["a 499", refused(499, "CLIENT_CLOSED_REQUEST"), "CLIENT_CLOSED_REQUEST"],
    ["truncated JSON", raw(200, '{"requestId":"T-1","response":{"orderN'), "UNREADABLE_ANSWER"],
    ["an empty 200", raw(200, ""), "UNREADABLE_ANSWER"],
    ["bytes that are no text", raw(200, Buffer.from([0xff, 0xfe, 0x80])), "UNREADABLE_ANSWER"],
    ["a list instead of an object", raw(200, "[]"), "UNREADABLE_ANSWER"],
    ["a 307 to another path", raw(307, "", { location: "/elsewhere" }), "REDIRECT_REFUSED"],
  ])("is not repeated after %s, and its outcome is unknown", async (_name, reply, code) => {
    const { client } = testClient(server);
    server.reply(reply, accepted({}));
    const error = await errorOf(client.vm.modifyBandwidth("900", 200));
    client.close();
    expect(error).toMatchObject({
      code,
      outcome: "unknown",
      action: "ModifyInstanceBandwidth",
      service: "vm",
      instanceId: "900",
    });
    if (code !== "REDIRECT_REFUSED") expect(error).toMatchObject({ errorClass: "unsure" });
    expect(server.received).toHaveLength(1);
  });

  test.each<[string, Reply, Record<string, unknown>]>([
    [
      "a business error",
      refused(400, "INVALID_PRODUCT_NOT_FOUND"),
      { code: "INVALID_PRODUCT_NOT_FOUND", errorClass: "config", attribute: "instance_type" },
    ],
    [
      "a spelling with FILED",
      refused(403, "OPERATION_FILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE"),
      {
        code: "OPERATION_FAILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE",
        wireCode: "OPERATION_FILED_INSTANCE_EXIST_PLAN_TRAFFIC_PACKAGE",
        errorClass: "wait",
      },
    ],
    [
      "a dotted spelling",
      refused(404, "Invalid.Instance.Not.Found"),
      { code: "INVALID_INSTANCE_NOT_FOUND", wireCode: "Invalid.Instance.Not.Found", errorClass: "gone" },
    ],
    [
      "an unknown code",
      refused(403, "SIM_BALANCE_TOO_LOW", "balance too low"),
      { code: "SIM_BALANCE_TOO_LOW", errorClass: "config", wireMessage: "balance too low", requestId: "T-REFUSED" },
    ],
    [
      "refused credentials",
      refused(401, "AUTHFAILURE_SIGNATURE_FAILURE"),
      { code: "AUTHFAILURE_SIGNATURE_FAILURE", errorClass: "config" },
    ],
    [
      "a security challenge",
      raw(403, "<html>", { "cf-mitigated": "challenge" }),
      { code: "SECURITY_CHALLENGE", errorClass: "user" },
    ],
    ["a blocked request", raw(451, "<html>"), { code: "REQUEST_BLOCKED", errorClass: "user" }],
  ])("that was refused with %s is refused, once", async (_name, reply, expected) => {
    const { client } = testClient(server);
    server.reply(reply, accepted({}));
    const error = await errorOf(client.vm.modifyType("900", "c.2c4g"));
    client.close();
    expect(error).toMatchObject({ ...expected, outcome: "refused" });
    expect(server.received).toHaveLength(1);
  });

  test.each<[string, Reply, string | null]>([
    [
      "text",
      raw(500, '{"requestId":"T-1","code":"X","message":"","orderNumber":"2026010100000001"}'),
      "2026010100000001",
    ],
    ["a number", raw(502, '{"error":"upstream","orderNumber":2026010100000001}'), "2026010100000001"],
    ["a number beyond 2^53", raw(500, '{"orderNumber":92026010100000001234}'), "92026010100000001234"],
    ["a list of one", raw(404, '{"orderNumber":["2026010100000001"]}'), "2026010100000001"],
    ["a list of one number", raw(499, '{"orderNumber":[20260101]}'), "20260101"],
    ["a field of the response", raw(503, '{"response":{"orderNumber":"7"}}'), "7"],
    ["a field of an answer that should be an acceptance", raw(200, '{"orderNumber":"7"}'), "7"],
    ["a field of a rate limit", raw(429, '{"requestId":"T-1","code":"REQUEST_LIMIT_EXCEEDED","orderNumber":"7"}'), "7"],
    ["a field of a redirect", raw(307, '{"orderNumber":"7"}', { location: "/x" }), "7"],
    ["a list of two", raw(500, '{"orderNumber":["7","8"]}'), null],
    ["an object", raw(500, '{"orderNumber":{"a":1}}'), null],
    ["empty text", raw(500, '{"orderNumber":""}'), null],
  ])("keeps the order number that an answer without meaning names as %s", async (_name, reply, orderNumber) => {
    const { client } = testClient(server);
    server.reply(reply, accepted({}));
    const error = await errorOf(client.vm.modifyBandwidth("900", 200));
    client.close();
    expect(error).toMatchObject({ outcome: "unknown", errorClass: "unsure", orderNumber });
    expect(server.received).toHaveLength(1);
  });

  test.each([[["8"]], [8], ["8"]])("that was accepted has its order number, written as %j", async (orderNumber) => {
    const { client } = testClient(server);
    server.reply(accepted({ orderNumber }), raw(200, JSON.stringify({ requestId: "T-1", orderNumber })));
    expect(await client.vm.modifyBandwidth("900", 200)).toMatchObject({ orderNumber: "8" });
    expect(await client.vm.modifyBandwidth("900", 200)).toMatchObject({ orderNumber: "8" });
    client.close();
  });

  test("that was definitely refused placed no order, whatever the answer says", async () => {
    const { client } = testClient(server);
    server.reply(raw(400, '{"requestId":"T-1","code":"STOCK_INSUFFICIENT","message":"","orderNumber":"7"}'));
    const error = await errorOf(client.vm.modifyBandwidth("900", 200));
    client.close();
    expect(error).toMatchObject({ outcome: "refused", orderNumber: null });
  });

  test("that a proxy refused with a page is refused", async () => {
    const { client } = testClient(server);
    server.reply(raw(407, "<html>log in</html>"));
    expect(await errorOf(client.vm.modifyBandwidth("900", 200))).toMatchObject({
      code: "PROXY_REFUSED",
      outcome: "not_sent",
    });
    client.close();
  });

  test.each<[string, Reply, number]>([
    ["in seconds", refused(429, "REQUEST_LIMIT_EXCEEDED", "slow", { "retry-after": "7" }), 7000],
    ["not at all", refused(400, "REQUEST_LIMIT_EXCEEDED"), 0],
    ["with a page", raw(429, "<html>slow</html>", { "retry-after": "2" }), 2000],
  ])(
    "that a rate limit refused is not repeated: whoever decided it is told when to decide anew (%s)",
    async (_name, reply, after) => {
      const { client, clock } = testClient(server);
      server.reply(reply, accepted({}));
      expect(await errorOf(client.vm.modifyBandwidth("900", 200))).toMatchObject({
        code: "REQUEST_LIMIT_EXCEEDED",
        outcome: "not_sent",
        errorClass: "retry",
        sendAgainAfter: after,
      });
      client.close();
      expect(server.received).toHaveLength(1);
      expect(clock.sleeps).toEqual([]);
    },
  );

  test("whose turn comes too late under a rate limit is not sent", async () => {
    const { client } = testClient(server);
    server.reply(refused(429, "REQUEST_LIMIT_EXCEEDED", "slow", { "retry-after": "7" }), accepted({}));
    await errorOf(client.vm.modifyBandwidth("900", 200));
    expect(await errorOf(client.vm.modifyBandwidth("900", 200, { sendWithin: 5000 }))).toMatchObject({
      code: "TURN_TOO_LATE",
      outcome: "not_sent",
      sendAgainAfter: 0,
    });
    expect(await client.vm.modifyBandwidth("900", 200, { sendWithin: 5000 })).toMatchObject({
      requestId: "T-ACCEPTED",
    });
    client.close();
    expect(server.received).toHaveLength(2);
  });

  test("without an answer in time is not repeated", async () => {
    const { client } = testClient(server, { requestTimeout: 0.1 });
    server.reply(silence);
    expect(await errorOf(client.vm.modifyBandwidth("900", 200))).toMatchObject({
      code: "REQUEST_TIMED_OUT",
      outcome: "unknown",
      errorClass: "unsure",
      httpStatus: null,
    });
    client.close();
    expect(server.received).toHaveLength(1);
  });

  test("to a closed port was not sent, and may be decided anew at once", async () => {
    const port = await closedPort();
    const { client, clock } = testClient({ url: `http://127.0.0.1:${port}` });
    expect(await errorOf(client.vm.modifyBandwidth("900", 200))).toMatchObject({
      code: "NETWORK_ERROR",
      outcome: "not_sent",
      errorClass: "retry",
      sendAgainAfter: 0,
    });
    client.close();
    expect(clock.sleeps).toEqual([]);
  });

  test("to a host that does not exist was not sent", async () => {
    const client = createClient({ endpoint: "https://zenlayer.invalid", credentials: KEYS, clock: quickClock() });
    const error = await errorOf(client.vm.modifyBandwidth("900", 200));
    client.close();
    expect(error).toMatchObject({ outcome: "not_sent" });
    expect(["ENDPOINT_NOT_FOUND", "NETWORK_ERROR"]).toContain((error as { code: string }).code);
  });

  test("to a port that speaks no TLS was not sent", async () => {
    const client = createClient({
      endpoint: server.url.replace("http:", "https:"),
      credentials: KEYS,
      clock: quickClock(),
    });
    const error = await errorOf(client.vm.modifyBandwidth("900", 200));
    client.close();
    expect(error).toMatchObject({ code: "CERTIFICATE_REFUSED", outcome: "not_sent", errorClass: "config" });
    expect(server.received).toHaveLength(0);
  });

  test("uses a connection of its own, while reads share one", async () => {
    const { client } = testClient(server);
    server.reply(accepted({ dataSet: [], totalCount: 0 }));
    await client.vm.listInstances();
    await client.vm.listInstances();
    await client.vm.modifyBandwidth("900", 200);
    await client.vm.modifyBandwidth("900", 300);
    client.close();
    const sockets = server.received.map((entry) => entry.socket);
    expect(sockets[0]).toBe(sockets[1]);
    expect(new Set(sockets).size).toBe(3);
    expect(server.received[2]?.headers.connection).toBe("close");
  });
});

describe("a read", () => {
  test("to a closed port is tried a few times", async () => {
    const port = await closedPort();
    const { client, clock } = testClient({ url: `http://127.0.0.1:${port}` });
    expect(await errorOf(client.vm.listInstances())).toMatchObject({ code: "NETWORK_ERROR", outcome: "not_sent" });
    client.close();
    expect(clock.sleeps).toHaveLength(3);
  });

  const empty = accepted({ dataSet: [], totalCount: 0 });

  test.each<[string, Reply]>([
    ["a dropped connection", drop],
    ["a connection dropped inside the answer", executedThenDropped],
    ["a 500", refused(500, "INTERNAL_SERVER_ERROR")],
    ["a 503", refused(503, "SERVICE_TEMPORARY_UNAVAILABLE")],
    ["an unknown error with a 500", refused(500, "SOMETHING_NEW")],
    ["a server's time-out", refused(504, "REQUEST_TIMED_OUT")],
    ["a 502 page", raw(502, "<html>bad gateway</html>")],
    ["truncated JSON", raw(200, '{"requestId":"T-1","response":{"dataS')],
    ["a 408", raw(408, "<html>time-out</html>")],
    ["a 425 of the API", refused(425, "TOO_EARLY")],
    ["a 499", raw(499, "")],
    ["an answer without the list", accepted({})],
    ["a rate limit", refused(429, "REQUEST_LIMIT_EXCEEDED")],
  ])("is repeated after %s", async (_name, reply) => {
    const { client } = testClient(server);
    server.reply(reply, empty);
    expect(await client.vm.listInstances()).toEqual([]);
    client.close();
    expect(server.received).toHaveLength(2);
  });

  test.each<[string, Reply, string]>([
    ["refused credentials", refused(401, "AUTHFAILURE_SIGNATURE_FAILURE"), "AUTHFAILURE_SIGNATURE_FAILURE"],
    ["a missing permission", refused(403, "AUTHFAILURE_UNAUTHORIZED_OPERATION"), "AUTHFAILURE_UNAUTHORIZED_OPERATION"],
    ["a challenge", raw(403, "<html>", { "cf-mitigated": "challenge" }), "SECURITY_CHALLENGE"],
    ["a page of another server", raw(404, "<html>not found</html>"), "UNREADABLE_ANSWER"],
    ["a redirect", raw(301, "", { location: "https://example.com/" }), "REDIRECT_REFUSED"],
  ])("is not repeated after %s", async (_name, reply, code) => {
    const { client } = testClient(server);
    server.reply(reply, empty);
    expect(await errorOf(client.vm.listInstances())).toMatchObject({ code });
    client.close();
    expect(server.received).toHaveLength(1);
  });

  test("ends after max_retries repetitions, with waits that grow", async () => {
    const { client, clock } = testClient(server, { maxRetries: 4 });
    server.reply(refused(500, "INTERNAL_SERVER_ERROR"));
    expect(await errorOf(client.vm.listInstances())).toMatchObject({
      code: "INTERNAL_SERVER_ERROR",
      errorClass: "retry",
    });
    client.close();
    expect(server.received).toHaveLength(5);
    expect(clock.sleeps).toEqual([375, 750, 1500, 3000]);
  });

  test("of a machine in the recycle bin says gone, a change of it says that the user must act", async () => {
    const { client } = testClient(server);
    server.reply(refused(400, "OPERATION_FAILED_FOR_RECYCLE_RESOURCE"));
    expect(await errorOf(client.vm.describeTypeStatus("900"))).toMatchObject({ errorClass: "gone" });
    expect(await errorOf(client.vm.modifyType("900", "c.2c4g"))).toMatchObject({ errorClass: "user" });
    client.close();
  });
});

describe("an abort", () => {
  test("ends a wait between two attempts at once", async () => {
    const abort = new AbortController();
    const { client } = testClient(server, {
      clock: {
        ...quickClock(),
        sleep: (_milliseconds, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener("abort", () => reject(signal.reason as Error));
            abort.abort();
          }),
      },
    });
    server.reply(refused(500, "INTERNAL_SERVER_ERROR"));
    expect(await errorOf(client.vm.listInstances({}, { signal: abort.signal }))).toMatchObject({
      code: "REQUEST_CANCELLED",
    });
    client.close();
    expect(server.received).toHaveLength(1);
  });

  test("ends a read that waits for its answer", async () => {
    const abort = new AbortController();
    const { client } = testClient(server);
    server.reply(() => abort.abort());
    expect(await errorOf(client.vm.describeInternetStatus("900", { signal: abort.signal }))).toMatchObject({
      code: "REQUEST_CANCELLED",
    });
    client.close();
  });

  test("before a change was sent sends nothing", async () => {
    const { client } = testClient(server);
    expect(await errorOf(client.vm.modifyBandwidth("900", 5, { signal: AbortSignal.abort() }))).toMatchObject({
      code: "REQUEST_CANCELLED",
      outcome: "not_sent",
    });
    client.close();
    expect(server.received).toHaveLength(0);
  });

  test("does not lose the answer of a change that was sent already", async () => {
    const abort = new AbortController();
    const { client } = testClient(server);
    server.reply((received, response) => {
      abort.abort();
      setTimeout(() => void accepted({ orderNumber: "77" })(received, response), 50);
    });
    expect(await client.vm.modifyBandwidth("900", 5, { signal: abort.signal })).toMatchObject({ orderNumber: "77" });
    client.close();
  });

  test("waits two seconds for the answer of a change that was sent already, and no longer", async () => {
    const abort = new AbortController();
    const { client } = testClient(server);
    let aborted = 0;
    server.reply((...call) => {
      aborted = performance.now();
      abort.abort();
      return silence(...call);
    });
    expect(await errorOf(client.vm.modifyBandwidth("900", 5, { signal: abort.signal }))).toMatchObject({
      code: "REQUEST_CANCELLED",
      outcome: "unknown",
    });
    expect(performance.now() - aborted).toBeGreaterThanOrEqual(1_990);
    client.close();
  });

  test("of a shared read leaves the others waiting", async () => {
    const abort = new AbortController();
    const { client } = testClient(server);
    server.reply((received, response) => {
      abort.abort();
      setTimeout(() => void accepted({ totalCount: 1, dataSet: [{ instanceId: "2" }] })(received, response), 20);
    });
    const [first, second] = await Promise.all([
      errorOf(client.vm.getInstance("1", { signal: abort.signal })),
      client.vm.getInstance("2"),
    ]);
    client.close();
    expect(first).toMatchObject({ name: "ZenlayerError", code: "REQUEST_CANCELLED", instanceId: "1" });
    expect(second?.instanceId).toBe("2");
  });

  test("a closed client refuses its calls", async () => {
    const { client } = testClient(server);
    client.close();
    expect(await errorOf(client.vm.modifyBandwidth("900", 5))).toMatchObject({
      code: "CLIENT_CLOSED",
      outcome: "not_sent",
    });
  });
});

async function closedPort(): Promise<number> {
  const listener = net.createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const port = (listener.address() as net.AddressInfo).port;
  await new Promise((resolve) => listener.close(resolve));
  return port;
}
