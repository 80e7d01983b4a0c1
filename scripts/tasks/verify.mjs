// Everything that must hold before a change is handed in: formatting, lint, types, build and all tests.
// A failing step does not hide the later ones; the last line counts the tests.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { ensureDependencies } from "./dependencies.mjs";
import { executeNode } from "./execute.mjs";
import { requireTerraform } from "./requirements.mjs";
import { ROOT } from "./root.mjs";

const CHECKS = [
  { title: "Types", script: "node_modules/typescript/bin/tsc", args: ["-p", "tsconfig.json", "--noEmit"] },
  { title: "Lint", script: "node_modules/eslint/bin/eslint.js", args: [".", "--max-warnings", "0"] },
  { title: "Unused code", script: "node_modules/knip/bin/knip.js", args: ["--no-progress"] },
  {
    title: "Formatting",
    script: "node_modules/prettier/bin/prettier.cjs",
    args: ["--check", "--log-level", "warn", "."],
  },
];

export async function verify() {
  requireTerraform();
  await ensureDependencies();
  await build();
  const checks = await Promise.all(CHECKS.map(check));
  const tests = await test();
  for (const title of checks.flatMap((result) => (result.passed ? [] : [result.title]))) {
    console.log(`${title}: failed, see above.`);
  }
  if (tests.skipped > 0) console.log(`${tests.skipped} tests were skipped: a test that does not run proves nothing.`);
  console.log(`${tests.passed} passed, ${tests.failed} failed`);
  return tests.passed > 0 &&
    tests.failed === 0 &&
    tests.skipped === 0 &&
    tests.complete &&
    checks.every((result) => result.passed)
    ? 0
    : 1;
}

async function check({ title, script, args }) {
  const started = Date.now();
  const { code, output } = await executeNode(script, args, { capture: true });
  const passed = code === 0;
  console.log(`${title}: ${passed ? "passed" : "failed"} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!passed) console.log(output.trimEnd());
  return { title, passed };
}

/** Runs jest and counts. A test file that could not run at all counts as one failure. */
async function test() {
  const report = join(ROOT, ".tmp", "jest.json");
  mkdirSync(join(ROOT, ".tmp"), { recursive: true });
  rmSync(report, { force: true });
  const args = ["--ci", "--maxWorkers=2", "--json", `--outputFile=${report}`];
  const { code } = await executeNode("node_modules/jest/bin/jest.js", args, {
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  const result = JSON.parse(readFileSync(report, "utf8"));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
    complete: code === 0,
  };
}
