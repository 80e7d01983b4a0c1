// The zenlayer provider: its configuration, resources and data sources, on the plugin framework.

import { DEFAULT_MAX_RETRIES, systemClock, type Clock, type Log, type Network } from "../api";
import type { Provider } from "../plugin";
import { DEFAULT_TIMING, Machines, type Timing } from "../reconcile";
import { PROVIDER_ADDRESS, PROVIDER_VERSION, providerSchema } from "../schema";
import { accessOf, isUndecided, readOnlyOf, secretsOf, validateConfiguration } from "./configuration";
import { newConnection, type Connection } from "./connection";
import { dataSources } from "./data-sources";
import { specResource } from "./resource";
import { SPEC_KINDS } from "./spec";
import { numberOf } from "./values";

export interface ProviderOptions {
  /** @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Home directory with the profile files of the official command-line tool. @default the user's */
  readonly home?: string;
  /** How often and how long it looks at a change. For tests against a simulator that runs fast. */
  readonly timing?: Partial<Timing>;
  /** Time and chance. For tests. @default the system's */
  readonly clock?: Clock;
  /** Names and connections of the client. For tests. */
  readonly network?: Network;
}

export function createProvider(options: ProviderOptions = {}): Provider<Connection> {
  const env = options.env ?? process.env;
  const clock = options.clock ?? systemClock;
  return {
    address: PROVIDER_ADDRESS,
    version: PROVIDER_VERSION,
    schema: providerSchema,
    resources: Object.fromEntries(SPEC_KINDS.map((kind) => [kind.typeName, specResource(kind)])),
    dataSources: dataSources(),
    validate: (config, { diagnostics }) => validateConfiguration(config, diagnostics),
    configure(config, { diagnostics, log }) {
      for (const secret of secretsOf(config, env)) log.redact(secret);
      if (isUndecided(config)) return newConnection(null);
      const readOnly = readOnlyOf(config, env, diagnostics);
      const logCall: Log = (level, message, fields) => log[level](message, fields);
      const access = accessOf(config, env, diagnostics, {
        log: logCall,
        clock,
        ...(options.home === undefined ? {} : { home: options.home }),
        ...(options.network === undefined ? {} : { network: options.network }),
      });
      if (access === null) return newConnection(null);
      const { client, account } = access;
      const reconciler = {
        client,
        machines: new Machines(client, clock),
        timing: { ...DEFAULT_TIMING, ...options.timing },
        readOnly,
        maxRetries: numberOf(config["max_retries"]) ?? DEFAULT_MAX_RETRIES,
        clock,
      };
      // While Terraform reads our answer: its first question is a few milliseconds away.
      const loading = setImmediate(() => void client.load().catch(() => undefined));
      const close = (): void => {
        clearImmediate(loading);
        client.close();
      };
      return newConnection({ reconciler, account, close });
    },
    close: (connection) => connection.close(),
  };
}
