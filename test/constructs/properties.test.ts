// Programs in JavaScript, and spreads in TypeScript: no compiler has looked at what arrives here.
import { TerraformCount, TerraformIterator, TerraformStack, Testing } from "cdktf";
import {
  BmcBandwidth,
  BmcInstance,
  BmcTrafficPackage,
  ChangeHook,
  ChangeWaves,
  ForbidDowngrades,
  LimitImmediateCharge,
  SynthesisError,
  VmInstance,
  VmInstanceSpec,
  ZenlayerProvider,
} from "../../lib";
import { BMC, newStack, synthStack, VM } from "./support";

type Untyped = new (...args: readonly unknown[]) => { readonly node: unknown };
const untyped = (construct: unknown) => construct as Untyped;

/** Makes a construct with whatever is given. */
const make =
  (construct: unknown, props?: unknown) =>
  (stack: TerraformStack = newStack()): unknown =>
    new (untyped(construct))(stack, "it", props);

describe.each<readonly [string, unknown, object, string, string]>([
  ["VmInstanceSpec", VmInstanceSpec, { instance: VM }, "maxImediateCharge", "maxImmediateCharge"],
  ["VmInstanceSpec", VmInstanceSpec, { instance: VM }, "on_downgrade", "onDowngrade"],
  ["VmInstanceSpec", VmInstanceSpec, { instance: VM }, "internetMaxBandwidthOut", "bandwidth"],
  ["VmInstanceSpec", VmInstanceSpec, { instance: VM }, "instanceId", "instance"],
  [
    "BmcTrafficPackage",
    BmcTrafficPackage,
    { instance: BMC, trafficPackageSize: 1 },
    "trafficPakageSize",
    "trafficPackageSize",
  ],
  ["BmcBandwidth", BmcBandwidth, { instance: BMC, bandwidth: 5 }, "bandwith", "bandwidth"],
  ["VmInstance", VmInstance, { instanceId: VM }, "instanceNames", "instanceName"],
  ["BmcInstance", BmcInstance, { instanceId: BMC }, "instancename", "instanceName"],
  ["ZenlayerProvider", ZenlayerProvider, {}, "readonly", "readOnly"],
  ["ZenlayerProvider", ZenlayerProvider, {}, "endPoint", "endpoint"],
])("%s", (name, construct, props, wrong, right) => {
  test(`has no ${wrong}, but ${right}`, () => {
    const build = (): unknown => make(construct, { ...props, [wrong]: "x" })();
    expect(build).toThrow(`stack/it: ${name} has no property ${wrong}: did you mean ${right}?`);
    expect(build).toThrow(SynthesisError);
  });
});

test.each<readonly [string, () => unknown, RegExp]>([
  [
    "timeouts",
    make(VmInstanceSpec, { instance: VM, timeouts: { upate: "1h" } }),
    /timeouts has no property upate: did you mean update\?/,
  ],
  [
    "quote",
    make(VmInstanceSpec, { instance: VM, quote: { allways: true } }),
    /quote has no property allways: did you mean always\?/,
  ],
  [
    "guard",
    () => new LimitImmediateCharge(5, { exept: [] } as never),
    /LimitImmediateCharge has no property exept: did you mean except\?/,
  ],
  ["guard", () => new ForbidDowngrades({ except: "web" } as never), /except is "web", not a list of constructs/],
  ["limit", () => new LimitImmediateCharge(undefined as never), /LimitImmediateCharge: undefined is not an amount/],
  ["limit", () => new LimitImmediateCharge("50" as never), /LimitImmediateCharge: "50" is not an amount/],
  [
    "nothing near",
    make(VmInstanceSpec, { instance: VM, colour: "red" }),
    /has no property colour: it has .*instance, instanceType/,
  ],
  ["none at all", make(VmInstanceSpec), /^stack\/it: the properties of VmInstanceSpec are missing: it takes/],
  ["a text", make(VmInstanceSpec, VM), /the properties of VmInstanceSpec are "900000000000000001", not an object/],
  ["no instance", make(VmInstanceSpec, { bandwidth: 5 }), /^stack\/it: instance undefined is not the id of a machine/],
  ["no bandwidth", make(BmcBandwidth, { instance: BMC }), /^stack\/it: bandwidth of BmcBandwidth is missing/],
  [
    "null",
    make(BmcTrafficPackage, { instance: BMC, trafficPackageSize: null }),
    /trafficPackageSize of BmcTrafficPackage is missing/,
  ],
  ["lookup of nothing", make(VmInstance), /the properties of VmInstance are missing/],
  ["an empty name", make(VmInstance, { instanceName: "" }), /instanceName "" is no text/],
  ["an object that is no machine", make(VmInstanceSpec, { instance: {} }), /instance \{\} is not the id of a machine/],
  [
    "fromResource of nothing",
    () => VmInstance.fromResource(undefined as never),
    /fromResource: undefined is no resource/,
  ],
  [
    "a BMC machine for a VM construct",
    make(VmInstanceSpec, { instance: BmcInstance.fromInstanceId(BMC), bandwidth: 5 }),
    /^stack\/it: instance is a bare-metal machine, and this construct is for a virtual machine: use BmcTrafficPackage/,
  ],
  [
    "a VM for a BMC construct",
    make(BmcBandwidth, { instance: VmInstance.fromInstanceId(VM), bandwidth: 5 }),
    /instance is a virtual machine, and this construct is for a bare-metal machine: use VmInstanceSpec/,
  ],
  ["hook after nothing", make(ChangeHook, { command: "true" }), /after of ChangeHook is missing/],
  ["hook after a text", make(ChangeHook, { command: "true", after: "web" }), /after is "web": it takes a list/],
  [
    "hook after no specification",
    make(ChangeHook, { command: "true", after: [{}] }),
    /after names \{\}, which is no specification/,
  ],
  [
    "hook after null",
    make(ChangeHook, { command: "true", after: [null] }),
    /after names null, which is no specification/,
  ],
  ["waves", make(ChangeWaves, { wave: [] }), /ChangeWaves has no property wave: did you mean waves\?/],
  ["waves of no list", make(ChangeWaves, { waves: [VM] }), /wave 1 is "900000000000000001": it takes a list/],
  ["waves of nothing", make(ChangeWaves), /the properties of ChangeWaves are missing/],
])("%s", (_case, build, message) => {
  expect(() => build()).toThrow(message);
  expect(() => build()).toThrow(SynthesisError);
});

describe("several machines with one literal id", () => {
  const many = (props: object): TerraformStack => {
    const stack = newStack();
    make(VmInstanceSpec, { instance: VM, bandwidth: 200, ...props })(stack);
    return stack;
  };

  test.each<readonly [string, object]>([
    ["count", { count: 2 }],
    ["forEach of a list", { forEach: TerraformIterator.fromList(["a", "b"]) }],
    ["forEach of a map", { forEach: TerraformIterator.fromMap({ a: { x: 1 }, b: { x: 2 } }) }],
  ])("%s", (_case, props) => {
    expect(() => synthStack(many(props))).toThrow(/^stack\/it: .* all for machine 900000000000000001/);
  });

  test.each<readonly [string, object]>([
    ["count 1", { count: 1 }],
    ["count 0", { count: 0 }],
    ["a count that only Terraform knows", { count: TerraformCount.of("${var.on ? 1 : 0}" as never) }],
    ["forEach of one", { forEach: TerraformIterator.fromList(["a"]) }],
  ])("but not %s", (_case, props) => {
    expect(() => synthStack(many(props))).not.toThrow();
  });
});

test("errors have a code and a path", () => {
  const errors = [
    { code: "UNKNOWN_PROPERTY", build: make(VmInstanceSpec, { instance: VM, x: 1 }) },
    { code: "MISSING_PROPERTY", build: make(BmcBandwidth, { instance: BMC }) },
    { code: "INVALID_VALUE", build: make(VmInstanceSpec, { instance: "" }) },
  ];
  for (const { code, build } of errors) {
    let caught: unknown;
    try {
      build(new TerraformStack(Testing.app(), "stack"));
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ name: "SynthesisError", code, path: "stack/it" });
    expect(caught instanceof SynthesisError).toBe(true);
    expect(caught instanceof Error).toBe(true);
  }
});
