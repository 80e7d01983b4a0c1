// `cdktf-zenlayer adopt`: reads an account and writes the configuration that adopts its machines. Sends no change, whatever is asked.
import { existsSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { createClient, isZenlayerError, resolveCredentials, resolveEndpoint, type Product } from "../api";
import { PROVIDER_VERSION } from "../schema";
import { parseTag, type MachineFilter, type Tag } from "./adopt/filter";
import { readAccount, type Inventory } from "./adopt/inventory";
import { Progress, type ProgressStream } from "./adopt/progress";
import { commentText } from "./adopt/escape";
import type { ProviderSettings } from "./adopt/words";
import { writeConstructs } from "./adopt/write-constructs";
import { writeHcl } from "./adopt/write-hcl";
import { writeJson } from "./adopt/write-json";

const FORMATS = ["constructs", "hcl"] as const;
type Format = (typeof FORMATS)[number];

interface Options {
  readonly product?: Product;
  readonly zone?: string;
  readonly tag?: readonly Tag[];
  readonly name?: string;
  readonly resourceGroup?: string;
  readonly format?: Format;
  readonly json?: true;
  readonly out?: string;
  readonly force?: true;
  readonly endpoint?: string;
  readonly profile?: string;
}

/** The world as the command sees it; a test gives its own. */
export interface AdoptIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ProgressStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where profile files are looked for. @default the home directory of the user */
  readonly home?: string;
  readonly exit: (code: number) => void;
}

const HELP = `
Written is what each machine is committed to: the target of a scheduled change, else the value in force. The first plan
imports and changes nothing. What cannot be set (unlimited bandwidth, packages where there are none, machines in the
recycle bin) is left out with a comment that says why.

Credentials and endpoint come from where the provider takes them: ZENLAYERCLOUD_ACCESS_KEY_ID and
ZENLAYERCLOUD_ACCESS_KEY_PASSWORD, or ZENLAYER_TOKEN, or a profile of the official CLI; ZENLAYER_ENDPOINT.

Examples:
  $ cdktf-zenlayer adopt --out main.ts                    all machines, as a program for CDK for Terraform
  $ cdktf-zenlayer adopt --format hcl --out adopted.tf    all machines, as plain HCL with import blocks
  $ cdktf-zenlayer adopt --zone SEL-A --tag env=prod      some of them, to look at
  $ cdktf-zenlayer adopt --product bmc --name 'edge-*' --json

Exit codes:
  0  written, or listed with --json
  1  error: wrong option, no credentials, the account cannot be read, the file exists
  2  nothing to adopt: no machine fits, or none that fits can be adopted; only --json writes its list`;

/** The subcommand for the program. */
export function adoptCommand(io: AdoptIo = processIo()): Command {
  return new Command("adopt")
    .summary("write the configuration of machines that exist already")
    .description("Lists the machines of an account and writes constructs or HCL that adopt them. Changes nothing.")
    .addOption(new Option("--product <product>", "only virtual or only bare-metal machines").choices(["vm", "bmc"]))
    .option("--zone <id>", "only machines of this zone, such as SEL-A")
    .option("--tag <key=value>", "only machines with this tag; may be repeated, then all must be there", collectTag)
    .option("--name <glob>", "only machines of this name; * is any text, ? one character")
    .option("--resource-group <id>", "only machines of this resource group, by id or name")
    .addOption(new Option("--format <format>", "default: by the ending of --out, else constructs").choices(FORMATS))
    .addOption(new Option("--json", "list what would be adopted as JSON instead").conflicts("format"))
    .option("--out <file>", "write there instead of to standard output")
    .option("--force", "let --out replace a file")
    .option("--endpoint <url>", "address of the service; also written into the provider's configuration")
    .option("--profile <name>", "profile of the official CLI; also written into the provider's configuration")
    .addHelpText("after", HELP)
    .action((options: Options) => adopt(options, io));
}

async function adopt(options: Options, io: AdoptIo): Promise<void> {
  const { out } = options;
  const replace = options.force === true;
  if (replace && out === undefined) throw new Error("--force needs --out: it lets --out replace a file.");
  // Known before anything is asked: reading a large account takes a while.
  if (out !== undefined) checkTarget(out, replace);
  const { inventory, settings } = await read(options, io);
  const nothing = inventory.adopted.length === 0;
  if (nothing) io.stderr.write(`Nothing to adopt: ${whyNothing(inventory, options)}\n`);
  if (options.json === true || !nothing) {
    const text = render(inventory, settings, options);
    if (out === undefined) io.stdout.write(text);
    else save(out, text, replace);
    if (options.json !== true) io.stderr.write(`${summary(inventory, out)}\n`);
  }
  io.exit(nothing ? 2 : 0);
}

async function read(
  options: Options,
  io: AdoptIo,
): Promise<{ readonly inventory: Inventory; readonly settings: ProviderSettings }> {
  const { endpoint, profile } = options;
  const address = resolveEndpoint({ explicit: endpoint, env: io.env });
  const credentials = resolveCredentials({
    explicit: { profile },
    env: io.env,
    ...(io.home === undefined ? {} : { home: io.home }),
  });
  const products: readonly Product[] = options.product === undefined ? ["vm", "bmc"] : [options.product];
  const client = createClient({ credentials, endpoint: address, clientName: `cdktf-zenlayer-${PROVIDER_VERSION}` });
  const progress = new Progress(io.stderr);
  try {
    const inventory = await readAccount(client, products, filterOf(options), (text) => progress.report(text));
    const settings = {
      ...(endpoint === undefined ? {} : { endpoint: address }),
      ...(profile === undefined ? {} : { profile }),
    };
    return { inventory, settings };
  } catch (error) {
    throw withHint(error, products);
  } finally {
    progress.end();
    client.close();
  }
}

function render(inventory: Inventory, settings: ProviderSettings, options: Options): string {
  if (options.json === true) return writeJson(inventory);
  const format = options.format ?? (extname(options.out ?? "") === ".tf" ? "hcl" : "constructs");
  return format === "hcl" ? writeHcl(inventory, settings) : writeConstructs(inventory, settings);
}

function checkTarget(file: string, replace: boolean): void {
  if (existsSync(file)) {
    if (!replace) throw alreadyThere(file);
    if (statSync(file).isDirectory()) throw new Error(`${file} cannot be written: it is a directory.`);
  } else if (!existsSync(dirname(file))) {
    throw new Error(`${file} cannot be written: its directory does not exist.`);
  }
}

function save(file: string, text: string, replace: boolean): void {
  try {
    writeFileSync(file, text, { flag: replace ? "w" : "wx" });
  } catch (error) {
    throw new Error(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  }
}

function alreadyThere(file: string): Error {
  return new Error(`${file} exists already. Give --force to replace it, or another name with --out.`);
}

function summary({ adopted, skipped }: Inventory, out: string | undefined): string {
  const resources = adopted.reduce((sum, { specifications }) => sum + specifications.length, 0);
  const left = skipped.length === 0 ? "" : `; ${count(skipped.length, "machine")} left out, see the end of it`;
  return `Wrote ${count(resources, "resource")} for ${count(adopted.length, "machine")}${out === undefined ? "" : ` to ${out}`}${left}.`;
}

function whyNothing({ skipped, listed, zones }: Inventory, options: Options): string {
  if (skipped.length > 0) {
    const reasons = skipped.map(
      ({ instance, reason }) =>
        `\n  ${commentText(instance.instanceName)} (${instance.instanceId}): ${commentText(reason)}`,
    );
    return `none of the machines can be adopted.${reasons.join("")}`;
  }
  const kind = options.product === undefined ? "" : ` (only ${options.product} was read)`;
  if (listed === 0) return `the account has no machines that this key may see${kind}.`;
  const zone = options.zone === undefined ? "" : ` Zones with machines: ${zones.map(commentText).join(", ")}.`;
  return `none of ${count(listed, "machine")} fits ${givenFilters(options).join(" ")}${kind}.${zone}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** A key that may read one product only is common. */
function withHint(error: unknown, products: readonly Product[]): unknown {
  if (!isZenlayerError(error) || error.code !== "AUTHFAILURE_UNAUTHORIZED_OPERATION" || products.length === 1)
    return error;
  return new Error(`${error.message} With --product vm or --product bmc the other product is not read.`, {
    cause: error,
  });
}

function filterOf({ zone, tag, name, resourceGroup }: Options): MachineFilter {
  return {
    ...(zone === undefined ? {} : { zone }),
    ...(tag === undefined ? {} : { tags: tag }),
    ...(name === undefined ? {} : { name }),
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
  };
}

function givenFilters({ zone, tag = [], name, resourceGroup }: Options): readonly string[] {
  const given: readonly (readonly [string, string | undefined])[] = [
    ["--zone", zone],
    ...tag.map(({ key, value }) => ["--tag", `${key}=${value}`] as const),
    ["--name", name],
    ["--resource-group", resourceGroup],
  ];
  return given.flatMap(([option, value]) => (value === undefined ? [] : [`${option} ${JSON.stringify(value)}`]));
}

function collectTag(text: string, previous: readonly Tag[] | undefined): readonly Tag[] {
  const tag = parseTag(text);
  if (tag === null) throw new InvalidArgumentError("Write it as key=value, such as env=prod.");
  return [...(previous ?? []), tag];
}

function processIo(): AdoptIo {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    exit: (code) => {
      process.exitCode = code;
    },
  };
}
