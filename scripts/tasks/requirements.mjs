// What must be on the machine before a task starts, each missing piece told in one sentence.
import { spawnSync } from "node:child_process";
import { basename } from "node:path";
import { TaskFailure } from "./failure.mjs";

/** Lowest Node version, as in package.json's `engines`. */
const NODE_MINIMUM = [20, 19];

export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major < NODE_MINIMUM[0] || (major === NODE_MINIMUM[0] && minor < NODE_MINIMUM[1])) {
    throw new TaskFailure(`Node ${NODE_MINIMUM.join(".")} or newer is needed, this is Node ${version}.`);
  }
}

/** Name or path of the Terraform executable: `TERRAFORM_BINARY_NAME` as in CDKTF, else `terraform`. */
export function terraformCommand(environment = process.env) {
  return environment.TERRAFORM_BINARY_NAME || "terraform";
}

/** What a person calls it: `terraform`, `tofu`. */
export function terraformName(environment = process.env) {
  return basename(terraformCommand(environment));
}

/** Lowest Terraform version: `import` blocks with expressions in them. */
const TERRAFORM_MINIMUM = [1, 6];

export function requireTerraform(environment = process.env) {
  const command = terraformCommand(environment);
  const result = spawnSync(command, ["version", "-json"], {
    env: { ...environment, CHECKPOINT_DISABLE: "1" },
    encoding: "utf8",
  });
  if (result.error) {
    throw new TaskFailure(
      `"${command}" was not found: install Terraform ${TERRAFORM_MINIMUM.join(".")} or newer (https://developer.hashicorp.com/terraform/install) ` +
        `or OpenTofu (https://opentofu.org/docs/intro/install), put it on PATH, or name the executable in TERRAFORM_BINARY_NAME.`,
    );
  }
  const version = parseVersion(result.stdout);
  if (version === null) throw new TaskFailure(`"${command} version" did not answer like Terraform.`);
  const [major, minor] = version.split(".").map(Number);
  if (major < TERRAFORM_MINIMUM[0] || (major === TERRAFORM_MINIMUM[0] && minor < TERRAFORM_MINIMUM[1])) {
    throw new TaskFailure(`Version ${TERRAFORM_MINIMUM.join(".")} or newer is needed, "${command}" is ${version}.`);
  }
}

/** From the JSON that both print; before it there may be warnings in words. */
function parseVersion(text) {
  return /^\s*"terraform_version":\s*"(\d+\.\d+[^"]*)"/m.exec(text)?.[1] ?? null;
}
