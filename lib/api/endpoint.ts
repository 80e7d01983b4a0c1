// Which address the requests go to. Plain HTTP carries signed bodies in the open, so it must have been written out.
import { ZenlayerError } from "./errors";

export const DEFAULT_ENDPOINT = "https://console.zenlayer.com";

export interface EndpointSources {
  /** Provider argument `endpoint`. */
  readonly explicit?: string | null | undefined;
  /** @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Origin of the service, e.g. `https://console.zenlayer.com`. Order: the argument, ZENLAYER_ENDPOINT, ZENLAYERCLOUD_DOMAIN
 * with ZENLAYERCLOUD_SCHEME, the default. A host without a scheme means HTTPS. Throws ZenlayerError `ENDPOINT_INVALID`.
 */
export function resolveEndpoint(sources: EndpointSources = {}): string {
  const env = sources.env ?? process.env;
  const explicit = text(sources.explicit);
  if (explicit !== null) return parseEndpoint(explicit, "endpoint");
  const fromCli = text(env["ZENLAYER_ENDPOINT"]);
  if (fromCli !== null) return parseEndpoint(fromCli, "ZENLAYER_ENDPOINT");
  const domain = text(env["ZENLAYERCLOUD_DOMAIN"]);
  const scheme = text(env["ZENLAYERCLOUD_SCHEME"])?.toLowerCase() ?? null;
  if (scheme !== null && scheme !== "http" && scheme !== "https") {
    throw invalid(`ZENLAYERCLOUD_SCHEME is "${shown(scheme)}".`, "Allowed are HTTP and HTTPS.");
  }
  const host = domain ?? new URL(DEFAULT_ENDPOINT).host;
  if (scheme === null || hasScheme(host))
    return domain === null ? DEFAULT_ENDPOINT : parseEndpoint(host, "ZENLAYERCLOUD_DOMAIN");
  const endpoint = parseEndpoint(
    `${scheme}://${host}`,
    domain === null ? "ZENLAYERCLOUD_SCHEME" : "ZENLAYERCLOUD_DOMAIN",
  );
  if (scheme === "http" && !isLoopback(new URL(endpoint).hostname)) {
    throw invalid(
      `ZENLAYERCLOUD_SCHEME asks for plain HTTP to ${new URL(endpoint).host}, where anyone on the way can read and redirect the requests.`,
      `Use HTTPS. If plain HTTP is really meant, say so in full: ZENLAYER_ENDPOINT=${endpoint}`,
    );
  }
  return endpoint;
}

/** Checks an endpoint and returns its origin; `name` is what the user set, for the message. */
export function parseEndpoint(value: string, name: string): string {
  const withScheme = hasScheme(value) ? value : `https://${value}`;
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    throw invalid(`${name} is "${shown(value)}", which is not a URL.`, EXAMPLE);
  }
  // Before anything is quoted: what stands before the @ is a password.
  if (url.username !== "" || url.password !== "") {
    throw invalid(`${name} holds a user name or password.`, `Credentials never belong into the address. ${EXAMPLE}`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw invalid(
      `${name} is "${shown(value)}": its scheme is ${url.protocol.slice(0, -1)}.`,
      `Allowed are https and http. ${EXAMPLE}`,
    );
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw invalid(
      `${name} is "${shown(value)}": more than a host and a port.`,
      `Leave out the path; it is added by itself. ${EXAMPLE}`,
    );
  }
  return url.origin;
}

const EXAMPLE = `An example: ${DEFAULT_ENDPOINT}, or http://127.0.0.1:8700 for the simulator.`;

function hasScheme(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(value);
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

function shown(value: string): string {
  const clean = value.replace(/\p{Cc}/gu, " ").replace(/^.*@/, "[secret]@");
  return clean.length > 200 ? `${clean.slice(0, 200)}…` : clean;
}

function invalid(summary: string, cure: string): ZenlayerError {
  return new ZenlayerError({
    code: "ENDPOINT_INVALID",
    errorClass: "config",
    outcome: "not_sent",
    summary,
    cure,
    attribute: "endpoint",
  });
}

function text(value: string | null | undefined): string | null {
  const trimmed = value?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}
