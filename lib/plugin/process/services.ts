// The services that Terraform calls on a connection: the provider, and what go-plugin asks of every plugin.
import { PROVIDER_METHODS } from "../server/methods";
import { integer, message } from "../wire/protobuf";
import type { Method } from "../grpc/server";
import type { SessionConnection, SessionOptions } from "./sessions";

const HealthCheckResponse = message({ status: integer(1) });
const SERVING = 1;
const PROVIDER = "/tfplugin6.Provider/";
const SCHEMA = `${PROVIDER}GetProviderSchema`;

/** `onShutdown` is called for GRPCController.Shutdown, before the answer is sent. */
export function findMethod(
  path: string,
  session: SessionConnection,
  { onShutdown, schemaAnswer }: Pick<SessionOptions, "onShutdown" | "schemaAnswer">,
): Method | undefined {
  if (path === SCHEMA && schemaAnswer !== undefined) {
    return { kind: "unary", call: async () => Buffer.from(schemaAnswer) };
  }
  if (path.startsWith(PROVIDER)) {
    const served = PROVIDER_METHODS.get(path.slice(PROVIDER.length));
    if (served === undefined) return undefined;
    return {
      kind: "unary",
      async call(request) {
        const connection = await session.get();
        return connection.track(() => served.handle(connection, request));
      },
    };
  }
  switch (path) {
    case "/plugin.GRPCController/Shutdown":
      return {
        kind: "unary",
        call: async () => {
          onShutdown?.();
          return Buffer.alloc(0);
        },
      };
    case "/grpc.health.v1.Health/Check":
      return { kind: "unary", call: async () => HealthCheckResponse.encode({ status: SERVING }) };
    // Terraform opens both at once and never uses them; they stay open as long as the connection.
    case "/plugin.GRPCStdio/StreamStdio":
    case "/plugin.GRPCBroker/StartStream":
      return { kind: "open" };
    default:
      return undefined;
  }
}
