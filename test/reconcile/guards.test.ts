// What the user forbade, as pure rules.
import fc from "fast-check";
import type { Step } from "../../lib/engine";
import { chargeGuard, downgradeGuard } from "../../lib/reconcile";
import { readOnlyGuard } from "../../lib/reconcile/guards";
import { upgrade } from "./steps";

const STEP = upgrade();
const limit = (maxImmediateCharge: number | null) => ({ onDowngrade: "schedule", maxImmediateCharge }) as const;
const known = (atMost: number, about = 0) =>
  ({ known: true, about, atMost, monthlyDifference: atMost, daysLeft: 10, periodMonths: 1 }) as const;

test.each(["upgrade", "lateral", "cancel"] as const)("on_downgrade = deny lets a %s pass", (direction) => {
  expect(downgradeGuard({ onDowngrade: "deny", maxImmediateCharge: null }, [{ ...STEP, direction }])).toEqual([]);
});

test("on_downgrade = deny finds every downgrade, schedule none", () => {
  const steps: Step[] = [
    { ...STEP, direction: "downgrade" },
    { ...STEP, step: 2, axis: "instance_type", from: "c.4c8g", to: "c.2c4g", direction: "downgrade" },
  ];
  const found = downgradeGuard({ onDowngrade: "deny", maxImmediateCharge: null }, steps);
  expect(found.map((finding) => finding.axis)).toEqual(["internet_max_bandwidth_out", "instance_type"]);
  expect(found.every((finding) => finding.detail.endsWith("[guard:on_downgrade]"))).toBe(true);
  expect(found.every((finding) => finding.guard === "on_downgrade")).toBe(true);
  expect(found[0]?.summary).toBe('Downgrade of internet_max_bandwidth_out refused by on_downgrade = "deny"');
  expect(downgradeGuard(limit(null), steps)).toEqual([]);
});

test.each<[Partial<Step>, string]>([
  [{ from: 400, to: 200 }, "400 Mbps → 200 Mbps is a downgrade."],
  [{ from: null, to: 200 }, "The present value → 200 Mbps is a downgrade."],
])("on_downgrade = deny says from what to what: %j", (values, text) => {
  const steps: Step[] = [{ ...STEP, ...values, direction: "downgrade" }];
  expect(downgradeGuard({ onDowngrade: "deny", maxImmediateCharge: null }, steps)[0]?.detail).toContain(text);
});

test.each([
  ["no limit", null, known(1e9), false],
  ["below", 10, known(9.99), false],
  ["equal", 10, known(10), false],
  ["equal up to binary noise", 0.3, known(0.1 + 0.2), false],
  ["a millionth above", 0, known(1e-6), false],
  ["two millionths above", 0, known(2e-6), true],
  ["above", 10, known(10.01), true],
  ["never, and nothing is charged", 0, known(0), false],
  ["never", 0, known(0.01), true],
  ["no call may charge", 0, null, false],
  ["unknown", 1e9, { known: false, reason: "not permitted" } as const, true],
  ["unknown, without a limit", null, { known: false, reason: "not permitted" } as const, false],
])("max_immediate_charge: %s", (_name, maximum, charge, refused) => {
  const finding = chargeGuard(limit(maximum), [STEP], charge);
  expect(finding !== null).toBe(refused);
  if (finding === null) return;
  expect(finding).toMatchObject({ guard: "max_immediate_charge", axis: "internet_max_bandwidth_out" });
  expect(finding.detail).toContain("[guard:max_immediate_charge]");
});

describe("max_immediate_charge", () => {
  test("compares what is charged at most, and names both", () => {
    const finding = chargeGuard(limit(20), [STEP], known(38, 12.666667));
    expect(finding?.summary).toBe("Charge of at most 38.00 now: refused by max_immediate_charge = 20");
    expect(finding?.detail).toContain("charges about 12.67 now, at most 38.00; allowed are 20.");
  });

  test("counts what the same apply has sent before", () => {
    expect(chargeGuard(limit(40), [STEP], known(38), 2)).toBeNull();
    const finding = chargeGuard(limit(40), [STEP], known(38), 2.01);
    expect(finding?.summary).toBe("Charge of at most 40.01 now: refused by max_immediate_charge = 40");
    expect(finding?.detail).toContain("at most 38.00, and what this apply has sent already at most 2.01");
  });

  test("says a bound in cents that is not below it, so that a limit of what it says lets the change pass", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 1e9 }), (parts, sent) => {
        const [atMost, spent] = [parts / 1e6, sent / 1e6];
        const summary = chargeGuard(limit(0), [STEP], known(atMost), spent)?.summary ?? "";
        const said = Number(/^Charge of at most (\d+\.\d\d) now: /.exec(summary)?.[1]);
        expect(said).toBeGreaterThanOrEqual(atMost + spent - 1e-6);
        expect(said).toBeLessThan(atMost + spent + 0.01);
        expect(chargeGuard(limit(said), [STEP], known(atMost), spent)).toBeNull();
      }),
    );
    expect(chargeGuard(limit(38), [STEP], known(38.0004))?.summary).toContain("at most 38.01 now");
    expect(chargeGuard(limit(38), [STEP], known(38.0004), 1.001)?.detail).toContain("at most 1.01; allowed are 38");
  });

  test.each([
    ["lateral", { ...STEP, direction: "lateral", takesEffect: "decided_by_zenlayer", charge: "unknown" }],
    ["an increase on a machine whose billing is not known", { ...STEP, charge: "unknown" }],
  ] as const)("refuses what Zenlayer decides, even where the prices do not rise: %s", (_name, step) => {
    const finding = chargeGuard(limit(1e9), [{ ...STEP, charge: "none" }, step], known(0));
    expect(finding?.summary).toBe("Charge unknown: refused by max_immediate_charge");
    expect(finding?.detail).toContain("is for Zenlayer to decide. Remove max_immediate_charge");
    expect(chargeGuard(limit(null), [step], known(0))).toBeNull();
  });

  test("says why the price cannot be had, and that a later plan may have it", () => {
    const finding = chargeGuard(limit(20), [STEP], { known: false, reason: "not permitted" });
    expect(finding?.detail).toContain(
      "the price of this change cannot be had (not permitted). Plan again later, or remove",
    );
  });

  test("refuses an amount that is no number", () => {
    expect(chargeGuard(limit(1e9), [STEP], known(NaN))).not.toBeNull();
  });
});

test("read_only names what would have been called", () => {
  const finding = readOnlyGuard([STEP, { ...STEP, axis: "instance_type", action: "CancelInstanceDowngrade" }]);
  expect(finding).toMatchObject({
    guard: "read_only",
    axis: "internet_max_bandwidth_out",
    summary: "The provider is read-only: nothing was sent",
  });
  expect(finding.detail).toContain("ModifyInstanceBandwidth, CancelInstanceDowngrade");
  expect(finding.detail).toContain("[guard:read_only]");
});

test("where no step is told, no axis is", () => {
  expect(readOnlyGuard([]).axis).toBeNull();
  expect(chargeGuard(limit(0), [], known(1))?.axis).toBeNull();
});
