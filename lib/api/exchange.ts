// One request over node:http or node:https and its whole answer. It stands in for the adapter that axios brings along, whose forms, streams, redirects
// and proxies this client never comes to: for a plan of a thousand machines that is a third of what a call costs.
import * as http from "node:http";
import * as https from "node:https";
import { urlToHttpOptions } from "node:url";
import type { HttpAnswer } from "./answer";
import type { WithOpening } from "./connector";
import type { Ending } from "./ending";
import type { Opening } from "./opening";
import type { Proxy } from "./proxy";

/** Bytes of the largest answer that is read, after decompression: some thirty pages of a thousand machines. */
const LARGEST_ANSWER = 32 * 1024 * 1024;

export class TooLarge extends Error {
  constructor() {
    super(`the answer is larger than ${LARGEST_ANSWER / 1024 / 1024} MB`);
    this.name = "TooLarge";
  }
}

export interface Exchange {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly agents: { readonly http: http.Agent; readonly https: https.Agent };
  /** A plain request to it is forwarded; an https one goes through its tunnel, which is the agent's to open. */
  readonly proxy: Proxy | null;
  readonly ending: Ending;
  readonly opening: Opening;
  /** The agent has a connection that is opened, tunnelled and secured: until then nothing has left. */
  readonly onSent: () => void;
}

/** Rejects with what the agent, the connection or the ending says, or with `TooLarge`. */
export function exchange({
  url,
  headers,
  body,
  agents,
  proxy,
  ending,
  opening,
  onSent,
}: Exchange): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const target = targetOf(url);
    const secure = target.protocol === "https:";
    const forwarding = secure ? null : proxy;
    // As a list Node writes them down as they are; of an object it checks and keeps each by itself.
    const fields = Object.entries(headers).flat();
    fields.push("accept-encoding", ACCEPTED, "content-length", String(Buffer.byteLength(body)));
    const authorization = forwarding?.authorization ?? null;
    if (authorization !== null) fields.push("proxy-authorization", authorization);
    const options: https.RequestOptions & WithOpening = {
      ...target,
      // A plain request as a proxy wants it: with the whole address.
      ...(forwarding === null ? {} : { path: url }),
      method: "POST",
      headers: fields,
      agent: secure ? agents.https : agents.http,
      opening,
    };
    const request = secure ? https.request(options) : http.request(options);
    const done = (answer: HttpAnswer): void => {
      ending.atEnd(null);
      resolve(answer);
    };
    const fail = (error: unknown): void => {
      ending.atEnd(null);
      reject(error);
    };
    request.once("socket", onSent);
    request.on("error", fail);
    request.once("response", (response) =>
      read(response, done, (error) => {
        request.destroy();
        fail(error);
      }),
    );
    // As a text Node sends it together with the headers, in one piece.
    request.end(body);
    ending.atEnd((why) => request.destroy(why));
  });
}

/** Calls one of both, once or more often, of which the first counts. */
function read(
  response: http.IncomingMessage,
  done: (answer: HttpAnswer) => void,
  fail: (error: unknown) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size > LARGEST_ANSWER) fail(new TooLarge());
    else chunks.push(chunk);
  });
  response.once("error", fail);
  response.once("end", () => {
    if (size > LARGEST_ANSWER) return;
    const headers = plainHeaders(response.headers);
    const answer = { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks, size) };
    const decompress = DECOMPRESS[(headers["content-encoding"] ?? "").trim().toLowerCase()];
    if (decompress === undefined || size === 0) done(answer);
    else decompressed(answer.body, decompress).then((body) => done({ ...answer, body }), fail);
  });
}

/** What the service may answer with, and Node's name for undoing it. */
const DECOMPRESS: Readonly<Record<string, "gunzipSync" | "inflateSync" | "brotliDecompressSync">> = {
  gzip: "gunzipSync",
  "x-gzip": "gunzipSync",
  deflate: "inflateSync",
  br: "brotliDecompressSync",
};
const ACCEPTED = "gzip, deflate, br";

async function decompressed(body: Buffer, decompress: (typeof DECOMPRESS)[string]): Promise<Buffer> {
  try {
    // Loaded for the first answer that needs it: most are short, and the first is waited for.
    return (await import("node:zlib"))[decompress](body, { maxOutputLength: LARGEST_ANSWER });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? new TooLarge() : error;
  }
}

const targets = new Map<string, http.ClientRequestArgs>();

/** A client has few addresses and many requests. */
function targetOf(url: string): http.ClientRequestArgs {
  const known = targets.get(url);
  if (known !== undefined) return known;
  const { protocol, hostname, port, path } = urlToHttpOptions(new URL(url));
  const target = { protocol, hostname, path, ...(port === undefined ? {} : { port }) };
  targets.set(url, target);
  return target;
}

function plainHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === "string") plain[name] = value;
  }
  return plain;
}
