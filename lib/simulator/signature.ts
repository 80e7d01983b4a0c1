// ZC2-HMAC-SHA256 seen from the service (zenlayer-api 1.5): rebuilds the signature from what was received. Pure.
import { createHmac, hash, timingSafeEqual } from "node:crypto";

export const SIGNATURE_METHOD = "ZC2-HMAC-SHA256";

export interface SignedRequest {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer | string;
  readonly timestamp: string;
}

export interface ParsedAuthorization {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Takes the Authorization header apart; null when malformed. Separators are exactly comma and one space. */
export function parseAuthorization(value: string): ParsedAuthorization | null {
  const match = /^ZC2-HMAC-SHA256 Credential=([^,\s]+), SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/.exec(
    value,
  );
  const [, credential, headers, signature] = match ?? [];
  if (credential === undefined || headers === undefined || signature === undefined) return null;
  const signedHeaders = headers.split(";");
  const complete = signedHeaders.includes("content-type") && signedHeaders.includes("host");
  const sorted = signedHeaders.every((name, index) => index === 0 || (signedHeaders[index - 1] ?? "") < name);
  return complete && sorted ? { credential, signedHeaders, signature } : null;
}

/** The signature that the password's owner would have sent; null when a header listed as signed is missing. */
export function expectedSignature(
  request: SignedRequest,
  signedHeaders: readonly string[],
  password: string,
): string | null {
  let canonicalHeaders = "";
  for (const name of signedHeaders) {
    const value = request.headers[name];
    if (value === undefined) return null;
    canonicalHeaders += `${name}:${value.trim()}\n`;
  }
  const canonicalRequest = [
    "POST",
    "/",
    "",
    canonicalHeaders,
    signedHeaders.join(";"),
    hash("sha256", request.body),
  ].join("\n");
  const stringToSign = [SIGNATURE_METHOD, request.timestamp, hash("sha256", canonicalRequest)].join("\n");
  return createHmac("sha256", password).update(stringToSign).digest("hex");
}

/** Whether the received signature is the expected one. */
export function verifySignature(request: SignedRequest, authorization: ParsedAuthorization, password: string): boolean {
  const expected = expectedSignature(request, authorization.signedHeaders, password);
  return expected !== null && timingSafeEqual(Buffer.from(expected), Buffer.from(authorization.signature));
}
