// Machines from a description: defaults for what is left out, and clear errors that name the field (fleet files, addMachine).
import { applyCatalogue } from "./axis";
import { findResource } from "./catalogue";
import { addMonths, formatTime } from "./durations";
import { SimulatorError } from "./errors";
import { startExecution } from "./transitions";
import { AXES, type Account, type Axis, type AxisState, type Machine, type Product } from "./types";
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
export interface MachineSpec extends Partial<Omit<Machine, "axes">> {
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

type Kind =
  | "text"
  | "number"
  | "integer"
  | "boolean"
  | "texts"
  | "tags"
  | "pending"
  | "time"
  | "numberOrNull"
  | "timeOrNull"
  | "integerOrNull";

/** Every field of a machine in a fleet file. */
export const MACHINE_FIELDS: Readonly<Record<keyof MachineSpec, Kind>> = {
  product: "text",
  instanceId: "text",
  instanceName: "text",
  hostname: "text",
  zoneId: "text",
  instanceType: "text",
  instanceStatus: "text",
  instanceChargeType: "text",
  internetChargeType: "text",
  bandwidth: "integer",
  trafficPackageSize: "numberOrNull",
  freeBandwidth: "integer",
  freeTrafficPackage: "number",
  maximumBandwidth: "integer",
  maximumTrafficPackage: "numberOrNull",
  cpuCount: "integer",
  memory: "integer",
  period: "integerOrNull",
  createTime: "time",
  expiredTime: "timeOrNull",
  autoRenew: "boolean",
  resourceGroupId: "text",
  resourceGroupName: "text",
  imageId: "text",
  imageName: "text",
  subnetId: "text",
  systemDiskSize: "integer",
  publicIpAddresses: "texts",
  privateIpAddresses: "texts",
  tags: "tags",
  scheduled: "pending",
  processing: "pending",
};

const isText = (value: unknown): boolean => typeof value === "string";
const isAmount = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value) && value >= 0;
const isInteger = (value: unknown): boolean => Number.isInteger(value) && isAmount(value);
const isTime = (value: unknown): boolean => typeof value === "string" && !Number.isNaN(Date.parse(value));
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const KINDS: Readonly<Record<Kind, { readonly allowed: string; readonly test: (value: unknown) => boolean }>> = {
  text: { allowed: "a text", test: isText },
  number: { allowed: "a number ≥ 0", test: isAmount },
  integer: { allowed: "a whole number ≥ 0", test: isInteger },
  boolean: { allowed: "true or false", test: (value) => typeof value === "boolean" },
  texts: { allowed: "a list of texts", test: (value) => Array.isArray(value) && value.every(isText) },
  time: { allowed: "a time such as 2026-01-01T00:00:00Z", test: isTime },
  numberOrNull: { allowed: "a number ≥ 0, or null", test: (value) => value === null || isAmount(value) },
  integerOrNull: {
    allowed: "a whole number ≥ 1, or null",
    test: (value) => value === null || (isInteger(value) && value !== 0),
  },
  timeOrNull: {
    allowed: "a time such as 2026-01-01T00:00:00Z, or null",
    test: (value) => value === null || isTime(value),
  },
  tags: {
    allowed: "a list of objects with key and value",
    test: (value) =>
      Array.isArray(value) && value.every((tag) => isRecord(tag) && isText(tag["key"]) && isText(tag["value"])),
  },
  pending: {
    allowed: "an object with instanceType, bandwidth or trafficPackageSize",
    test: (value) =>
      isRecord(value) &&
      Object.entries(value).every(([name, target]) =>
        name === "instanceType"
          ? isText(target)
          : name === "bandwidth"
            ? isInteger(target)
            : name === "trafficPackageSize" && isAmount(target),
      ),
  },
};

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  product: ["vm", "bmc"],
  instanceChargeType: ["PREPAID", "POSTPAID"],
};

/** A fleet from parsed JSON: an object with `machines`, or just the list. Errors name the field. */
export function parseFleet(value: unknown): FleetSpec {
  const fleet = Array.isArray(value) ? { machines: value as unknown[] } : value;
  if (!isRecord(fleet)) throw new SimulatorError("The fleet must be an object with machines, or a list of machines.");
  for (const name of Object.keys(fleet)) {
    if (!["machines", "account", "prices"].includes(name)) throw unknownField(name, "machines, account, prices");
  }
  const { machines } = fleet;
  if (!Array.isArray(machines)) throw wrong("machines", machines, "a list of machines");
  checkNumbers("account", fleet["account"], ["cash", "credit", "frozen"]);
  checkNumbers("prices", fleet["prices"]);
  const ids = new Set<string>();
  machines.forEach((machine, index) => {
    const spec = parseMachine(machine, `machines[${index}]`);
    if (spec.instanceId === undefined) return;
    if (ids.has(spec.instanceId))
      throw new SimulatorError(`machines[${index}].instanceId: ${spec.instanceId} is used twice.`);
    ids.add(spec.instanceId);
  });
  return fleet as unknown as FleetSpec;
}

/** One machine description from outside; `where` starts the error messages. */
export function parseMachine(value: unknown, where: string): MachineSpec {
  if (!isRecord(value)) throw wrong(where, value, "an object");
  for (const [name, field] of Object.entries(value)) {
    if (!Object.hasOwn(MACHINE_FIELDS, name))
      throw unknownField(`${where}.${name}`, Object.keys(MACHINE_FIELDS).join(", "));
    const kind = KINDS[MACHINE_FIELDS[name as keyof MachineSpec]];
    if (!kind.test(field)) throw wrong(`${where}.${name}`, field, kind.allowed);
    const choices = CHOICES[name];
    if (choices?.includes(field as string) === false) throw wrong(`${where}.${name}`, field, choices.join(" or "));
  }
  return value;
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
    subnetId: "subnet-sim-1",
    systemDiskSize: 50,
    publicIpAddresses: [`192.0.2.${octet}`],
    privateIpAddresses: product === "vm" ? [`10.0.0.${octet}`] : [],
    tags: [],
    axes: { type: idle<string>(), bandwidth: idle<number>(), package: idle<number>() },
  };
  applyCatalogue(machine, world.catalogue);
  assignFields(machine, spec);
  world.machines.set(instanceId, machine);
  applyPending(world, machine, spec);
  return machine;
}

/** Someone else changed the machine: values, status, and pending changes (null or an empty object takes them away). */
export interface OutOfBandChange extends Partial<Omit<Machine, "axes" | "product" | "instanceId">> {
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

function assignFields(
  machine: Machine,
  values: Readonly<Record<string, unknown>> | MachineSpec | OutOfBandChange,
): void {
  for (const [name, value] of Object.entries(values as Readonly<Record<string, unknown>>)) {
    if (value === undefined || name === "scheduled" || name === "processing" || name === "axes") continue;
    Object.assign(machine, {
      [name]:
        (name === "expiredTime" || name === "createTime") && typeof value === "string"
          ? formatTime(Date.parse(value))
          : value,
    });
  }
}

const PENDING_AXES: Readonly<Record<keyof PendingValues, Axis>> = {
  instanceType: "type",
  bandwidth: "bandwidth",
  trafficPackageSize: "package",
};

function applyPending(
  world: World,
  machine: Machine,
  pending: { readonly scheduled?: PendingValues | null; readonly processing?: PendingValues | null },
): void {
  for (const [name, target] of Object.entries(pending.scheduled ?? {})) {
    const state = machine.axes[PENDING_AXES[name as keyof PendingValues]] as AxisState;
    state.scheduled = { target: target as string | number, orderNumber: null };
  }
  for (const [name, target] of Object.entries(pending.processing ?? {})) {
    const axis = PENDING_AXES[name as keyof PendingValues];
    startExecution(world, machine, axis, target as string | number, null, world.clock.milliseconds());
  }
}

function idle<Value extends string | number>(): AxisState<Value> {
  return { inFlight: null, scheduled: null, before: null, stale: null };
}

function checkNumbers(where: string, value: unknown, names?: readonly string[]): void {
  if (value === undefined) return;
  if (!isRecord(value)) throw wrong(where, value, "an object");
  for (const [name, amount] of Object.entries(value)) {
    if (names !== undefined && name === "accountUid" && isText(amount)) continue;
    if (names !== undefined && !names.includes(name))
      throw unknownField(`${where}.${name}`, ["accountUid", ...names].join(", "));
    if (!isAmount(amount)) throw wrong(`${where}.${name}`, amount, "a number ≥ 0");
  }
}

function wrong(where: string, value: unknown, allowed: string): SimulatorError {
  return new SimulatorError(`${where}: ${JSON.stringify(value) ?? "nothing"} is not ${allowed}.`);
}

function unknownField(where: string, known: string): SimulatorError {
  return new SimulatorError(`${where}: there is no such field. Fields: ${known}.`);
}
