// Requests as the vendor's SDKs and command line sent them (recorded: header casing and order, host with port, bodies), answered by the
// simulator and checked field by field against names and types (recorded/answers.json: those of the API facts and of the Go SDK's models).
// The clients themselves are no dependency; they decoded every answer when they were recorded.
import { createHash, createHmac } from "node:crypto";
import { connect } from "node:net";
import { sampleFleet, type Simulator, startSimulator } from "../../lib/simulator";
import { ACTIONS } from "../../lib/simulator/actions";
import { authenticate } from "../../lib/simulator/authorization";
import shapes from "./recorded/answers.json";
import commandLine from "./recorded/command-line.json";
import goNewest from "./recorded/go-newest.json";
import goOlder from "./recorded/go-older.json";
import pythonNewest from "./recorded/python-newest.json";
import pythonOlder from "./recorded/python-older.json";

interface Recorded {
  readonly service: string;
  readonly version: string;
  readonly action: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

interface Recording {
  readonly client: string;
  /** With the port that was listened on then; it was signed. */
  readonly host: string;
  readonly accessKeyId: string;
  readonly accessKeyPassword: string;
  /** In the order sent; what differs per request stands in braces. */
  readonly headers: readonly (readonly string[])[];
  readonly requests: readonly Recorded[];
}

const RECORDINGS = [commandLine, goNewest, goOlder, pythonNewest, pythonOlder] as unknown as readonly Recording[];

/** Calls that were refused when they were recorded: an unknown machine, a type that does not convert. */
const REFUSED: Readonly<Record<string, readonly [status: number, code: string]>> = {
  '"1"': [404, "INVALID_INSTANCE_NOT_FOUND"],
  '"s.2c4g"': [400, "OPERATION_FAILED_INSTANCE_TYPE_UNSUPPORTED"],
};

function headersOf(recording: Recording, request: Recorded, change: Partial<Recorded & { host: string }> = {}) {
  const values: Readonly<Record<string, string>> = {
    host: recording.host,
    length: String(Buffer.byteLength(request.body)),
    ...request,
    ...change,
  };
  return recording.headers.map(([name = "", value = ""]): readonly [string, string] => [
    name,
    value.replace(/\{(\w+)\}/g, (_braces, key: string) => values[key] ?? ""),
  ]);
}

describe.each(RECORDINGS.map((recording) => [recording.client, recording] as const))("%s", (_client, recording) => {
  test("every signature is accepted as it was received", () => {
    for (const request of recording.requests) {
      const headers = Object.fromEntries(
        headersOf(recording, request).map(([name, value]) => [name.toLowerCase(), value]),
      );
      const credentials = { keys: [{ id: recording.accessKeyId, password: recording.accessKeyPassword }], tokens: [] };
      const wall = Number(request.timestamp) * 1000;
      expect(authenticate(headers, Buffer.from(request.body), credentials, wall).keyId).toBe(recording.accessKeyId);
    }
  });

  test("every request is understood, and every answer is what the clients decode", async () => {
    const simulator = await startSimulator({
      fleet: sampleFleet(),
      clock: { start: "2026-01-01T00:00:00Z", speed: 0 },
      knobs: { typeLatency: 0, bandwidthLatency: 0, packageLatency: 0, lifecycleLatency: 0 },
      account: { cash: 100_000 },
      keys: [{ id: recording.accessKeyId, password: recording.accessKeyPassword }],
    });
    try {
      for (const request of recording.requests) {
        const { status, text } = await replay(simulator, recording, request);
        const refusal = Object.entries(REFUSED).find(([part]) => request.body.includes(part))?.[1];
        const call = `${request.service} ${request.version} ${request.action}`;
        expect({ call, body: request.body, status }).toEqual({ call, body: request.body, status: refusal?.[0] ?? 200 });
        expect({ call, mistakes: mistakesOf(request, text, refusal?.[1]) }).toEqual({ call, mistakes: [] });
      }
      expect(simulator.requests.filter(({ unknownFields }) => unknownFields.length > 0)).toEqual([]);
      expect(simulator.requests).toHaveLength(recording.requests.length);
    } finally {
      await simulator.stop();
    }
  });
});

test("the recordings hold every action that is served", () => {
  const seen = new Set(
    RECORDINGS.flatMap(({ requests }) => requests.map(({ service, action }) => `${service} ${action}`)),
  );
  const served = Object.entries(ACTIONS).flatMap(([service, versions]) =>
    Object.values(versions).flatMap((actions) => Object.keys(actions).map((action) => `${service} ${action}`)),
  );
  // An older name of DescribeZones, which the Java SDK alone sends.
  expect([...seen].sort()).toEqual([...new Set(served)].filter((name) => name !== "bmc ZoneDetails").sort());
});

test("the check finds what is wrong", () => {
  const shape = { a: "string", b: "integer", c: "float", d: ["string"], e: [{ f: "boolean" }] };
  const check = (text: string): readonly string[] => compare(parseRaw(text), shape, "");
  expect(check('{"a":"x","b":1,"c":1.0,"d":["y"],"e":[{"f":true}]}')).toEqual([]);
  expect(check('{"a":null,"b":null,"c":null,"d":[],"e":null}')).toEqual([]);
  expect(check('{"a":1,"b":1.0,"c":1,"d":"y","e":[{"f":"true"}],"g":0}')).toEqual([
    ".a: 1 is no string",
    ".b: 1.0 is no integer",
    ".c: 1 is no float",
    ".d: y is no list",
    ".e[0].f: true is no boolean",
    ".g is not in the table",
  ]);
  expect(check('{"a":"x","b":1,"c":1.0,"d":[]}')).toEqual([".e is missing"]);
});

/** Sends a recorded request byte for byte, but for host, time and therefore signature. */
async function replay(
  simulator: Simulator,
  recording: Recording,
  request: Recorded,
): Promise<{ readonly status: number; readonly text: string }> {
  const { host, hostname, port } = new URL(simulator.endpoint);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const contentType = recording.headers.find(([name]) => name?.toLowerCase() === "content-type")?.[1] ?? "";
  const signature = sign(recording.accessKeyPassword, { timestamp, contentType, host, body: request.body });
  const lines = headersOf(recording, request, { host, timestamp, signature }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = `POST /api/v2/${request.service} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`;
  const answer = await new Promise<string>((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.write(head + request.body));
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      // The connection is kept alive: the end of the chunked body is the end of the answer.
      if (Buffer.concat(chunks).toString("utf8").endsWith("\r\n0\r\n\r\n")) socket.end();
    });
    socket.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    socket.on("error", reject);
  });
  const [top = "", ...rest] = answer.split("\r\n\r\n");
  const chunked = rest.join("\r\n\r\n");
  return {
    status: Number(top.split(" ")[1]),
    text: chunked
      .split("\r\n")
      .filter((_, index) => index % 2 === 1)
      .join(""),
  };
}

function sign(
  password: string,
  signed: { readonly timestamp: string; readonly contentType: string; readonly host: string; readonly body: string },
): string {
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
  const canonical = `POST\n/\n\ncontent-type:${signed.contentType}\nhost:${signed.host}\n\ncontent-type;host\n${sha256(signed.body)}`;
  return createHmac("sha256", password)
    .update(`ZC2-HMAC-SHA256\n${signed.timestamp}\n${sha256(canonical)}`)
    .digest("hex");
}

/** What a client of this version would stumble over. */
function mistakesOf(request: Recorded, text: string, code: string | undefined): readonly string[] {
  const answer = parseRaw(text) as Record<string, unknown>;
  if (code !== undefined)
    return compare(answer, { requestId: "string", code: "string", message: "string" }, "").concat(
      answer["code"] === code ? [] : [`code is ${String(answer["code"])}`],
    );
  const { requestId, response } = answer as { requestId: unknown; response: Record<string, unknown> };
  // The Python SDK names another version of the same billing service.
  const version = request.service === "zbc" ? "2024-08-08" : request.version;
  const table = (shapes as Readonly<Record<string, unknown>>)[`${request.service} ${version} ${request.action}`];
  if (table === undefined) return ["there is no table"];
  const { requestId: inner, ...fields } = response;
  return [...(inner === requestId ? [] : ["the request ids differ"]), ...compare(fields, table, "")];
}

/** JSON with numbers kept as they are written. */
class Raw {
  constructor(readonly text: string) {}
}

function parseRaw(text: string): unknown {
  const quoted = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    token.startsWith('"') ? token : `{"raw number":"${token}"}`,
  );
  return JSON.parse(quoted, (_name, value: unknown) =>
    typeof value === "object" && value !== null && "raw number" in value ? new Raw(String(value["raw number"])) : value,
  );
}

function compare(value: unknown, shape: unknown, path: string): string[] {
  if (value === null) return [];
  if (typeof shape === "string") {
    const shown = value instanceof Raw ? value.text : String(value);
    return fits(value, shape) ? [] : [`${path}: ${shown} is no ${shape}`];
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${path}: ${String(value)} is no list`];
    return value.flatMap((item, index) => compare(item, shape[0], `${path}[${index}]`));
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const table = shape as Readonly<Record<string, unknown>>;
  return [
    ...Object.entries(fields).flatMap(([name, field]) =>
      name in table ? compare(field, table[name], `${path}.${name}`) : [`${path}.${name} is not in the table`],
    ),
    ...Object.keys(table).flatMap((name) => (name in fields ? [] : [`${path}.${name} is missing`])),
  ];
}

function fits(value: unknown, type: string): boolean {
  switch (type) {
    case "integer":
      return value instanceof Raw && /^-?\d+$/.test(value.text);
    case "float":
      return value instanceof Raw && value.text.includes(".");
    case "boolean":
    case "string":
      return typeof value === type;
    default:
      return false;
  }
}
