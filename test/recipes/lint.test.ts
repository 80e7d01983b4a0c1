// The workflows of the CI recipes and of this project under actionlint, and what they use.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execute } from "../support/execute";

const ROOT = join(__dirname, "..", "..");
const RECIPES = join("examples", "ci", "github-actions");
const OWN = join(".github", "workflows");

test("actionlint finds nothing in recipes and workflows but a key that it does not know yet", async () => {
  const linter = join(ROOT, "node_modules", "@tktco", "node-actionlint", "bin", "node-actionlint.js");
  const { stdout, stderr } = await execute(process.execPath, [linter, `{${RECIPES},${OWN}}/*.yml`], { cwd: ROOT });
  const output = `${stdout}${stderr}`;
  expect(output).toContain("6 workflow");
  // `concurrency.queue: max`, without which a third merge cancels the waiting apply of the second.
  expect(output.split("\n").filter((line) => /\.yml:\d+:\d+/.test(line))).toEqual([
    expect.stringMatching(/zenlayer-apply\.yml:\d+:\d+ unexpected key "queue" for "concurrency"/),
  ]);
});

test.each([RECIPES, OWN])("%s: every action is pinned by its commit, with its version beside it", (folder) => {
  const used = readdirSync(join(ROOT, folder)).flatMap((file) =>
    [...readFileSync(join(ROOT, folder, file), "utf8").matchAll(/uses: (.*)/g)].map(([, action = ""]) => action),
  );
  expect(used.length).toBeGreaterThan(4);
  expect(used.filter((action) => !/^(\.\/\S+|[\w-]+\/[\w-]+@[0-9a-f]{40} # v[\d.]+)$/.test(action))).toEqual([]);
});
