// Applying exactly what was reviewed, with real plans: the same plan made anew, another one, the same file; and constructs with their hooks.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { BmcTrafficPackage, VmInstanceSpec, ZenlayerProvider } from "cdktf-zenlayer";
import type { Report } from "../../lib/review";
import { nullProvider } from "../support/null-provider";
import { Reviewer } from "../support/reviewer";
import { World } from "../support/world";

const WEB = "900000000000000001";
const EDGE = "900000000000000002";
const FLEET = [
  {
    product: "vm",
    instanceId: WEB,
    instanceName: "web",
    instanceType: "c.4c8g",
    internetChargeType: "ByBandwidth",
    bandwidth: 100,
  },
  {
    product: "bmc",
    instanceId: EDGE,
    instanceName: "edge",
    internetChargeType: "ByTrafficPackage",
    trafficPackageSize: 10,
  },
] as const;

let world: World;
let reviewer: Reviewer;
let directory: string;
let stack: string;
let reviewed: Report;
let reviewedFile: string;

/** What the author's program writes; `bandwidth` is the change under review. */
async function synthesise(bandwidth: number): Promise<void> {
  const app = new App({ outdir: directory });
  const machines = new TerraformStack(app, "machines");
  new ZenlayerProvider(machines, "zenlayer", { plugin: false });
  const web = new VmInstanceSpec(machines, "web", { instance: WEB, instanceType: "c.8c16g", bandwidth });
  web.onChange("smoke-test", { command: "node -p 0" });
  new BmcTrafficPackage(machines, "edge", { instance: EDGE, trafficPackageSize: 5 });
  app.synth();
  stack = join(directory, "stacks", "machines");
  await world.terraform.useStack(stack);
}

async function plan(name: string) {
  const made = await world.terraform.plan();
  expect(made.errors).toEqual([]);
  return { made, files: await reviewer.save(world.terraform, made, name) };
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "synthesised-"));
  reviewer = await Reviewer.create();
  world = await World.start({ simulator: { fleet: FLEET }, foreign: [nullProvider()] });
  await synthesise(200);
  const { files } = await plan("reviewed");
  reviewed = await reviewer.report(files.plan, "--stack", stack, "--log", files.log);
  reviewedFile = await reviewer.write("review.json", JSON.stringify(reviewed));
});
afterAll(async () => {
  await world.stop();
  await reviewer.dispose();
  await rm(directory, { recursive: true, force: true });
});

describe("a synthesised stack", () => {
  test("rows carry the path of their construct, from the directory of the stack as from its file", async () => {
    expect(reviewed.facts.changes.map(({ construct_path }) => construct_path)).toEqual([
      expect.stringMatching(/^machines\/edge\b/),
      expect.stringMatching(/^machines\/web\b/),
      expect.stringMatching(/^machines\/web\b/),
    ]);
    const again = await reviewer.report(
      "--stack",
      join(stack, "cdk.tf.json"),
      join(reviewer.directory, "reviewed.json"),
    );
    expect(again.facts.changes).toEqual(reviewed.facts.changes);
    expect((await reviewer.run(join(reviewer.directory, "reviewed.json"), "--stack", stack)).out).toContain(
      "machines/web",
    );
  });

  test("prices come from the quotes that constructs add", () => {
    expect(reviewed.facts.changes.map(({ price }) => price.source)).toEqual(["quote", "estimate", "quote"]);
  });

  test("the hook of a machine that changes is told with its command", () => {
    expect(reviewed.facts.hooks).toEqual([
      expect.objectContaining({
        construct_path: "machines/web/smoke-test",
        runs: "first_time",
        triggered_by: ["zenlayer_vm_instance_spec.web"],
        commands: [expect.stringContaining("node -p 0") as unknown],
      }),
    ]);
    expect(reviewed.facts.others).toEqual([]);
  });
});

describe("--verify", () => {
  test("a plan made anew has another file and the same digest, although prices and dates moved", async () => {
    world.simulator.rollCycle();
    world.simulator.setPrice("c.8c16g", 77);
    await synthesise(200);
    const { files } = await plan("anew");
    const anew = await reviewer.report(files.plan, "--verify", reviewed.digest ?? "");
    expect(anew).toMatchObject({ exit_code: 2, status: "changes", digest: reviewed.digest });
    expect(anew.exact_digest).not.toBe(reviewed.exact_digest);
    expect(anew.totals.charged_now).not.toEqual(reviewed.totals.charged_now);
    expect(anew.facts.changes.map(({ effective_at }) => effective_at)).not.toEqual(
      reviewed.facts.changes.map(({ effective_at }) => effective_at),
    );
    expect(await reviewer.report(files.plan, "--verify", reviewedFile)).toMatchObject({ exit_code: 2 });
    const exact = await reviewer.report(files.plan, "--verify", reviewed.exact_digest ?? "", "--exact");
    expect(exact).toMatchObject({ exit_code: 3, status: "refused" });
  });

  test("--exact takes the same plan file, shown again", async () => {
    const { made, files } = await plan("twice");
    const first = await reviewer.report(files.plan);
    const again = await reviewer.save(world.terraform, made, "shown-again");
    expect(await reviewer.report(again.plan, "--verify", first.exact_digest ?? "", "--exact")).toMatchObject({
      exit_code: 2,
      verification: { matches: true, exact: true },
    });
  });

  test.each<[string, () => Promise<void>, RegExp]>([
    ["another value", () => synthesise(300), /not reviewed: zenlayer_vm_instance_spec\.web.*100 → 300/],
    [
      "another starting point, because somebody used the console",
      async () => {
        world.simulator.machine(WEB).bandwidth = 150;
        await synthesise(200);
      },
      /not reviewed: zenlayer_vm_instance_spec\.web.*150 → 200/,
    ],
  ])("refuses %s with exit code 3, and says what differs", async (_, change, difference) => {
    await change();
    const { files } = await plan("other");
    const refused = await reviewer.report(files.plan, "--verify", reviewedFile);
    expect(refused).toMatchObject({ exit_code: 3, status: "refused", verification: { matches: false } });
    expect(refused.verification?.differences.join("\n")).toMatch(difference);
    expect(await reviewer.run(files.plan, "--verify", reviewed.digest ?? "")).toMatchObject({ code: 3 });
    world.simulator.machine(WEB).bandwidth = 100;
  });

  test("what was reviewed and is applied orders just that, and the hook runs", async () => {
    await synthesise(200);
    const { made, files } = await plan("applied");
    expect(await reviewer.run(files.plan, "--verify", reviewed.digest ?? "")).toMatchObject({ code: 2 });
    const applied = await world.terraform.applyPlan(made);
    expect(applied.errors).toEqual([]);
    const saved = await reviewer.saveApplied(world.terraform, applied);
    const after = await reviewer.appliedReport(saved.state, saved.log, files.plan, "--stack", stack);
    expect(after.machines.map(({ construct_path, outcome }) => [construct_path, outcome])).toEqual([
      [expect.stringContaining("machines/edge"), "ordered"],
      [expect.stringContaining("machines/web"), "ordered"],
    ]);
    const orders = world.simulator.orders.map(({ number }) => number);
    expect(after.machines.flatMap(({ order_numbers }) => order_numbers).sort()).toEqual([...orders].sort());
  });
});
