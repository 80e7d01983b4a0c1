// Runs a program without a shell and waits for it. Its stdin is closed, so nothing ever waits for an answer.
import { spawn } from "node:child_process";
import { TaskFailure } from "./failure.mjs";
import { ROOT } from "./root.mjs";

/**
 * With `capture`, the output is collected and not shown; otherwise it goes straight to the terminal.
 * Returns the exit code (1 when a signal ended the program) and what was captured.
 */
export function execute(command, args, { capture = false, env = process.env, cwd = ROOT } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = capture ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"];
    const child = spawn(command, args, { cwd, env, stdio });
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => reject(new TaskFailure(`${command} could not be started: ${error.message}.`)));
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }));
  });
}

/** The same for a program of a dependency, run by this very Node: `script` is a path below node_modules. */
export function executeNode(script, args, options) {
  return execute(process.execPath, [script, ...args], options);
}
