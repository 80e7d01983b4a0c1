import { TerraformVariable, type TerraformStack } from "cdktf";
import { BmcBandwidth, BmcInstance, l1, VmInstance, VmInstanceSpec, type IVmInstance } from "../../lib";
import { BMC, newStack, only, resolveIn, synth, VM, type Synthesized } from "./support";

describe("a machine may be given", () => {
  const build = (reference: (stack: TerraformStack) => string | IVmInstance): Synthesized =>
    synth((stack) => void new VmInstanceSpec(stack, "web", { instance: reference(stack), bandwidth: 200 }));
  const idIn = (tf: Synthesized): unknown => only(tf.resource, "zenlayer_vm_instance_spec")["instance_id"];

  test("by id", () => {
    const tf = build(() => VmInstance.fromInstanceId(VM));
    expect(idIn(tf)).toBe(VM);
    expect(tf.import).toEqual([{ to: "zenlayer_vm_instance_spec.web", id: VM }]);
    expect(Object.keys(tf.data ?? {})).toEqual(["zenlayer_vm_spec_quote"]);
  });

  test("by name, found by a data source of ours; then there is an import block too", () => {
    const tf = build((stack) => VmInstance.fromName(stack, "machine", "web-1"));
    expect(only(tf.data, "zenlayer_vm_instance")).toEqual({ instance_name: "web-1" });
    expect(idIn(tf)).toBe("${data.zenlayer_vm_instance.machine.id}");
    expect(tf.import).toEqual([{ to: "zenlayer_vm_instance_spec.web", id: "${data.zenlayer_vm_instance.machine.id}" }]);
  });

  test("by a resource of another provider; then there is no import block, since the id is not known yet", () => {
    const tf = build((stack) =>
      VmInstance.fromResource(new l1.BmcBandwidth(stack, "other", { instanceId: BMC, internetMaxBandwidthOut: 5 })),
    );
    expect(idIn(tf)).toBe("${zenlayer_bmc_bandwidth.other.id}");
    expect(tf.import).toBeUndefined();
  });

  test("by another attribute of such a resource", () => {
    const tf = build((stack) =>
      VmInstance.fromResource(
        new l1.BmcBandwidth(stack, "other", { instanceId: BMC, internetMaxBandwidthOut: 5 }),
        "instance_id",
      ),
    );
    expect(idIn(tf)).toBe("${zenlayer_bmc_bandwidth.other.instance_id}");
  });
});

test("a lookup by id gives the facts of the machine", () => {
  const stack = newStack();
  const machine = new VmInstance(stack, "machine", { instanceId: VM });
  const facts: { readonly [attribute: string]: unknown } = {
    id: machine.instanceId,
    instance_name: machine.instanceName,
    instance_status: machine.instanceStatus,
    zone_id: machine.zoneId,
    instance_type: machine.instanceType,
    internet_max_bandwidth_out: machine.bandwidth,
    traffic_package_size: machine.trafficPackageSize,
    instance_charge_type: machine.instanceChargeType,
    internet_charge_type: machine.internetChargeType,
    expired_time: machine.expiredTime,
  };
  for (const [attribute, value] of Object.entries(facts)) {
    expect(resolveIn(stack, value)).toBe(`\${data.zenlayer_vm_instance.machine.${attribute}}`);
  }
});

test("bare-metal machines likewise", () => {
  const tf = synth((stack) => {
    const machine = BmcInstance.fromName(
      stack,
      "machine",
      "edge-1",
      new l1.ZenlayerProvider(stack, "other", { alias: "other" }),
    );
    new BmcBandwidth(stack, "edge", { instance: machine, bandwidth: 500 });
    new BmcBandwidth(stack, "byId", { instance: BmcInstance.fromInstanceId(BMC), bandwidth: 500 });
  });
  expect(only(tf.data, "zenlayer_bmc_instance")).toEqual({ instance_name: "edge-1", provider: "zenlayer.other" });
  expect(tf.import).toEqual([
    { to: "zenlayer_bmc_bandwidth.edge", id: "${data.zenlayer_bmc_instance.machine.id}" },
    { to: "zenlayer_bmc_bandwidth.byId", id: BMC },
  ]);
});

test.each([
  [{}, /neither of instanceId and instanceName given/],
  [{ instanceId: VM, instanceName: "web-1" }, /both of instanceId and instanceName given/],
  [{ instanceId: "" }, /instance "" is not the id/],
])("a lookup with %j is refused at synth", (props, message) => {
  expect(() => new VmInstance(newStack(), "machine", props)).toThrow(message);
});

describe("import: true and false decide for themselves", () => {
  const build = (props: { readonly import?: boolean; readonly count?: number; readonly instance?: string }) =>
    synth((stack) => {
      const id = new TerraformVariable(stack, "id", { type: "string" }).stringValue;
      new VmInstanceSpec(stack, "web", { instance: id, bandwidth: 200, ...props });
    }).import;

  test.each([
    ["a token that may be unknown", {}, undefined],
    ["the same, wanted", { import: true }, [{ to: "zenlayer_vm_instance_spec.web", id: "${var.id}" }]],
    ["a literal, not wanted", { import: false, instance: VM }, undefined],
    ["count, even if wanted (the block would need an index)", { import: true, count: 2 }, undefined],
  ])("%s", (_case, props, expected) => {
    expect(build(props)).toEqual(expected);
  });
});

test("synth runs no program: an import block of ours needs no terraform", () => {
  const stack = newStack();
  const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
  expect(web.node.findAll().flatMap((each) => each.node.validate())).toEqual([]);
});
