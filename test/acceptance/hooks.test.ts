// Hooks and waves, executed: `null_resource` of a stand-in for hashicorp/null runs real commands, offline.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import {
  BmcTrafficPackage,
  ChangeHook,
  ChangeWaves,
  HookEngine,
  VmInstanceSpec,
  type ChangeHookProps,
} from "../../lib";
import { expectChanges, expectNoChanges, expectSuccess, type CommandResult } from "../../lib/testing";
import { hookOutputs, hooksRun } from "../support/hooks";
import { nullProvider } from "../support/null-provider";
import { useStack } from "../support/stack";
import { World } from "../support/world";

const [WEB, API, EDGE] = ["900000000000000001", "900000000000000002", "900000000000000003"];
/** A name that would do harm inside a command. */
const NASTY = `$(touch pwned) "; exit 7 #`;

let world: World;
let scratch: string;

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), "hooks-"));
  world = await World.start({
    foreign: [nullProvider()],
    simulator: {
      fleet: [
        { instanceId: WEB, instanceName: NASTY, bandwidth: 100 },
        { instanceId: API, instanceName: "api", bandwidth: 100 },
        { product: "bmc", instanceId: EDGE, instanceName: "edge", trafficPackageSize: 10 },
      ],
    },
  });
});
afterEach(async () => {
  world.neverBoughtOrReleased();
  await world.stop();
  rmSync(scratch, { recursive: true, force: true });
});

/** Writes what the command got, one JSON object per line, and fails while there is a file `sick`. */
const RECORD = [
  `node -e 'const { env } = process; require("fs").appendFileSync(env.SCRATCH + "/runs", JSON.stringify(env) + "\\n")'`,
  `test ! -e "$SCRATCH/sick"`,
].join(" && ");

function record(more: Partial<ChangeHookProps> = {}): ChangeHookProps {
  return { command: RECORD, environment: { SCRATCH: scratch }, ...more };
}

type Run = Readonly<Record<string, string>>;

/** The environments of all runs so far, and forgets them. */
function runs(): readonly Run[] {
  const file = join(scratch, "runs");
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  rmSync(file);
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Run);
}

function ours(run: Run | undefined): Record<string, unknown> {
  const data = Object.entries(run ?? {}).filter(([name]) => /^ZENLAYER_(INSTANCE|ORDER|FROM|TO|MACHINES)/.test(name));
  return Object.fromEntries(data.map(([name, value]) => [name, /^[[{]/.test(value) ? JSON.parse(value) : value]));
}

async function apply(build: (stack: TerraformStack) => void): Promise<CommandResult> {
  await useStack(world, build);
  return world.terraform.apply();
}

function writes(): readonly string[] {
  return world.simulator.writes().map(({ action, body }) => `${action} ${(body as { instanceId: string }).instanceId}`);
}

const ENGINES = [
  { name: "null_resource", engine: HookEngine.NULL_RESOURCE },
  { name: "terraform_data", engine: HookEngine.TERRAFORM_DATA },
];

function webAt(bandwidth: number, engine = HookEngine.NULL_RESOURCE) {
  return (stack: TerraformStack): void => {
    new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth }).onChange("record", record({ engine }));
  };
}

/** In the form that a project has chosen by the environment. */
async function applyInHcl(build: (stack: TerraformStack) => void): Promise<CommandResult> {
  process.env["SYNTH_HCL_OUTPUT"] = "true";
  try {
    return await apply(build);
  } finally {
    delete process.env["SYNTH_HCL_OUTPUT"];
  }
}

test.each([
  ["JSON", apply],
  ["HCL", applyInHcl],
])("in %s, ${NAME} in command and environment is the shell's", async (_form, run) => {
  const command = `printf '%s|%s|%s\n' "\${ZENLAYER_INSTANCE_ID}" "\${MINE}" "\${LINES}" > "\${SCRATCH}/said"`;
  const environment = { SCRATCH: scratch, MINE: '"${HOME}" \\d %%{x}', LINES: "a\nb" };
  expectSuccess(
    await run((stack) => {
      const web = new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth: 100 });
      web.onChange("say", { command, environment, interpreter: ["/bin/sh", "-ec"], workingDir: "${path.root}" });
    }),
  );
  expect(readFileSync(join(scratch, "said"), "utf8")).toBe(`${WEB}|"\${HOME}" \\d %{x}|a\nb\n`);
});

describe("a hook", () => {
  test.each(ENGINES)(
    "by $name runs once when it is added, once per apply that ordered a change, and not on a quiet apply",
    async ({ name, engine }) => {
      const added = await apply(webAt(100, engine));
      expectSuccess(added);
      expect(hooksRun(added)).toEqual([expect.stringMatching(new RegExp(`^${name}\\.web_record`))]);
      expect(runs().map(ours)).toEqual([
        {
          ZENLAYER_INSTANCE_ID: WEB,
          ZENLAYER_INSTANCE_NAME: NASTY,
          ZENLAYER_ORDER_NUMBERS: [],
          ZENLAYER_FROM: {},
          ZENLAYER_TO: {},
        },
      ]);

      expectSuccess(await apply(webAt(100, engine)));
      expect(runs()).toEqual([]);

      expectSuccess(await apply(webAt(200, engine)));
      expect(runs().map(ours)).toEqual([
        {
          ZENLAYER_INSTANCE_ID: WEB,
          ZENLAYER_INSTANCE_NAME: NASTY,
          ZENLAYER_ORDER_NUMBERS: world.simulator.orders.map(({ number }) => number),
          ZENLAYER_FROM: { internet_max_bandwidth_out: "100" },
          ZENLAYER_TO: { internet_max_bandwidth_out: "200" },
        },
      ]);
      expectNoChanges(await world.terraform.plan());
    },
  );

  test("runs for a scheduled downgrade, not for its cancelling, and not when the cycle rolls over", async () => {
    expectSuccess(await apply(webAt(100)));
    expectSuccess(await apply(webAt(50)));
    expect(runs()).toHaveLength(2);

    expectSuccess(await apply(webAt(100)));
    expect(world.simulator.writes().at(-1)?.action).toBe("CancelInstanceBandwidthDowngrade");
    expect(runs()).toEqual([]);

    expectSuccess(await apply(webAt(50)));
    expect(runs()).toHaveLength(1);
    world.simulator.rollCycle(WEB);
    expectSuccess(await apply(webAt(50)));
    expect(runs()).toEqual([]);
  });

  test("a command that fails fails the apply; the change stands, and the next apply runs the command again", async () => {
    expectSuccess(await apply(webAt(100)));
    runs();
    writeFileSync(join(scratch, "sick"), "");
    const failed = await apply(webAt(200));
    expect(failed.exitCode).toBe(1);
    expect(failed.errors.map(({ summary }) => summary)).toEqual(["local-exec provisioner error"]);
    expect(runs()).toHaveLength(1);
    expect(world.simulator.machine(WEB).bandwidth).toBe(200);

    rmSync(join(scratch, "sick"));
    const again = await apply(webAt(200));
    expectSuccess(again);
    expect(runs().map(ours)).toEqual([expect.objectContaining({ ZENLAYER_TO: { internet_max_bandwidth_out: "200" } })]);
    expect(world.simulator.writes()).toHaveLength(1);
    expectNoChanges(await world.terraform.plan());
  });
});

describe.each(ENGINES)("a hook by $name misses no ordered change", ({ engine }) => {
  const ADDRESS = "zenlayer_vm_instance_spec.web";
  interface Wish {
    readonly instance?: string;
    readonly createFirst?: boolean;
    readonly import?: boolean;
  }
  const wish =
    (bandwidth: number, { instance = WEB, createFirst = false, import: adopted = true }: Wish = {}) =>
    (stack: TerraformStack): void => {
      new VmInstanceSpec(stack, "web", {
        instance,
        bandwidth,
        ...(adopted ? {} : { import: false }),
        lifecycle: { createBeforeDestroy: createFirst },
      }).onChange("record", record({ engine }));
    };
  const replace = [`-replace=${ADDRESS}`];

  test.each<[string, { readonly wish?: Wish; readonly args?: readonly string[]; readonly before?: readonly string[] }]>(
    [
      ["an update", {}],
      ["-replace", { args: replace }],
      ["-replace and create_before_destroy", { args: replace, wish: { createFirst: true } }],
      ["another machine", { wish: { instance: API } }],
      ["another machine and create_before_destroy", { wish: { instance: API, createFirst: true } }],
      ["a taint", { before: ["taint", ADDRESS] }],
      ["state rm, then import", { before: ["state", "rm", ADDRESS] }],
      ["state rm, then adoption", { before: ["state", "rm", ADDRESS], wish: { import: false } }],
    ],
  )("%s", async (_name, { wish: wished = {}, args = [], before = [] }) => {
    const { createFirst = false } = wished;
    expectSuccess(await apply(wish(100, { createFirst })));
    expectSuccess(await apply(wish(200, { createFirst })));
    if (before.length > 0) expect((await world.terraform.run(before)).exitCode).toBe(0);
    expect(runs()).toHaveLength(2);
    await useStack(world, wish(300, wished));
    const plan = await world.terraform.plan({ args });
    expect(plan.errors).toEqual([]);
    expectSuccess(await world.terraform.applyPlan(plan));
    expect(world.simulator.orders).toHaveLength(2);
    expect(runs().map((run) => run["ZENLAYER_TO"])).toEqual(['{"internet_max_bandwidth_out":"300"}']);
    expectNoChanges(await world.terraform.plan());
  });
});

test("data comes in the environment alone: a name never becomes a part of the command", async () => {
  const applied = await apply((stack) => {
    new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth: 200 }).onChange("echo", {
      command: 'printf "%s" "$ZENLAYER_INSTANCE_NAME"',
    });
  });
  expectSuccess(applied);
  expect(hookOutputs(applied).map(({ text }) => text)).toContain(NASTY);
  const executed = applied.stdout.split("\n").filter((line) => line.includes("Executing: "));
  expect(executed).toHaveLength(1);
  expect(executed[0]).not.toContain("pwned");
});

test("a hook of several machines runs once, whichever of them changed", async () => {
  const at = (bandwidth: number, size: number) => (stack: TerraformStack) => {
    const web = new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth });
    const edge = new BmcTrafficPackage(stack, "edge", { instance: EDGE, trafficPackageSize: size });
    new ChangeHook(stack, "after-all", { ...record(), after: [web, edge] });
  };
  expectSuccess(await apply(at(200, 12)));
  expect(runs()).toHaveLength(1);
  expectSuccess(await apply(at(200, 15)));
  const [first, ...others] = runs().map(ours);
  expect(others).toEqual([]);
  expect(first?.["ZENLAYER_MACHINES"]).toEqual([
    expect.objectContaining({ instance_id: WEB, to: { internet_max_bandwidth_out: "200" } }),
    expect.objectContaining({
      instance_id: EDGE,
      instance_name: "edge",
      order_numbers: [world.simulator.orders.at(-1)?.number],
      from: { traffic_package_size: "12" },
      to: { traffic_package_size: "15" },
    }),
  ]);
});

test("a change that fails does not run its hook", async () => {
  expectSuccess(await apply(webAt(100)));
  runs();
  world.simulator.fault({ kind: "error", action: "ModifyInstanceBandwidth", code: "OPERATION_DENIED" });
  expect((await apply(webAt(200))).exitCode).toBe(1);
  expect(runs()).toEqual([]);
  expectSuccess(await apply(webAt(200)));
  expect(runs()).toHaveLength(1);
});

describe("waves", () => {
  const all = (bandwidth: number, size: number) => (stack: TerraformStack) => {
    const web = new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth });
    const api = new VmInstanceSpec(stack, "api", { instance: API, bandwidth });
    const edge = new BmcTrafficPackage(stack, "edge", { instance: EDGE, trafficPackageSize: size });
    new ChangeWaves(stack, "rollout", { waves: [[web], [api, edge]], check: record() });
  };

  test("a wave begins when the one before is done and its check has succeeded", async () => {
    expectSuccess(await apply(all(100, 10)));
    runs();
    await useStack(world, all(200, 12));
    const plan = await world.terraform.plan();
    expectChanges(plan, {
      "zenlayer_vm_instance_spec.web": ["update"],
      "zenlayer_vm_instance_spec.api": ["update"],
      "zenlayer_bmc_traffic_package.edge": ["update"],
      [plan.changes.find(({ type }) => type === "null_resource")?.address ?? "a check"]: ["delete", "create"],
    });
    const applied = await world.terraform.applyPlan(plan);
    expectSuccess(applied);
    const order = applied.events
      .filter(({ type }) => ["apply_complete", "provision_complete", "apply_start"].includes(String(type)))
      .map(
        (event) =>
          `${event.type} ${(event["hook"] as { resource: { resource_type: string; resource_name: string } }).resource.resource_name}`,
      );
    const check = order.findIndex((line) => line.startsWith("provision_complete rollout_Check"));
    expect(check).toBeGreaterThan(order.indexOf("apply_complete web"));
    expect(order.indexOf("apply_start api")).toBeGreaterThan(check);
    expect(order.indexOf("apply_start edge")).toBeGreaterThan(check);
    expect(runs().map(ours)).toEqual([expect.objectContaining({ ZENLAYER_INSTANCE_ID: WEB })]);
    expectNoChanges(await world.terraform.plan());
  });

  test("without a check a wave still waits for all of the one before", async () => {
    const ordered = (bandwidth: number, size: number) => (stack: TerraformStack) => {
      const web = new VmInstanceSpec(stack, "web", { instance: WEB, bandwidth });
      const api = new VmInstanceSpec(stack, "api", { instance: API, bandwidth });
      const edge = new BmcTrafficPackage(stack, "edge", { instance: EDGE, trafficPackageSize: size });
      new ChangeWaves(stack, "rollout", { waves: [[web, api], [edge]] });
    };
    expectSuccess(await apply(ordered(100, 10)));
    world.simulator.clearRequests();
    world.simulator.fault({ kind: "error", action: "ModifyInstanceBandwidth", code: "OPERATION_DENIED" });
    expect((await apply(ordered(200, 12))).exitCode).toBe(1);
    expect(writes()).not.toContain(`ModifyInstanceTrafficPackage ${EDGE}`);
    expectSuccess(await apply(ordered(200, 12)));
    expect(writes().at(-1)).toBe(`ModifyInstanceTrafficPackage ${EDGE}`);
    expectNoChanges(await world.terraform.plan());
  });

  test("a check that fails keeps the later waves untouched, and the next apply goes on there", async () => {
    expectSuccess(await apply(all(100, 10)));
    world.simulator.clearRequests();
    writeFileSync(join(scratch, "sick"), "");
    expect((await apply(all(200, 12))).exitCode).toBe(1);
    expect(writes()).toEqual([`ModifyInstanceBandwidth ${WEB}`]);

    rmSync(join(scratch, "sick"));
    expectSuccess(await apply(all(200, 12)));
    expect(writes().slice(1).sort()).toEqual(
      [`ModifyInstanceBandwidth ${API}`, `ModifyInstanceTrafficPackage ${EDGE}`].sort(),
    );
    expectNoChanges(await world.terraform.plan());
  });

  test("a check does not run where its wave was not changed", async () => {
    expectSuccess(await apply(all(100, 10)));
    runs();
    expectSuccess(await apply(all(100, 12)));
    expect(runs()).toEqual([]);
    expect(world.simulator.machine(EDGE).trafficPackageSize).toBe(12);
  });
});
