// The first lines of the plugin executable: a shell script that is also valid JavaScript.
// Terraform prints the first line of stdout that is not a handshake to the user, so that is where trouble with Node is told.

/**
 * The shell runs line 2 and ends there in `exec`; JavaScript sees a string and a comment.
 *
 * Node gets the file through `require` and not as its main script: a main script without extension is taken for an ES module when a package.json
 * above it says `"type": "module"`, a required one is always CommonJS. The version is checked before the file is read, since an old Node could not parse it.
 */
export function pluginHeader() {
  const tooOld = "terraform-provider-zenlayer needs Node 20.19 or newer on PATH, found Node ";
  const start = [
    'var v=process.versions.node.split(".");',
    `if(v[0]<20||v[0]==20&&v[1]<19){console.log("${tooOld}"+process.versions.node+".");process.exit(1)}`,
    'require(require("path").resolve(process.argv[1]))',
  ].join("");
  const missing = "terraform-provider-zenlayer needs Node 20.19 or newer, and there is no node on PATH.";
  return `#!/bin/sh
":" //; command -v node >/dev/null 2>&1 || { echo "${missing}"; exit 1; }; exec node -e '${start}' "$0" "$@"
`;
}
