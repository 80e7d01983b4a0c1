import { Aspects, TerraformVariable } from "cdktf";
import {
  BmcBandwidth,
  BmcTrafficPackage,
  ForbidDowngrades,
  l1,
  LimitImmediateCharge,
  OnDowngrade,
  VmInstanceSpec,
} from "../../lib";
import { BMC, newStack, synthStack, VM, type Attributes } from "./support";

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
      web: "${min(30, var.limit)}",
      edge: "${var.limit}",
    });
    expect(attributes(stack, "max_immediate_charge")).toMatchObject({ web: "${min(30, var.limit)}" });
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("%d is no limit", (limit) => {
    expect(() => new LimitImmediateCharge(limit)).toThrow(/is not an amount/);
  });
});
