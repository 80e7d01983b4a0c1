// The test kit for stacks of this package: a simulated account, the provider in the test's own process, and the real Terraform.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import type { Provider } from "../plugin";
import { createProvider, type ProviderOptions } from "../provider";
import { startSimulator, type Simulator, type SimulatorOptions } from "../simulator";
import type { CommandResult, Plan } from "./plan";
import { expectSuccess } from "./expectations";
import { TerraformWorkspace, type WorkspaceOptions } from "./terraform-workspace";

/** Machines of the simulated account, and what Terraform gets. */
export interface TestbedOptions {
  /** Machines, clock, knobs and account of the simulator. @default - an empty account whose changes take milliseconds */
  readonly simulator?: SimulatorOptions;
  /** How the provider looks at changes. @default - every few milliseconds, as a test wants it */
  readonly timing?: ProviderOptions["timing"];
  /** Providers besides ours, e.g. stand-ins for foreign ones. @default - none */
  readonly providers?: readonly Provider<unknown>[];
  /** Files, environment and executable of Terraform. */
  readonly workspace?: Omit<WorkspaceOptions, "providers">;
}

/** Looks often: changes of a simulator in a test take milliseconds. */
const IMPATIENT = { firstInterval: 5, minimumInterval: 5, maximumInterval: 50, gracePeriod: 1_000 };

/** Milliseconds that a change takes, for every axis. */
const QUICK = { typeLatency: 10, bandwidthLatency: 10, packageLatency: 10 };

/**
 * A simulated Zenlayer account with Terraform in front of it.
 *
 * The provider sees the simulator's endpoint and keys and nothing of this process's environment, so that a test never reaches a real account by
 * accident.
 */
export class ZenlayerTestbed {
  /** Starts the simulator, and a workspace whose provider talks to it. Call `dispose` in the end. */
  static async start(options: TestbedOptions = {}): Promise<ZenlayerTestbed> {
    const simulator = await startSimulator({ ...options.simulator, knobs: { ...QUICK, ...options.simulator?.knobs } });
    try {
      const home = join(tmpdir(), "no-such-home");
      const provider = createProvider({ env: simulator.env(), home, timing: { ...IMPATIENT, ...options.timing } });
      const terraform = await TerraformWorkspace.create({
        ...options.workspace,
        providers: [provider, ...(options.providers ?? [])],
      });
      return new ZenlayerTestbed(simulator, terraform);
    } catch (error) {
      await simulator.stop();
      throw error;
    }
  }

  private constructor(
    /** Machines, orders, clock, request log, faults. */
    readonly simulator: Simulator,
    /** Any command of Terraform, and the files it works on. */
    readonly terraform: TerraformWorkspace,
  ) {}

  /**
   * Synthesises a stack and makes it the configuration. The state stays, so that a test may change a stack as its author would.
   *
   * @param define - adds the constructs, a `ZenlayerProvider` among them (with `plugin: false` nothing is copied)
   */
  async synthesize(define: (stack: TerraformStack) => void): Promise<void> {
    const { App, TerraformStack: Stack } = await import("cdktf");
    const outdir = await mkdtemp(join(tmpdir(), "cdktf-test-"));
    try {
      const app = new App({ outdir });
      define(new Stack(app, "test"));
      app.synth();
      await this.terraform.useStack(join(outdir, "stacks", "test"));
    } finally {
      await rm(outdir, { recursive: true, force: true });
    }
  }

  /** Plans; throws with Terraform's words when that fails. */
  async plan(): Promise<Plan> {
    const plan = await this.terraform.plan();
    expectSuccess(plan);
    return plan;
  }

  /** Plans and applies; throws with Terraform's words when either fails. */
  async apply(): Promise<CommandResult> {
    const applied = await this.terraform.applyPlan(await this.plan());
    expectSuccess(applied);
    return applied;
  }

  /** The calls that changed something since the start or the last `clearRequests`, e.g. `ModifyInstanceBandwidth`. */
  get calls(): readonly string[] {
    return this.simulator.writes().map((entry) => entry.action);
  }

  /** Ends everything and removes the directory. */
  async dispose(): Promise<void> {
    await this.terraform.dispose();
    await this.simulator.stop();
  }
}
