// Life beside the official provider, as its guide and its example tell it: what is safe, and what that provider does to a machine otherwise.
// With ZENLAYERCLOUD_PROVIDER this runs against the official provider's own executable, without it against a stand-in with its schema.
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleFleet, type Simulator, startSimulator } from "../../lib/simulator";
import { expectChanges, expectNoChanges } from "../../lib/testing";
import { ensureBuilt, exampleDirectory, ROOT, synthesise } from "../support/examples";
import { execute, mustExecute } from "../support/execute";
import { shelveOfficialProvider } from "../support/official-provider";
import { told, World } from "../support/world";

const GUIDE = readFileSync(join(ROOT, "docs", "guides", "beside-the-official-provider.md"), "utf8");
const VM = "zenlayercloud_zvm_instance.web";
const BMC = "zenlayercloud_bmc_instance.edge";

const HEAD = `terraform {
  required_providers {
    zenlayer      = { source = "registry.terraform.io/cdktf-zenlayer/zenlayer" }
    zenlayercloud = { source = "registry.terraform.io/zenlayer/zenlayercloud" }
  }
}
`;

/** The HCL samples below a heading of the guide, as one configuration. */
function samples(heading: string): string {
  const section = GUIDE.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return [...section.matchAll(/```hcl\n(.*?)```/gs)].map(([, sample = ""]) => sample).join("\n");
}

const BUYING = samples("The rule: `ignore_changes`");
const IMPORTING = samples("Importing a machine into the official provider");

let world: World;
beforeAll(ensureBuilt);
afterEach(() => world.stop());

async function start(text: string): Promise<void> {
  world = await World.start({
    official: true,
    simulator: {
      fleet: sampleFleet(),
      clock: { speed: 1 },
      account: { cash: 1_000_000 },
      knobs: { lifecycleLatency: 20 },
    },
  });
  await configure(text);
}

const configure = (text: string): Promise<void> => world.terraform.write("main.tf", HEAD + text);

/** What happened to machines beside their specification, oldest first; reads are left out. */
function deeds(simulator: Simulator = world.simulator): readonly string[] {
  return simulator.requests
    .filter(({ action, service }) => service !== "zbc" && !/^(Describe|InquiryPrice)/.test(action))
    .filter((entry) => !simulator.writes().includes(entry))
    .map(({ service, action }) => `${service} ${action}`);
}

const unlocked = (text: string): string => text.replaceAll("prevent_destroy = true", "");

const specification = (): readonly string[] => world.simulator.writes().map(({ action }) => action);

describe("the example", () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "beside-"));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  test("runs as its README is written, with the plugin that it places and the provider that init finds", async () => {
    await start("");
    const simulator = await startSimulator({
      fleet: sampleFleet(),
      knobs: { typeLatency: 200, bandwidthLatency: 200 },
    });
    const { stack, dispose } = await synthesise("beside-official-provider");
    try {
      await shelveOfficialProvider(home);
      const readme = await readFile(join(exampleDirectory("beside-official-provider"), "README.md"), "utf8");
      const [, block = ""] = /```sh\n(.*?)```/s.exec(readme) ?? [];
      const [program, directory, ...commands] = block.trim().split("\n");
      expect([program, directory]).toEqual([
        "node ../../dist/examples/beside-official-provider/main.js",
        "cd cdktf.out/stacks/beside",
      ]);
      const env = {
        ...simulator.env(),
        HOME: home,
        TF_IN_AUTOMATION: "1",
        CHECKPOINT_DISABLE: "1",
        TF_CLI_ARGS_apply: "-auto-approve",
        TF_CLI_ARGS: "-no-color",
      };
      const outputs: string[] = [];
      for (const command of commands) {
        const [file = "", ...args] = command.split(" ");
        outputs.push((await mustExecute(file, args, { cwd: stack, env })).stdout);
      }
      expect(commands).toEqual(["terraform init", "terraform apply", "terraform plan"]);
      expect(outputs[1]).toContain("Apply complete! Resources: 2 added, 0 changed, 0 destroyed.");
      expect(outputs[2]).toContain("No changes. Your infrastructure matches the configuration.");
      expect(deeds(simulator)).toEqual(["vm CreateInstances"]);
      const machine = simulator.machines.at(-1);
      expect(machine).toMatchObject({ instanceName: "web", instanceType: "c.4c8g", bandwidth: 200 });
    } finally {
      await dispose();
      await simulator.stop();
    }
  });

  test("without its locks the machine would be replaced, which the plan refuses and the review says", async () => {
    await start("");
    const { stack, dispose } = await synthesise("beside-official-provider");
    try {
      await world.terraform.remove("main.tf");
      await world.terraform.useStack(stack);
    } finally {
      await dispose();
    }
    const [official, ours] = ["zenlayercloud_zvm_instance.machine", "zenlayer_vm_instance_spec.specification"];
    expectChanges(await world.mustApply(), { [official]: ["create"], [ours]: ["create"] });
    expect(specification()).toEqual(["ModifyInstanceType", "ModifyInstanceBandwidth"]);
    const machine = world.simulator.machines.at(-1);
    expectNoChanges(await world.terraform.plan());

    // Without ignore_changes it would destroy the machine; prevent_destroy makes that an error of the plan.
    const file = join(world.terraform.directory, "cdk.tf.json");
    const text = (await readFile(file, "utf8")).replace(/"ignore_changes": \[[^\]]*\],/, "");
    await world.terraform.write("cdk.tf.json", text);
    const prevented = await world.terraform.plan();
    expect(prevented.exitCode).toBe(1);
    expect(told(prevented)).toContain("prevent_destroy");

    // Without both, the review is the last to say so.
    await world.terraform.write("cdk.tf.json", text.replace('"prevent_destroy": true', '"prevent_destroy": false'));
    const plan = await world.terraform.plan();
    expectChanges(plan, { [official]: ["delete", "create"], [ours]: ["delete", "create"] });
    await world.terraform.write("plan.json", JSON.stringify(plan.json));
    const reviewed = await execute(
      join(ROOT, "dist", "bin", "cdktf-zenlayer"),
      ["review", "--format", "markdown", "plan.json"],
      { cwd: world.terraform.directory },
    );
    expect(reviewed.code).toBe(2);
    expect(reviewed.stdout).toMatch(/^### 🚨/m);
    expect(reviewed.stdout).toContain(machine?.instanceId ?? "no machine");
    expect(deeds()).toEqual(["vm CreateInstances"]);
  });
});

describe("the guide", () => {
  test("its samples buy a machine of each kind, change it in place, and then there is nothing to do", async () => {
    await start(BUYING);
    await world.mustApply();
    expect([...deeds()].sort()).toEqual(["bmc CreateInstances", "vm CreateInstances"]);
    expect([...specification()].sort()).toEqual([
      "ModifyInstanceBandwidth",
      "ModifyInstanceTrafficPackage",
      "ModifyInstanceType",
    ]);
    const [web, edge] = ["web", "edge"].map((name) =>
      world.simulator.machines.find(({ instanceName }) => instanceName === name),
    );
    expect(web).toMatchObject({ instanceType: "c.4c8g", bandwidth: 200, imageId: "img-ubuntu", systemDiskSize: 50 });
    expect(edge).toMatchObject({ trafficPackageSize: 12.5, imageId: "img-debian", hostname: "edge" });
    expectNoChanges(await world.terraform.plan());

    // What its lists keep from happening: other values, and none at all.
    const other = BUYING.replace('"img-ubuntu"', '"img-other"').replace('"c.2c4g"', '"c.1c2g"');
    await configure(other.replace(/^ +hostname +=.*\n/m, "").replace(/^ +image_id +=.*debian.*\n/m, ""));
    expectNoChanges(await world.terraform.plan());
  });

  test("renames in place, and lets go of the machines", async () => {
    await start(unlocked(BUYING));
    await world.mustApply();
    world.simulator.clearRequests();
    await configure(unlocked(BUYING).replace('= "web"\n', '= "web-2"\n'));
    expectChanges(await world.mustApply(), { [VM]: ["update"] });
    expect(deeds()).toEqual(["vm ModifyInstancesAttribute"]);
    expect(world.simulator.machines.map(({ instanceName }) => instanceName)).toContain("web-2");

    // Bare metal by subscription is only cancelled; a virtual machine too, which that provider takes for a failure.
    world.simulator.clearRequests();
    await configure("");
    const destroyed = await world.terraform.apply();
    expect(destroyed.exitCode).toBe(1);
    expect(told(destroyed)).toMatch(/status is not recycle, current status RUNNING/);
    expect([...deeds()].sort()).toEqual(["bmc TerminateInstance", "vm TerminateInstance"]);
    expect(specification()).toEqual([]);
  });

  test("its samples for an import change settings only and call nothing", async () => {
    await start(IMPORTING);
    const hardware = { partitions: [{ fsPath: "/", fsType: "ext4", size: 100 }], raidConfig: { raidType: 1 } };
    world.simulator.changeOutOfBand("900000000000000002", hardware);
    const plan = await world.mustApply();
    expectChanges(plan, { [VM]: ["import", "update"], [BMC]: ["import", "update"] });
    expect(await world.terraform.describePlan(plan)).toContain(
      "Plan: 2 to import, 0 to add, 2 to change, 0 to destroy.",
    );
    expect([deeds(), specification()]).toEqual([[], []]);
    expectNoChanges(await world.terraform.plan());
  });
});

describe("what the official provider does to an imported machine otherwise", () => {
  /** The samples for an import, of one machine, without `prevent_destroy` and with one attribute off the list. */
  const importing = (attribute: string, address: string): string =>
    unlocked(IMPORTING)
      .split(/\n(?=import \{|resource )/)
      .filter((block) => block.includes(address.split(".")[0] ?? ""))
      .join("\n")
      .replace(/ignore_changes = \[(.*?)\]/gs, (_list, names: string) => {
        const kept = names
          .replace(/#.*$/gm, "")
          .split(",")
          .map((name) => name.trim());
        return `ignore_changes = [${kept.filter((name) => name !== "" && name !== attribute).join(", ")}]`;
      });

  test.each([
    ["subnet_id", VM],
    ["gateway_mode", BMC],
    ["traffic_package_size", BMC],
  ])("an import without %s of %s is planned as a new machine", async (attribute, address) => {
    await start(importing(attribute, address));
    const plan = await world.terraform.plan();
    expect(plan.changeFor(address).change.actions).toEqual(["delete", "create"]);
    expect(plan.changeFor(address).change.replace_paths).toEqual([[attribute]]);
  });

  test.each([
    ["image_id", VM, ["vm StopInstances", "vm ResetInstance"]],
    ["image_id", BMC, ["bmc ReinstallInstance"]],
    ["hostname", BMC, ["bmc ReinstallInstance"]],
    ["raid_config_type", BMC, ["bmc ReinstallInstance"]],
    ["partitions", BMC, ["bmc ReinstallInstance"]],
  ])("left out, %s of %s erases it while the plan says update", async (attribute, address, expected) => {
    await start(importing(attribute, address));
    const hardware = { partitions: [{ fsPath: "/", fsType: "ext4", size: 100 }], raidConfig: { raidType: 1 } };
    world.simulator.changeOutOfBand("900000000000000002", hardware);
    const plan = await world.terraform.plan();
    expect(plan.changeFor(address).change.actions).toEqual(["update"]);
    await world.terraform.applyPlan(plan);
    expect(deeds()).toEqual(expected);
  });

  test("the size of the system disk is required", async () => {
    await start(IMPORTING.replace(/ +system_disk_size.*\n/, ""));
    const plan = await world.terraform.plan();
    expect(told(plan)).toMatch(/"system_disk_size" is required/);
  });

  test("bare metal has no instance_type to ignore", async () => {
    await start(
      IMPORTING.replace("traffic_package_size, gateway_mode", "instance_type, traffic_package_size, gateway_mode"),
    );
    expect(told(await world.terraform.plan())).toMatch(
      /no argument, nested block, or exported attribute named "instance_type"/,
    );
  });

  test("without any list both machines would be replaced", async () => {
    await start(unlocked(IMPORTING).replace(/ignore_changes = \[.*?\]/gs, ""));
    expectChanges(await world.terraform.plan(), {
      [VM]: ["import", "delete", "create"],
      [BMC]: ["import", "delete", "create"],
    });
  });
});
