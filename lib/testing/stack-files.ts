// Copies a synthesised stack into a test's own directory, cut off from the state that its backend names.
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withoutBackends } from "./hcl-backend";

/** Left behind: what `terraform init` made, and the plugins placed beside the stack (the test serves its own). */
const LEFT_BEHIND = new Set([".terraform", ".terraform.lock.hcl", "terraform.d"]);

/**
 * CDKTF writes the absolute path of the project's own state file into each stack, in JSON and in HCL. A test must never read or write that, so backends are removed
 * and the state lives in the test's directory. Replaces the configuration that was there; the state stays.
 */
export async function placeStack(stack: string, directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (isConfiguration(name)) await rm(join(directory, name));
  }
  for (const name of await readdir(stack)) {
    if (LEFT_BEHIND.has(name) || name.startsWith("terraform.tfstate")) continue;
    const file = join(directory, name);
    await cp(join(stack, name), file, { recursive: true });
    if (!isConfiguration(name)) continue;
    const text = await readFile(file, "utf8");
    await writeFile(file, name.endsWith(".json") ? withoutJsonBackend(text) : withoutBackends(text));
  }
}

function isConfiguration(name: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(name);
}

function withoutJsonBackend(text: string): string {
  const content = JSON.parse(text) as { terraform?: unknown };
  const settings = Array.isArray(content.terraform) ? content.terraform : [content.terraform];
  for (const setting of settings) {
    if (typeof setting !== "object" || setting === null) continue;
    delete (setting as Record<string, unknown>)["backend"];
    delete (setting as Record<string, unknown>)["cloud"];
  }
  return JSON.stringify(content, null, 2);
}
