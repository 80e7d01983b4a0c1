// Reads the envelope of an answer: accepted, refused with a code, or not readable (zenlayer-api 1.7, 1.8).

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type Answer =
  | { readonly kind: "accepted"; readonly requestId: string; readonly response: JsonObject }
  | ({ readonly kind: "refused"; readonly code: string; readonly message: string } & Names)
  /** Stopped before the API. */
  | { readonly kind: "challenge" | "blocked" }
  | ({ readonly kind: "redirect" } & Names)
  | ({ readonly kind: "unreadable"; readonly reason: string } & Names);

/** What even an answer without meaning may name. */
interface Names {
  readonly requestId: string | null;
  /** An order that was placed although the answer is no acceptance. */
  readonly orderNumber: string | null;
}

export type JsonObject = Readonly<Record<string, unknown>>;

const LONGEST_CODE = 200;

/** Pure. `needsBody`: whether an acceptance without a body (204) is worth anything. */
export function readAnswer(answer: HttpAnswer, needsBody: boolean): Answer {
  const { status } = answer;
  if (status === 204) {
    return needsBody
      ? { kind: "unreadable", reason: "it has no body", requestId: null, orderNumber: null }
      : { kind: "accepted", requestId: "", response: {} };
  }
  const parsed = parseObject(answer.body);
  if (typeof parsed === "string") return withoutMeaning(answer, parsed, { requestId: null, orderNumber: null });
  const requestId = textOf(parsed, "requestId");
  const response = own(parsed, "response");
  const code = textOf(parsed, "code");
  const accepted = status >= 200 && status < 300;
  if (isObject(response)) {
    if (accepted) return { kind: "accepted", requestId: textOf(response, "requestId") ?? requestId ?? "", response };
    const names = { requestId, orderNumber: orderNumberOf(response) ?? orderNumberOf(parsed) };
    return withoutMeaning(answer, NEITHER, names);
  }
  const names = { requestId, orderNumber: orderNumberOf(parsed) };
  if (code !== null)
    return { kind: "refused", code: code.slice(0, LONGEST_CODE), message: textOf(parsed, "message") ?? "", ...names };
  // An acceptance whose only result is the acceptance, and maybe the order.
  if (accepted && !needsBody && requestId !== null) return { kind: "accepted", requestId, response: parsed };
  return withoutMeaning(answer, accepted ? "it has no response object" : NEITHER, names);
}

const NEITHER = "it is neither an acceptance nor an error of the API";

/** What only the status and the headers of an answer tell. */
function withoutMeaning({ status, headers }: HttpAnswer, reason: string, names: Names): Answer {
  if (status === 403 && /challenge/i.test(headers["cf-mitigated"] ?? "")) return { kind: "challenge" };
  if (status === 451) return { kind: "blocked" };
  if (status >= 300 && status < 400) return { kind: "redirect", ...names };
  return { kind: "unreadable", reason, ...names };
}

/** The order that an answer names: as text, as a number, or in a list of one. */
export function orderNumberOf(fields: JsonObject): string | null {
  const value = own(fields, "orderNumber");
  return textOf(Array.isArray(value) && value.length === 1 ? { value: value[0] as unknown } : { value }, "value");
}

/** When the service gave an answer, ms since 1970: by its `Date` header, else by this clock. */
export function timeOfAnswer(headers: HttpAnswer["headers"], now: number): number {
  const date = headers["date"]?.trim() ?? "";
  const time = HTTP_DATE.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? now : time;
}

/** The one form that senders may write (RFC 9110, 5.6.7). */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** The object, or why there is none. */
function parseObject(body: Uint8Array): JsonObject | string {
  if (body.length === 0) return "it has no body";
  let text: string;
  try {
    text = UTF8.decode(body);
  } catch {
    return "it is not UTF-8 text";
  }
  try {
    const value: unknown = JSON.parse(keepLongIntegers(text));
    return isObject(value) ? value : "it is not a JSON object";
  } catch {
    return "it is not JSON, or was cut short";
  }
}

/** Ids and order numbers may exceed 2^53; where one comes as a number it is kept as text. */
function keepLongIntegers(text: string): string {
  if (!/[:[,]\s*-?\d{16}/.test(text)) return text;
  return text.replace(/"[^"\\]*(?:\\[^][^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
    /^-?\d{16,}$/.test(token) ? `"${token}"` : token,
  );
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Text of a field; a number is spelled out, null, absent and empty are alike. */
export function textOf(object: JsonObject, key: string): string | null {
  const value = own(object, key);
  if (typeof value === "string") return value === "" ? null : value;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : null;
}
