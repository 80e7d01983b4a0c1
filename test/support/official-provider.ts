// The official provider as a process that Terraform starts: the real one where ZENLAYERCLOUD_PROVIDER names it, else the stand-in.
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { mustExecute } from "./execute";

const ROOT = join(__dirname, "..", "..");
const ADDRESS = "registry.terraform.io/zenlayer/zenlayercloud";

/** Puts the executable into `directory`, and writes a CLI configuration with which `terraform` starts it without an `init`. */
export async function installOfficialProvider(directory: string): Promise<{ readonly cliConfig: string }> {
  const folder = join(directory, "official");
  await mkdir(folder, { recursive: true });
  await placeExecutable(join(folder, "terraform-provider-zenlayercloud"));
  const cliConfig = join(directory, "official.tfrc");
  await writeFile(
    cliConfig,
    `provider_installation {\n  dev_overrides {\n    "${ADDRESS}" = ${JSON.stringify(folder)}\n  }\n  direct {}\n}\n`,
  );
  return { cliConfig };
}

/** Puts it where `terraform init` finds it without a CLI configuration: into the plugins of a home directory. */
export async function shelveOfficialProvider(home: string): Promise<void> {
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  const folder = join(home, ".terraform.d", "plugins", ADDRESS, "0.2.28", platform);
  await mkdir(folder, { recursive: true });
  await placeExecutable(join(folder, "terraform-provider-zenlayercloud_v0.2.28"));
}

async function placeExecutable(executable: string): Promise<void> {
  const real = process.env["ZENLAYERCLOUD_PROVIDER"];
  if (real !== undefined) {
    await symlink(resolve(real), executable);
    return;
  }
  // In a process of its own: esbuild does not run inside jest.
  const build = {
    absWorkingDir: ROOT,
    entryPoints: ["test/support/zenlayercloud-main.ts"],
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    logLevel: "error",
    outfile: executable,
    banner: { js: "#!/usr/bin/env node" },
  };
  await mustExecute(
    process.execPath,
    ["--input-type=module", "-e", `import { buildSync } from "esbuild"; buildSync(${JSON.stringify(build)});`],
    { cwd: ROOT },
  );
  await chmod(executable, 0o755);
}
