// What the compiler does not make: the plugin executable, the launcher of the command-line tool, and the compiled examples.
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { EmbeddedTexts } from "./embed.mjs";
import { embedProvider } from "./embed-provider.mjs";
import { filesBelow } from "./files.mjs";
import { pluginHeader } from "./plugin-header.mjs";
import { ROOT } from "./root.mjs";
import { windowsLauncher } from "./windows-launcher.mjs";

const BIN = join(ROOT, "dist", "bin");

/** One CommonJS file with everything in it: Terraform hashes the whole package directory on every command, and starts the file several times. */
export async function bundlePlugin() {
  const { build } = await import("esbuild");
  const texts = new EmbeddedTexts();
  const bundle = async (entryPoint, more) => {
    const { outputFiles } = await build({
      absWorkingDir: ROOT,
      entryPoints: [entryPoint],
      bundle: true,
      write: false,
      platform: "node",
      target: "node20.19",
      format: "cjs",
      legalComments: "none",
      logLevel: "warning",
      // Less text to scan at each start; names stay readable in the stack of a crash.
      minifyWhitespace: true,
      minifySyntax: true,
      // `import()` of a built-in module becomes `require()`: the first real one starts the loader of ES modules.
      supported: { "dynamic-import": false },
      ...more,
    });
    return outputFiles[0].text;
  };
  const main = await bundle("lib/provider/main.ts", {
    define: { SCHEMA_ANSWER: JSON.stringify(schemaAnswer()) },
    plugins: [embedProvider(build, texts)],
  });
  texts.add("main", main);
  const launcher = await bundle("lib/launcher/launch.ts", { define: { TEXTS_DIGEST: JSON.stringify(texts.digest()) } });
  writeExecutable("terraform-provider-zenlayer", `${pluginHeader()}${launcher}${texts}`);
  // Not named after the provider: of such files Terraform would start the first.
  writeExecutable("plugin.cmd", windowsLauncher());
}

/** In base64. From the compiled library, so the compiler runs before. */
function schemaAnswer() {
  const require = createRequire(import.meta.url);
  const { encodeSchema } = require("../../dist/lib/plugin");
  const { createProvider } = require("../../dist/lib/provider");
  return Buffer.from(encodeSchema(createProvider())).toString("base64");
}

/** The classes of `@cdktf/provider-null` inside the package: see lib/constructs/private/null-bindings.ts. */
export async function bundleNullBindings() {
  const entry = join("lib", "constructs", "private", "null-bindings.ts");
  if (!existsSync(join(ROOT, entry))) return;
  const { build } = await import("esbuild");
  const { version, license, repository } = JSON.parse(
    readFileSync(join(ROOT, "node_modules", "@cdktf", "provider-null", "package.json"), "utf8"),
  );
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: "dist/lib/constructs/private/null-bindings.js",
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    external: ["cdktf", "constructs"],
    legalComments: "inline",
    logLevel: "warning",
    banner: { js: `// From @cdktf/provider-null ${version}, ${license}: ${repository.url}` },
  });
  rmSync(join(ROOT, "dist", "lib", "constructs", "private", "null-bindings.d.ts"), { force: true });
}

/** Examples are transpiled file by file and keep `require("cdktf-zenlayer")`, which finds this package by its own name. */
export async function compileExamples() {
  const entryPoints = filesBelow(join(ROOT, "examples")).filter((file) => file.endsWith(".ts"));
  if (entryPoints.length === 0) return;
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: ROOT,
    entryPoints,
    outbase: "examples",
    outdir: "dist/examples",
    platform: "node",
    target: "node20.19",
    format: "cjs",
    logLevel: "warning",
  });
}

export function writeLauncher() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  writeExecutable(
    "cdktf-zenlayer",
    `#!/usr/bin/env node
// Starts the command-line tool. Written so that a Node that is too old gets a sentence and not a syntax error.
var version = process.versions.node.split(".").map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  console.error("cdktf-zenlayer needs Node ${engines.node}, this is Node " + process.versions.node + ".");
  process.exit(1);
}
require("../lib/cli/main").main(process.argv);
`,
  );
}

/** Written beside and moved into place, so that a running Terraform never sees half a file. */
function writeExecutable(name, text) {
  mkdirSync(BIN, { recursive: true });
  const file = join(BIN, name);
  const draft = join(BIN, `.${name}.${process.pid}`);
  writeFileSync(draft, text);
  chmodSync(draft, 0o755);
  renameSync(draft, file);
}
