// Machines that people list in a file: one construct (or two, for a bare-metal machine) for each line of fleet.yaml.
import { readFileSync } from "node:fs";
import { App, Aspects, TerraformStack } from "cdktf";
import {
  BmcBandwidth,
  BmcTrafficPackage,
  LimitImmediateCharge,
  VmInstanceSpec,
  ZenlayerProvider,
} from "cdktf-zenlayer";
import { parse } from "yaml";

interface Fleet {
  /** Most that one machine may charge at once, in the account's currency. */
  readonly chargeLimit: number;
  readonly vm: Readonly<Record<string, VmEntry>>;
  readonly bmc: Readonly<Record<string, BmcEntry>>;
}

interface VmEntry {
  readonly id: string;
  readonly type?: string;
  readonly bandwidth?: number; // Mbps
  readonly trafficPackage?: number; // TB
}

interface BmcEntry {
  readonly id: string;
  readonly bandwidth?: number; // Mbps
  readonly trafficPackage?: number; // TB
}

// JSON is YAML: name a .json file here and nothing else changes.
const fleet = parse(readFileSync("fleet.yaml", "utf8")) as Fleet;

const app = new App();
const stack = new TerraformStack(app, "fleet");
new ZenlayerProvider(stack, "zenlayer");

for (const [name, machine] of Object.entries(fleet.vm)) {
  refuseUnknown(name, machine, ["id", "type", "bandwidth", "trafficPackage"]);
  new VmInstanceSpec(stack, name, {
    instance: machine.id,
    instanceType: machine.type,
    bandwidth: machine.bandwidth,
    trafficPackageSize: machine.trafficPackage,
  });
}

for (const [name, machine] of Object.entries(fleet.bmc)) {
  refuseUnknown(name, machine, ["id", "bandwidth", "trafficPackage"]);
  const { id: instance, bandwidth, trafficPackage } = machine;
  if (bandwidth !== undefined) new BmcBandwidth(stack, `${name}-bandwidth`, { instance, bandwidth });
  if (trafficPackage !== undefined) {
    new BmcTrafficPackage(stack, `${name}-traffic`, { instance, trafficPackageSize: trafficPackage });
  }
}

Aspects.of(stack).add(new LimitImmediateCharge(fleet.chargeLimit));

app.synth();

/** A misspelt field would leave a value unmanaged without a word. */
function refuseUnknown(name: string, machine: object, known: readonly string[]): void {
  const unknown = Object.keys(machine).filter((field) => !known.includes(field));
  if (unknown.length > 0) {
    throw new Error(`fleet.yaml: ${name}: unknown field ${unknown.join(", ")}; allowed are ${known.join(", ")}`);
  }
}
