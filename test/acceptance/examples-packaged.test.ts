// The examples that need no foreign provider, by the very commands of their READMEs, with the plugin as it is delivered: no registry, no CLI
// configuration, and no environment but the endpoint and the keys.
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startSimulator, type Simulator } from "../../lib/simulator";
import { ensureBuilt, exampleDirectory, ROOT, simulatedFleet } from "../support/examples";
import type { Executed } from "../support/execute";

/** Beside examples/, so that `../../dist` holds, and below the repository, so that the package finds itself by its name. */
const BESIDE = join(ROOT, ".tmp");

const directories: string[] = [];
let simulator: Simulator | null = null;

beforeAll(ensureBuilt);
afterEach(() => simulator?.stop());
afterAll(() => Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true }))));

/** A shell with nothing but a PATH; `yes` is the answer to Terraform's question. */
function shell(script: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Executed> {
  const { PATH = "" } = process.env;
  const child = spawn("sh", ["-eu", "-c", script], { cwd, env: { PATH, HOME: join(cwd, "home"), ...env } });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  child.stdin.end("yes\n");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, ...output }));
  });
}

/** The second block of a README: the first starts the simulator in another terminal. */
async function commandsOf(name: string): Promise<string> {
  const readme = await readFile(join(exampleDirectory(name), "README.md"), "utf8");
  const [simulate = "", commands = ""] = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  expect(simulate).toBe("npx cdktf-zenlayer simulate --fleet simulated.json\n");
  return commands;
}

/** What the first plan says, as the README tells it, and how many calls its apply sends. */
const CASES: readonly { readonly name: string; readonly plan: string; readonly calls: number }[] = [
  { name: "quickstart", plan: "3 to import, 0 to add, 1 to change, 0 to destroy.", calls: 1 },
  { name: "fleet", plan: "6 to import, 0 to add, 6 to change, 0 to destroy.", calls: 4 },
  { name: "hcl", plan: "2 to import, 0 to add, 2 to change, 0 to destroy.", calls: 3 },
];

test.each(CASES)("$name", async ({ name, plan, calls }) => {
  simulator = await startSimulator({
    fleet: simulatedFleet(name),
    knobs: { typeLatency: 0, bandwidthLatency: 0, packageLatency: 0 },
  });
  await mkdir(BESIDE, { recursive: true });
  const directory = await mkdtemp(join(BESIDE, `example-${name}-`));
  directories.push(directory);
  await cp(exampleDirectory(name), directory, {
    recursive: true,
    filter: (path) => !/\/(cdktf\.out|\.terraform|terraform\.d)$|tfstate/.test(path),
  });
  // npx looks for the package upwards; should it not find it, it must not ask a registry.
  await mkdir(join(directory, "home"));
  await writeFile(join(directory, "home", ".npmrc"), "offline=true\nupdate-notifier=false\n");
  const script = await commandsOf(name);
  const applied = await shell(script, directory, simulator.env());
  expect(applied).toMatchObject({ code: 0, stdout: expect.stringContaining("Apply complete!") });
  expect(applied.stdout).toContain(plan);
  expect(simulator.writes()).toHaveLength(calls);

  // The next plan is empty.
  const quiet = script.replace("terraform apply", "terraform plan -detailed-exitcode").replace("terraform init\n", "");
  expect(await shell(quiet, directory, simulator.env())).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("No changes."),
  });
  expect(simulator.writes()).toHaveLength(calls);
});
