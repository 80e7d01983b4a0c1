// A gRPC client as small as a test needs: one call, and what came of it.
import { type ClientHttp2Session, connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http2";
import { createConnection } from "node:net";

export interface GrpcAnswer {
  /** Headers and trailers. */
  readonly headers: IncomingHttpHeaders;
  readonly status: string | string[] | undefined;
  /** The message without its frame. */
  readonly body: Buffer;
}

/** A session without TLS on a unix socket. */
export function openSession(path: string): ClientHttp2Session {
  return connect("http://localhost", { createConnection: () => createConnection(path) });
}

/** Sends the bytes as they are: by default an empty message in its frame. */
export function callGrpc(
  session: ClientHttp2Session,
  path: string,
  request: Buffer = Buffer.alloc(5),
  headers: OutgoingHttpHeaders = {},
): Promise<GrpcAnswer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers",
      ...headers,
    });
    const chunks: Buffer[] = [];
    let told: IncomingHttpHeaders = {};
    const take = (more: IncomingHttpHeaders): void => void (told = { ...told, ...more });
    stream.on("response", take);
    stream.on("trailers", take);
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", reject);
    stream.on("close", () =>
      resolve({ headers: told, status: told["grpc-status"], body: Buffer.concat(chunks).subarray(5) }),
    );
    stream.end(request);
  });
}
