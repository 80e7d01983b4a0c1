// A plan as a test reads it: exit code, changes, diagnostics.
import { diagnosticsOf, parseEvents, type Diagnostic, type TerraformEvent } from "./diagnostics";
import type { PlanJson, ResourceChange } from "./plan-json";
import type { RunResult } from "./terraform-process";

/** Outcome of a command that was run with `-json`. */
export class CommandResult {
  /** Name of the executable, for example `terraform` or `tofu`. */
  readonly program: string;
  /** Exit code; null when a signal ended the command. */
  readonly exitCode: number | null;
  /** The signal that ended it; null without one. */
  readonly signal: NodeJS.Signals | null;
  /** All of standard output. */
  readonly stdout: string;
  /** All of standard error. */
  readonly stderr: string;
  /** The lines of its `-json` output. */
  readonly events: readonly TerraformEvent[];
  /** Warnings and errors, in the order in which they came. */
  readonly diagnostics: readonly Diagnostic[];

  /** @param run - The command that ended. */
  constructor(run: RunResult) {
    this.program = run.program;
    this.exitCode = run.exitCode;
    this.signal = run.signal;
    this.stdout = run.stdout;
    this.stderr = run.stderr;
    this.events = parseEvents(run.stdout);
    this.diagnostics = diagnosticsOf(this.events);
  }

  /** The warnings alone. */
  get warnings(): readonly Diagnostic[] {
    return this.diagnostics.filter((diagnostic) => diagnostic.severity === "warning");
  }

  /** The errors alone. */
  get errors(): readonly Diagnostic[] {
    return this.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  }
}

/** Outcome of `terraform plan -detailed-exitcode`: 0 nothing to do, 2 changes, 1 error. */
export class Plan extends CommandResult {
  /** A plan that was made with `-json`. */
  constructor(
    run: RunResult,
    /** The saved plan, to be applied with `applyPlan`; null when there is none. */
    readonly file: string | null,
    /** `terraform show -json` of the saved plan. */
    readonly json: PlanJson | null,
  ) {
    super(run);
  }

  /** All of `resource_changes`: what stays as it is, and data sources read while applying, too. */
  get resourceChanges(): readonly ResourceChange[] {
    return this.json?.resource_changes ?? [];
  }

  /** Managed resources that the apply will touch or import. */
  get changes(): readonly ResourceChange[] {
    return this.resourceChanges.filter(
      ({ mode, change }) =>
        mode === "managed" && (change.importing !== undefined || change.actions.some((action) => action !== "no-op")),
    );
  }

  /** Differences that Terraform found between state and world while refreshing. */
  get drift(): readonly ResourceChange[] {
    return this.json?.resource_drift ?? [];
  }

  /** The entry of one resource; throws, naming the addresses there are, when it is not in the plan. */
  changeFor(address: string): ResourceChange {
    const found = this.resourceChanges.find((change) => change.address === address);
    if (found !== undefined) return found;
    const known = this.resourceChanges.map((change) => change.address).join(", ") || "none";
    throw new Error(
      `The plan has no resource ${address}. It has: ${known}. Errors: ${this.errors.map((error) => error.summary).join("; ") || "none"}.`,
    );
  }
}
