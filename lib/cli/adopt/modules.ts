// How a JavaScript file takes what modules export: Node decides it by the nearest package.json.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** For a file that will be written. */
export function modulesBeside(file: string): "import" | "require" {
  for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest)) return typeIn(manifest) === "module" ? "import" : "require";
    if (dirname(folder) === folder) return "require";
  }
}

function typeIn(manifest: string): unknown {
  try {
    return (JSON.parse(readFileSync(manifest, "utf8")) as { readonly type?: unknown } | null)?.type;
  } catch {
    return undefined;
  }
}
