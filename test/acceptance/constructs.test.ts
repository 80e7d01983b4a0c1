// Constructs by the real Terraform: import, order, references and guards, beyond what synthesis alone can show.
import {
  Aspects,
  DataResource,
  TerraformCount,
  TerraformIterator,
  TerraformOutput,
  TerraformVariable,
  type TerraformStack,
} from "cdktf";
import {
  BmcTrafficPackage,
  ForbidDowngrades,
  l1,
  LimitImmediateCharge,
  OnDestroy,
  OnDowngrade,
  VmInstance,
  VmInstanceSpec,
} from "../../lib";
import { expectChanges, expectNoChanges, expectSuccess, type Plan } from "../../lib/testing";
import { useStack } from "../support/stack";
import { told, World } from "../support/world";

const [WEB, API, EDGE] = ["900000000000000001", "900000000000000002", "900000000000000003"];

let world: World;

beforeEach(async () => {
  world = await World.start({
    simulator: {
      fleet: [
        { instanceId: WEB, instanceName: "web", instanceType: "c.4c8g", bandwidth: 100 },
        { instanceId: API, instanceName: "api", instanceType: "c.4c8g", bandwidth: 100 },
        { product: "bmc", instanceId: EDGE, instanceName: "edge", trafficPackageSize: 10 },
      ],
    },
  });
});
afterEach(async () => {
  world.neverBoughtOrReleased();
  await world.stop();
});

async function plan(build: (stack: TerraformStack) => void): Promise<Plan> {
  await useStack(world, build);
  return world.terraform.plan();
}

async function mustApply(build: (stack: TerraformStack) => void): Promise<Plan> {
  await useStack(world, build);
  return world.mustApply();
}

function writes(): readonly string[] {
  return world.simulator.writes().map(({ action, body }) => `${action} ${(body as { instanceId: string }).instanceId}`);
}

describe("a construct with a new id", () => {
  const [before, after] = ["before", "after"].map(
    (id) => (stack: TerraformStack) => new VmInstanceSpec(stack, id, { instance: WEB, bandwidth: 100 }),
  ) as [(stack: TerraformStack) => VmInstanceSpec, (stack: TerraformStack) => VmInstanceSpec];

  test.each<readonly [string, (stack: TerraformStack) => void]>([
    ["renamedFrom", (stack) => after(stack).renamedFrom("before")],
    [
      "moveTo of cdktf",
      (stack) => {
        before(stack).resource.moveTo("machine");
        after(stack).resource.addMoveTarget("machine");
      },
    ],
  ])("keeps its state by %s, import block and all", async (_name, build) => {
    await mustApply(before);
    await mustApply(build);
    expect(await world.terraform.attributes("zenlayer_vm_instance_spec.before")).toBeNull();
    expect(await world.terraform.attributes("zenlayer_vm_instance_spec.after")).toMatchObject({ instance_id: WEB });
    expectNoChanges(await plan(build));
    expectNoChanges(await plan(after));
    expect(writes()).toEqual([]);
  });

  test("is adopted where no state knows the old one", async () => {
    const first = await plan((stack) => after(stack).renamedFrom("before"));
    expectChanges(first, { "zenlayer_vm_instance_spec.after": ["import"] });
  });
});

test("a limit that is null in Terraform leaves the other in force", async () => {
  const limited = (own: number | null, all: number | null) =>
    plan((stack) => {
      const limit = (name: string, value: number | null): number => {
        const variable = new TerraformVariable(stack, name, { type: "number" });
        // As a default, cdktf does not take null.
        variable.addOverride("default", value);
        return variable.numberValue;
      };
      new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth: 400, maxImmediateCharge: limit("own", own) });
      Aspects.of(stack).add(new LimitImmediateCharge(limit("all", all)));
    });
  expect(told(await limited(null, 0))).toMatch(/max_immediate_charge/);
  expect(told(await limited(0, null))).toMatch(/max_immediate_charge/);
  expectSuccess(await limited(null, null));
});

describe("adopting", () => {
  test("a literal id is imported: the first plan shows what the machine is, and what will change", async () => {
    const first = await mustApply((stack) => {
      new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth: 100 });
      new BmcTrafficPackage(stack, "edge", { instance: EDGE, trafficPackageSize: 12 });
    });
    expectChanges(first, {
      "zenlayer_vm_instance_spec.web": ["import"],
      "zenlayer_bmc_traffic_package.edge": ["import", "update"],
    });
    expect(first.changeFor("zenlayer_bmc_traffic_package.edge").change.before).toMatchObject({
      traffic_package_size: 10,
    });
    expectNoChanges(await world.terraform.plan());
    expect(writes()).toEqual([`ModifyInstanceTrafficPackage ${EDGE}`]);
  });

  test("a machine found by its name is imported too", async () => {
    const build = (stack: TerraformStack): void => {
      const web = VmInstance.fromName(stack, "machine", "web");
      new VmInstanceSpec(stack, "web", { instance: web, bandwidth: 200 });
      new TerraformOutput(stack, "zone", { value: web.zoneId });
    };
    expectChanges(await mustApply(build), { "zenlayer_vm_instance_spec.web": ["import", "update"] });
    expect(writes()).toEqual([`ModifyInstanceBandwidth ${WEB}`]);
    expectNoChanges(await world.terraform.plan());
  });

  test("a name that no machine has is an error of the plan that says the name", async () => {
    const refused = await plan((stack) => {
      const instance = VmInstance.fromName(stack, "machine", "nobody");
      new VmInstanceSpec(stack, "web", { instance, bandwidth: 200 });
    });
    expect(refused.exitCode).toBe(1);
    expect(told(refused)).toContain("nobody");
  });

  test("without an import block the machine is adopted by create, and charges are in the plan all the same", async () => {
    const first = await mustApply((stack) => {
      new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth: 200, import: false });
    });
    expectChanges(first, { "zenlayer_vm_instance_spec.web": ["create"] });
    expect(first.changeFor("zenlayer_vm_instance_spec.web").change.after).toMatchObject({
      changes: [{ direction: "upgrade", charge: "charged_now", from: "100", to: "200" }],
    });
    expectNoChanges(await world.terraform.plan());
  });

  test("for_each and count adopt each machine", async () => {
    const build = (stack: TerraformStack): void => {
      const found = new l1.DataZenlayerVmInstances(stack, "found", { namePattern: "web*" });
      const machines = TerraformIterator.fromList(found.ids);
      new VmInstanceSpec(stack, "each", { forEach: machines, instance: machines.value, bandwidth: 200 });
      new VmInstanceSpec(stack, "counted", { count: TerraformCount.of(1), instance: API, bandwidth: 300 });
    };
    const first = await mustApply(build);
    expectChanges(first, {
      [`zenlayer_vm_instance_spec.each["${WEB}"]`]: ["create"],
      "zenlayer_vm_instance_spec.counted[0]": ["create"],
    });
    expect([...writes()].sort()).toEqual([`ModifyInstanceBandwidth ${WEB}`, `ModifyInstanceBandwidth ${API}`].sort());
    expectNoChanges(await world.terraform.plan());
  });

  test("a construct that is removed is forgotten, or takes its scheduled downgrade back first; the machine stays", async () => {
    const both = (stack: TerraformStack): void => {
      new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth: 50, onDestroy: OnDestroy.CANCEL_SCHEDULED });
      new VmInstanceSpec(stack, "api", { instance: API, bandwidth: 50 });
    };
    await mustApply(both);
    world.simulator.clearRequests();
    await mustApply(() => undefined);
    expect(writes()).toEqual([`CancelInstanceBandwidthDowngrade ${WEB}`]);
    expect(world.simulator.machine(API).axes.bandwidth.scheduled?.target).toBe(50);
  });
});

describe("order", () => {
  /** The addresses of our resources in the order in which their changes ended and began. */
  async function applied(build: (stack: TerraformStack) => void): Promise<readonly string[]> {
    await useStack(world, build);
    const result = await world.terraform.apply();
    expectSuccess(result);
    return result.events
      .filter(({ type }) => type === "apply_start" || type === "apply_complete")
      .map((event) => ({ event, hook: event["hook"] as { resource: { addr: string; resource_type: string } } }))
      .filter(({ hook }) => !hook.resource.resource_type.endsWith("_quote"))
      .map(({ event, hook }) => `${event.type} ${hook.resource.addr.split(".")[1]}`);
  }
  const spec = (stack: TerraformStack, id: string, instance: string): VmInstanceSpec =>
    new VmInstanceSpec(stack, id, { instance, bandwidth: 200, import: false });

  test.each<[string, (stack: TerraformStack) => void]>([
    ["addDependency", (stack) => spec(stack, "web", WEB).addDependency(spec(stack, "api", API))],
    ["node.addDependency", (stack) => spec(stack, "web", WEB).node.addDependency(spec(stack, "api", API))],
    [
      "dependsOn",
      (stack) => {
        const api = spec(stack, "api", API);
        new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth: 200, import: false, dependsOn: [api] });
      },
    ],
  ])("%s: one machine is changed after the other, and its prices are known while planning", async (_name, build) => {
    expect(await applied(build)).toEqual([
      "apply_start api",
      "apply_complete api",
      "apply_start web",
      "apply_complete web",
    ]);
    expectNoChanges(await world.terraform.plan());
  });

  test("something else waits for a specification", async () => {
    const order = await applied((stack) => {
      const web = spec(stack, "web", WEB);
      new DataResource(stack, "after", { dependsOn: [web] });
    });
    expect(order).toEqual(["apply_start web", "apply_complete web", "apply_start after", "apply_complete after"]);
  });
});

describe("guards for a whole stack", () => {
  const MOST_FOR_100_MBPS = 405.34; // 4 a Mbps, 5 % off, 31 days and one more, rounded up to a cent

  test("ForbidDowngrades refuses every downgrade at plan time, whatever a specification says itself", async () => {
    const refused = await plan((stack) => {
      new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth: 50, onDowngrade: OnDowngrade.SCHEDULE });
      new VmInstanceSpec(stack, "api", { instance: API, bandwidth: 200 });
      Aspects.of(stack).add(new ForbidDowngrades());
    });
    expect(refused.exitCode).toBe(1);
    expect(refused.errors.map(({ address }) => address)).toEqual(["zenlayer_vm_instance_spec.web"]);
    expect(told(refused)).toContain("[guard:on_downgrade]");
  });

  test("an exception may be downgraded", async () => {
    await mustApply((stack) => {
      const web = new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth: 50 });
      Aspects.of(stack).add(new ForbidDowngrades({ except: [web] }));
    });
    expect(world.simulator.machine(WEB).axes.bandwidth.scheduled?.target).toBe(50);
  });

  test("LimitImmediateCharge refuses what would charge more for one machine, and lets the limit itself pass", async () => {
    const build = (limit: number) => (stack: TerraformStack) => {
      new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth: 200 });
      new BmcTrafficPackage(stack, "edge", { instance: EDGE, trafficPackageSize: 5 });
      Aspects.of(stack).add(new LimitImmediateCharge(limit));
    };
    const refused = await plan(build(MOST_FOR_100_MBPS - 0.01));
    expect(refused.exitCode).toBe(1);
    expect(refused.errors.map(({ address }) => address)).toEqual(["zenlayer_vm_instance_spec.web"]);
    expect(told(refused)).toContain("[guard:max_immediate_charge]");
    expect(writes()).toEqual([]);

    await mustApply(build(MOST_FOR_100_MBPS));
    expect(writes()).toHaveLength(2);
  });

  test("a limit of 0 still lets downgrades and cancels pass", async () => {
    const build = (bandwidth: number) => (stack: TerraformStack) => {
      new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth });
      Aspects.of(stack).add(new LimitImmediateCharge(0));
    };
    await mustApply(build(50));
    await mustApply(build(100));
    expect(writes()).toEqual([`ModifyInstanceBandwidth ${WEB}`, `CancelInstanceBandwidthDowngrade ${WEB}`]);
  });
});

test("a price output does not change by applying", async () => {
  const build = (bandwidth: number) => (stack: TerraformStack) => {
    new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth }).addPriceOutput();
  };
  const first = await mustApply(build(200));
  expectNoChanges(await world.terraform.plan());
  const outputs = Object.values(first.json?.output_changes ?? {});
  expect(outputs).toHaveLength(1);
  expect(outputs[0]?.after).toMatchObject({ total: expect.any(Number), currency: "USD" });
});
