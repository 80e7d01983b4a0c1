// `cdktf-zenlayer plugin install`: places the provider where `terraform init` looks without being told, for users of plain HCL.
import { access, chmod, copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { homeDirectory } from "../api";
import { PROVIDER_ADDRESS, PROVIDER_VERSION } from "../schema";

export interface InstalledPlugin {
  readonly address: string;
  readonly version: string;
  /** `OS_ARCH` in Terraform's words. */
  readonly platform: string;
  readonly path: string;
  /** False: the same file was there already. */
  readonly changed: boolean;
}

/**
 * The same beside every placed plugin. Terraform's lock file holds a hash over all files of the directory: with the same files it stays valid whether
 * the plugin came from here or from a synthesised stack.
 */
const COMMONJS = '{"type":"commonjs"}\n';

export interface InstallOptions {
  /** `OS_ARCH`. @default - this machine's */
  readonly platform?: string;
  /** The plugin executable. @default - the one of this package */
  readonly source?: string;
}

/** Terraform's names of operating systems and architectures, by Node's. */
const SYSTEMS: Readonly<Record<string, string>> = {
  linux: "linux",
  darwin: "darwin",
  freebsd: "freebsd",
  openbsd: "openbsd",
};
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64", ia32: "386", arm: "arm" };

/**
 * Installs the plugin of this package below a plugin directory, in the layout of Terraform's filesystem mirrors.
 * @throws when the platform cannot run it or the package was not built
 */
export async function installPlugin(directory: string, options: InstallOptions = {}): Promise<InstalledPlugin> {
  const platform = options.platform ?? terraformPlatform(process.platform, process.arch);
  const source = options.source ?? (await findPlugin());
  const target = join(directory, ...PROVIDER_ADDRESS.split("/"), PROVIDER_VERSION, platform);
  const path = join(target, `terraform-provider-zenlayer_v${PROVIDER_VERSION}`);
  const installed = { address: PROVIDER_ADDRESS, version: PROVIDER_VERSION, platform, path };
  if (await sameContent(source, path)) return { ...installed, changed: false };
  await mkdir(target, { recursive: true });
  await writeFile(join(target, "package.json"), COMMONJS);
  // Copied beside the version directory's file and moved over it: a terraform that runs now keeps the file it has.
  const draft = join(directory, `.terraform-provider-zenlayer-${process.pid}`);
  try {
    await copyFile(source, draft);
    await chmod(draft, 0o755);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return { ...installed, changed: true };
}

export function pluginCommand(): Command {
  return new Command("plugin")
    .description("Install the Terraform provider for plain HCL.")
    .addHelpText(
      "after",
      "\nExit codes:\n  0  done\n  1  error: an unknown command, or what `plugin install --help` says",
    )
    .addCommand(installCommand());
}

function installCommand(): Command {
  return new Command("install")
    .description(
      'Place the provider where "terraform init" finds it without registry or CLI configuration. Stacks made with the constructs bring it along and do not need this.',
    )
    .option("--dir <directory>", "plugin directory (default: ~/.terraform.d/plugins)")
    .option("--json", "print what was installed as JSON")
    .addHelpText(
      "after",
      "\nExit codes:\n  0  installed, or already there\n  1  error: wrong option, the directory cannot be written, no plugin runs on this system",
    )
    .action(async (options: { dir?: string; json?: boolean }) => {
      const plugin = await installPlugin(options.dir ?? ownPluginDirectory());
      console.log(options.json ? JSON.stringify(plugin, null, 2) : describe(plugin));
    });
}

function ownPluginDirectory(): string {
  const home = homeDirectory();
  if (home === null) throw new Error("This user has no home directory (HOME): name the plugin directory with --dir.");
  return join(home, ".terraform.d", "plugins");
}

function describe(plugin: InstalledPlugin): string {
  return `${plugin.changed ? "Installed" : "Already installed:"} ${plugin.path}

Name it in a configuration and run "terraform init":

  terraform {
    required_providers {
      zenlayer = {
        source  = "${plugin.address}"
        version = "${plugin.version}"
      }
    }
  }`;
}

/** Node's names of a platform in Terraform's words; throws where a script cannot be a plugin. */
export function terraformPlatform(platform: string, architecture: string): string {
  const system = SYSTEMS[platform];
  const processor = ARCHITECTURES[architecture];
  if (system === undefined || processor === undefined) {
    throw new Error(
      `The plugin does not run on ${platform}/${architecture}: Terraform needs a system that executes scripts (Linux, macOS, BSD).`,
    );
  }
  return `${system}_${processor}`;
}

/** The packaged plugin: beside dist/lib in the published package, below dist/ when run from the sources. */
async function findPlugin(): Promise<string> {
  const candidates = [join(__dirname, "..", "..", "bin"), join(__dirname, "..", "..", "dist", "bin")].map((directory) =>
    join(directory, "terraform-provider-zenlayer"),
  );
  for (const candidate of candidates) {
    if (
      await access(candidate).then(
        () => true,
        () => false,
      )
    )
      return candidate;
  }
  throw new Error(
    `The plugin executable is missing (${candidates[0]}): run "npm run build", or install the package again.`,
  );
}

async function sameContent(first: string, second: string): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([readFile(first), readFile(second)]);
    return a.equals(b);
  } catch {
    return false;
  }
}
