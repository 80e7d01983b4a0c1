// What a package of the provider holds on each platform: the same bytes wherever it comes from (a synthesised stack, a mirror, a release), since Terraform's
// lock files hold a hash over all of them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** `OS_ARCH` in Terraform's words. */
export const PLATFORMS = [
  "darwin_amd64",
  "darwin_arm64",
  "linux_amd64",
  "linux_arm64",
  "windows_amd64",
  "windows_arm64",
] as const;

/** What the build makes: one script for all systems, and what starts it where a script cannot be executed. */
export interface PluginBuild {
  readonly plugin: Buffer;
  readonly windowsLauncher: Buffer;
}

export interface PackageFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly mode: number;
}

/** @param executable - the built plugin; the launcher of Windows is beside it */
export function readBuild(executable: string): PluginBuild {
  return {
    plugin: readFileSync(executable),
    windowsLauncher: readFileSync(join(dirname(executable), "plugin.cmd")),
  };
}

/** The files of the package of one platform. Terraform starts the first one that is named after the provider. */
export function packageFiles(
  platform: string,
  type: string,
  version: string,
  { plugin, windowsLauncher }: PluginBuild,
): readonly PackageFile[] {
  const name = `terraform-provider-${type}_v${version}`;
  // Node decides by the nearest package.json how to read a script; without this one the user's own would decide.
  const commonjs = { name: "package.json", bytes: Buffer.from('{"type":"commonjs"}\n'), mode: 0o644 };
  return platform.startsWith("windows_")
    ? [
        commonjs,
        { name: "plugin.js", bytes: plugin, mode: 0o644 },
        { name: `${name}.cmd`, bytes: windowsLauncher, mode: 0o755 },
      ]
    : [commonjs, { name, bytes: plugin, mode: 0o755 }];
}

/** `h1:`, over names and contents of all files of a package, unpacked or not: by it Terraform knows the package again. */
export function packageHash(files: readonly PackageFile[]): string {
  const lines = files
    .map(({ name, bytes }) => ({ name, line: `${sha256(bytes)}  ${name}\n` }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ line }) => line);
  return `h1:${createHash("sha256").update(lines.join("")).digest("base64")}`;
}

/** In hexadecimal; after `zh:`, the hash of a zip in a lock file. */
export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
