// What a configuration asks for: what is managed, what is desired of it, and in which spelling it is planned.
import { numberFromText, UNKNOWN } from "../../lib/plugin";
import { configuredAxes, desiredOf, guardsOf, managedAxes } from "../../lib/provider/desire";
import { BMC_BANDWIDTH, VM_SPEC } from "../support/kinds";

describe("which axes are managed", () => {
  test("those that are set, known or not yet; 0 is a value, null is none", () => {
    const config = { instance_type: UNKNOWN, internet_max_bandwidth_out: 0, traffic_package_size: null };
    expect(managedAxes(VM_SPEC, config)).toEqual(["instance_type", "internet_max_bandwidth_out"]);
    expect(managedAxes(VM_SPEC, {})).toEqual([]);
  });

  test("never one of another kind of resource", () => {
    const config = { internet_max_bandwidth_out: 5, traffic_package_size: 5 };
    expect(managedAxes(BMC_BANDWIDTH, config)).toEqual(["internet_max_bandwidth_out"]);
  });
});

describe("what is desired", () => {
  test("known values alone: what is not known yet is no wish", () => {
    const config = { instance_type: UNKNOWN, internet_max_bandwidth_out: 0, traffic_package_size: null };
    expect(desiredOf(VM_SPEC, config)).toEqual({ internet_max_bandwidth_out: 0 });
  });

  test("of a planned state, the managed axes alone: what merely stands there is not wanted", () => {
    const planned = { instance_type: "c.4c8g", internet_max_bandwidth_out: 400, traffic_package_size: 5 };
    expect(desiredOf(VM_SPEC, planned, ["internet_max_bandwidth_out"])).toEqual({ internet_max_bandwidth_out: 400 });
    expect(desiredOf(VM_SPEC, planned, [])).toEqual({});
  });

  test("an exact decimal counts as the number that it is", () => {
    const size = numberFromText("12.349999999999999999");
    expect(desiredOf(VM_SPEC, { traffic_package_size: size })).toEqual({ traffic_package_size: 12.35 });
  });
});

describe("how configured axes are planned", () => {
  test.each([
    ["the same value in another spelling stands as it is", 10, 10.0000004, 10.0000004],
    ["another value is planned as configured", 10.01, 10, 10.01],
    [
      "an exact decimal is planned as exact as it is",
      numberFromText("12.349999999999999999"),
      10,
      numberFromText("12.349999999999999999"),
    ],
    ["what is not known yet stays unknown", UNKNOWN, 10, UNKNOWN],
    ["what is not known yet stays unknown, where there is none", UNKNOWN, null, UNKNOWN],
    ["a first value is planned as configured", 10, null, 10],
    ["the end of unlimited is a value like others", 0, 400, 0],
  ])("%s", (_name, configured, prior, planned) => {
    expect(
      configuredAxes(VM_SPEC, { traffic_package_size: configured }, { traffic_package_size: prior }),
    ).toStrictEqual({ traffic_package_size: planned });
  });

  test("an axis that is not configured is not planned, whatever it is in the state", () => {
    const prior = { instance_type: "c.4c8g", internet_max_bandwidth_out: 400, traffic_package_size: null };
    expect(configuredAxes(VM_SPEC, { instance_type: null, internet_max_bandwidth_out: 500 }, prior)).toStrictEqual({
      internet_max_bandwidth_out: 500,
    });
  });
});

describe("guards", () => {
  test.each([
    [{}, { onDowngrade: "schedule", maxImmediateCharge: null }],
    [{ on_downgrade: "schedule" }, { onDowngrade: "schedule", maxImmediateCharge: null }],
    [
      { on_downgrade: "deny", max_immediate_charge: 0 },
      { onDowngrade: "deny", maxImmediateCharge: 0 },
    ],
    [{ max_immediate_charge: numberFromText("9.99") }, { onDowngrade: "schedule", maxImmediateCharge: 9.99 }],
  ] as const)("of %j", (source, guards) => {
    expect(guardsOf(source)).toEqual(guards);
  });
});
