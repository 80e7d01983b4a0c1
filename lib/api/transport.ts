// One attempt over HTTP. It knows whether the request may have left this machine, because that decides if a change may be repeated.
import * as http from "node:http";
import * as https from "node:https";
import { TLSSocket } from "node:tls";
import type { Socket } from "node:net";
import type { HttpAnswer } from "./answer";

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
  /** `sent`: bytes of the request may have reached the service. */
  | { readonly kind: "failure"; readonly sent: boolean; readonly reason: FailureReason; readonly detail: string };

/** `aborted` covers time-outs too; who aborted knows which. */
export type FailureReason = "network" | "name" | "certificate" | "proxy" | "too_large" | "aborted";

export interface Transport {
  send(request: HttpRequest, onSent?: () => void): Promise<HttpResult>;
  close(): void;
}

/** Bytes of the largest answer that is read, after decompression: some thirty pages of a thousand machines. */
export const LARGEST_ANSWER = 32 * 1024 * 1024;

/** Agents of its own; axios is loaded with the first request. */
export function createTransport(): Transport {
  // Said explicitly, because an environment variable would otherwise switch verification off.
  const verified = { rejectUnauthorized: true };
  const kept = { keepAlive: true, keepAliveMsecs: 1000, timeout: 10_000, maxFreeSockets: 16 };
  const agents = {
    kept: { http: new http.Agent(kept), https: new https.Agent({ ...kept, ...verified }) },
    fresh: { http: new http.Agent({ keepAlive: false }), https: new https.Agent({ keepAlive: false, ...verified }) },
  };
  let axios: Promise<Axios> | null = null;
  return {
    async send(request, onSent) {
      axios ??= loadAxios();
      const pair = request.freshConnection ? agents.fresh : agents.kept;
      return attempt(await axios, request, pair, onSent);
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
  onSent: (() => void) | undefined,
): Promise<HttpResult> {
  const watch = watchSending(onSent);
  const secure = request.url.startsWith("https:");
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
      httpAgent: agents.http,
      httpsAgent: agents.https,
      signal: request.signal,
      transport: watch.transport,
    });
    // Over TLS only the service itself can answer; an answer in the clear is the proxy's refusal to connect.
    if (secure && !watch.encrypted()) {
      return {
        kind: "failure",
        sent: false,
        reason: "proxy",
        detail: `the proxy answered with HTTP ${response.status}`,
      };
    }
    if (!secure && response.status === 407) {
      return { kind: "failure", sent: false, reason: "proxy", detail: "the proxy answered with HTTP 407" };
    }
    return {
      kind: "answer",
      answer: { status: response.status, headers: plainHeaders(response.headers), body: response.data },
    };
  } catch (error) {
    return failureOf(error, watch.sent(), request.signal);
  }
}

/** Follows a request down to its socket: until that is connected (and secured), nothing has left. */
function watchSending(onSent: (() => void) | undefined): {
  readonly transport: {
    request(options: https.RequestOptions, onResponse: (response: http.IncomingMessage) => void): http.ClientRequest;
  };
  sent(): boolean;
  encrypted(): boolean;
} {
  let sent = false;
  let encrypted = false;
  const markSent = (): void => {
    if (sent) return;
    sent = true;
    onSent?.();
  };
  return {
    transport: {
      request(options, onResponse) {
        const request =
          options.protocol === "https:" ? https.request(options, onResponse) : http.request(options, onResponse);
        request.once("socket", (socket: Socket) => {
          encrypted = socket instanceof TLSSocket;
          const opening = socket as Socket & { readonly secureConnecting?: boolean };
          if (encrypted && opening.secureConnecting === true) socket.once("secureConnect", markSent);
          // Instead of a tunnel the proxy's own answer: the request went nowhere.
          else if (!encrypted && options.protocol === "https:") return;
          else if (!encrypted && socket.connecting) socket.once("connect", markSent);
          else markSent();
        });
        return request;
      },
    },
    sent: () => sent,
    encrypted: () => encrypted,
  };
}

const NAME_UNKNOWN = new Set(["ENOTFOUND", "ENODATA"]);
const TLS_CODES = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO$)/;

/** Keeps of a failure only its code and message: the error of axios carries the whole request, Authorization included. */
function failureOf(error: unknown, sent: boolean, signal: AbortSignal): HttpResult {
  const { code, message } = describe(error);
  const detail = code === "" || message.includes(code) ? message : `${code}: ${message}`;
  const failure = (reason: FailureReason): HttpResult => ({ kind: "failure", sent, reason, detail });
  if (signal.aborted) return failure("aborted");
  if (code === "ERR_BAD_RESPONSE" && message.includes("maxContentLength")) return failure("too_large");
  if (!sent && NAME_UNKNOWN.has(code)) return failure("name");
  if (!sent && TLS_CODES.test(code)) return failure("certificate");
  return failure("network");
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
