// The simulated service and the real client in one process, without sockets and without real time: hundreds of applies per second, each the
// same for the same seed.
import { createBmcApi } from "../../lib/api/bmc-api";
import { createCaller, type Caller } from "../../lib/api/caller";
import { DEFAULT_BMC_API_VERSION, DEFAULT_VM_API_VERSION } from "../../lib/api/client";
import type { Clock } from "../../lib/api/clock";
import { createCredentialGate } from "../../lib/api/credential-gate";
import { decodeBalance } from "../../lib/api/decode-prices";
import { createRedact } from "../../lib/api/redact";
import { createThrottle } from "../../lib/api/throttle";
import type { HttpRequest, HttpResult } from "../../lib/api/transport";
import { createVmApi } from "../../lib/api/vm-api";
import type { ZenlayerClient } from "../../lib/api";
import { DEFAULT_TIMING, Machines, type Reconciler } from "../../lib/reconcile";
import { FaultTable } from "../../lib/simulator/faults";
import type { Knobs, RequestEntry } from "../../lib/simulator";
import { Pipeline, type ReceivedCall } from "../../lib/simulator/pipeline";
import { World } from "../../lib/simulator/world";
import { createDirectCaller, type DirectResult } from "./direct-caller";

const TOKEN = "memory-service-token";
const ENDPOINT = "http://memory.invalid";
const MAX_RETRIES = 8;
const START = "2026-01-15T00:00:00Z";
/** What a call takes, ms of virtual time. */
const LATENCY = 5;
/** How long a caller waits for an answer that never comes, ms of virtual time. */
const REQUEST_TIMEOUT = 30_000;

export class MemoryService {
  readonly world: World;
  readonly faults = new FaultTable();
  readonly requests: RequestEntry[] = [];
  /** Called before and after each call reaches the service. */
  before: (call: number, action: string) => void = () => undefined;
  after: (entry: RequestEntry) => void = () => undefined;
  /** The client's. */
  private readonly clock: Clock = {
    now: () => this.world.clock.milliseconds() + this.skew,
    monotonic: () => this.elapsed,
    random: () => this.random(),
    sleep: (ms, signal) => {
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      this.pass(ms);
      return Promise.resolve();
    },
  };
  private elapsed = 0;
  private skew = 0;
  private calls = 0;
  /** True: nothing reaches the service any more, as if the process had been killed. */
  private dead = false;
  private readonly pipeline: Pipeline;

  constructor(
    private readonly random: () => number,
    knobs: Partial<Knobs> = {},
    /** Whether calls take the whole way through the client, or a shorter one with the same rules (direct-caller). */
    private readonly whole = true,
  ) {
    this.world = new World({ clock: { start: START, speed: 0 }, knobs });
    this.world.tokens.push({ value: TOKEN });
    this.pipeline = new Pipeline(this.world, this.faults, (entry) => {
      this.requests.push(entry);
      this.after(entry);
    });
  }

  /** A process of its own: client, shared reads and locks are new. Nothing of an earlier one reaches the service any more. */
  newProcess(): Reconciler {
    let dead = false;
    this.kill();
    this.dead = false;
    this.kill = () => {
      dead = true;
      this.dead = true;
    };
    const client = this.client(() => dead);
    return {
      client,
      machines: new Machines(client, this.clock),
      timing: {
        ...DEFAULT_TIMING,
        // As long as ever, with fewer looks.
        ...(this.whole ? {} : { minimumInterval: 3_000 }),
      },
      readOnly: false,
      maxRetries: MAX_RETRIES,
      clock: this.clock,
    };
  }

  /** Cuts the present process off. */
  kill: () => void = () => undefined;

  get killed(): boolean {
    return this.dead;
  }

  pass(ms: number): void {
    this.elapsed += Math.ceil(ms);
    this.world.clock.advance(Math.ceil(ms));
  }

  /** Somebody sets the clock of the client's computer. The service keeps its own. */
  setClock(ms: number): void {
    this.skew += ms;
  }

  private client(dead: () => boolean): ZenlayerClient {
    const { clock } = this;
    const call = this.whole ? this.wholeCaller(clock, dead) : this.directCaller(clock, dead);
    return {
      traffic: () => ({
        requests: this.requests.length,
        limited: this.requests.some(({ status }) => status === 429),
        fastest: 0,
      }),
      vm: createVmApi({ product: "vm", version: DEFAULT_VM_API_VERSION, call, clock }),
      bmc: createBmcApi({ product: "bmc", version: DEFAULT_BMC_API_VERSION, call, clock }),
      billing: {
        describeCustomerBalance: (options) =>
          call({
            kind: "read",
            service: "zbc",
            version: "2024-08-08",
            action: "DescribeCustomerBalance",
            instanceId: null,
            body: {},
            signal: options?.signal,
            decode: decodeBalance,
          }),
      },
    };
  }

  /** The client's own, down to headers and bytes. */
  private wholeCaller(clock: Clock, dead: () => boolean): Caller {
    const credentials = { kind: "token", token: TOKEN } as const;
    return createCaller({
      endpoint: ENDPOINT,
      credentials,
      clientName: "harness",
      requestTimeout: REQUEST_TIMEOUT,
      maxRetries: MAX_RETRIES,
      transport: {
        send: (request, onSent) => Promise.resolve(this.transmit(request, onSent, dead)),
      },
      throttle: createThrottle({ maxRequestsPerSecond: undefined, maxInFlight: 24, clock }),
      clock,
      redact: createRedact(credentials),
      log: () => undefined,
      gate: createCredentialGate(),
      closed: new AbortController().signal,
    });
  }

  private directCaller(clock: Clock, dead: () => boolean): Caller {
    return createDirectCaller({
      endpoint: ENDPOINT,
      maxRetries: MAX_RETRIES,
      clock,
      send: ({ service, action, version, body }) =>
        this.exchange(
          {
            path: `/api/v2/${service}`,
            headers: { "x-zc-action": action, "x-zc-version": version, authorization: `Bearer ${TOKEN}` },
            body: Buffer.from(JSON.stringify(body)),
          },
          dead,
        ),
    });
  }

  private transmit(request: HttpRequest, onSent: (() => void) | undefined, dead: () => boolean): HttpResult {
    const { pathname } = new URL(request.url);
    const result = this.exchange(
      { path: pathname, headers: request.headers, body: Buffer.from(request.body) },
      dead,
      onSent,
    );
    if (result.kind === "lost") return { kind: "failure", sent: true, reason: "network", detail: result.detail };
    const { status, headers, body } = result;
    return { kind: "answer", answer: { status, headers, body: Buffer.from(body) } };
  }

  private exchange(
    request: Pick<ReceivedCall, "path" | "headers" | "body">,
    dead: () => boolean,
    onSent?: () => void,
  ): DirectResult {
    const lost = (detail: string): DirectResult => ({ kind: "lost", detail });
    if (dead()) return lost("the process is dead");
    this.calls += 1;
    this.before(this.calls, request.headers["x-zc-action"] ?? "");
    if (dead()) return lost("the process is dead");
    onSent?.();
    this.pass(LATENCY);
    const answer = this.pipeline.answer({ method: "POST", ...request });
    if (dead()) return lost("the process is dead");
    switch (answer.kind) {
      case "send":
        this.pass(answer.delay);
        return { kind: "answer", status: answer.status, headers: answer.headers, body: answer.body };
      case "hold":
        // The caller's own timer would end it: the same verdict, without the wait.
        this.pass(REQUEST_TIMEOUT);
        return lost("no answer came");
      case "drop":
      case "reset":
        return lost("the connection was lost");
    }
  }
}
