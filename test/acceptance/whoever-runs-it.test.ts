// The real Terraform and the packaged plugin in the hands of others: a user id without a name, no home, a home that is none, damaged keys, and
// Node's options of another tool.
import { existsSync, lstatSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSimulator, type Simulator } from "../../lib/simulator";
import { Stranger } from "../support/stranger";
import { importBlock, resource } from "../support/world";

const ID = "900000000000000001";
const NO_CREDENTIALS = /Error: No credentials for Zenlayer were found/;

let simulator: Simulator;
let stranger: Stranger;

beforeAll(async () => {
  simulator = await startSimulator({ fleet: [{ product: "vm", instanceId: ID, bandwidth: 400 }] });
  stranger = await Stranger.arrive();
  await stranger.write(
    "main.tf",
    `terraform {
  required_providers {
    zenlayer = { source = "registry.terraform.io/cdktf-zenlayer/zenlayer" }
  }
}
provider "zenlayer" {}
${importBlock("zenlayer_vm_instance_spec.web", ID)}
${resource("zenlayer_vm_instance_spec", "web", { instance_id: ID, internet_max_bandwidth_out: 400 })}`,
  );
});
afterAll(async () => {
  await stranger.leave();
  await simulator.stop();
});
beforeEach(() => simulator.clearRequests());

const plan = (env: Readonly<Record<string, string>>) =>
  stranger.terraform(["plan", "-input=false", "-detailed-exitcode"], env);
const reaching = () => ({ ZENLAYER_ENDPOINT: simulator.endpoint });

/** What a pull request could bring along: a profile below the working directory. */
async function plantProfile(): Promise<void> {
  await stranger.write(".zenlayer/credentials.json", JSON.stringify({ default: { token: simulator.token } }));
}

test("a user id without a name, without HOME and keys has no credentials, and no internal error", async () => {
  const { code, text } = await plan(reaching());
  expect(text).toMatch(NO_CREDENTIALS);
  expect(text).toContain("this user has no home directory (HOME)");
  expect(text).not.toMatch(/internal error|panic|homedir/i);
  expect(code).toBe(1);
});

test("a user id without a name, with keys, plans and applies", async () => {
  const planned = await plan(simulator.env());
  expect(planned.text).toMatch(/1 to import, 0 to add/);
  expect(planned.code).toBe(2);
  const applied = await stranger.terraform(["apply", "-auto-approve", "-input=false"], simulator.env());
  expect(applied.code).toBe(0);
  await stranger.remove("terraform.tfstate");
});

test.each(["", ".", "somewhere"])("with HOME=%j no keys are taken from the working directory", async (home) => {
  await plantProfile();
  if (home === "somewhere") await stranger.write("somewhere/.zenlayer/credentials.json", "{}");
  const { code, text } = await plan({ ...reaching(), HOME: home });
  expect(text).toMatch(NO_CREDENTIALS);
  expect(code).toBe(1);
  expect(simulator.requests).toEqual([]);
});

test("with a home of one's own the profile there is used", async () => {
  await plantProfile();
  const { code, text } = await plan({ ...reaching(), HOME: stranger.workingDirectory });
  expect(text).toMatch(/1 to import/);
  expect(code).toBe(2);
});

describe("compiled code", () => {
  const cache = (): string => join(stranger.workingDirectory, "home", ".cache", "cdktf-zenlayer");
  const files = () => readdirSync(cache()).map((name) => ({ name, ...lstatSync(join(cache(), name)) }));
  const withHome = (env: Readonly<Record<string, string>> = {}) =>
    plan({ ...simulator.env(), HOME: join(stranger.workingDirectory, "home"), ...env });

  beforeEach(async () => {
    await stranger.remove("home");
    await stranger.write("home/.keep", "");
  });

  test("is kept in the home of whoever runs it, for nobody else, and taken the next time", async () => {
    const first = await withHome();
    expect(first.code).toBe(2);
    expect(lstatSync(cache()).mode & 0o777).toBe(0o700);
    const written = files();
    expect(written.map(({ name }) => name.replace(/^[0-9a-f]{16}-/, "")).sort()).toEqual(["axios", "main", "provider"]);
    expect(new Set(written.map(({ mode }) => mode & 0o777))).toEqual(new Set([0o600]));
    expect(await withHome()).toEqual(first);
    expect(files().map(({ ino }) => ino)).toEqual(written.map(({ ino }) => ino));
  });

  test("that was damaged does no harm, and is put right", async () => {
    const first = await withHome();
    const sizes = files().map(({ size }) => size);
    for (const { name } of files()) writeFileSync(join(cache(), name), "damaged");
    expect(await withHome()).toEqual(first);
    expect(Math.min(...files().map(({ size }) => size))).toBeGreaterThan(Math.min(...sizes) / 2);
  });

  test("is not kept where NODE_DISABLE_COMPILE_CACHE asks for that, nor without a place", async () => {
    expect((await withHome({ NODE_DISABLE_COMPILE_CACHE: "1" })).code).toBe(2);
    expect((await withHome({ HOME: "/proc/self" })).code).toBe(2);
    expect(existsSync(cache())).toBe(false);
  });
});

test.each([
  ["ZENLAYERCLOUD_ACCESS_KEY_PASSWORD", "Kx7Qp2\nLm9Rt4", "character 7 is a line break"],
  ["ZENLAYERCLOUD_ACCESS_KEY_ID", "Kx7Qp2\u200bLm9Rt4", "character 7 is an invisible character"],
  ["ZENLAYER_TOKEN", "Kx7Q\u0440Lm9Rt4", "character 5 is not an ASCII character"],
])("%s that pasting has damaged is one plain error", async (name, value, words) => {
  const env = name === "ZENLAYER_TOKEN" ? reaching() : simulator.env();
  const { code, text } = await plan({ ...env, [name]: value, TF_LOG: "TRACE", TF_LOG_PATH: "trace.log" });
  expect(text.match(/Error: /g)).toHaveLength(1);
  expect(text).toContain(`Error: ${name} cannot be used as it stands: ${words}`);
  for (const part of ["Kx7Q", "Lm9Rt4"]) expect(text).not.toContain(part);
  expect(code).toBe(1);
  expect(simulator.requests).toEqual([]);
});

test.each([
  ["a preload that is not here", "--require /absent/init.cjs --import absent-module"],
  ["a loader that is not here", "--experimental-loader /absent/loader.mjs"],
  ["an option that this Node does not know", "--use-system-ca --no-such-option=1"],
  ["an inspector that would wait", "--inspect-brk=127.0.0.1:0"],
  ["more memory among them", '--max-old-space-size=512 --require "/absent dir/x.cjs" --dns-result-order=ipv4first'],
])("NODE_OPTIONS with %s does not keep the plugin from starting", async (_name, options) => {
  const { code, text } = await plan({ ...simulator.env(), NODE_OPTIONS: options });
  expect(text).toMatch(/1 to import/);
  expect(code).toBe(2);
});

test("no preload of the environment runs beside the keys, and nothing reports on them", async () => {
  await stranger.write("spy.cjs", 'require("node:fs").writeFileSync("spied", JSON.stringify(process.env));');
  const options =
    "--require ./spy.cjs --cpu-prof --heap-prof --report-on-fatalerror --diagnostic-dir=. --trace-event-categories=node";
  const { code } = await plan({ ...simulator.env(), NODE_OPTIONS: options, NODE_V8_COVERAGE: "coverage" });
  expect(code).toBe(2);
  const left = ["spied", "coverage", "node_trace.1.log"].filter((name) =>
    existsSync(join(stranger.workingDirectory, name)),
  );
  expect(left).toEqual([]);
});
