// The plugin as Terraform starts it: a process of its own, which can be killed.
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execute, mustExecute } from "./execute";

const ROOT = join(__dirname, "..", "..");

/** Bundles the plugin into a directory and writes a CLI configuration that makes Terraform start it from there. */
export async function installPlugin(directory: string): Promise<{ readonly cliConfig: string }> {
  const folder = join(directory, "plugin");
  const executable = join(folder, "terraform-provider-zenlayer");
  await mkdir(folder, { recursive: true });
  const build = {
    absWorkingDir: ROOT,
    entryPoints: ["lib/provider/main.ts"],
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    logLevel: "error",
    outfile: executable,
  };
  // In a process of its own: esbuild does not run inside jest. With the launcher of the package before it.
  const script = `import { buildSync } from "esbuild"; import { pluginHeader } from "./scripts/tasks/plugin-header.mjs";
    buildSync({ ...${JSON.stringify(build)}, banner: { js: pluginHeader().trimEnd() } });`;
  await mustExecute(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT });
  await chmod(executable, 0o755);
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
