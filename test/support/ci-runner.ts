// Runs the shell steps of a CI recipe as its system would: in order, each in a shell of its own or all in one, until one fails.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface JobResult {
  readonly code: number;
  readonly output: string;
}

type Environment = Readonly<Record<string, string>>;

function runShell(
  shell: readonly [string, ...string[]],
  script: string,
  cwd: string,
  env: Environment,
): Promise<JobResult> {
  const [command, ...args] = shell;
  const child = spawn(command, [...args, script], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

interface GitHubStep {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Environment;
}
export interface GitHubJob {
  readonly env?: Environment;
  readonly outputs?: Environment;
  readonly steps: readonly GitHubStep[];
}
export interface GitHubResult extends JobResult {
  readonly outputs: Readonly<Record<string, string>>;
}

/** `${{ … }}` by a table; an expression that is not in it is an error. */
function resolve(values: Environment | undefined, contexts: Environment): Environment {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, text]) => [
      name,
      String(text).replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_all, expression: string) => {
        const value = contexts[expression];
        if (value === undefined) throw new Error(`The test has no value for ${expression}.`);
        return value;
      }),
    ]),
  );
}

/** When a step runs besides "when all went well". */
const CONDITIONS: Readonly<Record<string, (failed: boolean) => boolean>> = {
  "${{ !cancelled() }}": () => true,
  "${{ always() }}": () => true,
  "${{ failure() }}": (failed) => failed,
};

/** GitHub Actions: bash -e per step; after a failure only steps that say so; GITHUB_ENV carries on, GITHUB_OUTPUT to other jobs. */
export async function runGitHubJob(
  job: GitHubJob,
  { cwd, env, contexts }: { readonly cwd: string; readonly env: Environment; readonly contexts: Environment },
): Promise<GitHubResult> {
  const carried = join(env["RUNNER_TEMP"] ?? cwd, "github-env");
  const output = join(env["RUNNER_TEMP"] ?? cwd, "github-output");
  writeFileSync(carried, "");
  writeFileSync(output, "");
  let [code, told] = [0, ""];
  for (const step of job.steps) {
    if (step.run === undefined) continue;
    const runs = step.if === undefined ? code === 0 : CONDITIONS[step.if]?.(code !== 0);
    if (runs === undefined) throw new Error(`The test does not know the condition ${step.if ?? ""}.`);
    if (!runs) continue;
    const all = {
      ...env,
      ...assignments(carried),
      ...resolve(job.env, contexts),
      ...resolve(step.env, contexts),
      GITHUB_ENV: carried,
      GITHUB_OUTPUT: output,
    };
    const result = await runShell(["bash", "-eo", "pipefail", "-c"], step.run, cwd, all);
    told += result.output;
    if (code === 0) code = result.code;
  }
  const outputs = Object.fromEntries(
    Object.entries(job.outputs ?? {}).map(([name, expression]) => [
      name,
      assignments(output)[/\.outputs\.(\w+)/.exec(expression)?.[1] ?? ""] ?? "",
    ]),
  );
  return { code, output: told, outputs };
}

function assignments(file: string): Environment {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

/** GitLab CI: before_script and script in one shell that stops at the first failure. */
export function runGitLabJob(
  lines: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Environment },
): Promise<JobResult> {
  return runShell(["bash", "-eo", "pipefail", "-c"], lines.join("\n"), cwd, env);
}

export interface AtlantisStep {
  readonly env?: { readonly name: string; readonly command: string };
  readonly run?: string;
}

/** Atlantis: sh -c per step; an `env` step sets a variable for those below. */
export async function runAtlantisStage(
  steps: readonly AtlantisStep[],
  { cwd, env }: { readonly cwd: string; readonly env: Environment },
): Promise<JobResult> {
  let current = env;
  let output = "";
  for (const step of steps) {
    const result = await runShell(["sh", "-c"], step.run ?? step.env?.command ?? "", cwd, current);
    if (step.env === undefined) output += result.output;
    else current = { ...current, [step.env.name]: result.output.trimEnd() };
    if (result.code !== 0) return { code: result.code, output };
  }
  return { code: 0, output };
}
