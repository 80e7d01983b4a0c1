// Refusals and warnings: what Zenlayer can never do, and what a user should know first.
import { decide, describeFinding, type Desired, type Facts, type Finding, type Machine } from "../../lib/engine";
import { EXPIRES, TYPES, bmc, processing, scheduled, settled, type, vm } from "./machines";

function refusals(machine: Machine, desired: Desired, facts: Facts = { types: TYPES }): readonly Finding[] {
  const decision = decide({ machine, desired, facts });
  if (decision.refusals.length > 0) expect(decision.steps).toEqual([]);
  return decision.refusals;
}

function refusalCodes(machine: Machine, desired: Desired, facts?: Facts): string[] {
  return refusals(machine, desired, facts).map(({ axis, code }) => `${axis}: ${code}`);
}

function warningCodes(machine: Machine, desired: Desired, facts: Facts = { types: TYPES }): string[] {
  return decide({ machine, desired, facts }).warnings.map(({ axis, code }) => `${axis}: ${code}`);
}

const TRAFFIC = { internetChargeType: "ByTrafficPackage" };

describe("types that cannot be", () => {
  test("a type that Zenlayer does not know", () => {
    const [refusal] = refusals(vm(), { instance_type: "c.5c5g" }, { types: { ...TYPES, "c.5c5g": null } });
    expect(refusal?.code).toBe("instance_type_unknown");
    expect(refusal && describeFinding(refusal).summary).toContain('"c.5c5g"');
    expect(refusal && describeFinding(refusal).detail).toContain("zenlayer_vm_instance_types");
  });

  test("a type that was not looked up is not refused, and neither is one named like a property of every object", () => {
    expect(refusalCodes(vm(), { instance_type: "c.9c9g" }, {})).toEqual([]);
    expect(refusalCodes(vm(), { instance_type: "constructor" })).toEqual([]);
  });

  test("nothing is known, and so nothing said, of a type named like a property of every object", () => {
    expect(warningCodes(vm(), { instance_type: "constructor" })).toEqual([]);
  });

  test("the machine has no type now", () => {
    const machine = vm({ axes: { instance_type: settled<string>(null) } });
    expect(refusalCodes(machine, { instance_type: "c.4c8g" })).toEqual(["instance_type: no_current_value"]);
  });

  test("nothing in force and something else scheduled: not even the cancel is sent", () => {
    const machine = vm({ axes: { instance_type: scheduled<string>(null, "c.2c4g") } });
    expect(refusalCodes(machine, { instance_type: "c.4c8g" })).toEqual(["instance_type: no_current_value"]);
  });

  test.each([
    ["s.2c4g", "h.2c4g", true],
    ["h.2c4g", "s.2c4g", true],
    ["s.2c4g", "s.4c8g", false],
    ["h.2c4g", "h.4c8g", false],
    ["c.4c8g", "g.2c8g", false],
    ["g.2c8g", "m.2c16g", false],
    ["m.2c16g", "c.4c8g", false],
    ["c.4c8g", "s.2c4g", false],
    ["h.2c4g", "g.2c8g", false],
    ["s.2c4g", "hg.2c4g", false],
    ["sg.2c4g", "h.2c4g", false],
  ])("series %s to %s, refused: %s", (from, to, refused) => {
    const machine = vm({ axes: { instance_type: settled(from) } });
    const expected = refused ? ["instance_type: instance_type_series"] : [];
    expect(refusalCodes(machine, { instance_type: to })).toEqual(expected);
  });

  test("a type whose cap is below the bandwidth the machine is committed to", () => {
    const machine = vm({ axes: { internet_max_bandwidth_out: settled(1400) } });
    const [refusal] = refusals(machine, { instance_type: "c.2c4g" });
    expect(refusal).toMatchObject({ code: "instance_type_bandwidth_limit", axis: "instance_type" });
    expect(refusal && describeFinding(refusal).summary).toContain("1000 Mbps");
    expect(refusal && describeFinding(refusal).summary).toContain("1400 Mbps");
  });

  test("a bandwidth that is going down already fits the smaller type", () => {
    const machine = vm({ axes: { internet_max_bandwidth_out: scheduled(1400, 800) } });
    expect(refusalCodes(machine, { instance_type: "c.2c4g" })).toEqual([]);
  });

  test("taking that bandwidth decrease back does not fit", () => {
    const machine = vm({ axes: { internet_max_bandwidth_out: scheduled(1400, 800) } });
    const desired = { instance_type: "c.2c4g", internet_max_bandwidth_out: 1400 };
    expect(refusalCodes(machine, desired)).toEqual(["instance_type: instance_type_bandwidth_limit"]);
  });

  test("a bandwidth at the cap of the type fits it, as does no bandwidth", () => {
    for (const state of [settled(1000), settled<number>(null)]) {
      const machine = vm({ axes: { internet_max_bandwidth_out: state } });
      expect(refusalCodes(machine, { instance_type: "c.2c4g" })).toEqual([]);
    }
  });

  test("unlimited bandwidth fits every type", () => {
    const machine = vm({ axes: { internet_max_bandwidth_out: settled(0) } });
    expect(refusalCodes(machine, { instance_type: "c.2c4g" })).toEqual([]);
  });

  test("a type that cannot be rate-limited has no cap", () => {
    const types = { ...TYPES, "c.2c4g": type({ bandwidthLimit: null, listPrice: 28 }) };
    const machine = vm({ axes: { internet_max_bandwidth_out: settled(1400) } });
    expect(refusalCodes(machine, { instance_type: "c.2c4g" }, { types })).toEqual([]);
  });

  test("a bare-metal machine has no type to change", () => {
    expect(refusalCodes(bmc(), { instance_type: "MDE" })).toEqual(["instance_type: axis_not_of_product"]);
  });

  test("a malformed type id", () => {
    expect(refusalCodes(vm(), { instance_type: "c.4c8g " })).toEqual(["instance_type: instance_type_malformed"]);
  });
});

describe("bandwidths that cannot be", () => {
  const axis = "internet_max_bandwidth_out";

  test.each([0, -1, 1.5, 2_000_000])("%d Mbps is out of range", (value) => {
    expect(refusalCodes(vm(), { [axis]: value }, {})).toEqual([`${axis}: bandwidth_out_of_range`]);
  });

  test("the machine has no bandwidth now", () => {
    const state = { axes: { [axis]: settled<number>(null) } };
    for (const machine of [vm(state), bmc(state)]) {
      expect(refusalCodes(machine, { [axis]: 100 })).toEqual([`${axis}: no_current_value`]);
    }
  });

  test("unlimited stays as it is: nothing is planned, so nothing is refused", () => {
    const machine = vm({ axes: { [axis]: settled(0) } });
    expect(decide({ machine, desired: { [axis]: 0 }, facts: {} })).toMatchObject({ steps: [], refusals: [] });
  });

  test("what was scheduled instead of unlimited can be cancelled back to it", () => {
    const { steps, refusals } = decide({
      machine: vm({ axes: { [axis]: scheduled(0, 100) } }),
      desired: { [axis]: 0 },
      facts: {},
    });
    expect(refusals).toEqual([]);
    expect(steps).toMatchObject([{ action: "CancelInstanceBandwidthDowngrade", from: 100, to: 0, charge: "none" }]);
  });

  test.each([
    ["settled", settled(400)],
    ["scheduled", scheduled(400, 100)],
    ["being executed from unlimited", processing(0, 100)],
  ])("unlimited cannot be set where the bandwidth is another one, or will be (%s)", (_name, state) => {
    for (const machine of [vm({ axes: { [axis]: state } }), bmc({ axes: { [axis]: state } })]) {
      const [refusal] = refusals(machine, { [axis]: 0 }, {});
      expect(refusal).toMatchObject({ code: "bandwidth_out_of_range", problem: "unlimited" });
      expect(refusal && describeFinding(refusal).detail).toContain("cannot be ordered");
    }
  });

  test("above the maximum of a bare-metal model", () => {
    expect(refusalCodes(bmc(), { [axis]: 10000 }, { maximumBandwidth: 10000 })).toEqual([]);
    const [refusal] = refusals(bmc(), { [axis]: 10001 }, { maximumBandwidth: 10000 });
    expect(refusal?.code).toBe("bandwidth_above_maximum");
    expect(refusal && describeFinding(refusal).detail).toContain("from 1 to 10000");
  });

  test("above the cap of the type in force", () => {
    expect(refusalCodes(vm(), { [axis]: 1500 })).toEqual([]);
    const [refusal] = refusals(vm(), { [axis]: 1501 });
    expect(refusal).toEqual({
      code: "bandwidth_above_maximum",
      axis,
      to: 1501,
      limit: 1500,
      bound: "type",
      type: "c.4c8g",
    });
  });

  test("a machine of which no type was read has no cap that we know", () => {
    const { instance_type: _, ...axes } = vm().axes;
    expect(refusalCodes({ ...vm(), axes }, { [axis]: 5000 })).toEqual([]);
  });

  test("above the cap of the type that is scheduled", () => {
    const machine = vm({ axes: { instance_type: scheduled("c.4c8g", "c.2c4g") } });
    expect(refusalCodes(machine, { [axis]: 1200 })).toEqual([`${axis}: bandwidth_above_maximum`]);
  });

  test("above the cap of the desired type: said once, of the bandwidth", () => {
    const desired = { [axis]: 1200, instance_type: "c.2c4g" };
    expect(refusalCodes(vm(), desired)).toEqual([`${axis}: bandwidth_above_maximum`]);
  });

  test("within the cap of the desired type, above that of the current one", () => {
    expect(refusalCodes(vm(), { [axis]: 1800, instance_type: "c.8c16g" })).toEqual([]);
  });

  test("within the cap of the type that is being changed to", () => {
    const machine = vm({ axes: { instance_type: processing("c.4c8g", "c.8c16g") } });
    expect(refusalCodes(machine, { [axis]: 1800 })).toEqual([]);
    expect(refusalCodes(machine, { [axis]: 2001 })).toEqual([`${axis}: bandwidth_above_maximum`]);
  });

  test("within the cap of a cheaper type that comes only with the next cycle", () => {
    const machine = vm({ axes: { instance_type: settled("m.2c16g") } });
    const desired = { instance_type: "c.4c8g", [axis]: 1200 };
    const [refusal] = refusals(machine, desired);
    expect(refusal?.code).toBe("bandwidth_above_maximum");
    expect(refusal && describeFinding(refusal).summary).toContain('"m.2c16g"');
    expect(refusal && describeFinding(refusal).detail).toContain(EXPIRES);
    expect(refusalCodes({ ...machine, instanceChargeType: "POSTPAID" }, desired)).toEqual([]);
    const waiting = vm({ axes: { instance_type: scheduled("m.2c16g", "c.4c8g") } });
    expect(refusalCodes(waiting, desired)).toEqual([`${axis}: bandwidth_above_maximum`]);
  });

  test("at the cap of the type in force, below that of a cheaper one that comes with the next cycle", () => {
    const machine = vm({ axes: { instance_type: settled("m.2c16g") } });
    expect(refusalCodes(machine, { instance_type: "c.4c8g", [axis]: 1000 })).toEqual([]);
  });

  test("above the cap of the type in force, where more than the new type allows is to be lowered first", () => {
    const machine = (now: number) => vm({ axes: { instance_type: settled("c.2c4g"), [axis]: scheduled(now, 500) } });
    const desired = { instance_type: "c.4c8g", [axis]: 1200 };
    expect(refusals(machine(1800), desired)).toEqual([
      {
        code: "bandwidth_above_maximum",
        axis,
        to: 1200,
        limit: 1000,
        bound: "type_before",
        inForce: "c.2c4g",
        type: "c.4c8g",
      },
    ]);
    expect(refusalCodes(machine(1800), { ...desired, [axis]: 1000 })).toEqual([]);
    expect(refusalCodes(machine(1500), desired)).toEqual([]);
  });

  test("a type instead of none: said of the type alone", () => {
    const machine = vm({ axes: { instance_type: settled<string>(null) } });
    const desired = { instance_type: "c.4c8g", [axis]: 1200 };
    expect(refusalCodes(machine, desired)).toEqual(["instance_type: no_current_value"]);
  });
});

describe("packages that cannot be", () => {
  const axis = "traffic_package_size";

  test("below the free package", () => {
    const [refusal] = refusals(bmc(TRAFFIC), { [axis]: 2.5 }, { freePackage: 3 });
    expect(refusal?.code).toBe("package_below_free");
    expect(refusal && describeFinding(refusal).detail).toContain("3 TB or more");
    expect(refusalCodes(bmc(TRAFFIC), { [axis]: 3 }, { freePackage: 3.0000000001 })).toEqual([]);
    expect(refusalCodes(vm(TRAFFIC), { [axis]: 3 - 1e-6 }, { freePackage: 3 })).toEqual([
      `${axis}: package_below_free`,
    ]);
  });

  test("not a step of a bare-metal package", () => {
    expect(refusalCodes(bmc(TRAFFIC), { [axis]: 5.07 }, {})).toEqual([`${axis}: package_step`]);
    expect(refusalCodes(vm(TRAFFIC), { [axis]: 5.07 }, {})).toEqual([]);
  });

  test("the machine has none", () => {
    const machine = vm({ ...TRAFFIC, axes: { [axis]: settled<number>(null) } });
    expect(refusalCodes(machine, { [axis]: 5 })).toEqual([`${axis}: no_current_value`]);
  });

  test("nothing in force and something else scheduled", () => {
    const machine = vm({ ...TRAFFIC, axes: { [axis]: scheduled<number>(null, 5) } });
    expect(refusalCodes(machine, { [axis]: 10 })).toEqual([`${axis}: no_current_value`]);
    expect(decide({ machine, desired: { [axis]: 5 }, facts: {} })).toMatchObject({ steps: [], refusals: [] });
  });

  test("a machine without a package in any billing model but ByTrafficPackage says so", () => {
    const [refusal] = refusals(bmc(), { [axis]: 5 });
    expect(refusal && describeFinding(refusal).summary).toContain("ByBandwidth");
    expect(refusal && describeFinding(refusal).detail).toContain("Remove traffic_package_size");
  });
});

describe("one refusal stops everything", () => {
  test("the other axes are not touched either", () => {
    const desired = { internet_max_bandwidth_out: 500, traffic_package_size: 10 };
    const decision = decide({ machine: vm(), desired, facts: {} });
    expect(decision.refusals.map(({ code }) => code)).toEqual(["package_charge_type"]);
    expect(decision.steps).toEqual([]);
  });

  test("all of them are told at once", () => {
    const desired = { instance_type: "a b", internet_max_bandwidth_out: 0.5, traffic_package_size: -1 };
    expect(refusalCodes(vm(), desired)).toHaveLength(3);
  });
});

describe("warnings", () => {
  test("a type that is not on sale now", () => {
    const types = { ...TYPES, "c.8c16g": type({ onSale: false, listPrice: 112 }) };
    const desired = { instance_type: "c.8c16g" };
    expect(warningCodes(vm(), desired, { types })).toEqual(["instance_type: instance_type_not_on_sale"]);
  });

  test("a type that is not sold with the network billing of the machine", () => {
    const types = { ...TYPES, "c.8c16g": type({ internetChargeTypes: ["ByTrafficPackage"], listPrice: 112 }) };
    const desired = { instance_type: "c.8c16g" };
    const code = "instance_type: instance_type_internet_charge_type";
    expect(warningCodes(vm(), desired, { types })).toEqual([code]);
    expect(warningCodes(vm(TRAFFIC), desired, { types })).toEqual([]);
  });

  test("a type that is on sale, but not known how: no warning", () => {
    expect(warningCodes(vm(), { instance_type: "c.8c16g" })).toEqual([]);
  });

  test("from unlimited to a number", () => {
    const machine = vm({ axes: { internet_max_bandwidth_out: settled(0) } });
    const code = "internet_max_bandwidth_out: leaving_unlimited_bandwidth";
    expect(warningCodes(machine, { internet_max_bandwidth_out: 100 })).toEqual([code]);
  });

  test("a package of a virtual machine that is not a multiple of 0.05", () => {
    const { warnings } = decide({ machine: vm(TRAFFIC), desired: { traffic_package_size: 5.07 }, facts: {} });
    expect(warnings).toEqual([
      { code: "package_step", axis: "traffic_package_size", product: "vm", value: 5.07, nearest: [5.05, 5.1] },
    ]);
    expect(warningCodes(vm(TRAFFIC), { traffic_package_size: 5.15 })).toEqual([]);
    expect(warningCodes(bmc(TRAFFIC), { traffic_package_size: 5.07 })).toEqual([]);
  });

  describe("a machine that is not renewed", () => {
    const axis = "internet_max_bandwidth_out";
    const code = `${axis}: scheduled_without_renewal`;
    const ending = (state: Machine["axes"]["internet_max_bandwidth_out"], autoRenew: boolean | null = false) =>
      vm({ autoRenew, axes: { ...(state && { [axis]: state }) } });

    test("a downgrade will be scheduled", () => {
      expect(warningCodes(ending(settled(400)), { [axis]: 100 })).toEqual([code]);
    });

    test("a scheduled downgrade gives way to another one", () => {
      expect(warningCodes(ending(scheduled(400, 100)), { [axis]: 200 })).toEqual([code]);
    });

    test("only what waits for the cycle is affected", () => {
      const desired = { instance_type: "c.2c4g", [axis]: 500 };
      expect(warningCodes(ending(settled(400)), desired)).toEqual(["instance_type: scheduled_without_renewal"]);
    });

    test("a downgrade is scheduled", () => {
      const decision = decide({ machine: ending(scheduled(400, 100)), desired: { [axis]: 100 }, facts: {} });
      expect(decision.steps).toEqual([]);
      expect(decision.warnings).toMatchObject([{ code: "scheduled_without_renewal" }]);
      expect(decision.warnings.map((warning) => describeFinding(warning).summary)[0]).toContain(EXPIRES);
    });

    test.each([
      ["an upgrade", settled(400), 500],
      ["a cancel", scheduled(400, 100), 400],
      ["nothing to do", settled(400), 400],
    ])("%s is not affected", (_, state, desired) => {
      expect(warningCodes(ending(state), { [axis]: desired })).toEqual([]);
    });

    test("renewed or unknown: no warning", () => {
      expect(warningCodes(ending(settled(400), true), { [axis]: 100 })).toEqual([]);
      expect(warningCodes(ending(settled(400), null), { [axis]: 100 })).toEqual([]);
    });
  });
});
