// Runs the command line as a user does, and gives back what it printed.
import { join } from "node:path";
import { execute } from "../tasks/execute.mjs";
import { ROOT } from "../tasks/root.mjs";

export async function review(args, env = {}) {
  const { code, output } = await execute(
    process.execPath,
    [join(ROOT, "dist", "bin", "cdktf-zenlayer"), "review", ...args],
    { env: { ...process.env, ...env }, capture: true },
  );
  return { code, output };
}
