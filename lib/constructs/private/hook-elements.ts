// The resource that runs a hook's command, whichever type it has: checks when it renders, and the command in HCL as in JSON.
import {
  anyToHclTerraform,
  anyToTerraform,
  hashMapper,
  hashMapperHcl,
  TerraformResource,
  type LocalExecProvisioner,
  type TerraformProvider,
} from "cdktf";
import type { Construct } from "constructs";
import {
  claimAddress,
  isAttached,
  pathOf,
  renderedOf,
  SynthesisError,
  withAuthorsPath,
  type Attributes,
  type Output,
  type SpecificationElement,
} from "../../rendering";
import { quotedForHcl } from "./shell";

/** What a hook's resource is made of. */
export interface HookConfig {
  readonly after: readonly SpecificationElement[];
  readonly triggers: { readonly [name: string]: string };
  readonly provisioner: LocalExecProvisioner;
  readonly provider?: TerraformProvider | undefined;
}

/** `terraform_data`, built into Terraform. `DataResource` of cdktf asks Terraform for its version at synth, once per resource. */
export class DataHook extends TerraformResource {
  public constructor(
    scope: Construct,
    id: string,
    private readonly config: HookConfig,
  ) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
      provisioners: [config.provisioner],
    });
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { triggers_replace: hashMapper(anyToTerraform)(this.config.triggers) as unknown };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    return { triggers_replace: hashMapperHcl(anyToHclTerraform)(this.config.triggers) as unknown };
  }

  public override toTerraform(): unknown {
    return checkedHook(this, super.toTerraform(), this.config);
  }

  public override toHclTerraform(): unknown {
    return hookInHcl(checkedHook(this, super.toHclTerraform(), this.config), this.config);
  }
}

/**
 * What the library renders, with the path as the author wrote it.
 *
 * @throws when the hook's name is no name, or it runs after something that is not rendered.
 */
export function checkedHook(hook: TerraformResource, output: unknown, { after }: HookConfig): unknown {
  claimAddress(hook);
  for (const each of after) {
    const why = whyNotThere(each);
    if (why !== null)
      throw new SynthesisError("CONTRADICTION", pathOf(hook), `this runs after ${pathOf(each)}, ${why}`);
  }
  return mapHooks(output, (attributes) => withAuthorsPath(hook, attributes));
}

/** Why nothing can wait for a specification: a part of a sentence; null where something can. */
export function whyNotThere(resource: SpecificationElement): string | null {
  if (!isAttached(resource)) return "which was taken out of the program: name one that is in it";
  if (renderedOf(resource, "json") === null) return "which was moved to another address: name the construct there";
  return null;
}

/** What the library renders, with a provisioner that says the same as in JSON. */
export function hookInHcl(output: unknown, { provisioner }: HookConfig): unknown {
  const text = (value: string): unknown => ({ value: quotedForHcl(value), type: "simple", storageClassType: "string" });
  const { command, environment = {}, workingDir, interpreter } = provisioner;
  const quoted = Object.entries(environment).map(([name, value]) => [name, quotedForHcl(value)]);
  const value = {
    command: text(command),
    environment: { value: Object.fromEntries(quoted) as object, type: "map", storageClassType: "stringMap" },
    ...(workingDir === undefined ? {} : { working_dir: text(workingDir) }),
    ...(interpreter === undefined
      ? {}
      : { interpreter: { value: interpreter.map(quotedForHcl), type: "list", storageClassType: "stringList" } }),
  };
  const block = [{ "local-exec": { isBlock: true, type: "list", storageClassType: "object", value } }];
  return mapHooks(output, (hook) => ({ ...hook, provisioner: block }));
}

/** Changes what was rendered of a resource. */
function mapHooks(output: unknown, change: (attributes: Attributes) => Attributes): unknown {
  const { resource } = output as Output;
  // Nothing, where the hook was moved to another address.
  if (resource === undefined) return output;
  const renderings = Object.entries(resource).map(([type, hooks]): [string, object] => [
    type,
    Object.fromEntries(Object.entries(hooks).map(([name, hook]) => [name, change(hook)])),
  ]);
  return { ...(output as object), resource: Object.fromEntries(renderings) as object };
}
