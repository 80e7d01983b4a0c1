// The two decision tables of the design, the deciding table of the API reference (5.4), and the order of steps.
import { committed, decide, type Decision, type Desired, type Facts, type Machine } from "../../lib/engine";
import { EXPIRES, TYPES, bmc, processing, scheduled, settled, type, vm } from "./machines";

const FACTS: Facts = { types: TYPES };

/** The calls as `action from>to`. */
function calls({ steps }: Decision): string[] {
  return steps.map(({ action, from, to }) => `${action} ${from}>${to}`);
}

function decideBandwidth(state: Machine["axes"]["internet_max_bandwidth_out"], desired: number): Decision {
  const machine = vm({ axes: state === undefined ? {} : { internet_max_bandwidth_out: state } });
  return decide({ machine, desired: { internet_max_bandwidth_out: desired }, facts: FACTS });
}

const CANCEL = "CancelInstanceBandwidthDowngrade";
const MODIFY = "ModifyInstanceBandwidth";

describe("committed value: effective 400, PREPAID", () => {
  test.each([
    { what: "we scheduled 100, config 100", state: scheduled(400, 100), config: 100, committed: 100, expected: [] },
    {
      what: "someone scheduled 100 in the console, config 400",
      state: scheduled(400, 100),
      config: 400,
      committed: 100,
      expected: [`${CANCEL} 100>400`],
    },
    {
      what: "config goes to 500",
      state: scheduled(400, 100),
      config: 500,
      committed: 100,
      expected: [`${CANCEL} 100>400`, `${MODIFY} 400>500`],
    },
    {
      what: "config goes to 200",
      state: scheduled(400, 100),
      config: 200,
      committed: 100,
      expected: [`${CANCEL} 100>400`, `${MODIFY} 400>200`],
    },
    { what: "the cycle rolled over", state: settled(100), config: 100, committed: 100, expected: [] },
    {
      what: "machine changed out of band",
      state: settled(300),
      config: 400,
      committed: 300,
      expected: [`${MODIFY} 300>400`],
    },
  ])("$what", ({ state, config, committed: value, expected }) => {
    expect(committed(state)).toBe(value);
    const decision = decideBandwidth(state, config);
    expect(calls(decision)).toEqual(expected);
    expect(decision.waits).toEqual([]);
  });

  test("600 is being executed and our apply was killed: nothing is ordered again", () => {
    const decision = decideBandwidth(processing(400, 600), 600);
    expect(decision.waits).toEqual([{ axis: "internet_max_bandwidth_out", target: 600 }]);
    expect(decision.steps).toEqual([]);
  });

  test("taking a scheduled downgrade back charges nothing and is immediate", () => {
    expect(decideBandwidth(scheduled(400, 100), 400).steps).toEqual([
      {
        step: 1,
        action: CANCEL,
        axis: "internet_max_bandwidth_out",
        from: 100,
        to: 400,
        direction: "cancel",
        takesEffect: "immediately",
        effectiveAt: null,
        charge: "none",
      },
    ]);
  });

  test("cancel, then upgrade: only the upgrade is charged", () => {
    const { steps } = decideBandwidth(scheduled(400, 100), 500);
    expect(steps.map(({ charge }) => charge)).toEqual(["none", "charged_now"]);
    expect(steps.map(({ direction }) => direction)).toEqual(["cancel", "upgrade"]);
  });

  test("cancel, then downgrade: the new downgrade waits for the cycle", () => {
    const { steps } = decideBandwidth(scheduled(400, 100), 200);
    expect(steps.map(({ effectiveAt }) => effectiveAt)).toEqual([null, EXPIRES]);
  });
});

describe("phase against desired", () => {
  test.each([
    { phase: "settled", state: settled(400), desired: 400, direction: [] },
    { phase: "settled", state: settled(400), desired: 500, direction: ["upgrade"] },
    { phase: "settled", state: settled(400), desired: 100, direction: ["downgrade"] },
    { phase: "scheduled at the desired value", state: scheduled(400, 100), desired: 100, direction: [] },
    { phase: "scheduled", state: scheduled(400, 100), desired: 400, direction: ["cancel"] },
    { phase: "scheduled", state: scheduled(400, 100), desired: 500, direction: ["cancel", "upgrade"] },
    { phase: "scheduled", state: scheduled(400, 100), desired: 50, direction: ["cancel", "downgrade"] },
  ])("$phase, desired $desired: $direction", ({ state, desired, direction }) => {
    expect(decideBandwidth(state, desired).steps.map((step) => step.direction)).toEqual(direction);
  });

  test.each([
    { what: "desired = effective", desired: 400, predicted: [`${MODIFY} 600>400`] },
    { what: "desired above the target", desired: 700, predicted: [`${MODIFY} 600>700`] },
    { what: "desired below effective", desired: 100, predicted: [`${MODIFY} 600>100`] },
    { what: "desired = target", desired: 600, predicted: [] },
  ])("processing 400 to 600, $what: waits, and predicts from the target", ({ desired, predicted }) => {
    const decision = decideBandwidth(processing(400, 600), desired);
    expect(decision.waits).toEqual([{ axis: "internet_max_bandwidth_out", target: 600 }]);
    expect(calls(decision)).toEqual(predicted);
  });

  test("an axis that is not managed is neither waited for nor cancelled", () => {
    const machine = vm({
      axes: { instance_type: processing("c.4c8g", "c.8c16g"), internet_max_bandwidth_out: scheduled(400, 100) },
    });
    expect(decide({ machine, desired: {}, facts: FACTS })).toEqual({
      waits: [],
      steps: [],
      refusals: [],
      warnings: [],
    });
  });
});

describe("deciding what to call: every line, on every axis", () => {
  const onType = (state: Machine["axes"]["instance_type"]) => vm({ axes: { ...(state && { instance_type: state }) } });
  const onPackage = (state: Machine["axes"]["traffic_package_size"]) =>
    bmc({ internetChargeType: "ByTrafficPackage", axes: { ...(state && { traffic_package_size: state }) } });
  const TYPE = "CancelInstanceDowngrade";
  const PACKAGE = "CancelInstanceTrafficPackageDowngrade";

  test.each<{ line: string; machine: Machine; desired: Desired; expected: string[]; waits?: number }>([
    {
      line: "Processing",
      machine: onType(processing("c.4c8g", "c.8c16g")),
      desired: { instance_type: "c.8c16g" },
      expected: [],
      waits: 1,
    },
    {
      line: "Processing",
      machine: onPackage(processing(5, 10)),
      desired: { traffic_package_size: 10 },
      expected: [],
      waits: 1,
    },
    {
      line: "want = cur, no plan",
      machine: onType(settled("c.4c8g")),
      desired: { instance_type: "c.4c8g" },
      expected: [],
    },
    { line: "want = cur, no plan", machine: onPackage(settled(5)), desired: { traffic_package_size: 5 }, expected: [] },
    {
      line: "want = cur, plan exists",
      machine: onType(scheduled("c.4c8g", "c.2c4g")),
      desired: { instance_type: "c.4c8g" },
      expected: [`${TYPE} c.2c4g>c.4c8g`],
    },
    {
      line: "want = cur, plan exists",
      machine: onPackage(scheduled(10, 5)),
      desired: { traffic_package_size: 10 },
      expected: [`${PACKAGE} 5>10`],
    },
    {
      line: "want = pend",
      machine: onType(scheduled("c.4c8g", "c.2c4g")),
      desired: { instance_type: "c.2c4g" },
      expected: [],
    },
    { line: "want = pend", machine: onPackage(scheduled(10, 5)), desired: { traffic_package_size: 5 }, expected: [] },
    {
      line: "want other than cur, no plan",
      machine: onType(settled("c.4c8g")),
      desired: { instance_type: "c.2c4g" },
      expected: ["ModifyInstanceType c.4c8g>c.2c4g"],
    },
    {
      line: "want other than cur, no plan",
      machine: onPackage(settled(5)),
      desired: { traffic_package_size: 7.5 },
      expected: ["ModifyInstanceTrafficPackage 5>7.5"],
    },
    {
      line: "want other than cur, plan to another value",
      machine: onType(scheduled("c.4c8g", "c.2c4g")),
      desired: { instance_type: "c.8c16g" },
      expected: [`${TYPE} c.2c4g>c.4c8g`, "ModifyInstanceType c.4c8g>c.8c16g"],
    },
    {
      line: "want other than cur, plan to another value",
      machine: onPackage(scheduled(10, 5)),
      desired: { traffic_package_size: 7.5 },
      expected: [`${PACKAGE} 5>10`, "ModifyInstanceTrafficPackage 10>7.5"],
    },
  ])("$line: $expected", ({ machine, desired, expected, waits }) => {
    const decision = decide({ machine, desired, facts: FACTS });
    expect(calls(decision)).toEqual(expected);
    expect(decision.waits).toHaveLength(waits ?? 0);
    expect(decision.refusals).toEqual([]);
  });

  test("a plan is cancelled even where nothing could be ordered", () => {
    const states = { internet_max_bandwidth_out: scheduled(400, 100), traffic_package_size: scheduled(10, 5) };
    for (const internetChargeType of ["ByTrafficPackage", "ByBandwidth", "ByClusterBandwidth95", "ByMoonPhase"]) {
      for (const instanceChargeType of ["PREPAID", "POSTPAID"]) {
        const machine = vm({ internetChargeType, instanceChargeType, axes: states });
        const desired = { internet_max_bandwidth_out: 400, traffic_package_size: 10 };
        const decision = decide({ machine, desired, facts: FACTS });
        expect(decision.refusals).toEqual([]);
        expect(calls(decision)).toEqual([`${CANCEL} 100>400`, `${PACKAGE} 5>10`]);
      }
    }
  });

  test("floating point noise of a package is not a change", () => {
    const machine = onPackage(settled(0.1 + 0.2));
    expect(decide({ machine, desired: { traffic_package_size: 0.3 }, facts: {} }).steps).toEqual([]);
  });
});

describe("order of steps", () => {
  test("type, bandwidth, package; a type change precedes the bandwidth that needs its cap", () => {
    const machine = vm({ internetChargeType: "ByTrafficPackage" });
    const desired: Desired = { traffic_package_size: 10, internet_max_bandwidth_out: 1800, instance_type: "c.8c16g" };
    const decision = decide({ machine, desired, facts: FACTS });
    expect(decision.steps.map(({ step, action }) => `${step} ${action}`)).toEqual([
      "1 ModifyInstanceType",
      "2 ModifyInstanceBandwidth",
      "3 ModifyInstanceTrafficPackage",
    ]);
  });

  test("a bandwidth decrease precedes the type change whose cap demands it", () => {
    const machine = vm({ axes: { internet_max_bandwidth_out: settled(1400) } });
    const desired = { instance_type: "c.2c4g", internet_max_bandwidth_out: 900 };
    expect(calls(decide({ machine, desired, facts: FACTS }))).toEqual([
      "ModifyInstanceBandwidth 1400>900",
      "ModifyInstanceType c.4c8g>c.2c4g",
    ]);
  });

  test("a bandwidth decrease that no cap demands follows the type change", () => {
    const machine = vm();
    const desired = { instance_type: "c.2c4g", internet_max_bandwidth_out: 100 };
    expect(calls(decide({ machine, desired, facts: FACTS }))).toEqual([
      "ModifyInstanceType c.4c8g>c.2c4g",
      "ModifyInstanceBandwidth 400>100",
    ]);
  });

  test("unlimited bandwidth fits every type, so it waits its turn", () => {
    const machine = vm({ axes: { internet_max_bandwidth_out: settled(0) } });
    const desired = { instance_type: "c.2c4g", internet_max_bandwidth_out: 100 };
    expect(decide({ machine, desired, facts: FACTS }).steps[0]?.action).toBe("ModifyInstanceType");
  });

  test("a bandwidth at the cap of the new type follows the type change", () => {
    const machine = vm({ axes: { internet_max_bandwidth_out: settled(1000) } });
    const desired = { instance_type: "c.2c4g", internet_max_bandwidth_out: 500 };
    expect(calls(decide({ machine, desired, facts: FACTS }))).toEqual([
      "ModifyInstanceType c.4c8g>c.2c4g",
      "ModifyInstanceBandwidth 1000>500",
    ]);
  });

  test("a type without a cap demands no bandwidth decrease before it", () => {
    const desired = { instance_type: "x.1c1g", internet_max_bandwidth_out: 100 };
    const types = { "x.1c1g": type({ bandwidthLimit: null }) };
    expect(calls(decide({ machine: vm(), desired, facts: { types } }))).toEqual([
      "ModifyInstanceType c.4c8g>x.1c1g",
      "ModifyInstanceBandwidth 400>100",
    ]);
  });

  test("the cap of a type is about its bandwidth, not about a package of more TB than that", () => {
    const machine = vm({ internetChargeType: "ByTrafficPackage", axes: { traffic_package_size: settled(2000) } });
    const desired = { instance_type: "c.2c4g", traffic_package_size: 1500 };
    expect(calls(decide({ machine, desired, facts: FACTS }))).toEqual([
      "ModifyInstanceType c.4c8g>c.2c4g",
      "ModifyInstanceTrafficPackage 2000>1500",
    ]);
  });

  test("cancels of all axes come first", () => {
    const machine = vm({
      internetChargeType: "ByTrafficPackage",
      axes: {
        instance_type: scheduled("c.4c8g", "c.2c4g"),
        internet_max_bandwidth_out: settled(400),
        traffic_package_size: scheduled(5, 2.5),
      },
    });
    const desired = { instance_type: "c.8c16g", internet_max_bandwidth_out: 500, traffic_package_size: 10 };
    const decision = decide({ machine, desired, facts: FACTS });
    expect(decision.steps.map(({ step, action }) => `${step} ${action}`)).toEqual([
      "1 CancelInstanceDowngrade",
      "2 CancelInstanceTrafficPackageDowngrade",
      "3 ModifyInstanceType",
      "4 ModifyInstanceBandwidth",
      "5 ModifyInstanceTrafficPackage",
    ]);
  });

  test("nothing is known of the types: the default order, and a lateral change", () => {
    const desired = { internet_max_bandwidth_out: 500, instance_type: "x.1c1g" };
    const { steps } = decide({ machine: vm(), desired, facts: { types: { "x.1c1g": type() } } });
    expect(steps.map(({ direction }) => direction)).toEqual(["lateral", "upgrade"]);
  });
});
