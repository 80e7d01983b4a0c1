// HTTP/2 for one provider: one `Connection` per session, and only for clients that hold the expected certificate.
import type { Http2Server, Http2Session, ServerHttp2Session } from "node:http2";
import type { TLSSocket } from "node:tls";
import { handleStream } from "../grpc/server";
import { Connection } from "../server/connection";
import type { Logger, Provider } from "../types";
import type { Certificate } from "./certificate";
import { findMethod } from "./services";

const MEBIBYTE = 1024 * 1024;

export interface SessionOptions {
  readonly log: Logger;
  /** Our certificate and the only client certificate that is let in; null serves plain HTTP/2. */
  readonly tls: { readonly certificate: Certificate; readonly clientDer: Buffer } | null;
  /** GRPCController.Shutdown was called. */
  readonly onShutdown?: () => void;
  /** A session of Terraform has ended. */
  readonly onSessionClosed?: () => void;
  /** The answer to GetProviderSchema, made when the plugin was built: Terraform starts a plugin of its own to ask for it. */
  readonly schemaAnswer?: Uint8Array;
}

/** The connection of one session: made with the first call that needs the provider. */
export class SessionConnection {
  private loading: Promise<Connection> | null = null;

  public constructor(private readonly load: () => Promise<Connection>) {}

  public get(): Promise<Connection> {
    return (this.loading ??= this.load());
  }

  /** Aborts what runs and waits for it. */
  public async close(): Promise<void> {
    // One that could not be made was told to whoever called.
    const connection = await this.loading?.catch(() => undefined);
    await connection?.close();
  }
}

/** What is open, and what is still ending. Kept by whoever listens, since it begins before HTTP/2 is loaded. */
export interface OpenSessions {
  readonly connections: Map<Http2Session, SessionConnection>;
  readonly closing: Set<Promise<void>>;
  /** Sessions that were let in so far. */
  accepted: number;
}

/** A server that listens nowhere: it takes sockets by its event `connection`. */
export async function createSessionServer<D>(
  provider: () => Promise<Provider<D>>,
  open: OpenSessions,
  options: SessionOptions,
): Promise<Http2Server> {
  const server = await createHttp2Server(options);
  server.on("session", (session: ServerHttp2Session) => {
    session.on("error", (error: Error) => options.log.debug("the session failed", { error }));
    if (options.tls !== null && !isExpectedClient(session, options.tls.clientDer)) {
      options.log.warn("a client without Terraform's certificate was refused");
      session.destroy();
      return;
    }
    open.accepted += 1;
    session.setLocalWindowSize(64 * MEBIBYTE);
    // The author's data type is known to the author's code only; a connection hands it through.
    const connection = new SessionConnection(async () => new Connection<unknown>(await provider(), options.log));
    open.connections.set(session, connection);
    session.on("close", () => {
      open.connections.delete(session);
      const closed = connection.close().finally(() => open.closing.delete(closed));
      open.closing.add(closed);
      options.onSessionClosed?.();
    });
  });
  server.on("stream", (stream, headers) => {
    const connection = stream.session === undefined ? undefined : open.connections.get(stream.session);
    if (connection === undefined) stream.destroy();
    else handleStream(stream, headers, (path) => findMethod(path, connection, options));
  });
  server.on("sessionError", (error: Error) => options.log.debug("the session failed", { error }));
  server.on("error", (error) => options.log.error("the server failed", { error }));
  return server;
}

async function createHttp2Server({ tls }: SessionOptions): Promise<Http2Server> {
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
