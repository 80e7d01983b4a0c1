// Credentials that were refused are not tried again: counted at the service.
import { createClient, isStoppedByRefusal, takeNews, ZenlayerError, type ZenlayerClient } from "../../lib/api";
import { accepted, errorOf, KEYS, raw, refused, startServer, testClient, type Reply, type TestServer } from "./server";

const SIGNATURE = refused(401, "AUTHFAILURE_SIGNATURE_FAILURE");
const AUTHORIZATION = refused(401, "AUTHFAILURE_INVALID_AUTHORIZATION");

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const look = (client: Pick<ZenlayerClient, "vm">, id = "900") => client.vm.describeInternetStatus(id);
const status = accepted({ instanceId: "900", bandwidthStatus: "Enable" });

async function failures(calls: readonly Promise<unknown>[]): Promise<readonly ZenlayerError[]> {
  return (await Promise.all(calls.map(errorOf))) as ZenlayerError[];
}

test.each([
  ["a refused signature", SIGNATURE, "AUTHFAILURE_SIGNATURE_FAILURE"],
  ["a refused authorization", AUTHORIZATION, "AUTHFAILURE_INVALID_AUTHORIZATION"],
])("after %s nothing more is sent, reads and changes alike", async (_name, reply, code) => {
  const { client } = testClient(server);
  server.reply(reply, status);
  expect(await errorOf(look(client))).toMatchObject({ code, outcome: "refused" });
  const later = await failures([
    look(client, "901"),
    client.vm.modifyType("902", "c.2c4g"),
    client.billing.describeCustomerBalance(),
  ]);
  for (const error of later) {
    expect(error).toMatchObject({ code, outcome: "not_sent", requestId: "T-REFUSED" });
    expect(isStoppedByRefusal(error)).toBe(true);
  }
  expect(server.received).toHaveLength(1);
  client.close();
});

test("of a hundred at once only what was under way is sent", async () => {
  const { client } = testClient(server, { maxRequestsInFlight: 8 });
  server.reply(SIGNATURE);
  const errors = await failures(Array.from({ length: 100 }, (_, index) => look(client, String(index))));
  expect(new Set(errors.map((error) => error.code))).toEqual(new Set(["AUTHFAILURE_SIGNATURE_FAILURE"]));
  expect(server.received.length).toBeLessThanOrEqual(8);
  expect(errors.map(takeNews).filter(Boolean)).toHaveLength(1);
  client.close();
});

test.each<[string, Reply]>([
  ["a missing permission", refused(403, "AUTHFAILURE_UNAUTHORIZED_OPERATION")],
  ["a clock that is off", refused(401, "AUTHFAILURE_SIGNATURE_EXPIRED")],
  [
    "an answer of something on the way, without Zenlayer's request id",
    raw(401, '{"code":"AUTHFAILURE_SIGNATURE_FAILURE","message":"no"}'),
  ],
  ["a page", raw(401, "<html>Log in</html>")],
  ["a challenge", raw(403, "", { "cf-mitigated": "challenge" })],
  ["the same word with a server's error, for a change", refused(500, "AUTHFAILURE_SIGNATURE_FAILURE")],
])("%s says nothing of the credentials: the next call is sent", async (_name, reply) => {
  const { client } = testClient(server, { maxRetries: 0 });
  server.reply(reply, status);
  expect(isStoppedByRefusal((await errorOf(client.vm.modifyType("900", "c.2c4g"))) as ZenlayerError)).toBe(false);
  await look(client);
  expect(server.received).toHaveLength(2);
  client.close();
});

describe("while a change is waited for", () => {
  const patient = (client: ZenlayerClient) => ({ vm: client.patient?.vm ?? client.vm });

  test("three refusals end it, with nothing sent to the side meanwhile", async () => {
    const { client } = testClient(server);
    server.reply(SIGNATURE);
    for (const count of [1, 2, 3]) {
      expect(await errorOf(look(patient(client)))).toMatchObject({ outcome: "refused" });
      expect(await errorOf(look(client))).toMatchObject({ outcome: "not_sent" });
      expect(server.received).toHaveLength(count);
    }
    expect(await errorOf(look(patient(client)))).toMatchObject({ outcome: "not_sent" });
    expect(server.received).toHaveLength(3);
    client.close();
  });

  test("a success between makes up for them, outside the wait too", async () => {
    const { client } = testClient(server);
    server.reply(SIGNATURE, SIGNATURE, status, SIGNATURE, SIGNATURE, status);
    for (const outcome of ["refused", "refused", "ok", "refused", "refused", "ok"]) {
      const result = await look(patient(client)).then(
        () => "ok",
        (error: ZenlayerError) => error.outcome,
      );
      expect(result).toBe(outcome);
    }
    await look(client);
    expect(server.received).toHaveLength(7);
    client.close();
  });

  test("what was under way when the first refusal came counts as one", async () => {
    const { client } = testClient(server);
    server.reply(SIGNATURE, SIGNATURE, SIGNATURE, status);
    const together = await failures([1, 2, 3].map(() => look(patient(client))));
    expect(together.map((error) => error.outcome)).toEqual(["refused", "refused", "refused"]);
    await look(patient(client));
    client.close();
  });

  test("a success that was sent before the refusal does not open the way again", async () => {
    const { client } = testClient(server);
    let release: () => void = () => undefined;
    const late: Reply = async (received, response) => {
      await new Promise<void>((resolve) => (release = resolve));
      await status(received, response);
    };
    server.reply(late, SIGNATURE);
    const slow = look(client);
    while (server.received.length === 0) await new Promise(setImmediate);
    await errorOf(look(client));
    release();
    await slow;
    expect(await errorOf(look(client))).toMatchObject({ outcome: "not_sent" });
    client.close();
  });
});

test("clients of one process share what they know of the same credentials, and others nothing", async () => {
  const [first, same] = [testClient(server), testClient(server)];
  const other = testClient(server, { credentials: { ...KEYS, accessKeyPassword: "another-password" } });
  server.reply(SIGNATURE, status);
  await errorOf(look(first.client));
  expect(await errorOf(look(same.client))).toMatchObject({ outcome: "not_sent" });
  await look(other.client);
  first.client.close();
  expect(await errorOf(look(same.client))).toMatchObject({ outcome: "not_sent" });
  same.client.close();
  // The last one has gone: whoever comes next may have mended the key.
  const next = createClient({ endpoint: server.url, credentials: KEYS });
  await look(next);
  next.close();
  other.client.close();
});

test("what is told of a refusal is told once, of anything else always", async () => {
  const { client } = testClient(server, { maxRetries: 0 });
  server.reply(SIGNATURE);
  const errors = await failures([look(client), look(client)]);
  expect(errors.map(takeNews)).toEqual([true, false]);
  const others = [1, 2].map(
    () => new ZenlayerError({ code: "X", errorClass: "user", outcome: "refused", summary: "S.", cure: "C." }),
  );
  expect(others.map(takeNews)).toEqual([true, true]);
  client.close();
});
