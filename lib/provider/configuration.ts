// The provider's configuration: checked, completed from the environment, and turned into a client.

import {
  createClient,
  isZenlayerError,
  resolveCredentials,
  resolveEndpoint,
  type ClientOptions,
  type Clock,
  type Log,
  type Network,
} from "../api";
import { isUnknown, type Diagnostics, type ObjectValue } from "../plugin";
import { PROVIDER_VERSION } from "../schema";
import { Account } from "./account";
import { numberOf, textOf } from "./values";

type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with the values alone. */
export function validateConfiguration(config: ObjectValue, diagnostics: Diagnostics): void {
  atLeast("request_timeout", (value) => value > 0, "a number of seconds greater than 0");
  atLeast("max_requests_per_second", (value) => value > 0, "a number greater than 0");
  atLeast("max_retries", (value) => value >= 0 && Number.isInteger(value), "a whole number from 0");
  for (const name of ["vm_api_version", "bmc_api_version"]) {
    const version = textOf(config[name]);
    if (version !== null && !/^\d{4}-\d{2}-\d{2}$/.test(version))
      diagnostics.error(
        `${name} ${JSON.stringify(version)} is not a version`,
        `A version of the API is a date such as ${name === "vm_api_version" ? "2026-04-01" : "2026-02-01"}. Leave it out for the newest.`,
        [name],
      );
  }
  const endpoint = textOf(config["endpoint"]);
  if (endpoint !== null) attempt(diagnostics, "endpoint", () => resolveEndpoint({ explicit: endpoint, env: {} }));

  function atLeast(name: string, allowed: (value: number) => boolean, words: string): void {
    const value = numberOf(config[name]);
    if (value !== null && !allowed(value))
      diagnostics.error(`${name} ${value} is out of range`, `Allowed is ${words}.`, [name]);
  }
}

/** True when a value is known only after apply, so that Zenlayer cannot be asked yet. */
export function isUndecided(config: ObjectValue): boolean {
  return Object.values(config).some(isUnknown);
}

export function readOnlyOf(config: ObjectValue, env: Environment, diagnostics: Diagnostics): boolean {
  if (config["read_only"] === true) return true;
  const text = (env["ZENLAYER_READ_ONLY"] ?? "").trim().toLowerCase();
  if (["", "0", "false", "no", "off"].includes(text)) return false;
  if (!["1", "true", "yes", "on"].includes(text))
    diagnostics.error(
      `ZENLAYER_READ_ONLY ${JSON.stringify(text)} is not known`,
      "Allowed are true and false. As it stands nothing may be changed, to be safe.",
    );
  return true;
}

/** The secrets of a configuration and an environment, for masking in logs. */
export function secretsOf(config: ObjectValue, env: Environment): readonly string[] {
  const names = ["ZENLAYERCLOUD_ACCESS_KEY_PASSWORD", "ZENLAYER_ACCESS_KEY_SECRET", "ZENLAYER_TOKEN"];
  return [textOf(config["access_key_password"]), textOf(config["token"]), ...names.map((name) => env[name] ?? null)]
    .map((secret) => secret?.trim() ?? "")
    .filter((secret) => secret !== "");
}

/** How Zenlayer is asked, and whose account it is. */
export interface Access {
  readonly client: ReturnType<typeof createClient>;
  readonly account: Account;
}

/** Null when credentials or endpoint are missing or wrong: the diagnostics say so. */
export function accessOf(
  config: ObjectValue,
  env: Environment,
  diagnostics: Diagnostics,
  surroundings: { readonly log: Log; readonly clock: Clock; readonly home?: string; readonly network?: Network },
): Access | null {
  const { log, clock, home, network } = surroundings;
  const endpoint = attempt(diagnostics, "endpoint", () =>
    resolveEndpoint({ explicit: textOf(config["endpoint"]), env }),
  );
  const credentials = attempt(diagnostics, halfOfPair(config), () =>
    resolveCredentials({
      explicit: {
        accessKeyId: textOf(config["access_key_id"]),
        accessKeyPassword: textOf(config["access_key_password"]),
        token: textOf(config["token"]),
        profile: textOf(config["profile"]),
      },
      env,
      ...(home === undefined ? {} : { home }),
    }),
  );
  if (endpoint === null || credentials === null) return null;
  const given = <T>(name: string, value: T | null): { readonly [name: string]: T } =>
    value === null ? {} : { [name]: value };
  const options: ClientOptions = {
    endpoint,
    credentials,
    clientName: `cdktf-zenlayer-${PROVIDER_VERSION}`,
    log,
    ...given("requestTimeout", numberOf(config["request_timeout"])),
    ...given("maxRequestsPerSecond", numberOf(config["max_requests_per_second"])),
    ...given("maxRetries", numberOf(config["max_retries"])),
    ...given("vmApiVersion", textOf(config["vm_api_version"])),
    ...given("bmcApiVersion", textOf(config["bmc_api_version"])),
    env,
    clock,
    ...(network === undefined ? {} : { network }),
  };
  return attempt(diagnostics, null, () => {
    const client = createClient(options);
    return { client, account: new Account(endpoint, credentials, client.billing) };
  });
}

/** The one half of a key pair that the configuration gives, so that the error about the other stands there. */
function halfOfPair(config: ObjectValue): string | null {
  const given = ["access_key_id", "access_key_password"].filter((name) => textOf(config[name]) !== null);
  return given.length === 1 ? (given[0] ?? null) : null;
}

function attempt<T>(diagnostics: Diagnostics, attribute: string | null, work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (!isZenlayerError(error)) throw error;
    const place = error.code === "CREDENTIAL_VALUE_INVALID" ? error.attribute : attribute;
    diagnostics.error(error.summary, error.cure, place === null ? undefined : [place]);
    return null;
  }
}
