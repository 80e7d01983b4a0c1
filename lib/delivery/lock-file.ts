// Terraform's dependency lock file, written as Terraform itself would: with it the first `init` warns of nothing, accepts `-lockfile=readonly`, and the
// CDKTF command line has no reason to ask a registry.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "./place";

export interface LockedProvider {
  /** `HOST/NAMESPACE/TYPE` */
  readonly address: string;
  readonly version: string;
  /** As the configuration writes it. */
  readonly constraint: string;
  /** One may be named several times. */
  readonly hashes: readonly string[];
}

const HEADER = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

const ENTRY = /^provider "([^"]+)" \{\r?\n[\s\S]*?^\}\r?\n?/gm;

/** Writes the entry for this provider into the lock file of a configuration. Returns its path. */
export function completeLockFile(directory: string, provider: LockedProvider): string {
  const path = join(directory, ".terraform.lock.hcl");
  const completed = completedLockFile(existsSync(path) ? readFileSync(path, "utf8") : null, provider);
  if (completed !== null) replaceFile(path, Buffer.from(completed), 0o644);
  return path;
}

/**
 * The file with an entry for this provider; what it says of others stays. An entry that already allows all of these packages stays as well: it may hold
 * more hashes, of a release.
 *
 * @param text - the file as it is, null where there is none
 * @returns null where the constraint is more than one comparison: then Terraform shall write the entry, since ours could be spelt otherwise
 */
export function completedLockFile(text: string | null, provider: LockedProvider): string | null {
  const constraint = normalised(provider.constraint);
  if (constraint === null) return null;
  const ours = entryOf(provider, constraint);
  if (text === null || text.trim() === "") return `${HEADER}\n${ours}`;
  const entries = [...text.matchAll(ENTRY)];
  const same = entries.find(([, address]) => address === provider.address);
  if (same !== undefined) return sufficient(same[0], provider, constraint) ? text : text.replace(same[0], () => ours);
  const next = entries.find(([, address = ""]) => isBefore(provider.address, address));
  if (next !== undefined) return `${text.slice(0, next.index)}${ours}\n${text.slice(next.index)}`;
  return `${text.trimEnd()}\n\n${ours}`;
}

function entryOf({ address, version, hashes }: LockedProvider, constraint: string): string {
  return `provider "${address}" {
  version     = "${version}"
  constraints = "${constraint}"
  hashes = [
${[...new Set(hashes)]
  .sort()
  .map((hash) => `    "${hash}",\n`)
  .join("")}  ]
}
`;
}

function sufficient(entry: string, { version, hashes }: LockedProvider, constraint: string): boolean {
  const value = (name: string): string | undefined => new RegExp(`^\\s*${name}\\s*=\\s*"(.*)"`, "m").exec(entry)?.[1];
  return (
    value("version") === version &&
    value("constraints") === constraint &&
    hashes.every((hash) => entry.includes(`"${hash}"`))
  );
}

/** One comparison in Terraform's own spelling. */
function normalised(constraint: string): string | null {
  const parts = /^\s*(=|!=|~>|>=|<=|>|<)?\s*v?(\d+)(\.\d+)?(\.\d+)?(-[\w.]+)?\s*$/.exec(constraint);
  if (parts === null) return null;
  const [, operator = "=", major = "", minor, patch, prerelease = ""] = parts;
  if (operator === "~>") return minor === undefined ? null : `~> ${major}${minor}${patch ?? ""}${prerelease}`;
  const version = `${major}${minor ?? ".0"}${patch ?? ".0"}${prerelease}`;
  return operator === "=" ? version : `${operator} ${version}`;
}

/** Terraform sorts by host, namespace and type. */
function isBefore(first: string, second: string): boolean {
  const [a, b] = [first.split("/"), second.split("/")];
  const index = a.findIndex((part, position) => part !== b[position]);
  return (a[index] ?? "") < (b[index] ?? "");
}
