// Code inside a bundle as text: it is compiled at its first use, and until then costs its start no more than the scan of one string.

/** The CommonJS module that compiles the given one. `require` is what the text calls for what it does not hold itself. */
export function moduleThatCompiles(name, source, require = "require") {
  const wrapped = JSON.stringify(`(function (module, exports, require) {${source}\n})`);
  return `require("node:vm").runInThisContext(${wrapped}, { filename: "${name} (embedded)" })(module, exports, ${require});`;
}
