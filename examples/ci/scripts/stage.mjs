// Prepares the directory of a stack that a pull request brought, before anything in it is used. Plain Node, no dependency.
//
//   node stage.mjs DIRECTORY               removes plugins, what an earlier init left, and the lock file; refuses links
//   node stage.mjs --providers DIRECTORY   refuses providers that are not listed, by the lock file that an init without keys wrote
//   node stage.mjs --failed NAME COMMAND   writes the comment of a run that failed before its review, from the output on standard input
//
// PROVIDERS: sources that may be used, separated by spaces; ours and hashicorp/null when it is not set. One that runs programs while it plans
// (hashicorp/external) is never allowed.
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What Terraform would run or believe. */
const TAKEN_AWAY = new Set(["terraform.d", ".terraform", ".terraform.lock.hcl", "errored.tfstate"]);
const LISTED = ["cdktf-zenlayer/zenlayer", "hashicorp/null"];
const NEVER = new Set(["hashicorp/external"]);
const LONGEST_OUTPUT = 4000;

function stage(directory) {
  for (const name of TAKEN_AWAY) rmSync(join(directory, name), { recursive: true, force: true });
  const open = [directory];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const name of readdirSync(place)) {
      const path = join(place, name);
      const kind = lstatSync(path);
      // A link could show any file of this machine in an error message, and so in a comment.
      if (kind.isSymbolicLink()) throw new Error(`${path} is a link: a stack holds files only`);
      if (!kind.isFile() && !kind.isDirectory()) throw new Error(`${path} is neither a file nor a directory`);
      if (kind.isDirectory()) open.push(path);
    }
  }
}

function checkProviders(directory) {
  const file = join(directory, ".terraform.lock.hcl");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const allowed = new Set(process.env.PROVIDERS ? process.env.PROVIDERS.split(/\s+/).filter(Boolean) : LISTED);
  for (const [, address] of text.matchAll(/^provider "([^"]+)"/gm)) {
    // registry.terraform.io/NAMESPACE/TYPE, registry.opentofu.org/NAMESPACE/TYPE: the short form means either.
    const short = address.replace(/^registry\.(terraform\.io|opentofu\.org)\//, "");
    if (NEVER.has(short))
      throw new Error(`${address} runs programs while it plans: no stack that is planned here may use it`);
    if (!allowed.has(short) && !allowed.has(address))
      throw new Error(
        `${address} is not among the providers that may be used here: ${[...allowed].join(", ")} (PROVIDERS)`,
      );
  }
}

function failed(name, command) {
  const output = readFileSync(0, "utf8").trim().slice(-LONGEST_OUTPUT);
  // As code in HTML, where nothing of it is markup.
  const shown = output.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/@/g, "&#64;");
  console.log(
    `<!-- cdktf-zenlayer:review:${name} -->\n### ❌ ${name}: no review, \`${command}\` failed\n\n<pre>${shown}</pre>`,
  );
}

const [first, ...rest] = process.argv.slice(2);
try {
  if (first === "--providers") checkProviders(rest[0]);
  else if (first === "--failed") failed(rest[0], rest[1]);
  else stage(first);
} catch (error) {
  console.error(`stage.mjs: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
