// Which plugin travels with a stack, decided when the stack is synthesised: from the providers that are in it then, of whatever copy of this package, and
// from the source and version that Terraform will read.
import type { ISynthesisSession, TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { join } from "node:path";
import { memberOf, rawOverridesOf, stackOf, SynthesisError } from "../../rendering";
import { providersOf } from "./other-stacks";
import { placePlugin } from "./plugin-placement";

/** What the library calls for each construct of a stack before it writes the stack; its own name of it, the same in both libraries. */
const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");

/** On a provider that brings its plugin along: places it in the directory of a stack, under an address, for a constraint. Known to all copies of this package. */
const CARRIES = Symbol.for("cdktf-zenlayer/carries-plugin");

type Place = (stackDirectory: string, address: string, constraint: string) => void;
type Carrier = TerraformProvider & IConstruct & { readonly [CARRIES]: Place };

/** Lets a provider bring its plugin along, for as long as it stands in its stack. */
export function carryPlugin(provider: TerraformProvider, executable: () => string): void {
  const place: Place = (stackDirectory, address, constraint) => {
    placePlugin(stackDirectory, { address, version: versionOf(provider), constraint }, executable());
  };
  const onSynthesize = (session: ISynthesisSession): void => {
    const stack = stackOf(provider);
    const { workingDirectory, synthesizedStackPath } = session.manifest.forStack(stack);
    const { source, version } = requiredBy(stack, provider, synthesizedStackPath.endsWith(".json"));
    if (chosenFrom(stack, provider, version) === provider)
      place(join(session.outdir, workingDirectory), source, version);
  };
  Object.defineProperty(provider, CARRIES, { value: place });
  Object.defineProperty(provider, CUSTOM_SYNTHESIS, { value: { onSynthesize } });
}

/** One of the providers that bring a plugin: the one whose version Terraform will ask for, since it runs one plugin for all of them. */
function chosenFrom(stack: TerraformStack, provider: TerraformProvider, wanted: string): TerraformProvider {
  const carriers = providersOf(stack, provider.terraformResourceType).filter(isCarrier);
  const fitting = carriers.find((each) => versionOf(each) === wanted);
  if (fitting !== undefined) return fitting;
  const last = carriers.at(-1) ?? provider;
  // A range is for Terraform to judge.
  if (!/^=?\s*v?\d+(\.\d+)*(-[\w.]+)?$/.test(wanted.trim())) return last;
  throw new SynthesisError(
    "CONTRADICTION",
    last.node.path,
    `the stack asks for version ${wanted} of the provider, and the plugin that travels with it is ${versionOf(last)}: let all packages ask for ` +
      `one version of cdktf-zenlayer (\`npm dedupe\`), take an override of required_providers away, or set \`plugin: false\` and give ` +
      `Terraform the plugin yourself`,
  );
}

/** What Terraform will read under `required_providers`: of several configurations the last one, and overrides of the stack, which are in JSON alone. */
function requiredBy(
  stack: TerraformStack,
  provider: TerraformProvider,
  isJson: boolean,
): { readonly source: string; readonly version: string } {
  const { terraformResourceType } = provider;
  const last = providersOf(stack, terraformResourceType).at(-1) ?? provider;
  const steps = ["terraform", "required_providers", terraformResourceType];
  const overrides = isJson ? steps.reduce<unknown>(memberOf, rawOverridesOf(stack)) : {};
  const { terraformProviderSource: source } = last;
  return {
    source: text(memberOf(overrides, "source")) ?? source ?? "",
    version: text(memberOf(overrides, "version")) ?? versionOf(last),
  };
}

function isCarrier(provider: TerraformProvider): provider is Carrier {
  return CARRIES in provider;
}

function versionOf({ terraformGeneratorMetadata }: TerraformProvider): string {
  return terraformGeneratorMetadata?.providerVersion ?? "";
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
