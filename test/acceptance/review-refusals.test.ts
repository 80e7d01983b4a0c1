// What a review must never let pass, with real plans: refusals, failures, what only apply knows, machines that would be lost, and secrets.
import { World, importBlock, resource, told } from "../support/world";
import { Reviewer } from "../support/reviewer";

const ID = "900000000000000001";
const VM = {
  product: "vm",
  instanceId: ID,
  instanceName: "web",
  instanceType: "c.4c8g",
  internetChargeType: "ByBandwidth",
  bandwidth: 100,
} as const;
const WEB = "zenlayer_vm_instance_spec.web";

let world: World;
let reviewer: Reviewer;
beforeEach(async () => {
  reviewer = await Reviewer.create();
});
afterEach(async () => {
  await world.stop();
  await reviewer.dispose();
});

/** A configuration that names its providers itself stays as it is. */
async function configure(text: string): Promise<void> {
  await (text.includes("required_providers") ? world.terraform.write("main.tf", text) : world.configure(text));
}

function web(attributes: Readonly<Record<string, unknown>>, more = ""): string {
  return importBlock(WEB, ID) + resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, ...attributes }, more);
}

async function planned(text: string, name = "prod", options = {}) {
  await configure(text);
  const plan = await world.terraform.plan(options);
  return { plan, files: await reviewer.save(world.terraform, plan, name) };
}

describe("guards", () => {
  test.each([
    ["on_downgrade", { internet_max_bandwidth_out: 50, on_downgrade: "deny" }],
    ["max_immediate_charge", { internet_max_bandwidth_out: 200, max_immediate_charge: 10 }],
  ])("%s: exit code 3 with the log, 1 without it, and never nothing to do", async (guard, attributes) => {
    world = await World.start({ simulator: { fleet: [VM] } });
    const { plan, files } = await planned(web(attributes));
    expect(plan.exitCode).toBe(1);
    const report = await reviewer.report(files.plan, "--log", files.log);
    expect(report).toMatchObject({ status: "refused", exit_code: 3 });
    expect(report.facts.diagnostics).toEqual([expect.objectContaining({ severity: "error", guard, address: WEB })]);
    expect(report.reasons.join()).toContain(guard);
    expect(await reviewer.report("--log", files.log)).toMatchObject({ exit_code: 3 });
    const alone = await reviewer.report(files.plan);
    expect(alone).toMatchObject({ status: "error", exit_code: 1 });
    expect(alone.summary).not.toMatch(/nothing to do/i);
    const pages = await reviewer.everyFormat(files.plan, "--log", files.log);
    // Markdown escapes the underscore; HTML lets a long name break after it. Neither is seen.
    for (const page of Object.values(pages)) expect(page.replace(/\\(?=_)|<wbr>/g, "")).toContain(guard);
  });

  test("read_only: what the provider will refuse is said before the apply", async () => {
    world = await World.start({ simulator: { fleet: [VM] } });
    const { files } = await planned(
      `provider "zenlayer" {\n  read_only = true\n}\n${web({ internet_max_bandwidth_out: 200 })}`,
    );
    const report = await reviewer.report(files.plan, "--log", files.log);
    expect(report.facts.changes[0]?.guards).toContainEqual(
      expect.objectContaining({ guard: "read_only", result: "at_apply" }),
    );
    expect((await reviewer.run(files.plan)).out).toMatch(/read.only/i);
  });
});

describe("plans that cannot be relied on", () => {
  test("a machine that does not exist: exit code 1 and the provider's words", async () => {
    world = await World.start({ simulator: { fleet: [VM] } });
    const { plan, files } = await planned(
      resource("zenlayer_vm_instance_spec", "gone", { instance_id: "900000000000000999", instance_type: "c.4c8g" }),
    );
    expect(plan.exitCode).toBe(1);
    const report = await reviewer.report(files.plan, "--log", files.log);
    expect(report).toMatchObject({ status: "error", exit_code: 1 });
    expect(report.reasons.join()).toContain("zenlayer_vm_instance_spec.gone");
    const { out } = await reviewer.run(files.plan, "--log", files.log);
    expect(out).toContain("900000000000000999");
    expect(out).not.toMatch(/nothing to do/i);
  });

  test("a configuration that does not parse leaves only a log, which is enough to say so", async () => {
    world = await World.start({ simulator: { fleet: [VM] } });
    const { plan, files } = await planned('resource "zenlayer_vm_instance_spec" "web" {\n  instance_type = 4 8\n}');
    expect(plan.file).toBeNull();
    const report = await reviewer.report("--log", files.log);
    expect(report).toMatchObject({ status: "error", exit_code: 1 });
  });

  test("a plan of some targets only is incomplete: exit code 1", async () => {
    world = await World.start({ simulator: { fleet: [VM, { ...VM, instanceId: "900000000000000002" }] } });
    const other = resource("zenlayer_vm_instance_spec", "other", {
      instance_id: "900000000000000002",
      internet_max_bandwidth_out: 300,
    });
    const { plan, files } = await planned(`${web({ internet_max_bandwidth_out: 200 })}${other}`, "prod", {
      args: [`-target=${WEB}`],
    });
    expect(plan.exitCode).toBe(2);
    const report = await reviewer.report(files.plan, "--log", files.log);
    expect(report).toMatchObject({ status: "error", exit_code: 1 });
    expect(report.reasons.join()).toContain("-target");
  });
});

describe("what only apply knows", () => {
  test("a machine that another provider is about to buy is not reviewable", async () => {
    world = await World.start({ official: true });
    const { files } = await planned(
      official() +
        `resource "zenlayer_vm_instance_spec" "web" {
  instance_id                = zenlayercloud_zvm_instance.machine.id
  internet_max_bandwidth_out = 200
}`,
    );
    const report = await reviewer.report(files.plan, "--log", files.log);
    expect(report).toMatchObject({ status: "changes", exit_code: 2 });
    expect(report.facts.changes).toEqual([]);
    expect(report.facts.not_reviewable).toEqual([
      expect.objectContaining({ address: WEB, reason: "the machine is known only at apply" }),
    ]);
    expect(report.facts.adoptions).toEqual([expect.objectContaining({ address: WEB, by: "create", calls: null })]);
    expect(report.facts.alarms).toEqual([]);
    const pages = await reviewer.everyFormat(files.plan);
    for (const page of [pages.markdown, pages.html, pages.text]) expect(page).toContain("not reviewable");
    expect(await reviewer.run(files.plan, "--verify", report.digest ?? "")).toMatchObject({ code: 3 });
  });

  test("a value that another resource will compute is not reviewable", async () => {
    world = await World.start({ simulator: { fleet: [VM] } });
    const { files } = await planned(
      `resource "terraform_data" "size" {\n  input = 300\n}\n${importBlock(WEB, ID)}
resource "zenlayer_vm_instance_spec" "web" {
  instance_id                = "${ID}"
  internet_max_bandwidth_out = terraform_data.size.output
}`,
    );
    const report = await reviewer.report(files.plan);
    expect(report.facts.not_reviewable).toEqual([
      expect.objectContaining({ address: WEB, reason: "the values are known only at apply" }),
    ]);
    expect(report.facts.not_reviewable[0]?.machine).toMatchObject({ id: ID });
  });

  test("a machine that is only created in the state is an adoption and buys nothing", async () => {
    world = await World.start({ simulator: { fleet: [VM] } });
    const { files } = await planned(
      resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: 200 }),
    );
    const report = await reviewer.report(files.plan, "--log", files.log);
    expect(report.facts.adoptions).toEqual([expect.objectContaining({ by: "create", calls: 1 })]);
    expect(report.facts.changes).toEqual([expect.objectContaining({ from: "100", to: "200" })]);
    expect((await reviewer.run(files.plan)).out).toContain("buys nothing");
  });
});

describe("machines that would be lost", () => {
  /** The id of a machine that the official provider bought. */
  const bought = async (): Promise<string> => {
    world = await World.start({ official: true });
    await configure(official());
    await world.mustApply();
    return world.simulator.machines[0]?.instanceId ?? "";
  };

  test.each<[string, string, string, readonly string[]]>([
    ["another type replaces the machine", official({ type: "c.8c16g" }), "replace", ["instance_type"]],
    ["left out of the configuration", withOfficial(), "destroy", []],
  ])("the official provider, %s: alarm in every format", async (_, text, effect, because) => {
    const machineId = await bought();
    const { files } = await planned(text);
    const report = await reviewer.report(files.plan, "--log", files.log);
    expect(report.facts.alarms).toEqual([
      expect.objectContaining({
        address: "zenlayercloud_zvm_instance.machine",
        effect,
        because_of: because,
        machine_id: machineId,
      }),
    ]);
    expect(report.summary).toMatch(/^1 Zenlayer machine would be destroyed or replaced/);
    const pages = await reviewer.everyFormat(files.plan);
    expect(pages.markdown).toContain("> [!CAUTION]");
    expect(pages.markdown.indexOf("[!CAUTION]")).toBeLessThan(pages.markdown.indexOf("<details>"));
    expect(pages.html).toContain('data-status="alarm"');
    expect(pages.text).toContain("ALARM");
    const policy = await reviewer.write("policy.yaml", "version: 1\nrules:\n  no_destroy: deny\n");
    expect(await reviewer.run(files.plan, "--policy", policy)).toMatchObject({ code: 3 });
    expect(world.simulator.machines).toHaveLength(1);
  });

  test("forgetting one of ours is said and is no alarm", async () => {
    world = await World.start({ simulator: { fleet: [VM] } });
    await world.configure(web({ internet_max_bandwidth_out: 100 }));
    await world.mustApply();
    const { plan, files } = await planned("");
    expect(plan.changeFor(WEB).change.actions).toEqual(["delete"]);
    const report = await reviewer.report(files.plan, "--log", files.log);
    expect(report).toMatchObject({ status: "changes", exit_code: 2, summary: "1 machine no longer managed" });
    expect(report.facts.alarms).toEqual([]);
    expect(report.facts.forgotten).toEqual([expect.objectContaining({ address: WEB, replaced: false, cancels: [] })]);
    const { markdown, html, text } = await reviewer.everyFormat(files.plan);
    expect(markdown).not.toContain("[!CAUTION]");
    expect(html).toContain('data-status="changes"');
    expect(html).not.toContain('data-testid="alarms"');
    expect(text).not.toContain("ALARM");
    for (const page of [markdown, html, text]) expect(page).toContain("1 machine no longer managed");
  });

  test("replacing one of ours only forgets the old machine and adopts the new one", async () => {
    const other = "900000000000000002";
    world = await World.start({ simulator: { fleet: [VM, { ...VM, instanceId: other, instanceName: "new" }] } });
    await world.configure(web({ internet_max_bandwidth_out: 100 }));
    await world.mustApply();
    const { plan, files } = await planned(
      resource("zenlayer_vm_instance_spec", "web", { instance_id: other, internet_max_bandwidth_out: 100 }),
    );
    expect(plan.changeFor(WEB).change.actions).toEqual(["delete", "create"]);
    const report = await reviewer.report(files.plan);
    expect(report.facts.alarms).toEqual([]);
    expect(report.facts.forgotten).toEqual([expect.objectContaining({ replaced: true })]);
    expect(report.facts.forgotten[0]?.machine.id).toBe(ID);
    expect(report.facts.adoptions).toEqual([expect.objectContaining({ by: "create", calls: 0 })]);
  });

  test("-replace forgets a machine and adopts the same again, and is told so", async () => {
    world = await World.start({ simulator: { fleet: [VM] } });
    await world.configure(web({ internet_max_bandwidth_out: 100 }));
    await world.mustApply();
    const { plan, files } = await planned(web({ internet_max_bandwidth_out: 100 }), "prod", {
      args: [`-replace=${WEB}`],
    });
    expect(plan.changeFor(WEB).change.actions).toEqual(["delete", "create"]);
    const report = await reviewer.report(files.plan);
    expect(report.facts.forgotten).toEqual([expect.objectContaining({ replaced: true, same_machine: true })]);
    expect(report.summary).toBe("1 machine forgotten and adopted again");
  });
});

describe("several plans", () => {
  test("one report, one row each, and the most severe verdict", async () => {
    world = await World.start({ simulator: { fleet: [VM] } });
    const first = await planned(web({ internet_max_bandwidth_out: 200 }), "asia");
    const second = await planned(web({ internet_max_bandwidth_out: 50, on_downgrade: "deny" }), "europe");
    const quiet = await planned(web({ internet_max_bandwidth_out: 100 }), "quiet");
    const logs = [first, second, quiet].flatMap(({ files }) => ["--log", files.log]);
    const all = await reviewer.report(first.files.plan, second.files.plan, quiet.files.plan, ...logs);
    expect(all).toMatchObject({ exit_code: 3, name: "asia+europe+quiet" });
    expect(all.facts.plans.map(({ name }) => name)).toEqual(["asia", "europe", "quiet"]);
    expect(all.facts.changes.map(({ plan }) => plan)).toContain("asia");
    const two = await reviewer.report(first.files.plan, quiet.files.plan);
    expect(two.exit_code).toBe(2);
    const turned = await reviewer.report(quiet.files.plan, first.files.plan);
    expect(turned.digest).toBe(two.digest);
    expect((await reviewer.run(first.files.plan, quiet.files.plan, "--format", "markdown")).out).toMatch(/\| Plan \|/);
  });
});

describe("secrets", () => {
  const PASSWORD = "correct-horse-battery-staple-77";
  const SECRET = 317;

  test("the key, a sensitive variable and a sensitive value are printed in no format, of a plan and of its apply", async () => {
    world = await World.start({
      simulator: { fleet: [VM], keys: [{ id: "AKREVIEW0000000001", password: PASSWORD }] },
      env: { ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: "" },
    });
    const { plan, files } = await planned(`
variable "password" {
  sensitive = true
  default   = "${PASSWORD}"
}
variable "size" {
  sensitive = true
  type      = number
  default   = ${SECRET}
}
provider "zenlayer" {
  access_key_id       = "AKREVIEW0000000001"
  access_key_password = var.password
}
${importBlock(WEB, ID)}
resource "zenlayer_vm_instance_spec" "web" {
  instance_id                = "${ID}"
  internet_max_bandwidth_out = var.size
}
output "secret" {
  value     = var.password
  sensitive = true
}
`);
    expect(told(plan)).not.toContain(PASSWORD);
    expect(await reviewer.read("prod.json")).toContain(PASSWORD);
    const report = await reviewer.report(files.plan, "--log", files.log);
    expect(report.facts.changes).toEqual([expect.objectContaining({ to: "(sensitive)" })]);
    const pages = await reviewer.everyFormat(files.plan, "--log", files.log);
    const applied = await world.terraform.applyPlan(plan);
    expect(applied.errors).toEqual([]);
    expect(world.simulator.machine(ID).bandwidth).toBe(SECRET);
    const saved = await reviewer.saveApplied(world.terraform, applied);
    const later = await reviewer.everyFormat("--applied", saved.state, saved.log, files.plan);
    const digests = new RegExp("sha256:[0-9a-f]{64}", "g");
    for (const page of [...Object.values(pages), ...Object.values(later)]) {
      expect(page).not.toContain(PASSWORD);
      expect(page.replace(digests, "")).not.toMatch(new RegExp(`\\b${SECRET}\\b`));
    }
  });
});

function withOfficial(): string {
  return `terraform {
  required_providers {
    zenlayer      = { source = "registry.terraform.io/cdktf-zenlayer/zenlayer" }
    zenlayercloud = { source = "registry.terraform.io/zenlayer/zenlayercloud" }
  }
}
`;
}

function official({ type = "c.4c8g" } = {}): string {
  return `${withOfficial()}
resource "zenlayercloud_zvm_instance" "machine" {
  availability_zone    = "SEL-A"
  image_id             = "img-ubuntu"
  instance_type        = "${type}"
  instance_charge_type = "POSTPAID"
  internet_charge_type = "ByBandwidth"
  instance_name        = "web"
  system_disk_size     = 50
}
`;
}
