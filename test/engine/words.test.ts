// What is shown of a decision: pending changes, and the one readable line.
import { decide, pendingChanges, summarise, type Desired, type Machine } from "../../lib/engine";
import { EXPIRES, TYPES, processing, scheduled, settled, vm } from "./machines";

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
});

describe("the summary", () => {
  const line = (machine: Machine, desired: Desired) =>
    summarise(decide({ machine, desired, facts: { types: TYPES } }).steps);
  const traffic = (axes: Machine["axes"] = {}) => vm({ internetChargeType: "ByTrafficPackage", axes });

  test("nothing to do is nothing to say", () => {
    expect(summarise([])).toBe("");
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
