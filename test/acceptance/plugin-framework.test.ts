// The framework against the real Terraform, attached to a provider in this process.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DiagnosticError, type InProcessServer, serveInProcess } from "../../lib/plugin";
import { TerraformWorkspace } from "../../lib/testing";
import { takesWriteOnly } from "../support/abilities";
import { TERRAFORM } from "../support/execute";
import { demoProvider, DemoStore } from "../plugin/demo-provider";
import { NAIVE_STEPS, naiveProvider } from "../plugin/naive-provider";

interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

let directory: string;
let store: DemoStore;
let server: InProcessServer;
const running = new Set<ChildProcess>();

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "framework-"));
  writeFileSync(join(directory, "empty.tfrc"), "");
  store = new DemoStore();
  server = await serveInProcess([{ provider: demoProvider(store) }]);
});

afterEach(async () => {
  for (const child of running) child.kill("SIGKILL");
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

function start(...command: string[]): { readonly child: ChildProcess; readonly ended: Promise<Outcome> } {
  const child = spawn(TERRAFORM, command, {
    cwd: directory,
    env: {
      PATH: process.env["PATH"],
      HOME: directory,
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: join(directory, "empty.tfrc"),
      TF_IN_AUTOMATION: "1",
      TF_REATTACH_PROVIDERS: server.reattach,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const ended = new Promise<Outcome>((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      running.delete(child);
      resolve({ code, output });
    });
  });
  return { child, ended };
}

function terraform(command: string, ...parameters: string[]): Promise<Outcome> {
  return start(command, "-no-color", ...parameters).ended;
}

function apply(): Promise<Outcome> {
  return terraform("apply", "-auto-approve");
}

function write(configuration: string): void {
  writeFileSync(
    join(directory, "main.tf"),
    `terraform {\n  required_providers {\n    demo = { source = "test/demo" }\n  }\n}\n${hasWriteOnly ? configuration : configuration.replace(SECRET, "")}\n`,
  );
}

function state(): {
  resources: { instances: { attributes: Record<string, unknown>; private?: string; status?: string }[] }[];
} {
  return JSON.parse(readFileSync(join(directory, "terraform.tfstate"), "utf8"));
}

function instance(index = 0) {
  const found = state().resources[index]?.instances[0];
  if (found === undefined) throw new Error("there is no such instance in the state");
  return found;
}

/** Taken out where the binary knows no write-only attributes. */
const SECRET = 'secret = "write-only"';
let hasWriteOnly: boolean;
beforeAll(async () => {
  hasWriteOnly = await takesWriteOnly();
});

const THING = `
resource "demo_thing" "a" {
  name   = "alpha"
  labels = ["x", "y"]
  tags   = { "0" = "zero" }
  any    = tolist(["one", "two"])
  ${SECRET}
  exact  = [0.1, 18446744073709551615, 123456789012345678901234567890, 1.5, 1e-7, 9007199254740993]
  disk { gigabytes = 10 }
  disk { gigabytes = 20 }
  timeouts { create = "5m" }
}`;

test("an object is created, stays as it is, changes, and is destroyed", async () => {
  write(THING);
  expect(await apply()).toMatchObject({ code: 0 });
  expect(instance().attributes).toMatchObject({
    id: "thing-1",
    region: "nowhere",
    size: 1,
    secret: null,
    disk: [
      { gigabytes: 10, device: "/dev/sda" },
      { gigabytes: 20, device: "/dev/sdb" },
    ],
    timeouts: { create: "5m" },
  });
  expect(await terraform("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
  expect(await terraform("plan", "-refresh-only", "-detailed-exitcode")).toMatchObject({ code: 0 });

  write(
    THING.replace('"alpha"', '"beta"').replace(
      "disk { gigabytes = 20 }",
      "disk { gigabytes = 20 }\n  disk { gigabytes = 30 }",
    ),
  );
  expect(await apply()).toMatchObject({ code: 0 });
  expect(instance().attributes).toMatchObject({ id: "thing-1", name: "beta", disk: [{}, {}, { device: "/dev/sdc" }] });

  const destroyed = await terraform("destroy", "-auto-approve");
  expect(destroyed).toMatchObject({ code: 0, output: expect.stringContaining("beta will be lost") });
  expect(store.calls).toEqual(["create alpha", "update beta", 'delete beta {"token":"kept","stopped":false}']);
});

test("numbers come back exactly as they were written", async () => {
  write(THING);
  await apply();
  const text = readFileSync(join(directory, "terraform.tfstate"), "utf8");
  for (const literal of ["0.1", "18446744073709551615", "123456789012345678901234567890", "9007199254740993"]) {
    expect(text).toMatch(new RegExp(`[ [,:]${literal.replace(".", "\\.")}[\\s,\\]]`));
  }
  expect(await terraform("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
});

test("a change of what requires replacement replaces the object", async () => {
  write('resource "demo_thing" "a" {\n  name = "alpha"\n  kind = "one"\n}');
  await apply();
  write('resource "demo_thing" "a" {\n  name = "alpha"\n  kind = "two"\n}');
  expect(await apply()).toMatchObject({ code: 0, output: expect.stringContaining("# forces replacement") });
  expect(store.calls.map((call) => call.split(" ")[0])).toEqual(["create", "delete", "create"]);
});

test("an object that has gone is created again", async () => {
  write(THING);
  await apply();
  store.things.clear();
  expect(await terraform("plan", "-detailed-exitcode")).toMatchObject({ code: 2 });
});

test("an object is imported", async () => {
  write(THING);
  await apply();
  expect(await start("state", "rm", "demo_thing.a").ended).toMatchObject({ code: 0 });
  expect(await terraform("import", "demo_thing.a", "thing-1")).toMatchObject({ code: 0 });
  expect(instance().attributes).toMatchObject({ id: "thing-1", name: "alpha" });
  expect(Buffer.from(instance().private ?? "", "base64").toString()).toBe('{"token":"imported"}');
  expect(await terraform("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
  expect(await terraform("import", "demo_thing.b", "thing-9")).toMatchObject({ code: 1 });
});

test("every alias has its own configuration, and a data source reads with it", async () => {
  write(`
provider "demo" { region = "east" }
provider "demo" {
  alias  = "west"
  region = "west"
}
resource "demo_thing" "a" { name = "a" }
resource "demo_thing" "b" {
  provider = demo.west
  name     = "b"
}
data "demo_echo" "a" { text = "hello" }
output "echo" { value = data.demo_echo.a.echo }`);
  const applied = await apply();
  expect(applied).toMatchObject({ code: 0, output: expect.stringContaining('echo = "east: hello"') });
  expect(
    [...store.things.values()].map((thing) => `${String(thing["name"])} ${String(thing["region"])}`).sort(),
  ).toEqual(["a east", "b west"]);
});

test("an exception in create leaves nothing, one in update leaves the object as it was with its private data", async () => {
  write('resource "demo_thing" "a" { name = "a" }');
  store.failure = new TypeError("cannot read it");
  const created = await apply();
  expect(created).toMatchObject({ code: 1, output: expect.stringContaining("Internal error of the provider") });
  expect(state().resources).toEqual([]);

  await apply();
  write('resource "demo_thing" "a" { name = "b" }');
  store.failure = new DiagnosticError("The thing is locked", "Unlock it.", ["name"]);
  const updated = await apply();
  expect(updated).toMatchObject({ code: 1, output: expect.stringContaining("The thing is locked") });
  expect(updated.output).toContain("main.tf line 6");
  expect(instance().status).toBeUndefined();
  expect(instance().attributes).toMatchObject({ name: "a" });
  expect(Buffer.from(instance().private ?? "", "base64").toString()).toContain("kept");
});

test("values of five megabytes, two at once", async () => {
  write(
    'resource "demo_thing" "a" {\n  count = 2\n  name  = "a"\n  tags  = sensitive({ big = format("%05000000d", count.index) })\n}',
  );
  expect(await apply()).toMatchObject({ code: 0 });
  expect(await terraform("plan", "-detailed-exitcode")).toMatchObject({ code: 0 });
});

test("a refused configuration names the attribute", async () => {
  write('resource "demo_thing" "a" {\n  name = "forbidden"\n}');
  const outcome = await terraform("validate");
  expect(outcome).toMatchObject({ code: 1, output: expect.stringContaining("The name is forbidden") });
  expect(outcome.output).toContain('name = "forbidden"');
});

test("Ctrl-C aborts the signal of the running call, whose result is kept", async () => {
  write('resource "demo_thing" "a" { name = "a" }');
  store.waitForStop = true;
  const begun = new Promise<void>((resolve) => (store.waiting = resolve));
  const { child, ended } = start("apply", "-auto-approve", "-no-color", "-input=false");
  await begun;
  child.kill("SIGINT");
  expect(await ended).toMatchObject({
    code: expect.any(Number),
    output: expect.stringContaining("Stopping operation"),
  });
  expect(instance().attributes).toMatchObject({ id: "thing-1" });
  expect(Buffer.from(instance().private ?? "", "base64").toString()).toContain('"stopped":true');
});

test("a provider without a plan hook keeps Terraform's rules through every kind of change", async () => {
  const tf = await TerraformWorkspace.create({ providers: [naiveProvider] });
  try {
    for (const [what, { secret, ...rest }] of NAIVE_STEPS) {
      const config = hasWriteOnly && secret !== undefined ? { ...rest, secret } : rest;
      const terraform = { required_providers: { naive: { source: "test/naive" } } };
      await tf.write("main.tf.json", JSON.stringify({ terraform, resource: { naive_thing: { a: config } } }));
      const { exitCode, diagnostics } = await tf.apply();
      expect([what, exitCode, diagnostics]).toEqual([what, 0, []]);
      expect([what, (await tf.plan()).exitCode]).toEqual([what, 0]);
    }
  } finally {
    await tf.dispose();
  }
});
