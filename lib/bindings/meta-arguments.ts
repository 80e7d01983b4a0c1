// Hands Terraform's meta-arguments from a configuration to the base class, leaving out what is not given
// (with exactOptionalPropertyTypes an undefined member is not the same as an absent one).
import type { ITerraformDependable, TerraformMetaArguments } from "cdktf";

type Optional = { readonly [K in keyof Omit<TerraformMetaArguments, "dependsOn">]: TerraformMetaArguments[K] | undefined };

/** Terraform's meta-arguments, as every resource and data source takes them. */
export interface MetaArguments extends Optional {
  /** What must be done before this. */
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
}

const NAMES = ["connection", "count", "dependsOn", "forEach", "lifecycle", "provider", "provisioners"] as const;

/** The meta-arguments of a configuration that are given. */
export function metaArguments(config: MetaArguments): TerraformMetaArguments {
  const given = NAMES.filter((name) => config[name] !== undefined && config[name] !== null);
  return Object.fromEntries(given.map((name) => [name, config[name]]));
}
