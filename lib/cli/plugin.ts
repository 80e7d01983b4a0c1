// `cdktf-zenlayer plugin`: the Terraform provider for plain HCL, for the machines of a company, and for a registry.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { homeDirectory } from "../api";
import { archives, type PluginBuild, readBuild, writeMirror, writeRelease } from "../delivery";
import { PROVIDER_VERSION } from "../schema";
import { ADDRESSES, type InstalledPlugin, installPlugin, lockPlugin, terraformPlatform, TYPE } from "./plugin-install";

export function pluginCommand(): Command {
  return new Command("plugin")
    .description("Install the Terraform provider for plain HCL, or write it as a mirror or a release.")
    .addHelpText(
      "after",
      "\nExit codes:\n  0  done\n  1  error: an unknown command, or what the help of a command says",
    )
    .addCommand(installCommand())
    .addCommand(mirrorCommand())
    .addCommand(releaseCommand());
}

function installCommand(): Command {
  return new Command("install")
    .description(
      'Place the provider where "terraform init" (or "tofu init") finds it without registry or CLI configuration. Stacks made with the constructs bring it along and do not need this.',
    )
    .option(
      "--dir <directory>",
      "plugin directory (default: the user's own, ~/.terraform.d/plugins on Linux and macOS)",
    )
    .option("--lock <directory>", "also complete the lock file of the configuration in this directory")
    .option("--json", "print what was installed as JSON")
    .addHelpText(
      "after",
      "\nExit codes:\n  0  installed, or already there\n  1  error: wrong option, the directory cannot be written, no plugin runs on this system",
    )
    .action((options: { dir?: string; lock?: string; json?: boolean }) => {
      const platform = terraformPlatform(process.platform, process.arch);
      const build = ownBuild();
      const plugin = installPlugin(options.dir ?? ownPluginDirectory(), build, platform);
      const lockFile = options.lock === undefined ? null : lockPlugin(options.lock, build);
      console.log(
        options.json
          ? JSON.stringify({ ...plugin, ...(lockFile === null ? {} : { lockFile }) }, null, 2)
          : describe(plugin, lockFile),
      );
    });
}

function mirrorCommand(): Command {
  return new Command("mirror")
    .description(
      "Write the provider for all platforms into a directory that Terraform and OpenTofu take as a filesystem mirror and, served over https, as a network mirror. Other providers and versions in it stay.",
    )
    .argument("<directory>", "the mirror")
    .option("--json", "print the files written as JSON")
    .addHelpText(
      "after",
      "\nExit codes:\n  0  written\n  1  error: the directory cannot be written, or is something else",
    )
    .action((directory: string, options: { json?: boolean }) => {
      const all = archives(TYPE, PROVIDER_VERSION, ownBuild());
      const files = ADDRESSES.flatMap((address) => writeMirror(directory, address, PROVIDER_VERSION, all));
      if (options.json) return console.log(JSON.stringify({ version: PROVIDER_VERSION, directory, files }, null, 2));
      const names = ADDRESSES.map((address) => JSON.stringify(address)).join(", ");
      console.log(`Wrote version ${PROVIDER_VERSION} for ${all.length} platforms to ${directory}.

Name it in the CLI configuration (~/.terraformrc, ~/.tofurc) of those who use it:

  provider_installation {
    filesystem_mirror {
      path    = ${JSON.stringify(resolve(directory))}
      include = [${names}]
    }
    direct {
      exclude = [${names}]
    }
  }

or, served over https, with network_mirror and url = "https://…/" in place of filesystem_mirror and path.`);
    });
}

function releaseCommand(): Command {
  return new Command("release")
    .description(
      "Write what a registry takes as a release of the provider: a zip for each platform, the manifest, and the SHA-256 sums of them.",
    )
    .argument("<directory>", "where the files go")
    .option("--json", "print the files written as JSON")
    .addHelpText("after", "\nExit codes:\n  0  written\n  1  error: the directory cannot be written")
    .action((directory: string, options: { json?: boolean }) => {
      const files = writeRelease(directory, TYPE, PROVIDER_VERSION, archives(TYPE, PROVIDER_VERSION, ownBuild()));
      if (options.json) return console.log(JSON.stringify({ version: PROVIDER_VERSION, directory, files }, null, 2));
      const sums = join(directory, files.at(-1) ?? "");
      console.log(`Wrote ${files.length} files to ${directory}. Registries want the sums signed, with an RSA or DSA key of yours that they know:

  gpg --detach-sign ${sums}

and publish all of them, ${sums}.sig too, as the assets of the release v${PROVIDER_VERSION}.`);
    });
}

function ownPluginDirectory(): string {
  if (process.platform === "win32" && process.env["APPDATA"]) {
    return join(process.env["APPDATA"], "terraform.d", "plugins");
  }
  const home = homeDirectory();
  if (home === null) throw new Error("This user has no home directory (HOME): name the plugin directory with --dir.");
  return join(home, ".terraform.d", "plugins");
}

function describe(plugin: InstalledPlugin, lockFile: string | null): string {
  return `${plugin.changed ? "Installed" : "Already installed:"} ${plugin.path}${lockFile === null ? "" : `\nLocked in ${lockFile}`}

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

/** The packaged plugin: beside dist/lib in the published package, below dist/ when run from the sources. */
function ownBuild(): PluginBuild {
  const candidates = ["bin", "dist/bin"].map((folder) =>
    join(__dirname, "..", "..", folder, "terraform-provider-zenlayer"),
  );
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found !== undefined) return readBuild(found);
  throw new Error(
    `The plugin executable is missing (${candidates[0]}): run "npm run build", or install the package again.`,
  );
}
