// The hooks of `@cdktf/provider-null`, apart from all others: there is no such package for cdktn, and the build for cdktn has another file here.
import { Aspects, type TerraformResource, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { stackOf } from "../../rendering";
import { HookEngine } from "../choices";
import { checkedHook, hookInHcl, type HookConfig } from "./hook-elements";
import { NullProvider, Resource } from "./null-bindings";
import { providersOf } from "./other-stacks";

/** What runs a hook's command where its author does not say. */
export const DEFAULT_ENGINE = HookEngine.NULL_RESOURCE;

/** `null_resource`; its provider is added where the stack has none. */
export function createNullHook(scope: Construct, id: string, config: HookConfig): TerraformResource {
  if (config.provider === undefined) addNullProviderWhereMissing(stackOf(scope));
  return new NullHook(scope, id, config);
}

class NullHook extends Resource {
  public constructor(
    scope: Construct,
    id: string,
    private readonly config: HookConfig,
  ) {
    const { triggers, provisioner, provider } = config;
    super(scope, id, {
      triggers: { ...triggers },
      provisioners: [provisioner],
      ...(provider === undefined ? {} : { provider }),
    });
  }

  public override toTerraform(): unknown {
    return checkedHook(this, super.toTerraform(), this.config);
  }

  public override toHclTerraform(): unknown {
    return hookInHcl(checkedHook(this, super.toHclTerraform(), this.config), this.config);
  }
}

const stacks = new WeakSet<TerraformStack>();

/** Decided at synth, so that a provider which the program adds later is not doubled. */
function addNullProviderWhereMissing(stack: TerraformStack): void {
  if (stacks.has(stack)) return;
  stacks.add(stack);
  Aspects.of(stack).add({
    visit: (construct) => {
      if (construct !== stack || providersOf(stack, "null").some(({ alias }) => alias === undefined)) return;
      new NullProvider(stack, "cdktf-zenlayer-null");
    },
  });
}
