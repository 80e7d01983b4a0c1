// Hands Terraform's meta-arguments from a configuration to the base class, leaving out what is not given
// (with exactOptionalPropertyTypes an undefined member is not the same as an absent one).
import type { ITerraformDependable, TerraformMetaArguments } from "cdktf";
import type { IConstruct } from "constructs";
import { SynthesisError } from "../rendering";

type Given<K extends keyof TerraformMetaArguments> = TerraformMetaArguments[K] | undefined;

/** Terraform's meta-arguments, as every resource and data source takes them. */
export interface MetaArguments {
  /** How provisioners reach a machine; ours need none. Default: none. */
  readonly connection?: Given<"connection">;
  /** So many of it, a whole number from 0. Default: one. */
  readonly count?: Given<"count">;
  /** What must be done before this. Default: nothing. */
  readonly dependsOn?: readonly ITerraformDependable[] | undefined;
  /** One of it per element of an iterator. Default: one. */
  readonly forEach?: Given<"forEach">;
  /** Terraform's lifecycle options, such as `ignoreChanges`, preconditions and postconditions. Default: Terraform's. */
  readonly lifecycle?: Given<"lifecycle">;
  /** The provider configuration to use, where a stack has several. Default: the one without an alias. */
  readonly provider?: Given<"provider">;
  /** Commands that Terraform runs after it was created; hooks (`onChange`) run after changes. Default: none. */
  readonly provisioners?: Given<"provisioners">;
}

const NAMES = ["connection", "count", "dependsOn", "forEach", "lifecycle", "provider", "provisioners"] as const;

/**
 * The meta-arguments of a configuration that are given.
 *
 * @throws when there is no configuration, in a program without types.
 */
export function metaArguments(config: MetaArguments, scope: IConstruct, id: string): TerraformMetaArguments {
  if (typeof config !== "object" || config === null) {
    throw new SynthesisError("MISSING_PROPERTY", `${scope.node.path}/${id}`, "the configuration is missing: give an object");
  }
  const given = NAMES.filter((name) => config[name] !== undefined && config[name] !== null);
  return Object.fromEntries(given.map((name) => [name, config[name]]));
}
