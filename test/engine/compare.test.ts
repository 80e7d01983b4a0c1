// Whether a plan is stale.
import {
  decide,
  formatValue,
  sameDecision,
  type Desired,
  type Machine,
  type PlannedStep,
  type Step,
} from "../../lib/engine";
import { TYPES, bmc, scheduled, settled, vm } from "./machines";

function steps(machine: Machine, desired: Desired): readonly Step[] {
  return decide({ machine, desired, facts: { types: TYPES } }).steps;
}

/** As the steps come back from Terraform. */
function planned(from: readonly Step[]): PlannedStep[] {
  return from.map((step) => ({
    step: step.step,
    action: step.action,
    axis: step.axis,
    from: step.from === null ? null : formatValue(step.axis, step.from),
    to: formatValue(step.axis, step.to),
    direction: step.direction,
    charge: step.charge,
  }));
}

const DESIRED: Desired = { instance_type: "c.8c16g", internet_max_bandwidth_out: 500 };
const bandwidth = (state: Machine["axes"]["internet_max_bandwidth_out"]) =>
  vm({ axes: { ...(state && { internet_max_bandwidth_out: state }) } });

test("the same calls are the same, in whatever order Terraform returns the set", () => {
  const before = steps(bandwidth(scheduled(400, 100)), DESIRED);
  expect(before).toHaveLength(3);
  expect(sameDecision(planned(before).reverse(), before)).toEqual({ same: true, differences: [], done: [] });
  expect(sameDecision([], [])).toEqual({ same: true, differences: [], done: [] });
});

test("an axis that needs no call any more is done, not stale", () => {
  const comparison = sameDecision(planned(steps(vm(), DESIRED)), steps(bandwidth(settled(500)), DESIRED));
  expect(comparison).toEqual({ same: true, differences: [], done: ["internet_max_bandwidth_out"] });
});

test("the machine moved: a different from", () => {
  const comparison = sameDecision(planned(steps(vm(), DESIRED)), steps(bandwidth(settled(300)), DESIRED));
  expect(comparison.same).toBe(false);
  expect(comparison.differences).toEqual([
    "internet_max_bandwidth_out: ModifyInstanceBandwidth was planned with from 400 Mbps, now from 300 Mbps",
  ]);
});

test("the machine moved past the target: from, direction and charge differ", () => {
  const comparison = sameDecision(planned(steps(vm(), DESIRED)), steps(bandwidth(settled(600)), DESIRED));
  expect(comparison.differences.join("\n")).toContain("direction upgrade, now downgrade");
  expect(comparison.differences.join("\n")).toContain("charge charged_now, now none");
});

test("someone scheduled a downgrade meanwhile: one more call", () => {
  const comparison = sameDecision(planned(steps(vm(), DESIRED)), steps(bandwidth(scheduled(400, 100)), DESIRED));
  expect(comparison.differences).toEqual([
    "internet_max_bandwidth_out: planned ModifyInstanceBandwidth, " +
      "now CancelInstanceBandwidthDowngrade, then ModifyInstanceBandwidth (400 Mbps → 500 Mbps)",
  ]);
});

test("someone cancelled the downgrade and ordered another bandwidth meanwhile: as many calls, but another one", () => {
  const before = planned(steps(bandwidth(scheduled(400, 100)), { internet_max_bandwidth_out: 400 }));
  const comparison = sameDecision(before, steps(bandwidth(settled(300)), { internet_max_bandwidth_out: 400 }));
  expect(comparison.differences).toEqual([
    "internet_max_bandwidth_out: planned CancelInstanceBandwidthDowngrade, now ModifyInstanceBandwidth (300 Mbps → 400 Mbps)",
  ]);
});

test("the value in force is the desired one by now: one call less", () => {
  const before = planned(steps(bandwidth(scheduled(400, 100)), { internet_max_bandwidth_out: 500 }));
  const comparison = sameDecision(before, steps(bandwidth(scheduled(500, 100)), { internet_max_bandwidth_out: 500 }));
  expect(comparison).toEqual({
    same: false,
    differences: [
      "internet_max_bandwidth_out: planned CancelInstanceBandwidthDowngrade, then ModifyInstanceBandwidth, " +
        "now CancelInstanceBandwidthDowngrade (100 Mbps → 500 Mbps)",
    ],
    done: [],
  });
});

test("no value to start from is not unlimited bandwidth", () => {
  const current = steps(bandwidth(settled(0)), { internet_max_bandwidth_out: 500 });
  const before = planned(current).map((step) => ({ ...step, from: null }));
  expect(sameDecision(before, current).differences).toEqual([
    "internet_max_bandwidth_out: ModifyInstanceBandwidth was planned with from none, now from unlimited",
  ]);
});

test("a call on an axis that was at its target when planned", () => {
  const before = planned(steps(bandwidth(settled(500)), DESIRED));
  const comparison = sameDecision(before, steps(vm(), DESIRED));
  expect(comparison.differences).toEqual([
    "internet_max_bandwidth_out: planned no call, now ModifyInstanceBandwidth (400 Mbps → 500 Mbps)",
  ]);
});

test("another charge alone is a difference", () => {
  const postpaid = vm({ instanceChargeType: "POSTPAID" });
  const comparison = sameDecision(planned(steps(postpaid, DESIRED)), steps(vm(), DESIRED));
  expect(comparison.differences).toHaveLength(2);
  expect(comparison.differences[0]).toContain("charge usage_based, now charged_now");
});

test("another value of the configuration is a difference", () => {
  const comparison = sameDecision(
    planned(steps(vm(), { internet_max_bandwidth_out: 500 })),
    steps(vm(), { internet_max_bandwidth_out: 600 }),
  );
  expect(comparison.differences.join()).toContain("to 500 Mbps, now to 600 Mbps");
});

test("the end of the paid period may move", () => {
  const before = steps(bmc(), { internet_max_bandwidth_out: 100 });
  const renewed = bmc({ expiredTime: "2026-03-01T00:00:00Z" });
  expect(sameDecision(planned(before), steps(renewed, { internet_max_bandwidth_out: 100 })).same).toBe(true);
});

test("floating point noise of a package is no difference", () => {
  const machine = (size: number) =>
    bmc({ internetChargeType: "ByTrafficPackage", axes: { traffic_package_size: settled(size) } });
  const before = planned(steps(machine(0.3), { traffic_package_size: 5 }));
  expect(sameDecision(before, steps(machine(0.1 + 0.2), { traffic_package_size: 5 })).same).toBe(true);
});

test("a step of an axis that this version does not know is a difference", () => {
  const step = {
    step: 1,
    action: "ModifyInstanceDisk",
    axis: "disk",
    from: "1",
    to: "2",
    direction: "upgrade",
    charge: "none",
  };
  expect(sameDecision([step], []).differences).toEqual([
    "disk: planned ModifyInstanceDisk, which this version does not know",
  ]);
});
