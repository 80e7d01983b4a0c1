// Runs one terraform command without blocking the event loop: the provider that it talks to may live in this very process.
import { spawn, type ChildProcess } from "node:child_process";
import { basename } from "node:path";

/** How a command is run. */
export interface RunOptions {
  /** Interrupts the command as Ctrl-C would; it then ends in its own time. */
  readonly signal?: AbortSignal;
  /** Added to the environment of this command. */
  readonly env?: Readonly<Record<string, string>>;
  /** Sees output as it comes. */
  readonly onOutput?: (text: string, stream: "stdout" | "stderr") => void;
}

/** A command that ended. */
export interface RunResult {
  /** Name of the executable, for example `terraform` or `tofu`. */
  readonly program: string;
  /** Its arguments. */
  readonly args: readonly string[];
  /** null when a signal ended the command. */
  readonly exitCode: number | null;
  /** The signal that ended it; null without one. */
  readonly signal: NodeJS.Signals | null;
  /** All of standard output. */
  readonly stdout: string;
  /** All of standard error. */
  readonly stderr: string;
}

/** One running command. */
export class TerraformProcess {
  readonly result: Promise<RunResult>;
  private readonly child: ChildProcess;

  constructor(
    command: string,
    args: readonly string[],
    directory: string,
    env: Readonly<Record<string, string>>,
    options: RunOptions = {},
  ) {
    // A process group of its own, so that interrupt() reaches Terraform and the plugins it started, as the terminal does, and not the test.
    this.child = spawn(command, [...args], {
      cwd: directory,
      env: { ...env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.result = this.collect(command, args, options);
  }

  /** What Ctrl-C does: the first asks Terraform to stop, the second makes it exit at once. */
  interrupt(): void {
    this.send("SIGINT");
  }

  /** Ends Terraform, or with `"group"` also the plugins it started, with no chance to say goodbye. */
  kill(target: "terraform" | "group" = "terraform"): void {
    if (target === "group") this.send("SIGKILL");
    else this.child.kill("SIGKILL");
  }

  private send(signal: NodeJS.Signals): void {
    if (this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch {
      // The group has ended in this very moment.
    }
  }

  private collect(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
    return new Promise((resolve, reject) => {
      const output = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const) {
        this.child[name]?.setEncoding("utf8").on("data", (text: string) => {
          output[name] += text;
          options.onOutput?.(text, name);
        });
      }
      const interrupt = (): void => this.interrupt();
      options.signal?.addEventListener("abort", interrupt, { once: true });
      if (options.signal?.aborted) interrupt();
      const abandon = (): void => this.kill("group");
      process.once("exit", abandon);
      const finish = (): void => {
        options.signal?.removeEventListener("abort", interrupt);
        process.removeListener("exit", abandon);
      };
      this.child.on("error", (error: NodeJS.ErrnoException) => {
        finish();
        reject(error.code === "ENOENT" ? new TerraformMissingError(command) : error);
      });
      this.child.on("close", (exitCode, signal) => {
        finish();
        resolve({ program: programOf(command), args, exitCode, signal, ...output });
      });
    });
  }
}

/** There is no such executable. */
export class TerraformMissingError extends Error {
  /** Stable, to tell it from others. */
  readonly code = "TERRAFORM_MISSING";

  /** @param command - The executable that was not found. */
  constructor(command: string) {
    super(
      `"${command}" was not found: install Terraform (https://developer.hashicorp.com/terraform/install) or OpenTofu ` +
        `(https://opentofu.org/docs/intro/install), put it on PATH, or name the executable in TERRAFORM_BINARY_NAME.`,
    );
    this.name = "TerraformMissingError";
  }
}

/** What messages call the executable of a path: `terraform`, `tofu`. */
export function programOf(command: string): string {
  return basename(command).replace(/\.exe$/i, "");
}

/** The JSON document in an output; before it there may be warnings in words. */
export function documentIn(stdout: string): unknown {
  const start = stdout.search(/^\{/m);
  return JSON.parse(start < 0 ? stdout : stdout.slice(start));
}
