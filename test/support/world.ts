// A simulated account and the real Terraform side by side: what acceptance tests start from.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Provider } from "../../lib/plugin";
import { createProvider, type ProviderOptions } from "../../lib/provider";
import { startSimulator, type Simulator, type SimulatorOptions } from "../../lib/simulator";
import { TerraformWorkspace, type Plan, type WorkspaceOptions } from "../../lib/testing";
import { installOfficialProvider } from "./official-provider";

/** Looks every few milliseconds, so that changes of milliseconds are seen at once. */
export const FAST = { firstInterval: 5, minimumInterval: 5, maximumInterval: 40, gracePeriod: 400 };

/** The same for worlds whose reads lag: on a machine under load two looks may be further apart than the grace period of the others. */
export const PATIENT = { ...FAST, gracePeriod: 20_000 };

export interface WorldOptions {
  readonly simulator?: SimulatorOptions;
  readonly provider?: ProviderOptions;
  /** Added to the environment that the provider sees. */
  readonly env?: Readonly<Record<string, string>>;
  readonly workspace?: Omit<WorkspaceOptions, "providers">;
  /** Foreign providers, served beside ours. */
  readonly foreign?: readonly Provider<unknown>[];
  /** Beside the official provider, which calls the same simulator: its executable where ZENLAYERCLOUD_PROVIDER names it, else a stand-in. */
  readonly official?: boolean;
}

export class World {
  static async start(options: WorldOptions = {}): Promise<World> {
    const simulator = await startSimulator({
      clock: { start: "2026-01-15T00:00:00Z" },
      ...options.simulator,
      knobs: { typeLatency: 20, bandwidthLatency: 20, packageLatency: 20, ...options.simulator?.knobs },
    });
    const folder = options.official === true ? await mkdtemp(join(tmpdir(), "official-")) : null;
    try {
      const beside =
        folder === null
          ? {}
          : { ...simulator.env(), TF_CLI_CONFIG_FILE: (await installOfficialProvider(folder)).cliConfig };
      const provider = createProvider({
        env: { ...simulator.env(), ...options.env },
        timing: FAST,
        home: "/nonexistent",
        ...options.provider,
      });
      const terraform = await TerraformWorkspace.create({
        ...options.workspace,
        env: { ...beside, ...options.workspace?.env },
        providers: [provider, ...(options.foreign ?? [])],
      });
      return new World(simulator, terraform, folder);
    } catch (error) {
      await simulator.stop();
      if (folder !== null) await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The same with a plugin that Terraform starts itself, found through a CLI configuration. */
  static async startWithPlugin(cliConfig: string, options: Pick<WorldOptions, "simulator"> = {}): Promise<World> {
    const simulator = await startSimulator({ clock: { start: "2026-01-15T00:00:00Z" }, ...options.simulator });
    const env = { ...simulator.env(), TF_CLI_CONFIG_FILE: cliConfig };
    return new World(simulator, await TerraformWorkspace.create({ env }));
  }

  private constructor(
    readonly simulator: Simulator,
    readonly terraform: TerraformWorkspace,
    private readonly folder: string | null = null,
  ) {}

  /** Writes the configuration, with the provider it needs. */
  async configure(text: string): Promise<void> {
    await this.terraform.write("main.tf", `${REQUIRED}\n${text}\n`);
  }

  /** Plans, applies that plan, and fails when either does not succeed. */
  async mustApply(): Promise<Plan> {
    const plan = await this.terraform.plan();
    if (plan.exitCode === 1) throw new Error(`plan: ${told(plan)}`);
    const applied = await this.terraform.applyPlan(plan);
    if (applied.exitCode !== 0) throw new Error(`apply: ${told(applied)}`);
    return plan;
  }

  /** Nothing of a run may ever buy or release a machine. */
  neverBoughtOrReleased(): void {
    const forbidden = this.simulator.requests.filter(
      (entry) => /Terminate|CreateInstance|Release/.test(entry.action) && !entry.action.startsWith("InquiryPrice"),
    );
    if (forbidden.length > 0) throw new Error(`Called: ${forbidden.map((entry) => entry.action).join(", ")}`);
  }

  async stop(): Promise<void> {
    await this.terraform.dispose();
    await this.simulator.stop();
    if (this.folder !== null) await rm(this.folder, { recursive: true, force: true });
  }
}

const REQUIRED = `terraform {
  required_providers {
    zenlayer = { source = "registry.terraform.io/cdktf-zenlayer/zenlayer" }
  }
}
`;

/** A resource block; undefined attributes are left out. */
export function resource(type: string, name: string, attributes: Readonly<Record<string, unknown>>, more = ""): string {
  return block("resource", type, name, attributes, more);
}

/** A data block. */
export function data(type: string, name: string, attributes: Readonly<Record<string, unknown>>, more = ""): string {
  return block("data", type, name, attributes, more);
}

function block(
  kind: "resource" | "data",
  type: string,
  name: string,
  attributes: Readonly<Record<string, unknown>>,
  more: string,
): string {
  const lines = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `  ${key} = ${JSON.stringify(value)}`);
  return `${kind} "${type}" "${name}" {\n${lines.join("\n")}\n${more}}\n`;
}

export function importBlock(to: string, id: string): string {
  return `import {\n  to = ${to}\n  id = ${JSON.stringify(id)}\n}\n`;
}

export function told(result: {
  readonly diagnostics: readonly { readonly severity: string; readonly summary: string; readonly detail?: string }[];
  readonly stderr: string;
}): string {
  return (
    result.diagnostics.map((each) => `${each.severity}: ${each.summary}\n${each.detail ?? ""}`).join("\n") ||
    result.stderr
  );
}
