// The HTTP part: receives calls on loopback, sends the pipeline's answers, and ends connections the way a fault asks for.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SimulatorError } from "./errors";
import type { Answer, ReceivedCall } from "./pipeline";

/** Larger bodies end the connection: no call of this API comes near it. */
const MAXIMUM_BODY = 8 * 1024 * 1024;

type Handler = (call: ReceivedCall) => Answer;

export class LoopbackServer {
  private readonly server: Server;
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(handler: Handler) {
    this.server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      request.on("data", (chunk: Buffer) => {
        length += chunk.length;
        if (length > MAXIMUM_BODY) request.socket.destroy();
        else chunks.push(chunk);
      });
      request.on("end", () => {
        if (length <= MAXIMUM_BODY) this.reply(answerOf(handler, request, Buffer.concat(chunks)), request, response);
      });
      // Who breaks off in the middle of a call is answered by nobody.
      request.on("error", () => undefined);
    });
  }

  /** Starts listening on 127.0.0.1 and tells the port. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", (error: NodeJS.ErrnoException) => {
        const text =
          error.code === "EADDRINUSE"
            ? `Port ${port} is in use: choose another one.`
            : `Cannot listen on port ${port}: ${error.message}`;
        reject(new SimulatorError(text));
      });
      this.server.listen(port, "127.0.0.1", resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Ends all connections, held ones too. */
  async stop(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    if (!this.server.listening) return;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private reply(answer: Answer, request: IncomingMessage, response: ServerResponse): void {
    switch (answer.kind) {
      case "drop":
        request.socket.destroy();
        return;
      case "reset":
        request.socket.resetAndDestroy();
        return;
      case "hold":
        return;
      case "send": {
        const write = (): void => {
          response.sendDate = answer.undated !== true;
          response.writeHead(answer.status, answer.headers);
          response.end(answer.body);
        };
        if (answer.delay <= 0) return write();
        const timer = setTimeout(() => {
          this.timers.delete(timer);
          write();
        }, answer.delay);
        this.timers.add(timer);
      }
    }
  }
}

function answerOf(handler: Handler, request: IncomingMessage, body: Buffer): Answer {
  try {
    const headers = request.headers as Readonly<Record<string, string | undefined>>;
    return handler({ method: request.method ?? "GET", path: request.url ?? "/", headers, body });
  } catch (error) {
    // A mistake in the simulator itself must not look like a fault of the service.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const headers = { "content-type": "text/plain" };
    return { kind: "send", status: 500, headers, body: `simulator: ${text}`, delay: 0 };
  }
}
