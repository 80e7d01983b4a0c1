// From what came back to the error that the user sees: code, class and, most of all, whether the call may have been executed.
import type { Answer } from "./answer";
import { findError, normaliseCode } from "./error-table";
import type { ErrorEntry } from "./error-table";
import { ZenlayerError } from "./errors";
import type { Redact } from "./redact";
import type { FailureReason } from "./transport";
import type { ErrorClass, Outcome } from "./types";

/** A read may be repeated without harm, a write not. */
export type CallKind = "read" | "write";

/** What an error says about its call. */
export interface CallFacts {
  readonly kind: CallKind;
  readonly service: string;
  readonly action: string;
  readonly instanceId: string | null;
  readonly endpoint: string;
  readonly redact: Redact;
}

/** Which call an error is about. */
export type CallName = Pick<CallFacts, "service" | "action" | "instanceId">;

/** Whether the same call may be sent again. `connect`: nothing left this machine, so a few quick repetitions are harmless. */
type Repeat = "never" | "backoff" | "rate_limit" | "connect";

export interface Failure {
  readonly error: ZenlayerError;
  readonly repeat: Repeat;
}

/**
 * For an answer that is no acceptance.
 *
 * @param retryAfter what the answer asks for, ms
 */
export function failureOfAnswer(
  answer: Exclude<Answer, { kind: "accepted" }>,
  status: number,
  facts: CallFacts,
  retryAfter = 0,
): Failure {
  switch (answer.kind) {
    case "refused":
      return failureOfCode(answer, status, facts, retryAfter);
    case "challenge":
      return { error: build("SECURITY_CHALLENGE", facts, { outcome: "refused", httpStatus: status }), repeat: "never" };
    case "blocked":
      return { error: build("REQUEST_BLOCKED", facts, { outcome: "refused", httpStatus: status }), repeat: "never" };
    case "redirect":
      return {
        error: build("REDIRECT_REFUSED", facts, {
          ...answer,
          outcome: facts.kind === "write" ? "unknown" : "refused",
          httpStatus: status,
          detail: `The endpoint is ${facts.endpoint}.`,
        }),
        repeat: "never",
      };
    case "unreadable":
      return failureOfPage(answer, status, facts, retryAfter);
  }
}

/** An answer that is not Zenlayer's, or no longer: whatever stands in between may have passed a change on before it gave up. */
function failureOfPage(
  answer: Extract<Answer, { kind: "unreadable" }>,
  status: number,
  facts: CallFacts,
  retryAfter: number,
): Failure {
  if (status === 429 && (facts.kind === "read" || answer.orderNumber === null))
    return rateLimited(facts, status, { ...answer, code: null, message: "" }, retryAfter);
  if (status === 407)
    return { error: build("PROXY_REFUSED", facts, { outcome: "not_sent", httpStatus: status }), repeat: "never" };
  // A page of some other server: asking again brings the same page.
  const final = status >= 400 && status < 500 && !GAVE_UP.has(status);
  return {
    error: build("UNREADABLE_ANSWER", facts, {
      ...answer,
      outcome: "unknown",
      httpStatus: status,
      detail: `What came from ${facts.endpoint}: ${answer.reason}.`,
      ...(final && facts.kind === "read" ? { errorClass: "config" } : {}),
    }),
    repeat: facts.kind === "read" && !final ? "backoff" : "never",
  };
}

/** Of the 4xx, those that refuse nothing: somebody gave up waiting (408, 499), or did not begin yet (425). */
const GAVE_UP = new Set([408, 425, 499]);

/** For an attempt without an answer. */
export function failureOfNetwork(reason: FailureReason, sent: boolean, detail: string, facts: CallFacts): Failure {
  const outcome: Outcome = sent ? "unknown" : "not_sent";
  const cause = new Error(facts.redact(detail));
  const told = `To ${facts.endpoint}: ${facts.redact(detail)}.`;
  switch (reason) {
    case "name":
      return { error: build("ENDPOINT_NOT_FOUND", facts, { outcome, cause, detail: told }), repeat: "never" };
    case "certificate":
      return { error: build("CERTIFICATE_REFUSED", facts, { outcome, cause, detail: told }), repeat: "never" };
    case "proxy":
      return { error: build("PROXY_REFUSED", facts, { outcome, cause, detail: told }), repeat: "never" };
    case "too_large":
      return { error: build("UNREADABLE_ANSWER", facts, { outcome, cause, detail: told }), repeat: "never" };
    case "aborted":
      return { error: build("REQUEST_CANCELLED", facts, { outcome, cause }), repeat: "never" };
    case "network":
      return {
        error: build("NETWORK_ERROR", facts, { outcome, cause, detail: told, ...(sent ? {} : { sendAgainAfter: 0 }) }),
        repeat: sent ? (facts.kind === "read" ? "backoff" : "never") : "connect",
      };
  }
}

/** No answer within the time of one attempt. @param opening how its connection went */
export function failureOfTimeout(sent: boolean, seconds: number, opening: string, facts: CallFacts): Failure {
  const connecting = opening === "" ? "" : `: ${facts.redact(opening)}`;
  const error = build("REQUEST_TIMED_OUT", facts, {
    outcome: sent ? "unknown" : "not_sent",
    ...(sent ? {} : { sendAgainAfter: 0 }),
    detail: `Waited ${seconds} s for ${facts.endpoint}${sent ? "" : `, which did not even accept the connection${connecting}`}.`,
  });
  return { error, repeat: sent ? (facts.kind === "read" ? "backoff" : "never") : "connect" };
}

export function cancelled(sent: boolean, facts: CallFacts): ZenlayerError {
  return build("REQUEST_CANCELLED", facts, { outcome: sent ? "unknown" : "not_sent" });
}

/** For a caller that gave up waiting for a call it shares with others. */
export function stoppedWaiting(call: CallName): ZenlayerError {
  return build(
    "REQUEST_CANCELLED",
    { ...call, kind: "read", endpoint: "", redact: (text) => text },
    { outcome: "not_sent" },
  );
}

/** A fault of this client: nothing that the service or the network is known to cause. */
export function unexpected(error: unknown, sent: boolean, facts: CallFacts): ZenlayerError {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : "an error without a description";
  const cause = new Error(facts.redact(text));
  return build("UNEXPECTED_FAILURE", facts, {
    outcome: sent ? "unknown" : "not_sent",
    cause,
    detail: `${cause.message}.`,
  });
}

/** A write that would have been sent long after it was decided. */
export function turnTooLate(facts: CallFacts): ZenlayerError {
  return build("TURN_TOO_LATE", facts, { outcome: "not_sent", sendAgainAfter: 0 });
}

export function clientClosed(facts: CallFacts): ZenlayerError {
  return build("CLIENT_CLOSED", facts, { outcome: "not_sent" });
}

function failureOfCode(
  answer: Extract<Answer, { kind: "refused" }>,
  status: number,
  facts: CallFacts,
  retryAfter: number,
): Failure {
  const code = normaliseCode(answer.code);
  // Whoever names an order has placed it, whatever else it says.
  const limited = status === 429 || code === "REQUEST_LIMIT_EXCEEDED";
  if (limited && (facts.kind === "read" || answer.orderNumber === null))
    return rateLimited(facts, status, answer, retryAfter);
  const entry = findError(code);
  const clientError = status >= 400 && status < 500 && !GAVE_UP.has(status);
  // A server's time-out comes as a 4xx too, but refuses nothing: its class in the table is `unsure`.
  const transient = GAVE_UP.has(status) || (entry === undefined ? !clientError : isTransient(entry));
  // A body without a request id is not Zenlayer's, so it does not say what Zenlayer did.
  const refused = facts.kind === "read" ? !transient : clientError && !transient && answer.requestId !== null;
  const error = build(code, facts, {
    ...answer,
    outcome: refused ? "refused" : "unknown",
    httpStatus: status,
    wireCode: answer.code,
    wireMessage: answer.message,
    errorClass: classOf(entry, refused, transient, facts.kind),
  });
  return { error, repeat: facts.kind === "read" && transient ? "backoff" : "never" };
}

function isTransient({ errorClass }: ErrorEntry): boolean {
  return errorClass === "retry" || errorClass === "unsure";
}

function classOf(entry: ErrorEntry | undefined, refused: boolean, transient: boolean, kind: CallKind): ErrorClass {
  if (kind === "write") return refused ? (entry?.errorClass ?? "config") : "unsure";
  if (transient) return "retry";
  return entry?.goneOnRead ? "gone" : (entry?.errorClass ?? "config");
}

function rateLimited(
  facts: CallFacts,
  status: number,
  answer: { readonly requestId: string | null; readonly code: string | null; readonly message: string },
  retryAfter: number,
): Failure {
  const error = build("REQUEST_LIMIT_EXCEEDED", facts, {
    outcome: "not_sent",
    httpStatus: status,
    requestId: answer.requestId,
    wireCode: answer.code,
    wireMessage: answer.message,
    errorClass: "retry",
    sendAgainAfter: retryAfter,
  });
  return { error, repeat: "rate_limit" };
}

interface Details {
  readonly outcome: Outcome;
  readonly errorClass?: ErrorClass;
  readonly httpStatus?: number;
  readonly requestId?: string | null;
  readonly orderNumber?: string | null;
  readonly sendAgainAfter?: number;
  readonly wireCode?: string | null;
  readonly wireMessage?: string;
  readonly cause?: Error;
  /** Added to the summary. */
  readonly detail?: string;
}

function build(code: string, facts: CallFacts, details: Details): ZenlayerError {
  const entry = findError(code);
  const unsure = facts.kind === "write" && details.outcome === "unknown";
  const summary = entry?.summary ?? "Zenlayer refused the request with an error that is not in its documentation.";
  const wireMessage = details.wireMessage ? facts.redact(details.wireMessage) : "";
  return new ZenlayerError({
    code: facts.redact(code),
    wireCode: details.wireCode == null ? null : facts.redact(details.wireCode),
    errorClass: details.errorClass ?? (unsure ? "unsure" : (entry?.errorClass ?? "config")),
    outcome: details.outcome,
    action: facts.action,
    service: facts.service,
    instanceId: facts.instanceId,
    requestId: details.requestId == null ? null : facts.redact(details.requestId),
    orderNumber:
      details.orderNumber == null || details.outcome !== "unknown" ? null : facts.redact(details.orderNumber),
    httpStatus: details.httpStatus ?? null,
    sendAgainAfter: details.sendAgainAfter ?? null,
    summary: details.detail ? `${summary} ${details.detail}` : summary,
    cure: entry?.cure ?? UNKNOWN_CURE,
    attribute: entry?.attribute ?? null,
    wireMessage: wireMessage === "" ? null : wireMessage,
    ...(details.cause === undefined ? {} : { cause: details.cause }),
  });
}

const UNKNOWN_CURE =
  "Zenlayer's message is the best hint: on an order it may mean that the balance is too low. Zenlayer support can say more with the request id.";
