// Running a command as a terminal would, shown on Node in place of Terraform.
import { TerraformProcess } from "../../lib/testing/terraform-process";

const start = (script: string, options = {}) =>
  new TerraformProcess(process.execPath, ["-e", script], process.cwd(), { PATH: process.env["PATH"] ?? "" }, options);

/** Prints "ready" once it listens, counts interrupts and ends at the second. */
const COUNTS_INTERRUPTS =
  'let n = 0; process.on("SIGINT", () => { console.log("interrupt", ++n); if (n === 2) process.exit(7); }); setInterval(() => {}, 1000); console.log("ready");';

test("gives exit code and both outputs", async () => {
  const { result } = start('console.log("out"); console.error("err"); process.exitCode = 3');
  expect(await result).toMatchObject({ exitCode: 3, signal: null, stdout: "out\n", stderr: "err\n" });
});

test("sees only the environment it was given", async () => {
  const { result } = start("console.log(Object.keys(process.env).sort().join())", { env: { GIVEN: "1" } });
  expect((await result).stdout).toBe("GIVEN,PATH\n");
});

test("an interrupt reaches the command each time", async () => {
  const command = start(COUNTS_INTERRUPTS, { onOutput: () => command.interrupt() });
  expect(await command.result).toMatchObject({ exitCode: 7, stdout: "ready\ninterrupt 1\ninterrupt 2\n" });
});

test("an aborted signal interrupts once", async () => {
  const controller = new AbortController();
  const script =
    'process.on("SIGINT", () => { console.log("stopping"); process.exit(1); }); setInterval(() => {}, 1000); console.log("ready");';
  const command = start(script, { signal: controller.signal, onOutput: () => controller.abort() });
  expect(await command.result).toMatchObject({ exitCode: 1, stdout: "ready\nstopping\n" });
});

test("a kill ends it without exit code", async () => {
  const command = start(COUNTS_INTERRUPTS, { onOutput: () => command.kill() });
  expect(await command.result).toMatchObject({ exitCode: null, signal: "SIGKILL" });
});

test("a missing executable is told in one sentence", async () => {
  const command = new TerraformProcess("no-such-terraform", ["version"], process.cwd(), {});
  await expect(command.result).rejects.toThrow(
    /^"no-such-terraform" was not found: install Terraform \(https:.*\) or OpenTofu \(https:.*\), put it on PATH, or name the executable in TERRAFORM_BINARY_NAME\.$/,
  );
});
