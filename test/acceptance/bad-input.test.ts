// What users get wrong, with the real Terraform: one clear error, at the earliest moment, at the attribute.
import type { Diagnostic } from "../../lib/testing";
import { data, importBlock, resource, World } from "../support/world";

const VM = "zenlayer_vm_instance_spec";

const TIMEOUT = `  timeouts {\n    create = "soon"\n  }\n`;

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
  // Each of them: test/provider/resource.test.ts.
  test.each<readonly [string, string, readonly string[]]>([
    [
      "in a resource and its block",
      resource(VM, "it", { instance_id: "1", internet_max_bandwidth_out: 1.5 }, TIMEOUT),
      ["create", "internet_max_bandwidth_out"],
    ],
    [
      "in the provider",
      `provider "zenlayer" {\n  request_timeout = 0\n}\n` + resource(VM, "it", { instance_id: "1" }),
      ["request_timeout"],
    ],
  ])("%s", async (_name, text, attributes) => {
    await world.configure(text);
    const { diagnostics } = await world.terraform.validate();
    expect(diagnostics.map(({ snippet }) => snippet?.code.trim().split(" ")[0]).sort()).toEqual(attributes);
    expect(world.simulator.requests).toEqual([]);
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
