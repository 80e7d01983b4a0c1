// One attempt over HTTP. It knows whether the request may have left this machine, because that decides if a change may be repeated.
import type { HttpAnswer } from "./answer";
import { createAuthorities } from "./authorities";
import { ConnectFailure, PlainAgent, SecureAgent } from "./connector";
import { createDial, type Network } from "./dial";
import type { Ending } from "./ending";
import { exchange, TooLarge, type Exchange } from "./exchange";
import { Opening } from "./opening";
import { DEFAULT_MAX_REQUESTS_IN_FLIGHT } from "./options";
import type { Environment, Proxy } from "./proxy";

export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** A change never rides on a connection that may have gone stale. */
  readonly freshConnection: boolean;
  readonly ending: Ending;
}

export type HttpResult =
  | { readonly kind: "answer"; readonly answer: HttpAnswer }
  /** `sent`: bytes of the request may have reached the service. `detail`: what happened; of an aborted request, how its connection went. */
  | { readonly kind: "failure"; readonly sent: boolean; readonly reason: FailureReason; readonly detail: string };

/** `aborted` covers time-outs too; who aborted knows which. */
export type FailureReason = "network" | "name" | "certificate" | "proxy" | "too_large" | "aborted";

export interface Transport {
  /** Loads what the first request needs. */
  load(): Promise<void>;
  send(request: HttpRequest, onSent?: () => void): Promise<HttpResult>;
  close(): void;
}

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
  const kept = { keepAlive: true, keepAliveMsecs: 1000, timeout: idle, maxFreeSockets: DEFAULT_MAX_REQUESTS_IN_FLIGHT };
  const agents = {
    kept: { http: new PlainAgent(connector, kept), https: new SecureAgent(connector, kept) },
    fresh: {
      http: new PlainAgent(connector, { keepAlive: false }),
      https: new SecureAgent(connector, { keepAlive: false }),
    },
  };
  let loading: Promise<Axios> | null = null;
  const axios = (): Promise<Axios> => (loading ??= loadAxios());
  return {
    async load() {
      await axios();
    },
    async send(request, onSent) {
      return attempt(await axios(), request, request.freshConnection ? agents.fresh : agents.kept, proxy, onSent);
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

/** Without the defaults of axios: every one of them is merged into every request. */
async function loadAxios() {
  return new (await import("axios")).Axios({});
}

async function attempt(
  axios: Axios,
  request: HttpRequest,
  agents: Exchange["agents"],
  proxy: Proxy | null,
  onSent: (() => void) | undefined,
): Promise<HttpResult> {
  const { url, headers, body, ending } = request;
  const opening = new Opening(ending);
  let sent = false;
  const onSocket = (): void => {
    sent = true;
    onSent?.();
  };
  try {
    const { data: answer } = await axios.request<HttpAnswer>({
      method: "POST",
      url,
      adapter: async (config) => {
        const data = await exchange({ url, headers, body, agents, proxy, ending, opening, onSent: onSocket });
        return { data, status: data.status, statusText: "", headers: {}, config };
      },
    });
    if (proxy !== null && answer.status === 407 && !url.startsWith("https:")) {
      const detail = `the proxy ${proxy.shown} answered with HTTP 407`;
      return { kind: "failure", sent: false, reason: "proxy", detail };
    }
    return { kind: "answer", answer };
  } catch (error) {
    return failureOf(error, sent, ending, opening);
  }
}

/** Keeps of a failure only its code and message. */
function failureOf(error: unknown, sent: boolean, ending: Ending, opening: Opening): HttpResult {
  const { code, message } = describe(error);
  const detail = code === "" || message.includes(code) ? message : `${code}: ${message}`;
  if (ending.reason !== null)
    return { kind: "failure", sent, reason: "aborted", detail: sent ? "" : opening.describe() };
  if (error instanceof ConnectFailure) return { kind: "failure", sent: false, reason: error.reason, detail: message };
  return { kind: "failure", sent, reason: error instanceof TooLarge ? "too_large" : "network", detail };
}

function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: "", message: "an error without a description" };
  const code = (error as NodeJS.ErrnoException).code;
  return { code: typeof code === "string" ? code : "", message: error.message === "" ? error.name : error.message };
}
