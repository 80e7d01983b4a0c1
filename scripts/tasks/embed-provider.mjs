// Puts the provider into the plugin as text beside the framework, which is all that a start needs until Terraform asks for more than the schema.
// Merely parsing it would cost each start a tenth of its time.
import { join } from "node:path";
import { embedAxios } from "./embed-axios.mjs";
import { moduleOf } from "./embed.mjs";

/** What the embedded text calls the framework: both share one copy, and with it the secrets to be masked. */
const FRAMEWORK = "cdktf-zenlayer/plugin";

/** esbuild plugin: `import("./provider.js")` becomes a module that runs the embedded text at its first use. */
export function embedProvider(build, texts) {
  return {
    name: "embed-provider",
    setup(outer) {
      const { initialOptions } = outer;
      const room = join(initialOptions.absWorkingDir, "lib");
      outer.onResolve({ filter: /^\.\/provider\.js$/ }, () => ({ path: "provider", namespace: "embedded" }));
      outer.onLoad({ filter: /.*/, namespace: "embedded" }, async () => {
        texts.add("provider", await bundleProvider(build, texts, initialOptions, room));
        const require = `(name) => name === "${FRAMEWORK}" ? require("./plugin") : require(name)`;
        return { contents: moduleOf("provider", require), resolveDir: room, loader: "js" };
      });
    },
  };
}

async function bundleProvider(build, texts, options, room) {
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
      embedAxios(build, texts),
    ],
  });
  return outputFiles[0].text;
}
