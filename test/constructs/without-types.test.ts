// Programs without types, and values that turn out only when everything is synthesised: refused with the path and a code, and never by a TypeError of ours or by nothing at all.
import { Aspects, Lazy, TerraformVariable, Testing, type TerraformStack } from "cdktf";
import {
  ChangeHook,
  ChangeWaves,
  l1,
  LimitImmediateCharge,
  MachineFleet,
  SynthesisError,
  VmInstanceSpec,
  ZenlayerProvider,
} from "../../lib";
import { newStack, VM } from "./support";

/** Whatever a program without types would write. */
type Anything = never;

const web = (stack: TerraformStack, props: object = {}, id = "web"): VmInstanceSpec =>
  new VmInstanceSpec(stack, id, { instance: VM, bandwidth: 200, ...props });
const other = (stack: TerraformStack): VmInstanceSpec => web(stack, { instance: "2" }, "other");

function refusal(program: (stack: TerraformStack) => unknown): string {
  const stack = newStack();
  new ZenlayerProvider(stack, "provider", { alias: "other" });
  try {
    program(stack);
    Testing.synth(stack, true);
  } catch (error) {
    if (error instanceof SynthesisError) return `${error.code} ${error.message}`;
    throw error;
  }
  return "accepted";
}

describe("a value of the wrong kind", () => {
  const itself: { [name: string]: unknown } = {};
  itself["itself"] = itself;

  test.each<readonly [string, unknown, string]>([
    ["instance", 1n, "instance 1n is not the id of a machine"],
    ["instance", itself, "instance an object is not the id of a machine"],
    ["import", "no", 'import is "no": it takes true or false'],
    ["quote", "no", 'quote is "no": it takes true, false, or { always: true }'],
    ["quote", { always: "no" }, 'quote.always is "no": it takes true or false'],
    ["provider", "zenlayer", 'provider is "zenlayer": it takes a ZenlayerProvider'],
    ["lifecycle", "x", 'lifecycle is "x": it takes an object'],
    ["forEach", ["a"], 'forEach is ["a"]: it takes a TerraformIterator'],
    ["count", "2", 'count is "2": it takes a whole number from 0'],
    ["count", -1, "count is -1: it takes a whole number from 0"],
    ["dependsOn", {}, "dependsOn is {}: it takes a list of constructs"],
    ["dependsOn", [undefined], "dependsOn names undefined, which is nothing to wait for"],
    ["dependsOn", ["web"], 'dependsOn names "web", which is nothing to wait for'],
  ])("%s %p", (name, value, message) => {
    expect(refusal((stack) => web(stack, { [name]: value }))).toContain(`INVALID_VALUE stack/web: ${message}`);
  });

  test("an unknown option of lifecycle, with the nearest one", () => {
    expect(refusal((stack) => web(stack, { lifecycle: { preventDestroi: true } }))).toBe(
      "UNKNOWN_PROPERTY stack/web: lifecycle has no property preventDestroi: did you mean preventDestroy?",
    );
  });

  test.each<readonly [object, string]>([
    [{ endpoint: 5 }, "endpoint is of the wrong kind: it takes text"],
    [{ maxRetries: "5", readOnly: "no" }, "maxRetries is of the wrong kind: it takes a number; readOnly is of the"],
    [{ plugin: "no" }, "plugin is of the wrong kind: it takes true or false"],
    [{ token: 12345 }, "token is of the wrong kind: it takes text"],
  ])("of the provider: %j", (props, message) => {
    const told = refusal((stack) => new ZenlayerProvider(stack, "zenlayer", props));
    expect(told).toContain(`INVALID_VALUE stack/zenlayer: ${message}`);
    expect(told).not.toContain("12345");
  });

  test("null is not given, everywhere", () => {
    const nothing = {
      import: null,
      quote: null,
      provider: null,
      lifecycle: null,
      forEach: null,
      count: null,
      dependsOn: null,
    };
    expect(refusal((stack) => web(stack, nothing))).toBe("accepted");
    expect(refusal((stack) => new ZenlayerProvider(stack, "z", { endpoint: null as Anything }))).toBe("accepted");
  });
});

test.each<readonly [string, (stack: TerraformStack) => unknown, string]>([
  [
    "addDependency of nothing",
    (stack) => web(stack).addDependency(undefined as Anything),
    "INVALID_VALUE stack/web: addDependency names undefined",
  ],
  [
    "waiting for oneself",
    (stack) => {
      const spec = web(stack);
      spec.addDependency(spec);
    },
    "CONTRADICTION stack/web: addDependency names this construct itself",
  ],
  [
    "after in onChange",
    (stack) => web(stack).onChange("h", { command: "true", after: [] } as Anything),
    "UNKNOWN_PROPERTY stack/web: onChange has no property after",
  ],
  [
    "a hook's provider",
    (stack) => web(stack).onChange("h", { command: "true", provider: "x" as Anything }),
    'INVALID_VALUE stack/web/h: provider is "x"',
  ],
  [
    "a check that is a text",
    (stack) => new ChangeWaves(stack, "w", { waves: [[web(stack)], [other(stack)]], check: "true" as Anything }),
    'INVALID_VALUE stack/w: check is "true"',
  ],
  [
    "a fleet from a Map",
    (stack) => new MachineFleet(stack, "f", { machines: new Map([["a", { instance: "1" }]]) as Anything }),
    "INVALID_VALUE stack/f: machines is a Map",
  ],
  [
    "an L1 class without a configuration",
    (stack) => new l1.VmInstanceSpec(stack, "x", undefined as Anything),
    "MISSING_PROPERTY stack/x: the configuration is missing",
  ],
  [
    "an L1 class without a machine",
    (stack) => new l1.VmInstanceSpec(stack, "x", {} as Anything),
    "MISSING_PROPERTY stack/x: instance_id of zenlayer_vm_instance_spec is missing",
  ],
  [
    "an L1 class without its value",
    (stack) => new l1.BmcBandwidth(stack, "x", { instanceId: "1" } as Anything),
    "MISSING_PROPERTY stack/x: internet_max_bandwidth_out of zenlayer_bmc_bandwidth is missing",
  ],
])("%s", (_case, program, message) => {
  expect(refusal(program)).toContain(message);
});

describe("a value that turns out when the app is synthesised", () => {
  const late = (value: unknown): Anything => Lazy.anyValue({ produce: () => value }) as Anything;
  const lateNumber = (value: unknown): number => Lazy.numberValue({ produce: () => value as number });
  const lateText = (value: unknown): string => Lazy.stringValue({ produce: () => value as string });

  test.each<readonly [string, (stack: TerraformStack) => unknown, string]>([
    [
      "no machine",
      (stack) => web(stack, { instance: lateText(undefined) }),
      "MISSING_PROPERTY stack/web: instance_id of zenlayer_vm_instance_spec is missing",
    ],
    ["an empty id", (stack) => web(stack, { instance: lateText("") }), "INVALID_VALUE stack/web: instance_id is empty"],
    [
      "a number that is none, which JSON would write as null",
      (stack) => web(stack, { bandwidth: lateNumber(NaN) }),
      "INVALID_VALUE stack/web: internet_max_bandwidth_out is NaN",
    ],
    [
      "a limit of the machine that is none",
      (stack) => web(stack, { maxImmediateCharge: lateNumber(Infinity) }),
      "INVALID_VALUE stack/web: max_immediate_charge is Infinity",
    ],
    [
      "an override that is none",
      (stack) => web(stack).resource.addOverride("max_immediate_charge", NaN),
      "INVALID_VALUE stack/web: max_immediate_charge is NaN",
    ],
  ])("%s", (_case, program, message) => {
    expect(refusal(program)).toContain(message);
  });

  test.each([undefined, NaN, -5, "fifty"])("the limit %p of a guard, which would limit nothing", (value) => {
    expect(
      refusal((stack) => {
        web(stack);
        Aspects.of(stack).add(new LimitImmediateCharge(lateNumber(value)));
      }),
    ).toBe(
      `GUARD_BYPASSED stack/web: the limit of the guard LimitImmediateCharge was ${String(value)} when the app was synthesised: ` +
        "a guard limits to a number from 0 in the account's currency",
    );
  });

  test("a number stays one, and a variable may be null in Terraform", () => {
    const program = (limit: (stack: TerraformStack) => number) => (stack: TerraformStack) => {
      web(stack, { bandwidth: late(200) });
      Aspects.of(stack).add(new LimitImmediateCharge(limit(stack)));
    };
    expect(refusal(program(() => lateNumber(50)))).toBe("accepted");
    expect(refusal(program((stack) => new TerraformVariable(stack, "v", { type: "number" }).numberValue))).toBe(
      "accepted",
    );
  });
});

describe("names and addresses", () => {
  test("an id with a token would change from one synthesis to the next", () => {
    const program = (stack: TerraformStack): unknown =>
      web(stack, {}, `web-${new TerraformVariable(stack, "stage", {}).stringValue}`);
    expect(refusal(program)).toMatch(
      /^INVALID_NAME stack\/web-.*: the id .* holds a value that is known to Terraform alone/,
    );
  });

  test("the name that an error proposes is one", () => {
    const program = (stack: TerraformStack): unknown => web(stack).resource.overrideLogicalId("1 bad name!");
    expect(refusal(program)).toMatch(/^INVALID_NAME .* choose an id such as "vm-1-bad-name"$/);
  });

  test.each<readonly [string, (stack: TerraformStack) => unknown, string]>([
    [
      "the id that it has",
      (stack) => web(stack).renamedFrom("web"),
      'CONTRADICTION stack/web: renamedFrom("web") names the id that it has',
    ],
    [
      "one id for two",
      (stack) => [web(stack).renamedFrom("old"), other(stack).renamedFrom("old")],
      'CONTRADICTION stack/other: renamedFrom("old") names what stack/web was renamed from already',
    ],
    ["slashes alone", (stack) => web(stack).renamedFrom("/"), 'INVALID_VALUE stack/web: renamedFrom "/" is no id'],
  ])("renamedFrom: %s", (_case, program, message) => {
    expect(refusal(program)).toContain(message);
  });

  test.each<readonly [string, (stack: TerraformStack, spec: VmInstanceSpec) => void, string]>([
    ["taken out of the program", (stack) => stack.node.tryRemoveChild("web"), "which was taken out of the program"],
    [
      "moved to another address",
      (stack, spec) => {
        web(stack, {}, "new").resource.addMoveTarget("target");
        spec.resource.moveTo("target");
      },
      "which was moved to another address",
    ],
  ])("nothing runs after or waits for what was %s", (_case, leave, message) => {
    const hook = (stack: TerraformStack): void => {
      const spec = web(stack);
      new ChangeHook(stack, "hook", { command: "true", after: [spec] });
      leave(stack, spec);
    };
    const waves = (stack: TerraformStack): void => {
      const spec = web(stack);
      new ChangeWaves(stack, "waves", { waves: [[spec], [other(stack)]] });
      leave(stack, spec);
    };
    expect(refusal(hook)).toContain(`CONTRADICTION stack/hook: this runs after stack/web, ${message}`);
    expect(refusal(waves)).toContain(`CONTRADICTION stack/waves: stack/web stands in a wave, ${message}`);
  });
});
