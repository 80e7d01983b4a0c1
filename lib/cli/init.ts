// `cdktf-zenlayer init`: a first project that runs as it stands. Writes new files only, and asks no registry.
import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, delimiter, join, resolve } from "node:path";
import { Command, Option } from "commander";
import { makeDirectory } from "../delivery";
import { LIBRARIES, missingFiles, neededPackages, projectFiles, STACK, type Library } from "./init/project";
import { messageOf } from "./shared";

interface Options {
  readonly library?: Library;
  readonly account?: true;
}

/** The world as the command sees it; a test gives its own. */
export interface InitIo {
  readonly stdout: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
}

const HELP = `
Written are main.ts, tsconfig.json and cdktf.json, which must not be there yet, and package.json and .gitignore where there are none. Nothing is
installed and nothing is asked of any account; what to type next is printed.

Examples:
  $ npx cdktf-zenlayer init                       here, for the simulated account
  $ npx cdktf-zenlayer init machines --account    in the directory machines, for an account of Zenlayer: it only looks
  $ npx cdktf-zenlayer init --library cdktf       with cdktf instead of its successor cdktn

Exit codes:
  0  written
  1  error: wrong option, a file exists already, the directory cannot be written`;

/** The subcommand for the program. */
export function initCommand(io: InitIo = process): Command {
  return new Command("init")
    .summary("write a first project that runs as it stands")
    .description("Writes a first project in TypeScript, with everything that it needs to be compiled and planned.")
    .argument("[directory]", "where to; made when it does not exist", ".")
    .addOption(
      new Option(
        "--library <name>",
        "default: what package.json has, else cdktn, the living successor of cdktf",
      ).choices(LIBRARIES),
    )
    .option("--account", "for an account of Zenlayer instead of the simulated one")
    .addHelpText("after", HELP)
    .action((directory: string, options: Options) => init(directory, options, io));
}

function init(directory: string, options: Options, io: InitIo): void {
  const present = packagesIn(directory);
  const library = options.library ?? LIBRARIES.find((each) => present?.includes(each)) ?? "cdktn";
  const project = { library, account: options.account === true ? "real" : "simulated" } as const;
  const files = projectFiles(project);
  const there = Object.keys(files).filter((name) => existsSync(join(directory, name)));
  if (there.length > 0) {
    throw new Error(
      `${there.join(", ")} ${there.length === 1 ? "exists" : "exist"} already in ${resolve(directory)}, and init replaces nothing: name an empty directory.`,
    );
  }
  const missing = Object.entries(missingFiles(projectName(directory), project)).filter(
    ([name]) => !existsSync(join(directory, name)),
  );
  const written = [...Object.entries(files), ...missing];
  write(directory, written);
  const terraform = io.env["TERRAFORM_BINARY_NAME"] || "terraform";
  const steps = [
    ...(directory === "." ? [] : [`cd ${directory}`]),
    ...install(present, library),
    ...(options.account === true
      ? ["export ZENLAYERCLOUD_ACCESS_KEY_ID=… ZENLAYERCLOUD_ACCESS_KEY_PASSWORD=…"]
      : ["npx cdktf-zenlayer simulate      # in another terminal; then type here what it prints"]),
    "npx tsc && node main.js",
    `cd cdktf.out/stacks/${STACK}`,
    `${terraform} init && ${terraform} plan`,
  ];
  io.stdout.write(
    [
      `Wrote ${written.map(([name]) => name).join(", ")}. Next:`,
      "",
      ...steps.map((step) => `  ${step}`),
      "",
      ...(isOnPath(terraform, io.env) ? [] : [missingCommand(terraform), ""]),
    ].join("\n"),
  );
}

function write(directory: string, files: readonly (readonly [name: string, text: string])[]): void {
  try {
    makeDirectory(directory);
    for (const [name, text] of files) writeFileSync(join(directory, name), text, { flag: "wx" });
  } catch (error) {
    throw new Error(`${JSON.stringify(directory)} cannot be written: ${messageOf(error)}.`, { cause: error });
  }
}

function missingCommand(name: string): string {
  return (
    `"${name}" is not on PATH yet: install Terraform 1.6 or newer (https://developer.hashicorp.com/terraform/install), or OpenTofu ` +
    `(https://opentofu.org/docs/intro/install) with TERRAFORM_BINARY_NAME=tofu.`
  );
}

/** What has to be installed, in the words of npm. */
function install(present: readonly string[] | null, library: Library): readonly string[] {
  if (present === null) return ["npm install"];
  const { dependencies, devDependencies } = neededPackages(library);
  const line = (packages: { readonly [name: string]: string }, option: string): readonly string[] => {
    const lacking = Object.entries(packages).filter(([name]) => !present.includes(name));
    if (lacking.length === 0) return [];
    return [`npm install ${option}${lacking.map(([name, range]) => `"${name}@${range}"`).join(" ")}`];
  };
  return [...line(dependencies, ""), ...line(devDependencies, "--save-dev ")];
}

/** Names that package.json depends on; null where there is none. */
function packagesIn(directory: string): readonly string[] | null {
  const file = join(directory, "package.json");
  if (!existsSync(file)) return null;
  let manifest: { readonly dependencies?: object; readonly devDependencies?: object } | null;
  try {
    manifest = JSON.parse(readFileSync(file, "utf8")) as typeof manifest;
  } catch (error) {
    throw new Error(`${file} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
  return Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies });
}

/** A name that npm accepts. */
function projectName(directory: string): string {
  const words = basename(resolve(directory))
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join("-") ?? STACK;
}

function isOnPath(command: string, env: InitIo["env"]): boolean {
  const folders = command.includes("/") ? [""] : (env["PATH"] ?? "").split(delimiter);
  return folders.some((folder) => isExecutable(folder === "" ? command : join(folder, command)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
