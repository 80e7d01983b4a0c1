// Installs the npm dependencies when they are missing or are not those of the lock file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execute } from "./execute.mjs";
import { TaskFailure } from "./failure.mjs";
import { ROOT } from "./root.mjs";

export async function ensureDependencies() {
  if (dependenciesMatch(ROOT)) return;
  console.log("Installing dependencies (npm ci) …");
  const { code, output } = await execute(npm(), ["ci", "--no-fund", "--no-audit", "--loglevel=error"], {
    capture: true,
  });
  if (code !== 0) throw new TaskFailure(`npm ci failed:\n${output.trimEnd()}`);
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm keeps a lock file of its own inside node_modules; comparing the two says it exactly,
 * while file times do not. Packages that are optional (other platforms) may be absent.
 *
 * @public a test asks for it by a script
 */
export function dependenciesMatch(root) {
  const wanted = packagesOf(join(root, "package-lock.json"));
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (wanted === null || installed === null) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "" || entry.optional || entry.link) return true;
    return installed[path]?.version === entry.version && installed[path]?.integrity === entry.integrity;
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? null;
  } catch {
    return null;
  }
}

function npm() {
  return process.platform === "win32" ? "npm.cmd" : "npm";
}
