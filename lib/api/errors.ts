// The one error that leaves this room. Its fields are stable; its texts are for people and hold no secret.
import type { ErrorClass, Outcome } from "./types";

export interface ZenlayerErrorFields {
  /** Stable, upper snake case, whatever the wire spelled. */
  readonly code: string;
  /** As received; null for codes of our own. */
  readonly wireCode?: string | null;
  readonly errorClass: ErrorClass;
  readonly outcome: Outcome;
  /** API action, e.g. `ModifyInstanceType`; null when no call was made. */
  readonly action?: string | null;
  /** `vm`, `bmc`, `zbc`. */
  readonly service?: string | null;
  readonly instanceId?: string | null;
  readonly requestId?: string | null;
  /** Milliseconds after which the same call may be decided and sent again, because nothing of it was executed; null when that is of no use. */
  readonly sendAgainAfter?: number | null;
  /** An order that the answer to a change named although it was no acceptance; null when the change was definitely not executed. */
  readonly orderNumber?: string | null;
  readonly httpStatus?: number | null;
  /** What went wrong, in the user's words: one sentence. */
  readonly summary: string;
  /** What to do about it. */
  readonly cure: string;
  /** Terraform attribute that the error belongs to; null when it belongs to none. */
  readonly attribute?: string | null;
  /** Zenlayer's own text, as received; null when there is none. */
  readonly wireMessage?: string | null;
  /** Only ever an error made by us: an axios error carries the Authorization header. */
  readonly cause?: Error;
}

export class ZenlayerError extends Error {
  readonly code: string;
  readonly wireCode: string | null;
  readonly errorClass: ErrorClass;
  readonly outcome: Outcome;
  readonly action: string | null;
  readonly service: string | null;
  readonly instanceId: string | null;
  readonly requestId: string | null;
  readonly sendAgainAfter: number | null;
  readonly orderNumber: string | null;
  readonly httpStatus: number | null;
  readonly summary: string;
  readonly cure: string;
  readonly attribute: string | null;
  readonly wireMessage: string | null;
  /** Zenlayer's own text as a sentence, `Zenlayer says: "…".`; empty when there is none. */
  readonly said: string;
  /** What follows the summary in the message: Zenlayer's words, the cure, and in brackets what support will ask for. */
  readonly detail: string;

  /** The message is the summary and the detail. */
  constructor(fields: ZenlayerErrorFields) {
    const said = sentenceOf(fields.wireMessage ?? "");
    const detail = detailOf(fields, said);
    super(`${fields.summary} ${detail}`, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = "ZenlayerError";
    this.code = fields.code;
    this.wireCode = fields.wireCode ?? null;
    this.errorClass = fields.errorClass;
    this.outcome = fields.outcome;
    this.action = fields.action ?? null;
    this.service = fields.service ?? null;
    this.instanceId = fields.instanceId ?? null;
    this.requestId = fields.requestId ?? null;
    this.sendAgainAfter = fields.sendAgainAfter ?? null;
    this.orderNumber = fields.orderNumber ?? null;
    this.httpStatus = fields.httpStatus ?? null;
    this.summary = fields.summary;
    this.cure = fields.cure;
    this.attribute = fields.attribute ?? null;
    this.wireMessage = fields.wireMessage ?? null;
    this.said = said;
    this.detail = detail;
  }

  toJSON(): Readonly<Record<string, unknown>> {
    return {
      name: this.name,
      code: this.code,
      wireCode: this.wireCode,
      errorClass: this.errorClass,
      outcome: this.outcome,
      action: this.action,
      service: this.service,
      instanceId: this.instanceId,
      requestId: this.requestId,
      orderNumber: this.orderNumber,
      httpStatus: this.httpStatus,
      summary: this.summary,
      cure: this.cure,
      attribute: this.attribute,
      wireMessage: this.wireMessage,
      message: this.message,
    };
  }
}

/** True for errors of this room, also when two copies of the package are loaded. */
export function isZenlayerError(value: unknown): value is ZenlayerError {
  return (
    value instanceof ZenlayerError ||
    (value instanceof Error && value.name === "ZenlayerError" && "errorClass" in value)
  );
}

const UNSURE = "Whether Zenlayer executed the request is not known.";

function sentenceOf(words: string): string {
  return words === "" ? "" : `Zenlayer says: "${words}"${/[.!?]$/.test(words) ? "" : "."}`;
}

function detailOf(fields: ZenlayerErrorFields, said: string): string {
  const facts: string[] = [];
  if (fields.action) facts.push(fields.service ? `${fields.service} ${fields.action}` : fields.action);
  if (fields.instanceId) facts.push(`instance ${fields.instanceId}`);
  facts.push(
    fields.wireCode && fields.wireCode !== fields.code ? `${fields.code}, sent as ${fields.wireCode}` : fields.code,
  );
  if (fields.httpStatus) facts.push(`HTTP ${fields.httpStatus}`);
  if (fields.requestId) facts.push(`request ${fields.requestId}`);
  if (fields.orderNumber) facts.push(`order ${fields.orderNumber}`);
  const unsure = fields.errorClass === "unsure" && fields.outcome === "unknown" ? UNSURE : "";
  return [said, unsure, fields.cure, `(${facts.join("; ")})`].filter((part) => part !== "").join(" ");
}
