// What the user forbade, as pure rules.
import type { Step } from "../../lib/engine";
import { chargeGuard, downgradeGuard } from "../../lib/reconcile";
import { readOnlyGuard } from "../../lib/reconcile/guards";

const STEP: Step = {
  step: 1,
  action: "ModifyInstanceBandwidth",
  axis: "internet_max_bandwidth_out",
  from: 400,
  to: 600,
  direction: "upgrade",
  takesEffect: "immediately",
  effectiveAt: null,
  charge: "charged_now",
};
const limit = (maxImmediateCharge: number | null) => ({ onDowngrade: "schedule", maxImmediateCharge }) as const;
const known = (amount: number) => ({ known: true, amount }) as const;

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
  expect(downgradeGuard(limit(null), steps)).toEqual([]);
});

test.each([
  ["no limit", null, known(1e9), false],
  ["below", 10, known(9.99), false],
  ["equal", 10, known(10), false],
  ["equal up to binary noise", 0.3, known(0.1 + 0.2), false],
  ["above", 10, known(10.01), true],
  ["never, and nothing is charged", 0, known(0), false],
  ["never", 0, known(0.01), true],
  ["no call may charge", 0, null, false],
  ["unknown", 1e9, { known: false, reason: "not permitted" } as const, true],
  ["unknown, without a limit", null, { known: false, reason: "not permitted" } as const, false],
])("max_immediate_charge: %s", (_name, maximum, charge, refused) => {
  const finding = chargeGuard(limit(maximum), [STEP], charge);
  expect(finding !== null).toBe(refused);
  if (finding !== null) expect(finding.detail).toContain("[guard:max_immediate_charge]");
});

test("read_only names what would have been called", () => {
  const finding = readOnlyGuard([STEP, { ...STEP, action: "CancelInstanceDowngrade" }]);
  expect(finding.detail).toContain("ModifyInstanceBandwidth, CancelInstanceDowngrade");
  expect(finding.detail).toContain("[guard:read_only]");
});
