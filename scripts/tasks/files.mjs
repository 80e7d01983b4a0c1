// Lists files below a directory.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** All files below a path in a stable order, without what synthesis and Terraform leave behind. */
export function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !["cdktf.out", "node_modules", ".terraform"].includes(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesBelow(join(path, entry.name)));
}
