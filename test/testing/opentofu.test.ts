// The workspace on another program than Terraform: messages name it, and warnings in front of its JSON do no harm.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TerraformWorkspace } from "../../lib/testing";

/** Answers as OpenTofu does where a setting is deprecated. */
const TOFU = `#!/bin/sh
printf '\\nWarning: {Deprecated} setting\\n\\n  it goes\\n\\n'
case "$1" in
  show) printf '{\\n  "format_version": "1.0",\\n  "terraform_version": "1.12.6"\\n}\\n' ;;
  validate) printf '{"valid": true, "diagnostics": []}\\n' ;;
  *) echo "no such thing" >&2; exit 1 ;;
esac
`;

let directory: string;
let workspace: TerraformWorkspace;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "tofu-"));
  await writeFile(join(directory, "tofu"), TOFU, { mode: 0o755 });
  workspace = await TerraformWorkspace.create({ terraform: join(directory, "tofu") });
});
afterEach(async () => {
  await workspace.dispose();
  await rm(directory, { recursive: true, force: true });
});

test("JSON is read behind a warning", async () => {
  expect(await workspace.show()).toEqual({ format_version: "1.0", terraform_version: "1.12.6" });
  expect(await workspace.validate()).toEqual({ valid: true, diagnostics: [] });
});

test("messages name the program that ran", async () => {
  await expect(workspace.init()).rejects.toThrow(/^tofu init .* ended with exit code 1\.\nno such thing/);
});
