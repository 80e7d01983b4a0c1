// The plugin as Terraform starts it: a process of its own, which can be killed.
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execute, mustExecute } from "./execute";

const ROOT = join(__dirname, "..", "..");

/** Copies the plugin of the package into a directory and writes a CLI configuration that makes Terraform start it from there. */
export async function installPlugin(directory: string): Promise<{ readonly cliConfig: string }> {
  const folder = join(directory, "plugin");
  await mkdir(folder, { recursive: true });
  await mustExecute(process.execPath, ["scripts/run.mjs", "build"], { cwd: ROOT });
  // With its run bits; a copy, so that `pluginsOf` tells one test's processes from another's.
  await cp(join(ROOT, "dist", "bin", "terraform-provider-zenlayer"), join(folder, "terraform-provider-zenlayer"));
  const cliConfig = join(directory, "plugin.tfrc");
  await writeFile(
    cliConfig,
    `provider_installation {\n  dev_overrides {\n    "registry.terraform.io/cdktf-zenlayer/zenlayer" = ${JSON.stringify(folder)}\n  }\n  direct {}\n}\n`,
  );
  return { cliConfig };
}

/** Process ids of the plugins that run from a directory. */
export async function pluginsOf(directory: string): Promise<readonly number[]> {
  const { stdout } = await execute("ps", ["-eo", "pid=,args="], { cwd: ROOT });
  return stdout
    .split("\n")
    .filter((line) => line.includes(join(directory, "plugin", "terraform-provider-zenlayer")))
    .map((line) => Number.parseInt(line, 10));
}
