// Nobody but this machine may read or drive the simulator: a web page that happens to be open is not this machine.
import { request } from "node:http";
import { type Simulator, startSimulator } from "../../lib/simulator";
import { call } from "./client";

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ clock: { start: "2026-01-01T00:00:00Z", speed: 0 } });
});
afterEach(() => sim.stop());

interface Seen {
  readonly status: number;
  readonly body: Record<string, string>;
}

function knock(method: string, path: string, headers: Record<string, string>, body = ""): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const outgoing = request(sim.endpoint + path, { method, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        const parsed = text.startsWith("{") ? (JSON.parse(text) as Record<string, string>) : { text };
        resolve({ status: response.statusCode ?? 0, body: parsed });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

const port = (): string => new URL(sim.endpoint).port;
const JSON_TYPE = { "content-type": "application/json" };

test.each(["127.0.0.1", "localhost", "[::1]", "LOCALHOST", "127.1.2.3"])("Host %s is answered", async (name) => {
  for (const host of [name, `${name}:${port()}`])
    expect((await knock("GET", "/control/state", { host })).status).toBe(200);
});

test.each([
  "rebound.example",
  "rebound.example:8700",
  "127.0.0.1.rebound.example",
  "localhost.rebound.example",
  "user@127.0.0.1",
  "127.0.0.1@rebound.example",
  "10.0.0.1",
  "0.0.0.0",
  "[::]",
])("Host %s is turned away from the API and the control interface", async (host) => {
  for (const [method, path] of [
    ["GET", "/control/state"],
    ["POST", "/control/stop"],
    ["POST", "/api/v2/vm"],
  ] as const) {
    const { status, body } = await knock(method, path, { host, ...JSON_TYPE });
    expect([status, body["code"]]).toEqual([403, "SIM_LOOPBACK_ONLY"]);
    expect(body["error"]).toBe(
      `The simulator answers to loopback only, and Host is "${host}": call it at 127.0.0.1, [::1] or localhost.`,
    );
  }
  expect(sim.requests).toEqual([]);
});

test.each(["https://page.example", "null", "http://127.0.0.1.page.example", "file://", ""])(
  "Origin %j is turned away",
  async (origin) => {
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const { status, body } = await knock(method, "/control/state", { origin, ...JSON_TYPE });
      expect([status, body["error"]]).toEqual([403, expect.stringContaining("web pages may not call it")]);
    }
  },
);

test.each(["http://127.0.0.1:3000", "http://localhost:3000", "https://localhost", "http://[::1]:3000"])(
  "Origin %s is a page of this machine",
  async (origin) => {
    expect((await knock("GET", "/control/state", { origin })).status).toBe(200);
  },
);

test.each([
  undefined,
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/json",
])("a control call that writes with Content-Type %s is refused and does nothing", async (type) => {
  const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
  for (const [name, body] of [
    ["advance", '{"by":"1d"}'],
    ["stop", ""],
  ] as const) {
    const seen = await knock("POST", `/control/${name}`, headers, body);
    expect(seen).toEqual({
      status: 415,
      body: {
        error: expect.stringMatching(
          `^Content-Type is ${type === undefined ? "missing" : `"${type}"`}: POST /control/${name} takes application/json only, .*curl`,
        ) as unknown,
      },
    });
  }
  expect(sim.clock.now().toISOString()).toBe("2026-01-01T00:00:00.000Z");
});

test("application/json may name its character set, and the body may be empty", async () => {
  const headers = { "content-type": "Application/JSON; charset=utf-8" };
  expect((await knock("POST", "/control/settle", headers)).status).toBe(200);
});

test("answers carry the simulated time in their Date header, refusals too", async () => {
  sim.advance("40d");
  for (const reply of [await call(sim, "DescribeInstances"), await call(sim, "Nothing")])
    expect(reply.headers["date"]).toBe("Tue, 10 Feb 2026 00:00:00 GMT");
  sim.fault({ kind: "status_503" });
  expect((await call(sim, "DescribeInstances")).headers["date"]).toBe("Tue, 10 Feb 2026 00:00:00 GMT");
  sim.fault({ kind: "raw", body: "{}", headers: { Date: "Thu, 01 Jan 2004 00:00:00 GMT" } });
  expect((await call(sim, "DescribeInstances")).headers["date"]).toBe("Thu, 01 Jan 2004 00:00:00 GMT");
});

test("a body beyond 8 MiB ends its connection and nothing else", async () => {
  const body = "x".repeat(8 * 1024 * 1024 + 1);
  await expect(knock("POST", "/control/advance", JSON_TYPE, body)).rejects.toThrow(/ECONNRESET|EPIPE|socket hang up/);
  expect((await knock("GET", "/control/state", {})).status).toBe(200);
});
