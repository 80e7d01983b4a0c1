// Keys and tokens appear nowhere: not in output, errors, logs at TRACE, plan files or state, whatever goes wrong.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import type { Fault } from "../../lib/simulator";
import { installPlugin } from "../support/plugin-executable";
import { importBlock, resource, World } from "../support/world";

const ID = "900000000000000001";
const PASSWORD = "pa55/word+with=signs&more-Xy7";
const TOKEN = "tok.en/with+signs=9Zq-secret";
let directory: string;
let world: World;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "secrets-"));
  await installPlugin(directory);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

beforeEach(async () => {
  world = await World.startWithPlugin(join(directory, "plugin.tfrc"), {
    simulator: {
      fleet: [{ product: "vm", instanceId: ID, internetChargeType: "ByBandwidth", bandwidth: 400 }],
      keys: [{ id: "AKSECRETS0000001", password: PASSWORD }],
      tokens: [{ value: TOKEN }],
    },
  });
});
afterEach(() => world.stop());

/** Every way in which these bytes could be written. */
function spellings(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString("base64").replace(/=+$/, "");
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64, base64.slice(0, -2)];
}

/** Texts of a file; a saved plan is a zip archive, so its entries too. */
function textsOf(bytes: Buffer): readonly string[] {
  const texts = [bytes.toString("utf8")];
  for (let at = bytes.indexOf("PK\x03\x04"); at >= 0; at = bytes.indexOf("PK\x03\x04", at + 4)) {
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    try {
      texts.push(inflateRawSync(bytes.subarray(start), { finishFlush: 2 }).toString("utf8"));
    } catch {
      // Stored, not deflated: it is in the raw bytes already.
    }
  }
  return texts;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/**
 * Plans and applies at TRACE, and gives back all that was printed or written anywhere. Values of variables are Terraform's own to keep in a plan
 * file, which is why the file is to be treated like a secret: with those it is left out.
 */
async function everything(env: Readonly<Record<string, string>>, provider = ""): Promise<string> {
  const { terraform } = world;
  await world.configure(
    provider +
      importBlock("zenlayer_vm_instance_spec.web", ID) +
      resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: 600 }),
  );
  const options = { env: { TF_LOG: "TRACE", TF_LOG_PATH: join(terraform.directory, "trace.log"), ...env } };
  const plan = await terraform.plan({ ...options });
  const printed = [plan.stdout, plan.stderr];
  if (plan.file !== null) {
    const applied = await terraform.applyPlan(plan, options);
    printed.push(applied.stdout, applied.stderr, await terraform.describePlan(plan));
    if (provider === "") printed.push(JSON.stringify(plan.json), ...textsOf(await readFile(plan.file)));
  }
  for (const file of await filesBelow(terraform.directory)) printed.push(...textsOf(await readFile(file)));
  return printed.join("\n");
}

function expectSilence(told: string): void {
  // Something was said, and the plugin's own log is in it.
  expect(told).toContain("DescribeInstances");
  for (const secret of [PASSWORD, TOKEN])
    for (const spelling of spellings(secret)) expect(told.includes(spelling)).toBe(false);
  expect(told).not.toMatch(/ZC2-HMAC-SHA256 Credential=|Bearer [^*[\s]/);
}

const NO_KEYS = { ZENLAYERCLOUD_ACCESS_KEY_ID: "", ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: "" };
const ECHO = `{"requestId":"T1","code":"SOME_ERROR","message":"you sent ${PASSWORD} and Bearer ${TOKEN}"}`;
const FAULTS: readonly (readonly [string, Fault | null])[] = [
  ["no fault", null],
  ["a refused signature", { kind: "error", status: 401, code: "AUTHFAILURE_SIGNATURE_FAILURE", times: Infinity }],
  ["a service that repeats what it was sent", { kind: "raw", status: 400, body: ECHO, action: "Modify*" }],
  ["the same on a read", { kind: "raw", status: 400, body: ECHO, action: "Describe*", times: Infinity }],
  ["a lost answer", { kind: "reset_after", action: "Modify*" }],
];

describe.each(FAULTS)("with %s", (_name, fault) => {
  test("a key pair from the environment is never told", async () => {
    if (fault !== null) world.simulator.fault(fault);
    expectSilence(await everything({}));
  });
});

test("a token from the environment is never told", async () => {
  expectSilence(await everything({ ZENLAYER_TOKEN: TOKEN, ...NO_KEYS }));
});

test("the debugging switches of the user's Node tell nothing of a token either", async () => {
  const switches = { NODE_DEBUG: "http,https,net,tls,http2", NODE_DEBUG_NATIVE: "http_server_parser,http2,tls" };
  const told = await everything({ ZENLAYER_TOKEN: TOKEN, ...NO_KEYS, ...switches });
  expectSilence(told);
  expect(told).not.toMatch(/\b(HTTP|NET|TLS) \d+: /);
});

test("a password from a sensitive variable is never told", async () => {
  const provider =
    'variable "password" {\n  sensitive = true\n  type = string\n}\n' +
    'provider "zenlayer" {\n  access_key_id = "AKSECRETS0000001"\n  access_key_password = var.password\n}\n';
  expectSilence(await everything({ TF_VAR_password: PASSWORD, ...NO_KEYS }, provider));
});
