// Puts axios into the plugin as text that is compiled only when a request is made. Terraform starts the plugin several times per command, mostly for
// calls that need no network; merely parsing axios would cost each of those starts a fifth of its time.

import { moduleOf } from "./embed.mjs";

/**
 * What axios brings along and this client never comes to, because it has an adapter of its own: forms, proxies, redirects, and the adapters that need them.
 * They are most of its size, and some hold code that would print what it sends where `DEBUG` is set.
 */
const NEVER_USED = {
  "form-data": 'module.exports = class FormData { constructor() { throw new Error("This client sends no forms."); } };',
  "./http.js": "export default null;",
  "./xhr.js": "export default null;",
  "./fetch.js": "export const getFetch = () => null;",
};

/** Merely naming these, as axios does to recognise them, makes Node load its fetch, streams and workers: most of what axios takes to load. */
const WITHOUT_BROWSER = {
  define: { globalThis: "nothingGlobal", FormData: "undefined", Blob: "undefined" },
  banner: { js: "const nothingGlobal = {};" },
};

/** esbuild plugin: `import("axios")` becomes a module that runs the embedded text at its first use. */
export function embedAxios(build, texts) {
  return {
    name: "embed-axios",
    setup(outer) {
      outer.onResolve({ filter: /^axios$/ }, () => ({ path: "axios", namespace: "embedded" }));
      outer.onLoad({ filter: /.*/, namespace: "embedded" }, async () => {
        texts.add("axios", await bundleAxios(build, outer.initialOptions));
        return { contents: moduleOf("axios"), loader: "js" };
      });
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
    ...WITHOUT_BROWSER,
    plugins: [
      {
        name: "never-used",
        setup(inner) {
          const filter = new RegExp(`^(${Object.keys(NEVER_USED).join("|").replaceAll(".", "\\.")})$`);
          inner.onResolve({ filter }, ({ path }) => ({ path, namespace: "never-used" }));
          inner.onLoad({ filter: /.*/, namespace: "never-used" }, ({ path }) => ({
            contents: NEVER_USED[path],
            loader: "js",
          }));
        },
      },
    ],
  });
  return result.outputFiles[0].text;
}
