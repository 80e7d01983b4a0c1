// A very small HTTP server that answers what a test says, and remembers what arrived.
import * as http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createClient } from "../../lib/api";
import type { Clock, ClientOptions, LogLevel } from "../../lib/api";

export interface Received {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly action: string;
  readonly body: Record<string, unknown>;
  readonly rawBody: Buffer;
  readonly socket: Socket;
}

export type Reply = (received: Received, response: http.ServerResponse) => void | Promise<void>;

export interface TestServer {
  readonly url: string;
  readonly received: readonly Received[];
  /** Answers with these, one per request; the last one answers all that follow. */
  reply(...replies: readonly Reply[]): void;
  count(action: string): number;
  close(): Promise<void>;
}

export async function startServer(): Promise<TestServer> {
  const received: Received[] = [];
  let replies: Reply[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const rawBody = Buffer.concat(chunks);
      const entry: Received = {
        path: request.url ?? "",
        headers: request.headers,
        action: String(request.headers["x-zc-action"]),
        body: JSON.parse(rawBody.toString("utf8") || "{}") as Record<string, unknown>,
        rawBody,
        socket: request.socket,
      };
      received.push(entry);
      const reply = replies.length > 1 ? replies.shift() : replies[0];
      void (reply ?? accepted({}))(entry, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    reply: (...next) => {
      replies = [...next];
    },
    count: (action) => received.filter((entry) => entry.action === action).length,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export const accepted =
  (fields: Record<string, unknown>, requestId = "T-ACCEPTED"): Reply =>
  (_received, response) =>
    send(response, 200, JSON.stringify({ requestId, response: { requestId, ...fields } }));

export const refused =
  (status: number, code: string, message = "free text", headers: Record<string, string> = {}): Reply =>
  (_received, response) =>
    send(response, status, JSON.stringify({ requestId: "T-REFUSED", code, message }), headers);

export const raw =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): Reply =>
  (_received, response) =>
    send(response, status, body, { "content-type": "text/html", ...headers });

/** Closes the connection without an answer. */
export const drop: Reply = (received) => {
  received.socket.destroy();
};

/** Never answers. */
export const silence: Reply = () => undefined;

function send(
  response: http.ServerResponse,
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body);
}

export const KEYS = {
  kind: "accessKey",
  accessKeyId: "AKTESTEXAMPLE0001",
  accessKeyPassword: "sk-test-EXAMPLE-password-01",
} as const;

/** Time that jumps: a sleep takes some milliseconds and counts in full. It remembers what it was asked for, from 100 ms upward. */
export interface TestClock extends Clock {
  readonly sleeps: number[];
}

export function quickClock(): TestClock {
  const sleeps: number[] = [];
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  return {
    sleeps,
    now,
    monotonic: now,
    random: () => 0.5,
    sleep: (milliseconds, signal) => {
      if (milliseconds >= 100) sleeps.push(milliseconds);
      const end = now() + milliseconds;
      return new Promise((resolve, reject) => {
        const onAbort = (): void => {
          clearTimeout(timer);
          reject(signal?.reason as Error);
        };
        const timer = setTimeout(
          () => {
            signal?.removeEventListener("abort", onAbort);
            ahead += Math.max(0, end - now());
            resolve();
          },
          Math.min(milliseconds, 15),
        );
        signal?.addEventListener("abort", onAbort);
      });
    },
  };
}

export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export function testClient(server: { readonly url: string }, options: Partial<ClientOptions> = {}) {
  const clock = quickClock();
  const lines: LogLine[] = [];
  const client = createClient({
    endpoint: server.url,
    credentials: KEYS,
    requestTimeout: 5,
    clock,
    log: (level, message, fields) => lines.push({ level, message, fields }),
    ...options,
  });
  return { client, clock, lines };
}

/** The error that a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error: unknown) => error,
  );
}
