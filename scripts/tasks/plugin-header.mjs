// The first lines of the plugin executable: a shell script that is also valid JavaScript.
// Terraform prints the first line of stdout that is not a handshake to the user, so that is where trouble with Node is told.
import { BEGIN } from "./embed.mjs";
import { KEPT_PREFIXES, KEPT_WITH_VALUE, KEPT_WORDS, SYSTEM_AUTHORITIES } from "./node-options.mjs";

export const MISSING_NODE = "terraform-provider-zenlayer needs Node 20.19 or newer, and there is no node on PATH.";
/** Before the version that was found. */
export const OLD_NODE = "terraform-provider-zenlayer needs Node 20.19 or newer on PATH, found Node ";

/**
 * The shell runs what JavaScript takes for a string and a comment, and ends there in `exec`. It is plain sh: no local variables, no arrays, and no `case`
 * inside `$(…)`, which the bash of macOS cannot read.
 *
 * Node reads the file itself, as CommonJS: a main script without extension is taken for an ES module when a package.json above it says
 * `"type": "module"`. The texts behind the launcher (`embed.mjs`) are not even looked at. The version is checked before, since an old Node could not
 * parse it.
 *
 * NODE_DEBUG and NODE_DEBUG_NATIVE make Node print requests with all their headers, a token among them; Terraform would write that into its log.
 */
export function pluginHeader() {
  const start = [
    'var v=process.versions.node.split(".");',
    `if(v[0]<20||v[0]==20&&v[1]<19){console.log("${OLD_NODE}"+process.versions.node+".");process.exit(1)}`,
    `var f=require("path").resolve(process.argv[1]),t=require("fs").readFileSync(f,"utf8"),i=t.lastIndexOf(${JSON.stringify(BEGIN)});`,
    'require("vm").compileFunction(i<0?t:t.slice(0,i),["module","exports","require","__filename","content"],{filename:f})(module,module.exports,require,f,t)',
  ].join("");
  return `#!/bin/sh
":" /* The shell reads up to exec, Node the rest.
command -v node >/dev/null 2>&1 || { echo "${MISSING_NODE}"; exit 1; }
${KEEP_OPTIONS}
[ -z "\${NODE_OPTIONS-}" ] || keep_options
unset NODE_V8_COVERAGE NODE_DEBUG NODE_DEBUG_NATIVE
exec node -e '${start}' "$0" "$@"
*/
`;
}

/**
 * Splits NODE_OPTIONS as Node does: at spaces, a double quote begins and ends a stretch in which spaces count for nothing and a backslash keeps the next
 * character. What is kept stays as it was written. A word that never ends is dropped, where Node would refuse to start.
 */
const KEEP_OPTIONS = String.raw`keep_options() {
  rest="$NODE_OPTIONS "; NODE_OPTIONS=; word=; written=; quote=; keep=
  while [ -n "$rest" ]; do
    char=$rest; char=${'${char%"${char#?}"}'}; rest=${"${rest#?}"}
    case "$quote$char" in
    '"\') word=$word${'${rest%"${rest#?}"}'}; written=$written$char${'${rest%"${rest#?}"}'}; rest=${"${rest#?}"} ;;
    '"') quote=$char; written=$written$char ;;
    '""') quote=; written=$written$char ;;
    ' ')
      case "$word" in
      ${exactly(KEPT_WITH_VALUE)}) keep=both ;;
      ${exactly(KEPT_WORDS)} | ${KEPT_PREFIXES.map((prefix) => `${pattern(prefix)}*`).join(" | ")}) keep=this ;;
      ${pattern(SYSTEM_AUTHORITIES.option)}) keep=; ${SYSTEM_AUTHORITIES.variable}=1; export ${SYSTEM_AUTHORITIES.variable} ;;
      -*) keep= ;;
      *) [ "$keep" = both ] && keep=this || keep= ;;
      esac
      [ -z "$word" ] || [ -z "$keep" ] || NODE_OPTIONS="$NODE_OPTIONS $written"
      word=; written= ;;
    *) word=$word$char; written=$written$char ;;
    esac
  done
  NODE_OPTIONS=${"${NODE_OPTIONS# }"}
}`;

function exactly(words) {
  return words.map(pattern).join(" | ");
}

/** After the first two characters `_` is as good as `-`. */
function pattern(word) {
  return `--${word.slice(2).replaceAll("-", "[-_]")}`;
}
