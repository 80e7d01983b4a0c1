// Fleet files: every field of a machine with what it may hold, and clear errors that name the field.
import { SimulatorError } from "./errors";
import type { FleetSpec, MachineSpec } from "./fleet";

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
  | "integerOrNull"
  | "textOrNull"
  | "partitions"
  | "dataDisks"
  | "raidOrNull";

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
  imageId: "textOrNull",
  imageName: "textOrNull",
  subnetId: "textOrNull",
  keyId: "textOrNull",
  nicWanName: "text",
  nicLanName: "text",
  systemDiskSize: "integer",
  systemDiskCategory: "text",
  dataDisks: "dataDisks",
  securityGroupIds: "texts",
  ipxeUrl: "textOrNull",
  partitions: "partitions",
  raidConfig: "raidOrNull",
  enableGatewayMode: "boolean",
  publicIpAddresses: "texts",
  publicIpv6Addresses: "texts",
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

function listOf(test: (item: Record<string, unknown>) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every((item) => isRecord(item) && test(item));
}

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
  textOrNull: { allowed: "a text, or null", test: (value) => value === null || isText(value) },
  partitions: {
    allowed: "a list of objects with fsPath, fsType and size",
    test: listOf((item) => isText(item["fsPath"]) && isText(item["fsType"]) && isInteger(item["size"])),
  },
  dataDisks: {
    allowed: "a list of objects with diskId, diskName, diskSize, diskCategory and portable",
    test: listOf(
      (item) => isText(item["diskId"]) && isInteger(item["diskSize"]) && typeof item["portable"] === "boolean",
    ),
  },
  raidOrNull: {
    allowed: "an object with raidType or customRaids, or null",
    test: (value) =>
      value === null || (isRecord(value) && (isInteger(value["raidType"]) || Array.isArray(value["customRaids"]))),
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
