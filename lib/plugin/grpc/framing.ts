// The gRPC frame: one byte of flags, four of length, the message.

/** A status that ends a call. */
export class GrpcError extends Error {
  public override readonly name = "GrpcError";

  public constructor(
    public readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const STATUS = {
  ok: 0,
  unknown: 2,
  invalidArgument: 3,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
} as const;

/** Far above what a state or a plan holds; Terraform itself takes 64 MiB of schema. */
export const MAXIMUM_MESSAGE = 256 * 1024 * 1024;

const HEAD = 5;

export function frame(message: Buffer): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** The only message of a unary request. */
export function unframe(body: Buffer): Buffer {
  if (body.length < HEAD) throw new GrpcError(STATUS.invalidArgument, "the request has no complete message");
  if (body[0] !== 0) throw new GrpcError(STATUS.unimplemented, "compressed messages are not supported");
  const length = body.readUInt32BE(1);
  if (length !== body.length - HEAD) {
    throw new GrpcError(STATUS.invalidArgument, "the length of the message is not the length of the request");
  }
  return body.subarray(HEAD);
}

/** `grpc-message` is percent-encoded UTF-8. */
export function encodeStatusMessage(message: string): string {
  // Through a buffer, because half of a surrogate pair cannot be encoded.
  const text = Buffer.from(message.slice(0, 1024), "utf8").toString("utf8");
  return encodeURIComponent(text).replaceAll("%20", " ");
}
