// Two resources of one type for one machine would fight over it. Caught at synth where both ids are literals.
import type { Construct, IConstruct } from "constructs";
import { isLiteral } from "./literals";

const claimsOf = new WeakMap<IConstruct, Map<string, Construct>>();

/** @throws when another construct of the same app manages the same thing of the same machine. */
export function claimMachine(construct: Construct, kind: string, instanceId: string): void {
  if (!isLiteral(instanceId)) return;
  const claims = claimsOfApp(construct);
  const key = `${kind} ${instanceId}`;
  const other = claims.get(key);
  if (other !== undefined && isAttached(other)) {
    throw new Error(
      `${construct.node.path}: the ${kind} of machine ${instanceId} is already managed by ${other.node.path}: ` +
        `write all desired values into one construct, or remove one of the two`,
    );
  }
  claims.set(key, construct);
}

function claimsOfApp(construct: Construct): Map<string, Construct> {
  const { root } = construct.node;
  const claims = claimsOf.get(root) ?? new Map<string, Construct>();
  claimsOf.set(root, claims);
  return claims;
}

/** Whether a construct is still in its tree (`tryRemoveChild` takes it out). */
function isAttached(construct: IConstruct): boolean {
  const { scope } = construct.node;
  if (scope === undefined) return true;
  return scope.node.tryFindChild(construct.node.id) === construct && isAttached(scope);
}
