// `npm run quickstart`: the whole story on this machine, with no account and no cost. It runs what a user would type: node, terraform (or tofu), cdktf-zenlayer.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./tasks/build.mjs";
import { execute } from "./tasks/execute.mjs";
import { TaskFailure } from "./tasks/failure.mjs";
import { requireTerraform, terraformCommand, terraformName } from "./tasks/requirements.mjs";
import { ROOT } from "./tasks/root.mjs";

/** Below the repository, so that `require("cdktf-zenlayer")` finds this package by its own name. */
const PROJECT = join(ROOT, ".tmp", "quickstart");
const STACK = join(PROJECT, "cdktf.out", "stacks", "quickstart");
const EXAMPLE = join(ROOT, "examples", "quickstart", "main.ts");

/** What Terraform prints while it looks around: true of any plan, and not part of the story. */
const LOOKING_AROUND = /^\S+: (Refreshing state|Reading|Read complete)/;

/** The machines of examples/quickstart, as somebody bought them. */
const FLEET = [
  {
    product: "vm",
    instanceId: "900000000000000001",
    instanceName: "web",
    instanceType: "c.2c4g",
    internetChargeType: "ByBandwidth",
    bandwidth: 100,
  },
  {
    product: "vm",
    instanceId: "900000000000000002",
    instanceName: "api",
    instanceType: "c.4c8g",
    internetChargeType: "ByBandwidth",
    bandwidth: 400,
  },
  {
    product: "bmc",
    instanceId: "900000000000000003",
    instanceName: "edge",
    instanceType: "MDE",
    internetChargeType: "ByTrafficPackage",
    trafficPackageSize: 5,
  },
];

export async function quickstart() {
  requireTerraform();
  await build();
  rmSync(PROJECT, { recursive: true, force: true });
  mkdirSync(PROJECT, { recursive: true });
  const { startSimulator } = await import("../dist/lib/simulator/index.js");
  // A type change takes 20 seconds there; a story should not.
  const simulator = await startSimulator({ fleet: FLEET, clock: { speed: 20 } });
  try {
    await new Story(simulator).tell();
  } finally {
    await simulator.stop();
  }
  return 0;
}

class Story {
  constructor(simulator) {
    this.simulator = simulator;
    this.chapters = 0;
    // Nobody's Terraform settings, plugin directory or credentials play a part.
    const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|ZENLAYER|CDKTF_)/.test(name));
    this.env = {
      ...Object.fromEntries(inherited),
      ...simulator.env(),
      HOME: PROJECT,
      TF_CLI_CONFIG_FILE: join(PROJECT, "terraformrc"),
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
    };
    writeFileSync(this.env.TF_CLI_CONFIG_FILE, "");
  }

  async tell() {
    this.chapter("An account with three PREPAID machines, simulated on this machine");
    this.showMachines();

    this.chapter("The stack: examples/quickstart/main.ts says what they should be, which is what they are");
    await this.synthesise(readFileSync(EXAMPLE, "utf8"));
    await this.terraform(["init", "-input=false"], { show: /Installed|initialized/ });

    this.chapter("The first apply takes the machines over. Nothing is ordered");
    await this.plan(2, { show: /^Plan:/m });
    await this.apply();

    this.chapter("A bigger type for web, less bandwidth for api, a larger package for edge");
    await this.change([
      ['instanceType: "c.2c4g"', 'instanceType: "c.4c8g"'],
      ["bandwidth: 400", "bandwidth: 100"],
      ["trafficPackageSize: 5", "trafficPackageSize: 10"],
    ]);

    this.chapter("The plan says which calls will be made, what they charge and when they take effect");
    await this.plan(2);

    this.chapter("The same plan as its reviewer sees it");
    await this.review();

    this.chapter("Apply: each call is sent once, and waited for");
    await this.apply();
    this.showMachines();

    this.chapter("The next plan is empty, although the downgrade of api only waits for the next billing cycle");
    await this.plan(0, { show: /^No changes/ });
    await this.showPending();

    this.chapter("A month later");
    this.simulator.rollCycle();
    this.showMachines();
    await this.plan(0, { show: /^No changes/ });
    await this.showPending();

    this.chapter("What was ordered");
    this.showOrders();
  }

  chapter(title) {
    this.chapters += 1;
    console.log(`\n${this.chapters}. ${title}\n`);
  }

  showMachines() {
    for (const machine of this.simulator.machines) {
      const { axes } = machine;
      const waiting = axes.bandwidth.scheduled === null ? "" : `, ${axes.bandwidth.scheduled.target} Mbps scheduled`;
      const size = machine.trafficPackageSize === null ? "" : `, ${machine.trafficPackageSize} TB`;
      console.log(
        `   ${machine.instanceId}  ${machine.instanceName.padEnd(4)}  ${machine.instanceType.padEnd(6)}  ${machine.bandwidth} Mbps${waiting}${size}  (paid until ${machine.expiredTime})`,
      );
    }
  }

  showOrders() {
    for (const order of this.simulator.orders) {
      const what = { type: "type", bandwidth: "bandwidth", package: "traffic package" }[order.axis];
      console.log(
        `   ${order.number}  ${this.simulator.machine(order.instanceId).instanceName.padEnd(4)}  ${what} ${order.from} -> ${order.to}: ${order.kind.replaceAll("_", " ")}, charged ${order.amount.toFixed(2)}`,
      );
    }
    const calls = this.simulator.writes().map((entry) => entry.action);
    console.log(
      `\n   Calls that changed something: ${calls.join(", ")}. Machines bought, replaced or released: none.\n`,
    );
  }

  /** Edits the stack as its author would, and synthesises it again. */
  async change(edits) {
    let text = this.source;
    for (const [before, after] of edits) {
      if (!text.includes(before)) throw new TaskFailure(`examples/quickstart/main.ts no longer has ${before}.`);
      console.log(`   - ${before}\n   + ${after}`);
      text = text.replace(before, after);
    }
    console.log("");
    await this.synthesise(text);
  }

  async synthesise(source) {
    this.source = source;
    const { transform } = await import("esbuild");
    const { code } = await transform(source, { loader: "ts", format: "cjs", platform: "node", target: "node20.19" });
    writeFileSync(join(PROJECT, "main.js"), code);
    await this.run(process.execPath, ["main.js"], { cwd: PROJECT, title: "node main.js", show: null });
  }

  async plan(expected, { show } = {}) {
    const args = ["plan", "-input=false", "-detailed-exitcode", "-out=tfplan"];
    await this.terraform(args, { expected, show, cut: /\n─+\n[\s\S]*$/ });
    console.log(`   (exit code ${expected})`);
  }

  async apply() {
    await this.terraform(["apply", "-input=false", "tfplan"], {
      show: /: (Modif|Creat|Import)\w+ complete|^Apply complete/,
    });
  }

  async planJson() {
    const { output } = await execute(terraformCommand(), ["show", "-json", "tfplan"], {
      cwd: STACK,
      env: this.env,
      capture: true,
    });
    // There may be warnings in words before it.
    return output.slice(Math.max(0, output.search(/^\{/m)));
  }

  async review() {
    writeFileSync(join(STACK, "tfplan.json"), await this.planJson());
    await this.run(
      process.execPath,
      [join(ROOT, "dist", "bin", "cdktf-zenlayer"), "review", "--format", "text", "tfplan.json"],
      {
        cwd: STACK,
        title: "cdktf-zenlayer review --format text tfplan.json",
        expected: 2,
      },
    );
  }

  /** What the plan's JSON says of changes under way: an empty plan shows them nowhere else. */
  async showPending() {
    const { planned_values: values } = JSON.parse(await this.planJson());
    for (const { address, values: attributes } of values.root_module.resources) {
      if (!address.startsWith("zenlayer_") || !Array.isArray(attributes.pending)) continue;
      const pending = attributes.pending.map(
        ({ axis, from, to, phase, effective_at }) => `${axis} ${from} -> ${to}, ${phase} for ${effective_at}`,
      );
      console.log(`   ${address}: ${pending.join("; ") || "nothing pending"}`);
    }
  }

  terraform(args, options = {}) {
    return this.run(terraformCommand(), [...args, "-no-color"], {
      cwd: STACK,
      title: `${terraformName()} ${args.join(" ")}`,
      ...options,
    });
  }

  /** Runs a command of the story. `show`: which lines to print, null for none; default all. */
  async run(command, args, { cwd, title, expected = 0, show, cut }) {
    console.log(`   $ ${title}`);
    const { code, output } = await execute(command, args, { cwd, env: this.env, capture: true });
    if (code !== expected) throw new TaskFailure(`${title} ended with exit code ${code}, not ${expected}:\n${output}`);
    if (show === null) return;
    const text = cut === undefined ? output : output.replace(cut, "");
    const lines = text
      .split("\n")
      .filter((line) => (show === undefined ? !LOOKING_AROUND.test(line) : show.test(line)));
    for (const line of lines.join("\n").trim().split("\n")) console.log(`   ${line}`.trimEnd());
  }
}
