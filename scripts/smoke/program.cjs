// What a user does first, in a project that has the packed package: synthesise, init, plan, review, apply, and an empty plan. Run by the Node that is to be
// tried, which is the first on PATH as well, so that Terraform's plugin runs on it.
const { deepStrictEqual: equal, ok } = require("node:assert");
const { execFile } = require("node:child_process");
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { App, TerraformStack } = require("cdktf");
const { VmInstanceSpec, ZenlayerProvider } = require("cdktf-zenlayer");
const { startSimulator } = require("cdktf-zenlayer/simulator");

const ID = "900000000000000001";
const STACK = join("cdktf.out", "stacks", "smoke");
const [terraform, review] = process.argv.slice(2);

/** Never blocking: the simulator that Terraform asks lives in this process. */
function run(command, args, env, cwd = STACK) {
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== "number") reject(error);
      else resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

async function main() {
  const app = new App();
  const stack = new TerraformStack(app, "smoke");
  new ZenlayerProvider(stack, "zenlayer");
  new VmInstanceSpec(stack, "web", { instance: ID, bandwidth: 200 });
  app.synth();

  writeFileSync("cli.tfrc", "");
  const simulator = await startSimulator({
    fleet: [{ product: "vm", instanceId: ID, internetChargeType: "ByBandwidth", bandwidth: 400 }],
    clock: { speed: 100 },
  });
  const env = {
    ...process.env,
    ...simulator.env(),
    CHECKPOINT_DISABLE: "1",
    TF_CLI_CONFIG_FILE: join(process.cwd(), "cli.tfrc"),
  };
  const expectRun = async (code, ...args) => {
    const result = await run(terraform, [...args, "-no-color"], env);
    equal([args, result.code, result.code === code ? "" : result.stdout + result.stderr], [args, code, ""]);
    return result.stdout;
  };
  try {
    ok(!/warning/i.test(await expectRun(0, "init", "-input=false", "-lockfile=readonly")));
    await expectRun(2, "plan", "-detailed-exitcode", "-out=tfplan");
    writeFileSync("plan.json", (await run(terraform, ["show", "-json", "tfplan"], env)).stdout);
    const reviewed = await run(process.execPath, [review, "review", "plan.json"], env, ".");
    equal([reviewed.code, reviewed.stderr], [2, ""]);
    ok(reviewed.stdout.includes("downgrade"));
    await expectRun(0, "apply", "tfplan");
    equal(
      simulator.writes().map(({ action }) => action),
      ["ModifyInstanceBandwidth"],
    );
    await expectRun(0, "plan", "-detailed-exitcode");
    ok(readFileSync(join(STACK, ".terraform.lock.hcl"), "utf8").includes("cdktf-zenlayer/zenlayer"));
  } finally {
    await simulator.stop();
  }
  console.log(`Node ${process.versions.node}: synthesised, planned, reviewed and applied.`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
