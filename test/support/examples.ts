// The examples as their readers run them: compiled by the build, synthesised by node in their own directory.
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { FleetSpec } from "../../lib/simulator";
import { mustExecute } from "./execute";

export const ROOT = join(__dirname, "..", "..");

export function exampleDirectory(name: string): string {
  return join(ROOT, "examples", name);
}

/** Examples that have something to run; the others are recipes and policies. */
export function exampleNames(): readonly string[] {
  const directory = join(ROOT, "examples");
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .filter((name) => readdirSync(join(directory, name)).some((file) => /^main\.(ts|tf)$/.test(file)));
}

/** The machines that the example's README lets the simulator start with. */
export function simulatedFleet(name: string): FleetSpec {
  return JSON.parse(readFileSync(join(exampleDirectory(name), "simulated.json"), "utf8")) as FleetSpec;
}

/** Brings dist/ up to date; free when it is. */
export async function ensureBuilt(): Promise<void> {
  await mustExecute(process.execPath, ["scripts/run.mjs", "build"], { cwd: ROOT });
}

/** Runs an example's program. Returns a temporary output directory, as `cdktf.out`; `dispose` removes it. */
export async function synthesise(
  example: string,
): Promise<{ readonly stack: string; readonly dispose: () => Promise<void> }> {
  const outdir = await mkdtemp(join(tmpdir(), "example-"));
  await mustExecute(process.execPath, [join(ROOT, "dist", "examples", example, "main.js")], {
    cwd: exampleDirectory(example),
    env: { CDKTF_OUTDIR: outdir },
  });
  const [name = ""] = readdirSync(join(outdir, "stacks"));
  const stack = join(outdir, "stacks", name);
  await keepStateIn(outdir, stack);
  return {
    stack,
    dispose: () => rm(outdir, { recursive: true, force: true }),
  };
}

/** By default the state stands beside the example's program, where the next run of a test would find it. */
async function keepStateIn(outdir: string, stack: string): Promise<void> {
  const file = join(stack, "cdk.tf.json");
  const text = await readFile(file, "utf8");
  const { terraform = {} } = JSON.parse(text) as { terraform?: { backend?: { local?: { path?: string } } } };
  const path = terraform.backend?.local?.path;
  if (path === undefined) return;
  await writeFile(file, text.replace(JSON.stringify(path), JSON.stringify(join(outdir, basename(path)))));
}
