// States, private data and saved plans that version 0.1.0 wrote (commit 9d8aea3; data/0.1.0/record.txt tells how), with the provider as it is now.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MachineSpec } from "../../lib/simulator";
import { CommandResult } from "../../lib/testing";
import { callOf } from "../support/planned-calls";
import { told, World } from "../support/world";

const DATA = join(__dirname, "data", "0.1.0");
const recorded = (name: string): string => readFileSync(join(DATA, name), "utf8");
const id = (n: number): string => `90000000000000000${n}`;

const VM: MachineSpec = {
  product: "vm",
  zoneId: "asia-east-1a",
  instanceType: "c.4c8g",
  instanceChargeType: "PREPAID",
  internetChargeType: "ByBandwidth",
  bandwidth: 400,
  expiredTime: "2026-02-01T00:00:00Z",
};
const BMC: MachineSpec = { ...VM, product: "bmc", zoneId: "SEL-A", instanceType: "S9I" };

/** The machines as they stood when the recording ended. */
const FLEET: readonly MachineSpec[] = [
  { ...VM, instanceId: id(1), instanceName: "web-1" },
  { ...VM, instanceId: id(2), instanceName: "web-2", scheduled: { bandwidth: 100 } },
  { ...VM, instanceId: id(3), instanceName: "web-3", processing: { bandwidth: 600 } },
  { ...VM, instanceId: id(4), instanceName: "web-4" },
  { ...VM, instanceId: id(5), instanceName: "web-5" },
  { ...VM, instanceId: id(6), instanceName: "web-6" },
  { ...VM, instanceId: id(7), instanceName: "web-7", bandwidth: 500 },
  {
    ...BMC,
    instanceId: id(8),
    instanceName: "edge-8",
    internetChargeType: "ByTrafficPackage",
    bandwidth: 100,
    trafficPackageSize: 12.35,
  },
  { ...BMC, instanceId: id(9), instanceName: "line-9", scheduled: { bandwidth: 300 } },
  { ...VM, instanceId: "900000000000000010", instanceName: "web-10" },
];

let world: World;

beforeEach(async () => {
  world = await World.start({
    simulator: { account: { cash: 1_000_000 }, knobs: { bandwidthLatency: Infinity }, fleet: FLEET },
  });
  await world.terraform.write("terraform.tfstate", recorded("state.json"));
});

afterEach(async () => {
  world.neverBoughtOrReleased();
  await world.stop();
});

/** Attributes and private data of each resource, without what says when the file was written. */
async function inState(): Promise<
  Readonly<Record<string, { readonly attributes: unknown; readonly private: unknown }>>
> {
  const state = (await world.terraform.state()) as {
    readonly resources: readonly {
      readonly name: string;
      readonly instances: readonly { readonly attributes: unknown; readonly private?: string }[];
    }[];
  } | null;
  return Object.fromEntries(
    (state?.resources ?? []).flatMap(({ name, instances }) =>
      instances.map((instance) => [
        name,
        {
          attributes: instance.attributes,
          private: JSON.parse(Buffer.from(instance.private ?? "", "base64").toString() || "null") as unknown,
        },
      ]),
    ),
  );
}

const calls = (): readonly string[] =>
  world.simulator.writes().map((entry) => `${String(entry.instanceId)} ${callOf(entry)}`);
const settled = recorded("main.tf.txt").replace(
  /("9000000000000000(?:04|05)"\n\s*internet_max_bandwidth_out = )600/g,
  "$1400",
);

describe("a state", () => {
  test("shows no difference: pending changes, guards and timeouts included", async () => {
    await world.terraform.write("main.tf", settled);
    const plan = await world.terraform.plan();
    expect(plan.errors).toEqual([]);
    expect(plan.resourceChanges.map(({ change }) => change.actions.join())).toEqual(Array(9).fill("no-op"));
    expect(plan.exitCode).toBe(0);
  });

  test("loses nothing in a refresh: attributes, tokens and open orders stay, and only the first one writes", async () => {
    await world.terraform.write("main.tf", settled);
    const before = await inState();
    expect((await world.terraform.apply({ args: ["-refresh-only"] })).errors).toEqual([]);
    const after = await inState();
    expect(after).toMatchObject(before);
    expect(after["quiet"]?.private).toMatchObject({ seen_by: { endpoint: world.simulator.endpoint } });
    const { serial } = (await world.terraform.state()) ?? {};
    expect((await world.terraform.apply({ args: ["-refresh-only"] })).errors).toEqual([]);
    expect((await world.terraform.state())?.["serial"]).toBe(serial);
  });

  test("remembers the open order: it is warned of, and not sent again", async () => {
    await world.terraform.write("main.tf", recorded("main.tf.txt"));
    const target = "-target=zenlayer_vm_instance_spec.unpaid";
    const plan = await world.terraform.plan({ args: [target] });
    expect(told(plan)).toContain("Order 2026000000000006 of 2026-");
    const applied = await world.terraform.applyPlan(plan);
    expect(applied.errors[0]?.summary).toMatch(/^Order 2026000000000006 of .* is open: nothing was sent$/);
    expect(calls()).toEqual([]);
  });

  test("remembers the call without an answer: the plan warns before it is sent again", async () => {
    await world.terraform.write("main.tf", recorded("main.tf.txt"));
    const plan = await world.terraform.plan({ args: ["-target=zenlayer_vm_instance_spec.unanswered"] });
    expect(told(plan)).toContain("T7678551A-7B05-4E2F-9052-A75DC98B507C");
    expect(plan.exitCode).toBe(2);
  });
});

/** Terraform applies saved plans of its own version only. */
const HONOURED: Readonly<Record<string, readonly string[]>> = {
  "second-change": [`${id(7)} ModifyInstanceBandwidth 550`],
  cancel: [`${id(2)} CancelInstanceBandwidthDowngrade`],
  settings: [],
  adoption: [],
  "destroy-quiet": [],
};
/** `change_count` was known there, or no cancel was noted: Terraform or the provider refuses. */
const REFUSED = ["first-change", "adoption-with-change", "destroy", "replace"];

describe("a saved plan", () => {
  async function apply(name: string): Promise<CommandResult | null> {
    world.simulator.knobs.bandwidthLatency = 20;
    await world.terraform.write("main.tf", recorded("main.tf.txt"));
    const version = (await world.terraform.run(["version"])).stdout.split("\n")[0];
    const run = await world.terraform.run(["apply", "-json", "-input=false", join(DATA, `${name}.tfplan`)]);
    if (version === recorded("terraform-version.txt").trim()) return new CommandResult(run);
    expect(run.exitCode).toBe(1);
    expect(calls()).toEqual([]);
    return null;
  }

  test.each(Object.entries(HONOURED))("%s: is carried out", async (name, expected) => {
    const applied = await apply(name);
    if (applied === null) return;
    expect(told(applied)).not.toContain("error:");
    expect(applied.exitCode).toBe(0);
    expect(calls()).toEqual(expected);
  });

  test("with an order that is open: is blocked by the order, and does not forget it", async () => {
    const before = await inState();
    const applied = await apply("again");
    if (applied === null) return;
    expect(applied.errors[0]?.summary).toMatch(/^Order 2026000000000006 of .* is open: nothing was sent$/);
    expect(calls()).toEqual([]);
    expect((await inState())["unpaid"]?.private).toEqual(before["unpaid"]?.private);
  });

  test.each(REFUSED)("%s: is refused, and nothing of it is done", async (name) => {
    const before = await inState();
    const applied = await apply(name);
    if (applied === null) return;
    expect(applied.exitCode).toBe(1);
    expect(applied.errors.length).toBeGreaterThan(0);
    expect(calls()).toEqual([]);
    expect(await inState()).toEqual(before);
  });
});
