// What docs/testing.md promises of the test kit, besides the example that it shows.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ZenlayerTestbed } from "cdktf-zenlayer/testing";
import { VmInstanceSpec, ZenlayerProvider } from "cdktf-zenlayer";
import type { TerraformStack } from "cdktf";

const ID = "900000000000000001";

let bed: ZenlayerTestbed;

beforeEach(async () => {
  bed = await ZenlayerTestbed.start({
    simulator: { fleet: [{ product: "vm", instanceId: ID, internetChargeType: "ByBandwidth", bandwidth: 400 }] },
  });
});
afterEach(() => bed.dispose());

const bandwidth = (value: number) => (stack: TerraformStack) => {
  new ZenlayerProvider(stack, "zenlayer", { plugin: false });
  new VmInstanceSpec(stack, "web", { instance: ID, bandwidth: value });
};

test("a failing plan is thrown in Terraform's words", async () => {
  await bed.synthesize((stack) => {
    new ZenlayerProvider(stack, "zenlayer", { plugin: false });
    new VmInstanceSpec(stack, "web", { instance: "900000000000000404", bandwidth: 100 });
  });
  await expect(bed.plan()).rejects.toThrow("900000000000000404");
});

test("the environment of the test plays no part", async () => {
  process.env["ZENLAYER_ENDPOINT"] = "http://127.0.0.1:1";
  try {
    await bed.synthesize(bandwidth(400));
    await bed.apply();
    expect(bed.simulator.requests.length).toBeGreaterThan(0);
  } finally {
    delete process.env["ZENLAYER_ENDPOINT"];
  }
});

test("docs/testing.md shows a test that runs: the one beside this file", () => {
  const example = readFileSync(join(__dirname, "example.test.ts"), "utf8");
  const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "testing.md"), "utf8");
  expect(page).toContain(`\`\`\`ts\n${example}\`\`\``);
});

test("a stack in HCL is taken like one in JSON, without the project's state", async () => {
  process.env["SYNTH_HCL_OUTPUT"] = "true";
  try {
    await bed.synthesize(bandwidth(300));
  } finally {
    delete process.env["SYNTH_HCL_OUTPUT"];
  }
  expect(readFileSync(join(bed.terraform.directory, "cdk.tf"), "utf8")).not.toMatch(/backend|tfstate/);
  await bed.apply();
  expect(bed.calls).toEqual(["ModifyInstanceBandwidth"]);
  expect(await bed.terraform.state()).not.toBeNull();
});
