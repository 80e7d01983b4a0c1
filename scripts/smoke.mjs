// Installs the packed package in a project of its own, in a temporary directory, and does what a user does first.
//
//   node scripts/smoke.mjs                with this Node
//   node scripts/smoke.mjs 20 22 24       with the newest Node of each of these lines, whose binaries come from npm
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { build } from "./tasks/build.mjs";
import { execute } from "./tasks/execute.mjs";
import { TaskFailure } from "./tasks/failure.mjs";
import { requireTerraform, terraformCommand } from "./tasks/requirements.mjs";
import { ROOT } from "./tasks/root.mjs";

const lines = process.argv.slice(2);
const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
/** As npm's packages of Node's binaries name the platform. */
const PLATFORM = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

requireTerraform();
await build();
const project = mkdtempSync(join(tmpdir(), "smoke-"));
try {
  await must("npm", ["pack", "--ignore-scripts", "--silent", `--pack-destination=${project}`], ROOT);
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const dependencies = {
    "cdktf-zenlayer": `file:cdktf-zenlayer-${version}.tgz`,
    cdktf: devDependencies.cdktf,
    constructs: devDependencies.constructs,
    ...Object.fromEntries(lines.map((line) => [`node-${line}`, `npm:node-${PLATFORM}@${line}`])),
  };
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, dependencies }));
  await must("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], project);
  copyFileSync(join(ROOT, "scripts", "smoke", "program.cjs"), join(project, "main.cjs"));
  const nodes = lines.length === 0 ? [process.execPath] : lines.map(binaryOf);
  for (const node of nodes) await smoke(node);
} finally {
  rmSync(project, { recursive: true, force: true });
}

function binaryOf(line) {
  const name = process.platform === "win32" ? "node.exe" : "node";
  return join(project, "node_modules", `node-${line}`, "bin", name);
}

async function smoke(node) {
  for (const name of ["cdktf.out", "terraform.smoke.tfstate"])
    rmSync(join(project, name), { recursive: true, force: true });
  const path = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const env = { ...process.env, [path]: `${dirname(node)}${delimiter}${process.env[path]}` };
  const review = join("node_modules", "cdktf-zenlayer", "dist", "bin", "cdktf-zenlayer");
  const { code } = await execute(node, ["main.cjs", terraformCommand(), review], { cwd: project, env });
  if (code !== 0) process.exitCode = 1;
}

async function must(command, args, cwd) {
  // npm is a batch file on Windows.
  const [program, ...before] = process.platform === "win32" ? ["cmd.exe", "/d", "/c", command] : [command];
  const { code, output } = await execute(program, [...before, ...args], { capture: true, cwd });
  if (code !== 0) throw new TaskFailure(`${command} ${args.join(" ")} failed:\n${output}`);
}
