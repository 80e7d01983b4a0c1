// Puts packages where Terraform looks for them: `HOST/NAMESPACE/TYPE/VERSION/OS_ARCH` below a plugin directory.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PackageFile } from "./packages";

/** Where the unpacked package of a platform belongs. */
export function packageFolder(plugins: string, address: string, version: string, platform: string): string {
  return join(plugins, ...address.split("/"), version, platform);
}

/** Writes the files of a package. Returns whether anything was different. */
export function placePackage(folder: string, files: readonly PackageFile[]): boolean {
  makeDirectory(folder);
  // The executable last: a Terraform that looks in between finds no package, rather than half of one.
  return files.map(({ name, bytes, mode }) => replaceFile(join(folder, name), bytes, mode)).includes(true);
}

/** Replaces a file in one step, since a running Terraform may be reading it, and leaves an equal one alone. */
export function replaceFile(path: string, bytes: Buffer, mode: number): boolean {
  const isNew = !existsSync(path) || !readFileSync(path).equals(bytes);
  if (isNew) {
    makeDirectory(dirname(path));
    const temporary = join(dirname(path), `.${process.pid}.tmp`);
    writeFileSync(temporary, bytes);
    renameSync(temporary, path);
  }
  chmodSync(path, mode);
  return isNew;
}

/** With its parents. Node's own `recursive` never ends where a file system denies any name below a directory that is there, as /proc does. */
export function makeDirectory(path: string): void {
  const isThere = (): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isThere()) return;
  const parent = dirname(path);
  if (parent !== path) makeDirectory(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have been faster.
    if (!isThere()) throw error;
  }
}
