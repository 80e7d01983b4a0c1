// A simulated machine behind real HTTP, and a reconciler that looks at it every few milliseconds.
import { createClient, systemClock, type Clock } from "../../lib/api";
import { decide, formatValue, type Desired, type PlannedStep, type Product } from "../../lib/engine";
import {
  converge,
  DEFAULT_TIMING,
  factsFor,
  Machines,
  type ConvergeRequest,
  type ConvergeResult,
  type OpenOrder,
  type Reconciler,
} from "../../lib/reconcile";
import { startSimulator, type MachineSpec, type Simulator, type SimulatorOptions } from "../../lib/simulator";

export const ID = "900000000000000001";

/** ms */
const LONGEST_SLEEP = 25;

/** Real for the looks, which are milliseconds apart here; what takes longer is over at once and counts in full. */
function impatientClock(): Clock {
  let ahead = 0;
  return {
    ...systemClock,
    monotonic: () => performance.now() + ahead,
    sleep: async (ms, signal) => {
      await systemClock.sleep(Math.min(ms, LONGEST_SLEEP), signal);
      ahead += Math.max(0, ms - LONGEST_SLEEP);
    },
  };
}

/** @throws when it does not come true within so many ms */
export async function until(condition: () => boolean, within = 4_000): Promise<void> {
  for (const begun = performance.now(); !condition(); await new Promise((resolve) => setTimeout(resolve, 2)))
    if (performance.now() - begun > within) throw new Error(`It did not happen within ${within} ms.`);
}

const MACHINE: MachineSpec = {
  product: "vm",
  instanceId: ID,
  instanceName: "web-1",
  instanceType: "c.4c8g",
  instanceChargeType: "PREPAID",
  internetChargeType: "ByBandwidth",
  bandwidth: 400,
  expiredTime: "2026-02-01T00:00:00Z",
};

export interface SceneOptions {
  readonly machine?: MachineSpec;
  readonly simulator?: SimulatorOptions;
  /** ms; short where nothing is to show up. @default - longer than a slow computer needs */
  readonly gracePeriod?: number;
  /** Seconds. */
  readonly requestTimeout?: number;
}

/** One machine, its user's desire, and what the provider remembers between two applies. */
export class Scene {
  static async start(desired: Desired, options: SceneOptions = {}): Promise<Scene> {
    const machine = { ...MACHINE, ...options.machine };
    const simulator = await startSimulator({
      fleet: [machine],
      clock: { start: "2026-01-15T00:00:00Z" },
      ...options.simulator,
      knobs: { typeLatency: 15, bandwidthLatency: 15, packageLatency: 15, ...options.simulator?.knobs },
    });
    return new Scene(simulator, machine.product ?? "vm", desired, options);
  }

  openOrders: readonly OpenOrder[] = [];
  readonly clock = impatientClock();
  readonly reconciler: Reconciler;
  private readonly client: ReturnType<typeof createClient>;

  private constructor(
    readonly simulator: Simulator,
    readonly product: Product,
    public desired: Desired,
    options: SceneOptions,
  ) {
    this.client = createClient({
      endpoint: simulator.endpoint,
      credentials: { kind: "token", token: simulator.token },
      requestTimeout: options.requestTimeout ?? 1,
      // Its own: what the client waits for between two reads is nothing that the apply waits for.
      clock: impatientClock(),
    });
    this.reconciler = {
      client: this.client,
      machines: new Machines(this.client, systemClock),
      timing: {
        ...DEFAULT_TIMING,
        firstInterval: 3,
        minimumInterval: 5,
        maximumInterval: 20,
        gracePeriod: options.gracePeriod ?? 5_000,
      },
      readOnly: false,
      maxRetries: 8,
      clock: this.clock,
    };
  }

  /** The calls that a plan made now shows. */
  async plan(): Promise<readonly PlannedStep[]> {
    const { client, machines } = this.reconciler;
    const observation = await machines.fresh(this.product, ID);
    if (observation === null) throw new Error(`There is no machine ${ID}.`);
    const facts = await factsFor(client, observation, this.desired);
    return decide({ machine: observation.machine, desired: this.desired, facts }).steps.map((step) => ({
      ...step,
      from: step.from === null ? null : formatValue(step.axis, step.from),
      to: formatValue(step.axis, step.to),
    }));
  }

  /** Applies a plan, or what a plan made now shows; remembers open orders as private state does. */
  async apply(
    planned?: readonly PlannedStep[],
    changes: Partial<ConvergeRequest & { readonly reconciler: Reconciler }> = {},
  ): Promise<ConvergeResult> {
    const { reconciler = this.reconciler, ...request } = changes;
    const result = await converge(reconciler, {
      product: this.product,
      instanceId: ID,
      desired: this.desired,
      planned: planned ?? (await this.plan()),
      guards: { onDowngrade: "schedule", maxImmediateCharge: null },
      openOrders: this.openOrders,
      timeout: 20_000,
      ...request,
    });
    this.openOrders = result.openOrders;
    return result;
  }

  /** The Modify… and Cancel… calls so far. */
  get writes(): readonly string[] {
    return this.simulator.writes().map((entry) => entry.action);
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.simulator.stop();
  }
}
