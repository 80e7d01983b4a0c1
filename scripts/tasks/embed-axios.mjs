// Puts axios into the plugin as text that is compiled only when a request is made. Terraform starts the plugin several times per command, mostly for
// calls that need no network; merely parsing axios would cost each of those starts a fifth of its time.

/** Never used by a client that sends JSON, and two thirds of axios's size with its table of media types. */
const NO_FORMS =
  'module.exports = class FormData { constructor() { throw new Error("This client sends no forms."); } };';

/** esbuild plugin: `import("axios")` becomes a module that compiles the embedded text at its first use. */
export function embedAxios(build) {
  return {
    name: "embed-axios",
    setup(outer) {
      outer.onResolve({ filter: /^axios$/ }, () => ({ path: "axios", namespace: "embedded" }));
      outer.onLoad({ filter: /.*/, namespace: "embedded" }, async () => ({
        contents: moduleThatCompiles(await bundleAxios(build, outer.initialOptions)),
        loader: "js",
      }));
    },
  };
}

async function bundleAxios(build, { absWorkingDir, target }) {
  const result = await build({
    absWorkingDir,
    target,
    stdin: { contents: 'export { default } from "axios"; export * from "axios";', resolveDir: absWorkingDir },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    minify: true,
    legalComments: "none",
    plugins: [
      {
        name: "no-forms",
        setup(inner) {
          inner.onResolve({ filter: /^form-data$/ }, () => ({ path: "form-data", namespace: "none" }));
          inner.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: NO_FORMS, loader: "js" }));
        },
      },
    ],
  });
  return result.outputFiles[0].text;
}

function moduleThatCompiles(source) {
  const wrapped = JSON.stringify(`(function (module, exports, require) {${source}\n})`);
  return `require("node:vm").runInThisContext(${wrapped}, { filename: "axios (embedded)" })(module, exports, require);`;
}
