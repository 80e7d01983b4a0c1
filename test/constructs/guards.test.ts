import { Aspects, Lazy, TerraformResource, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import {
  BmcBandwidth,
  BmcTrafficPackage,
  ForbidDowngrades,
  l1,
  LimitImmediateCharge,
  OnDowngrade,
  VmInstanceSpec,
  ZenlayerProvider,
} from "../../lib";
import { BMC, newStack, only, synthHcl, synthStack, VM, type Attributes } from "./support";

function fleet(limit?: number) {
  const stack = newStack();
  const own = limit === undefined ? {} : { maxImmediateCharge: limit };
  const web = new VmInstanceSpec(stack, "web", {
    instance: VM,
    bandwidth: 200,
    onDowngrade: OnDowngrade.SCHEDULE,
    ...own,
  });
  const edge = new BmcTrafficPackage(stack, "edge", { instance: BMC, trafficPackageSize: 10 });
  new BmcBandwidth(stack, "port", { instance: BMC, bandwidth: 500 });
  new l1.VmInstanceSpec(stack, "plain", { instanceId: "900000000000000003" });
  return { stack, web, edge };
}

function attributes(stack: Parameters<typeof synthStack>[0], attribute: string): { readonly [name: string]: unknown } {
  const all = Object.values(synthStack(stack).resource ?? {}).flatMap((each): [string, Attributes][] =>
    Object.entries(each),
  );
  return Object.fromEntries(all.map(([name, values]) => [name, values[attribute]]));
}

describe("ForbidDowngrades", () => {
  test("wins over what the specification says, on constructs and plain resources alike", () => {
    const { stack } = fleet();
    Aspects.of(stack).add(new ForbidDowngrades());
    expect(attributes(stack, "on_downgrade")).toEqual({ web: "deny", edge: "deny", port: "deny", plain: "deny" });
  });

  test("leaves alone what is excepted", () => {
    const { stack, web, edge } = fleet();
    Aspects.of(stack).add(new ForbidDowngrades({ except: [web, edge] }));
    expect(attributes(stack, "on_downgrade")).toEqual({
      web: "schedule",
      edge: undefined,
      port: "deny",
      plain: "deny",
    });
  });
});

describe("LimitImmediateCharge", () => {
  test.each([
    ["sets the limit where there is none", undefined, 50],
    ["lowers a higher limit", 100, 50],
    ["keeps a lower limit", 10, 10],
    ["keeps a limit of nothing at all", 0, 0],
  ])("%s", (_case, own, expected) => {
    const { stack } = fleet(own);
    Aspects.of(stack).add(new LimitImmediateCharge(50));
    const { web, ...others } = attributes(stack, "max_immediate_charge");
    expect(web).toBe(expected);
    expect(others).toEqual({ edge: 50, port: 50, plain: 50 });
  });

  test("leaves alone what is excepted", () => {
    const { stack, web } = fleet();
    Aspects.of(stack).add(new LimitImmediateCharge(0, { except: [web] }));
    expect(attributes(stack, "max_immediate_charge")).toEqual({ web: undefined, edge: 0, port: 0, plain: 0 });
  });

  test("lets Terraform compare what is not known at synth", () => {
    const { stack } = fleet(30);
    const limit = new TerraformVariable(stack, "limit", { type: "number" }).numberValue;
    Aspects.of(stack).add(new LimitImmediateCharge(limit));
    expect(attributes(stack, "max_immediate_charge")).toMatchObject({
      web: "${min([for limit in [30, var.limit] : limit if limit != null]...)}",
      edge: "${var.limit}",
    });
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("%d is no limit", (limit) => {
    expect(() => new LimitImmediateCharge(limit)).toThrow(/is not an amount/);
  });
});

describe("a guard is decided when a specification renders", () => {
  const spec = (scope: Construct, id = "web", props = {}): VmInstanceSpec =>
    new VmInstanceSpec(scope, id, { instance: VM, bandwidth: 200, ...props });
  const charge = (stack: TerraformStack): unknown =>
    only(synthStack(stack).resource, "zenlayer_vm_instance_spec")["max_immediate_charge"];

  test("on the App, which the library visits with no aspect, and on a construct above stacks", () => {
    const app = Testing.app();
    const region = new Construct(app, "region");
    const stack = new TerraformStack(region, "stack");
    spec(stack);
    Aspects.of(app).add(new LimitImmediateCharge(50));
    Aspects.of(region).add(new ForbidDowngrades());
    expect(only(synthStack(stack).resource, "zenlayer_vm_instance_spec")).toMatchObject({
      max_immediate_charge: 50,
      on_downgrade: "deny",
    });
  });

  test("on machines and of guards that another aspect adds beside what is visited", () => {
    const stack = newStack();
    const first = new Construct(stack, "first");
    Aspects.of(stack).add({
      visit(construct: IConstruct): void {
        if (construct !== first || stack.node.tryFindChild("late") !== undefined) return;
        spec(stack, "late");
        Aspects.of(stack).add(new ForbidDowngrades());
      },
    });
    Aspects.of(stack).add(new LimitImmediateCharge(50));
    expect(only(synthStack(stack).resource, "zenlayer_vm_instance_spec")).toMatchObject({
      max_immediate_charge: 50,
      on_downgrade: "deny",
    });
  });

  test("after overrides of the resource, in JSON and in HCL", () => {
    const build = (stack: TerraformStack): void => {
      Aspects.of(stack).add(new LimitImmediateCharge(50));
      Aspects.of(stack).add(new ForbidDowngrades());
      const { resource } = spec(stack);
      resource.addOverride("max_immediate_charge", 1000);
      resource.addOverride("on_downgrade", "schedule");
    };
    const stack = newStack();
    build(stack);
    expect(charge(stack)).toBe(50);
    const hcl = synthHcl(build);
    expect(hcl).toMatch(/max_immediate_charge = 50\n/);
    expect(hcl).toMatch(/on_downgrade = "deny"/);
  });

  test("through an aspect that passes its visits on", () => {
    const stack = newStack();
    spec(stack);
    const guard = new LimitImmediateCharge(50);
    Aspects.of(stack).add({ visit: (construct) => guard.visit(construct) });
    expect(charge(stack)).toBe(50);
  });

  test("and the lowest of several holds, each time the stack is synthesised", () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, "stack");
    spec(stack);
    for (const [scope, limit] of [
      [app, 70],
      [stack, 50],
    ] as const)
      Aspects.of(scope).add(new LimitImmediateCharge(limit));
    expect([charge(stack), charge(stack)]).toEqual([50, 50]);
  });

  test.each([
    ["an own limit that is null", Token.asNumber(Token.nullValue()), 50],
    ["an own limit that is undefined late", Lazy.numberValue({ produce: () => undefined as unknown as number }), 50],
    ["an own limit that is a number late", Lazy.numberValue({ produce: () => 20 }), 20],
  ])("%s", (_case, maxImmediateCharge, expected) => {
    const stack = newStack();
    spec(stack, "web", { maxImmediateCharge });
    Aspects.of(stack).add(new LimitImmediateCharge(50));
    expect(charge(stack)).toBe(expected);
  });

  test("two limits that only Terraform knows: what is null there is no limit", () => {
    const stack = newStack();
    const limit = (name: string): number => new TerraformVariable(stack, name, { type: "number" }).numberValue;
    spec(stack, "web", { maxImmediateCharge: limit("own") });
    Aspects.of(stack).add(new LimitImmediateCharge(limit("all")));
    const list = "[for limit in [var.own, var.all] : limit if limit != null]";
    expect(charge(stack)).toBe(`\${length(${list}) == 0 ? null : min(${list}...)}`);
  });
});

describe("a guard that can no longer act is an error", () => {
  const guarded = (): TerraformStack => {
    const stack = newStack();
    new VmInstanceSpec(stack, "web", { instance: VM, bandwidth: 200 });
    Aspects.of(stack).add(new LimitImmediateCharge(50));
    return stack;
  };

  test.each<readonly [string, unknown, RegExp]>([
    ["resource.zenlayer_vm_instance_spec.web.max_immediate_charge", 1000, /sets max_immediate_charge, which the guard/],
    ["resource.zenlayer_vm_instance_spec.web.max_immediate_charge", undefined, /sets max_immediate_charge/],
    ["resource.zenlayer_vm_instance_spec.web", "${null}", /replaces this resource as a whole/],
    ["resource.zenlayer_vm_instance_spec", null, /replaces this resource as a whole/],
  ])("addOverride(%j, %j) of the stack", (path, value, message) => {
    const stack = guarded();
    stack.addOverride(path, value);
    expect(() => Testing.synth(stack)).toThrow(message);
    expect(() => Testing.synth(stack)).toThrow(/^stack\/web: /);
  });

  test("other overrides of the stack are its author's", () => {
    const stack = guarded();
    stack.addOverride("resource.zenlayer_vm_instance_spec.web.on_downgrade", "schedule");
    expect(only(synthStack(stack).resource, "zenlayer_vm_instance_spec")).toMatchObject({
      on_downgrade: "schedule",
      max_immediate_charge: 50,
    });
  });

  class Generated extends TerraformResource {
    constructor(scope: Construct, id: string) {
      super(scope, id, { terraformResourceType: "zenlayer_vm_instance_spec" });
    }
  }

  test("a class that is not ours, as `cdktf get` makes them", () => {
    const stack = newStack();
    new Generated(stack, "plain");
    Aspects.of(stack).add(new LimitImmediateCharge(50));
    expect(() => Testing.synth(stack)).toThrow(/^stack\/plain: the guard LimitImmediateCharge .* cannot act/);
  });

  test("the same below a guard of the App, which visits nothing", () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, "stack");
    new ZenlayerProvider(stack, "zenlayer");
    const plain = new Generated(stack, "plain");
    Aspects.of(app).add(new LimitImmediateCharge(50));
    expect(() => Testing.synth(stack)).toThrow(/cannot act on this zenlayer_vm_instance_spec/);
    expect(() => Testing.synth(new TerraformStack(app, "other"))).not.toThrow();
    const lenient = newStack();
    new Generated(lenient, "plain");
    Aspects.of(lenient).add(new LimitImmediateCharge(50, { except: [lenient.node.findChild("plain")] }));
    expect(() => Testing.synth(lenient)).not.toThrow();
    expect(plain.node.path).toBe("stack/plain");
  });

  test("a machine that an override of the stack adds", () => {
    const stack = guarded();
    new ZenlayerProvider(stack, "zenlayer");
    stack.addOverride("resource.zenlayer_vm_instance_spec.extra", { instance_id: "1" });
    expect(() => Testing.synth(stack)).toThrow(
      /adds zenlayer_vm_instance_spec.extra, which the guard .* cannot act on/,
    );
  });

  test("a guard of another copy that speaks another language", () => {
    const stack = guarded();
    const key = Symbol.for("cdktf-zenlayer/guard");
    const later = {
      protocol: 99,
      version: "9.0.0",
      home: "/other/cdktf-zenlayer",
      name: "Later",
      except: [],
      demand: {},
    };
    Aspects.of(stack).add({ visit: () => undefined, [key]: later } as never);
    expect(() => Testing.synth(stack)).toThrow(
      /^stack\/web: the guard Later comes from another copy .* 9\.0\.0 in \/other\/cdktf-zenlayer, and .* in .*npm dedupe/,
    );
  });
});
