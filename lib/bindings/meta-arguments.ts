// Hands Terraform's meta-arguments from a configuration to the base class, leaving out what is not given
// (with exactOptionalPropertyTypes an undefined member is not the same as an absent one).
import type { TerraformMetaArguments } from "cdktf";

const NAMES = ["connection", "count", "dependsOn", "forEach", "lifecycle", "provider", "provisioners"] as const;

export function metaArguments(config: TerraformMetaArguments): TerraformMetaArguments {
  return Object.fromEntries(NAMES.filter((name) => config[name] !== undefined).map((name) => [name, config[name]]));
}
