import { BmcTrafficPackage, ChangeWaves, VmInstanceSpec } from "../../lib";
import { newStack, synth, type Synthesized } from "./support";
import type { TerraformStack } from "cdktf";

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
  expect(dependsOn(tf, "c")).toEqual(["zenlayer_vm_instance_spec.a", "zenlayer_vm_instance_spec.b"]);
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

  test("a specification of several machines", () => {
    const stack = newStack();
    const many = new VmInstanceSpec(stack, "many", { instance: "id", bandwidth: 200, count: 2 });
    expect(() => new ChangeWaves(stack, "rollout", { waves: [[many]] })).toThrow(/stack\/many has forEach or count/);
  });
});
