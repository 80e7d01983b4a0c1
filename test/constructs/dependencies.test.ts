import { DataResource } from "cdktf";
import { Construct } from "constructs";
import { BmcTrafficPackage, VmInstanceSpec } from "../../lib";
import { BMC, newStack, only, synth, synthStack, VM } from "./support";

test("a construct of ours stands in dependsOn of others", () => {
  const tf = synth((stack) => {
    const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    new DataResource(stack, "after", { dependsOn: [web] });
  });
  expect(only(tf.resource, "terraform_data")["depends_on"]).toEqual(["zenlayer_vm_instance_spec.web"]);
});

test("addDependency lets it wait for others", () => {
  const tf = synth((stack) => {
    const before = new DataResource(stack, "before");
    const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    web.addDependency(before);
  });
  expect(only(tf.resource, "zenlayer_vm_instance_spec")["depends_on"]).toEqual(["terraform_data.before"]);
});

describe("node.addDependency", () => {
  test("is rendered in both directions, between constructs that hold resources", () => {
    const tf = synth((stack) => {
      const group = new Construct(stack, "group");
      const before = new DataResource(group, "before");
      const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
      const edge = new BmcTrafficPackage(stack, "edge", { instance: BMC, trafficPackageSize: 10 });
      const after = new DataResource(stack, "after");
      web.node.addDependency(group);
      edge.node.addDependency(web);
      after.node.addDependency(web, edge);
      expect(before.node.dependencies).toEqual([]);
    });
    const [beforeName] = Object.keys(tf.resource?.["terraform_data"] ?? {}).filter((name) =>
      name.startsWith("group_before"),
    );
    expect(only(tf.resource, "zenlayer_vm_instance_spec")["depends_on"]).toEqual([`terraform_data.${beforeName}`]);
    expect(only(tf.resource, "zenlayer_bmc_traffic_package")["depends_on"]).toEqual(["zenlayer_vm_instance_spec.web"]);
    expect(tf.resource?.["terraform_data"]?.["after"]?.["depends_on"]).toEqual([
      "zenlayer_vm_instance_spec.web",
      "zenlayer_bmc_traffic_package.edge",
    ]);
  });

  test("never reaches data sources, which would be read only during apply", () => {
    const tf = synth((stack) => {
      const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
      web.node.addDependency(new DataResource(stack, "before"));
    });
    expect(only(tf.data, "zenlayer_vm_spec_quote")["depends_on"]).toBeUndefined();
  });

  test("includes the hooks of a specification, so that whatever follows waits for them too", () => {
    const tf = synth((stack) => {
      const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
      web.onChange("hook", { command: "true" });
      new DataResource(stack, "after").node.addDependency(web);
    });
    const [hook] = Object.keys(tf.resource?.["null_resource"] ?? {});
    expect(tf.resource?.["terraform_data"]?.["after"]?.["depends_on"]).toEqual([
      "zenlayer_vm_instance_spec.web",
      `null_resource.${hook}`,
    ]);
  });

  test("on a parent does not make a construct depend on itself", () => {
    const tf = synth((stack) => {
      const group = new Construct(stack, "group");
      const web = new VmInstanceSpec(group, "web", { instance: VM, bandwidth: 200 });
      group.node.addDependency(web);
    });
    expect(only(tf.resource, "zenlayer_vm_instance_spec")["depends_on"]).toBeUndefined();
  });

  test("between constructs of others is none of our business", () => {
    const tf = synth((stack) => {
      new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
      const before = new DataResource(stack, "before");
      new DataResource(stack, "after").node.addDependency(before);
    });
    expect(tf.resource?.["terraform_data"]?.["after"]?.["depends_on"]).toBeUndefined();
  });

  test("is not doubled when a stack is synthesised twice", () => {
    const stack = newStack();
    const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    web.node.addDependency(new DataResource(stack, "before"));
    synthStack(stack);
    expect(only(synthStack(stack).resource, "zenlayer_vm_instance_spec")["depends_on"]).toEqual([
      "terraform_data.before",
    ]);
  });
});
