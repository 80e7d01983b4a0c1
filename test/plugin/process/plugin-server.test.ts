// What a start loads: the socket first, the provider for the first call that needs it.
import type { ClientHttp2Session } from "node:http2";
import { createLogger, encodeSchema } from "../../../lib/plugin";
import { startPluginServer, type PluginServer, type ProviderSource } from "../../../lib/plugin/process/plugin-server";
import { demoProvider } from "../demo-provider";
import { callGrpc, openSession } from "../grpc-client";

const METADATA = "/tfplugin6.Provider/GetMetadata";
const SCHEMA = "/tfplugin6.Provider/GetProviderSchema";

const opened: { readonly session: ClientHttp2Session; readonly server: PluginServer }[] = [];
afterEach(async () => {
  for (const { session, server } of opened.splice(0)) {
    session.destroy();
    await server.close();
  }
});

async function serve(source: ProviderSource<unknown>, schemaAnswer?: Uint8Array) {
  const log = createLogger({});
  const server = await startPluginServer(source, {
    log,
    environment: {},
    tls: null,
    ...(schemaAnswer === undefined ? {} : { schemaAnswer }),
  });
  const session = openSession(server.listening.address.address);
  opened.push({ session, server });
  return (path: string) => callGrpc(session, path);
}

test("a schema that was made ahead answers without the provider, which is loaded once for all other calls", async () => {
  const provider = demoProvider();
  const load = jest.fn(async () => provider);
  const ahead = encodeSchema(provider);
  const ask = await serve(load, ahead);
  const answer = await ask(SCHEMA);
  expect(answer.status).toBe("0");
  expect(answer.body.equals(Buffer.from(ahead))).toBe(true);
  expect(load).not.toHaveBeenCalled();
  const answers = await Promise.all([ask(METADATA), ask(METADATA), ask(METADATA)]);
  expect(answers.map(({ status }) => status)).toEqual(["0", "0", "0"]);
  expect(load).toHaveBeenCalledTimes(1);
});

test("the schema made ahead is the one that is made when asked", async () => {
  const ask = await serve(demoProvider());
  const { body } = await ask(SCHEMA);
  expect(body.equals(Buffer.from(encodeSchema(demoProvider())))).toBe(true);
});

test("a provider that cannot be loaded is an error of each call, and the server ends as ever", async () => {
  const ask = await serve(() => Promise.reject(new Error("it is broken")));
  expect((await ask(METADATA)).status).toBe("13");
  expect((await ask(METADATA)).status).toBe("13");
});
