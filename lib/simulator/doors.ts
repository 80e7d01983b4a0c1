// Who may call at all. Web pages must neither read nor drive the simulator: they can reach loopback, and a name of theirs may lead there.
import type { Answer, ReceivedCall } from "./pipeline";

/** Why a call is turned away before anything looks at it; null: it may come in. */
export function turnedAway(call: ReceivedCall): Answer | null {
  const { host, origin } = call.headers;
  if (host === undefined || !LOOPBACK_HOST.test(host)) {
    return foreigner(`Host is ${show(host)}: call it at 127.0.0.1, [::1] or localhost.`);
  }
  if (origin !== undefined && !LOOPBACK_HOST.test(origin.replace(/^https?:\/\//, ""))) {
    return foreigner(`Origin is ${show(origin)}: web pages may not call it.`);
  }
  return null;
}

/** A call that writes must say that it sends JSON: no web page can do so without asking first, and it is never allowed. */
export function notJson(call: ReceivedCall): Answer | null {
  const type = call.headers["content-type"];
  if (type?.split(";")[0]?.trim().toLowerCase() === "application/json") return null;
  return refusal(415, {
    error:
      `Content-Type is ${show(type)}: ${call.method} ${call.path} takes application/json only, with an empty body too ` +
      "(curl -X POST -H 'Content-Type: application/json').",
  });
}

const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

const show = (value: string | undefined): string => (value === undefined ? "missing" : JSON.stringify(value));

/** Readable for callers of the API (`code`, `message`) and of the control interface (`error`). */
function foreigner(reason: string): Answer {
  const message = `The simulator answers to loopback only, and ${reason}`;
  return refusal(403, { requestId: "SIM", code: "SIM_LOOPBACK_ONLY", message, error: message });
}

function refusal(status: number, body: Readonly<Record<string, string>>): Answer {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { kind: "send", status, headers, body: `${JSON.stringify(body)}\n`, delay: 0 };
}
