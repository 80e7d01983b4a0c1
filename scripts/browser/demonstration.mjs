// Real plans of the real Terraform against a simulated account: what browser tests and screenshots show.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../tasks/root.mjs";

const require = createRequire(join(ROOT, "package.json"));
const load = (room) => require(join(ROOT, "dist", "lib", room, "index.js"));

/** A fixed day, so that pictures made anew look the same. */
const TODAY = "2026-03-10T09:00:00Z";
const FAST = { firstInterval: 5, minimumInterval: 5, maximumInterval: 40, gracePeriod: 400 };

const REQUIRED = `terraform {
  required_providers {
    zenlayer = {
      source = "registry.terraform.io/cdktf-zenlayer/zenlayer"
    }
  }
}
`;

const vm = (id, name, more) => ({
  product: "vm",
  instanceId: `90000000000000000${id}`,
  instanceName: name,
  zoneId: "SEL-A",
  instanceType: "c.4c8g",
  internetChargeType: "ByBandwidth",
  bandwidth: 100,
  autoRenew: true,
  expiredTime: "2026-03-28T16:00:00Z",
  ...more,
});
const bmc = (id, name, more) => ({
  product: "bmc",
  instanceId: `90000000000000000${id}`,
  instanceName: name,
  zoneId: "FRA-A",
  instanceType: "MDE",
  internetChargeType: "ByTrafficPackage",
  autoRenew: true,
  expiredTime: "2026-04-05T16:00:00Z",
  ...more,
});

/** Everything that a report can show of changes: at once and later, charged and not, cancelled, by usage, waiting from before, a hook. */
export const ROLLOUT = {
  fleet: [
    vm(1, "web-1", { instanceType: "c.2c4g" }),
    vm(2, "web-2", { bandwidth: 400 }),
    vm(3, "api-1", { instanceChargeType: "POSTPAID", expiredTime: null }),
    vm(4, "cache-1", { scheduled: { bandwidth: 50 } }),
    vm(5, "files-1", { bandwidth: 300, scheduled: { bandwidth: 200 } }),
    bmc(6, "edge-1", { trafficPackageSize: 5 }),
    bmc(7, "edge-2", { trafficPackageSize: 20 }),
  ],
  cash: 2_400,
  specifications: [
    ["zenlayer_vm_instance_spec", "web_1", 1, { instance_type: "c.4c8g", internet_max_bandwidth_out: 200 }, 600],
    ["zenlayer_vm_instance_spec", "web_2", 2, { internet_max_bandwidth_out: 150 }],
    ["zenlayer_vm_instance_spec", "api_1", 3, { internet_max_bandwidth_out: 300 }],
    ["zenlayer_vm_instance_spec", "cache_1", 4, { internet_max_bandwidth_out: 100 }],
    ["zenlayer_vm_instance_spec", "files_1", 5, { internet_max_bandwidth_out: 200 }],
    ["zenlayer_bmc_traffic_package", "edge_1", 6, { traffic_package_size: 10 }],
    ["zenlayer_bmc_traffic_package", "edge_2", 7, { traffic_package_size: 12.5 }],
  ],
  hook: "web_1",
};

/** A few machines for the pictures of the report: an upgrade at once, two downgrades at different dates, one from before. */
export const SHOWCASE = {
  fleet: [
    vm(1, "web-1", {}),
    vm(2, "web-2", { bandwidth: 400 }),
    vm(3, "files-1", { bandwidth: 300, scheduled: { bandwidth: 200 } }),
    bmc(4, "edge-1", { trafficPackageSize: 20 }),
  ],
  cash: 2_400,
  guarded: true,
  specifications: [
    ["zenlayer_vm_instance_spec", "web_1", 1, { internet_max_bandwidth_out: 200 }, 600],
    ["zenlayer_vm_instance_spec", "web_2", 2, { internet_max_bandwidth_out: 150 }],
    ["zenlayer_vm_instance_spec", "files_1", 3, { internet_max_bandwidth_out: 200 }],
    ["zenlayer_bmc_traffic_package", "edge_1", 4, { traffic_package_size: 12.5 }],
  ],
  hook: "web_1",
};

/** Two machines: a plan that fits a terminal. */
export const TWO_MACHINES = {
  fleet: [vm(1, "web-1", {}), bmc(2, "edge-1", { trafficPackageSize: 20 })],
  cash: 2_400,
  guarded: true,
  specifications: [
    ["zenlayer_vm_instance_spec", "web", 1, { internet_max_bandwidth_out: 200 }, 500],
    ["zenlayer_bmc_traffic_package", "edge", 2, { traffic_package_size: 12.5 }],
  ],
};

/** Runs `use` with a workspace in which the machines are adopted already, and the changes of the story are wanted. */
export async function withDemonstration(story, use) {
  const { startSimulator } = load("simulator");
  const { createProvider } = load("provider");
  const { TerraformWorkspace } = load("testing");
  const simulator = await startSimulator({
    clock: { start: TODAY },
    knobs: { typeLatency: 20, bandwidthLatency: 20, packageLatency: 20 },
    fleet: story.fleet,
    account: { cash: story.cash },
  });
  let terraform;
  try {
    terraform = await TerraformWorkspace.create({
      providers: [createProvider({ env: simulator.env(), timing: FAST, home: "/nonexistent" })],
    });
    await terraform.write("main.tf", REQUIRED + story.specifications.map((each) => adopted(story, each)).join("\n"));
    await terraform.write("smoke.sh", "exit 0\n");
    const first = await terraform.apply();
    if (first.exitCode !== 0) throw new Error(first.stdout);
    await terraform.write("main.tf", REQUIRED + wanted(story));
    return await use({ simulator, terraform });
  } finally {
    await terraform?.dispose();
    await simulator.stop();
  }
}

/** Plans, and writes the plan's JSON and its log. */
export async function savePlan(terraform, directory, name) {
  const plan = await terraform.plan();
  if (plan.exitCode === 1) throw new Error(plan.stdout);
  const files = { plan: join(directory, `${name}.json`), log: join(directory, `${name}.log`) };
  writeFileSync(files.plan, (await terraform.run(["show", "-json", plan.file])).stdout);
  writeFileSync(files.log, plan.stdout);
  return { ...files, made: plan };
}

/** The specification that the machine has already, scheduled changes included where the story leaves them alone. */
function adopted(story, [type, name, id, desired, limit]) {
  const machine = story.fleet.find(({ instanceId }) => instanceId.endsWith(String(id)));
  const values = Object.fromEntries(
    Object.keys(desired).map((axis) => {
      if (axis === "instance_type") return [axis, machine.instanceType];
      if (axis === "traffic_package_size") return [axis, machine.trafficPackageSize];
      return [axis, machine.scheduled?.bandwidth ?? machine.bandwidth];
    }),
  );
  const guard = story.guarded && limit !== undefined ? { max_immediate_charge: limit } : {};
  return (
    block("import", [], { to: raw(`${type}.${name}`), id: machine.instanceId }) +
    resource(type, name, machine, { ...values, ...guard })
  );
}

function wanted(story) {
  const machineOf = (id) => story.fleet.find(({ instanceId }) => instanceId.endsWith(String(id)));
  const resources = story.specifications.map(([type, name, id, desired, limit]) =>
    resource(type, name, machineOf(id), {
      ...desired,
      ...(limit === undefined ? {} : { max_immediate_charge: limit }),
    }),
  );
  const quotes = story.specifications.map(([type, name, id, desired]) =>
    block("data", [type === "zenlayer_vm_instance_spec" ? "zenlayer_vm_spec_quote" : `${type}_quote`, name], {
      instance_id: machineOf(id).instanceId,
      ...desired,
    }),
  );
  const hook =
    story.hook === undefined
      ? ""
      : `resource "terraform_data" "smoke_test" {
  triggers_replace = [zenlayer_vm_instance_spec.${story.hook}.change_count]
  provisioner "local-exec" {
    command = "sh smoke.sh"
  }
}
`;
  return [...resources, ...quotes, hook, block("data", ["zenlayer_balance", "account"], {})].join("\n");
}

function resource(type, name, machine, values) {
  return block("resource", [type, name], { instance_id: machine.instanceId, ...values });
}

function block(kind, labels, values) {
  const lines = Object.entries(values).map(
    ([key, value]) => `  ${key} = ${typeof value === "object" ? value.raw : JSON.stringify(value)}`,
  );
  return `${kind} ${labels.map((label) => JSON.stringify(label)).join(" ")} {\n${lines.join("\n")}\n}\n`;
}

function raw(text) {
  return { raw: text };
}
