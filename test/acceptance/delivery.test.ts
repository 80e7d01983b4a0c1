// How the provider reaches the real Terraform: with a stack and its lock file, from a mirror on disk, from one over https, and as the package of Windows.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { l1, ZenlayerProvider } from "../../lib";
import { readBuild } from "../../lib/delivery";
import { startSimulator } from "../../lib/simulator";
import manifest from "../../package.json";
import { certificateFor } from "../support/certificate";
import { execute, mustExecute, TERRAFORM, type Executed } from "../support/execute";

const ROOT = join(__dirname, "..", "..");
const BIN = join(ROOT, "dist", "bin");
const SOURCE = "registry.terraform.io/cdktf-zenlayer/zenlayer";
/** What a user of plain HCL writes. */
const MAIN = `terraform {
  required_providers {
    zenlayer = { source = "${SOURCE}" }
  }
}
`;

let base: string;
beforeAll(async () => {
  await mustExecute(process.execPath, ["scripts/run.mjs", "build"], { cwd: ROOT });
  base = await mkdtemp(join(tmpdir(), "delivery-"));
});
afterAll(() => rm(base, { recursive: true, force: true }));

const lockFile = (directory: string): Promise<string> => readFile(join(directory, ".terraform.lock.hcl"), "utf8");

/** A directory with a configuration and a CLI configuration of its own. */
async function directory(name: string, main: string, installation = ""): Promise<string> {
  const path = join(base, name);
  await mkdir(path);
  await writeFile(join(path, "main.tf"), main);
  await writeFile(join(path, "cli.tfrc"), installation === "" ? "" : `provider_installation {\n${installation}}\n`);
  return path;
}

function terraform(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Executed> {
  return execute(TERRAFORM, args, { cwd, env: { TF_CLI_CONFIG_FILE: join(cwd, "cli.tfrc"), ...env } });
}

async function initialised(cwd: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await terraform(cwd, ["init", "-input=false", "-no-color", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

/** The plugin starts, and Terraform takes its bytes for those that are locked. */
async function expectPlugin(cwd: string): Promise<void> {
  const { stdout, stderr } = await terraform(cwd, ["providers", "schema", "-json"]);
  expect(stderr).toBe("");
  expect(Object.keys(JSON.parse(stdout).provider_schemas)).toEqual([SOURCE]);
}

test("the lock file of a stack is Terraform's own, init warns of nothing, and nothing in it changes", async () => {
  const app = new App({ outdir: join(base, "stack") });
  const stack = new TerraformStack(app, "s");
  new ZenlayerProvider(stack, "zenlayer");
  new l1.DataZenlayerBalance(stack, "balance");
  app.synth();
  const cwd = join(base, "stack", "stacks", "s");
  await writeFile(join(cwd, "cli.tfrc"), "");

  const placed = await lockFile(cwd);
  const platforms = ["linux_amd64", "darwin_arm64", "windows_amd64"].map((platform) => `-platform=${platform}`);
  await rm(join(cwd, ".terraform.lock.hcl"));
  const { code } = await terraform(cwd, ["providers", "lock", "-fs-mirror=terraform.d/plugins", ...platforms]);
  expect(code).toBe(0);
  expect((await lockFile(cwd)).replace("tofu init", "terraform init")).toBe(placed);

  await writeFile(join(cwd, ".terraform.lock.hcl"), placed);
  expect(await initialised(cwd)).not.toMatch(/warning/i);
  await initialised(cwd, "-lockfile=readonly");
  expect(await lockFile(cwd)).toBe(placed);
  await expectPlugin(cwd);

  // A stack that was initialised is synthesised again, after another provider was locked: both entries stay.
  const other = `\nprovider "registry.terraform.io/hashicorp/null" {\n  version = "3.2.4"\n}\n`;
  await writeFile(join(cwd, ".terraform.lock.hcl"), placed + other);
  app.synth();
  expect(await lockFile(cwd)).toBe(placed + other);
});

describe("a mirror that the command line writes", () => {
  let mirror: string;
  let server: Server;
  const certificate = certificateFor("localhost");
  /** Paths that were asked for. */
  const asked: string[] = [];

  beforeAll(async () => {
    mirror = join(base, "mirror");
    await mustExecute(join(BIN, "cdktf-zenlayer"), ["plugin", "mirror", mirror], { cwd: base });
    server = createServer(certificate, (request, response) => {
      asked.push(request.url ?? "");
      readFile(join(mirror, request.url ?? "")).then(
        (bytes) => {
          response.setHeader("content-type", request.url?.endsWith(".json") ? "application/json" : "application/zip");
          response.end(bytes);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await writeFile(join(base, "authority.pem"), certificate.cert);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test("is a filesystem mirror: init, from zips whose executable runs", async () => {
    const cwd = await directory("packed", MAIN, `  filesystem_mirror {\n    path = "${mirror}"\n  }\n`);
    await initialised(cwd);
    await expectPlugin(cwd);
  });

  test("is a network mirror over https, whose packages are those that plugin install locks", async () => {
    const { port } = server.address() as AddressInfo;
    const url = `https://localhost:${port}/`;
    const cwd = await directory("network", MAIN, `  network_mirror {\n    url = "${url}"\n  }\n`);
    await mustExecute(join(BIN, "cdktf-zenlayer"), ["plugin", "install", "--dir", "unused", "--lock", "."], { cwd });
    const locked = await lockFile(cwd);
    const env = { SSL_CERT_FILE: join(base, "authority.pem") };
    const { code, stdout, stderr } = await terraform(cwd, ["init", "-input=false", "-no-color"], env);
    expect({ code, stderr, warned: /warning/i.test(stdout) }).toMatchObject({ code: 0, warned: false });
    const version = manifest.version;
    expect([...new Set(asked.map((path) => path.split("/").at(-1)))].sort()).toEqual([
      `${version}.json`,
      "index.json",
      expect.stringMatching(/^terraform-provider-zenlayer_.*\.zip$/),
    ]);
    // Only what the configuration demands is Terraform's to write: it demands no version here.
    expect((await lockFile(cwd)).replace(/ *constraints.*\n/, "")).toBe(locked.replace(/ *constraints.*\n/, ""));
    await expectPlugin(cwd);
  });
});

test("the package of Windows serves Terraform over TCP, as its launcher starts it", async () => {
  const { plugin, windowsLauncher } = readBuild(join(BIN, "terraform-provider-zenlayer"));
  const folder = join(base, "windows");
  const script = /^node -e "([^"]*)"/m.exec(windowsLauncher.toString())?.[1] ?? "";
  await mkdir(folder);
  await writeFile(join(folder, "real.js"), plugin);
  const windows = 'Object.defineProperty(process, "platform", { value: "win32" });';
  await writeFile(join(folder, "plugin.js"), `${windows} require("./real.js");\n`);
  await writeFile(join(folder, "package.json"), '{"type":"commonjs"}\n');
  await writeFile(join(folder, "start.js"), script);
  // In place of cmd.exe, which is not here: it stays between Terraform and the plugin. With something of NODE_OPTIONS to keep, a second Node does so, too.
  const stand = `#!/bin/sh
export PLUGIN_NODE_OPTIONS="--require /absent --max-old-space-size=512"
node -e "$(cat "${folder}/start.js")" "${folder}/plugin.js" | tee -a "${folder}/handshakes"
`;
  await writeFile(join(folder, "terraform-provider-zenlayer"), stand);
  await chmod(join(folder, "terraform-provider-zenlayer"), 0o755);

  const simulator = await startSimulator({
    fleet: [{ product: "vm", instanceId: "900000000000000001", bandwidth: 400 }],
  });
  try {
    const cwd = await directory(
      "tcp",
      `${MAIN}data "zenlayer_vm_instances" "all" {}\noutput "ids" {\n  value = data.zenlayer_vm_instances.all.instances[*].instance_id\n}\n`,
      `  dev_overrides {\n    "${SOURCE}" = "${folder}"\n  }\n  direct {}\n`,
    );
    const env = {
      ...simulator.env(),
    };
    const { code, stdout } = await terraform(cwd, ["apply", "-auto-approve", "-no-color"], env);
    expect(code).toBe(0);
    expect(stdout).toContain('"900000000000000001"');
    const handshakes = (await readFile(join(folder, "handshakes"), "utf8")).trim().split("\n");
    expect(handshakes).toEqual(handshakes.map(() => expect.stringMatching(/^1\|6\|tcp\|127\.0\.0\.1:\d+\|grpc\|/)));
  } finally {
    await simulator.stop();
  }
});
