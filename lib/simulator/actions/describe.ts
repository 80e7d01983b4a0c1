// DescribeInstances and DescribeInstancesStatus: filters, pages and entries (zenlayer-api 2.1–2.3).
import { Refusal } from "../errors";
import type { Fault } from "../faults";
import { type Body, type Field, numberOf, textOf, textsOf } from "../fields";
import { instanceEntry } from "../shapes";
import { catchUp } from "../transitions";
import type { Machine, Product, Tag } from "../types";
import type { World } from "../world";
import type { ActionDefinition } from "./action";

const PAGE_FIELDS: readonly Field[] = [
  { name: "pageNum", type: "integer", minimum: 1 },
  { name: "pageSize", type: "integer", minimum: 1, maximum: 1000 },
];

const IDS: Field = { name: "instanceIds", type: "strings", maximumItems: 100 };

/** Filters that compare one text with one property. */
const EQUAL_FILTERS: Readonly<Record<string, (machine: Machine) => string | null>> = {
  zoneId: (machine) => machine.zoneId,
  resourceGroupId: (machine) => machine.resourceGroupId,
  instanceType: (machine) => machine.instanceType,
  instanceTypeId: (machine) => machine.instanceType,
  internetChargeType: (machine) => machine.internetChargeType,
  imageId: (machine) => machine.imageId,
  subnetId: (machine) => machine.subnetId,
  instanceStatus: (machine) => machine.instanceStatus,
};

export function describeInstances(product: Product): ActionDefinition {
  const typeFilter = product === "vm" ? "instanceType" : "instanceTypeId";
  const equal = Object.keys(EQUAL_FILTERS).filter((name) => !/^instanceType/.test(name) || name === typeFilter);
  const fields: Field[] = [
    IDS,
    ...[...equal, "instanceName", ...(product === "bmc" ? ["hostname"] : ["keyId", "securityGroupId"])].map(
      (name): Field => ({ name, type: "string" }),
    ),
    { name: "publicIpAddresses", type: "strings" },
    { name: "privateIpAddresses", type: "strings" },
    { name: "tagKeys", type: "strings", maximumItems: 20 },
    { name: "tags", type: "objects", maximumItems: 20 },
    ...PAGE_FIELDS,
  ];
  return {
    fields,
    run: ({ world, body, fault }) => {
      const asked = equal.filter((name) => textOf(body, name) !== undefined);
      const found = candidates(world, product, body, fault).filter((machine) => matches(machine, body, asked));
      const { totalCount, page } = paginate(found, body);
      return { totalCount, dataSet: page.map((machine) => instanceEntry(world, machine, fault?.kind === "stale")) };
    },
  };
}

export const describeInstancesStatus: ActionDefinition = {
  fields: [IDS, ...PAGE_FIELDS],
  run: ({ world, body, fault }) => {
    const { totalCount, page } = paginate(candidates(world, "vm", body, fault), body);
    const dataSet = page.map(({ instanceId, instanceStatus }) => ({ instanceId, instanceStatus }));
    return { totalCount, dataSet };
  },
};

/** One page of a list, 20 entries unless asked otherwise. */
export function paginate<Item>(items: readonly Item[], body: Body): { totalCount: number; page: readonly Item[] } {
  const pageSize = numberOf(body, "pageSize") ?? 20;
  const start = ((numberOf(body, "pageNum") ?? 1) - 1) * pageSize;
  return { totalCount: items.length, page: items.slice(start, start + pageSize) };
}

function candidates(world: World, product: Product, body: Body, fault: Fault | null): Machine[] {
  const ids = textsOf(body, "instanceIds");
  const all = ids === undefined || ids.length === 0;
  const machines: Machine[] = [];
  for (const candidate of all ? world.machines.values() : new Set(ids)) {
    const machine = typeof candidate === "string" ? world.machines.get(candidate) : candidate;
    if (machine?.product === product && !isLeftOut(machine, fault)) machines.push(machine);
  }
  if (!all && machines.length === 0 && world.knobs.missingInstances === "error") {
    throw new Refusal(404, "INVALID_INSTANCE_NOT_FOUND", "The instance does not exist.");
  }
  const now = world.clock.milliseconds();
  for (const machine of machines) catchUp(world, machine, now);
  return machines;
}

function isLeftOut(machine: Machine, fault: Fault | null): boolean {
  return fault?.kind === "left_out" && (fault.instanceId ?? machine.instanceId) === machine.instanceId;
}

function matches(machine: Machine, body: Body, equal: readonly string[]): boolean {
  const key = textOf(body, "keyId");
  const group = textOf(body, "securityGroupId");
  return (
    equal.every((name) => EQUAL_FILTERS[name]?.(machine) === body[name]) &&
    (key === undefined || machine.keyId === key) &&
    (group === undefined || machine.securityGroupIds.includes(group)) &&
    nameMatches(machine.instanceName, textOf(body, "instanceName")) &&
    nameMatches(machine.hostname, textOf(body, "hostname")) &&
    shares(machine.publicIpAddresses, textsOf(body, "publicIpAddresses")) &&
    shares(machine.privateIpAddresses, textsOf(body, "privateIpAddresses")) &&
    hasTags(machine, body)
  );
}

function nameMatches(name: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  return wanted.endsWith("*") ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}

function shares(values: readonly string[], wanted: readonly string[] | undefined): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.some((value) => values.includes(value));
}

/** Every tag and every tag key asked for must be there (ASM). */
function hasTags(machine: Machine, body: Body): boolean {
  const keys = textsOf(body, "tagKeys") ?? [];
  const tags = (body["tags"] ?? []) as readonly Partial<Tag>[];
  const has = (key: string | undefined, value?: string): boolean =>
    machine.tags.some((tag) => tag.key === key && (value === undefined || tag.value === value));
  return keys.every((key) => has(key)) && tags.every((tag) => has(tag.key, tag.value));
}
