import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { BmcTrafficPackage, ChangeWaves, SynthesisError, VmInstanceSpec, ZenlayerProvider } from "../../lib";
import { newStack, synth, type Synthesized } from "./support";
import { Testing, type TerraformStack } from "cdktf";

function machines(stack: TerraformStack): { readonly [name in "a" | "b" | "c"]: VmInstanceSpec } {
  const machine = (name: string): VmInstanceSpec =>
    new VmInstanceSpec(stack, name, { instance: `id-${name}`, bandwidth: 200 });
  return { a: machine("a"), b: machine("b"), c: machine("c") };
}

const dependsOn = (tf: Synthesized, name: string): unknown =>
  tf.resource?.["zenlayer_vm_instance_spec"]?.[name]?.["depends_on"];

test("a wave waits for the wave before and for its check", () => {
  const tf = synth((stack) => {
    const { a, b, c } = machines(stack);
    const waves = new ChangeWaves(stack, "rollout", { waves: [[a, b], [c]], check: { command: "npm run health" } });
    expect(waves.checks).toHaveLength(1);
  });
  const [[name, check] = []] = Object.entries(tf.resource?.["null_resource"] ?? {});
  expect(check?.["triggers"]).toEqual({
    "stack/a": "${zenlayer_vm_instance_spec.a.change_count}",
    "stack/b": "${zenlayer_vm_instance_spec.b.change_count}",
  });
  expect(dependsOn(tf, "c")).toEqual([`null_resource.${name}`]);
  expect(dependsOn(tf, "a")).toBeUndefined();
  expect(dependsOn(tf, "b")).toBeUndefined();
});

test("three waves have two checks, and each wave waits for the one before", () => {
  const tf = synth((stack) => {
    const { a, b, c } = machines(stack);
    new ChangeWaves(stack, "rollout", { waves: [[a], [b], [c]], check: { command: "true" } });
  });
  const checks = Object.keys(tf.resource?.["null_resource"] ?? {});
  expect(checks).toHaveLength(2);
  expect([dependsOn(tf, "b"), dependsOn(tf, "c")].flat().sort()).toEqual(
    checks.map((name) => `null_resource.${name}`).sort(),
  );
});

test("without a check, waves are order alone", () => {
  const tf = synth((stack) => {
    const { a, b, c } = machines(stack);
    new ChangeWaves(stack, "rollout", { waves: [[a, b], [c]] });
  });
  expect(tf.resource?.["null_resource"]).toBeUndefined();
  const [[name, wave] = []] = Object.entries(tf.locals ?? {});
  expect(wave).toEqual(["${zenlayer_vm_instance_spec.a.id}", "${zenlayer_vm_instance_spec.b.id}"]);
  expect(dependsOn(tf, "c")).toEqual([`local.${name}`]);
});

test("quotes do not wait: prices of all waves are asked while planning", () => {
  const tf = synth((stack) => {
    const { a, b, c } = machines(stack);
    new ChangeWaves(stack, "rollout", { waves: [[a, b], [c]] });
  });
  for (const quote of Object.values(tf.data?.["zenlayer_vm_spec_quote"] ?? {}))
    expect(quote["depends_on"]).toBeUndefined();
});

test("waves may mix products", () => {
  const stack = newStack();
  const { a } = machines(stack);
  const edge = new BmcTrafficPackage(stack, "edge", { instance: "id-edge", trafficPackageSize: 10 });
  expect(() => new ChangeWaves(stack, "rollout", { waves: [[a], [edge]] })).not.toThrow();
});

describe("mistakes are refused at synth", () => {
  test.each([
    ["an empty wave", (m: ReturnType<typeof machines>) => [[m.a], []], /^stack\/rollout: wave 2 is empty/],
    [
      "a specification in two waves",
      (m: ReturnType<typeof machines>) => [[m.a], [m.b, m.a]],
      /stack\/a stands in wave 1 and in wave 2/,
    ],
    [
      "a specification twice in one wave",
      (m: ReturnType<typeof machines>) => [[m.a, m.a]],
      /stack\/a stands in wave 1 and in wave 1/,
    ],
  ])("%s", (_case, waves, message) => {
    const stack = newStack();
    expect(() => new ChangeWaves(stack, "rollout", { waves: waves(machines(stack)) })).toThrow(message);
  });

  const contradiction =
    /^stack\/rollout: stack\/a stands in wave 1 but waits for stack\/b in wave 2.*, which waits for wave 1: remove that dependency/;

  test.each<readonly [string, (m: ReturnType<typeof machines>, stack: TerraformStack) => void]>([
    ["a dependency", ({ a, b }) => a.addDependency(b)],
    ["a dependency of the construct tree", ({ a, b }) => a.node.addDependency(b)],
    ["a hook between the two", ({ a, b }) => a.addDependency(b.onChange("after", { command: "true" }))],
    [
      "an expression",
      ({ a, b }) => {
        a.resource.maxImmediateCharge = b.changeCount;
      },
    ],
  ])("%s against the order of the waves, before or after them", (_name, contradict) => {
    const [before, after] = [newStack(), newStack()];
    const [first, second] = [machines(before), machines(after)];
    contradict(first, before);
    new ChangeWaves(before, "rollout", { waves: [[first.a], [first.b], [first.c]], check: { command: "true" } });
    new ChangeWaves(after, "rollout", { waves: [[second.a], [second.b], [second.c]] });
    contradict(second, after);
    for (const stack of [before, after]) {
      expect(() => Testing.synth(stack, true)).toThrow(contradiction);
      expect(() => Testing.synth(stack, true)).toThrow(SynthesisError);
    }
  });

  test("a dependency over a third says over which, and those that fit are no mistake", () => {
    const stack = newStack();
    new ZenlayerProvider(stack, "zenlayer");
    const { a, b, c } = machines(stack);
    new ChangeWaves(stack, "rollout", { waves: [[a], [b]] });
    b.addDependency(a);
    c.addDependency(b);
    expect(() => Testing.synth(stack, true)).not.toThrow();
    a.addDependency(c);
    expect(() => Testing.synth(stack, true)).toThrow(/stack\/b in wave 2 \(over zenlayer_vm_instance_spec\.c\)/);
  });

  test("a name of a later machine in a command is no dependency", () => {
    const stack = newStack();
    new ZenlayerProvider(stack, "zenlayer");
    const { a, b } = machines(stack);
    const hook = a.onChange("say", { command: "echo zenlayer_vm_instance_spec.b comes next" });
    new NullProvider(stack, "null");
    new ChangeWaves(stack, "rollout", { waves: [[a], [b]] });
    b.addDependency(hook);
    expect(() => Testing.synth(stack, true)).not.toThrow();
  });

  test("a specification of several machines", () => {
    const stack = newStack();
    const many = new VmInstanceSpec(stack, "many", { instance: "id", bandwidth: 200, count: 2 });
    expect(() => new ChangeWaves(stack, "rollout", { waves: [[many]] })).toThrow(/stack\/many has forEach or count/);
  });
});
