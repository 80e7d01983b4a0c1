// Places the provider where `terraform init` looks without being told, for users of plain HCL.
import { join } from "node:path";
import {
  completeLockFile,
  packageFiles,
  packageFolder,
  packageHash,
  placePackage,
  PLATFORMS,
  type PluginBuild,
} from "../delivery";
import { PROVIDER_ADDRESS, PROVIDER_VERSION } from "../schema";

export interface InstalledPlugin {
  readonly address: string;
  readonly version: string;
  /** `OS_ARCH` in Terraform's words. */
  readonly platform: string;
  readonly path: string;
  /** The same under the host name that OpenTofu puts before a short source. */
  readonly pathForOpenTofu: string;
  /** False: the same files were there already. */
  readonly changed: boolean;
}

/** Terraform's names of operating systems and architectures, by Node's. */
const SYSTEMS: Readonly<Record<string, string>> = {
  linux: "linux",
  darwin: "darwin",
  win32: "windows",
  freebsd: "freebsd",
  openbsd: "openbsd",
};
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64", ia32: "386", arm: "arm" };

/** `HOST/NAMESPACE/TYPE` for Terraform, and what OpenTofu makes of the same `NAMESPACE/TYPE`. */
export const ADDRESSES = [
  PROVIDER_ADDRESS,
  PROVIDER_ADDRESS.replace("registry.terraform.io/", "registry.opentofu.org/"),
] as const;
export const TYPE = PROVIDER_ADDRESS.slice(PROVIDER_ADDRESS.lastIndexOf("/") + 1);

/** Installs the plugin of this package below a plugin directory, in the layout of Terraform's filesystem mirrors. */
export function installPlugin(directory: string, build: PluginBuild, platform: string): InstalledPlugin {
  const files = packageFiles(platform, TYPE, PROVIDER_VERSION, build);
  const folders = ADDRESSES.map((address) => packageFolder(directory, address, PROVIDER_VERSION, platform));
  const changed = folders.map((folder) => placePackage(folder, files)).includes(true);
  const [path = "", pathForOpenTofu = ""] = folders.map((folder) => join(folder, files.at(-1)?.name ?? ""));
  return { address: PROVIDER_ADDRESS, version: PROVIDER_VERSION, platform, path, pathForOpenTofu, changed };
}

/**
 * Completes the lock file of a configuration with the hashes of this version on all platforms. What the configuration demands is left as an earlier
 * `init` wrote it; where none did, this very version, as `plugin install` says it should be written.
 */
export function lockPlugin(configuration: string, build: PluginBuild): string {
  const hashes = PLATFORMS.map((platform) => packageHash(packageFiles(platform, TYPE, PROVIDER_VERSION, build)));
  const provider = { address: PROVIDER_ADDRESS, version: PROVIDER_VERSION, constraint: PROVIDER_VERSION };
  return completeLockFile(configuration, { ...provider, hashes });
}

/** Node's names of a platform in Terraform's words; throws where no plugin can be. */
export function terraformPlatform(platform: string, architecture: string): string {
  const system = SYSTEMS[platform];
  const processor = ARCHITECTURES[architecture];
  if (system === undefined || processor === undefined) {
    throw new Error(
      `The plugin does not run on ${platform}/${architecture}: it needs a system that Terraform and Node run on (Linux, macOS, Windows, BSD).`,
    );
  }
  return `${system}_${processor}`;
}
