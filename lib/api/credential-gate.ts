// Credentials that the service has refused are not tried again: with a hundred machines a dead key would be refused hundreds of times. Shared by all clients
// of this process that have the same credentials for the same service, and forgotten with the last of them.
import { createHash } from "node:crypto";
import { findError } from "./error-table";
import { ZenlayerError } from "./errors";
import type { Credentials } from "./options";

/**
 * While a change is waited for, a moment's refusal must not end the wait; so many without a success between are no moment. What was under way when a refusal
 * came is refused with it, and counts as one.
 */
const PATIENCE = 3;

export interface CredentialGate {
  /** The refusal for which a call is not sent; null when it may be. @param waiting it looks at a change that is waited for */
  closedBy(waiting: boolean): ZenlayerError | null;
  /** A call is about to be sent; what came of it is told to `ended`. */
  enter(): { ended(result: "accepted" | ZenlayerError): void };
}

/** Whether the refusal of some credentials has been told already, by any error that is about it. */
const news = new WeakMap<ZenlayerError, { told: boolean }>();

/**
 * True once for all errors that follow from one refusal of credentials, and for every other error: it is to be told in full. Of the others one line is enough.
 */
export function takeNews(error: ZenlayerError): boolean {
  const state = news.get(error);
  if (state?.told === true) return false;
  if (state !== undefined) state.told = true;
  return true;
}

/** True where Zenlayer itself said that it does not take the credentials. A missing permission, a clock, and an answer of something on the way do not. */
function refusesCredentials(error: ZenlayerError): boolean {
  return findError(error.code)?.refusesCredentials === true && error.outcome === "refused" && error.requestId !== null;
}

/** True for a call that was not sent because its credentials were refused before. */
export function isStoppedByRefusal(error: ZenlayerError): boolean {
  return findError(error.code)?.refusesCredentials === true && error.outcome === "not_sent";
}

export function createCredentialGate(): CredentialGate {
  const state = { told: false };
  let stopped: ZenlayerError | null = null;
  let refusals = 0;
  let entered = 0;
  let enteredBeforeRefusal = 0;
  return {
    closedBy: (waiting) => (refusals >= (waiting ? PATIENCE : 1) ? stopped : null),
    enter() {
      const ticket = (entered += 1);
      return {
        ended(result) {
          const refused = result !== "accepted" && refusesCredentials(result);
          if (refused) news.set(result, state);
          // What was sent before a refusal says nothing about the time after it.
          if (ticket <= enteredBeforeRefusal) return;
          if (result === "accepted") refusals = 0;
          if (!refused) return;
          refusals += 1;
          enteredBeforeRefusal = entered;
          const { cause: _cause, ...fields } = result;
          stopped = new ZenlayerError({ ...fields, outcome: "not_sent" });
          news.set(stopped, state);
        },
      };
    },
  };
}

const gates = new Map<string, { readonly gate: CredentialGate; users: number }>();

/** The gate of these credentials at this service. */
export function shareCredentialGate(
  endpoint: string,
  credentials: Credentials,
): { readonly gate: CredentialGate; release(): void } {
  const key = createHash("sha256")
    .update(JSON.stringify([endpoint, credentials]))
    .digest("hex");
  const shared = gates.get(key) ?? { gate: createCredentialGate(), users: 0 };
  gates.set(key, shared);
  shared.users += 1;
  let released = false;
  return {
    gate: shared.gate,
    release() {
      if (released) return;
      released = true;
      shared.users -= 1;
      if (shared.users === 0) gates.delete(key);
    },
  };
}
