// Drives the real Terraform from a test: a directory, an environment of its own, and providers that live in the test's process.
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { serveInProcess, type InProcessServer, type Provider } from "../plugin";
import { CommandResult, Plan } from "./plan";
import { resourcesOf, type JsonObject, type PlanJson, type StateJson } from "./plan-json";
import { placeStack } from "./stack-files";
import { documentIn, programOf, TerraformProcess, type RunOptions, type RunResult } from "./terraform-process";

/** What a workspace starts with. */
export interface WorkspaceOptions {
  /** Configuration files by name, e.g. `main.tf`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Directory of a synthesised stack, copied into the workspace; its backend is left out. */
  readonly stack?: string;
  /**
   * Providers that this process serves. @default - none: Terraform starts installed plugins
   */
  readonly providers?: readonly Provider<unknown>[];
  /** Added to Terraform's environment. Of this process's own it sees only what finds programs and temporary directories. */
  readonly env?: Readonly<Record<string, string>>;
  /** Terraform executable. @default - `TERRAFORM_BINARY_NAME`, else `terraform` on PATH */
  readonly terraform?: string;
}

/** How a command is run. */
export interface CommandOptions extends RunOptions {
  /** Added to the command line, e.g. `["-target=…"]`. */
  readonly args?: readonly string[];
}

/** What Terraform inherits: never the credentials or the CLI configuration of whoever runs the test. */
const INHERITED = ["PATH", "TMPDIR", "LANG", "LC_ALL"];

/** A directory in which Terraform runs, with an environment and providers of the test. */
export class TerraformWorkspace {
  /** Makes a directory below the system's temporary one and starts serving the providers. Call `dispose` in the end. */
  static async create(options: WorkspaceOptions = {}): Promise<TerraformWorkspace> {
    const base = await mkdtemp(join(tmpdir(), "terraform-test-"));
    let server: InProcessServer | null = null;
    try {
      const directory = join(base, "stack");
      const home = join(base, "home");
      await mkdir(directory);
      await mkdir(home);
      const cliConfig = join(base, "terraformrc");
      await writeFile(cliConfig, "");
      if (options.providers !== undefined && options.providers.length > 0)
        server = await serveInProcess(options.providers.map((provider) => ({ provider })));
      const inherited = INHERITED.flatMap((name): [string, string][] => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      });
      const workspace = new TerraformWorkspace(
        base,
        directory,
        options.terraform ?? process.env["TERRAFORM_BINARY_NAME"] ?? "terraform",
        server,
        {
          ...Object.fromEntries(inherited),
          HOME: home,
          TF_CLI_CONFIG_FILE: cliConfig,
          CHECKPOINT_DISABLE: "1",
          TF_IN_AUTOMATION: "1",
          TF_INPUT: "0",
          ...(server === null ? {} : { TF_REATTACH_PROVIDERS: server.reattach }),
          ...options.env,
        },
      );
      if (options.stack !== undefined) await workspace.useStack(options.stack);
      for (const [name, text] of Object.entries(options.files ?? {})) await workspace.write(name, text);
      return workspace;
    } catch (error) {
      await server?.close();
      await rm(base, { recursive: true, force: true });
      throw error;
    }
  }

  private running: TerraformProcess | null = null;
  private plans = 0;

  private constructor(
    private readonly base: string,
    /** Where Terraform runs. */
    readonly directory: string,
    private readonly terraform: string,
    private readonly server: InProcessServer | null,
    /** The environment that Terraform gets. */
    readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Writes a file of the configuration; directories in the name are made. */
  async write(name: string, text: string): Promise<void> {
    const file = join(this.directory, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** Removes a file of the configuration; nothing where there is none. */
  async remove(name: string): Promise<void> {
    await rm(join(this.directory, name), { force: true });
  }

  /** Replaces the configuration by that of a synthesised stack. The state stays. */
  async useStack(stack: string): Promise<void> {
    await placeStack(stack, this.directory);
  }

  /** Runs any command to its end, whatever its exit code. One command at a time. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    if (this.running !== null)
      throw new Error(
        `${programOf(this.terraform)} ${args.join(" ")}: another command is still running in this workspace.`,
      );
    this.running = new TerraformProcess(this.terraform, args, this.directory, this.env, options);
    try {
      return await this.running.result;
    } finally {
      this.running = null;
    }
  }

  /** Ctrl-C to the running command. The second one makes Terraform exit at once. */
  interrupt(): void {
    this.running?.interrupt();
  }

  /** SIGKILL to the running command, with `"group"` also to the plugins that Terraform started. */
  kill(target: "terraform" | "group" = "terraform"): void {
    this.running?.kill(target);
  }

  /** `terraform init`; throws its output when it fails. Not needed for providers that the test serves itself. */
  async init(options: CommandOptions = {}): Promise<RunResult> {
    return this.mustRun(["init", "-input=false", "-no-color", ...(options.args ?? [])], options);
  }

  /** `terraform validate`: what needs no machine and no account. */
  async validate(
    options: CommandOptions = {},
  ): Promise<{ readonly valid: boolean; readonly diagnostics: CommandResult["diagnostics"] }> {
    const run = await this.run(["validate", "-json", ...(options.args ?? [])], options);
    return documentIn(run.stdout) as { valid: boolean; diagnostics: CommandResult["diagnostics"] };
  }

  /** Plans and keeps the plan, whatever its outcome: `exitCode` is 0 for nothing to do, 2 for changes, 1 for an error. */
  async plan(options: CommandOptions = {}): Promise<Plan> {
    const file = join(this.base, `plan-${(this.plans += 1)}`);
    const args = ["plan", "-json", "-detailed-exitcode", "-input=false", `-out=${file}`, ...(options.args ?? [])];
    const run = await this.run(args, options);
    if (!(await exists(file))) return new Plan(run, null, null);
    return new Plan(run, file, documentIn((await this.mustRun(["show", "-json", file])).stdout) as PlanJson);
  }

  /** A plan as Terraform prints it for people, without colours. */
  async describePlan(plan: Plan): Promise<string> {
    return (await this.mustRun(["show", "-no-color", savedFile(plan)])).stdout;
  }

  /** Plans and applies in one go, without asking. */
  async apply(options: CommandOptions = {}): Promise<CommandResult> {
    return new CommandResult(
      await this.run(["apply", "-json", "-auto-approve", "-input=false", ...(options.args ?? [])], options),
    );
  }

  /** Applies exactly a plan made before. */
  async applyPlan(plan: Plan, options: CommandOptions = {}): Promise<CommandResult> {
    return new CommandResult(
      await this.run(["apply", "-json", "-input=false", ...(options.args ?? []), savedFile(plan)], options),
    );
  }

  /** Plans and applies the destruction of everything, without asking. */
  async destroy(options: CommandOptions = {}): Promise<CommandResult> {
    return this.apply({ ...options, args: ["-destroy", ...(options.args ?? [])] });
  }

  /** `terraform import`, whatever its exit code. */
  async import(address: string, id: string, options: CommandOptions = {}): Promise<RunResult> {
    return this.run(["import", "-input=false", "-no-color", ...(options.args ?? []), address, id], options);
  }

  /** `terraform show -json` of the state. */
  async show(): Promise<StateJson> {
    return documentIn((await this.mustRun(["show", "-json"])).stdout) as StateJson;
  }

  /** The attributes of one resource or data source in the state; null when it is not there. */
  async attributes(address: string): Promise<JsonObject | null> {
    return resourcesOf(await this.show()).find((resource) => resource.address === address)?.values ?? null;
  }

  /** The state file itself, private data included; null when there is none yet. */
  async state(): Promise<JsonObject | null> {
    const file = join(this.directory, "terraform.tfstate");
    return (await exists(file)) ? (JSON.parse(await readFile(file, "utf8")) as JsonObject) : null;
  }

  /** Ends whatever runs, stops serving and removes the directory. May be called twice. */
  async dispose(): Promise<void> {
    const { running } = this;
    running?.kill("group");
    await running?.result.catch(() => undefined);
    await this.server?.close();
    await rm(this.base, { recursive: true, force: true });
  }

  private async mustRun(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const run = await this.run(args, options);
    if (run.exitCode === 0) return run;
    throw new Error(
      `${run.program} ${args.join(" ")} ended with exit code ${run.exitCode}.\n${run.stderr || run.stdout}`,
    );
  }
}

function savedFile(plan: Plan): string {
  if (plan.file === null)
    throw new Error(`There is no saved plan: ${plan.errors.map((error) => error.summary).join("; ") || plan.stderr}`);
  return plan.file;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
