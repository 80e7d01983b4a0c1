// Puts the provider's packages where `terraform init` looks without any configuration, terraform.d/plugins inside the stack, and its entry into the lock file.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  completeLockFile,
  packageFiles,
  packageFolder,
  packageHash,
  placePackage,
  PLATFORMS,
  readBuild,
  type LockedProvider,
} from "../../delivery";
import { SynthesisError } from "../../rendering";

/** Writes the plugin for every platform, and removes other versions of it. */
export function placePlugin(
  stackDirectory: string,
  provider: Omit<LockedProvider, "hashes">,
  executable: string,
): void {
  const { address, version } = provider;
  const plugins = join(stackDirectory, "terraform.d", "plugins");
  const home = join(plugins, ...address.split("/"));
  if (existsSync(home)) {
    for (const placed of readdirSync(home)) if (placed !== version) rmSync(join(home, placed), { recursive: true });
  }
  const build = readBuild(executable);
  const hashes = PLATFORMS.map((platform) => {
    const files = packageFiles(platform, address.split("/").at(-1) ?? "", version, build);
    placePackage(packageFolder(plugins, address, version, platform), files);
    return packageHash(files);
  });
  completeLockFile(stackDirectory, { ...provider, hashes });
}

/**
 * The plugin that belongs to this package.
 *
 * @param path - Path of the construct that brings it, for the error.
 * @throws when the package was not built, or was bundled.
 */
export function builtPlugin(path: string, from: string = __dirname): string {
  const executable = join(packageRoot(path, from), "dist", "bin", "terraform-provider-zenlayer");
  if (existsSync(executable)) return executable;
  throw new SynthesisError(
    "PACKAGE_INCOMPLETE",
    path,
    `the provider's executable ${executable} does not exist: run \`npm run build\` in the cdktf-zenlayer package, ` +
      `or set \`plugin: false\` on ZenlayerProvider and give Terraform the plugin yourself`,
  );
}

function packageRoot(path: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) {
      const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly name?: unknown };
      if (name === "cdktf-zenlayer") return folder;
    }
    if (dirname(folder) === folder) {
      throw new SynthesisError(
        "PACKAGE_INCOMPLETE",
        path,
        `the files of the package cdktf-zenlayer were not found above ${from} (was it bundled?): leave cdktf-zenlayer out of the bundle, ` +
          `or set \`plugin: false\` on ZenlayerProvider and give Terraform the plugin yourself`,
      );
    }
  }
}
