// Runs a program in a test without blocking, and gives back what it printed.
import { execFile } from "node:child_process";

/** The executable that the tests ask for: Terraform, or OpenTofu under its own name or path. */
export const TERRAFORM = process.env["TERRAFORM_BINARY_NAME"] ?? "terraform";

export interface Executed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function execute(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Executed> {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, CHECKPOINT_DISABLE: "1", ...options.env };
  return new Promise((resolve, reject) => {
    const child = execFile(
      command,
      [...args],
      { cwd: options.cwd, env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error !== null && typeof error.code !== "number") reject(error);
        else resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
      },
    );
    child.stdin?.end();
  });
}

/** The same for programs that must succeed. */
export async function mustExecute(...parameters: Parameters<typeof execute>): Promise<Executed> {
  const result = await execute(...parameters);
  if (result.code === 0) return result;
  const [command, args] = parameters;
  throw new Error(`${command} ${args.join(" ")} ended with ${result.code}:\n${result.stdout}${result.stderr}`);
}
