// Builds dist/: the compiled library, the plugin as one executable file, the command-line launcher and the examples.
// A digest of everything that goes in makes a second build of the same sources free.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { buildForCdktn } from "./cdktn.mjs";
import { bundleNullBindings, bundlePlugin, compileExamples, writeLauncher } from "./bundle.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { executeNode } from "./execute.mjs";
import { TaskFailure } from "./failure.mjs";
import { filesBelow } from "./files.mjs";
import { withLock } from "./lock.mjs";
import { ROOT } from "./root.mjs";

const INPUTS = [
  "lib",
  "examples",
  "scripts/tasks",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.build.json",
];
const STAMP = join(ROOT, "dist", ".digest");
const LOCK = join(ROOT, ".tmp", "build.lock");

/** Builds what is out of date. Of several at once the first does it, and the others wait for it. */
export function build() {
  return withLock(LOCK, buildIfStale);
}

async function buildIfStale() {
  await ensureDependencies();
  const digest = digestOf(INPUTS);
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === digest) return 0;

  console.log("Building dist …");
  rmSync(STAMP, { force: true });
  const started = Date.now();
  const compiled = await executeNode("node_modules/typescript/bin/tsc", ["-p", "tsconfig.build.json"], {
    capture: true,
  });
  if (compiled.code !== 0) throw new TaskFailure(`The library does not compile:\n${compiled.output.trimEnd()}`);
  removeOrphans();
  await Promise.all([bundlePlugin(), bundleNullBindings(), compileExamples(), writeLauncher()]);
  buildForCdktn();
  writeFileSync(STAMP, digest);
  console.log(`Built dist in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  return 0;
}

/** SHA-256 over the names and contents of all files below the given paths. */
function digestOf(paths) {
  const hash = createHash("sha256").update(process.versions.node);
  for (const file of paths.flatMap((path) => filesBelow(join(ROOT, path)))) {
    const content = readFileSync(file);
    hash.update(`\n${relative(ROOT, file)} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

/** Removes the output of sources that are gone: the compiler leaves it, and it would be published. */
function removeOrphans() {
  for (const file of filesBelow(join(ROOT, "dist", "lib"))) {
    const source = join(ROOT, relative(join(ROOT, "dist"), file)).replace(/\.(js|d\.ts)$/, "");
    if (!existsSync(`${source}.ts`) && !existsSync(source)) rmSync(file);
  }
}
