// Several stacks: what Terraform cannot reach from one to the other is refused; what it may, stays.
import { App, DataResource, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { ChangeHook, ChangeWaves, VmInstanceSpec, ZenlayerProvider } from "../../lib";
import { VM } from "./support";

const OTHER = "900000000000000009";
let app: App;
let one: TerraformStack;
let two: TerraformStack;
let web: VmInstanceSpec;

beforeEach(() => {
  app = Testing.app();
  one = new TerraformStack(app, "one");
  two = new TerraformStack(app, "two");
  for (const stack of [one, two]) new ZenlayerProvider(stack, "zenlayer", { plugin: false });
  web = new VmInstanceSpec(one, "web", { instance: VM, bandwidth: 200 });
});

const second = (props = {}): VmInstanceSpec =>
  new VmInstanceSpec(two, "api", { instance: OTHER, bandwidth: 200, ...props });

test.each<readonly [string, () => unknown]>([
  ["a hook", () => new ChangeHook(two, "hook", { command: "true", after: [web] })],
  ["waves", () => new ChangeWaves(two, "waves", { waves: [[second()], [web]] })],
  ["dependsOn", () => second({ dependsOn: [web] })],
  ["addDependency", () => second().addDependency(web)],
  ["node.addDependency", () => second().node.addDependency(web)],
  ["node.addDependency of a stack", () => two.node.addDependency(second(), one)],
  ["dependsOn of somebody else's resource", () => [second(), new DataResource(two, "after", { dependsOn: [web] })]],
])("%s cannot name a specification of another stack", (_case, build) => {
  const synth = (): void => {
    build();
    app.synth();
  };
  expect(synth).toThrow(/one\/web, which stands in the stack one, .* two\.addDependency\(one\)/);
});

test("stacks may wait for each other, and refer to each other's values", () => {
  two.addDependency(one);
  second({ instanceType: web.instanceType });
  expect(() => app.synth()).not.toThrow();
});

test("a stack inside a stack is a root module of its own, with a provider of its own", () => {
  const inner = new TerraformStack(new Construct(one, "inside"), "inner");
  new ZenlayerProvider(inner, "zenlayer", { plugin: false });
  const api = new VmInstanceSpec(inner, "web", { instance: OTHER, bandwidth: 200 });
  web.onChange("hook", { command: "true" });
  api.onChange("hook", { command: "true" });
  expect(() => app.synth()).not.toThrow();
  for (const stack of [one, inner]) {
    const tf = JSON.parse(Testing.synth(stack)) as { provider: { [name: string]: unknown[] } };
    expect(tf.provider["null"]).toHaveLength(1);
    expect(tf.provider["zenlayer"]).toHaveLength(1);
  }
  new ZenlayerProvider(inner, "again", { plugin: false });
  expect(() => app.synth()).toThrow(/have no alias/);
});
