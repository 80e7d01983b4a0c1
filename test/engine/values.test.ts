// The values of an axis: normalising, comparing, writing.
import { committed, describeValue, formatValue, normaliseAxis, sameValue, type Phase } from "../../lib/engine";
import { processing, scheduled, settled } from "./machines";

describe("normalising a status", () => {
  test.each<{ what: string; phase: Phase; target: number | null | undefined; expected: unknown }>([
    { what: "Enable", phase: "settled", target: null, expected: settled(100) },
    { what: "Enable with a modified value", phase: "settled", target: 200, expected: settled(100) },
    { what: "Processing", phase: "processing", target: 200, expected: processing(100, 200) },
    { what: "Processing without a target", phase: "processing", target: null, expected: settled(100) },
    { what: "Processing towards the value in force", phase: "processing", target: 100, expected: settled(100) },
    { what: "WaitToEnable", phase: "scheduled", target: 50, expected: scheduled(100, 50) },
    { what: "WaitToEnable without a target", phase: "scheduled", target: undefined, expected: settled(100) },
    { what: "WaitToEnable for the value in force", phase: "scheduled", target: 100, expected: settled(100) },
  ])("$what", ({ phase, target, expected }) => {
    expect(normaliseAxis("internet_max_bandwidth_out", { phase, effective: 100, target })).toEqual(expected);
  });

  test("an empty modified type means that nothing is scheduled", () => {
    const raw = { phase: "scheduled", effective: "c.4c8g", target: "" } as const;
    expect(normaliseAxis("instance_type", raw)).toEqual(settled("c.4c8g"));
  });

  test("an empty type in force is none", () => {
    const raw = { phase: "settled", effective: "", target: null } as const;
    expect(normaliseAxis("instance_type", raw)).toEqual(settled(null));
  });

  test("a package within the tolerance of its target is settled", () => {
    const raw = { phase: "processing", effective: 0.1 + 0.2, target: 0.3 } as const;
    expect(normaliseAxis("traffic_package_size", raw).phase).toBe("settled");
  });

  test("a machine without a package", () => {
    const raw = { phase: "settled", effective: null, target: null } as const;
    expect(normaliseAxis<number>("traffic_package_size", raw)).toEqual(settled(null));
    expect(normaliseAxis<number>("traffic_package_size", { ...raw, effective: undefined })).toEqual(settled(null));
  });
});

test("the committed value is the target when there is one, else the effective value", () => {
  expect(committed(settled(400))).toBe(400);
  expect(committed(settled(null))).toBeNull();
  expect(committed(scheduled(400, 100))).toBe(100);
  expect(committed(processing(400, 600))).toBe(600);
  expect(committed(undefined)).toBeNull();
});

test.each([
  ["instance_type", "c.4c8g", "c.4c8g", true],
  ["instance_type", "c.4c8g", "C.4c8g", false],
  ["internet_max_bandwidth_out", 100, 100, true],
  ["internet_max_bandwidth_out", 100, 100.0000001, false],
  ["traffic_package_size", 0.3, 0.1 + 0.2, true],
  ["traffic_package_size", 0.3, 0.300002, false],
  ["traffic_package_size", 0, 1e-6, false],
  ["traffic_package_size", 0, 0.999e-6, true],
  ["traffic_package_size", null, 0, false],
  ["traffic_package_size", null, null, true],
] as const)("%s %p and %p are the same: %p", (axis, a, b, same) => {
  expect(sameValue(axis, a, b)).toBe(same);
  expect(sameValue(axis, b, a)).toBe(same);
});

test.each([
  ["instance_type", "c.4c8g", "c.4c8g", "c.4c8g"],
  ["internet_max_bandwidth_out", 0, "0", "unlimited"],
  ["internet_max_bandwidth_out", 200, "200", "200 Mbps"],
  ["internet_max_bandwidth_out", 1_000_000, "1000000", "1000000 Mbps"],
  ["traffic_package_size", 2.5, "2.5", "2.5 TB"],
  ["traffic_package_size", 5.0, "5", "5 TB"],
  ["traffic_package_size", 0, "0", "0 TB"],
  ["traffic_package_size", -0, "0", "0 TB"],
  ["traffic_package_size", 0.1 + 0.2, "0.3", "0.3 TB"],
  ["traffic_package_size", 0.05, "0.05", "0.05 TB"],
  ["traffic_package_size", 1e-7, "0", "0 TB"],
  // A text where a number belongs stays what was given.
  ["traffic_package_size", "5.00", "5.00", "5.00 TB"],
] as const)("%s %p is written %s and described as %s", (axis, value, written, described) => {
  expect(formatValue(axis, value)).toBe(written);
  expect(describeValue(axis, value)).toBe(described);
});

test("no value is described as none", () => {
  expect(describeValue("traffic_package_size", null)).toBe("none");
});
