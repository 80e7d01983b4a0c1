// Who calls and what they may do (zenlayer-api A.1 steps 4 and 5). Signatures and tokens are checked against wall time.
import { Refusal } from "./errors";
import { parseAuthorization, SIGNATURE_METHOD, verifySignature } from "./signature";
import type { AccessKey, AccessToken, Permissions } from "./types";
import { matchesWildcard } from "./wildcard";

export interface Caller {
  /** null with a token. */
  readonly keyId: string | null;
  readonly permissions: Permissions;
}

interface Credentials {
  readonly keys: readonly AccessKey[];
  readonly tokens: readonly AccessToken[];
}

/** Seconds that client and service clocks may differ. */
const MAXIMUM_SKEW = 300;

/** Finds the caller or refuses. `wall` is wall time in milliseconds. */
export function authenticate(
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer,
  credentials: Credentials,
  wall: number,
): Caller {
  const authorization = headers["authorization"];
  if (authorization === undefined) throw malformed("The Authorization header is missing.");
  if (authorization.startsWith("Bearer "))
    return bearer(authorization.slice("Bearer ".length), credentials.tokens, wall);
  const parsed = parseAuthorization(authorization);
  if (parsed === null) throw malformed("The Authorization header is malformed.");
  if (headers["x-zc-signature-method"] !== SIGNATURE_METHOD) {
    throw malformed(`X-ZC-Signature-Method must be ${SIGNATURE_METHOD}.`);
  }
  const timestamp = headers["x-zc-timestamp"] ?? "";
  if (!/^\d{1,12}$/.test(timestamp)) throw malformed("X-ZC-Timestamp must be Unix time in whole seconds.");
  const key = credentials.keys.find((candidate) => candidate.id === parsed.credential);
  if (
    key === undefined ||
    key.enabled === false ||
    !verifySignature({ headers, body, timestamp }, parsed, key.password)
  ) {
    throw new Refusal(
      401,
      "AUTHFAILURE_SIGNATURE_FAILURE",
      "The signature does not match, or the access key is unknown.",
    );
  }
  if (Math.abs(wall / 1000 - Number(timestamp)) > MAXIMUM_SKEW) {
    throw new Refusal(401, "AUTHFAILURE_SIGNATURE_EXPIRED", "The timestamp is more than five minutes off.");
  }
  return { keyId: key.id, permissions: key };
}

/** Whether a caller's patterns permit an action of a service. */
export function isPermitted({ actions, deniedActions }: Permissions, service: string, action: string): boolean {
  const matches = (pattern: string): boolean => {
    const [first, second] = pattern.split(":");
    if (second !== undefined && first !== "*" && first !== service) return false;
    return matchesWildcard(second ?? first ?? "", action);
  };
  return deniedActions?.some(matches) !== true && (actions === undefined || actions.some(matches));
}

function bearer(value: string, tokens: readonly AccessToken[], wall: number): Caller {
  const token = tokens.find((candidate) => candidate.value === value);
  if (token === undefined || (token.expires !== undefined && Date.parse(token.expires) <= wall)) {
    throw malformed("The access token is unknown or expired.");
  }
  return { keyId: null, permissions: token };
}

function malformed(message: string): Refusal {
  return new Refusal(401, "AUTHFAILURE_INVALID_AUTHORIZATION", message);
}
