// An HTTP/2 server for one provider: one `Connection` per session, and only for clients that hold the expected certificate.
// Loading HTTP/2 and TLS takes a third of a start, so the socket listens before: Terraform reads the handshake meanwhile.
import type { Http2Server, Http2Session, ServerHttp2Session } from "node:http2";
import { createServer, type Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { findMethod } from "./services";
import { handleStream } from "../grpc/server";
import { Connection } from "../server/connection";
import type { Logger, Provider } from "../types";
import type { Certificate } from "./certificate";
import { listen, type Listening } from "./listen";

const MEBIBYTE = 1024 * 1024;

export interface PluginServerOptions {
  readonly log: Logger;
  readonly environment: NodeJS.ProcessEnv;
  /** Our certificate and the only client certificate that is let in; null serves plain HTTP/2. */
  readonly tls: { readonly certificate: Certificate; readonly clientDer: Buffer } | null;
  /** GRPCController.Shutdown was called. */
  readonly onShutdown?: () => void;
  /** A session of Terraform has ended. */
  readonly onSessionClosed?: () => void;
}

export interface PluginServer {
  readonly listening: Listening;
  readonly connections: ReadonlyMap<Http2Session, Connection>;
  /** Sessions that were let in so far. */
  readonly accepted: number;
  /** Aborts what runs on every connection, also on closed ones, and waits for it. */
  drain(): Promise<void>;
  /** Ends all sessions, aborts what runs, waits for it, removes the socket. */
  close(): Promise<void>;
}

export async function startPluginServer<D>(provider: Provider<D>, options: PluginServerOptions): Promise<PluginServer> {
  const connections = new Map<Http2Session, Connection>();
  const closing = new Set<Promise<void>>();
  let accepted = 0;
  let http2: Promise<Http2Server> | null = null;
  const sockets = new Set<Socket>();
  const front = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", (error) => options.log.debug("the socket failed", { error }));
    http2 ??= protocol();
    void http2.then((server) => server.emit("connection", socket));
  });
  const listening = await listen(front, options.environment);
  front.on("error", (error) => options.log.error("the server failed", { error }));
  // In the next turn, after the caller has told where we listen.
  setImmediate(() => void (http2 ??= protocol()));

  async function protocol(): Promise<Http2Server> {
    const server = await createHttp2Server(options);
    server.on("session", (session: ServerHttp2Session) => {
      session.on("error", (error: Error) => options.log.debug("the session failed", { error }));
      if (options.tls !== null && !isExpectedClient(session, options.tls.clientDer)) {
        options.log.warn("a client without Terraform's certificate was refused");
        session.destroy();
        return;
      }
      accepted += 1;
      session.setLocalWindowSize(64 * MEBIBYTE);
      // The author's data type is known to the author's code only; a connection hands it through.
      const connection = new Connection<unknown>(provider, options.log);
      connections.set(session, connection);
      session.on("close", () => {
        connections.delete(session);
        const closed = connection.close().finally(() => closing.delete(closed));
        closing.add(closed);
        options.onSessionClosed?.();
      });
    });
    server.on("stream", (stream, headers) => {
      const connection = stream.session === undefined ? undefined : connections.get(stream.session);
      if (connection === undefined) stream.destroy();
      else handleStream(stream, headers, (path) => findMethod(path, connection, () => options.onShutdown?.()));
    });
    server.on("sessionError", (error: Error) => options.log.debug("the session failed", { error }));
    server.on("error", (error) => options.log.error("the server failed", { error }));
    return server;
  }

  return {
    listening,
    connections,
    get accepted() {
      return accepted;
    },
    async drain() {
      await Promise.all([...closing, ...[...connections.values()].map((connection) => connection.close())]);
    },
    async close() {
      const ended = new Promise<void>((resolve) => front.close(() => resolve()));
      for (const session of connections.keys()) session.destroy();
      for (const socket of sockets) socket.destroy();
      await ended;
      while (closing.size > 0) await Promise.all(closing);
      listening.remove();
    },
  };
}

async function createHttp2Server({ tls }: PluginServerOptions): Promise<Http2Server> {
  const { createSecureServer, createServer } = await import("node:http2");
  const common = {
    maxSessionMemory: 1024,
    settings: { initialWindowSize: 16 * MEBIBYTE, maxFrameSize: MEBIBYTE, enablePush: false },
  };
  if (tls === null) return createServer(common);
  return createSecureServer({
    ...common,
    cert: tls.certificate.certificatePem,
    key: tls.certificate.keyPem,
    // An empty list keeps Node from parsing its bundled roots (20 ms); the exact pin below is stricter than a chain.
    ca: [],
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: "TLSv1.2",
  });
}

function isExpectedClient(session: ServerHttp2Session, expected: Buffer): boolean {
  const presented = (session.socket as Partial<TLSSocket>).getPeerCertificate?.(false);
  return presented?.raw !== undefined && presented.raw.equals(expected);
}
