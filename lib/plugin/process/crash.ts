// Exceptions that nobody caught: Terraform shows the lines after `panic: ` to the user, without any log level.
import { writeToStderr } from "../log/logger";
import { maskSecrets } from "../log/secrets";

export function installCrashReport(): void {
  const report = (error: unknown): void => {
    if (isBrokenPipe(error)) return;
    writeToStderr(crashText(error));
    process.exit(2);
  };
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
}

export function crashText(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `panic: ${maskSecrets(text)}\n`;
}

/** Terraform died first and nobody reads our output: no reason to fail. */
function isBrokenPipe(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code === "EPIPE" && syscall === "write";
}
