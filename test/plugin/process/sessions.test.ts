// HTTP/2 for one provider: who is let in, and what each session has of its own.
import { once } from "node:events";
import { type ClientHttp2Session, connect } from "node:http2";
import { type AddressInfo, createServer, type Server } from "node:net";
import { connect as connectTls } from "node:tls";
import { createLogger, encodeMsgpack, type Provider } from "../../../lib/plugin";
import { type Certificate, createCertificate } from "../../../lib/plugin/process/certificate";
import {
  createSessionServer,
  type OpenSessions,
  SessionConnection,
  type SessionOptions,
} from "../../../lib/plugin/process/sessions";
import { ConfigureProviderRequest } from "../../../lib/plugin/wire/call-messages";
import { frame } from "../../../lib/plugin/grpc/framing";
import { callGrpc } from "../grpc-client";
import { providerOf } from "../server/calls";

const METADATA = "/tfplugin6.Provider/GetMetadata";

const fronts: Server[] = [];
const sessions: ClientHttp2Session[] = [];
afterEach(async () => {
  for (const session of sessions.splice(0)) session.destroy();
  for (const front of fronts.splice(0)) await new Promise((resolve) => front.close(resolve));
});

async function serve(load: () => Promise<Provider<unknown>>, options: Partial<SessionOptions> = {}) {
  const open: OpenSessions = { connections: new Map(), closing: new Set(), accepted: 0 };
  const logged: string[] = [];
  const log = createLogger({ TF_LOG: "warn" }, (line) => void logged.push(line));
  const server = await createSessionServer(load, open, { log, tls: null, ...options });
  const front = createServer((socket) => server.emit("connection", socket)).listen(0, "127.0.0.1");
  fronts.push(front);
  await once(front, "listening");
  return { open, logged, port: (front.address() as AddressInfo).port };
}

function enter(port: number, certificates?: { readonly server: Certificate; readonly client: Certificate | null }) {
  const secured = (): ReturnType<typeof connectTls> =>
    connectTls({
      host: "127.0.0.1",
      port,
      servername: "localhost",
      ca: [certificates?.server.certificatePem ?? ""],
      ALPNProtocols: ["h2"],
      cert: certificates?.client?.certificatePem,
      key: certificates?.client?.keyPem,
    });
  const session =
    certificates === undefined
      ? connect(`http://127.0.0.1:${port}`)
      : connect("https://localhost", { createConnection: secured });
  session.on("error", () => undefined);
  sessions.push(session);
  return session;
}

const configure = (session: ClientHttp2Session, region: string) => {
  const config = { msgpack: encodeMsgpack({ region }, ["object", { region: "string" }]) };
  return callGrpc(session, "/tfplugin6.Provider/ConfigureProvider", frame(ConfigureProviderRequest.encode({ config })));
};

/** Until the server has seen the end of a session and closed what it held. */
function closed({ connections, closing }: OpenSessions, left: number): Promise<void> {
  return until(() => connections.size <= left && closing.size === 0);
}

async function until(condition: () => boolean): Promise<void> {
  for (let turns = 0; !condition(); turns += 1) {
    if (turns > 10_000) throw new Error("the session does not end");
    await new Promise(setImmediate);
  }
}

test("each session has a configuration of its own, and the end of one closes that alone", async () => {
  const close = jest.fn();
  const onSessionClosed = jest.fn();
  const provider = providerOf({}, { configure: ({ region }) => region, close });
  const { open, port } = await serve(async () => provider, { onSessionClosed });
  const [east, west] = [enter(port), enter(port)];
  await configure(east, "east");
  await configure(west, "west");
  expect([open.accepted, open.connections.size]).toEqual([2, 2]);
  east.destroy();
  await closed(open, 1);
  expect(close.mock.calls).toEqual([["east"]]);
  expect(onSessionClosed).toHaveBeenCalledTimes(1);
  west.destroy();
  await closed(open, 0);
  expect(close.mock.calls).toEqual([["east"], ["west"]]);
});

test("a session that ends aborts its calls, and is closing until they have ended", async () => {
  const store = { stopped: false, end: (): void => undefined };
  const provider = providerOf(
    {},
    {
      configure: (_config, { signal }) =>
        new Promise<void>((resolve) => {
          store.end = resolve;
          signal.addEventListener("abort", () => (store.stopped = true));
          session.destroy();
        }),
    },
  );
  const sizes: number[] = [];
  const { open, port } = await serve(async () => provider, {
    onSessionClosed: () => sizes.push(open.connections.size),
  });
  const session = enter(port);
  await configure(session, "east").catch(() => undefined);
  await until(() => store.stopped);
  expect([open.connections.size, open.closing.size, sizes]).toEqual([0, 1, [0]]);
  store.end();
  await closed(open, 0);
});

test("the provider is loaded for the first call that needs it, and never to be closed", async () => {
  const load = jest.fn(async () => providerOf());
  const { open, port } = await serve(load);
  const [idle, busy] = [enter(port), enter(port)];
  for (const session of [idle, busy]) await callGrpc(session, "/grpc.health.v1.Health/Check");
  expect(load).not.toHaveBeenCalled();
  await Promise.all([callGrpc(busy, METADATA), callGrpc(busy, METADATA)]);
  idle.destroy();
  await closed(open, 1);
  expect(load).toHaveBeenCalledTimes(1);
});

test("a connection that could not be made is told to who asked, and needs no end", async () => {
  const connection = new SessionConnection(() => Promise.reject(new Error("it is broken")));
  await expect(connection.get()).rejects.toThrow("it is broken");
  await connection.close();
});

test("only the client whose certificate is expected is let in", async () => {
  const [server, client] = [createCertificate(), createCertificate()];
  const tls = { certificate: server, clientDer: client.der };
  const { open, logged, port } = await serve(async () => providerOf(), { tls });
  for (const other of [createCertificate(), null]) {
    const session = enter(port, { server, client: other });
    const ended = once(session, "close");
    const answer = await callGrpc(session, METADATA).catch(() => null);
    expect(answer?.status).toBeUndefined();
    await ended;
  }
  expect([open.accepted, logged.length]).toEqual([0, 2]);
  expect(logged[0]).toContain("a client without Terraform's certificate was refused");
  expect((await callGrpc(enter(port, { server, client }), METADATA)).status).toBe("0");
  expect(open.accepted).toBe(1);
});
