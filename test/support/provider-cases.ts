// What the provider does, step by step, as data: run by the driver and by Terraform, with equal outcomes.
import type { MachineSpec } from "../../lib/simulator";
import { SAMPLE_ID, SAMPLE_VM } from "./sample-vm";
import type { Step, StageOptions } from "./stages";

export interface ProviderCase extends StageOptions {
  readonly name: string;
  readonly steps: readonly Step[];
}

const ID = SAMPLE_ID;
const OTHER = "900000000000000002";

const PACKAGE: MachineSpec = {
  product: "bmc",
  instanceId: ID,
  instanceName: "edge-1",
  instanceChargeType: "PREPAID",
  internetChargeType: "ByTrafficPackage",
  trafficPackageSize: 5,
  expiredTime: "2026-02-01T00:00:00Z",
};
const FLAT: MachineSpec = { ...PACKAGE, internetChargeType: "ByBandwidth", bandwidth: 1000 };

const vm = (
  name: string,
  steps: readonly Step[],
  machine: Partial<MachineSpec> = {},
  more: Partial<StageOptions> = {},
) => ({
  name,
  type: "zenlayer_vm_instance_spec",
  simulator: {
    fleet: [
      { ...SAMPLE_VM, ...machine },
      { ...SAMPLE_VM, instanceId: OTHER, instanceName: "web-2", bandwidth: 100 },
    ],
  },
  steps,
  ...more,
});
const bmc = (name: string, type: string, machine: MachineSpec, steps: readonly Step[]) => ({
  name,
  type,
  simulator: { fleet: [machine] },
  steps,
});

/** Arguments of a VM by its bandwidth. */
const at = (bandwidth: number, more: Step["config"] = {}) => ({
  instance_id: ID,
  internet_max_bandwidth_out: bandwidth,
  ...more,
});
const ADOPT: Step = { config: at(400), import: ID };

export const PROVIDER_CASES: readonly ProviderCase[] = [
  vm("adopted by import as it is, then nothing", [ADOPT, ADOPT]),
  vm("adopted without import", [{ config: at(400) }, { config: at(400) }]),
  vm("upgraded, and downgraded at the next cycle", [
    ADOPT,
    { config: at(600) },
    { config: at(600) },
    { config: at(300) },
    { config: at(300) },
  ]),
  vm("a scheduled downgrade is cancelled, and goes elsewhere", [
    ADOPT,
    { config: at(200) },
    { config: at(400) },
    { config: at(200) },
    { config: at(500) },
  ]),
  vm("the cycle rolls over", [
    ADOPT,
    { config: at(200) },
    { config: at(200), before: (simulator) => simulator.rollCycle() },
    { config: at(200) },
  ]),
  vm("changed in the console, and forgotten by a removal", [
    ADOPT,
    { config: at(400), before: (simulator) => simulator.changeOutOfBand(ID, { bandwidth: 300 }) },
    { config: null },
  ]),
  vm("a removal cancels what is scheduled when asked to", [
    ADOPT,
    { config: at(200, { on_destroy: "cancel_scheduled" }) },
    { config: null },
  ]),
  vm("guards are edited without a call", [
    ADOPT,
    { config: at(400, { max_immediate_charge: 5, on_downgrade: "deny" }) },
    { config: at(400, { max_immediate_charge: 5, on_downgrade: "deny", timeouts: { update: "5m" } }) },
    { config: at(400) },
  ]),
  vm("guards refuse", [
    ADOPT,
    { config: at(800, { max_immediate_charge: 0.01 }) },
    { config: at(100, { on_downgrade: "deny" }) },
  ]),
  vm("type and bandwidth together", [
    ADOPT,
    { config: at(600, { instance_type: "c.8c16g" }) },
    { config: at(600, { instance_type: "c.8c16g" }) },
  ]),
  vm(
    "unlimited bandwidth is kept, a downgrade from it cancelled, and not set where it is lost",
    [
      { config: at(0), import: ID },
      { config: at(0), before: (simulator) => simulator.changeOutOfBand(ID, { scheduled: { bandwidth: 100 } }) },
      { config: at(0), before: (simulator) => simulator.changeOutOfBand(ID, { bandwidth: 300 }) },
    ],
    { bandwidth: 0 },
  ),
  vm("another machine", [ADOPT, { config: { instance_id: OTHER, internet_max_bandwidth_out: 150 } }]),
  vm("tainted", [ADOPT, { config: at(400), taint: true }]),
  vm("a machine that has gone", [
    ADOPT,
    { config: at(400), before: (simulator) => simulator.changeOutOfBand(ID, { instanceStatus: "RECYCLE" }) },
  ]),
  vm("the plan is stale", [
    ADOPT,
    { config: at(600), between: (simulator) => simulator.changeOutOfBand(ID, { bandwidth: 700 }) },
    { config: at(600) },
  ]),
  vm("a refused call", [
    ADOPT,
    {
      config: at(600),
      between: (simulator) =>
        simulator.fault({
          kind: "error",
          action: "ModifyInstanceBandwidth",
          code: "OPERATION_DENIED_INSTANCE_NOT_RUNNING",
        } as never),
    },
    { config: at(600) },
  ]),
  vm("read only", [ADOPT, { config: at(600) }], {}, { provider: { read_only: true } }),
  vm("what the configuration alone tells", [
    { config: { instance_id: ID, internet_max_bandwidth_out: -1 } },
    { config: { instance_id: null } },
    { config: at(400, { on_downgrade: "never", max_immediate_charge: -1, timeouts: { create: "soon" } }) },
    { config: { instance_id: "", internet_max_bandwidth_out: 1 } },
  ]),
  vm("a machine that does not exist", [
    { config: { instance_id: "900000000000000999", internet_max_bandwidth_out: 1 } },
    { config: at(400), import: "900000000000000999" },
  ]),
  vm("nothing managed", [{ config: { instance_id: ID }, import: ID }, { config: { instance_id: ID } }]),
  bmc("a traffic package grows and shrinks", "zenlayer_bmc_traffic_package", PACKAGE, [
    { config: { instance_id: ID, traffic_package_size: 5 }, import: ID },
    { config: { instance_id: ID, traffic_package_size: 7.5 } },
    { config: { instance_id: ID, traffic_package_size: 6.05 } },
    { config: { instance_id: ID, traffic_package_size: 6.05 } },
    { config: { instance_id: ID, traffic_package_size: 6.01 } },
    { config: { instance_id: ID, traffic_package_size: null } },
  ]),
  bmc("a machine by bandwidth is no traffic package", "zenlayer_bmc_traffic_package", FLAT, [
    { config: { instance_id: ID, traffic_package_size: 5 }, import: ID },
    { config: { instance_id: ID, traffic_package_size: 5 } },
  ]),
  bmc("bandwidth of a bare-metal machine", "zenlayer_bmc_bandwidth", FLAT, [
    { config: { instance_id: ID, internet_max_bandwidth_out: 1000 }, import: ID },
    { config: { instance_id: ID, internet_max_bandwidth_out: 2000 } },
    { config: { instance_id: ID, internet_max_bandwidth_out: 500 } },
  ]),
  bmc("a VM's resource for a bare-metal machine", "zenlayer_vm_instance_spec", FLAT, [
    { config: at(1000), import: ID },
    { config: at(1000) },
  ]),
];
