// From an observation to Terraform's state, and back to what planning decides on.
import type { Step } from "../../lib/engine";
import { keepSpelling, machineOfState, observedState, ofKind, plannedSteps, changesOf } from "../../lib/provider/state";
import { UNKNOWN } from "../../lib/plugin";
import { bmc, processing, scheduled, settled, vm } from "../engine/machines";
import { BMC_BANDWIDTH, VM_SPEC } from "../support/kinds";
import { observation } from "../support/observations";

test("the managed attribute is the committed value, the effective one beside it", () => {
  const state = observedState(
    VM_SPEC,
    observation(vm({ axes: { internet_max_bandwidth_out: scheduled(400, 100), instance_type: settled("c.4c8g") } })),
    {},
  );
  expect(state).toMatchObject({
    id: "900000000000000001",
    instance_type: "c.4c8g",
    internet_max_bandwidth_out: 100,
    effective_internet_max_bandwidth_out: 400,
    traffic_package_size: null,
    pending: [
      {
        axis: "internet_max_bandwidth_out",
        from: "400",
        to: "100",
        phase: "scheduled",
        effective_at: "2026-02-01T00:00:00Z",
      },
    ],
    changes: [],
    plan_summary: "",
    order_numbers: [],
    change_count: 0,
    on_downgrade: null,
  });
});

test("what an observation does not tell is carried over", () => {
  const carried = {
    on_downgrade: "deny",
    max_immediate_charge: 5,
    change_count: 3,
    order_numbers: ["1"],
    timeouts: null,
  };
  expect(observedState(VM_SPEC, observation(), carried)).toMatchObject(carried);
});

test.each([
  ["settled", vm()],
  [
    "scheduled",
    vm({ axes: { internet_max_bandwidth_out: scheduled(400, 100), instance_type: scheduled("c.4c8g", "c.2c4g") } }),
  ],
  ["processing", vm({ axes: { internet_max_bandwidth_out: processing(400, 600) } })],
  [
    "without values",
    vm({ axes: { internet_max_bandwidth_out: settled<number>(null), instance_type: settled("c.4c8g") } }),
  ],
  ["POSTPAID", vm({ instanceChargeType: "POSTPAID" })],
  ["with a package", vm({ internetChargeType: "ByTrafficPackage" })],
])("a machine that is %s comes back from the state as it was", (_name, machine) => {
  expect(machineOfState(VM_SPEC, observedState(VM_SPEC, observation(machine), {}))).toEqual(machine);
});

test("a resource for one axis stores and decides on that one alone", () => {
  const kind = BMC_BANDWIDTH;
  const machine = bmc({
    axes: { internet_max_bandwidth_out: scheduled(400, 100), traffic_package_size: scheduled(10, 5) },
  });
  const state = observedState(kind, observation(machine), {});
  expect(Object.keys(state)).not.toContain("traffic_package_size");
  expect(state["pending"]).toHaveLength(1);
  expect(machineOfState(kind, state)).toEqual(ofKind(kind, machine));
});

describe("spelling", () => {
  test.each([
    [10, 10.0000004, 10],
    [10.0000004, 10, 10.0000004],
    [10, 10.01, 10.01],
    [null, 10, 10],
    [UNKNOWN, 10, 10],
    [10, null, null],
    [undefined, 10, 10],
    [UNKNOWN, null, null],
  ])("known %j, observed %j: %j", (known, observed, kept) => {
    expect(keepSpelling("traffic_package_size", known, observed)).toEqual(kept);
  });

  test("bandwidth has none to keep", () => {
    expect(keepSpelling("internet_max_bandwidth_out", 400, 400.0000004)).toBe(400.0000004);
  });

  test("an effective value keeps its own, so that noise is no drift", () => {
    const before = observedState(VM_SPEC, observation(vm({ internetChargeType: "ByTrafficPackage" })), {});
    const noisy = vm({ internetChargeType: "ByTrafficPackage", axes: { traffic_package_size: settled(5.0000003) } });
    expect(observedState(VM_SPEC, observation(noisy), before)).toMatchObject({
      traffic_package_size: 5,
      effective_traffic_package_size: 5,
    });
  });
});

test("planned calls come back from the attribute as they went in", () => {
  const changes = changesOf([
    {
      step: 1,
      action: "CancelInstanceTrafficPackageDowngrade",
      axis: "traffic_package_size",
      from: 5,
      to: 10,
      direction: "cancel",
      takesEffect: "immediately",
      effectiveAt: null,
      charge: "none",
    },
    {
      step: 2,
      action: "ModifyInstanceTrafficPackage",
      axis: "traffic_package_size",
      from: 10,
      to: 12.05,
      direction: "upgrade",
      takesEffect: "immediately",
      effectiveAt: null,
      charge: "charged_now",
    },
  ]);
  expect(plannedSteps({ changes })).toMatchObject([
    {
      step: 1,
      action: "CancelInstanceTrafficPackageDowngrade",
      from: "5",
      to: "10",
      direction: "cancel",
      charge: "none",
    },
    {
      step: 2,
      action: "ModifyInstanceTrafficPackage",
      from: "10",
      to: "12.05",
      direction: "upgrade",
      charge: "charged_now",
    },
  ]);
  expect(plannedSteps({ changes }).map(({ axis }) => axis)).toEqual(["traffic_package_size", "traffic_package_size"]);
  expect(plannedSteps({ changes: UNKNOWN })).toEqual([]);
});

test("what goes up from nothing that is known goes up from null, never from a text", () => {
  const machine = vm({ axes: { internet_max_bandwidth_out: scheduled<number>(null, 100) } });
  expect(observedState(VM_SPEC, observation(machine), {})["pending"]).toMatchObject([{ from: null, to: "100" }]);
  const step = { step: 1, action: "ModifyInstanceBandwidth", axis: "internet_max_bandwidth_out", from: null, to: 100 };
  const effect = { direction: "upgrade", takesEffect: "immediately", effectiveAt: null, charge: "charged_now" };
  expect(changesOf([{ ...step, ...effect } as Step])).toMatchObject([{ from: null, to: "100" }]);
});

describe("a state that tells less than a machine has", () => {
  test("is a machine of which nothing is known, and no other", () => {
    expect(machineOfState(VM_SPEC, {})).toEqual({
      product: "vm",
      instanceId: "",
      instanceChargeType: "",
      internetChargeType: "",
      expiredTime: null,
      autoRenew: null,
      axes: {
        instance_type: settled(null),
        internet_max_bandwidth_out: settled(null),
        traffic_package_size: settled(null),
      },
    });
  });

  test("a phase that is not known counts as settled: nothing is on its way", () => {
    const pending = [{ axis: "internet_max_bandwidth_out", from: "400", to: "100", phase: "dreaming" }];
    expect(
      machineOfState(VM_SPEC, { pending, effective_internet_max_bandwidth_out: 400 }).axes.internet_max_bandwidth_out,
    ).toEqual(settled(400));
  });

  test("a change of which nobody tells where it goes counts as none", () => {
    const pending = [{ axis: "internet_max_bandwidth_out", from: "400", to: null, phase: "scheduled" }];
    expect(
      machineOfState(VM_SPEC, { pending, effective_internet_max_bandwidth_out: 400 }).axes.internet_max_bandwidth_out,
    ).toEqual(settled(400));
  });

  test("a promised call of which parts are missing is none that could be matched", () => {
    expect(plannedSteps({ changes: [{}] })).toEqual([
      { step: 0, action: "", axis: "", from: null, to: "", direction: "", charge: "" },
    ]);
  });
});

test("an axis that a machine does not have is stored as null", () => {
  expect(observedState(VM_SPEC, observation(bmc()), {})).toMatchObject({
    instance_type: null,
    effective_instance_type: null,
  });
});

test("the axes of a resource are those that it has and the machine has", () => {
  const machine = bmc({ axes: { internet_max_bandwidth_out: scheduled(400, 100) } });
  expect(Object.keys(ofKind(VM_SPEC, machine).axes)).not.toContain("instance_type");
  expect(ofKind(BMC_BANDWIDTH, machine)).toEqual({
    ...machine,
    axes: { internet_max_bandwidth_out: scheduled(400, 100) },
  });
});
