// Every example, synthesised, planned and applied by the real Terraform. Foreign providers are stand-ins served by this process.
import { createServer, type Server } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expectNoChanges, expectNothingDestroyed, expectSuccess } from "../../lib/testing";
import type { FleetSpec } from "../../lib/simulator";
import { ensureBuilt, exampleDirectory, exampleNames, simulatedFleet, synthesise } from "../support/examples";
import { hookOutputs } from "../support/hooks";
import { nullProvider } from "../support/null-provider";
import { told, World, type WorldOptions } from "../support/world";

let world: World;
let started: World | null = null;
const cleanups: (() => Promise<void>)[] = [];

beforeAll(ensureBuilt);
afterEach(async () => {
  const ended = started;
  started = null;
  await ended?.stop();
  for (const cleanup of cleanups.splice(0)) await cleanup();
  ended?.neverBoughtOrReleased();
});

async function start(name: string, fleet: FleetSpec, options: WorldOptions = {}): Promise<void> {
  world = await World.start({ ...options, simulator: { fleet } });
  started = world;
  if (name === "hcl") {
    await world.terraform.write("main.tf", await readFile(join(exampleDirectory(name), "main.tf"), "utf8"));
    return;
  }
  const { stack, dispose } = await synthesise(name);
  cleanups.push(dispose);
  await world.terraform.useStack(stack);
}

/** The calls that change something, as "machine action value", sorted: machines that do not wait for each other have no order. */
function writes(): readonly string[] {
  const { simulator } = world;
  return simulator
    .writes()
    .map(({ action, body }) => {
      const {
        instanceId,
        instanceTypeId,
        instanceType,
        internetMaxBandwidthOut,
        bandwidthOutMbps,
        trafficPackageSize,
      } = body as Record<string, unknown>;
      const value =
        instanceTypeId ?? instanceType ?? internetMaxBandwidthOut ?? bandwidthOutMbps ?? trafficPackageSize ?? "";
      return `${simulator.machine(String(instanceId)).instanceName} ${action} ${String(value)}`;
    })
    .sort();
}

const QUICKSTART: FleetSpec = {
  machines: [
    { instanceId: "900000000000000001", instanceName: "web", instanceType: "c.4c8g" },
    { instanceId: "900000000000000002", instanceName: "api", bandwidth: 200 },
    { product: "bmc", instanceId: "900000000000000003", instanceName: "edge", trafficPackageSize: 10 },
  ],
};

const CASES = [
  {
    name: "quickstart",
    fleet: QUICKSTART,
    calls: ["api ModifyInstanceBandwidth 400", "edge ModifyInstanceTrafficPackage 5", "web ModifyInstanceType c.2c4g"],
  },
  {
    name: "fleet",
    fleet: simulatedFleet("fleet"),
    calls: [
      "cache ModifyInstanceBandwidth 50",
      "edge-1 ModifyInstanceTrafficPackage 10.05",
      "files ModifyInstanceTrafficPackage 7.5",
      "web-1 ModifyInstanceType c.4c8g",
    ],
  },
  {
    name: "waves",
    fleet: simulatedFleet("waves"),
    calls: [
      "canary ModifyInstanceType c.4c8g",
      "web-1 ModifyInstanceType c.4c8g",
      "web-2 ModifyInstanceBandwidth 200",
      "web-2 ModifyInstanceType c.4c8g",
    ],
  },
  {
    name: "hcl",
    fleet: simulatedFleet("hcl"),
    calls: ["edge ModifyInstanceTrafficPackage 5", "web ModifyInstanceBandwidth 200", "web ModifyInstanceType c.4c8g"],
  },
];

test("every example is tested here", () => {
  expect([...CASES.map(({ name }) => name), "beside-official-provider"].sort()).toEqual([...exampleNames()].sort());
});

test.each(CASES)("$name: the first apply orders what differs, and then there is nothing to do", async (example) => {
  await start(example.name, example.fleet, { foreign: [nullProvider()] });
  const plan = await world.terraform.plan();
  expectSuccess(plan);
  expectNothingDestroyed(plan);
  const charges = /charges about [\d.]+ now, at most [\d.]+$/;
  expect(plan.warnings.map(({ summary }) => summary).filter((text) => !charges.test(text))).toEqual([]);
  expectSuccess(await world.terraform.applyPlan(plan));
  expect(writes()).toEqual(example.calls);
  expectNoChanges(await world.terraform.plan());
  world.simulator.rollCycle();
  expectNoChanges(await world.terraform.plan());
});

test("fleet: a charge over the limit is refused while planning", async () => {
  const fleet = simulatedFleet("fleet");
  await start("fleet", { ...fleet, prices: { "c.4c8g": 5000 } });
  const plan = await world.terraform.plan();
  expect(plan.exitCode).toBe(1);
  expect(told(plan)).toContain("max_immediate_charge");
  expect(writes()).toEqual([]);
});

describe("waves", () => {
  let health: Server;
  let url: string;
  let sick = new Set<string>();
  let asked: string[] = [];

  beforeEach(async () => {
    [sick, asked] = [new Set(), []];
    health = createServer((request, response) => {
      const name = request.url?.slice(1) ?? "";
      asked.push(name);
      response.writeHead(sick.has(name) ? 503 : 200).end();
    });
    await new Promise<void>((resolve) => health.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(health.address() as AddressInfo).port}/{name}`;
  });
  afterEach(() => new Promise((resolve) => health.close(resolve)));

  test("a canary that is not well stops the rollout; once it is, the next apply goes on", async () => {
    await start("waves", simulatedFleet("waves"), {
      foreign: [nullProvider()],
      workspace: { env: { HEALTH_URL: url } },
    });
    sick.add("canary");
    const stopped = await world.terraform.apply();
    expect(stopped.exitCode).toBe(1);
    expect(hookOutputs(stopped).map(({ text }) => text)).toContain("canary: 503");
    expect(writes()).toEqual(["canary ModifyInstanceType c.4c8g"]);

    sick.clear();
    const applied = await world.terraform.apply();
    expectSuccess(applied);
    expect(writes()).toHaveLength(4);
    expect(asked).toEqual(["canary", "canary"]);
    expect(hookOutputs(applied).map(({ text }) => text.replace(/ \(.*/, ""))).toEqual(
      expect.arrayContaining([
        "canary: 200",
        "web-1: instance_type c.2c4g -> c.4c8g",
        "web-2: instance_type c.2c4g -> c.4c8g, internet_max_bandwidth_out 100 -> 200",
      ]),
    );
  });
});
