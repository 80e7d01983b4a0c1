// The case tables of zenlayer-api 5.2 as data: a machine, what is wanted of it, and what the row says comes of it.
import type { MachineSpec } from "../../lib/simulator";

type Axis = "instance_type" | "internet_max_bandwidth_out" | "traffic_package_size";
type ResourceType = "zenlayer_vm_instance_spec" | "zenlayer_bmc_traffic_package" | "zenlayer_bmc_bandwidth";

/** What an accepted call does: as `changes` says it, and the kind of order that Zenlayer places. */
interface Outcome {
  readonly direction: "upgrade" | "downgrade" | "lateral";
  readonly takesEffect: "immediately" | "next_billing_cycle" | "decided_by_zenlayer";
  readonly charge: "charged_now" | "none" | "usage_based" | "unknown";
  readonly order: "increase" | "scheduled_decrease" | "immediate";
}

export interface Row {
  readonly id: string;
  readonly what: string;
  readonly name: string;
  readonly instanceId: string;
  readonly machine: MachineSpec;
  readonly type: ResourceType;
  readonly axis: Axis;
  readonly action: string;
  /** Field of the call that carries the value. */
  readonly field: string;
  readonly from: string | number | null;
  readonly to: string | number;
  readonly outcome: Outcome | "refused" | "equal";
}
export type ChangeRow = Row & { readonly outcome: Outcome };

export function isChange(row: Row): row is ChangeRow {
  return typeof row.outcome !== "string";
}

export function addressOf(row: Row): string {
  return `${row.type}.${row.name}`;
}

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`);

/** All ids of the tables. */
export const ROW_IDS = [
  ...numbered("VT", 6),
  ...numbered("VB", 10),
  ...numbered("VP", 6),
  ...numbered("BP", 6),
  ...numbered("BB", 7),
];

const CHARGED: Outcome = { direction: "upgrade", takesEffect: "immediately", charge: "charged_now", order: "increase" };
const SCHEDULED: Outcome = {
  direction: "downgrade",
  takesEffect: "next_billing_cycle",
  charge: "none",
  order: "scheduled_decrease",
};
const byUse = (direction: Outcome["direction"]): Outcome => ({
  direction,
  takesEffect: "immediately",
  charge: "usage_based",
  order: "immediate",
});
const unbilled = (direction: Outcome["direction"]): Outcome => ({ ...byUse(direction), charge: "none" });

const VM_BILLING = [
  "ByBandwidth",
  "ByTrafficPackage",
  "ByInstanceBandwidth95",
  "ByClusterBandwidth95",
  "BandwidthCluster",
];
const VM_CAPS = VM_BILLING.slice(2);
const BMC_CAPS = ["ByInstanceBandwidth95", "ByClusterBandwidth95", "ByBandwidthCluster"];
const BOTH = ["PREPAID", "POSTPAID"];

type Draft = Omit<Row, "name" | "instanceId" | "what">;

function vmType(
  id: string,
  instanceChargeType: string,
  internetChargeType: string,
  to: string,
  outcome: Row["outcome"],
): Draft {
  return {
    id,
    machine: { product: "vm", instanceChargeType, internetChargeType, instanceType: "c.4c8g", bandwidth: 100 },
    type: "zenlayer_vm_instance_spec",
    axis: "instance_type",
    action: "ModifyInstanceType",
    field: "instanceTypeId",
    from: "c.4c8g",
    to,
    outcome,
  };
}

function bandwidth(product: "vm" | "bmc") {
  return (
    id: string,
    instanceChargeType: string,
    internetChargeType: string,
    from: number,
    to: number,
    outcome: Row["outcome"],
  ): Draft => ({
    id,
    machine: { product, instanceChargeType, internetChargeType, bandwidth: from },
    type: product === "vm" ? "zenlayer_vm_instance_spec" : "zenlayer_bmc_bandwidth",
    axis: "internet_max_bandwidth_out",
    action: "ModifyInstanceBandwidth",
    field: product === "vm" ? "internetMaxBandwidthOut" : "bandwidthOutMbps",
    from,
    to,
    outcome,
  });
}

function traffic(product: "vm" | "bmc") {
  return (
    id: string,
    instanceChargeType: string,
    internetChargeType: string,
    from: number | null,
    to: number,
    outcome: Row["outcome"],
  ): Draft => ({
    id,
    machine: { product, instanceChargeType, internetChargeType, trafficPackageSize: from },
    type: product === "vm" ? "zenlayer_vm_instance_spec" : "zenlayer_bmc_traffic_package",
    axis: "traffic_package_size",
    action: "ModifyInstanceTrafficPackage",
    field: "trafficPackageSize",
    from,
    to,
    outcome,
  });
}

const vb = bandwidth("vm");
const bb = bandwidth("bmc");
const vp = traffic("vm");
const bp = traffic("bmc");

const DRAFTS: readonly Draft[] = [
  // The network billing has no influence on a type change.
  ...VM_BILLING.flatMap((billing) => [
    vmType("VT1", "PREPAID", billing, "c.8c16g", CHARGED),
    vmType("VT2", "PREPAID", billing, "c.2c4g", SCHEDULED),
    vmType("VT3", "PREPAID", billing, "c.4c8g", "equal"),
    vmType("VT5", "POSTPAID", billing, "c.8c16g", byUse("upgrade")),
    vmType("VT5", "POSTPAID", billing, "c.2c4g", byUse("downgrade")),
    vmType("VT6", "POSTPAID", billing, "c.4c8g", "equal"),
  ]),
  // g.2c8g has the same list price here.
  vmType("VT4", "PREPAID", "ByBandwidth", "g.2c8g", {
    direction: "lateral",
    takesEffect: "decided_by_zenlayer",
    charge: "unknown",
    order: "increase",
  }),

  vb("VB1", "PREPAID", "ByBandwidth", 100, 200, CHARGED),
  vb("VB2", "PREPAID", "ByBandwidth", 100, 50, SCHEDULED),
  vb("VB3", "PREPAID", "ByBandwidth", 100, 100, "equal"),
  vb("VB4", "POSTPAID", "ByBandwidth", 100, 200, byUse("upgrade")),
  vb("VB5", "POSTPAID", "ByBandwidth", 100, 50, byUse("downgrade")),
  vb("VB6", "POSTPAID", "ByBandwidth", 100, 100, "equal"),
  ...BOTH.flatMap((charge) => [
    vb("VB7", charge, "ByTrafficPackage", 100, 200, unbilled("upgrade")),
    vb("VB7", charge, "ByTrafficPackage", 100, 50, unbilled("downgrade")),
    vb("VB9", charge, "ByTrafficPackage", 100, 100, "equal"),
    ...VM_CAPS.flatMap((billing) => [
      vb("VB8", charge, billing, 100, 200, unbilled("upgrade")),
      vb("VB8", charge, billing, 100, 50, unbilled("downgrade")),
      vb("VB9", charge, billing, 100, 100, "equal"),
    ]),
  ]),
  vb("VB10", "PREPAID", "ByBandwidth", 0, 500, SCHEDULED),
  vb("VB10", "POSTPAID", "ByBandwidth", 0, 500, byUse("downgrade")),
  vb("VB10", "PREPAID", "ByTrafficPackage", 0, 500, unbilled("downgrade")),

  vp("VP1", "PREPAID", "ByTrafficPackage", 5, 7.3, CHARGED),
  vp("VP2", "PREPAID", "ByTrafficPackage", 5, 0, SCHEDULED),
  vp("VP3", "PREPAID", "ByTrafficPackage", 5, 5, "equal"),
  vp("VP4", "POSTPAID", "ByTrafficPackage", 5, 6, "refused"),
  vp("VP4", "POSTPAID", "ByTrafficPackage", null, 6, "refused"),
  ...BOTH.map((charge) => vp("VP5", charge, "ByBandwidth", null, 6, "refused")),
  ...BOTH.flatMap((charge) => VM_CAPS.map((billing) => vp("VP6", charge, billing, null, 6, "refused"))),

  bp("BP1", "PREPAID", "ByTrafficPackage", 10, 10.15, CHARGED),
  bp("BP2", "PREPAID", "ByTrafficPackage", 10, 5, SCHEDULED),
  bp("BP3", "PREPAID", "ByTrafficPackage", 10, 10, "equal"),
  bp("BP4", "POSTPAID", "ByTrafficPackage", 10, 12, "refused"),
  bp("BP4", "POSTPAID", "ByTrafficPackage", null, 12, "refused"),
  ...BOTH.map((charge) => bp("BP5", charge, "ByBandwidth", null, 12, "refused")),
  ...BOTH.flatMap((charge) => BMC_CAPS.map((billing) => bp("BP6", charge, billing, null, 12, "refused"))),

  // The free bandwidth of the model is 50 Mbps.
  bb("BB1", "PREPAID", "ByBandwidth", 50, 200, CHARGED),
  bb("BB2", "PREPAID", "ByBandwidth", 200, 50, SCHEDULED),
  bb("BB2", "PREPAID", "ByBandwidth", 200, 100, SCHEDULED),
  ...BOTH.flatMap((charge) => [
    bb("BB3", charge, "ByBandwidth", 20, 50, unbilled("upgrade")),
    bb("BB3", charge, "ByBandwidth", 50, 20, unbilled("downgrade")),
  ]),
  bb("BB4", "PREPAID", "ByBandwidth", 200, 200, "equal"),
  bb("BB5", "POSTPAID", "ByBandwidth", 200, 300, byUse("upgrade")),
  bb("BB5", "POSTPAID", "ByBandwidth", 200, 100, byUse("downgrade")),
  ...BOTH.flatMap((charge) =>
    ["ByTrafficPackage", ...BMC_CAPS].flatMap((billing) => [
      bb("BB6", charge, billing, 100, 200, unbilled("upgrade")),
      bb("BB6", charge, billing, 100, 50, unbilled("downgrade")),
    ]),
  ),
  bb("BB7", "PREPAID", "ByBandwidth", 0, 500, SCHEDULED),
  bb("BB7", "POSTPAID", "ByBandwidth", 0, 500, byUse("downgrade")),
  bb("BB7", "PREPAID", "ByTrafficPackage", 0, 500, unbilled("downgrade")),
];

export const ROWS: readonly Row[] = DRAFTS.map((draft, index) => ({
  ...draft,
  name: `${draft.id.toLowerCase()}_${index}`,
  instanceId: String(910_000_000_000_000_000n + BigInt(index)),
  what: `${draft.machine.instanceChargeType} ${draft.machine.internetChargeType} ${draft.from} → ${draft.to}`,
}));
