// null-hook.ts of the build for cdktn: there are no bindings of the null provider for it, and none are needed.
import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { SynthesisError } from "../../rendering";
import { HookEngine } from "../choices";
import type { HookConfig } from "./hook-elements";

/** What runs a hook's command where its author does not say. */
export const DEFAULT_ENGINE = HookEngine.TERRAFORM_DATA;

/** @throws always: a `null_resource` needs bindings that belong to cdktf. */
export function createNullHook(scope: Construct, _id: string, _config: HookConfig): TerraformResource {
  throw new SynthesisError(
    "UNSUPPORTED",
    scope.node.path,
    "engine is HookEngine.NULL_RESOURCE, and cdktf-zenlayer/cdktn has no null_resource, since @cdktf/provider-null belongs to cdktf: " +
      "leave engine out, or use HookEngine.TERRAFORM_DATA, which needs no further provider",
  );
}
