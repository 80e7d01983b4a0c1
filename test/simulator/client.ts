// A minimal signing client for the tests of the simulator. It repeats the signing rules on purpose: it is the other side.
import { createHash, createHmac } from "node:crypto";
import { request } from "node:http";
import type { Simulator } from "../../lib/simulator";

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Parsed body, undefined when it is no JSON. */
  readonly json: {
    readonly requestId: string;
    readonly code?: string;
    readonly message?: string;
    readonly response: Answer;
  };
  readonly code: string | undefined;
  readonly answer: Answer;
}

export type Answer = Record<string, unknown> & { readonly orderNumber?: string };

export interface CallOptions {
  readonly service?: string;
  readonly version?: string | null;
  /** Changes headers after signing; null removes one. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly rawBody?: string;
  readonly method?: string;
  readonly path?: string;
  readonly token?: string;
  /** Seconds added to the timestamp. */
  readonly skew?: number;
  readonly key?: { readonly id: string; readonly password: string };
  readonly timeout?: number;
}

const VERSIONS: Readonly<Record<string, string>> = {
  vm: "2026-04-01",
  bmc: "2026-02-01",
  zbc: "2024-08-08",
  zrm: "2025-10-14",
};

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Whom to call, and as whom. */
export type Account = Pick<Simulator, "endpoint" | "accessKeyId" | "accessKeyPassword">;

/** Calls an action of the simulator, signed. */
export function call(sim: Account, action: string, body: unknown = {}, options: CallOptions = {}): Promise<Reply> {
  const service = options.service ?? "vm";
  const text = options.rawBody ?? JSON.stringify(body);
  const { host } = new URL(sim.endpoint);
  const contentType = "application/json; charset=utf-8";
  const timestamp = String(Math.floor(Date.now() / 1000) + (options.skew ?? 0));
  const key = options.key ?? { id: sim.accessKeyId, password: sim.accessKeyPassword };
  const canonical = `POST\n/\n\ncontent-type:${contentType}\nhost:${host}\n\ncontent-type;host\n${sha256(text)}`;
  const signature = createHmac("sha256", key.password)
    .update(`ZC2-HMAC-SHA256\n${timestamp}\n${sha256(canonical)}`)
    .digest("hex");
  const headers: Record<string, string | null> = {
    "content-type": contentType,
    "x-zc-action": action,
    "x-zc-version": options.version === undefined ? (VERSIONS[service] ?? null) : options.version,
    "x-zc-timestamp": timestamp,
    "x-zc-signature-method": "ZC2-HMAC-SHA256",
    authorization: `ZC2-HMAC-SHA256 Credential=${key.id}, SignedHeaders=content-type;host, Signature=${signature}`,
    ...(options.token === undefined
      ? {}
      : { authorization: `Bearer ${options.token}`, "x-zc-timestamp": null, "x-zc-signature-method": null }),
    ...options.headers,
  };
  const path = options.path ?? `/api/v2/${service}`;
  return send(sim.endpoint + path, options.method ?? "POST", headers, text, options.timeout);
}

/** Calls the control interface. */
export async function controlCall(
  endpoint: string,
  method: string,
  name: string,
  body?: unknown,
): Promise<{ status: number; value: never }> {
  const text = body === undefined ? "" : JSON.stringify(body);
  const reply = await send(`${endpoint}/control/${name}`, method, { "content-type": "application/json" }, text);
  return { status: reply.status, value: JSON.parse(reply.text) as never };
}

function send(
  url: string,
  method: string,
  headers: Readonly<Record<string, string | null>>,
  body: string,
  timeout = 0,
): Promise<Reply> {
  const sent = Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers: sent, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        let json: Reply["json"];
        try {
          json = JSON.parse(text) as Reply["json"];
        } catch {
          json = undefined as unknown as Reply["json"];
        }
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json,
          code: json?.code,
          answer: json?.response ?? {},
        });
      });
    });
    if (timeout > 0) outgoing.setTimeout(timeout, () => outgoing.destroy(new Error("gave up")));
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
