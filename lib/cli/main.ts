// The `cdktf-zenlayer` command. Each subcommand is loaded only when it is asked for, so that help and version answer at once.
import { Command, CommanderError } from "commander";
import { PROVIDER_VERSION } from "../schema";
import { messageOf } from "./shared";

interface Subcommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: "init",
    summary: "write a first project that runs as it stands",
    load: async () => (await import("./init.js")).initCommand(),
  },
  {
    name: "review",
    summary: "turn a Terraform plan into what its reviewer needs to know",
    load: async () => (await import("./review.js")).reviewCommand(),
  },
  {
    name: "adopt",
    summary: "write the configuration of the machines of an account",
    load: async () => (await import("./adopt.js")).adoptCommand(),
  },
  {
    name: "simulate",
    summary: "run a simulated Zenlayer account on this machine",
    load: async () => (await import("./simulate.js")).simulateCommand(),
  },
  {
    name: "plugin",
    summary: "install the Terraform provider for plain HCL, mirror or release it",
    load: async () => (await import("./plugin.js")).pluginCommand(),
  },
];

const EXAMPLES = `
Examples:
  $ cdktf-zenlayer init                                     a first project that runs as it stands
  $ cdktf-zenlayer simulate                                 a Zenlayer account to try everything on, at no cost
  $ terraform show -json tfplan | cdktf-zenlayer review -   what a plan changes, when, and what it charges
  $ cdktf-zenlayer adopt                                    bring the machines of an account under Terraform
  $ cdktf-zenlayer plugin install                           let "terraform init" find the provider

Exit codes:
  0  done
  1  error: an unknown command, or what its own help says
More codes, and everything else, stand in the help of each command: cdktf-zenlayer review --help.`;

/** The program as far as `argv` needs it: the named subcommand complete, the others as names with a summary. */
async function createProgram(args: readonly string[]): Promise<Command> {
  const program = new Command("cdktf-zenlayer")
    .description(
      "Plan and apply the specification of Zenlayer machines with Terraform: review plans, adopt machines, simulate an account.",
    )
    .version(PROVIDER_VERSION)
    .helpCommand(false)
    .showHelpAfterError("(see --help)")
    .addHelpText("after", EXAMPLES);
  const requested = args.find((arg) => !arg.startsWith("-"));
  for (const { name, summary, load } of SUBCOMMANDS) {
    program.addCommand(name === requested ? await load() : new Command(name).summary(summary).description(summary));
  }
  throwInsteadOfExit(program);
  return program;
}

function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  command.commands.forEach(throwInsteadOfExit);
}

/** Runs the command line (without node and script). Returns the exit code; trouble is one sentence on stderr. */
export async function run(args: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<number> {
  try {
    const program = await createProgram(args);
    if (args.length === 0) {
      program.outputHelp();
      return 0;
    }
    await program.parseAsync([...args], { from: "user" });
    return typeof process.exitCode === "number" ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    console.error(environment["CDKTF_ZENLAYER_DEBUG"] === "1" ? error : `cdktf-zenlayer: ${messageOf(error)}`);
    return 1;
  }
}

/** Entry of the executable. The exit code is set, not forced, so that output is written to its end. */
export function main(argv: readonly string[]): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader has seen enough (`| head`).
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
  void run(argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
