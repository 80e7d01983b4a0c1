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
    await cp(join(stack, name), join(directory, name), { recursive: true });
    if (/\.(tf|tofu)\.json$/.test(name)) await removeBackend(join(directory, name));
    else if (/\.(tf|tofu)$/.test(name)) await removeBackendFromHcl(join(directory, name));
  }
}

function isConfiguration(name: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(name);
}

async function removeBackendFromHcl(file: string): Promise<void> {
  await writeFile(file, withoutBackends(await readFile(file, "utf8")));
}

async function removeBackend(file: string): Promise<void> {
  const content = JSON.parse(await readFile(file, "utf8")) as { terraform?: unknown };
  const settings = Array.isArray(content.terraform) ? content.terraform : [content.terraform];
  for (const setting of settings) {
    if (typeof setting !== "object" || setting === null) continue;
    delete (setting as Record<string, unknown>)["backend"];
    delete (setting as Record<string, unknown>)["cloud"];
  }
  await writeFile(file, JSON.stringify(content, null, 2));
}
