// Providers served from a running process, for tests: Terraform attaches to them instead of starting a plugin.
import { createLogger } from "../log/logger";
import type { Logger, Provider } from "../types";
import { startPluginServer } from "./plugin-server";
import { reattachText } from "./reattach";

export interface ServedProvider<D> {
  readonly provider: Provider<D>;
  /** Default: the provider's own address. */
  readonly address?: string;
}

export interface InProcessServer {
  /** The value for the environment variable TF_REATTACH_PROVIDERS. */
  readonly reattach: string;
  /** Call it only after Terraform has ended: it would kill this process if it could not connect. */
  close(): Promise<void>;
}

/** Serves providers without TLS on sockets in private directories. Start Terraform asynchronously: this process has to answer it. */
export async function serveInProcess<D>(
  providers: readonly ServedProvider<D>[],
  options: { readonly log?: Logger } = {},
): Promise<InProcessServer> {
  const log = options.log ?? createLogger();
  const servers = await Promise.all(
    providers.map(async ({ provider, address }) => ({
      address: address ?? provider.address,
      server: await startPluginServer(provider, { log, environment: process.env, tls: null }),
    })),
  );
  return {
    reattach: reattachText(servers),
    async close() {
      await Promise.all(servers.map(({ server }) => server.close()));
    },
  };
}
