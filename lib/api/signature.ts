// ZC2-HMAC-SHA256: one HMAC with the raw password over body hash, content type and host (zenlayer-api 1.5).
import { createHmac, hash } from "node:crypto";

export const SIGNATURE_METHOD = "ZC2-HMAC-SHA256";

export interface SignatureInput {
  readonly accessKeyId: string;
  readonly accessKeyPassword: string;
  /** Unix time in whole seconds, as sent in X-ZC-Timestamp. */
  readonly timestamp: number;
  /** Header value, byte for byte as sent. */
  readonly contentType: string;
  /** Header value, byte for byte as sent: with the port unless it is the scheme's default. */
  readonly host: string;
  /** The exact bytes of the body; a string stands for its UTF-8 bytes. */
  readonly body: string | Uint8Array;
}

export interface Signature {
  readonly bodyHash: string;
  readonly canonicalRequest: string;
  readonly canonicalRequestHash: string;
  readonly stringToSign: string;
  readonly signature: string;
  /** Value of the Authorization header. */
  readonly authorization: string;
}

/** Pure. Path, action and version are not part of the signature; the URI is the constant `/`. */
export function sign(input: SignatureInput): Signature {
  const signedHeaders = "content-type;host";
  const bodyHash = sha256(input.body);
  const canonicalHeaders = `content-type:${input.contentType}\nhost:${input.host}\n`;
  const canonicalRequest = ["POST", "/", "", canonicalHeaders, signedHeaders, bodyHash].join("\n");
  const canonicalRequestHash = sha256(canonicalRequest);
  const stringToSign = `${SIGNATURE_METHOD}\n${input.timestamp}\n${canonicalRequestHash}`;
  const signature = createHmac("sha256", Buffer.from(input.accessKeyPassword, "utf8"))
    .update(stringToSign, "utf8")
    .digest("hex");
  const authorization = `${SIGNATURE_METHOD} Credential=${input.accessKeyId}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return { bodyHash, canonicalRequest, canonicalRequestHash, stringToSign, signature, authorization };
}

function sha256(data: string | Uint8Array): string {
  return hash("sha256", data, "hex");
}
