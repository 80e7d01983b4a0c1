// Opens connections for the HTTP agents: through a proxy or straight, with TLS or without, so that one rule decides how long each address is waited for.
import * as http from "node:http";
import * as https from "node:https";
import { isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import * as tls from "node:tls";
import type { Authorities } from "./authorities";
import type { Dial } from "./dial";
import type { Opening } from "./opening";
import type { Proxy } from "./proxy";

/** Why there is no connection. `network` may be better the next time. */
export type ConnectFailureReason = "network" | "name" | "certificate" | "proxy";

export class ConnectFailure extends Error {
  constructor(
    readonly reason: ConnectFailureReason,
    message: string,
  ) {
    super(message);
    this.name = "ConnectFailure";
  }
}

export interface Connector {
  readonly dial: Dial;
  readonly authorities: Authorities;
  /** null: straight to the target. */
  readonly proxy: Proxy | null;
}

/** What a request hands to its agent, among its options, so that its connection ends with it and can be told of. */
export interface WithOpening {
  readonly opening: Opening;
}

interface Target {
  readonly host: string;
  readonly port: number;
}

type Created = (error: Error | null, stream: Duplex) => void;

/** Plain HTTP: to the target, or to the proxy that forwards. */
export class PlainAgent extends http.Agent {
  constructor(
    private readonly connector: Connector,
    options: http.AgentOptions,
  ) {
    super(options);
  }

  override createConnection(options: http.ClientRequestArgs, created?: Created): undefined {
    const { opening } = options as unknown as WithOpening;
    const { proxy } = this.connector;
    const opened =
      proxy === null
        ? reach(this.connector, targetOf(options, 80), opening)
        : reachProxy(this.connector, proxy, opening);
    settle(opened, created);
  }
}

/** TLS to the target, inside a tunnel where there is a proxy. */
export class SecureAgent extends https.Agent {
  constructor(
    private readonly connector: Connector,
    options: http.AgentOptions,
  ) {
    // Said explicitly, because an environment variable would otherwise switch verification off.
    super({ ...options, rejectUnauthorized: true });
  }

  override createConnection(options: https.RequestOptions, created?: Created): undefined {
    const { opening } = options as unknown as WithOpening;
    settle(this.secure(options, opening), created);
  }

  private async secure(options: https.RequestOptions, opening: Opening): Promise<Socket> {
    const { connector } = this;
    const { proxy } = connector;
    const target = targetOf(options, 443);
    const socket =
      proxy === null
        ? await reach(connector, target, opening)
        : await openTunnel(await reachProxy(connector, proxy, opening), proxy, target, opening);
    const secureContext = connector.authorities.context();
    // The agent of Node keeps the TLS sessions.
    const wrapped = { ...options, socket, secureContext } as https.RequestOptions;
    const secured = super.createConnection(wrapped) as tls.TLSSocket;
    return handshake(secured, `${target.host}:${target.port}`, connector.authorities, opening);
  }
}

/** A TCP connection to a host. */
async function reach({ dial }: Connector, { host, port }: Target, opening: Opening): Promise<Socket> {
  try {
    return await dial(host, port, opening);
  } catch (error) {
    if (opening.signal.aborted) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOTFOUND" || code === "ENODATA")
      throw new ConnectFailure("name", `the name service knows no ${host} (${code})`);
    const told = opening.describe();
    throw new ConnectFailure("network", [code ?? message, told].join(", ").replace(/, $/, ""));
  }
}

async function reachProxy(connector: Connector, proxy: Proxy, opening: Opening): Promise<Socket> {
  let socket: Socket;
  try {
    socket = await reach(connector, proxy, opening);
  } catch (error) {
    if (!(error instanceof ConnectFailure)) throw error;
    // The name that is not known is the proxy's, not the endpoint's.
    throw new ConnectFailure("network", `through the proxy ${proxy.shown}: ${error.message}`);
  }
  if (!proxy.secure) return socket;
  const { host } = proxy;
  const secureContext = connector.authorities.context();
  const servername = isIP(host) === 0 ? host : "";
  const secured = tls.connect({ socket, host, servername, secureContext, rejectUnauthorized: true });
  return handshake(secured, `the proxy ${proxy.shown}`, connector.authorities, opening);
}

/** Asks the proxy for a way to the target. Nothing of the request itself is sent to it. */
function openTunnel(socket: Socket, proxy: Proxy, { host, port }: Target, opening: Opening): Promise<Socket> {
  opening.note(`waiting for the proxy ${proxy.shown} to connect`);
  const path = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  return new Promise((resolve, reject) => {
    const request = http.request({
      method: "CONNECT",
      path,
      headers: { host: path, ...(proxy.authorization === null ? {} : { "proxy-authorization": proxy.authorization }) },
      createConnection: () => socket,
      signal: opening.signal,
    });
    request.once("connect", (answer, tunnel: Socket, head: Buffer) => {
      const { statusCode = 0 } = answer;
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) tunnel.unshift(head);
        resolve(tunnel);
        return;
      }
      tunnel.destroy();
      reject(new ConnectFailure("proxy", `the proxy ${proxy.shown} answered with HTTP ${statusCode}`));
    });
    request.once("error", (error: NodeJS.ErrnoException) => {
      socket.destroy();
      reject(new ConnectFailure("network", `through the proxy ${proxy.shown}: ${error.code ?? error.message}`));
    });
    request.end();
  });
}

const TLS_CODES = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO$)/;

/** Waits until the other side has proved who it is. */
function handshake(socket: tls.TLSSocket, name: string, authorities: Authorities, opening: Opening): Promise<Socket> {
  opening.note(`waiting for the TLS handshake of ${name}`);
  return new Promise((resolve, reject) => {
    const end = (settled: () => void): void => {
      socket.removeListener("secureConnect", secured);
      socket.removeListener("error", failed);
      opening.signal.removeEventListener("abort", abandon);
      settled();
    };
    const secured = (): void => end(() => resolve(socket));
    const failed = (error: NodeJS.ErrnoException): void =>
      end(() => {
        const { code = "", message } = error;
        const told = code === "" || message.includes(code) ? message : `${code}: ${message}`;
        const trouble = authorities.trouble();
        const hint = trouble === null ? "" : ` (${trouble.replace(/\.$/, "")})`;
        const reason = TLS_CODES.test(code) ? "certificate" : "network";
        reject(new ConnectFailure(reason, `${name}: ${told}${reason === "certificate" ? hint : ""}`));
      });
    const abandon = (): void =>
      end(() => {
        socket.on("error", () => undefined);
        socket.destroy();
        reject(opening.signal.reason as Error);
      });
    socket.once("secureConnect", secured);
    socket.once("error", failed);
    opening.signal.addEventListener("abort", abandon, { once: true });
    if (opening.signal.aborted) abandon();
  });
}

function targetOf({ host, hostname, port }: http.ClientRequestArgs, usual: number): Target {
  return { host: host ?? hostname ?? "", port: Number(port ?? usual) };
}

function settle(opened: Promise<Socket>, created: Created | undefined): void {
  opened.then(
    (socket) => created?.(null, socket),
    // Where there is an error Node looks at nothing else.
    (error: unknown) => created?.(error as Error, undefined as unknown as Duplex),
  );
}
