// The virtual machine that most tests of the provider adopt: PREPAID, flat rate, in the middle of its month by the simulated clock.
import type { MachineSpec } from "../../lib/simulator";

export const SAMPLE_ID = "900000000000000001";

export const SAMPLE_VM = {
  product: "vm",
  instanceId: SAMPLE_ID,
  instanceName: "web-1",
  instanceType: "c.4c8g",
  instanceChargeType: "PREPAID",
  internetChargeType: "ByBandwidth",
  bandwidth: 400,
  expiredTime: "2026-02-01T00:00:00Z",
  autoRenew: true,
} as const satisfies MachineSpec;
