// Terraform plans one stack at a time: what waits for a resource, or runs after it, must stand in its stack.
import { TerraformStack, type TerraformProvider } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { pathOf, stackOf, SynthesisError } from "../../rendering";

/** @throws when one of some things stands in another stack than a construct. */
export function refuseOtherStacks(construct: IConstruct, what: string, others: readonly unknown[]): void {
  const stack = stackOf(construct);
  for (const other of others) {
    if (!Construct.isConstruct(other) || !isBelowStack(other) || stackOf(other) === stack) continue;
    const [ours, theirs] = [stack.node.id, stackOf(other).node.id];
    throw new SynthesisError(
      "OTHER_STACK",
      pathOf(construct),
      `${what} names ${pathOf(other)}, which stands in the stack ${theirs}, and Terraform knows nothing of other stacks: ` +
        `let the whole stack wait, by ${ours}.addDependency(${theirs}) on the two stacks`,
    );
  }
}

/** All configurations of one provider in a stack; one inside it is a root module of its own. */
export function providersOf(stack: TerraformStack, type: string): readonly TerraformProvider[] {
  return stack.allProviders().filter((each) => stackOf(each) === stack && each.terraformResourceType === type);
}

function isBelowStack(construct: IConstruct): boolean {
  return construct.node.scopes.some((scope) => TerraformStack.isStack(scope));
}
