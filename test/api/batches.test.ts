// Reads of machines by id share calls, and listings follow their pages.
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

test("the first goes out at once, and what comes meanwhile shares the next, up to 100 ids", async () => {
  const { client } = testClient(server);
  const ids = range(250);
  server.reply(fleet(ids));
  const machines = await Promise.all(ids.map((id) => client.vm.getInstance(id)));
  client.close();
  expect(machines.map((machine) => machine?.instanceName)).toEqual(ids.map((id) => `name-${id}`));
  expect(server.received.map((received) => idsOf(received).length).sort((one, other) => one - other)).toEqual([
    1, 49, 100, 100,
  ]);
  expect(server.received.every((received) => number(received, "pageSize") >= idsOf(received).length)).toBe(true);
});

test("the same machine asked for by many at once is asked for once", async () => {
  const { batches, asked, answer } = scripted();
  const gets = range(20).map(() => batches.get("m-1"));
  await turn();
  await answer();
  await answer();
  expect(await Promise.all(gets)).toHaveLength(20);
  // Those who came after the first had left may not have its answer: it may be older than their question.
  expect(asked).toEqual([["m-1"], ["m-1"]]);
});

test("machines of one moment later are a call of their own", async () => {
  const { client } = testClient(server);
  server.reply(fleet(["m-1", "m-2"]));
  await client.vm.getInstance("m-1");
  await client.vm.getInstance("m-2");
  client.close();
  expect(server.received.map(idsOf)).toEqual([["m-1"], ["m-2"]]);
});

/** Batches whose calls end when the test says so, on a clock that the test winds. */
function scripted() {
  const asked: (readonly string[])[] = [];
  const answers: (() => void)[] = [];
  const sleeps: { readonly ms: number; wake(): void }[] = [];
  const batches = createInstanceBatches(
    (ids) => {
      asked.push(ids);
      return new Promise((resolve) => answers.push(() => resolve([])));
    },
    { sleep: (ms) => new Promise((wake) => sleeps.push({ ms, wake })) },
  );
  const answer = async (): Promise<void> => {
    answers.shift()?.();
    await turn();
  };
  return { batches, asked, answer, sleeps };
}

const turn = (): Promise<void> => new Promise(setImmediate);

test("machines asked for while a call is under way go out together as soon as it is back", async () => {
  const { batches, asked, answer } = scripted();
  const gets: Promise<unknown>[] = [];
  for (const id of range(4)) {
    gets.push(batches.get(id));
    await turn();
  }
  expect(asked).toEqual([["m-0"]]);
  await answer();
  expect(asked).toEqual([["m-0"], ["m-1", "m-2", "m-3"]]);
  await answer();
  expect(await Promise.all(gets)).toEqual([null, null, null, null]);
});

test("a call that hangs holds nobody up for longer than a second", async () => {
  const { batches, asked, sleeps } = scripted();
  void batches.get("m-0");
  void batches.get("m-1");
  await turn();
  expect(asked).toEqual([["m-0"]]);
  expect(sleeps.map(({ ms }) => ms)).toEqual([1000]);
  sleeps[0]?.wake();
  await turn();
  expect(asked).toEqual([["m-0"], ["m-1"]]);
});

test("a full batch waits for nothing", async () => {
  const { batches, asked } = scripted();
  for (const id of range(101)) void batches.get(id);
  await turn();
  expect(asked.map((ids) => ids.length)).toEqual([1, 100]);
});

test("a batch that fails fails all its callers", async () => {
  const { client } = testClient(server);
  server.reply(refused(403, "AUTHFAILURE_UNAUTHORIZED_OPERATION"));
  const errors = await Promise.all(range(3).map((id) => errorOf(client.vm.getInstance(id))));
  client.close();
  expect(errors).toEqual(
    Array.from({ length: 3 }, () => expect.objectContaining({ code: "AUTHFAILURE_UNAUTHORIZED_OPERATION" })),
  );
  expect(server.received.map((received) => idsOf(received).length)).toEqual([1, 2]);
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
])("a %s is about the key and not about an id: it fails all of a call", async (_status, refusal) => {
  const { client } = testClient(server);
  server.reply(refusal);
  const machines = await Promise.allSettled(range(20).map((id) => client.vm.getInstance(id)));
  client.close();
  expect(machines.every((machine) => machine.status === "rejected")).toBe(true);
  expect(server.received.length).toBeLessThanOrEqual(2);
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

describe("a listing of many pages", () => {
  const pageNumbers = (): unknown[] => server.received.map((received) => received.body["pageNum"]);

  test("learns their number from the first and asks for the others together", async () => {
    const { client } = testClient(server);
    const ids = range(5200);
    const answer = fleet(ids);
    const together: (() => void)[] = [];
    server.reply((received, response) => {
      if (number(received, "pageNum") === 1) return answer(received, response);
      // Nobody is answered before all have come.
      together.push(() => void answer(received, response));
      if (together.length === 5) for (const each of together) each();
    });
    const listed = await client.vm.listInstances();
    client.close();
    expect(new Set(listed.map(({ instanceId }) => instanceId))).toEqual(new Set(ids));
    expect(pageNumbers().sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("fails with the page that fails, and the others are given up", async () => {
    const { client } = testClient(server);
    const answer = fleet(range(4000));
    server.reply((received, response) => {
      if (number(received, "pageNum") === 1) return answer(received, response);
      if (number(received, "pageNum") === 3) return refused(400, "INVALID_PARAMETER_VALUE")(received, response);
      // The others never answer.
    });
    expect(await errorOf(client.vm.listInstances())).toMatchObject({ code: "INVALID_PARAMETER_VALUE" });
    client.close();
  });

  test("goes from page to page where the service puts less on one than was asked for", async () => {
    const { client } = testClient(server);
    const answer = fleet(range(250));
    server.reply((received, response) => {
      received.body["pageSize"] = 100;
      return answer(received, response);
    });
    expect(await client.vm.listInstances()).toHaveLength(250);
    client.close();
    expect(pageNumbers()).toEqual([1, 2, 3]);
  });

  test("ends where a page brings nothing new, whatever was promised", async () => {
    const { client } = testClient(server);
    const ids = range(1000);
    server.reply((_received, response) => {
      const dataSet = ids.map((instanceId) => ({ instanceId }));
      response.end(JSON.stringify({ requestId: "T-1", response: { totalCount: 1_000_000_000, dataSet } }));
    });
    expect(await client.vm.listInstances()).toHaveLength(1000);
    client.close();
    expect(server.received.length).toBeLessThan(10);
  });
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
