// `node.addDependency` renders nothing in cdktf. This aspect turns it into `depends_on` wherever one of our constructs takes part; what waits for one of
// another stack is found here too, since Terraform would only say that its configuration is invalid.
import { Aspects, dependable, TerraformModule, TerraformResource, Tokenization, type TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { checkAtSynth, isSpecification } from "../../rendering";
import { refuseOtherStacks } from "./other-stacks";

type Orderable = TerraformResource | TerraformModule;

const stacks = new WeakSet<TerraformStack>();

/** Makes `node.addDependency` work for our constructs in a stack. Repeating it changes nothing. */
export function renderConstructDependencies(stack: TerraformStack): void {
  if (stacks.has(stack)) return;
  stacks.add(stack);
  Aspects.of(stack).add({ visit: addDependencies });
  checkAtSynth(stack, () => stack.node.root.node.findAll().forEach(refuseWaitingForOtherStacks));
}

function addDependencies(construct: IConstruct): void {
  for (const dependency of construct.node.dependencies) {
    if (involvesUs(construct) || involvesUs(dependency)) addDependsOn(construct, dependency);
  }
}

function involvesUs(construct: IConstruct): boolean {
  return construct.node.findAll().some(isOurs) || construct.node.scopes.some(isOurs);
}

/** A specification of whatever copy of this package, or its resource. */
function isOurs(construct: IConstruct): boolean {
  const { resource } = construct as { readonly resource?: unknown };
  return isSpecification(construct) || (Construct.isConstruct(resource) && isSpecification(resource));
}

/** `dependsOn` of anything on one of ours in another stack. The library keeps there tokens that name the construct. */
function refuseWaitingForOtherStacks(construct: IConstruct): void {
  const { dependsOn } = construct as { readonly dependsOn?: unknown };
  if (!Array.isArray(dependsOn)) return;
  const tokens = dependsOn.filter((each) => typeof each === "string").flatMap((each) => Tokenization.reverse(each));
  const named = tokens.map((token) => (token as { readonly dependable?: unknown }).dependable);
  const ours = named.filter((each) => Construct.isConstruct(each) && isOurs(each));
  refuseOtherStacks(construct, "dependsOn", ours);
}

/** What was added already, since a tree may be synthesised more than once and each reference is a new token. */
const added = new WeakMap<Orderable, Set<Orderable>>();

/** Data sources take no part: one that depends on a resource would be read only during apply. */
function addDependsOn(dependent: IConstruct, dependency: IConstruct): void {
  const later = dependent.node.findAll().filter(isOrderable);
  const earlier = dependency.node.findAll().filter(isOrderable);
  for (const resource of later) {
    const known = added.get(resource) ?? new Set<Orderable>();
    added.set(resource, known);
    for (const each of earlier) {
      if (known.has(each) || later.includes(each)) continue;
      refuseOtherStacks(resource, "node.addDependency", [each]);
      known.add(each);
      resource.dependsOn = [...(resource.dependsOn ?? []), dependable(each)];
    }
  }
}

function isOrderable(construct: IConstruct): construct is Orderable & IConstruct {
  return TerraformResource.isTerraformResource(construct) || construct instanceof TerraformModule;
}
