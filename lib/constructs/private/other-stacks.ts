// Terraform plans one stack at a time: what waits for a resource, or runs after it, must stand in its stack.
import { Construct } from "constructs";
import { stackOf, SynthesisError } from "../../rendering";

/** @throws when one of some things stands in another stack than a construct. */
export function refuseOtherStacks(construct: Construct, what: string, others: readonly unknown[]): void {
  const stack = stackOf(construct);
  for (const other of others) {
    if (!Construct.isConstruct(other) || stackOf(other) === stack) continue;
    const [ours, theirs] = [stack.node.id, stackOf(other).node.id];
    throw new SynthesisError(
      "OTHER_STACK",
      construct.node.path,
      `${what} names ${other.node.path}, which stands in the stack ${theirs}, and Terraform knows nothing of other stacks: ` +
        `let the whole stack wait, by ${ours}.addDependency(${theirs}) on the two stacks`,
    );
  }
}
