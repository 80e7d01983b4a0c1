// The life of a plugin process: start, handshake, serve, and end with Terraform.
import { writeSync } from "node:fs";
import { createLogger } from "../log/logger";
import { createCertificate, derFromPem } from "./certificate";
import { installCrashReport } from "./crash";
import { handshakeLine, startProblem } from "./handshake";
import {
  type PluginServer,
  type PluginServerOptions,
  type ProviderSource,
  providerOf,
  startPluginServer,
} from "./plugin-server";
import { reattachText } from "./reattach";

/** How long calls may run on when Terraform has died: an order that was sent should be recorded or at least end. */
const GRACE_MILLISECONDS = 120_000;
/** Terraform kills a plugin 2 s after Shutdown; calls in progress get most of it. */
const SHUTDOWN_MILLISECONDS = 1_500;
/** Terraform connects right after the handshake. If nobody does, it is gone. */
const CONNECT_MILLISECONDS = 120_000;

export interface ServeOptions {
  /**
   * The answer to GetProviderSchema of this very provider, as `encodeSchema` gives it, made when the plugin was built.
   * @default It is made when Terraform asks for it.
   */
  readonly schemaAnswer?: Uint8Array;
}

/**
 * The whole of an executable: handles arguments, environment, signals and the end of the process.
 * `--debug` prints TF_REATTACH_PROVIDERS and serves until it is interrupted.
 *
 * A function is called once, for the first call that needs the provider. Terraform starts a plugin several times per command, one after the other, and
 * the first of them only asks for the schema.
 */
export function servePlugin<D>(provider: ProviderSource<D>, options: ServeOptions = {}): void {
  installCrashReport();
  const debug = process.argv.slice(2).some((argument) => argument === "--debug" || argument === "-debug");
  const started = debug ? serveForDebugger(provider) : serveForTerraform(provider, options);
  started.catch(async (error: unknown) => {
    const { address } = await providerOf(provider);
    // The first line on stdout that is no handshake is what Terraform shows to the user.
    writeSync(
      1,
      `The provider ${address} could not start: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  });
}

async function serveForTerraform<D>(provider: ProviderSource<D>, { schemaAnswer }: ServeOptions): Promise<void> {
  const environment = process.env;
  const problem = startProblem(environment);
  if (problem !== null) {
    const { address } = await providerOf(provider);
    writeSync(environment["TF_PLUGIN_MAGIC_COOKIE"] === undefined ? 2 : 1, `${problem(address)}\n`);
    process.exit(1);
  }
  // Ctrl-C reaches the whole process group; Terraform tells us by StopProvider what it means.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => undefined);
  const tls = mutualTls(environment);
  let ending = false;
  const server = await startPluginServer(provider, {
    log: createLogger(environment),
    environment,
    tls,
    ...(schemaAnswer === undefined ? {} : { schemaAnswer }),
    onShutdown: () => {
      ending = true;
      // After the answer has left: the session's end would do as well, but Terraform may keep it open.
      setImmediate(() => setImmediate(() => void end(server, SHUTDOWN_MILLISECONDS)));
    },
    onSessionClosed: () => {
      if (!ending && server.connections.size === 0) {
        ending = true;
        void end(server, GRACE_MILLISECONDS);
      }
    },
  });
  process.on("exit", () => server.listening.remove());
  setTimeout(() => {
    if (server.accepted === 0) process.exit(1);
  }, CONNECT_MILLISECONDS).unref();
  writeSync(1, handshakeLine(server.listening.address, tls?.certificate.der ?? null, environment));
}

async function serveForDebugger<D>(source: ProviderSource<D>): Promise<void> {
  const provider = await providerOf(source);
  const server = await startPluginServer(provider, {
    log: createLogger(),
    environment: process.env,
    tls: null,
  });
  process.on("exit", () => server.listening.remove());
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(0));
  const text = reattachText([{ address: provider.address, server }]);
  writeSync(1, `Provider started. Set in the shell where you run terraform:\n\n\tTF_REATTACH_PROVIDERS='${text}'\n\n`);
}

/** Present in the environment unless the user set TF_DISABLE_PLUGIN_TLS. */
function mutualTls(environment: NodeJS.ProcessEnv): PluginServerOptions["tls"] {
  const pem = environment["PLUGIN_CLIENT_CERT"] ?? "";
  if (pem === "") return null;
  const clientDer = derFromPem(pem);
  if (clientDer === null) throw new Error("PLUGIN_CLIENT_CERT holds no certificate");
  return { certificate: createCertificate(), clientDer };
}

/** Aborts what runs, lets it come to an end within the time, and ends the process. */
async function end(server: PluginServer, milliseconds: number): Promise<void> {
  setTimeout(() => process.exit(0), milliseconds);
  await server.drain();
  process.exit(0);
}
