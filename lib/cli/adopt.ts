// `cdktf-zenlayer adopt`: reads an account and writes the configuration that adopts its machines. Sends no change, whatever is asked.
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { createClient, isZenlayerError, resolveCredentials, resolveEndpoint, type Product } from "../api";
import { PROVIDER_VERSION } from "../schema";
import { parseTag, type MachineFilter, type Tag } from "./adopt/filter";
import { readAccount, type Inventory } from "./adopt/inventory";
import { FORMATS, languageOf, modulesBeside, namesIn, type Format, type Language } from "./adopt/language";
import { readStates } from "./adopt/managed";
import { Progress, type ProgressStream } from "./adopt/progress";
import { commentText } from "./adopt/escape";
import { resourceCount, skippedLines, type ProviderSettings } from "./adopt/words";
import { writeConstructs } from "./adopt/write-constructs";
import { writeHcl } from "./adopt/write-hcl";
import { writeJson } from "./adopt/write-json";
import { writeTerraformJson } from "./adopt/write-terraform-json";
import { collect, messageOf } from "./shared";

const PRODUCTS: readonly Product[] = ["vm", "bmc"];
const LIBRARIES = ["cdktf", "cdktn"] as const;

interface Options {
  readonly product?: readonly Product[];
  readonly zone?: readonly string[];
  readonly tag?: readonly Tag[];
  readonly name?: readonly string[];
  readonly resourceGroup?: readonly string[];
  readonly state?: readonly string[];
  readonly format?: Format;
  readonly library: (typeof LIBRARIES)[number];
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
  /** Reads all of standard input. @default that of the process */
  readonly stdin?: () => string;
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
  $ cdktf-zenlayer adopt --out adopted.tf                 all machines, as plain HCL with import blocks
  $ cdktf-zenlayer adopt --state . --out more.ts          those that no state here or below manages yet
  $ terraform state pull | cdktf-zenlayer adopt --state - --out more.tf
  $ cdktf-zenlayer adopt --zone SEL-A --zone SEL-B --tag env=prod      some of them, to look at
  $ cdktf-zenlayer adopt --product bmc --name 'edge-*' --json

Exit codes:
  0  written, or listed with --json
  1  error: wrong option, no credentials, the account or a state cannot be read, the file exists
  2  nothing to adopt: no machine fits, or none that fits can be adopted; only --json writes its list`;

/** The subcommand for the program. */
export function adoptCommand(io: AdoptIo = processIo()): Command {
  return new Command("adopt")
    .summary("write the configuration of machines that exist already")
    .description("Lists the machines of an account and writes constructs or HCL that adopt them. Changes nothing.")
    .option("--product <product>", "only virtual (vm) or only bare-metal machines (bmc)", collectProduct)
    .option("--zone <id>", "only machines of this zone, such as SEL-A; may be repeated", collect)
    .option("--tag <key=value>", "only machines with this tag; may be repeated, then all must be there", collectTag)
    .option("--name <glob>", "only machines of this name; * is any text, ? one character; may be repeated", collect)
    .option("--resource-group <id>", "only machines of this resource group, by id or name; may be repeated", collect)
    .option("--state <file|dir>", "leave out what this state, or a *.tfstate there, manages; may be repeated", collect)
    .addOption(new Option("--format <format>", "default: by the suffix of --out, else constructs").choices(FORMATS))
    .addOption(new Option("--library <name>", "what a program is written for").choices(LIBRARIES).default("cdktf"))
    .addOption(new Option("--json", "list what would be adopted as JSON instead").conflicts("format"))
    .option("--out <file>", "write there; its suffix says how: .ts, .js, .tf, .tf.json, or .json for the list")
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
  const language = languageOf(options);
  const { inventory, settings } = await read(options, language, io);
  const nothing = inventory.adopted.length === 0;
  if (nothing) io.stderr.write(`Nothing to adopt: ${whyNothing(inventory, options)}\n`);
  if (language === "list" || !nothing) {
    const text = render(inventory, settings, options, language);
    if (out === undefined) io.stdout.write(text);
    else save(out, text, replace);
    if (language !== "list") io.stderr.write(`${summary(inventory, out)}\n`);
  }
  io.exit(nothing ? 2 : 0);
}

async function read(
  options: Options,
  language: Language,
  io: AdoptIo,
): Promise<{ readonly inventory: Inventory; readonly settings: ProviderSettings }> {
  const { endpoint, profile } = options;
  const managed = readStates(options.state ?? [], io.stdin ?? (() => readFileSync(0, "utf8")));
  const address = resolveEndpoint({ explicit: endpoint, env: io.env });
  const credentials = resolveCredentials({
    explicit: { profile },
    env: io.env,
    ...(io.home === undefined ? {} : { home: io.home }),
  });
  const products = PRODUCTS.filter((product) => options.product?.includes(product) ?? true);
  const client = createClient({ credentials, endpoint: address, clientName: `cdktf-zenlayer-${PROVIDER_VERSION}` });
  const progress = new Progress(io.stderr);
  try {
    const wanted = { products, filter: filterOf(options), managed, names: namesIn(language) };
    const inventory = await readAccount(client, wanted, (text) => progress.report(text));
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

function render(inventory: Inventory, settings: ProviderSettings, options: Options, language: Language): string {
  if (language === "list") return writeJson(inventory);
  if (language === "hcl") return writeHcl(inventory, settings);
  if (language === "terraform-json") return writeTerraformJson(inventory, settings);
  const modules = language === "constructs" ? "import" : modulesBeside(options.out ?? ".");
  return writeConstructs(inventory, settings, { language, library: options.library, modules });
}

function checkTarget(file: string, replace: boolean): void {
  if (existsSync(file)) {
    if (!replace) throw new Error(`${file} exists already. Give --force to replace it, or another name with --out.`);
    if (statSync(file).isDirectory()) throw new Error(`${file} cannot be written: it is a directory.`);
  } else if (!existsSync(dirname(file))) {
    throw new Error(`${file} cannot be written: its directory does not exist.`);
  }
}

function save(file: string, text: string, replace: boolean): void {
  try {
    writeFileSync(file, text, { flag: replace ? "w" : "wx" });
  } catch (error) {
    throw new Error(`${file} cannot be written: ${messageOf(error)}.`, { cause: error });
  }
}

function summary({ adopted, skipped }: Inventory, out: string | undefined): string {
  const managed = skipped.filter(({ addresses }) => addresses !== undefined).length;
  const already = managed === 0 ? "" : ` (${managed} managed already)`;
  const left = skipped.length === 0 ? "" : `; ${count(skipped.length, "machine")} left out${already}, see its comments`;
  const resources = count(resourceCount(adopted), "resource");
  return `Wrote ${resources} for ${count(adopted.length, "machine")}${out === undefined ? "" : ` to ${out}`}${left}.`;
}

function whyNothing({ skipped, listed, zones }: Inventory, options: Options): string {
  if (skipped.length > 0) {
    const [, ...reasons] = skippedLines(skipped).map((line) => `\n${commentText(line)}`);
    return `none of the machines can be adopted.${reasons.join("")}`;
  }
  const kind = options.product === undefined ? "" : ` (only ${[...new Set(options.product)].join(" and ")} was read)`;
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
  return { zones: zone ?? [], tags: tag ?? [], names: name ?? [], resourceGroups: resourceGroup ?? [] };
}

function givenFilters({ zone = [], tag = [], name = [], resourceGroup = [] }: Options): readonly string[] {
  const given: readonly (readonly [string, readonly string[]])[] = [
    ["--zone", zone],
    ["--tag", tag.map(({ key, value }) => `${key}=${value}`)],
    ["--name", name],
    ["--resource-group", resourceGroup],
  ];
  return given.flatMap(([option, values]) => values.map((value) => `${option} ${JSON.stringify(value)}`));
}

function collectProduct(text: string, previous: readonly Product[] | undefined): readonly Product[] {
  const product = PRODUCTS.find((each) => each === text);
  if (product === undefined) throw new InvalidArgumentError(`Allowed choices are ${PRODUCTS.join(", ")}.`);
  return [...(previous ?? []), product];
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
