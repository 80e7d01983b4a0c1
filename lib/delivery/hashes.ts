// The hashes by which Terraform knows a package again.
import { createHash } from "node:crypto";
import type { PackageFile } from "./packages";

/** `h1:`, over names and contents of all files of a package, unpacked or not. */
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
