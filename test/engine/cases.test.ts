// Every row of the case tables of the API reference (5.2): direction, effect and charge, or a refusal, or nothing to do.
import { decide, type Desired, type Facts, type Machine, type Step } from "../../lib/engine";
import { EXPIRES, TYPES, bmc, settled, vm } from "./machines";

type Expected =
  "nothing" | { readonly refused: string } | Pick<Step, "action" | "direction" | "takesEffect" | "charge">;

interface Case {
  readonly row: string;
  readonly what: string;
  readonly machine: Machine;
  readonly desired: Desired;
  readonly facts?: Facts;
  readonly expected: Expected;
}

const type = (direction: Step["direction"], takesEffect: Step["takesEffect"], charge: Step["charge"]): Expected => ({
  action: "ModifyInstanceType",
  direction,
  takesEffect,
  charge,
});
const bandwidth = (
  direction: Step["direction"],
  takesEffect: Step["takesEffect"],
  charge: Step["charge"],
): Expected => ({
  action: "ModifyInstanceBandwidth",
  direction,
  takesEffect,
  charge,
});
const traffic = (direction: Step["direction"], takesEffect: Step["takesEffect"], charge: Step["charge"]): Expected => ({
  action: "ModifyInstanceTrafficPackage",
  direction,
  takesEffect,
  charge,
});

const CAP_ONLY_VM = ["ByInstanceBandwidth95", "ByClusterBandwidth95", "BandwidthCluster"];
const CAP_ONLY_BMC = ["ByInstanceBandwidth95", "ByClusterBandwidth95", "ByBandwidthCluster"];
const CHARGE_TYPES = ["PREPAID", "POSTPAID"];
const FREE = { freeBandwidth: 500, maximumBandwidth: 10000 };

const VM_TYPE: Case[] = [
  ...["ByBandwidth", "ByTrafficPackage", ...CAP_ONLY_VM].flatMap((internetChargeType): Case[] => [
    {
      row: "VT1",
      what: `PREPAID, dearer, ${internetChargeType}`,
      machine: vm({ internetChargeType }),
      desired: { instance_type: "c.8c16g" },
      expected: type("upgrade", "immediately", "charged_now"),
    },
    {
      row: "VT2",
      what: `PREPAID, cheaper, ${internetChargeType}`,
      machine: vm({ internetChargeType }),
      desired: { instance_type: "c.2c4g" },
      expected: type("downgrade", "next_billing_cycle", "none"),
    },
  ]),
  {
    row: "VT1",
    what: "PREPAID, dearer though it has fewer cores",
    machine: vm(),
    desired: { instance_type: "m.2c16g" },
    expected: type("upgrade", "immediately", "charged_now"),
  },
  { row: "VT3", what: "PREPAID, same type", machine: vm(), desired: { instance_type: "c.4c8g" }, expected: "nothing" },
  {
    row: "VT4",
    what: "PREPAID, equal list price",
    machine: vm(),
    desired: { instance_type: "g.2c8g" },
    expected: type("lateral", "decided_by_zenlayer", "unknown"),
  },
  {
    row: "VT5",
    what: "POSTPAID, dearer",
    machine: vm({ instanceChargeType: "POSTPAID" }),
    desired: { instance_type: "c.8c16g" },
    expected: type("upgrade", "immediately", "usage_based"),
  },
  {
    row: "VT5",
    what: "POSTPAID, cheaper",
    machine: vm({ instanceChargeType: "POSTPAID" }),
    desired: { instance_type: "c.2c4g" },
    expected: type("downgrade", "immediately", "usage_based"),
  },
  {
    row: "VT5",
    what: "POSTPAID, equal list price",
    machine: vm({ instanceChargeType: "POSTPAID" }),
    desired: { instance_type: "g.2c8g" },
    expected: type("lateral", "immediately", "usage_based"),
  },
  {
    row: "VT6",
    what: "POSTPAID, same type",
    machine: vm({ instanceChargeType: "POSTPAID" }),
    desired: { instance_type: "c.4c8g" },
    expected: "nothing",
  },
];

const VM_BANDWIDTH: Case[] = [
  {
    row: "VB1",
    what: "PREPAID, up",
    machine: vm(),
    desired: { internet_max_bandwidth_out: 500 },
    expected: bandwidth("upgrade", "immediately", "charged_now"),
  },
  {
    row: "VB2",
    what: "PREPAID, down",
    machine: vm(),
    desired: { internet_max_bandwidth_out: 100 },
    expected: bandwidth("downgrade", "next_billing_cycle", "none"),
  },
  {
    row: "VB3",
    what: "PREPAID, equal",
    machine: vm(),
    desired: { internet_max_bandwidth_out: 400 },
    expected: "nothing",
  },
  {
    row: "VB4",
    what: "POSTPAID, up",
    machine: vm({ instanceChargeType: "POSTPAID" }),
    desired: { internet_max_bandwidth_out: 500 },
    expected: bandwidth("upgrade", "immediately", "usage_based"),
  },
  {
    row: "VB5",
    what: "POSTPAID, down",
    machine: vm({ instanceChargeType: "POSTPAID" }),
    desired: { internet_max_bandwidth_out: 100 },
    expected: bandwidth("downgrade", "immediately", "usage_based"),
  },
  {
    row: "VB6",
    what: "POSTPAID, equal",
    machine: vm({ instanceChargeType: "POSTPAID" }),
    desired: { internet_max_bandwidth_out: 400 },
    expected: "nothing",
  },
  ...CHARGE_TYPES.flatMap((instanceChargeType) =>
    ["ByTrafficPackage", ...CAP_ONLY_VM].flatMap((internetChargeType): Case[] => {
      const machine = vm({ instanceChargeType, internetChargeType });
      const row = internetChargeType === "ByTrafficPackage" ? "VB7" : "VB8";
      const what = `${instanceChargeType}, ${internetChargeType}`;
      return [
        {
          row,
          what: `${what}, up`,
          machine,
          desired: { internet_max_bandwidth_out: 500 },
          expected: bandwidth("upgrade", "immediately", "none"),
        },
        {
          row,
          what: `${what}, down`,
          machine,
          desired: { internet_max_bandwidth_out: 100 },
          expected: bandwidth("downgrade", "immediately", "none"),
        },
        {
          row: "VB9",
          what: `${what}, equal`,
          machine,
          desired: { internet_max_bandwidth_out: 400 },
          expected: "nothing",
        },
      ];
    }),
  ),
  {
    row: "VB10",
    what: "PREPAID, from unlimited",
    machine: vm({ axes: { internet_max_bandwidth_out: settled(0) } }),
    desired: { internet_max_bandwidth_out: 1400 },
    expected: bandwidth("downgrade", "next_billing_cycle", "none"),
  },
  {
    row: "VB10",
    what: "POSTPAID, from unlimited",
    machine: vm({ instanceChargeType: "POSTPAID", axes: { internet_max_bandwidth_out: settled(0) } }),
    desired: { internet_max_bandwidth_out: 1400 },
    expected: bandwidth("downgrade", "immediately", "usage_based"),
  },
  {
    row: "VB10",
    what: "ByTrafficPackage, from unlimited",
    machine: vm({ internetChargeType: "ByTrafficPackage", axes: { internet_max_bandwidth_out: settled(0) } }),
    desired: { internet_max_bandwidth_out: 1400 },
    expected: bandwidth("downgrade", "immediately", "none"),
  },
];

function packageCases(prefix: "VP" | "BP", build: typeof vm, capOnly: readonly string[]): Case[] {
  const prepaid = build({ internetChargeType: "ByTrafficPackage" });
  const postpaid = build({ internetChargeType: "ByTrafficPackage", instanceChargeType: "POSTPAID" });
  return [
    {
      row: `${prefix}1`,
      what: "PREPAID, up",
      machine: prepaid,
      desired: { traffic_package_size: 10 },
      expected: traffic("upgrade", "immediately", "charged_now"),
    },
    {
      row: `${prefix}2`,
      what: "PREPAID, down",
      machine: prepaid,
      desired: { traffic_package_size: 2.5 },
      expected: traffic("downgrade", "next_billing_cycle", "none"),
    },
    {
      row: `${prefix}2`,
      what: "PREPAID, down to the free package",
      machine: prepaid,
      desired: { traffic_package_size: 2.5 },
      facts: { freePackage: 2.5 },
      expected: traffic("downgrade", "next_billing_cycle", "none"),
    },
    {
      row: `${prefix}3`,
      what: "PREPAID, equal",
      machine: prepaid,
      desired: { traffic_package_size: 5 },
      expected: "nothing",
    },
    {
      row: `${prefix}4`,
      what: "POSTPAID, up",
      machine: postpaid,
      desired: { traffic_package_size: 10 },
      expected: { refused: "package_postpaid" },
    },
    {
      row: `${prefix}4`,
      what: "POSTPAID, down",
      machine: postpaid,
      desired: { traffic_package_size: 2.5 },
      expected: { refused: "package_postpaid" },
    },
    ...CHARGE_TYPES.flatMap((instanceChargeType) =>
      ["ByBandwidth", ...capOnly].map((internetChargeType): Case => ({
        row: internetChargeType === "ByBandwidth" ? `${prefix}5` : `${prefix}6`,
        what: `${instanceChargeType}, ${internetChargeType}`,
        machine: build({ instanceChargeType, internetChargeType }),
        desired: { traffic_package_size: 10 },
        expected: { refused: "package_charge_type" },
      })),
    ),
  ];
}

const BMC_BANDWIDTH: Case[] = [
  {
    row: "BB1",
    what: "PREPAID, up from within the free bandwidth to above it",
    machine: bmc(),
    desired: { internet_max_bandwidth_out: 600 },
    facts: FREE,
    expected: bandwidth("upgrade", "immediately", "charged_now"),
  },
  {
    row: "BB1",
    what: "PREPAID, up, the free bandwidth unknown",
    machine: bmc(),
    desired: { internet_max_bandwidth_out: 450 },
    expected: bandwidth("upgrade", "immediately", "charged_now"),
  },
  {
    row: "BB2",
    what: "PREPAID, down from above the free bandwidth to within it",
    machine: bmc({ axes: { internet_max_bandwidth_out: settled(600) } }),
    desired: { internet_max_bandwidth_out: 100 },
    facts: FREE,
    expected: bandwidth("downgrade", "next_billing_cycle", "none"),
  },
  ...CHARGE_TYPES.flatMap((instanceChargeType): Case[] => [
    {
      row: "BB3",
      what: `${instanceChargeType}, up within the free bandwidth, up to its edge`,
      machine: bmc({ instanceChargeType }),
      desired: { internet_max_bandwidth_out: 500 },
      facts: FREE,
      expected: bandwidth("upgrade", "immediately", "none"),
    },
    {
      row: "BB3",
      what: `${instanceChargeType}, down within the free bandwidth`,
      machine: bmc({ instanceChargeType }),
      desired: { internet_max_bandwidth_out: 100 },
      facts: FREE,
      expected: bandwidth("downgrade", "immediately", "none"),
    },
    {
      row: "BB3",
      what: `${instanceChargeType}, down within the free bandwidth, from its edge`,
      machine: bmc({ instanceChargeType, axes: { internet_max_bandwidth_out: settled(500) } }),
      desired: { internet_max_bandwidth_out: 100 },
      facts: FREE,
      expected: bandwidth("downgrade", "immediately", "none"),
    },
  ]),
  {
    row: "BB4",
    what: "PREPAID, equal",
    machine: bmc(),
    desired: { internet_max_bandwidth_out: 400 },
    facts: FREE,
    expected: "nothing",
  },
  {
    row: "BB5",
    what: "POSTPAID, up",
    machine: bmc({ instanceChargeType: "POSTPAID" }),
    desired: { internet_max_bandwidth_out: 600 },
    facts: FREE,
    expected: bandwidth("upgrade", "immediately", "usage_based"),
  },
  {
    row: "BB5",
    what: "POSTPAID, down",
    machine: bmc({ instanceChargeType: "POSTPAID", axes: { internet_max_bandwidth_out: settled(600) } }),
    desired: { internet_max_bandwidth_out: 100 },
    facts: FREE,
    expected: bandwidth("downgrade", "immediately", "usage_based"),
  },
  ...CHARGE_TYPES.flatMap((instanceChargeType) =>
    ["ByTrafficPackage", ...CAP_ONLY_BMC].flatMap((internetChargeType): Case[] => [
      {
        row: "BB6",
        what: `${instanceChargeType}, ${internetChargeType}, up`,
        machine: bmc({ instanceChargeType, internetChargeType }),
        desired: { internet_max_bandwidth_out: 600 },
        facts: FREE,
        expected: bandwidth("upgrade", "immediately", "none"),
      },
      {
        row: "BB6",
        what: `${instanceChargeType}, ${internetChargeType}, down`,
        machine: bmc({ instanceChargeType, internetChargeType }),
        desired: { internet_max_bandwidth_out: 100 },
        facts: FREE,
        expected: bandwidth("downgrade", "immediately", "none"),
      },
    ]),
  ),
  {
    row: "BB7",
    what: "PREPAID, from unlimited (never within the free bandwidth)",
    machine: bmc({ axes: { internet_max_bandwidth_out: settled(0) } }),
    desired: { internet_max_bandwidth_out: 100 },
    facts: FREE,
    expected: bandwidth("downgrade", "next_billing_cycle", "none"),
  },
  {
    row: "BB7",
    what: "ByTrafficPackage, from unlimited",
    machine: bmc({ internetChargeType: "ByTrafficPackage", axes: { internet_max_bandwidth_out: settled(0) } }),
    desired: { internet_max_bandwidth_out: 100 },
    facts: FREE,
    expected: bandwidth("downgrade", "immediately", "none"),
  },
];

const CASES: readonly Case[] = [
  ...VM_TYPE,
  ...VM_BANDWIDTH,
  ...packageCases("VP", vm, CAP_ONLY_VM),
  ...packageCases("BP", bmc, CAP_ONLY_BMC),
  ...BMC_BANDWIDTH,
];

describe("rows of the case tables", () => {
  test.each(CASES)("$row: $what", ({ machine, desired, facts, expected }) => {
    const decision = decide({ machine, desired, facts: facts ?? { types: TYPES } });
    expect(decision.waits).toEqual([]);
    if (expected === "nothing") {
      expect(decision).toEqual({ waits: [], steps: [], refusals: [], warnings: [] });
    } else if ("refused" in expected) {
      expect(decision.refusals.map(({ code }) => code)).toEqual([expected.refused]);
      expect(decision.steps).toEqual([]);
    } else {
      expect(decision.refusals).toEqual([]);
      expect(decision.steps).toHaveLength(1);
      expect(decision.steps[0]).toMatchObject({ step: 1, ...expected });
      const waitsForTheCycle = expected.takesEffect === "next_billing_cycle";
      expect(decision.steps[0]?.effectiveAt).toBe(waitsForTheCycle ? EXPIRES : null);
    }
  });

  test("no row is left out", () => {
    const count = { VT: 6, VB: 10, VP: 6, BP: 6, BB: 7 };
    const rows = Object.entries(count).flatMap(([table, n]) => Array.from({ length: n }, (_, i) => `${table}${i + 1}`));
    expect(rows).toHaveLength(35);
    expect([...new Set(CASES.map(({ row }) => row))].sort()).toEqual([...rows].sort());
  });

  test.each(["VB10", "BB7"])("%s warns that leaving the unlimited bandwidth cannot be undone", (row) => {
    for (const { machine, desired } of CASES.filter((one) => one.row === row)) {
      const codes = decide({ machine, desired, facts: {} }).warnings.map(({ code }) => code);
      expect(codes).toContain("leaving_unlimited_bandwidth");
    }
  });

  test("free bandwidth is for bare-metal machines at a flat rate alone", () => {
    const desired = { internet_max_bandwidth_out: 500 };
    const { steps } = decide({ machine: vm(), desired, facts: FREE });
    expect(steps).toMatchObject([{ takesEffect: "immediately", charge: "charged_now" }]);
    const unknownNetwork = bmc({ internetChargeType: "ByMoonPhase" });
    const undecided = decide({ machine: unknownNetwork, desired, facts: FREE }).steps;
    expect(undecided).toMatchObject([{ takesEffect: "decided_by_zenlayer", charge: "unknown" }]);
  });

  test("charge types that are not known to us are never assumed to be free", () => {
    const unknownNetwork = vm({ internetChargeType: "ByMoonPhase" });
    const unknownCharge = vm({ instanceChargeType: "SPOT" });
    for (const machine of [unknownNetwork, unknownCharge]) {
      for (const value of [100, 500]) {
        const { steps } = decide({ machine, desired: { internet_max_bandwidth_out: value }, facts: {} });
        expect(steps).toMatchObject([{ takesEffect: "decided_by_zenlayer", charge: "unknown", effectiveAt: null }]);
      }
    }
  });
});
