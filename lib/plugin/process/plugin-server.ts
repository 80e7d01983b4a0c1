// The socket of a plugin. It listens before HTTP/2, TLS, the protocol and the provider are loaded, which take half of a start: Terraform reads the
// handshake meanwhile.
import { createServer, type Server, type Socket } from "node:net";
import type { Http2Server, Http2Session } from "node:http2";
import type { Provider } from "../types";
import { listen, type Listening } from "./listen";
import type { OpenSessions, SessionConnection, SessionOptions } from "./sessions";

export interface PluginServerOptions extends SessionOptions {
  readonly environment: NodeJS.ProcessEnv;
}

/** A provider, or how to load one: that is done once, for the first call that needs it. */
export type ProviderSource<D> = Provider<D> | (() => Provider<D> | Promise<Provider<D>>);

export interface PluginServer {
  readonly listening: Listening;
  readonly connections: ReadonlyMap<Http2Session, SessionConnection>;
  /** Sessions that were let in so far. */
  readonly accepted: number;
  /** Aborts what runs on every connection, also on closed ones, and waits for it. */
  drain(): Promise<void>;
  /** Ends all sessions, aborts what runs, waits for it, removes the socket. */
  close(): Promise<void>;
}

export async function startPluginServer<D>(
  source: ProviderSource<D>,
  options: PluginServerOptions,
): Promise<PluginServer> {
  const open: OpenSessions = { connections: new Map(), closing: new Set(), accepted: 0 };
  const sockets = new Set<Socket>();
  let loading: Promise<Http2Server> | null = null;
  let provider: Promise<Provider<D>> | null = null;
  const loadProvider = (): Promise<Provider<D>> => (provider ??= providerOf(source));
  const loaded = (): Promise<Http2Server> =>
    (loading ??= import("./sessions.js").then(({ createSessionServer }) =>
      createSessionServer(loadProvider, open, options),
    ));
  const front: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", (error) => options.log.debug("the socket failed", { error }));
    void loaded().then((server) => server.emit("connection", socket));
  });
  const listening = await listen(front, options.environment);
  front.on("error", (error) => options.log.error("the server failed", { error }));
  // In the next turn, after the caller has told where we listen.
  setImmediate(() => void loaded());

  return {
    listening,
    connections: open.connections,
    get accepted() {
      return open.accepted;
    },
    async drain() {
      await Promise.all([...open.closing, ...[...open.connections.values()].map((connection) => connection.close())]);
    },
    async close() {
      const ended = new Promise<void>((resolve) => front.close(() => resolve()));
      for (const session of open.connections.keys()) session.destroy();
      for (const socket of sockets) socket.destroy();
      await ended;
      while (open.closing.size > 0) await Promise.all(open.closing);
      listening.remove();
    },
  };
}

export async function providerOf<D>(source: ProviderSource<D>): Promise<Provider<D>> {
  return typeof source === "function" ? source() : source;
}
