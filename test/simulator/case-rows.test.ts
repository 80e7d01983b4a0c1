// Every row of the case tables of zenlayer-api 5.2, against the simulator itself.
import { type MachineSpec, type Order, type Simulator, startSimulator } from "../../lib/simulator";
import { call } from "./client";

let sim: Simulator;
beforeEach(async () => {
  sim = await startSimulator({ clock: { start: "2026-01-01T00:00:00Z", speed: 0 } });
});
afterEach(() => sim.stop());

type Axis = Order["axis"];
type Outcome =
  | { readonly effect: "charged" | "scheduled" | "free" }
  | { readonly effect: "nothing" }
  | { readonly effect: "refused"; readonly status: number; readonly code: string };

interface Row {
  readonly id: string;
  readonly machine: MachineSpec;
  readonly axis: Axis;
  readonly to: string | number;
  readonly outcome: Outcome;
}

const charged: Outcome = { effect: "charged" };
const scheduled: Outcome = { effect: "scheduled" };
const free: Outcome = { effect: "free" };
const nothing: Outcome = { effect: "nothing" };
const refused = (status: number, code: string): Outcome => ({ effect: "refused", status, code });
const notForCharge = refused(403, "OPERATION_DENIED_INTERNET_CHARGE_TYPE_NOT_SUPPORT");
const notChanged = refused(400, "INVALID_INSTANCE_TYPE_NOT_CHANGED");
const noPackage = refused(403, "OPERATION_FAILED_INSTANCE_NOT_EXIST_TRAFFIC_PACKAGE");

const vm = (spec: MachineSpec): MachineSpec => ({ product: "vm", instanceType: "c.4c8g", ...spec });
const bmc = (spec: MachineSpec): MachineSpec => ({ product: "bmc", ...spec });
const POSTPAID = "POSTPAID";
const CAPS = ["ByInstanceBandwidth95", "ByClusterBandwidth95", "BandwidthCluster"];
const BMC_CAPS = ["ByInstanceBandwidth95", "ByClusterBandwidth95", "ByBandwidthCluster"];

const TYPE_ROWS: Row[] = ["ByBandwidth", "ByTrafficPackage", ...CAPS].flatMap((internetChargeType): Row[] => [
  { id: "VT1", machine: vm({ internetChargeType }), axis: "type", to: "c.8c16g", outcome: charged },
  { id: "VT2", machine: vm({ internetChargeType }), axis: "type", to: "c.2c4g", outcome: scheduled },
  { id: "VT3", machine: vm({ internetChargeType }), axis: "type", to: "c.4c8g", outcome: notChanged },
  {
    id: "VT5 up",
    machine: vm({ internetChargeType, instanceChargeType: POSTPAID }),
    axis: "type",
    to: "c.8c16g",
    outcome: free,
  },
  {
    id: "VT5 down",
    machine: vm({ internetChargeType, instanceChargeType: POSTPAID }),
    axis: "type",
    to: "c.2c4g",
    outcome: free,
  },
  {
    id: "VT6",
    machine: vm({ internetChargeType, instanceChargeType: POSTPAID }),
    axis: "type",
    to: "c.4c8g",
    outcome: notChanged,
  },
]);

const bandwidth = (id: string, machine: MachineSpec, to: number, outcome: Outcome): Row => ({
  id,
  machine,
  axis: "bandwidth",
  to,
  outcome,
});
const traffic = (id: string, machine: MachineSpec, to: number, outcome: Outcome): Row => ({
  id,
  machine,
  axis: "package",
  to,
  outcome,
});

const ROWS: Row[] = [
  ...TYPE_ROWS,
  bandwidth("VB1", vm({ bandwidth: 100 }), 200, charged),
  bandwidth("VB2", vm({ bandwidth: 100 }), 50, scheduled),
  bandwidth("VB3", vm({ bandwidth: 100 }), 100, nothing),
  bandwidth("VB4", vm({ bandwidth: 100, instanceChargeType: POSTPAID }), 200, free),
  bandwidth("VB5", vm({ bandwidth: 100, instanceChargeType: POSTPAID }), 50, free),
  bandwidth("VB6", vm({ bandwidth: 100, instanceChargeType: POSTPAID }), 100, nothing),
  ...["PREPAID", POSTPAID].flatMap((instanceChargeType) => [
    bandwidth("VB7 up", vm({ bandwidth: 100, instanceChargeType, internetChargeType: "ByTrafficPackage" }), 200, free),
    bandwidth("VB7 down", vm({ bandwidth: 100, instanceChargeType, internetChargeType: "ByTrafficPackage" }), 50, free),
    ...CAPS.flatMap((internetChargeType) => [
      bandwidth("VB8 up", vm({ bandwidth: 100, instanceChargeType, internetChargeType }), 200, free),
      bandwidth("VB8 down", vm({ bandwidth: 100, instanceChargeType, internetChargeType }), 50, free),
      bandwidth("VB9", vm({ bandwidth: 100, instanceChargeType, internetChargeType }), 100, nothing),
    ]),
  ]),
  bandwidth("VB10 flat rate", vm({ bandwidth: 0 }), 500, scheduled),
  bandwidth("VB10 postpaid", vm({ bandwidth: 0, instanceChargeType: POSTPAID }), 500, free),
  bandwidth("VB10 package", vm({ bandwidth: 0, internetChargeType: "ByTrafficPackage" }), 500, free),
  traffic("VP1", vm({ internetChargeType: "ByTrafficPackage", trafficPackageSize: 5 }), 7.3, charged),
  traffic("VP2", vm({ internetChargeType: "ByTrafficPackage", trafficPackageSize: 5 }), 0, scheduled),
  traffic("VP3", vm({ internetChargeType: "ByTrafficPackage", trafficPackageSize: 5 }), 5, nothing),
  traffic(
    "VP4",
    vm({ internetChargeType: "ByTrafficPackage", instanceChargeType: POSTPAID, trafficPackageSize: 5 }),
    6,
    noPackage,
  ),
  traffic("VP5", vm({ internetChargeType: "ByBandwidth" }), 6, notForCharge),
  ...CAPS.map((internetChargeType) => traffic("VP6", vm({ internetChargeType }), 6, notForCharge)),
  traffic("BP1", bmc({ trafficPackageSize: 10 }), 10.15, charged),
  traffic("BP2", bmc({ trafficPackageSize: 10 }), 5, scheduled),
  traffic("BP3", bmc({ trafficPackageSize: 10 }), 10, nothing),
  traffic("BP4", bmc({ instanceChargeType: POSTPAID, trafficPackageSize: 10 }), 12, noPackage),
  traffic("BP5", bmc({ internetChargeType: "ByBandwidth" }), 12, notForCharge),
  ...BMC_CAPS.map((internetChargeType) => traffic("BP6", bmc({ internetChargeType }), 12, notForCharge)),
  bandwidth("BB1", bmc({ internetChargeType: "ByBandwidth", bandwidth: 50 }), 200, charged),
  bandwidth("BB2", bmc({ internetChargeType: "ByBandwidth", bandwidth: 200 }), 50, scheduled),
  ...["PREPAID", POSTPAID].flatMap((instanceChargeType) => [
    bandwidth("BB3 up", bmc({ internetChargeType: "ByBandwidth", instanceChargeType, bandwidth: 20 }), 50, free),
    bandwidth("BB3 down", bmc({ internetChargeType: "ByBandwidth", instanceChargeType, bandwidth: 50 }), 20, free),
  ]),
  bandwidth("BB4", bmc({ internetChargeType: "ByBandwidth", bandwidth: 200 }), 200, nothing),
  bandwidth(
    "BB5 up",
    bmc({ internetChargeType: "ByBandwidth", instanceChargeType: POSTPAID, bandwidth: 200 }),
    300,
    free,
  ),
  bandwidth(
    "BB5 down",
    bmc({ internetChargeType: "ByBandwidth", instanceChargeType: POSTPAID, bandwidth: 200 }),
    100,
    free,
  ),
  ...["ByTrafficPackage", ...BMC_CAPS].flatMap((internetChargeType) => [
    bandwidth("BB6 up", bmc({ internetChargeType, bandwidth: 100 }), 200, free),
    bandwidth("BB6 down", bmc({ internetChargeType, bandwidth: 100 }), 50, free),
  ]),
  bandwidth("BB7", bmc({ internetChargeType: "ByBandwidth", bandwidth: 0 }), 500, scheduled),
];

const ACTION: Readonly<Record<Axis, string>> = {
  type: "ModifyInstanceType",
  bandwidth: "ModifyInstanceBandwidth",
  package: "ModifyInstanceTrafficPackage",
};

async function modify(row: Row, instanceId: string) {
  const product = row.machine.product ?? "vm";
  const bandwidthField = product === "vm" ? "internetMaxBandwidthOut" : "bandwidthOutMbps";
  const field = { type: "instanceTypeId", bandwidth: bandwidthField, package: "trafficPackageSize" }[row.axis];
  return call(sim, ACTION[row.axis], { instanceId, [field]: row.to }, { service: product });
}

async function status(axis: Axis, product: string, instanceId: string) {
  const action = axis === "type" ? "DescribeInstanceTypeStatus" : "DescribeInstanceInternetStatus";
  const { answer } = await call(sim, action, { instanceId }, { service: product });
  const [current, modified, word] = {
    type: ["instanceType", "modifiedInstanceType", "modifiedInstanceTypeStatus"],
    bandwidth: ["internetMaxBandwidthOut", "modifiedInternetMaxBandwidthOut", "modifiedBandwidthStatus"],
    package: ["trafficPackageSize", "modifiedTrafficPackageSize", "modifiedTrafficPackageStatus"],
  }[axis];
  return [answer[current ?? ""], answer[modified ?? ""], answer[word ?? ""]];
}

test.each(
  ROWS.map(
    (row) =>
      [
        `${row.id} ${row.machine.instanceChargeType ?? "PREPAID"} ${row.machine.internetChargeType ?? ""}`,
        row,
      ] as const,
  ),
)("%s", async (_name, row) => {
  const machine = sim.addMachine(row.machine);
  const { instanceId, product } = machine;
  const [before] = await status(row.axis, product, instanceId);
  const cash = sim.account.cash;
  const reply = await modify(row, instanceId);
  const order = sim.orders[0];
  switch (row.outcome.effect) {
    case "refused":
      expect([reply.status, reply.code]).toEqual([row.outcome.status, row.outcome.code]);
      expect(reply.json.response).toBeUndefined();
      expect(sim.orders).toHaveLength(0);
      expect(sim.account.cash).toBe(cash);
      return;
    case "nothing":
      expect([reply.status, reply.answer.orderNumber]).toEqual([200, ""]);
      expect(sim.orders).toHaveLength(0);
      expect(await status(row.axis, product, instanceId)).toEqual([before, null, "Enable"]);
      return;
    case "scheduled":
      expect(order).toMatchObject({
        number: reply.answer.orderNumber,
        kind: "scheduled_decrease",
        state: "scheduled",
        amount: 0,
      });
      expect(await status(row.axis, product, instanceId)).toEqual([before, row.to, "WaitToEnable"]);
      expect(sim.account.cash).toBe(cash);
      sim.rollCycle(instanceId);
      expect(await status(row.axis, product, instanceId)).toEqual([row.to, null, "Enable"]);
      expect(sim.orders[0]?.state).toBe("applied");
      return;
    case "charged":
    case "free":
      expect(order).toMatchObject({
        number: reply.answer.orderNumber,
        kind: row.outcome.effect === "free" ? "immediate" : "increase",
      });
      expect(order?.number).toMatch(/^\d{16,}$/);
      if (row.outcome.effect === "charged") expect(order?.amount).toBeGreaterThan(0);
      else expect(order?.amount).toBe(0);
      expect(sim.account.cash).toBeCloseTo(cash - (order?.amount ?? 0), 2);
      expect(await status(row.axis, product, instanceId)).toEqual([before, row.to, "Processing"]);
      sim.advance("20s");
      expect(await status(row.axis, product, instanceId)).toEqual([row.to, null, "Enable"]);
      expect(sim.orders[0]?.state).toBe("applied");
  }
});

test.each([
  ["immediate", "increase"],
  ["scheduled", "scheduled_decrease"],
] as const)("VT4: a type of the same list price is %s by choice", async (choice, kind) => {
  sim.setPrice("g.2c8g", 56);
  sim.knobs.equalPriceTypeChange = choice;
  const { instanceId } = sim.addMachine(vm({}));
  const reply = await call(sim, "ModifyInstanceType", { instanceId, instanceTypeId: "g.2c8g" });
  expect(reply.status).toBe(200);
  expect(sim.orders).toMatchObject([{ kind, amount: 0 }]);
});

test("every row id of the tables is covered", () => {
  const ids = new Set([...ROWS.map((row) => row.id.split(" ")[0]), "VT4"]);
  const expected = [
    ...[1, 2, 3, 4, 5, 6].map((n) => `VT${n}`),
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `VB${n}`),
    ...[1, 2, 3, 4, 5, 6].map((n) => `VP${n}`),
    ...[1, 2, 3, 4, 5, 6].map((n) => `BP${n}`),
    ...[1, 2, 3, 4, 5, 6, 7].map((n) => `BB${n}`),
  ];
  expect([...ids].sort()).toEqual(expected.sort());
});
