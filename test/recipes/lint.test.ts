// The workflows of the CI recipes under actionlint.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { execute } from "../support/execute";

const ROOT = join(__dirname, "..", "..");
const WORKFLOWS = join("examples", "ci", "github-actions");

test("actionlint finds nothing in the workflows but a key that it does not know yet", async () => {
  const files = readdirSync(join(ROOT, WORKFLOWS));
  expect(files).toHaveLength(4);
  const linter = join(ROOT, "node_modules", "@tktco", "node-actionlint", "bin", "node-actionlint.js");
  const { stdout, stderr } = await execute(process.execPath, [linter, join(WORKFLOWS, "*.yml")], { cwd: ROOT });
  const findings = `${stdout}${stderr}`.split("\n").filter((line) => /\.yml:\d+:\d+/.test(line));
  expect(`${stdout}${stderr}`).toContain("4 workflow");
  // `concurrency.queue: max`, without which a third merge cancels the waiting apply of the second.
  expect(findings).toEqual([
    expect.stringMatching(/zenlayer-apply\.yml:\d+:\d+ unexpected key "queue" for "concurrency"/),
  ]);
});
