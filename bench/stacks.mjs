// The same machines in three directories: managed by our plugin, by the echo provider, and as many `terraform_data`.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { pluginHeader } from "../scripts/tasks/plugin-header.mjs";
import { ROOT } from "../scripts/tasks/root.mjs";
import { measure } from "./processes.mjs";

const { PROVIDER_ADDRESS, PROVIDER_VERSION } = await import("../dist/lib/schema/index.js");
const { terraformPlatform } = await import("../dist/lib/cli/plugin-install.js");

export const FIRST_ID = 900_000_000_000_000_001n;
export const TERRAFORM = process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";

/** Terraform's own environment: nothing of the user's. */
function environment(home, more) {
  const { PATH = "" } = process.env;
  const config = join(home, "terraformrc");
  return { PATH, HOME: home, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_CLI_CONFIG_FILE: config, ...more };
}

const MACHINES = (size) => `
resource "zenlayer_vm_instance_spec" "m" {
  count                      = ${size}
  instance_id                = format("%d", ${FIRST_ID} + count.index)
  internet_max_bandwidth_out = 100
}
`;
const DATA = (size) => `
resource "terraform_data" "m" {
  count = ${size}
  input = format("%d", ${FIRST_ID} + count.index)
}
`;
/** As many machines of the official provider, which it buys itself on the simulator. */
const BOUGHT = (size) => `
resource "zenlayercloud_zvm_instance" "m" {
  count                          = ${size}
  availability_zone              = "SEL-A"
  image_id                       = "img-ubuntu"
  instance_name                  = "bench"
  instance_charge_type           = "PREPAID"
  instance_charge_prepaid_period = 1
  internet_charge_type           = "ByBandwidth"
  system_disk_size               = 50
  instance_type                  = "c.2c4g"
}
`;
const REQUIRED = `
terraform {
  required_providers {
    zenlayer = { source = "${PROVIDER_ADDRESS}" }
  }
}
`;

const CONFIGURATIONS = {
  ours: (size) => REQUIRED + MACHINES(size),
  echo: (size) => REQUIRED + MACHINES(size),
  data: DATA,
  official: (size) =>
    `terraform {\n  required_providers {\n    zenlayercloud = { source = "zenlayer/zenlayercloud" }\n  }\n}\n${BOUGHT(size)}`,
};

/** The official provider's executable, where the environment names one. */
export const OFFICIAL = process.env["ZENLAYERCLOUD_PROVIDER"];
const OVERRIDE =
  OFFICIAL === undefined
    ? ""
    : `provider_installation {\n  dev_overrides {\n    "zenlayer/zenlayercloud" = ${JSON.stringify(dirname(resolve(OFFICIAL)))}\n  }\n  direct {}\n}\n`;

/** One directory with its provider, initialised. */
export class Stack {
  constructor(kind, size, env = {}) {
    this.home = mkdtempSync(join(tmpdir(), `bench-${kind}-`));
    this.directory = join(this.home, "stack");
    this.env = environment(this.home, env);
    mkdirSync(this.directory);
    writeFileSync(join(this.home, "terraformrc"), kind === "official" ? OVERRIDE : "");
    writeFileSync(join(this.directory, "main.tf"), CONFIGURATIONS[kind](size));
    this.kind = kind;
    if (kind in executables) this.place(executables[kind]);
  }

  place(executable) {
    const platform = terraformPlatform(process.platform, process.arch);
    const target = join(
      this.directory,
      "terraform.d",
      "plugins",
      ...PROVIDER_ADDRESS.split("/"),
      PROVIDER_VERSION,
      platform,
    );
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, "package.json"), '{"type":"commonjs"}\n');
    cpSync(executable, join(target, `terraform-provider-zenlayer_v${PROVIDER_VERSION}`));
  }

  run(args, expected = 0) {
    return measure(TERRAFORM, args, { cwd: this.directory, env: this.env, expected });
  }

  async prepare() {
    // A development override is found without init.
    if (this.kind !== "official") await this.run(["init", "-input=false"]);
  }

  apply() {
    return this.run(["apply", "-auto-approve", "-input=false"]);
  }

  /** A plan that has nothing to do. */
  plan(more = []) {
    return this.run(["plan", "-detailed-exitcode", "-input=false", ...more]);
  }

  get state() {
    return join(this.directory, "terraform.tfstate");
  }

  forget() {
    for (const name of [this.state, `${this.state}.backup`]) rmSync(name, { force: true });
  }

  dispose() {
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Whatever a stack is managed by. */
const executables = { ours: join(ROOT, "dist", "bin", "terraform-provider-zenlayer"), echo: await bundleEcho() };

async function bundleEcho() {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: ["bench/echo-provider.ts"],
    bundle: true,
    write: false,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    minifyWhitespace: true,
    minifySyntax: true,
    supported: { "dynamic-import": false },
  });
  const directory = join(ROOT, ".tmp", "bench");
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "echo-provider");
  writeFileSync(file, pluginHeader() + result.outputFiles[0].text);
  chmodSync(file, 0o755);
  return file;
}

/** The actions of the simulator's log, counted. */
export function callsOf(simulator) {
  const counts = {};
  for (const { action } of simulator.requests) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}

export const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));
