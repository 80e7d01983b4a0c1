// What is shown of a decision: pending changes, the words of findings, and the one readable line.
import {
  decide,
  describeFinding,
  pendingChanges,
  summarise,
  summariseStep,
  type AxisNames,
  type Desired,
  type Finding,
  type FindingCode,
  type Machine,
} from "../../lib/engine";
import { EXPIRES, TYPES, bmc, processing, scheduled, settled, vm } from "./machines";

describe("pending changes", () => {
  const machine = vm({
    internetChargeType: "ByTrafficPackage",
    axes: { instance_type: processing("c.4c8g", "c.8c16g"), traffic_package_size: scheduled(5, 2.5) },
  });

  test("what runs has no date, what is scheduled has the end of the paid period; what is settled is absent", () => {
    expect(pendingChanges(machine)).toEqual([
      { axis: "instance_type", from: "c.4c8g", to: "c.8c16g", phase: "processing", effectiveAt: null },
      { axis: "traffic_package_size", from: 5, to: 2.5, phase: "scheduled", effectiveAt: EXPIRES },
    ]);
  });

  test("only of the axes asked for", () => {
    expect(pendingChanges(machine, ["traffic_package_size"])).toHaveLength(1);
    expect(pendingChanges(machine, ["internet_max_bandwidth_out"])).toEqual([]);
    expect(pendingChanges(machine, [])).toEqual([]);
  });

  test("a property that the product does not have is never pending", () => {
    const bandwidth = bmc({ axes: { internet_max_bandwidth_out: processing(400, 600) } });
    expect(pendingChanges(bandwidth).map(({ axis }) => axis)).toEqual(["internet_max_bandwidth_out"]);
  });
});

describe("findings", () => {
  const TYPE = "instance_type";
  const BANDWIDTH = "internet_max_bandwidth_out";
  const PACKAGE = "traffic_package_size";

  /** All that is said of each kind, in full: changing a word here is changing what users read. */
  const WORDS: {
    readonly [C in FindingCode]: readonly (readonly [
      Finding & { readonly code: C },
      summary: string,
      detail: string,
    ])[];
  } = {
    axis_not_of_product: [
      [
        {
          code: "axis_not_of_product",
          axis: TYPE,
          product: "bmc",
          allowed: ["internet_max_bandwidth_out", "traffic_package_size"],
          value: "MDE",
        },
        'instance_type "MDE": a bare-metal machine has no such property that can be changed',
        "Of a bare-metal machine can be changed: internet_max_bandwidth_out, traffic_package_size. Remove instance_type.",
      ],
      [
        { code: "axis_not_of_product", axis: BANDWIDTH, product: "vm", allowed: ["instance_type"], value: 5 },
        "internet_max_bandwidth_out 5: a virtual machine has no such property that can be changed",
        "Of a virtual machine can be changed: instance_type. Remove internet_max_bandwidth_out.",
      ],
    ],
    instance_type_malformed: [
      [
        { code: "instance_type_malformed", axis: TYPE, value: "c 4" },
        'instance_type "c 4" is not a type id',
        "A type id is not empty and holds no white space, for example c.4c8g. Data source zenlayer_vm_instance_types lists the ids on sale in a zone.",
      ],
    ],
    bandwidth_out_of_range: [
      [
        { code: "bandwidth_out_of_range", axis: BANDWIDTH, value: 0, problem: "unlimited", limit: 1_000_000 },
        "internet_max_bandwidth_out 0 cannot be set",
        "Unlimited bandwidth (which reads as 0) cannot be ordered: 0 is for a machine that is unlimited and stays so. Allowed is a whole number of Mbps from 1.",
      ],
      [
        { code: "bandwidth_out_of_range", axis: BANDWIDTH, value: 10.5, problem: "no_bandwidth", limit: 1_000_000 },
        "internet_max_bandwidth_out 10.5 is not a bandwidth",
        "Allowed is a whole number of Mbps from 1: 10 or 11.",
      ],
      [
        { code: "bandwidth_out_of_range", axis: BANDWIDTH, value: 1.5, problem: "no_bandwidth", limit: 1_000_000 },
        "internet_max_bandwidth_out 1.5 is not a bandwidth",
        "Allowed is a whole number of Mbps from 1: 1 or 2.",
      ],
      [
        { code: "bandwidth_out_of_range", axis: BANDWIDTH, value: 0.5, problem: "no_bandwidth", limit: 1_000_000 },
        "internet_max_bandwidth_out 0.5 is not a bandwidth",
        "Allowed is a whole number of Mbps from 1, for example 100.",
      ],
      [
        { code: "bandwidth_out_of_range", axis: BANDWIDTH, value: -3, problem: "no_bandwidth", limit: 1_000_000 },
        "internet_max_bandwidth_out -3 is not a bandwidth",
        "Allowed is a whole number of Mbps from 1, for example 100.",
      ],
      [
        { code: "bandwidth_out_of_range", axis: BANDWIDTH, value: Infinity, problem: "no_bandwidth", limit: 1_000_000 },
        "internet_max_bandwidth_out Infinity is not a bandwidth",
        "Allowed is a whole number of Mbps from 1, for example 100.",
      ],
      [
        { code: "bandwidth_out_of_range", axis: BANDWIDTH, value: NaN, problem: "no_bandwidth", limit: 1_000_000 },
        "internet_max_bandwidth_out NaN is not a bandwidth",
        "Allowed is a whole number of Mbps from 1, for example 100.",
      ],
      [
        { code: "bandwidth_out_of_range", axis: BANDWIDTH, value: "10.5", problem: "no_bandwidth", limit: 1_000_000 },
        'internet_max_bandwidth_out "10.5" is not a bandwidth',
        "Allowed is a whole number of Mbps from 1, for example 100.",
      ],
      [
        { code: "bandwidth_out_of_range", axis: BANDWIDTH, value: 1_000_001, problem: "too_large", limit: 1_000_000 },
        "internet_max_bandwidth_out 1000001 is more than any machine has",
        "The unit is Mbps, and at most 1000000 is accepted. Give the value in Mbps (1 Gbps is 1000).",
      ],
    ],
    package_out_of_range: [
      [
        { code: "package_out_of_range", axis: PACKAGE, value: -1, problem: "no_size", limit: 1_000_000 },
        "traffic_package_size -1 is not a package size",
        "Allowed is a number of TB from 0, for example 2.5.",
      ],
      [
        { code: "package_out_of_range", axis: PACKAGE, value: 1_000_001, problem: "too_large", limit: 1_000_000 },
        "traffic_package_size 1000001 is more than any package on sale",
        "The unit is TB, and at most 1000000 is accepted. Give the size in TB.",
      ],
    ],
    package_step: [
      [
        { code: "package_step", axis: PACKAGE, product: "vm", value: 5.07, nearest: [5.05, 5.1] },
        "traffic_package_size 5.07 is not a multiple of 0.05 TB",
        "Bare-metal machines have steps of 0.05 TB; for virtual machines no step is documented, and Zenlayer may refuse this size. A multiple of 0.05 is safer.",
      ],
      [
        { code: "package_step", axis: PACKAGE, product: "bmc", value: 5.07, nearest: [5.05, 5.1] },
        "traffic_package_size 5.07 is not a multiple of 0.05 TB",
        "Packages of bare-metal machines come in steps of 0.05 TB: use 5.05 or 5.1 instead of 5.07 TB.",
      ],
    ],
    instance_type_unknown: [
      [
        { code: "instance_type_unknown", axis: TYPE, from: "c.4c8g", to: "c.5c5g" },
        'instance_type "c.5c5g": Zenlayer does not know this type',
        `Use a type id that exists, for example one that data source zenlayer_vm_instance_types lists for the machine's zone, or keep "c.4c8g".`,
      ],
    ],
    instance_type_series: [
      [
        { code: "instance_type_series", axis: TYPE, from: "s.2c4g", to: "h.2c4g", series: "s" },
        'instance_type "s.2c4g" cannot become "h.2c4g": series s and h are never converted into each other',
        "Use a type of series s, or buy a new machine of the other series.",
      ],
    ],
    instance_type_bandwidth_limit: [
      [
        { code: "instance_type_bandwidth_limit", axis: TYPE, to: "c.2c4g", limit: 1000, bandwidth: 1400 },
        'instance_type "c.2c4g" allows at most 1000 Mbps, but the bandwidth is 1400 Mbps',
        "Set internet_max_bandwidth_out to 1000 or less together with the type, or use a type with a higher limit.",
      ],
    ],
    bandwidth_above_maximum: [
      [
        { code: "bandwidth_above_maximum", axis: BANDWIDTH, to: 10001, limit: 10000, bound: "model" },
        "internet_max_bandwidth_out 10001 is above the maximum of this model",
        "Allowed is a whole number of Mbps from 1 to 10000.",
      ],
      [
        { code: "bandwidth_above_maximum", axis: BANDWIDTH, to: 1501, limit: 1500, bound: "type", type: "c.4c8g" },
        'internet_max_bandwidth_out 1501 is above the limit of type "c.4c8g"',
        "Allowed is a whole number of Mbps from 1 to 1500; for more, use a type with a higher limit.",
      ],
      [
        {
          code: "bandwidth_above_maximum",
          axis: BANDWIDTH,
          to: 1200,
          limit: 1000,
          bound: "type_in_force",
          inForce: "m.2c16g",
          type: "c.4c8g",
          expiredTime: EXPIRES,
        },
        'internet_max_bandwidth_out 1200 is above the limit of type "m.2c16g", which stays in force until the next billing cycle',
        `Allowed is at most 1000 Mbps until type "c.4c8g" takes effect (${EXPIRES}); raise the bandwidth after that.`,
      ],
      [
        {
          code: "bandwidth_above_maximum",
          axis: BANDWIDTH,
          to: 1200,
          limit: 1000,
          bound: "type_in_force",
          inForce: "m.2c16g",
          type: "c.4c8g",
          expiredTime: null,
        },
        'internet_max_bandwidth_out 1200 is above the limit of type "m.2c16g", which stays in force until the next billing cycle',
        'Allowed is at most 1000 Mbps until type "c.4c8g" takes effect; raise the bandwidth after that.',
      ],
      [
        {
          code: "bandwidth_above_maximum",
          axis: BANDWIDTH,
          to: 1200,
          limit: 1000,
          bound: "type_before",
          inForce: "c.2c4g",
          type: "c.4c8g",
        },
        'internet_max_bandwidth_out 1200 is above the limit of type "c.2c4g", which the machine still has when its bandwidth changes',
        'The machine has more than type "c.4c8g" allows, so that its bandwidth changes before its type. Allowed is at most 1000 Mbps together with this type; raise the bandwidth in a later apply.',
      ],
    ],
    package_charge_type: [
      [
        { code: "package_charge_type", axis: PACKAGE, to: 5, internetChargeType: "ByBandwidth" },
        "traffic_package_size 5: the network of this machine is billed ByBandwidth, and only ByTrafficPackage has traffic packages",
        "The network billing model of a machine cannot be changed by API. Remove traffic_package_size.",
      ],
      [
        { code: "package_charge_type", axis: PACKAGE, to: 5, internetChargeType: "" },
        "traffic_package_size 5: the network of this machine is billed by an unknown model, and only ByTrafficPackage has traffic packages",
        "The network billing model of a machine cannot be changed by API. Remove traffic_package_size.",
      ],
    ],
    package_postpaid: [
      [
        { code: "package_postpaid", axis: PACKAGE, to: 5 },
        "traffic_package_size 5: traffic packages are sold for PREPAID machines, this one is POSTPAID",
        "Zenlayer describes no package change for POSTPAID machines. Remove traffic_package_size.",
      ],
    ],
    package_below_free: [
      [
        { code: "package_below_free", axis: PACKAGE, to: 2.5, free: 3 },
        "traffic_package_size 2.5 is below the free package of 3 TB",
        "The free package is part of the machine's price and cannot be given back: use 3 TB or more.",
      ],
    ],
    no_current_value: [
      [
        { code: "no_current_value", axis: PACKAGE, to: 5 },
        "traffic_package_size 5: this machine has no such value now",
        "Zenlayer reports none, so there is nothing to change. Remove traffic_package_size, or check the machine in the console.",
      ],
    ],
    instance_type_not_on_sale: [
      [
        { code: "instance_type_not_on_sale", axis: TYPE, to: "c.8c16g", instanceChargeType: "PREPAID" },
        'instance_type "c.8c16g" is not on sale now in the zone of this machine (PREPAID)',
        "That may change until the apply, which fails if it does not. Data source zenlayer_vm_instance_types lists what is on sale.",
      ],
    ],
    instance_type_internet_charge_type: [
      [
        {
          code: "instance_type_internet_charge_type",
          axis: TYPE,
          to: "c.8c16g",
          internetChargeType: "ByBandwidth",
          soldWith: ["ByTrafficPackage", "ByInstanceBandwidth95"],
        },
        'instance_type "c.8c16g" is not sold with network billing ByBandwidth, which this machine has',
        "It is sold with ByTrafficPackage, ByInstanceBandwidth95. Zenlayer may refuse the change; a type sold with ByBandwidth is safer.",
      ],
    ],
    leaving_unlimited_bandwidth: [
      [
        { code: "leaving_unlimited_bandwidth", axis: BANDWIDTH, to: 100 },
        "internet_max_bandwidth_out: from unlimited to 100 Mbps cannot be undone",
        "Unlimited bandwidth cannot be ordered by API. To keep it, leave internet_max_bandwidth_out out, or set it to 0.",
      ],
    ],
    scheduled_without_renewal: [
      [
        { code: "scheduled_without_renewal", axis: BANDWIDTH, expiredTime: EXPIRES },
        `internet_max_bandwidth_out: the machine is not renewed after ${EXPIRES}, so the scheduled change never takes effect`,
        "The machine ends instead. Turn auto-renewal on in the console if it should go on with the new value.",
      ],
      [
        { code: "scheduled_without_renewal", axis: BANDWIDTH, expiredTime: null },
        "internet_max_bandwidth_out: the machine is not renewed, so the scheduled change never takes effect",
        "The machine ends instead. Turn auto-renewal on in the console if it should go on with the new value.",
      ],
    ],
  };

  const rows = Object.values(WORDS)
    .flat()
    .map(([finding, summary, detail]) => ({ finding, summary, detail }));
  test.each(rows)("$finding.code: $summary", ({ finding, summary, detail }) => {
    expect(describeFinding(finding)).toEqual({ summary, detail });
  });

  test("in the names of the reader", () => {
    const names: AxisNames = { [TYPE]: "instanceType", [BANDWIDTH]: "bandwidth", [PACKAGE]: "trafficPackage" };
    const foreign: Finding = {
      code: "axis_not_of_product",
      axis: TYPE,
      product: "bmc",
      allowed: [BANDWIDTH, PACKAGE],
      value: "MDE",
    };
    expect(describeFinding(foreign, names)).toEqual({
      summary: 'instanceType "MDE": a bare-metal machine has no such property that can be changed',
      detail: "Of a bare-metal machine can be changed: bandwidth, trafficPackage. Remove instanceType.",
    });
    const cap: Finding = {
      code: "instance_type_bandwidth_limit",
      axis: TYPE,
      to: "c.2c4g",
      limit: 1000,
      bandwidth: 1400,
    };
    expect(describeFinding(cap, names)).toEqual({
      summary: 'instanceType "c.2c4g" allows at most 1000 Mbps, but the bandwidth is 1400 Mbps',
      detail: "Set bandwidth to 1000 or less together with the type, or use a type with a higher limit.",
    });
  });
});

describe("the summary", () => {
  const line = (machine: Machine, desired: Desired) =>
    summarise(decide({ machine, desired, facts: { types: TYPES } }).steps);
  const traffic = (axes: Machine["axes"] = {}) => vm({ internetChargeType: "ByTrafficPackage", axes });

  test("nothing to do is nothing to say", () => {
    expect(summarise([])).toBe("");
  });

  test("a step from no value", () => {
    const [step] = decide({ machine: traffic(), desired: { traffic_package_size: 7.5 }, facts: {} }).steps;
    const words = "upgrade traffic_package_size none → 7.5 TB now (charged now)";
    expect(step && summariseStep({ ...step, from: null })).toBe(words);
  });

  test.each<{ machine: Machine; desired: Desired; expected: string }>([
    {
      machine: vm({ axes: { internet_max_bandwidth_out: settled(100) } }),
      desired: { internet_max_bandwidth_out: 200 },
      expected: "upgrade internet_max_bandwidth_out 100 → 200 Mbps now (charged now)",
    },
    {
      machine: traffic(),
      desired: { traffic_package_size: 2 },
      expected: `downgrade traffic_package_size 5 → 2 TB at ${EXPIRES} (next billing cycle, not charged)`,
    },
    {
      machine: { ...traffic(), expiredTime: null },
      desired: { traffic_package_size: 2 },
      expected: "downgrade traffic_package_size 5 → 2 TB at the next billing cycle (not charged)",
    },
    {
      machine: vm(),
      desired: { instance_type: "g.2c8g" },
      expected:
        "change instance_type c.4c8g → g.2c8g now or at the next billing cycle (decided by Zenlayer, may be charged)",
    },
    {
      machine: vm({ instanceChargeType: "POSTPAID", axes: { internet_max_bandwidth_out: settled(0) } }),
      desired: { internet_max_bandwidth_out: 200 },
      expected: "downgrade internet_max_bandwidth_out unlimited → 200 Mbps now (billed by usage)",
    },
    {
      machine: vm({ axes: { internet_max_bandwidth_out: scheduled(0, 100) } }),
      desired: { internet_max_bandwidth_out: 0 },
      expected: "cancel scheduled internet_max_bandwidth_out 100 Mbps → unlimited now (not charged)",
    },
    {
      machine: vm({ axes: { internet_max_bandwidth_out: scheduled(400, 100) } }),
      desired: { internet_max_bandwidth_out: 500 },
      expected:
        "cancel scheduled internet_max_bandwidth_out 100 → 400 Mbps now (not charged); " +
        "upgrade internet_max_bandwidth_out 400 → 500 Mbps now (charged now)",
    },
  ])("$expected", ({ machine, desired, expected }) => {
    expect(line(machine, desired)).toBe(expected);
  });
});
