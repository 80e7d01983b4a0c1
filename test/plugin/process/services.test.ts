// What Terraform and go-plugin may call on a connection.
import { createLogger, encodeMsgpack } from "../../../lib/plugin";
import { findMethod } from "../../../lib/plugin/process/services";
import { SessionConnection } from "../../../lib/plugin/process/sessions";
import { Connection } from "../../../lib/plugin/server/connection";
import { ConfigureProviderRequest } from "../../../lib/plugin/wire/call-messages";
import { providerOf } from "../server/calls";

const METADATA = "/tfplugin6.Provider/GetMetadata";
const SCHEMA = "/tfplugin6.Provider/GetProviderSchema";
const SHUTDOWN = "/plugin.GRPCController/Shutdown";
const HEALTH = "/grpc.health.v1.Health/Check";

function sessionOf(provider = providerOf()) {
  const load = jest.fn(async () => new Connection<unknown>(provider, createLogger({})));
  return { load, session: new SessionConnection(load) };
}

/** Calls a method that takes one message; undefined where there is none. */
async function call(path: string, { session } = sessionOf(), options: Parameters<typeof findMethod>[2] = {}) {
  const method = findMethod(path, session, options);
  return method?.kind === "unary" ? method.call(Buffer.alloc(0)) : undefined;
}

test.each([
  "/tfplugin6.Provider/CallFunction",
  "/tfplugin6.Provider/",
  "/tfplugin5.Provider/GetSchema",
  "/grpc.health.v1.Health/Watch",
  "/plugin.GRPCController/",
  "",
])("%j is not served", (path) => {
  expect(findMethod(path, sessionOf().session, {})).toBeUndefined();
});

test.each(["/plugin.GRPCStdio/StreamStdio", "/plugin.GRPCBroker/StartStream"])("%s merely stays open", (path) => {
  expect(findMethod(path, sessionOf().session, {})).toEqual({ kind: "open" });
});

test("a schema that was made ahead, a health check and Shutdown need no provider", async () => {
  const serving = sessionOf();
  const onShutdown = jest.fn();
  const schemaAnswer = Uint8Array.of(1, 2);
  expect(await call(SCHEMA, serving, { schemaAnswer })).toEqual(Buffer.of(1, 2));
  expect(await call(HEALTH, serving)).toEqual(Buffer.of(0x08, 1));
  expect(onShutdown).not.toHaveBeenCalled();
  expect(await call(SHUTDOWN, serving, { onShutdown })).toHaveLength(0);
  expect(onShutdown).toHaveBeenCalledTimes(1);
  expect(serving.load).not.toHaveBeenCalled();
});

test("the provider answers by its methods, a schema that was not made ahead too", async () => {
  const serving = sessionOf();
  expect((await call(METADATA, serving))?.toString()).toContain("demo_thing");
  expect((await call(METADATA, serving, { schemaAnswer: Uint8Array.of(1) }))?.length).toBeGreaterThan(1);
  expect((await call(SCHEMA, serving))?.toString()).toContain("demo_thing");
  expect(serving.load).toHaveBeenCalledTimes(1);
});

test("a call counts while it runs", async () => {
  let end = (): void => undefined;
  const configure = (): Promise<void> => new Promise((resolve) => (end = resolve));
  const serving = sessionOf(providerOf({}, { configure }));
  const connection = await serving.session.get();
  const method = findMethod("/tfplugin6.Provider/ConfigureProvider", serving.session, {});
  if (method?.kind !== "unary") throw new Error("there is no such call");
  const config = { msgpack: encodeMsgpack({ region: null }, ["object", { region: "string" }]) };
  const running = method.call(ConfigureProviderRequest.encode({ config }));
  await new Promise(setImmediate);
  expect(connection.busy).toBe(true);
  end();
  await running;
  expect(connection.busy).toBe(false);
});
