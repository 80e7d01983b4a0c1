// What a client is made from. Kept apart from the client, so that callers can name these types without loading it.
import type { Clock } from "./clock";
import type { Network } from "./dial";
import type { Environment } from "./proxy";

/** An access key pair (signed requests) or an access token (bearer). */
export type Credentials =
  | { readonly kind: "accessKey"; readonly accessKeyId: string; readonly accessKeyPassword: string }
  | { readonly kind: "token"; readonly token: string };

export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

/** Never given a secret: no header, no body, no credential. */
export type Log = (level: LogLevel, message: string, fields: Readonly<Record<string, unknown>>) => void;

export const DEFAULT_MAX_RETRIES = 8;
/** Enough for what a large plan reads at a service that answers slowly; each has a connection of its own while it waits. */
export const DEFAULT_MAX_REQUESTS_IN_FLIGHT = 160;

export interface ClientOptions {
  readonly credentials: Credentials;
  /**
   * URL of the service without a path.
   * @default "https://console.zenlayer.com"
   */
  readonly endpoint?: string;
  /**
   * Seconds that one attempt may take, looking up the name and connecting included.
   * @default 30
   */
  readonly requestTimeout?: number;
  /**
   * Repetitions of a read after its first attempt. A write is never repeated by the client.
   * @default 8
   */
  readonly maxRetries?: number;
  /**
   * Upper limit of requests per second. A 429 lowers the rate for a while whether or not this is set.
   * @default no limit of our own
   */
  readonly maxRequestsPerSecond?: number;
  /**
   * Upper limit of requests that wait for an answer at the same time.
   * @default 160
   */
  readonly maxRequestsInFlight?: number;
  /** @default "2026-04-01" */
  readonly vmApiVersion?: string;
  /** @default "2026-02-01" */
  readonly bmcApiVersion?: string;
  /**
   * Sent as X-ZC-Request-Client: letters, digits, `-`, `_`, space, `,`, `;` and `.`; cut at 128 characters.
   * @default "cdktf-zenlayer"
   */
  readonly clientName?: string;
  readonly log?: Log;
  /**
   * Environment with the proxies (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY) and authorities (SSL_CERT_FILE, SSL_CERT_DIR).
   * @default process.env
   */
  readonly env?: Environment;
  /** Names and connections, replaceable in tests. @default the system's */
  readonly network?: Network;
  /** Time and chance, replaceable in tests. */
  readonly clock?: Clock;
}
