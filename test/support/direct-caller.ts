// The client's caller without its queue, timers and bytes: what is repeated and what a failure means is decided by the same code of lib/api.
// It makes rounds of the harness several times faster; a share of them keeps the whole caller (memory-service).
import { isObject, readAnswer, textOf, timeOfAnswer, type HttpAnswer, type JsonObject } from "../../lib/api/answer";
import { backoffDelay, retryAfterDelay } from "../../lib/api/backoff";
import type { Action, Caller } from "../../lib/api/caller";
import type { Clock } from "../../lib/api/clock";
import { Unreadable } from "../../lib/api/decode";
import { cancelled, failureOfAnswer, failureOfNetwork, type CallFacts, type Failure } from "../../lib/api/failures";

/** What came back: an answer, or that the connection was lost after the request had left. */
export type DirectResult =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: "lost"; readonly detail: string };

export interface DirectCallerOptions {
  readonly endpoint: string;
  readonly maxRetries: number;
  readonly clock: Clock;
  send(action: Action<unknown>): DirectResult;
}

type Attempt<T> = { readonly value: T } | { readonly failure: Failure };

export function createDirectCaller(options: DirectCallerOptions): Caller {
  const { clock } = options;

  return async <T>(action: Action<T>): Promise<T> => {
    const facts: CallFacts = { ...action, endpoint: options.endpoint, redact: (text) => text };
    for (let attempt = 0; ; attempt += 1) {
      if (action.signal?.aborted) throw cancelled(false, facts);
      const result = once(action, facts);
      if (!("failure" in result)) return result.value;
      const { error, repeat } = result.failure;
      if (action.kind === "write" || repeat === "never" || attempt >= options.maxRetries) throw error;
      await clock
        .sleep(Math.max(backoffDelay(attempt, clock.random()), error.sendAgainAfter ?? 0), action.signal)
        .catch(() => Promise.reject(cancelled(false, facts)));
    }
  };

  function once<T>(action: Action<T>, facts: CallFacts): Attempt<T> {
    const result = options.send(action);
    if (result.kind === "lost") return { failure: failureOfNetwork("network", true, result.detail, facts) };
    const accepted = acceptedOf(result) ?? readAnswer(bytesOf(result), action.kind === "read");
    if (accepted.kind !== "accepted") {
      const retryAfter = retryAfterDelay(result.headers["retry-after"], clock.now());
      return { failure: failureOfAnswer(accepted, result.status, facts, retryAfter) };
    }
    try {
      const time = timeOfAnswer(result.headers, clock.now());
      return { value: action.decode(accepted.response, accepted.requestId, time) };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const answer = {
        kind: "unreadable",
        reason: error.message,
        requestId: accepted.requestId,
        orderNumber: null,
      } as const;
      return { failure: failureOfAnswer(answer, result.status, facts) };
    }
  }
}

/** The short way for the usual answer; null for any other, which the client's own reader then reads. */
function acceptedOf(result: Extract<DirectResult, { kind: "answer" }>): {
  readonly kind: "accepted";
  readonly response: JsonObject;
  readonly requestId: string;
} | null {
  if (result.status !== 200 || !result.body.endsWith("}")) return null;
  try {
    const { response } = JSON.parse(result.body) as JsonObject;
    if (!isObject(response)) return null;
    return { kind: "accepted", response, requestId: textOf(response, "requestId") ?? "" };
  } catch {
    return null;
  }
}

function bytesOf({ status, headers, body }: Extract<DirectResult, { kind: "answer" }>): HttpAnswer {
  return { status, headers, body: Buffer.from(body) };
}
