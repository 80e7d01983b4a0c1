// `cdktf-zenlayer simulate`: a simulated Zenlayer account on this machine, with what to export and a line per API call.
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import {
  defaultKnobs,
  parseFleet,
  sampleFleet,
  setKnob,
  startSimulator,
  type FleetSpec,
  type Knobs,
  type Machine,
  type RequestEntry,
  type Simulator,
} from "../simulator";
import { messageOf } from "./shared";

interface SimulateOptions {
  readonly port: number;
  readonly fleet?: string;
  readonly speed: number;
  readonly start?: string;
  readonly knob?: Partial<Knobs>;
  readonly json?: true;
  readonly quiet?: true;
}

const EXAMPLES = `
Examples:
  $ cdktf-zenlayer simulate                              eight sample machines on port 8700
  $ cdktf-zenlayer simulate --fleet fleet.json --port 0  your own machines, on any free port
  $ cdktf-zenlayer simulate --speed 3600                 an hour passes every second
  $ cdktf-zenlayer simulate --knob typeLatency=2s --knob failInFlight=type
  $ curl --json '{"by":"30d"}' http://127.0.0.1:8700/control/advance

Exit codes:
  0  ended with Ctrl-C (or SIGTERM)
  1  error: wrong option, the fleet file cannot be read or is wrong, the port is taken

Fleet files, knobs, faults and the control interface are described in docs/simulator.md.`;

/** The subcommand for the program. */
export function simulateCommand(): Command {
  return new Command("simulate")
    .summary("run a simulated Zenlayer account on this machine")
    .description(
      "Runs the Zenlayer API on this machine, with machines, prices, orders and a clock of its own. Nothing is real and nothing costs. Ends with Ctrl-C.",
    )
    .option("--port <number>", "port on 127.0.0.1; 0 takes any free one", parsePort, 8700)
    .option("--fleet <file>", "JSON file with the machines; default: eight sample machines")
    .option("--speed <factor>", "how much faster than wall time the simulated clock runs", parseSpeed, 1)
    .option("--start <time>", "simulated time at the start, such as 2026-01-01T00:00:00Z; default: now")
    .option("--knob <name=value>", "turn a knob; may be repeated", collectKnob)
    .option("--json", "one JSON object per line instead of text")
    .option("--quiet", "no line per API call")
    .addHelpText("after", EXAMPLES)
    .action(simulate);
}

async function simulate(options: SimulateOptions): Promise<void> {
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const simulator = await startSimulator({
    fleet: options.fleet === undefined ? sampleFleet() : readFleet(options.fleet),
    port: options.port,
    clock: { speed: options.speed, ...(options.start === undefined ? {} : { start: options.start }) },
    knobs: options.knob ?? {},
    onRequest: (entry) => {
      if (options.quiet !== true)
        print(options.json === true ? JSON.stringify({ request: entry }) : requestLine(entry));
    },
    onStop: () => stop(),
  });
  print(options.json === true ? JSON.stringify(startFacts(simulator)) : startText(simulator));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  await stopped;
  process.off("SIGINT", stop);
  process.off("SIGTERM", stop);
  await simulator.stop();
  if (options.json !== true && options.quiet !== true) print(`Stopped after ${simulator.requests.length} calls.`);
}

function readFleet(file: string): FleetSpec {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`The fleet file ${file} cannot be read: ${messageOf(error)}`);
  }
  try {
    return parseFleet(JSON.parse(text) as unknown);
  } catch (error) {
    throw new Error(`The fleet file ${file} is wrong: ${messageOf(error)}`);
  }
}

function startFacts(simulator: Simulator): unknown {
  return {
    endpoint: simulator.endpoint,
    environment: simulator.env(),
    time: simulator.clock.now().toISOString(),
    machines: simulator.machines.map(({ instanceId, instanceName, product }) => ({
      instanceId,
      instanceName,
      product,
    })),
  };
}

function startText(simulator: Simulator): string {
  const exports = Object.entries(simulator.env()).map(([name, value]) => `  export ${name}=${value}`);
  return [
    `Simulated Zenlayer account at ${simulator.endpoint} (Ctrl-C ends it). To use it in another terminal:`,
    "",
    ...exports,
    "",
    ...machineTable(simulator.machines),
    "",
  ].join("\n");
}

function machineTable(machines: readonly Machine[]): string[] {
  const rows = machines.map((machine) => [
    machine.instanceId,
    machine.instanceName,
    machine.product.toUpperCase(),
    machine.instanceType,
    machine.instanceChargeType,
    machine.internetChargeType,
    machine.bandwidth === 0 ? "unlimited" : `${machine.bandwidth} Mbps`,
    machine.trafficPackageSize === null ? "-" : `${machine.trafficPackageSize} TB`,
    machine.instanceStatus,
    machine.expiredTime ?? "-",
  ]);
  const table = [
    ["id", "name", "product", "type", "charge", "internet charge", "bandwidth", "package", "status", "expires"],
    ...rows,
  ];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** One call as a line: time, action, machine, what was asked, what came of it. */
function requestLine(entry: RequestEntry): string {
  const asked = typeof entry.body === "object" && entry.body !== null ? Object.entries(entry.body) : [];
  const shown = asked
    .filter(([name]) => name !== "instanceId")
    .map(([name, value]) => `${name}=${Array.isArray(value) ? `[${value.length}]` : JSON.stringify(value)}`);
  const outcome = entry.status === 0 ? "no answer" : String(entry.status);
  return [
    entry.time.slice(0, 19).replace("T", " "),
    entry.service,
    entry.action,
    entry.instanceId,
    ...shown,
    "→",
    outcome,
    entry.code,
    entry.orderNumber === null ? null : `order ${entry.orderNumber}`,
    entry.unknownFields.length === 0 ? null : `(unknown: ${entry.unknownFields.join(", ")})`,
    entry.fault === null ? null : `(fault ${entry.fault}${entry.executed ? ", carried out" : ""})`,
  ]
    .filter((part) => part !== null && part !== "")
    .join(" ");
}

function collectKnob(text: string, previous: Partial<Knobs> | undefined): Partial<Knobs> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Write it as name=value.");
  const knobs = defaultKnobs();
  const name = text.slice(0, at);
  try {
    setKnob(knobs, name, text.slice(at + 1));
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
  return { ...previous, [name]: knobs[name as keyof Knobs] };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
  return port;
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (text.trim() === "" || !Number.isFinite(speed) || speed < 0)
    throw new InvalidArgumentError("A speed is a number ≥ 0.");
  return speed;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
