// Puts the provider's executable where `terraform init` looks without any configuration: terraform.d/plugins inside the stack.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { SynthesisError } from "../../rendering";

/** What is placed: the provider's address (`host/namespace/name`) and version. */
export interface PlacedProvider {
  readonly address: string;
  readonly version: string;
}

const PLATFORMS = ["darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64"];

/** Writes the plugin for every platform (it is the same Node script on each) and removes other versions of it. */
export function placePlugin(stackDirectory: string, { address, version }: PlacedProvider, executable: string): void {
  const home = join(stackDirectory, "terraform.d", "plugins", ...address.split("/"));
  if (existsSync(home)) {
    for (const placed of readdirSync(home)) if (placed !== version) rmSync(join(home, placed), { recursive: true });
  }
  const bytes = readFileSync(executable);
  const name = `terraform-provider-${address.split("/").at(-1)}_v${version}`;
  for (const platform of PLATFORMS) {
    const folder = join(home, version, platform);
    mkdirSync(folder, { recursive: true });
    // Node decides by the nearest package.json how to read a script; without this one the user's own would decide.
    replaceFile(join(folder, "package.json"), Buffer.from('{"type":"commonjs"}\n'), 0o644);
    replaceFile(join(folder, name), bytes, 0o755);
  }
}

/** Replaces a file in one step, since a running Terraform may be reading it, and leaves an equal one alone. */
function replaceFile(path: string, bytes: Buffer, mode: number): void {
  if (!existsSync(path) || !readFileSync(path).equals(bytes)) {
    const temporary = `${path}.${process.pid}.tmp`;
    writeFileSync(temporary, bytes);
    renameSync(temporary, path);
  }
  chmodSync(path, mode);
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
