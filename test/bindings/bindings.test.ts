import { App, Fn, TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import * as l1 from "../../lib/bindings";
import {
  PROVIDER_ADDRESS,
  PROVIDER_VERSION,
  dataSourceSchemas,
  providerSchema,
  resourceSchemas,
} from "../../lib/schema";
import type { AttributeSchema, BlockSchema } from "../../lib/schema";

type Synthesized = {
  readonly terraform: unknown;
  readonly provider: { readonly zenlayer: readonly object[] };
  readonly resource: {
    readonly [type: string]: { readonly [name: string]: { readonly [attribute: string]: unknown } };
  };
  readonly data: { readonly [type: string]: { readonly [name: string]: { readonly [attribute: string]: unknown } } };
  readonly output: { readonly [name: string]: { readonly value: unknown } };
  readonly import: unknown;
};

function synth(build: (stack: TerraformStack) => void): Synthesized {
  const stack = new TerraformStack(Testing.app(), "stack");
  build(stack);
  return JSON.parse(Testing.synth(stack)) as Synthesized;
}

function synthHcl(build: (stack: TerraformStack) => void): string {
  const stack = new TerraformStack(Testing.app(), "stack");
  build(stack);
  return (Testing.synthHcl(stack) as unknown as string).replace(/ +/g, " ");
}

/** A value for each settable attribute, by type. */
function sample({ type }: AttributeSchema): unknown {
  if (type === "number") return 7;
  if (type === "bool") return true;
  return typeof type === "string" ? "text" : { key: "text" };
}

function settable(schema: BlockSchema): [string, AttributeSchema][] {
  return Object.entries(schema.attributes).filter(
    ([, { required, optional }]) => required === true || optional === true,
  );
}

const camel = (name: string): string => name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());

function sampleConfig(schema: BlockSchema): { readonly [name: string]: unknown } {
  const attributes = settable(schema).map(([name, attribute]) => [camel(name), sample(attribute)]);
  const timeouts = schema.blocks?.["timeouts"] === undefined ? {} : { timeouts: { update: "2h" } };
  return { ...Object.fromEntries(attributes), ...timeouts };
}

function sampleJson(schema: BlockSchema): { readonly [name: string]: unknown } {
  const attributes = settable(schema).map(([name, attribute]) => [name, sample(attribute)]);
  const timeouts = schema.blocks?.["timeouts"] === undefined ? {} : { timeouts: { update: "2h" } };
  return { ...Object.fromEntries(attributes), ...timeouts };
}

type L1Class = new (scope: TerraformStack, id: string, config: never) => object;
const classes = l1 as unknown as { readonly [name: string]: L1Class & { readonly tfResourceType: string } };
const byType = new Map(
  Object.values(classes)
    .filter((each) => typeof each.tfResourceType === "string")
    .map((each) => [`${each.name.startsWith("Data") ? "data " : ""}${each.tfResourceType}`, each]),
);

describe.each([
  ...Object.entries<BlockSchema>(resourceSchemas).map(([type, schema]): [string, string, BlockSchema] => [
    "resource",
    type,
    schema,
  ]),
  ...Object.entries<BlockSchema>(dataSourceSchemas).map(([type, schema]): [string, string, BlockSchema] => [
    "data",
    type,
    schema,
  ]),
])("%s %s", (kind, type, schema) => {
  const L1 = byType.get(kind === "data" ? `data ${type}` : type);
  if (L1 === undefined) throw new Error(`no class for ${type}`);
  const build = (stack: TerraformStack): void => void new L1(stack, "one", sampleConfig(schema) as never);

  test("renders every settable attribute in JSON, with its name and type", () => {
    const tf = synth(build);
    expect((kind === "data" ? tf.data : tf.resource)[type]?.["one"]).toEqual(sampleJson(schema));
  });

  test("renders every settable attribute in HCL", () => {
    const hcl = synthHcl(build);
    expect(hcl).toContain(`${kind} "${type}" "one" {`);
    for (const [name, attribute] of settable(schema)) {
      const value = sample(attribute);
      expect(hcl).toContain(typeof value === "object" ? `${name} = {` : `${name} = ${JSON.stringify(value)}`);
    }
    if (schema.blocks?.["timeouts"] !== undefined) expect(hcl).toMatch(/timeouts \{\s*update = "2h"\s*\}/);
  });

  test("has an accessor for every attribute, the raw value where it can be set, and a reset where it is optional", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const instance = new L1(stack, "one", sampleConfig(schema) as never) as { [name: string]: unknown };
    for (const [name, attribute] of Object.entries(schema.attributes)) {
      expect(instance[camel(name)]).toBeDefined();
      if (attribute.required === true || attribute.optional === true) {
        expect(instance[`${camel(name)}Input`]).toEqual(sample(attribute));
      }
      if (attribute.optional === true) {
        const reset = instance[`reset${camel(name).replace(/^./, (letter) => letter.toUpperCase())}`];
        (reset as () => void).call(instance);
        expect(instance[`${camel(name)}Input`]).toBeUndefined();
      }
    }
  });
});

describe("the provider", () => {
  test("is required at exactly the published version, from an address with its host", () => {
    const { terraform } = synth((stack) => void new l1.ZenlayerProvider(stack, "zenlayer"));
    expect(terraform).toMatchObject({
      required_providers: { zenlayer: { source: PROVIDER_ADDRESS, version: PROVIDER_VERSION } },
    });
  });

  test("renders every attribute, in JSON and HCL", () => {
    const build = (stack: TerraformStack): void =>
      void new l1.ZenlayerProvider(stack, "zenlayer", { ...sampleConfig(providerSchema), alias: "other" });
    expect(synth(build).provider.zenlayer).toEqual([{ ...sampleJson(providerSchema), alias: "other" }]);
    for (const name of Object.keys(providerSchema.attributes)) expect(synthHcl(build)).toContain(`${name} = `);
  });

  test("gives back what was configured, not a token", () => {
    const stack = new TerraformStack(new App(), "stack");
    const provider = new l1.ZenlayerProvider(stack, "zenlayer", { endpoint: "http://127.0.0.1:8700" });
    expect(provider.endpoint).toBe("http://127.0.0.1:8700");
    provider.resetEndpoint();
    expect(provider.endpointInput).toBeUndefined();
  });
});

test("attributes are references that Terraform resolves", () => {
  const { output } = synth((stack) => {
    const spec = new l1.VmInstanceSpec(stack, "spec", { instanceId: "1" });
    const list = new l1.DataZenlayerVmInstances(stack, "list");
    const one = new l1.DataZenlayerBmcInstance(stack, "one", { instanceId: "2" });
    const outputs: { readonly [name: string]: unknown } = {
      text: spec.instanceName,
      number: spec.effectiveTrafficPackageSize,
      orders: spec.orderNumbers,
      bool: spec.autoRenew,
      pending: spec.pending.get(0).effectiveAt,
      change: spec.changes.get(1).takesEffect,
      whole: spec.changes,
      timeout: spec.timeouts.update,
      nestedMap: list.instances.get(0).tags.lookup("env"),
      nestedNumber: list.instances.get(0).internetMaxBandwidthOut,
      map: one.tags.lookup("env"),
    };
    for (const [name, value] of Object.entries(outputs)) new TerraformOutput(stack, name, { value });
  });
  const value = (name: string): unknown => output[name]?.value;
  expect(value("text")).toBe("${zenlayer_vm_instance_spec.spec.instance_name}");
  expect(value("number")).toBe("${zenlayer_vm_instance_spec.spec.effective_traffic_package_size}");
  expect(value("orders")).toBe("${zenlayer_vm_instance_spec.spec.order_numbers}");
  expect(value("bool")).toBe("${zenlayer_vm_instance_spec.spec.auto_renew}");
  expect(value("pending")).toBe("${zenlayer_vm_instance_spec.spec.pending[0].effective_at}");
  expect(value("change")).toBe("${tolist(zenlayer_vm_instance_spec.spec.changes).1.takes_effect}");
  expect(value("whole")).toBe("${tolist(zenlayer_vm_instance_spec.spec.changes)}");
  expect(value("timeout")).toBe("${zenlayer_vm_instance_spec.spec.timeouts.update}");
  expect(value("nestedMap")).toBe('${data.zenlayer_vm_instances.list.instances[0].tags["env"]}');
  expect(value("nestedNumber")).toBe("${data.zenlayer_vm_instances.list.instances[0].internet_max_bandwidth_out}");
  expect(value("map")).toBe('${data.zenlayer_bmc_instance.one.tags["env"]}');
});

test("tokens and meta-arguments pass through", () => {
  const { resource } = synth((stack) => {
    const size = new TerraformVariable(stack, "size", { type: "number" });
    const list = new l1.DataZenlayerVmInstances(stack, "list");
    new l1.VmInstanceSpec(stack, "spec", {
      instanceId: Fn.element(list.ids, 0) as string,
      internetMaxBandwidthOut: size.numberValue,
      dependsOn: [list],
      lifecycle: { ignoreChanges: ["instance_type"], preventDestroy: true },
      count: 2,
      provider: new l1.ZenlayerProvider(stack, "other", { alias: "other" }),
    });
  });
  expect(resource["zenlayer_vm_instance_spec"]?.["spec"]).toMatchObject({
    internet_max_bandwidth_out: "${var.size}",
    depends_on: ["data.zenlayer_vm_instances.list"],
    lifecycle: { ignore_changes: ["instance_type"], prevent_destroy: true },
    count: 2,
    provider: "zenlayer.other",
  });
});

test("the timeouts block can be put, changed, read and reset", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const spec = new l1.BmcBandwidth(stack, "spec", { instanceId: "1", internetMaxBandwidthOut: 5 });
  expect(spec.timeoutsInput).toBeUndefined();
  spec.putTimeouts({ create: "1h" });
  spec.timeouts.update = "2h";
  expect(spec.timeoutsInput).toEqual({ create: "1h", update: "2h" });
  spec.timeouts.resetCreate();
  expect(spec.timeouts.createInput).toBeUndefined();
  spec.resetTimeouts();
  expect(spec.timeoutsInput).toBeUndefined();
});

test("an import block for generated configuration", () => {
  const tf = synth((stack) => void l1.VmInstanceSpec.generateConfigForImport(stack, "web", "900000000000000001"));
  expect(tf.import).toEqual([{ id: "900000000000000001", to: "zenlayer_vm_instance_spec.web" }]);
});
