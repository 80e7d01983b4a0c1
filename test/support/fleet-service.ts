// A simulated account behind the real client, in one process and in virtual time: many calls are under way at once, as with sockets, and what is counted
// is the same on every machine.
import { createBmcApi } from "../../lib/api/bmc-api";
import { createCaller } from "../../lib/api/caller";
import { DEFAULT_BMC_API_VERSION, DEFAULT_VM_API_VERSION } from "../../lib/api/client";
import type { Clock } from "../../lib/api/clock";
import { createCredentialGate } from "../../lib/api/credential-gate";
import { createRedact } from "../../lib/api/redact";
import { DEFAULT_MAX_REQUESTS_IN_FLIGHT } from "../../lib/api/options";
import { createThrottle } from "../../lib/api/throttle";
import type { HttpRequest, HttpResult } from "../../lib/api/transport";
import { createVmApi } from "../../lib/api/vm-api";
import { FaultTable } from "../../lib/simulator/faults";
import { addMachine } from "../../lib/simulator/fleet";
import { Pipeline } from "../../lib/simulator/pipeline";
import { World } from "../../lib/simulator/world";
import type { ZenlayerClient } from "../../lib/api";

const TOKEN = "fleet-service-token";

/** Time that passes only when nothing else is left to do. */
export class VirtualClock implements Clock {
  private time = 0;
  private readonly sleepers: { readonly at: number; wake(): void }[] = [];

  constructor(readonly random: () => number = () => 0.5) {}

  now(): number {
    return Date.UTC(2026, 0, 15) + this.time;
  }

  monotonic(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const entry = {
        at: this.time + ms,
        wake: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      const onAbort = (): void => {
        this.sleepers.splice(this.sleepers.indexOf(entry), 1);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.sleepers.push(entry);
    });
  }

  /** Lets time pass until the work is done. */
  async run<T>(work: Promise<T>): Promise<T> {
    const state = { over: false };
    const end = (): void => void (state.over = true);
    work.then(end, end);
    for (;;) {
      await new Promise(setImmediate);
      if (state.over) return work;
      const next = this.sleepers.reduce((least, { at }) => Math.min(least, at), Infinity);
      if (next === Infinity) throw new Error("Everybody waits, and nothing is left to happen.");
      this.time = Math.max(this.time, next);
      for (const entry of this.sleepers.filter(({ at }) => at <= this.time)) {
        this.sleepers.splice(this.sleepers.indexOf(entry), 1);
        entry.wake();
      }
    }
  }
}

export interface FleetServiceOptions {
  readonly clock: VirtualClock;
  readonly product?: "vm" | "bmc";
  readonly machines: number;
  /** What an answer takes, ms. */
  readonly latency: (action: string) => number;
  /** The service refuses more calls in any second. */
  readonly limit?: number;
  /** The client's own limit. */
  readonly maxRequestsPerSecond?: number;
}

export interface SentCall {
  readonly action: string;
  /** Of status actions. */
  readonly instanceId: string | null;
  readonly status: number;
  readonly at: number;
}

export class FleetService {
  readonly calls: SentCall[] = [];
  readonly faults = new FaultTable();
  readonly world = new World({ clock: { start: "2026-01-15T00:00:00Z", speed: 0 } });
  readonly client: ZenlayerClient;
  readonly ids: readonly string[];
  /** Called with each call when it arrives. */
  arrived: (action: string, instanceId: string | null) => void = () => undefined;
  private readonly closing = new AbortController();
  private readonly pipeline = new Pipeline(this.world, this.faults, () => undefined);

  constructor(private readonly options: FleetServiceOptions) {
    const { clock, product = "vm", maxRequestsPerSecond, machines } = options;
    this.world.tokens.push({ value: TOKEN });
    this.ids = Array.from({ length: machines }, (_, index) => `9000000000000${String(index).padStart(5, "0")}`);
    for (const instanceId of this.ids) addMachine(this.world, { instanceId, product });
    const credentials = { kind: "token", token: TOKEN } as const;
    const throttle = createThrottle({ maxRequestsPerSecond, maxInFlight: DEFAULT_MAX_REQUESTS_IN_FLIGHT, clock });
    const call = createCaller({
      endpoint: "http://fleet.invalid",
      credentials,
      clientName: "fleet",
      requestTimeout: 600_000,
      maxRetries: 8,
      transport: { send: (request) => this.transmit(request) },
      throttle,
      clock,
      redact: createRedact(credentials),
      log: () => undefined,
      gate: createCredentialGate(),
      closed: this.closing.signal,
    });
    this.client = {
      vm: createVmApi({ product: "vm", version: DEFAULT_VM_API_VERSION, call, clock }),
      bmc: createBmcApi({ product: "bmc", version: DEFAULT_BMC_API_VERSION, call, clock }),
      billing: { describeCustomerBalance: () => Promise.reject(new Error("nobody asks")) },
      traffic: () => throttle.traffic(),
    };
  }

  /** Ends what is under way. */
  close(): void {
    this.closing.abort(new Error("closed"));
  }

  count(action: string): number {
    return this.calls.filter((call) => call.action === action).length;
  }

  private async transmit({ url, headers, body, signal }: HttpRequest): Promise<HttpResult> {
    const { clock, latency } = this.options;
    const action = headers["x-zc-action"] ?? "";
    const { instanceId = null } = JSON.parse(Buffer.from(body).toString()) as { readonly instanceId?: string };
    this.arrived(action, instanceId);
    const at = clock.monotonic();
    const limited = this.isLimited(at);
    const entry = { action, instanceId, at, status: limited ? 429 : 200 };
    this.calls.push(entry);
    try {
      await clock.sleep(latency(action), signal);
    } catch {
      return { kind: "failure", sent: true, reason: "aborted", detail: "" };
    }
    if (limited) {
      const refusal = { requestId: "T-429", code: "REQUEST_LIMIT_EXCEEDED", message: "Too many requests." };
      return { kind: "answer", answer: { status: 429, headers: {}, body: Buffer.from(JSON.stringify(refusal)) } };
    }
    const request = { method: "POST", path: new URL(url).pathname, headers: { ...headers }, body: Buffer.from(body) };
    const answer = this.pipeline.answer(request);
    if (answer.kind === "send") entry.status = answer.status;
    if (answer.kind !== "send") return { kind: "failure", sent: true, reason: "network", detail: "lost" };
    return { kind: "answer", answer: { ...answer, body: Buffer.from(answer.body) } };
  }

  private isLimited(at: number): boolean {
    const { limit = Infinity } = this.options;
    return this.calls.filter((call) => call.status === 200 && at - call.at < 1000).length >= limit;
  }
}

/** As Terraform walks: so many at a time, in random order, each followed by the next at once. */
export async function inTerraformsOrder<T>(
  items: readonly T[],
  random: () => number,
  visit: (item: T) => Promise<unknown>,
  parallelism = 10,
): Promise<void> {
  const left = [...items];
  for (let index = left.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [left[index], left[other]] = [left[other] as T, left[index] as T];
  }
  const worker = async (): Promise<void> => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await visit(item);
  };
  await Promise.all(Array.from({ length: parallelism }, worker));
}
