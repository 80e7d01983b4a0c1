import { TerraformIterator } from "cdktf";
import { BmcTrafficPackage, l1, VmInstanceSpec } from "../../lib";
import { BMC, newStack, only, synth, synthStack, VM } from "./support";

const QUOTE = "zenlayer_vm_spec_quote";

test("a quote takes the values of the specification, never its attributes, and never waits for its dependencies", () => {
  const tf = synth((stack) => {
    const first = new BmcTrafficPackage(stack, "first", { instance: BMC, trafficPackageSize: 10 });
    const provider = new l1.ZenlayerProvider(stack, "other", { alias: "other" });
    const web = new VmInstanceSpec(stack, "web", {
      instance: VM,
      instanceType: "c.4c8g",
      provider,
      dependsOn: [first],
    });
    web.addDependency(first);
    web.node.addDependency(first);
  });
  expect(only(tf.data, QUOTE)).toEqual({ instance_id: VM, instance_type: "c.4c8g", provider: "zenlayer.other" });
});

test("quote: false asks nothing", () => {
  const tf = synth((stack) => {
    new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200, quote: false });
    new BmcTrafficPackage(stack, "edge", { instance: BMC, trafficPackageSize: 10, quote: false });
  });
  expect(tf.data).toBeUndefined();
});

test("a specification that manages nothing asks nothing", () => {
  expect(synth((stack) => void new VmInstanceSpec(stack, "web", { instance: VM })).data).toBeUndefined();
});

test("quote: { always: true } asks at every plan", () => {
  const tf = synth(
    (stack) => void new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200, quote: { always: true } }),
  );
  expect(only(tf.data, QUOTE)).toMatchObject({ always: true });
});

test("a price output asks at every plan, and says why there is no price", () => {
  const tf = synth((stack) => void new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 }).addPriceOutput());
  expect(only(tf.data, QUOTE)).toMatchObject({ always: true });
  const [output] = Object.values(tf.output ?? {});
  const [name] = Object.keys(tf.data?.[QUOTE] ?? {});
  expect(output?.["value"]).toEqual({
    total: `\${data.${QUOTE}.${name}.total}`,
    currency: `\${data.${QUOTE}.${name}.currency}`,
    unit: `\${data.${QUOTE}.${name}.unit}`,
    reason: `\${data.${QUOTE}.${name}.reason}`,
  });
});

test("a price output needs a quote of one machine", () => {
  const stack = newStack();
  const quiet = new VmInstanceSpec(stack, "quiet", { instance: VM, bandwidth: 200, quote: false });
  expect(() => quiet.addPriceOutput()).toThrow(/^stack\/quiet: there is no quote/);
  const iterator = TerraformIterator.fromList(["1", "2"]);
  const many = new VmInstanceSpec(stack, "many", { forEach: iterator, instance: iterator.value, bandwidth: 200 });
  expect(() => many.addPriceOutput()).toThrow(/^stack\/many: addPriceOutput needs a specification of one machine/);
  expect(() => synthStack(stack)).not.toThrow();
});
