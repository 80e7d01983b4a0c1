// The provider as files to serve: a mirror for a company, and the assets of a release for a registry.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFiles, packageHash, PLATFORMS, sha256, type PluginBuild } from "./packages";
import { replaceFile } from "./place";
import { zip } from "./zip";

export interface Archive {
  readonly platform: string;
  readonly name: string;
  readonly bytes: Buffer;
  /** `h1:`, of what is inside. */
  readonly hash: string;
}

/** The package of each platform as a zip, under the name that mirrors and registries expect. */
export function archives(type: string, version: string, build: PluginBuild): readonly Archive[] {
  return PLATFORMS.map((platform) => {
    const files = packageFiles(platform, type, version, build);
    const name = `terraform-provider-${type}_${version}_${platform}.zip`;
    return { platform, name, bytes: zip(files), hash: packageHash(files) };
  });
}

/**
 * Writes a directory that is a filesystem mirror and, served over https, a network mirror. Other versions and other providers in it stay.
 *
 * @returns the paths written, relative to the directory
 */
export function writeMirror(
  directory: string,
  address: string,
  version: string,
  all: readonly Archive[],
): readonly string[] {
  const home = join(...address.split("/"));
  const index = indexWith(join(directory, home, "index.json"), version);
  const listing = Object.fromEntries(all.map(({ platform, name, hash }) => [platform, { hashes: [hash], url: name }]));
  // What names a file comes after it: who asks in between is sent to nothing that is not there.
  const files: readonly (readonly [string, Buffer])[] = [
    ...all.map(({ name, bytes }) => [name, bytes] as const),
    [`${version}.json`, json({ archives: listing })],
    ["index.json", json(index)],
  ];
  for (const [name, bytes] of files) replaceFile(join(directory, home, name), bytes, 0o644);
  return files.map(([name]) => join(home, name));
}

/** @throws when the index that is there is none */
function indexWith(path: string, version: string): object {
  const known = existsSync(path) ? versionsIn(path) : {};
  return { versions: { ...known, [version]: {} } };
}

function versionsIn(path: string): object {
  try {
    const { versions } = JSON.parse(readFileSync(path, "utf8")) as { readonly versions?: unknown };
    if (typeof versions === "object" && versions !== null) return versions;
  } catch {
    // Told below.
  }
  throw new Error(
    `${path} is no index of a network mirror ({"versions": {…}}): move it away, or name another directory.`,
  );
}

/**
 * Writes what a registry takes as a release: the zips, the manifest, and the hashes of all of them, to be signed.
 *
 * @returns the names of the files; the last one is to be signed
 */
export function writeRelease(
  directory: string,
  type: string,
  version: string,
  all: readonly Archive[],
): readonly string[] {
  const stem = `terraform-provider-${type}_${version}`;
  const manifest = json({ version: 1, metadata: { protocol_versions: ["6.0"] } });
  const assets = [...all, { name: `${stem}_manifest.json`, bytes: manifest }];
  const sums = assets.map(({ name, bytes }) => `${sha256(bytes)}  ${name}\n`).join("");
  const files = [...assets, { name: `${stem}_SHA256SUMS`, bytes: Buffer.from(sums) }];
  for (const { name, bytes } of files) replaceFile(join(directory, name), bytes, 0o644);
  return files.map(({ name }) => name);
}

function json(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
