// A stack written in a test, synthesised as a program would, for the real Terraform. The test serves the provider, so no plugin is placed.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { ZenlayerProvider } from "../../lib";
import type { World } from "./world";

/** Replaces the configuration of a world by the stack; the state stays. */
export async function useStack(world: World, build: (stack: TerraformStack) => void): Promise<void> {
  const outdir = await mkdtemp(join(tmpdir(), "stack-"));
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "stack");
    new ZenlayerProvider(stack, "zenlayer", { plugin: false });
    build(stack);
    app.synth();
    await world.terraform.useStack(join(outdir, "stacks", "stack"));
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}
