// Machines that people list in a file: fleet.yaml says of each fleet what most of its machines should be, and of each machine what is different.
import { readFileSync } from "node:fs";
import { App, Aspects, TerraformStack } from "cdktf";
import {
  LimitImmediateCharge,
  MachineFleet,
  ZenlayerProvider,
  type FleetSpecification,
  type MachineFleetProps,
} from "cdktf-zenlayer";
import { parse } from "yaml";

interface Fleets {
  /** Most that one machine may charge at once, in the account's currency. */
  readonly chargeLimit: number;
  readonly fleets: Readonly<Record<string, MachineFleetProps<FleetSpecification>>>;
}

// JSON is YAML: name a .json file here and nothing else changes.
const { chargeLimit, fleets } = parse(readFileSync("fleet.yaml", "utf8")) as Fleets;

const app = new App();
const stack = new TerraformStack(app, "fleet");
new ZenlayerProvider(stack, "zenlayer");

// What is misspelt or missing in the file is refused here, with the machine's name.
for (const [name, fleet] of Object.entries(fleets)) new MachineFleet(stack, name, fleet);

Aspects.of(stack).add(new LimitImmediateCharge(chargeLimit));

app.synth();
