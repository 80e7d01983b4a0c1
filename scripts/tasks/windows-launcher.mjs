// What starts the plugin on Windows, where a script is not executable: a batch file beside plugin.js. Go starts those through cmd.exe.
import { KEPT_PREFIXES, KEPT_WITH_VALUE, KEPT_WORDS, SYSTEM_AUTHORITIES } from "./node-options.mjs";
import { MISSING_NODE, OLD_NODE } from "./plugin-header.mjs";

/** Carries NODE_OPTIONS past the first Node, which must not obey it. */
const CARRIED = "PLUGIN_NODE_OPTIONS";

/**
 * The batch file only empties the environment; what of NODE_OPTIONS is kept is decided by JavaScript, since cmd reads quotation marks and `&` in values. Only
 * where something is kept a second Node starts, with that. Its first line keeps cmd from echoing the rest to stdout, where the handshake belongs.
 *
 * `!NAME!` is put in after cmd has read the line, so that nothing in a value is a command; in a line without it `^` is a character like any other.
 */
export function windowsLauncher() {
  return [
    "@echo off",
    "setlocal EnableDelayedExpansion",
    `for %%n in (node.exe) do if "%%~$PATH:n"=="" (echo ${MISSING_NODE}& exit /b 1)`,
    `set "${CARRIED}=!NODE_OPTIONS!"`,
    ...["NODE_OPTIONS", "NODE_V8_COVERAGE", "NODE_DEBUG", "NODE_DEBUG_NATIVE"].map((name) => `set "${name}="`),
    "setlocal DisableDelayedExpansion",
    `node -e "${startScript()}" "%~dp0plugin.js" %*`,
    "exit /b %ERRORLEVEL%",
    "",
  ].join("\r\n");
}

/** JavaScript that every Node reads, in one line, for an argument of cmd: without double quotation marks, `%` and `!`. */
function startScript() {
  return [
    "var v=process.versions.node.split('.');",
    `if(v[0]<20||v[0]==20&&v[1]<19){console.log('${OLD_NODE}'+process.versions.node+'.');process.exit(1)}`,
    `var e=process.env,t=(e.${CARRIED}||'')+' ',kept=[],word='',written='',quoted=0,keep=0,i,c;`,
    `delete e.${CARRIED};`,
    "for(i=0;i<t.length;i++){c=t[i];",
    "if(quoted&&c==='\\\\'){i++;word+=t[i]||'';written+=c+(t[i]||'')}",
    "else if(c==='\\x22'){quoted=1-quoted;written+=c}",
    "else if(c===' '&&quoted===0){",
    `if(/^(${KEPT_WITH_VALUE.map(pattern).join("|")})$/.test(word))keep=2;`,
    `else if(/^((${KEPT_WORDS.map(pattern).join("|")})$|${KEPT_PREFIXES.map(pattern).join("|")})/.test(word))keep=1;`,
    `else if(/^${pattern(SYSTEM_AUTHORITIES.option)}$/.test(word)){keep=0;e.${SYSTEM_AUTHORITIES.variable}='1'}`,
    "else if(word[0]==='-')keep=0;",
    "else keep=keep===2?1:0;",
    "if(word&&keep)kept.push(written);",
    "word=written=''}",
    "else{word+=c;written+=c}}",
    "if(kept.length){e.NODE_OPTIONS=kept.join(' ');",
    "require('child_process').spawn(process.execPath,process.argv.slice(1),{stdio:'inherit'})",
    ".on('exit',function(code){process.exit(code===null?1:code)})}",
    "else require(process.argv[1])",
  ].join("");
}

/** After the first two characters `_` is as good as `-`. */
function pattern(word) {
  return `--${word.slice(2).replaceAll("-", "[-_]")}`;
}
