// Fleet files: every field of a machine with what it may hold, and clear errors that name the field.
import { SimulatorError } from "./errors";
import { type Body, isObject, isText } from "./fields";
import type { FleetSpec, MachineSpec } from "./fleet";

/** Every field of a machine in a fleet file. */
export const MACHINE_FIELDS: Readonly<Record<keyof MachineSpec, keyof typeof KINDS>> = {
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

interface Kind {
  readonly allowed: string;
  readonly test: (value: unknown) => boolean;
}

/** A number ≥ 0. */
export const isAmount = (value: unknown): value is number => Number.isFinite(value) && Number(value) >= 0;
const isInteger = (value: unknown): boolean => Number.isInteger(value) && isAmount(value);

function listOf(test: (item: Body) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every((item) => isObject(item) && test(item));
}

function orNull({ allowed, test }: Kind): Kind {
  return { allowed: `${allowed}, or null`, test: (value) => value === null || test(value) };
}

const TEXT: Kind = { allowed: "a text", test: isText };
const NUMBER: Kind = { allowed: "a number ≥ 0", test: isAmount };
const TIME: Kind = {
  allowed: "a time such as 2026-01-01T00:00:00Z",
  test: (value) => isText(value) && !Number.isNaN(Date.parse(value)),
};

const KINDS = {
  text: TEXT,
  textOrNull: orNull(TEXT),
  number: NUMBER,
  numberOrNull: orNull(NUMBER),
  integer: { allowed: "a whole number ≥ 0", test: isInteger },
  integerOrNull: orNull({ allowed: "a whole number ≥ 1", test: (value) => isInteger(value) && value !== 0 }),
  time: TIME,
  timeOrNull: orNull(TIME),
  boolean: { allowed: "true or false", test: (value) => typeof value === "boolean" },
  texts: { allowed: "a list of texts", test: (value) => Array.isArray(value) && value.every(isText) },
  tags: {
    allowed: "a list of objects with key and value",
    test: listOf((tag) => isText(tag["key"]) && isText(tag["value"])),
  },
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
  raidOrNull: orNull({
    allowed: "an object with raidType or customRaids",
    test: (value) => isObject(value) && (isInteger(value["raidType"]) || Array.isArray(value["customRaids"])),
  }),
  pending: {
    allowed: "an object with instanceType, bandwidth or trafficPackageSize",
    test: (value) =>
      isObject(value) &&
      Object.entries(value).every(([name, target]) =>
        name === "instanceType"
          ? isText(target)
          : name === "bandwidth"
            ? isInteger(target)
            : name === "trafficPackageSize" && isAmount(target),
      ),
  },
} satisfies Record<string, Kind>;

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  product: ["vm", "bmc"],
  instanceChargeType: ["PREPAID", "POSTPAID"],
};

/** A fleet from parsed JSON: an object with `machines`, or just the list. Errors name the field. */
export function parseFleet(value: unknown): FleetSpec {
  const fleet = Array.isArray(value) ? { machines: value as unknown[] } : value;
  if (!isObject(fleet)) throw new SimulatorError("The fleet must be an object with machines, or a list of machines.");
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
  if (!isObject(value)) throw wrong(where, value, "an object");
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
  if (!isObject(value)) throw wrong(where, value, "an object");
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
