// A simulated account and the provider in this process, driven by core's rules without Terraform: what the tests of the provider start from.
import type { ObjectValue } from "../../lib/plugin";
import {
  createTestDriver,
  type TestDriver,
  type TestInstance,
  type TestPlan,
  type TestResult,
} from "../../lib/plugin/testing";
import { createProvider, type ProviderOptions } from "../../lib/provider";
import { startSimulator, type Simulator, type SimulatorOptions } from "../../lib/simulator";
import { PATIENT } from "./world";

export interface DrivenOptions {
  readonly simulator?: SimulatorOptions;
  readonly provider?: ProviderOptions;
  /** Added to the environment that the provider sees. */
  readonly env?: Readonly<Record<string, string>>;
  /** The provider's configuration. */
  readonly config?: ObjectValue;
}

export class Driven {
  static async start({
    simulator: options = {},
    provider,
    env = {},
    config = {},
  }: DrivenOptions = {}): Promise<Driven> {
    const simulator = await startSimulator({
      clock: { start: "2026-01-15T00:00:00Z" },
      ...options,
      knobs: { typeLatency: 20, bandwidthLatency: 20, packageLatency: 20, ...options.knobs },
    });
    const driver = createTestDriver(
      createProvider({ env: { ...simulator.env(), ...env }, timing: PATIENT, home: "/nonexistent", ...provider }),
    );
    const driven = new Driven(simulator, driver, config);
    await driven.connect();
    return driven;
  }

  private constructor(
    readonly simulator: Simulator,
    readonly driver: TestDriver,
    private readonly config: ObjectValue,
  ) {}

  /** A connection of its own, as each command of Terraform has one: nothing that was read before is shared. */
  async connect(config: ObjectValue = this.config): Promise<void> {
    const refused = await this.driver.configure(config);
    if (refused.length > 0) throw new Error(refused.map(({ summary }) => summary).join("; "));
  }

  /** Plans and applies, each as a command of its own. */
  async apply(
    type: string,
    config: ObjectValue | null,
    instance: TestInstance | null = null,
  ): Promise<TestResult & { readonly plan: TestPlan }> {
    await this.connect();
    const plan = await this.driver.plan(type, config, instance);
    await this.connect();
    return { plan, ...(await this.driver.apply(type, plan)) };
  }

  /** Imports a machine, and applies what is wanted of it; forgets the requests so far. */
  async adopt(type: string, config: ObjectValue): Promise<TestInstance> {
    await this.connect();
    const imported = await this.driver.importState(type, String(config["instance_id"]));
    const { instance, diagnostics } = await this.apply(type, config, imported.instance);
    const [error] = [...imported.diagnostics, ...diagnostics].filter(({ severity }) => severity === "error");
    if (error !== undefined) throw new Error(`${error.summary}: ${error.detail}`);
    await this.connect();
    this.simulator.clearRequests();
    return instance;
  }

  async stop(): Promise<void> {
    await this.driver.close();
    await this.simulator.stop();
  }
}
