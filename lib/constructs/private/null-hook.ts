// The hooks of `@cdktf/provider-null`, apart from all others: there is no such package for cdktn, and the build for cdktn has another file here.
import { Aspects, type IAspect, type TerraformProvider, type TerraformResource, type TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { stackOf } from "../../rendering";
import { HookEngine } from "../choices";
import { checkedHook, hookInHcl, type HookConfig } from "./hook-elements";
import { NullProvider, Resource } from "./null-bindings";

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
  Aspects.of(stack).add(new NullProviderWhereMissing(stack));
}

class NullProviderWhereMissing implements IAspect {
  public constructor(private readonly stack: TerraformStack) {}

  public visit(construct: IConstruct): void {
    if (construct !== this.stack) return;
    const isDefault = ({ terraformResourceType, alias }: TerraformProvider): boolean =>
      terraformResourceType === "null" && alias === undefined;
    // A stack inside this one is a root module of its own.
    if (this.stack.allProviders().some((each) => stackOf(each) === this.stack && isDefault(each))) return;
    new NullProvider(this.stack, "cdktf-zenlayer-null");
  }
}
