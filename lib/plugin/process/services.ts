// The services that Terraform calls on a connection: the provider, and what go-plugin asks of every plugin.
import type { Connection } from "../server/connection";
import { PROVIDER_METHODS } from "../server/methods";
import { integer, message } from "../wire/protobuf";
import type { Method } from "../grpc/server";

const HealthCheckResponse = message({ status: integer(1) });
const SERVING = 1;
const PROVIDER = "/tfplugin6.Provider/";

/** `shutdown` is called for GRPCController.Shutdown, before the answer is sent. */
export function findMethod(path: string, connection: Connection, shutdown: () => void): Method | undefined {
  if (path.startsWith(PROVIDER)) {
    const served = PROVIDER_METHODS.get(path.slice(PROVIDER.length));
    if (served === undefined) return undefined;
    return { kind: "unary", call: (request) => connection.track(() => served.handle(connection, request)) };
  }
  switch (path) {
    case "/plugin.GRPCController/Shutdown":
      return {
        kind: "unary",
        call: async () => {
          shutdown();
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
