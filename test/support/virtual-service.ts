// A simulated account behind the real client, in one process and in virtual time: many calls are under way at once, as with sockets, and what is counted
// is the same on every machine.
import type { ClientOptions, createClient } from "../../lib/api";
import { createClientOver } from "../../lib/api/client";
import type { HttpRequest, HttpResult } from "../../lib/api/transport";
import type { SimulatorOptions } from "../../lib/simulator";
import { Simulator } from "../../lib/simulator/simulator";
import type { VirtualClock } from "./virtual-clock";

export interface VirtualServiceOptions {
  readonly clock: VirtualClock;
  readonly simulator?: SimulatorOptions;
  readonly client?: Partial<ClientOptions>;
  /** What an answer takes, ms. @default 1 */
  readonly latency?: (action: string) => number;
  /** The service refuses more calls in any second of virtual time. */
  readonly limit?: number | undefined;
}

export interface SentCall {
  readonly action: string;
  /** Of status actions. */
  readonly instanceId: string | null;
  readonly status: number;
  readonly at: number;
}

/** How long a call is held that gets no answer, ms. */
const HELD = 1_000;

export class VirtualService {
  readonly calls: SentCall[] = [];
  readonly simulator: Simulator;
  readonly client: ReturnType<typeof createClient>;
  /** Called with each call when it arrives. */
  arrived: (action: string, instanceId: string | null) => void = () => undefined;

  constructor(private readonly options: VirtualServiceOptions) {
    const { clock } = options;
    this.simulator = new Simulator({ clock: { start: "2026-01-15T00:00:00Z", speed: 0 }, ...options.simulator });
    clock.passed = (milliseconds) => this.simulator.clock.advance(milliseconds);
    const transport = {
      load: () => Promise.resolve(),
      send: (request: HttpRequest, onSent?: () => void) => this.send(request, onSent),
      close: () => undefined,
    };
    this.client = createClientOver(() => transport, {
      endpoint: "http://127.0.0.1",
      credentials: { kind: "token", token: this.simulator.token },
      requestTimeout: 600,
      clock,
      ...options.client,
    });
  }

  /** Ends what is under way. */
  close(): void {
    this.client.close();
  }

  count(action: string): number {
    return this.calls.filter((call) => call.action === action).length;
  }

  private async send(request: HttpRequest, onSent?: () => void): Promise<HttpResult> {
    try {
      return await this.transmit(request, onSent);
    } catch {
      return { kind: "failure", sent: true, reason: "aborted", detail: "" };
    }
  }

  /** Rejects when it is broken off. */
  private async transmit({ url, headers, body, ending }: HttpRequest, onSent?: () => void): Promise<HttpResult> {
    const { clock, latency = () => 1 } = this.options;
    onSent?.();
    const action = headers["x-zc-action"] ?? "";
    const { instanceId = null } = JSON.parse(body) as { readonly instanceId?: string };
    this.arrived(action, instanceId);
    const at = clock.monotonic();
    const limited = this.isLimited(at);
    const entry = { action, instanceId, at, status: limited ? 429 : 200 };
    this.calls.push(entry);
    await clock.sleep(latency(action), ending.signal);
    if (limited) {
      const refusal = { requestId: "T-429", code: "REQUEST_LIMIT_EXCEEDED", message: "Too many requests." };
      return { kind: "answer", answer: { status: 429, headers: {}, body: Buffer.from(JSON.stringify(refusal)) } };
    }
    const request = { method: "POST", path: new URL(url).pathname, headers: { ...headers }, body: Buffer.from(body) };
    const answer = this.simulator.answer(request);
    if (answer.kind === "send") {
      entry.status = answer.status;
      if (answer.delay > 0) await clock.sleep(answer.delay, ending.signal);
      return { kind: "answer", answer: { ...answer, body: Buffer.from(answer.body) } };
    }
    if (answer.kind === "hold") await clock.sleep(HELD, ending.signal);
    return { kind: "failure", sent: true, reason: "network", detail: "lost" };
  }

  private isLimited(at: number): boolean {
    const { limit } = this.options;
    if (limit === undefined) return false;
    return this.calls.filter((call) => call.status === 200 && at - call.at < 1000).length >= limit;
  }
}
