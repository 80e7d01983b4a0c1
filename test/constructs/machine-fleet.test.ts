import { Aspects, TerraformVariable } from "cdktf";
import fc from "fast-check";
import {
  BmcTrafficPackage,
  LimitImmediateCharge,
  MachineFleet,
  OnDowngrade,
  SynthesisError,
  VmInstanceSpec,
  type MachineFleetProps,
} from "../../lib";
import { cutIntoWaves } from "../../lib/constructs/private/wave-sizes";
import { newStack, synth, synthStack, type Attributes, type Synthesized } from "./support";

const machines = (count: number): { readonly [id: string]: { readonly instance: string } } =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`web-${index + 1}`, { instance: `${100 + index}` }]));

const specs = (tf: Synthesized): readonly Attributes[] =>
  Object.values(tf.resource?.["zenlayer_vm_instance_spec"] ?? {});

test("each record is a machine of its own: defaults, what differs, guards, an import block and a quote", () => {
  const tf = synth((stack) => {
    new MachineFleet(stack, "fleet", {
      defaults: { bandwidth: 200, maxImmediateCharge: 50, onDowngrade: OnDowngrade.DENY },
      machines: {
        "web-1": { instance: "101" },
        "web-2": { instance: "102", bandwidth: 400, instanceType: "c.4c8g", maxImmediateCharge: 500 },
      },
    });
  });
  expect(specs(tf)).toEqual([
    expect.objectContaining({
      instance_id: "101",
      internet_max_bandwidth_out: 200,
      max_immediate_charge: 50,
      on_downgrade: "deny",
    }),
    expect.objectContaining({
      instance_id: "102",
      internet_max_bandwidth_out: 400,
      instance_type: "c.4c8g",
      max_immediate_charge: 500,
      on_downgrade: "deny",
    }),
  ]);
  expect(tf.import?.map(({ id }) => id)).toEqual(["101", "102"]);
  expect(Object.keys(tf.data?.["zenlayer_vm_spec_quote"] ?? {})).toHaveLength(2);
});

test("what a record leaves empty is the default, also null from a file", () => {
  const tf = synth((stack) => {
    const record = JSON.parse('{ "instance": "101", "bandwidth": null }') as { instance: string };
    new MachineFleet(stack, "fleet", { defaults: { bandwidth: 200 }, machines: { web: record } });
  });
  expect(specs(tf)).toEqual([expect.objectContaining({ internet_max_bandwidth_out: 200 })]);
});

test("bare-metal machines", () => {
  const stack = newStack();
  const fleet = new MachineFleet(stack, "edge", {
    specification: "BmcTrafficPackage",
    defaults: { trafficPackageSize: 10 },
    machines: { "edge-1": { instance: "201" }, "edge-2": { instance: "202", trafficPackageSize: 20 } },
  });
  expect(fleet.specification("edge-2")).toBeInstanceOf(BmcTrafficPackage);
  const { resource } = synthStack(stack);
  expect(Object.values(resource?.["zenlayer_bmc_traffic_package"] ?? {})).toMatchObject([
    { traffic_package_size: 10 },
    { traffic_package_size: 20 },
  ]);
});

test("values may be known to Terraform alone, guards of the fleet hold, and single machines stay reachable", () => {
  const stack = newStack();
  const size = new TerraformVariable(stack, "size", { type: "number" }).numberValue;
  const fleet = new MachineFleet(stack, "fleet", { defaults: { bandwidth: size }, machines: machines(2) });
  Aspects.of(fleet).add(new LimitImmediateCharge(50));
  fleet.specification("web-2").onChange("hook", { command: "true" });
  expect(fleet.specification("web-1")).toBeInstanceOf(VmInstanceSpec);
  expect(fleet.specifications.map(({ node }) => node.id)).toEqual(["web-1", "web-2"]);
  const tf = synthStack(stack);
  for (const each of specs(tf)) {
    expect(each).toMatchObject({ internet_max_bandwidth_out: "${var.size}", max_immediate_charge: 50 });
  }
  expect(Object.keys(tf.resource?.["null_resource"] ?? {})).toHaveLength(1);
});

test("a machine that stood in the stack itself moves into the fleet", () => {
  const tf = synth((stack) => {
    new MachineFleet(stack, "fleet", { machines: { web: { instance: "101", bandwidth: 200, renamedFrom: "/web-1" } } });
  });
  const [address] = Object.keys(tf.resource?.["zenlayer_vm_instance_spec"] ?? {});
  expect(tf.moved).toEqual([{ from: "zenlayer_vm_instance_spec.web-1", to: `zenlayer_vm_instance_spec.${address}` }]);
});

describe("waves", () => {
  test.each<readonly [NonNullable<MachineFleetProps["waves"]>["size"], readonly number[]]>([
    [4, [4, 4, 2]],
    ["30%", [3, 3, 3, 1]],
    ["1%", Array.from({ length: 10 }, () => 1)],
    ["100%", [10]],
    [20, [10]],
    [
      [1, "20%", "50%"],
      [1, 2, 5, 2],
    ],
    [
      [1, 2],
      [1, 2, 2, 2, 2, 1],
    ],
  ])("of size %j: %j", (size, sizes) => {
    const fleet = new MachineFleet(newStack(), "fleet", {
      machines: machines(10),
      defaults: { bandwidth: 200 },
      waves: { size },
    });
    expect(fleet.waves.map((wave) => wave.length)).toEqual(sizes);
    expect(fleet.waves.flat()).toEqual(fleet.specifications);
  });

  test("keep every machine once and in order, whatever the sizes are", () => {
    const size = fc.oneof(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 100 }).map((part) => `${part}%`),
    );
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.array(size, { minLength: 1, maxLength: 4 }), (all, sizes) => {
        const cut = cutIntoWaves(all, sizes);
        const waves = "waves" in cut ? cut.waves : [];
        expect(waves.flat()).toEqual(all);
        expect(waves.every((wave) => wave.length > 0)).toBe(true);
      }),
    );
  });

  test("a part is no larger than it must be", () => {
    expect(cutIntoWaves(Array.from({ length: 100 }), ["7%"])).toMatchObject({ waves: { length: 15 } });
  });

  test("have a check between", () => {
    const stack = newStack();
    const fleet = new MachineFleet(stack, "fleet", {
      machines: machines(4),
      defaults: { bandwidth: 200 },
      waves: { size: [1, "100%"], check: { command: "npm run health" } },
    });
    expect(fleet.checks).toHaveLength(1);
    const tf = synthStack(stack);
    const [hook] = Object.keys(tf.resource?.["null_resource"] ?? {});
    expect(specs(tf).map((each) => each["depends_on"])).toEqual([
      undefined,
      ...[1, 2, 3].map(() => [`null_resource.${hook}`]),
    ]);
  });
});

describe("what cannot be right is refused with the path", () => {
  const refused = (props: unknown): SynthesisError => {
    try {
      new MachineFleet(newStack(), "fleet", props as MachineFleetProps);
    } catch (error) {
      if (error instanceof SynthesisError) return error;
      throw error;
    }
    throw new Error("accepted");
  };

  test.each<readonly [string, unknown, RegExp]>([
    ["no properties", undefined, /^stack\/fleet: the properties of MachineFleet are missing/],
    ["no machines", {}, /^stack\/fleet: machines of MachineFleet is missing/],
    ["a list", { machines: [] }, /^stack\/fleet: machines is \[\]: it takes an object of names and values/],
    ["a record that is none", { machines: { web: "101" } }, /machines\.web is "101": it takes an object/],
    [
      "no machine in a record",
      { machines: { web: { bandwidth: 5 } } },
      /^stack\/fleet\/web: instance undefined is not/,
    ],
    [
      "a misspelt property in a record",
      { machines: { web: { instance: "1", bandwith: 5 } } },
      /^stack\/fleet\/web: VmInstanceSpec has no property bandwith: did you mean bandwidth\?/,
    ],
    [
      "a misspelt default",
      { defaults: { maxImediateCharge: 5 }, machines: machines(1) },
      /^stack\/fleet\/web-1: .* did you mean maxImmediateCharge\?/,
    ],
    ["a value", { machines: { web: { instance: "1", bandwidth: -1 } } }, /^stack\/fleet\/web: bandwidth -1/],
    [
      "count",
      { defaults: { count: 2 }, machines: {} },
      /^stack\/fleet: defaults has count: each record is one machine/,
    ],
    ["another construct", { specification: "Vm", machines: {} }, /^stack\/fleet: specification is "Vm": it is one of/],
    ["a size of 0", { machines: machines(2), waves: { size: 0 } }, /waves\.size 0 is no size of a wave/],
    ["half a machine", { machines: machines(2), waves: { size: 1.5 } }, /waves\.size 1\.5/],
    ["more than all", { machines: machines(2), waves: { size: "101%" } }, /waves\.size "101%"/],
    ["a text", { machines: machines(2), waves: { size: ["10%", "ten"] } }, /waves\.size "ten"/],
    ["no sizes", { machines: machines(2), waves: { size: [] } }, /waves\.size \[\]/],
    ["no size", { machines: machines(2), waves: {} }, /^stack\/fleet: size of waves is missing/],
    [
      "an old id that is none",
      { machines: { web: { instance: "1", bandwidth: 5, renamedFrom: 5 } } },
      /^stack\/fleet\/web: renamedFrom 5 is no id/,
    ],
  ])("%s", (_case, props, message) => {
    expect(refused(props).message).toMatch(message);
  });

  test("an id that is not there, with the nearest one", () => {
    const fleet = new MachineFleet(newStack(), "fleet", { machines: machines(2), defaults: { bandwidth: 5 } });
    expect(() => fleet.specification("web2")).toThrow(
      /^stack\/fleet: there is no machine "web2": did you mean "web-2"\?$/,
    );
  });
});
