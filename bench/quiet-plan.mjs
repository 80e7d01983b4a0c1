// How many calls of the API a plan makes that has nothing to do. Zenlayer limits requests per second, so this decides how large a fleet can be planned.
import { createProvider } from "../dist/lib/provider/index.js";
import { startSimulator } from "../dist/lib/simulator/index.js";
import { expectNoChanges, expectSuccess, TerraformWorkspace } from "../dist/lib/testing/index.js";

const SIZE = 100;

const id = (index) => String(900_000_000_000_000_001n + BigInt(index));

function fleet(product) {
  const billing = product === "vm" ? { internetChargeType: "ByBandwidth", bandwidth: 100 } : { trafficPackageSize: 10 };
  return Array.from({ length: SIZE }, (_, index) => ({ product, instanceId: id(index), ...billing }));
}

function configuration(machines) {
  const blocks = machines.map(({ product, instanceId }, index) =>
    product === "vm"
      ? `resource "zenlayer_vm_instance_spec" "m${index}" {\n  instance_id = "${instanceId}"\n  internet_max_bandwidth_out = 100\n}`
      : `resource "zenlayer_bmc_traffic_package" "m${index}" {\n  instance_id = "${instanceId}"\n  traffic_package_size = 10\n}`,
  );
  const source = "registry.terraform.io/cdktf-zenlayer/zenlayer";
  return `terraform {\n  required_providers {\n    zenlayer = { source = "${source}" }\n  }\n}\n\n${blocks.join("\n\n")}\n`;
}

async function callsOfQuietPlan(product) {
  const machines = fleet(product);
  const simulator = await startSimulator({ fleet: machines });
  const provider = createProvider({ env: simulator.env(), home: "/nonexistent" });
  const terraform = await TerraformWorkspace.create({
    files: { "main.tf": configuration(machines) },
    providers: [provider],
  });
  try {
    expectSuccess(await terraform.apply());
    simulator.clearRequests();
    const started = performance.now();
    expectNoChanges(await terraform.plan());
    const milliseconds = performance.now() - started;
    const counts = {};
    for (const { action } of simulator.requests) counts[action] = (counts[action] ?? 0) + 1;
    return { counts, milliseconds };
  } finally {
    await terraform.dispose();
    await simulator.stop();
  }
}

/** The bounds of the design: n/5 + 2 lists, two status calls per VM and one per BMC machine, and nothing else. */
const LIMITS = {
  vm: { DescribeInstances: SIZE / 5 + 2, DescribeInstanceTypeStatus: SIZE, DescribeInstanceInternetStatus: SIZE },
  bmc: { DescribeInstances: SIZE / 5 + 2, DescribeInstanceInternetStatus: SIZE },
};

export async function quietPlan() {
  let kept = true;
  for (const [product, limits] of Object.entries(LIMITS)) {
    const { counts, milliseconds } = await callsOfQuietPlan(product);
    for (const action of new Set([...Object.keys(limits), ...Object.keys(counts)])) {
      const count = counts[action] ?? 0;
      const limit = limits[action] ?? 0;
      kept &&= count <= limit;
      console.log(`quiet plan, ${SIZE} ${product}  ${action}: ${count} (limit ${limit})`);
    }
    console.log(`quiet plan, ${SIZE} ${product}  ${(milliseconds / SIZE).toFixed(1)} ms per machine`);
  }
  return kept;
}
