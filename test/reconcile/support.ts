// A simulated machine, and a reconciler that looks at it every few milliseconds: in memory and in virtual time.
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
import type { MachineSpec, SimulatorOptions } from "../../lib/simulator";
import { VirtualClock } from "../support/virtual-clock";
import { VirtualService } from "../support/virtual-service";

export const ID = "900000000000000001";

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
  /** ms; short where nothing is to show up. @default 5000 */
  readonly gracePeriod?: number;
}

type ApplyChanges = Partial<ConvergeRequest & { readonly reconciler: Reconciler }>;

/** One machine, its user's desire, and what the provider remembers between two applies. */
export class Scene {
  openOrders: readonly OpenOrder[] = [];
  readonly clock = new VirtualClock();
  readonly simulator: VirtualService["simulator"];
  readonly reconciler: Reconciler;
  private readonly product: Product;
  private readonly service: VirtualService;
  /** Called after each request; `over`: nothing more will happen. */
  private readonly waiting = new Set<(over: boolean) => void>();

  constructor(
    public desired: Desired,
    options: SceneOptions = {},
  ) {
    const { clock } = this;
    const machine = { ...MACHINE, ...options.machine };
    this.product = machine.product ?? "vm";
    this.service = new VirtualService({
      clock,
      simulator: {
        fleet: [machine],
        onRequest: () => this.waiting.forEach((look) => look(false)),
        ...options.simulator,
        knobs: { typeLatency: 15, bandwidthLatency: 15, packageLatency: 15, ...options.simulator?.knobs },
      },
    });
    this.simulator = this.service.simulator;
    const { client } = this.service;
    this.reconciler = {
      client,
      machines: new Machines(client, clock),
      timing: {
        ...DEFAULT_TIMING,
        firstInterval: 3,
        minimumInterval: 5,
        maximumInterval: 20,
        gracePeriod: options.gracePeriod ?? 5_000,
      },
      readOnly: false,
      maxRetries: 8,
      clock,
    };
  }

  /** Resolves with the first request after which something is so; rejects when the work ends before. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (over: boolean): void => {
        const met = condition();
        if (!met && !over) return;
        this.waiting.delete(look);
        if (met) resolve();
        else reject(new Error("The work has ended, and it has not happened."));
      };
      this.waiting.add(look);
      look(false);
    });
  }

  /** The calls that a plan made now shows. */
  plan(): Promise<readonly PlannedStep[]> {
    return this.clock.run(this.makePlan());
  }

  private async makePlan(): Promise<readonly PlannedStep[]> {
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

  /** Lets time pass until the work is done; then nothing more will happen. */
  run<T>(work: Promise<T>): Promise<T> {
    const over = (): void => this.waiting.forEach((look) => look(true));
    work.then(over, over);
    return this.clock.run(work);
  }

  /** Applies a plan, or what a plan made now shows; remembers open orders as private state does. */
  async apply(planned?: readonly PlannedStep[], changes: ApplyChanges = {}): Promise<ConvergeResult> {
    const steps = planned ?? (await this.plan());
    const result = await this.run(this.applyInRealTime(steps, changes));
    this.openOrders = result.openOrders;
    return result;
  }

  /** The same while nothing happens but what timers of the platform bring. */
  applyInRealTime(planned: readonly PlannedStep[], changes: ApplyChanges = {}): Promise<ConvergeResult> {
    const { reconciler = this.reconciler, ...request } = changes;
    return converge(reconciler, {
      product: this.product,
      instanceId: ID,
      desired: this.desired,
      planned,
      guards: { onDowngrade: "schedule", maxImmediateCharge: null },
      openOrders: this.openOrders,
      timeout: 20_000,
      ...request,
    });
  }

  /** The Modify… and Cancel… calls so far. */
  get writes(): readonly string[] {
    return this.simulator.writes().map((entry) => entry.action);
  }

  stop(): void {
    this.service.close();
  }
}
