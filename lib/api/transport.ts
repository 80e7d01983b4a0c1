// One attempt over HTTP. It knows whether the request may have left this machine, because that decides if a change may be repeated.
import * as http from "node:http";
import * as https from "node:https";
import type { HttpAnswer } from "./answer";
import { createAuthorities } from "./authorities";
import { ConnectFailure, PlainAgent, SecureAgent, type WithOpening } from "./connector";
import { createDial, type Network } from "./dial";
import { Opening } from "./opening";
import type { Environment, Proxy } from "./proxy";

export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** A change never rides on a connection that may have gone stale. */
  readonly freshConnection: boolean;
  readonly signal: AbortSignal;
}

export type HttpResult =
  | { readonly kind: "answer"; readonly answer: HttpAnswer }
  /** `sent`: bytes of the request may have reached the service. `detail`: what happened; of an aborted request, how its connection went. */
  | { readonly kind: "failure"; readonly sent: boolean; readonly reason: FailureReason; readonly detail: string };

/** `aborted` covers time-outs too; who aborted knows which. */
export type FailureReason = "network" | "name" | "certificate" | "proxy" | "too_large" | "aborted";

export interface Transport {
  send(request: HttpRequest, onSent?: () => void): Promise<HttpResult>;
  close(): void;
}

/** Bytes of the largest answer that is read, after decompression: some thirty pages of a thousand machines. */
const LARGEST_ANSWER = 32 * 1024 * 1024;

export interface TransportOptions {
  /** null: straight to the service. */
  readonly proxy: Proxy | null;
  /** Where SSL_CERT_FILE and SSL_CERT_DIR are looked up. */
  readonly env: Environment;
  /** Replaceable in tests. @default the system's */
  readonly network?: Network | undefined;
  /** Milliseconds that a connection is kept without use. @default 10000 */
  readonly idle?: number;
}

/** Agents of its own; axios is loaded with the first request. */
export function createTransport({ proxy, env, network, idle = 10_000 }: TransportOptions): Transport {
  const connector = { dial: createDial(network), authorities: createAuthorities(env), proxy };
  const kept = { keepAlive: true, keepAliveMsecs: 1000, timeout: idle, maxFreeSockets: 64 };
  const agents = {
    kept: { http: new PlainAgent(connector, kept), https: new SecureAgent(connector, kept) },
    fresh: {
      http: new PlainAgent(connector, { keepAlive: false }),
      https: new SecureAgent(connector, { keepAlive: false }),
    },
  };
  let axios: Promise<Axios> | null = null;
  return {
    async send(request, onSent) {
      axios ??= loadAxios();
      const pair = request.freshConnection ? agents.fresh : agents.kept;
      return attempt(await axios, request, pair, proxy, onSent);
    },
    close() {
      for (const pair of [agents.kept, agents.fresh]) {
        pair.http.destroy();
        pair.https.destroy();
      }
    },
  };
}

type Axios = Awaited<ReturnType<typeof loadAxios>>;

async function loadAxios() {
  return (await import("axios")).default;
}

async function attempt(
  axios: Axios,
  request: HttpRequest,
  agents: { readonly http: http.Agent; readonly https: https.Agent },
  proxy: Proxy | null,
  onSent: (() => void) | undefined,
): Promise<HttpResult> {
  const opening = new Opening(request.signal);
  const watch = watchSending(opening, request.url, proxy, onSent);
  try {
    const response = await axios.request<Buffer>({
      method: "POST",
      url: request.url,
      headers: { ...request.headers },
      data: Buffer.from(request.body),
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
      responseType: "arraybuffer",
      maxRedirects: 0,
      maxContentLength: LARGEST_ANSWER,
      maxBodyLength: LARGEST_ANSWER,
      validateStatus: () => true,
      // The agents know the proxy.
      proxy: false,
      httpAgent: agents.http,
      httpsAgent: agents.https,
      signal: request.signal,
      transport: watch.transport,
    });
    if (proxy !== null && response.status === 407 && !request.url.startsWith("https:")) {
      const detail = `the proxy ${proxy.shown} answered with HTTP 407`;
      return { kind: "failure", sent: false, reason: "proxy", detail };
    }
    return {
      kind: "answer",
      answer: { status: response.status, headers: plainHeaders(response.headers), body: response.data },
    };
  } catch (error) {
    return failureOf(error, watch.sent(), opening);
  }
}

/** Sends when the agent has a connection that is opened, tunnelled and secured: until then nothing has left. */
function watchSending(
  opening: Opening,
  url: string,
  proxy: Proxy | null,
  onSent: (() => void) | undefined,
): {
  readonly transport: {
    request(options: https.RequestOptions, onResponse: (response: http.IncomingMessage) => void): http.ClientRequest;
  };
  sent(): boolean;
} {
  let sent = false;
  return {
    transport: {
      request(options, onResponse) {
        const mine: https.RequestOptions & WithOpening = { ...options, opening };
        const request =
          options.protocol === "https:"
            ? https.request(mine, onResponse)
            : http.request(proxy === null ? mine : forwarded(mine, url, proxy), onResponse);
        request.once("socket", () => {
          sent = true;
          onSent?.();
        });
        return request;
      },
    },
    sent: () => sent,
  };
}

/** A plain request as a proxy wants it: with the whole address. */
function forwarded<T extends https.RequestOptions>(options: T, url: string, { authorization }: Proxy): T {
  const headers = authorization === null ? {} : { "proxy-authorization": authorization };
  return { ...options, path: url, headers: { ...(options.headers as http.OutgoingHttpHeaders), ...headers } };
}

/** Keeps of a failure only its code and message: the error of axios carries the whole request, Authorization included. */
function failureOf(error: unknown, sent: boolean, opening: Opening): HttpResult {
  const { code, message } = describe(error);
  const detail = code === "" || message.includes(code) ? message : `${code}: ${message}`;
  if (opening.signal.aborted)
    return { kind: "failure", sent, reason: "aborted", detail: sent ? "" : opening.describe() };
  const reason = error instanceof Error ? error.cause : undefined;
  if (reason instanceof ConnectFailure)
    return { kind: "failure", sent: false, reason: reason.reason, detail: reason.message };
  const tooLarge = code === "ERR_BAD_RESPONSE" && message.includes("maxContentLength");
  return { kind: "failure", sent, reason: tooLarge ? "too_large" : "network", detail };
}

function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: "", message: "an error without a description" };
  const code = (error as NodeJS.ErrnoException).code;
  return { code: typeof code === "string" ? code : "", message: error.message === "" ? error.name : error.message };
}

function plainHeaders(headers: object): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === "string") plain[name.toLowerCase()] = value;
  }
  return plain;
}
