// What people wait for besides Terraform: synthesis, the review of a large plan, adopting an account, and how fast the simulator answers.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { createClient } from "../dist/lib/api/index.js";
import { VmInstanceSpec, ZenlayerProvider } from "../dist/lib/index.js";
import { startSimulator } from "../dist/lib/simulator/index.js";
import { ROOT } from "../scripts/tasks/root.mjs";
import { FIRST_ID } from "./stacks.mjs";

const COMMAND = join(ROOT, "dist", "bin", "cdktf-zenlayer");
const id = (index) => String(FIRST_ID + BigInt(index));

async function timed(work) {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function inDirectory(work) {
  const directory = mkdtempSync(join(tmpdir(), "bench-"));
  return Promise.resolve(work(directory)).finally(() => rmSync(directory, { recursive: true, force: true }));
}

function synthesis(size) {
  return inDirectory((outdir) =>
    timed(() => {
      const app = new App({ outdir });
      const stack = new TerraformStack(app, "fleet");
      new ZenlayerProvider(stack, "zenlayer");
      for (let index = 0; index < size; index += 1)
        new VmInstanceSpec(stack, `m${index}`, { instance: id(index), bandwidth: 100 });
      app.synth();
    }),
  );
}

/** A plan of so many upgrades, as `terraform show -json` writes it. */
function planOf(size) {
  const change = (index) => {
    const before = machine(index, 100);
    const step = {
      step: 1,
      action: "ModifyInstanceBandwidth",
      axis: "internet_max_bandwidth_out",
      from: "100",
      to: "200",
    };
    const planned = {
      ...step,
      direction: "upgrade",
      takes_effect: "immediately",
      effective_at: null,
      charge: "charged_now",
    };
    return {
      address: `zenlayer_vm_instance_spec.m[${index}]`,
      mode: "managed",
      type: "zenlayer_vm_instance_spec",
      name: "m",
      index,
      provider_name: "registry.terraform.io/cdktf-zenlayer/zenlayer",
      change: {
        actions: ["update"],
        before,
        after: {
          ...before,
          internet_max_bandwidth_out: 200,
          changes: [planned],
          plan_summary: "bandwidth 100 to 200 Mbps",
        },
        after_unknown: { pending: true, order_numbers: true, effective_internet_max_bandwidth_out: true },
        before_sensitive: {},
        after_sensitive: {},
      },
    };
  };
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    complete: true,
    applyable: true,
    errored: false,
    resource_changes: Array.from({ length: size }, (_, index) => change(index)),
    configuration: {},
  };
}

function machine(index, bandwidth) {
  return {
    id: id(index),
    instance_id: id(index),
    instance_name: `machine-${index}`,
    instance_status: "RUNNING",
    instance_charge_type: "PREPAID",
    internet_charge_type: "ByBandwidth",
    zone_id: "SEL-A",
    expired_time: "2027-01-01T00:00:00Z",
    auto_renew: true,
    internet_max_bandwidth_out: bandwidth,
    effective_internet_max_bandwidth_out: bandwidth,
    pending: [],
    changes: [],
    plan_summary: "",
    order_numbers: [],
    change_count: 0,
  };
}

function command(args, { cwd, env = {}, expected }) {
  return new Promise((resolve, reject) => {
    const { PATH = "" } = process.env;
    execFile(COMMAND, args, { cwd, env: { PATH, HOME: cwd, ...env }, maxBuffer: 1 << 28 }, (error, _stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (code === expected) resolve();
      else reject(new Error(`cdktf-zenlayer ${args.join(" ")} ended with ${code}: ${stderr}`));
    });
  });
}

function review(size) {
  return inDirectory((cwd) => {
    writeFileSync(join(cwd, "plan.json"), JSON.stringify(planOf(size)));
    return timed(() =>
      command(["review", "plan.json", "--format", "markdown", "--out", "page.md"], { cwd, expected: 2 }),
    );
  });
}

const fleet = (size) => Array.from({ length: size }, (_, index) => ({ product: "vm", instanceId: id(index) }));

function adopt(size) {
  return inDirectory(async (cwd) => {
    const simulator = await startSimulator({ fleet: fleet(size) });
    try {
      return await timed(() => command(["adopt", "--out", "main.ts"], { cwd, env: simulator.env(), expected: 0 }));
    } finally {
      await simulator.stop();
    }
  });
}

/** Answers per second to one client with many calls under way. */
async function throughput(calls) {
  const simulator = await startSimulator({ fleet: fleet(100) });
  const { ZENLAYER_ENDPOINT: endpoint } = simulator.env();
  const [key] = [simulator.env()];
  const client = createClient({
    endpoint,
    credentials: {
      kind: "key",
      accessKeyId: key.ZENLAYERCLOUD_ACCESS_KEY_ID,
      accessKeyPassword: key.ZENLAYERCLOUD_ACCESS_KEY_PASSWORD,
    },
  });
  try {
    const seconds = await timed(() =>
      Promise.all(Array.from({ length: calls }, (_, index) => client.vm.describeInternetStatus(id(index % 100)))),
    );
    return calls / seconds;
  } finally {
    await simulator.stop();
  }
}

/** Rows of what, size and result. */
export async function toolRows() {
  const rows = [];
  for (const size of [1000, 10_000]) rows.push({ what: "synth", size, seconds: await synthesis(size) });
  for (const size of [1000, 10_000]) rows.push({ what: "review", size, seconds: await review(size) });
  rows.push({ what: "adopt", size: 1000, seconds: await adopt(1000) });
  rows.push({ what: "simulator", size: 2000, perSecond: await throughput(2000) });
  return rows;
}
