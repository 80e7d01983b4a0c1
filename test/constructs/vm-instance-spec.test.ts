import { TerraformIterator, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { l1, OnDestroy, OnDowngrade, VmInstanceSpec } from "../../lib";
import { newStack, only, resolveIn, synth, synthHcl, synthStack, VM } from "./support";

describe("defaults", () => {
  const tf = synth((stack) => void new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 }));

  test("only what is given is rendered, at an address that reads like the program", () => {
    expect(tf.resource).toEqual({
      zenlayer_vm_instance_spec: { web: { instance_id: VM, internet_max_bandwidth_out: 200 } },
    });
  });

  test("prices are asked for the same values, only where they change something", () => {
    expect(only(tf.data, "zenlayer_vm_spec_quote")).toEqual({ instance_id: VM, internet_max_bandwidth_out: 200 });
  });

  test("an import block adopts the machine", () => {
    expect(tf.import).toEqual([{ to: "zenlayer_vm_instance_spec.web", id: VM }]);
  });
});

test("every property reaches its attribute", () => {
  const tf = synth((stack) => {
    const other = new l1.ZenlayerProvider(stack, "other", { alias: "other" });
    const list = new l1.DataZenlayerVmInstances(stack, "list");
    new VmInstanceSpec(stack, "web", {
      instance: VM,
      instanceType: "c.4c8g",
      bandwidth: 200,
      trafficPackageSize: 2.5,
      onDowngrade: OnDowngrade.DENY,
      maxImmediateCharge: 50,
      onDestroy: OnDestroy.CANCEL_SCHEDULED,
      timeouts: { create: "1h", update: "1h30m" },
      provider: other,
      dependsOn: [list],
      lifecycle: { ignoreChanges: ["instance_type"] },
    });
  });
  expect(tf.resource?.["zenlayer_vm_instance_spec"]?.["web"]).toEqual({
    instance_id: VM,
    instance_type: "c.4c8g",
    internet_max_bandwidth_out: 200,
    traffic_package_size: 2.5,
    on_downgrade: "deny",
    max_immediate_charge: 50,
    on_destroy: "cancel_scheduled",
    timeouts: { create: "1h", update: "1h30m" },
    provider: "zenlayer.other",
    depends_on: ["data.zenlayer_vm_instances.list"],
    lifecycle: { ignore_changes: ["instance_type"] },
  });
});

test("HCL says the same", () => {
  const hcl = synthHcl(
    (stack) =>
      void new VmInstanceSpec(stack, "web", { instance: VM, instanceType: "c.4c8g", timeouts: { update: "1h" } }),
  );
  expect(hcl).toMatch(
    /resource "zenlayer_vm_instance_spec" "web" \{\s*instance_id = "900000000000000001"\s*instance_type = "c\.4c8g"/,
  );
  expect(hcl).toMatch(/timeouts \{\s*update = "1h"\s*\}/);
  expect(hcl).toMatch(/import \{\s*to = zenlayer_vm_instance_spec\.web\s*id = "900000000000000001"\s*\}/);
});

describe("literal mistakes are refused at synth, with the path and the cure", () => {
  test.each([
    [{ bandwidth: -1 }, /^stack\/web: bandwidth -1 is not a bandwidth: .*from 1/],
    [{ bandwidth: 1.5 }, /bandwidth 1\.5 is not a bandwidth.*1 or 2/],
    [{ bandwidth: Number.NaN }, /bandwidth NaN/],
    [{ trafficPackageSize: -1 }, /trafficPackageSize -1 .*from 0/],
    [{ instanceType: "" }, /instanceType "" is not a type id/],
    [{ maxImmediateCharge: -5 }, /maxImmediateCharge -5 is not an amount/],
    [{ onDowngrade: "never" as OnDowngrade }, /onDowngrade "never" is not known: use "schedule" or "deny"/],
    [{ onDestroy: "delete" as OnDestroy }, /onDestroy "delete" is not known: use "forget" or "cancel_scheduled"/],
    [{ timeouts: { create: "90" } }, /timeouts\.create "90" is not a duration/],
    [{ instance: "" }, /instance "" is not the id of a machine/],
    [
      { instance: 900000000000000001 as unknown as string },
      /instance 900000000000000000 is not the id of a machine: an id is text/,
    ],
    [{ instance: undefined as unknown as string }, /instance undefined is not the id of a machine/],
    [{ instance: null as unknown as string }, /instance null is not the id of a machine/],
    [{ bandwidth: "200" as unknown as number }, /bandwidth "200" is not a bandwidth/],
  ])("%j", (props, message) => {
    expect(() => new VmInstanceSpec(newStack(), "web", { instance: VM, ...props })).toThrow(message);
  });

  test("0, which an unlimited machine keeps, is none", () => {
    const tf = synth((stack) => void new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 0 }));
    expect(only(tf.resource, "zenlayer_vm_instance_spec")["internet_max_bandwidth_out"]).toBe(0);
  });

  test("all mistakes are told at once", () => {
    const build = (): unknown =>
      new VmInstanceSpec(newStack(), "web", { instance: VM, bandwidth: 0.5, trafficPackageSize: -1 });
    expect(build).toThrow(/bandwidth 0.*; trafficPackageSize -1/);
  });
});

test("tokens are never compared", () => {
  const tf = synth((stack) => {
    const variable = (name: string, type: string): TerraformVariable => new TerraformVariable(stack, name, { type });
    new VmInstanceSpec(stack, "web", {
      instance: variable("id", "string").stringValue,
      instanceType: variable("type", "string").stringValue,
      bandwidth: variable("bandwidth", "number").numberValue,
      trafficPackageSize: variable("package", "number").numberValue,
      maxImmediateCharge: variable("limit", "number").numberValue,
      onDowngrade: variable("downgrade", "string").stringValue as OnDowngrade,
    });
  });
  expect(tf.resource?.["zenlayer_vm_instance_spec"]?.["web"]).toEqual({
    instance_id: "${var.id}",
    instance_type: "${var.type}",
    internet_max_bandwidth_out: "${var.bandwidth}",
    traffic_package_size: "${var.package}",
    max_immediate_charge: "${var.limit}",
    on_downgrade: "${var.downgrade}",
  });
  expect(only(tf.data, "zenlayer_vm_spec_quote")).toMatchObject({ internet_max_bandwidth_out: "${var.bandwidth}" });
});

describe("one machine", () => {
  test("cannot have two specifications in one stack", () => {
    const stack = newStack();
    new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    new VmInstanceSpec(stack, "again", { instance: VM, bandwidth: 300 });
    expect(() => synthStack(stack)).toThrow(
      `stack/again: the specification of machine ${VM} is already managed by stack/web`,
    );
  });

  test("is judged by what is rendered, so by ids that are set late", () => {
    const stack = newStack();
    const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    new VmInstanceSpec(stack, "again", { instance: VM, bandwidth: 300 });
    web.resource.instanceId = "900000000000000009";
    expect(() => synthStack(stack)).not.toThrow();
    web.resource.instanceId = VM;
    expect(() => synthStack(stack)).toThrow(
      /stack\/web: the specification of machine .* by stack\/again|stack\/again: .* by stack\/web/,
    );
    stack.addOverride("resource.zenlayer_vm_instance_spec.web.instance_id", "900000000000000009");
    expect(() => synthStack(stack)).not.toThrow();
    new l1.VmInstanceSpec(stack, "plain", { instanceId: "900000000000000009" });
    expect(() => synthStack(stack)).toThrow(/stack\/plain: .* already managed by stack\/web/);
  });

  test("can be managed again after the first construct was removed", () => {
    const stack = newStack();
    new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    stack.node.tryRemoveChild("web");
    new VmInstanceSpec(stack, "again", { instance: VM, bandwidth: 300 });
    expect(() => synthStack(stack)).not.toThrow();
  });

  test("cannot have two specifications in two stacks of one app", () => {
    const app = Testing.app();
    const [one, two] = ["one", "two"].map((name) => new TerraformStack(app, name));
    for (const stack of [one, two])
      new VmInstanceSpec(stack as TerraformStack, "web", { instance: VM, bandwidth: 200 });
    synthStack(one as TerraformStack);
    expect(() => synthStack(two as TerraformStack)).toThrow(
      "two/web: the specification of machine 900000000000000001 is already managed by one/web",
    );
  });

  test("is only compared by literal ids", () => {
    const stack = newStack();
    const id = new TerraformVariable(stack, "id", { type: "string" }).stringValue;
    new VmInstanceSpec(stack, "web", { instance: id, bandwidth: 200 });
    new VmInstanceSpec(stack, "again", { instance: id, bandwidth: 300 });
    expect(() => synthStack(stack)).not.toThrow();
  });
});

test("one specification per element of an iterator: its quote follows, and there is no import block", () => {
  const tf = synth((stack) => {
    const iterator = TerraformIterator.fromMap({ web: { id: VM, bandwidth: 200 } });
    new VmInstanceSpec(stack, "web", {
      forEach: iterator,
      instance: iterator.getString("id"),
      bandwidth: iterator.getNumber("bandwidth"),
    });
  });
  const values = { instance_id: "${each.value.id}", internet_max_bandwidth_out: "${each.value.bandwidth}" };
  expect(only(tf.resource, "zenlayer_vm_instance_spec")).toMatchObject(values);
  expect(only(tf.data, "zenlayer_vm_spec_quote")).toMatchObject(values);
  expect(only(tf.resource, "zenlayer_vm_instance_spec")["for_each"]).toEqual(
    only(tf.data, "zenlayer_vm_spec_quote")["for_each"],
  );
  expect(tf.import).toBeUndefined();
});

test("one specification per id of a list", () => {
  const tf = synth((stack) => {
    const iterator = TerraformIterator.fromList(["1", "2"]);
    new VmInstanceSpec(stack, "web", { forEach: iterator, instance: iterator.value as string, bandwidth: 200 });
  });
  expect(only(tf.resource, "zenlayer_vm_instance_spec")).toMatchObject({
    instance_id: "${each.value}",
    for_each: '${toset(["1", "2"])}',
  });
});

test("attributes are references to the resource", () => {
  const stack = newStack();
  const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
  const attributes: { readonly [attribute: string]: unknown } = {
    instance_id: web.instanceId,
    instance_type: web.instanceType,
    internet_max_bandwidth_out: web.bandwidth,
    traffic_package_size: web.trafficPackageSize,
    effective_instance_type: web.effectiveInstanceType,
    effective_internet_max_bandwidth_out: web.effectiveBandwidth,
    effective_traffic_package_size: web.effectiveTrafficPackageSize,
    pending: web.pending,
    plan_summary: web.planSummary,
    order_numbers: web.orderNumbers,
    change_count: web.changeCount,
    instance_name: web.instanceName,
    instance_status: web.instanceStatus,
    zone_id: web.zoneId,
    instance_charge_type: web.instanceChargeType,
    internet_charge_type: web.internetChargeType,
    expired_time: web.expiredTime,
    auto_renew: web.autoRenew,
  };
  for (const [attribute, value] of Object.entries(attributes)) {
    expect({ attribute, value: resolveIn(stack, value) }).toEqual({
      attribute,
      value: `\${zenlayer_vm_instance_spec.web.${attribute}}`,
    });
  }
  expect(resolveIn(stack, web.changes)).toBe("${tolist(zenlayer_vm_instance_spec.web.changes)}");
});

test("the matchers of cdktf's Testing take the construct", () => {
  const stack = newStack();
  new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
  const matches = (bandwidth: number): boolean =>
    Testing.toHaveResourceWithProperties(Testing.synth(stack), VmInstanceSpec.tfResourceType, {
      internet_max_bandwidth_out: bandwidth,
    });
  expect([matches(200), matches(300)]).toEqual([true, false]);
});

test("the resource below is reachable, as an escape hatch", () => {
  const stack = newStack();
  const web = new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
  expect(web.resource).toBeInstanceOf(l1.VmInstanceSpec);
  expect(web.node.defaultChild).toBe(web.resource);
  web.resource.addOverride("lifecycle.prevent_destroy", true);
  expect(synthStack(stack).resource?.["zenlayer_vm_instance_spec"]?.["web"]).toMatchObject({
    lifecycle: { prevent_destroy: true },
  });
});
