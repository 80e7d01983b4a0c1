// The life of a change as its reviewer sees it: real plans of the real Terraform, before the apply, after it, and when there is nothing left to do.
import type { Plan } from "../../lib/testing";
import type { ChangeFact, Report } from "../../lib/review";
import { Reviewer } from "../support/reviewer";
import { WantedWorld, type Wanted } from "../support/wanted";

const VM = { product: "vm", instanceType: "c.4c8g", internetChargeType: "ByBandwidth", bandwidth: 100 } as const;
const CYCLE = "2026-02-15T00:00:00Z";

const TABLE = {
  up: { machine: VM, desired: { internet_max_bandwidth_out: 200, max_immediate_charge: 500 } },
  down: { machine: { ...VM, bandwidth: 400 }, desired: { internet_max_bandwidth_out: 150 } },
  cancel: {
    machine: { ...VM, scheduled: { bandwidth: 50 } },
    desired: { internet_max_bandwidth_out: 100 },
  },
  type: { machine: { ...VM, instanceType: "c.2c4g" }, desired: { instance_type: "c.4c8g" } },
  postpaid: {
    machine: { ...VM, instanceChargeType: "POSTPAID" },
    desired: { internet_max_bandwidth_out: 300 },
  },
  unpriced: { machine: VM, desired: { internet_max_bandwidth_out: 120 } },
  waiting: {
    machine: { ...VM, scheduled: { bandwidth: 60 } },
    desired: { internet_max_bandwidth_out: 60 },
  },
  edge: {
    machine: { product: "bmc", internetChargeType: "ByTrafficPackage", trafficPackageSize: 5 },
    type: "zenlayer_bmc_traffic_package",
    desired: { traffic_package_size: 10 },
  },
} satisfies Record<string, Wanted>;
type Name = keyof typeof TABLE;

const QUOTED: readonly Name[] = ["up", "down", "cancel", "type", "postpaid"];

let world: WantedWorld;
let reviewer: Reviewer;
let files: { readonly plan: string; readonly log: string };
let plan: Plan;
let report: Report;

beforeAll(async () => {
  reviewer = await Reviewer.create();
  world = await WantedWorld.start(TABLE, { simulator: { account: { cash: 500, credit: 20 } } });
  await world.write(quotes());
  plan = await world.terraform.plan();
  files = await reviewer.save(world.terraform, plan);
  report = await reviewer.report(files.plan, "--log", files.log);
});
afterAll(async () => {
  await world.stop();
  await reviewer.dispose();
});

/** As constructs write them: the same literals as the specification. */
function quotes(): string {
  const asked = QUOTED.map((name) => {
    const { instance_type: type, internet_max_bandwidth_out: bandwidth } = TABLE[name].desired as Record<
      string,
      unknown
    >;
    return `data "zenlayer_vm_spec_quote" "${name}" {
  instance_id = "${world.id(name)}"
  ${type === undefined ? "" : `instance_type = ${JSON.stringify(type)}`}
  ${bandwidth === undefined ? "" : `internet_max_bandwidth_out = ${String(bandwidth)}`}
}`;
  });
  return `${asked.join("\n")}
data "zenlayer_bmc_traffic_package_quote" "edge" {
  instance_id          = "${world.id("edge")}"
  traffic_package_size = 10
}
data "zenlayer_balance" "account" {}
`;
}

function changesOf(name: Name): readonly ChangeFact[] {
  return report.facts.changes.filter(({ address }) => address === world.address(name));
}

describe("before the apply", () => {
  test("there are changes: exit code 2", () => {
    expect(report).toMatchObject({ status: "changes", exit_code: 2, reasons: [] });
  });

  test.each<[Name, object]>([
    ["up", { from: "100", to: "200", direction: "upgrade", takes_effect: "immediately", charge: "charged_now" }],
    [
      "down",
      { from: "400", to: "150", direction: "downgrade", takes_effect: "next_billing_cycle", effective_at: CYCLE },
    ],
    ["cancel", { action: "CancelInstanceBandwidthDowngrade", from: "50", to: "100", direction: "cancel" }],
    ["type", { action: "ModifyInstanceType", from: "c.2c4g", to: "c.4c8g", axis: "instance_type", axis_unit: null }],
    ["postpaid", { from: "100", to: "300", charge: "usage_based", takes_effect: "immediately" }],
    ["edge", { axis: "traffic_package_size", axis_unit: "TB", from: "5", to: "10" }],
  ])("%s is one row that says what is called, from what, to what and when", (name, row) => {
    expect(changesOf(name)).toEqual([expect.objectContaining({ ...row, step: 1, resource_type: typeOf(name) })]);
    expect(changesOf(name)[0]?.machine).toMatchObject({ id: world.id(name), name });
  });

  test.each<[Name, object]>([
    // 100 Mbps more at 4 a month each, less 5 %; 31 days are left, so at most 32/30 of it.
    ["up", { source: "quote", charged_now: 405.3333, monthly_difference: 380, currency: "USD", unit: "PERIOD" }],
    ["down", { source: "quote", charged_now: 0, monthly_difference: -950 }],
    // Without a quote, what the provider warned of: 20 Mbps more at 4 a month each, less 5 %, for at most 32 days.
    ["unpriced", { source: "warning", charged_now: 81.07, monthly_difference: null }],
  ])("the price of %s", (name, price) => {
    expect(changesOf(name)[0]?.price).toMatchObject(price);
  });

  // Zenlayer has no price of a type change: that of a new machine stands in.
  test.each<[Name, string]>([
    ["type", "estimate"],
    ["edge", "quote"],
  ])("the price of %s is a difference, and of source %s", (name, source) => {
    const price = changesOf(name)[0]?.price;
    expect(price?.source).toBe(source);
    expect(price?.charged_now).toBeGreaterThan(0);
    expect(price?.monthly_difference).toBeCloseTo(Number(price?.to) - Number(price?.from), 6);
  });

  test("usage is charged by the hour and shown a month, as an estimate", () => {
    expect(changesOf("postpaid")[0]?.price).toMatchObject({ source: "estimate", charged_now: 0 });
  });

  test("what is known is held against the balance", () => {
    const known = report.totals.charged_now[0]?.amount ?? 0;
    expect(report.totals).toMatchObject({ changes: 7, machines: 7, charged_now_unknown: 0 });
    expect(report.totals.balances).toEqual([
      {
        plan: "prod",
        plans: ["prod"],
        account_id: null,
        purchasing_power: 520,
        currency: "USD",
        charged_now: known,
        sufficient: known <= 520,
      },
    ]);
  });

  test("each machine is adopted by its import block, one of them with nothing to call", () => {
    expect(report.facts.adoptions.map(({ by }) => by)).toEqual(Object.keys(TABLE).map(() => "import"));
    expect(report.facts.adoptions.filter(({ calls }) => calls === 0).map(({ address }) => address)).toEqual([
      world.address("waiting"),
    ]);
  });

  test("what runs from before is pending, and whether this plan cancels it is said", () => {
    const pending = report.facts.pending.map(({ machine, cancelled_by_plan }) => [machine.name, cancelled_by_plan]);
    expect(pending.sort()).toEqual([
      ["cancel", true],
      ["waiting", false],
    ]);
  });

  test("a limit that holds is shown as passed", () => {
    expect(changesOf("up")[0]?.guards).toEqual([
      expect.objectContaining({ guard: "max_immediate_charge", result: "passed", limit: 500 }),
    ]);
  });

  test("every format names every machine and the date of the downgrade", async () => {
    for (const page of Object.values(await reviewer.everyFormat(files.plan, "--log", files.log))) {
      for (const name of Object.keys(TABLE)) expect(page).toContain(name);
      expect(page).toMatch(/2026-02-15[ T]00:00/);
    }
  });

  test("the page for a terminal fits into its 80 columns", async () => {
    const { out } = await reviewer.run(files.plan, "--log", files.log);
    expect(Math.max(...out.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(80);
  });

  test("the timeline begins with what applies at once and ends with the last date", async () => {
    const { out } = await reviewer.run(files.plan, "--format", "markdown");
    const timeline = out.slice(out.indexOf("When it takes effect"));
    expect(timeline.indexOf("When applied")).toBeGreaterThan(0);
    expect(timeline.indexOf("2026-02-15 00:00 UTC")).toBeGreaterThan(timeline.indexOf("When applied"));
  });
});

describe("after the apply", () => {
  let applied: Awaited<ReturnType<Reviewer["appliedReport"]>>;
  beforeAll(async () => {
    world.simulator.account.cash = 100_000;
    const result = await world.terraform.applyPlan(plan);
    expect(result.errors).toEqual([]);
    const saved = await reviewer.saveApplied(world.terraform, result);
    applied = await reviewer.appliedReport(saved.state, saved.log, files.plan, "--name", "prod");
  });

  test("it shows the orders that the service took, and no other", () => {
    const shown = applied.machines.flatMap(({ outcome, order_numbers }) =>
      outcome === "ordered" ? order_numbers : [],
    );
    const placed = world.simulator.orders.map(({ number }) => number);
    expect([...shown].sort()).toEqual([...placed].sort());
    expect(shown.length).toBeGreaterThanOrEqual(5);
  });

  test("what is scheduled now is said with its date", () => {
    const down = applied.machines.find(({ address }) => address === world.address("down"));
    expect(down?.pending).toEqual([
      expect.objectContaining({ from: "400", to: "150", phase: "scheduled", effective_at: CYCLE }),
    ]);
    expect(down?.values).toContainEqual({ axis: "internet_max_bandwidth_out", committed: "150", effective: "400" });
    expect(applied).toMatchObject({ status: "changes", exit_code: 2 });
  });

  test("a machine that was only adopted is not shown as ordered", () => {
    expect(applied.machines.find(({ address }) => address === world.address("waiting"))?.outcome).toBe("adopted");
  });

  test("the next plan is quiet: exit code 0, and what still waits is shown", async () => {
    const next = await world.terraform.plan();
    expect(next.exitCode).toBe(0);
    const saved = await reviewer.save(world.terraform, next, "next");
    const quiet = await reviewer.report(saved.plan, "--log", saved.log);
    expect(quiet).toMatchObject({ status: "nothing_to_do", exit_code: 0, summary: "Nothing to do" });
    expect(quiet.facts.changes).toEqual([]);
    expect(quiet.facts.pending.map(({ machine }) => machine.name).sort()).toEqual(["down", "waiting"]);
    expect((await reviewer.run(saved.plan)).out).toContain("2 changes pending already");
  });

  test("what somebody did in the console is drift, apart from what the plan does about it", async () => {
    world.simulator.machine(world.id("up")).bandwidth = 250;
    const next = await world.terraform.plan();
    const saved = await reviewer.save(world.terraform, next, "drift");
    const drifted = await reviewer.report(saved.plan, "--log", saved.log);
    expect(drifted.exit_code).toBe(2);
    expect(drifted.facts.changes).toEqual([
      expect.objectContaining({ from: "250", to: "200", direction: "downgrade" }),
    ]);
    expect(drifted.facts.drift.map(({ address }) => address)).toContain(world.address("up"));
    expect(drifted.facts.drift.flatMap(({ attributes }) => attributes)).toContainEqual({
      name: "internet_max_bandwidth_out",
      from: "200",
      to: "250",
    });
  });
});

function typeOf(name: Name): string {
  return world.address(name).split(".")[0] ?? "";
}
