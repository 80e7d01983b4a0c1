// Writes what is generated from lib/schema: the bindings and the provider's reference pages. `node scripts/generate.mjs`
import { build } from "esbuild";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Loads a TypeScript module of scripts/ without writing anything. */
async function load(path) {
  const { outputFiles } = await build({
    entryPoints: [join(root, path)],
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
    logLevel: "error",
  });
  const module = { exports: {} };
  new Function("module", "exports", "require", outputFiles[0].text)(
    module,
    module.exports,
    createRequire(import.meta.url),
  );
  return module.exports;
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const { emitBindings } = await load("scripts/generate-bindings.ts");
rmSync(join(root, "lib/bindings/generated"), { recursive: true, force: true });
for (const [path, text] of emitBindings()) write(join(root, "lib/bindings", path), text);

const { emitReference } = await load("scripts/generate-reference.ts");
for (const folder of ["docs/resources", "docs/data-sources"])
  rmSync(join(root, folder), { recursive: true, force: true });
for (const [path, text] of emitReference()) write(join(root, path), text);
