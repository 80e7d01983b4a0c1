// Random and mutated bytes at every door: each is answered by an error or a value, none crashes or hangs. The seeds are fixed.
import { createConnection } from "node:net";
import { decodeMsgpack, encodeMsgpack, serveInProcess, type Type, unknown } from "../../lib/plugin";
import { createLogger } from "../../lib/plugin/log/logger";
import { Connection } from "../../lib/plugin/server/connection";
import { PROVIDER_METHODS } from "../../lib/plugin/server/methods";
import * as messages from "../../lib/plugin/wire/call-messages";
import { ProtobufError } from "../../lib/plugin/wire/protobuf";
import type { Provider } from "../../lib/plugin";
import { demoProvider } from "./demo-provider";
import { callGrpc, openSession } from "./grpc-client";

/** A small deterministic generator (mulberry32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function randomBytes(random: (below: number) => number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random(256)));
}

function mutate(random: (below: number) => number, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let left = 1 + random(4); left > 0; left -= 1) {
    if (copy.length > 0) copy[random(copy.length)] = random(256);
  }
  return random(4) === 0 ? copy.subarray(0, random(copy.length + 1)) : copy;
}

const TYPE: Type = [
  "object",
  { a: "string", b: ["list", "number"], c: ["map", ["set", "bool"]], d: "dynamic", e: ["tuple", ["number"]] },
];
const VALUE = { a: "text", b: [1, 0.1, unknown({ lower: [1, true] })], c: { k: [true] }, d: { x: ["y"] }, e: [3] };

test("MessagePack", () => {
  const random = randomNumbers(1);
  const valid = encodeMsgpack(VALUE, TYPE);
  let refused = 0;
  for (let round = 0; round < 5_000; round += 1) {
    const bytes = round % 2 === 0 ? mutate(random, valid) : randomBytes(random, random(64));
    try {
      decodeMsgpack(bytes, TYPE);
    } catch (error) {
      expect(error).toMatchObject({ name: "ValueError" });
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(2_500);
});

test("every call answers mutated requests by diagnostics or a codec error", async () => {
  const random = randomNumbers(2);
  const provider = demoProvider() as unknown as Provider<unknown>;
  const state = { json: Buffer.from('{"id":"x","name":"n"}') };
  const seed = messages.UpgradeResourceStateRequest.encode({ type_name: "demo_thing", version: 2, raw_state: state });
  const upgraded = await PROVIDER_METHODS.get("UpgradeResourceState")?.handle(
    new Connection(provider, createLogger({})),
    seed,
  );
  const { upgraded_state } = messages.UpgradeResourceStateResponse.decode(upgraded ?? Buffer.alloc(0));
  expect(upgraded_state?.msgpack.length).toBeGreaterThan(0);
  const value = upgraded_state ?? {};
  const apply = messages.ApplyResourceChangeRequest.encode({
    type_name: "demo_thing",
    planned_state: value,
    config: value,
    planned_private: Buffer.from("{}"),
  });
  const connection = new Connection(provider, createLogger({}));
  for (const [name, method] of PROVIDER_METHODS) {
    for (let round = 0; round < 150; round += 1) {
      const base = round % 2 === 0 ? seed : apply;
      const bytes = round % 3 === 0 ? randomBytes(random, random(80)) : mutate(random, base);
      try {
        expect(Buffer.isBuffer(await method.handle(connection, bytes))).toBe(true);
      } catch (error) {
        if (!(error instanceof ProtobufError)) throw new Error(`${name}: ${bytes.toString("hex")}`, { cause: error });
      }
    }
  }
});

describe("over HTTP/2", () => {
  function socketOf(reattach: string): string {
    const [entry] = Object.values(JSON.parse(reattach) as Record<string, { Addr: { String: string } }>);
    if (entry === undefined) throw new Error("no provider is served");
    return entry.Addr.String;
  }

  test("hostile messages are answered, and the server goes on", async () => {
    const server = await serveInProcess([{ provider: demoProvider() }]);
    const session = openSession(socketOf(server.reattach));
    try {
      const random = randomNumbers(3);
      const methods = [...PROVIDER_METHODS.keys()];
      await Promise.all(
        Array.from({ length: 300 }, async () => {
          const path = `/tfplugin6.Provider/${methods[random(methods.length)]}`;
          const { status } = await callGrpc(session, path, randomBytes(random, random(60)));
          expect(status).toMatch(/^(0|3|12|13)$/);
        }),
      );
      expect((await callGrpc(session, "/tfplugin6.Provider/GetProviderSchema")).status).toBe("0");
    } finally {
      session.destroy();
      await server.close();
    }
  });

  test("raw bytes that are no HTTP/2 end the connection only", async () => {
    const server = await serveInProcess([{ provider: demoProvider() }]);
    const random = randomNumbers(4);
    try {
      for (let round = 0; round < 20; round += 1) {
        await new Promise<void>((resolve) => {
          const socket = createConnection(socketOf(server.reattach));
          socket.on("error", () => undefined);
          socket.on("close", () => resolve());
          socket.resume();
          const preface = Buffer.from(round % 2 === 0 ? "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" : "");
          socket.end(Buffer.concat([preface, randomBytes(random, 200)]));
        });
      }
      const session = openSession(socketOf(server.reattach));
      expect((await callGrpc(session, "/tfplugin6.Provider/GetMetadata")).status).toBe("0");
      session.destroy();
    } finally {
      await server.close();
    }
  });
});
