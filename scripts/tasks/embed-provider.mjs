// Puts the provider into the plugin as text beside the framework, which is all that a start needs until Terraform asks for more than the schema.
// Merely parsing it would cost each start a tenth of its time.
import { join } from "node:path";
import { embedAxios } from "./embed-axios.mjs";
import { moduleThatCompiles } from "./embed.mjs";

/** What the embedded text calls the framework: both share one copy, and with it the secrets to be masked. */
const FRAMEWORK = "cdktf-zenlayer/plugin";

/** esbuild plugin: `import("./provider.js")` becomes a module that compiles the embedded text at its first use. */
export function embedProvider(build) {
  return {
    name: "embed-provider",
    setup(outer) {
      const { initialOptions } = outer;
      const room = join(initialOptions.absWorkingDir, "lib");
      outer.onResolve({ filter: /^\.\/provider\.js$/ }, () => ({ path: "provider", namespace: "embedded" }));
      outer.onLoad({ filter: /.*/, namespace: "embedded" }, async () => ({
        contents: moduleThatCompiles(
          "provider",
          await bundleProvider(build, initialOptions, room),
          `(name) => name === "${FRAMEWORK}" ? require("./plugin") : require(name)`,
        ),
        resolveDir: room,
        loader: "js",
      }));
    },
  };
}

async function bundleProvider(build, options, room) {
  const { outputFiles } = await build({
    ...options,
    entryPoints: [join(room, "provider", "provider.ts")],
    plugins: [
      {
        name: "framework-outside",
        setup(inner) {
          inner.onResolve({ filter: /^(\.\.\/)+plugin$/ }, () => ({ path: FRAMEWORK, external: true }));
        },
      },
      embedAxios(build),
    ],
  });
  return outputFiles[0].text;
}
