// Sends one action: waits for its turn, signs, sends. Reads are repeated; a write never is: whoever decided it must look and decide again.
import { orderNumberOf, readAnswer, timeOfAnswer } from "./answer";
import type { JsonObject } from "./answer";
import { backoffDelay, retryAfterDelay } from "./backoff";
import type { Clock } from "./clock";
import type { CredentialGate } from "./credential-gate";
import { Unreadable } from "./decode";
import { Ending } from "./ending";
import {
  cancelled,
  clientClosed,
  failureOfAnswer,
  failureOfNetwork,
  failureOfTimeout,
  turnTooLate,
  unexpected,
} from "./failures";
import type { CallFacts, CallKind, Failure } from "./failures";
import type { Credentials, Log } from "./options";
import type { Redact } from "./redact";
import { sign, SIGNATURE_METHOD } from "./signature";
import { whenAborted } from "./signals";
import type { Throttle } from "./throttle";
import type { HttpResult, Transport } from "./transport";

export interface Action<T> {
  readonly kind: CallKind;
  readonly service: "vm" | "bmc" | "zbc";
  readonly version: string;
  readonly action: string;
  readonly instanceId: string | null;
  readonly body: JsonObject;
  readonly signal?: AbortSignal | undefined;
  /** A look at a change that is waited for. */
  readonly waiting?: boolean;
  /** A write whose turn does not come within so many milliseconds is not sent. */
  readonly sendWithin?: number | undefined;
  /** Reads the fields of an accepted answer, given at `time` (ms, `timeOfAnswer`); throws `Unreadable` where they make no sense. */
  decode(response: JsonObject, requestId: string, time: number): T;
}

export type Caller = <T>(action: Action<T>) => Promise<T>;

type Attempt<T> =
  | { readonly kind: "done"; readonly value: T; readonly requestId: string }
  | { readonly kind: "failed"; readonly failure: Failure };

export interface CallerOptions {
  /** Origin, without a path. */
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly clientName: string;
  /** Milliseconds of one attempt. */
  readonly requestTimeout: number;
  readonly maxRetries: number;
  readonly transport: Pick<Transport, "send">;
  readonly throttle: Throttle;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly log: Log;
  readonly gate: CredentialGate;
  /** Ends everything. */
  readonly closed: AbortSignal;
}

const CONTENT_TYPE = "application/json";
/** Repetitions when nothing left this machine: fewer, so that a wrong address is reported soon. */
const CONNECT_RETRIES = 3;
/** Milliseconds that an interrupted change still waits for its answer, since its order number is worth it. */
const LAST_CHANCE = 2000;

export function createCaller(options: CallerOptions): Caller {
  const { clock, redact, log, throttle } = options;
  const host = new URL(options.endpoint).host;
  /** What ends each attempt that is under way: a listener of its own at the client's signal would be dear. */
  const underWay = new Set<() => void>();
  options.closed.addEventListener("abort", () => underWay.forEach((end) => end()), { once: true });

  return async <T>(action: Action<T>): Promise<T> => {
    if (options.closed.aborted) throw clientClosed(factsOf(action));
    const body = JSON.stringify(action.body);
    /** Only for a call that waits for something: most do not. */
    const stopped = (): AbortSignal =>
      AbortSignal.any([...(action.signal === undefined ? [] : [action.signal]), options.closed]);
    const told = {
      service: action.service,
      action: action.action,
      ...(action.instanceId === null ? {} : { instanceId: action.instanceId }),
    };
    let connectFailures = 0;
    /** Attempts in a row that count against the patience. */
    let failures = 0;
    for (let attempt = 0; ; attempt += 1) {
      const queued = clock.monotonic();
      if (isStopped(action)) throw cancelled(false, factsOf(action));
      const leave =
        throttle.tryEnter() ?? (await unlessAborted(throttle.enter(stopped(), action.kind === "write"), action));
      const started = clock.monotonic();
      if (started - queued > (action.sendWithin ?? Infinity)) {
        leave();
        throw turnTooLate(factsOf(action));
      }
      const refused = options.gate.closedBy(action.waiting === true);
      if (refused !== null) {
        leave();
        throw refused;
      }
      const passage = options.gate.enter();
      const before = throttle.traffic().accepted;
      let result: Attempt<T>;
      try {
        result = await once(action, body);
      } finally {
        leave();
      }
      const took = { ...told, attempt: attempt + 1, milliseconds: Math.round(clock.monotonic() - started) };
      passage.ended(result.kind === "done" ? "accepted" : result.failure.error);
      if (result.kind === "done") {
        throttle.speedUp(took.milliseconds);
        log("debug", "Zenlayer accepted a request", { ...took, requestId: redact(result.requestId) });
        return result.value;
      }
      const { error } = result.failure;
      const again = error.sendAgainAfter ?? 0;
      if (result.failure.repeat === "rate_limit") throttle.slowDown(again);
      const repeat = action.kind === "write" ? "never" : result.failure.repeat;
      log(repeat === "never" ? "debug" : "warn", "A request to Zenlayer failed", {
        ...took,
        code: error.code,
        httpStatus: error.httpStatus,
        requestId: error.requestId,
        outcome: error.outcome,
        repeat,
      });
      if (repeat === "connect") connectFailures += 1;
      // While a rate limit lets others pass, everybody's turn comes.
      const passing = repeat === "rate_limit" && throttle.traffic().accepted > before;
      failures = passing ? 1 : failures + 1;
      if (repeat === "never" || failures > options.maxRetries || connectFailures > CONNECT_RETRIES) throw error;
      const delay = Math.max(backoffDelay(failures - 1, clock.random()), again);
      await unlessAborted(clock.sleep(delay, stopped()), action);
    }
  };

  function isStopped({ signal }: Action<unknown>): boolean {
    return signal?.aborted === true || options.closed.aborted;
  }

  /** What an error says; most calls need none. */
  function factsOf(action: Action<unknown>): CallFacts {
    return { ...action, endpoint: options.endpoint, redact };
  }

  /** Waiting ends only by an abort; between two attempts nothing of this call is under way. */
  function unlessAborted<T>(waiting: Promise<T>, action: Action<unknown>): Promise<T> {
    return waiting.catch(() => {
      throw cancelled(false, factsOf(action));
    });
  }

  /** One attempt. */
  async function once<T>(action: Action<T>, body: string): Promise<Attempt<T>> {
    if (isStopped(action)) throw cancelled(false, factsOf(action));
    const ending = new Ending();
    let why: "timeout" | "cancelled" | null = null;
    let sent = false;
    const end = (reason: "timeout" | "cancelled"): void => {
      why ??= reason;
      ending.end(new Error(reason));
    };
    let lastChance: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      // A change that was sent is not taken back: its answer may be on the way.
      if (action.kind === "write" && sent) lastChance ??= setTimeout(() => end("cancelled"), LAST_CHANCE);
      else end("cancelled");
    };
    const timer = setTimeout(() => end("timeout"), options.requestTimeout);
    const stopListening = whenAborted(action.signal, onAbort);
    underWay.add(onAbort);
    let result: HttpResult;
    try {
      result = await options.transport.send(
        {
          url: `${options.endpoint}/api/v2/${action.service}`,
          headers: headersOf(action, body),
          body,
          freshConnection: action.kind === "write",
          ending,
        },
        () => {
          sent = true;
        },
      );
    } catch (error) {
      throw unexpected(error, sent, factsOf(action));
    } finally {
      clearTimeout(timer);
      clearTimeout(lastChance);
      stopListening();
      underWay.delete(onAbort);
    }
    if (result.kind === "failure") {
      if (result.reason === "aborted" && why === "timeout") {
        return failed(failureOfTimeout(result.sent, options.requestTimeout / 1000, result.detail, factsOf(action)));
      }
      return failed(failureOfNetwork(result.reason, result.sent, result.detail, factsOf(action)));
    }
    const answer = readAnswer(result.answer, action.kind === "read");
    if (answer.kind !== "accepted") {
      const retryAfter = retryAfterDelay(result.answer.headers["retry-after"], clock.now());
      return failed(failureOfAnswer(answer, result.answer.status, factsOf(action), retryAfter));
    }
    const { requestId } = answer;
    try {
      const time = timeOfAnswer(result.answer.headers, clock.now());
      return { kind: "done", value: action.decode(answer.response, requestId, time), requestId };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw unexpected(error, true, factsOf(action));
      const reason = {
        kind: "unreadable",
        reason: error.message,
        requestId: requestId === "" ? null : requestId,
        orderNumber: orderNumberOf(answer.response),
      } as const;
      return failed(failureOfAnswer(reason, result.answer.status, factsOf(action)));
    }
  }

  /** Signed anew for every attempt, because the service allows a signature five minutes only. */
  function headersOf(action: Action<unknown>, body: string): Record<string, string> {
    const headers: Record<string, string> = {
      host,
      "content-type": CONTENT_TYPE,
      accept: "application/json",
      "user-agent": options.clientName,
      "x-zc-action": action.action,
      "x-zc-version": action.version,
      "x-zc-service": action.service,
      "x-zc-request-client": options.clientName,
    };
    const { credentials } = options;
    if (credentials.kind === "token") {
      headers["authorization"] = `Bearer ${credentials.token}`;
      return headers;
    }
    const timestamp = Math.floor(clock.now() / 1000);
    headers["x-zc-timestamp"] = String(timestamp);
    headers["x-zc-signature-method"] = SIGNATURE_METHOD;
    headers["authorization"] = sign({ ...credentials, timestamp, contentType: CONTENT_TYPE, host, body }).authorization;
    return headers;
  }
}

function failed<T>(failure: Failure): Attempt<T> {
  return { kind: "failed", failure };
}
