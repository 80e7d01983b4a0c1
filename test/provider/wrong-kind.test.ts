import type { MachineSpec } from "../../lib/simulator";
import { Driven } from "../support/driven";

const ID = "900000000000000001";

async function importAs(type: string, machine: Partial<MachineSpec>) {
  const driven = await Driven.start({ simulator: { fleet: [{ product: "bmc", instanceId: ID, ...machine }] } });
  try {
    return await driven.driver.importState(type, ID);
  } finally {
    await driven.stop();
  }
}

test("a machine billed by bandwidth is no traffic package, and the error names the resource for it", async () => {
  const { instance, diagnostics } = await importAs("zenlayer_bmc_traffic_package", {
    internetChargeType: "ByBandwidth",
  });
  expect(instance.state).toBeNull();
  expect(diagnostics).toEqual([
    {
      severity: "error",
      summary: `Machine ${ID} has no traffic_package_size, so it cannot be imported as zenlayer_bmc_traffic_package`,
      detail: "Its network is billed ByBandwidth. Import it as zenlayer_bmc_bandwidth.",
      path: [],
    },
  ]);
});

test.each([
  ["zenlayer_bmc_bandwidth", { internetChargeType: "ByBandwidth", bandwidth: 100 }],
  ["zenlayer_bmc_bandwidth", { internetChargeType: "ByTrafficPackage", bandwidth: 100, trafficPackageSize: 1 }],
  ["zenlayer_bmc_traffic_package", { internetChargeType: "ByTrafficPackage", trafficPackageSize: 1 }],
] as const)("%s takes a machine that has it (%#)", async (type, machine) => {
  const { instance, diagnostics } = await importAs(type, machine);
  expect(diagnostics).toEqual([]);
  expect(instance.state).toMatchObject({ instance_id: ID });
});
