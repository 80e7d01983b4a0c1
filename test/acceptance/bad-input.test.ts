// What users get wrong, with the real Terraform: one clear error, at the earliest moment, at the attribute.
import type { Diagnostic } from "../../lib/testing";
import { data, importBlock, resource, World } from "../support/world";

const VM = "zenlayer_vm_instance_spec";
const PACKAGE = "zenlayer_bmc_traffic_package";
const METAL_BANDWIDTH = "zenlayer_bmc_bandwidth";

let world: World;
beforeAll(async () => {
  world = await World.start({
    simulator: {
      fleet: [
        { product: "vm", instanceId: "1", instanceType: "c.4c8g" },
        { product: "bmc", instanceId: "2" },
        { product: "bmc", instanceId: "3", internetChargeType: "ByBandwidth" },
      ],
    },
  });
});
beforeEach(() => world.simulator.clearRequests());
afterAll(() => world.stop());

function expectOne(diagnostics: readonly Diagnostic[], summary: RegExp, attribute: string): Diagnostic {
  const errors = diagnostics.filter((each) => each.severity === "error");
  expect(errors.map((each) => each.summary)).toEqual([expect.stringMatching(summary)]);
  const [error] = errors as [Diagnostic];
  expect(error.detail).not.toBe("");
  expect(error.snippet?.code).toMatch(new RegExp(`${attribute} +=`));
  return error;
}

describe("refused by terraform validate, without asking anybody", () => {
  test.each<[string, Record<string, unknown>, string, RegExp, string]>([
    [VM, { internet_max_bandwidth_out: -1 }, "internet_max_bandwidth_out", /-1/, "from 1"],
    [VM, { internet_max_bandwidth_out: 1.5 }, "internet_max_bandwidth_out", /1\.5/, "whole number"],
    [VM, { internet_max_bandwidth_out: 5e9 }, "internet_max_bandwidth_out", /5000000000/, "Mbps"],
    [VM, { traffic_package_size: -0.5 }, "traffic_package_size", /-0\.5/, "TB"],
    [VM, { instance_type: "" }, "instance_type", /""/, "zenlayer_vm_instance_types"],
    [VM, { instance_type: "c.4c 8g" }, "instance_type", /c\.4c 8g/, "white space"],
    [PACKAGE, { traffic_package_size: 0.07 }, "traffic_package_size", /0\.07/, "0.05 or 0.1"],
    [PACKAGE, { traffic_package_size: -1 }, "traffic_package_size", /-1/, "TB"],
    [METAL_BANDWIDTH, { internet_max_bandwidth_out: -2 }, "internet_max_bandwidth_out", /-2/, "from 1"],
    [VM, { on_downgrade: "never" }, "on_downgrade", /"never"/, '"schedule" or "deny"'],
    [VM, { on_destroy: "release" }, "on_destroy", /"release"/, '"forget" or "cancel_scheduled"'],
    [VM, { max_immediate_charge: -1 }, "max_immediate_charge", /-1/, "0 means never charge"],
    [VM, { instance_id: "" }, "instance_id", /""/, "not empty"],
    [VM, { instance_id: "1 " }, "instance_id", /"1 "/, "white space"],
    [VM, { timeouts: 'create = "soon"' }, "create", /"soon"/, "1h30m"],
    [VM, { timeouts: 'update = "0s"' }, "update", /"0s"/, "greater than 0"],
    [VM, { timeouts: 'read = "90"' }, "read", /"90"/, "90m"],
    [PACKAGE, { traffic_package_size: 10, timeouts: 'delete = "-5m"' }, "delete", /"-5m"/, "greater than 0"],
  ])("%s %j", async (type, { timeouts, ...attributes }, attribute, summary, cure) => {
    await world.configure(
      resource(
        type,
        "it",
        { instance_id: "1", ...attributes },
        timeouts === undefined ? "" : `  timeouts {\n    ${String(timeouts)}\n  }\n`,
      ),
    );
    const error = expectOne((await world.terraform.validate()).diagnostics, summary, attribute);
    expect(`${error.summary} ${error.detail}`).toContain(cure);
    expect(world.simulator.requests).toEqual([]);
  });

  test.each<[string, RegExp, string]>([
    ["request_timeout = 0", /request_timeout 0/, "request_timeout"],
    ["max_requests_per_second = -1", /max_requests_per_second -1/, "max_requests_per_second"],
    ["max_retries = 1.5", /max_retries 1\.5/, "max_retries"],
    ['vm_api_version = "newest"', /vm_api_version "newest"/, "vm_api_version"],
    ['endpoint = "ftp://example.com"', /endpoint/, "endpoint"],
    ['endpoint = "https://"', /endpoint/, "endpoint"],
  ])("provider: %s", async (line, summary, attribute) => {
    await world.configure(`provider "zenlayer" {\n  ${line}\n}\n${resource(VM, "it", { instance_id: "1" })}`);
    expectOne((await world.terraform.validate()).diagnostics, summary, attribute);
  });

  test("several mistakes are told together", async () => {
    await world.configure(
      resource(VM, "it", { instance_id: "1", internet_max_bandwidth_out: -1, on_downgrade: "no", instance_type: " " }),
    );
    expect((await world.terraform.validate()).diagnostics).toHaveLength(3);
  });

  test("a value that only apply will know is checked when it is known", async () => {
    await world.configure(
      `variable "bandwidth" {\n  type = number\n}\n` +
        `resource "${VM}" "it" {\n  instance_id = "1"\n  internet_max_bandwidth_out = var.bandwidth\n}\n`,
    );
    expect((await world.terraform.validate()).valid).toBe(true);
    const plan = await world.terraform.plan({ args: ["-var=bandwidth=-1"] });
    expectOne(plan.diagnostics, /-1 is not a bandwidth/, "internet_max_bandwidth_out");
  });
});

describe("refused at plan, when Zenlayer had to be asked", () => {
  test.each<[string, Record<string, unknown>, string, RegExp]>([
    [VM, { instance_id: "77" }, "instance_id", /^No virtual machine 77$/],
    [VM, { instance_id: "2" }, "instance_id", /^No virtual machine 2$/],
    [PACKAGE, { instance_id: "1", traffic_package_size: 10 }, "instance_id", /^No bare-metal machine 1$/],
    [VM, { instance_type: "c.5c9g" }, "instance_type", /Zenlayer does not know this type/],
    [VM, { internet_max_bandwidth_out: 1501 }, "internet_max_bandwidth_out", /above the limit of type "c\.4c8g"/],
    [
      PACKAGE,
      { instance_id: "2", traffic_package_size: 4.95 },
      "traffic_package_size",
      /below the free package of 5 TB/,
    ],
    [
      METAL_BANDWIDTH,
      { instance_id: "3", internet_max_bandwidth_out: 10_001 },
      "internet_max_bandwidth_out",
      /above the maximum/,
    ],
  ])("%s %j", async (type, attributes, attribute, summary) => {
    await world.configure(resource(type, "it", { instance_id: "1", ...attributes }));
    const plan = await world.terraform.plan();
    expectOne(plan.diagnostics, summary, attribute);
    expect(plan.warnings).toEqual([]);
    expect(world.simulator.writes()).toEqual([]);
  });

  test("an import of a machine that does not exist", async () => {
    await world.configure(importBlock(`${VM}.it`, "77") + resource(VM, "it", { instance_id: "77" }));
    const plan = await world.terraform.plan();
    expect(plan.errors.map((each) => each.summary)).toEqual(["No virtual machine 77"]);
  });

  test("an import block for one machine on a resource of another never touches either", async () => {
    await world.configure(importBlock(`${VM}.it`, "1") + resource(VM, "it", { instance_id: "77" }));
    const plan = await world.terraform.plan();
    expect(plan.exitCode).toBe(1);
    expect(plan.errors[0]?.summary).toBe("No virtual machine 77");
  });
});

describe("credentials and endpoint", () => {
  const PASSWORD = "not-the-right-password-0815";
  const config = importBlock(`${VM}.it`, "1") + resource(VM, "it", { instance_id: "1" });

  async function planWith(env: Readonly<Record<string, string>>, provider = "") {
    const other = await World.start({
      simulator: { fleet: [{ product: "vm", instanceId: "1" }] },
      env: { ZENLAYERCLOUD_ACCESS_KEY_ID: "", ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: "", ...env },
    });
    try {
      await other.configure(`provider "zenlayer" {\n${provider}\n}\n${config}`);
      const plan = await other.terraform.plan();
      expect(plan.stdout + plan.stderr).not.toContain(PASSWORD);
      return { plan, calls: other.simulator.requests.length, id: other.simulator.accessKeyId };
    } finally {
      await other.stop();
    }
  }

  test("none at all: both variables are named, and nobody is asked", async () => {
    const { plan, calls } = await planWith({});
    expect(plan.errors).toHaveLength(1);
    const text = `${plan.errors[0]?.summary} ${plan.errors[0]?.detail}`;
    expect(text).toContain("ZENLAYERCLOUD_ACCESS_KEY_ID");
    expect(text).toContain("ZENLAYERCLOUD_ACCESS_KEY_PASSWORD");
    expect(calls).toBe(0);
  });

  test.each([
    ["an id without a password", { ZENLAYERCLOUD_ACCESS_KEY_ID: "AKSOMETHING" }, "ZENLAYERCLOUD_ACCESS_KEY_PASSWORD"],
    ["a password without an id", { ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: PASSWORD }, "ZENLAYERCLOUD_ACCESS_KEY_ID"],
  ])("%s: the other half is named", async (_name, env, missing) => {
    const { plan, calls } = await planWith(env);
    expect(plan.errors).toHaveLength(1);
    expect(`${plan.errors[0]?.summary} ${plan.errors[0]?.detail}`).toContain(missing);
    expect(calls).toBe(0);
  });

  test("half a pair in the provider block", async () => {
    const { plan } = await planWith({}, `  access_key_id = "AKSOMETHING"`);
    expect(plan.errors).toHaveLength(1);
    expect(`${plan.errors[0]?.summary} ${plan.errors[0]?.detail}`).toContain("access_key_password");
    expect(plan.errors[0]?.snippet?.code).toContain("access_key_id =");
  });

  test("a wrong password: one error, asked once, the password nowhere", async () => {
    const { plan, calls } = await planWith({
      ZENLAYERCLOUD_ACCESS_KEY_ID: "AKSIMULATOR0000001",
      ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: PASSWORD,
    });
    expect(plan.errors).toHaveLength(1);
    const text = `${plan.errors[0]?.summary} ${plan.errors[0]?.detail}`;
    expect(text).toContain("its password is wrong");
    expect(text).toContain("ZENLAYERCLOUD_ACCESS_KEY_PASSWORD");
    // The machine and its two status actions; none of them again.
    expect(calls).toBeLessThanOrEqual(3);
  });

  test("an unknown token", async () => {
    const { plan } = await planWith({ ZENLAYER_TOKEN: PASSWORD });
    expect(plan.errors[0]?.summary).toContain("the token is unknown or has expired");
  });

  test("an endpoint that nobody listens on fails within seconds", async () => {
    const free = await World.start();
    const { endpoint } = free.simulator;
    await free.stop();
    const { plan } = await planWith({
      ZENLAYER_ENDPOINT: endpoint,
      ZENLAYERCLOUD_ACCESS_KEY_ID: "AKSOMETHING",
      ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: PASSWORD,
    });
    expect(plan.errors).toHaveLength(1);
    expect(`${plan.errors[0]?.summary} ${plan.errors[0]?.detail}`).toMatch(/connection to Zenlayer failed.*endpoint/s);
  }, 10_000);

  test("an endpoint that is some other web server", async () => {
    world.simulator.fault({ kind: "raw", status: 404, body: "<html>Nothing here</html>", times: Infinity });
    try {
      await world.configure(config);
      const plan = await world.terraform.plan();
      expect(plan.errors).toHaveLength(1);
      expect(`${plan.errors[0]?.summary} ${plan.errors[0]?.detail}`).toMatch(
        /not one of the Zenlayer API.*Check the endpoint/s,
      );
    } finally {
      world.simulator.clearFaults();
    }
  });

  test("data sources fail alike", async () => {
    const other = await World.start({ env: { ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: PASSWORD } });
    try {
      await other.configure(data("zenlayer_balance", "now", {}));
      const plan = await other.terraform.plan();
      expect(plan.errors.map((each) => each.summary)).toEqual([expect.stringContaining("its password is wrong")]);
    } finally {
      await other.stop();
    }
  });
});
