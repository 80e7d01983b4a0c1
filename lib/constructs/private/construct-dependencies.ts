// `node.addDependency` renders nothing in cdktf. This aspect turns it into `depends_on` wherever one of our constructs takes part.
import { Aspects, dependable, TerraformModule, TerraformResource, type IAspect, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

type Orderable = TerraformResource | TerraformModule;

const stacks = new WeakSet<TerraformStack>();

/** Makes `node.addDependency` work for our constructs in a stack. Repeating it changes nothing. */
export function renderConstructDependencies(stack: TerraformStack, isOurs: (construct: IConstruct) => boolean): void {
  if (stacks.has(stack)) return;
  stacks.add(stack);
  Aspects.of(stack).add(new ConstructDependencies(isOurs));
}

class ConstructDependencies implements IAspect {
  public constructor(private readonly isOurs: (construct: IConstruct) => boolean) {}

  public visit(construct: IConstruct): void {
    for (const dependency of construct.node.dependencies) {
      if (this.involvesUs(construct) || this.involvesUs(dependency)) addDependsOn(construct, dependency);
    }
  }

  private involvesUs(construct: IConstruct): boolean {
    return construct.node.findAll().some(this.isOurs) || construct.node.scopes.some(this.isOurs);
  }
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
      known.add(each);
      resource.dependsOn = [...(resource.dependsOn ?? []), dependable(each)];
    }
  }
}

function isOrderable(construct: IConstruct): construct is Orderable & IConstruct {
  return TerraformResource.isTerraformResource(construct) || construct instanceof TerraformModule;
}
