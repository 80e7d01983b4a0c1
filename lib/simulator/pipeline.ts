// One API call from headers and bytes to an answer (zenlayer-api A.1), in the order written there. No sockets here.
import { randomUUID } from "node:crypto";
import { findAction } from "./actions";
import { authenticate, type Caller, isPermitted } from "./authorization";
import { Refusal } from "./errors";
import { type Fault, type FaultTable, isExecuted, type Lie, lieOf } from "./faults";
import { checkBody, textOf, unknownNames } from "./fields";
import { RateLimiter } from "./rate-limiter";
import { shapeNulls } from "./shapes";
import { catchUp } from "./transitions";
import type { RequestEntry, Service } from "./types";
import { forVersion, writeJson } from "./wire";
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

interface Outcome {
  readonly status: number;
  readonly code: string | null;
  readonly body: Record<string, unknown>;
  readonly executed: boolean;
  readonly keyId: string | null;
  readonly headers: Record<string, string>;
  /** Fields of the request that the action does not know. */
  readonly unknownFields: readonly string[];
}

const SERVICES: readonly Service[] = ["vm", "bmc", "zbc", "zrm"];
const JSON_HEADERS = { "content-type": "application/json; charset=utf-8" };
const FOREIGN_PAGE = "<html><title>Client closed the request</title></html>";

export class Pipeline {
  private readonly limiter = new RateLimiter();

  constructor(
    private readonly world: World,
    private readonly faults: FaultTable,
    private readonly log: (entry: RequestEntry) => void,
  ) {}

  answer(call: ReceivedCall): Answer {
    const service = serviceOf(call.path);
    const action = call.headers["x-zc-action"] ?? "";
    const requestId = `T${randomUUID().toUpperCase()}`;
    const body = parseBody(call.body);
    const fault = service === undefined || call.method !== "POST" ? null : this.faults.hit({ service, action, body });
    const outcome =
      fault !== null && !isExecuted(fault)
        ? notExecuted(requestId, fault)
        : this.execute(call, service, action, body, { requestId, lie: lieOf(fault) });
    const answer = this.dated(fault === null ? this.send(outcome) : this.spoil(fault, outcome, requestId, call));
    this.remember({ call, service, action, body, fault, outcome, answer });
    return answer;
  }

  private execute(
    call: ReceivedCall,
    service: Service | undefined,
    action: string,
    body: unknown,
    { requestId, lie }: { readonly requestId: string; readonly lie: Lie | null },
  ): Outcome {
    let caller: Caller | null = null;
    const headers: Record<string, string> = {};
    try {
      if (service === undefined)
        throw new Refusal(404, "OPERATION_FAILED_RESOURCE_NOT_FOUND", `There is no service at ${call.path}.`);
      if (call.method !== "POST") throw new Refusal(405, "INVALID_PARAMETER_VALUE", "Only POST is allowed.");
      const { requestsPerSecond, rateLimitRetryAfter } = this.world.knobs;
      if (!this.limiter.allows(requestsPerSecond, Date.now())) {
        if (rateLimitRetryAfter > 0) headers["retry-after"] = String(rateLimitRetryAfter);
        throw new Refusal(429, "REQUEST_LIMIT_EXCEEDED", "Too many requests.");
      }
      caller = authenticate(call.headers, call.body, this.world, Date.now());
      const version = call.headers["x-zc-version"] ?? null;
      const answer = this.run({ service, action, version, caller, body, lie });
      const fields = forVersion(answer.response, service, version);
      const response = shapeNulls(fields, this.world.knobs.nulls) as Record<string, unknown>;
      return {
        status: 200,
        code: null,
        body: { requestId, response: { requestId, ...response } },
        executed: true,
        keyId: caller.keyId,
        headers,
        unknownFields: answer.unknownFields,
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const keyId = caller?.keyId ?? null;
      return { ...refused(requestId, error, this.world.knobs.codeSpelling), keyId, headers, unknownFields: [] };
    }
  }

  private run(asked: {
    readonly service: Service;
    readonly action: string;
    readonly version: string | null;
    readonly caller: Caller;
    readonly body: unknown;
    readonly lie: Lie | null;
  }): { readonly response: Record<string, unknown>; readonly unknownFields: readonly string[] } {
    const { service, action, version, caller, body, lie } = asked;
    const versionKnown = version !== null || caller.keyId === null;
    const definition = versionKnown ? findAction(service, version, action) : undefined;
    if (definition === undefined || !isPermitted(caller, service, action)) {
      throw new Refusal(403, "AUTHFAILURE_UNAUTHORIZED_OPERATION", `The action ${action} is unknown or not permitted.`);
    }
    const checked = checkBody(body, definition.fields);
    const unknownFields = unknownNames(checked, definition.fields);
    if (definition.product === undefined)
      return { response: definition.run({ world: this.world, body: checked, lie }), unknownFields };
    const machine = this.world.machines.get(textOf(checked, "instanceId") ?? "");
    if (machine?.product !== definition.product) {
      throw new Refusal(404, "INVALID_INSTANCE_NOT_FOUND", "The instance does not exist.");
    }
    catchUp(this.world, machine);
    return { response: definition.run({ world: this.world, body: checked, lie, machine }), unknownFields };
  }

  /** The `Date` header: the simulated clock, by which the billing cycles run. A fault may have written its own. */
  private dated(answer: Answer): Answer {
    if (answer.kind !== "send" || Object.keys(answer.headers).some((name) => name.toLowerCase() === "date"))
      return answer;
    switch (this.world.knobs.dateHeader) {
      case "clock":
        return { ...answer, headers: { ...answer.headers, date: this.world.clock.now().toUTCString() } };
      case "unreadable":
        return { ...answer, headers: { ...answer.headers, date: "today" } };
      case "absent":
        return { ...answer, undated: true };
    }
  }

  private send(outcome: Outcome, delay = 0): Answer {
    return {
      kind: "send",
      status: outcome.status,
      headers: { ...JSON_HEADERS, ...outcome.headers },
      body: writeJson(outcome.body),
      delay: delay + this.world.knobs.responseDelay,
    };
  }

  /** The answer that a fault makes of an outcome. */
  private spoil(fault: Fault, outcome: Outcome, requestId: string, call: ReceivedCall): Answer {
    const text = (status: number, body: string, headers: Record<string, string>): Answer => ({
      kind: "send",
      status,
      headers,
      body,
      delay: this.world.knobs.responseDelay,
    });
    const html = { "content-type": "text/html; charset=utf-8" };
    const error = (status: number, code: string, message: string): Answer => {
      const retry = fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
      const body = JSON.stringify({ requestId, code, message, ...orderField(fault, outcome) });
      return text(status, body, { ...JSON_HEADERS, ...retry });
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
        return text(403, "<html><title>Just a moment...</title></html>", { ...html, "cf-mitigated": "challenge" });
      case "blocked_451":
        return text(451, "<html><title>Unavailable</title></html>", html);
      case "empty_204":
        return text(204, "", {});
      case "truncated": {
        const whole = writeJson(outcome.body);
        return text(outcome.status, whole.slice(0, Math.floor(whole.length / 2)), JSON_HEADERS);
      }
      case "not_json":
        return text(200, fault.body ?? "<html><title>Welcome</title></html>", html);
      case "redirect":
        return text(307, "", { location: call.path, ...fault.headers });
      case "error":
        return error(fault.status ?? 400, fault.code ?? "SIM_ERROR", fault.body ?? "Injected by the simulator.");
      case "foreign": {
        const status = fault.status ?? 400;
        if (fault.orderNumber === undefined)
          return text(status, fault.body ?? FOREIGN_PAGE, { ...html, ...fault.headers });
        return text(status, JSON.stringify({ error: "upstream", ...orderField(fault, outcome) }), JSON_HEADERS);
      }
      case "raw":
        return text(fault.status ?? 200, fault.body ?? "", { ...JSON_HEADERS, ...fault.headers });
    }
  }

  private remember(seen: {
    readonly call: ReceivedCall;
    readonly service: Service | undefined;
    readonly action: string;
    readonly body: unknown;
    readonly fault: Fault | null;
    readonly outcome: Outcome;
    readonly answer: Answer;
  }): void {
    const { answer, outcome, fault, body } = seen;
    const fields = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
    const response = (outcome.body["response"] ?? {}) as Record<string, unknown>;
    const instanceId = fields["instanceId"];
    const orderNumber = response["orderNumber"];
    this.log({
      time: this.world.clock.now().toISOString(),
      service: seen.service ?? seen.call.path,
      action: seen.action,
      version: seen.call.headers["x-zc-version"] ?? null,
      instanceId: typeof instanceId === "string" ? instanceId : null,
      body: withoutSecrets(body),
      status: answer.kind === "send" ? answer.status : 0,
      code: answer.kind === "send" ? codeOf(answer.body, answer.status) : null,
      executed: outcome.executed,
      keyId: outcome.keyId,
      orderNumber: typeof orderNumber === "string" && orderNumber !== "" ? orderNumber : null,
      fault: fault?.kind ?? null,
      unknownFields: outcome.unknownFields,
    });
  }
}

/** The order number as the fault wants it written: the one that was given, else one that nobody has. */
function orderField(fault: Fault, outcome: Outcome): { readonly orderNumber?: unknown } {
  if (fault.orderNumber === undefined) return {};
  const given = (outcome.body["response"] as { readonly orderNumber?: unknown } | undefined)?.orderNumber;
  const number = typeof given === "string" && given !== "" ? given : "2026999999999999";
  switch (fault.orderNumber) {
    case "text":
      return { orderNumber: number };
    case "number":
      return { orderNumber: Number(number) };
    case "list":
      return { orderNumber: [number] };
  }
}

const SECRET_FIELDS = ["password", "userData", "initScript"];

/** The log holds no secret: what a machine is installed with is one. */
function withoutSecrets(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const fields = Object.entries(body as Readonly<Record<string, unknown>>);
  return Object.fromEntries(fields.map(([name, value]) => [name, SECRET_FIELDS.includes(name) ? "(hidden)" : value]));
}

function serviceOf(path: string): Service | undefined {
  return SERVICES.find((service) => path === `/api/v2/${service}`);
}

function parseBody(bytes: Buffer): unknown {
  const text = bytes.toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function refused(
  requestId: string,
  refusal: Refusal,
  spelling: "snake" | "dotted",
): Omit<Outcome, "keyId" | "headers" | "unknownFields"> {
  const code = spelling === "snake" ? refusal.code : dotted(refusal.code);
  return { status: refusal.status, code, body: { requestId, code, message: refusal.message }, executed: false };
}

function notExecuted(requestId: string, fault: Fault): Outcome {
  return {
    status: 200,
    code: null,
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
