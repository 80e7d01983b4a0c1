// Reads of single machines: together when they come together, from one listing when they are many.
import { systemClock } from "../../lib/api";
import { createInstanceBatches } from "../../lib/api/instance-batches";
import { errorOf, raw, refused, startServer, testClient } from "./server";
import type { Received, Reply, TestServer } from "./server";

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const idsOf = (received: Received): string[] => (received.body["instanceIds"] as string[] | undefined) ?? [];
const number = (received: Received, key: string): number => Number(received.body[key]);

/** Answers like the service: by id, or page by page. */
const fleet =
  (ids: readonly string[]): Reply =>
  (received, response) => {
    const asked = received.body["instanceIds"] === undefined ? ids : ids.filter((id) => idsOf(received).includes(id));
    const from = (number(received, "pageNum") - 1) * number(received, "pageSize");
    const page = asked.slice(from, from + number(received, "pageSize"));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        requestId: "T-1",
        response: {
          totalCount: asked.length,
          dataSet: page.map((instanceId) => ({ instanceId, instanceName: `name-${instanceId}` })),
        },
      }),
    );
  };

const range = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_unused, index) => `m-${from + index}`);

test("250 machines of one moment are 3 calls of up to 100 ids, and everyone gets its own", async () => {
  const { client } = testClient(server);
  const ids = range(250);
  server.reply(fleet(ids));
  const machines = await Promise.all(ids.map((id) => client.vm.getInstance(id)));
  client.close();
  expect(machines.map((machine) => machine?.instanceName)).toEqual(ids.map((id) => `name-${id}`));
  expect(server.received.map((received) => idsOf(received).length).sort()).toEqual([100, 100, 50]);
  expect(server.received.every((received) => number(received, "pageSize") >= idsOf(received).length)).toBe(true);
});

test("the same machine asked for by many is asked for once", async () => {
  const { client } = testClient(server);
  server.reply(fleet(["m-1"]));
  const machines = await Promise.all(range(20).map(() => client.bmc.getInstance("m-1")));
  client.close();
  expect(machines.every((machine) => machine?.instanceId === "m-1")).toBe(true);
  expect(server.received.map(idsOf)).toEqual([["m-1"]]);
});

test("machines of one moment later are a call of their own", async () => {
  const { client } = testClient(server);
  server.reply(fleet(["m-1", "m-2"]));
  await client.vm.getInstance("m-1");
  await client.vm.getInstance("m-2");
  client.close();
  expect(server.received.map(idsOf)).toEqual([["m-1"], ["m-2"]]);
});

test("machines asked for while a call is under way go out together when it is back", async () => {
  const asked: (readonly string[])[] = [];
  const answers: (() => void)[] = [];
  const batches = createInstanceBatches(
    {
      describe: (ids) => {
        asked.push(ids);
        return new Promise((resolve) => answers.push(() => resolve([])));
      },
      listAll: () => Promise.resolve([]),
    },
    // The window of a batch is over at once; the patience with the one before it never is.
    {
      ...systemClock,
      sleep: (milliseconds) => (milliseconds < 100 ? Promise.resolve() : new Promise(() => undefined)),
    },
  );
  const turns = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
  const gets: Promise<unknown>[] = [];
  for (const id of range(4)) {
    gets.push(batches.get(id, { fresh: false }));
    await turns();
  }
  expect(asked).toEqual([["m-0"]]);
  answers[0]?.();
  await turns();
  expect(asked).toEqual([["m-0"], ["m-1", "m-2", "m-3"]]);
  answers[1]?.();
  expect(await Promise.all(gets)).toEqual([null, null, null, null]);
});

test("after three full batches the account is listed once, in pages of 1,000", async () => {
  const { client } = testClient(server);
  const ids = range(2500);
  server.reply(fleet(ids));
  const machines = await Promise.all(ids.map((id) => client.vm.getInstance(id)));
  expect(machines.every((machine, index) => machine?.instanceId === ids[index])).toBe(true);
  const listed = server.received.filter((received) => received.body["instanceIds"] === undefined);
  expect(listed.map((received) => [received.body["pageNum"], received.body["pageSize"]])).toEqual([
    [1, 1000],
    [2, 1000],
    [3, 1000],
  ]);
  expect(server.received).toHaveLength(6);
  await client.vm.getInstance("m-7");
  expect(server.received).toHaveLength(6);
  client.close();
});

describe("once the account is listed", () => {
  const listed = range(310);
  const start = async () => {
    const { client } = testClient(server);
    server.reply(fleet(listed));
    await Promise.all(listed.map((id) => client.vm.getInstance(id)));
    return client;
  };

  test("a machine that it does not show is asked for by id before it counts as gone", async () => {
    const client = await start();
    const before = server.received.length;
    server.reply(fleet(["new"]));
    expect((await client.vm.getInstance("new"))?.instanceId).toBe("new");
    expect(await client.vm.getInstance("never")).toBeNull();
    client.close();
    expect(server.received.slice(before).map(idsOf)).toEqual([["new"], ["never"]]);
  });

  test("a fresh read asks by id", async () => {
    const client = await start();
    const before = server.received.length;
    await Promise.all([client.vm.getInstance("m-1", { fresh: true }), client.vm.getInstance("m-2", { fresh: true })]);
    client.close();
    expect(server.received.slice(before).map(idsOf)).toEqual([["m-1", "m-2"]]);
  });
});

test("a listing that fails is not kept", async () => {
  const { client } = testClient(server, { maxRetries: 0 });
  const ids = range(301);
  let fail = true;
  const answer = fleet(ids);
  server.reply((received, response) =>
    received.body["instanceIds"] === undefined && fail
      ? refused(500, "INTERNAL_SERVER_ERROR")(received, response)
      : answer(received, response),
  );
  const results = await Promise.allSettled(ids.map((id) => client.vm.getInstance(id)));
  expect(results.filter((result) => result.status === "rejected")).toHaveLength(1);
  fail = false;
  expect((await client.vm.getInstance("m-300"))?.instanceId).toBe("m-300");
  client.close();
});

test("a batch that fails fails all its callers", async () => {
  const { client } = testClient(server);
  server.reply(refused(403, "AUTHFAILURE_UNAUTHORIZED_OPERATION"));
  const errors = await Promise.all(range(3).map((id) => errorOf(client.vm.getInstance(id))));
  client.close();
  expect(errors).toEqual(
    Array.from({ length: 3 }, () => expect.objectContaining({ code: "AUTHFAILURE_UNAUTHORIZED_OPERATION" })),
  );
  expect(server.received).toHaveLength(1);
});

test.each(["INVALID_INSTANCE_NOT_FOUND", "OPERATION_FAILED_RESOURCE_NOT_FOUND"])(
  "one machine refused with %s does not make the others gone",
  async (code) => {
    const { client } = testClient(server);
    const ids = range(40);
    const answer = fleet(ids);
    server.reply((received, response) =>
      idsOf(received).includes("m-17") ? refused(404, code)(received, response) : answer(received, response),
    );
    const machines = await Promise.all(ids.map((id) => client.vm.getInstance(id)));
    client.close();
    expect(machines.flatMap((machine, index) => (machine === null ? [ids[index]] : []))).toEqual(["m-17"]);
    expect(server.received.length).toBeLessThan(15);
  },
);

test.each([
  ["400 of the API", refused(400, "INVALID_PARAMETER_PATTERN_ERROR")],
  ["404 of the API", refused(404, "INVALID_ZONE_NOT_FOUND")],
  ["422 of the API", refused(422, "UNPROCESSABLE")],
  ["400 page", raw(400, "<html>bad request</html>")],
])("one id that is answered with a %s fails alone", async (_name, refusal) => {
  const { client } = testClient(server);
  const ids = range(40);
  const answer = fleet(ids);
  server.reply((received, response) =>
    idsOf(received).includes("m-17") ? refusal(received, response) : answer(received, response),
  );
  const machines = await Promise.allSettled(ids.map((id) => client.vm.getInstance(id)));
  client.close();
  expect(machines.flatMap((machine, index) => (machine.status === "rejected" ? [ids[index]] : []))).toEqual(["m-17"]);
  expect(server.received.length).toBeLessThan(15);
});

test.each([
  ["401", refused(401, "AUTHFAILURE_SIGNATURE_FAILURE")],
  ["403", refused(403, "AUTHFAILURE_UNAUTHORIZED_OPERATION")],
])("a %s is about the key and not about an id: it fails all, once", async (_status, refusal) => {
  const { client } = testClient(server);
  server.reply(refusal);
  const machines = await Promise.allSettled(range(20).map((id) => client.vm.getInstance(id)));
  client.close();
  expect(machines.every((machine) => machine.status === "rejected")).toBe(true);
  expect(server.received).toHaveLength(1);
});

test("an answer that misses its list makes no machine gone", async () => {
  const { client } = testClient(server, { maxRetries: 1 });
  server.reply((_received, response) => {
    response.end(JSON.stringify({ requestId: "T-1", response: { requestId: "T-1" } }));
  });
  expect(await errorOf(client.vm.getInstance("m-1"))).toMatchObject({ code: "UNREADABLE_ANSWER" });
  client.close();
});

test("a listing sends the filters that are set, and follows the pages", async () => {
  const { client } = testClient(server);
  server.reply(fleet(range(1500)));
  const filter = { zoneId: "SEL-A", instanceName: "web*", tags: [{ key: "env", value: "test" }] };
  expect(await client.vm.listInstances(filter)).toHaveLength(1500);
  client.close();
  expect(server.received.map((received) => received.body)).toEqual([
    { ...filter, pageSize: 1000, pageNum: 1 },
    { ...filter, pageSize: 1000, pageNum: 2 },
  ]);
});

test("the catalogue of one zone is asked for once", async () => {
  const { client } = testClient(server);
  server.reply((_received, response) => {
    response.end(
      JSON.stringify({
        requestId: "T-1",
        response: {
          instanceTypeQuotaSet: [{ zoneId: "SEL-A", instanceType: "c.1c2g", internetMaxBandwidthOutLimit: -1 }],
        },
      }),
    );
  });
  const ask = (zoneId: string) => client.vm.describeInstanceTypes({ zoneId, instanceChargeType: "PREPAID" });
  const [types] = await Promise.all([ask("SEL-A"), ask("SEL-A"), ask("SEL-B")]);
  await ask("SEL-A");
  client.close();
  expect(types).toEqual([
    {
      zoneId: "SEL-A",
      instanceType: "c.1c2g",
      instanceTypeName: null,
      cpuCount: null,
      memory: null,
      bandwidthLimit: null,
      internetChargeTypes: [],
    },
  ]);
  expect(server.received).toHaveLength(2);
});
