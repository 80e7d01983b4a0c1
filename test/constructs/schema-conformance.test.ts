import { TerraformVariable } from "cdktf";
import {
  BmcBandwidth,
  BmcInstance,
  BmcTrafficPackage,
  ChangeWaves,
  OnDestroy,
  OnDowngrade,
  VmInstance,
  VmInstanceSpec,
  ZenlayerProvider,
} from "../../lib";
import { dataSourceSchemas, providerSchema, resourceSchemas, type BlockSchema } from "../../lib/schema";
import { BMC, synth, VM, type Attributes } from "./support";

const META_ARGUMENTS = ["count", "depends_on", "for_each", "lifecycle", "provider"];

/** What stands in a block and cannot be set there. */
function strangers(block: Attributes, schema: BlockSchema): string[] {
  return Object.entries(block).flatMap(([name, value]) => {
    const nested = schema.blocks?.[name];
    if (nested !== undefined) return strangers(value as Attributes, nested.block).map((inner) => `${name}.${inner}`);
    const attribute = schema.attributes[name];
    return attribute?.required === true || attribute?.optional === true ? [] : [name];
  });
}

test("whatever the constructs render is in the schema and can be set", () => {
  const tf = synth((stack) => {
    const token = new TerraformVariable(stack, "token", { type: "string", sensitive: true }).stringValue;
    new ZenlayerProvider(stack, "zenlayer", {
      accessKeyId: "id",
      token,
      endpoint: "http://127.0.0.1:8700",
      maxRetries: 3,
      alias: "other",
      plugin: false,
    });
    const all = {
      onDowngrade: OnDowngrade.DENY,
      onDestroy: OnDestroy.FORGET,
      maxImmediateCharge: 50,
      timeouts: { create: "1h", read: "1m", update: "1h", delete: "1m" },
      quote: { always: true },
    };
    const vm = { ...all, instanceType: "c.4c8g", bandwidth: 200, trafficPackageSize: 2.5 };
    const web = new VmInstanceSpec(stack, "web", { ...vm, instance: VM });
    const named = new VmInstanceSpec(stack, "named", { ...vm, instance: VmInstance.fromName(stack, "name", "web-2") });
    const edge = new BmcTrafficPackage(stack, "edge", { ...all, instance: BMC, trafficPackageSize: 10 });
    new BmcBandwidth(stack, "port", {
      ...all,
      instance: new BmcInstance(stack, "machine", { instanceId: BMC }),
      bandwidth: 500,
    });
    new ChangeWaves(stack, "rollout", { waves: [[web], [named, edge]], check: { command: "true" } });
    web.addPriceOutput();
  });
  const schemas: [string, { readonly [type: string]: BlockSchema }, typeof tf.resource][] = [
    ["resource", resourceSchemas, tf.resource],
    ["data", dataSourceSchemas, tf.data],
  ];
  const found = schemas.flatMap(([kind, known, blocks]) =>
    Object.entries(blocks ?? {})
      .filter(([type]) => type.startsWith("zenlayer_"))
      .flatMap(([type, instances]) => {
        const schema = known[type];
        if (schema === undefined) return [`${kind} ${type}`];
        const wrong = Object.values(instances).flatMap((block) => strangers(block, schema));
        return wrong.filter((name) => !META_ARGUMENTS.includes(name)).map((name) => `${kind} ${type}.${name}`);
      }),
  );
  expect(found).toEqual([]);
  expect(tf.provider?.["zenlayer"]?.flatMap((block) => strangers(block, providerSchema))).toEqual(["alias"]);
  expect(Object.keys(tf.resource ?? {}).sort()).toEqual([...Object.keys(resourceSchemas), "null_resource"].sort());
});

test("every required attribute is rendered", () => {
  const tf = synth((stack) => {
    new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    new BmcTrafficPackage(stack, "edge", { instance: BMC, trafficPackageSize: 10 });
    new BmcBandwidth(stack, "port", { instance: BMC, bandwidth: 500 });
  });
  const schemas: { readonly [type: string]: BlockSchema } = { ...resourceSchemas, ...dataSourceSchemas };
  for (const [type, instances] of [...Object.entries(tf.resource ?? {}), ...Object.entries(tf.data ?? {})]) {
    const required = Object.entries(schemas[type]?.attributes ?? {}).filter(
      ([, attribute]) => attribute.required === true,
    );
    expect(required.length).toBeGreaterThan(0);
    for (const block of Object.values(instances)) {
      expect(Object.keys(block)).toEqual(expect.arrayContaining(required.map(([name]) => name)));
    }
  }
});
