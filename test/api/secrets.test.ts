// No secret leaves the client: not in an error, its JSON, stack and causes, and not in a log line, whatever the service sends back.
import { inspect } from "node:util";
import type { ClientOptions, Credentials } from "../../lib/api";
import { accepted, drop, errorOf, KEYS, raw, refused, silence, startServer, testClient } from "./server";
import type { LogLine, Reply } from "./server";

const TOKEN: Credentials = { kind: "token", token: 'tok"secret/+1234567890' };

/** Repeats everything that it was sent, as careless servers do. */
const echo =
  (status: number): Reply =>
  (received, response) => {
    const everything = `${JSON.stringify(received.headers)} ${String(received.headers.authorization)} ${KEYS.accessKeyPassword} ${TOKEN.kind === "token" ? TOKEN.token : ""}`;
    void refused(status, `ECHO ${everything}`, everything, { "x-echo": encodeURIComponent(everything) })(
      received,
      response,
    );
  };

const FAULTS: readonly (readonly [string, Reply])[] = [
  ["an echo", echo(400)],
  ["an echo with a 500", echo(500)],
  ["an echo as a page", (received, response) => raw(502, inspect(received.headers))(received, response)],
  ["a dropped connection", drop],
  ["silence", silence],
  ["refused credentials", refused(401, "AUTHFAILURE_SIGNATURE_FAILURE", `wrong password ${KEYS.accessKeyPassword}`)],
  ["a rate limit", refused(429, "REQUEST_LIMIT_EXCEEDED", "Bearer abcdef")],
  ["a redirect", raw(302, "", { location: "https://example.com/?token=abc" })],
  ["truncated JSON", raw(200, '{"requestId":"T-1","response":{')],
  ["an acceptance", accepted({ dataSet: [], totalCount: 0 })],
];

/** Everything a logger or a bug report could print of an error. */
function everythingOf(error: unknown): string {
  const parts: string[] = [];
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    parts.push(
      current.message,
      String(current.stack),
      JSON.stringify(current),
      inspect(current, { depth: 20, showHidden: true, getters: true }),
    );
  }
  return parts.join("\n");
}

test.each<[string, Credentials, readonly string[]]>([
  ["a key pair", KEYS, [KEYS.accessKeyPassword]],
  ["a token", TOKEN, ['tok"secret', 'tok\\"secret', "tok%22secret", "secret/+1234567890"]],
])("with %s", async (_name, credentials, secrets) => {
  const server = await startServer();
  const lines: LogLine[] = [];
  const said: string[] = [];
  for (const [, reply] of FAULTS) {
    // A client of its own for each, because nothing more is sent with credentials that were refused.
    const log: ClientOptions["log"] = (level, message, fields) => lines.push({ level, message, fields });
    const { client } = testClient(server, { credentials, requestTimeout: 0.2, maxRetries: 1, log });
    for (const call of [() => client.vm.listInstances(), () => client.vm.modifyType("900", "c.2c4g")]) {
      server.reply(reply);
      try {
        await call();
      } catch (error) {
        said.push(everythingOf(error));
      }
    }
    client.close();
  }
  const signatures = server.received
    .map((received) => String(received.headers.authorization))
    .map((value) => /Signature=(\w+)/.exec(value)?.[1] ?? value);
  await server.close();
  const log = lines.map((line) => JSON.stringify(line) + inspect(line, { depth: 20 })).join("\n");
  expect(said.length).toBeGreaterThan(15);
  expect(lines.length).toBeGreaterThan(20);
  for (const text of [...said, log]) {
    for (const secret of [...secrets, ...signatures]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/Bearer (?!\[secret\])/);
  }
});

test("an error keeps no axios error as its cause", async () => {
  const server = await startServer();
  const { client } = testClient(server);
  server.reply(drop);
  const error = (await errorOf(client.vm.modifyType("900", "c.2c4g"))) as Error;
  client.close();
  await server.close();
  expect(error.cause).toBeInstanceOf(Error);
  expect(Object.keys(error.cause as Error)).toEqual([]);
  expect((error.cause as Error).constructor).toBe(Error);
});

test("control characters and endless texts of the service do not reach a terminal", async () => {
  const server = await startServer();
  const { client } = testClient(server);
  server.reply(refused(400, "ODD", `\u001b[31mred\r\n${"x".repeat(100_000)}`));
  const error = (await errorOf(client.vm.modifyType("900", "c.2c4g"))) as Error;
  client.close();
  await server.close();
  expect(error.message).not.toContain("\u001b");
  expect(error.message.length).toBeLessThan(2000);
});

test("a log that throws fails no call", async () => {
  const server = await startServer();
  const { client } = testClient(server, {
    log: () => {
      throw new Error("disk full");
    },
  });
  await client.vm.modifyType("900", "c.2c4g");
  client.close();
  await server.close();
  expect(server.received).toHaveLength(1);
});
