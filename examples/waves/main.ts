// One machine first, and the others only when it is well: waves with a check between, and a note after each change.
import { App, AssetType, TerraformAsset, TerraformStack } from "cdktf";
import { ChangeWaves, VmInstanceSpec, ZenlayerProvider } from "cdktf-zenlayer";

const app = new App();
const stack = new TerraformStack(app, "waves");
new ZenlayerProvider(stack, "zenlayer");

const machine = (name: string, instance: string): VmInstanceSpec =>
  new VmInstanceSpec(stack, name, { instance, instanceType: "c.4c8g", bandwidth: 200 });

const canary = machine("canary", "900000000000000201");
const web = [machine("web-1", "900000000000000202"), machine("web-2", "900000000000000203")];

// The script travels with the stack, so that the commands work wherever Terraform runs.
const script = (name: string): string =>
  `node ${new TerraformAsset(stack, name, { path: `${name}.mjs`, type: AssetType.FILE }).path}`;

new ChangeWaves(stack, "rollout", {
  waves: [[canary], web],
  check: { command: script("health") },
});

const announce = script("announce");
for (const specification of [canary, ...web]) specification.onChange("announce", { command: announce });

app.synth();
