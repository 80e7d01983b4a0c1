import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { TerraformIterator, Testing, type TerraformStack } from "cdktf";
import { BmcTrafficPackage, ChangeHook, ChangeWaves, HookEngine, VmInstanceSpec } from "../../lib";
import { BMC, newStack, only, synth, synthStack, VM, type Attributes, type Synthesized } from "./support";

const hooked = (props: Partial<Parameters<VmInstanceSpec["onChange"]>[1]> = {}) =>
  synth((stack) => {
    const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    web.onChange("smoke-test", { command: "npm run smoke", ...props });
  });

/** The provisioner's body. */
function localExec(attributes: Attributes): Attributes {
  const [provisioner] = attributes["provisioner"] as Attributes[];
  return provisioner?.["local-exec"] as Attributes;
}

test("the command runs when an apply has ordered a change, and never because of what a plan cannot know", () => {
  expect(only(hooked().resource, "null_resource")["triggers"]).toEqual({
    change_count: "${zenlayer_vm_instance_spec.web.change_count}",
  });
});

test("data comes in the environment, never in the command", () => {
  const body = localExec(only(hooked({ environment: { STAGE: "test" } }).resource, "null_resource"));
  const spec = "zenlayer_vm_instance_spec.web";
  expect(body).toEqual({
    command: "npm run smoke",
    environment: {
      STAGE: "test",
      ZENLAYER_INSTANCE_ID: `\${${spec}.instance_id}`,
      ZENLAYER_INSTANCE_NAME: `\${${spec}.instance_name}`,
      ZENLAYER_ORDER_NUMBERS: `\${jsonencode(${spec}.order_numbers)}`,
      ZENLAYER_FROM: `\${jsonencode({ for c in ${spec}.changes : c.axis => c.from if c.step == min(c.step, [for d in ${spec}.changes : d.step if d.axis == c.axis]...) })}`,
      ZENLAYER_TO: `\${jsonencode({ for c in ${spec}.changes : c.axis => c.to if c.step == max(c.step, [for d in ${spec}.changes : d.step if d.axis == c.axis]...) })}`,
    },
  });
});

test.each(Object.values(HookEngine))("its path in a review is the one that its author wrote, by %s", (engine) => {
  const stack = newStack();
  new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 }).onChange("smoke-test", {
    command: "true",
    engine,
  });
  const { resource } = JSON.parse(JSON.stringify(stack.toTerraform())) as Synthesized;
  const [hook] = Object.values(resource?.[engine] ?? {});
  expect(hook?.["//"]).toMatchObject({ metadata: { path: "stack/web/smoke-test" } });
});

test("directory and interpreter can be chosen", () => {
  const body = localExec(
    only(hooked({ workingDir: "../..", interpreter: ["/bin/bash", "-ec"] }).resource, "null_resource"),
  );
  expect(body).toMatchObject({ working_dir: "../..", interpreter: ["/bin/bash", "-ec"] });
});

describe("the provider of null_resource", () => {
  test("is added where the stack has none", () => {
    expect(hooked().provider?.["null"]).toEqual([{}]);
  });

  test("is not doubled where the stack has one, even one that is added later", () => {
    const stack = newStack();
    new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 }).onChange("hook", { command: "true" });
    new NullProvider(stack, "null");
    expect(synthStack(stack).provider?.["null"]).toEqual([{}]);
    expect(synthStack(stack).provider?.["null"]).toEqual([{}]);
  });

  test("is added beside an aliased one, which serves only those who name it", () => {
    const stack = newStack();
    const aliased = new NullProvider(stack, "null", { alias: "other" });
    const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    web.onChange("named", { command: "true", provider: aliased });
    expect(synthStack(stack).provider?.["null"]).toEqual([{ alias: "other" }]);
    web.onChange("default", { command: "true" });
    expect(synthStack(stack).provider?.["null"]).toHaveLength(2);
  });
});

test("terraform_data does it without a further provider", () => {
  const tf = hooked({ engine: HookEngine.TERRAFORM_DATA });
  expect(tf.provider?.["null"]).toBeUndefined();
  const data = only(tf.resource, "terraform_data");
  expect(data["triggers_replace"]).toEqual({ change_count: "${zenlayer_vm_instance_spec.web.change_count}" });
  expect(localExec(data)["environment"]).toMatchObject({
    ZENLAYER_INSTANCE_ID: "${zenlayer_vm_instance_spec.web.instance_id}",
  });
});

test("a hook of several specifications gets all machines in one variable, and a trigger for each", () => {
  const tf = synth((stack) => {
    const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    const edge = new BmcTrafficPackage(stack, "edge", { instance: BMC, trafficPackageSize: 10 });
    new ChangeHook(stack, "hook", { command: "true", after: [web, edge] });
  });
  const hook = only(tf.resource, "null_resource");
  expect(hook["triggers"]).toEqual({
    "stack/web": "${zenlayer_vm_instance_spec.web.change_count}",
    "stack/edge": "${zenlayer_bmc_traffic_package.edge.change_count}",
  });
  const { ZENLAYER_MACHINES: machines } = localExec(hook)["environment"] as { readonly ZENLAYER_MACHINES: string };
  expect(machines).toMatch(
    /^\$\{jsonencode\(\[\{ instance_id = zenlayer_vm_instance_spec\.web\.instance_id, .* \}\]\)\}$/,
  );
  expect(machines).toContain("order_numbers = zenlayer_bmc_traffic_package.edge.order_numbers");
});

describe("a hook of very many specifications", () => {
  const specs = (stack: TerraformStack, count: number) =>
    Array.from({ length: count }, (_, index) => {
      const instance = String(930_000_000_000_000_000n + BigInt(index));
      return new VmInstanceSpec(stack, `web-${index}`, {
        ...{ instance, instanceType: "c.4c8g", bandwidth: 100, trafficPackageSize: 1 },
        ...{ quote: false, import: false },
      });
    });
  const environmentOf = (count: number) => {
    const tf = synth((stack) => {
      new ChangeHook(stack, "hook", { command: "true", after: specs(stack, count), environment: { A: "1" } });
    });
    return { tf, environment: localExec(only(tf.resource, "null_resource"))["environment"] as Record<string, string> };
  };

  test("lets Terraform cut what may not fit one variable", () => {
    const { tf, environment } = environmentOf(128);
    const parts = Array.from({ length: 10 }, (_, index) => `ZENLAYER_MACHINES_${index + 1}`);
    expect(new Set(Object.keys(environment))).toEqual(
      new Set(["A", "ZENLAYER_MACHINES", "ZENLAYER_MACHINES_COUNT", ...parts]),
    );
    expect(JSON.stringify(environment)).not.toContain("zenlayer_vm_instance_spec");
    const [measured] = Object.values((tf as { readonly locals?: Record<string, string> }).locals ?? {});
    // Each machine stands there once, so that Terraform reads its state once.
    expect(measured?.match(/zenlayer_vm_instance_spec\.web-127\b/g)).toHaveLength(1);
  });

  test("keeps one variable where that surely fits", () => {
    const { tf, environment } = environmentOf(127);
    expect(Object.keys(environment)).toEqual(["A", "ZENLAYER_MACHINES"]);
    expect(tf).not.toHaveProperty("locals");
  });

  test("is refused where the data fit no way, and so is a wave's check", () => {
    const stack = newStack();
    const [last, ...all] = specs(stack, 2700);
    new ChangeWaves(stack, "rollout", { waves: [all, [last!]], check: { command: "true" } });
    expect(() => Testing.synth(stack, true)).toThrow(
      /^stack\/rollout\/Check1: the command would get the data of 2699 machines, about \d+ bytes, and \d+ are as many as fit.* of at most 26\d\d machines/,
    );
  });
});

test("others can wait for a hook", () => {
  const tf = synth((stack) => {
    const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    const hook = web.onChange("hook", { command: "true" });
    new BmcTrafficPackage(stack, "edge", { instance: BMC, trafficPackageSize: 10, dependsOn: [hook] });
  });
  const [name] = Object.keys(tf.resource?.["null_resource"] ?? {});
  expect(only(tf.resource, "zenlayer_bmc_traffic_package")["depends_on"]).toEqual([`null_resource.${name}`]);
});

describe("mistakes are refused at synth", () => {
  const spec = (): VmInstanceSpec => new VmInstanceSpec(newStack(), "web", { instance: VM, bandwidth: 200 });

  test("an empty command", () => {
    expect(() => spec().onChange("hook", { command: " " })).toThrow(/^stack\/web\/hook: command is empty/);
  });

  test("a variable that the hook sets itself", () => {
    expect(() => spec().onChange("hook", { command: "true", environment: { ZENLAYER_FROM: "x" } })).toThrow(
      /environment sets ZENLAYER_FROM, which the hook sets itself/,
    );
  });

  test("nothing to run it after", () => {
    expect(() => new ChangeHook(newStack(), "hook", { command: "true", after: [] })).toThrow(/after is empty/);
  });

  test("a specification of several machines", () => {
    const iterator = TerraformIterator.fromList(["1", "2"]);
    const many = new VmInstanceSpec(newStack(), "many", {
      forEach: iterator,
      instance: iterator.value,
      bandwidth: 200,
    });
    expect(() => many.onChange("hook", { command: "true" })).toThrow(/onChange needs a specification of one machine/);
  });
});
