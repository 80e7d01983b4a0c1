// One API call from headers and bytes to an answer (zenlayer-api A.1), in the order written there. No sockets here.
import { randomUUID } from "node:crypto";
import { type ActionDefinition, findAction } from "./actions";
import type { ActionAnswer } from "./actions/action";
import { authenticate, isPermitted } from "./authorization";
import { Refusal } from "./errors";
import { type Fault, type FaultTable, isExecuted } from "./faults";
import { type Body, checkBody, isObject, textOf, unknownNames } from "./fields";
import { catchUp } from "./transitions";
import type { RequestEntry, Service } from "./types";
import { forVersion, shapeNulls, writeJson } from "./wire";
import type { World } from "./world";

export interface ReceivedCall {
  readonly method: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** What is sent back, and how. */
export type Answer =
  | {
      readonly kind: "send";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly delay: number;
      /** Sends no Date header at all, not the HTTP library's own either. */
      readonly undated?: true;
    }
  /** Nothing is sent: the connection ends, is reset, or stays open. */
  | { readonly kind: "drop" | "reset" | "hold" };

/** A call, taken apart. */
interface Asked {
  readonly call: ReceivedCall;
  readonly service: Service | undefined;
  readonly action: string;
  readonly version: string | null;
  readonly body: unknown;
  readonly requestId: string;
}

interface Outcome {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly executed: boolean;
  readonly keyId: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Fields of the request that the action does not know. */
  readonly unknownFields: readonly string[];
}

const SERVICES: ReadonlyMap<string, Service> = new Map(
  (["vm", "bmc", "zbc", "zrm"] as const).map((service) => [`/api/v2/${service}`, service]),
);
const JSON_HEADERS = { "content-type": "application/json; charset=utf-8" };
const FOREIGN_PAGE = "<html><title>Client closed the request</title></html>";

export class Pipeline {
  /** Wall time of the calls within the last second; kept while there is a limit (knob `requestsPerSecond`). */
  private recent: number[] = [];

  constructor(
    private readonly world: World,
    private readonly faults: FaultTable,
    private readonly log: (entry: RequestEntry) => void,
  ) {}

  answer(call: ReceivedCall): Answer {
    const asked: Asked = {
      call,
      service: SERVICES.get(call.path),
      action: call.headers["x-zc-action"] ?? "",
      version: call.headers["x-zc-version"] ?? null,
      body: parseBody(call.body),
      requestId: `T${randomUUID().toUpperCase()}`,
    };
    const { service, action, body } = asked;
    const fault = service === undefined || call.method !== "POST" ? null : this.faults.hit({ service, action, body });
    const outcome =
      fault === null || isExecuted(fault) ? this.execute(asked, fault) : notExecuted(asked.requestId, fault);
    const answer = fault === null ? this.send(outcome) : this.spoil(fault, outcome, asked);
    this.log(this.entry(asked, fault, outcome, answer));
    return answer;
  }

  private execute(asked: Asked, fault: Fault | null): Outcome {
    const { call, service, action, requestId } = asked;
    const { requestsPerSecond, rateLimitRetryAfter, nulls, codeSpelling } = this.world.knobs;
    let keyId: string | null = null;
    let headers = {};
    try {
      if (service === undefined)
        throw new Refusal(404, "OPERATION_FAILED_RESOURCE_NOT_FOUND", `There is no service at ${call.path}.`);
      if (call.method !== "POST") throw new Refusal(405, "INVALID_PARAMETER_VALUE", "Only POST is allowed.");
      if (requestsPerSecond > 0 && !this.isWithin(requestsPerSecond, Date.now())) {
        if (rateLimitRetryAfter > 0) headers = { "retry-after": String(rateLimitRetryAfter) };
        throw new Refusal(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests.");
      }
      const caller = authenticate(call.headers, call.body, this.world, Date.now());
      keyId = caller.keyId;
      // With a token, a call without a version gets the newest.
      const definition =
        asked.version !== null || keyId === null ? findAction(service, asked.version, action) : undefined;
      if (definition === undefined || !isPermitted(caller.permissions, service, action)) {
        throw new Refusal(
          403,
          "AUTHFAILURE_UNAUTHORIZED_OPERATION",
          `The action ${action} is unknown or not permitted.`,
        );
      }
      const body = checkBody(asked.body, definition.fields);
      const unknownFields = unknownNames(body, definition.fields);
      const fields = forVersion(this.run(definition, body, fault), service, asked.version);
      const answer = { requestId, response: { requestId, ...shapeNulls(fields, nulls) } };
      return { status: 200, body: answer, executed: true, keyId, headers, unknownFields };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const code = codeSpelling === "snake" ? error.code : dotted(error.code);
      const answer = { requestId, code, message: error.message };
      return { status: error.status, body: answer, executed: false, keyId, headers, unknownFields: [] };
    }
  }

  private run(definition: ActionDefinition, body: Body, fault: Fault | null): ActionAnswer {
    const { world } = this;
    if (definition.product === undefined) return definition.run({ world, body, fault });
    const machine = world.machines.get(textOf(body, "instanceId") ?? "");
    if (machine?.product !== definition.product) {
      throw new Refusal(404, "INVALID_INSTANCE_NOT_FOUND", "The instance does not exist.");
    }
    catchUp(world, machine);
    return definition.run({ world, body, fault, machine });
  }

  /** Whether a call at `now` is within the rate limit. A refused call does not count. */
  private isWithin(perSecond: number, now: number): boolean {
    this.recent = this.recent.filter((time) => now - time < 1000);
    if (this.recent.length >= perSecond) return false;
    this.recent.push(now);
    return true;
  }

  /** An answer that carries the time of the simulated clock, by which the billing cycles run, unless a fault wrote its own `Date`. */
  private dated(status: number, headers: Readonly<Record<string, string>>, body: string, delay = 0): Answer {
    const { dateHeader, responseDelay } = this.world.knobs;
    const answer = { kind: "send", status, headers, body, delay: delay + responseDelay } as const;
    if (Object.keys(headers).some((name) => name.toLowerCase() === "date")) return answer;
    if (dateHeader === "absent") return { ...answer, undated: true };
    const date = dateHeader === "clock" ? this.world.clock.now().toUTCString() : "today";
    return { ...answer, headers: { ...headers, date } };
  }

  private send({ status, headers, body }: Outcome, delay?: number): Answer {
    return this.dated(status, { ...JSON_HEADERS, ...headers }, writeJson(body), delay);
  }

  /** The answer that a fault makes of an outcome. */
  private spoil(fault: Fault, outcome: Outcome, { call, requestId }: Asked): Answer {
    const page = (status: number, html: string, headers: Readonly<Record<string, string>> = {}): Answer =>
      this.dated(status, { "content-type": "text/html; charset=utf-8", ...headers }, html);
    const error = (status: number, code: string, message: string): Answer => {
      const retry = fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
      const body = JSON.stringify({ requestId, code, message, ...orderField(fault, outcome) });
      return this.dated(status, { ...JSON_HEADERS, ...retry }, body);
    };
    switch (fault.kind) {
      case "drop_before":
      case "drop_after":
        return { kind: "drop" };
      case "reset_before":
      case "reset_after":
        return { kind: "reset" };
      case "hold":
      case "hold_after":
        return { kind: "hold" };
      case "stale":
      case "left_out":
        return this.send(outcome);
      case "slow":
        return this.send(outcome, fault.milliseconds ?? 1000);
      case "rate_limit":
        return error(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests.");
      case "status_500_before":
      case "status_500_after":
        return error(500, "INTERNAL_SERVER_ERROR", "Something went wrong.");
      case "status_503":
      case "status_503_after":
        return error(503, "SERVICE_TEMPORARY_UNAVAILABLE", "Try again later.");
      case "status_504":
      case "status_504_after":
        return error(504, "REQUEST_TIMED_OUT", "The request timed out.");
      case "challenge":
        return page(403, "<html><title>Just a moment...</title></html>", { "cf-mitigated": "challenge" });
      case "blocked_451":
        return page(451, "<html><title>Unavailable</title></html>");
      case "empty_204":
        return this.dated(204, {}, "");
      case "truncated": {
        const whole = writeJson(outcome.body);
        return this.dated(outcome.status, JSON_HEADERS, whole.slice(0, Math.floor(whole.length / 2)));
      }
      case "not_json":
        return page(200, fault.body ?? "<html><title>Welcome</title></html>");
      case "redirect":
        return this.dated(307, { location: call.path, ...fault.headers }, "");
      case "error":
        return error(fault.status ?? 400, fault.code ?? "SIM_ERROR", fault.body ?? "Injected by the simulator.");
      case "foreign": {
        const status = fault.status ?? 400;
        if (fault.orderNumber === undefined) return page(status, fault.body ?? FOREIGN_PAGE, fault.headers);
        return this.dated(status, JSON_HEADERS, JSON.stringify({ error: "upstream", ...orderField(fault, outcome) }));
      }
      case "raw":
        return this.dated(fault.status ?? 200, { ...JSON_HEADERS, ...fault.headers }, fault.body ?? "");
    }
  }

  /** What is remembered of a call. */
  private entry(asked: Asked, fault: Fault | null, outcome: Outcome, answer: Answer): RequestEntry {
    const { service, action, version, body, call } = asked;
    const instanceId = isObject(body) ? body["instanceId"] : undefined;
    return {
      time: this.world.clock.now().toISOString(),
      service: service ?? call.path,
      action,
      version,
      instanceId: typeof instanceId === "string" ? instanceId : null,
      body: withoutSecrets(body),
      status: answer.kind === "send" ? answer.status : 0,
      code: answer.kind === "send" ? codeOf(answer.body, answer.status) : null,
      executed: outcome.executed,
      keyId: outcome.keyId,
      orderNumber: orderNumberOf(outcome),
      fault: fault?.kind ?? null,
      unknownFields: outcome.unknownFields,
    };
  }
}

/** The order number that the action gave; null where it gave none. */
function orderNumberOf({ body }: Outcome): string | null {
  const number = (body["response"] as { readonly orderNumber?: unknown } | undefined)?.orderNumber;
  return typeof number === "string" && number !== "" ? number : null;
}

/** The order number as the fault wants it written: the one that was given, else one that nobody has. */
function orderField(fault: Fault, outcome: Outcome): { readonly orderNumber?: unknown } {
  if (fault.orderNumber === undefined) return {};
  const number = orderNumberOf(outcome) ?? "2026999999999999";
  return { orderNumber: { text: number, number: Number(number), list: [number] }[fault.orderNumber] };
}

const SECRET_FIELDS = ["password", "userData", "initScript"];

/** The log holds no secret: what a machine is installed with is one. */
function withoutSecrets(body: unknown): unknown {
  if (!isObject(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, SECRET_FIELDS.includes(name) ? "(hidden)" : value]),
  );
}

function parseBody(bytes: Buffer): unknown {
  const text = bytes.toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function notExecuted(requestId: string, fault: Fault): Outcome {
  return {
    status: 200,
    body: { requestId, response: { requestId, fault: fault.kind } },
    executed: false,
    keyId: null,
    headers: {},
    unknownFields: [],
  };
}

/** `INVALID_INSTANCE_NOT_FOUND` as `Invalid.Instance.Not.Found`. */
function dotted(code: string): string {
  return code
    .split("_")
    .map((word) => `${word.slice(0, 1)}${word.slice(1).toLowerCase()}`)
    .join(".");
}

function codeOf(body: string, status: number): string | null {
  if (status < 400) return null;
  try {
    const code = (JSON.parse(body) as { readonly code?: unknown }).code;
    return typeof code === "string" ? code : null;
  } catch {
    return null;
  }
}
