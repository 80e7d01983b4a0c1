// Puts a client together. Nothing is opened and nothing is loaded before the first request.
import { createBmcApi } from "./bmc-api";
import { createCaller, type Caller } from "./caller";
import { systemClock } from "./clock";
import { shareCredentialGate } from "./credential-gate";
import { checkCredentialText } from "./credential-text";
import { decodeBalance } from "./decode-prices";
import { DEFAULT_ENDPOINT, parseEndpoint } from "./endpoint";
import { ZenlayerError } from "./errors";
import { DEFAULT_MAX_REQUESTS_IN_FLIGHT, DEFAULT_MAX_RETRIES } from "./options";
import type { ClientOptions, Credentials, Log } from "./options";
import { proxyFor } from "./proxy";
import { createRedact } from "./redact";
import { createThrottle } from "./throttle";
import { lazyTransport } from "./lazy-transport";
import type { Transport } from "./transport";
import type { ZenlayerClient } from "./types";
import { createVmApi } from "./vm-api";

/** Newest version of each product; the actions of this project have the same fields in the older one. */
export const DEFAULT_VM_API_VERSION = "2026-04-01";
export const DEFAULT_BMC_API_VERSION = "2026-02-01";
const BILLING_API_VERSION = "2024-08-08";

/**
 * A client of the Zenlayer API. It is quiet until its first call; `load` loads what that needs, and `close` ends every call under way and frees its connections.
 * Throws ZenlayerError `OPTION_INVALID`, `ENDPOINT_INVALID`, `CREDENTIAL_VALUE_MISSING`, `CREDENTIAL_VALUE_INVALID` or `PROXY_INVALID`; its calls reject with ZenlayerError only.
 */
export function createClient(options: ClientOptions): ZenlayerClient & { load(): Promise<void>; close(): void } {
  const env = options.env ?? process.env;
  return createClientOver(
    (endpoint) => lazyTransport({ proxy: proxyFor(new URL(endpoint), env), env, network: options.network }),
    options,
  );
}

/** The same over any transport; it is made for the endpoint that the options name. */
export function createClientOver(
  transportTo: (endpoint: string) => Transport,
  options: ClientOptions,
): ReturnType<typeof createClient> {
  const credentials = checkCredentials(options.credentials);
  const endpoint = parseEndpoint(options.endpoint ?? DEFAULT_ENDPOINT, "endpoint");
  const transport = transportTo(endpoint);
  const clock = options.clock ?? systemClock;
  const closing = new AbortController();
  const shared = shareCredentialGate(endpoint, credentials);
  const throttle = createThrottle({
    maxRequestsPerSecond:
      options.maxRequestsPerSecond === undefined
        ? undefined
        : checkNumber("max_requests_per_second", options.maxRequestsPerSecond, { above: 0, most: 10_000 }),
    maxInFlight: checkWhole("max_requests_in_flight", options.maxRequestsInFlight ?? DEFAULT_MAX_REQUESTS_IN_FLIGHT, {
      least: 1,
      most: 1000,
    }),
    clock,
  });
  const caller = createCaller({
    endpoint,
    credentials,
    clientName: checkClientName(options.clientName ?? "cdktf-zenlayer"),
    requestTimeout: checkNumber("request_timeout", options.requestTimeout ?? 30, { above: 0, most: 3600 }) * 1000,
    maxRetries: checkWhole("max_retries", options.maxRetries ?? DEFAULT_MAX_RETRIES, { least: 0, most: 100 }),
    transport,
    throttle,
    clock,
    redact: createRedact(credentials),
    log: quietly(options.log),
    gate: shared.gate,
    closed: closing.signal,
  });
  const actions = (call: Caller) => ({
    vm: createVmApi({
      product: "vm",
      version: checkVersion("vm_api_version", options.vmApiVersion ?? DEFAULT_VM_API_VERSION),
      call,
      clock,
    }),
    bmc: createBmcApi({
      product: "bmc",
      version: checkVersion("bmc_api_version", options.bmcApiVersion ?? DEFAULT_BMC_API_VERSION),
      call,
      clock,
    }),
  });
  return {
    ...actions(caller),
    patient: actions((action) => caller({ ...action, waiting: true })),
    billing: {
      describeCustomerBalance: (callOptions) =>
        caller({
          kind: "read",
          service: "zbc",
          version: BILLING_API_VERSION,
          action: "DescribeCustomerBalance",
          instanceId: null,
          body: {},
          signal: callOptions?.signal,
          decode: decodeBalance,
        }),
    },
    traffic: () => throttle.traffic(),
    load: () => transport.load(),
    close() {
      closing.abort(new Error("the client was closed"));
      shared.release();
      transport.close();
    },
  };
}

/** A log that fails must not fail a call. */
function quietly(log: Log | undefined): Log {
  return (level, message, fields) => {
    try {
      log?.(level, message, fields);
    } catch {
      // Nothing to tell it to.
    }
  };
}

function checkCredentials(credentials: Credentials): Credentials {
  if (credentials.kind === "token") return { kind: "token", token: checkSecret("the token", credentials.token) };
  return {
    kind: "accessKey",
    accessKeyId: checkSecret("the access key id", credentials.accessKeyId),
    accessKeyPassword: checkSecret("the access key password", credentials.accessKeyPassword),
  };
}

function checkSecret(name: string, value: string): string {
  if (value.trim() !== "") return checkCredentialText(name, value);
  throw new ZenlayerError({
    code: "CREDENTIAL_VALUE_MISSING",
    errorClass: "config",
    outcome: "not_sent",
    summary: `The credentials are incomplete: ${name} is empty.`,
    cure: "Set ZENLAYERCLOUD_ACCESS_KEY_ID and ZENLAYERCLOUD_ACCESS_KEY_PASSWORD, or ZENLAYER_TOKEN.",
  });
}

function checkClientName(name: string): string {
  if (!/^[0-9a-zA-Z\-_ ,;.]+$/.test(name)) {
    throw invalid(
      `clientName is "${name.slice(0, 200)}".`,
      'Allowed are letters, digits, "-", "_", space, ",", ";" and ".".',
    );
  }
  return name.slice(0, 128);
}

function checkVersion(name: string, version: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(version))
    throw invalid(`${name} is "${version.slice(0, 200)}".`, "It must be a date, like 2026-04-01.");
  return version;
}

function checkNumber(name: string, value: number, range: { readonly above: number; readonly most: number }): number {
  if (Number.isFinite(value) && value > range.above && value <= range.most) return value;
  throw invalid(`${name} is ${value}.`, `It must be above ${range.above} and at most ${range.most}.`);
}

function checkWhole(name: string, value: number, range: { readonly least: number; readonly most: number }): number {
  if (Number.isInteger(value) && value >= range.least && value <= range.most) return value;
  throw invalid(`${name} is ${value}.`, `It must be a whole number from ${range.least} to ${range.most}.`);
}

function invalid(summary: string, cure: string): ZenlayerError {
  return new ZenlayerError({ code: "OPTION_INVALID", errorClass: "config", outcome: "not_sent", summary, cure });
}
