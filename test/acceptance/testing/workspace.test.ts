// The workspace with the real Terraform and a provider that has nothing to do with Zenlayer.
import { access } from "node:fs/promises";
import { dirname } from "node:path";
import { startSimulator } from "../../../lib/simulator";
import { expectChanges, expectNoChanges, expectSuccess, TerraformWorkspace } from "../../../lib/testing";
import { nullProvider } from "../../support/null-provider";
import { zenlayercloudProvider } from "../../support/zenlayercloud-provider";

const HOOK = (value: string, command = "true"): string => `
terraform {
  required_providers {
    null = { source = "hashicorp/null" }
  }
}

resource "null_resource" "hook" {
  triggers = { value = "${value}" }

  provisioner "local-exec" {
    command = "${command}"
  }
}
`;

let workspace: TerraformWorkspace;

async function start(text: string): Promise<void> {
  workspace = await TerraformWorkspace.create({ files: { "main.tf": text }, providers: [nullProvider()] });
}
afterEach(() => workspace.dispose());

test("plan, apply, and nothing left to do", async () => {
  await start(HOOK("a"));
  const plan = await workspace.plan();
  expectChanges(plan, { "null_resource.hook": ["create"] });
  expect(plan.exitCode).toBe(2);
  expect(await workspace.describePlan(plan)).toContain("Plan: 1 to add, 0 to change, 0 to destroy.");
  expectSuccess(await workspace.applyPlan(plan));
  expectNoChanges(await workspace.plan());
  expect(await workspace.attributes("null_resource.hook")).toMatchObject({ triggers: { value: "a" } });
});

test("a served provider answers under the registries of Terraform and of OpenTofu", async () => {
  await start(HOOK("a").replace("hashicorp/null", "registry.opentofu.org/hashicorp/null"));
  expectChanges(await workspace.plan(), { "null_resource.hook": ["create"] });
});

test("a changed trigger replaces the resource and runs its provisioner again", async () => {
  await start(HOOK("a", "echo first"));
  expectSuccess(await workspace.apply());
  await workspace.write("main.tf", HOOK("b", "echo second"));
  expectChanges(await workspace.plan(), { "null_resource.hook": ["delete", "create"] });
  const applied = await workspace.apply();
  expectSuccess(applied);
  expect(applied.stdout).toContain("second");
});

test("a mistake in the configuration is an error with its place", async () => {
  await start(HOOK("a").replace("triggers", "trigers"));
  const plan = await workspace.plan();
  expect(plan.exitCode).toBe(1);
  expect(plan.errors).toHaveLength(1);
  expect(plan.errors[0]).toMatchObject({ summary: "Unsupported argument", range: { filename: "main.tf" } });
  expect((await workspace.validate()).valid).toBe(false);
});

test("an interrupt ends a running command, and a second command has to wait for it", async () => {
  await start(HOOK("a", "sleep 30"));
  const applying = workspace.apply({ onOutput: (text) => text.includes("provision_start") && workspace.interrupt() });
  await expect(workspace.plan()).rejects.toThrow("another command is still running");
  expect((await applying).exitCode).toBe(1);
});

test("init finds the served provider without a registry", async () => {
  await start(HOOK("a"));
  expect((await workspace.init()).exitCode).toBe(0);
});

test("a failing init is thrown with what Terraform said", async () => {
  await start('terraform {\n  required_version = "< 1.0"\n}\n');
  await expect(workspace.init()).rejects.toThrow(
    /^(terraform|tofu) init[\s\S]*Unsupported (Terraform|OpenTofu) Core version/,
  );
});

test("disposing removes everything, and may be done twice", async () => {
  await start(HOOK("a"));
  await workspace.dispose();
  await expect(access(dirname(workspace.directory))).rejects.toThrow("ENOENT");
});

describe("two providers at once", () => {
  const stack = (type: string, lifecycle = ""): string => `
terraform {
  required_providers {
    null          = { source = "hashicorp/null" }
    zenlayercloud = { source = "zenlayer/zenlayercloud" }
  }
}

resource "zenlayercloud_zvm_instance" "web" {
  availability_zone    = "SEL-A"
  instance_type        = "${type}"
  internet_charge_type = "ByBandwidth"
  system_disk_size     = 50
  ${lifecycle}
}

resource "null_resource" "hook" {
  triggers = { machine = zenlayercloud_zvm_instance.web.id }
}
`;

  test("the stand-in of the official provider buys again when the type changes, unless it is told to ignore it", async () => {
    const simulator = await startSimulator();
    try {
      workspace = await TerraformWorkspace.create({
        files: { "main.tf": stack("c.2c4g") },
        providers: [nullProvider(), zenlayercloudProvider(simulator.env())],
      });
      expectSuccess(await workspace.apply());
      expectNoChanges(await workspace.plan());

      await workspace.write("main.tf", stack("c.4c8g"));
      expectChanges(await workspace.plan(), {
        "zenlayercloud_zvm_instance.web": ["delete", "create"],
        "null_resource.hook": ["delete", "create"],
      });

      await workspace.write("main.tf", stack("c.4c8g", "lifecycle {\n    ignore_changes = [instance_type]\n  }"));
      expectNoChanges(await workspace.plan());
      expect(simulator.machines).toHaveLength(1);
    } finally {
      await simulator.stop();
    }
  });
});
