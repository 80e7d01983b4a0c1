// Reviews real plans as a user would: files of `terraform show -json` and of the log in a directory, the command run on them.
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { reviewCommand } from "../../lib/cli/review";
import type { AppliedReport, Report } from "../../lib/review";
import type { CommandResult, Plan, TerraformWorkspace } from "../../lib/testing";

export interface Reviewed {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const FORMATS = ["markdown", "html", "text", "json"] as const;

const ajv = new Ajv({ allowUnionTypes: true, allErrors: true });
const schemas = {
  review: ajv.compile(schema("review-report.v2.json")),
  applied: ajv.compile(schema("applied-report.v1.json")),
};

export class Reviewer {
  static async create(): Promise<Reviewer> {
    return new Reviewer(await mkdtemp(join(tmpdir(), "reviewer-")));
  }

  private constructor(readonly directory: string) {}

  /** Writes what a pipeline has of a plan: the exact bytes of `terraform show -json`, if there is a plan, and the log. */
  async save(
    terraform: TerraformWorkspace,
    plan: Plan,
    name = "prod",
  ): Promise<{ readonly plan: string; readonly log: string }> {
    const files = { plan: join(this.directory, `${name}.json`), log: join(this.directory, `${name}.log`) };
    await writeFile(files.log, plan.stdout);
    if (plan.file !== null) await writeFile(files.plan, (await terraform.run(["show", "-json", plan.file])).stdout);
    return files;
  }

  /** Writes the state, and the log of the apply that made it. */
  async saveApplied(
    terraform: TerraformWorkspace,
    applied: CommandResult,
  ): Promise<{ readonly state: string; readonly log: string }> {
    const files = { state: join(this.directory, "state.json"), log: join(this.directory, "apply.log") };
    await writeFile(files.state, (await terraform.run(["show", "-json"])).stdout);
    await writeFile(files.log, applied.stdout);
    return files;
  }

  async write(name: string, text: string): Promise<string> {
    await writeFile(join(this.directory, name), text);
    return join(this.directory, name);
  }

  async read(name: string): Promise<string> {
    return readFile(join(this.directory, name), "utf8");
  }

  async run(...args: readonly string[]): Promise<Reviewed> {
    let [code, out, err]: [number | null, string, string] = [null, "", ""];
    await reviewCommand({
      stdout: { write: (text) => (out += text), columns: 80 },
      stderr: { write: (text) => (err += text) },
      env: {},
      stdin: () => new Uint8Array(),
      now: () => Date.parse("2026-01-15T12:00:00Z"),
      exit: (value) => (code = value),
    }).parseAsync([...args], { from: "user" });
    return { code, out, err };
  }

  /** The JSON report, held against its published schema. */
  async report(...args: readonly string[]): Promise<Report> {
    return this.parsed("review", await this.run(...args, "--format", "json")) as Report;
  }

  async appliedReport(...args: readonly string[]): Promise<AppliedReport> {
    return this.parsed("applied", await this.run("--applied", ...args, "--format", "json")) as AppliedReport;
  }

  /** The same review in every format. */
  async everyFormat(...args: readonly string[]): Promise<Readonly<Record<(typeof FORMATS)[number], string>>> {
    const pages: Partial<Record<(typeof FORMATS)[number], string>> = {};
    for (const format of FORMATS) pages[format] = (await this.run(...args, "--format", format)).out;
    return pages as Record<(typeof FORMATS)[number], string>;
  }

  async dispose(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  private parsed(kind: keyof typeof schemas, { code, out, err }: Reviewed): unknown {
    if (out === "") throw new Error(`No report: ${err}`);
    const report = JSON.parse(out) as { readonly exit_code: number };
    const valid = schemas[kind];
    if (!valid(report)) throw new Error(`The report breaks its schema: ${ajv.errorsText(valid.errors)}`);
    if (report.exit_code !== code)
      throw new Error(`The report says exit code ${report.exit_code}, the command ${code}`);
    return report;
  }
}

function schema(name: string): object {
  return JSON.parse(readFileSync(join(__dirname, "..", "..", "docs", "schemas", name), "utf8")) as object;
}
