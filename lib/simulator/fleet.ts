// Machines from a description, with defaults for what is left out, and changes made by another hand.
import { applyCatalogue, AXIS_FIELDS, axisState } from "./axis";
import { findResource } from "./catalogue";
import { addMonths, formatTime } from "./durations";
import { SimulatorError } from "./errors";
import { startExecution } from "./transitions";
import { AXES, type Account, type AxisState, type Machine, type Product } from "./types";
import type { World } from "./world";

/** Targets of changes that are scheduled or being executed already. */
export interface PendingValues {
  instanceType?: string;
  /** Mbps. */
  bandwidth?: number;
  /** TB. */
  trafficPackageSize?: number;
}

/** A machine as described by a test or a fleet file: everything is optional. */
export interface MachineSpec extends Partial<Omit<Machine, "axes" | "underway">> {
  /** Changes waiting for the next billing cycle. */
  readonly scheduled?: PendingValues;
  /** Changes being executed. */
  readonly processing?: PendingValues;
}

/** A whole fleet: what a fleet file holds. */
export interface FleetSpec {
  readonly machines: readonly MachineSpec[];
  readonly account?: Partial<Pick<Account, "accountUid" | "cash" | "credit" | "frozen">>;
  /** Type or model → list price per month. */
  readonly prices?: Readonly<Record<string, number>>;
}

/** Puts a machine into the world, with defaults for whatever the description leaves out. */
export function addMachine(world: World, spec: MachineSpec): Machine {
  const product: Product = spec.product ?? "vm";
  const instanceId = spec.instanceId ?? world.newInstanceId();
  if (world.machines.has(instanceId)) throw new SimulatorError(`The simulator has a machine ${instanceId} already.`);
  const name = spec.instanceName ?? `${product === "vm" ? "vm" : "bm"}-${instanceId.slice(-4)}`;
  const zoneId = spec.zoneId ?? (product === "vm" ? "SEL-A" : "MOW-B");
  const instanceType = spec.instanceType ?? (product === "vm" ? "c.4c8g" : "MDE");
  const instanceChargeType = spec.instanceChargeType ?? "PREPAID";
  const internetChargeType = spec.internetChargeType ?? (product === "vm" ? "ByBandwidth" : "ByTrafficPackage");
  const prepaid = instanceChargeType === "PREPAID";
  const period = prepaid ? (spec.period ?? 1) : null;
  const packaged = prepaid && internetChargeType === "ByTrafficPackage";
  const resource = product === "bmc" ? findResource(world.catalogue, zoneId, instanceType) : undefined;
  const now = world.clock.milliseconds();
  const octet = (world.machines.size % 250) + 1;
  const machine: Machine = {
    product,
    instanceId,
    instanceName: name,
    hostname: name,
    zoneId,
    instanceType,
    instanceStatus: "RUNNING",
    instanceChargeType,
    internetChargeType,
    bandwidth: product === "vm" ? 100 : 50,
    trafficPackageSize: packaged ? (product === "vm" ? 5 : 10) : null,
    freeBandwidth: resource?.defaultBandwidthOut ?? (product === "bmc" ? 50 : 0),
    freeTrafficPackage: resource?.defaultTrafficPackageSize ?? (product === "bmc" ? 5 : 0),
    maximumBandwidth: 10_000,
    maximumTrafficPackage: null,
    cpuCount: 1,
    memory: 1,
    period,
    createTime: formatTime(now),
    expiredTime: prepaid ? formatTime(addMonths(now, period ?? 1)) : null,
    autoRenew: prepaid,
    resourceGroupId: "rg-sim-1",
    resourceGroupName: "default",
    imageId: product === "vm" ? "img-sim-1" : "img-sim-2",
    imageName: "sim-linux",
    subnetId: product === "vm" ? "subnet-sim-1" : null,
    keyId: null,
    nicWanName: product === "vm" ? "eth0" : "wan0",
    nicLanName: product === "vm" ? "eth1" : "lan0",
    systemDiskSize: 50,
    systemDiskCategory: "SSD",
    dataDisks: [],
    securityGroupIds: product === "vm" ? ["sg-sim-1"] : [],
    ipxeUrl: null,
    partitions: [],
    raidConfig: null,
    enableGatewayMode: false,
    publicIpAddresses: [`192.0.2.${octet}`],
    publicIpv6Addresses: [],
    privateIpAddresses: product === "vm" ? [`10.0.0.${octet}`] : [],
    tags: [],
    underway: null,
    axes: { type: idle<string>(), bandwidth: idle<number>(), package: idle<number>() },
  };
  applyCatalogue(machine, world.catalogue);
  assignFields(machine, spec);
  world.machines.set(instanceId, machine);
  applyPending(world, machine, spec);
  return machine;
}

/** Someone else changed the machine: values, status, and pending changes (null or an empty object takes them away). */
export interface OutOfBandChange extends Partial<Omit<Machine, "axes" | "underway" | "product" | "instanceId">> {
  readonly scheduled?: PendingValues | null;
  readonly processing?: PendingValues | null;
}

/** Changes a machine as if by another hand: no order, no charge, no rule. */
export function changeMachine(world: World, machine: Machine, change: OutOfBandChange): void {
  assignFields(machine, change);
  if (change.instanceType !== undefined) applyCatalogue(machine, world.catalogue);
  for (const axis of AXES) {
    if (change.scheduled !== undefined) machine.axes[axis].scheduled = null;
    if (change.processing !== undefined) machine.axes[axis].inFlight = null;
  }
  applyPending(world, machine, change);
}

function assignFields(machine: Machine, values: MachineSpec | OutOfBandChange): void {
  for (const [name, value] of Object.entries(values) as [string, unknown][]) {
    if (value === undefined || name === "scheduled" || name === "processing" || name === "axes") continue;
    // Another hand has the last word: what was under way does not overtake it.
    if (name === "instanceStatus") machine.underway = null;
    const isTime = (name === "expiredTime" || name === "createTime") && typeof value === "string";
    Object.assign(machine, { [name]: isTime ? formatTime(Date.parse(value)) : value });
  }
}

function applyPending(world: World, machine: Machine, { scheduled, processing }: OutOfBandChange): void {
  for (const axis of AXES) {
    const plan = scheduled?.[AXIS_FIELDS[axis]];
    if (plan !== undefined) axisState(machine, axis).scheduled = { target: plan, orderNumber: null };
    const target = processing?.[AXIS_FIELDS[axis]];
    if (target !== undefined) startExecution(world, machine, axis, target, null);
  }
}

function idle<Value extends string | number>(): AxisState<Value> {
  return { inFlight: null, scheduled: null, before: null, stale: null };
}
