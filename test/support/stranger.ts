// Somebody else at the keyboard: a user id without a name (where this process may choose one), with an environment of the test's own.
import { spawn } from "node:child_process";
import { chown, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { installPlugin } from "./plugin-executable";

/** No system gives this id a name. */
const NOBODY_KNOWN = 54_321;
const mayChoose = process.getuid?.() === 0;

export interface Told {
  readonly code: number | null;
  /** What a person reads, without colours and the frame around errors, in one line. */
  readonly text: string;
}

export class Stranger {
  /** With the plugin as it is packaged, launcher included, in a directory that is the stranger's. */
  static async arrive(): Promise<Stranger> {
    const directory = await mkdtemp(join(tmpdir(), "stranger-"));
    await installPlugin(directory);
    await mkdir(join(directory, "work"));
    const stranger = new Stranger(directory);
    await stranger.takeOver();
    return stranger;
  }

  private constructor(private readonly directory: string) {}

  /** Where Terraform runs. */
  get workingDirectory(): string {
    return join(this.directory, "work");
  }

  /** Writes a file of the working directory. */
  async write(name: string, text: string): Promise<void> {
    const file = join(this.workingDirectory, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    await this.takeOver();
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.workingDirectory, name), { recursive: true, force: true });
  }

  /**
   * Runs Terraform. Nothing of this process's environment but PATH; HOME only if given. Whoever cannot choose a user id keeps its own, and an
   * empty HOME stands for none, so that nobody's real profile is ever read.
   */
  async terraform(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Told> {
    const who = mayChoose ? { uid: NOBODY_KNOWN, gid: NOBODY_KNOWN } : {};
    const binary = process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";
    return new Promise((resolve, reject) => {
      const child = spawn(binary, [...args], {
        ...who,
        cwd: this.workingDirectory,
        env: {
          PATH: process.env["PATH"] ?? "",
          ...(mayChoose ? {} : { HOME: "" }),
          TF_CLI_CONFIG_FILE: join(this.directory, "plugin.tfrc"),
          CHECKPOINT_DISABLE: "1",
          TF_INPUT: "0",
          ...env,
        },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (text: string) => (output += text));
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, text: readable(output) }));
    });
  }

  async leave(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  private async takeOver(): Promise<void> {
    if (!mayChoose) return;
    const below = await readdir(this.directory, { recursive: true });
    for (const name of ["", ...below]) await chown(join(this.directory, name), NOBODY_KNOWN, NOBODY_KNOWN);
  }
}

function readable(output: string): string {
  return output.replace(/\u001b\[[0-9;]*m/g, "").replace(/[\s│╷╵]+/g, " ");
}
