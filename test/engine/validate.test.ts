// What is wrong with desired values without asking the API.
import fc from "fast-check";
import { describeFinding, validateDesired, type Desired, type Product } from "../../lib/engine";

function texts(product: Product, desired: Desired): string {
  return validateDesired(product, desired)
    .map((finding) => describeFinding(finding))
    .map(({ summary, detail }) => `${summary}\n${detail}`)
    .join("\n");
}

describe("values in order", () => {
  test.each<[Product, Desired]>([
    ["vm", {}],
    ["vm", { instance_type: "c.4c8g", internet_max_bandwidth_out: 1, traffic_package_size: 0 }],
    ["vm", { internet_max_bandwidth_out: 0 }],
    ["bmc", { internet_max_bandwidth_out: 0 }],
    ["vm", { internet_max_bandwidth_out: 1_000_000, traffic_package_size: 0.123 }],
    ["bmc", { internet_max_bandwidth_out: 10000, traffic_package_size: 0.15 }],
  ])("%s %j", (product, desired) => {
    expect(validateDesired(product, desired)).toEqual([]);
  });
});

describe("values out of order", () => {
  test.each<{ product: Product; desired: Desired; code: string; says: string[] }>([
    { product: "vm", desired: { instance_type: "" }, code: "instance_type_malformed", says: ['""', "c.4c8g"] },
    {
      product: "vm",
      desired: { instance_type: "c 4" },
      code: "instance_type_malformed",
      says: ['"c 4"', "white space"],
    },
    {
      product: "bmc",
      desired: { instance_type: "MDE" },
      code: "axis_not_of_product",
      says: ['"MDE"', "Remove instance_type"],
    },
    {
      product: "vm",
      desired: { internet_max_bandwidth_out: 10.5 },
      code: "bandwidth_out_of_range",
      says: ["10.5", "10 or 11"],
    },
    {
      product: "bmc",
      desired: { internet_max_bandwidth_out: -3 },
      code: "bandwidth_out_of_range",
      says: ["-3", "from 1"],
    },
    {
      product: "vm",
      desired: { internet_max_bandwidth_out: NaN },
      code: "bandwidth_out_of_range",
      says: ["NaN", "from 1"],
    },
    {
      product: "vm",
      desired: { internet_max_bandwidth_out: 1_000_001 },
      code: "bandwidth_out_of_range",
      says: ["1000001", "Mbps"],
    },
    {
      product: "vm",
      desired: { traffic_package_size: -0.05 },
      code: "package_out_of_range",
      says: ["-0.05", "from 0"],
    },
    {
      product: "bmc",
      desired: { traffic_package_size: Infinity },
      code: "package_out_of_range",
      says: ["Infinity", "TB"],
    },
    {
      product: "vm",
      desired: { traffic_package_size: 1e12 },
      code: "package_out_of_range",
      says: ["1000000000000", "TB"],
    },
    { product: "bmc", desired: { traffic_package_size: 0.07 }, code: "package_step", says: ["0.07", "0.05 or 0.1"] },
    { product: "bmc", desired: { traffic_package_size: 5e-8 }, code: "package_step", says: ["use 0 or 0.05"] },
    { product: "bmc", desired: { traffic_package_size: 0.01 }, code: "package_step", says: ["0.01", "0 or 0.05"] },
    {
      product: "bmc",
      desired: { traffic_package_size: 12.33 },
      code: "package_step",
      says: ["12.33", "12.3 or 12.35"],
    },
  ])("$product $desired: $code", ({ product, desired, code, says }) => {
    expect(validateDesired(product, desired).map((finding) => finding.code)).toEqual([code]);
    for (const part of says) expect(texts(product, desired)).toContain(part);
  });

  test("a package in the wrong unit is told from what is no size at all", () => {
    expect(validateDesired("vm", { traffic_package_size: 1_000_001 })).toEqual([
      {
        code: "package_out_of_range",
        axis: "traffic_package_size",
        value: 1_000_001,
        problem: "too_large",
        limit: 1_000_000,
      },
    ]);
    expect(validateDesired("vm", { traffic_package_size: 1_000_000 })).toEqual([]);
  });

  test("a value of another type than the axis has, as JavaScript may pass one", () => {
    const findings = validateDesired("vm", {
      instance_type: 4,
      internet_max_bandwidth_out: "100",
      traffic_package_size: "2.5",
    } as unknown as Desired);
    expect(findings.map(({ code }) => code)).toEqual([
      "instance_type_malformed",
      "bandwidth_out_of_range",
      "package_out_of_range",
    ]);
  });

  test("one finding per axis, in the order of the axes, each on one line of summary", () => {
    const findings = validateDesired("vm", {
      traffic_package_size: NaN,
      internet_max_bandwidth_out: -1,
      instance_type: "a\nb",
    });
    expect(findings.map(({ axis }) => axis)).toEqual([
      "instance_type",
      "internet_max_bandwidth_out",
      "traffic_package_size",
    ]);
    for (const { summary, detail } of findings.map((finding) => describeFinding(finding))) {
      expect(summary).not.toContain("\n");
      expect(detail).not.toBe("");
    }
  });
});

describe("the step of bare-metal packages", () => {
  test("every twentieth of a TB passes, however it was computed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000_000 }), (twentieths) => {
        for (const size of [twentieths / 20, twentieths * 0.05, Number((twentieths * 0.05).toFixed(2))]) {
          expect(validateDesired("bmc", { traffic_package_size: size })).toEqual([]);
        }
      }),
    );
  });

  test("no other hundredth passes, and the two sizes it proposes do", () => {
    const hundredths = fc.integer({ min: 0, max: 100_000_000 }).filter((n) => n % 5 !== 0);
    fc.assert(
      fc.property(hundredths, (n) => {
        const [finding] = validateDesired("bmc", { traffic_package_size: n / 100 });
        expect(finding?.code).toBe("package_step");
        const proposed =
          /use (\S+) or (\S+) instead/
            .exec(finding === undefined ? "" : describeFinding(finding).detail)
            ?.slice(1)
            .map(Number) ?? [];
        expect(proposed).toHaveLength(2);
        const [lower, upper] = proposed as [number, number];
        expect(lower).toBeLessThan(n / 100);
        expect(upper).toBeGreaterThan(n / 100);
        expect(upper - lower).toBeCloseTo(0.05, 6);
        for (const size of proposed) expect(validateDesired("bmc", { traffic_package_size: size })).toEqual([]);
      }),
    );
  });
});
