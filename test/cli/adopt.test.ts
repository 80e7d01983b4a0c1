// The adopt command as a whole, against a simulated account: what it writes, whom it asks, how it ends.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { adoptCommand } from "../../lib/cli/adopt";
import { sampleFleet, startSimulator, type Simulator, type SimulatorOptions } from "../../lib/simulator";

let directory: string;
let simulator: Simulator;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "adopt-"));
});
afterEach(async () => {
  expect(simulator.writes()).toEqual([]);
  await simulator.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function account(options: SimulatorOptions): Promise<void> {
  simulator = await startSimulator({ clock: { start: "2026-01-15T00:00:00Z" }, ...options });
}

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | undefined;
}

async function adopt(
  args: readonly string[],
  more: { env?: Record<string, string>; isTTY?: boolean; stdin?: string } = {},
) {
  const outcome = { stdout: "", stderr: "", code: undefined as number | undefined };
  const command = adoptCommand({
    stdout: { write: (text) => (outcome.stdout += text) },
    stderr: { write: (text) => (outcome.stderr += text), isTTY: more.isTTY ?? false },
    env: more.env ?? simulator.env(),
    home: directory,
    stdin: () => more.stdin ?? "",
    exit: (code) => (outcome.code = code),
  })
    .exitOverride()
    .configureOutput({
      writeErr: (text) => (outcome.stderr += text),
      writeOut: (text) => (outcome.stdout += text),
    });
  await command.parseAsync([...args], { from: "user" });
  return outcome as Outcome;
}

/** Names of the machines that are listed with these options. */
async function names(...args: string[]): Promise<string[]> {
  const { stdout } = await adopt(["--json", ...args]);
  const { machines } = JSON.parse(stdout) as { machines: { instance_name: string }[] };
  return machines.map((machine) => machine.instance_name);
}

const THREE: SimulatorOptions["fleet"] = [
  {
    product: "vm",
    instanceId: "900000000000000001",
    instanceName: "web",
    zoneId: "SEL-A",
    instanceType: "c.4c8g",
    internetChargeType: "ByBandwidth",
    bandwidth: 400,
    scheduled: { bandwidth: 100 },
  },
  {
    product: "bmc",
    instanceId: "900000000000000002",
    instanceName: "edge",
    zoneId: "MOW-B",
    internetChargeType: "ByTrafficPackage",
    bandwidth: 0,
    trafficPackageSize: 10,
  },
  {
    product: "vm",
    instanceId: "900000000000000003",
    instanceName: "old\nname",
    zoneId: "SEL-A",
    instanceStatus: "RECYCLE",
  },
];

describe("what is written", () => {
  beforeEach(() => account({ fleet: THREE }));

  test("constructs: a complete program with the committed values, and a reason for what is left out", async () => {
    expect(await adopt([])).toEqual({
      stdout: `// Written once by \`cdktf-zenlayer adopt\`; yours to change.
// Run it, then terraform init and terraform plan in cdktf.out/stacks/adopted: the plan says "2 to import, 0 to add, 0 to change, 0 to destroy".
// Each value is the one that its machine is committed to: where a scheduled change leads, else what is in force.
import { App, TerraformStack } from "cdktf";
import { BmcTrafficPackage, VmInstanceSpec, ZenlayerProvider } from "cdktf-zenlayer";

const app = new App();
const stack = new TerraformStack(app, "adopted");

new ZenlayerProvider(stack, "zenlayer");

// "edge" (BMC 900000000000000002, MOW-B): RUNNING, PREPAID, ByTrafficPackage
// bandwidth is not set: it is unlimited (reads as 0), and unlimited bandwidth cannot be ordered by API
new BmcTrafficPackage(stack, "edge-traffic-package", {
  instance: "900000000000000002",
  trafficPackageSize: 10, // TB
});

// "web" (VM 900000000000000001, SEL-A): RUNNING, PREPAID, ByBandwidth
// scheduled: bandwidth 400 Mbps → 100 Mbps at 2026-02-15T00:00:00Z
// trafficPackageSize is not set: only machines billed ByTrafficPackage have a traffic package
new VmInstanceSpec(stack, "web", {
  instance: "900000000000000001",
  instanceType: "c.4c8g",
  bandwidth: 100, // Mbps
});

// Left out:
//   "old\\u{a}name" (VM 900000000000000003, SEL-A): its status is RECYCLE: it is in the recycle bin or on its way there

app.synth();
`,
      stderr: "Wrote 2 resources for 2 machines; 1 machine left out, see its comments.\n",
      code: 0,
    });
  });

  test("HCL: the provider, and an import block with each resource", async () => {
    const { ZENLAYERCLOUD_ACCESS_KEY_ID, ZENLAYERCLOUD_ACCESS_KEY_PASSWORD } = simulator.env();
    const key = {
      access_key_id: ZENLAYERCLOUD_ACCESS_KEY_ID,
      access_key_secret: ZENLAYERCLOUD_ACCESS_KEY_PASSWORD,
    };
    mkdirSync(join(directory, ".zenlayer"));
    writeFileSync(join(directory, ".zenlayer", "credentials.json"), JSON.stringify({ p: key }));
    const env = { ZENLAYER_ENDPOINT: simulator.endpoint };
    const { stdout, code } = await adopt(["--format", "hcl", "--profile", "p"], { env });
    expect(code).toBe(0);
    expect(stdout).toBe(`# Written once by \`cdktf-zenlayer adopt\`; yours to change.
# Run cdktf-zenlayer plugin install (once per user), terraform init and terraform plan: the plan says "2 to import, 0 to add, 0 to change, 0 to destroy".
# Each value is the one that its machine is committed to: where a scheduled change leads, else what is in force.

terraform {
  required_providers {
    zenlayer = {
      source  = "registry.terraform.io/cdktf-zenlayer/zenlayer"
      version = "0.1.0"
    }
  }
}

provider "zenlayer" {
  profile = "p"
}

# "edge" (BMC 900000000000000002, MOW-B): RUNNING, PREPAID, ByTrafficPackage
# internet_max_bandwidth_out is not set: it is unlimited (reads as 0), and unlimited bandwidth cannot be ordered by API
import {
  to = zenlayer_bmc_traffic_package.edge
  id = "900000000000000002"
}

resource "zenlayer_bmc_traffic_package" "edge" {
  instance_id          = "900000000000000002"
  traffic_package_size = 10
}

# "web" (VM 900000000000000001, SEL-A): RUNNING, PREPAID, ByBandwidth
# scheduled: internet_max_bandwidth_out 400 Mbps → 100 Mbps at 2026-02-15T00:00:00Z
# traffic_package_size is not set: only machines billed ByTrafficPackage have a traffic package
import {
  to = zenlayer_vm_instance_spec.web
  id = "900000000000000001"
}

resource "zenlayer_vm_instance_spec" "web" {
  instance_id                = "900000000000000001"
  instance_type              = "c.4c8g"
  internet_max_bandwidth_out = 100
}

# Left out:
#   "old\\u{a}name" (VM 900000000000000003, SEL-A): its status is RECYCLE: it is in the recycle bin or on its way there
`);
  });

  test("JSON: what would be adopted, for programs", async () => {
    const { stdout, stderr, code } = await adopt(["--json"]);
    expect([stderr, code]).toEqual(["", 0]);
    expect(JSON.parse(stdout)).toEqual({
      format_version: 1,
      import_count: 2,
      machines: [
        expect.objectContaining({
          product: "bmc",
          instance_name: "edge",
          resources: [
            {
              type: "zenlayer_bmc_traffic_package",
              address: "zenlayer_bmc_traffic_package.edge",
              construct_id: "edge-traffic-package",
              import_id: "900000000000000002",
              values: { traffic_package_size: 10 },
            },
          ],
          left_out: [
            { attribute: "internet_max_bandwidth_out", value: 0, reason: expect.stringContaining("unlimited") },
          ],
          pending: [],
        }),
        expect.objectContaining({
          product: "vm",
          instance_id: "900000000000000001",
          instance_name: "web",
          zone_id: "SEL-A",
          instance_status: "RUNNING",
          instance_charge_type: "PREPAID",
          internet_charge_type: "ByBandwidth",
          pending: [
            {
              axis: "internet_max_bandwidth_out",
              from: 400,
              to: 100,
              phase: "scheduled",
              effective_at: "2026-02-15T00:00:00Z",
            },
          ],
        }),
      ],
      skipped: [expect.objectContaining({ instance_name: "old\nname", reason: expect.stringContaining("RECYCLE") })],
    });
  });
});

describe("which machines", () => {
  beforeEach(() => account({ fleet: sampleFleet() }));

  test.each<[string[], string[]]>([
    [
      ["--product", "vm", "--zone", "SEL-A"],
      ["vm-one", "vm-package", "vm-postpaid", "vm-stopped"],
    ],
    [
      ["--product", "bmc"],
      ["bm-95th", "bm-bandwidth", "bm-one", "bm-postpaid"],
    ],
    [
      ["--zone", "MOW-B"],
      ["bm-95th", "bm-bandwidth", "bm-one", "bm-postpaid"],
    ],
    [
      ["--name", "*-one"],
      ["bm-one", "vm-one"],
    ],
    [
      [
        "--zone",
        "MOW-B",
        "--zone",
        "SEL-A",
        "--name",
        "bm-one",
        "--name",
        "vm-o*",
        "--product",
        "vm",
        "--product",
        "bmc",
      ],
      ["bm-one", "vm-one"],
    ],
    [["--tag", "env=test"], ["vm-one"]],
    [
      ["--resource-group", "default", "--name", "vm-p*"],
      ["vm-package", "vm-postpaid"],
    ],
  ])("%j: %j", async (args, expected) => expect(await names(...args)).toEqual(expected));

  test("none: says which filters were given and which zones there are, and ends with 2", async () => {
    const out = join(directory, "main.ts");
    const args = ["--zone", "XXX", "--tag", "a=b", "--tag", "c=", "--name", "n", "--resource-group", "r"];
    const { stdout, stderr, code } = await adopt([...args, "--out", out]);
    expect([stdout, code, existsSync(out)]).toEqual(["", 2, false]);
    expect(stderr).toBe(
      'Nothing to adopt: none of 8 machines fits --zone "XXX" --tag "a=b" --tag "c=" --name "n" --resource-group "r". Zones with machines: MOW-B, SEL-A.\n',
    );
    expect(await names("--name", "nobody")).toEqual([]);
  });

  test("a product that is not wanted is not asked", async () => {
    await adopt(["--product", "bmc"]);
    expect(new Set(simulator.requests.map(({ service }) => service))).toEqual(new Set(["bmc"]));
  });

  test("only reads are sent", async () => {
    await adopt([]);
    expect(new Set(simulator.requests.map(({ action }) => action))).toEqual(
      new Set(["DescribeInstances", "DescribeInstanceInternetStatus", "DescribeInstanceTypeStatus"]),
    );
  });
});

describe("an account that is partly managed", () => {
  const VM_STATE = {
    version: 4,
    resources: [
      { mode: "data", type: "zenlayer_vm_instance_spec", name: "x", instances: [{ attributes: { instance_id: "3" } }] },
      {
        module: "module.a",
        mode: "managed",
        type: "zenlayer_vm_instance_spec",
        name: "web",
        instances: [{ index_key: "one", attributes: { instance_id: "900000000000000001" } }],
      },
      { mode: "managed", type: "null_resource", name: "n", instances: [{ attributes: { id: "1" } }] },
    ],
  };
  /** As `terraform show -json` prints it. */
  const BMC_SHOWN = {
    format_version: "1.0",
    values: {
      root_module: {
        child_modules: [
          {
            resources: ["zenlayer_bmc_bandwidth", "zenlayer_bmc_traffic_package"].map((type) => ({
              mode: "managed",
              type,
              address: `${type}.edge`,
              values: { instance_id: "900000000000000002" },
            })),
          },
        ],
      },
    },
  };
  beforeEach(() => account({ fleet: THREE }));

  const write = (name: string, content: object | string): string => {
    const file = join(directory, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };

  test("what a state manages is left out, and said so", async () => {
    const { stdout, stderr } = await adopt(["--state", write("a.tfstate", VM_STATE), "--format", "hcl"]);
    expect(stdout).not.toContain('resource "zenlayer_vm_instance_spec"');
    expect(stdout).toContain("zenlayer_bmc_traffic_package");
    expect(stdout.replace(directory, "DIR")).toContain(
      '#   "web" (VM 900000000000000001, SEL-A), as module.a.zenlayer_vm_instance_spec.web["one"]: it is managed already by DIR/a.tfstate\n',
    );
    expect(stderr).toContain("2 machines left out (1 managed already), see its comments");
  });

  test("several states, directories and standard input", async () => {
    write("stacks/one/terraform.tfstate", VM_STATE);
    write("stacks/.terraform/terraform.tfstate", "not a state of resources");
    const shown = `Warning: {odd}\n${JSON.stringify(BMC_SHOWN)}`;
    const { stderr, code } = await adopt(["--state", join(directory, "stacks"), "--state", "-"], { stdin: shown });
    expect(code).toBe(2);
    expect(stderr).toMatch(/none of the machines can be adopted\.\n {2}"edge" .* managed already by standard input/);
    expect(simulator.requests.some(({ action }) => action.endsWith("Status"))).toBe(false);
  });

  test("the state before a plan", async () => {
    const plan = { format_version: "1.2", prior_state: BMC_SHOWN, planned_values: {} };
    expect(await names("--state", write("plan.json", plan))).toEqual(["web"]);
  });

  test.each([
    ["an encrypted state", "a.tfstate", { encrypted_data: "x" }, /is encrypted\. Give what tofu show -json prints/],
    ["another file", "a.json", { resources: [] }, /is no state: give a \*\.tfstate of version 4/],
    ["no JSON", "a.tfstate", "", /is no state/],
    ["an older state", "a.tfstate", { version: 3, modules: [] }, /is no state/],
  ])("%s is an error, and the account is not asked", async (_words, name, content, message) => {
    await expect(adopt(["--state", write(name, content)])).rejects.toThrow(message);
    expect(simulator.requests).toEqual([]);
  });

  test("a directory without a state is an error", async () => {
    await expect(adopt(["--state", directory])).rejects.toThrow(/neither it nor a directory below has a \*\.tfstate/);
  });
});

describe("many machines", () => {
  test("are in natural order, and what is true of several is said once", async () => {
    const vm = (number: number) => ({
      product: "vm" as const,
      instanceId: `${number}`,
      instanceName: `pool-${number}`,
    });
    const fleet = [10, 2, 1].map((number) => ({ ...vm(number), internetChargeType: "ByBandwidth", bandwidth: 5 }));
    const gone = [20, 3].map((number) => ({ ...vm(number), instanceStatus: "RECYCLE" }));
    await account({ fleet: [...fleet, ...gone] });
    const { stdout } = await adopt([]);
    expect([...stdout.matchAll(/new VmInstanceSpec\(stack, "([^"]*)"/g)].map(([, id]) => id)).toEqual([
      "pool-1",
      "pool-2",
      "pool-10",
    ]);
    expect(stdout.match(/only machines billed ByTrafficPackage/g)).toHaveLength(1);
    expect(stdout).toContain("// For 3 machines: trafficPackageSize is not set: only machines billed");
    expect(stdout.match(/its status is RECYCLE/g)).toHaveLength(1);
    expect(stdout).toMatch(/way there:\n\/\/ {5}"pool-3" .*\n\/\/ {5}"pool-20" /);
  });
});

describe("a program", () => {
  beforeEach(() => account({ fleet: THREE }));

  test("for cdktn takes its constructs from there", async () => {
    const { stdout } = await adopt(["--library", "cdktn"]);
    expect(stdout).toMatch(/from "cdktn";\nimport .* from "cdktf-zenlayer\/cdktn";/);
  });

  test.each([
    ["module", /^import \{ App/m],
    ["commonjs", /^const \{ App.* = require/m],
  ])("in JavaScript is a module of the kind that Node takes it for: %s", async (type, start) => {
    writeFileSync(join(directory, "package.json"), JSON.stringify({ type }));
    const out = join(directory, "main.js");
    await adopt(["--out", out]);
    expect(readFileSync(out, "utf8")).toMatch(start);
  });
});

describe("nothing to adopt", () => {
  test("an empty account", async () => {
    await account({});
    expect(await adopt([])).toEqual({
      stdout: "",
      stderr: "Nothing to adopt: the account has no machines that this key may see.\n",
      code: 2,
    });
    expect((await adopt(["--product", "vm"])).stderr).toContain("(only vm was read)");
  });

  test("only machines that cannot be adopted: each with its reason", async () => {
    await account({
      fleet: [
        {
          product: "bmc",
          instanceId: "1",
          instanceName: "x\u001b[31m",
          internetChargeType: "ByBandwidth",
          bandwidth: 0,
        },
      ],
    });
    const { stderr, code } = await adopt([]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /none of the machines can be adopted\.\n {2}"x\\u\{1b\}\[31m" \(BMC 1, [^)]*\): nothing of it can be set/,
    );
  });
});

describe("the file", () => {
  beforeEach(() => account({ fleet: THREE }));

  test.each([
    ["adopted.tf", /^# Written once/],
    ["main.ts", /^\/\/ Written once[^]*\nimport \{ App, TerraformStack \} from "cdktf";/],
    ["main.js", /^\/\/ Written once[^]*\nconst \{ App, TerraformStack \} = require\("cdktf"\);/],
    ["adopted.tf.json", /^\{\n {2}"\/\/": \[\n {4}"Written once/],
  ])("%s has the format of its ending", async (name, start) => {
    const out = join(directory, name);
    const { stdout, stderr } = await adopt(["--out", out]);
    expect(stdout).toBe("");
    expect(stderr).toContain(`Wrote 2 resources for 2 machines to ${out}; 1 machine left out`);
    expect(readFileSync(out, "utf8")).toMatch(start);
  });

  test("is never replaced without --force, and the account is not even asked", async () => {
    const out = join(directory, "main.ts");
    writeFileSync(out, "mine");
    await expect(adopt(["--out", out])).rejects.toThrow(/main\.ts exists already\. Give --force to replace it/);
    expect(readFileSync(out, "utf8")).toBe("mine");
    expect(simulator.requests).toEqual([]);
    await adopt(["--out", out, "--force"]);
    expect(readFileSync(out, "utf8")).toContain("new VmInstanceSpec");
  });

  test("in a directory that does not exist is an error that says so", async () => {
    await expect(adopt(["--out", join(directory, "no", "main.ts")])).rejects.toThrow(/its directory does not exist/);
    expect(simulator.requests).toEqual([]);
  });

  test("a directory in its place is an error, also with --force", async () => {
    await expect(adopt(["--out", directory])).rejects.toThrow(/exists already/);
    await expect(adopt(["--out", directory, "--force"])).rejects.toThrow(/it is a directory/);
  });

  test("--force alone is a mistake", async () => {
    await expect(adopt(["--force"])).rejects.toThrow("--force needs --out");
  });
});

describe("mistakes and failures", () => {
  beforeEach(() => account({ fleet: THREE, knobs: {} }));

  test.each([
    [["--format", "yaml"], /Allowed choices are constructs, javascript, hcl, terraform-json/],
    [["--library", "cdk8s"], /Allowed choices are cdktf, cdktn/],
    [["--out", "main.py"], /The suffix of main\.py says no language: \.ts is TypeScript, .* or give --format/],
    [["--out", "main"], /The suffix of main says no language/],
    [["--out", "main.ts", "--format", "hcl"], /--format hcl contradicts --out main\.ts: .*Leave --format out/],
    [["--out", "main.tf", "--json"], /--json contradicts --out main\.tf/],
    [["--state", "no-such.tfstate"], /--state no-such\.tfstate: there is no such file or directory/],
    [["--product", "disk"], /Allowed choices are vm, bmc/],
    [["--tag", "prod"], /key=value, such as env=prod/],
    [["--json", "--format", "hcl"], /cannot be used with option '--format/],
    [["main.ts"], /too many arguments/],
  ])("%j is refused with what is allowed", async (args, message) => {
    await expect(adopt(args)).rejects.toThrow(message);
    expect(simulator.requests).toEqual([]);
  });

  test("missing credentials: names the variables", async () => {
    await expect(adopt([], { env: { ZENLAYER_ENDPOINT: simulator.endpoint } })).rejects.toThrow(
      /ZENLAYERCLOUD_ACCESS_KEY_ID and ZENLAYERCLOUD_ACCESS_KEY_PASSWORD/,
    );
  });

  test("refused credentials: an error without the secret", async () => {
    const env = { ...simulator.env(), ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: "a-wrong-secret" };
    const error: unknown = await adopt([], { env }).catch((each: unknown) => each);
    expect(String(error)).toMatch(/AUTHFAILURE/);
    expect(JSON.stringify([String(error), error])).not.toContain("a-wrong-secret");
  });

  test("a machine that alone cannot be read is left out with the reason", async () => {
    simulator.fault({
      kind: "error",
      action: "DescribeInstanceTypeStatus",
      status: 400,
      code: "UNSUPPORTED_OPERATION_SOMETHING",
      times: Infinity,
    });
    const { stdout, code } = await adopt([]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/"web" \(VM 900000000000000001, SEL-A\): it cannot be read: /);
    expect(stdout).toContain("new BmcTrafficPackage");
  });

  test("an account that cannot be read at all is an error, and nothing is written", async () => {
    const out = join(directory, "main.ts");
    simulator.fault({ kind: "error", action: "DescribeInstances", status: 400, code: "INVALID_PARAMETER_VALUE" });
    await expect(adopt(["--out", out])).rejects.toThrow(/INVALID_PARAMETER_VALUE/);
    expect(existsSync(out)).toBe(false);
  });
});

test("a key for one product is told how to leave the other out", async () => {
  const keys = [{ id: "AK", password: "secret", actions: ["vm:*"] }];
  await account({ fleet: THREE, keys });
  await expect(adopt([])).rejects.toThrow(/AUTHFAILURE_UNAUTHORIZED_OPERATION.*With --product vm or --product bmc/s);
  expect((await adopt(["--product", "vm"])).code).toBe(0);
});

test("a machine that goes to the recycle bin while it is read is left out", async () => {
  await account({
    fleet: THREE,
    onRequest: ({ action }) => {
      if (action === "DescribeInstances")
        simulator.changeOutOfBand("900000000000000001", { instanceStatus: "RECYCLING" });
    },
  });
  expect((await adopt([])).stdout).toMatch(/"web" .*: its status is RECYCLING/);
});

test("a thousand machines take a few listings and each its status, and no two names are the same", async () => {
  const fleet = Array.from({ length: 1000 }, (_, index) => ({
    product: "bmc" as const,
    instanceId: `90000000000000${String(index).padStart(4, "0")}`,
    instanceName: "edge",
    internetChargeType: "ByBandwidth",
    bandwidth: 100,
  }));
  await account({ fleet });
  const { stdout } = await adopt(["--json"]);
  const { machines } = JSON.parse(stdout) as { machines: { resources: { address: string }[] }[] };
  expect(new Set(machines.map(({ resources }) => resources[0]?.address)).size).toBe(1000);
  const calls = simulator.requests.map(({ action }) => action);
  expect(calls.filter((action) => action === "DescribeInstanceInternetStatus")).toHaveLength(1000);
  // The listings, and batches of at most 100 that a slow machine may leave half full.
  expect(calls.filter((action) => action === "DescribeInstances").length).toBeLessThanOrEqual(1000 / 50 + 12);
});

test("--help explains options, sources of credentials and exit codes, and gives examples", async () => {
  await account({});
  let help = "";
  const command = adoptCommand()
    .exitOverride()
    .configureOutput({ writeOut: (text) => (help += text) });
  await expect(command.parseAsync(["--help"], { from: "user" })).rejects.toMatchObject({ exitCode: 0 });
  const options = [
    "product",
    "zone",
    "tag",
    "name",
    "resource-group",
    "state",
    "format",
    "library",
    "json",
    "out",
    "force",
    "endpoint",
  ];
  for (const option of [...options, "profile"]) expect(help).toContain(`--${option} `);
  for (const word of ["ZENLAYERCLOUD_ACCESS_KEY_ID", "ZENLAYER_ENDPOINT", "Examples:", "Exit codes:"])
    expect(help).toContain(word);
});

test("the guide names every option and every exit code", async () => {
  await account({});
  const guide = readFileSync(join(__dirname, "../../docs/guides/adopting-machines.md"), "utf8");
  for (const option of adoptCommand().options) expect(guide).toContain(`\`${option.long ?? ""}`);
  for (const code of [0, 1, 2]) expect(guide).toMatch(new RegExp(`^\\| ${code} \\|`, "m"));
});
