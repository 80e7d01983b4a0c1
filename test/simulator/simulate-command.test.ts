// The simulate command as a process, compiled by esbuild as a user would run it.
import { buildSync } from "esbuild";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { controlCall } from "./client";

const directory = mkdtempSync(join(tmpdir(), "simulate-"));
const script = join(directory, "simulate.cjs");
let child: ChildProcess | undefined;

beforeAll(() => {
  writeFileSync(
    join(directory, "entry.ts"),
    `import { simulateCommand } from ${JSON.stringify(join(__dirname, "../../lib/cli/simulate"))};
     simulateCommand().parseAsync(process.argv).catch((error) => { console.error(error.message); process.exitCode = 1; });`,
  );
  buildSync({
    entryPoints: [join(directory, "entry.ts")],
    bundle: true,
    platform: "node",
    outfile: script,
    nodePaths: [join(__dirname, "../../node_modules")],
  });
});
afterEach(() => {
  child?.kill("SIGKILL");
  child = undefined;
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Starts the command and waits until its output has the pattern. */
function start(args: readonly string[], pattern: RegExp) {
  const started = spawn(process.execPath, [script, "--port", "0", ...args]);
  child = started;
  let output = "";
  const ended = new Promise<number | null>((resolve) => started.on("close", resolve));
  const ready = new Promise<string>((resolve, reject) => {
    started.stderr.on("data", (chunk: Buffer) => reject(new Error(chunk.toString())));
    started.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (pattern.test(output)) resolve(output);
    });
  });
  return { ready, ended, output: () => output, process: started };
}

test("prints what to export and the machines, then a line per call, and ends with Ctrl-C", async () => {
  const simulator = start([], /vm-stopped/);
  const text = await simulator.ready;
  const endpoint = /export ZENLAYER_ENDPOINT=(http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1] ?? "";
  const { host } = new URL(endpoint);
  expect(text).toContain(`  export ZENLAYERCLOUD_DOMAIN=${host}\n  export ZENLAYERCLOUD_SCHEME=HTTP\n`);
  expect(text).toMatch(/export ZENLAYERCLOUD_ACCESS_KEY_ID=\S+\n {2}export ZENLAYERCLOUD_ACCESS_KEY_PASSWORD=\S+/);
  expect(text).toMatch(/900000000000000001 +vm-one +VM +c\.4c8g +PREPAID +ByBandwidth +100 Mbps +- +RUNNING/);
  await fetch(`${endpoint}/api/v2/vm`, { method: "POST", body: "{}", headers: { "x-zc-action": "DescribeZones" } });
  expect((await controlCall(endpoint, "GET", "requests")).value).toMatchObject([{ action: "DescribeZones" }]);
  simulator.process.kill("SIGINT");
  expect(await simulator.ended).toBe(0);
  expect(simulator.output()).toMatch(
    /vm DescribeZones → 401 AUTHFAILURE_INVALID_AUTHORIZATION\nStopped after 1 calls\.\n$/,
  );
});

test("speaks JSON, takes a fleet, a start and knobs, and stops by control", async () => {
  const file = join(directory, "fleet.json");
  writeFileSync(file, JSON.stringify({ machines: [{ instanceId: "7", instanceName: "seven" }] }));
  const args = [
    "--json",
    "--quiet",
    "--fleet",
    file,
    "--start",
    "2026-01-01T00:00:00Z",
    "--speed",
    "0",
    "--knob",
    "readLag=2",
    "--knob",
    "equalValue=refuse",
  ];
  const simulator = start(args, /\n/);
  const facts = JSON.parse(await simulator.ready) as { endpoint: string; time: string; machines: unknown };
  expect(facts).toMatchObject({
    time: "2026-01-01T00:00:00.000Z",
    machines: [{ instanceId: "7", instanceName: "seven", product: "vm" }],
  });
  const state = await controlCall(facts.endpoint, "GET", "state");
  expect(state.value).toMatchObject({ knobs: { readLag: 2, equalValue: "refuse" } });
  await controlCall(facts.endpoint, "POST", "stop");
  expect(await simulator.ended).toBe(0);
});

test.each([
  [["--fleet", "missing.json"], /The fleet file missing\.json cannot be read/],
  [["--knob", "colour=red"], /no knob "colour"/],
  [["--knob", "readLag"], /Write it as name=value/],
  [["--port", "many"], /whole number from 0 to 65535/],
  [["--speed", "fast"], /A speed is a number/],
  [["--start", "soon"], /clock\.start: "soon" is not a moment/],
])("refuses %j with a sentence", (args, message) => {
  const ended = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  expect([ended.status, ended.stderr]).toEqual([1, expect.stringMatching(message)]);
});

test("a bad fleet file is an error that names the field", () => {
  const file = join(directory, "bad.json");
  writeFileSync(file, JSON.stringify([{ bandwidth: "fast" }]));
  const ended = spawnSync(process.execPath, [script, "--fleet", file], { encoding: "utf8" });
  expect([ended.status, ended.stderr]).toEqual([
    1,
    expect.stringContaining('machines[0].bandwidth: "fast" is not a whole number'),
  ]);
});

test("help shows examples", () => {
  const { stdout } = spawnSync(process.execPath, [script, "--help"], { encoding: "utf8" });
  expect(stdout).toMatch(/Examples:[\s\S]*simulate --fleet fleet\.json/);
});
