// gRPC on node:http2: finds the method, reads one bounded message, answers with a message or a status. Nothing a client sends may crash it.
import type { IncomingHttpHeaders, ServerHttp2Stream, ServerStreamResponseOptions } from "node:http2";
import { maskSecrets } from "../log/secrets";
import { ProtobufError } from "../wire/protobuf";
import { encodeStatusMessage, frame, GrpcError, MAXIMUM_MESSAGE, STATUS, unframe } from "./framing";

type Unary = (request: Buffer) => Promise<Buffer>;

/** A method that takes one message and gives one, or one whose streams merely stay open until the client ends. */
export type Method = { readonly kind: "unary"; readonly call: Unary } | { readonly kind: "open" };

export function handleStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  find: (path: string) => Method | undefined,
): void {
  // A reset by the client is an `error` event; the session's end is handled elsewhere.
  stream.on("error", () => undefined);
  if (headers[":method"] !== "POST" || !String(headers["content-type"] ?? "").startsWith("application/grpc")) {
    stream.respond({ ":status": 415 }, { endStream: true });
    stream.resume();
    return;
  }
  const method = find(String(headers[":path"] ?? ""));
  if (method === undefined) {
    stream.resume();
    sendError(stream, new GrpcError(STATUS.unimplemented, `unknown method ${headers[":path"]}`));
  } else if (method.kind === "open") {
    keepOpen(stream);
  } else {
    readBody(stream, (body) => void answer(stream, method.call, body));
  }
}

async function answer(stream: ServerHttp2Stream, call: Unary, body: Buffer): Promise<void> {
  try {
    const response = await call(unframe(body));
    if (stream.destroyed || stream.closed) return;
    respondWithTrailers(stream);
    stream.end(frame(response));
  } catch (error) {
    sendError(stream, error);
  }
}

function readBody(stream: ServerHttp2Stream, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAXIMUM_MESSAGE) chunks.push(chunk);
    else chunks.length = 0;
  });
  stream.on("end", () => {
    if (size <= MAXIMUM_MESSAGE) done(Buffer.concat(chunks));
    else sendError(stream, new GrpcError(STATUS.resourceExhausted, `a message has at most ${MAXIMUM_MESSAGE} bytes`));
  });
}

/** The first date of a process takes Node over a millisecond, and gRPC has no use for it. The types do not know `sendDate`. */
const WITHOUT_DATE: ServerStreamResponseOptions & { sendDate: boolean } = { waitForTrailers: true, sendDate: false };

function keepOpen(stream: ServerHttp2Stream): void {
  respondWithTrailers(stream);
  stream.resume();
  stream.on("end", () => stream.end());
}

function respondWithTrailers(stream: ServerHttp2Stream): void {
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, WITHOUT_DATE);
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
}

function sendError(stream: ServerHttp2Stream, error: unknown): void {
  if (stream.destroyed || stream.closed || stream.headersSent) return;
  const { status, message } = describe(error);
  stream.respond(
    {
      ":status": 200,
      "content-type": "application/grpc",
      "grpc-status": String(status),
      "grpc-message": encodeStatusMessage(maskSecrets(message)),
    },
    { endStream: true },
  );
}

function describe(error: unknown): { readonly status: number; readonly message: string } {
  if (error instanceof GrpcError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return { status: error instanceof ProtobufError ? STATUS.invalidArgument : STATUS.internal, message };
}
