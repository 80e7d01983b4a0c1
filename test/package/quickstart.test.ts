// `npm run quickstart` as a newcomer runs it: the packaged plugin with its real handshake, found by `terraform init` without any configuration.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, TERRAFORM } from "../support/execute";

const ROOT = join(__dirname, "..", "..");

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "quickstart-"));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test("the story is told to its end, by a program of another name, with an environment that means to disturb it", async () => {
  const tofu = join(directory, "tofu");
  await writeFile(tofu, `#!/bin/sh\necho "Warning: {Deprecated} setting"\nexec ${TERRAFORM} "$@"\n`, { mode: 0o755 });
  const { code, stdout, stderr } = await execute(process.execPath, ["scripts/run.mjs", "quickstart"], {
    cwd: ROOT,
    env: {
      TERRAFORM_BINARY_NAME: tofu,
      TF_CLI_ARGS_plan: "-destroy",
      ZENLAYER_ENDPOINT: "http://127.0.0.1:1",
      TF_DATA_DIR: "/nonexistent",
    },
  });
  expect(stderr).toBe("");
  expect(code).toBe(0);
  const story = [
    "$ tofu init -input=false",
    "Plan: 3 to import, 0 to add, 0 to change, 0 to destroy.",
    "Plan: 0 to add, 3 to change, 0 to destroy.",
    "Apply complete! Resources: 0 added, 3 changed, 0 destroyed.",
    "No changes.",
    "zenlayer_vm_instance_spec.api: internet_max_bandwidth_out 400 -> 100, scheduled for",
    "No changes.",
    "zenlayer_vm_instance_spec.api: nothing pending",
    "bandwidth 400 -> 100: scheduled decrease, charged 0.00",
    "Machines bought, replaced or released: none.",
  ];
  let rest = stdout;
  for (const line of story) {
    expect(rest).toContain(line);
    rest = rest.slice(rest.indexOf(line) + line.length);
  }
});
