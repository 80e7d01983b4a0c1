// What is wrong with a provider's literal settings, told at synth instead of by the first plan. The rules are those of the provider itself;
// constructs may not load its rooms, so a test compares the two.
import { isLiteral } from "../../rendering";
import type { ZenlayerProviderProps } from "../zenlayer-provider";

export interface ProviderSettings {
  readonly endpoint: string | undefined;
  readonly requestTimeout: number | undefined;
  readonly maxRequestsPerSecond: number | undefined;
  readonly maxRetries: number | undefined;
  readonly vmApiVersion: string | undefined;
  readonly bmcApiVersion: string | undefined;
}

/** One sentence per mistake, with the value and the cure. Tokens are not looked at. */
export function mistakesInSettings(settings: ProviderSettings): readonly string[] {
  const { endpoint, requestTimeout, maxRequestsPerSecond, maxRetries, vmApiVersion, bmcApiVersion } = settings;
  return [
    literal(endpoint, endpointMistake),
    literal(requestTimeout, (value) =>
      value > 0 ? null : `requestTimeout ${value} is out of range: allowed is a number of seconds greater than 0`,
    ),
    literal(maxRequestsPerSecond, (value) =>
      value > 0 ? null : `maxRequestsPerSecond ${value} is out of range: allowed is a number greater than 0`,
    ),
    literal(maxRetries, (value) =>
      value >= 0 && Number.isInteger(value)
        ? null
        : `maxRetries ${value} is out of range: allowed is a whole number from 0`,
    ),
    literal(vmApiVersion, (value) => versionMistake("vmApiVersion", value, "2026-04-01")),
    literal(bmcApiVersion, (value) => versionMistake("bmcApiVersion", value, "2026-02-01")),
  ].filter((mistake) => mistake !== null);
}

function literal<T>(value: T | undefined | null, mistake: (value: T) => string | null): string | null {
  return value === undefined || value === null || !isLiteral(value) ? null : mistake(value);
}

const WANTED = { string: "text", number: "a number", boolean: "true or false" } as const;
const KINDS: { readonly [P in keyof ZenlayerProviderProps]-?: keyof typeof WANTED } = {
  accessKeyId: "string",
  accessKeyPassword: "string",
  token: "string",
  profile: "string",
  endpoint: "string",
  requestTimeout: "number",
  maxRequestsPerSecond: "number",
  maxRetries: "number",
  vmApiVersion: "string",
  bmcApiVersion: "string",
  readOnly: "boolean",
  alias: "string",
  plugin: "boolean",
};

/** All properties of the provider. */
export const PROPERTIES = Object.fromEntries(Object.keys(KINDS).map((name) => [name, "optional"] as const));

/** One sentence per value of the wrong kind, from programs without types. Values are not told: some are secrets. */
export function wrongKinds(props: { readonly [name: string]: unknown }): readonly string[] {
  return Object.entries(KINDS)
    .filter(([name, kind]) => {
      const value = props[name] ?? undefined;
      return value !== undefined && isLiteral(value) && typeof value !== kind;
    })
    .map(([name, kind]) => `${name} is of the wrong kind: it takes ${WANTED[kind]}`);
}

const EXAMPLE = "for example https://console.zenlayer.com, or http://127.0.0.1:8700 for the simulator";

/** A host, or an http(s) URL of host and port. An empty text means that none is given, as in the provider. */
function endpointMistake(value: string): string | null {
  const text = value.trim();
  if (text === "") return null;
  // The provider would take it for a host. A word alone is more likely a name of something else, and a host can be written out.
  if (isBareWord(text)) {
    return `endpoint ${shown(text)} is neither a URL nor a host name with a dot: write ${EXAMPLE}; if it is a host, https://${text}`;
  }
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return `endpoint ${shown(text)} is not a URL: write ${EXAMPLE}`;
  const url = new URL(address);
  // Never quoted: what stands before the @ is a password.
  if (url.username !== "" || url.password !== "") {
    return `endpoint holds a user name or password: credentials never belong into the address; write ${EXAMPLE}`;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return `endpoint ${shown(text)} has the scheme ${url.protocol.slice(0, -1)}: allowed are https and http, ${EXAMPLE}`;
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    return `endpoint ${shown(text)} is more than a host and a port: leave out the path, which is added by itself; write ${EXAMPLE}`;
  }
  return null;
}

/** One label without scheme, dot and port, such as "prod". */
export function isBareWord(endpoint: string): boolean {
  const text = endpoint.trim().toLowerCase();
  return /^[\w-]+$/.test(text) && text !== "localhost";
}

function shown(text: string): string {
  return JSON.stringify(text.replace(/^.*@/s, "[secret]@").slice(0, 200));
}

function versionMistake(prop: string, value: string, example: string): string | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  return `${prop} ${JSON.stringify(value)} is not a version: a version of the API is a date such as ${example}; leave it out for the newest`;
}
