// cdktf and cdktn recognise each other's stacks but fail late and unhelpfully when mixed; this says so at once.
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/**
 * The stack of a scope.
 *
 * @throws when the stack was made by another copy of cdktf, or by cdktn, than the one this package uses.
 */
export function stackOf(scope: Construct): TerraformStack {
  const stack: unknown = TerraformStack.of(scope);
  if (stack instanceof TerraformStack) return stack;
  throw new Error(
    `${scope.node.path}: this stack was made by another copy of cdktf (or by its successor cdktn) than the one that cdktf-zenlayer uses, ` +
      `and the two cannot be mixed: keep one copy of cdktf in node_modules; with cdktn, install it under the name cdktf ` +
      `("cdktf": "npm:cdktn@^0.24.0" in package.json) and import everything from "cdktf"`,
  );
}
