// What chance decides in a round of the fault harness: the machine, what is desired of it, how the service behaves and what goes wrong.
import type { Axis, Desired } from "../../lib/engine";
import type { Fault, FaultKind, Knobs, Machine, OutOfBandChange, MachineSpec, Product } from "../../lib/simulator";
import type { Random } from "./random";

const TYPES = ["c.1c2g", "c.2c4g", "c.4c8g", "c.8c16g", "g.4c16g", "m.2c16g", "s.2c4g"];
const WRITE_FAULTS: readonly FaultKind[] = [
  "drop_before",
  "drop_after",
  "reset_before",
  "reset_after",
  "hold",
  "hold_after",
  "rate_limit",
  "status_500_before",
  "status_500_after",
  "status_503",
  "status_503_after",
  "status_504",
  "status_504_after",
  "challenge",
  "blocked_451",
  "empty_204",
  "truncated",
  "not_json",
  "redirect",
  "foreign",
];

/** @param lagging whether reads show the past for a while after each change */
export function randomKnobs(random: Random, lagging: boolean): Partial<Knobs> {
  return {
    typeLatency: random.pick([0, 400, 20_000, 120_000]),
    bandwidthLatency: random.pick([0, 300, 2_000, 45_000]),
    packageLatency: random.pick([0, 300, 2_000]),
    readLag: lagging ? random.integer(0, 6) : 0,
    cancelReadLag: lagging ? random.integer(0, 3) : 0,
    describeInstancesLag: random.integer(0, 3),
    orderNumber: random.pick(["present", "present", "absent", "empty"]),
    nulls: random.pick(["null", "absent", "empty"]),
    numbersAsStrings: random.chance(0.3),
    settledTarget: random.pick(["null", "current"]),
    equalValue: random.pick(["accept", "refuse"]),
    equalPriceTypeChange: random.pick(["immediate", "scheduled"]),
    planBlocksOtherAxes: random.chance(0.1),
    processingBlocksOtherAxes: random.chance(0.2),
    failInFlight: random.chance(0.1) ? "all" : "none",
    unpaidOrders: random.chance(0.1),
    insufficientBalance: random.chance(0.05),
    proration: random.pick(["thirtyDays", "thirtyDays", "full"]),
  };
}

export function randomMachine(random: Random, product: Product, instanceId: string): MachineSpec {
  const prepaid = random.chance(0.75);
  const packaged = random.chance(0.4);
  const vm = product === "vm";
  const bandwidth = random.pick([50, 100, 200, 400]);
  return {
    product,
    instanceId,
    instanceName: "managed",
    ...(vm ? { instanceType: random.pick(TYPES) } : {}),
    instanceChargeType: prepaid ? "PREPAID" : "POSTPAID",
    internetChargeType: packaged ? "ByTrafficPackage" : "ByBandwidth",
    bandwidth: random.chance(0.05) ? 0 : bandwidth,
    ...(packaged ? { trafficPackageSize: random.pick([5, 10, 20]) } : {}),
    autoRenew: random.chance(0.9),
    ...(prepaid ? { period: random.pick([1, 1, 3, 6, 12]) } : {}),
    instanceStatus: random.chance(0.05) ? random.pick(["STOPPED", "REBOOT"]) : "RUNNING",
    ...(random.chance(0.2) && prepaid ? { scheduled: packaged ? { trafficPackageSize: 6 } : { bandwidth: 20 } } : {}),
    ...(random.chance(0.1) ? { processing: { bandwidth: 300 } } : {}),
  };
}

export function randomDesire(random: Random, machine: Machine): Desired {
  const { product } = machine;
  const axes: Axis[] =
    product === "vm"
      ? ["instance_type", "internet_max_bandwidth_out", "traffic_package_size"]
      : [random.pick(["internet_max_bandwidth_out", "traffic_package_size"] as const)];
  const managed = axes.filter((axis) => {
    if (axis === "traffic_package_size" && machine.trafficPackageSize === null) return random.chance(0.05);
    return product === "bmc" || random.chance(0.6);
  });
  return Object.fromEntries(
    managed.map((axis) => {
      if (axis === "instance_type") return [axis, random.pick(TYPES)];
      if (axis === "traffic_package_size") return [axis, random.pick([5, 5.05, 10, 12.5, 20, 40])];
      return [axis, random.pick([20, 50, 100, 150, 200, 300, 400, 800, 1800])];
    }),
  );
}

/** What somebody does in the console. */
export function randomChange(random: Random, product: Product): OutOfBandChange {
  return random.pick([
    { bandwidth: random.pick([30, 250, 500]) },
    { scheduled: { bandwidth: 10 } },
    { scheduled: null },
    { processing: { bandwidth: 350 } },
    { instanceStatus: random.pick(["REBOOT", "STOPPED", "RUNNING"]) },
    ...(product === "vm" ? [{ instanceType: random.pick(TYPES) }] : []),
  ]);
}

/** What goes wrong with the calls of one apply. */
export function randomFaults(random: Random): readonly Fault[] {
  const lies = random.chance(0.25) ? random.integer(1, 3) : 0;
  const faults = random.pick([0, 1, 1, 2]);
  return [
    ...Array.from({ length: lies }, () => randomLie(random)),
    ...Array.from({ length: faults }, () => randomFault(random)),
  ];
}

function randomFault(random: Random): Fault {
  const write = random.chance(0.8);
  const kind = random.pick(WRITE_FAULTS);
  return {
    kind,
    action: write
      ? random.pick(["Modify*", "Modify*", "Modify*", "Cancel*"])
      : random.pick(["Describe*", "InquiryPrice*"]),
    times: random.pick([1, 1, 2, 5]),
    skip: write ? random.pick([0, 0, 0, 1]) : random.integer(0, 8),
    ...(random.chance(0.5) ? { retryAfter: random.pick([1, 5, 30]) } : {}),
    ...(random.chance(0.3) ? { orderNumber: random.pick(["text", "number", "list"]) } : {}),
    ...(kind === "foreign" ? { status: random.pick([400, 408, 425, 499]), executed: random.chance(0.5) } : {}),
  };
}

/** A few answers come from a server that lags behind, or that does not know the machine. */
function randomLie(random: Random): Fault {
  return {
    ...(random.chance(0.8)
      ? { kind: "stale", action: random.pick(["Describe*", "DescribeInstanceInternetStatus"]) }
      : { kind: "left_out", action: "DescribeInstances" }),
    times: random.integer(1, 4),
    skip: random.integer(0, 20),
  };
}
